//! `room-review bench`: what is counted is the same everywhere, what is timed is only there.

use super::support::{folder, room_review_in};
use serde_json::Value;

#[path = "../../src/bin/room-review/bench/corpus.rs"]
#[allow(dead_code, reason = "of the generator, its kinds are not asked here")]
mod corpus;

/// One that made-up chat has, one that looks like it in places, and one that nothing there is like.
const RULES: &str = r#"language = "en"
category = "profanity"

[[rule]]
id = "house.kappa"
severity = "strong"
terms = ["pogchamp", "kappa"]
regex = ['(pogchamp|kappa)\S*']
hits = ["|pogchamp!!|", "|kappa|"]
misses = ["champ"]
why = "Seen too often."

[[rule]]
id = "house.stream"
severity = "strong"
terms = ["stream sniper"]
hits = ["you |stream sniper|"]
misses = ["what a stream"]
why = "Accusations go to the moderators."

[[rule]]
id = "house.quiet"
severity = "strong"
terms = ["voldemort"]
hits = ["say |voldemort|"]
misses = ["a volley"]
why = "He who must not be named in this room."
"#;

/// The output with the times, which differ, left out.
fn without_times(out: &str) -> String {
    out.lines().filter(|line| !line.contains("µs") && !line.contains(" ms")).collect::<Vec<_>>().join("\n")
}

#[test]
fn bench_counts_what_is_compared_and_found() {
    let dir = folder("bench", &[("mine/terms/en/house.toml", RULES)]);
    let said = room_review_in(&dir, &["bench", "mine", "--messages", "100", "--json"]);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    let all: Value = serde_json::from_str(&said.out).unwrap();
    let of = |id: &str| all["rules"].as_array().unwrap().iter().find(|one| one["rule"] == id).cloned();

    let chat: Vec<String> = corpus::Corpus::new(1).take(100).collect();
    let there = |word: &str| chat.iter().map(|content| content.matches(word).count()).sum::<usize>();
    let there_in = |content: &String| content.matches("PogChamp").count() + content.matches("Kappa").count();
    let kappa = of("house.kappa").unwrap();
    assert_eq!((&kappa["own"], &kappa["found"]), (&true.into(), &(there("PogChamp") + there("Kappa")).into()));
    let with_it = chat.iter().filter(|content| there_in(content) > 0).count();
    assert_eq!(kappa["regex_searches"], with_it, "its expression goes through each of those messages once");
    assert_eq!(of("house.quiet"), None, "no message is like it");
    assert_eq!((&all["messages"], &all["own_rules"]), (&100.into(), &3.into()));
    let mut wrong = Vec::new();
    let number = |value: &Value| value.as_u64().unwrap_or_default();
    for one in all["rules"].as_array().unwrap() {
        let of_terms: u64 = one["terms"].as_array().unwrap().iter().map(|term| number(&term["compared"])).sum();
        let [compared, found, messages] = ["compared", "found", "in_messages"].map(|key| number(&one[key]));
        if compared != of_terms || found > compared || messages > compared || messages == 0 {
            wrong.push(one.to_string());
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for (whose, key) in [("builtin", "mean_ns"), ("yours", "p99_ns"), ("builtin", "start_ns"), ("yours", "start_ns")] {
        assert!(number(&all[whose][key]) > 0, "{whose} {key}");
    }
    // What they find is masked.
    assert!(number(&all["yours"]["masked_or_denied"]) > number(&all["builtin"]["masked_or_denied"]));

    let again = room_review_in(&dir, &["--rules", "mine", "bench", "--messages", "100", "--json"]);
    assert_eq!(serde_json::from_str::<Value>(&again.out).unwrap()["rules"], all["rules"]);
}

#[test]
fn bench_says_it_in_words() {
    let dir = folder("bench-words", &[("mine/terms/en/house.toml", RULES)]);
    let said = room_review_in(&dir, &["bench", "mine", "--messages", "100", "--top", "1"]);
    assert_eq!(said.code, 0, "{}", said.err);
    for line in [
        "100 made-up messages, ",
        "built-in rules    with yours",
        "house.kappa  ",
        "house.kappa: its regular expressions went through a message ",
        "You have 3 rules. No message had",
    ] {
        assert!(said.out.contains(line), "{line}\n{}", said.out);
    }
    assert!(!said.out.contains("house.stream  "), "only the first: {}", said.out);
    let again = room_review_in(&dir, &["bench", "mine", "--messages", "100", "--top", "1"]);
    assert_eq!(without_times(&again.out), without_times(&said.out));

    let said = room_review_in(&dir, &["bench", "--messages", "100", "--top", "3"]);
    let listed = said.out.lines().filter(|line| line.contains(".profanity.")).count();
    assert!(said.code == 0 && !said.out.contains("yours") && listed > 0, "{}", said.out);
}

#[test]
fn bench_does_without_what_is_not_there() {
    let dir = folder(
        "bench-without",
        &[
            ("alone/terms/en/house.toml", RULES),
            ("alone/policy.toml", "builtin = false\n"),
            ("policy/policy.toml", "disable = [\"profanity\"]\n"),
            ("empty/policy.toml", "builtin = false\n"),
            ("wrong/terms/en/house.toml", "language = \"xx\"\n"),
        ],
    );
    // The folder, the exit code, the number of own rules that are listed, and whether built-in ones are.
    let cases = [
        ("alone", 0, 1, false),
        ("policy", 0, 0, true),
        ("empty", 0, 0, false),
        ("wrong", 2, 0, false),
        ("none", 2, 0, false),
    ];
    let mut wrong = Vec::new();
    for (name, code, own, builtin) in cases {
        let said = room_review_in(&dir, &["bench", name, "--messages", "50", "--json"]);
        let all: Value = serde_json::from_str(&said.out).unwrap_or_default();
        let empty = Vec::new();
        let rules = all["rules"].as_array().unwrap_or(&empty);
        let listed = rules.iter().filter(|one| one["own"] == true).count();
        let theirs = rules.iter().any(|one| one["own"] == false);
        if said.code != code
            || listed < own
            || own == 0 && listed > 0
            || theirs != builtin
            || (code == 2) == said.err.is_empty()
        {
            wrong.push(format!("{name}: {} {listed} {theirs} {}", said.code, said.err));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
