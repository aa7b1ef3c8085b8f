//! Finds the keys of the built-in rules: a table of hashes that the build script makes and the binary uses as it lies.
//!
//! As Karp and Rabin do it ("Efficient randomized pattern-matching algorithms", 1987), but that a key is so short that its
//! symbols fit a register. A filter says of most places that no key begins there; it is asked of all of them, without a branch
//! on the text.

use super::needle::{KeyParts, LEADING, OPEN_LEFT};
use std::borrow::Cow;

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

/// The buckets of a table: as many as the upper bits of a hash can say.
const BUCKET_BITS: u32 = 13;

/// How many prints of keys are looked at at once: those that fit two registers.
const LANES: usize = 8;

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
const FILTER: usize = EXACT + (3 << (EXACT_BITS - 6));

/// From which bit on the description of a place says how it is: [`INSIDE`] a word or not, [`foreign`] or not.
const SIDE: u32 = 28;

/// Letters of the same word stand before a place: only keys that are open to the left may begin there.
pub const INSIDE: u32 = 1 << SIDE;

/// What of a place's description its symbol says: whether it is not ASCII.
#[inline]
pub const fn foreign(symbol: u8) -> u32 {
    (symbol as u32 & 0x80) << (SIDE + 1 - 7)
}

/// Six symbols in a row, five bits of each, the first lowest: letters of one alphabet differ in them.
#[derive(Clone, Copy, Debug)]
struct Gram(u32);

impl Gram {
    const BITS: u32 = 5;

    fn new(symbols: &[u8]) -> Self {
        let six = symbols.iter().copied().chain(std::iter::repeat(0)).take(LONGEST_KEY);
        six.fold(Self(0), Self::then)
    }

    /// The last five, and one more.
    #[inline]
    const fn then(self, symbol: u8) -> Self {
        Self(self.0 >> Self::BITS | (symbol as u32 & 31) << (Self::BITS * 5))
    }

    /// Where a filter says whether a key may begin like this at a `place`: any if `ALL`, else a leading one.
    #[inline]
    const fn asks<const ALL: bool>(self, place: u32) -> Asks {
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
struct Asks {
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
    const fn answers(self, filter: &[u64; FILTER]) -> [u64; 3] {
        let block = filter[self.block];
        [bit(filter, self.short), self.four.of(block), self.six.of(block)]
    }
}

/// How many symbols keys of up to three may have that begin where `window` stands: a bit for each number.
#[inline]
fn short_lengths(filter: &[u64; FILTER], window: u64) -> u64 {
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
const fn hash(window: u64, symbols: usize) -> u64 {
    let first = window & (u64::MAX >> (64 - 8 * symbols));
    (first | (symbols as u64) << 56).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// The order in which keys are numbered.
pub fn order(key: &[u8]) -> u64 {
    hash(key.iter().rev().fold(0, |window, &symbol| window << 8 | u64::from(symbol)), key.len())
}

/// The table of some keys, which are numbered in their [`order`].
#[derive(Clone, Debug, Default)]
pub struct KeyTable {
    /// The number of the first key of each bucket, and how many there are.
    pub buckets: Cow<'static, [u16]>,
    /// The number of the first needle of each key, and how many needles there are.
    pub firsts: Cow<'static, [u16]>,
    /// Of each key, 12 bits of its hash and its four hints; and [`LANES`] more that are none.
    pub prints: Cow<'static, [u16]>,
    /// Which keys may begin with some symbols.
    pub filter: Cow<'static, [u64]>,
}

impl KeyTable {
    /// The table of keys, in [`order`] and distinct, none of them empty, of a length that [`key_len`] does not have, or with a
    /// byte 0, each with its needles, which follow those of the key before.
    ///
    /// # Errors
    /// If there are too many for it.
    #[allow(dead_code, reason = "the build script makes it, the library uses it")]
    pub fn new<'k>(keys: impl Iterator<Item = (&'k [u8], KeyParts)>) -> Result<Self, String> {
        let (mut counts, mut prints, mut filter) = (vec![0; 1 << BUCKET_BITS], Vec::new(), vec![0u64; FILTER]);
        let short =
            |number: usize| u16::try_from(number).map_err(|_| format!("{number} are too many for the stored table"));
        let (mut firsts, mut needles) = (Vec::new(), 0);
        for (key, KeyParts { first, count, hints }) in keys {
            firsts.push(short(first)?);
            needles = first + count;
            let hash = order(key);
            counts[bucket(hash)] += 1;
            prints.push(print(hash, hints));
            put(&mut filter, key, hints);
        }
        firsts.push(short(needles)?);
        prints.extend([0; LANES]);
        let (mut buckets, mut total) = (vec![0u16], 0);
        for count in counts {
            total += count;
            buckets.push(short(total)?);
        }
        Ok(Self { buckets: buckets.into(), firsts: firsts.into(), prints: prints.into(), filter: filter.into() })
    }

    /// Calls `found(key, start, end)` for every key in `symbols`, which [`PADDING`] follows, in the order of their starts,
    /// shorter ones first.
    pub fn each(&self, symbols: &[u8], mut found: impl FnMut(KeyParts, usize, usize)) {
        let Some(lookup) = self.lookup() else { return };
        for (start, window) in symbols.windows(PADDING + 1).enumerate() {
            let Some(&window) = window.first_chunk() else { return };
            let window = u64::from_le_bytes(window);
            (1..=LONGEST_KEY).for_each(|len| lookup.each(window, len, 0, |key| found(key, start, start + len)));
        }
    }

    /// The same but for keys that are not leading, if `leading`, and for those that are not open to the left at places inside a
    /// word; `places` describes every place: whether it is [`INSIDE`] a word, and how its symbol is [`foreign`].
    pub fn each_fitting(
        &self,
        symbols: &[u8],
        places: &[u32],
        leading: bool,
        found: impl FnMut(KeyParts, usize, usize),
    ) {
        if leading {
            self.search::<false>(symbols, places, LEADING, found);
        } else {
            self.search::<true>(symbols, places, 0, found);
        }
    }

    /// As [`KeyTable::each_fitting`]: only keys that have all of some hints, unless `ALL` are asked for.
    fn search<const ALL: bool>(
        &self,
        symbols: &[u8],
        places: &[u32],
        asked: u8,
        mut found: impl FnMut(KeyParts, usize, usize),
    ) {
        const BLOCK: usize = 64;
        let (Some(lookup), Ok(filter)) = (self.lookup(), <&[u64; FILTER]>::try_from(&*self.filter)) else { return };
        let mut gram = Gram(Gram::new(symbols).0 << Gram::BITS);
        for block in (0..places.len()).step_by(BLOCK) {
            let end = places.len().min(block + BLOCK);
            let (Some(ahead), Some(here)) = (symbols.get(block + LONGEST_KEY - 1..), places.get(block..end)) else {
                return;
            };
            let mut answers = [0u64; 3];
            for (&symbol, &place) in ahead.iter().zip(here) {
                gram = gram.then(symbol);
                let answer = gram.asks::<ALL>(place).answers(filter);
                answers.iter_mut().zip(answer).for_each(|(all, answer)| *all = *all >> 1 | answer << (BLOCK - 1));
            }
            let [short, four, six] = answers.map(|all| all >> (BLOCK - here.len()));
            let mut begins = short | four | six;
            while begins != 0 {
                let at = begins.trailing_zeros();
                let start = block + at as usize;
                begins &= begins - 1;
                let window = symbols.get(start..).and_then(|symbols| symbols.first_chunk());
                let (Some(&window), Some(&place)) = (window, places.get(start)) else { return };
                let window = u64::from_le_bytes(window);
                let hints = if place & INSIDE == 0 { asked } else { asked | OPEN_LEFT };
                let shorts = if short >> at & 1 == 0 { 0 } else { short_lengths(filter, window) };
                let mut lengths = (shorts | (four >> at & 1) << 4 | (six >> at & 1) << LONGEST_KEY) as u32;
                while lengths != 0 {
                    let len = lengths.trailing_zeros() as usize;
                    lengths &= lengths - 1;
                    lookup.each(window, len, hints, |key| found(key, start, start + len));
                }
            }
        }
    }

    fn lookup(&self) -> Option<Lookup<'_>> {
        Some(Lookup { buckets: (&*self.buckets).try_into().ok()?, firsts: &self.firsts, prints: &self.prints })
    }
}

/// The number of buckets, and one.
const ENDS: usize = (1 << BUCKET_BITS) + 1;

/// A [`KeyTable`] without its filter.
struct Lookup<'t> {
    buckets: &'t [u16; ENDS],
    firsts: &'t [u16],
    prints: &'t [u16],
}

