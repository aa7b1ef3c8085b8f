//! What the rest of the message says about what was found: exceptions, `near`, `unless_near`, language.

use super::super::{Fix, Hit};
use super::around::words_between;
use super::beside::{is_wordy, plain};
use super::effort::cost;
use super::{Found, Reading, Rejection};
use crate::rules::{
    CueList, ENGLISH, LANGUAGES, Layer, MOST_GROUPS, Rule, Ruleset, UNLESS, Words, is_unspaced_language,
};
use crate::text::{Glyph, Kind, Span, Text, is_unspaced};
use std::cell::{OnceCell, RefCell};

/// The most words between a hit and what `near` and `unless_near` name.
const NEAR: usize = 8;

/// What makes a number an amount.
const AMOUNT: [char; 13] = ['$', '€', '£', '¥', '₽', '₹', '₩', '₺', '₴', '%', '+', '~', '='];

/// The most glyphs of a message that a rule can count alone in.
const LONGEST_ALONE: usize = 100;

/// Whether a sentence ends between two bytes of the content: a mark, alone, and white space. Three dots go on.
fn has_sentence_end(glyphs: &[Glyph], from: usize, to: usize) -> bool {
    let first = glyphs.partition_point(|glyph| (glyph.start as usize) < from);
    let end = glyphs.partition_point(|glyph| (glyph.start as usize) < to);
    let is_mark = |glyph: &Glyph| matches!(glyph.ch, '.' | '!' | '?' | '。' | '！' | '？');
    let is_gap = |at: usize| glyphs.get(at).is_none_or(|glyph| matches!(glyph.kind, Kind::Space | Kind::Newline));
    (first..end).any(|at| {
        let goes_on = glyphs[at].ch == '.' && at > 0 && glyphs[at - 1].ch == '.';
        glyphs[at].kind == Kind::Newline || is_mark(&glyphs[at]) && !goes_on && is_gap(at + 1)
    })
}

/// The message around what was found.
pub(crate) struct Context<'a, 'r> {
    content: &'a str,
    text: &'a Text,
    /// The message read glyph by glyph: where cues stand, in whatever reading a term was found.
    plain: &'a Reading<'a>,
    rules: &'r Ruleset,
    languages: OnceCell<[u32; LANGUAGES.len()]>,
    /// Where the regular expressions of rules match, for those whose terms were found.
    matched: RefCell<Vec<(u32, Vec<Span>)>>,
}

impl<'a, 'r> Context<'a, 'r> {
    pub fn new(content: &'a str, text: &'a Text, plain: &'a Reading<'a>, rules: &'r Ruleset) -> Self {
        Self { content, text, plain, rules, languages: OnceCell::new(), matched: RefCell::default() }
    }

    /// Appends a hit for every term of a reading that no exception covers and that the context speaks for.
    pub fn settle(&self, layer: &'r Layer, reading: &Reading<'_>, hits: &mut Vec<Hit<'r>>) {
        for (number, found) in reading.terms() {
            if reading.effort.is_spent() {
                return;
            }
            let Some(rule) = layer.rules.get(number) else { continue };
            let Ok(found) = self.judge(reading, number, &rule, &found) else { continue };
            // What speaks against it may not have been found.
            if reading.effort.is_spent() {
                return;
            }
            let span = if self.text.is_plain() { found.span } else { found.span.to_graphemes(self.content) };
            let (category, severity, language) = (rule.category, rule.severity, rule.language);
            let hit = Hit { rule: rule.id, category, severity, language, span, fix: Fix::Mask };
            // Spellings of one rule overlap; those found last lie last.
            match hits.iter_mut().rev().take(8).find(|known| known.rule == hit.rule && known.span.overlaps(span)) {
                Some(known) => known.span = Span::new(known.span.start.min(span.start), known.span.end.max(span.end)),
                None => hits.push(hit),
            }
        }
    }

    /// What counts of what was found of a rule, or what speaks against it.
    pub fn judge(
        &self,
        reading: &Reading<'_>,
        number: u32,
        rule: &Rule<'_>,
        found: &Found,
    ) -> Result<Found, Rejection> {
        if rule.off || !reading.effort.take(cost::JUDGED) {
            return Err(Rejection::Off);
        }
        let written = self.content.get(found.span.start..found.span.end).unwrap_or_default();
        if !reading.layer.accents_fit(rule, written) {
            return Err(Rejection::Accents);
        }
        let found = &self.matched(reading.layer, number, found).ok_or(Rejection::Regex)?;
        let except = reading.exceptions(rule.except, found).next().or_else(|| {
            // In "phuk€t" one reading has the term, the other the exception.
            let is_other = !std::ptr::eq(reading, self.plain);
            is_other.then(|| self.plain.exceptions(rule.except, &self.in_plain(found)).next())?
        });
        if let Some(except) = except {
            return Err(Rejection::Except(except.span));
        }
        if rule.alone && !self.stands_alone(found.span) {
            return Err(Rejection::Alone);
        }
        self.cues_fit(reading.layer, number, rule, found)?;
        if self.language_fits(rule, found.span) { Ok(*found) } else { Err(Rejection::Language) }
    }

    /// What the regular expressions of a rule match around its term; the term itself, where it has none.
    fn matched(&self, layer: &Layer, number: u32, found: &Found) -> Option<Found> {
        if layer.patterns.count(number) == 0 {
            return Some(*found);
        }
        let mut matched = self.matched.borrow_mut();
        // However often its terms stand in the message, each expression goes through it once.
        let known = matched.iter().position(|(known, _)| *known == number).unwrap_or_else(|| {
            matched.push((number, layer.patterns.find(number, self.content)));
            matched.len() - 1
        });
        let (_, spans) = matched.get(known)?;
        let last = spans.partition_point(|span| span.start <= found.span.start).checked_sub(1)?;
        let span = spans.get(last).copied().filter(|span| span.covers(found.span))?;
        Some(Found { span, ..*found })
    }

