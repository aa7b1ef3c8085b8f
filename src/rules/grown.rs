//! A trie that is made at the start, for the keys of an operator's rules.

use std::collections::VecDeque;

/// Keys by their bytes. The nodes stand in the order of their depth, and so the children of each in a row.
#[derive(Debug, Default)]
pub struct Grown {
    /// Where the children of each node begin; they end where those of the next begin.
    children: Vec<u32>,
    /// The byte that leads to each node; those of the children of one are sorted.
    labels: Vec<u8>,
    /// The number of the key that ends at each node, plus one, or 0.
    ends: Vec<u32>,
}

impl Grown {
    /// The trie of `keys`, which are sorted, distinct and not empty.
    pub fn new(keys: &[Vec<u8>]) -> Self {
        let mut trie = Self { children: Vec::new(), labels: vec![0], ends: vec![0] };
        let mut nodes = VecDeque::from([(0..keys.len(), 0)]);
        while let Some((mut through, depth)) = nodes.pop_front() {
            trie.children.push(trie.labels.len() as u32);
            // The one that ends at the node itself comes first.
            through.start += usize::from(keys.get(through.start).is_some_and(|key| key.len() == depth));
            while let Some(&label) = keys[through.clone()].first().and_then(|key| key.get(depth)) {
                let count = keys[through.clone()].partition_point(|key| key.get(depth) == Some(&label));
                let child = through.start..through.start + count;
                let ends = keys[child.start].len() == depth + 1;
                trie.labels.push(label);
                trie.ends.push(if ends { child.start as u32 + 1 } else { 0 });
                through.start = child.end;
                nodes.push_back((child, depth + 1));
            }
        }
        trie.children.push(trie.labels.len() as u32);
        trie
    }

    /// Calls `found(number, end)` for every key that begins at `start`, shorter ones first.
    pub fn walk(&self, haystack: &[u8], start: usize, mut found: impl FnMut(usize, usize)) {
        let mut node = 0;
        for (byte, end) in haystack.get(start..).unwrap_or_default().iter().zip(start + 1..) {
            let Some(&[first, last]) = self.children.get(node..node + 2) else { return };
            let labels = self.labels.get(first as usize..last as usize).unwrap_or_default();
            let Ok(at) = labels.binary_search(byte) else { return };
            node = first as usize + at;
            if let Some(number) = self.ends.get(node).and_then(|end| end.checked_sub(1)) {
                found(number as usize, end);
            }
        }
    }
}
