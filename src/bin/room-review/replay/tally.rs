//! What is counted. Each thread counts for itself; sums and samples come out the same whichever thread saw what.

use super::logs::{Log, room_id};
use super::text::{Shown, hash};
use room_review::detect::{Category, Severity};
use room_review::event::ReviewRequest;
use room_review::policy::Action;
use room_review::review::{Decision, Finding, Verdict};
use serde::Serialize;
use std::collections::HashMap;

/// Messages by what becomes of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    pub messages: u64,
    pub allowed: u64,
    pub rewritten: u64,
    pub denied: u64,
}

impl Counts {
    fn add(&mut self, action: Action) {
        self.messages += 1;
        *match action {
            Action::Allow => &mut self.allowed,
            Action::Mask => &mut self.rewritten,
            Action::Deny => &mut self.denied,
        } += 1;
    }

    fn merge(&mut self, other: Self) {
        self.messages += other.messages;
        self.allowed += other.allowed;
        self.rewritten += other.rewritten;
        self.denied += other.denied;
    }
}

/// What a decision does with a message as a whole.
pub const fn outcome(decision: &Decision) -> Action {
    match decision {
        Decision::Allow => Action::Allow,
        Decision::Rewrite { .. } => Action::Mask,
        Decision::Deny { .. } => Action::Deny,
    }
}

/// A message that a rule found something in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Sample {
    /// Orders samples by chance, and the same way each time.
    #[serde(skip)]
    chance: u64,
    /// Its place in the order of the logs.
    #[serde(skip)]
    order: (u64, u64),
    #[serde(flatten)]
    pub shown: Shown,
    pub room: String,
    pub message: String,
    pub at: String,
}

/// What one rule found.
#[derive(Clone, Debug)]
pub struct RuleTally {
    pub category: Category,
    pub severity: Severity,
    pub counts: Counts,
    pub samples: Vec<Sample>,
}

/// Messages that one cause changed.
#[derive(Default)]
pub struct CauseTally {
    pub messages: u64,
    pub samples: Vec<Sample>,
}

/// Everything that is counted.
#[derive(Default)]
pub struct Tally<'r> {
    pub all: Counts,
    pub events: u64,
    /// Messages with what looks like a mask already.
    pub masked_before: u64,
    pub categories: [Counts; Category::ALL.len()],
    pub rules: HashMap<&'r str, RuleTally>,
    pub rooms: HashMap<Box<str>, Counts>,
    pub hours: HashMap<Box<str>, Counts>,
    /// Changed messages by verdict before and after.
    pub transitions: [[u64; 3]; 3],
    /// Changed messages by the rules that changed what they say.
    pub causes: HashMap<Cause<'r>, CauseTally>,
}

/// A rule, and what it asked for before and asks for now; none is that it found nothing.
pub type Cause<'r> = (&'r str, Option<Action>, Option<Action>);

impl<'r> Tally<'r> {
    /// Counts a message. `strictest` is what each rule asks for, from [`strictest`]; a rule keeps `samples` messages.
    pub fn message(
        &mut self,
        message: &Message,
        verdict: &Verdict<'r>,
        strictest: &[(Finding<'r>, Action)],
        samples: usize,
    ) {
        let action = outcome(&verdict.decision);
        self.all.add(action);
        entry(&mut self.rooms, room_id(&message.request.room_arn)).add(action);
        entry(&mut self.hours, hour(message.time)).add(action);
        let mut by_category = [None; Category::ALL.len()];
        for (finding, action) in strictest {
            let rule = self.rules.entry(finding.rule).or_insert_with(|| RuleTally {
                category: finding.category,
                severity: finding.severity,
                counts: Counts::default(),
                samples: Vec::new(),
            });
            rule.counts.add(*action);
            message.draw(&mut rule.samples, samples, || {
                verdict.findings.iter().filter(|other| other.rule == finding.rule).copied().collect()
            });
            let of_category = &mut by_category[finding.category as usize];
            *of_category = (*of_category).max(Some(*action));
        }
        for (counts, action) in self.categories.iter_mut().zip(by_category) {
            action.into_iter().for_each(|action| counts.add(action));
        }
    }

    /// Adds what another thread counted.
    pub fn merge(&mut self, other: Self, samples: usize) {
        self.all.merge(other.all);
        self.events += other.events;
        self.masked_before += other.masked_before;
        self.categories.iter_mut().zip(other.categories).for_each(|(mine, theirs)| mine.merge(theirs));
        for (id, rule) in other.rules {
            match self.rules.get_mut(id) {
                Some(mine) => {
                    mine.counts.merge(rule.counts);
                    rule.samples.into_iter().for_each(|sample| keep(&mut mine.samples, samples, sample));
                }
                None => {
                    self.rules.insert(id, rule);
                }
            }
        }
        for (mine, theirs) in [(&mut self.rooms, other.rooms), (&mut self.hours, other.hours)] {
            theirs.into_iter().for_each(|(name, counts)| mine.entry(name).or_default().merge(counts));
        }
        for (mine, theirs) in self.transitions.as_flattened_mut().iter_mut().zip(other.transitions.as_flattened()) {
            *mine += theirs;
        }
        for (cause, theirs) in other.causes {
            let mine = self.causes.entry(cause).or_default();
            mine.messages += theirs.messages;
            theirs.samples.into_iter().for_each(|sample| keep(&mut mine.samples, samples, sample));
        }
    }
}

/// A message of a log.
pub struct Message<'a> {
    pub log: &'a Log,
    /// Its place in the order of the logs: the batch, then the line or event in the log.
    pub order: (u64, u64),
    /// When IVS Chat received it, as written.
    pub time: &'a str,
    pub request: &'a ReviewRequest<'a>,
    /// Whether nobody is to read it.
    pub redact: bool,
}

impl Message<'_> {
    /// Where it stands, as it is shown.
    pub fn at(&self) -> String {
        self.log.place(self.order.1)
    }

