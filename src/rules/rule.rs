//! The rules of a layer: numbers as they lie, unpacked where something was found of one.

use super::known::Known;
use super::numbers::Numbers;
use super::strings::Strings;
use crate::detect::{Category, Severity};
use std::borrow::Cow;

/// One rule.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rule<'r> {
    /// Its id.
    pub id: &'r str,
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
    /// The accents that its terms have to be written with, if they have to: a range of [`super::Layer::accents`], sorted.
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

/// Cues of a rule, as a range of [`super::Layer::lists`]: from the first to before the second number sorted needles, from
/// there to before the third sequences.
pub type CueList = (u32, u32, u32);

/// How many numbers there are of a rule: where it has what it shares with rules like it, its `except`, `near` and `unless`, its
/// accents.
const RECORD: usize = 5;

/// Category, severity and languages, and the like, which few rules have to themselves.
pub type Shared = [u32; 3];

/// The bit of [`Shared`] from which on the language stands, in 8 bits: one more than its number, or 0 for none.
const LANGUAGE: u32 = 18;

/// The bit of [`Shared`] for a rule that has groups.
const GROUPED: u32 = 1 << 31;

/// Rules by number.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    /// Their ids.
    pub ids: Strings,
    /// The number of the record of each, which many have in common.
    pub numbers: Numbers,
    /// Where a rule has what else is known of it: five numbers a record.
    pub records: Numbers,
    /// What several share.
    pub shared: Cow<'static, [Shared]>,
    /// Their cues: the ranges that they name.
    pub cues: Numbers,
    /// Their accents: the ranges that they name.
    pub accents: Cow<'static, [[u32; 2]]>,
    /// Their `with`, and lists that their `unless_near` names: for each the number of its rule, in order, that of the group in the rule, in
    /// order, [`UNLESS`] last, and its cues.
    pub groups: Numbers,
    /// Whether they are off, as far as anybody said so.
    pub off: Vec<bool>,
}

/// How many numbers there are of a list of a `with`: the number of its rule, that of its group, and those of a [`CueList`].
const LISTED: usize = 5;

/// The most groups of a `with`.
pub const MOST_GROUPS: u32 = 8;

/// The number of the group of lists that must not stand around what is found.
pub const UNLESS: u32 = MOST_GROUPS;

impl Rules {
    /// Packs `rules`, fewer than 65,536, and the groups of their `with`, in the order of the rules.
    pub fn new(rules: &[Rule<'_>], groups: Vec<(u32, u32, CueList)>) -> Self {
        let (mut shared, mut cues, mut accents) = (Numbered::default(), Numbered::default(), Numbered::default());
        let mut cue = |(start, middle, end)| cues.number(if start == end { [0; 3] } else { [start, middle, end] });
        let mut accent = |(start, end)| accents.number(if start == end { [0; 2] } else { [start, end] });
        let mut records: Numbered<RECORD> = Numbered::default();
        let mut record = |(rule, number): (&Rule<'_>, u32)| {
            let Rule { except, near, unless, accents, .. } = *rule;
            let [bits, rest @ ..] = rule.shared();
            let grouped = if groups.binary_search_by_key(&number, |&(rule, ..)| rule).is_ok() { GROUPED } else { 0 };
            let shared = shared.number([bits | grouped, rest[0], rest[1]]);
            records.number([shared, cue(except), cue(near), cue(unless), accent(accents)])
        };
        let numbers = Numbers::new(rules.iter().zip(0..).map(&mut record).collect());
        Self {
            ids: Strings::new(rules.iter().map(|rule| rule.id)),
            numbers,
            records: Numbers::new(records.all.into_iter().flatten().collect()),
            shared: Cow::Owned(shared.all),
            cues: Numbers::new(cues.all.into_iter().flatten().collect()),
            accents: Cow::Owned(accents.all),
            groups: Numbers::new(groups.into_iter().flat_map(|(rule, at, (a, b, c))| [rule, at, a, b, c]).collect()),
            off: Vec::new(),
        }
    }

    /// How many they are.
    pub fn len(&self) -> usize {
        self.numbers.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The id of the rule with this number; empty where there is none.
    pub fn id(&self, number: u32) -> &str {
        self.ids.get(number as usize).unwrap_or_default()
    }

    /// The record of a rule.
    #[inline]
    fn record(&self, number: u32) -> Option<[u32; RECORD]> {
        self.records.some(self.numbers.get(number as usize)? as usize * RECORD)
    }

    /// The cues that a record names.
    #[inline]
    fn named(&self, cues: u32) -> CueList {
        let [start, middle, end] = self.cues.some(cues as usize * 3).unwrap_or_default();
        (start, middle, end)
    }

    /// The rule with this number.
    pub fn get(&self, number: u32) -> Option<Rule<'_>> {
        let [shared, except, near, unless, accents] = self.record(number)?;
        let accents = self.accents.get(accents as usize);
        Some(Rule {
            id: self.id(number),
            accents: accents.map_or((0, 0), |&[start, end]| (start, end)),
            off: self.off.get(number as usize).is_some_and(|&off| off),
            except: self.named(except),
            near: self.named(near),
            unless: self.named(unless),
            ..Rule::of_shared(self.shared.get(shared as usize).copied().unwrap_or_default())
        })
    }

    /// The `except`, `near` and `unless` of the rule with this number.
    #[inline]
    pub fn lists(&self, number: u32) -> [CueList; 3] {
        let record = self.record(number);
        record.map_or([(0, 0, 0); 3], |[_, lists @ .., _]| lists.map(|cues| self.named(cues)))
    }

    /// Whether the rule with this number asks what stands around what is found of it.
    pub fn asks(&self, number: u32) -> bool {
        self.lists(number).iter().any(|(start, _, end)| start < end) || self.has_groups(number)
    }

    /// Whether the rule with this number has groups. Most have none.
    pub fn has_groups(&self, number: u32) -> bool {
        let shared = self.record(number).and_then(|[shared, ..]| self.shared.get(shared as usize));
        shared.is_some_and(|[bits, ..]| bits & GROUPED != 0)
    }

    /// The lists of all groups of the rule with this number, each with that of its group in the `with`, from 0 on, or [`UNLESS`].
    pub fn groups(&self, number: u32) -> impl Iterator<Item = (u32, CueList)> + Clone {
        let part = |list: usize, part: usize| self.groups.get(list * LISTED + part);
        let all = if self.has_groups(number) { self.groups.len() / LISTED } else { 0 };
        let (mut first, mut end) = (0, all);
        while first < end {
            let middle = first.midpoint(end);
            if part(middle, 0).is_some_and(|rule| rule < number) { first = middle + 1 } else { end = middle }
        }
        let own = (first..all).take_while(move |&list| part(list, 0) == Some(number));
        own.filter_map(move |list| Some((part(list, 1)?, (part(list, 2)?, part(list, 3)?, part(list, 4)?))))
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = Rule<'_>> {
        (0..self.len() as u32).filter_map(|number| self.get(number))
    }

    /// Turns those off that are `off`.
    #[allow(dead_code, reason = "nobody turns rules off in the build script")]
    pub fn turn_off(&mut self, off: impl Fn(&Rule<'_>) -> bool) {
        self.off = self.iter().map(|rule| rule.off || off(&rule)).collect();
    }
}

impl Rule<'static> {
    const fn of_shared([bits, harmless, harmless_high]: Shared) -> Self {
        let language = bits >> LANGUAGE & 0xff;
        Self {
            id: "",
            category: Category::ALL[(bits & 0xff) as usize % Category::ALL.len()],
            severity: Severity::ALL[(bits >> 8 & 0xff) as usize % Severity::ALL.len()],
            language: if language == 0 { 0 } else { 1 << (language - 1) },
            harmless_in: harmless as u64 | (harmless_high as u64) << 32,
            needs_language: bits >> 16 & 1 == 1,
            alone: bits >> 17 & 1 == 1,
            accents: (0, 0),
            off: false,
            except: (0, 0, 0),
            near: (0, 0, 0),
            unless: (0, 0, 0),
        }
    }
}

impl Rule<'_> {
    const fn shared(&self) -> Shared {
        let Self { category, severity, language, harmless_in, needs_language, alone, .. } = self;
        let flags = (*needs_language as u32) << 16 | (*alone as u32) << 17;
        let language = u64::BITS - language.leading_zeros();
        [
            *category as u32 | (*severity as u32) << 8 | flags | language << LANGUAGE,
            *harmless_in as u32,
            (*harmless_in >> 32) as u32,
        ]
    }
}

