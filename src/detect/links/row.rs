//! Hosts as most people write them: labels of ASCII and dots between them, with nothing around them that could be one more dot.
//!
//! What `chain` and `dot` would read of these takes many questions of each glyph; here it takes one of each byte. Whatever could
//! be more than it seems is left to them.

use super::chain::{Chain, Few};
use super::dot::DotKind;
use super::reader::Reader;
use crate::text::Sketch;

/// A letter or digit.
const WORD: u8 = 1;
/// A hyphen or an underscore.
const DASH: u8 = 2;
/// A dot.
const DOT: u8 = 4;

/// What the bytes of a sketch are in a row; 0 for what ends it.
static PARTS: [u8; 256] = {
    let (mut parts, mut byte) = ([0; 256], 0);
    while byte < 256 {
        parts[byte] = match byte as u8 {
            b'a'..=b'z' | b'0'..=b'9' => WORD,
            b'-' | b'_' => DASH,
            b'.' => DOT,
            _ => 0,
        };
        byte += 1;
    }
    parts
};

const fn part(byte: u8) -> u8 {
    PARTS[byte as usize]
}

/// The longest row that is read here.
const LONGEST: usize = 60;

/// The most labels: fewer than those that are looked for before a dot.
const MOST: usize = 5;

/// The row around the dot at `i`, of two labels at least.
pub(super) fn around(reader: Reader, i: usize, floor: usize) -> Option<Chain> {
    let bytes = reader.bytes();
    let [left, dot, right] = *bytes.get(i.checked_sub(1)?..)?.first_chunk()?;
    if dot != b'.' || part(left) & part(right) != WORD {
        return None;
    }
    let before = bytes.get(i.saturating_sub(LONGEST)..i)?;
    let start = i - before.iter().rev().take_while(|&&byte| part(byte) != 0).count();
    let is_apart = start >= floor && (start == 0 || start > floor && !ends_mark(bytes, start));
    // A single letter may be the last of a word that has spaces between its letters.
    let word = |back: usize| start.checked_sub(back).is_some_and(|at| part(bytes[at]) == WORD || bytes[at] >= 0x80);
    let alone = start + 1 < bytes.len() && bytes[start + 1] == b'.' && word(2) && !word(1) && !word(3);
    if !is_apart || alone { None } else { at(reader, start).filter(|chain| chain.labels.len() > 1) }
}

/// Whether what stands before `start` may be the end of a dot, and is no dot itself: `(dot)`, `%2e`.
fn ends_mark(bytes: &[u8], start: usize) -> bool {
    let closes = |byte: u8| matches!(byte, b')' | b']' | b'}' | b'>' | b'*' | b'"' | b'\'');
    let [third, second, first] = [3, 2, 1].map(|back| start.checked_sub(back).map_or(b' ', |at| bytes[at]));
    let behind = if second == b' ' { third } else { second };
    closes(first)
        || matches!(first, b'(' | b'[' | b'{' | b'%' | 0x80..)
        || first == b' ' && (closes(behind) || behind == Sketch::MARK)
}

/// The row that begins at `start`.
#[inline(never)]
pub(super) fn at(reader: Reader, start: usize) -> Option<Chain> {
    let bytes = reader.bytes();
    let mut chain = Chain { labels: Few::default(), dots: Few::default(), is_plain: true };
    let (mut end, mut first, mut before, mut dashes, mut three, mut wrong) = (start, start, DOT, 0, 0, false);
    for &byte in bytes.get(start..)?.iter().take(LONGEST) {
        let part = part(byte);
        // Two dots begin an ellipsis.
        if part == 0 || part & before == DOT {
            break;
        }
        // A label begins and ends with a letter or digit.
        wrong |= (part | before) & (DOT | WORD) == DOT;
        three = (three << 8 | u32::from(byte)) & 0xff_ffff;
        wrong |= three == code(*b"dot") || three == code(*b"d0t");
        dashes |= part & DASH;
        if part == DOT {
            chain.labels.push(first..end);
            chain.dots.push(DotKind::Plain);
            first = end + 1;
        }
        (before, end) = (part, end + 1);
    }
    let next: [u8; 8] = bytes.get(end..)?.first_chunk().copied()?;
    if end == start {
        return None;
    }
    let ends = part(next[0]) == 0 || part(next[0]) & before == DOT;
    let goes_on = if before == DOT {
        chain.dots.pop();
        end -= 1;
        first = end;
        goes_on_after_dot(next)
    } else {
        chain.labels.push(first..end);
        goes_on(next)
    };
    let torn = bytes.get(first) == Some(&b'c') && end - first < 3 && next[0] == b' ';
    let is_whole = ends && before != DASH && !torn && !wrong && !goes_on;
    let is_one = is_whole && chain.labels.len() <= MOST && (dashes == 0 || !has_dashed_word(bytes, start, end));
    (is_one && reader.is_as_written(start..end)).then_some(chain)
}

