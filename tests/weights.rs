//! Messages whose words together are those of scams, though no other rule names them.

use room_review::detect::weights;
use room_review::event::ReviewRequest;
use room_review::review::{Decision, review};
use room_review::rules::Ruleset;
use room_review::text::{Text, tokens};

/// The rules that find something in a message.
fn found<'r>(rules: &'r Ruleset, content: &str) -> Vec<&'r str> {
    let request = ReviewRequest { content: content.into(), ..ReviewRequest::default() };
    review(rules, &request).findings.iter().map(|finding| finding.rule).collect()
}

#[test]
fn offers_that_no_phrase_names_are_found() {
    let cases = [
        "i can teach u my vip strategy, inbox me on whatsapp",
        "I  CAN  TEACH  U  MY  VIP  STRATEGY,  INBOX  ME  ON  WHATSAPP",
        "i can teach u my v\u{200b}ip strategy, i n b o x me on whatsapp",
    ];
    let rules = Ruleset::builtin();
    let wrong: Vec<_> = cases.iter().filter(|content| found(&rules, content) != [weights::RULE]).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_same_words_by_themselves_are_none() {
    let cases = [
        "whatsapp",
        "inbox inbox inbox inbox inbox inbox inbox inbox",
        "my teacher asked for our strategy on the whatsapp group",
        "they gave me a vip ticket for my birthday",
        "i told my mom not to inbox people on whatsapp",
        "",
    ];
    let rules = Ruleset::builtin();
    let wrong: Vec<_> = cases.iter().filter(|content| found(&rules, content).contains(&weights::RULE)).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Every line was learned from, so this is no measure of what is found of others: it holds the weights to the messages.
#[test]
fn the_weights_are_those_of_the_messages() {
    let rules = Ruleset::builtin();
    let is_enough = |line: &&str| {
        let mut scale = weights::Scale::of(rules.weights());
        tokens(&Text::fold(line)).for_each(|token| _ = scale.put(token.key));
        scale.is_enough()
    };
    let share = |lines: &str| {
        let lines: Vec<&str> = lines.lines().filter(|line| !line.starts_with("# ")).collect();
        (lines.iter().filter(|line| is_enough(line)).count(), lines.len())
    };
    let (scams, of_scams) = share(include_str!("../rules/weights/scams.txt"));
    let (chat, of_chat) = share(include_str!("../rules/weights/chat.txt"));
    assert!(scams * 100 > of_scams * 55, "{scams} of {of_scams} scams");
    assert!(chat * 2000 < of_chat, "{chat} of {of_chat} messages that are none");
}

#[test]
fn a_policy_turns_it_off_or_over() {
    let message = "i can teach u my vip strategy, inbox me on whatsapp";
    let cases = [
        ("disable = [\"scam.words\"]", "ALLOW"),
        ("[rules]\n\"scam.words\" = \"allow\"", "ALLOW"),
        ("[actions]\nscam = \"mask\"", "DENY"),
        ("builtin = false", "ALLOW"),
        ("", "DENY"),
    ];
    let dir = tempfile::tempdir().expect("a temporary folder");
    let mut wrong = Vec::new();
    for (policy, want) in cases {
        std::fs::write(dir.path().join("policy.toml"), policy).expect("it is writable");
        let rules = Ruleset::load(Some(dir.path())).expect("the policy is right");
        let request = ReviewRequest { content: message.into(), ..ReviewRequest::default() };
        let decision: Decision = review(&rules, &request).decision;
        if decision.name() != want {
            wrong.push((policy, decision));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
