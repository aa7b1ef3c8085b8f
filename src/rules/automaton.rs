//! An Aho–Corasick automaton that can be stored: a double array that is used as it lies in the binary.
//!
//! The `aho-corasick` crate searches as fast but has to be built at every start; the packs that ship can not afford that
//! (a start has 200 ms for everything). Tests hold this automaton against a naive search.

use std::borrow::Cow;
use std::collections::VecDeque;

/// Stands for "nothing" in a state's fields; the root is state 0 and is never a child.
const NONE: u32 = u32::MAX;

/// One state: plain numbers, so that the table can lie in the binary; 16 bytes, so that four share a cache line.
///
/// - `BASE`: the child over byte `b` is state `base ^ b`, if that state's parent is this one.
/// - `PARENT`: the state this one is a child of.
/// - `FAIL`: where to go on when no child fits, the longest proper suffix that is a state.
/// - `OUTPUT`: the first of the outputs that end here, or `u32::MAX`.
pub type State = [u32; 4];
const BASE: usize = 0;
const PARENT: usize = 1;
const FAIL: usize = 2;
const OUTPUT: usize = 3;

const FREE: State = [0, NONE, 0, NONE];

/// A key that ends in a state: its number, its length in bytes, and the next output of the same place or `u32::MAX`.
pub type Output = [u32; 3];

/// The automaton over a set of distinct, non-empty keys.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Automaton {
    /// The states; empty means no key.
    pub states: Cow<'static, [State]>,
    /// The outputs, chained.
    pub outputs: Cow<'static, [Output]>,
}

impl Automaton {
    /// Calls `found(key, start, end)` for every occurrence of every key in `haystack`, overlapping ones too, by end.
    pub fn each(&self, haystack: &[u8], mut found: impl FnMut(usize, usize, usize)) {
        if self.states.is_empty() {
            return;
        }
        let mut state = 0;
        for (at, &byte) in haystack.iter().enumerate() {
            state = self.step(state, byte);
            let mut output = self.states[state as usize][OUTPUT];
            while let Some(&[key, len, next]) = self.outputs.get(output as usize) {
                found(key as usize, at + 1 - len as usize, at + 1);
                output = next;
            }
        }
    }

    /// The state after reading `byte` in `state`.
    fn step(&self, mut state: u32, byte: u8) -> u32 {
        loop {
            if let Some(child) = self.child(state, byte) {
                return child;
            }
            if state == 0 {
                return 0;
            }
            state = self.states[state as usize][FAIL];
        }
    }

    fn child(&self, state: u32, byte: u8) -> Option<u32> {
        let child = self.states[state as usize][BASE] ^ u32::from(byte);
        self.states.get(child as usize).filter(|found| found[PARENT] == state).map(|_| child)
    }

    /// Builds the automaton of `keys`, which are distinct and not empty.
    pub fn new<K: AsRef<[u8]>>(keys: &[K]) -> Self {
        if keys.is_empty() {
            return Self::default();
        }
        let mut trie = Trie::default();
        for (number, key) in keys.iter().enumerate() {
            trie.insert(key.as_ref(), number as u32);
        }
        trie.lay_out()
    }
}

/// The trie before it is laid out: children sorted by byte.
struct Trie {
    children: Vec<Vec<(u8, u32)>>,
    key: Vec<Option<(u32, u32)>>,
}

impl Default for Trie {
    fn default() -> Self {
        Self { children: vec![Vec::new()], key: vec![None] }
    }
}

impl Trie {
    fn insert(&mut self, key: &[u8], number: u32) {
        let mut node = 0usize;
        for &byte in key {
            node = match self.children[node].binary_search_by_key(&byte, |child| child.0) {
                Ok(at) => self.children[node][at].1 as usize,
                Err(at) => {
                    let new = self.children.len();
                    self.children[node].insert(at, (byte, new as u32));
                    self.children.push(Vec::new());
                    self.key.push(None);
                    new
                }
            };
        }
        self.key[node] = Some((number, key.len() as u32));
    }

