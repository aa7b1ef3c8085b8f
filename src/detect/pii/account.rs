//! Payment cards and bank accounts, numbers that check themselves; and numbers of social security.

use super::number::Number;
use crate::detect::links::reader::Reader;
use crate::detect::word_list::{WordList, mentions};
use std::ops::Range;

/// A payment card number: an issuer's prefix and length, and a right check digit (Luhn). Any grouping.
pub(super) fn card(number: &Number) -> Option<Range<usize>> {
    if number.glued || number.plus {
        return None;
    }
    let mut length = number.digits.len();
    for (group, digits_of) in number.groups.iter().zip(number.lengths()).rev() {
        let digits = number.digits.get(..length)?;
        if is_issued(digits) && luhn(digits) {
            return Some(number.groups[0].start..group.end);
        }
        length -= digits_of;
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

/// How far back the words for a social security number count, in characters.
const NEAR: usize = 24;

/// Words that announce one. Sorted.
const SOCIAL: &WordList = &WordList::new("social socials ss ssn");

/// A social security number of the United States that is announced as one: three groups, of which none is all zeros, and no
/// area is 666 or above 899.
pub(super) fn social(reader: Reader, number: &Number) -> Option<Range<usize>> {
    let grouped = number.lengths() == [3, 2, 4] && number.marks.windows(2).all(|pair| pair[0] == pair[1]);
    let issued = |group: &str| group.bytes().any(|byte| byte != b'0');
    let (area, rest) = number.digits.split_at_checked(3)?;
    let (group, serial) = rest.split_at_checked(2)?;
    let is_one = grouped && [area, group, serial].into_iter().all(issued) && area != "666" && !area.starts_with('9');
    let before = || reader.folded(number.start.saturating_sub(NEAR)..number.start);
    (is_one && !number.glued && !number.cut && mentions(&before(), SOCIAL)).then(|| number.glyphs())
}

/// Countries with an IBAN, and its length there.
const IBANS: &str = "\
    ad24 ae23 al28 at20 az28 ba20 be16 bg22 bh22 br29 by28 ch21 cr22 cy28 cz24 de22 dk18 do28 ee20 es24 fi18 \
    fo18 fr27 gb22 ge22 gi23 gl18 gr27 hr21 hu28 ie22 il23 is26 it27 jo30 kw30 kz20 lb28 li21 lt20 lu20 lv21 \
    mc27 md24 me22 mk19 mt31 nl18 no15 pl28 pt25 qa29 ro24 rs22 sa24 se24 si19 sk24 tr26 ua29";

/// The IBAN whose check digits begin at `at`: a country, its length, and the remainder of ISO 7064.
pub(super) fn iban(reader: Reader, at: usize, floor: usize) -> Option<Range<usize>> {
    let start = at.checked_sub(2).filter(|&start| start >= floor && (start == 0 || !reader.is_word(start - 1)))?;
    if !reader.is_letter(start) || !reader.is_letter(at - 1) || !reader.is_digit(at + 1) {
        return None;
    }
    let country = reader.folded(start..at);
    let length: usize = IBANS
        .split(' ')
        .find_map(|one| one.strip_prefix(country.as_str()))
        .filter(|_| country.len() == 2)?
        .parse()
        .ok()?;
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
