//! Says of most places of a text that no key of the built-in rules begins there. It is asked of all places, without a branch on the
//! text.

use super::needle::{LEADING, OPEN_LEFT};

/// The most symbols of a key.
pub const LONGEST_KEY: usize = 6;

/// What follows the symbols that are searched: zeros, so that eight can be read at every place.
pub const PADDING: usize = 7;

/// How many symbols the key of a needle of so many has: keys of five would be one more length to look for, and are few.
pub const fn key_len(symbols: usize) -> usize {
    match symbols {
        ..=4 => symbols,
        5 => 4,
        _ => LONGEST_KEY,
    }
}

/// The bits of a hash of four symbols, of which a filter knows whether a key of four or more begins with them.
const LONG_BITS: u32 = 16;
/// The bits of three symbols, of which a filter knows whether a key of up to three begins with them.
const SHORT_BITS: u32 = 15;

/// The planes of bits of a filter, for long keys and as many for short ones: of places that are not [`INSIDE`] a word and that are, for
/// symbols of ASCII and for [`foreign`] ones, and two more for all keys at places not inside. Inside a word few keys fit, leading or
/// not.
const PLANES: usize = 6;

/// Where the parts of a filter begin and end, in words.
const SHORT: usize = PLANES << (LONG_BITS - 6);
pub(super) const FILTER: usize = SHORT + (PLANES << (SHORT_BITS - 6));

/// From which bit on the description of a place says how it is: [`INSIDE`] a word or not, [`foreign`] or not.
pub(super) const SIDE: u32 = 28;

/// Letters of the same word stand before a place: only keys that are open to the left may begin there.
pub const INSIDE: u32 = 1 << SIDE;

/// What of a place's description its symbol says: whether it is not ASCII.
#[inline]
pub const fn foreign(symbol: u8) -> u32 {
    (symbol as u32 & 0x80) << (SIDE + 1 - 7)
}

/// Four symbols in a row, five bits of each, the first lowest: letters of one alphabet differ in them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Gram(u32);

impl Gram {
    const SYMBOLS: usize = 4;
    const BITS: u32 = 5;

    fn new(symbols: &[u8]) -> Self {
        let four = symbols.iter().copied().chain(std::iter::repeat(0)).take(Self::SYMBOLS);
        four.fold(Self(0), Self::then)
    }

    /// Before any symbol of a text but its first three: what [`Gram::then`] takes the fourth to.
    pub fn before(symbols: &[u8]) -> Self {
        Self(Self::new(symbols).0 << Self::BITS)
    }

    /// The last three, and one more.
    #[inline]
    pub const fn then(self, symbol: u8) -> Self {
        Self(self.0 >> Self::BITS | (symbol as u32 & 31) << (Self::BITS * 3))
    }

    /// Whether the lowest bits of the answers are set: whether keys of up to three symbols, and longer ones, may begin like this at a
    /// `place`: any if `ALL`, else leading ones.
    #[inline]
    pub const fn answers<const ALL: bool>(self, place: u32, filter: &[u64; FILTER]) -> [u64; 2] {
        [bit(filter, self.short::<ALL>(place)), bit(filter, self.long::<ALL>(place))]
    }

    /// The bit for keys of up to three symbols.
    #[inline]
    const fn short<const ALL: bool>(self, place: u32) -> usize {
        SHORT * 64 + (plane::<ALL>(place) << SHORT_BITS | self.0 as usize & 0x7fff)
    }

    /// The bit for longer ones, by Fibonacci hashing (Knuth, The Art of Computer Programming, 6.4): the upper bits depend on all of
    /// the symbols.
    #[inline]
    const fn long<const ALL: bool>(self, place: u32) -> usize {
        plane::<ALL>(place) << LONG_BITS | (self.0.wrapping_mul(0x9e37_79b1) >> (32 - LONG_BITS)) as usize
    }
}

/// Which planes a `place` asks.
#[inline]
const fn plane<const ALL: bool>(place: u32) -> usize {
    let side = (place >> SIDE & 3) as usize;
    if ALL && side & 1 == 0 { 4 | side >> 1 } else { side }
}

/// The bit with a number, lowest, and others.
#[inline]
const fn bit(filter: &[u64; FILTER], number: usize) -> u64 {
    filter[number >> 6] >> (number & 63)
}

/// The hash of the first symbols of a `window` of eight, of which the first is the lowest byte. Different ones have different
/// hashes: the multiplier is odd.
#[inline]
pub(super) const fn hash(window: u64, symbols: usize) -> u64 {
    let first = window & (u64::MAX >> (64 - 8 * symbols));
    (first | (symbols as u64) << 56).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// The order in which keys are numbered.
pub fn order(key: &[u8]) -> u64 {
    hash(key.iter().rev().fold(0, |window, &symbol| window << 8 | u64::from(symbol)), key.len())
}

/// Puts a key into a filter.
pub(super) fn put(filter: &mut [u64], key: &[u8], hints: u8) {
    put_for::<true>(filter, key, hints);
    if hints & LEADING != 0 {
        put_for::<false>(filter, key, hints);
    }
}

/// The same, as one of all keys or of the leading ones.
fn put_for<const ALL: bool>(filter: &mut [u64], key: &[u8], hints: u8) {
    let start = key.first().map_or(0, |&symbol| foreign(symbol));
    let inside = if hints & OPEN_LEFT == 0 { start } else { start | INSIDE };
    let mut mark = |number: usize| filter[number >> 6] |= 1 << (number & 63);
    for place in [start, inside] {
        let mut short = |key: &[u8]| mark(Gram::new(key).short::<ALL>(place));
        match *key {
            // Whatever follows a short key.
            [a] => (0..32).for_each(|b| (0..32).for_each(|c| short(&[a, b, c]))),
            [a, b] => (0..32).for_each(|c| short(&[a, b, c])),
            [_, _, _] => short(key),
            _ => mark(Gram::new(key).long::<ALL>(place)),
        }
    }
}
