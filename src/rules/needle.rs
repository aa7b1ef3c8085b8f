//! What is looked for: letters, and how they may stand in a text; packed, so that the built-in ones are plain numbers.

/// The longest term, in letters: the verifier keeps one bit a letter.
pub const LONGEST_TERM: usize = 64;

/// The most words of a needle.
pub const MOST_WORDS: usize = 15;

/// Written after a letter of a word that has an accent. No folded letter is one.
pub const ACCENT: char = '\u{301}';

/// A [`Needle`] as numbers.
///
/// - The words: where their numbers begin in [`super::Layer::phrases`] (17 bits), or the number of the only one; how many
///   they are (4 bits). Its [`Telltale`]: the symbols of the whole but one (6 bits), and 3 bits more. Whether it leads
///   somewhere, and whether it is the last of its key.
/// - How it may stand (12 bits), and what finding it leads to (20 bits).
pub type Record = [u32; 2];

/// A key of the automaton. From the lowest bit:
///
/// - 24 bits, where its needles begin.
/// - 4 bits, what some of them allow: [`OPEN_LEFT`], [`OPEN_RIGHT`], [`INFLECTED`], [`LEADING`].
pub type Key = u32;

/// A needle may stand with letters before it.
pub const OPEN_LEFT: u8 = 1;
/// A needle may stand with letters after it, or is longer than its key.
pub const OPEN_RIGHT: u8 = 2;
/// A needle may take an ending.
pub const INFLECTED: u8 = 4;
/// A needle leads somewhere: it is a term, or the part of one that it is looked for by.
pub const LEADING: u8 = 8;

/// A key of the automaton as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyParts {
    /// Its first needle; the last one says that it is.
    pub first: usize,
    /// What some of them allow.
    pub hints: u8,
}

impl KeyParts {
    /// The most needles of all keys.
    pub const MOST: usize = 1 << 24;

    /// As a number.
    pub const fn pack(self) -> Key {
        self.first as u32 | (self.hints as u32) << 24
    }

    /// The key with this number.
    #[inline]
    pub fn of(keys: &[Key], number: usize) -> Option<Self> {
        keys.get(number).map(|&key| Self { first: key as usize % Self::MOST, hints: (key >> 24) as u8 })
    }
}

/// The bits of [`Record`] that say where its words are.
pub const PLACE_BITS: u32 = 17;

/// The bits of a [`Leads`] that are a number.
pub const NUMBER_BITS: u32 = 18;

/// Letters to look for, and how they may stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Needle {
    /// Folded, without spaces.
    pub letters: Letters,
    /// How they may stand.
    pub stance: Stance,
    /// What finding it leads to.
    pub leads: Leads,
}

/// The letters of a needle, unpacked for random access.
#[derive(Clone, Copy, Debug)]
pub struct Letters {
    letters: [char; LONGEST_TERM],
    len: usize,
    bytes: usize,
    /// Which letters begin a word: bit 0 is the first.
    pub starts: u64,
    /// Which letters are written with an accent.
    pub accents: u64,
}

impl PartialEq for Letters {
    fn eq(&self, other: &Self) -> bool {
        (self.as_slice(), self.starts, self.accents) == (other.as_slice(), other.starts, other.accents)
    }
}

impl Eq for Letters {}

impl Default for Letters {
    fn default() -> Self {
        Self { letters: ['\0'; LONGEST_TERM], len: 0, bytes: 0, starts: 0, accents: 0 }
    }
}

impl Letters {
    /// The letters of some folded words; those beyond [`LONGEST_TERM`], which no compiled term has, are left out.
    pub fn of<'w>(words: impl IntoIterator<Item = &'w str>) -> Self {
        let mut letters = Self::default();
        letters.refill(words);
        letters
    }

    /// Makes these the letters of other words, without a copy.
    pub fn refill<'w>(&mut self, words: impl IntoIterator<Item = &'w str>) {
        (self.len, self.bytes, self.starts, self.accents) = (0, 0, 0, 0);
        words.into_iter().for_each(|word| self.push(word));
    }

    fn push(&mut self, word: &str) {
        if self.len < LONGEST_TERM {
            self.starts |= 1 << self.len;
        }
        for ch in word.chars() {
            if ch == ACCENT {
                self.accents |= 1 << self.len.saturating_sub(1);
            } else if let Some(slot) = self.letters.get_mut(self.len) {
                *slot = ch;
                self.len += 1;
                self.bytes += ch.len_utf8();
            }
        }
    }

    /// The letters in order.
    pub fn as_slice(&self) -> &[char] {
        &self.letters[..self.len]
    }

    /// How many letters the first and the last word have.
    pub const fn outer_words(&self) -> (usize, usize) {
        let others = self.starts & !1;
        let first = if others == 0 { self.len } else { others.trailing_zeros() as usize };
        (first, self.len - (self.starts | 1).ilog2() as usize)
    }

    /// Whether everyday words may be glued to them: three letters are in too many words for that.
    pub fn may_be_glued(&self) -> bool {
        let (first, last) = self.outer_words();
        first.max(last) >= 4
    }

    /// How many bytes they have in UTF-8.
    pub const fn bytes(&self) -> usize {
        self.bytes
    }

    /// Whether all are ASCII.
    pub const fn is_ascii(&self) -> bool {
        self.bytes == self.len
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
    const BITS: u32 = 12;

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

    #[inline]
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

/// What finding a needle leads to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Leads {
    /// Nothing: it is a cue, or a part that is asked for.
    #[default]
    Nowhere,
    /// It is a term of the rule with this number.
    Term(u32),
    /// It is the part by which this sequence, a term, is looked for.
    Anchor(u32),
    /// Several of these: they stand from here on in [`super::Layer::leads`].
    Several(u32),
}

