//! Where a word begins and ends: boundaries, endings, glue.

use crate::rules::{Entry, Inflect, Rule, Words};
use crate::text::{Dress, Glyph, Kind, is_unspaced};
use std::ops::Range;

/// The most letters beside a hit that are looked at: longer words are no English words, and work must stay linear.
const REACH: usize = 24;

/// The most characters between two letters of a word that is spelled out.
pub const WIDEST_GAP: usize = 3;

/// How a hit is joined to what stands beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// A word boundary, or what counts as one.
    Clean,
    /// Everyday words, written without a space.
    Glued,
}

/// A letter or something that may stand for one.
pub fn is_wordy(glyph: &Glyph) -> bool {
    matches!(glyph.kind, Kind::Letter | Kind::Digit | Kind::Leet)
}

fn is_solid(glyph: &Glyph) -> bool {
    matches!(glyph.kind, Kind::Letter | Kind::Digit)
}

/// The letters beside a hit, read outwards and put in reading order, and how many glyphs they took.
struct Beside {
    letters: String,
    glyphs: usize,
    digits_only: bool,
    too_long: bool,
}

/// What stands right of `end` without a gap.
fn after(glyphs: &[Glyph], end: usize) -> Beside {
    let run = glyphs[end..].iter().enumerate().take_while(|(at, glyph)| {
        is_solid(glyph) || glyph.kind == Kind::Leet && glyphs.get(end + at + 1).is_some_and(is_solid)
    });
    collect(run.map(|(_, glyph)| glyph))
}

/// What stands left of `start` without a gap.
fn before(glyphs: &[Glyph], start: usize) -> Beside {
    let run = (0..start).rev().take_while(|&at| {
        is_solid(&glyphs[at]) || glyphs[at].kind == Kind::Leet && at > 0 && is_solid(&glyphs[at - 1])
    });
    let mut beside = collect(run.map(|at| &glyphs[at]));
    beside.letters = beside.letters.chars().rev().collect();
    beside
}

fn collect<'g>(run: impl Iterator<Item = &'g Glyph>) -> Beside {
    let mut beside = Beside { letters: String::new(), glyphs: 0, digits_only: true, too_long: false };
    for glyph in run.take(REACH + 1) {
        beside.too_long = beside.glyphs == REACH;
        beside.glyphs += 1;
        beside.digits_only &= glyph.kind == Kind::Digit;
        beside.letters.push(plain(glyph));
    }
    beside
}

/// The letter a glyph beside a hit most likely stands for.
fn plain(glyph: &Glyph) -> char {
    match glyph.kind {
        Kind::Letter => glyph.ch,
        _ => crate::text::leet(glyph.ch).chars().next().unwrap_or(glyph.ch),
    }
}

/// The single letters that go on a spelled-out word to the right (`step` 1) or left (-1) of glyph `from`.
fn spelled_on(glyphs: &[Glyph], from: usize, right: bool) -> Beside {
    let mut beside = Beside { letters: String::new(), glyphs: 0, digits_only: false, too_long: false };
    let at = |offset: usize| {
        if right { glyphs.get(from + offset) } else { from.checked_sub(offset + 1).and_then(|at| glyphs.get(at)) }
    };
    let mut offset = 0;
    loop {
        let gap = (0..=WIDEST_GAP).take_while(|more| at(offset + more).is_some_and(|glyph| !is_solid(glyph))).count();
        let Some(letter) = at(offset + gap).filter(|_| (1..=WIDEST_GAP).contains(&gap)) else { break };
        let alone = is_solid(letter) && !at(offset + gap + 1).is_some_and(is_solid);
        if !alone {
            break;
        }
        if beside.letters.len() > REACH {
            beside.too_long = true;
            break;
        }
        beside.letters.push(plain(letter));
        offset += gap + 1;
        beside.glyphs = offset;
    }
    if !right {
        beside.letters = beside.letters.chars().rev().collect();
    }
    beside
}

/// A hit whose edges are asked for.
pub struct Word<'a> {
    /// The reading it stands in.
    pub glyphs: &'a [Glyph],
    /// Its glyphs.
    pub range: Range<usize>,
    /// Whether its letters stand apart.
    pub spelled: bool,
    /// Whether any of its letters is written with a digit or symbol.
    pub dressed: bool,
    /// What was found.
    pub entry: &'a Entry<'a>,
    /// Its rule.
    pub rule: &'a Rule,
    /// Everyday words.
    pub words: &'a Words,
}

