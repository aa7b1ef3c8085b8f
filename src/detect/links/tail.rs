//! What follows the host: port, path, query, fragment, and where the address ends.

use super::chain::is_foreign;
use super::reader::{END, Reader};
use super::tld;
use super::words::{WordList, has};
use crate::text::Kind;

/// One past the port at `i` (`:8080`), or `i`.
#[inline(never)]
pub(crate) fn port_end(reader: Reader, i: usize) -> usize {
    if reader.ch(i) != ':' {
        return i;
    }
    let end = (i + 1..i + 7).find(|&i| !reader.is_digit(i)).unwrap_or(i);
    if end > i + 1 && !reader.is_letter(end) { end } else { i }
}

/// Whether something follows the host at `i` that only an address has.
#[inline(never)]
pub(crate) fn has_path(reader: Reader, i: usize) -> bool {
    let i = port_end(reader, i);
    matches!(reader.ch(i), '/' | '\\') && !reader.is_gap(i + 1)
}

/// Whether a slash with spaces around it, or the word for one, and a word or a handle follow the host at `i`.
pub(crate) fn has_spaced_path(reader: Reader, i: usize) -> bool {
    let slash = reader.skip_spaces(i);
    if reader.ch(slash) == '/' {
        let next = reader.skip_spaces(slash + 1);
        return slash > i && (reader.is_word(next) || reader.ch(next) == '@' && reader.is_word(next + 1));
    }
    has_said_path(reader, i)
}

/// Whether the word for a slash and another word follow the host at `i`: `evil dot it slash free`.
pub(crate) fn has_said_path(reader: Reader, i: usize) -> bool {
    let slash = reader.skip_spaces(i);
    let end = reader.word_end(slash, 13);
    let next = reader.skip_spaces(end);
    slash > i && next > end && reader.is_word(next) && has(SLASHES, &reader.folded(slash..end))
}

/// The word for a slash in languages of the rooms, folded as messages are.
const SLASHES: &WordList =
    &WordList::new("barra cлew cлэw lomitko schragstrich slash taksim ukosnik すらっしゅ 슬래시");

/// Whether the path at `i` is one that nobody says.
pub(crate) fn has_telling_path(reader: Reader, i: usize) -> bool {
    has_rich_path(reader, i) || has_odd_path(reader, i)
}

/// Whether the path at `i` is more than the second of two words (`and/or`): a digit, a query, a second slash.
fn has_rich_path(reader: Reader, i: usize) -> bool {
    let i = port_end(reader, i);
    let end = (i + 1..i + 64).find(|&i| reader.is_gap(i)).unwrap_or(i + 64);
    has_path(reader, i)
        && (i + 1..end).any(|i| reader.is_digit(i) || matches!(reader.ch(i), '/' | '?' | '=' | '_' | '+'))
}

/// Whether the path at `i` is the size of a network: `/8`, `/24`.
pub(crate) fn is_mask(reader: Reader, i: usize) -> bool {
    let end = reader.word_end(i + 1, 3);
    reader.ch(i) == '/'
        && (i + 2..i + 4).contains(&end)
        && (i + 1..end).all(|i| reader.is_digit(i))
        && reader.ch(end) != '/'
}

/// Whether the path at `i` is one word that nobody says: `it.so/abcde`, and not `he.is/was`.
fn has_odd_path(reader: Reader, i: usize) -> bool {
    let start = port_end(reader, i) + 1;
    let end = reader.word_end(start, 64);
    has_path(reader, i) && end >= start + 5 && reader.is_gap(end) && !tld::is_said(&reader.folded(start..end))
}

/// One past the address whose host ends at `i`: port, path, query and fragment, without the punctuation of the sentence
/// around it.
pub(crate) fn end(reader: Reader, i: usize) -> usize {
    let start = port_end(reader, i);
    let opens = match reader.ch(start) {
        '/' | '\\' => true,
        '?' | '#' => reader.is_word(start + 1),
        _ => false,
    };
    if !opens {
        return start;
    }
    trimmed(reader, start, run_end(reader, start))
}

/// One past the last glyph before white space, a character no address holds, or a bracket that closes none of its own.
pub(crate) fn run_end(reader: Reader, start: usize) -> usize {
    let mut open = [0usize; 3];
    let mut end = start;
    let bytes = reader.bytes();
    loop {
        // Most of a path is nothing else than these.
        while bytes.get(end).is_some_and(|&byte| goes_on(byte)) {
            end += 1;
        }
        if reader.is_gap(end) || ends_path(reader, end) {
            break;
        }
        match reader.ch(end) {
            '(' => open[0] += 1,
            '[' => open[1] += 1,
            '{' => open[2] += 1,
            c @ (')' | ']' | '}') => {
                let depth = &mut open[match c {
                    ')' => 0,
                    ']' => 1,
                    _ => 2,
                }];
                if *depth == 0 {
                    break;
                }
                *depth -= 1;
            }
            _ => {}
        }
        end += 1;
    }
    end
}

/// Whether what has this byte in a sketch is a part of a path, whatever stands around it and however it was written.
const fn goes_on(byte: u8) -> bool {
    const PARTS: [bool; 256] = {
        let mut parts = [false; 256];
        let (all, mut at) = (b"abcdefghijklmnopqrstuvwxyz0123456789-._~/#@$&'*+=%", 0);
        while at < all.len() {
            parts[all[at] as usize] = true;
            at += 1;
        }
        parts
    };
    PARTS[byte as usize]
}

/// Quotes, angle brackets, marks of CJK sentences, emoji, and letters of another script glued to Latin ones.
fn ends_path(reader: Reader, i: usize) -> bool {
    let c = reader.ch(i);
    let glued = || reader.is_letter(i) && is_foreign(c) && reader.before(i).is_ascii_alphanumeric();
    matches!(c, '<' | '>' | '|' | '"' | '`' | '“' | '”' | '«' | '»' | '。' | '，' | '、' | '！' | '？' | '；' | '：')
        || matches!(c, '「' | '」' | '『' | '』' | '（' | '）' | '【' | '】' | '《' | '》' | '…' | END)
        || reader.kind(i) == Some(Kind::Emoji)
        || matches!(reader.written(i), '（' | '）' | '｜' | '，' | '！' | '？' | '：' | '；')
        || glued()
}

/// `end` without the sentence's own punctuation.
fn trimmed(reader: Reader, start: usize, mut end: usize) -> usize {
    while end > start
        && matches!(reader.before(end), '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '~' | '(' | '[' | '{')
    {
        end -= 1;
    }
    end
}
