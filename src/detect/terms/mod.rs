//! Words and phrases, however they are disguised.
//!
//! A message is read glyph by glyph, and in other ways where a disguise asks for it (`reading`, `hidden`, `hangul`). The
//! automaton, or table, finds places where needles may stand (`coarse`, of `signs`); a needle, unpacked (`recent`), is laid along the glyphs
//! there (`align`), and counts if the gaps, digits, repeats and scripts speak for it (`evidence`) and it begins and ends as a
//! word does (`within`, `beside`, `edges`, `piece`).
//! What stands around it (`around`, with `amounts` of money) decides last (`context`), where anything depends on that (`asks`). How often all this may
//! be asked of a message is bounded (`effort`).

mod align;
mod amounts;
mod around;
mod asks;
mod beside;
mod coarse;
mod context;
mod edges;
mod effort;
mod evidence;
mod hangul;
mod hidden;
mod piece;
mod reading;
mod recent;
mod rejected;
mod signs;
mod tried;
mod within;

use super::{Hit, names};
use crate::rules::{Layer, Leads, Needle, Ruleset, Words};
use crate::text::{Glyph, Span, Text};
use align::{align, as_written};
use around::Around;
use asks::{Anchors, asked};
use coarse::{Candidate, Coarse};
use context::Context;
use edges::Word;
use effort::cost;
use evidence::{Dressing, Shape};
use recent::Recent;
use std::cell::Cell;
use std::ops::Range;
use within::is_within_word;

pub use effort::Effort;
pub use rejected::{Rejected, Rejection, rejected};
pub use tried::{Tried, tried};

/// Appends a hit for every term of `rules` in the message; only some, or none, where `effort` is spent by it.
pub fn find<'r>(content: &str, text: &Text, rules: &'r Ruleset, effort: &Effort, hits: &mut Vec<Hit<'r>>) {
    let mut memory = SPARE.take().unwrap_or_default();
    memory.find(content, text, rules, effort, hits);
    if let Some(layer) = rules.excuses().filter(|_| !hits.is_empty()) {
        for excused in memory.excused(content, text, layer, rules, effort) {
            hits.retain(|hit| !excused.covers(hit));
        }
    }
    if text.glyphs.len() + memory.others.len() <= MOST_SPARED {
        SPARE.set(Some(memory));
    }
}

/// What is found of the rule with this id, its exceptions last, without regard to context: for trying rules out.
pub fn matches(content: &str, rules: &Ruleset, id: &str) -> (Vec<Span>, Vec<Span>) {
    let text = Text::fold(content);
    let mut others = Vec::new();
    reading::others(content, &text, usize::MAX, &mut others);
    let (mut terms, mut excepts, effort) = (Vec::new(), Vec::new(), Effort::boundless());
    for layer in rules.layers() {
        for glyphs in [&text.glyphs, &others] {
            let look = Look::new(glyphs, layer, rules.words());
            let reading = look.reading(glyphs, layer, rules.words(), &effort);
            for (rule, found) in reading.terms().filter(|(rule, _)| layer.rules.id(*rule) == id) {
                terms.push(found.span);
                let cues = layer.rules.get(rule).map_or((0, 0, 0), |rule| rule.except);
                excepts.extend(reading.exceptions(cues, &found).map(|except| except.span));
            }
        }
    }
    (terms, excepts)
}

/// What one message leaves to the next on the same thread, so that most need no memory of their own.
#[derive(Default)]
struct Memory {
    /// The other ways to read the message.
    others: Vec<Glyph>,
    /// The looks at the message as it is and at `others`.
    readings: [Look; 2],
}

