//! What the tests of the binaries share.
#![allow(dead_code)] // each test binary uses its part

pub mod function;
pub mod messages;
pub mod promises;
pub mod rulesets;
pub mod runtime_api;
pub mod script;

use std::fs;
use std::path::{Path, PathBuf};

/// The sample requests of `events/`, by name, each with the response that it must get.
pub fn events() -> Vec<(PathBuf, String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("events");
    let entries = fs::read_dir(&folder).expect("events/ is part of the package");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("events/ can be listed").path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    let read = |file: &Path| fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let pair = |file: PathBuf| {
        let expected = folder.join("expected").join(file.file_name().expect("a file"));
        (file.clone(), read(&file), read(&expected))
    };
    files.into_iter().map(pair).collect()
}
