//! Packs to a [`Layer`].

use super::accents::accents_of;
use super::fold::{Folded, fold};
use super::id::{LONGEST_ID, WHAT_AN_ID_IS, is_id};
use super::keys::{Draft, telltale};
use super::layer::Layer;
use super::layout::Drafted;
use super::needle::{Inflect, Leads, Letters, NUMBER_BITS, Stance};
use super::pack::{AMOUNT, Pack, RuleSource};
use super::rule::{MOST_GROUPS, Rule, UNLESS};
use super::source::{MOST_MISTAKES, Mistake, Source};
use super::tables::{Cues, Parts};
use super::term::{self, Part};
use super::words::{language_bit, unknown_language};
use crate::text::symbols;
use std::collections::HashMap;
use toml::Spanned;

/// The most terms that a rule set may have, all alternatives counted. A start must stay within its budget.
pub const MOST_TERMS: usize = 100_000;

/// The most rules that a rule set may have: their numbers are packed into 16 bits.
pub const MOST_RULES: usize = 0xffff;

/// What packs compile to: a layer that lacks its automaton, and the keys for it.
#[derive(Debug, Default)]
pub struct Compiled {
    /// The tables.
    pub layer: Layer,
    /// The keys, sorted, distinct and not empty.
    pub keys: Vec<Vec<u8>>,
    /// The regular expressions.
    pub patterns: Vec<PatternSource>,
}

/// A regular expression of a rule, as written.
#[derive(Debug)]
#[allow(dead_code, reason = "the build script refuses them all")]
pub struct PatternSource {
    /// The number of the rule.
    pub rule: u32,
    /// The expression.
    pub regex: String,
    /// Where it stands; what may be wrong with it is still to be said.
    pub mistake: Mistake,
}

/// What a term is to its rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Term,
    Except,
    Near,
    Unless,
    With,
}

