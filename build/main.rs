//! Works out at build time what would otherwise be paid at every cold start: the fold table and the built-in rules.
//!
//! The rule compiler is the library's own: its modules are compiled into this script too.

#[allow(dead_code, unused_imports)]
mod detect;
mod fold;
mod masked;
mod packs;
mod phrases;
#[allow(dead_code, unused_imports)]
mod rules;
#[allow(dead_code, unused_imports)]
mod text;
mod tlds;

use std::path::Path;
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=rules");
    println!("cargo::rerun-if-changed=src/rules");
    println!("cargo::rerun-if-changed=src/text");
    println!("cargo::rerun-if-changed=src/detect/hit.rs");
    let out = env::var_os("OUT_DIR").expect("cargo sets OUT_DIR for build scripts");
    let out = Path::new(&out);
    let text = fs::read_to_string("rules/fold.txt").expect("rules/fold.txt is part of the package");
    let table = fold::Table::new(&text).unwrap_or_else(|error| panic!("{error}"));
    fs::write(out.join("tlds.txt"), tlds::lines()).expect("OUT_DIR is writable");
    fs::write(out.join("fold_table.rs"), table.source()).expect("OUT_DIR is writable");
    fold::install(table);
    let masked = fs::read_to_string("rules/masked.txt").expect("rules/masked.txt is part of the package");
    let masked = masked::source(&masked).unwrap_or_else(|error| panic!("{error}"));
    fs::write(out.join("masked.rs"), masked).expect("OUT_DIR is writable");
    if env::var_os("CARGO_FEATURE_CLI").is_some() {
        let sources = packs::sources(Path::new("rules"));
        fs::write(out.join("pack_sources.rs"), sources).expect("OUT_DIR is writable");
    }
    if let Err(error) = packs::write(Path::new("rules"), out) {
        for line in error.lines() {
            println!("cargo::error={line}");
        }
    }
}
