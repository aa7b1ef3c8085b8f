//! The needles of a layer, in six bytes each.

use super::known::Known;
use super::needle::{Outline, Record, Telltale};
use super::numbers::Numbers;
use std::borrow::Cow;

/// Needles by number, in the order of the keys that find them.
#[derive(Clone, Debug, Default)]
pub struct Needles {
    /// Of each the first number of its [`Record`]: its words.
    pub words: Cow<'static, [u32]>,
    /// Of each the place in `roles` of the second: how it may stand, and what it leads to. Most share it with others.
    pub places: Numbers,
    /// What stands there.
    pub roles: Cow<'static, [u32]>,
    /// The [`beginning`] of every [`BLOCK`]th, which none before it is above.
    pub beginnings: Cow<'static, [u16]>,
}

/// From one needle whose beginning is stored to the next.
pub const BLOCK: usize = 64;

/// The first two symbols of a needle, by five bits of each: letters of one alphabet differ in them. Their second five are 0 where there
/// is one symbol.
pub fn beginning(symbols: &[u8]) -> u16 {
    let five = |at: usize| symbols.get(at).map_or(0, |symbol| u16::from(symbol & 31));
    five(0) << 5 | five(1)
}

impl Needles {
    /// Packs these, whose [`beginning`]s of every [`BLOCK`]th are known.
    pub fn new(records: &[Record], beginnings: Vec<u16>) -> Self {
        let (mut known, mut roles) = (Known::default(), Vec::new());
        let place = |&[_, role]: &Record| {
            let next = roles.len();
            let at = known.place(vec![role], next);
            if at == next {
                roles.push(role);
            }
            at as u32
        };
        let places = Numbers::new(records.iter().map(place).collect());
        let words = records.iter().map(|&[words, _]| words).collect();
        Self { words, places, roles: Cow::Owned(roles), beginnings: Cow::Owned(beginnings) }
    }

    /// The least and the most that the [`beginning`] of the needle with this number can be: they lie in that order.
    #[inline]
    pub fn beginnings(&self, number: usize) -> [u16; 2] {
        match self.beginnings.get(number / BLOCK..) {
            Some(&[first, next, ..]) => [first, next],
            Some(&[first]) => [first, u16::MAX],
            _ => [0, u16::MAX],
        }
    }

    /// What of the needle with this number is asked first.
    #[inline]
    pub fn telltale(&self, number: usize) -> Option<Telltale> {
        self.words.get(number).map(|&words| Telltale::unpack(words))
    }

    /// What is asked of the needle with this number where its key stands: what of it is asked first, whether it leads somewhere and
    /// whether it is the last one of its key.
    #[inline]
    pub fn of_key(&self, number: usize) -> Option<(Telltale, bool, bool)> {
        let &record = self.words.get(number)?;
        Some((Telltale::unpack(record), Outline::is_leading(record), Outline::is_last(record)))
    }

    /// The number of the first word of the needle with this number.
    #[inline]
    pub fn first_word(&self, number: usize, phrases: &[u16]) -> Option<usize> {
        let (place, count) = Outline::words_at(*self.words.get(number)?);
        // How many there are can not be foreseen, so what stands there is read in any case.
        let of_phrase = phrases.get(place).map_or(0, |&word| usize::from(word));
        Some(if count == 1 { place } else { of_phrase })
    }

    /// The needle with this number, but for its letters.
    #[inline]
    pub fn get(&self, number: usize) -> Option<Outline> {
        let &words = self.words.get(number)?;
        let &role = self.roles.get(self.places.get(number)? as usize)?;
        Some(Outline::unpack([words, role]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Ruleset;
    use crate::text::symbols;

    #[test]
    fn the_beginning_of_every_needle_is_between_those_of_its_block() {
        let (rules, mut wrong, mut is_telling) = (Ruleset::builtin(), Vec::new(), 0);
        for layer in rules.layers() {
            for number in 0..layer.needles.words.len() {
                let letters = layer.needle(number).map(|needle| needle.letters).unwrap_or_default();
                let symbols: Vec<u8> = symbols(letters.as_slice().iter().copied()).collect();
                let [least, most] = layer.needles.beginnings(number);
                is_telling += usize::from(least >> 5 == most >> 5);
                if !(least..=most).contains(&beginning(&symbols)) {
                    wrong.push((number, symbols, least, most));
                }
            }
        }
        assert!(wrong.is_empty(), "{} {:?}", wrong.len(), &wrong[..wrong.len().min(9)]);
        assert!(is_telling > 50_000, "{is_telling}");
        assert_eq!(Needles::default().beginnings(0), [0, u16::MAX]);
    }
}
