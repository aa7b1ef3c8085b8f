//! What rule files compile to: tables that the function uses as they lie in the binary.

use super::automaton::Automaton;
use crate::detect::{Category, Severity};
use std::borrow::Cow;
use std::ops::Range;

/// A compiled set of rules: the built-in packs, or what an operator added.
///
/// What is looked for are *needles*: letters, and how they may stand in a text. However many rules look for the same
/// needle, and for whatever reason, it is looked for once.
#[derive(Clone, Debug, Default)]
pub struct Layer {
    /// The rules.
    pub rules: Cow<'static, [Rule]>,
    /// What is looked for, grouped by the coarse key that finds it.
    pub needles: Cow<'static, [Record]>,
    /// The folded letters that needles point into.
    pub letters: Cow<'static, str>,
    /// Where each key's needles begin; one more than there are keys.
    pub keys: Cow<'static, [u32]>,
    /// The terms of several parts.
    pub sequences: Cow<'static, [Record]>,
    /// Lists of numbers that the others point into.
    pub lists: Cow<'static, [u32]>,
    /// Finds the keys.
    pub automaton: Automaton,
}

/// A [`Needle`] or [`Sequence`], packed, so that the built-in ones are plain numbers in the binary.
pub type Record = [u32; 8];

/// One rule.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rule {
    /// Its id.
    pub id: Cow<'static, str>,
    /// Its category.
    pub category: Category,
    /// Its severity.
    pub severity: Severity,
    /// The language of its file: its bit, or none.
    pub language: u64,
    /// Languages in which its words are harmless.
    pub harmless_in: u64,
    /// Counts only among words of its language.
    pub needs_language: bool,
    /// Disabled by the operator.
    pub off: bool,
    /// What excuses a hit that it covers.
    pub except: CueList,
    /// What has to stand near a hit, if there is anything in it.
    pub near: CueList,
    /// What must not stand near a hit.
    pub unless: CueList,
}

/// Cues of a rule, as a range of [`Layer::lists`]: from the first to before the second number sorted needles, from there
/// to before the third sequences.
pub type CueList = (u32, u32, u32);

/// What finding a needle leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// It is a term of the rule with this number.
    Term(u32),
    /// It is the part by which this sequence, a term, is looked for.
    Anchor(u32),
}

impl Use {
    const ANCHOR: u32 = 1 << 31;

    /// As a number of [`Layer::lists`].
    pub const fn pack(self) -> u32 {
        match self {
            Self::Term(rule) => rule,
            Self::Anchor(sequence) => sequence | Self::ANCHOR,
        }
    }

    const fn unpack(number: u32) -> Self {
        if number & Self::ANCHOR == 0 { Self::Term(number) } else { Self::Anchor(number & !Self::ANCHOR) }
    }
}

/// Which endings a word may take and still be the term.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
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

/// Letters to look for, and how they may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Needle<'l> {
    /// Folded, without spaces.
    pub letters: &'l str,
    /// Which letters begin a word: bit 0 is the first.
    pub starts: u64,
    /// Which letters are written with an accent.
    pub accents: u64,
    /// How they may stand.
    pub stance: Stance,
    /// What finding it leads to: a range of [`Layer::lists`], each a [`Use`]; empty for what is only a cue.
    pub uses: (u32, u32),
}

/// How a needle may stand in a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stance {
    /// Other letters may stand before it.
    pub open_left: bool,
    /// Other letters may follow it.
    pub open_right: bool,
    /// Which endings it may take.
    pub inflect: Inflect,
    /// Written in another script than Latin, if only with letters that look Latin.
    pub native: bool,
    /// May stand glued to everyday words.
    pub glue: bool,
    /// The number of its language in [`super::LANGUAGES`], or 63 for none.
    pub language: u8,
}

impl Stance {
    /// The language as a bit, 0 for none.
    pub fn language_bit(self) -> u64 {
        if self.language == 63 { 0 } else { 1 << self.language }
    }

    const fn pack(self) -> u32 {
        self.open_left as u32
            | (self.open_right as u32) << 1
            | (self.inflect as u32) << 2
            | (self.native as u32) << 4
            | (self.glue as u32) << 5
            | (self.language as u32) << 6
    }