    /// Keeps it among `samples`, for what was `found`, if it is among the `most` of least chance.
    pub fn draw<'r>(&self, samples: &mut Vec<Sample>, most: usize, found: impl FnOnce() -> Vec<Finding<'r>>) {
        let chance = hash(&self.request.content);
        let is_full = samples.len() == most;
        if most == 0 || is_full && samples.last().is_some_and(|last| (last.chance, last.order) <= (chance, self.order))
        {
            return;
        }
        let sample = Sample {
            chance,
            order: self.order,
            shown: Shown::new(self.request, &found(), self.redact),
            room: room_id(&self.request.room_arn).to_owned(),
            message: self.request.message_id.to_string(),
            at: self.at(),
        };
        keep(samples, most, sample);
    }
}

/// Puts `sample` among the kept ones, in order, unless its text is there already: then the earlier message stays.
fn keep(samples: &mut Vec<Sample>, most: usize, sample: Sample) {
    match samples.binary_search_by_key(&sample.chance, |kept| kept.chance) {
        Ok(at) => samples[at] = samples[at].clone().min(sample),
        Err(at) => {
            samples.insert(at, sample);
            samples.truncate(most);
        }
    }
}

/// Each rule once, with the strictest of what its findings ask for.
pub fn strictest<'r>(findings: &[Finding<'r>], out: &mut Vec<(Finding<'r>, Action)>) {
    out.clear();
    for finding in findings {
        match out.iter_mut().find(|(known, _)| known.rule == finding.rule) {
            Some((_, action)) => *action = (*action).max(finding.action),
            None => out.push((*finding, finding.action)),
        }
    }
}

/// The counts under a name, without making the name anew each time.
fn entry<'m>(map: &'m mut HashMap<Box<str>, Counts>, name: &str) -> &'m mut Counts {
    if !map.contains_key(name) {
        map.insert(name.into(), Counts::default());
    }
    map.get_mut(name).expect("it was put there if it was missing")
}

/// The hour of a time as IVS Chat writes it, `2022-10-14T17`, or a word for none.
fn hour(time: &str) -> &str {
    match time.get(..13) {
        Some(hour) if hour.as_bytes()[10] == b'T' => hour,
        _ => "(unknown)",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(chance: u64, order: u64) -> Sample {
        let text = String::new;
        Sample { chance, order: (order, 0), shown: Shown::default(), room: text(), message: text(), at: text() }
    }

    #[test]
    fn the_same_samples_are_kept_in_whatever_order_they_come() {
        let all = [(5, 1), (3, 2), (9, 3), (3, 4), (1, 5), (7, 6), (1, 7)];
        let want = [(1, 5), (3, 2), (5, 1)];
        for turn in 0..all.len() {
            let mut samples = Vec::new();
            for at in 0..all.len() {
                let (chance, order) = all[(at * 3 + turn) % all.len()];
                keep(&mut samples, 3, sample(chance, order));
            }
            let kept: Vec<(u64, u64)> = samples.iter().map(|sample| (sample.chance, sample.order.0)).collect();
            assert_eq!(kept, want);
        }
    }

    #[test]
    fn an_hour_is_read_from_a_time() {
        for (time, want) in [
            ("2022-10-14T17:40:00.000Z", "2022-10-14T17"),
            ("2022-10-14T17", "2022-10-14T17"),
            ("2022-10-14", "(unknown)"),
            ("", "(unknown)"),
            ("ééééééééééééééé", "(unknown)"),
        ] {
            assert_eq!(hour(time), want);
        }
    }
}
