//! The ids of rules.

/// The longest id, in bytes: log lines have it.
pub const LONGEST_ID: usize = 200;

/// What an id has to be.
pub const WHAT_AN_ID_IS: &str = "an id is lower-case letters, digits, `_` and `-`, with dots between parts";

/// Whether it is one.
pub fn is_id(id: &str) -> bool {
    !id.is_empty()
        && id.split('.').all(|part| {
            !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"_-".contains(&b))
        })
}
