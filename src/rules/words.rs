//! Everyday words: which languages a word belongs to.

use super::strings::Strings;
use std::borrow::Cow;
use std::collections::BTreeMap;

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
    /// All the words, sorted.
    pub words: Strings,
    /// The languages of each, as the number of a set.
    pub sets: Cow<'static, [u16]>,
    /// Sets of languages, as bits.
    pub languages: Cow<'static, [u64]>,
    /// By hash, with the next free place taken where several have one: the number of a word plus one, or 0. A power of two.
    pub slots: Cow<'static, [u16]>,
}

impl Words {
    /// The most words: their numbers have 16 bits.
    pub const MOST: usize = 0xfffe;

    /// The languages of a folded word, as bits; 0 if it is in no list.
    pub fn languages(&self, word: &str) -> u64 {
        let mask = self.slots.len().wrapping_sub(1);
        let mut slot = hash(word) & mask;
        // One slot in four is free, so this ends.
        while let Some(number) = self.slots.get(slot).and_then(|&number| usize::from(number).checked_sub(1)) {
            if self.words.get(number) == Some(word) {
                let set = self.sets.get(number).and_then(|&set| self.languages.get(usize::from(set)));
                return set.copied().unwrap_or_default();
            }
            slot = (slot + 1) & mask;
        }
        0
    }

    /// Adds the words of another list.
    pub fn extend(&mut self, more: &Self) {
        if !more.sets.is_empty() {
            *self = Self::new(self.pairs().chain(more.pairs()).collect::<Vec<_>>());
        }
    }

    fn pairs(&self) -> impl Iterator<Item = (u64, String)> {
        let words = (0..self.sets.len()).filter_map(|number| self.words.get(number));
        words.map(|word| (self.languages(word), word.to_owned()))
    }

    /// Collects word lists: pairs of a language's bit and a folded word. Of more than [`Words::MOST`], the last are left out.
    pub fn new(pairs: impl IntoIterator<Item = (u64, String)>) -> Self {
        let mut all: BTreeMap<String, u64> = BTreeMap::new();
        for (bit, word) in pairs {
            *all.entry(word).or_default() |= bit;
        }
        let mut languages: Vec<u64> = all.values().take(Self::MOST).copied().collect();
        languages.sort_unstable();
        languages.dedup();
        let mut sets = Vec::new();
        let mut slots = vec![0u16; (all.len() + all.len() / 3 + 1).next_power_of_two()];
        let mask = slots.len() - 1;
        for ((word, bits), number) in all.iter().zip(1..).take(Self::MOST) {
            sets.push(languages.partition_point(|set| set < bits) as u16);
            let mut slot = hash(word) & mask;
            while slots[slot] != 0 {
                slot = (slot + 1) & mask;
            }
            slots[slot] = number;
        }
        Self {
            words: Strings::new(all.keys().take(Self::MOST).map(String::as_str)),
            sets: Cow::Owned(sets),
            languages: Cow::Owned(languages),
            slots: Cow::Owned(slots),
        }
    }
}

/// Spreads words over slots; the same in the build script and here.
fn hash(word: &str) -> usize {
    let mixed = word.bytes().fold(0u32, |hash, byte| (hash.rotate_left(5) ^ u32::from(byte)).wrapping_mul(0x9e37_79b9));
    (mixed ^ mixed >> 15) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_found_with_all_of_its_languages_and_no_other() {
        let pairs = [(1, "one"), (2, "one"), (4, "два"), (1, "three")];
        let mut words = Words::new(pairs.map(|(bit, word)| (bit, word.to_owned())));
        words.extend(&Words::new([(8, "three".to_owned()), (8, "four".to_owned())]));
        let found = ["one", "два", "three", "four", "", "on", "ones"].map(|word| words.languages(word));
        assert_eq!(found, [3, 4, 9, 8, 0, 0, 0]);
        assert_eq!(Words::default().languages("one"), 0);
    }
}
