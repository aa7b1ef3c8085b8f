//! What invocations leave behind: log lines and metric lines on stdout, JSON each.
//!
//! None holds content, an attribute, a user id or an address. Lines are written here rather than through `tracing`: a subscriber
//! would let every dependency write too, and costs size and time (ARCHITECTURE.md has the numbers).
//!
//! Up to a hundred messages with the same outcome and category share a metric line, which has the time of each.

#[cfg(test)]
pub(crate) mod kept;
mod line;
mod metrics;
mod stream;

use crate::event::{InvalidReviewRequest, ReviewRequest, ReviewResult};
use crate::review::Finding;
use line::{Line, timestamp};
use metrics::Metrics;
use serde_json::json;
use std::env;
use std::ffi::OsStr;
use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;
pub use stream::log_panics_by_place_only;
use stream::never_waiting;

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

/// Where the lines go, and what waits to become one.
struct Out {
    lines: Box<dyn Write + Send>,
    metrics: Metrics,
}

impl Telemetry {
    /// Lines to stdout; of clean messages every `LOG_ALLOW_EVERY`th (default 100, 0 is none) gets a log line.
    ///
    /// A value that is no number is said in a line of its own, and the default counts: a slip in what is logged is no reason to
    /// leave a chat without its function.
    pub fn from_env() -> Self {
        let every = allow_every(env::var_os("LOG_ALLOW_EVERY").as_deref());
        let telemetry = Self::new(never_waiting(1, io::stdout()), every.as_ref().copied().unwrap_or(ALLOW_EVERY));
        if let Err(error) = every {
            let line = json!({"timestamp": timestamp(), "level": "WARN", "outcome": "setting", "error": error});
            telemetry.out.lock().unwrap_or_else(PoisonError::into_inner).write(format!("{line}\n").as_bytes());
        }
        telemetry
    }

    /// Lines to `out`; of clean messages every `allow_every`th gets a log line.
    pub fn new(lines: Box<dyn Write + Send>, allow_every: u64) -> Self {
        let out = Out { lines, metrics: Metrics::new() };
        Self { out: Mutex::new(out), allow_every, allowed: AtomicU64::new(0), cold: AtomicBool::new(true) }
    }

    /// A message was answered.
    pub fn record(&self, record: &Record) {
        let line = Line::of(record);
        let logged = line.has_category() || record.outcome != Outcome::Allow || self.samples_this_one();
        self.write(&line, logged);
    }

    /// A payload was no review request.
    pub fn invalid(&self, error: &InvalidReviewRequest, start: Instant) {
        self.write(&Line::of_invalid(error, start), true);
    }

    fn samples_this_one(&self) -> bool {
        self.allow_every != 0 && self.allowed.fetch_add(1, Ordering::Relaxed).is_multiple_of(self.allow_every)
    }

    /// Writes what does not wait: the log line, and the metrics of what somebody may be called for.
    fn write(&self, line: &Line, logged: bool) {
        let mut bytes = Vec::new();
        let cold = self.cold.swap(false, Ordering::Relaxed);
        let mut out = self.out.lock().unwrap_or_else(PoisonError::into_inner);
        let log = if logged { line.write(&mut bytes) } else { Ok(()) };
        let written = if line.is_ordinary() && !cold {
            out.metrics.wait(line.counted());
            log
        } else {
            log.and_then(|()| out.metrics.write_one(&mut bytes, line.counted(), cold))
        };
        if written.is_ok() && !bytes.is_empty() {
            out.write(&bytes);
        }
        out.write_waiting(false);
    }
}

/// Every how many clean messages one gets a log line where `LOG_ALLOW_EVERY` does not say.
const ALLOW_EVERY: u64 = 100;

/// The number that `LOG_ALLOW_EVERY` has; empty is as good as not set.
fn allow_every(value: Option<&OsStr>) -> Result<u64, String> {
    let value = value.unwrap_or_default().to_string_lossy();
    match value.trim() {
        "" => Ok(ALLOW_EVERY),
        number => number.parse().map_err(|_| {
            format!(
                "LOG_ALLOW_EVERY: expected a whole number, 0 or more, found {value:?}; {ALLOW_EVERY} counts instead"
            )
        }),
    }
}

impl Out {
    /// That a write fails is nobody's business here: the answer comes first. What is written at once has to stay below a pipe's
    /// atomic write, or half a line could be left in it.
    fn write(&mut self, bytes: &[u8]) {
        let _ = self.lines.write_all(bytes).and_then(|()| self.lines.flush());
    }

    /// Writes the metric lines that are full, or all of them where one has waited long enough.
    fn write_waiting(&mut self, all: bool) {
        for line in self.metrics.take_waiting(all) {
            self.write(&line);
        }
    }
}

impl Drop for Telemetry {
    /// An orderly end loses no count.
    fn drop(&mut self) {
        self.out.get_mut().unwrap_or_else(PoisonError::into_inner).write_waiting(true);
    }
}

#[cfg(test)]
mod tests {
    use super::kept::Kept;
    use super::metrics::MOST_SHARED;
    use super::*;
    use serde_json::Value;

    #[test]
    fn messages_share_metric_lines_and_none_is_lost() {
        let log = Kept::default();
        let telemetry = Telemetry::new(Box::new(log.clone()), 100);
        let request = ReviewRequest::default();
        for number in 0..1000 {
            let outcome = if number % 100 == 50 { Outcome::Timeout } else { Outcome::Allow };
            let (result, start) = (ReviewResult::Allow, Instant::now());
            telemetry.record(&Record { request: &request, result, findings: &[], outcome, rules: "1", start });
        }
        drop(telemetry);
        let log = log.text();
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
