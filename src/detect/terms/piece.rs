//! Whether a hit is only a piece of a longer word that a symbol runs through: `ass*mble` is no insult with something after
//! it.

use super::beside::{Beside, after, before, is_solid, is_wordy, plain};
use super::edges::{Word, is_ending};
use super::evidence::Shape;
use crate::text::{Glyph, Kind, is_vowel};

/// A term this long is read as itself, whatever a symbol joins to it.
const LONG: usize = 5;

/// Whether the hit is a piece of a longer word.
pub fn is_piece(word: &Word) -> bool {
    takes_leet(word) || makes_word(word) || word.shape != Shape::Spelled && goes_on(word)
}

/// `5nigger`, `spic€`: with the digit or symbol beside it, it is another word.
fn takes_leet(word: &Word) -> bool {
    let is_leet = |glyph: &&Glyph| matches!(glyph.kind, Kind::Leet | Kind::Digit);
    let lead = word.range.start.checked_sub(1).map(|at| &word.glyphs[at]).filter(is_leet);
    let trail = word.glyphs[word.range.end..].iter().take_while(|glyph| is_leet(glyph));
    let trail: String = trail.take(4).map(plain).collect();
    if lead.is_none() && trail.is_empty() {
        return false;
    }
    let rest = after(word.glyphs, word.range.end);
    let rest = if rest.glyphs > 0 { rest.letters() } else { trail.into() };
    let lead: String = lead.map(plain).into_iter().collect();
    let hit = read(word);
    // "you!" is no other word than "you".
    word.is_word(&format!("{lead}{hit}{rest}")) || !lead.is_empty() && word.is_word(&format!("{lead}{hit}"))
}

/// `gl\nass`: one character apart from a fragment with which it makes an everyday word.
fn makes_word(word: &Word) -> bool {
    let is_break = |at: usize| {
        word.glyphs.get(at).is_some_and(|gap| !is_wordy(gap) && !matches!(gap.kind, Kind::Space | Kind::Apostrophe))
    };
    let (start, end) = (word.range.start, word.range.end);
    let is_asked = |fragment: &Beside<'_>| !fragment.too_long && fragment.glyphs > 0;
    let completes = |fragment: &str, whole: &str| !word.is_word(fragment) && word.is_word(whole);
    if start >= 2 && is_break(start - 1) {
        let fragment = before(word.glyphs, start - 1);
        if is_asked(&fragment) {
            let (letters, hit) = (fragment.letters(), read(word));
            if completes(&letters, &format!("{letters}{hit}")) {
                return true;
            }
        }
    }
    is_break(end) && {
        let fragment = after(word.glyphs, end + 1);
        is_asked(&fragment) && {
            let (letters, hit) = (fragment.letters(), read(word));
            completes(&letters, &format!("{hit}{letters}"))
        }
    }
}

/// `ass*mble`, `m*shit`: a symbol that hides a letter joins it to what is no word of its own. Symbols on both sides are
/// there for show.
fn goes_on(word: &Word) -> bool {
    let letters = word.needle.letters.as_slice().len();
    if letters >= LONG {
        return false;
    }
    let left = word.range.start.checked_sub(1).filter(|&at| joint(&word.glyphs[at]).is_some());
    let right = word.glyphs.get(word.range.end).and_then(joint);
    match (left, right) {
        (None, Some(joint)) if !word.needle.stance.open_right => is_unfinished(word, letters, joint),
        (Some(at), None) if !word.needle.stance.open_left => {
            joint(&word.glyphs[at]) == Some(Joint::Mask) && is_unbegun(word, at)
        }
        _ => false,
    }
}

/// A symbol that may hide a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Joint {
    /// `*`, `€`: hardly ever between two words.
    Mask,
    /// `-`, `@`: joins words as well.
    Hyphen,
}

fn joint(glyph: &Glyph) -> Option<Joint> {
    match (glyph.kind, glyph.ch) {
        (Kind::Mask, '?') => None,
        (Kind::Mask, _) | (_, '€' | '$' | '£' | '¢' | '¥' | '†') => Some(Joint::Mask),
        (_, '-' | '@') => Some(Joint::Hyphen),
        _ => None,
    }
}

/// Whether what follows the symbol after the hit can only be the rest of its word.
fn is_unfinished(word: &Word, letters: usize, joint: Joint) -> bool {
    let rest = after(word.glyphs, word.range.end + 1);
    let fragment = rest.letters();
    if rest.glyphs == 0 || rest.digits_only || is_known(word, &fragment) {
        return false;
    }
    let inflect = word.needle.stance.inflect;
    let hidden = letters > 3 && matches!(&*fragment, "d" | "n" | "r" | "s" | "y");
    let ends = hidden || is_ending(inflect, &fragment);
    !ends && (joint == Joint::Mask || !is_pronounceable(&fragment))
}

/// Whether what stands before the symbol at `at`, before the hit, can only be the beginning of its word.
fn is_unbegun(word: &Word, at: usize) -> bool {
    let start = before(word.glyphs, at);
    let alone = at.checked_sub(start.glyphs + 1).is_none_or(|at| word.glyphs[at].kind == Kind::Space);
    alone && (1..=2).contains(&start.glyphs) && !start.digits_only && !is_known(word, &start.letters())
}

/// A word of the hit's own language, or one of a single letter.
fn is_known(word: &Word, letters: &str) -> bool {
    word.is_word(letters) || matches!(letters, "a" | "i" | "u")
}

/// Whether an English word could begin like this and have a vowel: "clown", not "mbly".
fn is_pronounceable(letters: &str) -> bool {
    let onset = letters.find(is_vowel);
    onset.is_some_and(|len| {
        let starts = ["bl", "br", "ch", "cl", "cr", "dr", "fl", "fr", "gl", "gr", "kn", "pl", "pr", "qu", "sc", "sh"];
        let more = ["sk", "sl", "sm", "sn", "sp", "st", "sw", "th", "tr", "tw", "wh", "wr", "str", "scr", "spl", "thr"];
        len == 1 || starts.contains(&&letters[..len]) || more.contains(&&letters[..len])
    })
}

/// The hit as one reads it.
fn read(word: &Word) -> String {
    word.glyphs[word.range.clone()].iter().filter(|glyph| is_solid(glyph) || is_wordy(glyph)).map(plain).collect()
}
