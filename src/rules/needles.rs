//! The needles of a layer, in six bytes each.

use super::needle::{Outline, Record, Telltale};
use super::numbers::Numbers;
use std::borrow::Cow;
use std::collections::HashMap;

/// Needles by number, in the order of the keys that find them.
#[derive(Clone, Debug, Default)]
pub struct Needles {
    /// Of each the first number of its [`Record`]: its words.
    pub words: Cow<'static, [u32]>,
    /// Of each the place in `roles` of the second: how it may stand, and what it leads to. Most share it with others.
    pub places: Numbers,
    /// What stands there.
    pub roles: Cow<'static, [u32]>,
}

impl Needles {
    /// Packs these.
    pub fn new(records: &[Record]) -> Self {
        let (mut numbers, mut roles) = (HashMap::new(), Vec::new());
        let place = |&[_, role]: &Record| {
            *numbers.entry(role).or_insert_with(|| {
                roles.push(role);
                roles.len() as u32 - 1
            })
        };
        let places = Numbers::new(records.iter().map(place).collect());
        Self { words: records.iter().map(|&[words, _]| words).collect(), places, roles: Cow::Owned(roles) }
    }

    /// What of the needle with this number is asked first.
    #[inline]
    pub fn telltale(&self, number: usize) -> Option<Telltale> {
        self.words.get(number).map(|&words| Telltale::unpack(words))
    }

    /// Calls `found` for the needles of a key, of which the first has this number: with the number of each, what is asked of it first,
    /// and whether it leads somewhere.
    #[inline]
    pub fn each_of_key(&self, first: usize, mut found: impl FnMut(usize, Telltale, bool)) {
        for (number, &record) in (first..).zip(self.words.get(first..).unwrap_or_default()) {
            found(number, Telltale::unpack(record), Outline::is_leading(record));
            if Outline::is_last(record) {
                return;
            }
        }
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
