//! `room-review lint`: every mistake has the message that helps, with the place drawn under it.
//!
//! `mistakes/` has broken files and what lint says of each, to the letter. To add one, write it with its heading and
//! `=> lint says`, and let `UPDATE_MISTAKES=1 cargo test --test authoring` fill in the rest; then read it.

use super::support::{folder, room_review_in};
use serde_json::Value;
use std::fmt::Write;

/// A rule without a mistake.
const RULE: &str = include_str!("../support/house.toml");

/// What stands between a broken file and what is said of it.
const SAYS: &str = "=> lint says\n";

/// Holds what lint says of each file in `mistakes/NAME.txt` to what stands there.
fn check(name: &str, file: &str) -> usize {
    let path = format!("{}/tests/authoring/mistakes/{name}.txt", env!("CARGO_MANIFEST_DIR"));
    let before = std::fs::read_to_string(&path).unwrap();
    let mut now = String::new();
    let cases: Vec<&str> = before.split("## ").filter(|case| !case.is_empty()).collect();
    for (number, case) in cases.iter().enumerate() {
        let (heading, rest) = case.split_once("\n\n").unwrap();
        let (text, _) = rest.split_once(SAYS).unwrap();
        let text = format!("{}\n", text.trim_end());
        let dir = folder(&format!("{name}-{number}"), &[(file, &text)]);
        let said = room_review_in(&dir, &["lint", "."]);
        assert_eq!((said.code, said.err.as_str()), (1, ""), "{heading}");
        let _ = writeln!(now, "## {heading}\n\n{text}\n{SAYS}\n{}\n", said.out.trim_end());
    }
    if std::env::var_os("UPDATE_MISTAKES").is_some() {
        std::fs::write(&path, &now).unwrap();
    } else if before != now {
        let (line, _) = before.lines().zip(now.lines()).enumerate().find(|(_, (a, b))| a != b).unwrap_or_default();
        panic!("{path}:{}: lint says something else now:\n{now}", line + 1);
    }
    cases.len()
}

#[test]
fn broken_rule_files() {
    assert!(check("rules", "terms/en/house.toml") >= 10);
}

#[test]
fn mistakes_of_policy() {
    assert!(check("policy", "policy.toml") >= 10);
}

#[test]
fn mistakes_of_links() {
    check("links", "links/own.toml");
}

#[test]
fn a_folder_without_a_mistake_is_fine() {
    let dir = folder("fine", &[("terms/en/house.toml", RULE)]);
    let said = room_review_in(&dir, &["lint", "."]);
    assert_eq!((said.code, said.out.as_str(), said.err.as_str()), (0, "1 rule, 1 term, fine\n", ""));
    let said = room_review_in(&dir, &["--rules", ".", "lint", "--json"]);
    assert_eq!((said.code, said.out.as_str()), (0, ""));
}

#[test]
fn a_folder_that_is_none_is_said() {
    let dir = folder("none", &[]);
    let said = room_review_in(&dir, &["lint", "no-such-folder"]);
    assert_eq!((said.code, said.err.as_str()), (2, "no-such-folder: is not a folder that can be read\n"));
    let said = room_review_in(&dir, &["lint"]);
    assert_eq!((said.code, said.err.as_str()), (2, "say which folder: room-review lint DIR\n"));
}

