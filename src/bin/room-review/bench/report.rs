//! What was measured, in words and for machines.

use super::measure::{Cost, Term, Tries};
use crate::output::escaped;
use crate::replay::text::{count, thousands};
use serde_json::{Value, json};
use std::io::{self, Write};
use std::time::Duration;

/// A rule that is compared with more than one of so many messages is pointed out.
const OFTEN: usize = 20;

/// A figure of a table.
type Cell = fn(&Cost) -> String;

/// What was measured.
pub struct Report<'a> {
    /// The messages.
    pub chat: &'a [String],
    /// What the built-in rules cost alone.
    pub builtin: Cost,
    /// What they cost with the operator's, if there are any.
    pub yours: Option<Cost>,
    /// The operator's rules that a message was compared with.
    pub own: Vec<Tries<'a>>,
    /// How many the operator has.
    pub own_rules: usize,
    /// The built-in rules that a message was compared with, if they are in use.
    pub others: Vec<Tries<'a>>,
    /// The time that a message may take.
    pub budget: Duration,
}

impl Report<'_> {
    fn characters(&self) -> usize {
        self.chat.iter().map(|content| content.chars().count()).sum::<usize>() / self.chat.len().max(1)
    }

    /// In words.
    pub fn write(&self, out: &mut impl Write, top: usize) -> io::Result<()> {
        let (messages, characters) = (count(self.chat.len(), "made-up message"), count(self.characters(), "character"));
        writeln!(out, "{messages}, {characters} on average")?;
        if cfg!(debug_assertions) {
            writeln!(out, "This is a debug build: its times say nothing about those of a release build.")?;
        }
        self.write_times(out)?;
        match &self.yours {
            Some(_) => self.write_own(out, top),
            None => write_tries(out, "The rules", &self.others, top),
        }
    }

    fn write_times(&self, out: &mut impl Write) -> io::Result<()> {
        let head = if self.yours.is_some() { "with yours" } else { "" };
        writeln!(out, "\n{}", format!("{:<28}{:>16}{head:>14}", "", "built-in rules").trim_end())?;
        let lines: [(&str, Cell); 5] = [
            ("a message, on average", |cost| time(cost.mean())),
            ("99 of 100 messages within", |cost| time(cost.within(990))),
            ("the slowest message", |cost| time(cost.within(1000))),
            ("a start: reading the rules", |cost| time(cost.start)),
            ("messages masked or denied", |cost| thousands(cost.stopped as u64)),
        ];
        for (name, cell) in lines {
            let yours = self.yours.as_ref().map(|cost| format!("{:>14}", cell(cost))).unwrap_or_default();
            writeln!(out, "{name:<28}{:>16}{yours}", cell(&self.builtin))?;
        }
        let (slowest, budget) = (self.yours.as_ref().unwrap_or(&self.builtin).within(1000), self.budget.as_millis());
        writeln!(out, "\nA message may take {budget} ms (budget_ms); the slowest of these took {}.", time(slowest))
    }

    fn write_own(&self, out: &mut impl Write, top: usize) -> io::Result<()> {
        if self.own_rules == 0 {
            return writeln!(out, "\nThe folder has no rules of yours.");
        }
        write_tries(out, "Your rules", &self.own, top)?;
        let never = match self.own_rules.saturating_sub(self.own.len()) {
            0 => String::new(),
            never => format!(" No message had to be compared with {never} of them."),
        };
        writeln!(out, "\nYou have {}.{never}", count(self.own_rules, "rule"))?;
        if let Some(most) = self.others.first() {
            let all = count(self.others.iter().map(|one| one.tried).sum(), "comparison");
            writeln!(out, "The built-in rules cost {all}, {} of them by {}.", thousands(most.tried as u64), most.rule)?;
        }
        for one in self.own.iter().take(top).filter(|one| one.regexes > 0) {
            let searches = count(one.regexes, "time");
            writeln!(out, "{}: its regular expressions went through a message {searches}.", one.rule)?;
        }
        for one in self.own.iter().take(top).filter(|one| one.messages * OFTEN > self.chat.len()) {
            let share = one.messages * 100 / self.chat.len().max(1);
            writeln!(
                out,
                "{}: {share} of 100 messages have to be compared with it. Everyday words are spelled like its terms.",
                one.rule
            )?;
        }
        Ok(())
    }

    /// For machines.
    pub fn json(&self) -> Value {
        let all = self.own.iter().map(|one| (one, true)).chain(self.others.iter().map(|one| (one, false)));
        let rules: Vec<Value> = all.map(|(one, own)| tries_json(one, own)).collect();
        json!({
            "messages": self.chat.len(),
            "characters": self.characters(),
            "debug_build": cfg!(debug_assertions),
            "budget_ns": nanos(self.budget),
            "builtin": cost_json(&self.builtin),
            "yours": self.yours.as_ref().map(cost_json),
            "own_rules": self.own_rules,
            "rules": rules,
        })
    }
}

/// The rules that messages were compared with most often.
fn write_tries(out: &mut impl Write, whose: &str, tries: &[Tries], top: usize) -> io::Result<()> {
    let listed = &tries[..top.min(tries.len())];
    if listed.is_empty() {
        return Ok(());
    }
    writeln!(
        out,
        "\n{whose} that cost most, by how often a message was compared with one of their terms letter by letter:\n"
    )?;
    let width = listed.iter().map(|one| one.rule.len()).max().unwrap_or(0);
    writeln!(out, "{:<width$}  compared  in messages  found  most often with", "")?;
    for Tries { rule, tried, found, messages, terms, .. } in listed {
        let term = terms.first().map(|most| escaped(&most.term)).unwrap_or_default();
        let [tried, messages, found] = [*tried, *messages, *found].map(|number| thousands(number as u64));
        writeln!(out, "{rule:<width$}  {tried:>8}  {messages:>11}  {found:>5}  {term}")?;
    }
    Ok(())
}

fn time(time: Duration) -> String {
    if time < Duration::from_millis(1) { format!("{:.1} µs", time.as_secs_f64() * 1e6) } else { millis(time) }
}

fn millis(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1e3)
}

fn nanos(time: Duration) -> u64 {
    u64::try_from(time.as_nanos()).unwrap_or(u64::MAX)
}

fn cost_json(cost: &Cost) -> Value {
    json!({
        "mean_ns": nanos(cost.mean()),
        "median_ns": nanos(cost.within(500)),
        "p99_ns": nanos(cost.within(990)),
        "slowest_ns": nanos(cost.within(1000)),
        "start_ns": nanos(cost.start),
        "masked_or_denied": cost.stopped,
    })
}

fn tries_json(one: &Tries, own: bool) -> Value {
    let terms: Vec<Value> = one
        .terms
        .iter()
        .map(|Term { term, tried, found }| json!({"term": term, "compared": tried, "found": found}))
        .collect();
    json!({
        "rule": one.rule,
        "own": own,
        "compared": one.tried,
        "in_messages": one.messages,
        "found": one.found,
        "regex_searches": one.regexes,
        "terms": terms,
    })
}