impl Memory {
    /// Appends every hit; what the policy excuses is among them.
    fn find<'r>(&mut self, content: &str, text: &Text, rules: &'r Ruleset, effort: &Effort, hits: &mut Vec<Hit<'r>>) {
        effort.grow(text.glyphs.len());
        self.others.clear();
        reading::others(content, text, effort.most_read(), &mut self.others);
        if !effort.read(self.others.len()) {
            return;
        }
        let words = rules.words();
        let [plain, other] = &mut self.readings;
        plain.coarse.read(content, text);
        other.coarse.refill(&self.others);
        for layer in rules.layers() {
            if plain.look(&text.glyphs, layer, words, effort, true)
                | other.look(&self.others, layer, words, effort, false)
            {
                if effort.is_spent() {
                    return;
                }
                let asked = asked(plain, other, layer, &text.glyphs);
                for (look, is_asked) in [&mut *plain, other].into_iter().zip(asked) {
                    if is_asked {
                        look.look_around(layer, effort);
                    } else {
                        look.candidates.clear();
                    }
                }
                let plain = plain.reading(&text.glyphs, layer, words, effort);
                let context = Context::new(content, text, &plain, rules);
                context.settle(layer, &plain, hits);
                context.settle(layer, &other.reading(&self.others, layer, words, effort), hits);
            }
        }
    }

    /// Where the policy's own exceptions stand, which are the terms of `layer`, in the message that was looked at last.
    fn excused<'r>(
        &mut self,
        content: &str,
        text: &Text,
        layer: &'r Layer,
        rules: &Ruleset,
        effort: &Effort,
    ) -> Vec<Excused<'r>> {
        let words = rules.words();
        let [plain, other] = &mut self.readings;
        if !(plain.look(&text.glyphs, layer, words, effort, true)
            | other.look(&self.others, layer, words, effort, false))
        {
            return Vec::new();
        }
        plain.look_around(layer, effort);
        other.look_around(layer, effort);
        let plain = plain.reading(&text.glyphs, layer, words, effort);
        let other = other.reading(&self.others, layer, words, effort);
        let excused = |(number, found): (u32, Found)| Excused {
            rules: layer.rules.id(number),
            span: found.span.to_graphemes(content),
        };
        plain.terms().chain(other.terms()).map(excused).collect()
    }
}

/// An exception of the policy where it stands.
struct Excused<'r> {
    /// The name of the rules whose hits it excuses.
    rules: &'r str,
    span: Span,
}

impl Excused<'_> {
    fn covers(&self, hit: &Hit<'_>) -> bool {
        self.span.covers(hit.span) && names(self.rules, hit.rule, hit.category)
    }
}

/// Larger messages leave nothing, in glyphs: rooms have none of this size, so the memory would lie idle.
const MOST_SPARED: usize = 1 << 14;

thread_local! {
    static SPARE: Cell<Option<Box<Memory>>> = Cell::default();
}

/// A look at some glyphs.
#[derive(Default)]
struct Look {
    coarse: Coarse,
    /// What really stands there and leads somewhere, nearly in the order of their starts.
    leading: Vec<(Leads, Found)>,
    /// Where any needle may stand, in the same order; if nothing asks for all of them, some.
    candidates: Vec<Candidate>,
    /// The most symbols of any of them.
    longest: u32,
    /// Of those, what was asked for.
    around: Around,
    recent: Recent,
}

impl Look {
    fn new(glyphs: &[Glyph], layer: &Layer, words: &Words) -> Self {
        let mut look = Self::default();
        look.coarse.refill(glyphs);
        let effort = Effort::boundless();
        look.look(glyphs, layer, words, &effort, false);
        look.look_around(layer, &effort);
        look
    }

    /// Looks for what leads somewhere; false if there is nothing. Most messages end here. Of what reads the message `in_order`, anchors are
    /// left out that are everyday words, where the rest can not be there.
    fn look(&mut self, glyphs: &[Glyph], layer: &Layer, words: &Words, effort: &Effort, in_order: bool) -> bool {
        let Self { coarse, leading, candidates, around, recent, .. } = self;
        recent.clear();
        leading.clear();
        candidates.clear();
        around.clear();
        // Most messages have no other reading.
        if glyphs.is_empty() || effort.is_spent() {
            return false;
        }
        coarse.candidates(layer, true, candidates);
        effort.take(candidates.len() * cost::FOUND);
        let mut anchors = Anchors::new(coarse, glyphs, layer);
        for &candidate in candidates.iter() {
            if effort.is_spent() {
                break;
            }
            // Whether it really stands there takes as long to know, and most do, if their symbols are telling.
            let is_asked_first = in_order && coarse.is_telling(candidate.start);
            if is_asked_first && anchors.is_idle(candidate) {
                effort.take(cost::WRITTEN);
                continue;
            }
            let Some(needle) = recent.needle(layer, candidate.needle) else { break };
            let within = coarse.glyphs(candidate.start, candidate.end, glyphs.len());
            if let Ok(span) = verify(glyphs, within, needle, words, effort)
                && (is_asked_first || !in_order || !anchors.is_idle(candidate))
            {
                leading.push((needle.leads, Found { span, start: candidate.start, end: candidate.end }));
            }
        }
        !leading.is_empty()
    }

