//! What hides between the characters: overrides, stacks of marks, invisible padding.

use super::{FloodRules, Found, Kind, Span, Text, least};
use crate::text::is_combining_mark;

/// Finds overrides, surplus marks and long runs of invisible characters.
pub fn find(content: &str, text: &Text, rules: &FloodRules, found: &mut Vec<Found>) {
    if rules.bidi && text.has(Kind::Bidi) {
        let overrides = content.char_indices().filter(|&(_, c)| is_bidi(c));
        found.extend(overrides.map(|(at, c)| Found::excess("flood.bidi", at, at + c.len_utf8())));
    }
    if !content.is_ascii() {
        stacks(content, rules, found);
    }
    padding(content, rules, found);
}

/// An override, an embedding, an isolate, or the end of one. Not the marks that only say which way a neighbour reads.
const fn is_bidi(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A mark that is seen. Variation selectors and joiners are marks to Unicode, but nobody sees them.
pub fn is_mark(c: char) -> bool {
    c >= '\u{300}' && !is_unseen(c) && is_combining_mark(c)
}

/// A mark of no script in particular, of which no language stacks many.
const fn is_general(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

/// Whether there are more marks in a row than a script needs, where marks are glyphs of their own. Looks at few glyphs:
/// so many marks in a row can not hide between two samples.
pub fn script_marks(text: &Text, rules: &FloodRules) -> bool {
    let count = least(rules.script_mark_count);
    let glyphs = &text.glyphs;
    let marked = |i: usize| glyphs.get(i).is_some_and(|glyph| is_mark(glyph.ch));
    (0..glyphs.len()).step_by(count).filter(|&i| marked(i)).any(|i| {
        let before = (1..=i.min(count)).take_while(|back| marked(i - back)).count();
        let after = (1..count).take_while(|on| marked(i + on)).count();
        before + 1 + after >= count
    })
}

/// The marks on one base.
#[derive(Default)]
struct Stack {
    marks: usize,
    general: usize,
    /// The last mark, and how often it stands in a row.
    last: Option<char>,
    same: usize,
    /// The most of one mark in a row.
    most: usize,
    /// From behind the marks that stay to the last one.
    excess: Option<Span>,
}

impl Stack {
    fn push(&mut self, at: usize, c: char, keep: usize) {
        self.marks += 1;
        self.general += usize::from(is_general(c));
        self.same = if self.last == Some(c) { self.same + 1 } else { 1 };
        self.most = self.most.max(self.same);
        self.last = Some(c);
        if self.marks > keep {
            let start = self.excess.map_or(at, |span| span.start);
            self.excess = Some(Span::new(start, at + c.len_utf8()));
        }
    }

    fn is_flood(&self, rules: &FloodRules) -> bool {
        self.general >= least(rules.mark_count)
            || self.marks >= least(rules.script_mark_count)
            || self.most >= least(rules.same_mark_count)
    }
}

/// Finds the marks that are too many on one base. Invisible characters between them change nothing.
fn stacks(content: &str, rules: &FloodRules, found: &mut Vec<Found>) {
    let fewest = least(rules.mark_count).min(least(rules.script_mark_count)).min(least(rules.same_mark_count));
    let keep = rules.mark_keep.min(fewest - 1);
    let mut stack = Stack::default();
    for (at, c) in content.char_indices().chain([(content.len(), ' ')]) {
        if is_mark(c) {
            stack.push(at, c, keep);
        } else if stack.marks > 0 && !(is_bidi(c) || is_unseen(c)) {
            if let Some(excess) = stack.excess.filter(|_| stack.is_flood(rules)) {
                found.push(Found::excess("flood.marks", excess.start, excess.end));
            }
            stack = Stack::default();
        }
    }
}

/// What nobody sees: joiners, variation selectors, fillers, tags, controls. Overrides have a rule of their own.
fn is_unseen(c: char) -> bool {
    // Pictures are many where there are joiners.
    if matches!(c, '\u{10000}'..='\u{dffff}') {
        return false;
    }
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2065}' | '\u{206a}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{e0000}'..='\u{e0fff}')
        || (c.is_control() && !c.is_whitespace())
}

/// Finds long runs of invisible characters. The first one stays, so that a joiner or a selector goes on doing its work.
fn padding(content: &str, rules: &FloodRules, found: &mut Vec<Found>) {
    let (mut count, mut second, mut end) = (0, 0, 0);
    for (at, c) in content.char_indices().chain([(content.len(), ' ')]) {
        if is_unseen(c) {
            count += 1;
            second = if count < 2 { at + c.len_utf8() } else { second };
            end = at + c.len_utf8();
        } else {
            if count >= least(rules.invisible_count).max(2) {
                found.push(Found::excess("flood.padding", second, end));
            }
            count = 0;
        }
    }
}
