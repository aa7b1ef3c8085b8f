//! What looked like a term and is none, and why: for people who write rules. A review never comes here.

use super::context::Context;
use super::{Candidate, Effort, Found, Look, Memory, Reading, align, verify};
use crate::rules::{Layer, Leads, Needle, Ruleset};
use crate::text::{Glyph, Span, Text};

/// Why a candidate is no hit: the first judgement that speaks against it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rejection {
    /// The letters are not the term's: only as similar as a quick look can tell.
    Letters,
    /// What stands between the letters, or breaks the word, makes words of its own of the pieces.
    Gaps,
    /// Too few real letters among the digits and symbols.
    Symbols,
    /// A letter is doubled where the term has one, or single where the term has two.
    Doubles,
    /// An l for an i or a v for a u beside a vowel, where it is what it is.
    Swaps,
    /// Letters of another script, or accents, as the language around them has.
    Script,
    /// None of the rule's regular expressions matches around it.
    Regex,
    /// Its accents are not those that the rule asks for.
    Accents,
    /// It is a piece of a longer word.
    Edges,
    /// The other parts of the phrase are not there.
    Parts,
    /// The rule is disabled.
    Off,
    /// An exception of the rule covers it; where that stands.
    Except(Span),
    /// None of the rule's `near` stands around it.
    Near,
    /// Nothing of a group of the rule's `with` stands around it; which group, counted from 1.
    With(usize),
    /// It is not the whole message, or a question, or an amount.
    Alone,
    /// One of the rule's `unless_near` stands around it; where.
    Unless(Span),
    /// The message is not in the rule's language, or in one in which the word is harmless.
    Language,
}

/// A candidate that is no hit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected<'r> {
    /// The id of the rule.
    pub rule: &'r str,
    /// The folded term, or the part of a phrase that it is looked for by.
    pub term: String,
    /// Where in the content, in bytes.
    pub span: Span,
    /// What speaks against it.
    pub why: Rejection,
}

impl Rejection {
    /// The reason in one word.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Letters => "letters",
            Self::Gaps => "gaps",
            Self::Symbols => "symbols",
            Self::Doubles => "doubles",
            Self::Swaps => "swaps",
            Self::Script => "script",
            Self::Accents => "accents",
            Self::Regex => "regex",
            Self::Edges => "edges",
            Self::Parts => "parts",
            Self::Off => "off",
            Self::Except(_) => "except",
            Self::Alone => "alone",
            Self::Near => "near",
            Self::With(_) => "with",
            Self::Unless(_) => "unless_near",
            Self::Language => "language",
        }
    }
}

impl Rejected<'_> {
    /// The reason in words for a moderator; `content` is the message.
    pub fn because(&self, content: &str) -> String {
        let term = &self.term;
        let quote = |span: Span| content.get(span.start..span.end).unwrap_or_default();
        match self.why {
            Rejection::Letters => format!("the letters are not those of \"{term}\""),
            Rejection::Gaps => {
                format!("what stands between the letters of \"{term}\" makes words of their own of the pieces")
            }
            Rejection::Symbols => {
                format!("too few letters for \"{term}\": digits and symbols alone mean something else")
            }
            Rejection::Doubles => {
                format!("a letter is doubled that \"{term}\" has once, or the other way round: another word")
            }
            Rejection::Swaps => format!("beside a vowel an l is no i and a v no u, so it is not \"{term}\""),
            Rejection::Script => format!("accents or another script, as the language around it has: not \"{term}\""),
            Rejection::Regex => format!("no regular expression of the rule matches around \"{term}\""),
            Rejection::Accents => format!("not with the accents of \"{term}\", without which it is another word"),
            Rejection::Edges => match surroundings(content, self.span) {
                Some(words) if words.contains(char::is_whitespace) => {
                    format!("\"{term}\" lies across the words \"{words}\"")
                }
                Some(word) => format!("\"{term}\" is only a piece of \"{word}\""),
                None => format!("\"{term}\" would begin or end within another word"),
            },
            Rejection::Parts => format!("\"{term}\" is only a part of the phrase, and the rest is not there"),
            Rejection::Off => "the rule is disabled".to_owned(),
            Rejection::Except(span) => format!("the rule's exception \"{}\" covers it", quote(span)),
            Rejection::Alone => {
                "the rule counts only as the whole message, which is no question and no amount".to_owned()
            }
            Rejection::Near => "none of the words in the rule's `near` stands within eight words".to_owned(),
            Rejection::With(group) => format!("nothing of group {group} of the rule's `with` stands around it"),
            Rejection::Unless(span) => {
                format!("\"{}\" stands near it, which is in the rule's `unless_near`", quote(span))
            }
            Rejection::Language => "the message is in another language, where it is harmless".to_owned(),
        }
    }
}

/// The run of letters and digits around a place, if it is longer than the place.
fn surroundings(content: &str, span: Span) -> Option<&str> {
    let before = content.get(..span.start)?.trim_end_matches(char::is_alphanumeric);
    let after = content.get(span.end..)?.trim_start_matches(char::is_alphanumeric);
    let words = content.get(before.len()..content.len() - after.len())?;
    (words.len() > span.end - span.start).then_some(words)
}