/// Whether what follows a row may be a dot, or what may be in a label: `,com`, ` dot com`, `(dot)com`, `%2ecom`.
fn goes_on(next: [u8; 8]) -> bool {
    let is_mark = |byte: u8| matches!(byte, b'.' | b',' | b'%') | (byte >= 0x80);
    let [mark, behind, ..] = next;
    let directly = mark >= 0x80 || mark == b'%' || mark == b',' && (part(behind) != 0 || behind >= 0x80);
    // A space, a bracket, a space: the middle of a dot is three glyphs on at most.
    let middles = 1..4;
    directly
        || middles.fold(false, |any, at| any | is_mark(next[at]) | begins_word([next[at], next[at + 1], next[at + 2]]))
}

/// The same of what follows a dot.
fn goes_on_after_dot(next: [u8; 8]) -> bool {
    let spaces = next.iter().take(2).take_while(|&&byte| byte == b' ').count();
    let behind = next[spaces];
    // Another dot makes it an ellipsis.
    spaces > 0 && part(behind) & (WORD | DASH) != 0 || behind >= 0x80 || matches!(behind, b'%' | b'(' | b'[' | b'{')
}

/// Whether the word for a dot begins with these.
fn begins_word(three: [u8; 3]) -> bool {
    const WORDS: [u32; 12] = [
        code(*b"cha"),
        code(*b"dot"),
        code(*b"d0t"),
        code(*b"d o"),
        code(*b"kpa"),
        code(*b"kro"),
        code(*b"nok"),
        code(*b"poi"),
        code(*b"pon"),
        code(*b"pun"),
        code(*b"tec"),
        code(*b"tit"),
    ];
    let code = code(three);
    let [first, second, third] = three;
    let beyond = (first == b't') & ((second >= 0x80) | (third >= 0x80));
    WORDS.iter().fold(beyond, |any, &word| any | (word == code))
}

const fn code([a, b, c]: [u8; 3]) -> u32 {
    (a as u32) << 16 | (b as u32) << 8 | c as u32
}

/// Whether the word for a dot, with a dash before it, may stand in a row, end it or end in it (`-d o t-`), or the row begins in a word.
fn has_dashed_word(bytes: &[u8], start: usize, end: usize) -> bool {
    let near = bytes.get(start.saturating_sub(5)..end + 2).unwrap_or_default();
    let dash = |byte: u8| matches!(byte, b'-' | b'_' | b'/' | b'|' | b'~');
    start > 0 && part(bytes[start - 1]) != 0
        || near.windows(4).any(|four| dash(four[0]) && begins_word([four[1], four[2], four[3]]))
}

#[cfg(test)]
mod tests {
    use super::super::chain::{self, Letters};
    use super::super::dot;
    use super::*;
    use crate::detect::mixtures;
    use crate::text::Text;

    const PIECES: [&str; 48] = [
        "a", "evil", "c", "co", "com", "1", ".", ".", ".", "..", " ", " ", "  ", "-", "_", "/", "//", ",", "%", "%2e",
        "dot", "d0t", "d o t", "point", "punkt-", "cham", "nokta", "(", ")", "[", "]", "*", "'", "@", ":", "é", "д",
        "я.рф", "点", "。", "•", "❤", "）", "Ｅ", "\u{200b}", "\n", "x.y", "E V",
    ];

    #[test]
    fn rows_are_what_a_closer_look_reads() {
        let (mut wrong, mut around_dots, mut after_schemes) = (Vec::new(), 0, 0);
        let read = |chain: &Chain| (chain.labels.to_vec(), chain.dots.to_vec());
        for content in mixtures::of(&PIECES, 9, 20_000) {
            let text = Text::fold(&content);
            let reader = Reader::new(&content, &text);
            for i in 0..reader.len() {
                for floor in [0, i / 2] {
                    let Some(row) = around(reader, i, floor).filter(|_| dot::is_dot(reader.ch(i))) else { continue };
                    around_dots += 1;
                    let closer = dot::around(reader, i).filter(|dot| dot.start > floor).map(|dot| {
                        let start = chain::start_before(reader, dot, floor);
                        (read(&chain::read_all(reader, start, Letters::Usual)), dot.kind, dot.end)
                    });
                    if closer != Some((read(&row), DotKind::Plain, i + 1)) {
                        wrong.push((content.clone(), i, floor, read(&row), closer));
                    }
                }
                for letters in [Letters::Usual, Letters::Any] {
                    let row = at(reader, i).filter(|row| row.labels.len() > 1 || letters == Letters::Any);
                    if let Some(row) = row {
                        after_schemes += 1;
                        let closer = read(&chain::read_all(reader, i, letters));
                        if closer != read(&row) {
                            wrong.push((content.clone(), i, 0, read(&row), Some((closer, DotKind::Plain, 0))));
                        }
                    }
                }
            }
        }
        assert!(wrong.is_empty(), "{} {:#?}", wrong.len(), &wrong[..wrong.len().min(3)]);
        assert!(around_dots > 500 && after_schemes > 5_000, "{around_dots} {after_schemes}");
    }
}
