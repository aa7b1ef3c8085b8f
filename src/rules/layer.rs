//! What rule files compile to: tables that the function uses as they lie in the binary.

use super::accents::accents_of;
use super::automaton::Automaton;
use super::needle::{ACCENT, Key, Leads, Letters, Needle, Outline, Record};
use super::pattern::Patterns;
use super::strings::Strings;
use crate::detect::{Category, Severity};
use crate::text::letter_symbol;
use std::borrow::Cow;

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
    /// The numbers of the words of needles that have several.
    pub phrases: Cow<'static, [u16]>,
    /// The words of all needles.
    pub vocabulary: Strings,
    /// What needles lead to that lead to several things: packed, each time ended by what leads nowhere.
    pub leads: Cow<'static, [u32]>,
    /// What the automaton finds, sorted.
    pub keys: Cow<'static, [Key]>,
    /// The terms of several parts.
    pub sequences: Cow<'static, [[u32; 2]]>,
    /// Lists of numbers that the others point into.
    pub lists: Cow<'static, [u32]>,
    /// Finds the keys.
    pub automaton: Automaton,
    /// Regular expressions of the rules; the built-in ones have none.
    pub patterns: Patterns,
}

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
    /// Counts only as the whole message.
    pub alone: bool,
    /// The accents that its terms have to be written with, if they have to: a range of [`Layer::lists`], sorted.
    pub accents: (u32, u32),
    /// Disabled by the operator.
    pub off: bool,
    /// What excuses a hit that it covers.
    pub except: CueList,
    /// What has to stand near a hit, if there is anything in it.
    pub near: CueList,
    /// What must not stand near a hit.
    pub unless: CueList,
}

/// A [`Rule`] but for its id, as numbers.
pub type RuleRecord = [u32; 16];

impl Rule {
    /// As numbers; whether it is off is not among them.
    #[allow(dead_code, reason = "the build script packs, the library unpacks")]
    pub const fn pack(&self) -> RuleRecord {
        let Self { category, severity, language, harmless_in, accents, except, near, unless, .. } = self;
        [
            *category as u32 | (*severity as u32) << 8 | (self.needs_language as u32) << 16 | (self.alone as u32) << 17,
            *language as u32,
            (*language >> 32) as u32,
            *harmless_in as u32,
            (*harmless_in >> 32) as u32,
            accents.0,
            accents.1,
            except.0,
            except.1,
            except.2,
            near.0,
            near.1,
            near.2,
            unless.0,
            unless.1,
            unless.2,
        ]
    }

    /// What [`Rule::pack`] packed.
    #[allow(dead_code, reason = "the build script packs, the library unpacks")]
    pub fn unpack(id: &'static str, record: RuleRecord) -> Self {
        let [bits, language, language_high, harmless, harmless_high, accent, accents_end, cues @ ..] = record;
        let wide = |low: u32, high: u32| u64::from(low) | u64::from(high) << 32;
        let [except, middle, end, near, near_middle, near_end, unless, unless_middle, unless_end] = cues;
        Self {
            id: Cow::Borrowed(id),
            category: Category::ALL.get((bits & 0xff) as usize).copied().unwrap_or_default(),
            severity: Severity::ALL.get((bits >> 8 & 0xff) as usize).copied().unwrap_or_default(),
            language: wide(language, language_high),
            harmless_in: wide(harmless, harmless_high),
            needs_language: bits >> 16 & 1 == 1,
            alone: bits >> 17 & 1 == 1,
            accents: (accent, accents_end),
            off: false,
            except: (except, middle, end),
            near: (near, near_middle, near_end),
            unless: (unless, unless_middle, unless_end),
        }
    }
}

/// Cues of a rule, as a range of [`Layer::lists`]: from the first to before the second number sorted needles, from there
/// to before the third sequences.
pub type CueList = (u32, u32, u32);

/// A term of several parts, one of which is looked for and the others then asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sequence {
    /// Its rule, below 65,536.
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
        self.needles.get(number).map(|&record| Outline::unpack(record))
    }

    /// The needle with this number.
    pub fn needle(&self, number: usize) -> Option<Needle> {
        let outline = self.outline(number)?;
        Some(Needle { letters: Letters::of(self.words(&outline)), stance: outline.stance, leads: outline.leads })
    }

    /// Whether the symbols of a needle are `there`, at the beginning of it.
    pub fn begins(&self, outline: &Outline, there: &[u8]) -> bool {
        let Some(there) = there.get(..outline.symbols) else { return false };
        let (mut at, mut last) = (0usize, 0);
        let mut fits = |symbol: u8| {
            if symbol != last {
                (at, last) = (at + 1, symbol);
            }
            at.checked_sub(1).and_then(|at| there.get(at)) == Some(&symbol)
        };
        let mut word_fits = |word: &str| {
            if word.is_ascii() {
                word.bytes().all(|letter| fits(letter_symbol(char::from(letter))))
            } else {
                word.chars().filter(|&ch| ch != ACCENT).all(|letter| fits(letter_symbol(letter)))
            }
        };
        self.words(outline).all(&mut word_fits) && at == there.len()
    }

    fn words(&self, outline: &Outline) -> impl Iterator<Item = &str> {
        let own = [outline.place as u16];
        let several = self.phrases.get(outline.place..outline.place + outline.words).unwrap_or_default();
        let one = usize::from(outline.words == 1);
        let several = if one == 1 { &[] } else { several };
        own.into_iter()
            .take(one)
            .chain(several.iter().copied())
            .map(|number| self.vocabulary.get(number as usize).unwrap_or_default())
    }

    /// Whether `written` has the accents that the rule asks for.
    pub fn accents_fit(&self, rule: &Rule, written: &str) -> bool {
        let asked = self.list(rule.accents);
        asked.is_empty() || asked.binary_search(&accents_of(written)).is_ok()
    }

    /// The sequence with this number.
    pub fn sequence(&self, number: u32) -> Option<Sequence> {
        self.sequences.get(number as usize).map(|&packed| Sequence::unpack(packed))
    }

    /// The needles of a part of a sequence.
    pub fn part(&self, sequence: &Sequence, part: u32) -> &[u32] {
        let at = (sequence.at + part) as usize;
        self.lists.get(at..at + 2).map_or(&[], |ends| self.list((ends[0], ends[1])))
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

    /// A list of cues of a rule: the needles in it, sorted, and the sequences.
    pub fn cues(&self, (start, middle, end): CueList) -> (&[u32], &[u32]) {
        (self.list((start, middle)), self.list((middle, end)))
    }

    fn list(&self, (start, end): (u32, u32)) -> &[u32] {
        self.lists.get(start as usize..end as usize).unwrap_or_default()
    }
}
