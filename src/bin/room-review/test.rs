//! `room-review test`: whether the rules do what their authors, and your own labelled messages, say.

use crate::catalog::{self, Origin};
use crate::explain::From;
use crate::labelled::Label::{Allow, Deny, Mask};
use crate::labelled::{self, Label, Labelled};
use crate::output::{escaped, visible};
use crate::replay::text::count;
use crate::{UNREADABLE, WRONG};
use room_review::lint::{example, near_miss};
use room_review::review::{Decision, review};
use room_review::rules::Ruleset;
use serde_json::{Value, json};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Try every example and near miss of the rules in use, and files of labelled messages
///
/// A file has a message a line: `allow`, `mask` or `deny`, a tab, and the message; lines that begin with # are comments.
/// \n, \t, \\ and \u{200b} stand for a line break, a tab, a backslash and a code point.
/// Exits with 1 when anything is not as it was said to be, and with 2 when a file can not be read.
#[derive(clap::Args)]
pub struct Args {
    /// Files of labelled messages
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    from: From,
    /// Leave out the examples of the rules
    #[arg(long, requires = "files")]
    messages_only: bool,
    /// One JSON object
    #[arg(long)]
    json: bool,
}

/// What became of the examples of the rules in use.
#[derive(Default)]
struct Examples {
    rules: usize,
    off: usize,
    hits: usize,
    misses: usize,
    wrong: Vec<Wrong>,
}

/// What is not as it was said to be.
struct Wrong {
    /// The file, and the line from 1.
    place: (String, usize),
    /// The rule, if it is one of its examples.
    rule: Option<String>,
    what: String,
}

/// What became of the messages of one file.
struct Messages {
    file: String,
    /// How many there are by what was said, and by what the rules do.
    table: [[usize; 3]; 3],
    wrong: Vec<Wrong>,
    unreadable: Vec<Wrong>,
}

/// Tries everything.
pub fn run(rules: &Ruleset, dir: Option<&Path>, args: &Args) -> io::Result<ExitCode> {
    let examples = (!args.messages_only).then(|| try_examples(rules, dir));
    let messages: Vec<Messages> = args.files.iter().map(|file| try_messages(rules, file, &args.from)).collect();
    let mut out = BufWriter::new(io::stdout().lock());
    if args.json {
        let messages: Vec<Value> = messages.iter().map(messages_json).collect();
        writeln!(out, "{}", json!({"examples": examples.as_ref().map(examples_json), "messages": messages}))?;
    } else {
        let failures = examples.iter().flat_map(|examples| &examples.wrong);
        let failures = failures.chain(messages.iter().flat_map(|file| file.unreadable.iter().chain(&file.wrong)));
        for Wrong { place: (file, line), rule, what } in failures {
            let rule = rule.as_ref().map(|rule| format!("[{rule}] ")).unwrap_or_default();
            let line = if *line > 0 { format!(":{line}") } else { String::new() };
            writeln!(out, "{file}{line}: {rule}{}", escaped(what))?;
        }
        examples.as_ref().map_or(Ok(()), |examples| summarise_examples(&mut out, examples))?;
        let mut read = messages.iter().filter(|file| file.unreadable.iter().all(|wrong| wrong.place.1 > 0));
        read.try_for_each(|messages| summarise_messages(&mut out, messages))?;
    }
    out.flush()?;
    let unreadable = messages.iter().any(|messages| !messages.unreadable.is_empty());
    let wrong = examples.is_some_and(|examples| !examples.wrong.is_empty())
        || messages.iter().any(|messages| !messages.wrong.is_empty());
    Ok(match (unreadable, wrong) {
        (true, _) => UNREADABLE.into(),
        (_, true) => WRONG.into(),
        _ => ExitCode::SUCCESS,
    })
}

fn try_examples(rules: &Ruleset, dir: Option<&Path>) -> Examples {
    let mut tried = Examples::default();
    for entry in catalog::read(rules, dir) {
        let Origin::File(written) = entry.origin else { continue };
        if entry.action == "off" {
            tried.off += 1;
            continue;
        }
        tried.rules += 1;
        tried.hits += written.rule.hits.len();
        tried.misses += written.rule.misses.len();
        let hits = written.rule.hits.iter().map(|hit| (hit, example(rules, &entry.id, hit.get_ref())));
        let misses = written.rule.misses.iter().map(|miss| (miss, near_miss(rules, &entry.id, miss.get_ref())));
        for (text, tried_out) in hits.chain(misses) {
            if let Err(what) = tried_out {
                let what = format!("{}: {what}", visible(text.get_ref()));
                let place = (written.file.clone(), written.line);
                tried.wrong.push(Wrong { place, rule: Some(entry.id.clone()), what });
            }
        }
    }
    tried
}

