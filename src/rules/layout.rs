//! What packs say, laid out: needles in the order of their keys, and everything in the tables of a [`Layer`].

use super::keys::{Draft, hints, sort_by_key};
use super::layer::Layer;
use super::needle::{KeyParts, Leads, NUMBER_BITS, Outline, PLACE_BITS};
use super::needles::{BLOCK, Needles, beginning};
use super::numbers::Numbers;
use super::rule::{Rule, Rules};
use super::sorted::sort_by;
use super::tables::{Cues, Parts, Tables};
use std::borrow::Cow;
use std::collections::HashMap;

/// The most different words: their numbers have 16 bits.
const MOST_DIFFERENT_WORDS: usize = 0xffff;

/// How large something is, how large it may be, and what it is.
pub type Size = (usize, usize, &'static str);

/// What packs say, before anything has its place.
#[derive(Default)]
pub struct Drafted {
    /// The rules, but for their ids.
    pub rules: Vec<Rule<'static>>,
    /// The `except`, `near` and `unless_near` of each.
    pub cues: Vec<[Cues; 3]>,
    /// The groups of their `with`, a list of one apart from its other words, so that it stands once however many rules name it: each with
    /// the numbers of its rule and of the group.
    pub groups: Vec<(u32, u32, Cues)>,
    /// The accents that the terms of each rule have to be written with, if they have to.
    pub accents: Vec<Vec<u32>>,
    /// Every needle once, with its number as yet.
    pub needles: HashMap<Draft, u32>,
    /// What finding each of them leads to.
    pub leads: Vec<Vec<Leads>>,
    /// Terms of several parts.
    pub sequences: Vec<Parts>,
}

impl Drafted {
    /// Gives needles their final numbers, by key, and puts everything into tables: a layer that lacks its automaton, and the keys for
    /// it, sorted, distinct and not empty. Says of the tables how large they are and may be.
    pub fn lay_out(mut self, ids: &[String]) -> (Layer, Vec<Vec<u8>>, [Size; 4]) {
        let mut rules: Vec<Rule<'_>> = self.rules.into_iter().zip(ids).map(|(rule, id)| Rule { id, ..rule }).collect();
        let mut drafts: Vec<(Draft, u32)> = self.needles.into_iter().collect();
        sort_by_key(&mut drafts);
        let mut renumbered = vec![0u32; drafts.len()];
        for (new, (_, old)) in drafts.iter().enumerate() {
            renumbered[*old as usize] = new as u32;
        }
        let mut tables = Tables::new(drafts.iter().map(|(draft, _)| &draft.words));
        let (mut needles, mut beginnings) = (Vec::with_capacity(drafts.len()), Vec::new());
        let (mut keys, mut parts): (Vec<Vec<u8>>, Vec<KeyParts>) = (Vec::new(), Vec::new());
        let mut drafts = drafts.into_iter().peekable();
        while let Some((Draft { key, words, telltale, stance }, old)) = drafts.next() {
            let leads = tables.leads(&self.leads[old as usize]);
            let (words, place) = (words.len(), tables.place(&words));
            let is_last = drafts.peek().is_none_or(|(next, _)| next.key != key);
            if keys.last() != Some(&key) {
                parts.push(KeyParts { first: needles.len(), hints: 0 });
                keys.push(key);
            }
            let outline = Outline { place, words, telltale, is_last, stance, leads };
            if let Some(key) = parts.last_mut() {
                key.hints |= hints(&outline, keys.last().map_or(0, Vec::len));
            }
            if needles.len().is_multiple_of(BLOCK) {
                beginnings.push(keys.last().map_or(0, |key| beginning(key)));
            }
            needles.push(outline.pack());
        }
        for (rule, accents) in rules.iter_mut().zip(&mut self.accents) {
            sort_by(accents, Ord::cmp);
            accents.dedup();
            let start = tables.accents.len() as u32;
            tables.accents.extend(accents.iter());
            rule.accents = (start, tables.accents.len() as u32);
        }
        for (rule, [except, near, unless]) in rules.iter_mut().zip(&self.cues) {
            rule.except = tables.cues(except, &renumbered);
            rule.near = tables.cues(near, &renumbered);
            rule.unless = tables.cues(unless, &renumbered);
        }
        let groups = self.groups.iter().map(|(rule, at, cues)| (*rule, *at, tables.cues(cues, &renumbered))).collect();
        let sequences = self.sequences.iter().map(|parts| tables.sequence(parts, &renumbered).pack()).collect();
        let sizes = [
            (tables.numbers.len(), MOST_DIFFERENT_WORDS, "different words"),
            (tables.phrases.len(), 1 << PLACE_BITS, "words in phrases"),
            (tables.leads.len(), 1 << NUMBER_BITS, "terms of several rules"),
            (needles.len(), KeyParts::MOST - 1, "alternatives"),
        ];
        let layer = Layer {
            rules: Rules::new(&rules, groups),
            needles: Needles::new(&needles, beginnings),
            phrases: Cow::Owned(tables.phrases),
            vocabulary: tables.vocabulary,
            leads: Cow::Owned(tables.leads),
            keys: Cow::Owned(parts.into_iter().map(KeyParts::pack).collect()),
            sequences: Cow::Owned(sequences),
            lists: Numbers::new(tables.lists),
            accents: Cow::Owned(tables.accents),
            ..Layer::default()
        };
        (layer, keys, sizes)
    }
}
