//! Lays phrases over one another: those that stand in longer ones, and those that begin as others end, share their words.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// A sequence of words in which each of some phrases stands, and where: the first place of one that stands in several counts.
pub fn together(phrases: impl Iterator<Item = Vec<u16>>) -> (Vec<u16>, Vec<(Vec<u16>, usize)>) {
    let all: BTreeSet<Vec<u16>> = phrases.collect();
    let kept = not_within(&all);
    let mut by_beginning: BTreeMap<&[u16], BTreeSet<usize>> = BTreeMap::new();
    for (number, phrase) in kept.iter().enumerate() {
        for len in 1..=phrase.len() {
            by_beginning.entry(&phrase[..len]).or_default().insert(number);
        }
    }
    let (mut sequence, mut placed) = (Vec::new(), Vec::new());
    for phrase in &kept {
        // Nothing else begins with all of it: it would stand within that.
        let mut next = by_beginning[phrase.as_slice()].first().map(|&number| (number, 0));
        // From one to the next that begins with the most words that it ends in.
        while let Some((number, shared)) = next {
            let phrase = kept[number];
            for len in 1..=phrase.len() {
                by_beginning.get_mut(&phrase[..len]).expect("every beginning is there").remove(&number);
            }
            let at = sequence.len() - shared;
            sequence.extend(&phrase[shared..]);
            for part in parts(phrase) {
                if let Some(known) = all.get(&phrase[part.clone()]) {
                    placed.push((known.clone(), at + part.start));
                }
            }
            let unused = |shared: usize| Some((*by_beginning.get(&phrase[phrase.len() - shared..])?.first()?, shared));
            next = (1..phrase.len()).rev().find_map(unused);
        }
    }
    (sequence, placed)
}

/// The phrases that stand in no other.
fn not_within(all: &BTreeSet<Vec<u16>>) -> Vec<&Vec<u16>> {
    let inner = |phrase: &'_ Vec<u16>| {
        let parts = parts(phrase).filter(|part| part.len() < phrase.len());
        parts.map(|part| phrase[part].to_vec()).collect::<Vec<_>>()
    };
    let within: BTreeSet<Vec<u16>> = all.iter().flat_map(inner).collect();
    all.iter().filter(|phrase| !within.contains(*phrase)).collect()
}

/// Where the parts of a phrase lie, all of it among them.
fn parts(phrase: &[u16]) -> impl Iterator<Item = Range<usize>> + use<> {
    let len = phrase.len();
    (0..len).flat_map(move |from| (from + 1..=len).map(move |to| from..to))
}
