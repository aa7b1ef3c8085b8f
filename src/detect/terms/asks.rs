//! Whether anything depends on what stands around what was found. Most anchors of sequences are everyday words, and nothing of the
//! rest is there: those are not even looked at.

use super::around::{SHARED, WINDOW};
use super::beside::{is_solid, is_wordy};
use super::{Candidate, Coarse, Found, Look};
use crate::rules::{CueList, LONGEST_TERM, Layer, Leads, Sequence};
use crate::text::Glyph;
use std::ops::Range;

/// So many needles are compared with all symbols sooner than all needles are looked for.
const FEW: usize = 128;

/// The same for so many anchors.
const FEW_ANCHORS: usize = 4;

/// So many needles are compared, for all that was found.
const FEW_AROUND: usize = 64;

/// Whether all needles have to be looked for in the message as it is, and in its other readings, since what was found there may
/// depend on what else stands around it. Of most that is found, nothing is there that could speak against it.
pub fn asked(plain: &Look, other: &Look, layer: &Layer, glyphs: &[Glyph]) -> [bool; 2] {
    let (mut asked, mut left) = ([false; 2], FEW_AROUND);
    for (look, is_other) in [(plain, false), (other, true)] {
        for &(leads, found) in &look.leading {
            for lead in layer.each_lead(leads) {
                match lead {
                    Leads::Anchor(_) => (asked[0], asked[1]) = (true, asked[1] || is_other),
                    Leads::Term(rule) => {
                        asked[1] |= is_other && layer.rules.asks(rule);
                        let place = || if is_other { plain.coarse.place_of(glyphs, found.span) } else { found };
                        asked[0] = asked[0]
                            || Asking { coarse: &plain.coarse, layer, rule, place: place(), left: &mut left }.depends();
                    }
                    Leads::Nowhere | Leads::Several(_) => {}
                }
            }
        }
    }
    asked
}

/// Something that was found, and where is looked for what stands around it.
struct Asking<'a> {
    coarse: &'a Coarse,
    layer: &'a Layer,
    rule: u32,
    place: Found,
    /// How many needles may still be compared.
    left: &'a mut usize,
}

impl Asking<'_> {
    /// Whether anything may stand there that makes a difference.
    fn depends(&mut self) -> bool {
        let rules = &self.layer.rules;
        let [except, near, unless] = rules.lists(self.rule);
        // What a regular expression matches may be much longer.
        if self.layer.patterns.count(self.rule) > 0 {
            return rules.asks(self.rule);
        }
        // What is not near is no hit, whatever else is there.
        if !is_empty(near) {
            return self.may_stand(near);
        }
        self.may_be_excused(except)
            || self.may_stand(unless)
            || rules.groups(self.rule).any(|(_, cues)| self.may_stand(cues))
    }

    /// Whether an exception may cover it.
    fn may_be_excused(&mut self, (start, middle, end): CueList) -> bool {
        let Found { start: first, end: last, .. } = self.place;
        let starts = last.saturating_sub(LONGEST_TERM as u32 + SHARED)..first + SHARED + 1;
        self.may_any(start..middle, (starts, last.saturating_sub(SHARED)..u32::MAX)) || self.may_follow(middle..end)
    }

    /// Whether any of some cues may stand around it.
    fn may_stand(&mut self, (start, middle, end): CueList) -> bool {
        self.may_any(start..middle, self.around()) || self.may_follow(middle..end)
    }

    /// Whether any of some sequences may stand around it: their anchors, or amounts of money.
    fn may_follow(&mut self, sequences: Range<u32>) -> bool {
        let layer = self.layer;
        let mut sequences = layer.lists.list(sequences).iter().filter_map(|number| layer.sequence(number));
        sequences.any(|sequence| {
            let anchors = layer.part(&sequence, sequence.anchor);
            sequence.parts == 0 || self.may_any(anchors, self.around())
        })
    }

    /// Where a cue begins and where it ends: the place with its ending is longer by less than a term.
    const fn around(&self) -> (Range<u32>, Range<u32>) {
        const FAR: u32 = WINDOW + LONGEST_TERM as u32;
        let (start, end) = (self.place.start.saturating_sub(FAR), self.place.end + FAR);
        (start..end, start..end + 1)
    }

    /// Whether any of some needles may stand there, from one of some starts to one of some ends.
    fn may_any(&mut self, list: Range<u32>, at: (Range<u32>, Range<u32>)) -> bool {
        if list.is_empty() {
            return false;
        }
        let Some(left) = self.left.checked_sub(list.len()) else { return true };
        *self.left = left;
        self.coarse.any_stands(self.layer, self.layer.lists.list(list), at)
    }
}

