//! Lays out the automaton of the built-in rules; `src/rules/automaton.rs` has its format and walks it.

use std::collections::{HashSet, VecDeque};

/// The most states: their numbers have 18 bits.
const MOST_STATES: usize = 1 << 18;

/// The most keys: their numbers plus one have 16 bits.
const MOST_KEYS: usize = 0xfffe;

/// The states of the automaton of `keys`, and the number plus one of the longest key that each ends with: keys are
/// distinct, not empty and without a byte 0; `leading` says of each whether a needle of it leads somewhere.
pub fn lay_out(keys: &[Vec<u8>], leading: impl Fn(usize) -> bool) -> Result<(Vec<u64>, Vec<u64>), String> {
    if keys.len() > MOST_KEYS {
        return Err(format!("{} keys are too many for the stored automaton", keys.len()));
    }
    let trie = Trie::new(keys);
    let slots = trie.place(leading);
    if slots.states.len() > MOST_STATES {
        return Err(format!("{} states are too many for the stored automaton", slots.states.len()));
    }
    let states = slots.states.iter().map(|state| {
        u64::from(state.base)
            | u64::from(state.label) << 18
            | u64::from(state.fail) << 26
            | u64::from(state.output) << 44
            | u64::from(state.leading) << 60
    });
    // The longest key that ends with a key is what its failure puts out.
    let inherited = |key: &Vec<u8>| {
        let end = slots.walk(key);
        u64::from(slots.states[slots.states[end as usize].fail as usize].output)
    };
    Ok((states.collect(), keys.iter().map(inherited).collect()))
}

/// The trie before it is laid out: children sorted by byte.
struct Trie {
    children: Vec<Vec<(u8, u32)>>,
    key: Vec<u32>,
}

impl Trie {
    fn new(keys: &[Vec<u8>]) -> Self {
        let mut trie = Self { children: vec![Vec::new()], key: vec![0] };
        for (key, number) in keys.iter().zip(1..) {
            let mut node = 0usize;
            for &byte in key {
                node = match trie.children[node].binary_search_by_key(&byte, |child| child.0) {
                    Ok(at) => trie.children[node][at].1 as usize,
                    Err(at) => {
                        let new = trie.children.len();
                        trie.children[node].insert(at, (byte, new as u32));
                        trie.children.push(Vec::new());
                        trie.key.push(0);
                        new
                    }
                };
            }
            trie.key[node] = number;
        }
        trie
    }

    /// Places every node, breadth first, and links failures and outputs on the way.
    fn place(&self, leading: impl Fn(usize) -> bool) -> Slots {
        let mut slots = Slots { states: vec![Slot::default()], bases: HashSet::from([0]), first_free: 1 };
        let mut place = vec![0u32; self.children.len()];
        let mut queue = VecDeque::from([0usize]);
        while let Some(node) = queue.pop_front() {
            let here = place[node];
            let children = &self.children[node];
            if children.is_empty() {
                continue;
            }
            let base = slots.find_base(children);
            slots.states[here as usize].base = base;
            for &(label, child) in children {
                let at = base ^ u32::from(label);
                place[child as usize] = at;
                let fail = slots.failure(here, label);
                let own = self.key[child as usize];
                let Slot { output, leading: inherited, .. } = slots.states[fail as usize];
                let leading = inherited || own > 0 && leading(own as usize - 1);
                let output = if own == 0 { output } else { own };
                slots.states[at as usize] = Slot { base: 0, label, fail, output, leading };
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
    fail: u32,
    output: u32,
    leading: bool,
}

/// The double array while it grows.
struct Slots {
    states: Vec<Slot>,
    /// Bases that are taken; 0 stands for "no children".
    bases: HashSet<u32>,
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
        let fits = |base: u32| {
            !self.bases.contains(&base) && children.iter().all(|&(byte, _)| is_free(base ^ u32::from(byte)))
        };
        let mut slot = begin;
        // Ends: the slots beyond the last one are all free.
        while !fits(slot ^ first) {
            slot += 1;
        }
        let base = slot ^ first;
        self.bases.insert(base);
        let last = children.iter().map(|&(byte, _)| base ^ u32::from(byte)).max().unwrap_or(base) as usize;
        if self.states.len() <= last {
            self.states.resize(last + 1, Slot::default());
        }
        base
    }

    fn child(&self, state: u32, byte: u8) -> Option<u32> {
        let at = self.states[state as usize].base ^ u32::from(byte);
        self.states.get(at as usize).filter(|found| found.label == byte).map(|_| at)
    }

    /// The failure of the new child of `parent` over `byte`.
    fn failure(&self, parent: u32, byte: u8) -> u32 {
        let mut state = parent;
        while state != 0 {
            state = self.states[state as usize].fail;
            if let Some(child) = self.child(state, byte) {
                return child;
            }
        }
        0
    }

    fn walk(&self, key: &[u8]) -> u32 {
        key.iter().fold(0, |state, &byte| self.child(state, byte).expect("every key was placed"))
    }
}
