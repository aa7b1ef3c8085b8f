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

/// The single letters that go on a spelled-out word to the right or left of glyph `from`, over gaps that are no wider than
/// its own: "s.h.i.t. I" ends where the full stop and the space begin.
pub fn spelled_on(glyphs: &[Glyph], from: usize, right: bool, widest: usize) -> Beside<'_> {
    let (before, behind) = glyphs.split_at(from);
    if right {
        return spelled_in(behind.iter(), widest);
    }
    let mut beside = spelled_in(before.iter().rev(), widest);
    beside.spelled = beside.spelled.map(|letters| letters.chars().rev().collect());
    beside
}

/// The same of what follows outwards, in that order.
fn spelled_in<'a>(outwards: impl Iterator<Item = &'a Glyph>, widest: usize) -> Beside<'static> {
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
        if gap == widest {
            break;
        }
        gap += 1;
    }
    beside.spelled = Some(letters);
    beside
}

/// What stands between the letters of a word that is spelled out.
#[derive(Clone, Copy, Default)]
pub struct Gaps {
    /// The most characters between two of them.
    pub widest: usize,
    /// The one that stands between all of them, if it is no space.
    mark: Option<char>,
}

impl Gaps {
    /// Those between the first `letters` of some glyphs.
    pub fn of<'g>(glyphs: impl Iterator<Item = &'g Glyph>, mut letters: usize) -> Self {
        let (mut gap, mut widest, mut mark, mut is_one) = (0, 0, None, true);
        for glyph in glyphs {
            if is_solid(glyph) {
                letters = letters.saturating_sub(1);
                gap = 0;
            } else {
                gap += 1;
                widest = widest.max(gap);
                is_one &= glyph.kind != Kind::Space && *mark.get_or_insert(glyph.ch) == glyph.ch;
            }
            if letters == 0 {
                break;
            }
        }
        Self { widest, mark: mark.filter(|_| is_one) }
    }

    /// Whether glyphs beside it, read outwards, are a word that is spelled in the same way: `b.u.y f.o.o.d`. Where the marks are
    /// others, a space may be one of them.
    pub fn are_of_another_word<'g>(self, mut outwards: impl Iterator<Item = &'g Glyph>) -> bool {
        let Some(mark) = self.mark else { return false };
        if outwards.next().is_none_or(|glyph| glyph.kind != Kind::Space) {
            return false;
        }
        let mut is_marked = false;
        outwards.filter(|glyph| !is_solid(glyph) && glyph.kind != Kind::Space).all(|glyph| {
            is_marked = true;
            glyph.ch == mark
        }) && is_marked
    }
}
