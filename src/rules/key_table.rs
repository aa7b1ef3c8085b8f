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

/// The buckets of a table: as many as the upper bits of a hash can say.
const BUCKET_BITS: u32 = 13;

/// The bits of the hashes in the parts of a filter: for keys of up to three symbols, of four or five, and of six.
const SHORT_BITS: u32 = 15;
const FOUR_BITS: u32 = 14;
const SIX_BITS: u32 = 17;

/// Where the parts begin, in words of 32 bits. The first has a plane for each of four [sides](side), for leading keys and for all;
/// for all keys, of which few are looked for, those for longer ones have fewer. Then a bit for each first symbol of a key of one,
/// and for each first two of a key of two.
const FOUR: usize = 8 << (SHORT_BITS - 5);
const SIX: usize = FOUR + (6 << (FOUR_BITS - 5));
const ONE: usize = SIX + (5 << (SIX_BITS - 1 - 5));
const TWO: usize = ONE + (1 << (8 - 5));
const FILTER: usize = TWO + (1 << (10 - 5));

/// Letters of the same word stand before a place: only keys that are open to the left may begin there.
const INSIDE: u8 = 1;
/// The symbol at a place is not ASCII.
const FOREIGN: u8 = 2;

/// What a place is for a filter: [`INSIDE`] a word or not, [`FOREIGN`] or not.
#[inline]
pub const fn side(symbol: u8, inside: bool) -> u8 {
    inside as u8 * INSIDE | (symbol >> 7) * FOREIGN
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

    /// The first six of a window of eight.
    #[inline]
    const fn of(window: u64) -> Self {
        let pairs = window & 0x1f_001f_001f | window >> 3 & 0x3e0_03e0_03e0;
        Self((pairs & 0x3ff | pairs >> 6 & 0xf_fc00 | pairs >> 12 & 0x3ff0_0000) as u32)
    }

    /// The last five, and one more.
    #[inline]
    const fn then(self, symbol: u8) -> Self {
        Self(self.0 >> Self::BITS | (symbol as u32 & 31) << (Self::BITS * 5))
    }

    /// The bits in which a filter says whether a key may begin like this at a place of some [`side`]: any if `ALL`, else a leading
    /// one.
    #[inline]
    const fn bits<const ALL: bool>(self, side: u8) -> [Bit; 3] {
        // Fibonacci hashing (Knuth, The Art of Computer Programming, 6.4): the upper bits depend on all of them.
        let four = (self.0 & 0xf_ffff).wrapping_mul(0x9e37_79b1) >> (32 - FOUR_BITS);
        let six = self.0.wrapping_mul(0x9e37_79b1) >> (32 - SIX_BITS);
        let (side, inside) = ((side & 3) as u32, (side & INSIDE) as u32);
        let short = if ALL { 4 | side } else { side };
        let middle = if ALL { 4 | side >> 1 } else { side };
        [
            Bit { from: 0, number: short << SHORT_BITS | self.0 & 0x7fff },
            Bit { from: FOUR, number: middle << FOUR_BITS | four },
            Bit { from: SIX, number: if ALL { 2 << SIX_BITS | six >> 1 } else { inside << SIX_BITS | six } },
        ]
    }
}

/// A bit of a filter.
#[derive(Clone, Copy, Debug)]
struct Bit {
    /// Where its part begins.
    from: usize,
    /// Its number in it.
    number: u32,
}

impl Bit {
    /// Of the first symbol of a key of one, and of the first two of a key of two.
    #[inline]
    const fn of_short(window: u64) -> [Self; 2] {
        let two = window as u32 & 0x1f | window as u32 >> 3 & 0x3e0;
        [Self { from: ONE, number: window as u32 & 0xff }, Self { from: TWO, number: two }]
    }

    const fn word(self) -> usize {
        self.from + (self.number >> 5) as usize
    }

    /// The bit, lowest, and others.
    #[inline]
    const fn of(self, filter: &[u32; FILTER]) -> u32 {
        filter[self.word()] >> (self.number & 31)
    }
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
    /// Of each key, 12 bits of its hash and its four hints.
    pub prints: Cow<'static, [u16]>,
    /// Which keys may begin with some symbols.
    pub filter: Cow<'static, [u32]>,
}

