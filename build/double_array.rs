//! Lays out the trie of the built-in rules; `src/rules/automaton.rs` has its format and walks it.

use std::collections::VecDeque;

/// The most states: their numbers have 18 bits.
const MOST_STATES: usize = 1 << 18;

/// The states of the trie of `keys`, which are distinct, not empty and without a byte 0; `kinds` says of each, as a bit,
/// of which kind it is, and `stored` has what is found, in 26 bits.
pub fn lay_out(keys: &[Vec<u8>], kinds: &[u8], stored: &[u32]) -> Result<Vec<u64>, String> {
    let slots = Trie::new(keys, kinds, stored).place();
    if slots.states.len() > MOST_STATES {
        return Err(format!("{} states are too many for the stored trie", slots.states.len()));
    }
    let states = slots.states.iter().map(|state| {
        u64::from(state.base)
            | u64::from(state.label) << 18
            | u64::from(state.kinds) << 26
            | u64::from(state.kind) << 30
            | u64::from(state.key) << 34
    });
    Ok(states.collect())
}

/// The trie before it is laid out: children sorted by byte.
struct Trie {
    children: Vec<Vec<(u8, u32)>>,
    /// What is found at a node, and the kind of the key that ends there, 0 where none does.
    key: Vec<(u32, u8)>,
    /// The kinds of the keys through it.
    kinds: Vec<u8>,
}

impl Trie {
    fn new(keys: &[Vec<u8>], kinds: &[u8], stored: &[u32]) -> Self {
        let mut trie = Self { children: vec![Vec::new()], key: vec![(0, 0)], kinds: vec![0] };
        for ((key, &stored), &kind) in keys.iter().zip(stored).zip(kinds) {
            let mut node = 0usize;
            for &byte in key {
                node = match trie.children[node].binary_search_by_key(&byte, |child| child.0) {
                    Ok(at) => trie.children[node][at].1 as usize,
                    Err(at) => {
                        let new = trie.children.len();
                        trie.children[node].insert(at, (byte, new as u32));
                        trie.children.push(Vec::new());
                        trie.key.push((0, 0));
                        trie.kinds.push(0);
                        new
                    }
                };
                trie.kinds[node] |= kind;
            }
            trie.key[node] = (stored, kind);
        }
        trie
    }

    /// Places every node, breadth first.
    fn place(&self) -> Slots {
        let mut slots = Slots { states: vec![Slot::default()], bases: vec![true], first_free: 1 };
        let mut place = vec![0u32; self.children.len()];
        let mut queue = VecDeque::from([0usize]);
        while let Some(node) = queue.pop_front() {
            let children = &self.children[node];
            if children.is_empty() {
                continue;
            }
            let base = slots.find_base(children);
            slots.states[place[node] as usize].base = base;
            for &(label, child) in children {
                let at = base ^ u32::from(label);
                place[child as usize] = at;
                let ((key, kind), kinds) = (self.key[child as usize], self.kinds[child as usize]);
                slots.states[at as usize] = Slot { base: 0, label, kinds, kind, key };
                queue.push_back(child as usize);
            }
        }
        slots
    }
}

#[derive(Clone, Copy, Default)]
struct Slot {
    base: u32,
    label: u8,
    kinds: u8,
    kind: u8,
    key: u32,
}

/// The double array while it grows.
struct Slots {
    states: Vec<Slot>,
    /// Which bases are taken; 0 stands for "no children".
    bases: Vec<bool>,
    /// Every slot below this one is taken.
    first_free: usize,
}

impl Slots {
    /// A base of its own under which the slots of all `children` are free; makes room for them.
    fn find_base(&mut self, children: &[(u8, u32)]) -> u32 {
        while self.states.get(self.first_free).is_some_and(|state| state.label != 0) {
            self.first_free += 1;
        }
        let first = u32::from(children[0].0);
        // Dense tables are worth a search, but not an endless one: after a while a fresh block is taken.
        let begin = self.first_free.max(self.states.len().saturating_sub(4096)) as u32;
        let is_free = |at: u32| at != 0 && self.states.get(at as usize).is_none_or(|state| state.label == 0);
        let is_taken = |base: u32| self.bases.get(base as usize).is_some_and(|taken| *taken);
        // Asked of the first child before all else: nearly every slot that is tried is not free.
        let fits = |base: u32| children.iter().all(|&(byte, _)| is_free(base ^ u32::from(byte))) && !is_taken(base);
        let mut slot = begin;
        // Ends: the slots beyond the last one are all free.
        while !fits(slot ^ first) {
            slot += 1;
        }
        let base = slot ^ first;
        if self.bases.len() <= base as usize {
            self.bases.resize(base as usize + 1, false);
        }
        self.bases[base as usize] = true;
        let last = children.iter().map(|&(byte, _)| base ^ u32::from(byte)).max().unwrap_or(base) as usize;
        if self.states.len() <= last {
            self.states.resize(last + 1, Slot::default());
        }
        base
    }
}
