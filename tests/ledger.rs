//! `ledger.txt` shows what the built-in rules do with messages as people write them. A change of a rule changes lines of
//! it, and a reviewer reads the change as a diff:
//!
//! ```text
//! UPDATE_LEDGER=1 cargo test --test ledger
//! ```
//!
//! A line is the verdict and the ids of all rules that hit, a tab, and the message with bars around what those rules hit
//! that the policy acts upon. To add a message, write it on a line of its own and let the test fill in the rest.
//! `\n`, `\u{200b}` and `\|` stand for a line break, a code point that nobody sees, and a bar.

use room_review::event::ReviewRequest;
use room_review::lint::draw;
use room_review::policy::Action;
use room_review::review::{Decision, Finding, review};
use room_review::rules::Ruleset;
use room_review::text::Span;
use std::fmt::Write;

const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/ledger.txt");

/// What stands in for a bar of the message itself while it is drawn; no message of the ledger has it.
const BAR: char = '\u{1}';

#[test]
fn the_rules_do_what_the_ledger_says() {
    let rules = Ruleset::builtin();
    let ledger = std::fs::read_to_string(PATH).expect("tests/ledger.txt is there");
    let now: String = ledger.lines().map(|line| review_line(&rules, line) + "\n").collect();
    if std::env::var_os("UPDATE_LEDGER").is_some() {
        std::fs::write(PATH, now).expect("tests/ledger.txt can be written");
        return;
    }
    let mut changes = String::new();
    for (number, (before, after)) in ledger.lines().zip(now.lines()).enumerate().filter(|(_, (a, b))| a != b) {
        let _ = writeln!(changes, "line {}\n  - {before}\n  + {after}", number + 1);
    }
    assert!(changes.is_empty(), "UPDATE_LEDGER=1 writes these changes to tests/ledger.txt:\n{changes}");
}

#[test]
fn built_in_rules_and_the_same_files_loaded_at_run_time_agree() {
    let builtin = Ruleset::builtin();
    let files = concat!(env!("CARGO_MANIFEST_DIR"), "/rules");
    let loaded = Ruleset::load_alone(files.as_ref()).unwrap_or_else(|mistakes| panic!("{mistakes}"));
    let ledger = std::fs::read_to_string(PATH).expect("tests/ledger.txt is there");
    let differ = ledger.lines().filter(|line| review_line(&builtin, line) != review_line(&loaded, line));
    let lines: Vec<String> = differ.map(|line| format!("{line}\n  loaded: {}", review_line(&loaded, line))).collect();
    assert!(lines.is_empty(), "{}", lines.join("\n"));
}

/// The line of the ledger for the message in `line`; headings, which begin with `# `, and empty lines stay.
fn review_line(rules: &Ruleset, line: &str) -> String {
    if line.is_empty() || line.starts_with("# ") {
        return line.to_owned();
    }
    let message = message_of(line);
    let request = ReviewRequest { content: message.as_str().into(), ..ReviewRequest::default() };
    let verdict = review(rules, &request);
    let what = match verdict.decision {
        Decision::Allow => "allow",
        Decision::Rewrite { .. } => "rewrite",
        Decision::Deny { .. } => "deny",
    };
    let mut ids: Vec<&str> = verdict.findings.iter().map(|finding| finding.rule).collect();
    ids.sort_unstable();
    ids.dedup();
    let drawn = escape(&draw(&message.replace('|', &BAR.to_string()), &acted_upon(&verdict.findings)));
    std::iter::once(what).chain(ids).collect::<Vec<_>>().join(" ") + "\t" + &drawn
}

/// The spans that the policy does something about, those that overlap as one.
fn acted_upon(findings: &[Finding<'_>]) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    for finding in findings.iter().filter(|finding| finding.action != Action::Allow) {
        match spans.last_mut() {
            Some(last) if finding.span.start < last.end => last.end = last.end.max(finding.span.end),
            _ => spans.push(finding.span),
        }
    }
    spans
}

/// The message of a line of the ledger, or of a line that is a message only.
fn message_of(line: &str) -> String {
    let drawn = line.split_once('\t').map_or(line, |(_, drawn)| drawn);
    let mut message = String::new();
    let mut rest = drawn.chars();
    while let Some(c) = rest.next() {
        match c {
            '|' => {}
            '\\' => match rest.next() {
                Some('n') => message.push('\n'),
                Some('u') => {
                    let digits: String = rest.by_ref().take_while(|c| *c != '}').filter(|c| *c != '{').collect();
                    let point = u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32);
                    message.push(point.unwrap_or_else(|| panic!("no code point {digits:?} in {line:?}")));
                }
                other => message.extend(other),
            },
            c => message.push(c),
        }
    }
    message
}

/// What cannot be seen is written as an escape, so that a reviewer sees it.
fn escape(drawn: &str) -> String {
    let mut out = String::new();
    for c in drawn.chars() {
        match c {
            '\n' => out.push_str("\\n"),
            '\\' => out.push_str("\\\\"),
            BAR => out.push_str("\\|"),
            c if is_unseen(c) => drop(write!(out, "\\u{{{:x}}}", c as u32)),
            c => out.push(c),
        }
    }
    out
}

fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{2800}' | '\u{3164}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}')
        || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
        || matches!(c, '\u{300}'..='\u{36f}' | '\u{e0000}'..='\u{e0fff}')
        || c.is_control()
}
