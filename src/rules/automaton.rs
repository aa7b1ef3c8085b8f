//! Finds keys: an Aho–Corasick automaton, stored for the built-in rules, made at the start for an operator's.
//!
//! The automaton of the `aho-corasick` crate can not be stored, and the packs that ship can not afford that it is built
//! (a start has 200 ms for everything). Theirs is a double array that `build/double_array.rs` lays out and that is used
//! as it lies in the binary. Tests hold it against the crate's.

use super::needle::{Key, KeyParts};
use aho_corasick::automaton::{Automaton as _, OverlappingState};
use aho_corasick::nfa::contiguous::NFA;
use aho_corasick::{Anchored, Input};
use std::borrow::Cow;
use std::sync::Arc;

/// One state of a stored automaton, in 8 bytes, so that eight share a cache line. From the lowest bit:
///
/// - 20 bits, the base: the child over byte `b` is state `base ^ b`, if that state's label is `b`. No two states have the
///   same base, and those without children have 0.
/// - 8 bits, the label: the byte that leads here, 0 for the root and for a slot that is free.
/// - 20 bits, the failure: where to go on when no child fits, the longest proper suffix that is a state.
/// - 16 bits, the output: the number of the longest key that ends here, plus one; 0 for none.
pub type State = u64;

/// An automaton over distinct keys, none of them empty, none with a byte 0.
#[derive(Clone, Debug, Default)]
pub enum Automaton {
    /// Without keys.
    #[default]
    Empty,
    /// As the build script made it.
    ///
    /// The states; the first is the root.
    Stored(Cow<'static, [State]>),
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

    /// Calls `found(key, start, end)` for every occurrence of every one of `keys` in `haystack`, overlapping ones too, by
    /// end.
    #[inline]
    pub fn each(&self, keys: &[Key], haystack: &[u8], mut found: impl FnMut(KeyParts, usize, usize)) {
        match self {
            Self::Empty => {}
            Self::Stored(states) => stored(states, keys, haystack, found),
            Self::Built(nfa) => {
                let input = Input::new(haystack).anchored(Anchored::No);
                let mut state = OverlappingState::start();
                // An unanchored search over all of the text is what every automaton can do: there is no error.
                while nfa.try_find_overlapping(&input, &mut state).is_ok() {
                    let Some(hit) = state.get_match() else { break };
                    let Some(&key) = keys.get(hit.pattern().as_usize()) else { break };
                    found(KeyParts::unpack(key), hit.start(), hit.end());
                }
            }
        }
    }
}

#[inline]
fn stored(states: &[State], keys: &[Key], haystack: &[u8], mut found: impl FnMut(KeyParts, usize, usize)) {
    let mut state = states.first().copied().unwrap_or_default();
    let root = state;
    for (at, &byte) in haystack.iter().enumerate() {
        loop {
            let child = states.get((state & 0xf_ffff) as usize ^ usize::from(byte)).copied().unwrap_or_default();
            if (child >> 20) as u8 == byte {
                state = child;
                break;
            }
            if state == root {
                break;
            }
            state = states.get((state >> 28 & 0xf_ffff) as usize).copied().unwrap_or_default();
        }
        let mut number = (state >> 48) as usize;
        while let Some(&key) = number.checked_sub(1).and_then(|number| keys.get(number)) {
            let key = KeyParts::unpack(key);
            found(key, at + 1 - key.len, at + 1);
            number = key.next;
        }
    }
}
