//! The report for a terminal.

use super::Limits;
use super::report::{self, Against, Changes, Report};
use super::tally::Counts;
use super::text::{count, percent, thousands};
use crate::output::escaped;
use room_review::detect::Category;
use std::io::{self, Write};

/// Malformed records that are named; JSON has more.
const NAMED: usize = 10;

/// Writes all of it.
pub fn write(out: &mut impl Write, report: &Report, changes: &mut Changes, limits: &Limits) -> io::Result<()> {
    writeln!(out, "{}", escaped(&report.headline()))?;
    for note in report.notes() {
        writeln!(out, "{}", escaped(&note))?;
    }
    counts(out, "VERDICTS", Share::Touched, [("all".to_owned(), report.verdicts)])?;
    let of_all = Share::Of(report.verdicts.messages);
    counts(out, "CATEGORY", of_all, report.categories.iter().map(|row| (name(row.name), row.counts)))?;
    let rooms = report.rooms.iter().take(limits.top);
    counts(out, "ROOM", Share::Touched, rooms.map(|row| (row.name.to_string(), row.counts)))?;
    more(out, report.rooms.len(), limits.top, "rooms")?;
    counts(out, "HOUR (UTC)", Share::Touched, report.hours.iter().map(|row| (row.name.to_string(), row.counts)))?;
    let rules = report.rules.iter().take(limits.top);
    counts(out, "RULE", of_all, rules.map(|row| (row.rule.to_owned(), row.counts)))?;
    more(out, report.rules.len(), limits.top, "rules")?;
    samples(out, report, limits)?;
    malformed(out, report)?;
    report.against.as_ref().map_or(Ok(()), |against| diff(out, against, changes, limits))
}

fn name(category: Category) -> String {
    category.name().to_owned()
}

/// What the last column says.
#[derive(Clone, Copy)]
enum Share {
    /// The share of the row's messages that are rewritten or denied.
    Touched,
    /// The row's share of so many messages.
    Of(u64),
}

fn counts(
    out: &mut impl Write,
    title: &str,
    share: Share,
    rows: impl IntoIterator<Item = (String, Counts)>,
) -> io::Result<()> {
    let rows: Vec<(String, Counts)> = rows.into_iter().map(|(name, counts)| (escaped(&name), counts)).collect();
    let Some(longest) = rows.iter().map(|(name, _)| name.chars().count()).max() else { return Ok(()) };
    let width = longest.max(title.len());
    let last = match share {
        Share::Touched => "TOUCHED",
        Share::Of(_) => "OF ALL",
    };
    writeln!(
        out,
        "\n{title:<width$}  {:>11} {:>11} {:>11} {:>11} {last:>8}",
        "MESSAGES", "ALLOWED", "REWRITTEN", "DENIED"
    )?;
    for (name, counts) in rows {
        let share = match share {
            Share::Touched => percent(counts.rewritten + counts.denied, counts.messages),
            Share::Of(all) => percent(counts.messages, all),
        };
        let [messages, allowed, rewritten, denied] =
            [counts.messages, counts.allowed, counts.rewritten, counts.denied].map(thousands);
        writeln!(out, "{name:<width$}  {messages:>11} {allowed:>11} {rewritten:>11} {denied:>11} {share:>8}")?;
    }
    Ok(())
}

fn more(out: &mut impl Write, all: usize, shown: usize, what: &str) -> io::Result<()> {
    if all > shown { writeln!(out, "and {} more {what}", thousands((all - shown) as u64)) } else { Ok(()) }
}

fn samples(out: &mut impl Write, report: &Report, limits: &Limits) -> io::Result<()> {
    let rules = report.rules.iter().take(limits.top).filter(|row| !row.samples.is_empty());
    for (number, row) in rules.enumerate() {
        if number == 0 {
            writeln!(out, "\nSAMPLES, what was found between bars")?;
        }
        writeln!(out, "{}", row.rule)?;
        for sample in &row.samples {
            writeln!(out, "    {}", escaped(&sample.shown.with_bars()))?;
        }
    }
    Ok(())
}

fn malformed(out: &mut impl Write, report: &Report) -> io::Result<()> {
    let input = &report.input;
    if input.malformed == 0 {
        return Ok(());
    }
    writeln!(out, "\nMALFORMED  {} could not be read", count(input.malformed as usize, "record"))?;
    for problem in input.malformed_at.iter().take(NAMED) {
        writeln!(out, "{}: {}", escaped(&problem.at), problem.reason)?;
    }
    more(out, input.malformed as usize, NAMED, "records")
}

fn diff(out: &mut impl Write, against: &Against, changes: &mut Changes, limits: &Limits) -> io::Result<()> {
    writeln!(out, "\nCHANGED  {} another verdict than from {}", report::get(against.changed), against.ruleset)?;
    for row in &against.transitions {
        writeln!(out, "{:>11}  {} to {}", thousands(row.messages), row.before, row.after)?;
    }
    if against.changed == 0 {
        return Ok(());
    }
    writeln!(out, "\nWHY, what was found between bars")?;
    for row in against.causes.iter().take(limits.top) {
        writeln!(out, "{:>11}  {}", thousands(row.messages), report::cause(row.rule, row.before, row.after))?;
        for sample in &row.samples {
            writeln!(out, "             {}", escaped(&sample.shown.with_bars()))?;
        }
    }
    more(out, against.causes.len(), limits.top, "reasons")?;
    if limits.changes > 0 {
        writeln!(out, "\nWHICH, in the order of the logs")?;
    }
    for change in changes.all()?.take(limits.changes) {
        let change = change?;
        let [before, after] = report::sides(&change).map(|side| escaped(&side));
        writeln!(
            out,
            "{} room {} message {}: {before} -> {after}",
            change.time,
            change.room,
            escaped(&change.message)
        )?;
        writeln!(out, "    {}", escaped(&change.shown.with_bars()))?;
        writeln!(out, "    {}", report::why(&change))?;
    }
    more(out, against.changed as usize, limits.changes, "changed messages: --format json and csv have all")
}
