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

/// "allow", "deny", or the new content.
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

/// Each policy, a message, and what becomes of it.
const CASES: &[(&str, &str, &str)] = &[
    // An action by id, by group, by category; the longest name counts.
    ("[rules]\n\"en.profanity.fuck\" = \"deny\"", "what the fuck", "deny"),
    ("[rules]\n\"en.profanity.fuck\" = \"allow\"", "what the fuck", "allow"),
    ("[rules]\n\"en.profanity\" = \"deny\"", "what the fuck", "deny"),
    ("[rules]\nprofanity = \"deny\"", "what the fuck", "deny"),
    ("[rules]\nprofanity = \"deny\"\n\"en.profanity.fuck\" = \"allow\"", "what the fuck", "allow"),
    ("[rules]\nprofanity = \"deny\"\n\"en.profanity.fuck\" = \"allow\"", "what a bitch", "deny"),
    // A name is a whole part of an id.
    ("[rules]\n\"en.profanity.fuck\" = \"deny\"", "what a bitch", "what a *****"),
    // A severity, by which the category's action is looked up.
    ("[rules]\n\"en.profanity.fuck\" = { severity = \"mild\" }", "what the fuck", "allow"),
    ("[rules]\nprofanity = { severity = \"severe\" }", "what the hell", "deny"),
    (
        "[rules]\nprofanity = { severity = \"severe\" }\n\"en.profanity.fuck\" = \"mask\"",
        "what the fuck",
        "what the ****",
    ),
    // Rules of detectors, too.
    ("[rules]\n\"link.ip\" = \"allow\"", "http://1.2.3.4/", "allow"),
    ("[rules]\n\"link.ip\" = \"allow\"", "see example.com", "deny"),
    ("[rules]\nlink = \"remove\"", "see example.com", "see ***********"),
    ("[rules]\n\"pii.email\" = \"deny\"", "mail me at anna@example.com", "deny"),
    ("[actions]\nlink = \"remove\"", "see example.com now", "see *********** now"),
    ("[actions]\nlink = { strong = \"remove\" }", "see example.com now", "see *********** now"),
    ("disable = [\"link.ip\"]", "http://1.2.3.4/", "allow"),
    ("disable = [\"link\"]", "see example.com", "allow"),
    ("disable = [\"pii.email\"]", "mail me at anna@example.com", "allow"),
    ("disable = [\"flood.letters\"]", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "allow"),
    ("disable = [\"flood.emoji\"]", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "aaaaa"),
    ("disable = [\"flood\"]", "go go go go go go go go go go go go go go go go go go", "allow"),
    ("disable = [\"hate\"]", "you faggot", "allow"),
    // Own exceptions to rules of others, in their disguises; only what they cover is excused.
    ("[rules]\n\"en.profanity.fuck\" = { except = [\"fuck yeah\"] }", "fuck yeah", "allow"),
    ("[rules]\n\"en.profanity.fuck\" = { except = [\"fuck yeah\"] }", "FUCK  YEAH!!", "allow"),
    ("[rules]\n\"en.profanity.fuck\" = { except = [\"fuck yeah\"] }", "fuсk yеah", "allow"),
    ("[rules]\n\"en.profanity.fuck\" = { except = [\"fuck yeah\"] }", "fuck yeah, you fuck", "fuck yeah, you ****"),
    ("[rules]\n\"en.profanity.fuck\" = { except = [\"fuck yeah\"] }", "fuck you", "**** you"),
    ("[rules]\n\"en.profanity.bitch\" = { except = [\"fuck yeah\"] }", "fuck yeah", "**** yeah"),
    ("[rules]\nprofanity = { except = [\"(fuck|hell) yeah\"], action = \"deny\" }", "fuck yeah", "allow"),
    ("[rules]\nprofanity = { except = [\"(fuck|hell) yeah\"], action = \"deny\" }", "fuck you", "deny"),
    // Languages.
    ("[languages]\nde = false", "so eine scheisse", "allow"),
    ("[languages]\nall = false\nde = true", "so eine scheisse", "so eine ********"),
    ("[languages]\nall = false\nde = true", "what the fuck", "allow"),
    ("[languages]\nall = false", "see example.com", "deny"),
    // Rooms: what is said of a rule goes before what is said of a category, and the room before the rest.
    ("[[rooms]]\narn = \"*/g1H*\"\nrules = { \"en.profanity.fuck\" = \"deny\" }", "what the fuck", "deny"),
    (
        "[rules]\n\"en.profanity.fuck\" = \"deny\"\n[[rooms]]\narn = \"*\"\nactions = { profanity = \"allow\" }",
        "fuck",
        "deny",
    ),
    (
        "[rules]\n\"en.profanity.fuck\" = \"deny\"\n[[rooms]]\narn = \"*\"\nrules = { profanity = \"allow\" }",
        "fuck",
        "allow",
    ),
    ("[languages]\nall = false\n[[rooms]]\narn = \"*\"\nlanguages = { en = true }", "what the fuck", "what the ****"),
    ("[[rooms]]\narn = \"*\"\nlanguages = { en = false }", "what the fuck", "allow"),
    ("[[rooms]]\narn = \"*\"\nmode = \"observe\"", "see example.com", "allow"),
    ("mode = \"observe\"\n[[rooms]]\narn = \"*\"\nmode = \"enforce\"", "see example.com", "deny"),
    // Masks.
    ("[mask]\nstyle = \"keep-first\"", "what the fuck", "what the f***"),
    ("[mask]\nstyle = \"keep-first\"\ncharacter = \"#\"", "𝓯𝓾𝓬𝓴 off", "𝓯### off"),
    ("[mask]\nstyle = \"keep-first\"", "mail me at anna@example.com", "mail me at ****************"),
    ("[mask]\nstyle = \"keep-first\"", "f\u{301}\u{302}uck", "f\u{301}\u{302}***"),
    ("[mask]\nstyle = \"word\"\nword = \"[…]\"", "what the fuck", "what the […]"),
    ("[mask]\nstyle = \"word\"\nword = \"duck\"", "fuck the fucking thing", "duck the duck thing"),
    ("[mask]\nstyle = \"word\"\nword = \"[removed]\"", "what the fuck", "what the ****"),
    ("[mask]\nstyle = \"word\"\nword = \"[removed]\"", "mail me at anna@example.com", "mail me at [removed]"),
];

