//! The library's rule compiler.

#[path = "../src/rules/accents.rs"]
mod accents;
mod automaton {
    /// The tables are made without: `key_table` stands for it.
    #[derive(Clone, Debug, Default)]
    pub struct Automaton;
}
#[path = "../src/rules/compile.rs"]
mod compile;
#[path = "../src/rules/fingerprint.rs"]
pub mod fingerprint;
#[path = "../src/rules/fold.rs"]
mod fold;
#[path = "../src/rules/folder.rs"]
pub mod folder;
#[path = "../src/rules/id.rs"]
mod id;
#[path = "../src/rules/key_filter.rs"]
mod key_filter;
#[path = "../src/rules/key_table.rs"]
mod key_table;
#[path = "../src/rules/keys.rs"]
mod keys;
#[path = "../src/rules/known.rs"]
mod known;
#[path = "../src/rules/layer.rs"]
mod layer;
#[path = "../src/rules/layout.rs"]
mod layout;
#[path = "../src/rules/moves.rs"]
mod moves;
#[path = "../src/rules/needle.rs"]
mod needle;
#[path = "../src/rules/needles.rs"]
mod needles;
#[path = "../src/rules/numbers.rs"]
mod numbers;
#[path = "../src/rules/pack.rs"]
mod pack;
mod pattern {
    /// The tables are made without: only an operator's rules may have regular expressions.
    #[derive(Clone, Debug, Default)]
    pub struct Patterns;
}
pub(crate) use crate::phrases;
#[path = "../src/rules/present.rs"]
mod present;
#[path = "../src/rules/read.rs"]
mod read;
#[path = "../src/rules/rule.rs"]
mod rule;
#[path = "../src/rules/sorted.rs"]
mod sorted;
#[path = "../src/rules/source.rs"]
mod source;
#[path = "../src/rules/strings.rs"]
mod strings;
#[path = "../src/rules/tables.rs"]
mod tables;
#[path = "../src/rules/term.rs"]
mod term;
#[path = "../src/rules/value.rs"]
mod value;
#[path = "../src/rules/weights.rs"]
mod weights;
#[path = "../src/rules/wording.rs"]
mod wording;
#[path = "../src/rules/words.rs"]
mod words;

pub use key_table::KeyTable;
pub use layer::Layer;
pub use needle::KeyParts;
pub use numbers::Numbers;
pub use source::Mistakes;
pub use strings::Strings;
pub use weights::Weights;
