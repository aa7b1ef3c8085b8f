//! What invocations leave behind: log lines and metric lines on stdout, JSON each.
//!
//! None holds content, an attribute, a user id or an address. Lines are written here rather than through `tracing`: a subscriber
//! would let every dependency write too, and costs size and time (ARCHITECTURE.md has the numbers).
//!
//! Up to a hundred messages with the same outcome and category share a metric line, which has the time of each.

use crate::event::{InvalidReviewRequest, ReviewRequest, ReviewResult};
use crate::policy::Action;
use crate::review::Finding;
use serde::Serialize;
use serde_json::json;
use std::fs::OpenOptions;
use std::io::{self, Write};
use std::os::fd::AsFd;
use std::os::unix::fs::{FileTypeExt, OpenOptionsExt};
use std::os::unix::net::UnixStream;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};
use std::{env, panic};

/// Rule ids named in a line; a message can break any number of rules, a line has to stay below a pipe's atomic write.
const MAX_RULES: usize = 16;

/// Characters of an id from outside that a line repeats. IVS sends 12, a direct invoke whatever it likes.
const MAX_ID: usize = 64;

/// The level of messages that are as they should be.
const INFO: &str = "INFO";

/// Messages that share a metric line: as many values as the format takes for a metric.
const MOST_SHARED: usize = 100;

/// How long the first of them waits for others, unless no message comes at all.
const LONGEST_WAIT: Duration = Duration::from_secs(10);

/// Of `open`, on Linux, where Lambda runs.
const O_NONBLOCK: i32 = 0o4000;

/// How an invocation ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Allowed as it was.
    Allow,
    /// Allowed with other content or attributes.
    Rewrite,
    /// Denied.
    Deny,
    /// The verdict came too late; the policy's `on_timeout` was answered.
    Timeout,
    /// The message is too long to be reviewed; the policy's `on_timeout` was answered.
    TooLong,
    /// The review panicked; the policy's `on_internal_error` was answered.
    InternalError,
    /// The payload was no review request.
    Invalid,
}

impl Outcome {
    /// The name used in logs and metrics.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Rewrite => "rewrite",
            Self::Deny => "deny",
            Self::Timeout => "timeout",
            Self::TooLong => "too_long",
            Self::InternalError => "internal_error",
            Self::Invalid => "invalid",
        }
    }
}

/// One reviewed message.
pub struct Record<'a> {
    /// What was reviewed.
    pub request: &'a ReviewRequest<'a>,
    /// What was answered.
    pub result: ReviewResult,
    /// Why.
    pub findings: &'a [Finding<'a>],
    /// How it ended.
    pub outcome: Outcome,
    /// The version of the rules.
    pub rules: &'a str,
    /// When the invocation began.
    pub start: Instant,
}

/// Where the lines go, and what is counted over the life of the process.
pub struct Telemetry {
    out: Mutex<Out>,
    /// Every how many clean messages one gets a log line; 0 is never.
    allow_every: u64,
    allowed: AtomicU64,
    cold: AtomicBool,
}

/// The name of this function among the metrics: stacks share an account.
fn function_name() -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    env::var("AWS_LAMBDA_FUNCTION_NAME")
        .ok()
        .filter(|name| name.chars().all(is_plain))
        .unwrap_or_else(|| "room-review".into())
}

/// Where the lines go, and messages that still wait for their metric line.
struct Out {
    lines: Box<dyn Write + Send>,
    /// The name of this function.
    function: String,
    waiting: Vec<Waiting>,
}

/// Messages of one outcome and category that wait for others.
struct Waiting {
    outcome: &'static str,
    category: Option<&'static str>,
    /// Their microseconds.
    times: Vec<u64>,
    /// When the first of them came, by the clock that measures and by the one that tells the time of day.
    since: (Instant, SystemTime),
}

impl Out {
    /// That a write fails is nobody's business here: the answer comes first. What is written at once has to stay below a pipe's
    /// atomic write, or half a line could be left in it.
    fn write(&mut self, bytes: &[u8]) {
        let _ = self.lines.write_all(bytes).and_then(|()| self.lines.flush());
    }

