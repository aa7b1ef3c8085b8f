//! The rules of a layer: numbers as they lie, unpacked where something was found of one.

use super::numbers::Numbers;
use super::strings::Strings;
use crate::detect::{Category, Severity};
use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::Hash;

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
pub type Shared = [u32; 5];

/// Rules by number.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    /// Their ids.
    pub ids: Strings,
    /// Where each has what else is known of it: five numbers a rule.
    pub records: Numbers,
    /// What several share.
    pub shared: Cow<'static, [Shared]>,
    /// Their cues: the ranges that they name.
    pub cues: Cow<'static, [[u32; 3]]>,
    /// Their accents: the ranges that they name.
    pub accents: Cow<'static, [[u32; 2]]>,
    /// Whether they are off, as far as anybody said so.
    pub off: Vec<bool>,
}

impl Rules {
    /// Packs `rules`, fewer than 65,536.
    pub fn new(rules: &[Rule<'_>]) -> Self {
        let (mut shared, mut cues, mut accents) = (Numbered::default(), Numbered::default(), Numbered::default());
        let mut cue = |(start, middle, end)| cues.number(if start == end { [0; 3] } else { [start, middle, end] });
        let mut accent = |(start, end)| accents.number(if start == end { [0; 2] } else { [start, end] });
        let record = |rule: &Rule<'_>| {
            let Rule { except, near, unless, accents, .. } = *rule;
            [shared.number(rule.shared()), cue(except), cue(near), cue(unless), accent(accents)]
        };
        Self {
            ids: Strings::new(rules.iter().map(|rule| rule.id)),
            records: Numbers::new(rules.iter().flat_map(record).collect()),
            shared: Cow::Owned(shared.all),
            cues: Cow::Owned(cues.all),
            accents: Cow::Owned(accents.all),
            off: Vec::new(),
        }
    }

    /// How many they are.
    pub fn len(&self) -> usize {
        self.records.len() / RECORD
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The id of the rule with this number; empty where there is none.
    pub fn id(&self, number: u32) -> &str {
        self.ids.get(number as usize).unwrap_or_default()
    }

    /// The rule with this number.
    pub fn get(&self, number: u32) -> Option<Rule<'_>> {
        let at = |part: usize| self.records.get(number as usize * RECORD + part).map(|at| at as usize);
        let cues = |part| {
            let range = at(part).and_then(|at| self.cues.get(at));
            range.map_or((0, 0, 0), |&[start, middle, end]| (start, middle, end))
        };
        let accents = at(4).and_then(|at| self.accents.get(at));
        Some(Rule {
            id: self.id(number),
            accents: accents.map_or((0, 0), |&[start, end]| (start, end)),
            off: self.off.get(number as usize).is_some_and(|&off| off),
            except: cues(1),
            near: cues(2),
            unless: cues(3),
            ..Rule::of_shared(self.shared.get(at(0)?).copied().unwrap_or_default())
        })
    }

    /// Whether the rule with this number asks what stands around what is found of it.
    pub fn asks(&self, number: u32) -> bool {
        let cues = |part| self.cues.get(self.records.get(number as usize * RECORD + part)? as usize);
        (1..=3).filter_map(cues).any(|[start, _, end]| start < end)
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
    const fn of_shared([bits, language, language_high, harmless, harmless_high]: Shared) -> Self {
        const fn wide(low: u32, high: u32) -> u64 {
            low as u64 | (high as u64) << 32
        }
        Self {
            id: "",
            category: Category::ALL[(bits & 0xff) as usize % Category::ALL.len()],
            severity: Severity::ALL[(bits >> 8 & 0xff) as usize % Severity::ALL.len()],
            language: wide(language, language_high),
            harmless_in: wide(harmless, harmless_high),
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
        [
            *category as u32 | (*severity as u32) << 8 | (*needs_language as u32) << 16 | (*alone as u32) << 17,
            *language as u32,
            (*language >> 32) as u32,
            *harmless_in as u32,
            (*harmless_in >> 32) as u32,
        ]
    }
}

/// Things that are numbered as they come, equal ones alike.
struct Numbered<T> {
    numbers: HashMap<T, u32>,
    all: Vec<T>,
}

impl<T> Default for Numbered<T> {
    fn default() -> Self {
        Self { numbers: HashMap::new(), all: Vec::new() }
    }
}

impl<T: Copy + Eq + Hash> Numbered<T> {
    fn number(&mut self, new: T) -> u32 {
        let next = self.all.len() as u32;
        let number = *self.numbers.entry(new).or_insert(next);
        if number == next {
            self.all.push(new);
        }
        number
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
        let mut rules = Rules::new(&[one, other]);
        assert_eq!(rules.iter().collect::<Vec<_>>(), [one, other]);
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
        let rules = Rules::new(&all);
        let wrong = rules.iter().zip(&all).filter(|(unpacked, rule)| unpacked != *rule).count();
        assert_eq!((rules.len(), wrong), (all.len(), 0));
    }
}
