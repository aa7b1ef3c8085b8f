//! `room-review man`: the manual.

use crate::output::at;
use clap_mangen::Man;
use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// Print the man page, or write that of every command into a folder
#[derive(clap::Args)]
pub struct Args {
    /// The folder for room-review.1 and a page for each command
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

/// Prints or writes.
pub fn run(args: &Args, command: clap::Command) -> io::Result<ExitCode> {
    let Some(dir) = &args.out else {
        let mut page = Vec::new();
        Man::new(command).render(&mut page)?;
        io::stdout().lock().write_all(&page)?;
        return Ok(ExitCode::SUCCESS);
    };
    fs::create_dir_all(dir).map_err(at(dir))?;
    clap_mangen::generate_to(command.disable_help_subcommand(true), dir).map_err(at(dir))?;
    Ok(ExitCode::SUCCESS)
}