/// Every place in the message that has the letters of a term and is no hit, by rule; places that only looked alike at
/// first, and cues, are not told. A term that is found is found, whatever other spellings of its rule are rejected there.
pub fn rejected<'r>(content: &str, text: &Text, rules: &'r Ruleset) -> Vec<Rejected<'r>> {
    let (mut found, mut hits, mut memory) = (Vec::new(), Vec::new(), Memory::default());
    let effort = Effort::boundless();
    memory.find(content, text, rules, &effort, &mut hits);
    for excused in rules.excuses().map(|layer| memory.excused(content, text, layer, rules, &effort)).unwrap_or_default()
    {
        found.extend(hits.extract_if(.., |hit| excused.covers(hit)).map(|hit| Rejected {
            rule: hit.rule,
            term: content.get(hit.span.start..hit.span.end).unwrap_or_default().to_owned(),
            span: hit.span,
            why: Rejection::Except(excused.span),
        }));
    }
    let others = memory.others;
    for layer in rules.layers() {
        let look = Look::new(&text.glyphs, layer, rules.words());
        let other = Look::new(&others, layer, rules.words());
        let plain = look.reading(&text.glyphs, layer, rules.words(), &effort);
        let context = Context::new(content, text, &plain, rules);
        Judge { layer, reading: &plain, context: &context }.all(&mut found);
        let other = other.reading(&others, layer, rules.words(), &effort);
        Judge { layer, reading: &other, context: &context }.all(&mut found);
    }
    found.retain(|one| !hits.iter().any(|hit| hit.rule == one.rule && hit.span.overlaps(one.span)));
    found.sort_by(|a, b| (a.span, a.rule).cmp(&(b.span, b.rule)));
    found.dedup_by(|later, kept| later.rule == kept.rule && later.span.overlaps(kept.span));
    found
}

/// A reading whose candidates are judged.
struct Judge<'a, 'r> {
    layer: &'r Layer,
    reading: &'a Reading<'a>,
    context: &'a Context<'a, 'r>,
}

impl<'r> Judge<'_, 'r> {
    fn all(&self, found: &mut Vec<Rejected<'r>>) {
        let mut everywhere = Vec::new();
        self.reading.coarse.everywhere(self.layer, &mut everywhere);
        // Those that have a chance come in the same order.
        let mut with_a_chance = self.reading.candidates.iter().peekable();
        for candidate in everywhere {
            let has_a_chance = with_a_chance.next_if_eq(&&candidate).is_some();
            if let Some(needle) = self.layer.needle(candidate.needle as usize) {
                self.one(candidate, &needle, has_a_chance, found);
            }
        }
    }

    fn one(&self, candidate: Candidate, needle: &Needle, has_a_chance: bool, found: &mut Vec<Rejected<'r>>) {
        let glyphs = self.reading.glyphs;
        let within = self.reading.within(candidate);
        let Some(aligned) = align(glyphs, within.clone(), needle.letters.as_slice()) else { return };
        let Some(place) = span(&glyphs[aligned]) else { return };
        let verified = verify(glyphs, within, needle, self.reading.words, self.reading.effort);
        let verified = verified.and_then(|span| if has_a_chance { Ok(span) } else { Err(Rejection::Edges) });
        let verified = verified.map(|span| Found { span, start: candidate.start, end: candidate.end });
        for lead in self.layer.each_lead(needle.leads) {
            let (number, whole) = match lead {
                Leads::Nowhere | Leads::Several(_) => continue,
                Leads::Term(rule) => (rule, verified),
                Leads::Anchor(number) => {
                    let Some(sequence) = self.layer.sequence(number) else { continue };
                    let complete = |found| self.reading.complete(&sequence, found).ok_or(Rejection::Parts);
                    (sequence.rule, verified.and_then(complete))
                }
            };
            let Some(rule) = self.layer.rules.get(number) else { continue };
            let judged = whole.and_then(|found| self.context.judge(self.reading, number, &rule, &found));
            if let Err(why) = judged {
                found.push(Rejected { rule: rule.id, term: spaced(needle), span: place, why });
            }
        }
    }
}

/// The bytes of some glyphs, which may run backwards.
fn span(glyphs: &[Glyph]) -> Option<Span> {
    let start = glyphs.iter().map(|glyph| glyph.start).min()?;
    let end = glyphs.iter().map(|glyph| glyph.end).max()?;
    Some(Span::new(start as usize, end as usize))
}

/// The letters of a needle with a space before each word but the first.
pub(super) fn spaced(needle: &Needle) -> String {
    let mut words = String::new();
    for (at, letter) in needle.letters.as_slice().iter().enumerate() {
        if at > 0 && needle.letters.starts >> at & 1 == 1 {
            words.push(' ');
        }
        words.push(*letter);
    }
    words
}
