//! Rule files as they are written.

use super::needle::Inflect;
use super::source::{Mistake, Source};
use crate::detect::{Category, Severity};
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

/// What `room-review new-rule` writes where a rule's author has to write something.
pub const TO_DO: &str = "TODO";

/// The list that stands for amounts of money; no file has it, as there is no writing them all down.
pub const AMOUNT: &str = "amount";

/// The most bytes that the terms of a file may have once the words of lists stand in them: a short term may name a long list.
const MOST_FILLED_IN: usize = 1 << 20;

/// A file of `rules/terms/`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pack {
    /// ISO 639-1 code of the language.
    pub language: Spanned<String>,
    /// The category of all its rules.
    pub category: Category,
    /// Words that several terms name as `{list}`.
    #[serde(default)]
    pub lists: BTreeMap<Spanned<String>, Vec<String>>,
    /// The rules.
    #[serde(default, rename = "rule")]
    pub rules: Vec<RuleSource>,
}

/// A `[[rule]]`, as written.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleSource {
    /// See `rules/README.md` for all of them.
    pub id: Spanned<String>,
    /// How bad.
    pub severity: Severity,
    /// What is looked for.
    pub terms: Vec<Spanned<String>>,
    /// What is looked for around the terms, as regular expressions.
    #[serde(default)]
    pub regex: Vec<Spanned<String>>,
    /// Which endings count.
    #[serde(default)]
    pub inflect: Inflect,
    /// What is excused.
    #[serde(default)]
    pub except: Vec<Spanned<String>>,
    /// What must be in the message too.
    #[serde(default)]
    pub near: Vec<Spanned<String>>,
    /// What must be in the message too, something of each group.
    #[serde(default)]
    pub with: Vec<Vec<Spanned<String>>>,
    /// What must not be in the message.
    #[serde(default)]
    pub unless_near: Vec<Spanned<String>>,
    /// Counts only with its accents as written.
    #[serde(default)]
    pub accents: bool,
    /// Needs its language around it.
    #[serde(default)]
    pub needs_language: bool,
    /// Counts only as the whole message.
    #[serde(default)]
    pub alone: bool,
    /// Harmless among words of these languages.
    #[serde(default)]
    pub harmless_in: Vec<Spanned<String>>,
    /// May be glued to everyday words.
    #[serde(default = "yes")]
    pub glue: bool,
    /// Examples with bars.
    pub hits: Vec<Spanned<String>>,
    /// Near misses.
    pub misses: Vec<Spanned<String>>,
    /// Why.
    pub why: Spanned<String>,
}

fn yes() -> bool {
    true
}

impl Pack {
    /// What can be read of a pack, and every mistake in how it is written. A rule that is not all there is left out.
    pub fn read(source: &Source) -> (Option<Self>, Vec<Mistake>) {
        let (mut pack, mut mistakes) = source.toml::<Self>();
        if let Some(pack) = &mut pack {
            mistakes.extend(pack.fill_in(source));
            pack.rules.retain(|rule| {
                let before = mistakes.len();
                mistakes.extend(rule.to_do().map(|(place, key)| {
                    let message = format!("still to be written: {}", what_belongs_in(key));
                    source.mistake(place.span(), Some(rule.id.get_ref()), message)
                }));
                mistakes.len() == before
            });
        }
        (pack, mistakes)
    }

    /// Writes the words of its list for each `{list}`, and says which are unknown and which nobody names.
    fn fill_in(&mut self, source: &Source) -> Vec<Mistake> {
        let mut mistakes = Vec::new();
        let mut lists = Lists { lists: &self.lists, unnamed: self.lists.keys().collect(), room: MOST_FILLED_IN };
        for rule in &mut self.rules {
            let before = mistakes.len();
            let written = [&mut rule.terms, &mut rule.except, &mut rule.near, &mut rule.unless_near];
            for written in written.into_iter().chain(&mut rule.with) {
                let mut filled = Vec::with_capacity(written.len());
                for term in written.drain(..) {
                    let place = term.span();
                    if let Err(message) = lists.fill_in(term, &mut filled) {
                        mistakes.push(source.mistake(place, Some(rule.id.get_ref()), message));
                    }
                }
                *written = filled;
            }
            if mistakes.len() == before && rule.with.iter().any(Vec::is_empty) {
                // Nothing can stand for it.
                let message = "a group of its `with` has no words".to_owned();
                mistakes.push(source.mistake(rule.id.span(), Some(rule.id.get_ref()), message));
            }
        }
        let unnamed = lists.unnamed.iter().map(|list| (list, "no term names this list"));
        let reserved = self.lists.keys().filter(|list| list.get_ref() == AMOUNT);
        let reserved = reserved.map(|list| (list, "this list is known: it stands for any amount of money"));
        mistakes.extend(reserved.map(|(list, message)| source.mistake(list.span(), None, message)));
        mistakes.extend(unnamed.map(|(list, message)| source.mistake(list.span(), None, message)));
        mistakes
    }
}

