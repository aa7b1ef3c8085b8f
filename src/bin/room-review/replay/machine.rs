//! Reports for programs: JSON, and CSV for a spreadsheet.

use super::report::{self, Changes, Report};
use super::tally::Counts;
use csv::Writer;
use std::io::{self, Write};

/// One object. Changed messages come last, one a line, as many as there are.
pub fn json(out: &mut impl Write, report: &Report, changes: &mut Changes) -> io::Result<()> {
    let object = serde_json::to_string(report)?;
    if report.against.is_none() {
        return writeln!(out, "{object}");
    }
    let open = object.strip_suffix('}').expect("a report is an object");
    write!(out, "{open},\"changes\":[")?;
    for (number, line) in changes.lines()?.enumerate() {
        let separator = if number == 0 { "" } else { "," };
        write!(out, "{separator}\n{}", line?)?;
    }
    writeln!(out, "\n]}}")
}

/// Changed messages where there are other rules, else counts.
pub fn csv(out: &mut impl Write, report: &Report, changes: &mut Changes) -> io::Result<()> {
    write_csv(out, report, changes).map_err(|error| match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        kind => io::Error::other(format!("{kind:?}")),
    })
}

fn write_csv(out: &mut impl Write, report: &Report, changes: &mut Changes) -> csv::Result<()> {
    let mut csv = Writer::from_writer(out);
    if report.against.is_some() {
        csv.write_record(["at", "time", "room", "message", "before", "after", "why", "text"])?;
        for change in changes.all()? {
            let change = change?;
            let [before, after] = report::sides(&change);
            let why = report::why(&change);
            let text = change.shown.with_bars();
            let row = [&change.at, &change.time, &change.room, &change.message, &*before, &*after, &*why, &*text];
            csv.write_record(row.map(plain))?;
        }
        return Ok(csv.flush()?);
    }
    csv.write_record(["table", "name", "messages", "allowed", "rewritten", "denied", "text"])?;
    let mut row = |table: &str, name: &str, counts: &Counts| {
        let numbers =
            [counts.messages, counts.allowed, counts.rewritten, counts.denied].map(|number| number.to_string());
        let [messages, allowed, rewritten, denied] = &numbers;
        csv.write_record([table, &plain(name), messages, allowed, rewritten, denied, ""])
    };
    row("all", "all", &report.verdicts)?;
    report.categories.iter().try_for_each(|category| row("category", category.name.name(), &category.counts))?;
    report.rules.iter().try_for_each(|rule| row("rule", rule.rule, &rule.counts))?;
    report.rooms.iter().try_for_each(|room| row("room", &room.name, &room.counts))?;
    report.hours.iter().try_for_each(|hour| row("hour", &hour.name, &hour.counts))?;
    for rule in &report.rules {
        for sample in &rule.samples {
            csv.write_record(["sample", rule.rule, "", "", "", "", &plain(&sample.shown.with_bars())])?;
        }
    }
    for problem in &report.input.malformed_at {
        let text = format!("{}: {}", problem.at, problem.reason);
        csv.write_record(["malformed", "", "", "", "", "", &plain(&text)])?;
    }
    Ok(csv.flush()?)
}

/// `text` so that a spreadsheet takes it for text: what begins like a formula is run by some.
fn plain(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}