/// Things that are numbered as they come, equal ones alike.
#[derive(Default)]
struct Numbered<const N: usize> {
    known: Known,
    all: Vec<[u32; N]>,
}

impl<const N: usize> Numbered<N> {
    fn number(&mut self, new: [u32; N]) -> u32 {
        let next = self.all.len();
        let number = self.known.place(new.to_vec(), next);
        if number == next {
            self.all.push(new);
        }
        number as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_unpacked_as_it_was() {
        let one = Rule { id: "own.one", category: Category::Hate, language: 1 << 40, alone: true, ..Rule::default() };
        let other = Rule {
            id: "own.other",
            severity: Severity::Severe,
            harmless_in: 1 << 63 | 1,
            needs_language: true,
            accents: (3, 5),
            except: (1, 2, 3),
            near: (3, 3, 4),
            unless: (5, 7, 7),
            ..one
        };
        let mut rules = Rules::new(&[one, other], vec![(1, 0, (2, 3, 4)), (1, 0, (5, 6, 7))]);
        assert_eq!(rules.iter().collect::<Vec<_>>(), [one, other]);
        assert_eq!([0, 1, 2].map(|rule| rules.groups(rule).count()), [0, 2, 0]);
        assert_eq!(rules.groups(1).last(), Some((0, (5, 6, 7))));
        assert_eq!([0, 1, 2].map(|rule| rules.asks(rule)), [false, true, false]);
        rules.turn_off(|rule| rule.id == "own.one");
        rules.turn_off(|_| false);
        assert_eq!(rules.iter().map(|rule| rule.off).collect::<Vec<_>>(), [true, false]);
        assert_eq!(rules.get(2), None);
    }

    #[test]
    fn rules_may_have_more_lists_than_there_are_rules() {
        let cues = |list: u32| (list * 2, list * 2 + 1, list * 2 + 2);
        let rule = |number: u32| {
            let lists = [3 * number, 3 * number + 1, 3 * number + 2];
            let [except, near, unless] = lists.map(cues);
            Rule { id: "own.some", except, near, unless, ..Rule::default() }
        };
        let all: Vec<_> = (0..25_000).map(rule).collect();
        let rules = Rules::new(&all, Vec::new());
        let wrong = rules.iter().zip(&all).filter(|(unpacked, rule)| unpacked != *rule).count();
        assert_eq!((rules.len(), wrong), (all.len(), 0));
    }
}
