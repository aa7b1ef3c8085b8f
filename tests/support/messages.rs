//! Strategies of messages: any text, and what people type to get past a filter.

use proptest::prelude::*;
use proptest::sample::{Index, select};
use room_review::rules::{Pack, Source, pack_files};
use std::path::Path;
use std::sync::LazyLock;

/// How many cases a property is tried with, unless `PROPTEST_CASES` says it.
pub fn cases(usual: u32) -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    ProptestConfig { cases: asked.unwrap_or(usual), failure_persistence: None, ..ProptestConfig::default() }
}

/// The packs that ship, each with its file.
pub static PACKS: LazyLock<Vec<Pack>> = LazyLock::new(|| {
    let read = |path: &std::path::PathBuf| Source::read(path, path).ok().and_then(|source| source.toml::<Pack>().0);
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    pack_files(&rules).iter().map(|path| read(path).unwrap_or_else(|| panic!("{}", path.display()))).collect()
});

/// Every example of every rule, and the addresses and personal data of other tests, without bars.
static FOUND: LazyLock<Vec<String>> = LazyLock::new(|| {
    let lines = concat!(include_str!("../links/found.txt"), include_str!("../pii/found.txt")).lines();
    let lines = lines.filter(|line| !line.starts_with('#')).map(str::to_owned);
    let rules = PACKS.iter().flat_map(|pack| &pack.rules);
    let examples = rules.flat_map(|rule| rule.hits.iter().chain(&rule.misses)).map(|example| example.get_ref().clone());
    lines.chain(examples).map(|drawn| drawn.replace('|', "")).filter(|text| !text.is_empty()).collect()
});

/// What means more than itself: joiners, fillers, marks, overrides, tags, selectors, halves of flags, controls.
const SPECIAL: &str = "\u{200b}\u{200c}\u{200d}\u{2060}\u{feff}\u{ad}\u{34f}\u{fe0f}\u{fe0e}\u{202e}\u{202d}\u{202c}\u{2066}\
    \u{2069}\u{200e}\u{301}\u{302}\u{336}\u{489}\u{20e3}\u{20dd}\u{e0067}\u{e007f}\u{e0100}\u{1f1e6}\u{1f1fa}\u{1f3fb}\u{2800}\
    \u{3164}\u{115f}\u{1160}\u{180e}\u{a0}\u{3000}\u{2028}\0\u{7f}\u{85}\t\n\r\u{b}\u{fffd}\u{ffff}\u{10ffff}\u{e000}\u{f900}\
    \u{fdfa}\u{0f0b}\u{0e33}\u{0903}\u{094d}\u{09be}\u{d4e}\u{1100}\u{1161}\u{11a8}\u{d7b0}\u{600}\u{110bd}";

/// Letters of other alphabets and fonts, look-alikes, symbols for letters, punctuation, emoji.
const DISGUISE: &str =
    "аеорсухкѕіԁԛԝ𝓯𝔲𝕔𝗄ｆｕｃｋⓢⓗⓘⓣ🅱🅰🅾ꜰᴜᴄᴋᶠᵘᶜᵏɟnɔʞßæﬁœıłøđ@4$5!1|0397+(<{[€£¥*#%&^~_-.,;:/\\'’\"?😀👨👩👧❤🔥你好ソᆨشسकไ";

/// Any character, those that mean something more often than others.
pub fn character() -> impl Strategy<Value = char> {
    let of = |set: &str| select(set.chars().collect::<Vec<_>>());
    prop_oneof![
        4 => prop::char::range(' ', '~'),
        2 => of(SPECIAL),
        2 => of(DISGUISE),
        1 => any::<char>(),
    ]
}

/// Any text of up to this many characters.
pub fn text(most: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(character(), 0..=most).prop_map(String::from_iter)
}

/// Something that a rule is about.
pub fn found() -> impl Strategy<Value = String> {
    any::<Index>().prop_map(|index| FOUND[index.index(FOUND.len())].clone())
}

/// What somebody does to a text to get it past a filter.
#[derive(Clone, Debug)]
enum Change {
    Insert(Index, char),
    Delete(Index),
    Replace(Index, char),
    Repeat(Index, usize),
    Between(char),
    Upper,
    Backwards,
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        4 => (any::<Index>(), character()).prop_map(|(at, c)| Change::Insert(at, c)),
        1 => any::<Index>().prop_map(Change::Delete),
        4 => (any::<Index>(), character()).prop_map(|(at, c)| Change::Replace(at, c)),
        2 => (any::<Index>(), 1..50_usize).prop_map(|(at, times)| Change::Repeat(at, times)),
        2 => character().prop_map(Change::Between),
        1 => Just(Change::Upper),
        1 => Just(Change::Backwards),
    ]
}

fn changed(text: &str, change: &Change) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    let at = |index: &Index, len: usize| index.index(len.max(1));
    let len = letters.len();
    match change {
        Change::Insert(index, c) => letters.insert(at(index, len + 1), *c),
        Change::Delete(index) if len > 1 => {
            letters.remove(at(index, len));
        }
        Change::Replace(index, c) if len > 0 => letters[at(index, len)] = *c,
        Change::Repeat(index, times) if len > 0 => {
            let at = at(index, len);
            letters.splice(at..at, vec![letters[at]; *times]);
        }
        Change::Between(c) => letters = letters.iter().flat_map(|&letter| [letter, *c]).collect(),
        Change::Upper => return text.to_uppercase(),
        Change::Backwards => letters.reverse(),
        Change::Delete(_) | Change::Replace(..) | Change::Repeat(..) => {}
    }
    letters.into_iter().collect()
}

/// A text as somebody disguises it, with up to this many changes.
pub fn disguised(text: impl Strategy<Value = String>, most: usize) -> impl Strategy<Value = String> {
    let changes = prop::collection::vec(change(), 0..=most);
    (text, changes).prop_map(|(text, changes)| changes.iter().fold(text, |text, change| changed(&text, change)))
}

fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => disguised(found(), 3),
        2 => text(12),
        1 => (text(3), 1..80_usize).prop_map(|(text, times)| text.repeat(times)),
        1 => select(vec!["hello", "gg everyone", "what a shot", "node.js", "at 12:30", "no", "12", "Scunthorpe"]).prop_map(str::to_owned),
    ]
}

/// A message as it can come: at least one character and at most 500.
pub fn message() -> impl Strategy<Value = String> {
    let between = select(vec!["", " ", ", ", "\n", ".", " - "]);
    prop::collection::vec((piece(), between), 1..5).prop_map(|pieces| {
        let whole: String = pieces.iter().flat_map(|(piece, between)| [piece.as_str(), between]).collect();
        let whole: String = whole.chars().take(500).collect();
        if whole.is_empty() { "x".to_owned() } else { whole }
    })
}

/// Attributes as a sender can write them, and more than IVS Chat would take.
pub fn attributes() -> impl Strategy<Value = Option<Vec<(String, String)>>> {
    let value = prop_oneof![3 => message(), 1 => text(20), 1 => Just(String::new())];
    let pair = (prop_oneof![text(8), Just("color".to_owned())], value);
    prop::option::weighted(0.3, prop::collection::vec(pair, 0..4))
}
