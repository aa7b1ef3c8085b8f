//! `room-review explain`.

use super::support::{folder, room_review_in};
use serde_json::Value;

/// A pack whose rule has everything that can speak against a hit.
const PACK: &str = r#"
language = "en"
category = "profanity"

[[rule]]
id = "own.ziggle"
severity = "strong"
terms = ["ziggle", "wuzz", "buy ... zorkmids", "mivvit"]
except = ["ziggle plaza"]
hits = ["|ziggle|"]
misses = ["the ziggle plaza"]
why = "A test."

[[rule]]
id = "own.near"
severity = "strong"
terms = ["frotz"]
near = ["spell"]
unless_near = ["please"]
hits = ["a |frotz| spell"]
misses = ["frotz"]
why = "A test."

[[rule]]
id = "own.with"
severity = "strong"
terms = ["gnomes"]
with = [["sell", "trade"], ["{amount}", "whisper"]]
hits = ["i trade |gnomes|, whisper"]
misses = ["gnomes"]
why = "A test."

[[rule]]
id = "own.language"
severity = "strong"
terms = ["quax"]
needs_language = true
hits = ["what a |quax| that was"]
misses = ["quax"]
why = "A test."

[[rule]]
id = "own.off"
severity = "strong"
terms = ["plugh"]
hits = ["|plugh|"]
misses = ["plugs"]
why = "A test."

[[rule]]
id = "own.alone"
severity = "strong"
terms = ["gnusto", "77/33"]
alone = true
hits = ["|gnusto|"]
misses = ["gnusto?"]
why = "A test."

[[rule]]
id = "own.regex"
severity = "strong"
terms = ["xyzzy"]
regex = ['xyzzy [0-9]{3}']
except = ["xyzzy 000"]
hits = ["|xyzzy 123|"]
misses = ["xyzzy 12"]
why = "A test."
"#;

#[test]
fn says_of_every_candidate_why_it_is_none() {
    let dir = folder("rejected", &[("terms/own.toml", PACK), ("policy.toml", "disable = [\"own.off\"]\n")]);
    // The message, and the rule, the reason and the explanation of what is no hit.
    let cases = [
        ("ziggle", "hit"),
        ("ziggler's", "own.ziggle edges: \"ziggle\" is only a piece of \"ziggler\""),
        ("z1gg13", "hit"),
        ("2166!3", "own.ziggle symbols: too few letters for \"ziggle\": digits and symbols alone mean something else"),
        ("the ziggle plaza", "own.ziggle except: the rule's exception \"ziggle plaza\" covers it"),
        ("so wuz ziggle", "hit"),
        ("buy some zorkmids", "hit"),
        ("zorkmids", "own.ziggle parts: \"zorkmids\" is only a part of the phrase, and the rest is not there"),
        ("a frotz spell", "hit"),
        ("frotz", "own.near near: none of the words in the rule's `near` stands within eight words"),
        (
            "a frotz spell please",
            "own.near unless_near: \"please\" stands near it, which is in the rule's `unless_near`",
        ),
        ("gnomes", "own.with with: nothing of group 1 of the rule's `with` stands around it"),
        ("trade gnomes", "own.with with: nothing of group 2 of the rule's `with` stands around it"),
        ("20 bucks for gnomes, i sell them", "hit"),
        ("5€, trade: my best gnomes", "hit"),
        ("i trade 5 gnomes", "own.with with: nothing of group 2 of the rule's `with` stands around it"),
        ("w h i s p e r if you tr4de gnomes", "hit"),
        ("quax", "own.language language: the message is in another language, where it is harmless"),
        ("plugh", "own.off off: the rule is disabled"),
        ("kiwu zzz", "own.ziggle edges: \"wuzz\" lies across the words \"kiwu zzz\""),
        ("GNUSTO, gnusto! 🔥", "hit"),
        ("gnusto it", "own.alone alone: the rule counts only as the whole message, which is no question and no amount"),
        ("gnusto?", "own.alone alone: the rule counts only as the whole message, which is no question and no amount"),
        ("77/33!", "hit"),
        ("77.33", "own.alone alone: the rule counts only as the whole message, which is no question and no amount"),
        ("77 33 €", "own.alone alone: the rule counts only as the whole message, which is no question and no amount"),
        ("xyzzy 123", "hit"),
        ("xyzzy 12", "own.regex regex: no regular expression of the rule matches around \"xyzzy\""),
        ("xyzzy 000", "own.regex except: the rule's exception \"xyzzy 000\" covers it"),
        ("nothing here", "nothing"),
    ];
    let mut wrong = Vec::new();
    for (message, expected) in cases {
        let said = room_review_in(&dir, &["explain", "--rules", ".", "--rule", "own", "--json", message]);
        let all: Value = serde_json::from_str(&said.out).unwrap();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let rejected = all["rejected"].as_array().unwrap().first();
        let got = match rejected {
            _ if !all["hits"].as_array().unwrap().is_empty() => "hit".to_owned(),
            Some(one) => format!("{} {}: {}", text(&one["rule"]), text(&one["why"]), text(&one["because"])),
            None => "nothing".to_owned(),
        };
        if got != expected {
            wrong.push(format!("{message:?}: {got}\n   expected {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn shows_hits_and_no_hits_and_the_decision() {
    let dir = folder("explained", &[("terms/own.toml", PACK)]);
    let said = room_review_in(&dir, &["explain", "--rules", ".", "ZIGGLE at the ziggle plaza"]);
    assert_eq!(
        said.out,
        "content  \"ZIGGLE at the ziggle plaza\"\n\
         folded   \"ziggle at the ziggle plaza\"\n\
         hits     1\n        \
         own.ziggle: profanity, strong, mask: Content 0..6 \"ZIGGLE\"\n\
         no hits  1\n        \
         own.ziggle: Content 14..20 \"ziggle\": the rule's exception \"ziggle plaza\" covers it\n\
         verdict  REWRITE \"****** at the ziggle plaza\"\n"
    );
    let said = room_review_in(&dir, &["explain", "--rules", ".", "--json", "frotz spell"]);
    let all: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(all["verdict"], "REWRITE");
    assert_eq!(all["response"]["Content"], "***** spell");
    assert_eq!(all["hits"][0]["rule"], "own.near");
}
