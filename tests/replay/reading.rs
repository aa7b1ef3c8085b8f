//! What is read, and what is said of what can not be.

use super::support::{Folder, KEY, gzip, message, report, room_review, text};
use serde_json::{Value, json};

/// How many messages each room has, in a line.
fn rooms(report: &Value) -> String {
    let rooms = report["rooms"].as_array().into_iter().flatten();
    let mut rooms: Vec<String> =
        rooms.map(|room| format!("{} {}", room["name"].as_str().unwrap_or_default(), room["messages"])).collect();
    rooms.sort();
    rooms.join(", ")
}

/// A log: what it is, the name of its file, its bytes, how many messages and events it has, and its messages by room.
type Log = (&'static str, &'static str, Vec<u8>, u64, u64, &'static str);

const EVENT: &str = r#"{"event_timestamp":"2022-10-14T17:40:00.000Z","type":"EVENT","version":"1.0","payload":{"Type":"EVENT","EventName":"aws:DELETE_MESSAGE"}}"#;

fn logs_of_s3_and_firehose() -> Vec<Log> {
    let hi = message("hi", "");
    let noted =
        hi.strip_suffix('}').map(|open| format!("{open},\"review\":{{\"verdict\":\"ALLOW\"}}}}")).unwrap_or_default();
    vec![
        ("an S3 object under its key", KEY, gzip(&format!("{hi}\n{EVENT}\n{hi}\n")), 2, 1, "Room1 2"),
        (
            "an S3 object by its file name",
            KEY.rsplit('/').next().unwrap_or_default(),
            gzip(&format!("{hi}\n")),
            1,
            0,
            "Room1 1",
        ),
        ("no line end at the end", KEY, gzip(&hi), 1, 0, "Room1 1"),
        (
            "gzip in several members",
            "a.gz",
            [gzip(&format!("{hi}\n")), gzip(&format!("{hi}\n"))].concat(),
            2,
            0,
            "(unknown) 2",
        ),
        ("blank lines and CRLF", "a.log", format!("\r\n{hi}\r\n\n{hi}\r\n").into(), 2, 0, "(unknown) 2"),
        ("lines of Firehose", "chat-1-2022-10-14-17-40-00-uuid", format!("{hi}\n{hi}\n").into(), 2, 0, "(unknown) 2"),
        ("records that Firehose joined", "joined", format!("{hi}{EVENT}{hi}").into(), 2, 1, "(unknown) 2"),
        ("records with a note of the audit", "noted", format!("{noted}\n{noted}").into(), 2, 0, "(unknown) 2"),
    ]
}

fn logs_of_cloudwatch() -> Vec<Log> {
    let hi = message("hi", "");
    let quoted = hi.replace('"', "\"\"");
    let cli = |stream: &str| json!({"logStreamName": stream, "timestamp": 1, "message": hi, "ingestionTime": 2, "eventId": "3"});
    let filtered = json!({"events": [cli("aws/IVSChatLogs/1.0/room_Room1"), cli("aws/IVSChatLogs/1.0/room_Room2")],
        "searchedLogStreams": [], "nextToken": "t"});
    let events = json!({"events": [{"timestamp": 1, "message": hi, "ingestionTime": 2}], "nextForwardToken": "f/1"});
    let control =
        r#"{"messageType":"CONTROL_MESSAGE","owner":"CloudwatchLogs","logEvents":[{"id":"","message":"CWL CONTROL"}]}"#;
    let sent = format!(
        r#"{{"messageType":"DATA_MESSAGE","logStream":"aws/IVSChatLogs/1.0/room_Room1","logEvents":[{{"message":{}}},{{"message":{}}}]}}"#,
        json!(hi),
        json!(EVENT)
    );
    vec![
        (
            "an export of CloudWatch",
            "exports/7d3e/aws-IVSChatLogs-1.0-room_Room1/000000.gz",
            gzip(&format!("2022-10-14T17:40:00.000Z {hi}\n2022-10-14T17:40:01.000Z {hi}\n")),
            2,
            0,
            "Room1 2",
        ),
        (
            "aws logs tail",
            "tail.txt",
            format!("2022-10-14T17:40:00.000000+00:00 aws/IVSChatLogs/1.0/room_Room1 {hi}\n").into(),
            1,
            0,
            "Room1 1",
        ),
        ("aws logs filter-log-events", "events.json", format!("{filtered:#}\n").into(), 2, 0, "Room1 1, Room2 1"),
        ("the same on one line", "events.json", filtered.to_string().into(), 2, 0, "Room1 1, Room2 1"),
        ("its events alone", "events.json", format!("{:#}", filtered["events"]).into(), 2, 0, "Room1 1, Room2 1"),
        ("aws logs get-log-events", "events.json", format!("{events:#}").into(), 1, 0, "(unknown) 1"),
        ("a subscription of CloudWatch", "sub.gz", gzip(&format!("{control}{sent}\n{sent}")), 2, 2, "Room1 2"),
        (
            "CSV of the console",
            "log-events-viewer-result.csv",
            format!("timestamp,message\n1665769200000,\"{quoted}\"\n1665769200001,\"{quoted}\"\n").into(),
            2,
            0,
            "(unknown) 2",
        ),
    ]
}

#[test]
fn every_way_in_which_ivs_chat_logs_is_read() {
    let mut wrong = Vec::new();
    for (what, name, bytes, messages, events, in_rooms) in [logs_of_s3_and_firehose(), logs_of_cloudwatch()].concat() {
        let folder = Folder::new(&[(name, &bytes)]);
        for (how, report) in [
            ("as a file", report(&["replay", &folder.path(name), "--format", "json"], b"")),
            ("in a folder", report(&["replay", &folder.path(""), "--format", "json"], b"")),
        ] {
            let input = &report["input"];
            let got = (&input["files"], &input["messages"], &input["events"], &input["malformed"], rooms(&report));
            if got != (&json!(1), &json!(messages), &json!(events), &json!(0), in_rooms.to_owned()) {
                wrong.push(format!("{what}, {how}: {got:?} {}", input["malformed_at"]));
            }
        }
        let stdin = report(&["replay", "-", "--format", "json"], &bytes);
        if stdin["input"]["messages"] != messages {
            wrong.push(format!("{what}, from stdin: {}", stdin["input"]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_malformed_line_is_counted_and_named_and_nothing_more() {
    let hi = message("hi", "");
    let mut wrong = Vec::new();
    for (line, reason) in [
        ("secret", "record: expected an object, found no JSON"),
        ("{\"secret\"", "record: expected valid JSON in UTF-8, found a syntax error"),
        ("[\"secret\"]", "record: expected an object, found no JSON"),
        ("{\"secret\": 1}", "record: expected a chat record, found another object"),
        ("secret {\"type\":\"EVENT\"}", "record: expected an object, found no JSON"),
        ("{\"type\":\"MESSAGE\"}", "payload: expected an object, found nothing"),
        ("{\"type\":\"MESSAGE\",\"payload\":{\"Content\":7}}", "Content: expected a string, found a number"),
        ("{\"type\":\"EVENT\"}secret", "record: expected valid JSON, found a syntax error"),
    ] {
        let log = format!("{hi}\n{line}\n{hi}\n");
        let folder = Folder::new(&[("a.log", log.as_bytes())]);
        let report = report(&["replay", &folder.path("a.log"), "--format", "json"], b"");
        let want = json!([{"at": format!("{}:2", folder.path("a.log")), "reason": reason}]);
        let input = &report["input"];
        if (&input["messages"], &input["malformed"], &input["malformed_at"]) != (&json!(2), &json!(1), &want) {
            wrong.push(format!("{line}: {input}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));

    // Bytes that are no text, and events of a document, which are counted instead of lines.
    let document = json!({"events": [{"message": hi}, {"message": "secret"}, {"message": hi}]}).to_string();
    let folder = Folder::new(&[("a.log", b"\xff\n"), ("b.json", document.as_bytes())]);
    let output = room_review(&["replay", &folder.path("")], b"");
    let stdout = text(&output.stdout);
    assert!(output.status.success() && stdout.starts_with("2 messages and 0 events of 2 files"), "{stdout}");
    assert!(stdout.contains("\nMALFORMED  2 records could not be read\n"), "{stdout}");
    assert!(stdout.contains("a.log:1: record: expected UTF-8, found other bytes\n"), "{stdout}");
    assert!(stdout.contains("b.json: event 2: record: expected an object, found no JSON\n"), "{stdout}");
    assert!(!stdout.contains("secret"), "{stdout}");
}

#[test]
fn a_file_that_can_not_be_read_is_named_and_the_others_are_judged() {
    let hi = format!("{}\n", message("hi", ""));
    let mut broken = gzip(&hi.repeat(100));
    broken.truncate(broken.len() - 4);
    let folder = Folder::new(&[
        ("a.log.gz", &gzip(&hi)),
        ("b.log.gz", &broken),
        ("c.json", format!("{{\"events\":[{{\"message\":{}}},", json!(hi)).as_bytes()),
        ("d.log", hi.as_bytes()),
    ]);
    std::fs::create_dir(folder.path("empty")).expect("a folder");
    for (paths, messages, stderr) in [
        (vec!["a.log.gz", "missing"], 1, "missing: No such file or directory"),
        (vec!["b.log.gz", "a.log.gz"], 101, "b.log.gz: "),
        (vec!["c.json", "d.log"], 2, "c.json: no JSON of CloudWatch Logs at line 1, column "),
        (vec!["empty"], 0, "empty: no logs in this folder"),
    ] {
        let paths: Vec<String> = paths.into_iter().map(|name| folder.path(name)).collect();
        let mut arguments: Vec<&str> = paths.iter().map(String::as_str).collect();
        arguments.splice(0..0, ["replay", "--format", "json"]);
        let output = room_review(&arguments, b"");
        let report: Value = serde_json::from_slice(&output.stdout).expect("a report all the same");
        assert_eq!((output.status.code(), &report["input"]["messages"]), (Some(2), &json!(messages)), "{report}");
        assert!(text(&output.stderr).contains(stderr), "{}", text(&output.stderr));
    }
}

#[test]
fn a_report_counts_one_as_one_and_says_where_nothing_is_a_chat_log() {
    let none = "\nNo record is one of IVS Chat: are these chat logs?\n";
    let mut wrong = Vec::new();
    for (log, headline, is_none) in [
        (message("hi", ""), "1 message and 0 events of 1 file, ", false),
        (r#"{"type":"EVENT"}"#.to_owned(), "0 messages and 1 event of 1 file, judged", false),
        (r#"{"records":[{"data":"e30="}]}"#.to_owned(), "0 messages and 0 events of 1 file, judged", true),
    ] {
        let folder = Folder::new(&[("a.log", log.as_bytes())]);
        let output = room_review(&["replay", &folder.path("a.log")], b"");
        let stdout = text(&output.stdout);
        if !stdout.starts_with(headline) || stdout.contains(none) != is_none {
            wrong.push(format!("{log}: {stdout:.200}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