    /// The same place in the message read glyph by glyph.
    fn in_plain(&self, found: &Found) -> Found {
        self.plain.coarse.place_of(self.plain.glyphs, found.span)
    }

    /// Whether nothing else stands in the message but marks, emoji and the same again: no question, and no amount.
    fn stands_alone(&self, span: Span) -> bool {
        let glyphs = &self.text.glyphs;
        // What is longer is flooding, and to look at it for each hit would not be linear.
        if glyphs.len() > LONGEST_ALONE || self.content.contains(['?', '？']) {
            return false;
        }
        let written = self.content.get(span.start..span.end).unwrap_or_default();
        let is_number = !written.contains(char::is_alphabetic);
        if is_number && (written.contains(['.', ',', ':']) || self.content.contains(AMOUNT)) {
            return false;
        }
        let inside = |glyph: &&Glyph| (span.start..span.end).contains(&(glyph.start as usize));
        let mut own = glyphs.iter().filter(inside).filter(|glyph| glyph.is_alphanumeric()).cycle();
        let mut others = glyphs.iter().filter(|glyph| !inside(glyph) && glyph.is_alphanumeric());
        others.all(|glyph| own.next().is_some_and(|own| own.ch == glyph.ch))
    }

    /// Whether `near` and `with` are there and `unless_near` is not.
    fn cues_fit(&self, layer: &Layer, number: u32, rule: &Rule<'_>, found: &Found) -> Result<(), Rejection> {
        let is_empty = |(start, _, end): CueList| start == end;
        let has_groups = layer.rules.has_groups(number);
        if !has_groups && is_empty(rule.near) && is_empty(rule.unless) {
            return Ok(());
        }
        let place = self.in_plain(found);
        let standing = |cues, in_sentence: bool| {
            self.plain.cues_around(cues, &place).find(|cue| {
                let (from, to) = (cue.span.end.min(found.span.end), cue.span.start.max(found.span.start));
                !found.span.covers(cue.span)
                    && words_between(self.plain.glyphs, from, to, NEAR) <= NEAR
                    && !(in_sentence && has_sentence_end(self.plain.glyphs, from, to))
            })
        };
        if !is_empty(rule.near) && standing(rule.near, false).is_none() {
            return Err(Rejection::Near);
        }
        // Ideas that stand together in a message, in whatever order.
        let is_there = |cues| self.plain.cues_around(cues, &place).any(|cue| !found.span.covers(cue.span));
        let groups = layer.rules.groups(number);
        let group = |number: u32| groups.clone().filter(move |(of, _)| *of == number).map(|(_, cues)| cues);
        for at in (0..MOST_GROUPS).take_while(|_| has_groups) {
            let mut lists = group(at).peekable();
            if lists.peek().is_none() {
                break;
            }
            if !lists.any(is_there) {
                return Err(Rejection::With(at as usize + 1));
            }
        }
        // What is said in one sentence is not taken back by another.
        let mut unless = group(UNLESS).chain([rule.unless]).filter(|&cues| !is_empty(cues));
        let unless = unless.find_map(|cues| standing(cues, true));
        unless.map_or(Ok(()), |cue| Err(Rejection::Unless(cue.span)))
    }

    /// Whether the message is in a language in which the rule means what it says.
    fn language_fits(&self, rule: &Rule<'_>, span: Span) -> bool {
        if !rule.needs_language && rule.harmless_in == 0 {
            return true;
        }
        let mut counts = *self.languages.get_or_init(|| count_languages(&self.text.glyphs, self.rules.words()));
        let glyphs = &self.text.glyphs;
        let inside = glyphs.partition_point(|glyph| (glyph.start as usize) < span.start)
            ..glyphs.partition_point(|glyph| (glyph.start as usize) < span.end);
        let own_words = count_languages(&glyphs[inside.clone()], self.rules.words());
        counts.iter_mut().zip(own_words).for_each(|(count, own)| *count = count.saturating_sub(own));
        let count = |bit: u64| if bit == 0 { 0 } else { counts[bit.trailing_zeros() as usize] };
        let own = count(rule.language);
        if rule.needs_language {
            let around = || glyphs[..inside.start].iter().rev().take(64).chain(glyphs[inside.end..].iter().take(64));
            let own_script = is_unspaced_language(rule.language) && around().any(|glyph| is_unspaced(glyph.ch));
            let english = if rule.language == ENGLISH { 0 } else { count(ENGLISH) };
            if !own_script && (own == 0 || own < english) {
                return false;
            }
        }
        (0..LANGUAGES.len()).all(|at| rule.harmless_in >> at & 1 == 0 || counts[at] <= own)
    }
}

/// How many words belong to each language.
fn count_languages(glyphs: &[Glyph], words: &Words) -> [u32; LANGUAGES.len()] {
    let mut counts = [0u32; LANGUAGES.len()];
    let mut word = String::new();
    for run in glyphs.split(|glyph| !is_wordy(glyph)).filter(|run| (2..=16).contains(&run.len())) {
        word.clear();
        word.extend(run.iter().map(plain));
        let mut languages = words.languages(&word);
        while languages != 0 {
            counts[languages.trailing_zeros() as usize] += 1;
            languages &= languages - 1;
        }
    }
    counts
}
