//! Rule files as they are written, and the mistakes in them.

use super::needle::Inflect;
use crate::detect::{Category, Severity};
use serde::Deserialize;
use std::fmt;
use std::path::{Path, PathBuf};
use toml::Spanned;

/// A mistake in a rule file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The file.
    pub file: PathBuf,
    /// The line, from 1; 0 where the whole file is meant.
    pub line: usize,
    /// The column in code points, from 1.
    pub column: usize,
    /// The id of the rule, where one is concerned.
    pub rule: Option<String>,
    /// What is wrong and what to do.
    pub message: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: ", self.file.display(), self.line)?;
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
    /// A mistake at a byte of this file.
    pub fn mistake(&self, at: usize, rule: Option<&str>, message: impl Into<String>) -> Mistake {
        let before = self.text.get(..at).unwrap_or(&self.text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        Mistake { file: self.path.clone(), line, column, rule: rule.map(str::to_owned), message: message.into() }
    }

    /// Reads the file at `path`; messages show it as `shown`.
    ///
    /// # Errors
    /// The file can not be read, or is not UTF-8.
    pub fn read(path: &Path, shown: &Path) -> Result<Self, Mistake> {
        let wrong = |message: String| Mistake { file: shown.to_owned(), line: 0, column: 0, rule: None, message };
        let bytes = std::fs::read(path).map_err(|error| wrong(format!("can not be read: {error}")))?;
        let text = String::from_utf8(bytes).map_err(|_| wrong("is not UTF-8".into()))?;
        Ok(Self { path: shown.to_owned(), text })
    }

    /// Parses the text as TOML of type `T`.
    ///
    /// # Errors
    /// The first place that is no TOML or not what `T` asks for.
    pub fn toml<T: serde::de::DeserializeOwned>(&self) -> Result<T, Mistake> {
        toml::from_str(&self.text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            self.mistake(at, None, error.message().to_owned())
        })
    }
}

/// A file of `rules/terms/`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pack {
    /// ISO 639-1 code of the language.
    pub language: Spanned<String>,
    /// The category of all its rules.
    pub category: Category,
    /// The rules.
    #[serde(default, rename = "rule")]
    pub rules: Vec<RuleSource>,
}

/// A `[[rule]]`, as written.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleSource {
    /// See `rules/README.md` for all of them.
    pub id: Spanned<String>,
    /// How bad.
    pub severity: Severity,
    /// What is looked for.
    pub terms: Vec<Spanned<String>>,
    /// Which endings count.
    #[serde(default)]
    pub inflect: Inflect,
    /// What is excused.
    #[serde(default)]
    pub except: Vec<Spanned<String>>,
    /// What must be in the message too.
    #[serde(default)]
    pub near: Vec<Spanned<String>>,
    /// What must not be in the message.
    #[serde(default)]
    pub unless_near: Vec<Spanned<String>>,
    /// Needs its language around it.
    #[serde(default)]
    pub needs_language: bool,
    /// Harmless among words of these languages.
    #[serde(default)]
    pub harmless_in: Vec<Spanned<String>>,
    /// May be glued to everyday words.
    #[serde(default = "yes")]
    pub glue: bool,
    /// Examples with bars.
    pub hits: Vec<Spanned<String>>,
    /// Near misses.
    pub misses: Vec<Spanned<String>>,
    /// Why.
    pub why: String,
}

fn yes() -> bool {
    true
}
