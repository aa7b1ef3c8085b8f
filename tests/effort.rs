//! What asks for more steps of looking closely than any honest message does: denied where looking stopped, and nothing else is
//! judged otherwise because of that.

mod support;

use proptest::prelude::*;
use room_review::event::{Attributes, ReviewRequest, Sender};
use room_review::review::{Decision, Verdict, review};
use room_review::rules::Ruleset;
use std::path::PathBuf;
use std::sync::LazyLock;
use support::messages::{cases, disguised, found};

static BUILTIN: LazyLock<Ruleset> = LazyLock::new(Ruleset::builtin);
static BOUNDLESS: LazyLock<Ruleset> = LazyLock::new(|| under("boundless", "disable = [\"flood.terms\"]\n"));

/// The built-in rules under a policy of the test's own.
fn under(name: &str, policy: &str) -> Ruleset {
    let dir = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("effort-{name}"));
    std::fs::create_dir_all(&dir).expect("a folder");
    std::fs::write(dir.join("policy.toml"), policy).expect("a file");
    Ruleset::load(Some(&dir)).unwrap_or_else(|mistakes| panic!("{mistakes}"))
}

fn request(content: &str) -> ReviewRequest<'_> {
    ReviewRequest { content: content.into(), ..ReviewRequest::default() }
}

fn stopped(verdict: &Verdict<'_>) -> bool {
    verdict.findings.iter().any(|finding| finding.rule == "flood.terms")
}

/// A piece over and over, to 500 code points.
fn full(piece: &str) -> String {
    piece.chars().cycle().take(500).collect()
}

const TOO_MUCH: [&str; 7] =
    ["f*ck sh*t ", "ʞɔnɟ ", "f.v.c.k $h1t ", "d*mn h*ll cr*p ", "followers viewers ", "操你妈 傻逼 ", "시발 병신 "];

const ENOUGH: [&str; 7] = [
    "what a lovely stream tonight ",
    "hak-hak dan kebebasan-kebebasan yang benar-benar timbul ",
    "1!|l",
    "so f*ck this sh*t, you b*tch and you c*nt, what a d*ck he was, the b*stard and his wh*re, some a*shole and a tw*t, p*ssy and c*ck, \
     f*cking hell, all the f*ckers are sh*tty and b*tchy, and nobody in this room wants to hear one more word about any of them tonight, \
     so let us talk about the game instead, shall we, it was a very long evening and the boss was not easy for any of us, but we made it \
     in the end and I am happy with it, see you all again tomorrow at the same time, bye for now everybody, and good night to you all, \
     ",
    "a.co.",
    "kill the boss, then go home ",
    "fuck shit bitch asshole bastard wanker bollocks and so it went on and on with nothing more to say about the rest of it, was it ",
];

#[test]
fn what_asks_for_too_much_is_denied_as_flooding() {
    let spam = BUILTIN.policy().reason(None, room_review::detect::Category::Flood);
    let mut wrong = Vec::new();
    for (pieces, too_much) in [(&TOO_MUCH[..], true), (&ENOUGH, false)] {
        for content in pieces.iter().map(|piece| full(piece)) {
            let request = request(&content);
            let verdict = review(&BUILTIN, &request);
            let whole =
                verdict.findings.iter().find(|finding| finding.rule == "flood.terms").map(|finding| finding.span);
            let is_whole = whole.is_none_or(|span| (span.start, span.end) == (0, content.len()));
            let denied = matches!(&verdict.decision, Decision::Deny { reason } if reason == spam);
            let looked_at_to_the_end = !stopped(&review(&BOUNDLESS, &request));
            if stopped(&verdict) != too_much || too_much && !denied || !is_whole || !looked_at_to_the_end {
                wrong.push(format!("{content:.30?}: {} findings, {:?}", verdict.findings.len(), verdict.decision));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Nobody's message is let through of which only a part was looked at.
#[test]
fn where_flooding_is_allowed_looking_does_not_stop() {
    let content = full("f*ck sh*t ");
    let policies = [
        ("off", "disable = [\"flood\"]\n"),
        ("allowed", "[actions]\nflood = \"allow\"\n"),
        ("rule", "[rules]\n\"flood.terms\" = \"allow\"\n"),
        ("room", "[[rooms]]\narn = \"*\"\nactions = { flood = \"allow\" }\n"),
    ];
    let mut wrong = Vec::new();
    for (name, policy) in policies {
        let rules = under(name, policy);
        let verdict = review(&rules, &request(&content));
        let masked = matches!(&verdict.decision, Decision::Rewrite { content: Some(new), .. } if !new.contains('f'));
        if stopped(&verdict) || !masked {
            wrong.push(format!("{name}: {:?}", verdict.decision));
        }
    }
    let sender = Sender { attributes: Attributes::new(vec![("role".into(), "moderator".into())]), ..Sender::default() };
    let verdict = review(&BUILTIN, &ReviewRequest { sender, ..request(&content) });
    if stopped(&verdict) || !matches!(verdict.decision, Decision::Rewrite { .. }) {
        wrong.push(format!("moderator: {:?}", verdict.decision));
    }
    let observed = under("observe", "mode = \"observe\"\n");
    let verdict = review(&observed, &request(&content));
    if !stopped(&verdict) || verdict.decision != Decision::Allow {
        wrong.push(format!("observe: {:?}", verdict.decision));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Content and attributes share the steps of the message.
#[test]
fn attributes_bring_no_steps_but_those_of_their_own_length() {
    let piece = "f*ck sh*t ".repeat(2);
    let attributes = |count: usize| {
        Attributes::new((0..count).map(|number| (format!("k{number}").into(), piece.clone().into())).collect())
    };
    let is_stopped =
        |count| stopped(&review(&BUILTIN, &ReviewRequest { attributes: attributes(count), ..request("hi") }));
    assert_eq!([1, 3, 40].map(is_stopped), [false, false, true]);
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn what_does_not_ask_for_too_much_is_judged_as_without_a_bound(
        pieces in prop::collection::vec(disguised(found(), 2), 1..60),
    ) {
        let content = pieces.join(" ");
        let verdict = review(&BUILTIN, &request(&content));
        prop_assert_eq!(&verdict, &review(&BUILTIN, &request(&content)));
        if stopped(&verdict) {
            let denied = matches!(verdict.decision, Decision::Deny { .. });
            prop_assert!(denied, "{verdict:?}");
        } else {
            prop_assert_eq!(verdict, review(&BOUNDLESS, &request(&content)));
        }
    }
}
