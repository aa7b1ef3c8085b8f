//! Whether anything depends on what stands around what was found. Most anchors of sequences are everyday words, and nothing of the
//! rest is there: those are not even looked at.

use super::around::{SHARED, WINDOW};
use super::edges::{is_solid, is_wordy};
use super::{Candidate, Coarse, Look};
use crate::rules::{LONGEST_TERM, Layer, Leads, Sequence};
use crate::text::Glyph;

/// So many needles are compared with all symbols sooner than all needles are looked for.
const FEW: usize = 128;

/// The same for so many anchors.
const FEW_ANCHORS: usize = 4;

impl Look {
    /// Whether anything depends on what stands around what was found.
    pub fn asks(&self, layer: &Layer) -> bool {
        let mut leads = self.leading.iter().flat_map(|(leads, _)| layer.each_lead(*leads));
        leads.any(|lead| match lead {
            Leads::Term(rule) => layer.rules.asks(rule),
            Leads::Anchor(_) => true,
            Leads::Nowhere | Leads::Several(_) => false,
        })
    }
}

/// The anchors of a look at glyphs that are in the order of the message.
pub struct Anchors<'a> {
    pub coarse: &'a Coarse,
    pub glyphs: &'a [Glyph],
    pub layer: &'a Layer,
    /// How many may still be asked.
    pub left: usize,
}

impl<'a> Anchors<'a> {
    pub const fn new(coarse: &'a Coarse, glyphs: &'a [Glyph], layer: &'a Layer) -> Self {
        Self { coarse, glyphs, layer, left: FEW_ANCHORS }
    }

    /// Whether a candidate is the anchor of sequences and nothing else, and of none of them the rest may be there. So it need not be
    /// known whether it really stands there.
    pub fn is_idle(&mut self, candidate: Candidate) -> bool {
        let Some(outline) = self.layer.outline(candidate.needle as usize) else { return true };
        // Most are terms.
        if matches!(outline.leads, Leads::Term(_)) {
            return false;
        }
        self.layer.each_lead(outline.leads).all(|lead| match lead {
            Leads::Anchor(number) if self.left > 0 => {
                self.left -= 1;
                self.layer.sequence(number).is_none_or(|sequence| !self.may_complete(&sequence, candidate))
            }
            _ => false,
        })
    }

    /// Whether the other parts of a sequence may stand where its anchor asks for them. Looks at symbols alone, and no longer than to
    /// look for all needles would take.
    fn may_complete(&self, sequence: &Sequence, anchor: Candidate) -> bool {
        let Self { coarse, glyphs, layer, .. } = *self;
        (0..sequence.parts).filter(|&part| part != sequence.anchor).all(|part| {
            // Each part is looked for from the one before.
            let far = (WINDOW + LONGEST_TERM as u32) * part.abs_diff(sequence.anchor);
            let is_beside = |later: u32, earlier: u32| later == earlier + 1 && sequence.slots >> later & 1 == 0;
            let at = if part < sequence.anchor {
                let end = anchor.start + SHARED;
                let from = if is_beside(sequence.anchor, part) { word_before(coarse, glyphs, anchor) } else { 0 };
                (end.saturating_sub(far)..end, from..end + 1)
            } else {
                let start = anchor.end.saturating_sub(SHARED);
                let to =
                    if is_beside(part, sequence.anchor) { word_after(coarse, glyphs, anchor) } else { start + far };
                (start..to, 0..u32::MAX)
            };
            let list = layer.part(sequence, part);
            list.len() > FEW || coarse.any_stands(layer, layer.lists.list(list), at)
        })
    }
}

/// The first symbol of the word before that of a place.
fn word_before(coarse: &Coarse, glyphs: &[Glyph], place: Candidate) -> u32 {
    let start = coarse.glyphs(place.start, place.end, glyphs.len()).start;
    let first = start
        - to_next_word(|count, belongs| {
            glyphs[..start - count].iter().rev().take_while(|glyph| belongs(glyph)).count()
        });
    coarse.symbol_of(first).saturating_sub(SHARED)
}

/// One past the last symbol of the word after that of a place.
fn word_after(coarse: &Coarse, glyphs: &[Glyph], place: Candidate) -> u32 {
    let last = coarse.glyphs(place.end.saturating_sub(1), place.end, glyphs.len()).start;
    let count = to_next_word(|count, belongs| glyphs[last + count..].iter().take_while(|glyph| belongs(glyph)).count());
    coarse.symbol_of(last + count)
}

/// How many glyphs there are from within a word to the far end of the next, of which `run` counts those that belong together after
/// so many. A single letter may be one more of what is spelled out there, or its ending: then it is the word after that.
fn to_next_word(run: impl Fn(usize, fn(&Glyph) -> bool) -> usize) -> usize {
    let mut count = run(0, is_wordy);
    loop {
        count += run(count, |glyph| !is_solid(glyph));
        let word = run(count, is_wordy);
        count += word;
        if word != 1 {
            return count;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Found, Look, rejected::spaced};
    use super::*;
    use crate::detect::mixtures::Random;
    use crate::detect::terms::Effort;
    use crate::rules::Ruleset;
    use crate::text::Text;

    /// The parts of a sequence one after another, perhaps with others between, and perhaps without one.
    fn written(layer: &Layer, sequence: &Sequence, random: &mut Random) -> String {
        let mut all = String::new();
        let without = random.below(sequence.parts as usize * 2);
        for part in (0..sequence.parts).filter(|&part| part as usize != without) {
            let needles: Vec<u32> = layer.lists.list(layer.part(sequence, part)).iter().collect();
            let word = layer.needle(random.pick(&needles) as usize).map(|needle| spaced(&needle)).unwrap_or_default();
            let ending = random.pick(&["", "", "", "s", ".", "e"]);
            let between = random.pick(&[" ", " ", " ", "", "  ", " so ", " of the "]);
            all += &if random.below(9) == 0 { word.split("").collect::<Vec<_>>().join(" ") } else { word };
            all += &(ending.to_owned() + between);
        }
        all
    }

    fn terms(glyphs: &[Glyph], layer: &Layer, rules: &Ruleset, in_order: bool) -> (usize, Vec<(u32, Found)>) {
        let (mut look, effort) = (Look::default(), Effort::boundless());
        look.coarse.refill(glyphs);
        look.look(glyphs, layer, rules.words(), &effort, in_order);
        look.look_around(layer, &effort);
        let terms = look.reading(glyphs, layer, rules.words(), &effort).terms().collect();
        (look.leading.len(), terms)
    }

    #[test]
    fn no_sequence_is_missed_for_an_anchor_that_was_left_out() {
        let (rules, mut random) = (Ruleset::builtin(), Random::new("mixture", "anchors"));
        let (mut wrong, mut found, mut left_out) = (Vec::new(), 0, 0);
        for layer in rules.layers() {
            let sequences: Vec<_> = (0..).map_while(|number| layer.sequence(number)).collect();
            let four_times = (0..4).flat_map(|_| &sequences).filter(|sequence| sequence.parts > 0);
            for sequence in four_times {
                let content = written(layer, sequence, &mut random);
                let text = Text::fold(&content);
                let (leading, all) = terms(&text.glyphs, layer, &rules, false);
                let (fewer, same) = terms(&text.glyphs, layer, &rules, true);
                (found, left_out) = (found + usize::from(!all.is_empty()), left_out + leading - fewer);
                if all != same {
                    wrong.push(content);
                }
            }
        }
        assert!(wrong.is_empty(), "{wrong:?}");
        assert!(found > 1000 && left_out > 1000, "{found} {left_out}");
    }
}
