//! `room-review replay` as a person runs it.

#[path = "../src/bin/room-review/bench/corpus.rs"]
mod corpus;
#[path = "replay/logs.rs"]
mod logs;

use corpus::Corpus;
use logs::{Folder, gzip, message, record, room_review, text};
use serde_json::{Value, json};

/// The report of a run that must have read everything.
fn report(arguments: &[&str], stdin: &[u8]) -> Value {
    let output = room_review(arguments, stdin);
    assert!(output.status.success(), "{}", text(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("one JSON object")
}

/// How many messages each room has, in a line.
fn rooms(report: &Value) -> String {
    let rooms = report["rooms"].as_array().into_iter().flatten();
    let mut rooms: Vec<String> =
        rooms.map(|room| format!("{} {}", room["name"].as_str().unwrap_or_default(), room["messages"])).collect();
    rooms.sort();
    rooms.join(", ")
}

const KEY: &str = "AWSLogs/123456789012/IVSChatLogs/1.0/us-west-2/room_Room1/2022/10/14/17/123456789012_IVSChatLogs_1.0_us-west-2_room_Room1_20221014T1740Z_1766dcbc.log.gz";

#[test]
fn every_way_in_which_ivs_chat_logs_is_read() {
    let hi = message("hi", "");
    let event = r#"{"event_timestamp":"2022-10-14T17:40:00.000Z","type":"EVENT","version":"1.0","payload":{"Type":"EVENT","EventName":"aws:DELETE_MESSAGE"}}"#;
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
        json!(event)
    );
    let noted =
        hi.strip_suffix('}').map(|open| format!("{open},\"review\":{{\"verdict\":\"ALLOW\"}}}}")).unwrap_or_default();

    let mut wrong = Vec::new();
    for (what, name, bytes, messages, events, in_rooms) in [
        ("an S3 object under its key", KEY, gzip(&format!("{hi}\n{event}\n{hi}\n")), 2, 1, "Room1 2"),
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
        ("records that Firehose joined", "joined", format!("{hi}{event}{hi}").into(), 2, 1, "(unknown) 2"),
        ("records with a note of the audit", "noted", format!("{noted}\n{noted}").into(), 2, 0, "(unknown) 2"),
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
    ] {
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
fn verdicts_are_counted_by_category_rule_room_and_hour() {
    let log = |room: &str, lines: &[String]| (KEY.replace("Room1", room), gzip(&lines.join("\n")));
    let (one, first) =
        log("One", &[record("17:00", "hi", ""), record("17:59", "fuck, fuck", ""), record("18:00", "damn", "")]);
    let (two, second) = log("Two", &[record("18:30", "fuck example.com", ""), record("18:31", "a ****", "")]);
    let folder = Folder::new(&[(&one, &first), (&two, &second)]);
    let report = report(&["replay", &folder.path(""), "--format", "json"], b"");
    let lines = |table: &str, name: &str| -> Vec<String> {
        let rows = report[table].as_array().into_iter().flatten();
        rows.map(|row| {
            let name = row[name].as_str().unwrap_or_default();
            format!("{name} {} {} {} {}", row["messages"], row["allowed"], row["rewritten"], row["denied"])
        })
        .collect()
    };
    assert_eq!(lines("categories", "name"), ["profanity 3 1 2 0", "link 1 0 0 1"]);
    assert_eq!(
        lines("rules", "rule"),
        ["en.profanity.fuck 2 0 2 0", "en.profanity.damn 1 1 0 0", "link.unlisted 1 0 0 1"]
    );
    assert_eq!(lines("rooms", "name"), ["One 3 2 1 0", "Two 2 1 0 1"]);
    assert_eq!(lines("hours", "name"), ["2022-10-14T17 2 1 1 0", "2022-10-14T18 3 2 0 1"]);
    assert_eq!(report["verdicts"], json!({"messages": 5, "allowed": 3, "rewritten": 1, "denied": 1}));
    assert_eq!(report["input"]["masked_before"], 1);
    let samples = report["rules"][0]["samples"].as_array().expect("samples");
    let mut samples: Vec<String> =
        samples.iter().map(|sample| format!("{} {}", sample["text"], sample["found"])).collect();
    samples.sort();
    assert_eq!(samples, [r#""fuck example.com" [[0,4]]"#, r#""fuck, fuck" [[0,4],[6,10]]"#]);
}

#[test]
fn rules_of_a_room_and_of_a_role_are_those_of_the_message() {
    let rules = Folder::new(&[(
        "policy.toml",
        b"[[rooms]]\narn = \"arn:aws:ivschat:*:room/Quiet\"\nactions = { profanity = \"deny\" }\n",
    )]);
    let link = "see example.com";
    let moderator = r#","Sender":{"UserId":"u","Attributes":{"role":"moderator"}}"#;
    let claims = r#","Attributes":{"role":"moderator"}"#;
    let folder = Folder::new(&[
        (&KEY.replace("Room1", "Quiet"), &gzip(&message("fuck", ""))),
        (&KEY.replace("Room1", "Loud"), &gzip(&message("fuck", ""))),
        ("roles.log", format!("{}\n{}\n", message(link, moderator), message(link, claims)).as_bytes()),
    ]);
    let run = |more: &[&str]| {
        let path = folder.path("");
        let mut arguments = vec!["--rules", "RULES", "replay", &path, "--format", "json"];
        let rules = rules.path("");
        arguments[1] = &rules;
        arguments.extend(more);
        let report = report(&arguments, b"");
        ["rewritten", "denied", "allowed"].map(|verdict| report["verdicts"][verdict].clone())
    };
    assert_eq!(run(&[]), [json!(1), json!(2), json!(1)]);
    assert_eq!(run(&["--room", "arn:aws:ivschat:eu-west-1:1:room/Quiet"]), [json!(0), json!(3), json!(1)]);
}

#[test]
fn a_diff_names_every_message_that_changes_and_why() {
    let draft = Folder::new(&[
        ("terms/en/house.toml", logs::HOUSE.as_bytes()),
        ("policy.toml", b"disable = [\"en.profanity.bitch\"]\n[actions]\nlink = \"mask\"\n[mask]\ncharacter = \"#\"\n"),
    ]);
    let mut wrong = Vec::new();
    for (content, before, after, why, found) in [
        ("hi all", "", "", "", ""),
        ("damn", "", "", "", ""),
        ("do not say voldemort", "ALLOW", "REWRITE", "house.rival null mask", "[[11,20]]"),
        ("b1tch", "REWRITE", "ALLOW", "en.profanity.bitch mask null", "[[0,5]]"),
        ("see example.com", "DENY", "REWRITE", "link.unlisted deny mask", "[[4,15]]"),
        (
            "voldemort, bitch",
            "REWRITE",
            "REWRITE",
            "house.rival null mask, en.profanity.bitch mask null",
            "[[0,9],[11,16]]",
        ),
        ("what the fuck", "REWRITE", "REWRITE", "(policy) null null", "[]"),
    ] {
        let folder = Folder::new(&[("a.log", message(content, "").as_bytes())]);
        let [rules, log] = [draft.path(""), folder.path("a.log")];
        let report = report(&["--rules", &rules, "replay", &log, "--against", "builtin", "--format", "json"], b"");
        let changes = report["changes"].as_array().expect("a list");
        let got = changes.first().map_or_else(Default::default, |change| {
            let why = change["why"].as_array().into_iter().flatten();
            let why = why.map(|why| format!("{} {} {}", why["rule"], why["before"], why["after"]).replace('"', ""));
            let side = |side: &str| change[side]["verdict"].as_str().unwrap_or_default().to_owned();
            (side("before"), side("after"), why.collect::<Vec<_>>().join(", "), change["found"].to_string())
        });
        let want = (before.to_owned(), after.to_owned(), why.to_owned(), found.to_owned());
        let count = u64::from(!before.is_empty());
        if got != want || report["against"]["changed"] != count {
            wrong.push(format!("{content}: {got:?} {}", report["against"]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_diff_reads_well_on_a_terminal() {
    let draft = Folder::new(&[("terms/en/house.toml", logs::HOUSE.as_bytes())]);
    let lines =
        [record("17:00", "voldemort fuck", ""), record("17:01", "hi", ""), record("17:02", "who is Voldemort", "")];
    let folder = Folder::new(&[(KEY, &gzip(&lines.join("\n")))]);
    let [rules, log] = [draft.path(""), folder.path("")];
    let output = room_review(&["--rules", &rules, "replay", &log, "--against", "builtin", "--changes", "1"], b"");
    let stdout = text(&output.stdout);
    let diff = stdout.split_once("\nCHANGED").map_or(stdout, |(_, diff)| diff);
    let (first, rest) = diff.split_once('\n').expect("more than a line");
    assert!(first.starts_with("  2 messages get another verdict than from builtin rules ("), "{stdout}");
    let mut lines: Vec<&str> = rest.lines().collect();
    // The two samples come in an order of chance.
    lines[5..7].sort_unstable();
    let want = "          1  ALLOW to REWRITE
          1  REWRITE to REWRITE

WHY, what was found between bars
          2  house.rival: nothing before, mask now
             who is |Voldemort|
             |voldemort| fuck

WHICH, in the order of the logs
2022-10-14T17:00:00.000Z room Room1 message AYk6xKitV4On: REWRITE voldemort **** -> REWRITE ********* ****
    |voldemort| fuck
    house.rival: nothing before, mask now
and 1 more changed messages: --format json and csv have all";
    assert_eq!(lines.join("\n"), want, "{stdout}");
}

#[test]
fn a_redacted_report_holds_nothing_that_anybody_wrote() {
    let draft = Folder::new(&[("terms/en/house.toml", logs::HOUSE.as_bytes())]);
    let attributes = r#","Attributes":{"tagline":"Secretive fuck"},"Sender":{"UserId":"Secretive","Attributes":{"displayName":"Secretive"}}"#;
    let lines =
        [message("Secretive fuck voldemort 555-0123", attributes), message("Secretive example.com", "")].join("\n");
    let folder = Folder::new(&[("a.log", lines.as_bytes())]);
    let [rules, log] = [draft.path(""), folder.path("a.log")];
    for format in ["table", "json", "csv", "html"] {
        for against in [&[][..], &["--against", "builtin"]] {
            let mut arguments = vec!["--rules", &rules, "replay", &log, "--redact", "--format", format];
            arguments.extend(against);
            let output = room_review(&arguments, b"");
            let stdout = text(&output.stdout).to_lowercase();
            for word in ["secretive", " fuck", "|fuck", "voldemort", "0123", "tagline", "example.com"] {
                assert!(!stdout.contains(word), "{arguments:?}: {word} in {stdout}");
            }
            assert!(format == "json" || stdout.contains("xxxxxxxxx") || against.is_empty(), "{arguments:?}: {stdout}");
        }
    }
}

#[test]
fn the_page_needs_nothing_else_and_runs_nothing() {
    let nasty = "fuck </q><script>alert(1)</script> <img src=x onerror=alert(1)>";
    let folder = Folder::new(&[(KEY, &gzip(&message(nasty, ""))), ("<b>.log", b"{")]);
    let rules = Folder::new(&[("terms/en/house.toml", logs::HOUSE.replace("voldemort", "onerror").as_bytes())]);
    let [rules, log] = [rules.path(""), folder.path("")];
    let output = room_review(&["--rules", &rules, "replay", &log, "--against", "builtin", "--format", "html"], b"");
    let page = text(&output.stdout);
    assert!(page.starts_with("<!DOCTYPE html>") && page.trim_end().ends_with("</html>"), "{page}");
    for never in ["<script", "<img", "<link", "<b>.log", "src=", "href=", "url(", "@import", "http:", "https:"] {
        let found = page.replace("&lt;img src=x", "");
        assert!(!found.contains(never), "{never} in {page}");
    }
    for present in [
        "<svg",
        "<mark>fuck</mark>",
        "&lt;script&gt;alert(1)",
        "house.rival: nothing before, mask now",
        "Content-Security-Policy",
    ] {
        assert!(page.contains(present), "no {present} in {page}");
    }
}

#[test]
fn a_spreadsheet_takes_no_message_for_a_formula() {
    let draft = Folder::new(&[("terms/en/house.toml", logs::HOUSE.as_bytes())]);
    let folder = Folder::new(&[("a.log", message("=1+1 voldemort, \\\"x\\\"", "").as_bytes())]);
    let [rules, log] = [draft.path(""), folder.path("a.log")];
    let output = room_review(&["--rules", &rules, "replay", &log, "--against", "builtin", "--format", "csv"], b"");
    let want = format!(
        "at,time,room,message,before,after,why,text\n{log}:1,2022-10-14T17:40:00.000Z,(unknown),AYk6xKitV4On,ALLOW,REWRITE,\"house.rival: nothing before, mask now\",\"'=1+1 |voldemort|, \"\"x\"\"\"\n"
    );
    assert_eq!(text(&output.stdout), want);
    let output = room_review(&["--rules", &rules, "replay", &log, "--format", "csv"], b"");
    let want = "table,name,messages,allowed,rewritten,denied,text
all,all,1,0,1,0,
category,profanity,1,0,1,0,
rule,house.rival,1,0,1,0,
room,(unknown),1,0,1,0,
hour,2022-10-14T17,1,0,1,0,
sample,house.rival,,,,,\"'=1+1 |voldemort|, \"\"x\"\"\"
";
    assert_eq!(text(&output.stdout), want);
}

#[test]
fn rules_that_only_observe_are_shown_as_if_they_did_not() {
    let rules = Folder::new(&[("policy.toml", b"mode = \"observe\"\n")]);
    let folder = Folder::new(&[("a.log", message("fuck", "").as_bytes())]);
    let [rules, log] = [rules.path(""), folder.path("a.log")];
    let output = room_review(&["--rules", &rules, "replay", &log], b"");
    let stdout = text(&output.stdout);
    assert!(stdout.contains("only observe: shown is what they would do.\n"), "{stdout}");
    assert!(
        stdout.contains("\nen.profanity.fuck            1           0           1           0   100.0%\n"),
        "{stdout}"
    );
}

#[test]
fn a_report_is_the_same_on_however_many_threads() {
    let draft = Folder::new(&[("policy.toml", b"disable = [\"en.profanity.fuck\"]\n[actions]\nlink = \"mask\"\n")]);
    let mut corpus = Corpus::new(7);
    let files: Vec<(String, Vec<u8>)> = (0..20)
        .map(|number| {
            let lines: Vec<String> = corpus.by_ref().take(50).map(|content| logs::record_of(&content)).collect();
            let broken = if number % 3 == 0 { "\nbroken" } else { "" };
            (KEY.replace("Room1", &format!("Room{number}")), gzip(&(lines.join("\n") + broken)))
        })
        .collect();
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let folder = Folder::new(&files);
    let [rules, log] = [draft.path(""), folder.path("")];
    for format in ["table", "json", "csv", "html"] {
        let run = |threads: &str| {
            let arguments =
                ["--rules", &rules, "replay", &log, "--against", "builtin", "--format", format, "--threads", threads];
            let output = room_review(&arguments, b"");
            assert!(output.status.success() && output.stderr.is_empty(), "{}", text(&output.stderr));
            output.stdout
        };
        let one = run("1");
        assert!(one == run("2") && one == run("5"), "{format} differs");
    }
}

#[test]
fn arguments_that_make_no_sense_are_errors() {
    for arguments in [
        &["replay"][..],
        &["replay", ".", "--threads", "0"],
        &["replay", ".", "--format", "xml"],
        &["replay", ".", "--against", "no-such-folder"],
    ] {
        assert_eq!(room_review(arguments, b"").status.code(), Some(2), "{arguments:?}");
    }
}
