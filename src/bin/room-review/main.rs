//! The command line, for people who write rules and for local runs. One file per command.

mod batch;
mod check;
mod explain;
mod output;

use clap::{Parser, Subcommand};
use room_review::rules::Ruleset;
use std::io;
use std::path::PathBuf;
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
}

/// Something could not be read; everything else was reviewed.
const UNREADABLE: u8 = 2;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let rules = match Ruleset::load(cli.rules.as_deref()) {
        Ok(rules) => rules,
        Err(errors) => {
            eprintln!("{errors}");
            return UNREADABLE.into();
        }
    };
    let done = match cli.command {
        Command::Check(args) => check::run(&rules, &args),
        Command::Batch(_) => batch::run(&rules),
        Command::Explain(args) => explain::run(&rules, &args),
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
