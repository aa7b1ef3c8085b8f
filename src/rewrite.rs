//! Takes hits out of a text and leaves every other character as it was.

use crate::detect::{Category, Fix};
use crate::policy::{Action, Mask, Style};
use crate::review::Finding;
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
    findings: Vec<Finding<'r>>,
    mask: &Mask,
    mut again: impl FnMut(&str) -> Vec<Finding<'r>>,
) -> Rewritten {
    let taken = |findings: &[Finding<'_>]| findings.iter().any(|finding| finding.action != Action::Allow);
    if !taken(&findings) {
        return Rewritten::Same;
    }
    let (mut text, mut findings) = (text.to_owned(), findings);
    for round in 0..ROUNDS {
        let category =
            findings.iter().filter(|finding| finding.action != Action::Allow).map(|finding| finding.category).min();
        let category = category.unwrap_or(Category::Profanity);
        // What a letter that was kept, or a word that was put in, makes a hit of again is masked whole.
        let style = if round == 0 { mask.style } else { Style::Whole };
        text = take_out(&text, &findings, &Mask { style, ..mask.clone() });
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

/// `text` with a mask for hits of [`Fix::Mask`], and without those of [`Fix::Remove`].
fn take_out(text: &str, findings: &[Finding<'_>], mask: &Mask) -> String {
    let mut hits: Vec<_> = findings.iter().filter(|finding| finding.action == Action::Mask).collect();
    hits.sort_by_key(|finding| finding.span);
    let mut out = String::with_capacity(text.len());
    let (mut next, mut masked) = (0, 0);
    for &&Finding { span, fix, category, .. } in &hits {
        let start = span.start.max(next);
        if span.end <= start {
            continue;
        }
        out.push_str(&text[next..start]);
        if fix == Fix::Mask {
            // The rest of a hit whose beginning another has masked already.
            let rest = span.start < masked;
            put_mask(&mut out, &text[start..span.end], mask, category, rest);
            masked = span.end;
        }
        next = span.end;
    }
    out.push_str(&text[next..]);
    out
}

/// Appends what stands in the place of `hit`: never more code points than it has.
fn put_mask(out: &mut String, hit: &str, mask: &Mask, category: Category, rest: bool) {
    let masked = match (mask.style, &mask.word) {
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
