//! Personal data: what is found, and what only looks like it.

mod drawn;

use drawn::{cases, report, spans_drawn};
use room_review::detect::{Hit, pii};
use room_review::text::Text;

fn found(content: &str) -> Vec<Hit<'static>> {
    let mut hits = Vec::new();
    pii::find(content, &Text::fold(content), &mut hits);
    hits
}

fn check(file: &str) {
    report(cases(file).filter_map(|(content, want)| {
        let got = spans_drawn(&content, &found(&content));
        (got != want).then(|| format!("want {want}\n got {got}"))
    }));
}

#[test]
fn personal_data_is_found_whole() {
    check(include_str!("pii/found.txt"));
}

#[test]
fn what_is_no_personal_data_is_left_alone() {
    check(include_str!("pii/clean.txt"));
}

#[test]
fn the_rule_says_what_it_is() {
    let cases = [
        ("joe@example.com", "pii.email"),
        ("joe at gmail dot com", "pii.email"),
        ("+1 555 123 4567", "pii.phone"),
        ("4111 1111 1111 1111", "pii.card"),
        ("DE89 3704 0044 0532 0130 00", "pii.iban"),
        ("my ssn is 219-09-9998", "pii.social"),
        ("his ip is 84.12.33.201", "pii.ip"),
        ("he lives at 12 Baker Street", "pii.address"),
    ];
    report(cases.iter().filter_map(|(content, want)| {
        let rules: Vec<_> = found(content).iter().map(|hit| hit.rule).collect();
        (rules != [*want]).then(|| format!("{content}: want {want}, got {rules:?}"))
    }));
}

#[test]
fn the_worst_inputs_end() {
    let units = [
        "1",
        "1 ",
        "@",
        "a@",
        "@a.",
        "a at ",
        "+",
        "+1",
        "(1)",
        "1-",
        "de89",
        "de89 ",
        "4111 ",
        "1.1.1.1 ",
        "live ",
        "live 5 ",
        "ip my 1.1.1.1 ",
        "a dot ",
        "a@gmail ",
        "0",
        "a.a@a.a@",
        "(at)",
        "call ",
        "call 5 ",
        "o7 ",
        "1o",
        "five ",
        "five six ",
        "double ",
        "live 5 elm street ",
        "5 street ",
        "5 elm ",
        "5 elm street, a b c d OK ",
        "ul. a 5 ",
        "no 5 ",
        "2丁目3",
        "강남구 테헤란로 5 ",
        "골뱅이",
    ];
    for unit in units {
        for length in [500, 100_000] {
            found(&unit.repeat(length / unit.len() + 1));
        }
    }
}
