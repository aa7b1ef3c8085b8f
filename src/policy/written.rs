//! How `policy.toml` is written, where that is more than a type says: what would do nothing, or harm, is refused in its place.

use super::actions::{Action, Actions};
use super::{Exempt, Mask, Style};
use crate::detect::Severity;
use crate::event::MAX_REASON_BYTES;
use crate::rules::{language_bit, no_such_language};
use crate::text::{Kind, Text};
use serde::de::value::SeqAccessDeserializer;
use serde::de::{self, Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Unexpected, Visitor};
use std::fmt;
use toml::Spanned;

/// Reads an [`Action`].
#[derive(Clone, Copy)]
pub struct ActionFor {
    /// Whether it is one of links, where `remove` is a word for [`Action::Mask`].
    pub links: bool,
}

impl ActionFor {
    /// The action that a word stands for.
    pub fn word<E: de::Error>(self, word: &str) -> Result<Action, E> {
        match word {
            "allow" => Ok(Action::Allow),
            "mask" => Ok(Action::Mask),
            "remove" if self.links => Ok(Action::Mask),
            "deny" => Ok(Action::Deny),
            _ if self.links => Err(E::unknown_variant(word, &["allow", "mask", "remove", "deny"])),
            _ => Err(E::unknown_variant(word, &["allow", "mask", "deny"])),
        }
    }
}

impl<'de> DeserializeSeed<'de> for ActionFor {
    type Value = Action;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Action, D::Error> {
        self.word(&String::deserialize(deserializer)?)
    }
}

/// Reads [`Actions`]: one for all severities, or each by severity.
pub struct ActionsFor {
    /// Whether they are those of links.
    pub links: bool,
}

impl<'de> DeserializeSeed<'de> for ActionsFor {
    type Value = Actions;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Actions, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ActionsFor {
    type Value = Actions;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("`allow`, `mask` or `deny`, or { mild = …, strong = …, severe = … } of these")
    }

    fn visit_str<E: de::Error>(self, word: &str) -> Result<Actions, E> {
        Ok(Actions([Some(ActionFor { links: self.links }.word(word)?); 3]))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Actions, A::Error> {
        let mut each = [None; 3];
        while let Some(SeverityKey(severity)) = map.next_key()? {
            each[severity as usize] = Some(map.next_value_seed(ActionFor { links: self.links })?);
        }
        Ok(Actions(each))
    }
}

/// A severity as a key.
struct SeverityKey(Severity);

impl<'de> Deserialize<'de> for SeverityKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let key = String::deserialize(deserializer)?;
        let severity = Severity::ALL.into_iter().find(|severity| severity.name() == key);
        severity.map(Self).ok_or_else(|| de::Error::unknown_field(&key, &["mild", "strong", "severe"]))
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

/// How a masked hit looks, as it is written.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct MaskSource {
    #[serde(deserialize_with = "mask_character")]
    character: char,
    style: Style,
    word: Option<MaskWord>,
}

impl Default for MaskSource {
    fn default() -> Self {
        Self { character: Mask::default().character, style: Style::Whole, word: None }
    }
}

impl TryFrom<MaskSource> for Mask {
    type Error = &'static str;

    fn try_from(MaskSource { character, style, word }: MaskSource) -> Result<Self, Self::Error> {
        match (style, word) {
            // Worded like serde's own, so that a word that is there and wrong is not missed too.
            (Style::Word, None) => Err("missing field `word`"),
            (Style::Whole | Style::KeepFirst, Some(_)) => Err("`word` counts only with style = \"word\""),
            (_, word) => Ok(Self { character, style, word: word.map(|word| word.0) }),
        }
    }
}

/// A [`Mask::word`].
struct MaskWord(Spanned<String>);

/// The most code points of a mask's word: it only counts where it is no longer than the hit.
const LONGEST_WORD: usize = 30;

impl<'de> Deserialize<'de> for MaskWord {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let word = Spanned::<String>::deserialize(deserializer)?;
        let text = word.get_ref();
        let glyphs = Text::fold(text).glyphs;
        let is_plain = |kind| !matches!(kind, Kind::Mark | Kind::Invisible | Kind::Bidi | Kind::Newline);
        // A glyph can have swallowed marks and invisible characters.
        let plain = text.chars().count() == glyphs.len() && glyphs.iter().all(|glyph| is_plain(glyph.kind));
        if text.is_empty() || text.trim() != text || !plain || glyphs.len() > LONGEST_WORD {
            return Err(de::Error::custom(format!(
                "expected up to {LONGEST_WORD} plain characters without a space at either end, such as \"[…]\", found {text:?}"
            )));
        }
        Ok(Self(word))
    }
}

/// The code of a language.
pub fn language<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Spanned<String>>, D::Error> {
    let code = Spanned::<String>::deserialize(deserializer)?;
    if language_bit(code.get_ref()).is_some() {
        return Ok(Some(code));
    }
    Err(de::Error::custom(no_such_language(code.get_ref())))
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
