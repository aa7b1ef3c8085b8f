//! `room-review replay`: chat that was logged against the rules.
//!
//! Reading order: `logs` are the files, `read` and `documents` cut them into batches, `judge` judges those on every core,
//! `tally` counts, `change` notes what two sets of rules judge differently, `pipeline` runs all of it; `report` is what was
//! found, and `table`, `machine` and `html` write it.

mod change;
mod charts;
mod documents;
mod html;
mod judge;
mod logs;
mod machine;
mod pipeline;
mod read;
mod report;
mod table;
mod tally;
pub mod text;

use crate::UNREADABLE;
use crate::explain::arn;
use indicatif::{ProgressBar, ProgressStyle};
use judge::Task;
use report::{Report, RulesShown};
use room_review::policy::Mode;
use room_review::rules::Ruleset;
use room_review::telemetry;
use std::fs;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::thread::available_parallelism;

/// Judge chat that was logged, and report what the rules do to it
///
/// Reads what chat logging of Amazon IVS writes: S3 objects (.log.gz), exports of CloudWatch Logs, lines of Firehose. Nothing is
/// sent anywhere. The logs hold what rooms got: a message that was denied at the time is in none, and a word that was masked is
/// masked there.
///
/// A record that can not be read is counted and named. Exits with 2 if a file could not be read.
#[derive(clap::Args)]
pub struct Args {
    /// Files, folders of them in any layout, or - for stdin
    #[arg(required = true, value_name = "LOG")]
    logs: Vec<PathBuf>,
    /// Show which messages get another verdict than from these rules, and why: a folder, or "builtin"
    #[arg(long, value_name = "OTHER_RULES")]
    against: Option<PathBuf>,
    /// How the report is written
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// Show the shape of messages instead of what people wrote
    #[arg(long)]
    redact: bool,
    /// How many messages to show for each rule
    #[arg(long, value_name = "COUNT", default_value_t = 3)]
    samples: usize,
    /// How many rules and rooms to show in a table or page; JSON and CSV have all
    #[arg(long, value_name = "COUNT", default_value_t = 20)]
    top: usize,
    /// How many changed messages to list in a table or page; JSON and CSV have all
    #[arg(long, value_name = "COUNT", default_value_t = 100)]
    changes: usize,
    /// The room of all records, for logs whose names do not tell: rules can differ by room
    #[arg(long, value_name = "ARN", value_parser = arn)]
    room: Option<String>,
    /// How many threads judge; without it, one for each core
    #[arg(long, value_name = "COUNT", value_parser = clap::value_parser!(u16).range(1..=MOST_THREADS))]
    threads: Option<u16>,
}

/// More threads than any machine has cores for; where the system gives no more, the standard library panics.
const MOST_THREADS: i64 = 256;

/// How a report is written.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For a terminal
    Table,
    /// One object; with --against, it holds every changed message
    Json,
    /// Counts or, with --against, the changed messages, one a row
    Csv,
    /// A page with charts that needs nothing else
    Html,
}

/// How much a report shows.
pub struct Limits {
    pub top: usize,
    pub changes: usize,
}

/// Replays the logs and writes the report.
pub fn run(rules: &Ruleset, dir: Option<&Path>, args: &Args) -> io::Result<ExitCode> {
    let against = match args.against.as_deref().map(load).transpose() {
        Ok(against) => against,
        Err(mistakes) => {
            eprintln!("{mistakes}");
            return Ok(UNREADABLE.into());
        }
    };
    let shown = show(rules, dir);
    let shown_against = against.as_ref().map(|against| show(against, args.against.as_deref()));
    // What observed would be allowed would all be the same.
    let (rules, against) = (rules.clone().enforcing(), against.map(Ruleset::enforcing));
    let task = Task {
        rules: &rules,
        against: against.as_ref(),
        room: args.room.as_deref(),
        samples: args.samples,
        redact: args.redact,
    };
    telemetry::log_panics_by_place_only();
    let progress = progress(&args.logs);
    let threads = args.threads.map_or_else(|| available_parallelism().map_or(1, NonZeroUsize::get), usize::from);
    let replayed = pipeline::run(&task, &args.logs, threads, &progress)?;
    progress.finish_and_clear();

    let (report, mut changes) = Report::new(replayed, shown, shown_against);
    let limits = Limits { top: args.top, changes: args.changes };
    let mut out = BufWriter::new(io::stdout().lock());
    match args.format {
        Format::Table => table::write(&mut out, &report, &mut changes, &limits)?,
        Format::Json => machine::json(&mut out, &report, &mut changes)?,
        Format::Csv => machine::csv(&mut out, &report, &mut changes)?,
        Format::Html => html::write(&mut out, &report, &mut changes, &limits)?,
    }
    out.flush()?;
    for problem in &report.input.unreadable {
        eprintln!("{problem}");
    }
    Ok(if report.input.unreadable.is_empty() { ExitCode::SUCCESS } else { UNREADABLE.into() })
}

fn load(dir: &Path) -> Result<Ruleset, room_review::rules::Mistakes> {
    Ruleset::load((dir != Path::new("builtin")).then_some(dir))
}

fn show(rules: &Ruleset, dir: Option<&Path>) -> RulesShown {
    let name = dir.map_or_else(|| "builtin".to_owned(), |dir| dir.display().to_string());
    RulesShown { name, version: rules.version().to_owned(), observes: rules.policy().mode == Mode::Observe }
}

/// A bar for a person at a terminal; hidden where there is none.
fn progress(logs: &[PathBuf]) -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let sizes = logs::files(logs).filter_map(|file| fs::metadata(file.ok()?).ok()).map(|file| file.len());
    let style = ProgressStyle::with_template("{wide_bar} {percent:>3}%  {msg}  {eta} left");
    ProgressBar::new(sizes.sum()).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
