//! Packs to a [`Layer`].

use super::automaton::Automaton;
use super::layer::{Entry, Inflect, Layer, Record, Role, Rule, Sequence};
use super::source::{Mistake, Pack, RuleSource, Source};
use super::term::{self, Part};
use super::words::language_bit;
use crate::text::{Dress, Glyph, Kind, Text, class, class_of};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use toml::Spanned;

/// The longest term, in letters: the verifier keeps one bit a letter.
pub const LONGEST_TERM: usize = 64;

/// The most terms that a rule set may have, all alternatives counted. A start must stay within its budget.
pub const MOST_TERMS: usize = 100_000;

/// The most rules that a rule set may have: their numbers are packed into 16 bits.
pub const MOST_RULES: usize = 0xffff;

/// The letters of all entries in one string, each distinct word once.
#[derive(Default)]
struct Pool {
    text: String,
    at: HashMap<String, u32>,
}

impl Pool {
    fn place(&mut self, letters: &str) -> u32 {
        if let Some(&at) = self.at.get(letters) {
            return at;
        }
        let at = self.text.len() as u32;
        self.text.push_str(letters);
        self.at.insert(letters.to_owned(), at);
        at
    }
}

/// Compiles packs, collecting every mistake.
#[derive(Default)]
pub struct Compiler {
    rules: Vec<Rule>,
    /// Coarse key to entries; ordered, so that the same files always compile to the same tables.
    entries: BTreeMap<String, Vec<Record>>,
    letters: Pool,
    sequences: Vec<Sequence>,
    terms: usize,
    seen: HashMap<String, (std::path::PathBuf, usize)>,
    mistakes: Vec<Mistake>,
}

impl Compiler {
    /// Adds a file's rules; what is wrong with them is kept for [`Compiler::finish`].
    pub fn add(&mut self, source: &Source, pack: &Pack) {
        let language = match pack.language.get_ref().as_str() {
            "*" => 0,
            code => language_bit(code).unwrap_or_else(|| {
                let known = super::words::LANGUAGES.join(", ");
                self.wrong(
                    source,
                    &pack.language,
                    None,
                    format!("unknown language {code:?}; known are {known}, and \"*\" for none"),
                );
                0
            }),
        };
        for rule in &pack.rules {
            self.add_rule(source, pack, language, rule);
        }
    }

    fn wrong<T>(&mut self, source: &Source, at: &Spanned<T>, rule: Option<&str>, message: impl Into<String>) {
        self.mistakes.push(source.mistake(at.span().start, rule, message));
    }

    fn add_rule(&mut self, source: &Source, pack: &Pack, language: u64, rule: &RuleSource) {
        let id = rule.id.get_ref();
        if !is_id(id) {
            self.wrong(
                source,
                &rule.id,
                Some(id),
                "an id is lower-case letters, digits, `_` and `-`, with dots between parts",
            );
        }
        let here = source.mistake(rule.id.span().start, Some(id), "");
        if let Some((file, line)) = self.seen.insert(id.clone(), (here.file, here.line)) {
            self.wrong(source, &rule.id, Some(id), format!("this id stands already in {}:{line}", file.display()));
        }
        if rule.terms.is_empty() {
            self.wrong(source, &rule.id, Some(id), "a rule without terms finds nothing");
        }
        let mut harmless_in = 0u64;
        for code in &rule.harmless_in {
            match language_bit(code.get_ref()) {
                Some(bit) => harmless_in |= bit,
                None => self.wrong(source, code, Some(id), format!("unknown language {:?}", code.get_ref())),
            }
        }
        let number = self.rules.len() as u32;
        self.rules.push(Rule {
            id: Cow::Owned(id.clone()),
            category: pack.category,
            severity: rule.severity,
            language,
            harmless_in,
            needs_language: rule.needs_language,
            near: !rule.near.is_empty(),
            glue: rule.glue,
            off: false,
        });
        for (terms, role) in [
            (&rule.terms, Role::Term),
            (&rule.except, Role::Except),
            (&rule.near, Role::Near),
            (&rule.unless_near, Role::Unless),
        ] {
            for written in terms {
                if let Err(message) = self.add_term(number, role, written.get_ref(), rule.inflect) {
                    self.wrong(source, written, Some(id), format!("{:?}: {message}", written.get_ref()));
                }
            }
        }
    }

