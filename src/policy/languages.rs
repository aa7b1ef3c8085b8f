//! Which languages count, and what people are told in theirs.

use super::table::Table;
use super::written::Reason;
use crate::detect::Category;
use crate::rules::{language_bit, no_such_language};
use serde::de::{self, Deserialize, Deserializer, MapAccess};
use std::collections::BTreeMap;

/// The languages whose rules count: one by one, and all that are not named. Rules of no language always do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Languages {
    all: Option<bool>,
    named: Vec<(String, bool)>,
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
        self.named.iter().map(|(code, _)| code.as_str())
    }
}

impl<'de> Table<'de> for Languages {
    type Key = Key;
    const EXPECTED: &'static str = "a table such as { all = false, en = true }";

    fn put<A: MapAccess<'de>>(&mut self, key: Key, map: &mut A) -> Result<(), A::Error> {
        match key {
            Key::All => self.all = Some(map.next_value()?),
            Key::Language(code) => self.named.push((code, map.next_value()?)),
        }
        Ok(())
    }
}

impl<'de> Deserialize<'de> for Languages {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::read(deserializer)
    }
}

/// A key of [`Languages`].
pub enum Key {
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

/// What a message was denied for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReasonFor {
    /// A finding.
    Category(Category),
    /// There was no verdict.
    Internal,
}

impl ReasonFor {
    /// How each is written.
    const NAMES: [&str; Category::ALL.len() + 1] = {
        let mut names = ["internal"; Category::ALL.len() + 1];
        let mut at = 0;
        while at < Category::ALL.len() {
            names[at] = Category::ALL[at].name();
            at += 1;
        }
        names
    };

    fn named<E: de::Error>(name: &str) -> Result<Self, E> {
        let category = Category::ALL.into_iter().find(|category| category.name() == name).map(Self::Category);
        let what = category.or_else(|| (name == "internal").then_some(Self::Internal));
        what.ok_or_else(|| E::unknown_variant(name, &Self::NAMES))
    }
}

impl<'de> Deserialize<'de> for ReasonFor {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::named(&String::deserialize(deserializer)?)
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

impl<'de> Table<'de> for Reasons {
    type Key = ReasonKey;

    fn put<A: MapAccess<'de>>(&mut self, key: ReasonKey, map: &mut A) -> Result<(), A::Error> {
        match key {
            ReasonKey::Of(what) => drop(self.texts.insert(what, map.next_value()?)),
            ReasonKey::In(code) => drop(self.by_language.insert(code, map.next_value()?)),
        }
        Ok(())
    }
}

impl<'de> Deserialize<'de> for Reasons {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::read(deserializer)
    }
}

/// A key of [`Reasons`].
pub enum ReasonKey {
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
        ReasonFor::named(&key).map(Self::Of)
    }
}