impl KeyTable {
    /// The table of keys, in [`order`] and distinct, none of them empty, longer than [`LONGEST_KEY`] or with a byte 0, each
    /// with its needles, which follow those of the key before.
    ///
    /// # Errors
    /// If there are too many for it.
    #[allow(dead_code, reason = "the build script makes it, the library uses it")]
    pub fn new<'k>(keys: impl Iterator<Item = (&'k [u8], KeyParts)>) -> Result<Self, String> {
        let (mut counts, mut prints, mut filter) = (vec![0; 1 << BUCKET_BITS], Vec::new(), vec![0u32; FILTER]);
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
    /// word; `sides` has the [`side`] of every place.
    pub fn each_fitting(&self, symbols: &[u8], sides: &[u8], leading: bool, found: impl FnMut(KeyParts, usize, usize)) {
        if leading {
            self.search::<false>(symbols, sides, LEADING, found);
        } else {
            self.search::<true>(symbols, sides, 0, found);
        }
    }

    /// As [`KeyTable::each_fitting`]: only keys that have all of some hints, unless `ALL` are asked for.
    fn search<const ALL: bool>(
        &self,
        symbols: &[u8],
        sides: &[u8],
        asked: u8,
        mut found: impl FnMut(KeyParts, usize, usize),
    ) {
        const BLOCK: usize = 64;
        let (Some(lookup), Ok(filter)) = (self.lookup(), <&[u32; FILTER]>::try_from(&*self.filter)) else { return };
        let mut gram = Gram(Gram::new(symbols).0 << Gram::BITS);
        for block in (0..sides.len()).step_by(BLOCK) {
            let end = sides.len().min(block + BLOCK);
            let (Some(ahead), Some(here)) = (symbols.get(block + LONGEST_KEY - 1..), sides.get(block..end)) else {
                return;
            };
            let mut places = 0u64;
            for (at, (&symbol, &side)) in ahead.iter().zip(here).enumerate() {
                gram = gram.then(symbol);
                let [short, four, six] = gram.bits::<ALL>(side);
                places |= u64::from((short.of(filter) | four.of(filter) | six.of(filter)) & 1) << at;
            }
            while places != 0 {
                let start = block + places.trailing_zeros() as usize;
                places &= places - 1;
                let window = symbols.get(start..).and_then(|symbols| symbols.first_chunk());
                let (Some(&window), Some(&side)) = (window, sides.get(start)) else { return };
                let window = u64::from_le_bytes(window);
                let hints = asked | (side & INSIDE) * OPEN_LEFT;
                let may_begin = |bit: Bit| bit.of(filter) & 1 != 0;
                let mut each = |len| lookup.each(window, len, hints, |key| found(key, start, start + len));
                let [short, four, six] = Gram::of(window).bits::<ALL>(side);
                if may_begin(short) {
                    let [one, two] = Bit::of_short(window);
                    if may_begin(one) {
                        each(1);
                    }
                    if may_begin(two) {
                        each(2);
                    }
                    each(3);
                }
                if may_begin(four) {
                    each(4);
                    each(5);
                }
                if may_begin(six) {
                    each(LONGEST_KEY);
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
        let [first, end] = [0, 1].map(|next| usize::from(self.buckets[bucket(hash) + next]));
        let (wanted, mask) = (print(hash, hints), 0xfff0 | u16::from(hints));
        let mut prints = self.prints.get(first..end).unwrap_or_default().iter();
        // What fits is looked for in a loop of its own, which is short.
        while prints.any(|&print| (print ^ wanted) & mask == 0) {
            let number = end - prints.len() - 1;
            let (Some(&[first, next]), Some(&print)) =
                (self.firsts.get(number..).and_then(|firsts| firsts.first_chunk()), self.prints.get(number))
            else {
                return;
            };
            let (first, next) = (usize::from(first), usize::from(next));
            found(KeyParts { first, count: next - first, hints: (print & 15) as u8 });
        }
    }
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
fn put(filter: &mut [u32], key: &[u8], hints: u8) {
    put_for::<true>(filter, key, hints);
    if hints & LEADING != 0 {
        put_for::<false>(filter, key, hints);
    }
}

/// The same, as one of all keys or of the leading ones.
fn put_for<const ALL: bool>(filter: &mut [u32], key: &[u8], hints: u8) {
    let mut mark = |bit: Bit| filter[bit.word()] |= 1 << (bit.number & 31);
    let start = key.first().map_or(0, |&symbol| side(symbol, false));
    let inside = if hints & OPEN_LEFT == 0 { start } else { start | INSIDE };
    let [one, two] = Bit::of_short(key.iter().take(2).rev().fold(0, |window, &symbol| window << 8 | u64::from(symbol)));
    for side in [start, inside] {
        let mut part = |key: &[u8], part: usize| mark(Gram::new(key).bits::<ALL>(side)[part]);
        match *key {
            // Whatever follows a short key.
            [a] => (0..32).for_each(|b| (0..32).for_each(|c| part(&[a, b, c], 0))),
            [a, b] => (0..32).for_each(|c| part(&[a, b, c], 0)),
            [_, _, _] => part(key, 0),
            [_, _, _, _] | [_, _, _, _, _] => part(key, 1),
            _ => part(key, 2),
        }
    }
    match *key {
        [_] => mark(one),
        [_, _] => mark(two),
        _ => {}
    }
}
