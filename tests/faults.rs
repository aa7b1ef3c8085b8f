//! What goes wrong around the function: the Runtime API, its output, the clock, signals, memory. For each, what happens.
//! `rule_faults.rs` has what goes wrong with its rules.
#![cfg(target_os = "linux")]

mod support;

use std::fs::{self, File};
use std::net::{SocketAddr, TcpListener};
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::mpsc::Receiver;
use std::time::Duration;
use support::function::{Function, Process};
use support::runtime_api::Answer;
use support::script::{Reply, Request, messages, serve};

const PATIENCE: Duration = Duration::from_secs(30);

fn message(content: &str) -> Vec<u8> {
    serde_json::json!({"Content": content, "Sender": {"UserId": "u"}}).to_string().into_bytes()
}

fn allowed(content: &str) -> String {
    format!(r#"{{"ReviewResult":"ALLOW","Content":"{content}"}}"#)
}

fn denied(content: &str) -> String {
    let reason = "Your message was not sent. Please try again.";
    format!(r#"{{"ReviewResult":"DENY","Content":"{content}","Attributes":{{"Reason":"{reason}"}}}}"#)
}

/// A folder of its own for a test.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("faults").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder of ours");
    folder
}

/// The next answers that the function posts, without its requests for more.
fn answers(requests: &Receiver<Request>, count: usize) -> Vec<String> {
    let posted = std::iter::repeat_with(|| requests.recv_timeout(PATIENCE).expect("the function goes on"));
    let posted = posted.filter(|(path, _)| !path.ends_with("/next"));
    posted.take(count).map(|(_, body)| String::from_utf8(body).expect("UTF-8")).collect()
}

/// The function on a Runtime API that does this, until it ends by itself.
fn ends(reply: impl FnMut(&str) -> Reply + Send + 'static) -> Output {
    let (address, _requests) = serve(reply);
    Process::start(&mut Function::command(&[]), address).output()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

// The Runtime API.

/// As Lambda asks for: it starts the function anew.
#[test]
fn a_refused_request_for_work_ends_it_with_an_error() {
    for status in ["403 Forbidden", "410 Gone", "500 Internal Server Error", "503 Service Unavailable"] {
        let output = ends(move |_| Reply::Status(status, ""));
        assert!(!output.status.success(), "{status}");
        assert_eq!(stderr(&output).lines().count(), 1, "{status}: {}", stderr(&output));
    }
}

#[test]
fn a_runtime_api_that_is_not_there_or_hangs_up_ends_it_with_an_error() {
    let nobody: SocketAddr = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port");
    let output = Process::start(&mut Function::command(&[]), nobody).output();
    assert_eq!((output.status.code(), stderr(&output).lines().count()), (Some(1), 1), "{}", stderr(&output));
    let output = ends(|_| Reply::HangUp);
    assert_eq!((output.status.code(), stderr(&output).lines().count()), (Some(1), 1), "{}", stderr(&output));
    let mut lost = messages(vec![message("secret")]);
    let output = ends(move |path| if path.ends_with("/next") { lost(path) } else { Reply::HangUp });
    assert_eq!(output.status.code(), Some(1));
    assert!(!stderr(&output).contains("secret") && !stderr(&output).is_empty(), "{}", stderr(&output));
}

#[test]
fn a_refused_answer_is_said_without_the_message_and_the_next_is_served() {
    let statuses =
        ["400 Bad Request", "403 Forbidden", "410 Gone", "413 Payload Too Large", "500 Internal Server Error"];
    let mut next = messages((0..=statuses.len()).map(|n| message(&format!("secret {n}"))).collect());
    let mut refusals = statuses.into_iter();
    let (address, requests) = serve(move |path| match next(path) {
        Reply::Status(..) => refusals.next().map_or(Reply::ACCEPTED, |status| Reply::Status(status, "")),
        message => message,
    });
    let process = Process::start(&mut Function::command(&[]), address);
    let wanted: Vec<String> = (0..=statuses.len()).map(|n| allowed(&format!("secret {n}"))).collect();
    assert_eq!(answers(&requests, wanted.len()), wanted);
    process.signal("TERM");
    let stderr = stderr(&process.output());
    for status in statuses {
        assert!(stderr.contains(status), "{stderr}");
    }
    assert!(!stderr.contains("secret"), "{stderr}");
}

#[test]
fn connections_that_close_after_every_answer_are_made_again() {
    let mut next = messages((0..20).map(|n| message(&format!("number {n}"))).collect());
    let (address, requests) = serve(move |path| match next(path) {
        Reply::Status(status, _) => Reply::Status(status, "connection: close\r\n"),
        message => message,
    });
    let _process = Process::start(&mut Function::command(&[]), address);
    let wanted: Vec<String> = (0..20).map(|n| allowed(&format!("number {n}"))).collect();
    assert_eq!(answers(&requests, 20), wanted);
}

#[test]
fn a_slow_runtime_api_is_waited_for() {
    let mut next = messages(vec![message("one"), message("two")]);
    let (address, requests) =
        serve(move |path| Reply::Later(Duration::from_millis(100), Reply::Slowly(7, next(path).into()).into()));
    let _process = Process::start(&mut Function::command(&[]), address);
    assert_eq!(answers(&requests, 2), [allowed("one"), allowed("two")]);
}

// Its output.

/// Every message gets its answer, whatever happens to the log.
#[test]
fn output_that_goes_nowhere_keeps_no_answer_waiting() {
    let (reader, closed) = std::io::pipe().expect("a pipe");
    drop(reader);
    let (_unread, pipe) = std::io::pipe().expect("a pipe");
    let (_silent, socket) = UnixStream::pair().expect("a pair");
    let full = File::options().write(true).open("/dev/full").expect("/dev/full");
    let sinks: Vec<(&str, Stdio)> = vec![
        ("closed pipe", closed.into()),
        ("pipe that nobody reads", pipe.into()),
        ("socket that nobody reads", OwnedFd::from(socket).into()),
        ("full disk", full.into()),
        ("nothing", Stdio::null()),
    ];
    for (what, sink) in sinks {
        let (address, requests) = serve(messages((0..500).map(|n| message(&n.to_string())).collect()));
        let mut command = Function::command(&[("LOG_ALLOW_EVERY", "1")]);
        let _process = Process::start(command.stdout(sink), address);
        let wanted: Vec<String> = (0..500).map(|n| allowed(&n.to_string())).collect();
        assert_eq!(answers(&requests, 500), wanted, "{what}");
    }
}

#[test]
fn standard_streams_that_are_not_open_keep_no_answer_waiting() {
    let (address, requests) = serve(messages(vec![message("hello")]));
    let mut command = Command::new("sh");
    command.args(["-c", "exec \"$0\" <&- >&- 2>&-", env!("CARGO_BIN_EXE_room-review-handler")]);
    command.envs(Function::command(&[]).get_envs().filter_map(|(key, value)| Some((key, value?))));
    let _process = Process::start(&mut command, address);
    assert_eq!(answers(&requests, 1), [allowed("hello")]);
}

#[test]
#[cfg(debug_assertions)] // the hook is not in release builds
fn panics_that_nobody_can_be_told_of_are_answered() {
    let (reader, closed) = std::io::pipe().expect("a pipe");
    drop(reader);
    let (_unread, full) = std::io::pipe().expect("a pipe");
    for stderr in [closed, full] {
        let (address, requests) = serve(messages(vec![message("boom"); 700]));
        let mut command = Function::command(&[("ROOM_REVIEW_TEST_PANIC_ON", "boom")]);
        let _process = Process::start(command.stderr(stderr), address);
        assert_eq!(answers(&requests, 700), vec![denied("boom"); 700]);
    }
}

// The clock.

/// A clock that goes back an hour with every look, and begins shortly after 1970.
const CLOCK: &str = "#include <time.h>\n#include <unistd.h>\n#include <sys/syscall.h>\n\
    int clock_gettime(clockid_t id, struct timespec *now) {\n\
    static long at = 7200;\n\
    if (id != CLOCK_REALTIME) return syscall(SYS_clock_gettime, id, now);\n\
    now->tv_sec = at; now->tv_nsec = 0; at -= 3600; return 0; }\n";

#[test]
fn a_clock_that_steps_back_even_before_1970_changes_no_answer() {
    let folder = folder("clock");
    let (source, library) = (folder.join("clock.c"), folder.join("clock.so"));
    fs::write(&source, CLOCK).expect("a file");
    let compiled = Command::new("cc").args(["-shared", "-fPIC", "-o"]).arg(&library).arg(&source).status();
    assert!(compiled.expect("Rust links with cc").success());
    let preload = library.to_str().expect("a UTF-8 path");
    let function = Function::start(&[("LD_PRELOAD", preload), ("LOG_ALLOW_EVERY", "1")]);
    for _ in 0..5 {
        assert_eq!(function.invoke(&message("hello")), Answer::Response(allowed("hello")));
    }
    let output = function.terminate();
    assert!(output.status.success(), "{}", stderr(&output));
    let log = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(log.contains("\"timestamp\":\"1970-01-01T02:00:00.000Z\""), "{log}");
    assert_eq!(log.matches("\"timestamp\":\"1970-01-01T00:00:00.000Z\"").count(), 4, "{log}");
}

// Signals.

/// The end is asked for while an answer is posted: it is posted whole, and nothing more is asked for.
#[test]
fn sigterm_while_an_answer_is_posted_lets_it_arrive() {
    let (address, requests) = serve(|path| {
        if path.ends_with("/next") {
            Reply::Message(message("hello"))
        } else {
            Reply::Later(Duration::from_millis(500), Reply::ACCEPTED.into())
        }
    });
    let process = Process::start(&mut Function::command(&[]), address);
    assert_eq!(answers(&requests, 1), [allowed("hello")]);
    process.signal("TERM");
    let output = process.output();
    assert!(output.status.success() && output.stderr.is_empty(), "{:?} {}", output.status, stderr(&output));
    assert_eq!(requests.try_iter().count(), 0, "it asked for more");
}

/// The end is asked for while a message arrives, or is being judged: it is answered. A message that takes longer to arrive than
/// the function waits for it is not, and on a busy machine that can happen: then it is tried again.
#[test]
fn sigterm_while_a_message_is_on_its_way_or_judged_lets_it_be_answered() {
    for payload in [message("hello"), message(&"x".repeat(6_000_000))] {
        let tries = std::iter::repeat_with(|| is_answered_in_spite_of_sigterm(payload.clone())).take(10);
        assert!(tries.into_iter().any(|answered| answered), "{} bytes", payload.len());
    }
}

fn is_answered_in_spite_of_sigterm(payload: Vec<u8>) -> bool {
    let piece = payload.len() / 4;
    let mut next = messages(vec![payload]);
    let (address, requests) = serve(move |path| match next(path) {
        message @ Reply::Message(_) => Reply::Slowly(piece, message.into()),
        other => other,
    });
    let process = Process::start(&mut Function::command(&[]), address);
    requests.recv_timeout(PATIENCE).expect("it asks for work");
    process.signal("TERM");
    let output = process.output();
    assert!(output.status.success() && output.stderr.is_empty(), "{:?} {}", output.status, stderr(&output));
    requests.try_iter().any(|(path, body)| path.ends_with("/response") && body.starts_with(b"{\"ReviewResult\""))
}

// Memory.

/// The function with this much address space, in KiB.
fn within(kibibytes: u32, address: SocketAddr) -> Process {
    let mut command = Command::new("sh");
    let script = format!("ulimit -v {kibibytes} && exec \"$0\"");
    command.args(["-c", &script, env!("CARGO_BIN_EXE_room-review-handler")]);
    command.envs(Function::command(&[]).get_envs().filter_map(|(key, value)| Some((key, value?))));
    Process::start(command.stdout(Stdio::piped()).stderr(Stdio::piped()), address)
}

/// The smallest function has 128 MB. What Lambda hands over at most is answered in that, and so is the next message.
#[test]
fn the_largest_payload_is_answered_within_the_memory_of_the_smallest_function() {
    let content = "fuck ".repeat(1_200_000);
    let attributes = format!(r#"{{"Content":"fuck","Attributes":{{{}"":""}}}}"#, r#""":"","#.repeat(900_000));
    let payloads = vec![message(&content), attributes.into_bytes(), message("hello")];
    let (address, requests) = serve(messages(payloads));
    let _process = within(128 * 1024, address);
    let answers = answers(&requests, 3);
    assert_eq!(answers, [denied(&"fuck ".repeat(100)), denied("fuck"), allowed("hello")]);
}

/// Too little memory ends the process at once, and Lambda starts another: it never hangs.
#[test]
fn too_little_memory_ends_it() {
    let (address, requests) = serve(messages(vec![message(&"x".repeat(6_000_000)), message("hello")]));
    // A release needs less, and answers both within 24 MiB.
    let mebibytes = if cfg!(debug_assertions) { 24 } else { 18 };
    let output = within(mebibytes * 1024, address).output();
    assert!(!output.status.success());
    // It had started, and asked for the message.
    assert_eq!(requests.try_iter().count(), 1);
    assert!(!stderr(&output).contains("xxx"), "{}", stderr(&output));
}
