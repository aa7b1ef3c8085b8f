//! Words and phrases, however they are disguised.
//!
//! A message is read glyph by glyph, and in other ways where a disguise asks for it ([`reading`], [`hidden`], [`hangul`]). The automaton finds
//! places where needles may stand ([`coarse`]); a needle is laid along the glyphs there ([`align`]), and counts if the
//! gaps, digits, repeats and scripts speak for it ([`evidence`]) and it begins and ends as a word does ([`edges`], [`piece`]).
//! Exceptions and what stands around it decide last ([`context`]).

mod align;
mod coarse;
mod context;
mod edges;
mod evidence;
mod hangul;
mod hidden;
mod piece;
mod reading;
mod rejected;

use super::Hit;
use crate::rules::{Layer, Needle, Ruleset, Words};
use crate::text::{Glyph, Span, Text, class_of};
use align::align;
use coarse::{Candidate, Coarse};
use context::Context;
use edges::Word;
use evidence::Shape;
use std::ops::Range;

pub use rejected::{Rejected, Rejection, rejected};

/// Appends a hit for every term of `rules` in the message.
pub fn find<'r>(content: &str, text: &Text, rules: &'r Ruleset, hits: &mut Vec<Hit<'r>>) {
    let mut others = Vec::new();
    reading::others(content, text, &mut others);
    for layer in rules.layers() {
        let plain = Reading::new(&text.glyphs, layer, rules.words());
        let context = Context::new(content, text, &plain, rules);
        context.settle(layer, &plain, hits);
        if !others.is_empty() {
            context.settle(layer, &Reading::new(&others, layer, rules.words()), hits);
        }
    }
}

/// What is found of the rule with this id, its exceptions last, without regard to context: for trying rules out.
pub fn matches(content: &str, rules: &Ruleset, id: &str) -> (Vec<Span>, Vec<Span>) {
    let text = Text::fold(content);
    let mut others = Vec::new();
    reading::others(content, &text, &mut others);
    let (mut terms, mut excepts) = (Vec::new(), Vec::new());
    for layer in rules.layers() {
        for glyphs in [&text.glyphs, &others] {
            let reading = Reading::new(glyphs, layer, rules.words());
            for (rule, found) in reading.terms().filter(|(rule, _)| layer.rules[*rule as usize].id == id) {
                terms.push(found.span);
                excepts.extend(reading.exceptions(rule, &found).map(|except| except.span));
            }
        }
    }
    (terms, excepts)
}

/// A way to read the message, and the places in it where needles may stand.
pub(crate) struct Reading<'a> {
    glyphs: &'a [Glyph],
    layer: &'a Layer,
    words: &'a Words,
    coarse: Coarse,
    candidates: Vec<Candidate>,
}

/// A needle, or several in sequence, where they really stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// Where in the content, in bytes.
    pub span: Span,
    /// Where in the coarse reading, in symbols.
    pub start: u32,
    /// One past the end there.
    pub end: u32,
}

impl<'a> Reading<'a> {
    fn new(glyphs: &'a [Glyph], layer: &'a Layer, words: &'a Words) -> Self {
        let mut coarse = Coarse::default();
        coarse.refill(glyphs);
        let mut candidates = Vec::new();
        coarse.candidates(glyphs, layer, &mut candidates);
        Self { glyphs, layer, words, coarse, candidates }
    }

    /// The candidate as what it is, if it really stands there.
    fn verify(&self, candidate: Candidate) -> Option<Found> {
        let needle = self.layer.needle(candidate.needle as usize)?;
        let span = verify(self.glyphs, self.within(candidate), &needle, self.words).ok()?;
        Some(Found { span, start: candidate.start, end: candidate.end })
    }

    /// The glyphs of a candidate.
    fn within(&self, candidate: Candidate) -> Range<usize> {
        self.coarse.glyphs(candidate.start, candidate.end, self.glyphs.len())
    }
}

/// Where the needle stands in the content, or which judgement says that it does not really among the glyphs `within`.
fn verify(glyphs: &[Glyph], within: Range<usize>, needle: &Needle, words: &Words) -> Result<Span, Rejection> {
    let letters = needle.letters.as_slice();
    let range = align(glyphs, within, letters).ok_or(Rejection::Letters)?;
    let shape = evidence::shape(&glyphs[range.clone()], letters, needle, words).ok_or(Rejection::Gaps)?;
    let range = if shape == Shape::Spelled { align::widen_spelled(glyphs, range) } else { range };
    let hit = &glyphs[range.clone()];
    let dressing = evidence::dressing(hit, letters, needle);
    let english = needle.stance.language_bit() == crate::rules::ENGLISH;
    if !dressing.is_enough(letters.len()) {
        return Err(Rejection::Symbols);
    }
    if !evidence::doubles_fit(hit, letters, english) {
        return Err(Rejection::Doubles);
    }
    if dressing.letters > 0 && dressing.guessed > 0 || !evidence::swaps_are_meant(hit, letters, needle.letters.starts) {
        return Err(Rejection::Swaps);
    }
    if dressing.guessed > 0 && shape != Shape::Solid {
        return Err(Rejection::Gaps);
    }
    if !evidence::script_fits(glyphs, &range, &dressing, needle) {
        return Err(Rejection::Script);
    }
    let dressed = dressing.digits + dressing.symbols > 0;
    let word = Word { glyphs, range, shape, dressed, needle, words };
    let ends = &glyphs[word.whole().ok_or(Rejection::Edges)?];
    // A reading may run backwards, so the outermost bytes are looked for.
    let start = ends.iter().map(|glyph| glyph.start).min().ok_or(Rejection::Letters)?;
    let end = ends.iter().filter(|glyph| class_of(glyph).is_some()).map(|glyph| glyph.end).max();
    Ok(Span::new(start as usize, end.ok_or(Rejection::Letters)? as usize))
}
