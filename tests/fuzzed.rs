//! The corpora of the fuzz targets, and what fuzzing has found, through the same functions: see `fuzz/README.md`.

#[path = "../fuzz/src/lib.rs"]
mod fuzzed;

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// Every input of a target, from both folders; all failures are named.
fn replay(target: &str, run: fn(&[u8])) {
    let mut wrong = Vec::new();
    let mut count = 0;
    for folder in ["corpus", "regressions"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz").join(folder).join(target);
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for path in entries.map(|entry| entry.expect("it can be listed").path()) {
            let bytes = fs::read(&path).expect("it is part of the repository");
            count += 1;
            if catch_unwind(AssertUnwindSafe(|| run(&bytes))).is_err() {
                wrong.push(path.display().to_string());
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count > 0, "there is no input");
    println!("{count} inputs");
}

#[test]
fn events() {
    replay("event", fuzzed::event);
}

#[test]
fn texts() {
    replay("text", fuzzed::text);
}

#[test]
fn rules() {
    replay("rules", fuzzed::rules);
}

#[test]
fn logs() {
    replay("logs", fuzzed::logs);
}
