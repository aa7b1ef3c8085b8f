//! Works out at build time what would otherwise be paid at every cold start: the fold table.

mod fold;

use std::{env, fs, path::Path};

fn main() {
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=rules/fold.txt");
    let out = env::var_os("OUT_DIR").expect("cargo sets OUT_DIR for build scripts");
    let text = fs::read_to_string("rules/fold.txt").expect("rules/fold.txt is part of the package");
    let table = fold::table(&text).unwrap_or_else(|error| panic!("{error}"));
    fs::write(Path::new(&out).join("fold_table.rs"), table).expect("OUT_DIR is writable");
}
