//! The log line of a message.

use super::metrics::Counted;
use super::{Outcome, Record};
use crate::event::{InvalidReviewRequest, ReviewResult};
use crate::policy::Action;
use crate::review::Finding;
use serde::Serialize;
use std::io::{self, Write};
use std::time::{Instant, SystemTime};

/// Rule ids named in a line; a message can break any number of rules, a line has to stay below a pipe's atomic write.
const MAX_RULES: usize = 16;

/// Characters of an id from outside that a line repeats. IVS sends 12, a direct invoke whatever it likes.
const MAX_ID: usize = 64;

/// The level of messages that are as they should be.
const INFO: &str = "INFO";

/// The log line.
#[derive(Serialize)]
pub struct Line<'a> {
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

impl<'a> Line<'a> {
    /// The line of a message that was answered.
    pub fn of(record: &'a Record) -> Self {
        Self {
            result: Some(record.result),
            category: decisive(record.findings).map(|finding| finding.category.name()),
            rules: rule_ids(record.findings),
            room: short(record.request.room_arn.rsplit('/').next().unwrap_or_default()),
            message: short(&record.request.message_id),
            rules_version: record.rules,
            ..Self::new(record.outcome, record.start)
        }
    }

    /// The line of a payload that was no review request.
    pub fn of_invalid(error: &InvalidReviewRequest, start: Instant) -> Self {
        Self { error: Some(error.to_string()), ..Self::new(Outcome::Invalid, start) }
    }

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

    /// Whether it is of a message that is as it should be, allowed or not.
    pub fn is_ordinary(&self) -> bool {
        self.level == INFO
    }

    /// Whether there was a reason to mask or deny.
    pub fn has_category(&self) -> bool {
        self.category.is_some()
    }

    /// What is counted of the message.
    pub fn counted(&self) -> Counted {
        Counted { outcome: self.outcome, category: self.category, micros: self.micros }
    }

    /// Adds the line to `out`.
    pub fn write(&self, out: &mut Vec<u8>) -> io::Result<()> {
        serde_json::to_writer(&mut *out, self)?;
        out.write_all(b"\n")
    }
}

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
pub fn now() -> SystemTime {
    SystemTime::now().max(SystemTime::UNIX_EPOCH)
}

/// Lambda files a line under its own `level` only if it has a timestamp in this form.
pub fn timestamp() -> String {
    humantime::format_rfc3339_millis(now()).to_string()
}