    fn wait(&mut self, outcome: &'static str, category: Option<&'static str>, micros: u64) {
        let same = |known: &&mut Waiting| known.outcome == outcome && known.category == category;
        match self.waiting.iter_mut().find(same) {
            Some(known) => known.times.push(micros),
            None => {
                let since = (Instant::now(), now());
                self.waiting.push(Waiting { outcome, category, times: vec![micros], since });
            }
        }
    }

    /// Writes the metric lines that are full, or all of them where one has waited long enough.
    fn write_waiting(&mut self, all: bool) {
        let all = all || self.waiting.iter().any(|waiting| waiting.since.0.elapsed() >= LONGEST_WAIT);
        for at in (0..self.waiting.len()).rev() {
            if all || self.waiting[at].times.len() >= MOST_SHARED {
                let Waiting { outcome, category, times, since } = self.waiting.swap_remove(at);
                let mut line = Vec::new();
                let metrics =
                    Metrics { function: &self.function, time: since.1, outcome, category, cold: false, times: &times };
                if write_metrics(&mut line, &metrics).is_ok() {
                    self.write(&line);
                }
            }
        }
    }
}

impl Drop for Telemetry {
    /// An orderly end loses no count.
    fn drop(&mut self) {
        self.out.get_mut().unwrap_or_else(PoisonError::into_inner).write_waiting(true);
    }
}

/// The log line.
#[derive(Serialize)]
struct Line<'a> {
    timestamp: String,
    level: &'static str,
    outcome: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    result: Option<ReviewResult>,
    #[serde(skip_serializing_if = "Option::is_none")]
    category: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    rules: Vec<&'a str>,
    micros: u64,
    #[serde(skip_serializing_if = "str::is_empty")]
    room: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    message: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    rules_version: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

impl Telemetry {
    /// Lines to stdout; of clean messages every `LOG_ALLOW_EVERY`th (default 100, 0 is none) gets a log line.
    pub fn from_env() -> Self {
        let every = env::var("LOG_ALLOW_EVERY").ok().and_then(|n| n.parse().ok()).unwrap_or(100);
        Self::new(never_waiting(1, io::stdout()), every)
    }

    /// Lines to `out`; of clean messages every `allow_every`th gets a log line.
    pub fn new(lines: Box<dyn Write + Send>, allow_every: u64) -> Self {
        let out = Out { lines, function: function_name(), waiting: Vec::new() };
        Self { out: Mutex::new(out), allow_every, allowed: AtomicU64::new(0), cold: AtomicBool::new(true) }
    }

    /// A message was answered.
    pub fn record(&self, record: &Record) {
        let decisive = decisive(record.findings);
        let line = Line {
            result: Some(record.result),
            category: decisive.map(|finding| finding.category.name()),
            rules: rule_ids(record.findings),
            room: short(record.request.room_arn.rsplit('/').next().unwrap_or_default()),
            message: short(&record.request.message_id),
            rules_version: record.rules,
            ..Line::new(record.outcome, record.start)
        };
        let logged = decisive.is_some() || record.outcome != Outcome::Allow || self.samples_this_one();
        self.write(&line, logged);
    }

    /// A payload was no review request.
    pub fn invalid(&self, error: &InvalidReviewRequest, start: Instant) {
        self.write(&Line { error: Some(error.to_string()), ..Line::new(Outcome::Invalid, start) }, true);
    }

    fn samples_this_one(&self) -> bool {
        self.allow_every != 0 && self.allowed.fetch_add(1, Ordering::Relaxed).is_multiple_of(self.allow_every)
    }

