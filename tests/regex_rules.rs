//! Regular expressions of an operator's rules: what they find, and which are refused.
#![allow(clippy::unwrap_used)]

use room_review::event::ReviewRequest;
use room_review::lint::lint;
use room_review::review::{Decision, review};
use room_review::rules::Ruleset;
use serde_json::json;
use std::path::PathBuf;

/// A folder with one pack of these lines.
fn folder(name: &str, rule: &str) -> PathBuf {
    let dir = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&dir);
    std::fs::create_dir_all(dir.join("terms/en")).unwrap();
    let pack = format!(
        "language = \"en\"\ncategory = \"profanity\"\n\n[[rule]]\nid = \"house.promo\"\nseverity = \"strong\"\n{rule}\n"
    );
    std::fs::write(dir.join("terms/en/house.toml"), pack).unwrap();
    dir
}

const PROMO: &str = r#"terms = ["promo", "voucher"]
regex = ['\b(promo|voucher)[- ]?(code)?[: ]+[a-z0-9]{6,12}\b', 'promo-[0-9]+']
except = ["promo code example1"]
unless_near = ["museum"]
hits = ["use |promo code: SAVE2025|", "|voucher ABCDEF12| works", "|promo-77|"]
misses = ["is there a promo code?"]
why = "Codes of shops that did not ask.""#;

#[test]
fn what_matches_around_a_term_is_found() {
    let dir = folder("regex", PROMO);
    let rules = Ruleset::load(Some(&dir)).unwrap_or_else(|mistakes| panic!("{mistakes}"));
    let mistakes = lint(&dir).mistakes;
    assert!(mistakes.is_empty(), "{mistakes:?}");
    let wrong: Vec<String> = [
        ("take |promo code: SAVE2025| now", "each match is masked whole"),
        ("take |PROMO SAVE2025|, |voucher abcdef12|", "capitals do not matter"),
        ("is there a promo code?", "the term without a match"),
        ("SAVE2025 is a code", "no term"),
        ("unpromo abcdefg", "the term is a piece of a word"),
        ("promo code example1", "an exception covers the match"),
        ("promo SAVE2025 at the museum", "unless_near"),
        ("|promo-1| |promo-2| |promo-3|", "every match"),
        ("ünï |promo-1| çödé", "bytes are no letters"),
    ]
    .into_iter()
    .filter_map(|(drawn, what)| {
        let content = drawn.replace('|', "");
        let masked =
            |(at, piece): (usize, &str)| if at % 2 == 1 { "*".repeat(piece.chars().count()) } else { piece.to_owned() };
        let want: String = drawn.split('|').enumerate().map(masked).collect();
        let json = json!({"Content": content, "Sender": {"UserId": "u"}}).to_string();
        let got = match review(&rules, &ReviewRequest::from_json(&json).unwrap()).decision {
            Decision::Allow => content,
            Decision::Deny { .. } => "denied".to_owned(),
            Decision::Rewrite { content, .. } => content.unwrap_or_default(),
        };
        (got != want).then(|| format!("{what}: {want:?}, got {got:?}"))
    })
    .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn mistakes_are_named_with_file_line_and_rule() {
    let rest = "hits = [\"use |promo code1|\"]\nmisses = [\"x\"]\nwhy = \"A test.\"";
    // `terms`, `regex`, and what is said.
    let wrong: Vec<String> = [
        ("'promo'", "'('", "can not be used"),
        ("'promo'", "'(promo)?'", "matches where nothing stands"),
        ("'promo'", "'promo (?:[a-z]{0,90}){90}'", "can not be used"),
        ("'promo'", "'promo(?= code1)'", "can not be used"),
        ("'promo'", "'(promo|sale) code1'", "none of the rule's terms stands in"),
        ("'promo', 'sale'", "'promo code1'", "no example of `hits` has this term"),
        ("'promo'", "'promo code1', 'promo code2'", "no example of `hits` shows"),
    ]
    .into_iter()
    .enumerate()
    .filter_map(|(at, (terms, regex, want))| {
        let rule = format!("terms = [{terms}]\nregex = [{regex}]");
        let dir = folder(&format!("regex-{at}"), &format!("{rule}\n{rest}"));
        let got: Vec<String> = lint(&dir).mistakes.iter().map(ToString::to_string).collect();
        let named =
            |line: &String| line.contains("house.toml:") && line.contains("[house.promo]") && line.contains(want);
        (!got.iter().any(named)).then(|| format!("{rule}\n  wanted {want:?}, got {got:#?}"))
    })
    .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
