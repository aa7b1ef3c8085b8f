//! The command line, for people who write rules and for local runs. One file per command.

mod batch;
mod bench;
mod catalog;
mod check;
mod completions;
mod explain;
mod labelled;
mod lint;
mod man;
mod new_rule;
mod output;
mod replay;
mod rules;
mod schema;
mod test;

use clap::{CommandFactory, Parser, Subcommand};
use room_review::rules::{Ruleset, named_dir};
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Reviews messages of Amazon IVS Chat rooms as the Lambda function would.
#[derive(Parser)]
#[command(version)]
struct Cli {
    /// A folder of your own rules and policy, over the built-in ones; without it, the one that `RULES_DIR` names
    #[arg(long, global = true, value_name = "DIR")]
    rules: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Check(check::Args),
    Batch(batch::Args),
    Explain(explain::Args),
    Lint(lint::Args),
    Replay(replay::Args),
    Bench(bench::Args),
    Rules(rules::Args),
    Test(test::Args),
    NewRule(new_rule::Args),
    Schema(schema::Args),
    Completions(completions::Args),
    Man(man::Args),
}

/// Something is not as it should be.
const WRONG: u8 = 1;
/// Something could not be read; everything else was reviewed.
const UNREADABLE: u8 = 2;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let dir = cli.rules.or_else(named_dir);
    let dir = dir.as_deref();
    let done = match cli.command {
        Command::Check(args) => with_rules(dir, |rules| check::run(rules, &args)),
        Command::Batch(_) => with_rules(dir, batch::run),
        Command::Explain(args) => with_rules(dir, |rules| explain::run(rules, &args)),
        Command::Lint(args) => lint::run(dir, &args),
        Command::Replay(args) => with_rules(dir, |rules| replay::run(rules, dir, &args)),
        Command::Bench(args) => bench::run(dir, &args),
        Command::Rules(args) => with_rules(dir, |rules| rules::run(rules, dir, &args)),
        Command::Test(args) => with_rules(dir, |rules| test::run(rules, dir, &args)),
        Command::NewRule(args) => new_rule::run(dir, &args),
        Command::Schema(args) => schema::run(&args),
        Command::Completions(args) => completions::run(&args, Cli::command()),
        Command::Man(args) => man::run(&args, Cli::command()),
    };
    match done {
        Ok(code) => code,
        // The reader has seen enough (`| head`).
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("room-review: {error}");
            UNREADABLE.into()
        }
    }
}

/// Runs a command that needs rules; what is wrong with those goes to stderr.
fn with_rules(dir: Option<&Path>, run: impl FnOnce(&Ruleset) -> io::Result<ExitCode>) -> io::Result<ExitCode> {
    match Ruleset::load(dir) {
        Ok(rules) => run(&rules),
        Err(mistakes) => {
            eprintln!("{mistakes}");
            Ok(UNREADABLE.into())
        }
    }
}
