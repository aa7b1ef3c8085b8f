//! Finds the keys of the built-in rules: a table of hashes that the build script makes and the binary uses as it lies.
//!
//! As Karp and Rabin do it ("Efficient randomized pattern-matching algorithms", 1987), but that a key is so short that its
//! symbols fit a register. What the filter lets through is looked up, several places at once.

use super::key_filter::{FILTER, Gram, LONGEST_KEY, PADDING, SIDE, hash, order, put};
use super::moves::{bucket, by_move, moves, slots_for};
use super::needle::{KeyParts, LEADING, OPEN_LEFT};
use super::present::Present;
use std::borrow::Cow;
use std::ops::Range;

/// The buckets of a table, whose keys share a move: as many as the upper bits of a hash can say.
const BUCKET_BITS: u32 = 13;

/// The most keys that can begin at a place, one of each length.
const MOST_AT_A_PLACE: usize = 5;

/// A slot without a key.
const EMPTY: u16 = u16::MAX;

/// The table of some keys. Each has a slot of its own, by its hash and by what its bucket is [moved](moves) by.
#[derive(Clone, Debug, Default)]
pub struct KeyTable {
    /// By what the keys of each bucket are moved.
    pub moves: Cow<'static, [u16]>,
    /// The number of the first needle of the key in each slot, or `EMPTY`.
    pub firsts: Cow<'static, [u16]>,
    /// Of the key in each slot, the upper 12 bits of its hash and its four hints.
    pub prints: Cow<'static, [u16]>,
    /// Which keys may begin with some symbols.
    pub filter: Cow<'static, [u64]>,
}

impl KeyTable {
    /// The table of distinct keys, none of them empty, of a length that [`super::key_len`] does not have, or with a byte 0.
    ///
    /// # Errors
    /// If there are too many for it.
    #[allow(dead_code, reason = "the build script makes it, the library uses it")]
    pub fn new<'k>(keys: impl Iterator<Item = (&'k [u8], KeyParts)>) -> Result<Self, String> {
        let (mut hashes, mut parts, mut filter) = (Vec::new(), Vec::new(), vec![0u64; FILTER]);
        for (key, of_key) in keys {
            put(&mut filter, key, of_key.hints);
            hashes.push(order(key));
            parts.push(of_key);
        }
        let moves = moves(&hashes, BUCKET_BITS);
        let moves = moves.ok_or_else(|| format!("{} keys are too many for a table", hashes.len()))?;
        let slots = slots_for(hashes.len());
        let (mut firsts, mut prints) = (vec![EMPTY; slots], vec![0; slots]);
        for (&hash, of_key) in hashes.iter().zip(parts) {
            let slot = by_move(hash, moves[bucket(hash, BUCKET_BITS)]).within(slots);
            let first = u16::try_from(of_key.first);
            firsts[slot] = first.map_err(|_| "too many needles for the stored table".to_owned())?;
            prints[slot] = print(hash, of_key.hints);
        }
        Ok(Self { moves: moves.into(), firsts: firsts.into(), prints: prints.into(), filter: filter.into() })
    }

    /// Calls `found(key, start, end)` for every key in `symbols`, which [`PADDING`] follows, in the order of their starts,
    /// shorter ones first.
    pub fn each(&self, symbols: &[u8], mut found: impl FnMut(KeyParts, usize, usize)) {
        let Some(lookup) = self.lookup() else { return };
        for (start, window) in symbols.windows(PADDING + 1).enumerate() {
            let Some(&window) = window.first_chunk() else { return };
            let window = u64::from_le_bytes(window);
            for len in 1..=LONGEST_KEY {
                let (slot, is_there) = lookup.slot(hash(window, len), 0);
                if let Some(key) = lookup.key(slot).filter(|_| is_there) {
                    found(key, start, start + len);
                }
            }
        }
    }

    /// The same but for keys that are not leading, if `leading`, and for those that are not open to the left at places inside a
    /// word; `places` describes every place: whether it is [`super::INSIDE`] a word, and how its symbol is [`super::foreign`].
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
        let mut gram = Gram::before(symbols);
        let mut present = Present::<32>::default();
        for block in (0..places.len()).step_by(BLOCK) {
            let end = places.len().min(block + BLOCK);
            let (Some(ahead), Some(here)) = (symbols.get(block + 3..), places.get(block..end)) else { return };
            let mut answers = [0u64; 2];
            for (&symbol, &place) in ahead.iter().zip(here) {
                gram = gram.then(symbol);
                let answer = gram.answers::<ALL>(place, filter);
                answers.iter_mut().zip(answer).for_each(|(all, answer)| *all = *all >> 1 | answer << (BLOCK - 1));
            }
            let [short, long] = answers.map(|all| all >> (BLOCK - here.len()));
            let mut begins = short | long;
            while begins != 0 {
                let at = begins.trailing_zeros();
                let start = block + at as usize;
                begins &= begins - 1;
                let window = symbols.get(start..).and_then(|symbols| symbols.first_chunk());
                let (Some(&window), Some(&place)) = (window, places.get(start)) else { return };
                let window = u64::from_le_bytes(window);
                let hints = asked | (place >> SIDE & 1) as u8 * OPEN_LEFT;
                let mut ask = |len| {
                    let (slot, is_there) = lookup.slot(hash(window, len), hints);
                    present.add(slot, start, len, is_there);
                };
                if short >> at & 1 != 0 {
                    (1..=3).for_each(&mut ask);
                }
                ask(4);
                ask(LONGEST_KEY);
                // So that no lookup waits for what is done about one before.
                if !present.has_room_for(MOST_AT_A_PLACE) {
                    lookup.take(&mut present, &mut found);
                }
            }
        }
        lookup.take(&mut present, &mut found);
    }

    fn lookup(&self) -> Option<Lookup<'_>> {
        Some(Lookup { moves: (&*self.moves).try_into().ok()?, firsts: &self.firsts, prints: &self.prints })
    }
}

