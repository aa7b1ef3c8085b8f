//! The function's binary against a Runtime API of our own.

mod support;

use serde_json::Value;
use support::function::Function;
use support::runtime_api::Answer;

#[cfg(debug_assertions)] // asked for by the hook
const DENIED: &str = r#"{"ReviewResult":"DENY","Content":"boom","Attributes":{"Reason":"Your message was not sent. Please try again."}}"#;

fn message(content: &str) -> Vec<u8> {
    serde_json::json!({"Content": content, "MessageId": "AYk6xKitV4On", "Sender": {"UserId": "u"}})
        .to_string()
        .into_bytes()
}

fn allowed(content: &str) -> Answer {
    Answer::Response(format!(r#"{{"ReviewResult":"ALLOW","Content":"{content}"}}"#))
}

#[test]
fn every_sample_event_gets_its_exact_response() {
    let function = Function::start(&[]);
    for (file, request, expected) in support::events() {
        let Answer::Response(response) = function.invoke(request.as_bytes()) else { panic!("{}", file.display()) };
        assert_eq!(response, expected.trim_end(), "{}", file.display());
    }
}

#[test]
fn a_payload_that_is_no_request_is_a_function_error_and_the_next_is_answered() {
    let function = Function::start(&[]);
    let cases: [(&[u8], &str); 8] = [
        (b"", "payload: expected valid JSON in UTF-8, found a syntax error"),
        (b"{", "payload: expected valid JSON in UTF-8, found a syntax error"),
        (b"{\"Content\":\"\xff\"}", "payload: expected valid JSON in UTF-8, found a syntax error"),
        (b"\xef\xbb\xbf{\"Content\":\"x\"}", "payload: expected valid JSON in UTF-8, found a syntax error"),
        (b"[]", "payload: expected an object, found an array"),
        (b"{}", "Content: expected a string, found nothing"),
        (b"{\"Content\":\"\"}", "Content: expected at least 1 code point, found an empty string"),
        (br#"{"Content":"x","Sender":{"UserId":5}}"#, "Sender.UserId: expected a string, found a number"),
    ];
    for (payload, message) in cases {
        let Answer::Error(error) = function.invoke(payload) else { panic!("{payload:?} was answered") };
        let error: Value = serde_json::from_str(&error).expect("an error is JSON");
        assert_eq!(error["errorType"], "InvalidReviewRequest");
        assert_eq!(error["errorMessage"], message, "{payload:?}");
    }
    assert_eq!(function.invoke(&message("hello")), allowed("hello"));
}

#[test]
#[cfg(debug_assertions)] // the hook is not in release builds
fn a_panic_is_answered_as_the_policy_says_and_the_next_message_is_served() {
    let function = Function::start(&[("ROOM_REVIEW_TEST_PANIC_ON", "boom"), ("RUST_BACKTRACE", "1")]);
    assert_eq!(function.invoke(&message("boom")), Answer::Response(DENIED.into()));
    assert_eq!(function.invoke(&message("hello")), allowed("hello"));
    let output = function.terminate();
    let (stdout, stderr) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(stdout.contains(r#""outcome":"internal_error""#), "{stdout}");
    assert!(stdout.contains(r#""Outcome":"internal_error""#), "{stdout}");
    let place: Value = serde_json::from_str(&stderr).expect("one line of JSON");
    assert!(place["location"].as_str().is_some_and(|place| place.starts_with("src/handler.rs:")), "{stderr}");
    assert!(!stdout.contains("boom") && !stderr.contains("test"), "{stdout}{stderr}");
}

#[test]
fn sigterm_ends_it_cleanly() {
    let function = Function::start(&[]);
    assert_eq!(function.invoke(&message("hello")), allowed("hello"));
    let output = function.terminate();
    assert!(output.status.success(), "{:?}", output.status);
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn a_log_nobody_reads_keeps_no_answer_waiting() {
    let function = Function::start(&[("LOG_ALLOW_EVERY", "1")]);
    // A pipe holds 64 KiB, and a message writes over 500 bytes.
    for _ in 0..500 {
        assert_eq!(function.invoke(&message("hello")), allowed("hello"));
    }
}

#[test]
fn a_setting_that_is_none_is_said_and_the_usual_counts() {
    let mut wrong = Vec::new();
    for (value, said, logged) in [
        ("abc", Some("LOG_ALLOW_EVERY: expected a whole number, 0 or more, found \"abc\"; 100 counts instead"), 1),
        ("-1", Some("LOG_ALLOW_EVERY: expected a whole number, 0 or more, found \"-1\"; 100 counts instead"), 1),
        ("", None, 1),
        ("0", None, 0),
        (" 1 ", None, 3),
    ] {
        let function = Function::start(&[("LOG_ALLOW_EVERY", value)]);
        for _ in 0..3 {
            assert_eq!(function.invoke(&message("hello")), allowed("hello"));
        }
        let output = function.terminate();
        let stdout = String::from_utf8_lossy(&output.stdout);
        let lines: Vec<Value> = stdout.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
        let of = |outcome: &str| lines.iter().filter(|line| line["outcome"] == outcome).collect::<Vec<_>>();
        let (setting, allowed) = (of("setting"), of("allow").len());
        if setting.first().and_then(|line| line["error"].as_str()) != said || allowed != logged {
            wrong.push(format!("{value:?}: {setting:?}, {allowed} logged"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_broken_rules_folder_stops_the_start_and_says_where() {
    let folder = std::env::temp_dir().join(format!("room-review-rules-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a temporary folder");
    std::fs::write(folder.join("policy.toml"), "budget_ms = 150\nmodes = \"observe\"\n").expect("it can be written");
    let env = [("RULES_DIR", folder.to_str().expect("a UTF-8 path")), ("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:1")];
    let output = Function::command(&env).output().expect("it starts");
    std::fs::remove_dir_all(&folder).expect("it is ours");
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success());
    assert!(stderr.contains("policy.toml:2:1: there is no key `modes`"), "{stderr}");
}

#[test]
fn outside_of_lambda_it_says_so() {
    let output = Function::command(&[]).output().expect("it starts");
    assert!(!output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("cargo lambda watch"));
}