    fn add_term(&mut self, rule: u32, role: Role, written: &str, inflect: Inflect) -> Result<(), String> {
        let term = term::parse(written)?;
        if let [only] = term.parts.as_slice() {
            return only.choices.iter().try_for_each(|part| self.add_part(rule, role, part, inflect));
        }
        let sequence = self.sequences.len() as u32;
        let slots = term.parts.iter().enumerate().fold(0, |bits, (at, slot)| bits | u8::from(slot.after_words) << at);
        self.sequences.push(Sequence { role, parts: term.parts.len() as u8, slots });
        for (index, slot) in term.parts.iter().enumerate() {
            for part in &slot.choices {
                self.add_part(rule, Role::Part { sequence, index: index as u8 }, part, inflect)?;
            }
        }
        Ok(())
    }

    fn add_part(&mut self, rule: u32, role: Role, part: &Part, inflect: Inflect) -> Result<(), String> {
        self.terms += 1;
        let is_part = matches!(role, Role::Part { .. });
        let Letters { letters, starts, accents, native } = letters(&part.words, is_part)?;
        let inflect = match role {
            // What excuses or gives context is an ordinary word: all of its forms do.
            Role::Near | Role::Unless if inflect != Inflect::None => Inflect::Verb,
            _ => inflect,
        };
        let entry = Entry {
            rule,
            role,
            letters: &letters,
            starts,
            accents,
            open_left: part.open_left,
            open_right: part.open_right,
            inflect,
            native,
        };
        let record = entry.pack(self.letters.place(&letters));
        let entries = self.entries.entry(key(&letters)).or_default();
        if !entries.contains(&record) {
            entries.push(record);
        }
        Ok(())
    }

    /// The layer, or all the mistakes. `automaton` builds the search over the keys.
    pub fn finish(mut self) -> Result<Layer, Vec<Mistake>> {
        if self.terms > MOST_TERMS {
            let message = format!("{} terms; more than {MOST_TERMS} would make every start too slow", self.terms);
            self.mistakes.push(Mistake { file: "rules".into(), line: 0, column: 0, rule: None, message });
        }
        if self.rules.len() > MOST_RULES {
            let message = format!("{} rules; at most {MOST_RULES} fit", self.rules.len());
            self.mistakes.push(Mistake { file: "rules".into(), line: 0, column: 0, rule: None, message });
        }
        if !self.mistakes.is_empty() {
            return Err(self.mistakes);
        }
        let mut keys = vec![0];
        let mut entries = Vec::new();
        for of_key in self.entries.values_mut() {
            entries.append(of_key);
            keys.push(entries.len() as u32);
        }
        let names: Vec<&String> = self.entries.keys().collect();
        Ok(Layer {
            rules: Cow::Owned(self.rules),
            entries: Cow::Owned(entries),
            letters: Cow::Owned(self.letters.text),
            keys: Cow::Owned(keys),
            sequences: Cow::Owned(self.sequences),
            automaton: Automaton::new(&names),
        })
    }
}

fn is_id(id: &str) -> bool {
    !id.is_empty()
        && id.split('.').all(|part| {
            !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"_-".contains(&b))
        })
}

/// The letters of some words, without what stands between them.
#[derive(Default)]
struct Letters {
    /// Folded.
    letters: String,
    /// Which begin a word.
    starts: u64,
    /// Which bear an accent.
    accents: u64,
    /// Whether any is of another script than Latin.
    native: bool,
}

fn letters(words: &str, is_part: bool) -> Result<Letters, String> {
    let mut found = Letters::default();
    let (mut count, mut fresh) = (0usize, true);
    for glyph in &Text::fold(words).glyphs {
        if !glyph.is_alphanumeric() {
            // An apostrophe too: it may be written or left out, like a space.
            fresh = true;
            continue;
        }
        if count == LONGEST_TERM {
            return Err(format!("longer than {LONGEST_TERM} letters"));
        }
        found.starts |= u64::from(fresh) << count;
        found.accents |= u64::from(glyph.dress.has(Dress::ACCENT)) << count;
        found.native |= glyph.dress.has(Dress::LOOKALIKE) || !glyph.ch.is_ascii();
        found.letters.push(glyph.ch);
        (count, fresh) = (count + 1, false);
    }
    if count == 0 {
        return Err("folding leaves no letter of it: it can never be found".into());
    }
    if count == 1 && !is_part && !found.letters.chars().all(crate::text::is_unspaced) {
        return Err("a single letter would be found everywhere".into());
    }
    Ok(found)
}

/// The coarse key of folded letters: their classes, runs squeezed.
pub fn key(letters: &str) -> String {
    let mut key = String::new();
    for ch in letters.chars() {
        let ch = if ch.is_ascii_digit() { digit_class(ch) } else { class(ch) };
        if !key.ends_with(ch) {
            key.push(ch);
        }
    }
    key
}

fn digit_class(ch: char) -> char {
    let glyph = Glyph { start: 0, end: 0, ch, kind: Kind::Digit, dress: Dress::default() };
    class_of(&glyph).unwrap_or(ch)
}