fn try_messages(rules: &Ruleset, file: &Path, from: &From) -> Messages {
    let shown = file.display().to_string();
    let mut tried = Messages { file: shown.clone(), table: [[0; 3]; 3], wrong: Vec::new(), unreadable: Vec::new() };
    let (messages, unreadable) = labelled::read(file);
    let wrong = |(line, what)| Wrong { place: (shown.clone(), line), rule: None, what };
    tried.unreadable = unreadable.into_iter().map(wrong).collect();
    for Labelled { line, label, content } in messages {
        let verdict = review(rules, &from.request(&content));
        let got = match verdict.decision {
            Decision::Allow => Label::Allow,
            Decision::Rewrite { .. } => Label::Mask,
            Decision::Deny { .. } => Label::Deny,
        };
        tried.table[label as usize][got as usize] += 1;
        if got != label {
            let mut ids: Vec<&str> = verdict.findings.iter().map(|finding| finding.rule).collect();
            ids.dedup();
            let by = if ids.is_empty() { "nothing was found".to_owned() } else { format!("found: {}", ids.join(", ")) };
            let what = format!("expected {}, got {} ({by}): {}", label.name(), got.name(), visible(&content));
            tried.wrong.push(wrong((line, what)));
        }
    }
    tried
}

fn summarise_examples(out: &mut impl Write, tried: &Examples) -> io::Result<()> {
    let off = if tried.off == 0 { String::new() } else { format!(", {} off", tried.off) };
    let (hits, misses) = (count(tried.hits, "example"), count(tried.misses, "near miss"));
    let wrong = match tried.wrong.len() {
        0 => "all as they should be".to_owned(),
        some => format!("{some} not as they should be"),
    };
    writeln!(out, "{} in use{off}: {hits}, {misses}: {wrong}", count(tried.rules, "rule"))
}

/// In words, and who was judged how in a table.
fn summarise_messages(out: &mut impl Write, tried: &Messages) -> io::Result<()> {
    let all: usize = tried.table.iter().flatten().sum();
    let right: usize = (0..3).map(|at| tried.table[at][at]).sum();
    writeln!(out, "{}: {} of {} as labelled", tried.file, right, count(all, "message"))?;
    if right == all {
        return Ok(());
    }
    let of = |pairs: &[(Label, Label)]| -> usize {
        pairs.iter().map(|(label, got)| tried.table[*label as usize][*got as usize]).sum()
    };
    for (number, what) in [
        (of(&[(Mask, Allow), (Deny, Allow)]), "let through that should be masked or denied"),
        (of(&[(Allow, Mask), (Allow, Deny)]), "masked or denied that should go through"),
        (of(&[(Mask, Deny)]), "denied that should only be masked"),
        (of(&[(Deny, Mask)]), "masked that should be denied"),
    ] {
        if number > 0 {
            writeln!(out, "{number:>7} {what}")?;
        }
    }
    writeln!(
        out,
        "\n  what you said    what the rules do\n                  {:>7}{:>7}{:>7}",
        "allow", "mask", "deny"
    )?;
    for label in Label::ALL {
        let [allow, mask, deny] = tried.table[label as usize];
        writeln!(out, "  {:<16}{allow:>7}{mask:>7}{deny:>7}", label.name())?;
    }
    Ok(())
}

fn wrong_json(wrong: &Wrong) -> Value {
    json!({"file": wrong.place.0, "line": wrong.place.1, "rule": wrong.rule, "what": wrong.what})
}

fn examples_json(tried: &Examples) -> Value {
    json!({
        "rules": tried.rules,
        "off": tried.off,
        "hits": tried.hits,
        "misses": tried.misses,
        "wrong": tried.wrong.iter().map(wrong_json).collect::<Vec<_>>(),
    })
}

fn messages_json(tried: &Messages) -> Value {
    let row = |label: Label| {
        let [allow, mask, deny] = tried.table[label as usize];
        json!({"allow": allow, "mask": mask, "deny": deny})
    };
    json!({
        "file": tried.file,
        "labelled": {"allow": row(Label::Allow), "mask": row(Label::Mask), "deny": row(Label::Deny)},
        "wrong": tried.wrong.iter().map(wrong_json).collect::<Vec<_>>(),
        "unreadable": tried.unreadable.iter().map(wrong_json).collect::<Vec<_>>(),
    })
}
