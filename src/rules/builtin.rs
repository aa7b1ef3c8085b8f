//! The rules that come with the crate, as the build script compiled them: plain numbers, used as they lie.

use super::automaton::Automaton;
use super::layer::{Layer, Rule, RuleRecord};
use super::pattern::Patterns;
use super::strings::Strings;
use super::words::Words;
use crate::policy::Policy;
use serde::Deserialize;
use std::borrow::Cow;
use std::sync::LazyLock;
use toml::de::Deserializer;

/// Bytes that begin where a table of numbers may begin.
#[repr(C, align(16))]
struct Aligned<T: ?Sized>(T);

macro_rules! table {
    ($name:ident, $file:expr) => {
        static $name: &Aligned<[u8]> = &Aligned(*include_bytes!(concat!(env!("OUT_DIR"), "/", $file)));
    };
}

table!(STATES, "states.bin");
table!(BEGINNINGS, "beginnings.bin");
table!(NEEDLES, "needles.bin");
table!(PHRASES, "phrases.bin");
table!(LEADS, "leads.bin");
table!(SEQUENCES, "sequences.bin");
table!(LISTS, "lists.bin");
table!(KEYS, "keys.bin");
table!(WORDS_SETS, "words_sets.bin");
table!(WORDS_LANGUAGES, "words_languages.bin");
table!(WORDS_SLOTS, "words_slots.bin");
table!(RULES, "rules.bin");

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

/// The compiled packs.
pub fn layer() -> Layer {
    Layer {
        rules: rules().collect(),
        needles: numbers(NEEDLES),
        phrases: numbers(PHRASES),
        vocabulary: strings!("vocabulary"),
        leads: numbers(LEADS),
        keys: numbers(KEYS),
        sequences: numbers(SEQUENCES),
        lists: numbers(LISTS),
        automaton: Automaton::Stored { states: numbers(STATES), beginnings: numbers(BEGINNINGS) },
        patterns: Patterns::default(),
    }
}

/// The rules. As plain numbers they take half the room of what they are unpacked to, and no relocation at a start.
fn rules() -> impl Iterator<Item = Rule> {
    static IDS: LazyLock<Strings> = LazyLock::new(|| strings!("rule_ids"));
    let records: &'static [RuleRecord] = bytemuck::cast_slice(&RULES.0);
    records.iter().zip(0..).map(|(&record, number)| Rule::unpack(IDS.get(number).unwrap_or_default(), record))
}

/// The policy.
///
/// # Panics
/// Never: the build script has parsed it.
pub fn policy() -> Policy {
    // By the one way in which an operator's is read too: every other format would be another copy of it all in the function.
    let policy = Deserializer::parse(POLICY).and_then(Policy::deserialize);
    policy.expect("the build script has parsed this policy")
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
