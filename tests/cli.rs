//! The command line as a person runs it.

use std::fmt::Write as _;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::thread;

fn room_review(arguments: &[&str], stdin: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_room-review"));
    command.current_dir(env!("CARGO_MANIFEST_DIR")).args(arguments).env_remove("RULES_DIR");
    let mut process =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("built");
    let mut pipe = process.stdin.take().expect("piped");
    let stdin = stdin.to_owned();
    // From a thread: while it writes, somebody has to read.
    let writer = thread::spawn(move || drop(pipe.write_all(stdin.as_bytes())));
    let output = process.wait_with_output().expect("it ends");
    writer.join().expect("it writes");
    output
}

fn text(bytes: &[u8]) -> &str {
    str::from_utf8(bytes).expect("UTF-8")
}

/// A file of its own for a test, removed when dropped.
struct Temporary(PathBuf);

impl Temporary {
    fn new(name: &str, bytes: &[u8]) -> Self {
        let path = std::env::temp_dir().join(format!("room-review-{}-{name}", std::process::id()));
        std::fs::write(&path, bytes).expect("a temporary file");
        Self(path)
    }

    fn path(&self) -> &str {
        self.0.to_str().expect("a UTF-8 path")
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

#[test]
fn check_reviews_a_folder_in_name_order_and_says_why() {
    let output = room_review(&["check", "events"], "");
    assert!(output.status.success(), "{}", text(&output.stderr));
    let stdout = text(&output.stdout);
    let verdicts: Vec<&str> = stdout.lines().filter(|line| line.contains(" events/")).collect();
    assert!(verdicts.len() >= 14 && verdicts[0].starts_with("ALLOW   events/01-"), "{stdout}");
    assert!(verdicts.is_sorted_by_key(|line| line.split_whitespace().nth(1)), "{stdout}");
    assert!(
        stdout.contains("        en.profanity.fuck: profanity, strong, mask: Content 9..13 \"fuck\"\n"),
        "{stdout}"
    );
    assert!(!stdout.contains('\u{1b}'), "no colour into a pipe");
}

#[test]
fn check_reviews_the_others_when_one_can_not_be_read() {
    let broken = Temporary::new("broken.json", br#"{"Content": 5}"#);
    let output = room_review(&["check", "no-such.json", broken.path(), "src", "events/01-clean.json"], "");
    assert_eq!(output.status.code(), Some(2));
    let stderr: Vec<&str> = text(&output.stderr).lines().collect();
    assert_eq!(stderr.len(), 3, "{stderr:?}");
    assert!(stderr[0].starts_with("no-such.json: "), "{stderr:?}");
    assert!(stderr[1].ends_with("broken.json: Content: expected a string, found a number"), "{stderr:?}");
    assert_eq!(stderr[2], "src: no *.json in this folder");
    assert!(text(&output.stdout).starts_with("ALLOW   events/01-clean.json"));
}

#[test]
fn check_says_where_a_file_is_no_json() {
    let mut wrong = Vec::new();
    for (payload, want) in [
        (&b"{\"Content\":"[..], ":1:11: payload: expected valid JSON in UTF-8, found a syntax error"),
        (b"{\n  \"Content\": \"hi\",\n}", ":3:1: payload: expected valid JSON in UTF-8, found a syntax error"),
        (b"{\"Content\":\"hi\"}\n{}", ":2:1: payload: expected valid JSON in UTF-8, found a syntax error"),
        (b"hi", ":1:1: payload: expected an object, found no JSON"),
        (b"\xef\xbb\xbf{\"Content\":\"hi\"}", ":1:1: payload: expected an object, found a byte order mark"),
        (b"{\"Content\":\n\"\xff\"}", ":2: expected UTF-8, found other bytes"),
        (b"", ": payload: expected an object, found nothing"),
        (b"[]", ": payload: expected an object, found an array"),
        (b"{}", ": Content: expected a string, found nothing"),
    ] {
        let file = Temporary::new("check.json", payload);
        let output = room_review(&["check", file.path()], "");
        let stderr = text(&output.stderr);
        if output.status.code() != Some(2) || stderr != format!("{}{want}\n", file.path()) {
            wrong.push(format!("{}: {stderr}", String::from_utf8_lossy(payload)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_makes_no_sense_is_said() {
    let file = Temporary::new("no-folder", b"");
    let inside = format!("{}/terms", file.path());
    let [new_rule, other] = [["-l", "en", "-c", "hate"], ["-l", "xx", "-c", "hate"]];
    let mut wrong = Vec::new();
    for (arguments, want) in [
        (&["explain", ""][..], "a value is required for '<TEXT>' but none was supplied"),
        (
            &["explain", "hi", "--rule", "en.profnity"],
            "there is no rule \"en.profnity\", and none whose id begins like that",
        ),
        (&["explain", "hi", "--sender", "role"], "expected KEY=VALUE"),
        (&["explain", "hi", "--room", "g1H2I3j4k5L6"], "expected an ARN such as arn:aws:ivschat:"),
        (&["replay", ".", "--room", "g1H2I3j4k5L6"], "expected an ARN such as arn:aws:ivschat:"),
        (&["--rules", "", "explain", "hi"], "a value is required for '--rules <DIR>'"),
        (&["rules", "--language", "xx"], "unknown language \"xx\""),
        (&["test", "--messages-only"], "<FILE>..."),
        (&["replay", ".", "--threads", "257"], "257 is not in 1..=256"),
        (&["schema", "--out", file.path()], &format!("room-review: {}: ", file.path())),
        (&["man", "--out", file.path()], &format!("room-review: {}: ", file.path())),
        (&[&["--rules", file.path(), "new-rule", "x.y"][..], &new_rule].concat(), &format!("room-review: {inside}")),
        (&[&["--rules", "x", "new-rule", "x.y"][..], &other].concat(), "unknown language \"xx\""),
        (
            &[&["--rules", "x", "new-rule", "A b"][..], &new_rule].concat(),
            "\"A b\": an id is lower-case letters, digits,",
        ),
    ] {
        let output = room_review(arguments, "");
        let stderr = text(&output.stderr);
        if output.status.code() != Some(2) || !stderr.contains(want) || !output.stdout.is_empty() {
            wrong.push(format!("{arguments:?}: {:?} {stderr}", output.status.code()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn check_for_machines_is_one_object_a_line() {
    let output = room_review(&["check", "--json", "-"], r#"{"Content":"what the fuck"}"#);
    assert!(output.status.success());
    let line: serde_json::Value = serde_json::from_slice(&output.stdout).expect("one JSON object");
    assert_eq!(line["response"]["Content"], "what the ****");
    assert_eq!(line["findings"][0]["text"], "fuck");
    assert_eq!(line["findings"][0]["start"], 9);
}

#[test]
fn batch_answers_every_line_in_order_and_goes_on_after_a_bad_one() {
    let mut requests = String::new();
    let mut expected = String::new();
    for number in 0..20_000 {
        if number % 1000 == 7 {
            requests.push_str("{\"Content\": 7}\n");
            expected.push_str(
                r#"{"errorType":"InvalidReviewRequest","errorMessage":"Content: expected a string, found a number"}"#,
            );
            expected.push('\n');
        } else {
            let _ = writeln!(requests, r#"{{"Content":"fuck number {number}","Attributes":{{"n":"x"}}}}"#);
            let _ = writeln!(
                expected,
                r#"{{"ReviewResult":"ALLOW","Content":"**** number {number}","Attributes":{{"n":"x"}}}}"#
            );
        }
    }
    let output = room_review(&["batch"], &requests);
    assert!(output.status.success());
    assert_eq!(text(&output.stderr), "");
    let wrong = text(&output.stdout).lines().zip(expected.lines()).find(|(got, want)| got != want);
    assert_eq!(wrong, None);
    assert_eq!(output.stdout.len(), expected.len());
}

#[test]
fn batch_ends_quietly_with_its_reader_and_takes_a_last_line_without_a_newline() {
    let output = room_review(&["batch"], r#"{"Content":"hi"}"#);
    assert_eq!(text(&output.stdout), "{\"ReviewResult\":\"ALLOW\",\"Content\":\"hi\"}\n");
    let program = env!("CARGO_BIN_EXE_room-review");
    let script = format!("yes '{{\"Content\":\"hi\"}}' | head -n 100000 | '{program}' batch | head -n 1");
    let output = Command::new("sh").args(["-c", &script]).env_remove("RULES_DIR").output().expect("sh is there");
    assert_eq!(text(&output.stdout), "{\"ReviewResult\":\"ALLOW\",\"Content\":\"hi\"}\n");
    assert_eq!(text(&output.stderr), "");
}

#[test]
fn explain_shows_what_the_reviewer_sees() {
    let output = room_review(&["explain", "Ｆ.u.c.k this\u{202e}\u{7}"], "");
    let stdout = text(&output.stdout);
    assert!(output.status.success());
    assert!(stdout.contains("content  \"Ｆ.u.c.k this\\u{202e}\\u{7}\"\n"), "{stdout}");
    assert!(stdout.contains("en.profanity.fuck"), "{stdout}");
    assert!(stdout.contains("\"******* this"), "{stdout}");
}

#[test]
fn a_rules_dir_that_names_no_folder_is_said() {
    let mut wrong = Vec::new();
    let new_rule = ["new-rule", "x.y", "-l", "en", "-c", "hate"];
    for (dir, arguments, want) in [
        ("", &["explain", "hi"][..], "RULES_DIR: is empty: name a folder of rules, or do not set it\n"),
        ("", &["lint"], "RULES_DIR: is empty: name a folder of rules, or do not set it\n"),
        ("", &["bench"], "RULES_DIR: is empty: name a folder of rules, or do not set it\n"),
        ("", &new_rule, "say where your rules are: room-review --rules DIR new-rule …\n"),
        ("no-such-folder", &["explain", "hi"], "no-such-folder: is not a folder that can be read\n"),
        ("no-such-folder", &["lint"], "no-such-folder: is not a folder that can be read\n"),
    ] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_room-review"));
        let output = command.args(arguments).env("RULES_DIR", dir).output().expect("built");
        if (output.status.code(), text(&output.stderr)) != (Some(2), want) {
            wrong.push(format!("{dir:?} {arguments:?}: {}", text(&output.stderr)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_rules_folder_that_is_none_is_said_and_not_passed_over() {
    let output = room_review(&["--rules", "no-such-folder", "check", "events"], "");
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).starts_with("no-such-folder:"), "{}", text(&output.stderr));
    assert_eq!(text(&output.stdout), "");
}
