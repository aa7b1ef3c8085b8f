//! The operator's `policy.toml`: what it changes of the built-in one.

use super::automaton::Automaton;
use super::builtin;
use super::compile::{Compiled, Compiler};
use super::folder::Folder;
use super::layer::Layer;
use super::needle::Inflect;
use super::pack::{Pack, RuleSource};
use super::source::{Mistake, Source};
use super::value::Value;
use super::wording;
use super::words::{LANGUAGES, language_bit};
use crate::detect::{Category, DETECTOR_RULES, Severity, names};
use crate::policy::{Change, Changes, Policy};
use serde::Deserialize;
use std::borrow::Cow;
use std::collections::BTreeMap;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// An operator's `policy.toml`, read; nothing where there is none or it can not be read.
pub struct Overrides(Option<Written>);

/// The most names of rules in a policy: each is compared with every rule.
const MOST_NAMES: usize = 1000;

/// The most unknown names that are told of at once.
const MOST_UNKNOWN: usize = 50;

struct Written {
    source: Source,
    /// What the file says by itself, with defaults for what it does not.
    policy: Policy,
}

/// Reads the folder's `policy.toml`, if there is one, and tells every mistake in it.
pub fn read(folder: &Folder) -> (Overrides, Vec<Mistake>) {
    let Some(source) = folder.part("policy.toml").next().cloned() else { return (Overrides(None), Vec::new()) };
    let (policy, mistakes) = source.toml::<Policy>();
    (Overrides(policy.map(|policy| Written { source, policy })), mistakes)
}

impl Overrides {
    /// Whether the built-in rules are there at all.
    pub fn builtin(&self) -> bool {
        self.0.as_ref().is_none_or(|written| written.policy.builtin)
    }

    /// Turns rules off and policy keys over; what can not be done is a mistake.
    pub fn apply(&self, layers: &mut [Layer], policy: &mut Policy, mistakes: &mut Vec<Mistake>) {
        let Some(written) = &self.0 else { return };
        if let Some(name) = written.one_too_many() {
            let message = format!("more than {MOST_NAMES} names of rules: name groups of them");
            mistakes.push(written.source.mistake(name.span(), None, message));
            return;
        }
        match written.over(builtin::POLICY) {
            Ok(merged) => *policy = merged.without(detectors_off(&written.policy.disable)),
            // What is wrong was found in the file itself.
            Err(_) if !mistakes.is_empty() => {}
            Err(error) => mistakes.push(Mistake::of_file(&written.source.path, error)),
        }
        written.check(layers, policy, mistakes);
        turn_off(layers, policy);
    }

    /// The exceptions to rules of others: a layer whose terms they are, each under the name of what it excuses.
    pub fn excuses(&self, layers: &[Layer], mistakes: &mut Vec<Mistake>) -> Option<Layer> {
        let Written { source, policy, .. } = self.0.as_ref().filter(|written| written.one_too_many().is_none())?;
        let excused = policy.rules.0.iter().filter(|(_, change)| !change.except.is_empty());
        let mut excused = excused.filter(|(name, _)| is_known(name.get_ref(), layers)).peekable();
        excused.peek()?;
        let mut compiler = Compiler::default();
        excused.for_each(|(name, change)| compiler.add(source, &pack(name, &change.except, layers)));
        let (Compiled { layer, keys, .. }, wrong) = compiler.finish();
        mistakes.extend(wrong);
        match Automaton::new(&keys) {
            Ok(automaton) => Some(Layer { automaton, ..layer }),
            Err(message) => {
                mistakes.push(Mistake::of_file(&source.path, message));
                None
            }
        }
    }
}

impl Written {
    /// The policy of the file, key by key over that of another text.
    fn over(&self, text: &str) -> Result<Policy, String> {
        let syntax = |error: toml::de::Error| error.message().to_owned();
        let mut merged = DeTable::parse(text).map_err(syntax)?;
        let own = DeTable::parse(&self.source.text).map_err(syntax)?.into_inner();
        spell_out(merged.get_mut(), &own);
        merge(merged.get_mut(), own);
        Policy::deserialize(Value::from(&merged)).map_err(|error| error.message().to_owned())
    }

