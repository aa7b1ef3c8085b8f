//! The report as a page for somebody who has never seen one: nothing is loaded, nothing runs.

use super::change::Change;
use super::report::{self, Against, Changes, Report};
use super::tally::{Counts, Sample};
use super::text::{Shown, percent, thousands};
use super::{Limits, charts};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use std::io::{self, Write};

/// Malformed records that are named; JSON has more.
const NAMED: usize = 20;

/// Writes the page.
pub fn write(out: &mut impl Write, report: &Report, changes: &mut Changes, limits: &Limits) -> io::Result<()> {
    let listed = match &report.against {
        Some(_) => changes.all()?.take(limits.changes).collect::<io::Result<Vec<_>>>()?,
        None => Vec::new(),
    };
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                // Whatever a message says, a browser loads and runs nothing here.
                meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'";
                title { "Chat replay" }
                style { (PreEscaped(include_str!("report.css"))) }
            }
            body {
                (head(report))
                @if let Some(against) = &report.against { (diff(against, report, limits)) }
                (overview(report))
                (rules(report, limits))
                (rooms(report, limits))
                @if let Some(against) = &report.against { (list(against, &listed, limits)) }
                (problems(report))
            }
        }
    };
    writeln!(out, "{}", page.into_string())
}

fn head(report: &Report) -> Markup {
    html! {
        h1 { "Chat replay" }
        p.lead { (report.headline()) "." }
        p {
            "Each message of a chat log was judged once more. Nothing was sent and nothing in any room has changed: this page "
            "says what the rules would do to that chat. A message is " b { "allowed" } " as it is, " b { "rewritten" }
            " (the words that were found are masked and the rest goes through), or " b { "denied" }
            " (nobody gets it, and its sender is told why)."
        }
        ul { @for note in report.notes() { li { (note) } } }
    }
}

fn overview(report: &Report) -> Markup {
    let hours: Vec<(&str, Counts)> = report.hours.iter().map(|row| (&*row.name, row.counts)).collect();
    let all = report.verdicts;
    html! {
        h2 { "What becomes of the messages" }
        (charts::legend())
        (charts::whole(all))
        p {
            b { (thousands(all.allowed)) } " allowed (" (percent(all.allowed, all.messages)) "), "
            b { (thousands(all.rewritten)) } " rewritten (" (percent(all.rewritten, all.messages)) "), "
            b { (thousands(all.denied)) } " denied (" (percent(all.denied, all.messages)) ")."
        }
        h2 { "By hour, UTC" }
        (charts::columns(&hours))
        h2 { "By category" }
        p { "Messages in which something of a category was found, by what its rules ask for. A message can be in several." }
        (table("category", report.categories.iter().map(|row| (row.name.name().to_owned(), row.counts))))
    }
}

fn rules(report: &Report, limits: &Limits) -> Markup {
    html! {
        h2 { "By rule" }
        p {
            "The rules that found most, with messages drawn by lot from all that each found something in. What it found is "
            "marked. A rule that marks harmless words is one to change."
        }
        (table("rule", report.rules.iter().take(limits.top).map(|row| (row.rule.to_owned(), row.counts))))
        (more(report.rules.len(), limits.top, "rules"))
        @for row in report.rules.iter().take(limits.top).filter(|row| !row.samples.is_empty()) {
            details {
                summary { code { (row.rule) } " " (row.category.name()) ", " (row.severity.name()) }
                (samples(&row.samples))
            }
        }
    }
}

fn rooms(report: &Report, limits: &Limits) -> Markup {
    html! {
        h2 { "By room" }
        (table("room", report.rooms.iter().take(limits.top).map(|row| (row.name.to_string(), row.counts))))
        (more(report.rooms.len(), limits.top, "rooms"))
    }
}

fn table(heading: &str, rows: impl Iterator<Item = (String, Counts)>) -> Markup {
    let rows: Vec<(String, Counts)> = rows.collect();
    let most = rows.iter().map(|(_, counts)| counts.messages).max().unwrap_or(0);
    html! {
        table {
            thead { tr { th { (heading) } th { "messages" } th { "allowed" } th { "rewritten" } th { "denied" } th {} } }
            tbody {
                @for (name, counts) in &rows {
                    tr {
                        td { code { (name) } }
                        @for number in [counts.messages, counts.allowed, counts.rewritten, counts.denied] {
                            td.number { (thousands(number)) }
                        }
                        td { (charts::bar(name, *counts, most)) }
                    }
                }
            }
        }
    }
}

fn more(all: usize, shown: usize, what: &str) -> Markup {
    html! { @if all > shown { p { "And " (thousands((all - shown) as u64)) " more " (what) "." } } }
}

fn diff(against: &Against, report: &Report, limits: &Limits) -> Markup {
    html! {
        h2 { "What changes" }
        p {
            b { (report::get(against.changed)) } " another verdict from "
            (report.ruleset) " than from " (against.ruleset) "."
        }
        @if against.changed > 0 {
            table {
                thead { tr { th { "before" } th { "now" } th { "messages" } } }
                tbody {
                    @for row in &against.transitions {
                        tr { td { (row.before) } td { (row.after) } td.number { (thousands(row.messages)) } }
                    }
                }
            }
            h3 { "Why" }
            p { "The rules that ask for something else than before, each with messages drawn by lot from those that it changed." }
            @for row in against.causes.iter().take(limits.top) {
                details open {
                    summary {
                        b { (thousands(row.messages)) } " " (report::cause(row.rule, row.before, row.after))
                    }
                    (samples(&row.samples))
                }
            }
            (more(against.causes.len(), limits.top, "reasons"))
        }
    }
}

fn list(against: &Against, listed: &[Change], limits: &Limits) -> Markup {
    html! {
        @if !listed.is_empty() {
            h2 { "Which messages change" }
            p { "In the order of the logs." }
            table.changes {
                thead { tr { th { "message" } th { "before" } th { "now" } th { "why" } } }
                tbody {
                    @for change in listed {
                        @let [before, after] = report::sides(change);
                        tr {
                            td {
                                (marked(&change.shown)) br;
                                small title=(change.at) { (change.time) ", room " (change.room) ", message " (change.message) }
                            }
                            td { (before) }
                            td { (after) }
                            td { (report::why(change)) }
                        }
                    }
                }
            }
            (more(against.changed as usize, limits.changes, "changed messages: the formats json and csv have all of them"))
        }
    }
}

fn samples(samples: &[Sample]) -> Markup {
    html! {
        ul.chat {
            @for sample in samples {
                li {
                    (marked(&sample.shown)) " "
                    small title=(sample.at) { "room " (sample.room) ", message " (sample.message) }
                }
            }
        }
    }
}

fn problems(report: &Report) -> Markup {
    let input = &report.input;
    html! {
        @if input.malformed > 0 || !input.unreadable.is_empty() {
            h2 { "What could not be read" }
            ul {
                @for problem in &input.unreadable { li { (problem) } }
                @for problem in input.malformed_at.iter().take(NAMED) { li { (problem.at) ": " (problem.reason) } }
            }
            (more(input.malformed as usize, NAMED, "records"))
        }
    }
}

fn marked(shown: &Shown) -> Markup {
    html! { q { @for (piece, found) in shown.pieces() { @if found { mark { (piece) } } @else { (piece) } } } }
}
