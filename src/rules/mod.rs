//! Rules: what rule files may say, and what they compile to.
//!
//! Reading order: `source` is a file and the mistakes in it; `read` reads its TOML by `value`s, and `wording` words what is wrong
//! with that; `pack` is a file of terms as written, `id` what its rules may be called, `term` the notation of a term; `compile` makes
//! a [`Layer`] of packs: it `fold`s their terms to `needle`s, which are looked for by their `keys`, and `layout` puts them into
//! `tables` of `numbers` and `strings`, where what is `known` stands once; a `rule` and the `needles` are unpacked from there;
//! `automaton` finds them, those that come with the crate by `key_table`, its `moves` and `key_filter`, `present` until all are known,
//! `pattern` the regular expressions around them; `sorted` puts things in order; `words` are everyday words, `accents` those of a
//! word, `weights` what words speak for; `folder` reads all of them from files, and `fingerprint` names their state; `builtin`
//! has those that come with the crate; `load` puts a [`Ruleset`] together, with `overrides`, the operator's policy.

mod accents;
mod automaton;
mod builtin;
mod compile;
mod fingerprint;
mod fold;
mod folder;
mod id;
mod key_filter;
mod key_table;
mod keys;
mod known;
mod layer;
mod layout;
mod load;
mod moves;
mod needle;
mod needles;
mod numbers;
mod overrides;
mod pack;
mod pattern;
mod phrases;
mod present;
mod read;
mod rule;
mod sorted;
mod source;
mod strings;
mod tables;
mod term;
mod value;
mod weights;
mod wording;
mod words;

pub use automaton::Automaton;
pub use builtin::words as builtin_words;
pub use compile::MOST_TERMS;
pub use fingerprint::fingerprint;
pub(crate) use folder::Folder;
pub use folder::{files, pack_files};
pub use id::{WHAT_AN_ID_IS, is_id};
pub use key_filter::{INSIDE, LONGEST_KEY, PADDING, foreign, key_len, order as key_order};
pub use key_table::KeyTable;
pub use layer::{Layer, Sequence};
pub use load::{Ruleset, named_dir, operator_dir};
pub use needle::{
    INFLECTED, Inflect, KeyParts, LEADING, LONGEST_TERM, Leads, Letters, Needle, OPEN_LEFT, OPEN_RIGHT, Outline,
    Stance, Telltale,
};
pub use numbers::List;
pub use pack::{Pack, RuleSource, TO_DO, what_belongs_in};
pub use pattern::{Patterns, compile as compile_regex};
pub(crate) use present::Present;
pub use rule::{CueList, MOST_GROUPS, Rule, UNLESS};
pub use source::{MOST_MISTAKES, Mistake, Mistakes, Source};
pub use term::terms_of;
pub use toml::Spanned;
pub use weights::{Weight, Weights};
pub use wording::nearest;
pub use words::{
    ENGLISH, LANGUAGES, Words, is_unspaced_language, language_bit, language_bits, no_such_language, unknown_language,
};
