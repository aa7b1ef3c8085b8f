//! Messages that two sets of rules judge differently, and why.

use super::logs::room_id;
use super::tally::{Cause, Message, Tally, outcome, strictest};
use super::text::{Shown, push};
use room_review::policy::Action;
use room_review::review::{Decision, Finding, Verdict};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// A changed message as it is kept until the report, one JSON object a line.
#[derive(Serialize, Deserialize)]
pub struct Change<'a> {
    pub at: Cow<'a, str>,
    pub time: Cow<'a, str>,
    pub room: Cow<'a, str>,
    pub message: Cow<'a, str>,
    pub before: Side<'a>,
    pub after: Side<'a>,
    pub why: Vec<Why<'a>>,
    #[serde(flatten)]
    pub shown: Shown,
}

/// One of the verdicts.
#[derive(Serialize, Deserialize)]
pub struct Side<'a> {
    pub verdict: Cow<'a, str>,
    /// What the room gets, where that is not the message as it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content: Option<Cow<'a, str>>,
    /// What the sender is told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Cow<'a, str>>,
}

/// A rule that says something else than before.
#[derive(Serialize, Deserialize)]
pub struct Why<'a> {
    pub rule: Cow<'a, str>,
    pub before: Option<Action>,
    pub after: Option<Action>,
}

/// Instead of a rule, where the same rules ask for the same and the outcome differs all the same.
const POLICY: &str = "(policy)";

/// Counts a message whose verdict changed, each cause keeping `samples` of them, and appends it to `out`.
pub fn note<'r>(
    message: &Message,
    before: &Verdict<'r>,
    after: &Verdict<'r>,
    samples: usize,
    tally: &mut Tally<'r>,
    out: &mut Vec<u8>,
) {
    tally.transitions[outcome(&before.decision) as usize][outcome(&after.decision) as usize] += 1;
    let causes = causes(&before.findings, &after.findings);
    for cause in &causes {
        let seen = tally.causes.entry(*cause).or_default();
        seen.messages += 1;
        message.draw(&mut seen.samples, samples, || found_by(&[*cause], before, after));
    }
    let change = Change {
        at: message.at().into(),
        time: message.time.into(),
        room: room_id(&message.request.room_arn).into(),
        message: (&*message.request.message_id).into(),
        before: side(&before.decision, message.redact),
        after: side(&after.decision, message.redact),
        why: causes.iter().map(|&(rule, before, after)| Why { rule: rule.into(), before, after }).collect(),
        shown: Shown::new(message.request, &found_by(&causes, before, after), message.redact),
    };
    serde_json::to_writer(&mut *out, &change).expect("a change is strings, and a vector takes everything");
    out.push(b'\n');
}

/// What the rules behind a change found on either side, in the order of the text.
fn found_by<'r>(causes: &[Cause<'r>], before: &Verdict<'r>, after: &Verdict<'r>) -> Vec<Finding<'r>> {
    let both = before.findings.iter().chain(&after.findings);
    let mut found: Vec<Finding> =
        both.filter(|finding| causes.iter().any(|(rule, ..)| *rule == finding.rule)).copied().collect();
    found.sort_by_key(|finding| (finding.field, finding.span));
    found
}

fn side(decision: &Decision, redact: bool) -> Side<'_> {
    let shown = |text: &str| {
        let mut shown = String::with_capacity(text.len());
        push(text, redact, &mut shown);
        Cow::Owned(shown)
    };
    let (content, reason) = match decision {
        Decision::Allow => (None, None),
        Decision::Rewrite { content, .. } => (content.as_deref().map(shown), None),
        Decision::Deny { reason } => (None, Some(reason.into())),
    };
    Side { verdict: decision.name().into(), content, reason }
}

/// The rules that ask for something else, in the order in which they found it.
fn causes<'r>(before: &[Finding<'r>], after: &[Finding<'r>]) -> Vec<Cause<'r>> {
    let (mut old, mut new) = (Vec::new(), Vec::new());
    strictest(before, &mut old);
    strictest(after, &mut new);
    let action_of = |all: &[(Finding<'r>, Action)], rule: &str| {
        all.iter().find(|(finding, _)| finding.rule == rule).map(|&(_, action)| action)
    };
    let mut causes: Vec<Cause> =
        new.iter().map(|&(finding, action)| (finding.rule, action_of(&old, finding.rule), Some(action))).collect();
    let gone = old.iter().filter(|(finding, _)| action_of(&new, finding.rule).is_none());
    causes.extend(gone.map(|&(finding, action)| (finding.rule, Some(action), None)));
    // What is allowed is as good as not found.
    causes.retain(|&(_, before, after)| before.unwrap_or(Action::Allow) != after.unwrap_or(Action::Allow));
    if causes.is_empty() {
        causes.push((POLICY, None, None));
    }
    causes
}
