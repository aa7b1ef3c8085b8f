//! Which languages count, and what people are told in theirs.

use super::written::Reason;
use crate::detect::Category;
use crate::rules::{language_bit, no_such_language};
use serde::de::{self, Deserialize, Deserializer, MapAccess, Visitor};
use std::collections::BTreeMap;
use std::fmt;

/// The languages whose rules count: one by one, and all that are not named. Rules of no language always do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Languages {
    all: Option<bool>,
    named: BTreeMap<String, bool>,
}

impl Languages {
    /// The bits of the languages that are off, where `before` were.
    pub fn off(&self, before: u64) -> u64 {
        let all = match self.all {
            None => before,
            Some(true) => 0,
            Some(false) => !0,
        };
        self.named.iter().fold(all, |off, (code, on)| {
            let bit = language_bit(code).unwrap_or(0);
            if *on { off & !bit } else { off | bit }
        })
    }

    /// The codes of those that are named.
    pub fn named(&self) -> impl Iterator<Item = &str> {
        self.named.keys().map(String::as_str)
    }
}

impl<'de> Deserialize<'de> for Languages {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Written;
        impl<'de> Visitor<'de> for Written {
            type Value = Languages;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a table such as { all = false, en = true }")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Languages, A::Error> {
                let mut languages = Languages::default();
                while let Some(key) = map.next_key()? {
                    match key {
                        Key::All => languages.all = Some(map.next_value()?),
                        Key::Language(code) => drop(languages.named.insert(code, map.next_value()?)),
                    }
                }
                Ok(languages)
            }
        }
        deserializer.deserialize_any(Written)
    }
}

/// A key of [`Languages`].
enum Key {
    All,
    Language(String),
}

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        match code.as_str() {
            "all" => Ok(Self::All),
            known if language_bit(known).is_some() => Ok(Self::Language(code)),
            unknown => Err(de::Error::custom(no_such_language(unknown))),
        }
    }
}

/// What a message was denied for: a category, or that there was no verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReasonFor {
    Hate,
    Threat,
    SelfHarm,
    Scam,
    Sexual,
    Profanity,
    Link,
    Pii,
    Flood,
    Internal,
}

impl From<Category> for ReasonFor {
    fn from(category: Category) -> Self {
        match category {
            Category::Hate => Self::Hate,
            Category::Threat => Self::Threat,
            Category::SelfHarm => Self::SelfHarm,
            Category::Scam => Self::Scam,
            Category::Sexual => Self::Sexual,
            Category::Profanity => Self::Profanity,
            Category::Link => Self::Link,
            Category::Pii => Self::Pii,
            Category::Flood => Self::Flood,
        }
    }
}

/// What senders are told: where their language has no text of its own, the one of no language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reasons {
    texts: BTreeMap<ReasonFor, Reason>,
    by_language: BTreeMap<String, BTreeMap<ReasonFor, Reason>>,
}

impl Reasons {
    /// The text for this, in this language if there is one.
    pub fn get(&self, language: Option<&str>, what: ReasonFor) -> Option<&str> {
        let own = language.and_then(|code| self.by_language.get(code)?.get(&what));
        own.or_else(|| self.texts.get(&what)).map(|reason| reason.0.as_str())
    }

    /// Whether there is a text in this language.
    pub fn has(&self, language: &str) -> bool {
        self.by_language.get(language).is_some_and(|texts| !texts.is_empty())
    }
}

impl<'de> Deserialize<'de> for Reasons {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Written;
        impl<'de> Visitor<'de> for Written {
            type Value = Reasons;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Reasons, A::Error> {
                let mut reasons = Reasons::default();
                while let Some(key) = map.next_key()? {
                    match key {
                        ReasonKey::Of(what) => drop(reasons.texts.insert(what, map.next_value()?)),
                        ReasonKey::In(code) => drop(reasons.by_language.insert(code, map.next_value()?)),
                    }
                }
                Ok(reasons)
            }
        }
        deserializer.deserialize_map(Written)
    }
}

/// A key of [`Reasons`].
enum ReasonKey {
    Of(ReasonFor),
    In(String),
}

impl<'de> Deserialize<'de> for ReasonKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let key = String::deserialize(deserializer)?;
        if language_bit(&key).is_some() {
            return Ok(Self::In(key));
        }
        if key.len() == 2 {
            return Err(de::Error::custom(no_such_language(&key)));
        }
        ReasonFor::deserialize(de::value::StringDeserializer::new(key)).map(Self::Of)
    }
}
