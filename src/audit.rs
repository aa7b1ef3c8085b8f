//! What the rules say of chat that was logged, noted in the log itself.
//!
//! A record of a message gets one more member at its end, and nothing else about it changes, byte for byte:
//!
//! ```text
//! "review":{"rules":"<version>","verdict":"REWRITE","findings":[{"rule":"en.profanity.fuck","category":"profanity",
//!  "severity":"strong","action":"mask"}]}
//! ```

use crate::detect::{Category, Severity};
use crate::event::{InvalidReviewRequest, LogRecord, Logged, ReviewRequest, objects};
use crate::policy::Action;
use crate::review::{Finding, review};
use crate::rules::Ruleset;
use serde::Serialize;
use std::borrow::Cow;

/// The most rules that are named for one message: a note must not outgrow what Firehose takes back.
const MOST_FINDINGS: usize = 16;

/// The note.
#[derive(Serialize)]
struct Note<'a> {
    rules: &'a str,
    verdict: &'static str,
    findings: Vec<Noted<'a>>,
}

/// A rule that found something, once however often it did.
#[derive(Serialize, PartialEq)]
struct Noted<'a> {
    rule: &'a str,
    category: Category,
    severity: Severity,
    action: Action,
}

/// `data`, the bytes of one or more log records, with a note in each record of a message.
///
/// ```
/// use room_review::{audit::annotate, rules::Ruleset};
/// let rules = Ruleset::builtin();
/// let record = br#"{"type":"MESSAGE","payload":{"Content":"what the f u c k"}}"#;
/// let noted = String::from_utf8(annotate(&rules, record)?.into_owned()).unwrap();
/// assert!(noted.starts_with(r#"{"type":"MESSAGE","payload":{"Content":"what the f u c k"},"review":{"rules":""#));
/// assert!(noted.contains(r#""verdict":"REWRITE","findings":[{"rule":"en.profanity.fuck","category":"profanity""#));
/// # Ok::<(), room_review::event::InvalidReviewRequest>(())
/// ```
///
/// # Errors
/// It is no JSON, or a record of a message that can not be read. Other JSON passes as it is.
pub fn annotate<'a>(rules: &Ruleset, data: &'a [u8]) -> Result<Cow<'a, [u8]>, InvalidReviewRequest> {
    let text = str::from_utf8(data).map_err(|_| InvalidReviewRequest::unreadable())?;
    let mut noted = Vec::new();
    let mut copied = 0;
    let mut at = 0;
    for object in objects(text) {
        let object = object?;
        // Objects follow one another with only white space between: the next one is the first that is not.
        let start = text.len() - text[at..].trim_start().len();
        at = start + object.len();
        if let Logged::Message(request) = LogRecord::from_json(object)?.logged {
            let end = at - 1;
            noted.extend_from_slice(&data[copied..end]);
            noted.extend_from_slice(b",\"review\":");
            write_note(&mut noted, rules, &request);
            copied = end;
        }
    }
    if copied == 0 {
        return Ok(Cow::Borrowed(data));
    }
    noted.extend_from_slice(&data[copied..]);
    Ok(Cow::Owned(noted))
}

fn write_note(out: &mut Vec<u8>, rules: &Ruleset, request: &ReviewRequest) {
    serde_json::to_writer(out, &note(rules, request)).expect("a note is strings, and a vector takes everything");
}

fn note<'r>(rules: &'r Ruleset, request: &ReviewRequest) -> Note<'r> {
    let verdict = review(rules, request);
    let mut findings = Vec::new();
    for Finding { rule, category, severity, action, .. } in verdict.findings {
        let noted = Noted { rule, category, severity, action };
        if findings.len() < MOST_FINDINGS && !findings.contains(&noted) {
            findings.push(noted);
        }
    }
    Note { rules: rules.version(), verdict: verdict.decision.name(), findings }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MASKED: &str = r#"{"verdict":"REWRITE","findings":[{"rule":"en.profanity.fuck","category":"profanity","severity":"strong","action":"mask"}]}"#;
    const CLEAN: &str = r#"{"verdict":"ALLOW","findings":[]}"#;

    #[test]
    fn only_messages_get_a_note_and_nothing_else_changes() {
        let rules = Ruleset::builtin();
        let version = format!(r#"{{"rules":"{}","#, rules.version());
        let mut wrong = Vec::new();
        for (data, want) in [
            (
                "{\"type\":\"MESSAGE\", \"payload\":{\"Content\":\"hi \\u00e9\"} }\n",
                format!("{{\"type\":\"MESSAGE\", \"payload\":{{\"Content\":\"hi \\u00e9\"}} ,\"review\":{CLEAN}}}\n"),
            ),
            (
                r#"{"type":"MESSAGE","payload":{"Content":"fuck, fuck"}}"#,
                format!(r#"{{"type":"MESSAGE","payload":{{"Content":"fuck, fuck"}},"review":{MASKED}}}"#),
            ),
            (
                r#" {"type":"MESSAGE","payload":{"Content":"}{"}}{"type":"EVENT"} {"type":"MESSAGE","payload":{"Content":"hi"}}"#,
                format!(
                    r#" {{"type":"MESSAGE","payload":{{"Content":"}}{{"}},"review":{CLEAN}}}{{"type":"EVENT"}} {{"type":"MESSAGE","payload":{{"Content":"hi"}},"review":{CLEAN}}}"#
                ),
            ),
            ("{\"type\":\"EVENT\"}\r\n", "{\"type\":\"EVENT\"}\r\n".into()),
            (r#"{"any":["thing"]}"#, r#"{"any":["thing"]}"#.into()),
            ("", String::new()),
        ] {
            let noted =
                annotate(&rules, data.as_bytes()).map(|bytes| String::from_utf8_lossy(&bytes).replace(&version, "{"));
            if noted.as_ref() != Ok(&want) {
                wrong.push(format!("{data:?}\n  want {want:?}\n  got  {noted:?}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn what_can_not_be_read_is_an_error() {
        for data in [
            b"\xff".as_slice(),
            b"secret",
            b"{\"type\":\"EVENT\"",
            b"{\"type\":\"EVENT\"} secret",
            b"[1]",
            b"{\"type\":\"MESSAGE\",\"payload\":{}}",
        ] {
            assert!(annotate(&Ruleset::builtin(), data).is_err(), "{}", data.escape_ascii());
        }
    }

    #[test]
    fn a_note_stays_small() {
        let rules = Ruleset::builtin();
        let words =
            "fuck shit bitch asshole cunt dick cock pussy slut whore bastard wanker twat bollocks prick tits damn";
        let content = format!("{words} {}", "fuck ".repeat(80));
        let record = format!(r#"{{"type":"MESSAGE","payload":{{"Content":"{content}"}}}}"#);
        let noted = annotate(&rules, record.as_bytes()).expect("a record");
        assert!(noted.len() - record.len() < 2500, "{}", noted.len() - record.len());
    }
}
