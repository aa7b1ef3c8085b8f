//! Personal data: what tells how to find, reach or charge a person.
//!
//! One pass over the glyphs stops at an `@`, at the first digit of a group, and at the words that announce an address. Each
//! finder looks a bounded number of glyphs around, so that the work is linear in the message.

mod account;
pub(crate) mod email;
pub(crate) mod ip;
mod number;
mod phone;
mod street;

use super::links::reader::{Reader, anchors};
use super::{Category, Fix, Hit, Severity};
use crate::text::{Ask, Kind, Text};
use std::ops::Range;

/// A rule's id and the glyphs that break it.
type Found = (&'static str, Range<usize>);

/// Appends a hit for everything in `content` that tells how to find or reach a person.
pub fn find(content: &str, text: &Text, hits: &mut Vec<Hit<'_>>) {
    let numbers = text.has(Kind::Digit);
    let reader = Reader::new(content, text);
    let places = text.asked([Ask::Mail, Ask::Number]);
    find_from(reader, numbers, hits, &mut anchors(numbers, places, |i| is_anchor(reader, i, numbers)));
}

/// The same with what gives the next anchor from a place on.
fn find_from(
    reader: Reader,
    numbers: bool,
    hits: &mut Vec<Hit<'_>>,
    anchor_from: &mut dyn FnMut(usize) -> Option<usize>,
) {
    let (mut at, mut floor) = (0, 0);
    while let Some(anchor) = anchor_from(at) {
        at = anchor;
        let found = match reader.ch(at) {
            '0'..='9' if !reader.before(at).is_ascii_digit() => numbered(reader, at, floor),
            '@' | 'a' | 'c' if email::may_be_sign(reader, at) => {
                email::around(reader, at, floor).map(|glyphs| ("pii.email", glyphs))
            }
            _ => None,
        };
        let found = found
            .or_else(|| numbers.then(|| street::announced(reader, at)).flatten().map(|glyphs| ("pii.address", glyphs)));
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
fn is_anchor(reader: Reader, i: usize, numbers: bool) -> bool {
    match reader.ch(i) {
        '0'..='9' => !reader.before(i).is_ascii_digit(),
        c => c == '@' || begins_anchor(c, reader.ch(i + 1), numbers) && !reader.goes_on(i),
    }
}

/// Whether the word for an `@` can begin with these two, or what announces an address: those are only looked for beside
/// numbers.
const fn begins_anchor(first: char, second: char, numbers: bool) -> bool {
    matches!((first, second), ('a', 't' | 'r') | ('c', 'h' | 'o'))
        || numbers
            && matches!(
                (first, second),
                ('l' | 'v' | 'm' | 'f' | 'd', 'i')
                    | ('a', 'd' | 'b' | 'д')
                    | ('w' | 'm' | 'd', 'o')
                    | ('e', 'n')
                    | ('h', 'a')
                    | ('ж', 'и')
            )
}

/// What the number is that has its first group of digits at `at`.
fn numbered(reader: Reader, at: usize, floor: usize) -> Option<Found> {
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
    phone::is_phone(reader, &number).then(|| ("pii.phone", number.glyphs()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::mixtures;

    /// What personal data is made of.
    const PIECES: [&str; 65] = [
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
        "order",
        "$",
        "#",
        "_",
        "x",
    ];

    #[test]
    fn no_anchor_that_leads_to_personal_data_is_passed_over() {
        let (mut wrong, mut found) = (Vec::new(), 0);
        for content in mixtures::of(&PIECES, 8, 8_000) {
            let text = Text::fold(&content);
            let (reader, numbers) = (Reader::new(&content, &text), text.has(Kind::Digit));
            let (mut hits, mut all) = (Vec::new(), Vec::new());
            find(&content, &text, &mut hits);
            find_from(reader, numbers, &mut all, &mut |from| {
                (from..reader.len()).find(|&i| is_anchor(reader, i, numbers))
            });
            found += all.len();
            if hits != all {
                wrong.push(content);
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
        assert!(found > 300, "{found}");
    }
}