const fn is_empty((start, _, end): CueList) -> bool {
    start == end
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
    use super::super::context::Context;
    use super::super::{Hit, reading, rejected::spaced};
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

    /// A term of a rule and, around it or over it, something that the rule asks for.
    fn in_context(layer: &Layer, number: u32, terms: &[u32], random: &mut Random) -> String {
        let rule = layer.rules.get(number).unwrap_or_default();
        let lists = [rule.except, rule.near, rule.unless].into_iter();
        let lists: Vec<_> = lists.chain(layer.rules.groups(number).map(|(_, cues)| cues)).collect();
        let cues = lists.iter().flat_map(|&(start, middle, end)| {
            let anchors = layer.lists.list(middle..end).iter().filter_map(|number| layer.sequence(number));
            let anchors = anchors.filter(|sequence| sequence.parts > 0);
            let anchors = anchors.map(|sequence| layer.part(&sequence, sequence.anchor));
            let all: Vec<u32> =
                std::iter::once(start..middle).chain(anchors).flat_map(|list| layer.lists.list(list).iter()).collect();
            all
        });
        let cues: Vec<u32> = cues.collect();
        let word = |needle: u32| layer.needle(needle as usize).map(|needle| spaced(&needle)).unwrap_or_default();
        let mut pieces = vec![word(random.pick(terms))];
        for _ in 0..random.below(3) {
            let cue = if cues.is_empty() { "so".to_owned() } else { word(random.pick(&cues)) };
            pieces.insert(random.below(pieces.len() + 1), cue);
        }
        let between = random.pick(&[" ", " ", " ", "", "  ", " so ", " of the ", ". ", " $5 "]);
        let all = pieces.join(between);
        match random.below(5) {
            0 => all.replace(['a', 'i'], "*"),
            1 => all.replace('i', "!"),
            _ => all,
        }
    }

    /// The hits of a layer, where all needles are looked for if that is `asked` for, or always; and whether they were.
    fn hits<'r>(content: &str, layer: &'r Layer, rules: &'r Ruleset, always: bool) -> (bool, Vec<Hit<'r>>) {
        let (text, mut others, mut hits) = (Text::fold(content), Vec::new(), Vec::new());
        reading::others(content, &text, usize::MAX, &mut others);
        let (mut plain, mut other, effort) = (Look::default(), Look::default(), Effort::boundless());
        for (look, glyphs) in [(&mut plain, &text.glyphs), (&mut other, &others)] {
            look.coarse.refill(glyphs);
            look.look(glyphs, layer, rules.words(), &effort, true);
        }
        let asked = if always { [true; 2] } else { asked(&plain, &other, layer, &text.glyphs) };
        for (look, is_asked) in [&mut plain, &mut other].into_iter().zip(asked) {
            look.candidates.clear();
            if is_asked {
                look.look_around(layer, &effort);
            }
        }
        let plain = plain.reading(&text.glyphs, layer, rules.words(), &effort);
        let context = Context::new(content, &text, &plain, rules);
        context.settle(layer, &plain, &mut hits);
        context.settle(layer, &other.reading(&others, layer, rules.words(), &effort), &mut hits);
        (asked != [false; 2], hits)
    }

    #[test]
    fn all_is_looked_for_where_it_makes_a_difference() {
        let (rules, mut random) = (Ruleset::builtin(), Random::new("mixture", "context"));
        let (mut wrong, mut looked, mut found, mut count) = (Vec::new(), 0, 0, 0);
        for layer in rules.layers() {
            let mut terms = vec![Vec::new(); layer.rules.len()];
            for needle in 0..layer.needles.words.len() {
                let leads = layer.outline(needle).map_or(Leads::Nowhere, |outline| outline.leads);
                for lead in layer.each_lead(leads) {
                    if let Leads::Term(rule) = lead {
                        terms[rule as usize].push(needle as u32);
                    }
                }
            }
            for (number, terms) in (0..).zip(&terms).filter(|(_, terms)| !terms.is_empty()) {
                for _ in 0..6 {
                    let content = in_context(layer, number, terms, &mut random);
                    let (is_looked, fewer) = hits(&content, layer, &rules, false);
                    let (_, all) = hits(&content, layer, &rules, true);
                    looked += usize::from(is_looked);
                    (found, count) = (found + usize::from(!all.is_empty()), count + 1);
                    if fewer != all {
                        wrong.push(content);
                    }
                }
            }
        }
        assert!(wrong.is_empty(), "{wrong:?}");
        assert!(found > count / 3 && (1000..count - 1000).contains(&looked), "{found} {looked} of {count}");
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