    /// Every name of a rule or a group of rules.
    fn named(&self) -> impl Iterator<Item = &Spanned<String>> {
        let of_rooms = self.policy.rooms.iter().flat_map(|room| room.rules.0.keys());
        self.policy.disable.iter().chain(self.policy.rules.0.keys()).chain(of_rooms)
    }

    fn one_too_many(&self) -> Option<&Spanned<String>> {
        self.named().nth(MOST_NAMES)
    }

    /// Names that nothing has, and what would do nothing.
    fn check(&self, layers: &[Layer], policy: &Policy, mistakes: &mut Vec<Mistake>) {
        let own = &self.policy;
        // Looking for what was meant takes longer than all the rest.
        for name in self.named().filter(|name| !is_known(name.get_ref(), layers)).take(MOST_UNKNOWN) {
            mistakes.push(self.source.mistake(name.span(), None, unknown(name.get_ref(), layers)));
        }
        for (name, change) in own.rules.0.iter().chain(own.rooms.iter().flat_map(|room| &room.rules.0)) {
            let mistake = self.source.mistake(name.span(), None, NOTHING);
            // What is wrong in its line was taken out of it.
            let is_told = |known: &Mistake| known.file == mistake.file && known.line == mistake.line;
            if *change == Change::default() && !mistakes.iter().any(is_told) {
                mistakes.push(mistake);
            }
        }
        for (name, change) in &own.rules.0 {
            let of_terms = all_rules(layers).any(|(id, category)| names(name.get_ref(), id, category));
            for except in change.except.iter().filter(|_| !of_terms && is_known(name.get_ref(), layers)) {
                let help = match name.get_ref().split('.').next() {
                    Some("link") => "hosts that are fine stand in links/",
                    Some("flood") => "its counts stand in [flood]",
                    _ => "give it another action, or disable it",
                };
                let message = format!("{:?} is found by its shape, and no words excuse it: {help}", name.get_ref());
                mistakes.push(self.source.mistake(except.span(), None, message));
            }
        }
        for except in own.rooms.iter().flat_map(|room| first_excepts(&room.rules)) {
            let message = "exceptions count in every room: write them into [rules]";
            mistakes.push(self.source.mistake(except.span(), None, message));
        }
        let of_rooms = own.rooms.iter().filter_map(|room| room.reasons_in.as_ref());
        for code in own.reasons_in.iter().chain(of_rooms).filter(|code| !policy.speaks(code.get_ref())) {
            let code_of = code.get_ref();
            let message = format!("there is no text in {code_of:?}: write them into [reasons.{code_of}]");
            mistakes.push(self.source.mistake(code.span(), None, message));
        }
    }
}

const NOTHING: &str = "this changes nothing: there are `action`, `severity` and `except`";

fn first_excepts(changes: &Changes) -> impl Iterator<Item = &Spanned<String>> {
    changes.0.values().filter_map(|change| change.except.first())
}

/// The rules of detectors that are off.
fn detectors_off(disable: &[Spanned<String>]) -> Vec<&'static str> {
    let off =
        DETECTOR_RULES.iter().filter(|rule| disable.iter().any(|name| names(name.get_ref(), rule.id, rule.category)));
    off.map(|rule| rule.id).collect()
}

/// Turns the rules off that are disabled, or whose language counts in no room.
fn turn_off(layers: &mut [Layer], policy: &Policy) {
    let everywhere = policy.languages_off(None);
    let nowhere = policy.rooms.iter().fold(everywhere, |off, room| off & policy.languages_off(Some(room)));
    let is_off = |id: &str, category: Category, language: u64| {
        language & nowhere != 0 || policy.disable.iter().any(|name| names(name.get_ref(), id, category))
    };
    for layer in layers {
        layer.rules.turn_off(|rule| is_off(rule.id, rule.category, rule.language));
    }
}

