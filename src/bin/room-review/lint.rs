//! `room-review lint`: every mistake in a folder of rules, as a compiler shows them.

use crate::output::escaped;
use crate::replay::text::count;
use crate::{UNREADABLE, WRONG, output, with_rules};
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use room_review::lint::lint;
use room_review::rules::{Mistake, Source};
use serde_json::json;
use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Show every mistake in a folder of rules
///
/// What can not be read, words that can never be found, examples that are not caught, near misses that are, exceptions that
/// excuse nothing, rules that do not exist, files that nobody reads.
/// Exits with 1 when there is a mistake.
#[derive(clap::Args)]
pub struct Args {
    /// The folder of rules, if it is not the one of --rules
    dir: Option<PathBuf>,
    /// One JSON object a line for each mistake
    #[arg(long)]
    json: bool,
}

/// Looks through the folder.
pub fn run(rules: Option<&Path>, args: &Args) -> io::Result<ExitCode> {
    let Some(dir) = args.dir.as_deref().or(rules) else {
        eprintln!("say which folder: room-review lint DIR");
        return Ok(UNREADABLE.into());
    };
    if !dir.is_dir() {
        return with_rules(Some(dir), |_| Ok(ExitCode::SUCCESS));
    }
    let linted = lint(dir);
    let mut out = BufWriter::new(io::stdout().lock());
    if args.json {
        for mistake in &linted.mistakes {
            writeln!(out, "{}", mistake_json(mistake))?;
        }
    } else {
        write_mistakes(&mut out, &linted.mistakes)?;
        match linted.mistakes.len() {
            0 => writeln!(out, "{}, {}, fine", count(linted.rules, "rule"), count(linted.terms, "term"))?,
            mistakes => writeln!(out, "{}", count(mistakes, "mistake"))?,
        }
    }
    out.flush()?;
    Ok(if linted.mistakes.is_empty() { ExitCode::SUCCESS } else { WRONG.into() })
}

/// Each with its line and a caret under the place.
fn write_mistakes(out: &mut impl Write, mistakes: &[Mistake]) -> io::Result<()> {
    let renderer = if output::colour_wanted() { Renderer::styled() } else { Renderer::plain() };
    let mut texts: BTreeMap<&Path, Option<Source>> = BTreeMap::new();
    for mistake in mistakes {
        let source = texts.entry(&mistake.file).or_insert_with(|| Source::read(&mistake.file, &mistake.file).ok());
        let title = Level::ERROR.primary_title(escaped(&mistake.message));
        let title = match &mistake.rule {
            Some(rule) => title.id(escaped(rule)),
            None => title,
        };
        let path = mistake.file.to_string_lossy();
        let group = match source {
            Some(Source { text, .. }) if mistake.line > 0 && text.get(mistake.at.clone()).is_some() => {
                let place = AnnotationKind::Primary.span(mistake.at.clone());
                title.element(Snippet::source(text.as_str()).path(path).annotation(place))
            }
            _ => Group::with_title(title).element(Origin::path(path)),
        };
        writeln!(out, "{}\n", renderer.render(&[group]))?;
    }
    Ok(())
}

fn mistake_json(mistake: &Mistake) -> serde_json::Value {
    json!({
        "file": mistake.file.to_string_lossy(),
        "line": mistake.line,
        "column": mistake.column,
        "start": mistake.at.start,
        "end": mistake.at.end,
        "rule": mistake.rule,
        "message": mistake.message,
    })
}
