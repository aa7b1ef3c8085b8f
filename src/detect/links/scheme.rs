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

/// The scheme whose colon is at `i`, with what is before the host: with or without spaces around the slashes.
pub(crate) fn at(reader: Reader, i: usize, floor: usize, is_spaced: bool) -> Option<Schemed> {
    let (start, is_web) = name_before(reader, i, floor)?;
    let mut host = i + 1;
    let mut slashes = 0;
    // `http[:]//`
    while slashes < 4 && host < i + 12 {
        match reader.ch(host) {
            '/' | '\\' => slashes += 1,
            ']' if reader.before(i) == '[' => {}
            // `h t t p : / / evil . com`
            ' ' if is_web && is_spaced => {}
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

/// The colon of a scheme before the slash at `i`, with a space between the two.
pub(crate) fn spaced_colon(reader: Reader, i: usize) -> Option<usize> {
    let end = reader.skip_spaces_back(i);
    (end < i && reader.before(end) == ':').then(|| end - 1)
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
    let mut start = reader.word_start(i, LONGEST).max(floor);
    // `view-source://`, `git+ssh://`
    while i - start < LONGEST
        && start > floor + 1
        && matches!(reader.before(start), '+' | '-' | '.')
        && reader.is_word(start - 2)
    {
        start = reader.word_start(start - 1, LONGEST).max(floor);
    }
    ((2..LONGEST).contains(&(i - start)) && reader.is_letter(start)).then_some((start, false))
}

/// The first glyph of a scheme before the colon at `i` that goes without a host.
pub(crate) fn opaque_start(reader: Reader, i: usize, floor: usize) -> Option<usize> {
    let start = reader.word_start(i, 7).max(floor);
    let slashes = (i + 1..i + 4).take_while(|&i| reader.ch(i) == '/').count();
    let opens = match reader.folded(start..i).as_str() {
        "mailto" => reader.is_word(i + 1) && is_no_mail(reader, i + 1),
        "magnet" => reader.ch(i + 1) == '?',
        "file" => slashes == 3 || slashes == 1 && reader.is_word(i + 2),
        _ => false,
    };
    opens.then_some(start)
}

/// Whether `mailto:` goes on at `i` with what only a mail program takes for an address: all others are for `pii`.
fn is_no_mail(reader: Reader, i: usize) -> bool {
    let end = (i..i + 64).find(|&i| reader.is_gap(i)).unwrap_or(i + 64);
    let at = (i..end).find(|&i| matches!(reader.ch(i), '@' | '?'));
    at.is_some_and(|at| reader.is_word(at + 1) && crate::detect::pii::email::end_with_domain(reader, at + 1).is_none())
}

/// Whether the host that seems to begin at `i` follows slashes and what no host begins with: `http://.example.com`.
pub(crate) fn is_torn_before(reader: Reader, i: usize) -> bool {
    let marks = (0..3).take_while(|&n| i > n && matches!(reader.ch(i - 1 - n), '.' | '-')).count();
    marks > 0 && i > marks + 1 && reader.ch(i - marks - 1) == '/' && reader.ch(i - marks - 2) == '/'
}

/// One more than the longest name of a scheme that is read, in characters.
const LONGEST: usize = 24;

/// The first glyph of `http`, `hxxps`, `h77p`, `h t t p`, `h**p` or `ftp` that ends at `end`.
pub(super) fn web_before(reader: Reader, end: usize, floor: usize) -> Option<usize> {
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
    back(|c| c == 't');
    back(|c| c == 'h');
    (at < end).then_some(at)
}

/// The `@` that ends the user information that begins at `host`.
fn user_end(reader: Reader, host: usize) -> Option<usize> {
    // Most messages have none.
    if !reader.may_have_mail() {
        return None;
    }
    let end = (host..host + 128).find(|&i| {
        reader.is_gap(i) || matches!(reader.ch(i), '/' | '\\' | '?' | '#' | '(' | ')' | '[' | ']' | '<' | '>' | '"')
    })?;
    (host..end).rev().find(|&i| reader.ch(i) == '@')
}

/// One past the bracketed address at `i`: IPv6, with a zone (RFC 6874) or without, or what browsers refuse and people read, IPv4.
pub(crate) fn ip_literal_end(reader: Reader, i: usize) -> Option<usize> {
    let mut in_zone = false;
    let mut inner = |c: char| {
        in_zone |= c == '%';
        c.is_ascii_hexdigit()
            || matches!(c, ':' | '.' | '%')
            || in_zone && (c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '~'))
    };
    let end = (reader.ch(i) == '[').then(|| (i + 1..i + 64).find(|&i| !inner(reader.ch(i))))??;
    let count = |mark: char| (i..end).filter(|&i| reader.ch(i) == mark).count();
    ((count(':') >= 2 || count('.') == 3) && reader.ch(end) == ']').then_some(end + 1)
}

/// The start of a scheme, or of its slashes, right before `i`.
pub(crate) fn start_before(reader: Reader, i: usize, floor: usize) -> usize {
    let slashes = (0..6).take_while(|&n| i > floor + n && matches!(reader.ch(i - 1 - n), '/' | '\\' | ' ')).count();
    let colon = i - slashes;
    if colon > floor && reader.before(colon) == ':' {
        let end = reader.skip_spaces_back(colon - 1);
        if let Some(start) = web_before(reader, end, floor) {
            return start;
        }
    }
    let double = i >= floor + 2 && reader.before(i) == '/' && reader.before(i - 1) == '/';
    if double { web_before(reader, i - 2, floor).unwrap_or(i - 2) } else { i }
}
