//! Nothing that a person wrote, is called or comes from is ever logged, whatever becomes of the message.

mod support;

use serde_json::{Value, json};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;
use support::function::{Function, Process};
use support::script::{Reply, messages, serve};

/// In every text of every request, and in nothing else. One is a term of a rule, so that the hit itself is marked.
const MARKS: [&str; 9] = [
    "xylocontent",
    "xylohit",
    "xylokey",
    "xylovalue",
    "xylosenderkey",
    "xylosendervalue",
    "xylouser",
    "203.0.113.77",
    "xylolater",
];

/// A request that bears all marks, with this content.
fn marked(content: &str) -> Value {
    json!({
        "Content": format!("{content} xylocontent"),
        "MessageId": "AYk6xKitV4On",
        "RoomArn": "arn:aws:ivschat:us-west-2:123456789012:room/R1",
        "Attributes": {"xylokey": "xylovalue", "color": "teal"},
        "Sender": {
            "UserId": "xylouser", "Ip": "203.0.113.77", "Attributes": {"xylosenderkey": "xylosendervalue", "role": "viewer"}
        },
        "Later": {"xylolater": ["xylolater"]},
    })
}

/// The request with another value at a place.
fn with(pointer: &str, value: Value) -> Vec<u8> {
    let mut request = marked("hello");
    *request.pointer_mut(pointer).expect("it is there") = value;
    request.to_string().into_bytes()
}

/// Requests that are allowed, rewritten, denied and too long; that are none, each for another reason; that make a review panic.
fn requests() -> Vec<Vec<u8>> {
    let texts = [
        "hello",
        "what the fuck",
        "so x.y.l.o.h.i.t it",
        "you faggot",
        "see https://evil.com/xylocontent",
        "mail xylohit@example.com",
        "call 555 234 5678",
        "xylocontent.com",
        "from 203.0.113.77",
        "boom",
    ];
    let long = ["xylocontent ".repeat(24_000), "fuck xylohit ".repeat(1200), "🔥".repeat(200), "no ".repeat(100)];
    let mut requests: Vec<Vec<u8>> = texts
        .into_iter()
        .chain(long.iter().map(String::as_str))
        .map(|text| marked(text).to_string().into_bytes())
        .collect();
    requests.push(with("/Content", json!("boom")));
    requests.push(with("/Attributes/color", json!("fuck https://evil.com xylovalue xylohit")));
    for pointer in [
        "/Content",
        "/MessageId",
        "/RoomArn",
        "/Attributes",
        "/Sender",
        "/Sender/UserId",
        "/Sender/Ip",
        "/Sender/Attributes",
    ] {
        requests.push(with(pointer, json!(["xylocontent", "xylohit"])));
    }
    requests.push(with("/Content", json!({"xylocontent": "xylohit"})));
    requests.push(with("/Attributes/xylokey", json!({"xylovalue": "xylovalue"})));
    requests.push(with("/Sender/Attributes/xylosenderkey", json!(5)));
    requests.push(json!(["xylocontent", "203.0.113.77"]).to_string().into_bytes());
    requests.push(b"\"xylocontent\"".into());
    requests.push(b"xylocontent".into());
    // Cut anywhere, and with a byte that is no UTF-8 or a control character anywhere.
    let whole = marked("what the fuck").to_string().into_bytes();
    for at in (0..whole.len()).step_by(7) {
        requests.push(whole[..at].to_vec());
        requests.push([&whole[..at], b"\xff", &whole[at..]].concat());
        requests.push([&whole[..at], b"\x01", &whole[at..]].concat());
    }
    requests
}

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("privacy").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("terms")).expect("a folder of ours");
    folder
}

/// Names the marks in what was written, wherever they are.
fn leaked(what: &str, written: &[u8]) -> Vec<String> {
    let written = String::from_utf8_lossy(written).to_lowercase();
    let marks = MARKS.iter().filter(|mark| written.contains(**mark));
    marks
        .map(|mark| {
            format!("{what}: {mark} in {}", written.lines().find(|line| line.contains(mark)).unwrap_or_default())
        })
        .collect()
}

const PACK: &str = "language = \"*\"\ncategory = \"profanity\"\n\n[[rule]]\nid = \"own.word\"\nseverity = \"strong\"\n\
                    terms = [\"xylohit\"]\nhits = [\"|xylohit|\"]\nmisses = [\"xylo\"]\nwhy = \"A test.\"\n";

