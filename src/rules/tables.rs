//! The tables of a layer while they grow: whatever is equal stands once.

use super::layer::Sequence;
use super::needle::Leads;
use super::phrases;
use super::rule::CueList;
use super::sorted::sort_by;
use super::strings::Strings;
use std::collections::HashMap;

/// A term of several parts before its needles have their numbers.
pub struct Parts {
    /// Its rule.
    pub rule: u32,
    /// Whether other words may stand before each part; bit 0 is the first part.
    pub slots: u32,
    /// The part it is looked for by.
    pub anchor: u32,
    /// The alternatives of each part.
    pub needles: Vec<Vec<u32>>,
}

/// The exceptions of a rule, its `near`, or its `unless_near`: needles and sequences.
#[derive(Default)]
pub struct Cues {
    /// Those of one part.
    pub needles: Vec<u32>,
    /// Those of several.
    pub sequences: Vec<u32>,
}

/// The tables of a layer while they grow.
#[derive(Default)]
pub struct Tables {
    pub vocabulary: Strings,
    /// The number of each word.
    pub numbers: HashMap<String, usize>,
    pub phrases: Vec<u16>,
    /// Where each phrase of several words stands.
    placed: HashMap<Vec<u16>, usize>,
    pub leads: Vec<u32>,
    /// Where they stand of which several needles have the same.
    led: HashMap<Vec<u32>, usize>,
    pub lists: Vec<u32>,
    /// Where cues stand that several rules ask for.
    listed: HashMap<(Vec<u32>, Vec<u32>), CueList>,
    pub accents: Vec<u32>,
}

impl Tables {
    /// With the vocabulary of all needles, of which each has some words.
    pub fn new<'w>(needles: impl Iterator<Item = &'w Vec<String>> + Clone) -> Self {
        let mut words: Vec<&String> = needles.clone().flatten().collect();
        sort_by(&mut words, Ord::cmp);
        words.dedup();
        let vocabulary = Strings::new(words.iter().map(|word| word.as_str()));
        let numbers = words.into_iter().cloned().zip(0..).collect();
        let mut tables = Self { vocabulary, numbers, ..Self::default() };
        let several = needles.filter(|words| words.len() > 1);
        (tables.phrases, tables.placed) = phrases::together(several.map(|words| tables.numbers_of(words)));
        tables
    }

    fn numbers_of(&self, words: &[String]) -> Vec<u16> {
        words.iter().map(|word| self.numbers[word] as u16).collect()
    }

    /// Where the words of a needle are found; equal ones stand once.
    pub fn place(&mut self, words: &[String]) -> usize {
        let numbers = self.numbers_of(words);
        if let [one] = numbers.as_slice() {
            return usize::from(*one);
        }
        let phrases = &mut self.phrases;
        *self.placed.entry(numbers).or_insert_with_key(|numbers| {
            phrases.extend(numbers);
            phrases.len() - numbers.len()
        })
    }

    pub fn leads(&mut self, leads: &[Leads]) -> Leads {
        match leads {
            [] => Leads::Nowhere,
            &[one] => one,
            several => {
                let all = &mut self.leads;
                // Words of one list lead to the same.
                let at =
                    *self.led.entry(several.iter().map(|lead| lead.pack()).collect()).or_insert_with_key(|several| {
                        all.extend(several.iter().chain(&[Leads::Nowhere.pack()]));
                        all.len() - several.len() - 1
                    });
                Leads::Several(at as u32)
            }
        }
    }

    /// The range of some numbers, put behind the others.
    pub fn list(&mut self, numbers: impl Iterator<Item = u32>) -> (u32, u32) {
        let start = self.lists.len() as u32;
        self.lists.extend(numbers);
        (start, self.lists.len() as u32)
    }

    pub fn cues(&mut self, cues: &Cues, renumbered: &[u32]) -> CueList {
        let mut needles: Vec<u32> = cues.needles.iter().map(|&old| renumbered[old as usize]).collect();
        needles.sort_unstable();
        needles.dedup();
        let key = (needles, cues.sequences.clone());
        if let Some(&known) = self.listed.get(&key) {
            return known;
        }
        let (start, middle) = self.list(key.0.iter().copied());
        let (_, end) = self.list(key.1.iter().copied());
        self.listed.insert(key, (start, middle, end));
        (start, middle, end)
    }

    pub fn sequence(&mut self, parts: &Parts, renumbered: &[u32]) -> Sequence {
        let at = self.lists.len() as u32;
        let mut next = at + parts.needles.len() as u32 + 1;
        self.lists.push(next);
        for needles in &parts.needles {
            next += needles.len() as u32;
            self.lists.push(next);
        }
        for needles in &parts.needles {
            let mut needles: Vec<u32> = needles.iter().map(|&old| renumbered[old as usize]).collect();
            needles.sort_unstable();
            self.lists.extend(needles);
        }
        let Parts { rule, slots, anchor, .. } = *parts;
        Sequence { rule, parts: parts.needles.len() as u32, anchor, slots, at }
    }
}
