//! Personal data: what tells how to find, reach or charge a person.
//!
//! One pass over the glyphs stops at an `@` (`email`), at the first digit of a group, and at words for digits (`spoken`); `gate` tells
//! by the bytes around them that most lead nowhere. What a number is, `account`, `ip`, `phone` and `place` say; what is known of addresses
//! is in `street`, `postcode` and, where streets have no names, `block`. Each looks a bounded number of glyphs around, so that the work
//! is linear in the message.

mod account;
mod block;
pub(crate) mod email;
mod gate;
pub(crate) mod ip;
mod number;
mod phone;
mod place;
mod postcode;
mod spoken;
mod street;

use super::links::reader::{Reader, anchors};
use super::{Category, Fix, Hit, Severity};
use crate::text::{Ask, Kind, Text};
use gate::Gate;
use std::ops::Range;

/// A rule's id and the glyphs that break it.
type Found = (&'static str, Range<usize>);

/// Appends a hit for everything in `content` that tells how to find or reach a person.
pub fn find(content: &str, text: &Text, hits: &mut Vec<Hit<'_>>) {
    let gate = Gate::of(text);
    let begins = (text.has(Kind::Digit) | (text.glyphs.len() >= Text::SPOKEN)) & gate.may_begin();
    // Most texts have none.
    if !begins && !text.is_asked(ASKS) {
        return;
    }
    let reader = Reader::new(content, text);
    let leads = |i: usize| (i == 0 || gate.may_lead(i)) && is_anchor(reader, i);
    find_from(reader, Some(gate), hits, &mut anchors(begins, text.asked(ASKS), leads));
}

/// Where personal data can be found.
const ASKS: [Ask; 3] = [Ask::Mail, Ask::Number, Ask::Spoken];

/// The same with what gives the next anchor from a place on.
fn find_from(
    reader: Reader,
    gate: Option<Gate>,
    hits: &mut Vec<Hit<'_>>,
    anchor_from: &mut dyn FnMut(usize) -> Option<usize>,
) {
    let (mut at, mut floor) = (0, 0);
    while let Some(anchor) = anchor_from(at) {
        at = anchor;
        let found = match reader.ch(at) {
            '0'..='9' => numbered(reader, gate, at, floor),
            _ if email::may_be_sign(reader, at) => email::around(reader, at, floor).map(|glyphs| ("pii.email", glyphs)),
            _ => match spoken::number(reader, at, floor) {
                Ok(glyphs) => Some(("pii.phone", glyphs)),
                Err(end) => {
                    at = end;
                    continue;
                }
            },
        };
        match found {
            Some((rule, glyphs)) => {
                at = glyphs.end.max(at + 1);
                floor = at;
                let (category, severity, fix) = (Category::Pii, Severity::Strong, Fix::Mask);
                hits.push(Hit { rule, category, severity, language: 0, span: reader.span(glyphs), fix });
            }
            None => at += 1,
        }
    }
}

/// Whether personal data can be found at the glyph at `i`.
fn is_anchor(reader: Reader, i: usize) -> bool {
    match reader.ch(i) {
        '0'..='9' => !reader.before(i).is_ascii_digit(),
        _ => email::may_be_sign(reader, i) || spoken::may_begin(reader, i),
    }
}

/// What the number is that has its first group of digits at `at`.
fn numbered(reader: Reader, gate: Option<Gate>, at: usize, floor: usize) -> Option<Found> {
    let code = || gate.is_none_or(|gate| gate.may_be_code(at)).then(|| code(reader, at, floor)).flatten();
    let may_be_address = || gate.is_none_or(|gate| gate.has_streets);
    let address = || may_be_address().then(|| place::around(reader, at, floor)).flatten();
    code().or_else(|| address().map(|glyphs| ("pii.address", glyphs)))
}

/// What the number is that has its first group of digits at `at`, whatever stands around it.
#[inline(never)]
fn code(reader: Reader, at: usize, floor: usize) -> Option<Found> {
    if let Some(glyphs) = account::iban(reader, at, floor) {
        return Some(("pii.iban", glyphs));
    }
    if let Some(glyphs) = ip::someones(reader, at) {
        return Some(("pii.ip", glyphs));
    }
    let number = number::read(reader, at, floor)?;
    if let Some(glyphs) = account::card(&number) {
        return Some(("pii.card", glyphs));
    }
    if let Some(glyphs) = account::social(reader, &number) {
        return Some(("pii.social", glyphs));
    }
    phone::is_phone(reader, &number).then(|| ("pii.phone", number.glyphs()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::mixtures;

    /// What personal data is made of.
    const PIECES: [&str; 100] = [
        "a",
        "joe",
        "joe.smith",
        "é",
        "д",
        "@",
        " @ ",
        "(at)",
        " at ",
        "[at]",
        "at ",
        " arroba ",
        "chiocciola",
        " coбaka ",
        "gmail",
        "gmail.com",
        "aol",
        ".",
        " dot ",
        "com",
        "de",
        "1",
        "12",
        "555",
        "4111 1111 1111 1111",
        "2025550143",
        "DE89 3704 0044 0532 0130 00",
        "de",
        "89",
        "+",
        "(",
        ")",
        "-",
        " ",
        " ",
        "\n",
        "call me",
        "tel ",
        "his ip is ",
        "84.23.11.9",
        "1:2:3:4:5:6:7:8",
        "live at ",
        "lives ",
        "address ",
        "wohnt ",
        "vive en ",
        "12 Baker Street",
        "calle Mayor 5",
        "hauptstr",
        " arobase ",
        "find him at ",
        "dox ",
        "direccion ",
        "endereco: ",
        "aдpec: ",
        "живу на yлицe ",
        "电话",
        "٣",
        "３",
        "₃",
        "six four six five five five oh one eight two",
        " seven eight zero",
        "five",
        " double ",
        "seis",
        "восемь",
        "hmu",
        "my # is ",
        "social ",
        "219-09-9998",
        "o77oo",
        "골뱅이",
        "あっと",
        "malpa",
        "42 Elm Road",
        "house ",
        ", Boise ID 83702",
        "ul. ",
        "Sokak No ",
        "2丁目3",
        "테헤란로 ",
        "ul. Długa 14, 00-950 Warszawa",
        "yл. Mиpa 5 ",
        "дom ",
        "sk 5 ev ",
        "cd. ",
        "No: 7",
        "2001:db8:85a3:8d3:1319:8a2e:370:7348",
        "2001:db8::1",
        "::",
        "o770550 ",
        "1 - 2 - 3 - 4 - 5 - 6 - 7",
        " at gmail com",
        " at  rocketmail  com ",
        "nine ",
        "order",
        "$",
        "#",
        "_",
        "x",
    ];

    #[test]
    fn no_anchor_that_leads_to_personal_data_is_passed_over() {
        let (mut wrong, mut found) = (Vec::new(), 0);
        // A street that ends in no word of its own, behind a long name.
        let kinds = street::BEHIND.text.split(' ');
        let glued = kinds.map(|kind| format!("he lives at 12 {}{kind}", "Abcdefghijkl".repeat(2)));
        for content in mixtures::of(&PIECES, 8, 12_000).chain(glued) {
            let text = Text::fold(&content);
            let reader = Reader::new(&content, &text);
            let (mut hits, mut all) = (Vec::new(), Vec::new());
            find(&content, &text, &mut hits);
            find_from(reader, None, &mut all, &mut |from| (from..reader.len()).find(|&i| is_anchor(reader, i)));
            found += all.len();
            if hits != all {
                wrong.push(content);
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
        assert!(found > 300, "{found}");
    }
}
