//! JSON, read so that errors can name a place and a kind and never quote what a person wrote.

use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;

/// A JSON string. A lone surrogate (`"\ud800"`) becomes U+FFFD: a sender can type one, and a message that failed to decode
/// would be let through unread by a room whose fallback is ALLOW.
pub(super) struct Text<'a>(pub Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TextVisitor;
        impl<'de> Visitor<'de> for TextVisitor {
            type Value = Text<'de>;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a string")
            }
            fn visit_borrowed_bytes<E: Error>(self, bytes: &'de [u8]) -> Result<Text<'de>, E> {
                Ok(Text(std::str::from_utf8(bytes).map_or_else(|_| replace_surrogates(bytes), Cow::Borrowed)))
            }
            fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Text<'de>, E> {
                Ok(Text(String::from_utf8(bytes.to_vec()).map_or_else(|_| replace_surrogates(bytes), Cow::Owned)))
            }
        }
        // As bytes, because serde_json rejects a lone surrogate in a `str`.
        deserializer.deserialize_bytes(TextVisitor)
    }
}

/// The input was valid UTF-8, so what is invalid after unescaping are surrogates: 0xED and two continuation bytes.
fn replace_surrogates(bytes: &[u8]) -> Cow<'static, str> {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if chunk.invalid().first() == Some(&0xed) {
            text.push(char::REPLACEMENT_CHARACTER);
        }
    }
    Cow::Owned(text)
}

/// The members of a JSON object in order, repeated keys included, values unread.
#[derive(Default)]
pub(super) struct Members<'a>(pub Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'a> Members<'a> {
    /// The value of `key`; where it is repeated the last one, as JSON parsers agree.
    pub fn get(&self, key: &str) -> Option<&'a RawValue> {
        self.0.iter().rfind(|(name, _)| name == key).map(|&(_, value)| value)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct MembersVisitor;
        impl<'de> Visitor<'de> for MembersVisitor {
            type Value = Members<'de>;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members<'de>, A::Error> {
                let mut members = Vec::new();
                while let Some((Text(key), value)) = map.next_entry()? {
                    members.push((key, value));
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(MembersVisitor)
    }
}

/// What `json` holds, judged by its first character, or by the word that it is.
pub(super) fn kind(json: &str) -> &'static str {
    let json = json.trim();
    match json.as_bytes().first() {
        None => "nothing",
        Some(b'"') => "a string",
        Some(b'{') => "an object",
        Some(b'[') => "an array",
        Some(b't' | b'f') if matches!(json, "true" | "false") => "a boolean",
        Some(b'n') if json == "null" => "null",
        Some(b'-' | b'0'..=b'9') => "a number",
        _ if json.starts_with('\u{feff}') => "a byte order mark",
        Some(_) => "no JSON",
    }
}
