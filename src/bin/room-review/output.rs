//! How the commands write to a terminal.

use anstyle::{AnsiColor, Style};
use room_review::event::{ReviewRequest, ReviewResponse, ReviewResult};
use room_review::review::{Decision, Field, Finding};
use serde_json::{Value, json};
use std::env;
use std::io::{self, IsTerminal, Write};
use std::path::Path;

const RED: Style = AnsiColor::Red.on_default().bold();
const YELLOW: Style = AnsiColor::Yellow.on_default().bold();
const GREEN: Style = AnsiColor::Green.on_default().bold();

/// Whether stdout is a terminal of somebody who wants colour (<https://no-color.org>).
pub fn colour_wanted() -> bool {
    io::stdout().is_terminal() && env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// The verdict in one word, padded to a column.
pub fn verdict(decision: &Decision, colour: bool) -> String {
    let word = decision.name();
    let style = match decision {
        Decision::Allow => GREEN,
        Decision::Rewrite { .. } => YELLOW,
        Decision::Deny { .. } => RED,
    };
    if colour { format!("{style}{word:<7}{style:#}") } else { format!("{word:<7}") }
}

/// What the sender or the room gets to see: the reason of a DENY, else the content and the attributes that changed.
pub fn outcome(request: &ReviewRequest, response: &ReviewResponse) -> String {
    if response.result() == ReviewResult::Deny {
        return format!("reason: {}", visible(response.reason().unwrap_or_default()));
    }
    let mut seen = visible(response.content());
    for (before, after) in request.attributes.pairs().iter().zip(response.attributes()) {
        if before != after {
            seen.extend([" ", &escaped(&after.0), "=", &visible(&after.1)]);
        }
    }
    seen
}

/// One indented line for each finding: the rule, what is done about it, and where.
pub fn write_findings(out: &mut impl Write, request: &ReviewRequest, findings: &[Finding]) -> io::Result<()> {
    for finding in findings {
        let (place, text) = place(request, finding);
        let (rule, category, severity) = (&finding.rule, finding.category.name(), finding.severity.name());
        let (action, span) = (finding.action.name(), finding.span);
        writeln!(
            out,
            "        {rule}: {category}, {severity}, {action}: {} {}..{} {}",
            escaped(&place),
            span.start,
            span.end,
            visible(text)
        )?;
    }
    Ok(())
}

/// A finding for machines.
pub fn finding_json(request: &ReviewRequest, finding: &Finding) -> Value {
    let (place, text) = place(request, finding);
    json!({
        "rule": finding.rule,
        "category": finding.category.name(),
        "severity": finding.severity.name(),
        "action": finding.action.name(),
        "field": place,
        "start": finding.span.start,
        "end": finding.span.end,
        "text": text,
    })
}

/// The field that a finding is in, and the text that it covers.
fn place<'a>(request: &'a ReviewRequest, finding: &Finding) -> (String, &'a str) {
    let (place, text) = match finding.field {
        Field::Content => ("Content".to_owned(), &*request.content),
        Field::Attribute(index) => match request.attributes.pairs().get(index) {
            Some((key, value)) => (format!("Attributes.{key}"), &**value),
            None => ("Attributes".to_owned(), ""),
        },
    };
    (place, text.get(finding.span.start..finding.span.end).unwrap_or_default())
}

/// An error that names the file or folder that it is about.
pub fn at(path: &Path) -> impl Fn(io::Error) -> io::Error {
    move |error| io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

/// `text` in quotes, [`escaped`].
pub fn visible(text: &str) -> String {
    format!("\"{}\"", escaped(text))
}

/// `text` with what would act on the terminal or turn the line around written out.
pub fn escaped(text: &str) -> String {
    let acts = |c: char| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if acts(c) {
            escaped.extend(c.escape_default());
        } else {
            escaped.push(c);
        }
    }
    escaped
}
