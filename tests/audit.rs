//! The function of a Firehose stream, its own binary against a Runtime API of our own.

mod support;

use aws_lambda_events::event::firehose::{KinesisFirehoseEvent, KinesisFirehoseResponse};
use serde_json::{Value, json};
use support::function::Function;
use support::runtime_api::Answer;

const SAMPLE: &str = include_str!("../events/firehose/chat-records.json");

fn start(env: &[(&str, &str)]) -> Function {
    Function::start_binary(env!("CARGO_BIN_EXE_room-review-audit"), env)
}

fn invoke(function: &Function, event: &KinesisFirehoseEvent) -> KinesisFirehoseResponse {
    let payload = serde_json::to_vec(event).expect("an event is JSON");
    let answer = function.invoke(&payload);
    let Answer::Response(response) = answer else { panic!("{answer:?}") };
    assert!(response.len() <= 6 * 1024 * 1024, "Lambda takes 6 MB, this has {}", response.len());
    serde_json::from_str(&response).expect("a response of the contract")
}

/// The sample event with other data in its records.
fn event(data: &[&str]) -> KinesisFirehoseEvent {
    let mut event: KinesisFirehoseEvent = serde_json::from_str(SAMPLE).expect("the sample is an event");
    let record = event.records[0].clone();
    event.records = data.iter().map(|_| record.clone()).collect();
    for (number, (record, data)) in event.records.iter_mut().zip(data).enumerate() {
        record.record_id = Some(format!("record-{number}"));
        record.data.0 = data.as_bytes().to_vec();
    }
    event
}

#[test]
fn every_record_of_the_sample_comes_back_under_its_id_and_messages_with_a_note() {
    let event: KinesisFirehoseEvent = serde_json::from_str(SAMPLE).expect("the sample is an event");
    let function = start(&[]);
    let response = invoke(&function, &event);
    let want = [
        ("what a save", "Ok", "ALLOW", ""),
        ("what the f u c k", "Ok", "REWRITE", "en.profanity.fuck profanity"),
        ("free skins", "Ok", "DENY", "link.unlisted link"),
        ("masked already", "Ok", "ALLOW", ""),
        ("an event", "Ok", "", ""),
        ("no chat record", "Ok", "", ""),
        ("no JSON", "ProcessingFailed", "", ""),
    ];
    assert_eq!(response.records.len(), want.len());
    let mut wrong = Vec::new();
    for ((what, result, verdict, rules), (given, got)) in want.iter().zip(event.records.iter().zip(&response.records)) {
        let (before, after) = (&*given.data, &*got.data);
        let note: Value = serde_json::from_slice(after).unwrap_or_default();
        let findings: Vec<String> = note["review"]["findings"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|finding| {
                format!(
                    "{} {}",
                    finding["rule"].as_str().unwrap_or_default(),
                    finding["category"].as_str().unwrap_or_default()
                )
            })
            .collect();
        let found =
            (got.result.as_deref(), note["review"]["verdict"].as_str().unwrap_or_default(), findings.join(", "));
        // All that was there is still there: before the note up to the closing brace, and after it.
        let at = (0..before.len()).take_while(|&at| after.get(at) == Some(&before[at])).count();
        let unchanged =
            if verdict.is_empty() { before == after } else { after.ends_with(&before[at..]) && before[at] == b'}' };
        if found != (Some(*result), *verdict, (*rules).to_owned()) || given.record_id != got.record_id || !unchanged {
            wrong.push(format!("{what}: {found:?} {}", String::from_utf8_lossy(after)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_log_has_counts_and_nothing_of_the_chat() {
    let function = start(&[]);
    let event = event(&[
        r#"{"type":"MESSAGE","payload":{"Content":"private fuck","Sender":{"UserId":"private"}}}"#,
        "private",
        r#"{"type":"EVENT","payload":"private"}"#,
    ]);
    invoke(&function, &event);
    let output = function.terminate();
    let stdout = String::from_utf8(output.stdout).expect("UTF-8");
    let mut line: Value = serde_json::from_str(&stdout).expect("one line of JSON");
    for varies in ["timestamp", "micros", "rules_version"] {
        assert!(line.as_object_mut().and_then(|line| line.remove(varies)).is_some(), "{varies}: {stdout}");
    }
    assert_eq!(line, json!({"level": "WARN", "outcome": "audit", "records": 3, "noted": 1, "failed": 1, "no_room": 0}));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn what_is_no_event_is_a_function_error_that_quotes_nothing() {
    let function = start(&[]);
    for payload in ["", "private", "{}", r#"{"records":[{"data":"private"}]}"#, r#"{"records":"private"}"#] {
        let Answer::Error(error) = function.invoke(payload.as_bytes()) else { panic!("{payload} was answered") };
        assert!(error.contains("InvalidFirehoseEvent") && !error.contains("private"), "{payload}: {error}");
    }
    assert_eq!(invoke(&function, &event(&[])).records.len(), 0);
}

#[test]
fn a_response_never_outgrows_what_lambda_takes() {
    let word = "fuck shit bitch asshole cunt dick cock pussy slut whore bastard wanker twat prick";
    let filler = "x".repeat(11_000);
    let record = format!(r#"{{"filler":"{filler}","type":"MESSAGE","payload":{{"Content":"{word}"}}}}"#);
    let response = invoke(&start(&[]), &event(&vec![record.as_str(); 400]));
    let noted = response.records.iter().filter(|answer| answer.data.ends_with(b"]}}")).count();
    assert!(noted > 100 && noted < 400, "{noted} of 400 fit");
    assert!(response.records.iter().all(|answer| answer.result.as_deref() == Some("Ok")));
}

#[test]
fn an_operators_rules_are_the_rules() {
    let dir = std::env::temp_dir().join(format!("room-review-audit-{}", std::process::id()));
    std::fs::create_dir_all(&dir).expect("a folder");
    std::fs::write(dir.join("policy.toml"), "[actions]\nprofanity = \"deny\"\n").expect("a file");
    let function = start(&[("RULES_DIR", dir.to_str().expect("UTF-8"))]);
    let response = invoke(&function, &event(&[r#"{"type":"MESSAGE","payload":{"Content":"fuck"}}"#]));
    let note = String::from_utf8_lossy(&response.records[0].data).into_owned();
    assert!(note.contains(r#""verdict":"DENY""#), "{note}");
    std::fs::remove_dir_all(dir).expect("it was made above");
}
