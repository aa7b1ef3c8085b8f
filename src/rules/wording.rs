//! What is wrong with a file, in words for people who write rules and not parsers.

use super::pack::what_belongs_in;
use std::fmt::Write;

/// What `toml` says of a text that is no TOML, and what to say instead.
const SYNTAX: [(&str, &str); 19] = [
    ("string values must be quoted", "text has to stand in quotes: \"…\""),
    ("invalid basic string, expected `\"`", "this text has no closing quote"),
    ("missing comma between array elements", "a comma is missing between the items of this list"),
    ("unclosed array table", "this needs two brackets on either side: [[…]]"),
    ("unclosed array", "this list has no closing `]`"),
    ("key with no value", "expected `=` and a value after this key"),
    ("duplicate key", "this key stands here already"),
    ("invalid literal string", "this text has no closing quote"),
    ("invalid multi-line basic string, expected `\"`", "this text has no closing quotes"),
    (
        "missing escaped value",
        "in double quotes, `\\` begins an escape: write `\\\\`, or put the text in single quotes",
    ),
    ("invalid boolean", "text has to stand in quotes: \"…\""),
    ("invalid float, expected `nan`", "text has to stand in quotes: \"…\""),
    ("unexpected key or value", "expected the end of the line here"),
    ("invalid key-value pair", "expected a key and `=` here"),
    ("unquoted keys cannot be empty", "expected a name here: letters, digits, `_` and `-`"),
    ("unclosed table", "this needs a closing `]`"),
    ("unclosed inline table", "this table has no closing `}`"),
    ("missing assignment", "expected `=` between this key and its value"),
    ("extra comma in array", "there is a comma too many in this list"),
];

/// A mistake in the TOML itself.
pub fn of_syntax(message: &str, written: &str) -> String {
    if written.contains(['“', '”', '„', '«', '»']) {
        return "these are typographic quotes: write plain ones, \"…\"".to_owned();
    }
    let known = SYNTAX.iter().find(|(theirs, _)| message.starts_with(theirs));
    known.map_or(message, |(_, ours)| ours).to_owned()
}

/// The key that is missing, if a message says that one is.
pub fn missing(message: &str) -> Option<&str> {
    message.strip_prefix("missing field `")?.strip_suffix('`')
}

/// Keys that are missing.
pub fn of_missing(keys: &[&str]) -> String {
    let mut message = String::from("missing: ");
    for (number, key) in keys.iter().enumerate() {
        let _ = write!(message, "{}`{key}`", if number == 0 { "" } else { ", " });
        if keys.len() == 1 {
            let _ = write!(message, " ({})", what_belongs_in(key));
        }
    }
    message
}

/// A key or a value that is not what it has to be.
pub fn of_value(message: &str, written: &str) -> String {
    if let Some(rest) = message.strip_prefix("unknown field ") {
        return of_unknown_key(&quoted(rest));
    }
    if let Some(rest) = message.strip_prefix("unknown variant ") {
        return of_unknown_word(&quoted(rest));
    }
    let rest = message.strip_prefix("invalid type: ").or_else(|| message.strip_prefix("invalid value: "));
    match rest.and_then(|rest| rest.rsplit_once(", expected ")) {
        Some(("map", "a sequence")) if written.starts_with('[') => {
            format!("there can be several of these: write [{written}], with two brackets")
        }
        Some((found, expected)) => format!("expected {}, found {}", expectation(expected), finding(found)),
        None if message == "wanted string or table" => "expected a word in quotes".to_owned(),
        None => message.to_owned(),
    }
}

/// The first is unknown, the others are known.
fn of_unknown_key(names: &[&str]) -> String {
    let Some((unknown, known)) = names.split_first() else { return "this key is unknown".to_owned() };
    match nearest(unknown, known) {
        Some(near) => format!("there is no key `{unknown}` here; did you mean `{near}`?"),
        None => format!("there is no key `{unknown}` here; there are {}", list(known, "and")),
    }
}

/// The first is unknown, the others are known.
fn of_unknown_word(names: &[&str]) -> String {
    let Some((unknown, known)) = names.split_first() else { return "this word is unknown".to_owned() };
    let mut message = format!("expected {}, found `{unknown}`", list(known, "or"));
    if let Some(near) = nearest(unknown, known) {
        let _ = write!(message, "; did you mean `{near}`?");
    }
    message
}

/// The known word that an unknown one was most likely meant to be.
pub fn nearest<'k>(unknown: &str, known: &[&'k str]) -> Option<&'k str> {
    let far = |known: &str| strsim::damerau_levenshtein(unknown, known);
    let near = known.iter().copied().min_by_key(|known| far(known))?;
    (far(near) <= unknown.chars().count().max(3) / 3).then_some(near)
}

/// `a`, `b` and `c`.
fn list(names: &[&str], word: &str) -> String {
    let mut list = String::new();
    for (at, name) in names.iter().enumerate() {
        let between = match at {
            0 => "",
            _ if at + 1 == names.len() => &format!(" {word} "),
            _ => ", ",
        };
        let _ = write!(list, "{between}`{name}`");
    }
    list
}

/// The names between backticks.
fn quoted(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

/// What serde expects.
fn expectation(theirs: &str) -> &str {
    match theirs {
        "a string" => "text in quotes",
        "a sequence" => "a list: [\"…\", \"…\"]",
        "a boolean" => "true or false",
        "a character" => "a single character in quotes",
        "u8" | "u16" | "u32" | "u64" | "usize" => "a whole number, 0 or more",
        _ if theirs == "a map" || theirs.starts_with("struct ") => "a table",
        _ => theirs,
    }
}

/// What serde found.
fn finding(theirs: &str) -> String {
    let number = theirs.strip_prefix("integer ").or_else(|| theirs.strip_prefix("floating point "));
    match theirs {
        "map" => "a table".to_owned(),
        "sequence" => "a list".to_owned(),
        _ => match (theirs.strip_prefix("string "), number, theirs.strip_prefix("boolean ")) {
            (Some(text), ..) => format!("the text {text}"),
            (_, Some(number), _) => format!("the number {}", number.split('`').nth(1).unwrap_or(number)),
            (.., Some(word)) => word.to_owned(),
            _ => theirs.to_owned(),
        },
    }
}
