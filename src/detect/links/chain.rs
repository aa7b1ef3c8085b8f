//! The labels of a host and the dots between them.

use super::dot::{self, Dot, DotKind};
use super::reader::Reader;
use super::row;
use crate::text::Kind;
use std::ops::{Deref, Range};

/// Longest label that DNS knows, in characters.
const LABEL: usize = 63;
/// Longest host that DNS knows, in characters.
const HOST: usize = 253;
/// Most labels read in one go. Where a row is longer, its parts are read one after the other, half overlapping.
pub(super) const LABELS: usize = 8;

/// At most as many as there are labels in one go.
#[derive(Debug, Default)]
pub(crate) struct Few<T> {
    all: [T; LABELS],
    count: usize,
}

impl<T: Default> Few<T> {
    /// Adds one more, if there is room.
    pub(crate) fn push(&mut self, one: T) {
        if let Some(place) = self.all.get_mut(self.count) {
            *place = one;
            self.count += 1;
        }
    }

    /// Takes the last away.
    pub(crate) fn pop(&mut self) {
        self.count = self.count.saturating_sub(1);
    }
}

impl<T> Deref for Few<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        self.all.get(..self.count).unwrap_or_default()
    }
}

/// A row of labels, `www · evil · com`.
#[derive(Debug, Default)]
pub(crate) struct Chain {
    /// The glyphs of each label.
    pub(crate) labels: Few<Range<usize>>,
    /// How the dot after each label but the last was written.
    pub(crate) dots: Few<DotKind>,
    /// Whether all of it is ASCII, with plain dots, and looks as it was written but for capitals.
    pub(crate) is_plain: bool,
}

impl Chain {
    /// One past the last glyph.
    pub(crate) fn end(&self) -> usize {
        self.labels.last().map_or(0, |label| label.end)
    }

    /// The least plain of the first `n` labels' dots.
    pub(crate) fn weakest(&self, n: usize) -> DotKind {
        self.dots.iter().take(n.saturating_sub(1)).copied().max().unwrap_or(DotKind::Plain)
    }
}

/// What may be part of a label.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Letters {
    /// Letters, digits, hyphens and underscores.
    Usual,
    /// Also emoji, other symbols and percent codes: after a scheme.
    Any,
}

/// Whether the labels of `chain`, which follow a scheme, can be a host's: no label begins or ends with a hyphen, a registered
/// domain has no underscore, and a number at the end makes the whole an IPv4 address.
pub(crate) fn is_well_formed(reader: Reader, chain: &Chain) -> bool {
    // Of plain ones, no label begins or ends with a hyphen.
    if chain.is_plain && chain.labels.last().is_some_and(|last| reader.is_letter(last.start)) {
        let row = chain.labels.first().map_or(0, |label| label.start)..chain.end();
        if !reader.bytes().get(row).is_some_and(|row| row.contains(&b'_')) {
            return true;
        }
    }
    let has = |label: &Range<usize>, c: char| label.clone().any(|i| reader.ch(i) == c);
    let hyphen = |label: &Range<usize>| reader.ch(label.start) == '-' || reader.before(label.end) == '-';
    let registered = if chain.labels.len() > 1 { 2 } else { 0 };
    let underscore = chain.labels.iter().rev().take(registered).any(|label| has(label, '_'));
    let number = |label: &Range<usize>| label.clone().all(|i| reader.is_digit(i));
    let byte = |label: &Range<usize>| reader.is_digit(label.start) && !has(label, '-');
    let numbered = chain.labels.last().is_some_and(number);
    let address = chain.labels.len() < 5 && chain.labels.iter().all(byte);
    !underscore && !chain.labels.iter().any(hyphen) && (!numbered || address)
}

/// Reads on from the label that begins at `start`.
pub(crate) fn read(reader: Reader, start: usize, letters: Letters) -> Chain {
    // One label may be a letter of one that is spelled letter by letter.
    let row = row::at(reader, start).filter(|row| row.labels.len() > 1 || letters == Letters::Any);
    row.unwrap_or_else(|| read_all(reader, start, letters))
}

