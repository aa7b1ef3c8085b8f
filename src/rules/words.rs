//! Everyday words: which languages a word belongs to.

use super::sorted::sort_by;
use super::strings::Strings;
use std::borrow::Cow;

/// The languages that packs and word lists may name, in the order of their bits.
pub const LANGUAGES: [&str; 56] = [
    "ar", "cs", "da", "de", "el", "en", "es", "fa", "fi", "fr", "he", "hi", "hu", "id", "it", "ja", "ko", "nl", "no",
    "pl", "pt", "ro", "ru", "sv", "th", "tl", "tr", "uk", "vi", "zh", "ms", "hr", "sk", "sr", "bs", "bg", "mk", "sl",
    "et", "lv", "lt", "ca", "gl", "eu", "sq", "af", "sw", "is", "ur", "nb", "nn", "bn", "ta", "pa", "ga", "cy",
];

/// The bit of English.
pub const ENGLISH: u64 = 1 << 5;

/// The bit of a language, if it is one that packs may name.
pub fn language_bit(code: &str) -> Option<u64> {
    LANGUAGES.iter().position(|known| *known == code).map(|at| 1 << at)
}

/// The bits of some known languages.
pub const fn language_bits<const N: usize>(codes: [&str; N]) -> u64 {
    let (mut bits, mut code) = (0, 0);
    while code < N {
        let mut at = 0;
        while at < LANGUAGES.len() {
            let (known, wanted) = (LANGUAGES[at].as_bytes(), codes[code].as_bytes());
            if known[0] == wanted[0] && known[1] == wanted[1] {
                bits |= 1 << at;
            }
            at += 1;
        }
        code += 1;
    }
    bits
}

/// That a code is not that of a language, and which one was most likely meant.
pub fn no_such_language(code: &str) -> String {
    let begins = || LANGUAGES.into_iter().find(|known| code.to_lowercase().starts_with(known));
    match begins().or_else(|| super::wording::nearest(code, &LANGUAGES)) {
        Some(near) => format!("unknown language {code:?}; did you mean {near:?}?"),
        None => format!("unknown language {code:?}: known are {}", LANGUAGES.join(", ")),
    }
}

/// The same where rules may have no language.
pub fn unknown_language(code: &str) -> String {
    let none = if no_such_language(code).ends_with('?') { "" } else { ", and \"*\" for none" };
    no_such_language(code) + none
}

/// The languages whose letters alone tell them apart from every other: no word list is needed.
pub fn is_unspaced_language(bit: u64) -> bool {
    ["ja", "ko", "th", "zh"].iter().any(|code| language_bit(code) == Some(bit))
}

/// Everyday words, folded, each with the languages it belongs to: a hash table that can be stored.
#[derive(Clone, Debug, Default)]
pub struct Words {
    /// All the words, in the order of their slots.
    pub words: Strings,
    /// The languages of each, as the number of a set.
    pub sets: Cow<'static, [u16]>,
    /// Sets of languages, as bits.
    pub languages: Cow<'static, [u64]>,
    /// The number of the first word of each slot, and how many words there are: one more than a power of two.
    pub slots: Cow<'static, [u16]>,
}

impl Words {
    /// The most words: their numbers have 16 bits.
    pub const MOST: usize = 0xfffe;

    /// The languages of a folded word, as bits; 0 if it is in no list.
    pub fn languages(&self, word: &str) -> u64 {
        self.languages_of(word, word.bytes().fold(0, hash))
    }

    /// The bytes of every beginning of `letters` that is a word, and the languages of that, the shortest first.
    pub fn beginnings<'w>(&'w self, letters: &'w str) -> impl Iterator<Item = (usize, u64)> + 'w {
        let mut hashed = 0;
        letters.bytes().zip(1..).filter_map(move |(byte, len)| {
            hashed = hash(hashed, byte);
            let languages = self.languages_of(letters.get(..len)?, hashed);
            (languages != 0).then_some((len, languages))
        })
    }

