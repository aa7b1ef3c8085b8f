//! The needles that were asked for last.

use crate::rules::{Layer, Needle};

/// How many are kept.
const MOST: usize = 8;

/// The last needles, unpacked: who floods says the same again and again.
#[derive(Debug, Default)]
pub struct Recent {
    known: Vec<(u32, Needle)>,
    /// How many of them are of this layer: the others are room for more.
    count: usize,
    /// Which of them is given up next.
    oldest: usize,
}

impl Recent {
    /// Forgets all: those of another layer have the same numbers.
    pub fn clear(&mut self) {
        (self.count, self.oldest) = (0, 0);
    }

    /// The needle with this number.
    pub fn needle(&mut self, layer: &Layer, number: u32) -> Option<&Needle> {
        let at = match self.known.iter().take(self.count).position(|&(known, _)| known == number) {
            Some(at) => at,
            None => self.keep(layer, number)?,
        };
        self.known.get(at).map(|(_, needle)| needle)
    }

    fn keep(&mut self, layer: &Layer, number: u32) -> Option<usize> {
        let at = self.oldest;
        if at == self.known.len() {
            self.known.push((u32::MAX, Needle::default()));
        }
        let (known, needle) = self.known.get_mut(at)?;
        layer.unpack(number as usize, needle)?;
        *known = number;
        (self.count, self.oldest) = (self.count.max(at + 1), (at + 1) % MOST);
        Some(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Ruleset;

    #[test]
    fn each_needle_is_the_one_that_was_asked_for() {
        let rules = Ruleset::builtin();
        let (mut wrong, mut recent) = (Vec::new(), Recent::default());
        for layer in rules.layers() {
            recent.clear();
            // Some again at once, some while they are kept, some after they were given up.
            for number in (0..200).flat_map(|at| [at, at, at / 2, at % 9]) {
                if recent.needle(layer, number).copied() != layer.needle(number as usize) {
                    wrong.push(number);
                }
            }
            assert!(layer.needle(0) != layer.needle(1) && recent.known.len() == MOST);
        }
        assert!(wrong.is_empty(), "{wrong:?}");
        let other = Layer::default();
        assert!((0..9).any(|number| recent.needle(&other, number).is_some()));
        recent.clear();
        assert!((0..9).all(|number| recent.needle(&other, number).is_none()));
    }
}