/// The same of all that people write.
#[inline(never)]
pub(super) fn read_all(reader: Reader, start: usize, letters: Letters) -> Chain {
    let mut chain = Chain::default();
    let mut at = start;
    loop {
        let spelled = chain.dots.last().is_none_or(|&kind| kind >= DotKind::Word) && letters == Letters::Usual;
        let spaced = if spelled { spaced_label(reader, at) } else { spaced_com(reader, at) };
        let said = || is_foreign(reader.ch(at)).then(|| dot::said_com_end(reader, at)).flatten();
        let end = spaced.or_else(said).unwrap_or_else(|| label_end(reader, at, letters));
        if end == at {
            chain.dots.pop();
            return chain;
        }
        let Some(dot) = dot::after(reader, end).filter(|_| end - start < HOST) else {
            let is_last = letters == Letters::Any && !chain.labels.is_empty();
            chain.labels.push(at..if is_last { last_end(reader, at, end) } else { end });
            return chain;
        };
        chain.labels.push(at..end);
        if chain.labels.len() == LABELS || dot.kind >= DotKind::Word && letters == Letters::Any {
            return chain;
        }
        if chain.dots.last() == Some(&DotKind::GluedAfter) {
            return chain;
        }
        chain.dots.push(dot.kind);
        at = dot.end;
    }
}

/// The start of the row of labels before `dot`, joined as plainly as by `dot` or more so; its own start where there is none.
#[inline(never)]
pub(crate) fn start_before(reader: Reader, dot: Dot, floor: usize) -> usize {
    let end = dot.start;
    let weakest = if matches!(dot.kind, DotKind::Word | DotKind::Spaced) { dot.kind } else { DotKind::Bracketed };
    let floor = floor.max(end.saturating_sub(HOST));
    let mut start = spaced_start(reader, end, floor).unwrap_or_else(|| label_start(reader, end, floor));
    if start == end && dot.kind == DotKind::Plain {
        start = symbols_start(reader, end, floor);
    }
    for _ in 0..LABELS / 2 {
        let found = (1..=8).filter(|back| start > floor + back).find_map(|back| {
            let dot = dot::may_begin(reader.ch(start - back)).then(|| dot::around(reader, start - back)).flatten()?;
            (dot.end == start && dot.kind <= weakest && dot.start > floor).then_some(dot.start)
        });
        let Some(before) = found else { break };
        let first = spaced_start(reader, before, floor).unwrap_or_else(|| label_start(reader, before, floor));
        if first == before {
            break;
        }
        start = first;
    }
    start
}

/// One past the last glyph of the label that begins at `at`.
pub(crate) fn label_end(reader: Reader, at: usize, letters: Letters) -> usize {
    let mut script = None;
    let mut end = at;
    while end - at <= LABEL {
        let step = match letters {
            Letters::Any if is_percent_code(reader, end) => 3,
            Letters::Any if is_symbol(reader, end) => 1,
            _ if continues(reader, end, &mut script) => 1,
            _ => break,
        };
        end += step;
    }
    // `evil.com-` and `_evil.com_`: dashes and emphasis around an address.
    while end > at && matches!(reader.before(end), '-' | '_') && !dot::is_dot(reader.ch(end)) {
        end -= 1;
    }
    end
}

/// The end of the label at `at..end`, which is a host's last: no top-level domain has a symbol, so that one stands behind it
/// (`youtube.com🔥`).
fn last_end(reader: Reader, at: usize, end: usize) -> usize {
    let usual = label_end(reader, at, Letters::Usual);
    if usual > at && is_symbol(reader, usual) { usual } else { end }
}

/// The first glyph of the label that ends at `end`.
#[inline(never)]
fn label_start(reader: Reader, end: usize, floor: usize) -> usize {
    let mut script = None;
    let mut start = end;
    while start > floor && end - start <= LABEL && continues(reader, start - 1, &mut script) {
        start -= 1;
    }
    while start < end && matches!(reader.ch(start), '-' | '_') {
        start += 1;
    }
    start
}

/// The first glyph of the label that ends at `end` with a symbol: `i❤.ws`.
fn symbols_start(reader: Reader, end: usize, floor: usize) -> usize {
    if end == 0 || !ends_symbols(reader, end - 1) {
        return end;
    }
    let belongs = |i: usize| reader.is_word(i) || ends_symbols(reader, i);
    let floor = floor.max(end.saturating_sub(LABEL));
    (floor..end).rev().take_while(|&i| belongs(i)).last().unwrap_or(end)
}