#[test]
fn what_is_no_toml_is_said_in_plain_words() {
    let (quotes, closed) = ("text has to stand in quotes: \"…\"", "this text has no closing quote");
    let escape = "in double quotes, `\\` begins an escape: write `\\\\`, or put the text in single quotes";
    let mut wrong = Vec::new();
    for (number, (text, want)) in [
        ("{", "expected a key and `=` here"),
        ("mode = observe", quotes),
        ("mode = null", quotes),
        ("mode = truee", quotes),
        ("mode = \"observe", closed),
        ("mode = 'observe", closed),
        ("mode = \"\"\"observe", "this text has no closing quotes"),
        ("mode = \"C:\\qa\"", escape),
        ("mode = \"observe\" x", "expected the end of the line here"),
        ("[actions", "this needs a closing `]`"),
        ("[]", "expected a name here: letters, digits, `_` and `-`"),
        ("actions = { link = \"deny\"", "this table has no closing `}`"),
        ("actions = { link \"deny\" }", "expected `=` between this key and its value"),
        ("disable = [\"de\",,]", "there is a comma too many in this list"),
        ("mode = 1979-05-27", "expected a word in quotes"),
        (
            "budget_ms = 99999999999999999999",
            "expected a whole number, 0 or more, found the number 99999999999999999999",
        ),
    ]
    .into_iter()
    .enumerate()
    {
        let dir = folder(&format!("no-toml-{number}"), &[("policy.toml", text)]);
        let said = room_review_in(&dir, &["lint", ".", "--json"]);
        let first = serde_json::from_str::<Value>(said.out.lines().next().unwrap_or_default()).unwrap_or_default();
        if first["message"] != want {
            wrong.push(format!("{text}: {first}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_file_that_nobody_reads_is_said() {
    let elsewhere = "rules stand in terms/, hosts in links/, words in languages/, the policy in policy.toml";
    let toml = "those in terms/ end in .toml";
    let mut wrong = Vec::new();
    for (number, (file, instead)) in [
        ("terms/en/house.toml", ""),
        ("terms/NOTES.md", ""),
        ("schema/policy.json", ""),
        ("terms/.git/house.yaml", ""),
        ("README", ""),
        ("term/en/house.toml", elsewhere),
        ("messages.txt", elsewhere),
        ("policy.tml", elsewhere),
        ("policy", elsewhere),
        ("terms/en/house.yaml", toml),
        ("terms/en/house.toml.bak", toml),
        ("terms/en/house.TOML", toml),
        ("links/own.txt", "those in links/ end in .toml"),
        ("languages/en.toml", "those in languages/ end in .txt"),
        ("weights/words.txt", "what words weigh comes with Room Review"),
    ]
    .into_iter()
    .enumerate()
    {
        let dir = folder(&format!("unread-{number}"), &[(file, RULE)]);
        let said = room_review_in(&dir, &["lint", ".", "--json"]);
        let got = said.out.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        let got: Vec<String> = got.map(|mistake| format!("{} {}", mistake["file"], mistake["message"])).collect();
        let want = format!("\"./{file}\" \"nobody reads this file: {instead}\"");
        if got != if instead.is_empty() { Vec::new() } else { vec![want] } {
            wrong.push(format!("{file}: {got:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn all_mistakes_of_all_files_show_at_once_also_for_machines() {
    let files = [
        ("languages/englisch.txt", "word\n"),
        ("links/own.toml", "allowed = []\n"),
        ("policy.toml", "colour = 1\ndisable = [\"en.nothing\"]\n"),
        ("term/en/house.toml", RULE),
        ("terms/en/broken.toml", "language = \"en\ncategory = \"hate\"\n"),
        ("terms/en/house.toml", &RULE.replace("a volley", "a v0ldem0rt")),
    ];
    let dir = folder("all", &files);
    let said = room_review_in(&dir, &["lint", "--json", "."]);
    let mut lines = said.out.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let places: Vec<String> = lines
        .by_ref()
        .map(|mistake| {
            let file = mistake["file"].as_str().unwrap().trim_start_matches("./");
            let rule = mistake["rule"].as_str().unwrap_or("-");
            format!("{file}:{}:{} {}..{} {rule}", mistake["line"], mistake["column"], mistake["start"], mistake["end"])
        })
        .collect();
    let expected = [
        "languages/englisch.txt:0:0 0..0 -",
        "links/own.toml:1:1 0..7 -",
        "policy.toml:1:1 0..6 -",
        "policy.toml:2:12 22..34 -",
        "term/en/house.toml:0:0 0..0 -",
        "terms/en/broken.toml:1:15 14..14 -",
        "terms/en/house.toml:9:11 154..172 house.rival",
    ];
    assert_eq!((said.code, places), (1, expected.map(str::to_owned).to_vec()));

    // The function and the other commands say the same of what they can not start with, a line each.
    let said = room_review_in(&dir, &["--rules", ".", "explain", "hello"]);
    let expected = [
        "./languages/englisch.txt: unknown language \"englisch\"; did you mean \"en\"?",
        "./links/own.toml:1:1: there is no key `allowed` here; did you mean `allow`?",
        "./policy.toml:1:1: there is no key `colour` here; there are `builtin`, `disable`, `mode`, `budget_ms`, `on_timeout`, \
         `on_internal_error`, `attributes_not_text`, `actions`, `rules`, `languages`, `reasons`, `reasons_in`, `mask`, `roles`, \
         `rooms` and `flood`",
        "./policy.toml:2:12: there is no rule \"en.nothing\" and no group of that name",
        "./terms/en/broken.toml:1:15: this text has no closing quote",
    ];
    assert_eq!((said.code, said.err.lines().collect::<Vec<_>>()), (2, expected.to_vec()));
}
