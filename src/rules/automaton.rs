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
/// - 18 bits, the base: the child over byte `b` is state `base ^ b`, if that state's label is `b`. No two states have the
///   same base, and those without children have 0.
/// - 8 bits, the label: the byte that leads here, 0 for the root and for a slot that is free.
/// - 18 bits, the failure: where to go on when no child fits, the longest proper suffix that is a state.
/// - 16 bits, the output: the number of the longest key that ends here, plus one; 0 for none.
/// - 1 bit, whether any key that ends here is [`LEADING`](super::LEADING).
pub type State = u64;

/// The bits of a [`State`] that are the number of another.
const NUMBER: u64 = (1 << 18) - 1;

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
    /// end. If `leading`, those that are not may be left out.
    #[inline]
    pub fn each(&self, keys: &[Key], haystack: &[u8], leading: bool, mut found: impl FnMut(KeyParts, usize, usize)) {
        match self {
            Self::Empty => {}
            Self::Stored(states) => stored(states, keys, haystack, leading, found),
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
fn stored(
    states: &[State],
    keys: &[Key],
    haystack: &[u8],
    leading: bool,
    mut found: impl FnMut(KeyParts, usize, usize),
) {
    let passes = if leading { 1 << 60 } else { 0xffff << 44 };
    let mut walk = Walk { states, haystack, at: 0, state: states.first().copied().unwrap_or_default() };
    while walk.advance(passes) {
        let mut number = (walk.state >> 44 & 0xffff) as usize;
        while let Some(&key) = number.checked_sub(1).and_then(|number| keys.get(number)) {
            let key = KeyParts::unpack(key);
            found(key, walk.at - key.len, walk.at);
            number = key.next;
        }
    }
}

/// A walk of the states along a haystack.
struct Walk<'a> {
    states: &'a [State],
    haystack: &'a [u8],
    /// How many bytes are behind it.
    at: usize,
    /// The state after those.
    state: State,
}

impl Walk<'_> {
    /// Goes on to the next state with any of the bits `passes`; false at the end. A function of its own, so that all it needs
    /// stays in registers.
    #[inline(never)]
    fn advance(&mut self, passes: u64) -> bool {
        let states = self.states;
        let state_at = |number: u64| states.get(number as usize).copied().unwrap_or_default();
        let root = state_at(0);
        let mut state = self.state;
        for (at, &byte) in self.haystack.iter().enumerate().skip(self.at) {
            loop {
                let child = state_at(state & NUMBER ^ u64::from(byte));
                if (child >> 18) as u8 == byte {
                    state = child;
                    break;
                }
                if state == root {
                    break;
                }
                state = state_at(state >> 26 & NUMBER);
            }
            if state & passes != 0 {
                (self.at, self.state) = (at + 1, state);
                return true;
            }
        }
        false
    }
}
