//! What every format shows, made once.

use super::change::Change;
use super::pipeline::{Malformed, Replayed};
use super::tally::{Cause, CauseTally, Counts, Sample};
use super::text::count;
use room_review::detect::{Category, Severity};
use room_review::policy::Action;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::HashMap;
use std::fmt;
use std::io::{self, BufRead, BufReader, Seek};
use tempfile::SpooledTempFile;

/// The words of verdicts, by [`Action`].
pub const VERDICTS: [&str; 3] = ["ALLOW", "REWRITE", "DENY"];

/// A replay, ready to be shown.
#[derive(Serialize)]
pub struct Report<'r> {
    pub ruleset: RulesShown,
    pub input: Input,
    pub verdicts: Counts,
    pub categories: Vec<Row<Category>>,
    pub rules: Vec<RuleRow<'r>>,
    pub rooms: Vec<Row<Box<str>>>,
    pub hours: Vec<Row<Box<str>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub against: Option<Against<'r>>,
}

/// A set of rules.
#[derive(Serialize)]
pub struct RulesShown {
    pub name: String,
    pub version: String,
    /// Whether they only observe: verdicts are then what they would do.
    pub observes: bool,
}

/// What was read.
#[derive(Serialize)]
pub struct Input {
    pub files: u64,
    pub messages: u64,
    pub events: u64,
    /// Messages that hold what looks like a mask.
    pub masked_before: u64,
    pub malformed: u64,
    pub malformed_at: Vec<Problem>,
    pub unreadable: Vec<String>,
}

/// A record that could not be read.
#[derive(Serialize)]
pub struct Problem {
    pub at: String,
    pub reason: String,
}

/// Counts under a name.
#[derive(Serialize)]
pub struct Row<N> {
    pub name: N,
    #[serde(flatten)]
    pub counts: Counts,
}

/// What a rule found.
#[derive(Serialize)]
pub struct RuleRow<'r> {
    pub rule: &'r str,
    pub category: Category,
    pub severity: Severity,
    #[serde(flatten)]
    pub counts: Counts,
    pub samples: Vec<Sample>,
}

/// What changes from other rules to these.
#[derive(Serialize)]
pub struct Against<'r> {
    pub ruleset: RulesShown,
    pub changed: u64,
    pub transitions: Vec<Transition>,
    pub causes: Vec<CauseRow<'r>>,
}

/// Messages that get another verdict, or the same one with another text.
#[derive(Serialize)]
pub struct Transition {
    pub before: &'static str,
    pub after: &'static str,
    pub messages: u64,
}

/// Messages that changed because a rule asks for something else.
#[derive(Serialize)]
pub struct CauseRow<'r> {
    pub rule: &'r str,
    pub before: Option<Action>,
    pub after: Option<Action>,
    pub messages: u64,
    pub samples: Vec<Sample>,
}

impl<'r> Report<'r> {
    /// The report, and the changed messages that belong to it.
    pub fn new(replayed: Replayed<'r>, ruleset: RulesShown, against: Option<RulesShown>) -> (Self, Changes) {
        let Replayed { tally, files, malformed: Malformed { count, named }, changes } = replayed;
        let categories = Category::ALL.into_iter().zip(tally.categories);
        let mut rules: Vec<RuleRow> = tally
            .rules
            .into_iter()
            .map(|(rule, seen)| RuleRow {
                rule,
                category: seen.category,
                severity: seen.severity,
                counts: seen.counts,
                samples: seen.samples,
            })
            .collect();
        rules.sort_by_key(|row| (Reverse(row.counts.messages), row.rule));
        let mut rooms = rows(tally.rooms);
        rooms.sort_by(|one, other| {
            let busiest = Reverse(one.counts.messages).cmp(&Reverse(other.counts.messages));
            busiest.then_with(|| one.name.cmp(&other.name))
        });
        let mut hours = rows(tally.hours);
        hours.sort_by(|one, other| one.name.cmp(&other.name));
        let report = Self {
            ruleset,
            input: Input {
                files: files.files,
                messages: tally.all.messages,
                events: tally.events,
                masked_before: tally.masked_before,
                malformed: count,
                malformed_at: named.into_iter().map(|(at, reason)| Problem { at, reason }).collect(),
                unreadable: files.unreadable,
            },
            verdicts: tally.all,
            categories: categories
                .filter(|(_, counts)| counts.messages > 0)
                .map(|(name, counts)| Row { name, counts })
                .collect(),
            rules,
            rooms,
            hours,
            against: against.map(|ruleset| Against::new(ruleset, &tally.transitions, tally.causes)),
        };
        (report, Changes(changes))
    }
}

