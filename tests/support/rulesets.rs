//! Strategies of rule files: what a moderator may write, and what nobody should.

use super::messages::text;
use proptest::prelude::*;
use proptest::sample::select;
use std::fmt::Write;

/// A folder of rules: its pack, its policy, and words that its terms are made of.
#[derive(Clone, Debug)]
pub struct Files {
    pub pack: String,
    pub policy: String,
    pub terms: Vec<String>,
}

/// A text as TOML writes it.
fn quoted(text: &str) -> String {
    // JSON's escapes are TOML's, but for DEL.
    serde_json::to_string(text).expect("a string").replace('\u{7f}', "\\u007f")
}

fn list(texts: &[String]) -> String {
    format!("[{}]", texts.iter().map(|text| quoted(text)).collect::<Vec<_>>().join(", "))
}

/// Words that folding or the engine treats in a way of their own.
const WORDS: [&str; 18] = [
    "frob",
    "ass",
    "fuck",
    "aaa",
    "ab",
    "баба",
    "дурак",
    "你好",
    "ばか",
    "한글",
    "لا",
    "ज़",
    "ß",
    "ﬃ",
    "naïve",
    "ii",
    "l1l",
    "vv",
];

fn word() -> impl Strategy<Value = String> {
    // With a letter that folding leaves, and nothing that the notation of a term knows.
    let other = text(6).prop_map(|text| format!("w{}w", text.replace(['(', ')', '|', '*'], "")));
    prop_oneof![6 => "[a-e]{2,6}", 3 => select(&WORDS[..]).prop_map(str::to_owned), 1 => other]
}

fn phrase() -> impl Strategy<Value = String> {
    let optional = (word(), word()).prop_map(|(a, b)| format!("({a}|{b})"));
    let part = prop_oneof![6 => word(), 1 => optional, 1 => word().prop_map(|word| format!("({word}|)"))];
    let between = select(&[" ", " ", "", " ... "][..]);
    prop::collection::vec((part, between), 1..4).prop_map(|parts| {
        let (last, head) = parts.split_last().expect("at least one");
        head.iter().flat_map(|(part, between)| [part.as_str(), between]).chain([last.0.as_str()]).collect()
    })
}

fn term() -> impl Strategy<Value = String> {
    prop_oneof![
        60 => phrase(),
        4 => phrase().prop_map(|term| format!("{term}*")),
        4 => phrase().prop_map(|term| format!("*{term}")),
        4 => word().prop_map(|term| format!("*{term}*")),
        1 => text(12),
        1 => "[()|* .a]{0,12}",
    ]
}

fn some(most: usize) -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(term(), 0..=most)
}

/// Some rules, most of them as they should be.
pub fn files() -> impl Strategy<Value = Files> {
    let switches = (
        any::<bool>(),
        any::<bool>(),
        select(&["none", "noun", "verb"][..]),
        select(&["mild", "strong", "severe"][..]),
    );
    let rule = (prop::collection::vec(term(), 1..4), some(2), some(1), some(1), switches);
    let language = select(&["en", "de", "ru", "ja", "*", "*", "en", "en", "en", "xx"][..]);
    let rules = prop::collection::vec(rule, 1..4);
    (rules, language, policy()).prop_map(|(rules, language, policy)| {
        let mut pack = format!("language = \"{language}\"\ncategory = \"profanity\"\n");
        let mut terms = Vec::new();
        for (number, (own, except, near, unless, (glue, needs, inflect, severity))) in rules.into_iter().enumerate() {
            let _ = write!(
                pack,
                "\n[[rule]]\nid = \"own.r{number}\"\nseverity = \"{severity}\"\nterms = {}\nexcept = {}\nnear = {}\nunless_near = {}\n\
                 inflect = \"{inflect}\"\nglue = {glue}\nneeds_language = {needs}\nhits = [\"|x|\"]\nmisses = [\"y\"]\nwhy = \"\"\n",
                list(&own), list(&except), list(&near), list(&unless),
            );
            terms.extend(own.into_iter().chain(except).chain(near));
        }
        Files { pack, policy, terms }
    })
}

fn policy() -> impl Strategy<Value = String> {
    let action = || select(&["allow", "mask", "deny"][..]);
    let mask = prop_oneof![4 => Just('*'), 1 => Just('#'), 1 => Just('a'), 1 => Just('█'), 1 => any::<char>()];
    let fallback = select(&["allow", "deny"][..]);
    let style = select(
        &["", "", "style = \"keep-first\"", "style = \"word\"\nword = \"[…]\"", "style = \"word\"\nword = \"frob\""][..],
    );
    let rules = prop_oneof![
        3 => Just(String::new()),
        1 => action().prop_map(|action| format!("\"own.r0\" = \"{action}\"\nflood = \"{action}\"")),
        1 => action().prop_map(|action| format!("own = {{ severity = \"severe\" }}\n\"own.r0\" = {{ action = \"{action}\" }}")),
        2 => some(3).prop_map(|except| format!("profanity = {{ except = {}, severity = \"strong\" }}", list(&except))),
    ];
    let switches = (select(&["", "all = false", "en = false"][..]), fallback, any::<bool>());
    (mask, action(), action(), action(), action(), switches, style, rules).prop_map(
        |(mask, profanity, link, pii, flood, (languages, fallback, builtin), style, rules)| {
            format!(
                "builtin = {builtin}\non_timeout = \"{fallback}\"\nattributes_not_text = [\"color\"]\n\n[actions]\nprofanity = \"{profanity}\"\n\
                 link = \"{link}\"\npii = \"{pii}\"\nflood = \"{flood}\"\n\n[languages]\n{languages}\n\n[rules]\n{rules}\n\n\
                 [mask]\n{style}\ncharacter = {}\n",
                quoted(&mask.to_string())
            )
        },
    )
}
