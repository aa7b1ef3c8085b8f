//! The keys that needles are looked for by: their first symbols.

use super::key_filter::{key_len, order};
use super::needle::{INFLECTED, Inflect, LEADING, Leads, OPEN_LEFT, OPEN_RIGHT, Outline, Stance, Telltale};
use super::needles::beginning;
use super::sorted::sort_by;
use crate::text::letter_symbol;

/// A needle before it has a number.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Draft {
    /// All of its symbols, until [`sort_by_key`].
    pub key: Vec<u8>,
    /// Folded, accents marked by [`ACCENT`].
    pub words: Vec<String>,
    /// What of it is asked first.
    pub telltale: Telltale,
    /// Where it may stand.
    pub stance: Stance,
}

/// Cuts the keys of drafts to their first symbols, and puts those with the same key one after another, in their order, and those that
/// [`beginning`] has together too. What follows in a needle is compared where its key was found.
pub fn sort_by_key(drafts: &mut Vec<(Draft, u32)>) {
    let cut = |draft: &Draft| {
        let key = &draft.key[..key_len(draft.key.len())];
        (beginning(key), order(key))
    };
    sort_by(drafts, |(a, _), (b, _)| cut(a).cmp(&cut(b)).then_with(|| a.cmp(b)));
    drafts.iter_mut().for_each(|(draft, _)| draft.key.truncate(key_len(draft.key.len())));
}

/// What a needle allows, for its key of `len` symbols.
pub fn hints(outline: &Outline, len: usize) -> u8 {
    let Stance { open_left, open_right, inflect, glue, .. } = outline.stance;
    let right = open_right || glue || outline.telltale.symbols > len;
    u8::from(open_left || glue) * OPEN_LEFT
        | u8::from(right) * OPEN_RIGHT
        | u8::from(inflect != Inflect::None) * INFLECTED
        | u8::from(outline.leads != Leads::Nowhere) * LEADING
}

/// The [`Telltale`] of a needle.
pub fn telltale(letters: &[char], symbols: &[u8]) -> Telltale {
    let first_doubled = || {
        let mut runs = letters.chunk_by(|&a, &b| letter_symbol(a) == letter_symbol(b));
        runs.position(|run| run.len() > 1).map_or(0, |at| at as u8 + 1)
    };
    let telling = match symbols.last() {
        Some(last) if symbols.len() > key_len(symbols.len()) => last & Telltale::TELLING,
        _ => first_doubled(),
    };
    Telltale { symbols: symbols.len(), telling }
}
