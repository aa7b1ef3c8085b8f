//! Recomputes facts about the fold table from Unicode's data, with other code than the build script's.

use room_review::text::{Kind, Text, class};
use std::collections::{BTreeMap, BTreeSet};
use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};
use unicode_script::{Script, UnicodeScript};
use unicode_security::skeleton;

/// Letters, accents taken off, that do not fold to the Latin letter that UTS #39 names, and what they fold to: Greek
/// capitals fold like their small letters, or no Greek word would be found in both cases, and the lunate sigma is a sigma.
const REVIEWED: [(char, char); 6] = [('Η', 'n'), ('Ν', 'v'), ('Υ', 'u'), ('ϒ', 'u'), ('ϲ', 'σ'), ('Ϲ', 'σ')];

/// The scripts whose letters are taken for Latin ones.
const LOOKALIKE_SCRIPTS: [Script; 7] =
    [Script::Armenian, Script::Cherokee, Script::Coptic, Script::Cyrillic, Script::Greek, Script::Latin, Script::Lisu];

/// What `text` folds to, or none if any of it is no letter.
fn folded(text: &str) -> Option<String> {
    let glyphs = Text::fold(text).glyphs;
    glyphs.iter().all(|glyph| glyph.kind == Kind::Letter).then(|| glyphs.iter().map(|glyph| glyph.ch).collect())
}

fn every_char() -> impl Iterator<Item = char> {
    '\0'..=char::MAX
}

/// The one small Latin letter that is left of `text` without its marks and capitals.
fn one_latin_letter(text: impl Iterator<Item = char>) -> Option<char> {
    let bare = text.nfd().filter(|c| c.general_category_group() != GeneralCategoryGroup::Mark);
    let bare: Vec<char> = bare.flat_map(char::to_lowercase).nfd().filter(|c| !is_mark(*c)).collect();
    match bare.as_slice() {
        [one] if one.is_ascii_lowercase() => Some(*one),
        _ => None,
    }
}

fn is_mark(c: char) -> bool {
    c.general_category_group() == GeneralCategoryGroup::Mark
}

/// The Latin letter that Unicode says `c` is a variant of.
fn decomposed(c: char) -> Option<char> {
    one_latin_letter(c.nfkd())
}

/// The Latin letter that UTS #39 says `c` can be taken for.
fn confusable(c: char) -> Option<char> {
    let known = c.is_alphabetic() && LOOKALIKE_SCRIPTS.contains(&c.script());
    known.then(|| one_latin_letter(skeleton(&c.to_string()))).flatten()
}

/// `rules/fold.txt`: what each character stands for, and whether it stands on its head.
fn lines() -> BTreeMap<char, (char, bool)> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/rules/fold.txt");
    let text = std::fs::read_to_string(path).expect("rules/fold.txt is there");
    let mut all = BTreeMap::new();
    let mut turned = false;
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if line.starts_with('[') {
            turned = line == "[turned]";
            continue;
        }
        let (from, to) = line.split_once(' ').expect("`from to`");
        let ends: Vec<char> = from.split("..").map(one_char).collect();
        let first = *ends.first().expect("a character");
        let last = *ends.last().expect("a character");
        all.extend((first..=last).zip(one_char(to.trim_end_matches(".."))..).map(|(c, to)| (c, (to, turned))));
    }
    all
}

fn one_char(text: &str) -> char {
    let mut chars = text.chars();
    let one = chars.next().expect("a character");
    assert_eq!(chars.next(), None, "{text:?}");
    one
}

/// Fails with all of the deviations.
fn assert_none(what: &str, deviations: &[String]) {
    assert!(deviations.is_empty(), "{} {what}:\n{}", deviations.len(), deviations.join("\n"));
}

fn show(c: char) -> String {
    format!("U+{:04X} {c}", c as u32)
}

