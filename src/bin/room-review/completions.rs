//! `room-review completions`: what a shell needs to complete its commands.

use clap_complete::Shell;
use std::io::{self, Write};
use std::process::ExitCode;

/// Print completions for a shell
#[derive(clap::Args)]
pub struct Args {
    /// The shell
    shell: Shell,
}

/// Prints them.
pub fn run(args: &Args, mut command: clap::Command) -> io::Result<ExitCode> {
    // Into memory first: the generator panics where it can not write.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command, "room-review", &mut script);
    io::stdout().lock().write_all(&script)?;
    Ok(ExitCode::SUCCESS)
}
