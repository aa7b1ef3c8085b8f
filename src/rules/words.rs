//! Everyday words: which languages a word belongs to.

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

/// Everyday words, folded and sorted, each with the languages it belongs to.
#[derive(Clone, Debug, Default)]
pub struct Words {
    /// All the words in one string.
    pub text: Cow<'static, str>,
    /// Where each begins, and where the last one ends.
    pub at: Cow<'static, [u32]>,
    /// The languages of each, as bits.
    pub languages: Cow<'static, [u64]>,
}

impl Words {
    /// The languages of a folded word, as bits; 0 if it is in no list.
    pub fn languages(&self, word: &str) -> u64 {
        let nth = |at: usize| self.text.get(self.at[at] as usize..self.at[at + 1] as usize).unwrap_or_default();
        let (mut low, mut high) = (0, self.languages.len());
        while low < high {
            let middle = low.midpoint(high);
            match nth(middle).cmp(word) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => return self.languages[middle],
            }
        }
        0
    }

    /// Adds the words of another list.
    pub fn extend(&mut self, more: &Self) {
        if !more.languages.is_empty() {
            *self = Self::new(self.pairs().chain(more.pairs()).collect::<Vec<_>>());
        }
    }

    fn pairs(&self) -> impl Iterator<Item = (u64, String)> {
        let ends = self.at.windows(2).map(|ends| self.text[ends[0] as usize..ends[1] as usize].to_owned());
        self.languages.iter().copied().zip(ends)
    }

    /// Collects word lists: pairs of a language's bit and a folded word.
    pub fn new(pairs: impl IntoIterator<Item = (u64, String)>) -> Self {
        let mut all: BTreeMap<String, u64> = BTreeMap::new();
        for (bit, word) in pairs {
            *all.entry(word).or_default() |= bit;
        }
        let mut at = vec![0];
        let mut text = String::new();
        for word in all.keys() {
            text.push_str(word);
            at.push(text.len() as u32);
        }
        Self { text: Cow::Owned(text), at: Cow::Owned(at), languages: Cow::Owned(all.into_values().collect()) }
    }
}
