//! Hangul spelled letter by letter, put together again: `ㅂㅏㅂㅗ` is 바보.

use crate::text::{Glyph, Kind};
use std::ops::RangeInclusive;

const FIRST_SYLLABLE: u32 = 0xac00;
const FIRST_LEAD: u32 = 0x1100;
const LEADS: u32 = 19;
/// The vowels that stand for themselves, as folded: what a spelled syllable can not do without.
pub const VOWELS: RangeInclusive<char> = '\u{1161}'..='\u{1175}';
const FIRST_VOWEL: u32 = *VOWELS.start() as u32;
const VOWEL_COUNT: u32 = *VOWELS.end() as u32 - FIRST_VOWEL + 1;
/// The code point before the first tail: a syllable without a tail counts as number 0.
const NO_TAIL: u32 = 0x11a7;
const TAILS: u32 = 28;

/// The number of the tail that is written like each of the leads; 0 for none.
const TAIL_OF_LEAD: [u32; LEADS as usize] = [1, 2, 4, 7, 0, 8, 16, 17, 0, 19, 20, 21, 22, 0, 23, 24, 25, 26, 27];

/// Appends a run of Hangul with its letters put together, if there is anything to put together.
pub fn composed(run: &[Glyph], out: &mut Vec<Glyph>) {
    if !run.windows(2).any(|pair| lead(&pair[0]).is_some() && VOWELS.contains(&pair[1].ch)) {
        return;
    }
    let mut at = 0;
    while at < run.len() {
        let (ch, len) = syllable(&run[at..]).unwrap_or((run[at].ch, 1));
        let whole = run[at].at(run[at].start, run[at + len - 1].end);
        out.push(whole.read_as(ch, whole.kind, whole.dress));
        at += len;
    }
    out.push(super::reading::space(&run[run.len() - 1]));
}

/// The syllable that the letters at the beginning of `run` make, and how many they are.
fn syllable(run: &[Glyph]) -> Option<(char, usize)> {
    let (open, mut len) = match open_syllable(run[0].ch) {
        Some(open) => (open, 1),
        None => {
            let vowel = run.get(1).filter(|glyph| VOWELS.contains(&glyph.ch))?.ch as u32 - FIRST_VOWEL;
            (FIRST_SYLLABLE + (lead(&run[0])? * VOWEL_COUNT + vowel) * TAILS, 2)
        }
    };
    // A consonant before a vowel begins the next syllable.
    let begins_next = run.get(len + 1).is_some_and(|glyph| VOWELS.contains(&glyph.ch));
    let tail = run.get(len).and_then(tail).filter(|_| !begins_next).unwrap_or(0);
    len += usize::from(tail > 0);
    (len > 1).then(|| char::from_u32(open + tail).map(|ch| (ch, len)))?
}

/// The number of a syllable that has no tail yet.
fn open_syllable(ch: char) -> Option<u32> {
    let number = (ch as u32).checked_sub(FIRST_SYLLABLE).filter(|number| *number < LEADS * VOWEL_COUNT * TAILS)?;
    number.is_multiple_of(TAILS).then_some(ch as u32)
}

/// The number of a lead that stands for itself.
fn lead(glyph: &Glyph) -> Option<u32> {
    (glyph.ch as u32).checked_sub(FIRST_LEAD).filter(|number| glyph.kind == Kind::Letter && *number < LEADS)
}

/// The number of a tail, written as one or as the lead that looks like it.
fn tail(glyph: &Glyph) -> Option<u32> {
    let own = (glyph.ch as u32).checked_sub(NO_TAIL).filter(|number| (1..TAILS).contains(number));
    own.or_else(|| lead(glyph).map(|lead| TAIL_OF_LEAD[lead as usize]).filter(|tail| *tail > 0))
}

/// Whether a glyph is a syllable of Hangul or a letter of it.
pub const fn is_hangul(ch: char) -> bool {
    matches!(ch, '\u{1100}'..='\u{11ff}' | '\u{ac00}'..='\u{d7a3}')
}
