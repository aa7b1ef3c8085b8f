//! Four bytes in a row of a sketch, asked many questions at once.
//!
//! A window says of each of four bytes which it may be. A table has for every byte in which windows it may be the first, the second
//! and so on, a bit for each; of four bytes in a row, the bits that all have in their turn are the windows that stand there. So a
//! pass costs the same however many windows there are (up to 64), as with the bit vectors of Baeza-Yates and Gonnet
//! ("A new approach to text searching", 1992), but that no step waits for more than one before.

use super::sketch::Sketch;

/// Some of the bytes of a sketch.
#[derive(Clone, Copy)]
pub struct Bytes([u64; 4]);

impl Bytes {
    /// Whatever it is.
    pub const ANY: Self = Self::from(0, 0xff);

    /// From one byte to another.
    pub const fn from(first: u8, last: u8) -> Self {
        let mut bytes = [0; 4];
        let mut byte = first;
        loop {
            bytes[(byte >> 6) as usize] |= 1 << (byte & 63);
            if byte == last {
                return Self(bytes);
            }
            byte += 1;
        }
    }

    /// Each of these.
    pub const fn of(all: &[u8]) -> Self {
        let mut bytes = Self([0; 4]);
        let mut at = 0;
        while at < all.len() {
            bytes = bytes.or(Self::from(all[at], all[at]));
            at += 1;
        }
        bytes
    }

    /// Those of both.
    pub const fn or(self, other: Self) -> Self {
        let (mut all, mut word) = (self.0, 0);
        while word < 4 {
            all[word] |= other.0[word];
            word += 1;
        }
        Self(all)
    }

    /// All others.
    pub const fn not(self) -> Self {
        let [a, b, c, d] = self.0;
        Self([!a, !b, !c, !d])
    }

    /// Whether a byte is one of them.
    pub const fn has(self, byte: u8) -> bool {
        self.0[(byte >> 6) as usize] >> (byte & 63) & 1 == 1
    }
}

/// What four bytes in a row may be.
pub type Window = [Bytes; 4];

/// Windows, as a table by bytes.
pub struct Windows {
    /// The windows in which a byte may be the first, the second and so on.
    table: [[u64; 256]; 4],
}

impl Windows {
    /// The most windows.
    const MOST: usize = u64::BITS as usize;

    /// The windows of some groups, [`Windows::MOST`] in all; they are numbered in their order.
    pub const fn new(groups: &[&[Window]]) -> Self {
        let mut table = [[0; 256]; 4];
        let (mut group, mut number) = (0, 0);
        while group < groups.len() {
            let mut at = 0;
            while at < groups[group].len() {
                assert!(number < Self::MOST, "a table has no bits for so many windows");
                let mut byte = 0;
                while byte < 256 {
                    let mut turn = 0;
                    while turn < 4 {
                        table[turn][byte] |= (groups[group][at][turn].has(byte as u8) as u64) << number;
                        turn += 1;
                    }
                    byte += 1;
                }
                (at, number) = (at + 1, number + 1);
            }
            group += 1;
        }
        Self { table }
    }

    /// The bits of the windows of a group.
    pub const fn bits(groups: &[&[Window]], group: usize) -> u64 {
        let (mut first, mut at) = (0, 0);
        while at < group {
            first += groups[at].len();
            at += 1;
        }
        ((1 << groups[group].len()) - 1) << first
    }

    /// Calls `found(place, bits)` for each place of a sketch before which a window begins that stands there, if it is one of those
    /// `asked` for, in order: the second of its bytes, which is one of the first `count`.
    #[inline]
    pub fn each(&self, sketch: Sketch<'_>, count: usize, asked: u64, mut found: impl FnMut(usize, u64)) {
        let [firsts, seconds, thirds, fourths] = &self.table;
        let (mut one, mut two, mut three) = (0, 0, 0);
        for (at, byte) in sketch.first(count + 2).iter().map(|&byte| usize::from(byte)).enumerate() {
            let all = three & fourths[byte];
            (one, two, three) = (firsts[byte] & asked, one & seconds[byte], two & thirds[byte]);
            // Few places have any.
            if all != 0 {
                found(at - 2, all);
            }
        }
    }

    /// The same at some places only, by bits for the places of each block.
    #[inline]
    pub fn each_of(
        &self,
        sketch: Sketch<'_>,
        places: impl Iterator<Item = u64>,
        asked: u64,
        mut found: impl FnMut(usize, u64),
    ) {
        let [firsts, seconds, thirds, fourths] = &self.table;
        let (mut rest, mut places, mut from) = (sketch.all(), places.peekable(), 1);
        while let (Some(block), Some(here)) = (rest.first_chunk::<{ Sketch::BLOCK + Sketch::LANES }>(), places.next()) {
            // They begin a byte before. Before the first glyph there is nothing.
            let mut starts = here >> 1 | places.peek().map_or(0, |next| next << (Sketch::BLOCK - 1));
            while starts != 0 {
                let at = starts.trailing_zeros() as usize % Sketch::BLOCK;
                starts &= starts - 1;
                let [a, b, c, d] = [block[at], block[at + 1], block[at + 2], block[at + 3]].map(usize::from);
                let all = firsts[a] & seconds[b] & thirds[c] & fourths[d] & asked;
                // Few places have any.
                if all != 0 {
                    found(from + at, all);
                }
            }
            (rest, from) = (rest.get(Sketch::BLOCK..).unwrap_or_default(), from + Sketch::BLOCK);
        }
    }
}
