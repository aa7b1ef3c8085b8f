//! The rules that come with the crate, as the build script compiled them: plain numbers, used as they lie.

use super::automaton::Automaton;
use super::layer::{Layer, Rule, Vocabulary};
use super::words::Words;
use std::borrow::Cow;

/// Bytes that begin where a table of numbers may begin.
#[repr(C, align(16))]
struct Aligned<T: ?Sized>(T);

macro_rules! table {
    ($name:ident, $file:literal) => {
        static $name: &Aligned<[u8]> = &Aligned(*include_bytes!(concat!(env!("OUT_DIR"), "/", $file)));
    };
}

table!(STATES, "states.bin");
table!(NEEDLES, "needles.bin");
table!(PHRASES, "phrases.bin");
table!(LEADS, "leads.bin");
table!(VOCABULARY_AT, "vocabulary_at.bin");
table!(SEQUENCES, "sequences.bin");
table!(LISTS, "lists.bin");
table!(KEYS, "keys.bin");
table!(WORDS_AT, "words_at.bin");
table!(WORDS_SETS, "words_sets.bin");
table!(WORDS_LANGUAGES, "words_languages.bin");
table!(WORDS_SLOTS, "words_slots.bin");
static VOCABULARY: &str = include_str!(concat!(env!("OUT_DIR"), "/vocabulary.txt"));
static WORDS: &str = include_str!(concat!(env!("OUT_DIR"), "/words.txt"));

// RULES, POLICY and VERSION.
include!(concat!(env!("OUT_DIR"), "/packs.rs"));

fn numbers<T: bytemuck::AnyBitPattern>(bytes: &'static Aligned<[u8]>) -> Cow<'static, [T]> {
    // The build script wrote whole records and `Aligned` aligned them, so this neither copies nor fails.
    Cow::Borrowed(bytemuck::cast_slice(&bytes.0))
}

/// The compiled packs.
pub fn layer() -> Layer {
    Layer {
        rules: Cow::Borrowed(&RULES),
        needles: numbers(NEEDLES),
        phrases: numbers(PHRASES),
        vocabulary: Vocabulary { text: Cow::Borrowed(VOCABULARY), at: numbers(VOCABULARY_AT) },
        leads: numbers(LEADS),
        keys: numbers(KEYS),
        sequences: numbers(SEQUENCES),
        lists: numbers(LISTS),
        automaton: Automaton::Stored(numbers(STATES)),
    }
}

/// The word lists.
pub fn words() -> Words {
    Words {
        text: Cow::Borrowed(WORDS),
        at: numbers(WORDS_AT),
        sets: numbers(WORDS_SETS),
        languages: numbers(WORDS_LANGUAGES),
        slots: numbers(WORDS_SLOTS),
    }
}
