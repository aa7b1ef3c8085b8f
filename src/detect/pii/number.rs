//! Numbers in groups: `+1 (555) 123-4567`, `4111 1111 1111 1111`.

use crate::detect::links::reader::Reader;
use std::ops::Range;

/// The longest number of interest is a payment card's.
const DIGITS: usize = 19;
/// The shortest is a local phone number's.
const LEAST: usize = 7;

/// Groups of digits with separators between them.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "four independent facts about what stands around the digits")]
pub(super) struct Number {
    /// The digits of all groups.
    pub(super) digits: String,
    /// The glyphs of each group.
    pub(super) groups: Vec<Range<usize>>,
    /// The separator after each group but the last: its own mark, a space where it has none.
    pub(super) marks: Vec<char>,
    /// A `+` stands before.
    pub(super) plus: bool,
    /// The first group stands in parentheses.
    pub(super) parens: bool,
    /// Its first glyph, `+` and parenthesis included.
    pub(super) start: usize,
    /// A letter, a digit or a sign of money is glued to one of its ends: an id, a price, a count.
    pub(super) glued: bool,
    /// Digits go on behind it, or stand before it.
    pub(super) cut: bool,
}

impl Number {
    /// Where it stands.
    pub(super) fn glyphs(&self) -> Range<usize> {
        self.start..self.groups.last().map_or(self.start, |group| group.end)
    }

    /// The number of digits of each group.
    pub(super) fn lengths(&self) -> Vec<usize> {
        self.groups.iter().map(Range::len).collect()
    }

    /// The digit at `i` as a number.
    pub(super) fn digit(&self, i: usize) -> u8 {
        self.digits.as_bytes().get(i).map_or(0, |byte| byte - b'0')
    }
}

/// Whether a number that begins at `at` has enough digits to be of interest, and does not begin in another one's middle.
fn is_of_interest(reader: Reader, at: usize) -> bool {
    let single = !reader.is_digit(at + 1) && at > 1 && reader.is_digit(at - 2);
    let (mut digits, mut gap) = (0, 0);
    for i in at..at + 4 * LEAST {
        (digits, gap) = if reader.is_digit(i) { (digits + 1, 0) } else { (digits, gap + 1) };
        if digits == LEAST || gap > 3 {
            break;
        }
    }
    !single && digits == LEAST
}

/// The number whose first group begins at `at`; `None` where it is too short to be of interest.
pub(super) fn read(reader: Reader, at: usize, floor: usize) -> Option<Number> {
    if !is_of_interest(reader, at) {
        return None;
    }
    let (digits, groups, marks) =
        (String::with_capacity(2 * DIGITS), Vec::with_capacity(LEAST), Vec::with_capacity(LEAST));
    let mut number = Number { start: at, digits, groups, marks, ..Number::default() };
    let mut from = at;
    loop {
        let end = (from..=from + DIGITS).find(|&i| !reader.ch(i).is_ascii_digit())?;
        number.digits.extend((from..end).map(|i| reader.ch(i)));
        number.groups.push(from..end);
        let Some((mark, next)) = separator(reader, end) else { break };
        if number.digits.len() >= DIGITS {
            number.cut = true;
            break;
        }
        number.marks.push(mark);
        from = next;
    }
    number.marks.truncate(number.groups.len() - 1);
    begin(reader, &mut number, floor);
    Some(number)
}

/// The `+`, the parenthesis and whatever else is before the first group; and what is behind the last.
fn begin(reader: Reader, number: &mut Number, floor: usize) {
    if number.start > floor && reader.before(number.start) == '(' {
        number.start -= 1;
        number.parens = reader.ch(number.groups[0].end) == ')';
    }
    let plus = reader.skip_spaces_back(number.start);
    if plus > floor && reader.before(plus) == '+' && number.start - plus < 2 {
        number.plus = true;
        number.start = plus - 1;
    }
    let before = reader.before(number.start);
    let (end, behind) = (number.glyphs().end, reader.ch(number.glyphs().end));
    let money = |c| matches!(c, '$' | '€' | '£' | '¥' | '₽' | '₹' | '%' | '#');
    let fraction = matches!(behind, '.' | ',' | ':') && reader.is_digit(end + 1);
    let part = matches!(before, '.' | ',' | ':') && number.start > 1 && reader.is_digit(number.start - 2);
    number.glued = money(before) || money(behind) || fraction || part || is_glue(reader, end);
    number.glued |= number.start > 0 && is_glue(reader, number.start - 1);
    let back = (1..3).find(|&n| number.start <= n || !matches!(reader.ch(number.start - n), ' ' | '-' | '.' | '/'));
    number.cut |= back.is_some_and(|n| number.start >= n && number.start > 0 && reader.is_digit(number.start - n));
}

/// A letter that makes the digits beside it a part of a word; letters of scripts without spaces do not.
fn is_glue(reader: Reader, i: usize) -> bool {
    reader.is_letter(i) && (reader.ch(i) as u32) < 0x2e80 || reader.ch(i) == '_'
}

/// The mark of the separator at `i`, and the next digit.
fn separator(reader: Reader, i: usize) -> Option<(char, usize)> {
    let mut mark = ' ';
    for at in i..i + 4 {
        match reader.ch(at) {
            c if c.is_ascii_digit() => return (at > i).then_some((mark, at)),
            c @ ('-' | '.' | '/' | ')' | '(' | '–' | '‐' | '‑') if mark == ' ' || mark == ')' => mark = c,
            _ if reader.is_space(at) => {}
            _ => return None,
        }
    }
    None
}
