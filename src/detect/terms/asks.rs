//! Whether anything depends on what stands around what was found: most anchors of sequences are everyday words, and nothing of the
//! rest is there.

use super::around::{SHARED, WINDOW};
use super::coarse::Pairs;
use super::edges::{is_solid, is_wordy};
use super::{Coarse, Found, Look};
use crate::rules::{LONGEST_TERM, Layer, Leads, Sequence};
use crate::text::Glyph;
use std::cell::OnceCell;
use std::ops::Range;

/// So many needles are compared with all symbols sooner than all needles are looked for.
const FEW: usize = 128;

/// The same for so many anchors.
const FEW_ANCHORS: usize = 4;

/// What follows within a word, to the end of the next.
const WORD_BESIDE: [fn(&Glyph) -> bool; 3] = [is_wordy, is_gap, is_wordy];

fn is_gap(glyph: &Glyph) -> bool {
    !is_solid(glyph)
}

impl Look {
    /// Whether anything depends on what stands around it. In what reads the message in order, anchors that are everyday words ask
    /// for nothing, where nothing of the rest is there.
    pub fn asks(&self, layer: &Layer, in_order: Option<&[Glyph]>) -> bool {
        let leads =
            || self.leading.iter().flat_map(|(leads, found)| layer.each_lead(*leads).map(move |lead| (lead, found)));
        // What is cheap to know first.
        if leads().any(|(lead, _)| matches!(lead, Leads::Term(rule) if layer.rules.asks(rule))) {
            return true;
        }
        let anchors = leads().filter_map(|(lead, found)| match lead {
            Leads::Anchor(number) => Some((layer.sequence(number)?, found)),
            _ => None,
        });
        let pairs = OnceCell::new();
        anchors.enumerate().any(|(before, (sequence, found))| match in_order {
            Some(glyphs) if before < FEW_ANCHORS => {
                let pairs = pairs.get_or_init(|| self.coarse.pairs());
                may_complete(&self.coarse, pairs, glyphs, layer, &sequence, found)
            }
            _ => true,
        })
    }
}

/// Whether any of a list of needles may stand from one of some starts to one of some ends.
fn may_stand(coarse: &Coarse, pairs: &Pairs, layer: &Layer, list: Range<u32>, at: (Range<u32>, Range<u32>)) -> bool {
    list.len() > FEW || coarse.any_stands(layer, layer.lists.list(list), at, pairs)
}

/// Whether the other parts of a sequence may stand where its anchor asks for them. Looks at symbols alone, and no longer than to
/// look for all needles would take.
fn may_complete(
    coarse: &Coarse,
    pairs: &Pairs,
    glyphs: &[Glyph],
    layer: &Layer,
    sequence: &Sequence,
    anchor: &Found,
) -> bool {
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
            let to = if is_beside(part, sequence.anchor) { word_after(coarse, glyphs, anchor) } else { start + far };
            (start..to, 0..u32::MAX)
        };
        may_stand(coarse, pairs, layer, layer.part(sequence, part), at)
    })
}

/// The first symbol of the word before that of a place.
fn word_before(coarse: &Coarse, glyphs: &[Glyph], place: &Found) -> u32 {
    let mut first = coarse.glyphs(place.start, place.end, glyphs.len()).start;
    let mut skip = |belongs: fn(&Glyph) -> bool| {
        first = glyphs[..first].iter().rposition(|glyph| !belongs(glyph)).map_or(0, |last| last + 1);
    };
    // Letters of the same word may stand before it.
    WORD_BESIDE.into_iter().for_each(&mut skip);
    coarse.symbol_of(first).saturating_sub(SHARED)
}

/// One past the last symbol of the word after that of a place.
fn word_after(coarse: &Coarse, glyphs: &[Glyph], place: &Found) -> u32 {
    let mut end = coarse.glyphs(place.end.saturating_sub(1), place.end, glyphs.len()).start;
    let mut skip = |belongs: fn(&Glyph) -> bool| {
        end += glyphs[end..].iter().take_while(|glyph| belongs(glyph)).count();
    };
    // It may have an ending.
    WORD_BESIDE.into_iter().for_each(&mut skip);
    coarse.symbol_of(end)
}