impl Word<'_> {
    /// The glyphs of the hit with its ending, if it begins and ends as a word does.
    pub fn whole(&self) -> Option<Range<usize>> {
        let (left, start) = self.left()?;
        let (right, end) = self.right()?;
        let glued = (left == Edge::Glued) as u8 + (right == Edge::Glued) as u8;
        let letters = self.entry.letters.chars().count();
        let enough = match glued {
            0 => true,
            // One everyday word beside a short term is too often another word ("dickson", "peacock").
            1 => letters >= 5 || (letters == 4 && left == Edge::Clean && self.is_hashtag()),
            _ => letters >= 4,
        };
        enough.then_some(start..end)
    }

    fn is_hashtag(&self) -> bool {
        self.range.start.checked_sub(1).is_some_and(|at| self.glyphs[at].ch == '#')
    }

    fn first(&self) -> &Glyph {
        &self.glyphs[self.range.start]
    }

    fn last(&self) -> &Glyph {
        &self.glyphs[self.range.end - 1]
    }

    /// How the hit begins, and with which glyph.
    fn left(&self) -> Option<(Edge, usize)> {
        let start = self.range.start;
        let clean = Some((Edge::Clean, start));
        let beside = if self.spelled { spelled_on(self.glyphs, start, false) } else { before(self.glyphs, start) };
        if beside.glyphs == 0 {
            return if self.follows_apostrophe() { None } else { clean };
        }
        if self.spelled && matches!(beside.letters.as_str(), "a" | "i" | "u") {
            // "what a w o r d": a word of one letter is no part of the spelling.
            return clean;
        }
        let previous = &self.glyphs[start - 1];
        if self.entry.open_left {
            return (!beside.too_long).then(|| (Edge::Clean, start - beside.glyphs));
        }
        let foreign = is_unspaced(previous.ch) || is_unspaced(self.first().ch);
        if foreign || self.is_title() && !previous.dress.has(Dress::UPPER) || beside.digits_only && !self.dressed {
            return clean;
        }
        if previous.kind == Kind::Leet && !self.dressed && self.is_word(beside.letters.get(..beside.letters.len() - 1)?)
        {
            return clean;
        }
        (!beside.too_long && self.rule.glue && self.are_words(&beside.letters)).then_some((Edge::Glued, start))
    }

    /// How the hit ends, and with which glyph (exclusive).
    fn right(&self) -> Option<(Edge, usize)> {
        let end = self.range.end;
        let beside = if self.spelled { spelled_on(self.glyphs, end, true) } else { after(self.glyphs, end) };
        if beside.glyphs == 0 {
            return Some((Edge::Clean, end));
        }
        if self.entry.open_right {
            return (!beside.too_long).then_some((Edge::Clean, end + beside.glyphs));
        }
        let next = &self.glyphs[end];
        let foreign = is_unspaced(next.ch) || is_unspaced(self.last().ch);
        if foreign || beside.digits_only || self.is_title() && next.dress.has(Dress::UPPER) {
            return Some((Edge::Clean, end));
        }
        if is_ending(self.entry.inflect, &beside.letters) {
            return Some((Edge::Clean, end + beside.glyphs));
        }
        if next.kind == Kind::Leet && !self.dressed && self.is_word(beside.letters.get(1..)?) {
            return Some((Edge::Clean, end));
        }
        if beside.too_long || !self.rule.glue {
            return None;
        }
        endings(self.entry.inflect).iter().chain(&[""]).find_map(|ending| {
            let rest = beside.letters.strip_prefix(ending)?;
            let glyphs = if self.spelled { 0 } else { ending.len() };
            (!rest.is_empty() && self.are_words(rest)).then_some((Edge::Glued, end + glyphs))
        })
    }

    /// `that's hit` does not begin a word with its s.
    fn follows_apostrophe(&self) -> bool {
        let before = |back: usize| self.range.start.checked_sub(back).map(|at| &self.glyphs[at]);
        let single = !self.glyphs.get(self.range.start + 1).is_some_and(is_solid);
        single && before(1).is_some_and(|glyph| glyph.kind == Kind::Apostrophe) && before(2).is_some_and(is_solid)
    }

    /// `LikeThis`: a capital and then small letters, three at least.
    fn is_title(&self) -> bool {
        let hit = &self.glyphs[self.range.clone()];
        hit.len() >= 3 && hit[0].dress.has(Dress::UPPER) && hit[1..].iter().all(|glyph| !glyph.dress.has(Dress::UPPER))
    }

    fn is_word(&self, word: &str) -> bool {
        word.chars().count() >= 2 && self.words.languages(word) & self.everyday() != 0
    }

    /// English is typed into the chats of every language.
    fn everyday(&self) -> u64 {
        self.rule.language | crate::rules::ENGLISH
    }

    /// Whether `letters` are everyday words in a row.
    fn are_words(&self, letters: &str) -> bool {
        let mut reached = 1u64;
        let ends: Vec<usize> = letters.char_indices().map(|(at, _)| at).chain([letters.len()]).collect();
        for from in 0..ends.len() - 1 {
            if reached >> from & 1 == 0 {
                continue;
            }
            for to in from + 2..ends.len().min(from + 12) {
                if self.is_word(&letters[ends[from]..ends[to]]) {
                    reached |= 1 << to;
                }
            }
        }
        reached >> (ends.len() - 1) & 1 == 1
    }
}

/// The endings of English words that keep them the same word.
const fn endings(inflect: Inflect) -> &'static [&'static str] {
    match inflect {
        Inflect::None => &[],
        Inflect::Noun => &["s", "es", "z"],
        Inflect::Verb => &["s", "es", "z", "d", "ed", "er", "ers", "in", "ing", "ings", "y"],
    }
}

/// Whether `letters`, its repeats squeezed, is such an ending.
fn is_ending(inflect: Inflect, letters: &str) -> bool {
    let mut squeezed = String::new();
    for ch in letters.chars() {
        if !squeezed.ends_with(ch) {
            squeezed.push(ch);
        }
    }
    endings(inflect).contains(&squeezed.as_str())
}
