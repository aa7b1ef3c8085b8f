//! How `policy.toml` is written, where that is more than a type says: what would do nothing, or harm, is refused in its place.

use super::{Action, Actions, Exempt};
use crate::detect::Category;
use crate::event::MAX_REASON_BYTES;
use crate::text::{Kind, Text};
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{self, Deserialize, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Unexpected, Visitor};
use std::fmt;

/// Actions that are written each by severity.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct EachSource {
    mild: Option<Action>,
    strong: Option<Action>,
    severe: Option<Action>,
}

impl<'de> Deserialize<'de> for Actions {
    /// One action for all severities, or each by severity.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Written;
        impl<'de> Visitor<'de> for Written {
            type Value = Actions;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("`allow`, `mask` or `deny`, or { mild = …, strong = …, severe = … } of these")
            }

            fn visit_str<E: de::Error>(self, word: &str) -> Result<Actions, E> {
                Action::deserialize(word.into_deserializer()).map(|action| Actions([Some(action); 3]))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Actions, A::Error> {
                let each = EachSource::deserialize(MapAccessDeserializer::new(map))?;
                Ok(Actions([each.mild, each.strong, each.severe]))
            }
        }
        deserializer.deserialize_any(Written)
    }
}

impl<'de> Deserialize<'de> for Exempt {
    /// The word `all`, or a list of categories.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Written;
        impl<'de> Visitor<'de> for Written {
            type Value = Exempt;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("\"all\" or a list of categories: [\"link\", \"flood\"]")
            }

            fn visit_str<E: de::Error>(self, word: &str) -> Result<Exempt, E> {
                if word == "all" { Ok(Exempt::All) } else { Err(E::invalid_value(Unexpected::Str(word), &self)) }
            }

            fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Exempt, A::Error> {
                Vec::deserialize(SeqAccessDeserializer::new(list)).map(Exempt::Some)
            }
        }
        deserializer.deserialize_any(Written)
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

/// A text that fits the attribute in which the sender gets it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason(pub String);

impl<'de> Deserialize<'de> for Reason {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = some_text(deserializer)?;
        if text.len() > MAX_REASON_BYTES {
            let message = format!("{} bytes; a reason has at most {MAX_REASON_BYTES}, or it would be cut", text.len());
            return Err(de::Error::custom(message));
        }
        Ok(Self(text))
    }
}

/// The longest budget: Amazon IVS Chat waits 200 ms, and an answer at the last moment is one too late.
const LONGEST_BUDGET_MS: u32 = 190;

pub fn budget<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
    let budget = u32::deserialize(deserializer)?;
    if (1..=LONGEST_BUDGET_MS).contains(&budget) {
        return Ok(budget);
    }
    let why = "Amazon IVS Chat waits 200 ms, network and start included";
    Err(de::Error::custom(format!("expected 1 to {LONGEST_BUDGET_MS} milliseconds, found {budget}: {why}")))
}

pub fn mask_character<'de, D: Deserializer<'de>>(deserializer: D) -> Result<char, D::Error> {
    let mask = char::deserialize(deserializer)?;
    match Text::fold(mask.encode_utf8(&mut [0; 4])).glyphs.as_slice() {
        [glyph] if matches!(glyph.kind, Kind::Mask | Kind::Punct | Kind::Emoji) => Ok(mask),
        _ => Err(de::Error::custom(format!(
            "expected a symbol that nobody reads as a letter or a space, such as `*`, `#` or `█`, found {mask:?}"
        ))),
    }
}

pub fn some_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let text = String::deserialize(deserializer)?;
    if text.trim().is_empty() { Err(de::Error::custom("expected some text, found none")) } else { Ok(text) }
}

pub fn some_values<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    let values = Vec::deserialize(deserializer)?;
    if values.is_empty() { Err(de::Error::custom("without a value nobody has this role")) } else { Ok(values) }
}

pub fn room_arn<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let arn = String::deserialize(deserializer)?;
    if arn.starts_with('*') || arn.starts_with("arn:") && (arn.contains(":ivschat:") || arn.contains('*')) {
        return Ok(arn);
    }
    let example = "arn:aws:ivschat:*:room/g1H2I3j4k5L6";
    Err(de::Error::custom(format!(
        "{arn:?} fits no room: expected an ARN such as {example:?}, where * stands for anything"
    )))
}
