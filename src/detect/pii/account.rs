//! Payment cards and bank accounts: numbers that check themselves.

use super::number::Number;
use crate::detect::links::reader::Reader;
use std::ops::Range;

/// A payment card number: an issuer's prefix and length, and a right check digit (Luhn). Any grouping.
pub(super) fn card(number: &Number) -> Option<Range<usize>> {
    if number.glued || number.plus {
        return None;
    }
    let mut length = number.digits.len();
    for group in number.groups.iter().rev() {
        let digits = number.digits.get(..length)?;
        if is_issued(digits) && luhn(digits) {
            return Some(number.groups[0].start..group.end);
        }
        length -= group.len();
    }
    None
}

/// Whether an issuer gives out cards that begin and are as long as `digits`.
fn is_issued(digits: &str) -> bool {
    let prefix = |n: usize| digits.get(..n).and_then(|prefix| prefix.parse::<u32>().ok()).unwrap_or(0);
    match digits.len() {
        14 => matches!(prefix(2), 36 | 38 | 39) || matches!(prefix(3), 300..=305),
        15 => matches!(prefix(2), 34 | 37),
        16 => {
            prefix(1) == 4
                || matches!(prefix(2), 51..=55 | 62 | 65)
                || matches!(prefix(4), 2221..=2720 | 6011 | 3528..=3589 | 2200..=2204 | 5018 | 5020 | 5038 | 6304 | 6759)
                || matches!(prefix(3), 644..=649)
        }
        19 => prefix(1) == 4 || prefix(2) == 62,
        _ => false,
    }
}

/// The check of ISO/IEC 7812: every second digit from the right counts double.
fn luhn(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(i, byte)| u32::from(byte - b'0') << (i % 2))
        .map(|value| value / 10 + value % 10)
        .sum();
    sum.is_multiple_of(10) && digits.bytes().any(|byte| byte != b'0')
}

/// Countries with an IBAN, and its length there. Sorted.
const IBANS: [(&str, usize); 60] = [
    ("ad", 24),
    ("ae", 23),
    ("al", 28),
    ("at", 20),
    ("az", 28),
    ("ba", 20),
    ("be", 16),
    ("bg", 22),
    ("bh", 22),
    ("br", 29),
    ("by", 28),
    ("ch", 21),
    ("cr", 22),
    ("cy", 28),
    ("cz", 24),
    ("de", 22),
    ("dk", 18),
    ("do", 28),
    ("ee", 20),
    ("es", 24),
    ("fi", 18),
    ("fo", 18),
    ("fr", 27),
    ("gb", 22),
    ("ge", 22),
    ("gi", 23),
    ("gl", 18),
    ("gr", 27),
    ("hr", 21),
    ("hu", 28),
    ("ie", 22),
    ("il", 23),
    ("is", 26),
    ("it", 27),
    ("jo", 30),
    ("kw", 30),
    ("kz", 20),
    ("lb", 28),
    ("li", 21),
    ("lt", 20),
    ("lu", 20),
    ("lv", 21),
    ("mc", 27),
    ("md", 24),
    ("me", 22),
    ("mk", 19),
    ("mt", 31),
    ("nl", 18),
    ("no", 15),
    ("pl", 28),
    ("pt", 25),
    ("qa", 29),
    ("ro", 24),
    ("rs", 22),
    ("sa", 24),
    ("se", 24),
    ("si", 19),
    ("sk", 24),
    ("tr", 26),
    ("ua", 29),
];

/// The IBAN whose check digits begin at `at`: a country, its length, and the remainder of ISO 7064.
pub(super) fn iban(reader: Reader, at: usize, floor: usize) -> Option<Range<usize>> {
    let start = at.checked_sub(2).filter(|&start| start >= floor && (start == 0 || !reader.is_word(start - 1)))?;
    if !reader.is_letter(start) || !reader.is_letter(at - 1) || !reader.is_digit(at + 1) {
        return None;
    }
    let country = reader.folded(start..at);
    let length = IBANS.binary_search_by_key(&country.as_str(), |(code, _)| code).ok().map(|i| IBANS[i].1)?;
    let mut taken = 0;
    let mut end = start;
    let mut value = 0u32;
    let mut head = 0u32;
    while taken < length {
        let c = reader.ch(end);
        let Some(digit) = c.to_digit(36).filter(|_| c.is_ascii()) else {
            let single = matches!(c, ' ' | '-' | '.') || reader.is_space(end);
            if !single || !reader.ch(end + 1).is_ascii_alphanumeric() {
                return None;
            }
            end += 1;
            continue;
        };
        // The country and the check digits count last.
        let sum = if taken < 4 { &mut head } else { &mut value };
        *sum = (*sum * if digit > 9 { 100 } else { 10 } + digit) % if taken < 4 { u32::MAX } else { 97 };
        (taken, end) = (taken + 1, end + 1);
    }
    // Two letters and two digits are six digits.
    let remainder = (u64::from(value) * 1_000_000 + u64::from(head)) % 97;
    (remainder == 1 && !reader.is_word(end)).then_some(start..end)
}
