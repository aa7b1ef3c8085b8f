//! Lists of numbers that stand somewhere already, by one copy of the code: each type that is hashed would have its own.

use std::collections::HashMap;

/// Lists of numbers, and where each was put.
#[derive(Default)]
pub struct Known(HashMap<Vec<u32>, usize>);

impl Known {
    /// Where a list stands: `next`, if it is new.
    #[inline(never)]
    pub fn place(&mut self, list: Vec<u32>, next: usize) -> usize {
        *self.0.entry(list).or_insert(next)
    }
}
