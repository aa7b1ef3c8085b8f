//! Messages whose words together are those of scams, though no phrase of them is one that a rule names.
//!
//! Each word that often stands in offers, or seldom, [weighs](crate::rules::Weights) something, once. What they weigh was learned
//! from messages in `rules/weights/`.

use super::terms::Effort;
use super::{Category, Fix, Hit, Severity};
use crate::rules::Weights;
use crate::text::{Span, Text, plain_keys, tokens};

/// As much as the words of a message have to weigh together at least, in per cent.
const ENOUGH: usize = 100;

/// How many words an offer has at most before more is asked of them.
const USUAL: usize = 12;

/// How much more is asked for each further word, in per cent: among many words some that weigh much stand by chance.
const FURTHER: usize = 2;

/// The rule that such messages break.
pub const RULE: &str = "scam.words";

/// As few glyphs as an offer has that no rule names.
const LEAST: usize = 48;

/// As few [steps](Effort) as looking for terms takes in an offer: two places look like one.
const LEAST_STEPS: u32 = 48;

/// Appends a hit if the words of the message weigh enough.
#[inline(never)]
pub fn find(content: &str, text: &Text, weights: &Weights, effort: &Effort, hits: &mut Vec<Hit<'_>>) {
    let is_weighed = text.glyphs.len() >= LEAST && effort.taken() >= LEAST_STEPS && !weights.is_empty();
    // What a rule names needs no weighing.
    if !is_weighed || hits.iter().any(|hit| hit.category == Category::Scam) {
        return;
    }
    let mut scale = Scale::of(weights);
    match plain_keys(text) {
        Some(keys) => keys.for_each(|key| _ = scale.put(key)),
        None => tokens(text).for_each(|token| _ = scale.put(token.key)),
    }
    if scale.is_enough() {
        let (category, severity, span) = (Category::Scam, Severity::Strong, Span::new(0, content.len()));
        hits.push(Hit { rule: RULE, category, severity, language: 0, span, fix: Fix::Deny });
    }
}

/// As much as so many words have to weigh together, in per cent.
pub const fn enough(words: usize) -> usize {
    FURTHER.saturating_mul(words.saturating_sub(USUAL)).saturating_add(ENOUGH)
}

/// What words weigh together, each once.
pub struct Scale<'w> {
    weights: &'w Weights,
    /// A bit for each slot: whether its word was put there.
    met: [u64; Weights::MOST / u64::BITS as usize],
    /// What they weigh, in per cent.
    pub percent: i32,
    /// How many words they are, with those that weigh nothing.
    pub words: usize,
}

impl<'w> Scale<'w> {
    /// One with nothing on it.
    pub const fn of(weights: &'w Weights) -> Self {
        Self { weights, met: [0; Weights::MOST / u64::BITS as usize], percent: 0, words: 0 }
    }

    /// Puts a word there, by its [key](tokens), if it is one; and says what it brings.
    #[inline]
    pub fn put(&mut self, key: u64) -> i32 {
        let weight = self.weights.of(key);
        let (place, bit) = (weight.slot / u64::BITS as usize % self.met.len(), weight.slot % u64::BITS as usize);
        let is_known = weight.percent != 0;
        let is_new = self.met[place] >> bit & 1 == 0;
        self.met[place] |= u64::from(is_known) << bit;
        let brings = if is_new { weight.percent } else { 0 };
        self.percent += brings;
        self.words += usize::from(key != 0);
        brings
    }

    /// Whether they weigh [enough].
    pub fn is_enough(&self) -> bool {
        usize::try_from(self.percent).is_ok_and(|percent| percent >= enough(self.words))
    }
}