#[test]
fn every_variant_of_a_latin_letter_folds_to_it() {
    let fonts = every_char().filter_map(|c| decomposed(c).map(|letter| (c, letter)));
    let blocks = ['🅐', '🅰', '🇦', '🄰', 'Ⓐ', 'ⓐ', '⒜', '🄐', 'Ａ', 'ａ'];
    let blocks = blocks.into_iter().flat_map(|first| (first..).zip('a'..='z'));
    let wrong: Vec<String> = fonts
        .chain(blocks)
        .filter(|(c, letter)| folded(&c.to_string()) != Some(letter.to_string()))
        .map(|(c, letter)| format!("{} is a variant of {letter} and folds to {:?}", show(c), folded(&c.to_string())))
        .collect();
    assert_none("variants of Latin letters that do not fold to them", &wrong);
}

#[test]
fn every_lookalike_of_a_latin_letter_folds_to_it() {
    let lines = lines();
    let written = |c: char| lines.contains_key(&c) || c.to_lowercase().any(|small| lines.contains_key(&small));
    let reviewed: BTreeMap<char, char> = REVIEWED.into();
    let mut wrong = Vec::new();
    let mut met = BTreeSet::new();
    for (c, letter) in every_char().filter_map(|c| confusable(c).map(|letter| (c, letter))) {
        let got = folded(&c.to_string()).and_then(|letters| letters.chars().next());
        // The matcher takes some letters for each other: a capital i and a small l are drawn alike.
        let same = got.map(class) == Some(class(letter));
        if c.is_ascii() || decomposed(c).is_some() || same || written(c) {
            continue;
        }
        let base = c.nfd().next().unwrap_or(c);
        met.insert(base);
        if reviewed.get(&base).copied() != got {
            wrong.push(format!("{} looks like {letter} and folds to {got:?}", show(c)));
        }
    }
    wrong
        .extend(reviewed.keys().filter(|c| !met.contains(c)).map(|&c| format!("{} is no longer a deviation", show(c))));
    assert_none("look-alikes of Latin letters that do not fold to them", &wrong);
}

#[test]
fn folding_again_changes_nothing() {
    let wrong: Vec<String> = every_char()
        .filter_map(|c| folded(&c.to_string()).map(|once| (c, once)))
        .filter(|(_, once)| folded(once).as_ref() != Some(once))
        .map(|(c, once)| format!("{} folds to {once:?}, and that to {:?}", show(c), folded(&once)))
        .collect();
    assert_none("characters whose folded form folds further", &wrong);
}

#[test]
fn capitals_fold_like_small_letters() {
    let wrong: Vec<String> = every_char()
        .filter(|c| c.general_category() == GeneralCategory::UppercaseLetter && c.to_lowercase().count() == 1)
        .map(|c| (c, folded(&c.to_string()), folded(&c.to_lowercase().to_string())))
        .filter(|(_, capital, small)| capital != small)
        .map(|(c, capital, small)| format!("{} folds to {capital:?}, its small letter to {small:?}", show(c)))
        .collect();
    assert_none("capitals that fold otherwise than their small letters", &wrong);
}

#[test]
fn every_line_of_fold_txt_says_what_unicode_does_not() {
    let capital = |c: char| c.to_uppercase().next().unwrap_or(c);
    let known = |c: char| decomposed(c).or_else(|| confusable(c)).or_else(|| confusable(capital(c)));
    let redundant: Vec<String> = lines()
        .iter()
        .filter(|&(c, (to, turned))| !turned && known(*c).unwrap_or(*c) == *to)
        .map(|(c, (to, _))| format!("{} {to}", show(*c)))
        .collect();
    assert_none("lines of rules/fold.txt that Unicode's own data says already", &redundant);
}

#[test]
fn every_line_of_fold_txt_is_followed() {
    let wrong: Vec<String> = lines()
        .iter()
        .map(|(c, (to, _))| (*c, to.to_string(), folded(&c.to_string())))
        .filter(|(_, to, got)| got.as_ref() != Some(to))
        .map(|(c, to, got)| format!("{} should fold to {to:?}, and folds to {got:?}", show(c)))
        .collect();
    assert_none("lines of rules/fold.txt that are not followed", &wrong);
}