    /// Writes what does not wait: the log line, and the metrics of what somebody may be called for.
    fn write(&self, line: &Line, logged: bool) {
        let mut bytes = Vec::new();
        let cold = self.cold.swap(false, Ordering::Relaxed);
        let mut out = self.out.lock().unwrap_or_else(PoisonError::into_inner);
        let Line { outcome, category, micros, .. } = *line;
        let log = if logged { write_log(&mut bytes, line) } else { Ok(()) };
        let written = if line.level == INFO && !cold {
            out.wait(outcome, category, micros);
            log
        } else {
            let (function, times) = (out.function.as_str(), &[micros]);
            let metrics = Metrics { function, time: now(), outcome, category, cold, times };
            log.and_then(|()| write_metrics(&mut bytes, &metrics))
        };
        if written.is_ok() && !bytes.is_empty() {
            out.write(&bytes);
        }
        out.write_waiting(false);
    }
}

impl Line<'_> {
    fn new(outcome: Outcome, start: Instant) -> Self {
        Self {
            timestamp: timestamp(),
            level: match outcome {
                Outcome::Allow | Outcome::Rewrite | Outcome::Deny => INFO,
                Outcome::Timeout | Outcome::TooLong | Outcome::Invalid => "WARN",
                Outcome::InternalError => "ERROR",
            },
            outcome: outcome.name(),
            result: None,
            category: None,
            rules: Vec::new(),
            micros: start.elapsed().as_micros().try_into().unwrap_or(u64::MAX),
            room: "",
            message: "",
            rules_version: "",
            error: None,
        }
    }
}

fn write_log(out: &mut Vec<u8>, line: &Line) -> io::Result<()> {
    serde_json::to_writer(&mut *out, line)?;
    out.write_all(b"\n")
}

/// What a metric line says.
struct Metrics<'a> {
    function: &'a str,
    time: SystemTime,
    outcome: &'static str,
    category: Option<&'static str>,
    cold: bool,
    /// The microseconds of each message, at most [`MOST_SHARED`].
    times: &'a [u64],
}

/// The metric line, in CloudWatch's Embedded Metric Format. Nothing in it needs escaping: names of ours, and numbers.
fn write_metrics(out: &mut Vec<u8>, line: &Metrics<'_>) -> io::Result<()> {
    let time = line.time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_millis();
    let (outcome, category, messages) = (line.outcome, line.category.unwrap_or("none"), line.times.len());
    write!(out, r#"{{"_aws":{{"Timestamp":{time},"CloudWatchMetrics":{DIRECTIVES}}},"#)?;
    let function = line.function;
    write!(
        out,
        r#""Function":"{function}","Outcome":"{outcome}","Category":"{category}","Messages":{messages},"ReviewTime":["#
    )?;
    for (number, micros) in line.times.iter().enumerate() {
        write!(out, "{}{micros}", if number > 0 { "," } else { "" })?;
    }
    writeln!(out, r#"],"ColdStarts":{}}}"#, u8::from(line.cold))
}

/// Messages are counted by outcome and by category, and all by function; no combination of those, as each costs money.
const DIRECTIVES: &str = concat!(
    r#"[{"Namespace":"RoomReview","Dimensions":[["Function","Outcome"],["Function","Category"]],"Metrics":[{"Name":"Messages","Unit":"Count"}]},"#,
    r#"{"Namespace":"RoomReview","Dimensions":[["Function"]],"Metrics":[{"Name":"ReviewTime","Unit":"Microseconds"},"#,
    r#"{"Name":"ColdStarts","Unit":"Count"}]}]"#,
);

/// The finding that the verdict rests on; `None` where all are of a kind that is allowed.
fn decisive<'a, 'r>(findings: &'a [Finding<'r>]) -> Option<&'a Finding<'r>> {
    let denied = findings.iter().find(|finding| matches!(finding.action, Action::Deny));
    denied.or_else(|| findings.iter().find(|finding| matches!(finding.action, Action::Mask)))
}

/// Each rule once, in the order of its first finding.
fn rule_ids<'r>(findings: &[Finding<'r>]) -> Vec<&'r str> {
    let mut ids: Vec<&str> = Vec::new();
    for finding in findings {
        if ids.len() == MAX_RULES {
            break;
        }
        if !ids.contains(&finding.rule) {
            ids.push(finding.rule);
        }
    }
    ids
}

