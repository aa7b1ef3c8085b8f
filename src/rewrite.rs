//! Takes hits out of a text and leaves every other character as it was.

use crate::detect::{Category, Fix};
use crate::policy::{Action, Policy};
use crate::review::Finding;

/// A text after its hits were taken out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rewritten {
    /// There was nothing to take out.
    Same,
    /// The new text: never more code points than before, at least one.
    To(String),
    /// No text is left that could go through; the category says why.
    Nothing(Category),
}

/// How often a rewritten text is reviewed again before it is given up: what masking brings together is rare.
const ROUNDS: usize = 3;

/// Takes the findings with [`Action::Mask`] out of `text`. The result is reviewed with `again` until nothing is found in
/// it, so that reviewing it once more allows it unchanged.
pub fn rewrite<'r>(
    text: &str,
    findings: Vec<Finding<'r>>,
    policy: &Policy,
    mut again: impl FnMut(&str) -> Vec<Finding<'r>>,
) -> Rewritten {
    let taken = |findings: &[Finding<'_>]| findings.iter().any(|finding| finding.action != Action::Allow);
    if !taken(&findings) {
        return Rewritten::Same;
    }
    let (mut text, mut findings) = (text.to_owned(), findings);
    for _ in 0..ROUNDS {
        let category =
            findings.iter().filter(|finding| finding.action != Action::Allow).map(|finding| finding.category).min();
        let category = category.unwrap_or(Category::Profanity);
        text = take_out(&text, &findings, policy.mask.character);
        if text.is_empty() {
            return Rewritten::Nothing(category);
        }
        findings = again(&text);
        if !taken(&findings) {
            return Rewritten::To(text);
        }
        if let Some(denied) = findings.iter().find(|finding| finding.action == Action::Deny) {
            return Rewritten::Nothing(denied.category);
        }
    }
    Rewritten::Nothing(findings.iter().map(|finding| finding.category).min().unwrap_or(Category::Profanity))
}

/// `text` with masked code points for hits of [`Fix::Mask`], and without those of [`Fix::Remove`].
fn take_out(text: &str, findings: &[Finding<'_>], mask: char) -> String {
    let mut spans: Vec<_> = findings
        .iter()
        .filter(|finding| finding.action == Action::Mask)
        .map(|finding| (finding.span, finding.fix))
        .collect();
    spans.sort_by_key(|(span, _)| *span);
    let mut out = String::with_capacity(text.len());
    let mut next = 0;
    for (span, fix) in spans {
        let start = span.start.max(next);
        if span.end <= start {
            continue;
        }
        out.push_str(&text[next..start]);
        if fix == Fix::Mask {
            out.extend(text[start..span.end].chars().map(|_| mask));
        }
        next = span.end;
    }
    out.push_str(&text[next..]);
    out
}