impl Report<'_> {
    /// What was judged by what, in a sentence.
    pub fn headline(&self) -> String {
        let Input { messages, events, files, .. } = self.input;
        let [messages, events, files] =
            [(messages, "message"), (events, "event"), (files, "file")].map(|(number, of)| count(number as usize, of));
        let hours: Vec<&str> = self.hours.iter().map(|row| &*row.name).filter(|hour| hour.len() == 13).collect();
        let time = match hours.as_slice() {
            [] => String::new(),
            [hour] => format!(", {hour}h UTC"),
            [first, .., last] => format!(", {first}h to {last}h UTC"),
        };
        format!("{messages} and {events} of {files}{time}, judged by {}", self.ruleset)
    }

    /// What a reader has to know to take the numbers for what they are.
    pub fn notes(&self) -> Vec<String> {
        let mut notes = vec![
            "The logs hold what the rooms got: a message that was denied at the time is in none of them.".to_owned(),
        ];
        if self.input.messages + self.input.events == 0 && self.input.files > 0 {
            notes.push("No record is one of IVS Chat: are these chat logs?".to_owned());
        }
        if self.input.masked_before > 0 {
            let masked = count(self.input.masked_before as usize, "message");
            notes.push(format!("In {masked}, something looks masked before it was logged: it can not be found again."));
        }
        for rules in [Some(&self.ruleset), self.against.as_ref().map(|against| &against.ruleset)].into_iter().flatten()
        {
            if rules.observes {
                notes.push(format!("{rules} only observe: shown is what they would do."));
            }
        }
        notes
    }
}

impl fmt::Display for RulesShown {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{} rules ({})", self.name, self.version)
    }
}

fn rows(counts: HashMap<Box<str>, Counts>) -> Vec<Row<Box<str>>> {
    counts.into_iter().map(|(name, counts)| Row { name, counts }).collect()
}

impl<'r> Against<'r> {
    fn new(ruleset: RulesShown, transitions: &[[u64; 3]; 3], causes: HashMap<Cause<'r>, CauseTally>) -> Self {
        let all = VERDICTS.into_iter().zip(transitions);
        let transitions: Vec<Transition> = all
            .flat_map(|(before, row)| {
                VERDICTS.into_iter().zip(row).map(move |(after, &messages)| Transition { before, after, messages })
            })
            .filter(|transition| transition.messages > 0)
            .collect();
        let mut causes: Vec<CauseRow> = causes
            .into_iter()
            .map(|((rule, before, after), CauseTally { messages, samples })| CauseRow {
                rule,
                before,
                after,
                messages,
                samples,
            })
            .collect();
        causes.sort_by_key(|row| (Reverse(row.messages), row.rule, row.before, row.after));
        Self { ruleset, changed: transitions.iter().map(|transition| transition.messages).sum(), transitions, causes }
    }
}

/// `1 message gets`, `2,797 messages get`.
pub fn get(messages: u64) -> String {
    count(messages as usize, "message") + if messages == 1 { " gets" } else { " get" }
}

/// The changed messages, in the order of the logs.
pub struct Changes(SpooledTempFile);

impl Changes {
    /// Each as it was kept: a JSON object.
    pub fn lines(&mut self) -> io::Result<impl Iterator<Item = io::Result<String>>> {
        self.0.rewind()?;
        Ok(BufReader::new(&mut self.0).lines())
    }

    /// Each, read again.
    pub fn all(&mut self) -> io::Result<impl Iterator<Item = io::Result<Change<'static>>>> {
        Ok(self.lines()?.map(|line| Ok(serde_json::from_str(&line?)?)))
    }
}

/// A cause in words: `house.rival: nothing before, mask now`.
pub fn cause(rule: &str, before: Option<Action>, after: Option<Action>) -> String {
    let word = |side: Option<Action>| side.map_or("nothing", Action::name);
    match (before, after) {
        (None, None) => format!("{rule}: the same findings, another text"),
        (before, after) => format!("{rule}: {} before, {} now", word(before), word(after)),
    }
}

/// Why a message changed, in words.
pub fn why(change: &Change) -> String {
    change.why.iter().map(|why| cause(&why.rule, why.before, why.after)).collect::<Vec<_>>().join("; ")
}

/// A side of a change in a word, with what the room gets where both sides rewrite: they differ in that alone.
pub fn sides(change: &Change) -> [String; 2] {
    let [before, after] = [&change.before, &change.after];
    [before, after].map(|side| match side.content.as_ref().or(side.reason.as_ref()) {
        Some(text) if before.verdict == after.verdict => format!("{} {text}", side.verdict),
        _ => side.verdict.to_string(),
    })
}
