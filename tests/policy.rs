//! The operator's policy: rooms, roles, observation, links, and what the sender can not do about them.
#![allow(clippy::unwrap_used)]

use room_review::event::ReviewRequest;
use room_review::review::{Decision, review};
use room_review::rules::Ruleset;
use serde_json::{Value, json};
use std::path::PathBuf;

const ROOM: &str = "arn:aws:ivschat:us-west-2:123456789012:room/g1H2I3j4k5L6";

/// The built-in rules under a policy of the test's own.
fn under(name: &str, files: &[(&str, &str)]) -> Ruleset {
    let dir = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&dir);
    for (file, text) in files {
        let path = dir.join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    Ruleset::load(Some(&dir)).unwrap_or_else(|mistakes| panic!("{mistakes}"))
}

/// "allow", "deny: reason", or the new content.
fn verdict(rules: &Ruleset, request: &Value) -> String {
    let json = request.to_string();
    let request = ReviewRequest::from_json(&json).unwrap();
    match review(rules, &request).decision {
        Decision::Allow => "allow".into(),
        Decision::Deny { .. } => "deny".into(),
        Decision::Rewrite { content, .. } => content.unwrap_or_else(|| "attributes".into()),
    }
}

fn message(content: &str) -> Value {
    json!({"Content": content, "RoomArn": ROOM, "Sender": {"UserId": "u", "Attributes": {}}})
}

fn from_role(content: &str, role: &str) -> Value {
    json!({"Content": content, "RoomArn": ROOM, "Sender": {"UserId": "u", "Attributes": {"role": role}}})
}

#[test]
fn a_room_can_differ() {
    let policy = "[[rooms]]\narn = \"arn:aws:ivschat:*:room/g1H*\"\nactions = { link = \"mask\", profanity = \"allow\" }\n\
                  links = { allow = [\"example.com\"] }\n";
    let rules = under("room", &[("policy.toml", policy)]);
    assert_eq!(verdict(&rules, &message("what the fuck")), "allow");
    assert_eq!(verdict(&rules, &message("see https://example.com/x")), "allow");
    assert_eq!(verdict(&rules, &message("see https://evil.com")), "see ****************");
    let mut elsewhere = message("what the fuck");
    elsewhere["RoomArn"] = json!("arn:aws:ivschat:us-west-2:123456789012:room/other");
    assert_eq!(verdict(&rules, &elsewhere), "what the ****");
}

#[test]
fn a_role_counts_only_where_the_application_says_it() {
    let rules = Ruleset::builtin();
    let link = "see https://evil.com";
    assert_eq!(verdict(&rules, &message(link)), "deny");
    assert_eq!(verdict(&rules, &from_role(link, "moderator")), "allow");
    assert_eq!(verdict(&rules, &from_role(link, "viewer")), "deny");
    let mut claimed = message(link);
    claimed["Attributes"] = json!({"role": "moderator"});
    assert_eq!(verdict(&rules, &claimed), "deny");
}

#[test]
fn observing_lets_everything_through_and_still_records() {
    let rules = under("observe", &[("policy.toml", "mode = \"observe\"\n")]);
    let json = message("fuck https://evil.com").to_string();
    let verdict = review(&rules, &ReviewRequest::from_json(&json).unwrap());
    assert_eq!(verdict.decision, Decision::Allow);
    assert!(verdict.findings.len() >= 2, "{:?}", verdict.findings);
    assert_eq!(of_too_long_a_message(&rules), "allow");
    assert_eq!(of_too_long_a_message(&Ruleset::builtin()), "deny");
}

fn of_too_long_a_message(rules: &Ruleset) -> String {
    verdict(rules, &message(&"long ".repeat(60_000)))
}

#[test]
fn rules_can_be_disabled_one_by_one_and_by_group() {
    let rules = under("disable", &[("policy.toml", "disable = [\"en.profanity\"]\n")]);
    assert_eq!(verdict(&rules, &message("what the fuck")), "allow");
    let alone = under("alone", &[("policy.toml", "builtin = false\n")]);
    assert_eq!(verdict(&alone, &message("what the fuck")), "allow");
}

#[test]
fn an_operators_words_get_the_same_defences() {
    let pack = "language = \"en\"\ncategory = \"profanity\"\n[[rule]]\nid = \"own.word\"\nseverity = \"strong\"\n\
                terms = [\"frobnicate\"]\nhits = [\"|frobnicate|\"]\nmisses = [\"frob\"]\nwhy = \"A test.\"\n";
    let rules = under("own", &[("terms/own.toml", pack)]);
    for disguised in
        ["frobnicate", "f.r.o.b.n.i.c.a.t.e", "FR0BN1C4TE", "ｆｒｏｂｎｉｃａｔｅ", "froooobnicate", "frobn*cate"]
    {
        let masked = "*".repeat(disguised.chars().count());
        assert_eq!(verdict(&rules, &message(&format!("so {disguised} it"))), format!("so {masked} it"));
    }
}

#[test]
fn hosts_of_the_operator_replace_the_built_in_ones() {
    let rules = under("links", &[("links/own.toml", "allow = [\"example.org\"]\n")]);
    assert_eq!(verdict(&rules, &message("https://example.org/a")), "allow");
    assert_eq!(verdict(&rules, &message("https://www.twitch.tv/a")), "deny");
}

#[test]
fn attributes_are_text_unless_the_policy_says_otherwise() {
    let mut request = message("hello");
    request["Attributes"] = json!({"name": "fuck", "avatar": "https://cdn.evil.com/a.png"});
    assert_eq!(verdict(&Ruleset::builtin(), &request), "deny");
    let rules = under("attributes", &[("policy.toml", "attributes_not_text = [\"avatar\"]\n")]);
    assert_eq!(verdict(&rules, &request), "attributes");
}

#[test]
fn a_policy_says_only_what_differs() {
    let policy = "[actions]\nprofanity = { mild = \"mask\" }\nlink = { mild = \"allow\" }\n[[rooms]]\narn = \"*/g1H*\"\n\
                  actions = { profanity = { strong = \"deny\" } }\n";
    let rules = under("differs", &[("policy.toml", policy)]);
    let mut elsewhere = message("what the hell");
    elsewhere["RoomArn"] = json!("arn:aws:ivschat:us-west-2:123456789012:room/other");
    assert_eq!(verdict(&rules, &elsewhere), "what the ****");
    assert_eq!(verdict(&rules, &message("what the hell")), "what the ****");
    assert_eq!(verdict(&rules, &message("what the fuck")), "deny");
    assert_eq!(verdict(&rules, &message("see https://evil.com")), "deny");
}
