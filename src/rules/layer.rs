//! What rule files compile to: tables that the function uses as they lie in the binary.

use super::automaton::Automaton;
use crate::detect::{Category, Severity};
use std::borrow::Cow;

/// A compiled set of rules: the built-in packs, or what an operator added.
#[derive(Clone, Debug, Default)]
pub struct Layer {
    /// The rules.
    pub rules: Cow<'static, [Rule]>,
    /// What is looked for, grouped by the coarse key that finds it.
    pub entries: Cow<'static, [Record]>,
    /// The folded letters that entries point into.
    pub letters: Cow<'static, str>,
    /// Where each key's entries begin; one more than there are keys.
    pub keys: Cow<'static, [u32]>,
    /// The terms of several parts.
    pub sequences: Cow<'static, [Sequence]>,
    /// Finds the keys.
    pub automaton: Automaton,
}

/// An [`Entry`], packed, so that the built-in ones are plain numbers in the binary. [`Entry::pack`] says how.
pub type Record = [u32; 8];

/// One rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its id.
    pub id: Cow<'static, str>,
    /// Its category.
    pub category: Category,
    /// Its severity.
    pub severity: Severity,
    /// The language of its file: a bit of [`super::words::Languages`], or none.
    pub language: u64,
    /// Languages in which its words are harmless.
    pub harmless_in: u64,
    /// Counts only among words of its language.
    pub needs_language: bool,
    /// Counts only with one of its `near` in the message.
    pub near: bool,
    /// May stand glued to everyday words.
    pub glue: bool,
    /// Disabled by the operator.
    pub off: bool,
}

/// What an entry is to its rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// A hit.
    Term,
    /// Excuses hits that it covers.
    Except,
    /// Makes the rule count (`near`).
    Near,
    /// Keeps the rule from counting (`unless_near`).
    Unless,
    /// A part of a sequence.
    Part {
        /// Which sequence.
        sequence: u32,
        /// Which part of it, from 0.
        index: u8,
    },
}

/// Which endings a word may take and still be the term.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Inflect {
    /// None.
    None,
    /// Plural and possessive.
    #[default]
    Noun,
    /// Those, and the forms of an English verb.
    Verb,
}

/// One thing to look for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry<'l> {
    /// The rule it belongs to, an index into [`Layer::rules`].
    pub rule: u32,
    /// What it means to that rule.
    pub role: Role,
    /// Its folded letters, without spaces.
    pub letters: &'l str,
    /// Which letters begin a word: bit 0 is the first.
    pub starts: u64,
    /// Which letters are written with an accent.
    pub accents: u64,
    /// Other letters may stand before it.
    pub open_left: bool,
    /// Other letters may follow it.
    pub open_right: bool,
    /// Which endings it may take.
    pub inflect: Inflect,
    /// Written in another script than Latin, if only with letters that look Latin.
    pub native: bool,
}

/// A term of several parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sequence {
    /// What the whole of it is to its rule: never a part.
    pub role: Role,
    /// The number of its parts, at least two.
    pub parts: u8,
    /// Whether other words may stand before each part; bit 0 is the first part.
    pub slots: u8,
}

impl Layer {
    /// The entries that the key with this number stands for.
    pub fn entries_of(&self, key: usize) -> impl Iterator<Item = Entry<'_>> {
        let range = self.keys.get(key..key + 2).map_or(0..0, |ends| ends[0] as usize..ends[1] as usize);
        self.entries.get(range).unwrap_or_default().iter().map(|record| Entry::unpack(record, &self.letters))
    }
}

impl<'l> Entry<'l> {
    /// Packs the entry, whose letters begin at byte `at` of the layer's letters.
    pub fn pack(&self, at: u32) -> Record {
        let (role, index, sequence) = match self.role {
            Role::Term => (0, 0, 0),
            Role::Except => (1, 0, 0),
            Role::Near => (2, 0, 0),
            Role::Unless => (3, 0, 0),
            Role::Part { sequence, index } => (4, u32::from(index), sequence),
        };
        let flags = u32::from(self.open_left)
            | u32::from(self.open_right) << 1
            | (self.inflect as u32) << 2
            | u32::from(self.native) << 4;
        let lengths = self.letters.len() as u32 | role << 16 | index << 20 | flags << 24;
        let halves = |bits: u64| [bits as u32, (bits >> 32) as u32];
        let ([s0, s1], [a0, a1]) = (halves(self.starts), halves(self.accents));
        [self.rule | sequence << 16, sequence >> 16, at, lengths, s0, s1, a0, a1]
    }

    /// The entry that [`Entry::pack`] packed.
    fn unpack(record: &Record, letters: &'l str) -> Self {
        let [low, high, at, lengths, s0, s1, a0, a1] = *record;
        let sequence = low >> 16 | high << 16;
        let role = match lengths >> 16 & 15 {
            0 => Role::Term,
            1 => Role::Except,
            2 => Role::Near,
            3 => Role::Unless,
            _ => Role::Part { sequence, index: (lengths >> 20 & 15) as u8 },
        };
        let inflect = match lengths >> 26 & 3 {
            0 => Inflect::None,
            1 => Inflect::Noun,
            _ => Inflect::Verb,
        };
        let whole = |low: u32, high: u32| u64::from(low) | u64::from(high) << 32;
        Self {
            rule: low & 0xffff,
            role,
            letters: letters.get(at as usize..(at + (lengths & 0xffff)) as usize).unwrap_or_default(),
            starts: whole(s0, s1),
            accents: whole(a0, a1),
            open_left: lengths >> 24 & 1 == 1,
            open_right: lengths >> 25 & 1 == 1,
            inflect,
            native: lengths >> 28 & 1 == 1,
        }
    }
}
