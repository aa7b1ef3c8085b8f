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

/// The bits of three symbols, of which a filter knows whether a key of up to three begins with them.
const SHORT_BITS: u32 = 15;
/// The bits of a hash of four symbols that say in which block the filter has the keys of four and of six that begin with them.
const BLOCK_BITS: u32 = 11;
/// The bits of a hash of a key of up to three symbols, of which a filter knows whether there is one.
const EXACT_BITS: u32 = 13;

/// Where the parts of a filter begin, in words. First planes of bits: of places that are not [`INSIDE`] and that are, for symbols of
/// ASCII and for [`foreign`] ones, and two more for all keys at places not inside. Inside a word few keys fit, leading or not. Then
/// planes of blocks, of one word each: of places not inside and inside, and for all keys at places not inside. Then planes for keys of
/// one symbol, of two and of three, with a bit for the hash of each.
const BLOCKS: usize = 6 << (SHORT_BITS - 6);
const EXACT: usize = BLOCKS + (3 << BLOCK_BITS);
pub(super) const FILTER: usize = EXACT + (3 << (EXACT_BITS - 6));

/// From which bit on the description of a place says how it is: [`INSIDE`] a word or not, [`foreign`] or not.
pub(super) const SIDE: u32 = 28;

/// Letters of the same word stand before a place: only keys that are open to the left may begin there.
pub const INSIDE: u32 = 1 << SIDE;

/// What of a place's description its symbol says: whether it is not ASCII.
#[inline]
pub const fn foreign(symbol: u8) -> u32 {
    (symbol as u32 & 0x80) << (SIDE + 1 - 7)
}

/// Six symbols in a row, five bits of each, the first lowest: letters of one alphabet differ in them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Gram(u32);

impl Gram {
    const BITS: u32 = 5;

    fn new(symbols: &[u8]) -> Self {
        let six = symbols.iter().copied().chain(std::iter::repeat(0)).take(LONGEST_KEY);
        six.fold(Self(0), Self::then)
    }

    /// Before any symbol of a text but its first five: what [`Gram::then`] takes the sixth to.
    pub fn before(symbols: &[u8]) -> Self {
        Self(Self::new(symbols).0 << Self::BITS)
    }

    /// The last five, and one more.
    #[inline]
    pub const fn then(self, symbol: u8) -> Self {
        Self(self.0 >> Self::BITS | (symbol as u32 & 31) << (Self::BITS * 5))
    }

    /// Where a filter says whether a key may begin like this at a `place`: any if `ALL`, else a leading one.
    #[inline]
    pub const fn asks<const ALL: bool>(self, place: u32) -> Asks {
        let (four, six) = (mixed(self.0 & 0xf_ffff), mixed(self.0));
        let (side, inside) = ((place >> SIDE & 3) as usize, (place >> SIDE & 1) as usize);
        let plane = if ALL && inside == 0 { 4 | side >> 1 } else { side };
        let part = if ALL { 2 - inside } else { inside };
        let short = plane << SHORT_BITS | self.0 as usize & 0x7fff;
        let block = BLOCKS + (part << BLOCK_BITS | (four >> (32 - BLOCK_BITS)) as usize);
        Asks { short, block, four: Bits(four << BLOCK_BITS), six: Bits(six) }
    }
}

/// Fibonacci hashing (Knuth, The Art of Computer Programming, 6.4): the upper bits depend on all of the symbols.
#[inline]
const fn mixed(symbols: u32) -> u32 {
    symbols.wrapping_mul(0x9e37_79b1)
}

/// What a place asks a filter.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asks {
    /// The bit for keys of up to three symbols.
    short: usize,
    /// The word that has those for keys of four and of six.
    block: usize,
    four: Bits,
    six: Bits,
}

/// Two bits of a word, as in the filters of Bloom ("Space/time trade-offs in hash coding with allowable errors", 1970): a key has
/// both. They are the upper bits of a hash.
#[derive(Clone, Copy, Debug)]
struct Bits(u32);

impl Bits {
    /// Whether the lowest bit of the answer is set: whether `word` has both.
    #[inline]
    const fn of(self, word: u64) -> u64 {
        word >> (self.0 >> 26) & word >> (self.0 >> 20 & 63)
    }

    const fn both(self) -> u64 {
        1 << (self.0 >> 26) | 1 << (self.0 >> 20 & 63)
    }
}

impl Asks {
    /// Whether the lowest bits of the answers are set: whether keys of up to three symbols, of four and of six may begin here.
    #[inline]
    pub const fn answers(self, filter: &[u64; FILTER]) -> [u64; 3] {
        let block = filter[self.block];
        [bit(filter, self.short), self.four.of(block), self.six.of(block)]
    }
}

/// How many symbols keys of up to three may have that begin where `window` stands: a bit for each number.
#[inline]
pub(super) fn short_lengths(filter: &[u64; FILTER], window: u64) -> u64 {
    (1..=3).fold(0, |lengths, len| lengths | (bit(filter, exact(hash(window, len), len)) & 1) << len)
}

/// Where a filter has the bit of a key of up to three symbols.
#[inline]
const fn exact(hash: u64, symbols: usize) -> usize {
    EXACT * 64 + ((symbols - 1) << EXACT_BITS) + (hash >> (64 - EXACT_BITS)) as usize
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
    let mut mark = |number: usize| filter[number >> 6] |= 1 << (number & 63);
    let start = key.first().map_or(0, |&symbol| foreign(symbol));
    let inside = if hints & OPEN_LEFT == 0 { start } else { start | INSIDE };
    for place in [start, inside] {
        let mut short = |key: &[u8]| mark(Gram::new(key).asks::<ALL>(place).short);
        match *key {
            // Whatever follows a short key.
            [a] => (0..32).for_each(|b| (0..32).for_each(|c| short(&[a, b, c]))),
            [a, b] => (0..32).for_each(|c| short(&[a, b, c])),
            [_, _, _] => short(key),
            _ => {}
        }
    }
    if key.len() <= 3 {
        mark(exact(order(key), key.len()));
    }
    for asks in [start, inside].map(|place| Gram::new(key).asks::<ALL>(place)) {
        match key.len() {
            4 => filter[asks.block] |= asks.four.both(),
            LONGEST_KEY => filter[asks.block] |= asks.six.both(),
            _ => {}
        }
    }
}
