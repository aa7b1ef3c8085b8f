//! The evaluation: what the rules find of their own terms in every kind of disguise, and what they flag of harmless words
//! in the same disguises. `tests/evaluation.rs` holds the gates, `examples/evaluate.rs` prints the table.
//!
//! Everything is generated from the packs and from the two lists beside this file, and by a seeded generator: the same
//! rules always give the same figures.

mod disguise;
#[path = "../../src/bin/room-review/bench/random.rs"]
mod random;

use disguise::{Disguise, KINDS};
use random::Random;
use room_review::detect::{Category, Severity};
use room_review::event::ReviewRequest;
use room_review::policy::Action;
use room_review::review::review;
use room_review::rules::{Pack, RuleSource, Ruleset, Source, pack_files, terms_of};
use std::collections::BTreeSet;
use std::path::Path;

/// Words that contain or resemble profane stems, one a line.
const HARMLESS_WORDS: &str = include_str!("harmless_words.txt");

/// Everyday chat in many languages, one message a line.
const HARMLESS_SENTENCES: &str = include_str!("harmless_sentences.txt");

/// The shortest term that must be found in disguise: with three letters, too many disguises are other words.
const SHORTEST: usize = 4;

/// What a disguised word stands in: words that give no rule its context.
const CARRIERS: [&str; 5] = ["{}", "lol {} again", "what a {}", "{} everyone", "hey chat, {} now"];

/// The figures of one kind of disguise.
pub struct Row {
    /// Its name.
    pub kind: &'static str,
    /// Terms found of terms disguised.
    pub recall: Share,
    /// Harmless messages flagged of those disguised.
    pub alarms: Share,
    /// Messages with a term that went through.
    pub missed: Vec<String>,
    /// Harmless messages that did not.
    pub flagged: Vec<String>,
}

/// A part of a whole.
#[derive(Clone, Copy, Default)]
pub struct Share {
    /// How many counted.
    pub part: usize,
    /// Of how many.
    pub of: usize,
}

impl Share {
    fn count(&mut self, counts: bool) {
        self.part += usize::from(counts);
        self.of += 1;
    }

    /// In hundredths; all of nothing is 0.
    pub fn percent(self) -> f64 {
        let number = |count: usize| f64::from(u32::try_from(count).expect("fewer than four thousand million messages"));
        if self.of == 0 { 0.0 } else { 100.0 * number(self.part) / number(self.of) }
    }

    /// All of these together.
    pub fn sum(shares: impl Iterator<Item = Self>) -> Self {
        shares.fold(Self::default(), |sum, share| Self { part: sum.part + share.part, of: sum.of + share.of })
    }
}

/// Measures the built-in rules: a row for each kind of disguise.
pub fn evaluate() -> Vec<Row> {
    let rules = Ruleset::builtin();
    let terms = terms();
    let words: Vec<&str> = HARMLESS_WORDS.lines().collect();
    KINDS.iter().map(|kind| measure(kind, &rules, &terms, &words)).collect()
}

fn measure(kind: &Disguise, rules: &Ruleset, terms: &[String], words: &[&str]) -> Row {
    let mut row = Row {
        kind: kind.name,
        recall: Share::default(),
        alarms: Share::default(),
        missed: Vec::new(),
        flagged: Vec::new(),
    };
    for (number, term) in terms.iter().enumerate() {
        let Some(message) = disguised(kind, term, number) else { continue };
        let found = is_flagged(rules, &message);
        row.recall.count(found);
        if !found {
            row.missed.push(message);
        }
    }
    let words = words.iter().enumerate().filter_map(|(number, word)| disguised(kind, word, number));
    let sentences = HARMLESS_SENTENCES.lines().filter_map(|sentence| sentence_in(kind, sentence));
    for message in words.chain(sentences) {
        let flagged = is_flagged(rules, &message);
        row.alarms.count(flagged);
        if flagged {
            row.flagged.push(message);
        }
    }
    row
}

/// A carrier with `word` in this disguise; none where the disguise changes nothing about the word.
fn disguised(kind: &Disguise, word: &str, number: usize) -> Option<String> {
    let mut random = Random::new(kind.name, word);
    let disguised = (kind.make)(word, &mut random).filter(|made| made != word || kind.name == "plain")?;
    Some(CARRIERS[number % CARRIERS.len()].replace("{}", &disguised))
}

/// A whole sentence in this disguise, if it is of those that leave words where they are.
fn sentence_in(kind: &Disguise, sentence: &str) -> Option<String> {
    let mut random = Random::new(kind.name, sentence);
    let words = sentence.split(' ').map(|word| (kind.make)(word, &mut random).unwrap_or_else(|| word.to_owned()));
    kind.for_sentences.then(|| words.collect::<Vec<_>>().join(" "))
}

/// Whether a rule for words does something about the message. Some disguises are floods or hide text by themselves; what
/// is asked here is whether the words were read.
fn is_flagged(rules: &Ruleset, content: &str) -> bool {
    let request = ReviewRequest { content: content.into(), ..ReviewRequest::default() };
    let other = [Category::Flood, Category::Link, Category::Pii];
    let findings = review(rules, &request).findings;
    findings.iter().any(|finding| finding.action != Action::Allow && !other.contains(&finding.category))
}

/// The English words of the packs, alone and in small letters, that are strong or worse and mean it without context.
fn terms() -> Vec<String> {
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    let mut terms = BTreeSet::new();
    for path in pack_files(&rules) {
        let source = Source::read(&path, &path).unwrap_or_else(|mistake| panic!("{mistake}"));
        let pack = Pack::read(&source).0.unwrap_or_else(|| panic!("{}", path.display()));
        if pack.language.get_ref() == "en" {
            terms.extend(pack.rules.iter().filter(|rule| means_it(rule)).flat_map(words_of));
        }
    }
    terms.into_iter().collect()
}

fn means_it(rule: &RuleSource) -> bool {
    rule.severity > Severity::Mild && rule.near.is_empty() && rule.with.is_empty() && !rule.needs_language
}

fn words_of(rule: &RuleSource) -> impl Iterator<Item = String> {
    let all = rule.terms.iter().flat_map(|written| terms_of(written.get_ref())).map(|term| term.to_lowercase());
    all.filter(|term| term.len() >= SHORTEST && term.bytes().all(|b| b.is_ascii_lowercase()))
}
