//! The made-up chat is what its documentation says.

#[path = "../src/bin/room-review/bench/corpus.rs"]
mod corpus;

use corpus::{Corpus, Kind};

#[test]
fn the_same_seed_gives_the_same_messages() {
    let messages = |seed| Corpus::new(seed).take(100).collect::<Vec<_>>();
    assert_eq!(messages(1), messages(1));
    assert_ne!(messages(1), messages(2));
}

#[test]
fn messages_have_the_lengths_and_the_kinds_of_a_chat() {
    let (mut corpus, mut message) = (Corpus::new(1), String::new());
    let messages: Vec<(Kind, usize)> =
        (0..10_000).map(|_| (corpus.next_into(&mut message), message.chars().count())).collect();
    let per_mille = |count: &dyn Fn(Kind, usize) -> bool| {
        messages.iter().filter(|&&(kind, length)| count(kind, length)).count() / 10
    };
    let mut wrong = Vec::new();
    for (what, share, least, most) in [
        ("5 to 500 characters", per_mille(&|_, length| (5..=500).contains(&length)), 1000, 1000),
        ("5 to 80 characters", per_mille(&|_, length| (5..=80).contains(&length)), 800, 950),
        ("over 200 characters", per_mille(&|_, length| length > 200), 20, 60),
        ("profane", per_mille(&|kind, _| matches!(kind, Kind::Profane | Kind::Disguised)), 90, 110),
        ("link", per_mille(&|kind, _| kind == Kind::Link), 40, 60),
        ("other script", per_mille(&|kind, _| kind == Kind::OtherScript), 90, 110),
    ] {
        if !(least..=most).contains(&share) {
            wrong.push(format!("{what}: {share} per mille, not {least} to {most}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
