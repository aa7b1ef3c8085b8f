//! `room-review schema`: JSON Schemas of the rule files, for editors.

use crate::output::at;
use clap::builder::PossibleValuesParser;
use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// Print the JSON Schemas of rule files, for editors
///
/// An editor with TOML support (Even Better TOML, taplo) completes and checks a file that begins with
/// `#:schema ../../schema/pack.json`.
#[derive(clap::Args)]
pub struct Args {
    /// Which one: pack for terms/, policy for policy.toml, links for links/
    #[arg(value_parser = PossibleValuesParser::new(SCHEMAS.map(|(name, _)| name)), required_unless_present = "out")]
    name: Option<String>,
    /// The folder for all of them
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

/// The schemas by name.
const SCHEMAS: [(&str, &str); 3] = [
    ("pack", include_str!("../../../rules/schema/pack.json")),
    ("policy", include_str!("../../../rules/schema/policy.json")),
    ("links", include_str!("../../../rules/schema/links.json")),
];

/// Prints or writes.
pub fn run(args: &Args) -> io::Result<ExitCode> {
    if let Some(dir) = &args.out {
        fs::create_dir_all(dir).map_err(at(dir))?;
        for (name, schema) in SCHEMAS {
            let file = dir.join(format!("{name}.json"));
            fs::write(&file, schema).map_err(at(&file))?;
        }
    }
    for (_, schema) in SCHEMAS.iter().filter(|(name, _)| args.name.as_deref() == Some(name)) {
        io::stdout().lock().write_all(schema.as_bytes())?;
    }
    Ok(ExitCode::SUCCESS)
}
