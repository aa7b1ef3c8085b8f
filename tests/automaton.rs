//! The table of hashes that the build script makes, the automaton of the `aho-corasick` crate, and a naive search find the same.

mod support;

use proptest::prelude::*;
use room_review::rules::{
    Automaton, INSIDE, KeyParts, KeyTable, LEADING, LONGEST_KEY, OPEN_LEFT, PADDING, Ruleset, foreign, key_len,
    key_order,
};
use std::collections::BTreeSet;
use support::messages::cases;

type Found = Vec<(usize, usize, usize)>;

/// What the key of these tests with this number allows: all combinations of the two that a search asks for.
fn hints(number: usize) -> u8 {
    [0, OPEN_LEFT, LEADING, OPEN_LEFT | LEADING][number % 4]
}

fn packed(keys: &[Vec<u8>]) -> Vec<KeyParts> {
    let part = |first| KeyParts { first, hints: hints(first) };
    (0..keys.len()).map(part).collect()
}

/// What is found; inside a word where `inside` says so, if at all.
fn search(
    automaton: &Automaton,
    keys: &[Vec<u8>],
    haystack: &[u8],
    leading: bool,
    inside: Option<fn(usize) -> bool>,
) -> Found {
    let packed: Vec<u32> = packed(keys).into_iter().map(KeyParts::pack).collect();
    let place = |inside: fn(usize) -> bool| move |(at, &symbol)| foreign(symbol) | if inside(at) { INSIDE } else { 0 };
    let places = inside.map(|inside| haystack.iter().enumerate().map(place(inside)).collect::<Vec<u32>>());
    let symbols = [haystack, &[0; PADDING]].concat();
    let mut found = Vec::new();
    automaton.each(&packed, &symbols, places.as_deref(), leading, |key, start, end| {
        found.push((key.first, start, end));
    });
    // Keys of the same hash are told apart by what looks closer.
    found.retain(|&(key, start, end)| haystack.get(start..end) == Some(&keys[key]));
    // Terms rely on it: starts are in order, but for less than a key.
    let longest = keys.iter().map(Vec::len).max().unwrap_or(0);
    let mut last = 0;
    let in_order = found.iter().all(|&(_, start, _)| {
        last = last.max(start);
        start + longest > last
    });
    assert!(in_order, "out of order by a key or more: {found:?}");
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

fn stored(keys: &[Vec<u8>]) -> Automaton {
    let table = KeyTable::new(keys.iter().map(Vec::as_slice).zip(packed(keys)));
    Automaton::Stored(table.expect("not too many"))
}

fn agree(keys: &BTreeSet<Vec<u8>>, haystack: &[u8]) -> Result<(), TestCaseError> {
    let cut = |key: &Vec<u8>| key[..key_len(key.len())].to_vec();
    let mut keys: Vec<Vec<u8>> = keys.iter().map(cut).collect::<BTreeSet<_>>().into_iter().collect();
    keys.sort_by_key(|key| key_order(key));
    let all = naive(&keys, haystack);
    let stored = stored(&keys);
    prop_assert_eq!(search(&stored, &keys, haystack, false, None), &all[..], "stored");
    // Only those asked for: open to the left at every third place, and leading. More may be found.
    let inside = |start: usize| start.is_multiple_of(3);
    for leading in [false, true] {
        let is_asked_for = |&(number, start, _): &(usize, usize, usize)| {
            (!leading || hints(number) & LEADING != 0) && (!inside(start) || hints(number) & OPEN_LEFT != 0)
        };
        let mut some = search(&stored, &keys, haystack, leading, Some(inside));
        some.retain(is_asked_for);
        let wanted: Found = all.iter().copied().filter(is_asked_for).collect();
        prop_assert_eq!(some, wanted, "of some kinds, leading {}", leading);
    }
    let built = Automaton::new(&keys).expect("not too many");
    prop_assert_eq!(search(&built, &keys, haystack, false, None), all, "the crate's");
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
    fn few_letters((keys, haystack) in over(2, LONGEST_KEY)) {
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

    /// A text made of the keys themselves: all overlap.
    #[test]
    fn texts_of_keys((keys, _) in over(3, LONGEST_KEY), picked in prop::collection::vec(any::<prop::sample::Index>(), 0..20)) {
        let all: Vec<&Vec<u8>> = keys.iter().collect();
        let haystack = picked.iter().filter(|_| !all.is_empty()).flat_map(|index| all[index.index(all.len())].clone());
        agree(&keys, &haystack.collect::<Vec<u8>>())?;
    }
}

/// Zeros follow a text, and with them a key looks like a longer one of the same symbols.
#[test]
fn no_key_is_taken_for_a_longer_one() {
    let wrong: Vec<_> = (1..=u8::MAX)
        .filter(|&symbol| {
            let mut found = Vec::new();
            let text = [symbol, 0, 0, 0, 0, 0, 0, 0];
            stored(&[vec![symbol]]).each(&[], &text, None, false, |key, start, end| {
                found.push((key.first, start, end));
            });
            found != [(0, 0, 1)]
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn no_key_is_found_nowhere() {
    let nowhere = |automaton: &Automaton, haystack: &[u8]| search(automaton, &[], haystack, false, None);
    assert_eq!(nowhere(&stored(&[]), b"abc"), []);
    assert_eq!(nowhere(&Automaton::default(), b"abc"), []);
    assert_eq!(nowhere(&Ruleset::builtin().layers()[0].automaton, b""), []);
}

#[test]
fn keys_with_near_hashes_fit_a_small_table() {
    let keys = BTreeSet::from([vec![1], vec![113, 137], vec![141, 199]]);
    agree(&keys, &[113, 137, 1, 141, 199]).expect("the table finds what the naive search does");
}