/// The lists of a pack while their words are written into its terms.
struct Lists<'p> {
    lists: &'p BTreeMap<Spanned<String>, Vec<String>>,
    /// Those that no term has named yet.
    unnamed: Vec<&'p Spanned<String>>,
    /// How many bytes there is room for.
    room: usize,
}

impl Lists<'_> {
    /// Puts a term into `filled` with `(a|b)` for each `{list}` in it; what is a list and no more, word by word, so that the list may be
    /// longer than a term.
    ///
    /// # Errors
    /// Says what is wrong with the lists that it names.
    fn fill_in(&mut self, mut term: Spanned<String>, filled: &mut Vec<Spanned<String>>) -> Result<(), String> {
        while let Some((before, name, after)) = named_list(term.get_ref()) {
            self.unnamed.retain(|list| list.get_ref() != name);
            let is_whole = before.is_empty() && after.is_empty();
            if is_whole && name == AMOUNT {
                break;
            }
            let words = self.lists.get(name).ok_or_else(|| match name {
                AMOUNT => "`{amount}` stands alone, as one of `near`, `with` or `unless_near`".to_owned(),
                _ => format!("there is no list `{name}` in this file's [lists]"),
            })?;
            if words.iter().any(|word| word.contains('{')) {
                return Err(format!("the list `{name}` names a list; words have to stand there"));
            }
            let written = format!("{before}({}){after}", words.join("|"));
            let room = self.room.checked_sub(written.len());
            self.room = room.ok_or("too many words of lists in the terms of this file")?;
            if is_whole {
                filled.extend(words.iter().map(|word| Spanned::new(term.span(), word.clone())));
                return Ok(());
            }
            *term.get_mut() = written;
        }
        filled.push(term);
        Ok(())
    }
}

/// What stands before the first `{list}` of a term, its name, and what follows.
fn named_list(written: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = written.split_once('{')?;
    let (name, after) = rest.split_once('}')?;
    Some((before, name, after))
}

impl RuleSource {
    /// The placeholders that nobody has filled in yet, each with its key.
    fn to_do(&self) -> impl Iterator<Item = (&Spanned<String>, &'static str)> {
        let all = [
            (self.terms.as_slice(), "terms"),
            (&self.except, "except"),
            (&self.near, "near"),
            (&self.unless_near, "unless_near"),
            (&self.hits, "hits"),
            (&self.misses, "misses"),
            (std::slice::from_ref(&self.why), "why"),
        ];
        let groups = self.with.iter().map(|group| (group.as_slice(), "with"));
        let each = all.into_iter().chain(groups).flat_map(|(texts, key)| texts.iter().map(move |text| (text, key)));
        each.filter(|(text, _)| text.get_ref().starts_with(TO_DO))
    }
}

/// What belongs into a key that a table must have.
pub fn what_belongs_in(key: &str) -> &'static str {
    match key {
        "language" => "the language of the words: \"en\", \"de\", …, or \"*\" for none",
        "category" => "what kind of harm the words do: \"profanity\", \"hate\", …",
        "id" => "a name for the rule, such as \"house.rival\"",
        "severity" => "\"mild\", \"strong\" or \"severe\"",
        "terms" => "the words to look for, in their plain spelling; disguises are found by themselves",
        "except" => "words or phrases in which it is harmless",
        "near" | "with" | "unless_near" => "words that stand around it",
        "hits" => "a message that the rule must catch, with bars around the words: \"what a |word|\"",
        "misses" => "the nearest harmless message, which the rule must leave alone",
        "why" => "one line for the next reader: what the words do to people",
        "attribute" => "the key of `Sender.Attributes` that makes the role",
        "values" => "its values that make the role",
        "exempt" => "\"all\", or the categories that the role is exempt from",
        "word" => "what stands in the place of a hit",
        "arn" => "the ARN of a room; * stands for anything",
        _ => "a value",
    }
}
