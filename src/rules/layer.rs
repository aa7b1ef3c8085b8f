//! What rule files compile to: tables that the function uses as they lie in the binary.

use super::accents::accents_of;
use super::automaton::Automaton;
use super::needle::{ACCENT, Key, Leads, Needle, Outline};
use super::needles::Needles;
use super::numbers::Numbers;
use super::pattern::Patterns;
use super::rule::{Rule, Rules};
use super::strings::Strings;
use crate::text::{letter_symbol, symbols};
use std::borrow::Cow;
use std::ops::Range;

/// A compiled set of rules: the built-in packs, or what an operator added.
///
/// What is looked for are *needles*: letters, and how they may stand in a text. However many rules look for the same
/// needle, and for whatever reason, it is looked for once.
#[derive(Clone, Debug, Default)]
pub struct Layer {
    /// The rules.
    pub rules: Rules,
    /// What is looked for, grouped by the coarse key that finds it.
    pub needles: Needles,
    /// The numbers of the words of needles that have several.
    pub phrases: Cow<'static, [u16]>,
    /// The words of all needles.
    pub vocabulary: Strings,
    /// What needles lead to that lead to several things: packed, each time ended by what leads nowhere.
    pub leads: Cow<'static, [u32]>,
    /// What an automaton that was built finds, sorted; a stored one has it in its table.
    pub keys: Cow<'static, [Key]>,
    /// The terms of several parts.
    pub sequences: Cow<'static, [[u32; 2]]>,
    /// Lists of numbers that the others point into.
    pub lists: Numbers,
    /// Accents that rules ask for: see [`Layer::accents_fit`].
    pub accents: Cow<'static, [u32]>,
    /// Finds the keys.
    pub automaton: Automaton,
    /// Regular expressions of the rules; the built-in ones have none.
    pub patterns: Patterns,
}

/// A term of several parts, one of which is looked for and the others then asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sequence {
    /// Its rule, below 65,536.
    pub rule: u32,
    /// The number of parts, at least two and at most eight; none, if it stands for amounts of money.
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
    pub const fn pack(&self) -> [u32; 2] {
        [self.rule | self.parts << 16 | self.anchor << 20 | self.slots << 24, self.at]
    }

    const fn unpack([bits, at]: [u32; 2]) -> Self {
        Self { rule: bits & 0xffff, parts: bits >> 16 & 15, anchor: bits >> 20 & 15, slots: bits >> 24, at }
    }
}

impl Layer {
    /// What most candidates fail by.
    #[inline]
    pub fn outline(&self, number: usize) -> Option<Outline> {
        self.needles.get(number)
    }

    /// The needle with this number.
    pub fn needle(&self, number: usize) -> Option<Needle> {
        let mut needle = Needle::default();
        self.unpack(number, &mut needle)?;
        Some(needle)
    }

    /// Makes `needle` the one with this number, if there is one.
    pub fn unpack(&self, number: usize, needle: &mut Needle) -> Option<()> {
        let outline = self.outline(number)?;
        (needle.stance, needle.leads) = (outline.stance, outline.leads);
        needle.letters.refill(self.words(&outline));
        Some(())
    }

    /// Whether `there` are the symbols of the needle with this number.
    pub fn spells(&self, number: usize, there: &[u8]) -> bool {
        let Some(outline) = self.outline(number) else { return false };
        let (mut rest, mut last, own) = (there.iter(), 0, [outline.place as u16]);
        for &word in self.word_numbers(&outline, &own) {
            for letter in self.vocabulary.get(word as usize).unwrap_or_default().chars() {
                let symbol = letter_symbol(letter);
                // Runs are one symbol.
                if symbol != last && letter != ACCENT {
                    if rest.next() != Some(&symbol) {
                        return false;
                    }
                    last = symbol;
                }
            }
        }
        rest.next().is_none()
    }

    /// The first two symbols of the needle with this number; 0 for a second one that is not in its first word.
    pub fn first_symbols(&self, number: usize) -> [u8; 2] {
        let Some(word) = self.needles.first_word(number, &self.phrases) else { return [0; 2] };
        // Most words begin with two letters of ASCII.
        if let Some([one, other]) = self.vocabulary.first_two(word)
            && (one | other).is_ascii()
        {
            let two = [one, other].map(|byte| letter_symbol(char::from(byte)));
            if two[0] != two[1] {
                return two;
            }
        }
        let word = self.vocabulary.get(word).unwrap_or_default();
        let mut symbols = symbols(word.chars().filter(|&letter| letter != ACCENT));
        [0; 2].map(|_| symbols.next().unwrap_or(0))
    }

    fn words(&self, outline: &Outline) -> impl Iterator<Item = &str> {
        let own = [outline.place as u16];
        let (one, several) = (usize::from(outline.words == 1), self.word_numbers(outline, &[]));
        own.into_iter()
            .take(one)
            .chain(several.iter().copied())
            .map(|number| self.vocabulary.get(number as usize).unwrap_or_default())
    }

    /// The numbers of its words; `own` is that of the only one.
    #[inline]
    fn word_numbers<'n>(&'n self, outline: &Outline, own: &'n [u16]) -> &'n [u16] {
        match outline.words {
            1 => own,
            words => self.phrases.get(outline.place..outline.place + words).unwrap_or_default(),
        }
    }

    /// Whether `written` has the accents that the rule asks for.
    pub fn accents_fit(&self, rule: &Rule<'_>, written: &str) -> bool {
        let asked = self.accents.get(rule.accents.0 as usize..rule.accents.1 as usize).unwrap_or_default();
        asked.is_empty() || asked.binary_search(&accents_of(written)).is_ok()
    }

    /// The sequence with this number.
    pub fn sequence(&self, number: u32) -> Option<Sequence> {
        self.sequences.get(number as usize).map(|&packed| Sequence::unpack(packed))
    }

    /// The needles of a part of a sequence, as a range of [`Layer::lists`].
    pub fn part(&self, sequence: &Sequence, part: u32) -> Range<u32> {
        let end = |at: u32| self.lists.get(at as usize).unwrap_or(0);
        let at = sequence.at + part;
        end(at)..end(at + 1)
    }

    /// What finding a needle leads to, one by one.
    pub fn each_lead(&self, leads: Leads) -> impl Iterator<Item = Leads> {
        let (one, several) = match leads {
            Leads::Nowhere => (None, 0..0),
            Leads::Several(at) => (None, at as usize..self.leads.len()),
            one => (Some(one), 0..0),
        };
        let several = self.leads.get(several).unwrap_or_default().iter().map(|&bits| Leads::unpack(bits));
        one.into_iter().chain(several.take_while(|&lead| lead != Leads::Nowhere))
    }
}
