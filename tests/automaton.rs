//! The automaton that the build script lays out, the one of the `aho-corasick` crate, and a naive search find the same.

#[path = "../build/double_array.rs"]
mod double_array;
mod support;

use proptest::prelude::*;
use room_review::rules::{Automaton, KeyParts, Ruleset};
use std::collections::BTreeSet;
use support::messages::cases;

type Found = Vec<(usize, usize, usize)>;

/// Where `keys` are found; `next` is what the build script worked out for a stored automaton, and nothing for another.
fn search(automaton: &Automaton, keys: &[Vec<u8>], next: &[u64], haystack: &[u8]) -> Found {
    let next = next.iter().map(|&next| next as usize).chain(std::iter::repeat(0));
    let key = |(first, (key, next)): (usize, (&Vec<u8>, usize))| {
        KeyParts { first, count: 1, hints: 0, len: key.len(), next }.pack()
    };
    let packed: Vec<u64> = keys.iter().zip(next).enumerate().map(key).collect();
    let mut found = Vec::new();
    automaton.each(&packed, haystack, false, |key, start, end| found.push((key.first, start, end)));
    assert!(found.is_sorted_by_key(|&(_, _, end)| end), "not in the order of their ends: {found:?}");
    found.sort_unstable();
    found
}

fn naive(keys: &[Vec<u8>], haystack: &[u8]) -> Found {
    let at = |start| keys.iter().enumerate().filter(move |(_, key)| haystack[start..].starts_with(key));
    let found =
        (0..haystack.len()).flat_map(|start| at(start).map(move |(number, key)| (number, start, start + key.len())));
    let mut found: Found = found.collect();
    found.sort_unstable();
    found
}

fn search_stored(keys: &[Vec<u8>], haystack: &[u8]) -> Found {
    let (states, next) = double_array::lay_out(keys, |_| false).expect("not too many");
    search(&Automaton::Stored(states.into()), keys, &next, haystack)
}

/// As [`search_stored`], when it may leave out what does not lead anywhere: every second key does.
fn search_leading(keys: &[Vec<u8>], haystack: &[u8]) -> Found {
    let (states, next) = double_array::lay_out(keys, |number| number % 2 == 0).expect("not too many");
    let packed = |(first, (key, &next)): (usize, (&Vec<u8>, &u64))| {
        KeyParts { first, count: 1, hints: 0, len: key.len(), next: next as usize }.pack()
    };
    let packed: Vec<u64> = keys.iter().zip(&next).enumerate().map(packed).collect();
    let mut found = Vec::new();
    let automaton = Automaton::Stored(states.into());
    automaton.each(&packed, haystack, true, |key, start, end| found.push((key.first, start, end)));
    found.retain(|(number, ..)| number % 2 == 0);
    found.sort_unstable();
    found
}

fn agree(keys: &BTreeSet<Vec<u8>>, haystack: &[u8]) -> Result<(), TestCaseError> {
    let keys: Vec<Vec<u8>> = keys.iter().cloned().collect();
    let wanted = naive(&keys, haystack);
    prop_assert_eq!(search_stored(&keys, haystack), &wanted[..], "laid out");
    let leading: Found = wanted.iter().copied().filter(|(number, ..)| number % 2 == 0).collect();
    prop_assert_eq!(search_leading(&keys, haystack), leading, "only those that lead somewhere");
    prop_assert_eq!(search(&Automaton::new(&keys).expect("not too many"), &keys, &[], haystack), wanted, "the crate's");
    Ok(())
}

/// Keys over the first letters of an alphabet, and a text over one letter more, 0 included.
fn over(letters: u8, longest: usize) -> impl Strategy<Value = (BTreeSet<Vec<u8>>, Vec<u8>)> {
    let key = prop::collection::vec(1..=letters, 1..=longest);
    (prop::collection::btree_set(key, 0..60), prop::collection::vec(0..=letters.saturating_add(1), 0..200))
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn few_letters((keys, haystack) in over(2, 8)) {
        agree(&keys, &haystack)?;
    }

    #[test]
    fn some_letters((keys, haystack) in over(26, 4)) {
        agree(&keys, &haystack)?;
    }

    #[test]
    fn all_bytes((keys, haystack) in over(255, 2)) {
        agree(&keys, &haystack)?;
    }

    /// A text made of the keys themselves: every failure link is walked.
    #[test]
    fn texts_of_keys((keys, _) in over(3, 9), picked in prop::collection::vec(any::<prop::sample::Index>(), 0..20)) {
        let all: Vec<&Vec<u8>> = keys.iter().collect();
        let haystack = picked.iter().filter(|_| !all.is_empty()).flat_map(|index| all[index.index(all.len())].clone());
        agree(&keys, &haystack.collect::<Vec<u8>>())?;
    }
}

#[test]
fn no_key_is_found_nowhere() {
    assert_eq!(search_stored(&[], b"abc"), []);
    assert_eq!(search(&Automaton::default(), &[], &[], b"abc"), []);
    assert_eq!(search(&Ruleset::builtin().layers()[0].automaton, &[], &[], b""), []);
}
