//! What holds for every message and every set of rules. `PROPTEST_CASES=100000 cargo test --release --test properties` tries more.

mod support;

use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::TestRunner;
use room_review::event::{Attributes, ReviewRequest, Sender};
use room_review::lint::lint;
use room_review::review::review;
use room_review::rules::{Mistakes, RuleSource, Ruleset, Spanned, terms_of};
use room_review::text::{Span, Text};
use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::{fmt, fs};
use support::messages::{PACKS, attributes, cases, disguised, message};
use support::promises::keeps;
use support::rulesets::files;

static BUILTIN: LazyLock<Ruleset> = LazyLock::new(Ruleset::builtin);

fn request<'a>(content: &'a str, attributes: Option<&'a [(String, String)]>) -> ReviewRequest<'a> {
    let pairs = |pairs: &'a [(String, String)]| {
        Attributes::new(pairs.iter().map(|(key, value)| (key.into(), value.into())).collect())
    };
    ReviewRequest {
        content: content.into(),
        attributes: attributes.map(pairs).unwrap_or_default(),
        ..Default::default()
    }
}

fn role(role: &str) -> Sender<'_> {
    Sender { attributes: Attributes::new(vec![("role".into(), role.into())]), ..Sender::default() }
}

proptest! {
    #![proptest_config(cases(600))]

    #[test]
    fn every_review_keeps_its_promises(content in message(), attributes in attributes(), moderator in any::<bool>()) {
        let mut request = request(&content, attributes.as_deref());
        if moderator {
            request.sender = role("moderator");
        }
        prop_assert_eq!(keeps(&BUILTIN, &request), Ok(()));
    }

    #[test]
    fn folding_is_idempotent(content in message()) {
        prop_assert_eq!(folded(&folded(&content)), folded(&content));
    }
}

fn folded(content: &str) -> String {
    Text::fold(content).glyphs.iter().map(|glyph| glyph.ch).collect()
}

#[test]
fn folding_any_character_twice_is_folding_it_once() {
    let wrong: Vec<char> = ('\0'..=char::MAX)
        .filter(|c| {
            let once = folded(c.encode_utf8(&mut [0; 4]));
            folded(&once) != once
        })
        .collect();
    assert!(wrong.is_empty(), "{} characters: {:?}", wrong.len(), &wrong[..wrong.len().min(50)]);
}

/// Messages that nobody minds, in which no rule finds anything.
const HARMLESS: [&str; 8] = [
    "see you all tomorrow",
    "that was a great match",
    "what a lovely stream tonight",
    "thanks for the follow everyone",
    "the second half begins now",
    "never have we seen anything like it",
    "they really deserve this win",
    "happy birthday to the whole team",
];

/// A rule that a failure shows by its id.
#[derive(Clone, Copy)]
struct Rule(&'static RuleSource);

impl fmt::Debug for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.id.get_ref())
    }
}

/// An example of an English rule that is `fit`, and for which other languages and what stands around do not matter.
fn hit(fit: fn(&RuleSource) -> bool) -> impl Strategy<Value = (Rule, String)> {
    let packs = PACKS.iter().filter(|pack| pack.language.get_ref() == "en");
    let rules = packs.flat_map(|pack| &pack.rules).filter(move |rule| fit(rule));
    let plain = rules.filter(|rule| {
        rule.near.is_empty()
            && rule.with.is_empty()
            && rule.unless_near.is_empty()
            && !rule.needs_language
            && !rule.alone
    });
    let examples = plain.flat_map(|rule| rule.hits.iter().map(move |hit| (Rule(rule), hit.get_ref().replace('|', ""))));
    select(examples.collect::<Vec<_>>())
}

/// Exceptions with ` ... ` cover whatever stands in their gap.
fn excepts(rule: &RuleSource) -> impl Iterator<Item = &String> {
    rule.except.iter().map(Spanned::get_ref).filter(|except| !except.contains(" ... "))
}

