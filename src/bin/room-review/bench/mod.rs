//! `room-review bench`: what rules cost each message and each start.

mod corpus;
mod measure;
mod report;

use crate::UNREADABLE;
use corpus::Corpus;
use measure::{costs, tries};
use report::Report;
use room_review::rules::{Mistakes, Ruleset};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Measure what your rules cost each message and each start, and which of them cost most
///
/// The messages are made up and always the same: mostly short, one in ten profane, one in ten in another script than the
/// Latin one, some with links. Times depend on the machine; how often a message is compared with a rule does not.
#[derive(clap::Args)]
pub struct Args {
    /// The folder of rules, if it is not the one of --rules
    #[arg(value_name = "RULES")]
    dir: Option<PathBuf>,
    /// How many messages
    #[arg(long, value_name = "NUMBER", default_value_t = 2000, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    messages: u32,
    /// How many rules are listed
    #[arg(long, value_name = "NUMBER", default_value_t = 10)]
    top: usize,
    /// One JSON object, with every rule that a message was compared with; times in nanoseconds
    #[arg(long)]
    json: bool,
}

/// Measures.
pub fn run(dir: Option<&Path>, args: &Args) -> io::Result<ExitCode> {
    let dir = args.dir.as_deref().or(dir);
    let mut out = BufWriter::new(io::stdout().lock());
    match Ruleset::load(dir).and_then(|rules| write(&rules, dir, args, &mut out)) {
        Ok(written) => written?,
        Err(mistakes) => {
            eprintln!("{mistakes}");
            return Ok(UNREADABLE.into());
        }
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// Measures `rules`, which are those of `dir`, and writes the report.
///
/// # Errors
/// Every mistake in the folder, should it have changed since.
fn write(rules: &Ruleset, dir: Option<&Path>, args: &Args, out: &mut impl Write) -> Result<io::Result<()>, Mistakes> {
    let chat: Vec<String> = Corpus::new(1).take(args.messages as usize).collect();
    let (builtin, yours) = costs(dir.map(|dir| (rules, dir)), &chat)?;
    // The built-in rules are the first layer, unless the policy does without.
    let (theirs, own) = rules.layers().split_at(usize::from(rules.policy().builtin));
    let report = Report {
        chat: &chat,
        builtin,
        yours,
        own: tries(rules, own, &chat),
        own_rules: own.iter().map(|layer| layer.rules.len()).sum(),
        others: tries(rules, theirs, &chat),
        budget: rules.policy().budget(),
    };
    Ok(if args.json { writeln!(out, "{}", report.json()) } else { report.write(out, args.top) })
}
