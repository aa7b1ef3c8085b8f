//! The command line, for people who write rules and for local runs. One file per command.

mod batch;
mod check;
mod explain;
mod lint;
mod output;
mod replay;

use clap::{Parser, Subcommand};
use room_review::rules::Ruleset;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Reviews messages of Amazon IVS Chat rooms as the Lambda function would.
#[derive(Parser)]
#[command(version)]
struct Cli {
    /// A folder of your own rules and policy, over the built-in ones
    #[arg(long, global = true, env = "RULES_DIR", value_name = "DIR")]
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
}

/// Something is not as it should be.
const WRONG: u8 = 1;
/// Something could not be read; everything else was reviewed.
const UNREADABLE: u8 = 2;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let done = match cli.command {
        // These look at rules that may be broken.
        Command::Lint(args) => lint::run(cli.rules.as_deref(), &args),
        command => match Ruleset::load(cli.rules.as_deref()) {
            Ok(rules) => with_rules(&rules, cli.rules.as_deref(), command),
            Err(errors) => {
                eprintln!("{errors}");
                return UNREADABLE.into();
            }
        },
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

fn with_rules(rules: &Ruleset, dir: Option<&Path>, command: Command) -> io::Result<ExitCode> {
    match command {
        Command::Check(args) => check::run(rules, &args),
        Command::Batch(_) => batch::run(rules),
        Command::Explain(args) => explain::run(rules, &args),
        Command::Replay(args) => replay::run(rules, dir, &args),
        Command::Lint(_) => Ok(ExitCode::SUCCESS),
    }
}
