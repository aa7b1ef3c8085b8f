//! The thresholds, so that `policy.toml` can set them.

use serde::de::{Deserialize, Deserializer, Error};

/// When something is flooding.
///
/// A `_count` is the least number that is a hit, and 0 turns its rule off. A `_share` is a percentage of the visible
/// characters, unless it says otherwise; a rule with a share needs both. A `_keep` is how many stay. Characters are grapheme
/// clusters: a family emoji, a flag or a letter with its marks is one.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FloodRules {
    /// `flood.letters`, `flood.symbols`, `flood.emoji`: the same character in a row, in characters.
    pub run_count: usize,
    /// How many characters of such a run stay.
    pub run_keep: usize,
    /// `flood.letters`: one letter all over the message, in characters.
    pub spread_count: usize,
    /// Its share of all characters, spaces included.
    #[serde(deserialize_with = "percent")]
    pub spread_share: u8,
    /// `flood.word`: the same word, or the same phrase over and over, in repetitions.
    pub word_count: usize,
    /// The share of the repeated words in all words, in percent.
    #[serde(deserialize_with = "percent")]
    pub word_share: u8,
    /// How many repetitions stay.
    pub word_keep: usize,
    /// `flood.word`: the same syllables without a space between ("hahaha"), in repetitions.
    pub syllable_count: usize,
    /// `flood.emoji`: emoji in the message.
    pub emoji_count: usize,
    /// Their share.
    #[serde(deserialize_with = "percent")]
    pub emoji_share: u8,
    /// How many emoji stay.
    pub emoji_keep: usize,
    /// `flood.symbols`: symbols and punctuation marks in the message, in a row of one no more than
    /// `run_keep`. Three table flips are 33.
    pub symbol_count: usize,
    /// Their share.
    #[serde(deserialize_with = "percent")]
    pub symbol_share: u8,
    /// `flood.art`: lines, ends counted, of a picture made of characters.
    pub art_lines: usize,
    /// Symbols in a picture of so many lines, or braille cells in one of any.
    pub art_count: usize,
    /// Their share.
    #[serde(deserialize_with = "percent")]
    pub art_share: u8,
    /// `flood.lines`: blank lines in a row.
    pub blank_line_count: usize,
    /// `flood.lines`: lines in a message written downwards.
    pub line_count: usize,
    /// Such a message has at most so many characters a line, on average.
    pub line_length: usize,
    /// `flood.marks`: accents and strokes of general use on one character.
    pub mark_count: usize,
    /// `flood.marks`: a script's own marks on one character; Burmese and biblical Hebrew need up to seven.
    pub script_mark_count: usize,
    /// `flood.marks`: the same mark in a row.
    pub same_mark_count: usize,
    /// How many marks stay on each such character.
    pub mark_keep: usize,
    /// `flood.mentions`: people called by `@name`.
    pub mention_count: usize,
    /// The share of the names in all words, in percent.
    #[serde(deserialize_with = "percent")]
    pub mention_share: u8,
    /// `flood.padding`: spaces and blank letters in a row.
    pub space_count: usize,
    /// `flood.padding`: invisible characters in a row. A flag of a part of a country needs six, joined emoji two.
    pub invisible_count: usize,
    /// `flood.bidi`: remove overrides, embeddings and isolates, which turn text around.
    pub bidi: bool,
    /// `flood.capitals`: deny messages in capitals.
    pub capitals: bool,
    /// Letters that have a case, from which on a message is too long for capitals.
    pub capital_count: usize,
    /// The share of capitals in them, in percent.
    #[serde(deserialize_with = "percent")]
    pub capital_share: u8,
    /// The character that masked text is made of; the policy's, not set on its own. It counts as a letter and never as
    /// repeated: a message that was masked must pass when it is reviewed again.
    #[serde(skip)]
    pub mask: char,
    /// The rules that are off altogether; the policy's, not set on its own.
    #[serde(skip)]
    pub off: Vec<&'static str>,
}

impl Default for FloodRules {
    fn default() -> Self {
        Self {
            run_count: 25,
            run_keep: 5,
            spread_count: 60,
            spread_share: 80,
            word_count: 12,
            word_share: 60,
            word_keep: 3,
            syllable_count: 40,
            emoji_count: 21,
            emoji_share: 25,
            emoji_keep: 8,
            symbol_count: 36,
            symbol_share: 70,
            art_lines: 4,
            art_count: 24,
            art_share: 60,
            blank_line_count: 11,
            line_count: 40,
            line_length: 4,
            mark_count: 5,
            script_mark_count: 9,
            same_mark_count: 4,
            mark_keep: 2,
            mention_count: 10,
            mention_share: 30,
            space_count: 30,
            invisible_count: 9,
            bidi: true,
            capitals: false,
            capital_count: 20,
            capital_share: 80,
            mask: '*',
            off: Vec::new(),
        }
    }
}

fn percent<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u8, D::Error> {
    let share = u64::deserialize(deserializer)?;
    match u8::try_from(share) {
        Ok(share @ 0..=100) => Ok(share),
        _ => Err(D::Error::custom(format!("expected a share from 0 to 100 percent, found {share}"))),
    }
}
