//! What is there, collected.

use std::ops::Range;

/// Numbers, each of something that is at some symbols of a text. Whether it is there can not be foreseen, so no branch depends on that
/// until several are known that are. `MOST` is a power of two, so that a place in it is a mask.
pub struct Present<const MOST: usize> {
    numbers: [u32; MOST],
    /// Where each begins, and in the lowest three bits how many symbols it has.
    places: [u32; MOST],
    count: usize,
}

impl<const MOST: usize> Default for Present<MOST> {
    fn default() -> Self {
        Self { numbers: [0; MOST], places: [0; MOST], count: 0 }
    }
}

impl<const MOST: usize> Present<MOST> {
    /// One more, of up to seven symbols from `start` on, if it `is` there; there has to be [room](Self::has_room_for) for it.
    #[inline]
    pub fn add(&mut self, number: usize, start: usize, symbols: usize, is: bool) {
        self.numbers[self.count % MOST] = number as u32;
        self.places[self.count % MOST] = (start << 3 | symbols) as u32;
        self.count += usize::from(is);
    }

    /// Whether there is room for so many more.
    #[inline]
    pub const fn has_room_for(&self, more: usize) -> bool {
        self.count + more <= MOST
    }

    /// How many there are.
    #[inline]
    pub const fn count(&self) -> usize {
        self.count
    }

    /// The number of one of them.
    #[inline]
    pub const fn number(&self, which: usize) -> usize {
        self.numbers[which % MOST] as usize
    }

    /// The symbols that it is at.
    #[inline]
    pub const fn at(&self, which: usize) -> Range<usize> {
        let place = self.places[which % MOST] as usize;
        let start = place >> 3;
        start..start + (place & 7)
    }

    /// Forgets all of them.
    #[inline]
    pub const fn clear(&mut self) {
        self.count = 0;
    }
}
