//! The tables of a layer while they grow: whatever is equal stands once.

use super::known::Known;
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
    placed: Known,
    pub leads: Vec<u32>,
    /// Where they stand of which several needles have the same.
    led: Known,
    pub lists: Vec<u32>,
    /// Where cues stand that several rules ask for.
    listed: Known,
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
        let (phrases, placed) = phrases::together(several.map(|words| tables.numbers_of(words)));
        for (phrase, at) in placed {
            tables.placed.place(phrase.into_iter().map(u32::from).collect(), at);
        }
        tables.phrases = phrases;
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
        let next = self.phrases.len();
        let at = self.placed.place(numbers.iter().copied().map(u32::from).collect(), next);
        if at == next {
            self.phrases.extend(numbers);
        }
        at
    }

    pub fn leads(&mut self, leads: &[Leads]) -> Leads {
        match leads {
            [] => Leads::Nowhere,
            &[one] => one,
            several => {
                let packed: Vec<u32> = several.iter().chain(&[Leads::Nowhere]).map(|lead| lead.pack()).collect();
                let next = self.leads.len();
                // Words of one list lead to the same.
                let at = self.led.place(packed.clone(), next);
                if at == next {
                    self.leads.extend(packed);
                }
                Leads::Several(at as u32)
            }
        }
    }

    pub fn cues(&mut self, cues: &Cues, renumbered: &[u32]) -> CueList {
        let mut needles: Vec<u32> = cues.needles.iter().map(|&old| renumbered[old as usize]).collect();
        sort_by(&mut needles, Ord::cmp);
        needles.dedup();
        let (next, count) = (self.lists.len(), needles.len());
        needles.extend(&cues.sequences);
        // Where needles end and sequences begin is a part of what is asked for.
        let start = self.listed.place([&[count as u32], needles.as_slice()].concat(), next);
        let end = start + needles.len();
        if start == next {
            self.lists.extend(needles);
        }
        (start as u32, (start + count) as u32, end as u32)
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
            sort_by(&mut needles, Ord::cmp);
            self.lists.extend(needles);
        }
        let Parts { rule, slots, anchor, .. } = *parts;
        Sequence { rule, parts: parts.needles.len() as u32, anchor, slots, at }
    }
}