/// Compiles packs, collecting every mistake.
#[derive(Default)]
pub struct Compiler {
    drafted: Drafted,
    ids: Vec<String>,
    patterns: Vec<PatternSource>,
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
                self.wrong(source, &pack.language, None, unknown_language(code));
                0
            }),
        };
        if let Some((rule, term)) = too_many(pack, MOST_TERMS.saturating_sub(self.terms)) {
            self.terms = MOST_TERMS + 1;
            self.wrong(source, term, Some(rule), format!("{}: {}", shown(term.get_ref()), too_many_terms()));
            return;
        }
        // Counted on from rule to rule: from the top for each would take a minute for a file of thousands.
        let (mut line, mut at) = (1, 0);
        for rule in &pack.rules {
            let start = rule.id.span().start;
            line += source.text.get(at..start).map_or(0, |text| text.matches('\n').count());
            at = at.max(start);
            self.add_rule(source, pack, (language, line), rule);
        }
    }

    fn wrong<T>(&mut self, source: &Source, at: &Spanned<T>, rule: Option<&str>, message: impl Into<String>) {
        if self.mistakes.len() < MOST_MISTAKES {
            self.mistakes.push(source.mistake(at.span(), rule, message));
        }
    }

    fn add_rule(&mut self, source: &Source, pack: &Pack, (language, line): (u64, usize), rule: &RuleSource) {
        let id = rule.id.get_ref();
        if id.len() > LONGEST_ID {
            self.wrong(source, &rule.id, None, format!("an id has at most {LONGEST_ID} bytes"));
            return;
        }
        if !is_id(id) {
            self.wrong(source, &rule.id, Some(id), WHAT_AN_ID_IS);
        }
        if let Some((file, line)) = self.seen.insert(id.clone(), (source.path.clone(), line)) {
            self.wrong(source, &rule.id, Some(id), format!("this id stands already in {}:{line}", file.display()));
        }
        if rule.terms.is_empty() {
            self.wrong(source, &rule.id, Some(id), "a rule without terms finds nothing");
        }
        let mut harmless_in = 0u64;
        for code in &rule.harmless_in {
            match language_bit(code.get_ref()) {
                Some(bit) => harmless_in |= bit,
                None => self.wrong(source, code, Some(id), unknown_language(code.get_ref())),
            }
        }
        let number = self.drafted.rules.len() as u32;
        self.ids.push(id.clone());
        self.drafted.rules.push(Rule {
            category: pack.category,
            severity: rule.severity,
            language,
            harmless_in,
            needs_language: rule.needs_language,
            alone: rule.alone,
            ..Rule::default()
        });
        self.drafted.cues.push(<[Cues; 3]>::default());
        self.drafted.accents.push(Vec::new());
        self.patterns.extend(rule.regex.iter().map(|written| PatternSource {
            rule: number,
            regex: written.get_ref().clone(),
            mistake: source.mistake(written.span(), Some(id), ""),
        }));
        self.add_terms(source, number, language, rule);
    }

    /// Adds the terms and cues of the rule with this number.
    fn add_terms(&mut self, source: &Source, number: u32, language: u64, rule: &RuleSource) {
        let own = if language == 0 { 63 } else { language.trailing_zeros() as u8 };
        let roles = [(&rule.terms, Role::Term), (&rule.except, Role::Except), (&rule.near, Role::Near)];
        for (terms, role) in roles {
            self.add_all(source, number, own, rule, (terms, role));
        }
        if rule.with.len() > MOST_GROUPS as usize {
            let message = format!("a rule has at most {MOST_GROUPS} groups in its `with`");
            self.wrong(source, &rule.id, Some(rule.id.get_ref()), message);
        }
        let groups = rule.with.iter().zip(0..MOST_GROUPS).map(|(group, at)| (group, at, Role::With));
        for (group, at, role) in groups.chain([(&rule.unless_near, UNLESS, Role::Unless)]) {
            // The words of a list all have its place.
            let all = group.chunk_by(|one, next| one.span() == next.span());
            let (words, lists): (Vec<_>, Vec<_>) = all.partition(|list| list.len() == 1);
            for list in lists {
                self.drafted.groups.push((number, at, Cues::default()));
                self.add_all(source, number, own, rule, (list, Role::With));
            }
            let words = words.concat();
            if role == Role::With && !words.is_empty() {
                self.drafted.groups.push((number, at, Cues::default()));
            }
            self.add_all(source, number, own, rule, (&words, role));
        }
    }

    /// Adds what the rule with this number has of one role; `own` is the number of its language.
    fn add_all(
        &mut self,
        source: &Source,
        number: u32,
        own: u8,
        rule: &RuleSource,
        (terms, role): (&[Spanned<String>], Role),
    ) {
        let id = rule.id.get_ref();
        let inflect = match role {
            // What gives context is an ordinary word: all of its forms do.
            Role::Near | Role::Unless | Role::With if rule.inflect != Inflect::None => Inflect::Verb,
            _ => rule.inflect,
        };
        let glue = rule.glue && matches!(role, Role::Term | Role::Except);
        let stance = Stance { inflect, glue, language: own, ..Stance::default() };
        for written in terms {
            if rule.accents && role == Role::Term {
                self.ask_for_accents(source, id, written);
            }
            if let Err(message) = self.add_term(number, role, written.get_ref(), stance) {
                self.wrong(source, written, Some(id), format!("{}: {message}", shown(written.get_ref())));
            }
        }
    }

    /// Notes the accents of a term of the last rule, which counts only with them.
    fn ask_for_accents(&mut self, source: &Source, id: &str, written: &Spanned<String>) {
        let none = accents_of("");
        let plain = term::terms_of(written.get_ref());
        let Some(accents) = self.drafted.accents.last_mut() else { return };
        accents.extend(plain.iter().map(|plain| accents_of(plain)));
        if accents.contains(&none) && accents.iter().any(|&one| one != none) || written.get_ref().contains(['*', '.']) {
            let message = "with `accents`, all terms of a rule have them, or none does, and there is no `*` or ` ... `";
            self.wrong(source, written, Some(id), message);
        }
    }

    fn add_term(&mut self, rule: u32, role: Role, written: &str, stance: Stance) -> Result<(), String> {
        // Too many are too many, however many follow.
        if self.terms > MOST_TERMS {
            return Ok(());
        }
        if written.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) == Some(AMOUNT) {
            return self.add_amount(rule, role);
        }
        let term = term::parse(written)?;
        let mut needles = Vec::new();
        let several = term.parts.len() > 1;
        let stance = match role {
            // What excuses a term has to be found wherever the term is.
            Role::Term | Role::Except if !several => stance,
            // What only gives context, or is a part, stands as a word; in whose rule makes no difference.
            _ => Stance { glue: false, language: 63, ..stance },
        };
        for slot in &term.parts {
            let of_slot = slot.choices.iter().map(|part| self.needle(part, stance, several));
            needles.push(of_slot.collect::<Result<Vec<u32>, String>>()?);
        }
        if self.terms > MOST_TERMS {
            return Err(too_many_terms());
        }
        if let [only] = needles.as_slice() {
            for &needle in only {
                match role {
                    Role::Term => self.lead(needle, Leads::Term(rule)),
                    _ => self.cues_of(rule, role).needles.push(needle),
                }
            }
            return Ok(());
        }
        let number = self.drafted.sequences.len() as u32;
        if role == Role::Term {
            let anchor = anchor(&term.parts);
            needles[anchor].iter().for_each(|&needle| self.lead(needle, Leads::Anchor(number)));
        } else {
            self.cues_of(rule, role).sequences.push(number);
        }
        let slots = term.parts.iter().enumerate().fold(0, |bits, (at, slot)| bits | u32::from(slot.after_words) << at);
        self.drafted.sequences.push(Parts { rule, slots, anchor: anchor(&term.parts) as u32, needles });
        Ok(())
    }

    /// Adds amounts of money to the cues of this role: a sequence without parts stands for them.
    fn add_amount(&mut self, rule: u32, role: Role) -> Result<(), String> {
        if matches!(role, Role::Term | Role::Except) {
            return Err("an amount alone is no term: it stands in `near`, `with` or `unless_near`".to_owned());
        }
        let is_amount = |parts: &Parts| parts.needles.is_empty();
        let number = self.drafted.sequences.iter().position(is_amount).unwrap_or_else(|| {
            self.drafted.sequences.push(Parts { rule, slots: 0, anchor: 0, needles: Vec::new() });
            self.drafted.sequences.len() - 1
        });
        self.cues_of(rule, role).sequences.push(number as u32);
        Ok(())
    }

    fn lead(&mut self, needle: u32, lead: Leads) {
        let leads = &mut self.drafted.leads[needle as usize];
        if !leads.contains(&lead) {
            leads.push(lead);
        }
    }

    /// The list of cues of this role, which is not [`Role::Term`]; of a `with` that of its last group.
    fn cues_of(&mut self, rule: u32, role: Role) -> &mut Cues {
        match (role, self.drafted.groups.last_mut()) {
            (Role::With, Some((_, _, cues))) => cues,
            _ => &mut self.drafted.cues[rule as usize][role as usize - 1],
        }
    }

    /// The number of the needle of a part.
    fn needle(&mut self, part: &Part, stance: Stance, is_part: bool) -> Result<u32, String> {
        self.terms += 1;
        let Folded { words, native } = fold(&part.words, is_part)?;
        let letters = Letters::of(words.iter().map(String::as_str));
        let symbols: Vec<u8> = symbols(letters.as_slice().iter().copied()).collect();
        let stance = Stance {
            open_left: part.open_left,
            open_right: part.open_right,
            native,
            glue: stance.glue && letters.may_be_glued(),
            ..stance
        };
        let telltale = telltale(letters.as_slice(), &symbols);
        let draft = Draft { telltale, key: symbols, words, stance };
        let next = self.drafted.leads.len() as u32;
        let number = *self.drafted.needles.entry(draft).or_insert(next);
        if number == next {
            self.drafted.leads.push(Vec::new());
        }
        Ok(number)
    }

    /// The layer of all that is right and the keys that find its needles, and all the mistakes. Nothing of a rule set that
    /// is too large.
    pub fn finish(mut self) -> (Compiled, Vec<Mistake>) {
        let before = self.mistakes.len();
        for (count, most, what) in [
            (self.drafted.rules.len(), MOST_RULES, "rules"),
            (self.drafted.sequences.len(), 1 << NUMBER_BITS, "terms of several parts"),
        ] {
            self.limit(count, most, what);
        }
        // That it has too many terms was said of the first that is one too many.
        if self.mistakes.len() > before || self.terms > MOST_TERMS {
            return (Compiled::default(), self.mistakes);
        }
        let (layer, keys, sizes) = std::mem::take(&mut self.drafted).lay_out(&self.ids);
        for (count, most, what) in sizes {
            self.limit(count, most, what);
        }
        if self.mistakes.len() > before {
            return (Compiled::default(), self.mistakes);
        }
        (Compiled { layer, keys, patterns: self.patterns }, self.mistakes)
    }

    fn limit(&mut self, count: usize, most: usize, what: &str) {
        if count > most {
            let message = format!("more than {most} {what} would make every start too slow");
            self.mistakes.push(Mistake::of_file("terms".as_ref(), message));
        }
    }
}

/// The part that a sequence is best looked for by: the one whose shortest alternative is the longest.
fn anchor(parts: &[term::Slot]) -> usize {
    let shortest = |slot: &term::Slot| slot.choices.iter().map(|part| part.words.len()).min().unwrap_or(0);
    (0..parts.len()).rev().max_by_key(|&at| shortest(&parts[at])).unwrap_or(0)
}

/// The rule and the term of a pack, alternatives not counted, that come after `most` others.
fn too_many(pack: &Pack, most: usize) -> Option<(&str, &Spanned<String>)> {
    let mut all = pack.rules.iter().flat_map(|rule| {
        let terms = rule.terms.iter().chain(&rule.except).chain(&rule.near).chain(&rule.unless_near);
        let terms = terms.chain(rule.with.iter().flatten());
        terms.map(|term| (rule.id.get_ref().as_str(), term))
    });
    all.nth(most)
}

fn too_many_terms() -> String {
    format!("more than {MOST_TERMS} terms would make every start too slow")
}

/// A term as a mistake in it shows it.
fn shown(written: &str) -> String {
    let head: String = written.chars().take(60).collect();
    if head.len() < written.len() { format!("{head:?}…") } else { format!("{head:?}") }
}
