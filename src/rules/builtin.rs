//! The rules that come with the crate, as the build script compiled them: plain numbers, used as they lie.

use super::automaton::Automaton;
use super::key_table::KeyTable;
use super::layer::Layer;
use super::needles::Needles;
use super::numbers::Numbers;
use super::pattern::Patterns;
use super::rule::Rules;
use super::strings::Strings;
use super::value::Value;
use super::weights::Weights;
use super::words::Words;
use crate::policy::Policy;
use serde::Deserialize;
use std::borrow::Cow;
use toml::de::DeTable;

/// Bytes that begin where a table of numbers may begin.
#[repr(C, align(16))]
struct Aligned<T: ?Sized>(T);

macro_rules! table {
    ($name:ident, $file:expr) => {
        static $name: &Aligned<[u8]> = &Aligned(*include_bytes!(concat!(env!("OUT_DIR"), "/", $file)));
    };
}

table!(MOVES, "moves.bin");
table!(FIRSTS, "firsts.bin");
table!(PRINTS, "prints.bin");
table!(FILTER, "filter.bin");
table!(NEEDLE_WORDS, "needle_words.bin");
table!(NEEDLE_PLACES, "needle_places.bin");
table!(NEEDLE_ROLES, "needle_roles.bin");
table!(NEEDLE_BEGINNINGS, "needle_beginnings.bin");
table!(PHRASES, "phrases.bin");
table!(LEADS, "leads.bin");
table!(SEQUENCES, "sequences.bin");
table!(LISTS, "lists.bin");
table!(ACCENTS, "accents.bin");
table!(RULE_NUMBERS, "rule_numbers.bin");
table!(RULE_RECORDS, "rule_records.bin");
table!(RULE_SHARED, "rule_shared.bin");
table!(RULE_CUES, "rule_cues.bin");
table!(RULE_ACCENTS, "rule_accents.bin");
table!(RULE_GROUPS, "rule_groups.bin");
table!(WORDS_SETS, "words_sets.bin");
table!(WORDS_LANGUAGES, "words_languages.bin");
table!(WORDS_SLOTS, "words_slots.bin");
table!(WEIGHT_MOVES, "weight_moves.bin");
table!(WEIGHT_SLOTS, "weight_slots.bin");

macro_rules! strings {
    ($name:literal) => {{
        table!(STARTS, concat!($name, "_starts.bin"));
        table!(LENGTHS, concat!($name, "_lengths.bin"));
        static TEXT: &str = include_str!(concat!(env!("OUT_DIR"), "/", $name, ".txt"));
        Strings { text: Cow::Borrowed(TEXT), starts: numbers(STARTS), lengths: numbers(LENGTHS) }
    }};
}

// POLICY and VERSION.
include!(concat!(env!("OUT_DIR"), "/packs.rs"));

fn numbers<T: bytemuck::AnyBitPattern>(bytes: &'static Aligned<[u8]>) -> Cow<'static, [T]> {
    // The build script wrote whole records and `Aligned` aligned them, so this neither copies nor fails.
    Cow::Borrowed(bytemuck::cast_slice(&bytes.0))
}

/// The compiled packs. As plain numbers they take less room than what they are unpacked to, and no relocation at a start.
pub fn layer() -> Layer {
    Layer {
        rules: Rules {
            ids: strings!("rule_ids"),
            numbers: Numbers::Short(numbers(RULE_NUMBERS)),
            records: Numbers::Short(numbers(RULE_RECORDS)),
            shared: numbers(RULE_SHARED),
            cues: Numbers::Short(numbers(RULE_CUES)),
            accents: numbers(RULE_ACCENTS),
            groups: Numbers::Short(numbers(RULE_GROUPS)),
            off: Vec::new(),
        },
        needles: Needles {
            words: numbers(NEEDLE_WORDS),
            places: Numbers::Short(numbers(NEEDLE_PLACES)),
            roles: numbers(NEEDLE_ROLES),
            beginnings: numbers(NEEDLE_BEGINNINGS),
        },
        phrases: numbers(PHRASES),
        vocabulary: strings!("vocabulary"),
        leads: numbers(LEADS),
        // The table of keys says which needles a key has.
        keys: Cow::Borrowed(&[]),
        sequences: numbers(SEQUENCES),
        lists: Numbers::Short(numbers(LISTS)),
        accents: numbers(ACCENTS),
        automaton: Automaton::Stored(KeyTable {
            moves: numbers(MOVES),
            firsts: numbers(FIRSTS),
            prints: numbers(PRINTS),
            filter: numbers(FILTER),
        }),
        patterns: Patterns::default(),
    }
}

/// The policy.
///
/// # Panics
/// Never: the build script has parsed it.
pub fn policy() -> Policy {
    // By the one way in which an operator's is read too: every other format would be another copy of it all in the function.
    let table = DeTable::parse(POLICY).expect("the build script has parsed this policy");
    Policy::deserialize(Value::from(&table)).expect("the tests read this policy")
}

/// What words weigh.
pub fn weights() -> Weights {
    Weights { moves: numbers(WEIGHT_MOVES), slots: numbers(WEIGHT_SLOTS) }
}

/// The word lists.
pub fn words() -> Words {
    Words {
        words: strings!("words"),
        sets: numbers(WORDS_SETS),
        languages: numbers(WORDS_LANGUAGES),
        slots: numbers(WORDS_SLOTS),
    }
}
