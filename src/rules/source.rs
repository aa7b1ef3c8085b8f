//! Files as they are written, and the mistakes in them.

use super::sorted::sort_by;
use std::fmt;
use std::io::Read;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// The most mistakes that are told of at once: finding the place of each takes time, and nobody reads more.
pub const MOST_MISTAKES: usize = 200;

/// A mistake in a rule file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The file.
    pub file: PathBuf,
    /// The bytes of the file that are wrong; empty where something is missing, or the whole file is meant.
    pub at: Range<usize>,
    /// The line, from 1; 0 where the whole file is meant.
    pub line: usize,
    /// The column in code points, from 1.
    pub column: usize,
    /// The id of the rule, where one is concerned.
    pub rule: Option<String>,
    /// What is wrong and what to do.
    pub message: String,
}

impl Mistake {
    /// In the order of the files, and in theirs.
    pub fn sort(mistakes: &mut Vec<Self>) {
        sort_by(mistakes, |a, b| (&a.file, a.line, a.column).cmp(&(&b.file, b.line, b.column)));
    }

    /// A mistake that has no place in a file: it can not be read, or is one too many.
    pub fn of_file(file: &Path, message: impl Into<String>) -> Self {
        Self { file: file.to_owned(), at: 0..0, line: 0, column: 0, rule: None, message: message.into() }
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.file.display())?;
        if self.line > 0 {
            write!(f, "{}:{}:", self.line, self.column)?;
        }
        f.write_str(" ")?;
        if let Some(rule) = &self.rule {
            write!(f, "[{rule}] ")?;
        }
        f.write_str(&self.message)
    }
}

/// All the mistakes of a rule set, at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistakes(pub Vec<Mistake>);

impl fmt::Display for Mistakes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, mistake) in self.0.iter().enumerate() {
            if number > 0 {
                f.write_str("\n")?;
            }
            mistake.fmt(f)?;
        }
        Ok(())
    }
}

impl std::error::Error for Mistakes {}

/// A file with its text, so that places in it can be named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its path, as messages show it.
    pub path: PathBuf,
    /// Its text.
    pub text: String,
}

impl Source {
    /// A mistake at some bytes of this file.
    pub fn mistake(&self, at: Range<usize>, rule: Option<&str>, message: impl Into<String>) -> Mistake {
        let before = self.text.get(..at.start).unwrap_or(&self.text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        let rule = rule.map(str::to_owned);
        Mistake { file: self.path.clone(), at, line, column, rule, message: message.into() }
    }

    /// Reads the file at `path`; messages show it as `shown`.
    ///
    /// # Errors
    /// The file can not be read, or is not UTF-8.
    pub fn read(path: &Path, shown: &Path) -> Result<Self, Mistake> {
        Self::read_at_most(path, u64::MAX)
            .map(|source| Self { path: shown.to_owned(), ..source })
            .map_err(|mistake| Mistake { file: shown.to_owned(), ..mistake })
    }

    /// Reads the file at `path` if it has no more than this many bytes.
    ///
    /// # Errors
    /// The file can not be read, is too large, or is not UTF-8.
    pub(super) fn read_at_most(path: &Path, most: u64) -> Result<Self, Mistake> {
        let unreadable = |error: std::io::Error| Mistake::of_file(path, format!("can not be read: {error}"));
        // A pipe or a device could keep a start waiting for ever.
        if !std::fs::metadata(path).map_err(unreadable)?.is_file() {
            return Err(Mistake::of_file(path, "can not be read: it is no file"));
        }
        let mut bytes = Vec::new();
        let file = std::fs::File::open(path).map_err(unreadable)?;
        file.take(most.saturating_add(1)).read_to_end(&mut bytes).map_err(unreadable)?;
        if bytes.len() as u64 > most {
            return Err(Mistake::of_file(path, "is too large: the files of a folder of rules may have 8 MiB together"));
        }
        let text = String::from_utf8(bytes)
            .map_err(|_| Mistake::of_file(path, "is not UTF-8: save it as UTF-8 in your editor"))?;
        Ok(Self { path: path.to_owned(), text })
    }
}
