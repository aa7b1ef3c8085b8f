//! One word, phrase or syllable many times over.

use super::runs::majority;
use super::units::{Class, Token, Unit};
use super::{FloodRules, Found, least, share};

/// The longest phrase that is looked for, in words, and the longest syllable, in letters.
pub const PERIOD: usize = 12;

/// Finds what is repeated, and squeezes it.
pub fn find(units: &[Unit], tokens: &[Token], rules: &FloodRules, found: &mut Vec<Found>) {
    phrases(units, tokens, rules, found);
    if found.is_empty() {
        scattered(units, tokens, rules, found);
    }
    if found.is_empty() {
        for token in tokens.iter().filter(|token| token.class == Class::Letter) {
            let mut own = Vec::new();
            syllables(token.units(units), rules, &mut own);
            found.append(&mut own);
        }
    }
}

/// The stretches of `items` in which every item repeats the one `period` before it: first index and length.
fn periodic<T>(items: &[T], period: usize, same: impl Fn(&T, &T) -> bool) -> Vec<(usize, usize)> {
    let mut stretches = Vec::new();
    let mut matched = 0;
    let pairs = items.iter().zip(items.iter().skip(period));
    for (at, equal) in pairs.map(|(a, b)| same(a, b)).chain([false]).enumerate() {
        if equal {
            matched += 1;
        } else if matched > 0 {
            stretches.push((at - matched, matched + period));
            matched = 0;
        }
    }
    stretches
}

/// How many of `keys` are the same as the one `period` before.
fn again(keys: &[u32], period: usize) -> usize {
    keys.iter().zip(keys.get(period..).unwrap_or_default()).filter(|(a, b)| a == b).count()
}

/// Finds phrases that are said over and over and make up most of the message; the shortest period counts.
fn phrases(units: &[Unit], tokens: &[Token], rules: &FloodRules, found: &mut Vec<Found>) {
    let keep = rules.word_keep.clamp(1, rules.word_count.max(2) - 1);
    let end = |at: usize| tokens.get(at).map_or(0, |token| token.span(units).end);
    let keys: Vec<u32> = (0u32..).zip(tokens).map(|(at, token)| token.hint(at)).collect();
    for period in 1..=PERIOD {
        let long = least(rules.word_count).saturating_mul(period);
        if tokens.len() < long {
            return;
        }
        if again(&keys, period) + period < long {
            continue;
        }
        for (at, length) in periodic(tokens, period, Token::repeats) {
            if length >= long && share(length, tokens.len(), rules.word_share) {
                found.push(Found::excess("flood.word", end(at + keep * period - 1), end(at + length - 1)));
            }
        }
        if !found.is_empty() {
            return;
        }
    }
}

/// Finds a word that most words of the message are, wherever they stand.
fn scattered(units: &[Unit], tokens: &[Token], rules: &FloodRules, found: &mut Vec<Found>) {
    if tokens.len() < least(rules.word_count) {
        return;
    }
    let Some(most) = majority(tokens, Token::repeats) else { return };
    let count = tokens.iter().filter(|token| token.repeats(most)).count();
    if count < rules.word_count || !share(count, tokens.len(), rules.word_share) {
        return;
    }
    let pairs = tokens.windows(2).filter_map(|pair| if let [a, b] = pair { Some((a, b)) } else { None });
    for (before, token) in pairs.filter(|(_, token)| token.repeats(most)).skip(rules.word_keep) {
        found.push(Found::excess("flood.word", before.span(units).end, token.span(units).end));
    }
}

/// Finds syllables that are repeated beyond any laughter.
fn syllables(word: &[Unit], rules: &FloodRules, found: &mut Vec<Found>) {
    if word.len() / 2 < least(rules.syllable_count) {
        return;
    }
    let keep = rules.word_keep.clamp(1, rules.syllable_count.max(2) - 1);
    let keys: Vec<u32> = word.iter().map(|unit| unit.key).collect();
    for period in 2..=PERIOD {
        let long = least(rules.syllable_count).saturating_mul(period);
        if word.len() < long || !found.is_empty() {
            return;
        }
        if again(&keys, period) + period < long {
            continue;
        }
        for (at, length) in periodic(word, period, Unit::repeats) {
            if let (true, Some(first), Some(last)) =
                (length >= long, word.get(at + keep * period), word.get(at + length - 1))
            {
                found.push(Found::excess("flood.word", first.start(), last.end()));
            }
        }
    }
}
