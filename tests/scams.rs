//! Scams as others word them than those who wrote the rules, and chat in the same words.

use room_review::detect::{Category, terms};
use room_review::rules::Ruleset;
use room_review::text::Text;

/// Holds the messages of a file to be scams, or to be none.
fn check(file: &str, wanted: bool) {
    let rules = Ruleset::builtin();
    let wrong = file.lines().filter(|line| !line.is_empty() && !line.starts_with("# ")).filter_map(|content| {
        let mut hits = Vec::new();
        terms::find(content, &Text::fold(content), &rules, &terms::Effort::bounded(), &mut hits);
        let found: Vec<&str> = hits.iter().filter(|hit| hit.category == Category::Scam).map(|hit| hit.rule).collect();
        (found.is_empty() == wanted).then(|| format!("{content}: {found:?}"))
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn scams_are_found_however_they_are_worded() {
    check(include_str!("scams/found.txt"), true);
}

#[test]
fn chat_in_the_same_words_is_left_alone() {
    check(include_str!("scams/clean.txt"), false);
}
