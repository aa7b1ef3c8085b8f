//! The keys that needles are looked for by: their first symbols.

use super::needle::{INFLECTED, Inflect, LEADING, Leads, OPEN_LEFT, OPEN_RIGHT, Outline, Stance};

/// The usual length of a key, in symbols. What follows in a needle is compared where the key was found: short keys make a
/// much smaller trie.
const USUAL_KEY: usize = 5;

/// The longest key. One is longer than usual where more than [`MOST_ALIKE`] needles begin with it.
const LONGEST_KEY: usize = 14;

/// The most needles of one key, if its length allows: they are tried one by one wherever it is found.
const MOST_ALIKE: usize = 12;

/// A needle before it has a number.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Draft {
    /// All of its symbols, until [`cut_keys`].
    pub key: Vec<u8>,
    /// Folded, accents marked by [`ACCENT`].
    pub words: Vec<String>,
    /// How many there are, before and after.
    pub symbols: usize,
    /// The last of them.
    pub last: u8,
    /// Where it may stand.
    pub stance: Stance,
}

/// Cuts the keys of sorted drafts, of which all that begin alike are among them.
pub fn cut_keys(drafts: &mut [(Draft, u32)]) {
    cut_to(drafts, USUAL_KEY);
}

/// Cuts them to `len` symbols, or to more where too many would have the same.
fn cut_to(drafts: &mut [(Draft, u32)], len: usize) {
    let begins_alike = |(a, _): &(Draft, u32), (b, _): &(Draft, u32)| {
        a.key.len() > len && b.key.len() > len && a.key[..len] == b.key[..len]
    };
    for alike in drafts.chunk_by_mut(begins_alike) {
        if alike.len() > MOST_ALIKE && len < LONGEST_KEY {
            cut_to(alike, len + 1);
        } else {
            alike.iter_mut().for_each(|(draft, _)| draft.key.truncate(len));
        }
    }
}

/// What a needle allows, for its key of `len` symbols.
pub fn hints(outline: &Outline, len: usize) -> u8 {
    let Stance { open_left, open_right, inflect, glue, .. } = outline.stance;
    let right = open_right || glue || outline.symbols > len;
    u8::from(open_left || glue) * OPEN_LEFT
        | u8::from(right) * OPEN_RIGHT
        | u8::from(inflect != Inflect::None) * INFLECTED
        | u8::from(outline.leads != Leads::Nowhere) * LEADING
}