fn short(id: &str) -> &str {
    id.char_indices().nth(MAX_ID).map_or(id, |(end, _)| &id[..end])
}

/// The time of day; the clock of a fresh machine can stand before 1970.
fn now() -> SystemTime {
    SystemTime::now().max(SystemTime::UNIX_EPOCH)
}

/// Lambda files a line under its own `level` only if it has a timestamp in this form.
fn timestamp() -> String {
    humantime::format_rfc3339_millis(now()).to_string()
}

/// Stdout or stderr such that no answer ever waits for it: when it is full, the line is dropped. It is opened afresh, so that the
/// flag for that is on our own file description and not on one that a parent process shares. A socket can not be opened again.
fn never_waiting(number: u8, stream: impl AsFd + Write + Send + 'static) -> Box<dyn Write + Send> {
    let path = format!("/proc/self/fd/{number}");
    if std::fs::metadata(&path).is_ok_and(|file| file.file_type().is_socket()) {
        let socket = stream.as_fd().try_clone_to_owned().map(UnixStream::from);
        if let Ok(socket) = socket.and_then(|socket| socket.set_nonblocking(true).map(|()| socket)) {
            return Box::new(socket);
        }
    } else if let Ok(file) = OpenOptions::new().append(true).custom_flags(O_NONBLOCK).open(path) {
        return Box::new(file);
    }
    Box::new(stream)
}

/// From now on a panic writes where it happened, and neither its message, which can quote a message of the chat, nor a
/// backtrace, which costs more than the 200 ms of an answer when `RUST_BACKTRACE` is set.
pub fn log_panics_by_place_only() {
    let stderr = Mutex::new(never_waiting(2, io::stderr()));
    panic::set_hook(Box::new(move |panic| {
        let place = panic.location().map_or_else(String::new, ToString::to_string);
        let line = json!({"timestamp": timestamp(), "level": "ERROR", "outcome": "panic", "location": place});
        let mut stderr = stderr.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = stderr.write_all(format!("{line}\n").as_bytes());
    }));
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;
    use std::sync::Arc;

    /// A log that a test can read.
    #[derive(Clone, Default)]
    struct Log(Arc<Mutex<Vec<u8>>>);

    impl Write for Log {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().expect("one thread").write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn messages_share_metric_lines_and_none_is_lost() {
        let log = Log::default();
        let telemetry = Telemetry::new(Box::new(log.clone()), 100);
        let request = ReviewRequest::default();
        for number in 0..1000 {
            let outcome = if number % 100 == 50 { Outcome::Timeout } else { Outcome::Allow };
            let (result, start) = (ReviewResult::Allow, Instant::now());
            telemetry.record(&Record { request: &request, result, findings: &[], outcome, rules: "1", start });
        }
        drop(telemetry);
        let log = String::from_utf8(log.0.lock().expect("one thread").clone()).expect("JSON is UTF-8");
        let lines: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
        let (metrics, lines): (Vec<&Value>, Vec<&Value>) = lines.iter().partition(|line| line["_aws"].is_object());
        let count = |outcome: &str| {
            let of_outcome = metrics.iter().filter(|line| line["Outcome"] == outcome);
            of_outcome.fold((0, 0), |(messages, times), line| {
                let own = line["ReviewTime"].as_array().map_or(0, Vec::len);
                assert!((1..=MOST_SHARED).contains(&own), "{line}");
                (messages + line["Messages"].as_u64().unwrap_or(0), times + own)
            })
        };
        assert_eq!((count("allow"), count("timeout")), ((990, 990), (10, 10)));
        assert_eq!(metrics.iter().filter(|line| line["ColdStarts"] == 1).count(), 1);
        // Those that came in time share lines; how many do is up to the clock.
        assert!(metrics.len() < 990 && lines.len() == 20, "{} and {}", metrics.len(), lines.len());
    }
}