#[test]
fn nothing_of_any_message_is_in_what_the_function_writes() {
    let folder = folder("function");
    fs::write(folder.join("terms/own.toml"), PACK).expect("a file");
    let mut wrong = Vec::new();
    // Some late; observing.
    let policies = ["", "budget_ms = 1\n", "mode = \"observe\"\n"];
    for (number, policy) in policies.into_iter().enumerate() {
        fs::write(folder.join("policy.toml"), policy).expect("a file");
        let requests = requests();
        let count = requests.len();
        let mut next = messages(requests);
        // Some answers are refused, so that the runtime says that too.
        let mut posted = 0;
        let (address, seen) = serve(move |path| {
            posted += usize::from(!path.ends_with("/next"));
            match next(path) {
                Reply::Status(..) if posted % 5 == 0 => Reply::Status("400 Bad Request", ""),
                reply => reply,
            }
        });
        let file = |name: &str| folder.join(format!("{name}-{number}"));
        // To append, as the function does: it opens its output again, and what it wrote before must not be written over.
        let create = |name: &str| File::options().create(true).append(true).open(file(name)).expect("a file");
        let mut command = Function::command(&[
            ("RULES_DIR", folder.to_str().expect("a UTF-8 path")),
            ("LOG_ALLOW_EVERY", "1"),
            ("RUST_BACKTRACE", "full"),
            ("RUST_LOG", "trace"),
            ("AWS_LAMBDA_LOG_LEVEL", "TRACE"),
            ("ROOM_REVIEW_TEST_PANIC_ON", "boom"),
            ("ROOM_REVIEW_TEST_PATIENT", ""),
        ]);
        let process = Process::start(command.stdout(create("stdout")).stderr(create("stderr")), address);
        let mut answers = 0;
        while answers < count {
            let (path, _) = seen.recv_timeout(Duration::from_secs(30)).expect("the function goes on");
            answers += usize::from(!path.ends_with("/next"));
        }
        process.signal("TERM");
        assert!(process.output().status.success());
        let [stdout, stderr] = ["stdout", "stderr"].map(|name| fs::read(file(name)).expect("it was written"));
        // So that there was something to look at.
        let log = String::from_utf8_lossy(&stdout).into_owned();
        // A release takes no millisecond for any of them.
        let late = if cfg!(debug_assertions) { "timeout" } else { "allow" };
        let outcomes = [&["allow", "rewrite", "deny", "too_long"][..], &[late], &["allow"]];
        let always = if cfg!(debug_assertions) { &["invalid", "internal_error"][..] } else { &["invalid"] };
        for outcome in outcomes[number].iter().chain(always) {
            assert!(log.contains(&format!("\"outcome\":\"{outcome}\"")), "{outcome}");
        }
        // Of each message a line; those of metrics are shared.
        assert!(log.lines().count() > count, "{} lines of {count} messages", log.lines().count());
        assert!(String::from_utf8_lossy(&stderr).contains("400"));
        wrong.extend(leaked(&format!("stdout {number}"), &stdout));
        wrong.extend(leaked(&format!("stderr {number}"), &stderr));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The function of the chat log answers with the records that it gets; its own log holds nothing of them.
#[test]
#[cfg(feature = "audit")]
fn nothing_of_any_record_is_in_what_the_audit_function_writes() {
    use aws_lambda_events::event::firehose::KinesisFirehoseEvent;
    let logged =
        |payload: Value| json!({"type": "MESSAGE", "version": "1.0", "payload": payload}).to_string().into_bytes();
    let texts = [marked("hello"), marked("what the fuck"), json!("xylocontent")];
    let records: Vec<Vec<u8>> = requests().into_iter().chain(texts.map(logged)).collect();
    let sample = include_str!("../events/firehose/chat-records.json");
    let mut event: KinesisFirehoseEvent = serde_json::from_str(sample).expect("the sample is an event");
    let record = event.records[0].clone();
    event.records = vec![record; records.len()];
    for (record, data) in event.records.iter_mut().zip(records) {
        record.data.0 = data;
    }
    let event = serde_json::to_value(event).expect("an event is JSON");
    let mut broken = event.clone();
    broken["records"] = json!("xylocontent");
    let events = [event, broken, marked("hello"), json!("xylocontent")];
    let (address, seen) = serve(messages(events.iter().map(|event| event.to_string().into_bytes()).collect()));
    let mut command = Command::new(env!("CARGO_BIN_EXE_room-review-audit"));
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).env("RUST_BACKTRACE", "full");
    command.envs(Function::command(&[]).get_envs().filter_map(|(key, value)| Some((key, value?))));
    let process = Process::start(&mut command, address);
    let mut errors = Vec::new();
    for _ in 0..2 * events.len() {
        let (path, body) = seen.recv_timeout(Duration::from_secs(30)).expect("the function goes on");
        if path.ends_with("/error") {
            errors.extend(body);
        }
    }
    process.signal("TERM");
    let output = process.output();
    assert!(String::from_utf8_lossy(&output.stdout).contains("\"outcome\":\"audit\""));
    let wrong =
        [leaked("stdout", &output.stdout), leaked("stderr", &output.stderr), leaked("errors", &errors)].concat();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Errors of the function go to whoever invoked it and into its log: they name a place and a kind.
#[test]
fn nothing_of_any_message_is_in_an_error() {
    let (address, seen) = serve(messages(requests()));
    let _process = Process::start(&mut Function::command(&[]), address);
    let mut wrong = Vec::new();
    for _ in 0..2 * requests().len() {
        let (path, body) = seen.recv_timeout(Duration::from_secs(30)).expect("the function goes on");
        if path.ends_with("/error") {
            wrong.extend(leaked("error", &body));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Lint and batch read rules and requests; what goes wrong is said without the text of a message.
#[test]
#[cfg(feature = "cli")]
fn the_command_line_says_nothing_of_a_message_on_stderr() {
    use std::io::Write;
    let folder = folder("lint");
    fs::write(folder.join("terms/own.toml"), PACK.replace("xylohit", "frobnicate")).expect("a file");
    let requests = requests().into_iter().map(|request| request.into_iter().filter(|byte| *byte != b'\n').collect());
    let requests: Vec<Vec<u8>> = requests.collect();
    let mut wrong = Vec::new();
    for arguments in [&["lint", folder.to_str().expect("a UTF-8 path")][..], &["batch"], &["check", "-"]] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_room-review"));
        command
            .args(arguments)
            .env_remove("RULES_DIR")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut process = command.spawn().expect("it was built");
        let mut stdin = process.stdin.take().expect("piped");
        let requests = requests.join(&b'\n');
        let writer = std::thread::spawn(move || drop(stdin.write_all(&requests)));
        let output = process.wait_with_output().expect("it ends");
        writer.join().expect("it writes");
        wrong.extend(leaked(arguments[0], &output.stderr));
        if arguments[0] == "lint" {
            wrong.extend(leaked("lint's output", &output.stdout));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
