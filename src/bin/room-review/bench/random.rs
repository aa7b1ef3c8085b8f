//! A small seeded generator (SplitMix64): evaluation must give the same figures everywhere and always.

/// Random numbers that depend on nothing but their seed.
pub struct Random(u64);

impl Random {
    /// A generator for one word in one disguise, so that adding another word changes nothing about this one.
    pub fn new(kind: &str, word: &str) -> Self {
        // FNV-1a, written out: figures are compared over the years, whatever the library names its rules by.
        let bytes = kind.bytes().chain(word.bytes());
        Self(bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    /// A number below `end`, which is above 0.
    pub fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).expect("no list is longer than that");
        usize::try_from(self.next() % end).expect("below a usize")
    }

    /// One of `all`, which is not empty.
    pub fn pick<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }
}
