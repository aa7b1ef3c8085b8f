//! Regular expressions of an operator's rules.
//!
//! Nothing that is written there takes more than linear time: `regex-lite` never backtracks, what is large is refused, and of
//! what is longer than a message to a room can be, only so much is searched at once.

use super::compile::PatternSource;
use super::source::Mistake;
use crate::text::Span;
use regex_lite::{Regex, RegexBuilder};

/// The most bytes that a compiled expression may have: the time that it takes grows with them.
const MOST_BYTES: usize = 1 << 14;

/// The most regular expressions of a rule set: a message may have the terms of every rule in it.
const MOST_PATTERNS: usize = 200;

/// The most bytes that are searched at once. To look for every match can take time in the square of it.
/// No room takes a message as long, so none is cut.
const MOST_AT_ONCE: usize = 1 << 12;

/// How deep groups may lie in one another.
const DEEPEST: u32 = 32;

/// The regular expressions of a layer's rules, by rule.
#[derive(Clone, Debug, Default)]
pub struct Patterns(Vec<(u32, Regex)>);

impl Patterns {
    /// Compiles what was written; what can not be used is a mistake.
    pub fn new(sources: Vec<PatternSource>) -> (Self, Vec<Mistake>) {
        let (mut patterns, mut mistakes) = (Self::default(), Vec::new());
        for PatternSource { rule, regex, mistake } in sources {
            let message = match compile(&regex) {
                Ok(_) if patterns.0.len() == MOST_PATTERNS => {
                    format!("more than {MOST_PATTERNS} regular expressions would make messages too slow")
                }
                Ok(regex) => {
                    // They are few.
                    let at = patterns.0.partition_point(|(known, _)| *known <= rule);
                    patterns.0.insert(at, (rule, regex));
                    continue;
                }
                Err(message) => message,
            };
            mistakes.push(Mistake { message, ..mistake });
        }
        (patterns, mistakes)
    }

    /// How many the rule with this number has.
    #[inline]
    pub fn count(&self, rule: u32) -> usize {
        if self.0.is_empty() { 0 } else { self.of(rule).len() }
    }

    /// Where those of a rule match, sorted, as far as they overlap as one: each goes through the message once.
    pub fn find(&self, rule: u32, content: &str) -> Vec<Span> {
        let mut spans = Vec::new();
        let mut start = 0;
        while start < content.len() {
            let mut end = content.len().min(start + MOST_AT_ONCE);
            while !content.is_char_boundary(end) {
                end -= 1;
            }
            for (_, regex) in self.of(rule) {
                let found = regex.find_iter(&content[start..end]);
                spans.extend(found.map(|found| Span::new(start + found.start(), start + found.end())));
            }
            start = end;
        }
        spans.sort_unstable();
        spans.dedup_by(|next, last| {
            let overlaps = next.start < last.end;
            if overlaps {
                *last = Span::new(last.start, last.end.max(next.end));
            }
            overlaps
        });
        spans
    }

    fn of(&self, rule: u32) -> &[(u32, Regex)] {
        let first = self.0.partition_point(|(other, _)| *other < rule);
        let end = self.0.partition_point(|(other, _)| *other <= rule);
        &self.0[first..end]
    }
}

/// Compiles one, capitals and small letters alike.
///
/// # Errors
/// Says what is wrong with it, in words for a rule author.
pub fn compile(written: &str) -> Result<Regex, String> {
    let built = RegexBuilder::new(written).case_insensitive(true).size_limit(MOST_BYTES).nest_limit(DEEPEST).build();
    let regex = built.map_err(|error| format!("this regular expression can not be used: {error}"))?;
    if regex.is_match("") {
        return Err("this regular expression matches where nothing stands".to_owned());
    }
    Ok(regex)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_costly_or_empty_is_refused() {
        let wrong = ["a*", "(", "(?:a{200}){200}", "(?=x)", r"\p{L}", "x|", &"(".repeat(40), &"[a-z]{0,90}".repeat(20)];
        let passed: Vec<&str> = wrong.into_iter().filter(|written| compile(written).is_ok()).collect();
        assert!(passed.is_empty(), "{passed:?}");
        assert!(compile(r"promo[- ]?code:?\s*\w{4,12}").is_ok());
    }
}
