//! Finds keys: a trie, stored for the built-in rules; an Aho–Corasick automaton, made at the start, for an operator's.
//!
//! The automaton of the `aho-corasick` crate can not be stored, and the packs that ship can not afford that it is built
//! (a start has 200 ms for everything). Theirs is a trie that `build/double_array.rs` lays out and that is used as it lies
//! in the binary. It has no failure links: at most places a small table says that no key begins there, and a key is short, so
//! the work is linear all the same. Tests hold it against the crate's.

use super::needle::{Beginning, Key, KeyParts, kinds};
use aho_corasick::automaton::{Automaton as _, OverlappingState};
use aho_corasick::nfa::contiguous::NFA;
use aho_corasick::{Anchored, Input};
use std::borrow::Cow;
use std::sync::Arc;

/// One state of a stored trie, in 8 bytes, so that eight share a cache line. From the lowest bit:
///
/// - 18 bits, the base: the child over byte `b` is state `base ^ b`, if that state's label is `b`. No two states have the
///   same base, and those without children have 0.
/// - 8 bits, the label: the byte that leads here, 0 for the root and for a slot that is free.
/// - 4 bits, of what [kinds](KeyParts::kind) the keys are that go through here or end here; 4 bits, of which the one is that
///   ends here, if any.
/// - 26 bits, that key: see [`KeyParts::store`].
pub type State = u64;

/// The bits of a [`State`] that are the number of another.
const NUMBER: u64 = (1 << 18) - 1;

/// What finds keys: distinct, none of them empty, none with a byte 0.
#[derive(Clone, Debug, Default)]
pub enum Automaton {
    /// Without keys.
    #[default]
    Empty,
    /// As the build script made it.
    Stored {
        /// The states; the first is the root.
        states: Cow<'static, [State]>,
        /// What may begin with some bytes: see `Beginning`.
        beginnings: Cow<'static, [u8]>,
    },
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
        // A prefilter helps no search for many keys, and is 50 KB of the function.
        let nfa = NFA::builder().prefilter(false).build(keys).map_err(|error| error.to_string())?;
        Ok(Self::Built(Arc::new(nfa)))
    }

    /// Calls `found(key, start, end)` for every occurrence of every key in `haystack`, overlapping ones too, nearly
    /// in the order of their starts. Left out may be those that are not leading, if `leading`, and those not open to the left
    /// where `inside(start)`. What was built finds numbers of `keys`.
    #[inline]
    pub fn each(
        &self,
        keys: &[Key],
        haystack: &[u8],
        leading: bool,
        inside: impl Fn(usize) -> bool,
        mut found: impl FnMut(KeyParts, usize, usize),
    ) {
        match self {
            Self::Empty => {}
            Self::Stored { states, beginnings } => {
                let trie = Trie { states, haystack };
                let mut walk = |start| trie.walk(start, kinds(inside(start), leading), &mut found);
                match <&[u8; Beginning::TABLE]>::try_from(&**beginnings) {
                    Ok(beginnings) if leading => each_beginning(beginnings, haystack, &inside, walk),
                    _ => (0..haystack.len()).for_each(&mut walk),
                }
            }
            Self::Built(nfa) => {
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

/// Calls `begins(start)` wherever a leading key may begin, and where `inside(start)` one that is open to the left.
#[inline]
fn each_beginning(
    beginnings: &[u8; Beginning::TABLE],
    haystack: &[u8],
    inside: impl Fn(usize) -> bool,
    mut begins: impl FnMut(usize),
) {
    let symbol = |at: usize| haystack.get(at).copied().unwrap_or(0);
    let mut beginning = Beginning::new([0, symbol(0), symbol(1), symbol(2)]);
    // Asked of all places of a block first, without a branch: whether a key begins somewhere can not be foreseen.
    for block in (0..haystack.len()).step_by(64) {
        let mut places = 0u64;
        for start in block..haystack.len().min(block + 64) {
            beginning = beginning.then(symbol(start + 3));
            places |= u64::from(beginning.is_in(beginnings, inside(start))) << (start - block);
        }
        while places != 0 {
            begins(block + places.trailing_zeros() as usize);
            places &= places - 1;
        }
    }
}

struct Trie<'a> {
    states: &'a [State],
    haystack: &'a [u8],
}

impl Trie<'_> {
    /// Calls `found(key, start, end)` for every key of some `kinds` that begins at `start`, shorter ones first.
    #[inline]
    fn walk(&self, start: usize, kinds: u8, mut found: impl FnMut(KeyParts, usize, usize)) {
        let state_at = |number: u64| self.states.get(number as usize).copied().unwrap_or_default();
        let (through, ends) = (u64::from(kinds) << 26, u64::from(kinds) << 30);
        let mut state = state_at(0);
        for (&byte, end) in self.haystack.get(start..).unwrap_or_default().iter().zip(start + 1..) {
            state = state_at(state & NUMBER ^ u64::from(byte));
            if (state >> 18) as u8 != byte || state & through == 0 {
                return;
            }
            if state & ends != 0 {
                found(KeyParts::stored((state >> 34) as u32), start, end);
            }
        }
    }
}