/// A [`KeyTable`] without its filter.
struct Lookup<'t> {
    moves: &'t [u16; 1 << BUCKET_BITS],
    firsts: &'t [u16],
    prints: &'t [u16],
}

impl Lookup<'_> {
    /// Where the key with this hash is, and whether it is there and has all of some `hints`; seldom another.
    #[inline]
    fn slot(&self, hash: u64, hints: u8) -> (usize, bool) {
        let slot = by_move(hash, self.moves[bucket(hash, BUCKET_BITS)]).within(self.prints.len());
        let there = self.prints.get(slot).copied().unwrap_or_default();
        // Hints that are not asked for are as good as there.
        (slot, there | u16::from(!hints & 15) == print(hash, 15))
    }

    /// Calls `found(key, start, end)` for the keys in some slots, and forgets these.
    #[inline]
    fn take<const MOST: usize>(&self, slots: &mut Present<MOST>, mut found: impl FnMut(KeyParts, usize, usize)) {
        for which in 0..slots.count() {
            if let Some(key) = self.key(slots.number(which)) {
                let Range { start, end } = slots.at(which);
                found(key, start, end);
            }
        }
        slots.clear();
    }

    /// The key in a slot, if it has one.
    #[inline]
    fn key(&self, slot: usize) -> Option<KeyParts> {
        let (&first, &print) = (self.firsts.get(slot)?, self.prints.get(slot)?);
        (first != EMPTY).then_some(KeyParts { first: usize::from(first), hints: (print & 15) as u8 })
    }
}

/// The upper bits say how many symbols a key has too, so that none is taken for a longer one at the end of a text.
#[inline]
const fn print(hash: u64, hints: u8) -> u16 {
    (hash >> 48) as u16 & 0xfff0 | hints as u16 & 15
}