    /// Those of a word with this [`hash`].
    fn languages_of(&self, word: &str, hashed: u32) -> u64 {
        let slot = slot(hashed, self.slots.len());
        let Some(&[first, end]) = self.slots.get(slot..).and_then(|slots| slots.first_chunk()) else { return 0 };
        let mut numbers = usize::from(first)..usize::from(end);
        let set = numbers.find(|&number| self.words.is(number, word)).and_then(|number| self.sets.get(number));
        set.and_then(|&set| self.languages.get(usize::from(set))).copied().unwrap_or_default()
    }

    /// Adds the words of another list.
    pub fn extend(&mut self, more: &Self) {
        if !more.sets.is_empty() {
            *self = Self::new(self.pairs().chain(more.pairs()).collect());
        }
    }

    fn pairs(&self) -> impl Iterator<Item = (u64, String)> {
        let words = (0..self.sets.len()).filter_map(|number| self.words.get(number));
        words.map(|word| (self.languages(word), word.to_owned()))
    }

    /// Collects word lists: pairs of a language's bit and a folded word. Of more than [`Words::MOST`], the last are left out.
    pub fn new(mut all: Vec<(u64, String)>) -> Self {
        sort_by(&mut all, |(_, a), (_, b)| a.cmp(b));
        all.dedup_by(|(bits, word), (before, same)| {
            let is_same = word == same;
            *before |= if is_same { *bits } else { 0 };
            is_same
        });
        let mut languages: Vec<u64> = all.iter().take(Self::MOST).map(|&(bits, _)| bits).collect();
        sort_by(&mut languages, Ord::cmp);
        languages.dedup();
        let mut slots = vec![0u16; (all.len() + all.len() / 3 + 1).next_power_of_two() + 1];
        let slot_of = |word: &str| slot(word.bytes().fold(0, hash), slots.len());
        let mut words: Vec<_> =
            all.iter().take(Self::MOST).map(|(bits, word)| (slot_of(word), &**word, bits)).collect();
        sort_by(&mut words, Ord::cmp);
        for (&(slot, ..), number) in words.iter().zip(1..) {
            slots[slot + 1] = number;
        }
        let mut last = 0;
        for number in &mut slots {
            last = last.max(*number);
            *number = last;
        }
        Self {
            words: Strings::new(words.iter().map(|&(_, word, _)| word)),
            sets: words.iter().map(|&(.., bits)| languages.partition_point(|set| set < bits) as u16).collect(),
            languages: Cow::Owned(languages),
            slots: Cow::Owned(slots),
        }
    }
}

/// The hash of some letters and one more byte; that of none is 0. The same in the build script and here.
const fn hash(hashed: u32, byte: u8) -> u32 {
    (hashed.rotate_left(5) ^ byte as u32).wrapping_mul(0x9e37_79b9)
}

/// The slot of a word with this [`hash`], where the slots of a table and what follows them are so many.
const fn slot(hashed: u32, slots: usize) -> usize {
    (hashed ^ hashed >> 15) as usize & slots.wrapping_sub(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_found_with_all_of_its_languages_and_no_other() {
        let pairs = [(1, "one"), (2, "one"), (4, "два"), (1, "three")];
        let mut words = Words::new(pairs.map(|(bit, word)| (bit, word.to_owned())).to_vec());
        words.extend(&Words::new(vec![(8, "three".to_owned()), (8, "four".to_owned())]));
        let found = ["one", "два", "three", "four", "", "on", "ones"].map(|word| words.languages(word));
        assert_eq!(found, [3, 4, 9, 8, 0, 0, 0]);
        assert_eq!(Words::default().languages("one"), 0);
        let beginnings: Vec<_> = words.beginnings("ones").chain(words.beginnings("два")).collect();
        assert_eq!(beginnings, [(3, 3), (6, 4)]);
    }
}