/// Exceptions as if they were a rule of their own with this name, in the language of the rules that they excuse.
fn pack(name: &Spanned<String>, except: &[Spanned<String>], layers: &[Layer]) -> Pack {
    let rules = layers.iter().flat_map(|layer| layer.rules.iter());
    let mut languages = rules.filter(|rule| names(name.get_ref(), rule.id, rule.category)).map(|rule| rule.language);
    let language = languages.next().filter(|first| languages.all(|other| other == *first)).unwrap_or(0);
    let code = LANGUAGES.into_iter().find(|code| language_bit(code) == Some(language)).unwrap_or("*");
    let text = |text: &str| Spanned::new(name.span(), text.to_owned());
    let rule = RuleSource {
        id: name.clone(),
        severity: Severity::Strong,
        terms: except.to_vec(),
        regex: Vec::new(),
        inflect: Inflect::default(),
        except: Vec::new(),
        near: Vec::new(),
        with: Vec::new(),
        unless_near: Vec::new(),
        needs_language: false,
        alone: false,
        harmless_in: Vec::new(),
        glue: true,
        accents: false,
        hits: Vec::new(),
        misses: Vec::new(),
        why: text(""),
    };
    Pack { language: text(code), category: Category::default(), lists: BTreeMap::new(), rules: vec![rule] }
}

/// Every rule of the layers, with its category.
fn all_rules(layers: &[Layer]) -> impl Iterator<Item = (&str, Category)> {
    layers.iter().flat_map(|layer| layer.rules.iter()).map(|rule| (rule.id, rule.category))
}

fn is_known(name: &str, layers: &[Layer]) -> bool {
    let detected = DETECTOR_RULES.iter().map(|rule| (rule.id, rule.category));
    all_rules(layers).chain(detected).any(|(id, category)| names(name, id, category))
}

/// That there is no such rule, and which one was most likely meant.
fn unknown(name: &str, layers: &[Layer]) -> String {
    let mut ids: Vec<&str> =
        all_rules(layers).map(|(id, _)| id).chain(DETECTOR_RULES.iter().map(|rule| rule.id)).collect();
    let groups: Vec<&str> = ids.iter().flat_map(|id| id.match_indices('.').map(|(dot, _)| &id[..dot])).collect();
    ids.extend(groups);
    ids.extend(Category::ALL.map(Category::name));
    let near = wording::nearest(name, &ids).map(|near| format!("; did you mean {near:?}?")).unwrap_or_default();
    format!("there is no rule {name:?} and no group of that name{near}")
}

/// Where the file names severities of a category for which the built-in policy has one action: that action for each.
fn spell_out(builtin: &mut DeTable<'_>, file: &DeTable<'_>) {
    let (Some(builtin), Some(file)) = (builtin.get_mut("actions"), file.get("actions")) else { return };
    let (DeValue::Table(builtin), DeValue::Table(file)) = (builtin.get_mut(), file.get_ref()) else { return };
    for (category, actions) in builtin.iter_mut() {
        if actions.get_ref().is_str() && file.get(category).is_some_and(|file| file.get_ref().is_table()) {
            let name = |severity: &Severity| Spanned::new(actions.span(), Cow::Borrowed(severity.name()));
            let each = Severity::ALL.iter().map(|severity| (name(severity), actions.clone()));
            *actions.get_mut() = DeValue::Table(each.collect());
        }
    }
}

fn merge<'t>(into: &mut DeTable<'t>, from: DeTable<'t>) {
    for (key, value) in from {
        let at = value.span();
        match (into.get_mut(&key).map(Spanned::get_mut), value.into_inner()) {
            (Some(DeValue::Table(into)), DeValue::Table(from)) => merge(into, from),
            (_, value) => drop(into.insert(key, Spanned::new(at, value))),
        }
    }
}
