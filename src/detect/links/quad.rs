//! Four numbers with dots between them: an address, or a version.

use super::dot::{self, Dot, DotKind};
use super::host::is_numeric;
use super::reader::Reader;
use super::tail;
use crate::detect::pii::ip::is_someones;
use std::ops::Range;

/// Whether the four numbers of `range`, which read `looks`, are an address and not a version.
pub(super) fn is_address(reader: Reader, looks: &str, range: Range<usize>) -> bool {
    let Range { start, end } = range;
    if reader.is_word(end) || reader.before(start) == '.' {
        return false;
    }
    let before = reader.skip_spaces_back(start);
    let word = reader.folded(reader.word_start(before, 10)..before);
    let version = matches!(
        word.as_str(),
        "v" | "ver" | "version" | "patch" | "update" | "build" | "driver" | "firmware" | "release" | "chrome"
    );
    let digits = looks.len() - 3;
    let opens = tail::port_end(reader, end) > end || tail::has_path(reader, end);
    if is_private(looks) {
        // `10.0.0.0/8` is a network, and `0.0.0.0:80` leads to the reader's own machine.
        let own = looks.starts_with("0.") || looks.starts_with("127.");
        return opens && !own && !tail::is_mask(reader, end);
    }
    if opens {
        return true;
    }
    // "his ip is …" is about a person: `pii` finds it.
    digits > 6 && !version && !is_someones(reader, start, end)
}

/// The four numbers around `dot`, one of three dots that are all more than a dot: `185 . 44 . 12 . 9`, `185 dot 44 dot 12 dot 9`.
/// Where they stand, with a port, and what they read.
pub(super) fn spelled(reader: Reader, dot: Dot, floor: usize) -> Option<(Range<usize>, String)> {
    let number_start =
        |end: usize| (end.saturating_sub(4).max(floor)..end).rev().take_while(|&i| reader.is_digit(i)).last();
    let number_end = |start: usize| (start..start + 4).find(|&i| !reader.is_digit(i)).filter(|&end| end > start);
    let start = number_start(dot.start)?;
    let (mut looks, mut at, mut dots) = (String::new(), start, 0);
    let end = loop {
        let end = number_end(at)?;
        looks.push_str(&reader.folded(at..end));
        if dots == 3 {
            break end;
        }
        let next = dot::after(reader, end).filter(|dot| dot.kind <= DotKind::Spaced)?;
        looks.push('.');
        (at, dots) = (next.end, dots + 1);
    };
    let is_one = is_quad(&looks) && !reader.is_word(start.wrapping_sub(1)) && is_address(reader, &looks, start..end);
    is_one.then(|| (start..spaced_port_end(reader, end), looks))
}

/// One past the port behind `end`, with spaces around its colon or none.
fn spaced_port_end(reader: Reader, end: usize) -> usize {
    let colon = reader.skip_spaces(end);
    let port = reader.skip_spaces(colon + 1);
    let last = (port..port + 6).find(|&i| !reader.is_digit(i)).unwrap_or(port);
    if reader.ch(colon) == ':' && last > port { last } else { end }
}

/// Addresses inside someone's own network, and masks of one: nobody else gets anywhere with them.
fn is_private(host: &str) -> bool {
    ["0.", "10.", "127.", "169.254.", "192.168.", "255."].iter().any(|net| host.starts_with(net))
}

/// Whether `host` is four numbers below 256.
pub(super) fn is_quad(host: &str) -> bool {
    host.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && host.bytes().filter(|&b| b == b'.').count() == 3
        && is_numeric(host)
        && host.split('.').all(|part| part.len() < 4)
}
