//! Reads a folder of rule files.

use super::compile::{Compiled, Compiler};
use super::fingerprint::fingerprint;
use super::pack::Pack;
use super::sorted::sort_by;
use super::source::{Mistake, Source};
use super::words::{Words, language_bit, unknown_language};
use crate::text::Text;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// The most bytes that the rule files of a folder may have together. 100,000 terms with their examples have half of that; reading
/// more would not fit a small function's memory, and no start's time.
const MOST_BYTES: u64 = 8 << 20;

/// The most commas, line ends, dots, brackets and `=` that they may have together. Each may be another item for the parser to keep, in
/// some hundred bytes of memory, of which the smallest function has 128 MB. 100,000 terms on lines of their own have 200,000.
const MOST_ITEMS: usize = 300_000;

/// The most rule files.
const MOST_FILES: usize = 10_000;

/// How deep folders may lie in one another: a link to a folder above makes them endless.
const DEEPEST: usize = 8;

/// The rule files of a folder, each read once: what is compiled is what the version names, even while somebody writes them.
pub struct Folder {
    dir: PathBuf,
    sources: Vec<Source>,
    /// What can not be read.
    pub mistakes: Vec<Mistake>,
}

impl Folder {
    /// Reads the packs, the word lists, the hosts and the policy in `dir`, as far as they are there.
    pub fn read(dir: &Path) -> Self {
        let mut folder = Self { dir: dir.to_owned(), sources: Vec::new(), mistakes: Vec::new() };
        if dir.as_os_str().is_empty() {
            let message = "is empty: name a folder of rules, or do not set it";
            folder.mistakes.push(Mistake::of_file("RULES_DIR".as_ref(), message));
            return folder;
        }
        if !dir.is_dir() {
            folder.mistakes.push(Mistake::of_file(dir, "is not a folder that can be read"));
            return folder;
        }
        let policy = dir.join("policy.toml");
        // Not `exists`, which is false for what may not be looked at and for a link to nowhere.
        let absent = fs::symlink_metadata(&policy).is_err_and(|error| error.kind() == ErrorKind::NotFound);
        let mut paths: Vec<PathBuf> = if absent { Vec::new() } else { vec![policy] };
        for (part, extension) in [("terms", "toml"), ("languages", "txt"), ("links", "toml")] {
            paths.extend(files(&dir.join(part), |path| has_extension(path, extension), &mut folder.mistakes));
        }
        let (mut bytes, mut items) = (MOST_BYTES, MOST_ITEMS);
        for path in paths {
            match Source::read_at_most(&path, bytes) {
                Ok(source) => {
                    bytes -= source.text.len() as u64;
                    match left_after(&source, items) {
                        Ok(left) => items = left,
                        Err(mistake) => {
                            folder.mistakes.push(mistake);
                            break;
                        }
                    }
                    folder.sources.push(source);
                }
                Err(mistake) => folder.mistakes.push(mistake),
            }
        }
        folder
    }

    /// What was read of a part of the folder, or of one file of it, in order of the paths.
    pub fn part(&self, name: &str) -> impl Iterator<Item = &Source> {
        let part = self.dir.join(name);
        self.sources.iter().filter(move |source| source.path.starts_with(&part))
    }

    /// A number for the state of the files, for the version in logs.
    pub fn fingerprint(&self) -> u64 {
        fingerprint(self.sources.iter().flat_map(|source| source.text.bytes().chain([0])))
    }
}

/// How many more items there may be after this file, if no more than `most` are in it.
fn left_after(source: &Source, most: usize) -> Result<usize, Mistake> {
    let is_item = |byte: u8| b",\n.={[".contains(&byte);
    match source.text.bytes().enumerate().filter(|&(_, byte)| is_item(byte)).nth(most) {
        None => Ok(most - source.text.bytes().filter(|&byte| is_item(byte)).count()),
        Some((at, _)) => {
            let message = format!(
                "has too much in it from here on: the files of a folder of rules may have {MOST_ITEMS} items and lines together"
            );
            Err(source.mistake(at..at, None, message))
        }
    }
}

/// The pack files of a folder of rules, sorted.
pub fn pack_files(dir: &Path) -> Vec<PathBuf> {
    files(&dir.join("terms"), |path| has_extension(path, "toml"), &mut Vec::new())
}

/// Compiles what can be read of the packs in `terms/`, and tells every mistake in them.
pub fn read_packs(folder: &Folder) -> (Compiled, Vec<Mistake>) {
    let mut mistakes = Vec::new();
    let mut compiler = Compiler::default();
    for source in folder.part("terms") {
        let (pack, wrong) = Pack::read(source);
        mistakes.extend(wrong);
        pack.iter().for_each(|pack| compiler.add(source, pack));
    }
    let (compiled, wrong) = compiler.finish();
    mistakes.extend(wrong);
    (compiled, mistakes)
}

fn has_extension(path: &Path, extension: &str) -> bool {
    path.extension().is_some_and(|found| found == extension)
}

/// The files below `dir` that are wanted, in order of their paths; none if the folder is not there.
pub fn files(dir: &Path, wanted: impl Fn(&Path) -> bool, mistakes: &mut Vec<Mistake>) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![(dir.to_owned(), 0)];
    while let Some((folder, depth)) = folders.pop() {
        let entries: std::io::Result<Vec<_>> = fs::read_dir(&folder).and_then(Iterator::collect);
        let entries = match entries {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => continue,
            Err(error) => {
                mistakes.push(Mistake::of_file(&folder, format!("can not be read: {error}")));
                continue;
            }
        };
        for path in entries.into_iter().map(|entry| entry.path()) {
            if !path.is_dir() {
                found.extend(wanted(&path).then_some(path));
            } else if depth < DEEPEST {
                folders.push((path, depth + 1));
            } else {
                mistakes.push(Mistake::of_file(&path, format!("lies more than {DEEPEST} folders deep")));
                return Vec::new();
            }
        }
        if found.len() > MOST_FILES {
            mistakes.push(Mistake::of_file(dir, format!("has more than {MOST_FILES} files")));
            return Vec::new();
        }
    }
    sort_by(&mut found, Ord::cmp);
    found
}

/// Collects the word lists in `languages/`.
pub fn read_words(folder: &Folder) -> Result<Words, Vec<Mistake>> {
    let mut mistakes = Vec::new();
    let mut pairs = Vec::new();
    for source in folder.part("languages") {
        let code = source.path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        let Some(bit) = language_bit(code) else {
            mistakes.push(Mistake::of_file(&source.path, unknown_language(code)));
            continue;
        };
        pairs.extend(source.text.lines().filter(|line| !line.is_empty()).map(|word| (bit, fold_word(word))));
    }
    if pairs.len() > Words::MOST {
        let message = format!("{} words: more than {} would make every start too slow", pairs.len(), Words::MOST);
        mistakes.push(Mistake::of_file("languages".as_ref(), message));
    }
    if mistakes.is_empty() { Ok(Words::new(pairs)) } else { Err(mistakes) }
}

/// A word as it is looked up: its folded letters.
fn fold_word(word: &str) -> String {
    Text::fold(word).glyphs.iter().filter(|glyph| glyph.is_alphanumeric()).map(|glyph| glyph.ch).collect()
}
