//! Finds keys: a table of hashes, stored, for the built-in rules; an Aho–Corasick automaton, made at the start, for an operator's.
//!
//! The automaton of the `aho-corasick` crate can not be stored, and the packs that ship can not afford that it is built
//! (a start has 200 ms for everything). Tests hold one against the other.

use super::key_filter::PADDING;
use super::key_table::KeyTable;
use super::needle::{Key, KeyParts};
use aho_corasick::automaton::{Automaton as _, OverlappingState};
use aho_corasick::nfa::contiguous::NFA;
use aho_corasick::{Anchored, Input};
use std::sync::Arc;

/// What finds keys: distinct, none of them empty, none with a byte 0.
#[derive(Clone, Debug, Default)]
pub enum Automaton {
    /// Without keys.
    #[default]
    Empty,
    /// As the build script made it.
    Stored(KeyTable),
    /// As the crate makes it.
    Built(Arc<NFA>),
}

impl Automaton {
    /// Builds the automaton of `keys`.
    ///
    /// # Errors
    /// If there are too many for it.
    pub fn new(keys: &[Vec<u8>]) -> Result<Self, String> {
        if keys.is_empty() {
            return Ok(Self::Empty);
        }
        let nfa = NFA::builder().build(keys).map_err(|error| error.to_string())?;
        Ok(Self::Built(Arc::new(nfa)))
    }

    /// Calls `found(key, start, end)` for every occurrence of every key in some symbols, overlapping ones too, nearly
    /// in the order of their starts. [`PADDING`] zeros follow the symbols. With the `places` of all of them, keys may be left out
    /// that do not fit there, and with `leading` those that are not leading. What was built finds numbers of `keys`.
    #[inline]
    pub fn each(
        &self,
        keys: &[Key],
        symbols: &[u8],
        places: Option<&[u32]>,
        leading: bool,
        mut found: impl FnMut(KeyParts, usize, usize),
    ) {
        match self {
            Self::Empty => {}
            Self::Stored(table) => match places {
                Some(places) => table.each_fitting(symbols, places, leading, found),
                None => table.each(symbols, found),
            },
            Self::Built(nfa) => {
                let haystack = symbols.get(..symbols.len().saturating_sub(PADDING)).unwrap_or_default();
                let input = Input::new(haystack).anchored(Anchored::No);
                let mut state = OverlappingState::start();
                // An unanchored search over all of the text is what every automaton can do: there is no error.
                while nfa.try_find_overlapping(&input, &mut state).is_ok() {
                    let Some(hit) = state.get_match() else { break };
                    let Some(key) = KeyParts::of(keys, hit.pattern().as_usize()) else { break };
                    found(key, hit.start(), hit.end());
                }
            }
        }
    }
}
