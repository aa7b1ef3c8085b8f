//! What stands around what was found: the other parts of a sequence, exceptions, cues.

use super::amounts::amounts;
use super::effort::cost;
use super::{Candidate, Found, Reading};
use crate::rules::{CueList, LONGEST_TERM, Leads, List, Sequence};
use crate::text::{Glyph, Kind, Span};
use std::cell::RefCell;
use std::cmp::Reverse;
use std::ops::Range;

/// The most words that ` ... ` stands for.
const WIDEST_SLOT: usize = 3;

/// How far around a place its context is looked for, in symbols of the coarse reading: so that work stays linear.
pub const WINDOW: u32 = 160;

/// How much farther, in the same look, for what is found next.
const AHEAD: u32 = 2 * WINDOW;

/// By how much candidates may be out of order, in symbols: more than those of any key.
const DISORDER: u32 = 16;

/// Where two words meet in one letter ("cheap primes") they share its symbol.
pub const SHARED: u32 = 1;

/// What was looked for around what was found, so that it is looked for once however often it is asked for.
#[derive(Debug, Default)]
pub struct Around {
    looks: RefCell<Vec<Asked>>,
    places: RefCell<Vec<Place>>,
    /// The needles of the candidates in the upper half and the numbers of those in the lower, in order.
    by_needle: RefCell<Vec<u64>>,
    /// What the candidates are, of those that were verified: lists share needles.
    verified: RefCell<Vec<Verified>>,
}

/// What is known of a candidate.
#[derive(Clone, Copy, Debug)]
enum Verified {
    /// Nothing yet.
    Not,
    /// What it is, if it really stands there.
    As(Option<Found>),
}

/// A list that was looked for.
#[derive(Clone, Debug)]
struct Asked {
    /// Which, as a range of [`crate::rules::Layer::lists`].
    list: Range<u32>,
    /// Where, in symbols of the coarse reading.
    within: Range<u32>,
    /// What is there, as a range of [`Around::places`].
    places: Range<usize>,
}

/// Where something of a list may stand.
#[derive(Clone, Copy, Debug)]
struct Place {
    /// The needle, or of a sequence the anchor.
    candidate: Candidate,
    /// The needle or the sequence, if it really stands there.
    found: Option<Found>,
}

impl Around {
    /// Forgets everything.
    pub fn clear(&mut self) {
        self.looks.get_mut().clear();
        self.places.get_mut().clear();
        self.by_needle.get_mut().clear();
        self.verified.get_mut().clear();
    }

    /// The numbers of the candidates that some needles have, in order.
    fn of_needles(&self, candidates: &[Candidate], needles: List<'_>) -> Vec<u32> {
        if needles.count() >= candidates.len() {
            let all = candidates.iter().zip(0u32..);
            return all.filter(|(candidate, _)| needles.has(candidate.needle)).map(|(_, number)| number).collect();
        }
        let mut all = self.by_needle.borrow_mut();
        if all.is_empty() {
            all.extend(
                candidates.iter().zip(0..).map(|(candidate, number)| u64::from(candidate.needle) << 32 | number),
            );
            all.sort_unstable();
        }
        let (mut rest, mut found) = (all.as_slice(), Vec::new());
        for needle in needles.iter() {
            rest = &rest[rest.partition_point(|one| one >> 32 < u64::from(needle))..];
            found.extend(rest.iter().take_while(|&one| one >> 32 == u64::from(needle)).map(|&one| one as u32));
        }
        found.sort_unstable();
        found
    }

    /// Looks for a list, unless that was done.
    fn ask(&self, list: Range<u32>, within: &Range<u32>, look: impl FnOnce(Range<u32>) -> Vec<Place>) -> Range<usize> {
        if list.is_empty() {
            return 0..0;
        }
        let covers = |asked: &Asked| asked.within.start <= within.start && within.end <= asked.within.end;
        if let Some(known) = self.looks.borrow().iter().find(|asked| asked.list == list && covers(asked)) {
            return known.places.clone();
        }
        // What is found later asks for what stands later.
        let within = within.start..within.end + AHEAD;
        let new = look(within.clone());
        let mut all = self.places.borrow_mut();
        let first = all.len();
        all.extend(new);
        let places = first..all.len();
        let mut looks = self.looks.borrow_mut();
        looks.retain(|asked| asked.list != list);
        looks.push(Asked { list, within, places: places.clone() });
        places
    }

    /// Those of some places that are within some symbols.
    fn at(&self, places: Range<usize>, within: Range<u32>) -> impl DoubleEndedIterator<Item = Place> {
        let is_within = move |place: &Place| place.candidate.start >= within.start && place.candidate.end <= within.end;
        places.filter_map(|at| self.places.borrow().get(at).copied()).filter(is_within)
    }
}

