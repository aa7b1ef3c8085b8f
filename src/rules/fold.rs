//! What folding leaves of a term: its words.

use super::needle::{ACCENT, LONGEST_TERM, MOST_WORDS};
use super::strings::Strings;
use crate::text::{Dress, Text, is_unspaced};

/// The words of a needle.
pub struct Folded {
    /// Their letters, accents marked by [`ACCENT`].
    pub words: Vec<String>,
    /// Whether any letter is of another script than Latin.
    pub native: bool,
}

/// Folds a needle as it is written; `is_part` of a term of several parts.
///
/// # Errors
/// Says why nothing could find it, or why it is too long.
pub fn fold(written: &str, is_part: bool) -> Result<Folded, String> {
    let mut folded = Folded { words: Vec::new(), native: false };
    let (mut count, mut fresh) = (0usize, true);
    for glyph in &Text::fold(written).glyphs {
        if !glyph.is_alphanumeric() {
            // An apostrophe too: it may be written or left out, like a space.
            fresh = true;
            continue;
        }
        if fresh {
            folded.words.push(String::new());
        }
        if let Some(word) = folded.words.last_mut() {
            word.push(glyph.ch);
            word.extend(glyph.dress.has(Dress::ACCENT).then_some(ACCENT));
        }
        folded.native |= glyph.dress.has(Dress::LOOKALIKE) || !glyph.ch.is_ascii();
        (count, fresh) = (count + 1, false);
    }
    if count > LONGEST_TERM {
        return Err(format!("longer than {LONGEST_TERM} letters"));
    }
    if let Some(word) = folded.words.iter().find(|word| word.len() > Strings::LONGEST) {
        return Err(format!("a word of {} bytes is longer than {}", word.len(), Strings::LONGEST));
    }
    if folded.words.len() > MOST_WORDS {
        return Err(format!("more than {MOST_WORDS} words"));
    }
    match folded.words.as_slice() {
        [] => Err("folding leaves no letter of it: it can never be found".into()),
        [only] if count == 1 && !is_part && !only.chars().all(is_unspaced) => {
            Err("a single letter would be found everywhere".into())
        }
        _ => Ok(folded),
    }
}
