//! Addresses that begin with a scheme: `https://…`, `hxxp:\\…`, `h t t p : / / …`.

use super::chain::{self, Letters};
use super::reader::Reader;

/// Where an address with a scheme stands.
pub(crate) struct Schemed {
    /// The first glyph of the scheme.
    pub(crate) start: usize,
    /// The first glyph of the host.
    pub(crate) host: usize,
    /// The user information before the host, where there is any.
    pub(crate) user: std::ops::Range<usize>,
}

/// The scheme whose colon is at `i`, with what is before the host.
pub(crate) fn at(reader: Reader, i: usize, floor: usize) -> Option<Schemed> {
    let (start, is_web) = name_before(reader, i, floor)?;
    let mut host = i + 1;
    let mut slashes = 0;
    // `http[:]//`
    while slashes < 4 && host < i + 12 {
        match reader.ch(host) {
            '/' | '\\' => slashes += 1,
            ']' if reader.before(i) == '[' => {}
            _ => break,
        }
        host += 1;
    }
    let user_end = user_end(reader, host);
    let user = host..user_end.unwrap_or(host);
    let host = user_end.map_or(host, |end| end + 1);
    let enough = slashes >= 2 || is_web && slashes == 1;
    (enough && begins_host(reader, host)).then_some(Schemed { start, host, user })
}

/// Whether a host can begin at `i`.
fn begins_host(reader: Reader, i: usize) -> bool {
    reader.is_word(i)
        || reader.ch(i) == '['
        || chain::label_end(reader, i, Letters::Any) > i && reader.ch(i) != '-' && reader.ch(i) != '_'
}

/// The first glyph of the scheme before the colon at `i`, and whether it is one of the web's, disguised or not.
fn name_before(reader: Reader, i: usize, floor: usize) -> Option<(usize, bool)> {
    let end = reader.skip_spaces_back(if reader.before(i) == '[' { i - 1 } else { i });
    if let Some(start) = web_before(reader, end, floor) {
        return Some((start, true));
    }
    let start = reader.word_start(i, 16).max(floor);
    (i - start >= 2 && i - start < 16 && start + 16 > i && (start..i).any(|i| reader.is_letter(i)))
        .then_some((start, false))
}

/// The first glyph of `http`, `hxxps`, `h77p`, `h t t p`, `h**p` or `ftp` that ends at `end`.
fn web_before(reader: Reader, end: usize, floor: usize) -> Option<usize> {
    let mut at = end;
    let mut back = |wanted: fn(char) -> bool| {
        let i = at.checked_sub(1).filter(|&i| i >= floor)?;
        let i = if reader.is_space(i) { i.checked_sub(1).filter(|&i| i >= floor)? } else { i };
        wanted(reader.ch(i)).then(|| at = i)
    };
    back(|c| matches!(c, 's' | '5' | '$'));
    back(|c| c == 'p')?;
    back(|c| matches!(c, 't' | 'x' | '7' | '+' | '*' | '†'))?;
    back(|c| matches!(c, 't' | 'x' | '7' | '+' | '*' | '†' | 'f'))?;
    back(|c| c == 'h');
    (at < end).then_some(at)
}

/// The `@` that ends the user information that begins at `host`.
fn user_end(reader: Reader, host: usize) -> Option<usize> {
    let end = (host..host + 128).find(|&i| {
        reader.is_gap(i) || matches!(reader.ch(i), '/' | '\\' | '?' | '#' | '(' | ')' | '[' | ']' | '<' | '>' | '"')
    })?;
    (host..end).rev().find(|&i| reader.ch(i) == '@')
}

/// One past the bracketed IPv6 address at `i`.
pub(crate) fn ipv6_end(reader: Reader, i: usize) -> Option<usize> {
    let inner = |c: char| c.is_ascii_hexdigit() || matches!(c, ':' | '.' | '%');
    let end = (reader.ch(i) == '[').then(|| (i + 1..i + 48).find(|&i| !inner(reader.ch(i))))??;
    let colons = (i..end).filter(|&i| reader.ch(i) == ':').count();
    (colons >= 2 && reader.ch(end) == ']').then_some(end + 1)
}

/// The start of a scheme, or of its slashes, right before `i`.
pub(crate) fn start_before(reader: Reader, i: usize, floor: usize) -> usize {
    let slashes = (0..6).take_while(|&n| i > floor + n && matches!(reader.ch(i - 1 - n), '/' | '\\' | ' ')).count();
    let colon = i - slashes;
    if slashes > 0 && colon > floor && reader.before(colon) == ':' {
        let end = reader.skip_spaces_back(colon - 1);
        if let Some(start) = web_before(reader, end, floor) {
            return start;
        }
    }
    let double = i >= floor + 2 && reader.before(i) == '/' && reader.before(i - 1) == '/';
    if double { web_before(reader, i - 2, floor).unwrap_or(i - 2) } else { i }
}
