//! Takes hits out of a text and leaves every other character as it was.

use crate::detect::{Category, Fix};
use crate::policy::{Action, Mask, Style};
use crate::review::Finding;
use std::borrow::Cow;
use unicode_segmentation::UnicodeSegmentation;

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
    findings: &[Finding<'r>],
    mask: &Mask,
    mut again: impl FnMut(&str) -> Vec<Finding<'r>>,
) -> Rewritten {
    let taken = |findings: &[Finding<'_>]| findings.iter().any(|finding| finding.action != Action::Allow);
    if !taken(findings) {
        return Rewritten::Same;
    }
    let (mut text, mut findings) = (Cow::Borrowed(text), Cow::Borrowed(findings));
    for round in 0..ROUNDS {
        let category = first_category(&findings);
        // What a letter that was kept, or a word that was put in, makes a hit of again is masked whole.
        let style = if round == 0 { mask.style } else { Style::Whole };
        text = take_out(&text, &findings, mask, style).into();
        if text.is_empty() {
            return Rewritten::Nothing(category);
        }
        findings = again(&text).into();
        if !taken(&findings) {
            return Rewritten::To(text.into_owned());
        }
        let denied =
            findings.iter().filter(|finding| finding.action == Action::Deny).map(|finding| finding.category).min();
        if let Some(category) = denied {
            return Rewritten::Nothing(category);
        }
    }
    Rewritten::Nothing(first_category(&findings))
}

/// The first category, in their order, of what does not go through.
fn first_category(findings: &[Finding<'_>]) -> Category {
    let taken = findings.iter().filter(|finding| finding.action != Action::Allow);
    taken.map(|finding| finding.category).min().unwrap_or(Category::Profanity)
}

/// `text` with a mask for hits of [`Fix::Mask`], and without those of [`Fix::Remove`]. They are in the order of the text.
fn take_out(text: &str, findings: &[Finding<'_>], mask: &Mask, style: Style) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut next, mut masked) = (0, 0);
    debug_assert!(findings.is_sorted_by_key(|finding| finding.span), "findings are in the order of the text");
    for &Finding { span, fix, category, .. } in findings.iter().filter(|finding| finding.action == Action::Mask) {
        let start = span.start.max(next);
        if span.end <= start {
            continue;
        }
        out.push_str(&text[next..start]);
        if fix == Fix::Mask {
            // The rest of a hit whose beginning another has masked already.
            let rest = span.start < masked;
            put_mask(&mut out, &text[start..span.end], (mask, style), category, rest);
            masked = span.end;
        }
        next = span.end;
    }
    out.push_str(&text[next..]);
    out
}

/// Appends what stands in the place of `hit`: never more code points than it has.
fn put_mask(out: &mut String, hit: &str, (mask, style): (&Mask, Style), category: Category, rest: bool) {
    let masked = match (style, &mask.word) {
        (Style::Word, Some(_)) if rest => return,
        (Style::Word, Some(word)) if word.get_ref().chars().count() <= hit.chars().count() => {
            out.push_str(word.get_ref());
            return;
        }
        // The first character of an address or of a number says too much, or nothing.
        (Style::KeepFirst, _) if !rest && !matches!(category, Category::Link | Category::Pii) => {
            let first = hit.graphemes(true).next().unwrap_or_default().len();
            let kept = if first < hit.len() { first } else { 0 };
            out.push_str(&hit[..kept]);
            &hit[kept..]
        }
        _ => hit,
    };
    out.extend(masked.chars().map(|_| mask.character));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::Severity;
    use crate::review::Field;
    use crate::text::Span;

    fn finding(category: Category, action: Action) -> Finding<'static> {
        let (severity, fix, field, span) = (Severity::Strong, Fix::Mask, Field::Content, Span::new(0, 3));
        Finding { rule: "a.rule", category, severity, action, fix, field, span }
    }

    #[test]
    fn the_reason_is_of_what_does_not_go_through() {
        let allowed = finding(Category::Hate, Action::Allow);
        let cases = [
            (vec![allowed, finding(Category::Link, Action::Mask)], Category::Link),
            (
                vec![finding(Category::Pii, Action::Deny), finding(Category::Scam, Action::Deny), allowed],
                Category::Scam,
            ),
            (vec![finding(Category::Scam, Action::Mask), finding(Category::Pii, Action::Deny)], Category::Pii),
        ];
        let first = || vec![allowed, finding(Category::Profanity, Action::Mask)];
        let wrong: Vec<_> = cases
            .iter()
            .map(|(again, want)| (rewrite("abc", &first(), &Mask::default(), |_| again.clone()), want))
            .filter(|(rewritten, want)| *rewritten != Rewritten::Nothing(**want))
            .collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }
}