impl Reading<'_> {
    /// Every term that really stands in this reading, with the number of its rule, exceptions not asked for.
    pub fn terms(&self) -> impl Iterator<Item = (u32, Found)> {
        self.leading.iter().flat_map(move |&(leads, found)| {
            self.layer.each_lead(leads).filter_map(move |lead| match lead {
                Leads::Term(rule) => Some((rule, found)),
                Leads::Anchor(number) => {
                    let sequence = self.layer.sequence(number)?;
                    Some((sequence.rule, self.complete(&sequence, found)?))
                }
                Leads::Nowhere | Leads::Several(_) => None,
            })
        })
    }

    /// Those of some exceptions that cover what was found.
    pub fn exceptions(&self, (start, middle, end): CueList, found: &Found) -> impl Iterator<Item = Found> {
        let needles = self.layer.lists.list(start..middle);
        let has_single = start < middle;
        let from = found.end.saturating_sub(self.longest + SHARED);
        let covers = move |&number: &usize| {
            let candidate = &self.candidates[number];
            candidate.end + SHARED >= found.end && needles.has(candidate.needle)
        };
        let single =
            has_single.then(|| self.starting(from..found.start + SHARED + 1)).into_iter().flatten().filter(covers);
        let single = single.filter_map(|number| self.verified(number));
        let several = self.sequences(middle..end, window(found));
        single.chain(several).filter(|except| except.span.covers(found.span))
    }

    /// Those of some cues that stand around a place.
    pub fn cues_around(&self, (start, middle, end): CueList, place: &Found) -> impl Iterator<Item = Found> {
        let single = self.needles(start..middle, window(place)).filter_map(|place| place.found);
        single.chain(self.sequences(middle..end, window(place)))
    }

    /// Where some needles may stand.
    fn needles(&self, list: Range<u32>, within: Range<u32>) -> impl DoubleEndedIterator<Item = Place> {
        // Where nothing was asked for, nothing of it is there.
        let list = if self.candidates.is_empty() { 0..0 } else { list };
        let places = self.around.ask(list.clone(), &within, |within| {
            let needles = self.layer.lists.list(list);
            self.effort.take(cost::ASKED);
            self.effort.pass(needles.count().min(self.candidates.len()));
            let numbers = self.around.of_needles(self.candidates, needles).into_iter().map(|number| number as usize);
            let found = |number| Place { candidate: self.candidates[number], found: self.verified(number) };
            numbers.filter(|&number| self.lies(number, &within)).map(found).collect()
        });
        self.effort.pass(places.len());
        self.around.at(places, within)
    }

    /// Where some sequences stand of which the anchors do there.
    fn sequences(&self, list: Range<u32>, within: Range<u32>) -> impl Iterator<Item = Found> {
        let places = self.around.ask(list.clone(), &within, |within| {
            let mut places = Vec::new();
            for sequence in self.layer.lists.list(list).iter().filter_map(|number| self.layer.sequence(number)) {
                if sequence.parts == 0 {
                    places.extend(self.amounts(&within));
                    continue;
                }
                for mut place in self.needles(self.layer.part(&sequence, sequence.anchor), within.clone()) {
                    place.found = place.found.and_then(|found| self.complete(&sequence, found));
                    places.push(place);
                }
            }
            places
        });
        self.around.at(places, within).filter_map(|place| place.found)
    }

    /// Where amounts of money stand.
    fn amounts(&self, within: &Range<u32>) -> impl Iterator<Item = Place> {
        let glyphs = self.coarse.glyphs(within.start, within.end, self.glyphs.len());
        self.effort.pass(glyphs.len());
        amounts(&self.glyphs[glyphs.clone()]).map(move |range| {
            let (first, last) = (&self.glyphs[glyphs.start + range.start], &self.glyphs[glyphs.start + range.end - 1]);
            let start = self.coarse.symbol_of(glyphs.start + range.start);
            let end = self.coarse.symbol_of(glyphs.start + range.end).max(start);
            let span = Span::new(first.start as usize, last.end as usize);
            Place { candidate: Candidate { needle: u32::MAX, start, end }, found: Some(Found { span, start, end }) }
        })
    }

    /// Whether a candidate lies between two symbols of the coarse reading.
    fn lies(&self, number: usize, within: &Range<u32>) -> bool {
        let Candidate { start, end, .. } = self.candidates[number];
        within.contains(&start) && end <= within.end
    }

    /// The candidate with this number as what it is, if it really stands there.
    fn verified(&self, number: usize) -> Option<Found> {
        if let Some(&Verified::As(found)) = self.around.verified.borrow().get(number) {
            return found;
        }
        let found = self.verify(self.candidates[number]);
        let mut verified = self.around.verified.borrow_mut();
        verified.resize(self.candidates.len(), Verified::Not);
        verified[number] = Verified::As(found);
        found
    }

    /// The numbers of the candidates that begin at some symbols of the coarse reading.
    fn starting(&self, within: Range<u32>) -> impl Iterator<Item = usize> {
        // Their starts are in order, of an operator's rules their ends: then the starts are out of it by less than a key.
        let first = self.candidates.partition_point(|candidate| candidate.start + DISORDER < within.start);
        let near = &self.candidates[first..];
        let count = near.partition_point(|candidate| candidate.start < within.end + DISORDER);
        let count = if self.effort.pass(count) { count } else { 0 };
        (first..first + count).filter(move |&number| within.contains(&self.candidates[number].start))
    }

    /// The whole sequence around its anchor, if its other parts stand beside it in order.
    pub fn complete(&self, sequence: &Sequence, anchor: Found) -> Option<Found> {
        if !self.effort.take(cost::COMPLETED) {
            return None;
        }
        let mut whole = anchor;
        for part in sequence.anchor + 1..sequence.parts {
            let most = if sequence.slots >> part & 1 == 1 { WIDEST_SLOT } else { 0 };
            let next = self.next_part(self.layer.part(sequence, part), &whole)?;
            if words_between(self.glyphs, whole.span.end, next.span.start, most) > most {
                return None;
            }
            (whole.end, whole.span.end) = (next.end, next.span.end);
        }
        for part in (0..sequence.anchor).rev() {
            let most = if sequence.slots >> (part + 1) & 1 == 1 { WIDEST_SLOT } else { 0 };
            let before = self.part_before(self.layer.part(sequence, part), &whole)?;
            if words_between(self.glyphs, before.span.end, whole.span.start, most) > most {
                return None;
            }
            (whole.start, whole.span.start) = (before.start, before.span.start);
        }
        Some(whole)
    }

    /// The nearest of some needles behind a place, the longest of those that begin there.
    fn next_part(&self, needles: Range<u32>, whole: &Found) -> Option<Found> {
        let mut nearest: Option<Found> = None;
        for place in self.needles(needles, whole.end.saturating_sub(SHARED)..whole.end + WINDOW) {
            // They come nearly in order: from here on all begin later.
            if nearest.is_some_and(|found| place.candidate.start > found.start + DISORDER) {
                break;
            }
            // A letter that both share is the next one's where it stands again: "sudoku u".
            let found = self.part_within(&place, whole.span.end..usize::MAX);
            let order = |found: &Found| (found.span.start, Reverse(found.span.end));
            if let Some(found) = found.filter(|found| found.span.start >= whole.span.end)
                && nearest.is_none_or(|nearest| order(&found) < order(&nearest))
            {
                nearest = Some(found);
            }
        }
        nearest
    }

    /// The nearest of some needles before a place, the longest of those that end there.
    fn part_before(&self, needles: Range<u32>, whole: &Found) -> Option<Found> {
        let mut nearest: Option<Found> = None;
        for place in self.needles(needles, whole.start.saturating_sub(WINDOW)..whole.start + SHARED).rev() {
            // Those that are left begin earlier and, but for the longest, end earlier.
            if nearest.is_some_and(|found| place.candidate.start + DISORDER + LONGEST_TERM as u32 <= found.end) {
                break;
            }
            let found = self.part_within(&place, 0..whole.span.start);
            let order = |found: &Found| (found.span.end, Reverse(found.span.start));
            if let Some(found) = found.filter(|found| found.span.end <= whole.span.start)
                && nearest.is_none_or(|nearest| order(&found) > order(&nearest))
            {
                nearest = Some(found);
            }
        }
        nearest
    }

    /// What stands at a place, of the glyphs alone that begin within some bytes of the content.
    fn part_within(&self, place: &Place, bytes: Range<usize>) -> Option<Found> {
        let all = self.within(place.candidate);
        let mut within = all.clone();
        let begins = |at: usize| self.glyphs.get(at).map_or(usize::MAX, |glyph| glyph.start as usize);
        while !within.is_empty() && begins(within.start) < bytes.start {
            within.start += 1;
        }
        while !within.is_empty() && begins(within.end - 1) >= bytes.end {
            within.end -= 1;
        }
        if within == all { place.found } else { self.verify_within(place.candidate, within) }
    }
}

/// How far around a place its context is.
const fn window(place: &Found) -> Range<u32> {
    place.start.saturating_sub(WINDOW)..place.end + WINDOW
}

/// The number of words between two bytes of the content, one more than `most` at the most.
pub fn words_between(glyphs: &[Glyph], from: usize, to: usize, most: usize) -> usize {
    let first = glyphs.partition_point(|glyph| (glyph.start as usize) < from);
    let (mut words, mut inside) = (0, false);
    for glyph in glyphs[first..].iter().take_while(|glyph| (glyph.start as usize) < to) {
        let letter = glyph.is_alphanumeric() || glyph.kind == Kind::Apostrophe;
        words += usize::from(letter && !inside);
        inside = letter;
        if words > most {
            break;
        }
    }
    words
}