impl Lookup<'_> {
    /// Calls `found(key)` for the key of `len` symbols that a window begins with, if it has all of some `hints`; seldom for
    /// others too.
    #[inline]
    fn each(&self, window: u64, len: usize, hints: u8, mut found: impl FnMut(KeyParts)) {
        let hash = hash(window, len);
        let [mut first, end] = [0, 1].map(|next| usize::from(self.buckets[bucket(hash) + next]));
        // Nearly always once.
        while first < end {
            let Some(prints) = self.prints.get(first..).and_then(|prints| prints.first_chunk()) else { return };
            let mut fitting = fitting(*prints, print(hash, hints), 0xfff0 | u16::from(hints));
            while fitting != 0 {
                let lane = fitting.trailing_zeros();
                let number = first + (lane / 16 + lane % 16 * 4) as usize;
                fitting &= fitting - 1;
                let key = (self.firsts.get(number..).and_then(|firsts| firsts.first_chunk()), self.prints.get(number));
                let (Some(&[first, next]), Some(&print)) = key else { return };
                // Those of the next buckets do not count.
                if number < end {
                    let (first, next) = (usize::from(first), usize::from(next));
                    found(KeyParts { first, count: next - first, hints: (print & 15) as u8 });
                }
            }
            first += LANES;
        }
    }
}

/// Which prints have the bits of `wanted` where `mask` has some. Of 16 bits each, the lowest is of one of the first four, the next of
/// one of the last four.
#[inline]
fn fitting(prints: [u16; LANES], wanted: u16, mask: u16) -> u64 {
    const LOWEST: u64 = 0x0001_0001_0001_0001;
    const REST: u64 = 0x7fff * LOWEST;
    let (wanted, mask) = (u64::from(wanted) * LOWEST, u64::from(mask) * LOWEST);
    let [first, last] = [[0, 1, 2, 3], [4, 5, 6, 7]].map(|four| {
        let four = four.iter().rev().fold(0, |all, &at| all << u16::BITS | u64::from(prints[at]));
        let other = (four ^ wanted) & mask;
        // What is not 0 below the highest bit carries into that, and no farther.
        !((other & REST) + REST | other | REST)
    });
    first >> 15 | last >> 14
}

#[inline]
const fn bucket(hash: u64) -> usize {
    (hash >> (64 - BUCKET_BITS)) as usize
}

#[inline]
const fn print(hash: u64, hints: u8) -> u16 {
    (hash >> 32) as u16 & 0xfff0 | hints as u16 & 15
}

/// Puts a key into a filter.
fn put(filter: &mut [u64], key: &[u8], hints: u8) {
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