/// The places in the content where this rule finds something.
fn places(content: &str, Rule(rule): Rule) -> Vec<Span> {
    let findings = review(&BUILTIN, &request(content, None)).findings;
    findings.iter().filter(|finding| finding.rule == rule.id.get_ref()).map(|finding| finding.span).collect()
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn harmless_text_around_a_hit_never_hides_it(
        (rule, hit) in hit(|_| true),
        before in select(&HARMLESS[..]),
        after in select(&HARMLESS[..]),
        [left, right] in [select(&[" ", ", ", "\n", " 👍 ", "... "][..]), select(&[" ", ", ", "\n", " 👍 ", "! "][..])],
    ) {
        let alone = places(&hit, rule);
        prop_assert!(!alone.is_empty(), "{rule:?}: {hit:?}");
        let head = format!("{before}{left}");
        let content = format!("{head}{hit}{right}{after}");
        let found = places(&content, rule);
        for Span { start, end } in alone {
            let there = Span::new(start + head.len(), end + head.len());
            prop_assert!(found.contains(&there), "{rule:?} in {content:?}: {found:?}");
        }
    }

    /// The same of a disguise, if it is seen through where it stands alone.
    #[test]
    fn harmless_text_around_a_disguise_never_hides_it(
        (rule, hit) in hit(|_| true).prop_flat_map(|(rule, hit)| (Just(rule), disguised(Just(hit), 2))),
        before in select(&HARMLESS[..]),
        after in select(&HARMLESS[..]),
    ) {
        let alone = places(&hit, rule);
        let content = format!("{before}, {hit}, {after}");
        let found = places(&content, rule);
        let shift = before.len() + 2;
        for Span { start, end } in alone {
            let there = Span::new(start + shift, end + shift);
            prop_assert!(found.iter().any(|span| span.overlaps(there)), "{rule:?} in {content:?}: {found:?}");
        }
    }

    /// With what excuses a word beside it, the word is still found.
    #[test]
    fn an_exception_never_excuses_what_it_does_not_cover(
        (rule, hit) in hit(|rule| excepts(rule).next().is_some()),
        index in any::<Index>(),
        between in select(&[" ", ", ", " and ", "\n"][..]),
        first in any::<bool>(),
    ) {
        let except = excepts(rule.0).nth(index.index(excepts(rule.0).count())).expect("there is one");
        let except = terms_of(except).swap_remove(0);
        let alone = places(&hit, rule);
        let (content, shift) = if first {
            (format!("{except}{between}{hit}"), except.len() + between.len())
        } else {
            (format!("{hit}{between}{except}"), 0)
        };
        let found = places(&content, rule);
        for Span { start, end } in alone {
            let there = Span::new(start + shift, end + shift);
            prop_assert!(found.iter().any(|span| span.covers(there)), "{rule:?} in {content:?}: {found:?}");
        }
    }
}

/// What stands behind a comma or a full stop is another word than the one that is spelled out before it.
#[test]
fn a_word_of_one_letter_does_not_hide_the_spelled_word_before_it() {
    let wrong: Vec<&str> = ["n.i.g.g.e.r, I said", "s.h.i.t. I missed", "s h i t, a lot of it"]
        .into_iter()
        .filter(|content| {
            let findings = review(&BUILTIN, &request(content, None)).findings;
            findings.is_empty()
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

/// The rules as they are compiled into the binary, and the same files read from a folder.
#[test]
fn the_embedded_rules_and_those_of_the_folder_agree() {
    let mut runner = TestRunner::new(cases(300));
    let folder = folder("embedded");
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    for part in ["terms", "languages", "links"] {
        std::os::unix::fs::symlink(rules.join(part), folder.join(part)).expect("a link");
    }
    let policy = fs::read_to_string(rules.join("policy.toml")).expect("it is part of the package");
    fs::write(folder.join("policy.toml"), format!("builtin = false\n{policy}")).expect("a file");
    let read = Ruleset::load(Some(&folder)).unwrap_or_else(|mistakes| panic!("{mistakes}"));
    let agree = |content: String| {
        let request = request(&content, None);
        prop_assert_eq!(review(&BUILTIN, &request), review(&read, &request));
        Ok(())
    };
    for example in PACKS.iter().flat_map(|pack| &pack.rules).flat_map(|rule| rule.hits.iter().chain(&rule.misses)) {
        agree(example.get_ref().replace('|', "")).unwrap_or_else(|error| panic!("{error}"));
    }
    runner.run(&message(), agree).unwrap_or_else(|error| panic!("{error}"));
}

/// Rules of any kind are taken, or refused with the place of every mistake; taken, every review keeps its promises.
#[test]
fn any_rules_are_refused_or_keep_the_promises() {
    let folder = folder("any");
    fs::create_dir(folder.join("terms")).expect("a folder of ours");
    let taken = Cell::new(0);
    let messages = prop::collection::vec((message(), any::<[Index; 2]>(), select(&["", " ", "."][..])), 4);
    let tried = TestRunner::new(cases(300)).run(&(files(), messages), |(files, messages)| {
        fs::write(folder.join("terms/own.toml"), &files.pack).expect("a file");
        fs::write(folder.join("policy.toml"), &files.policy).expect("a file");
        let rules = match Ruleset::load(Some(&folder)) {
            Ok(rules) => rules,
            Err(Mistakes(mistakes)) => {
                let lines =
                    |name: &str| if name == "policy.toml" { &files.policy } else { &files.pack }.lines().count();
                for mistake in mistakes {
                    let name = mistake.file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
                    prop_assert!((1..=lines(name)).contains(&mistake.line), "{mistake}");
                }
                return Ok(());
            }
        };
        taken.set(taken.get() + 1);
        lint(&folder);
        let words: Vec<String> = files.terms.iter().flat_map(|term| terms_of(term)).chain(["x".into()]).collect();
        for (message, [one, other], between) in messages {
            let [one, other] = [one, other].map(|index| index.get(&words[..]));
            let content: String = format!("{one}{between}{other} {message}").chars().take(500).collect();
            prop_assert_eq!(keeps(&rules, &request(&content, None)), Ok(()));
        }
        Ok(())
    });
    tried.unwrap_or_else(|error| panic!("{error}"));
    println!("{} of the sets of rules were taken", taken.get());
}

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("properties").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder of ours");
    folder
}
