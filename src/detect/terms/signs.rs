//! What the coarse reading keeps of each glyph: a symbol, if it is a letter under any reading, and what stands beside it.

use crate::rules::INSIDE;
use crate::text::{Glyph, ascii};

/// No symbol.
const NONE: u32 = 1 << 8;

/// The bits of a place that are the number of a glyph: texts of more bytes are not reviewed.
pub const GLYPH: u32 = (1 << 27) - 1;
/// Several glyphs are in the run of this symbol.
pub const DOUBLED: u32 = 1 << 27;
/// A letter that an English ending begins with stands after the run before this symbol.
pub const ENDING: u32 = 1 << 30;
/// Other letters of the same word stand after the run before this symbol.
pub const RIGHT: u32 = 1 << 31;

/// Fills `symbols` and `places`, which have room for the `signs`; returns the number of symbols. Whether a sign is a letter can not be
/// foreseen, so no branch depends on it: what a letter is not is written over by the next one. That letters are doubled is seldom.
#[inline(never)]
pub fn fill(signs: impl ExactSizeIterator<Item = (Sign, u32)>, symbols: &mut [u8], places: &mut [u32]) -> usize {
    let len = signs.len();
    if symbols.len() != len || places.len() != len {
        return 0;
    }
    let (mut count, mut before, mut last, mut at) = (0usize, 0, NONE, 0);
    for ((sign, foreign), number) in signs.zip(0..len) {
        // There are no more symbols than glyphs, which a compiler does not know.
        let next = count.min(number);
        let (Some(known), Some(place)) = (symbols.get_mut(next), places.get_mut(next)) else { break };
        (*known, *place) = (sign.symbol as u8, at | foreign | beside(before | sign.traits));
        let was = before;
        before = sign.before;
        if sign.symbol == last {
            // After a gap ("cheap primes"), or after a sign that is read as the same letter ("tutti|in").
            let apart = was & Sign::BEFORE_LETTER == 0;
            before |= if apart { GOES_ON } else { was & GOES_ON };
            if let Some(place) = places.get_mut(count - 1) {
                *place |= DOUBLED;
                // In the next word, nothing stands before it, and what follows there does not follow the first one.
                *place &= if apart { !INSIDE } else { u32::MAX };
            }
        } else {
            let is_one = sign.symbol != 0;
            count += usize::from(is_one);
            last = if is_one { sign.symbol } else { last };
        }
        at += 1;
    }
    count
}

/// What is read of a glyph.
#[derive(Clone, Copy)]
pub struct Sign {
    /// See [`Glyph::symbol`].
    symbol: u32,
    /// The traits that what stands before it asks for.
    traits: u32,
    /// Those that what stands after it asks for, in the upper four bits.
    before: u32,
}

impl Sign {
    /// A letter, for what stands after it.
    const BEFORE_LETTER: u32 = (Glyph::LETTER as u32) << 4;

    /// That of a glyph.
    #[inline]
    pub const fn of(glyph: Glyph) -> Self {
        let traits = glyph.traits() as u32;
        Self { symbol: glyph.symbol() as u32, traits: traits & 15, before: traits << 4 & 0x70 }
    }

    /// That of printable ASCII.
    #[inline]
    pub fn ascii(byte: u8) -> Self {
        let Tables { symbols, traits, before, .. } = &TABLES;
        let at = usize::from(byte);
        Self { symbol: symbols[at].into(), traits: traits[at].into(), before: before[at].into() }
    }
}

/// Beside [`Sign::before`], a bit higher: its run began in the word before.
const GOES_ON: u32 = 0x80;

/// What two glyphs in a row are to each other, of which the second begins a run: by [`Sign::before`] and [`GOES_ON`] of one and
/// [`Sign::traits`] of the other.
#[inline]
fn beside(both: u32) -> u32 {
    TABLES.beside[(both & 0xff) as usize]
}

/// What is looked up of every glyph, side by side.
struct Tables {
    /// See [`beside`].
    beside: [u32; 256],
    /// The [signs](Sign) of ASCII.
    symbols: [u8; 256],
    traits: [u8; 256],
    before: [u8; 256],
}

static TABLES: Tables = {
    let mut tables = Tables { beside: [0; 256], symbols: [0; 256], traits: [0; 256], before: [0; 256] };
    let mut at = 0;
    while at < 256 {
        tables.beside[at] = beside_of(at as u8 >> 4, at as u8 & 15);
        if at < 128 {
            let Sign { symbol, traits, before } = Sign::of(ascii(at as u8));
            (tables.symbols[at], tables.traits[at], tables.before[at]) = (symbol as u8, traits as u8, before as u8);
        }
        at += 1;
    }
    tables
};

/// [`beside`], by the traits of both and [`GOES_ON`].
const fn beside_of(before: u8, traits: u8) -> u32 {
    let spaced = before & Glyph::LETTER != 0 && traits & Glyph::UNSPACED == 0;
    let title = traits & Glyph::UPPER != 0 && before & Glyph::UPPER == 0;
    let follows = match traits & (Glyph::LETTER | Glyph::ENDS | Glyph::UPPER) {
        _ if before as u32 & GOES_ON >> 4 != 0 => 0,
        Glyph::LETTER => RIGHT,
        ENDS => ENDING,
        _ => 0,
    };
    if spaced { follows | if title { 0 } else { INSIDE } } else { 0 }
}

/// A small letter that an ending begins with.
const ENDS: u8 = Glyph::LETTER | Glyph::ENDS;
