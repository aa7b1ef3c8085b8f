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

use super::links::reader::{Anchors, Reader};
use super::{Category, Fix, Hit, Severity};
use crate::text::{Kind, Text};
use std::ops::Range;

/// A rule's id and the glyphs that break it.
type Found = (&'static str, Range<usize>);

/// Appends a hit for everything in `content` that tells how to find or reach a person.
pub fn find(content: &str, text: &Text, hits: &mut Vec<Hit<'_>>) {
    let numbers = text.has(Kind::Digit);
    let reader = Reader::new(content, text);
    let (mut at, mut floor) = (0, 0);
    let anchors = if numbers { &WITH_NUMBERS } else { &ANCHORS };
    let mut anchor_from =
        reader.anchors(|bytes| may_begin(bytes, numbers), anchors, |place| is_anchor(reader, place, numbers));
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

/// Whether an anchor that leads anywhere may begin like this, in printable ASCII. Most messages have none; this is all they cost.
fn may_begin([a, b, c, d]: [u8; 4], numbers: bool) -> bool {
    let with_numbers = a.is_ascii_digit()
        | (a == b'a') & ((b == b't') | (b == b'r') | (b == b'd') | (b == b'b'))
        | (a == b'c') & ((b == b'h') | (b == b'o'))
        | ((a == b'l') | (a == b'v') | (a == b'm')) & (b == b'i')
        | ((a == b'w') | (a == b'm')) & (b == b'o')
        | (a == b'h') & (b == b'a');
    (a == b'@')
        | (a == b'a') & (b == b't') & !c.is_ascii_lowercase()
        | (a == b'a') & (b == b'r') & (c == b'r') & (d == b'o')
        | (a == b'c') & (b == b'h') & (c == b'i') & (d == b'o')
        | numbers & with_numbers
}

/// What [`is_anchor`] is asked about.
static ANCHORS: Anchors = Anchors::new(&['@', 'a', 'c']);

/// The same where there are numbers.
static WITH_NUMBERS: Anchors =
    Anchors::new(&['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '@', 'a', 'c', 'l', 'v', 'm', 'w', 'h']);

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
            && matches!((first, second), ('l' | 'v' | 'm', 'i') | ('a', 'd' | 'b') | ('w' | 'm', 'o') | ('h', 'a'))
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

    #[test]
    fn what_is_an_anchor_beside_numbers_may_begin_one() {
        let ascii = || (b' '..=b'~').filter(|byte| !byte.is_ascii_uppercase());
        let pairs = ascii().flat_map(|a| ascii().map(move |b| (a, b)));
        let is_one =
            |&(a, b): &(u8, u8)| a.is_ascii_digit() || a == b'@' || begins_anchor(char::from(a), char::from(b), true);
        let wrong: Vec<_> = pairs.filter(is_one).filter(|&(a, b)| !may_begin([a, b, b'x', b'x'], true)).collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }
}
