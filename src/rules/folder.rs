//! Reads a folder of rule files.

use super::compile::{Compiled, Compiler};
use super::pack::Pack;
use super::source::{Mistake, Source};
use super::words::{Words, language_bit, unknown_language};
use crate::text::Text;
use std::path::{Path, PathBuf};

/// The pack files of a folder of rules, sorted.
pub fn pack_files(dir: &Path) -> Vec<PathBuf> {
    files(&dir.join("terms"), "toml", &mut Vec::new())
}

/// Compiles what can be read of the packs of `dir/terms`, and tells every mistake in them.
pub fn read_packs(dir: &Path) -> (Compiled, Vec<Mistake>) {
    let mut mistakes = Vec::new();
    let mut compiler = Compiler::default();
    for path in files(&dir.join("terms"), "toml", &mut mistakes) {
        match Source::read(&path, &path) {
            Ok(source) => {
                let (pack, wrong) = Pack::read(&source);
                mistakes.extend(wrong);
                pack.iter().for_each(|pack| compiler.add(&source, pack));
            }
            Err(mistake) => mistakes.push(mistake),
        }
    }
    let (compiled, wrong) = compiler.finish();
    mistakes.extend(wrong);
    (compiled, mistakes)
}

/// The files below `dir` with this extension, in order of their paths; none if the folder is not there.
pub fn files(dir: &Path, extension: &str, mistakes: &mut Vec<Mistake>) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![dir.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = match std::fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
            Err(error) => {
                mistakes.push(Mistake::of_file(&folder, format!("can not be read: {error}")));
                continue;
            }
        };
        for entry in entries.flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|found| found == extension) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// Collects the word lists of `dir/languages`.
pub fn read_words(dir: &Path) -> Result<Words, Vec<Mistake>> {
    let mut mistakes = Vec::new();
    let mut pairs = Vec::new();
    for path in files(&dir.join("languages"), "txt", &mut mistakes) {
        let code = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        let source = match Source::read(&path, &path) {
            Ok(source) => source,
            Err(mistake) => {
                mistakes.push(mistake);
                continue;
            }
        };
        let Some(bit) = language_bit(code) else {
            mistakes.push(Mistake::of_file(&source.path, unknown_language(code)));
            continue;
        };
        pairs.extend(source.text.lines().filter(|line| !line.is_empty()).map(|word| (bit, fold_word(word))));
    }
    if mistakes.is_empty() { Ok(Words::new(pairs)) } else { Err(mistakes) }
}

/// A word as it is looked up: its folded letters.
fn fold_word(word: &str) -> String {
    Text::fold(word).glyphs.iter().filter(|glyph| glyph.is_alphanumeric()).map(|glyph| glyph.ch).collect()
}