#[test]
fn what_each_policy_makes_of_a_message() {
    let mut wrong = Vec::new();
    for (number, (policy, content, expected)) in CASES.iter().enumerate() {
        let rules = under(&format!("case-{number}"), &[("policy.toml", policy)]);
        let got = verdict(&rules, &message(content));
        if got != *expected {
            wrong.push(format!("{policy}\n    {content:?} is {got:?}, expected {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What `rules/policy.toml` shows behind a `#` can be written.
#[test]
fn every_example_of_the_policy_that_ships_loads() {
    let shipped = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/rules/policy.toml")).unwrap();
    let is_code = |line: &str| line.starts_with('[') || line.split(' ').nth(1) == Some("=");
    let mut examples = 0;
    let mut uncommented = String::new();
    for line in shipped.lines() {
        let code = line.strip_prefix("# ").filter(|code| is_code(code));
        examples += usize::from(code.is_some());
        uncommented.push_str(code.unwrap_or(line));
        uncommented.push('\n');
    }
    assert!(examples >= 15, "{examples}");
    let rules = under("examples", &[("policy.toml", &uncommented)]);
    // Its example of a room only observes.
    assert_eq!(verdict(&rules, &message("you faggot")), "allow");
}

/// What the sender of a denied message is told.
fn reason(rules: &Ruleset, content: &str) -> String {
    let json = message(content).to_string();
    match review(rules, &ReviewRequest::from_json(&json).unwrap()).decision {
        Decision::Deny { reason } => reason,
        other => panic!("{content:?}: {other:?}"),
    }
}

#[test]
fn reasons_come_in_the_language_of_the_room() {
    let texts =
        "[reasons]\nscam = \"Scam.\"\n[reasons.de]\nlink = \"Kein Link.\"\n[reasons.nl]\nlink = \"Geen link.\"\n";
    let room = "[[rooms]]\narn = \"*/g1H*\"\nreasons_in = \"nl\"\n";
    let cases = [
        (texts.to_owned(), "Your message was not sent: it contains a link that is not allowed here."),
        (format!("reasons_in = \"de\"\n{texts}"), "Kein Link."),
        (format!("reasons_in = \"de\"\n{texts}{room}"), "Geen link."),
        (format!("{texts}{room}"), "Geen link."),
    ];
    let mut wrong = Vec::new();
    for (number, (policy, expected)) in cases.iter().enumerate() {
        let rules = under(&format!("reasons-{number}"), &[("policy.toml", policy)]);
        let got = reason(&rules, "see example.com");
        if got != *expected {
            wrong.push(format!("{policy}: {got:?}"));
        }
        // What a language has no text for is told in that of no language.
        let got = reason(&rules, "free followers at bigfollows dot com, dm me to earn $500 daily");
        if got != "Scam." {
            wrong.push(format!("{policy}: {got:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What stands in the place of a hit can be a hit of another rule: it is masked then, and what goes out is final.
#[test]
fn a_mask_that_is_a_hit_is_masked_again() {
    let rules = under("mask-hit", &[("policy.toml", "[mask]\nstyle = \"word\"\nword = \"shit\"\n")]);
    assert_eq!(verdict(&rules, &message("what the fuck")), "what the ****");
    let rules = under("mask-first", &[("policy.toml", "[mask]\nstyle = \"keep-first\"\n")]);
    for content in ["fuck shit bitch", "you are such a s.h.i.t", "fuckfuckfuck", "f u c k f u c k"] {
        let once = verdict(&rules, &message(content));
        assert_eq!(verdict(&rules, &message(&once)), "allow", "{content:?}: {once:?}");
        assert!(once.chars().count() <= content.chars().count(), "{content:?}: {once:?}");
    }
}
