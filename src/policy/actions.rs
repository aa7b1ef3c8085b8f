//! What is done, by category and severity, and by rule.

use super::table::Table;
use super::written::{ActionFor, ActionsFor};
use crate::detect::{Category, Severity};
use serde::de::{self, Deserialize, Deserializer, MapAccess, Visitor};
use std::collections::BTreeMap;
use std::fmt;
use toml::Spanned;

/// What is done about a hit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Action {
    /// Nothing.
    Allow,
    /// The hit is masked or taken out, the rest goes through.
    Mask,
    /// The message is denied.
    Deny,
}

impl Action {
    /// The name used in policies, logs and reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Mask => "mask",
            Self::Deny => "deny",
        }
    }
}

/// The actions of one category by severity: mild, strong, severe. What is not written is as it would be without.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Actions(pub [Option<Action>; 3]);

/// The actions by category.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CategoryActions([Actions; Category::ALL.len()]);

impl CategoryActions {
    /// What is written for this category and severity.
    pub fn get(&self, category: Category, severity: Severity) -> Option<Action> {
        self.0[category as usize].0[severity as usize]
    }
}

impl<'de> Table<'de> for CategoryActions {
    type Key = Category;

    fn put<A: MapAccess<'de>>(&mut self, category: Category, map: &mut A) -> Result<(), A::Error> {
        self.0[category as usize] = map.next_value_seed(ActionsFor { links: category == Category::Link })?;
        Ok(())
    }
}

impl<'de> Deserialize<'de> for CategoryActions {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::read(deserializer)
    }
}

/// What a policy says of a rule, of a group of rules, or of all the rules of a category.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// What is done about what it finds.
    pub action: Option<Action>,
    /// How bad it is.
    pub severity: Option<Severity>,
    /// Terms in which it is harmless.
    pub except: Vec<Spanned<String>>,
}

/// What a policy says of rules, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes(pub BTreeMap<Spanned<String>, Change>);

impl Changes {
    /// What is said of a rule: by its id, else by the longest beginning of it, else by its category.
    pub fn find<T>(&self, rule: &str, category: Category, said: impl Fn(&Change) -> Option<T>) -> Option<T> {
        // Most policies say nothing of single rules, and pay nothing.
        if self.0.is_empty() {
            return None;
        }
        let mut name = rule;
        loop {
            if let Some(found) = self.0.get(name).and_then(&said) {
                return Some(found);
            }
            match name.rfind('.') {
                Some(dot) => name = &name[..dot],
                None => return self.0.get(category.name()).and_then(&said),
            }
        }
    }
}

impl<'de> Table<'de> for Changes {
    type Key = Spanned<String>;

    fn put<A: MapAccess<'de>>(&mut self, name: Self::Key, map: &mut A) -> Result<(), A::Error> {
        let links = name.get_ref().split('.').next() == Some(Category::Link.name());
        self.0.insert(name, map.next_value_seed(ChangeFor { links })?);
        Ok(())
    }
}

impl<'de> Deserialize<'de> for Changes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::read(deserializer)
    }
}

/// Reads a [`Change`]: an action alone, or a table.
struct ChangeFor {
    /// Whether it is one of links, where `remove` is a word for [`Action::Mask`].
    links: bool,
}

impl<'de> de::DeserializeSeed<'de> for ChangeFor {
    type Value = Change;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Change, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ChangeFor {
    type Value = Change;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("`allow`, `mask` or `deny`, or { action = …, severity = …, except = […] }")
    }

    fn visit_str<E: de::Error>(self, word: &str) -> Result<Change, E> {
        Ok(Change { action: Some(ActionFor { links: self.links }.word(word)?), ..Change::default() })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Change, A::Error> {
        let mut change = Change::default();
        while let Some(key) = map.next_key()? {
            match key {
                Key::Action => change.action = Some(map.next_value_seed(ActionFor { links: self.links })?),
                Key::Severity => change.severity = Some(map.next_value()?),
                Key::Except => change.except = map.next_value()?,
            }
        }
        Ok(change)
    }
}

/// A key of a [`Change`].
enum Key {
    Action,
    Severity,
    Except,
}

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match &*String::deserialize(deserializer)? {
            "action" => Ok(Self::Action),
            "severity" => Ok(Self::Severity),
            "except" => Ok(Self::Except),
            other => Err(de::Error::custom(format!(
                "there is no key `{other}` here; there are `action`, `severity` and `except`. The id of a rule stands in \
                 quotes: \"en.profanity.damn\""
            ))),
        }
    }
}