    /// Looks for all that can complete, excuse or give context to what leads somewhere.
    fn look_around(&mut self, layer: &Layer, effort: &Effort) {
        self.candidates.clear();
        self.around.clear();
        self.coarse.candidates(layer, false, &mut self.candidates);
        effort.take(self.candidates.len() * cost::FOUND);
        self.longest = self.candidates.iter().map(|candidate| candidate.end - candidate.start).max().unwrap_or(0);
    }

    const fn reading<'a>(
        &'a self,
        glyphs: &'a [Glyph],
        layer: &'a Layer,
        words: &'a Words,
        effort: &'a Effort,
    ) -> Reading<'a> {
        let Self { coarse, leading, candidates, longest, around, .. } = self;
        let (leading, candidates) = (leading.as_slice(), candidates.as_slice());
        Reading { glyphs, layer, words, effort, coarse, leading, candidates, longest: *longest, around }
    }
}

/// A way to read the message, and the places in it where needles may stand.
pub(crate) struct Reading<'a> {
    glyphs: &'a [Glyph],
    layer: &'a Layer,
    words: &'a Words,
    effort: &'a Effort,
    coarse: &'a Coarse,
    leading: &'a [(Leads, Found)],
    candidates: &'a [Candidate],
    longest: u32,
    around: &'a Around,
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

impl Reading<'_> {
    /// The candidate as what it is, if it really stands there.
    fn verify(&self, candidate: Candidate) -> Option<Found> {
        self.verify_within(candidate, self.within(candidate))
    }

    /// The same, of these glyphs.
    fn verify_within(&self, candidate: Candidate, within: Range<usize>) -> Option<Found> {
        let needle = self.layer.needle(candidate.needle as usize)?;
        let span = verify(self.glyphs, within, &needle, self.words, self.effort).ok()?;
        Some(Found { span, start: candidate.start, end: candidate.end })
    }

    /// The glyphs of a candidate.
    fn within(&self, candidate: Candidate) -> Range<usize> {
        self.coarse.glyphs(candidate.start, candidate.end, self.glyphs.len())
    }
}

/// Where the needle stands in the content, or which judgement says that it does not really among the glyphs `within`. Where no
/// effort is left, it does not.
fn verify(
    glyphs: &[Glyph],
    within: Range<usize>,
    needle: &Needle,
    words: &Words,
    effort: &Effort,
) -> Result<Span, Rejection> {
    let written = as_written(glyphs, within.clone(), &needle.letters);
    if !effort.take(cost::WRITTEN + if written.is_none() { cost::DISGUISED } else { 0 }) {
        return Err(Rejection::Letters);
    }
    let (range, shape, dressing) = match written {
        Some(range) if is_within_word(glyphs, &range, needle, true) => return Err(Rejection::Edges),
        Some(range) => (range, Shape::Solid, Dressing { real: needle.letters.as_slice().len(), ..Dressing::default() }),
        None => disguised(glyphs, within, needle, words, effort)?,
    };
    if !evidence::script_fits(glyphs, &range, &dressing, needle, words) {
        return Err(Rejection::Script);
    }
    let dressed = dressing.digits + dressing.symbols > 0;
    let word = Word { glyphs, range, shape, dressed, needle, words };
    let ends = &glyphs[word.whole().ok_or(Rejection::Edges)?];
    // A reading may run backwards, so the outermost bytes are looked for.
    let (start, end) = ends.iter().fold((u32::MAX, 0), |(start, end), glyph| {
        (start.min(glyph.start), end.max(if glyph.may_be_letter() { glyph.end } else { 0 }))
    });
    if end == 0 { Err(Rejection::Letters) } else { Ok(Span::new(start as usize, end as usize)) }
}

/// Where the letters of the needle stand, how, and how they are written, or which judgement says that they are not meant.
fn disguised(
    glyphs: &[Glyph],
    within: Range<usize>,
    needle: &Needle,
    words: &Words,
    effort: &Effort,
) -> Result<(Range<usize>, Shape, Dressing), Rejection> {
    let letters = needle.letters.as_slice();
    let range = align(glyphs, within, letters).filter(|_| effort.take(cost::ALIGNED)).ok_or(Rejection::Letters)?;
    if is_within_word(glyphs, &range, needle, false) {
        return Err(Rejection::Edges);
    }
    let shape = evidence::shape(&glyphs[range.clone()], letters, needle, words).ok_or(Rejection::Gaps)?;
    if shape == Shape::Spelled && !effort.take(cost::SPELLED) {
        return Err(Rejection::Letters);
    }
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
    Ok((range, shape, dressing))
}