impl Leads {
    /// As a number of 20 bits; the number in it has at most `NUMBER_BITS`.
    pub const fn pack(self) -> u32 {
        match self {
            Self::Nowhere => 0,
            Self::Term(rule) => 1 << NUMBER_BITS | rule,
            Self::Anchor(sequence) => 2 << NUMBER_BITS | sequence,
            Self::Several(at) => 3 << NUMBER_BITS | at,
        }
    }

    /// What [`Leads::pack`] packed.
    #[inline]
    pub const fn unpack(bits: u32) -> Self {
        let number = bits & ((1 << NUMBER_BITS) - 1);
        match bits >> NUMBER_BITS {
            0 => Self::Nowhere,
            1 => Self::Term(number),
            2 => Self::Anchor(number),
            _ => Self::Several(number),
        }
    }
}

/// What of a needle is asked first where its key stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Telltale {
    /// How many symbols it has as coarsely read.
    pub symbols: usize,
    /// What most needles fail by of which the key is there. Of those longer than a key, the lowest bits of the last symbol; of
    /// others, which symbol, from 1, is the first that stands for several letters in a row, 0 for none: "coon" where "con" stands.
    pub telling: u8,
}

impl Telltale {
    /// The bits of a last symbol that are kept.
    pub const TELLING: u8 = 7;

    /// That of the first number of a `Record`.
    #[inline]
    pub const fn unpack(words: u32) -> Self {
        let bits = words >> (PLACE_BITS + 4);
        Self { symbols: (bits & 63) as usize + 1, telling: (bits >> 6 & Self::TELLING as u32) as u8 }
    }

    const fn pack(self) -> u32 {
        ((self.symbols as u32).saturating_sub(1) | (self.telling as u32) << 6) << (PLACE_BITS + 4)
    }
}

/// A needle as its record has it: without its letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outline {
    /// Where its words' numbers begin, or the number of the only one.
    pub place: usize,
    /// How many words it has.
    pub words: usize,
    /// What of it is asked first.
    pub telltale: Telltale,
    /// Whether it is the last one of its key.
    pub is_last: bool,
    /// How it may stand.
    pub stance: Stance,
    /// What finding it leads to.
    pub leads: Leads,
}

/// The bits of [`Record`] for a needle that leads somewhere, and for the last one of a key.
const LEADS: u32 = 1 << 30;
const LAST: u32 = 1 << 31;

impl Outline {
    /// As numbers.
    pub const fn pack(self) -> Record {
        let last = if self.is_last { LAST } else { 0 };
        let leads = if matches!(self.leads, Leads::Nowhere) { 0 } else { LEADS };
        let words = self.place as u32 | (self.words as u32) << PLACE_BITS | self.telltale.pack() | leads | last;
        [words, self.stance.pack() | self.leads.pack() << Stance::BITS]
    }

    /// Where the words are that the first number of a `Record` says, and how many.
    #[inline]
    pub const fn words_at(words: u32) -> (usize, usize) {
        ((words & ((1 << PLACE_BITS) - 1)) as usize, (words >> PLACE_BITS & 15) as usize)
    }

    /// Whether it is that of a needle that leads somewhere.
    #[inline]
    pub const fn is_leading(words: u32) -> bool {
        words & LEADS != 0
    }

    /// Whether it is that of the last needle of a key.
    #[inline]
    pub const fn is_last(words: u32) -> bool {
        words & LAST != 0
    }

    /// What [`Outline::pack`] packed.
    #[inline]
    pub const fn unpack([words, rest]: Record) -> Self {
        let (place, count) = Self::words_at(words);
        Self {
            place,
            words: count,
            telltale: Telltale::unpack(words),
            is_last: Self::is_last(words),
            stance: Stance::unpack(rest & ((1 << Stance::BITS) - 1)),
            leads: Leads::unpack(rest >> Stance::BITS),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_keeps_everything() {
        let stance =
            Stance { open_right: true, inflect: Inflect::Verb, native: true, language: 63, ..Stance::default() };
        let most = (1 << NUMBER_BITS) - 1;
        for leads in [Leads::Nowhere, Leads::Term(7), Leads::Anchor(most), Leads::Several(0)] {
            let outline = Outline {
                place: (1 << PLACE_BITS) - 1,
                words: MOST_WORDS,
                telltale: Telltale { symbols: 64, telling: 5 },
                is_last: leads == Leads::Nowhere,
                stance,
                leads,
            };
            assert_eq!(Outline::unpack(outline.pack()), outline);
        }
    }

    #[test]
    fn letters_know_their_words_and_accents() {
        let letters = Letters::of(["co\u{301}n", "да"]);
        assert_eq!(letters.as_slice(), ['c', 'o', 'n', 'д', 'а']);
        assert_eq!((letters.starts, letters.accents, letters.bytes()), (0b01001, 0b00010, 7));
        assert!(!letters.is_ascii());
    }
}
