//! Words and phrases, however they are disguised.
//!
//! A message is read glyph by glyph, and in other ways where a disguise asks for it ([`reading`]). The automaton finds
//! coarse candidates in each reading; a candidate is laid along the glyphs ([`align`]), and counts if the gaps, digits,
//! repeats and scripts speak for it ([`evidence`]) and it begins and ends as a word does ([`edges`]). Exceptions and
//! context decide last ([`context`]).

mod align;
mod context;
mod edges;
mod evidence;
mod reading;

use super::Hit;
use crate::rules::{Entry, Layer, Role, Ruleset};
use crate::text::{Glyph, Span, Text, class_of};
use align::{Letters, align};
use edges::Word;
use evidence::Shape;

/// What was found of one entry, before exceptions and context.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Match {
    /// The rule, an index into its layer.
    pub rule: u32,
    /// What it means.
    pub role: Role,
    /// Where, in bytes of the content.
    pub span: Span,
    /// The length of what was asked for, in letters.
    pub letters: u32,
}

/// The folded bytes of a reading and the way back.
#[derive(Debug, Default)]
struct Coarse {
    /// Classes of the letters, runs squeezed, as UTF-8.
    bytes: Vec<u8>,
    /// For each byte, the first glyph of the run that it stands for.
    glyph: Vec<u32>,
}

impl Coarse {
    fn refill(&mut self, glyphs: &[Glyph]) {
        self.bytes.clear();
        self.glyph.clear();
        let mut last = None;
        let mut utf8 = [0; 4];
        for (at, glyph) in glyphs.iter().enumerate() {
            let Some(class) = class_of(glyph) else { continue };
            if last == Some(class) {
                continue;
            }
            last = Some(class);
            if class.is_ascii() {
                self.bytes.push(class as u8);
                self.glyph.push(at as u32);
            } else {
                let encoded = class.encode_utf8(&mut utf8).as_bytes();
                self.bytes.extend_from_slice(encoded);
                self.glyph.extend(encoded.iter().map(|_| at as u32));
            }
        }
    }
}

/// Appends a hit for every term of `rules` in the message.
pub fn find<'r>(content: &str, text: &Text, rules: &'r Ruleset, hits: &mut Vec<Hit<'r>>) {
    let mut others = Vec::new();
    reading::others(content, text, &mut others);
    let mut matches = Vec::new();
    for layer in rules.layers() {
        matches.clear();
        match_layer(text, &others, layer, rules, &mut matches);
        context::settle(content, text, layer, rules, &matches, hits);
    }
}

/// What is found of the rule with this id before exceptions and context: for trying rules out.
pub fn matches(content: &str, rules: &Ruleset, id: &str) -> Vec<(Role, Span)> {
    let text = Text::fold(content);
    let mut others = Vec::new();
    reading::others(content, &text, &mut others);
    let mut all = Vec::new();
    for layer in rules.layers() {
        let mut matches = Vec::new();
        match_layer(&text, &others, layer, rules, &mut matches);
        context::sequences(&text, layer, &mut matches);
        let of_rule = |found: &&Match| layer.rules.get(found.rule as usize).is_some_and(|rule| rule.id == id);
        all.extend(matches.iter().filter(of_rule).map(|found| (found.role, found.span)));
    }
    all
}

fn match_layer(text: &Text, others: &[Glyph], layer: &Layer, rules: &Ruleset, matches: &mut Vec<Match>) {
    let mut coarse = Coarse::default();
    for glyphs in [&text.glyphs, others] {
        if !glyphs.is_empty() {
            coarse.refill(glyphs);
            candidates(&coarse, glyphs, layer, rules, matches);
        }
    }
}

/// Verifies what the automaton finds in one reading.
fn candidates(coarse: &Coarse, glyphs: &[Glyph], layer: &Layer, rules: &Ruleset, matches: &mut Vec<Match>) {
    layer.automaton.each(&coarse.bytes, |key, start, end| {
        let first = coarse.glyph[start] as usize;
        let limit = coarse.glyph.get(end).map_or(glyphs.len(), |&next| next as usize);
        for entry in layer.entries_of(key) {
            if let Some(span) = verify(glyphs, first, limit, &entry, layer, rules) {
                matches.push(Match { rule: entry.rule, role: entry.role, span, letters: entry.letters.len() as u32 });
            }
        }
    });
}

/// Where `entry` stands in the content, if it really does between the glyphs `first` and `limit`.
fn verify(
    glyphs: &[Glyph],
    first: usize,
    limit: usize,
    entry: &Entry<'_>,
    layer: &Layer,
    rules: &Ruleset,
) -> Option<Span> {
    let rule = layer.rules.get(entry.rule as usize)?;
    let letters = Letters::new(entry.letters);
    let range = align(glyphs, first..limit, letters.as_slice())?;
    let hit = &glyphs[range.clone()];
    let shape = evidence::shape(hit, letters.as_slice(), entry, rules.words())?;
    let dressing = evidence::dressing(hit, letters.as_slice(), entry);
    if !dressing.is_enough(letters.as_slice().len())
        || !evidence::doubles_fit(hit, letters.as_slice(), rule.language == crate::rules::ENGLISH)
    {
        return None;
    }
    if dressing.letters > 0 && !evidence::swaps_are_meant(hit, letters.as_slice()) {
        return None;
    }
    if dressing.guessed > 0 && shape != Shape::Solid || !context::script_fits(glyphs, &range, &dressing, rule, entry) {
        return None;
    }
    let word = Word {
        glyphs,
        range,
        spelled: shape == Shape::Spelled,
        dressed: dressing.digits + dressing.symbols > 0,
        entry,
        rule,
        words: rules.words(),
    };
    let whole = word.whole()?;
    let ends = &glyphs[whole];
    // A reading may run backwards, so the outermost bytes are looked for.
    let start = ends.iter().map(|glyph| glyph.start).min()?;
    let end = ends.iter().filter(|glyph| class_of(glyph).is_some()).map(|glyph| glyph.end).max()?;
    Some(Span::new(start as usize, end as usize))
}
