//! Addresses with any mark in the dot's place, where words say that it is one: `evil*art (star = dot)`.

use super::chain::{self, Chain, Letters};
use super::dot::{Dot, DotKind};
use super::host::{self, Host};
use super::reader::Reader;
use super::words::{ARTICLES, MAKES, has};
use super::{Address, scheme, tail, tld};

/// How far around those words the address stands, in glyphs.
const NEAR: usize = 64;

/// The address that the word for a dot at `i` mends: `evil*art, * is a dot`, `replace the comma with a dot: evil,net`.
pub(super) fn at(reader: Reader, i: usize, floor: usize) -> Option<Address> {
    if !reader.is_letter(i) || !says_so(reader, i) {
        return None;
    }
    let places = i.saturating_sub(NEAR).max(floor + 1)..reader.len().min(i + NEAR);
    places.filter(|&at| !reader.is_word(at) && !reader.is_gap(at)).find_map(|at| around(reader, at, floor))
}

/// Whether the words before the one at `i` make something of something: `is a`, `=`, `with a`.
fn says_so(reader: Reader, i: usize) -> bool {
    let word_before = |i: usize| {
        let end = reader.skip_spaces_back(i);
        (reader.word_start(end, 5), end)
    };
    let (mut start, mut end) = word_before(i);
    let is_article = has(ARTICLES, &reader.folded(start..end));
    if is_article {
        (start, end) = word_before(start);
    }
    reader.before(end) == '=' || start < end && has(MAKES, &reader.folded(start..end))
}

/// The address whose only dot is replaced by the mark at `i`.
fn around(reader: Reader, i: usize, floor: usize) -> Option<Address> {
    let dot = Dot { start: i, end: i + 1, kind: DotKind::StandIn };
    let mut chain = Chain::default();
    chain.labels.push(chain::start_before(reader, dot, floor)..i);
    chain.labels.push(i + 1..chain::label_end(reader, i + 1, Letters::Usual));
    chain.dots.push(DotKind::StandIn);
    let first = chain.labels.first()?.start;
    let (looks, ends) = host::joined(reader, &chain, 2);
    let (name, tld) = (looks.get(..*ends.first()?)?, looks.get(ends.first()? + 1..)?);
    if tld::is_said(name) || tld::class(tld).is_none() {
        return None;
    }
    let host_end = chain.end();
    let host = Host::looking(reader, &chain, 2, looks.into_owned());
    let glyphs = scheme::start_before(reader, first, floor)..tail::end(reader, host_end);
    Some(Address { glyphs, host, host_end, user: String::new(), spelled: true })
}