    /// Places every node in the double array, breadth first, and links failures and outputs on the way.
    fn lay_out(&self) -> Automaton {
        let mut slots = Slots::default();
        let mut place = vec![0u32; self.children.len()];
        let mut outputs = Vec::new();
        let mut queue = VecDeque::from([0usize]);
        while let Some(node) = queue.pop_front() {
            let here = place[node];
            if self.children[node].is_empty() {
                continue;
            }
            let base = slots.find_base(&self.children[node]);
            slots.states[here as usize][BASE] = base;
            for &(byte, child) in &self.children[node] {
                let at = base ^ u32::from(byte);
                place[child as usize] = at;
                slots.take(at, here);
                let fail = slots.failure(here, byte, at);
                let inherited = slots.states[fail as usize][OUTPUT];
                let state = &mut slots.states[at as usize];
                state[FAIL] = fail;
                state[OUTPUT] = match self.key[child as usize] {
                    Some((key, len)) => {
                        outputs.push([key, len, inherited]);
                        outputs.len() as u32 - 1
                    }
                    None => inherited,
                };
                queue.push_back(child as usize);
            }
        }
        Automaton { states: Cow::Owned(slots.states), outputs: Cow::Owned(outputs) }
    }
}

/// The double array while it grows.
struct Slots {
    states: Vec<State>,
    /// Every slot below this one is taken.
    first_free: usize,
}

impl Default for Slots {
    fn default() -> Self {
        // The root's parent is itself, so that its slot counts as taken; `step` never takes it for a child, because
        // no key has a byte that would lead there.
        let mut states = vec![FREE; 256];
        states[0][PARENT] = 0;
        Self { states, first_free: 1 }
    }
}

impl Slots {
    /// A base under which the slots of all `children` are free.
    fn find_base(&mut self, children: &[(u8, u32)]) -> u32 {
        while self.states.get(self.first_free).is_some_and(|state| state[PARENT] != NONE) {
            self.first_free += 1;
        }
        let first = u32::from(children[0].0);
        // Dense tables are worth a search, but not an endless one: after a while a fresh block is taken.
        let begin = self.first_free.max(self.states.len().saturating_sub(4096));
        for slot in begin.. {
            let base = slot as u32 ^ first;
            let fits = children.iter().all(|&(byte, _)| {
                let at = (base ^ u32::from(byte)) as usize;
                at != 0 && self.states.get(at).is_none_or(|state| state[PARENT] == NONE)
            });
            if fits {
                return base;
            }
        }
        unreachable!("the slots beyond the end are all free")
    }

    fn take(&mut self, at: u32, parent: u32) {
        if self.states.len() <= at as usize {
            // Whole blocks of 256: a base and its children never straddle two.
            self.states.resize((at as usize / 256 + 1) * 256, FREE);
        }
        self.states[at as usize][PARENT] = parent;
    }

    /// The failure of the new child `at` of `parent` over `byte`.
    fn failure(&self, parent: u32, byte: u8, at: u32) -> u32 {
        let mut state = parent;
        while state != 0 {
            state = self.states[state as usize][FAIL];
            let child = self.states[state as usize][BASE] ^ u32::from(byte);
            if child != at && self.states.get(child as usize).is_some_and(|found| found[PARENT] == state && child != 0)
            {
                return child;
            }
        }
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn naive(keys: &[&str], haystack: &str) -> Vec<(usize, usize, usize)> {
        let mut all = Vec::new();
        for (number, key) in keys.iter().enumerate() {
            for start in 0..haystack.len() {
                if haystack.as_bytes()[start..].starts_with(key.as_bytes()) {
                    all.push((number, start, start + key.len()));
                }
            }
        }
        all.sort_unstable();
        all
    }

    #[test]
    fn finds_what_a_naive_search_finds() {
        let sets: &[&[&str]] = &[
            &["a"],
            &["a", "ab", "bab", "bc", "bca", "c", "caa"],
            &["he", "she", "his", "hers"],
            &["жук", "ук", "к", "ё"],
            &["aaaa", "aa", "a"],
            &["abcdefgh", "bcdefg", "cdef", "de"],
        ];
        for keys in sets {
            let automaton = Automaton::new(keys);
            for haystack in ["", "abccab", "ushers", "жужук", "aaaaaaa", "xabcdefghx", "zzz"] {
                let mut found = Vec::new();
                automaton.each(haystack.as_bytes(), |key, start, end| found.push((key, start, end)));
                found.sort_unstable();
                assert_eq!(found, naive(keys, haystack), "{keys:?} in {haystack:?}");
            }
        }
    }
}
