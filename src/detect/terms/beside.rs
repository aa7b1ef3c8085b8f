//! The letters beside a hit.

use crate::text::{Glyph, Kind};
use std::borrow::Cow;

/// The most letters beside a hit that are looked at: longer words are no English words, and work must stay linear.
pub const REACH: usize = 24;

/// A letter or something that may stand for one.
pub const fn is_wordy(glyph: &Glyph) -> bool {
    glyph.is(Glyph::WORDY)
}

/// A letter or a digit.
pub const fn is_solid(glyph: &Glyph) -> bool {
    glyph.is(Glyph::SOLID)
}

/// The letters beside a hit, read outwards and put in reading order, and how many glyphs they took.
pub struct Beside<'a> {
    run: &'a [Glyph],
    /// Its letters, where they are spelled out.
    spelled: Option<String>,
    /// How many glyphs they took.
    pub glyphs: usize,
    /// Whether they are digits, all of them.
    pub digits_only: bool,
    /// Whether there are more than are looked at.
    pub too_long: bool,
}

impl<'a> Beside<'a> {
    /// What some glyphs in a row are.
    fn of(run: &'a [Glyph]) -> Self {
        Self {
            run,
            spelled: None,
            glyphs: run.len(),
            digits_only: run.iter().all(|glyph| glyph.kind == Kind::Digit),
            too_long: run.len() > REACH,
        }
    }

    /// What its letters most likely stand for. Seldom asked.
    pub fn letters(&self) -> Cow<'_, str> {
        match &self.spelled {
            Some(letters) => letters.into(),
            None => self.run.iter().map(plain).collect(),
        }
    }
}

/// What stands right of `end` without a gap.
pub fn after(glyphs: &[Glyph], end: usize) -> Beside<'_> {
    let run = glyphs[end..].iter().enumerate().take_while(|(at, glyph)| {
        is_solid(glyph) || glyph.kind == Kind::Leet && glyphs.get(end + at + 1).is_some_and(is_solid)
    });
    Beside::of(&glyphs[end..end + run.take(REACH + 1).count()])
}

/// What stands left of `start` without a gap.
pub fn before(glyphs: &[Glyph], start: usize) -> Beside<'_> {
    let run = (0..start).rev().take_while(|&at| {
        is_solid(&glyphs[at]) || glyphs[at].kind == Kind::Leet && at > 0 && is_solid(&glyphs[at - 1])
    });
    Beside::of(&glyphs[start - run.take(REACH + 1).count()..start])
}

/// The letter a glyph beside a hit most likely stands for.
pub fn plain(glyph: &Glyph) -> char {
    match glyph.kind {
        Kind::Letter => glyph.ch,
        _ => crate::text::leet(glyph.ch).chars().next().unwrap_or(glyph.ch),
    }
}

/// The single letters that go on a spelled-out word to the right or left of glyph `from`, over `gaps` like its own, no wider and with
/// no space where it has none: "s.h.i.t. I" ends where the full stop and the space begin.
pub fn spelled_on(glyphs: &[Glyph], from: usize, right: bool, gaps: (usize, bool)) -> Beside<'_> {
    let (before, behind) = glyphs.split_at(from);
    if right {
        return spelled_in(behind.iter(), gaps);
    }
    let mut beside = spelled_in(before.iter().rev(), gaps);
    beside.spelled = beside.spelled.map(|letters| letters.chars().rev().collect());
    beside
}

/// The same of what follows outwards, in that order.
fn spelled_in<'a>(outwards: impl Iterator<Item = &'a Glyph>, (widest, is_spaced): (usize, bool)) -> Beside<'static> {
    let mut letters = String::new();
    let mut beside = Beside { run: &[], spelled: None, glyphs: 0, digits_only: false, too_long: false };
    let (mut gap, mut letter) = (0, None);
    for (offset, glyph) in outwards.map(Some).chain([None]).enumerate() {
        if let Some(solid) = glyph.filter(|glyph| is_solid(glyph)) {
            if gap == 0 {
                // It stands beside another letter, which then is none that stands alone either.
                break;
            }
            (gap, letter) = (0, Some(plain(solid)));
            continue;
        }
        if let Some(letter) = letter.take() {
            if letters.len() > REACH {
                beside.too_long = true;
                break;
            }
            if letters.is_empty() {
                letters.reserve(REACH + 2);
            }
            letters.push(letter);
            beside.glyphs = offset;
        }
        if gap == widest || !is_spaced && glyph.is_some_and(|glyph| glyph.kind == Kind::Space) {
            break;
        }
        gap += 1;
    }
    beside.spelled = Some(letters);
    beside
}