/// Whether a label can end with the glyph at `i`, which is no letter.
pub(crate) fn ends_symbols(reader: Reader, i: usize) -> bool {
    matches!(reader.kind(i), Some(Kind::Emoji | Kind::Punct)) && is_symbol(reader, i)
}

/// Whether the glyph at `i` belongs to a label whose letters are of `script` so far.
///
/// Scripts that put no spaces between words, and those that glue particles to words, end where Latin begins: in
/// `去evil.com看` the host is `evil.com`.
fn continues(reader: Reader, i: usize, script: &mut Option<bool>) -> bool {
    if reader.is_letter(i) {
        let letter = reader.ch(i);
        if letter == 'd' && dot::begins_glued(letter, reader.ch(i + 1)) && dot::glued(reader, i).is_some()
            || dot::begins_unspaced(letter) && dot::around(reader, i).is_some()
        {
            return false;
        }
        let foreign = is_foreign(letter);
        return *script.get_or_insert(foreign) == foreign;
    }
    reader.is_digit(i) || matches!(reader.ch(i), '-' | '_') && !is_dash_of_dot(reader, i)
}

/// One of the dashes of `evil-dot-com`.
fn is_dash_of_dot(reader: Reader, i: usize) -> bool {
    dot::around(reader, i + 1).is_some_and(|dot| dot.start == i)
        || (4..8).any(|back| i >= back && dot::around(reader, i + 1 - back).is_some_and(|dot| dot.end == i + 1))
}

/// A letter of a script from Armenian on: not Latin, Greek or Cyrillic.
pub(crate) const fn is_foreign(c: char) -> bool {
    c as u32 >= 0x530 && !matches!(c as u32, 0x1c80..=0x1fff | 0x2c60..=0x2c7f | 0xa640..=0xa7ff)
}

/// Whether the Latin word that ends before `i` goes on there.
pub(super) fn goes_on(reader: Reader, i: usize) -> bool {
    reader.is_word(i) && !is_foreign(reader.ch(i))
}

/// A visible character that no address needs but some hosts have: `http://✪df.ws`.
fn is_symbol(reader: Reader, i: usize) -> bool {
    let c = reader.ch(i);
    !c.is_ascii()
        && !dot::is_dot(c)
        && !reader.is_gap(i)
        && !matches!(c, '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{303f}' | '（' | '）' | '，' | '｜')
}

/// `%65`
fn is_percent_code(reader: Reader, i: usize) -> bool {
    reader.ch(i) == '%'
        && !reader.reads(i, "%2e")
        && reader.ch(i + 1).is_ascii_hexdigit()
        && reader.ch(i + 2).is_ascii_hexdigit()
}

/// The end of a label spelled letter by letter, `e v i l`.
fn spaced_label(reader: Reader, at: usize) -> Option<usize> {
    let mut end = at;
    while reader.is_word(end) && !reader.is_word(end + 1) && end - at < 2 * LABEL {
        end += 1;
        if !(reader.is_space(end) && reader.is_word(end + 1) && !reader.is_word(end + 2)) {
            break;
        }
        end += 1;
    }
    (end > at + 2).then_some(end)
}

/// The end of `c o m`, `c om` or `co m` after a plain dot.
fn spaced_com(reader: Reader, at: usize) -> Option<usize> {
    if reader.ch(at) != 'c' || reader.ch(at + 1) != ' ' && reader.ch(at + 2) != ' ' {
        return None;
    }
    let torn = ["c o m", "c om", "co m"].into_iter().find(|torn| reader.reads(at, torn))?;
    Some(at + torn.len()).filter(|&end| !reader.is_word(end))
}

/// The start of a label spelled letter by letter that ends at `end`.
pub(crate) fn spaced_start(reader: Reader, end: usize, floor: usize) -> Option<usize> {
    let alone = |i: usize| reader.is_word(i) && (i == floor || !reader.is_word(i - 1));
    let mut start = end.checked_sub(1).filter(|&i| i >= floor && alone(i))?;
    while start >= floor + 2 && reader.is_space(start - 1) && alone(start - 2) {
        start -= 2;
    }
    // Two letters can be two words: `a b.com`, `u i . com`.
    (start + 4 < end).then_some(start)
}
