//! How often terms are tried, mostly in vain: for people who write rules. A review never comes here.

use super::coarse::Coarse;
use super::rejected::spaced;
use super::{Effort, reading, verify};
use crate::rules::{Layer, Leads, Needle, Words};
use crate::text::{Glyph, Text};

/// A place where a review compares a message with a term letter by letter, because a quick look says that it may stand there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tried<'r> {
    /// The id of the rule.
    pub rule: &'r str,
    /// The folded term, or the part of a phrase that it is looked for by.
    pub term: String,
    /// Whether it stands there. Exceptions, the rest of a phrase and what stands around it are asked only then.
    pub found: bool,
    /// How many regular expressions of the rule then go through the message.
    pub regexes: usize,
}

/// Where a review tries the rules of `layer`; several that have the same term are tried at once and all named.
pub fn tried<'r>(content: &str, text: &Text, layer: &'r Layer, words: &Words) -> Vec<Tried<'r>> {
    let mut others = Vec::new();
    reading::others(content, text, usize::MAX, &mut others);
    let mut tried = Vec::new();
    in_reading(&text.glyphs, layer, words, &mut tried);
    in_reading(&others, layer, words, &mut tried);
    tried
}

fn in_reading<'r>(glyphs: &[Glyph], layer: &'r Layer, words: &Words, tried: &mut Vec<Tried<'r>>) {
    let (mut coarse, mut candidates) = (Coarse::default(), Vec::new());
    coarse.refill(glyphs);
    coarse.candidates(layer, true, &mut candidates);
    for candidate in candidates {
        let Some(needle) = layer.needle(candidate.needle as usize) else { continue };
        let within = coarse.glyphs(candidate.start, candidate.end, glyphs.len());
        let found = verify(glyphs, within, &needle, words, &Effort::boundless()).is_ok();
        let one = |(rule, regexes)| {
            let regexes = if found { regexes } else { 0 };
            Tried { rule, term: spaced(&needle), found, regexes }
        };
        tried.extend(rules_of(layer, &needle).into_iter().map(one));
    }
}

/// The ids of the rules that a needle is looked for by, each once, and how many regular expressions each has.
fn rules_of<'r>(layer: &'r Layer, needle: &Needle) -> Vec<(&'r str, usize)> {
    let number = |lead| match lead {
        Leads::Term(rule) => Some(rule),
        Leads::Anchor(number) => layer.sequence(number).map(|sequence| sequence.rule),
        Leads::Nowhere | Leads::Several(_) => None,
    };
    let mut numbers: Vec<u32> = layer.each_lead(needle.leads).filter_map(number).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let id = |number: u32| layer.rules.get(number).map(|rule| rule.id);
    numbers.into_iter().filter_map(|number| Some((id(number)?, layer.patterns.count(number)))).collect()
}
