//! What the rest of the message says about a match: exceptions, `near`, `unless_near`, sequences, language.

use super::super::{Fix, Hit};
use super::Match;
use super::evidence::Dressing;
use crate::rules::{Entry, LANGUAGES, Layer, Role, Rule, Ruleset, Words, is_unspaced_language};
use crate::text::{Dress, Glyph, Kind, Span, Text, is_unspaced};
use std::ops::Range;

/// The most words that ` ... ` stands for.
const WIDEST_SLOT: usize = 3;

/// Turns matches into hits: those that no exception covers and that the context speaks for.
pub fn settle<'r>(
    content: &str,
    text: &Text,
    layer: &'r Layer,
    rules: &'r Ruleset,
    matches: &[Match],
    hits: &mut Vec<Hit<'r>>,
) {
    if matches.is_empty() {
        return;
    }
    let mut all = matches.to_vec();
    sequences(text, layer, &mut all);
    for term in all.iter().filter(|found| found.role == Role::Term) {
        let Some(rule) = layer.rules.get(term.rule as usize).filter(|rule| !rule.off) else { continue };
        let of_rule = |role: Role| all.iter().filter(move |other| other.rule == term.rule && other.role == role);
        let excused = of_rule(Role::Except).any(|except| except.span.covers(term.span));
        let off = of_rule(Role::Unless).any(|cue| !term.span.covers(cue.span));
        let on = !rule.near || of_rule(Role::Near).any(|cue| !term.span.covers(cue.span));
        if excused || off || !on || !language_fits(text, rule, term.span, rules.words()) {
            continue;
        }
        let span = term.span.to_graphemes(content);
        let hit =
            Hit { rule: rule.id.as_ref(), category: rule.category, severity: rule.severity, span, fix: Fix::Mask };
        match hits.iter_mut().find(|known| known.rule == hit.rule && known.span.overlaps(span)) {
            Some(known) => known.span = Span::new(known.span.start.min(span.start), known.span.end.max(span.end)),
            None => hits.push(hit),
        }
    }
}

/// Adds a match for every sequence whose parts stand in order, with few words between them.
pub fn sequences(text: &Text, layer: &Layer, matches: &mut Vec<Match>) {
    let mut found = Vec::new();
    for first in matches.iter() {
        let Role::Part { sequence, index: 0 } = first.role else { continue };
        let Some(whole) = layer.sequences.get(sequence as usize) else { continue };
        let mut span = first.span;
        let complete = (1..whole.parts).all(|index| {
            let next = matches
                .iter()
                .filter(|other| other.role == Role::Part { sequence, index } && other.span.start >= span.end)
                .min_by_key(|other| other.span.start)
                .filter(|other| {
                    let most = if whole.slots >> index & 1 == 1 { WIDEST_SLOT } else { 0 };
                    words_between(text, span.end, other.span.start) <= most
                });
            span.end = next.map_or(span.end, |next| next.span.end);
            next.is_some()
        });
        if complete {
            found.push(Match { role: whole.role, span, ..*first });
        }
    }
    matches.append(&mut found);
}

/// The number of words between two bytes, one more than asked for at the most.
fn words_between(text: &Text, from: usize, to: usize) -> usize {
    let first = text.glyphs.partition_point(|glyph| (glyph.start as usize) < from);
    let (mut words, mut inside) = (0, false);
    for glyph in text.glyphs[first..].iter().take_while(|glyph| (glyph.start as usize) < to) {
        let letter = glyph.is_alphanumeric() || glyph.kind == Kind::Apostrophe;
        words += usize::from(letter && !inside);
        inside = letter;
        if words > WIDEST_SLOT {
            break;
        }
    }
    words
}

/// Whether letters of other scripts and foreign accents are a disguise here, and no word of another language.
pub fn script_fits(
    glyphs: &[Glyph],
    range: &Range<usize>,
    dressing: &Dressing,
    rule: &Rule,
    entry: &Entry<'_>,
) -> bool {
    if dressing.lookalikes > 0 && entry.letters.is_ascii() && !is_cyrillic_or_greek(rule.language) {
        // A word all of whose letters belong to another script is a word of it, if others stand around it.
        let all = dressing.lookalikes >= dressing.real;
        if all && glyphs.iter().any(|glyph| glyph.kind == Kind::Letter && is_native(glyph.ch)) {
            return false;
        }
    }
    if entry.native && dressing.lookalikes == 0 && entry.letters.is_ascii() && (entry.open_left || entry.open_right) {
        // "cyka" is typed for "сука", but not every Latin word that begins like a Cyrillic stem looks.
        return false;
    }
    if dressing.accents > 0 && entry.letters.len() <= 5 {
        // Where accents stand elsewhere too they are spelling: "phúc" is a name.
        let accented = |glyph: &Glyph| glyph.dress.has(Dress::ACCENT) && glyph.kind == Kind::Letter;
        let before = glyphs[..range.start].iter().rev().skip_while(|glyph| glyph.is_alphanumeric());
        let after = glyphs[range.end..].iter().skip_while(|glyph| glyph.is_alphanumeric());
        return entry.letters.len() >= 4 && !before.chain(after).any(accented);
    }
    true
}

/// A Cyrillic or Greek letter that looks like no Latin one.
fn is_native(ch: char) -> bool {
    ('\u{370}'..='\u{52f}').contains(&ch)
}

fn is_cyrillic_or_greek(language: u64) -> bool {
    ["ru", "uk", "el"].iter().any(|code| crate::rules::language_bit(code) == Some(language))
}

/// Whether the message is in a language in which the rule means what it says.
fn language_fits(text: &Text, rule: &Rule, span: Span, words: &Words) -> bool {
    if !rule.needs_language && rule.harmless_in == 0 {
        return true;
    }
    let counts = count_languages(text, span, words);
    let count = |bit: u64| if bit == 0 { 0 } else { counts[bit.trailing_zeros() as usize] };
    let own = count(rule.language);
    if rule.needs_language {
        let own_script = is_unspaced_language(rule.language)
            && text.glyphs.iter().any(|glyph| is_unspaced(glyph.ch) && !span.covers(glyph.span()));
        let english = if rule.language == crate::rules::ENGLISH { 0 } else { count(crate::rules::ENGLISH) };
        if !own_script && (own == 0 || own < english) {
            return false;
        }
    }
    (0..LANGUAGES.len()).all(|at| rule.harmless_in >> at & 1 == 0 || counts[at] <= own)
}

/// How many words of the message outside of `span` belong to each language.
fn count_languages(text: &Text, span: Span, words: &Words) -> [u16; LANGUAGES.len()] {
    let mut counts = [0u16; LANGUAGES.len()];
    let outside = |glyph: &Glyph| glyph.kind == Kind::Letter && !span.covers(glyph.span());
    for word in text.glyphs.split(|glyph| !outside(glyph)).filter(|word| (2..=16).contains(&word.len())) {
        let word: String = word.iter().map(|glyph| glyph.ch).collect();
        let mut languages = words.languages(&word);
        while languages != 0 {
            counts[languages.trailing_zeros() as usize] = counts[languages.trailing_zeros() as usize].saturating_add(1);
            languages &= languages - 1;
        }
    }
    counts
}
