//! Numbers in groups: `+1 (555) 123-4567`, `4111 1111 1111 1111`.

use crate::detect::links::reader::Reader;
use std::ops::Range;

/// The longest number of interest is a payment card's.
const DIGITS: usize = 19;
/// The shortest is a local phone number's.
const LEAST: usize = 7;

/// Groups of digits with separators between them.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "five independent facts about what stands around the digits")]
pub(super) struct Number {
    /// The digits of all groups.
    pub(super) digits: String,
    /// The glyphs of each group.
    pub(super) groups: Vec<Range<usize>>,
    /// The number of digits of each group, where they have spaces between them.
    lengths: Vec<usize>,
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
    /// Some of its digits are letters: `o77oo`.
    pub(super) lettered: bool,
}

impl Number {
    /// Where it stands.
    pub(super) fn glyphs(&self) -> Range<usize> {
        self.start..self.groups.last().map_or(self.start, |group| group.end)
    }

    /// The number of digits of each group.
    #[inline(never)]
    pub(super) fn lengths(&self) -> Vec<usize> {
        if self.lengths.is_empty() { self.groups.iter().map(Range::len).collect() } else { self.lengths.clone() }
    }

    /// Makes groups of single digits that have a mark between some of them: `3 1 2 - 5 5 5 - 0 1 8 7`.
    fn join_digits(&mut self) {
        let single = self.groups.iter().all(|group| group.len() == 1);
        if !single || !self.marks.contains(&' ') || self.marks.iter().all(|&mark| mark == ' ') {
            return;
        }
        let mut groups: Vec<Range<usize>> = Vec::with_capacity(LEAST);
        let marks = std::iter::once(&'-').chain(&self.marks);
        for (group, &mark) in self.groups.iter().zip(marks) {
            match (groups.last_mut(), self.lengths.last_mut()) {
                (Some(last), Some(length)) if mark == ' ' => (last.end, *length) = (group.end, *length + 1),
                _ => {
                    groups.push(group.clone());
                    self.lengths.push(1);
                }
            }
        }
        self.marks.retain(|&mark| mark != ' ');
        self.groups = groups;
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
        let counts = matches!(reader.ch(i), '0'..='9' | 'o' | 'l');
        (digits, gap) = if counts { (digits + 1, 0) } else { (digits, gap + 1) };
        if digits == LEAST || gap > 3 {
            break;
        }
    }
    !single && digits == LEAST
}

/// The digit that `c` is, or that people write with this letter.
const fn digit(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        'o' => Some('0'),
        'l' | 'i' => Some('1'),
        _ => None,
    }
}

/// One past the group of digits at `from`: `555`, or `o77oo` where no other letter stands in the same word.
fn group_end(reader: Reader, from: usize) -> Option<usize> {
    let digits = (from..=from + DIGITS).find(|&i| !reader.ch(i).is_ascii_digit())?;
    if digit(reader.ch(digits)).is_none() {
        return Some(digits);
    }
    let letters = (digits..=from + DIGITS).find(|&i| digit(reader.ch(i)).is_none())?;
    let is_number = !reader.is_word(letters) && (from..letters).any(|i| reader.is_digit(i));
    Some(if is_number { letters } else { digits })
}

/// The number whose first group begins at `at`; `None` where it is too short to be of interest.
pub(super) fn read(reader: Reader, at: usize, floor: usize) -> Option<Number> {
    if !is_of_interest(reader, at) {
        return None;
    }
    let (digits, groups, marks) =
        (String::with_capacity(2 * DIGITS), Vec::with_capacity(LEAST), Vec::with_capacity(LEAST));
    // `o77oo`
    let lettered = at > floor && reader.before(at) == 'o' && (at < 2 || !reader.is_word(at - 2));
    let at = if lettered && group_end(reader, at - 1).is_some_and(|end| end > at) { at - 1 } else { at };
    let mut number = Number { start: at, digits, groups, marks, ..Number::default() };
    let mut from = at;
    loop {
        let end = group_end(reader, from)?;
        number.digits.extend((from..end).filter_map(|i| digit(reader.ch(i))));
        number.lettered |= (from..end).any(|i| reader.is_letter(i));
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
    number.join_digits();
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

/// How many of some digits are no step of a count, up or down: of `1 2 3 4 5 6 7 8 9 0`, none.
pub(super) fn uncounted(digits: &[u8]) -> usize {
    let steps = |by: u8| digits.windows(2).filter(|pair| (pair[0] + by) % 10 == pair[1] % 10).count();
    digits.len().saturating_sub(1 + steps(1).max(steps(9)))
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
            'o' | 'l' if at > i && group_end(reader, at).is_some_and(|end| end > at) => return Some((mark, at)),
            c @ ('-' | '.' | '/' | ')' | '(' | '–' | '‐' | '‑') if mark == ' ' || mark == ')' => mark = c,
            _ if reader.is_space(at) => {}
            _ => return None,
        }
    }
    None
}
