//! `room-review check`: request files in, verdicts and reasons out.

use crate::{UNREADABLE, output};
use room_review::event::ReviewRequest;
use room_review::handler::respond;
use room_review::review::review;
use room_review::rules::Ruleset;
use serde::de::IgnoredAny;
use serde_json::json;
use std::fs;
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Review request files and show each verdict and why
///
/// Exits with 0 when every request was reviewed, and with 2 when one could not be read.
#[derive(clap::Args)]
pub struct Args {
    /// Files with one review request each, folders of them (every *.json, by name), or - for stdin
    #[arg(default_value = "-", value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// One JSON object a line: the file, the response, the findings
    #[arg(long)]
    json: bool,
}

/// Reviews every request; what can not be read gets a line on stderr.
pub fn run(rules: &Ruleset, args: &Args) -> io::Result<ExitCode> {
    let mut out = BufWriter::new(io::stdout().lock());
    let colour = output::colour_wanted();
    let mut unreadable = 0;
    for file in args.paths.iter().flat_map(|path| files(path)) {
        let (name, payload) = match file.and_then(|path| Ok((path.display().to_string(), read(&path)?))) {
            Ok(read) => read,
            Err(problem) => {
                unreadable += 1;
                complain(&mut out, &problem)?;
                continue;
            }
        };
        match ReviewRequest::from_json(&payload) {
            Ok(request) if args.json => write_json(&mut out, &name, rules, &request)?,
            Ok(request) => write_lines(&mut out, &name, rules, &request, colour)?,
            Err(error) => {
                unreadable += 1;
                complain(&mut out, &format!("{}: {error}", place(&name, &payload)))?;
            }
        }
    }
    out.flush()?;
    Ok(if unreadable == 0 { ExitCode::SUCCESS } else { UNREADABLE.into() })
}

/// To stderr, after what was said before it.
fn complain(out: &mut impl Write, problem: &str) -> io::Result<()> {
    out.flush()?;
    eprintln!("{problem}");
    Ok(())
}

/// The files that `path` stands for.
fn files(path: &Path) -> Vec<Result<PathBuf, String>> {
    if !path.is_dir() {
        return vec![Ok(path.to_owned())];
    }
    let entries = fs::read_dir(path).and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect());
    let mut files: Vec<PathBuf> = match entries {
        Ok(entries) => entries,
        Err(error) => return vec![Err(format!("{}: {error}", path.display()))],
    };
    files.retain(|file| file.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    if files.is_empty() {
        return vec![Err(format!("{}: no *.json in this folder", path.display()))];
    }
    files.into_iter().map(Ok).collect()
}

fn read(path: &Path) -> Result<String, String> {
    let mut payload = Vec::new();
    let read =
        if path == Path::new("-") { io::stdin().read_to_end(&mut payload).map(|_| payload) } else { fs::read(path) };
    let payload = read.map_err(|error| format!("{}: {error}", path.display()))?;
    String::from_utf8(payload).map_err(|error| {
        let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = before.split(|&byte| byte == b'\n').count();
        format!("{}:{line}: expected UTF-8, found other bytes", path.display())
    })
}

/// The file, and where in it the JSON is none.
fn place(name: &str, payload: &str) -> String {
    match serde_json::from_str::<IgnoredAny>(payload) {
        Err(error) if error.column() > 0 => format!("{name}:{}:{}", error.line(), error.column()),
        _ => name.to_owned(),
    }
}

fn write_lines(
    out: &mut impl Write,
    name: &str,
    rules: &Ruleset,
    request: &ReviewRequest,
    colour: bool,
) -> io::Result<()> {
    let verdict = review(rules, request);
    let word = output::verdict(&verdict.decision, colour);
    let response = respond(request, verdict.decision);
    writeln!(out, "{word} {name}  {}", output::outcome(request, &response))?;
    output::write_findings(out, request, &verdict.findings)
}

fn write_json(out: &mut impl Write, name: &str, rules: &Ruleset, request: &ReviewRequest) -> io::Result<()> {
    let verdict = review(rules, request);
    let findings: Vec<_> = verdict.findings.iter().map(|finding| output::finding_json(request, finding)).collect();
    let response = respond(request, verdict.decision);
    writeln!(out, "{}", json!({"file": name, "response": response, "findings": findings}))
}