    const fn unpack(bits: u32) -> Self {
        Self {
            open_left: bits & 1 == 1,
            open_right: bits >> 1 & 1 == 1,
            inflect: match bits >> 2 & 3 {
                0 => Inflect::None,
                1 => Inflect::Noun,
                _ => Inflect::Verb,
            },
            native: bits >> 4 & 1 == 1,
            glue: bits >> 5 & 1 == 1,
            language: (bits >> 6 & 63) as u8,
        }
    }
}

impl<'l> Needle<'l> {
    /// Packs the needle, whose letters begin at byte `at` of the layer's letters: that; their length and the stance; the
    /// uses, first and number; starts, accents, each in two halves.
    pub fn pack(&self, at: u32) -> Record {
        let halves = |bits: u64| [bits as u32, (bits >> 32) as u32];
        let ([s0, s1], [a0, a1]) = (halves(self.starts), halves(self.accents));
        [at, self.letters.len() as u32 | self.stance.pack() << 16, self.uses.0, self.uses.1, s0, s1, a0, a1]
    }

    fn unpack(record: &Record, letters: &'l str) -> Self {
        let [at, lengths, first, end, s0, s1, a0, a1] = *record;
        let whole = |low: u32, high: u32| u64::from(low) | u64::from(high) << 32;
        Self {
            letters: letters.get(at as usize..(at + (lengths & 0xffff)) as usize).unwrap_or_default(),
            starts: whole(s0, s1),
            accents: whole(a0, a1),
            stance: Stance::unpack(lengths >> 16),
            uses: (first, end),
        }
    }
}

/// A term of several parts, one of which is looked for and the others then asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sequence {
    /// Its rule.
    pub rule: u32,
    /// The number of parts, at least two and at most eight.
    pub parts: u32,
    /// The part it is looked for by.
    pub anchor: u32,
    /// Whether other words may stand before each part; bit 0 is the first part.
    pub slots: u32,
    /// Where in [`Layer::lists`] its table begins: for each part where its needles begin, and where the last one's end;
    /// then the needles of all parts.
    pub at: u32,
}

impl Sequence {
    /// As plain numbers.
    pub const fn pack(&self) -> Record {
        [self.rule, self.parts, self.anchor, self.slots, self.at, 0, 0, 0]
    }
}

impl Layer {
    /// The numbers of the needles that a key stands for.
    pub fn needles_of(&self, key: usize) -> Range<usize> {
        self.keys.get(key..key + 2).map_or(0..0, |ends| ends[0] as usize..ends[1] as usize)
    }

    /// The needle with this number.
    pub fn needle(&self, number: usize) -> Option<Needle<'_>> {
        self.needles.get(number).map(|record| Needle::unpack(record, &self.letters))
    }

    /// The number of bytes of a needle's letters, and how it may stand: what most candidates fail by.
    pub fn outline(&self, number: usize) -> (usize, Stance) {
        let lengths = self.needles[number][1];
        ((lengths & 0xffff) as usize, Stance::unpack(lengths >> 16))
    }

    /// The sequence with this number.
    pub fn sequence(&self, number: u32) -> Option<Sequence> {
        let &[rule, parts, anchor, slots, at, ..] = self.sequences.get(number as usize)?;
        Some(Sequence { rule, parts, anchor, slots, at })
    }

    /// The needles of a part of a sequence.
    pub fn part(&self, sequence: &Sequence, part: u32) -> &[u32] {
        let at = (sequence.at + part) as usize;
        self.lists.get(at..at + 2).map_or(&[], |ends| self.list((ends[0], ends[1])))
    }

    /// What finding a needle leads to.
    pub fn uses(&self, uses: (u32, u32)) -> impl Iterator<Item = Use> {
        self.list(uses).iter().map(|&number| Use::unpack(number))
    }

    /// A list of cues of a rule: the needles in it, sorted, and the sequences.
    pub fn cues(&self, (start, middle, end): CueList) -> (&[u32], &[u32]) {
        (self.list((start, middle)), self.list((middle, end)))
    }

    fn list(&self, (start, end): (u32, u32)) -> &[u32] {
        self.lists.get(start as usize..end as usize).unwrap_or_default()
    }
}
