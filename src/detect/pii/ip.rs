//! IP addresses that the words around make a person's.

use crate::detect::links::reader::Reader;
use crate::detect::word_list::{WordList, mentions};
use std::ops::Range;

/// How far around an address the words count, in characters.
const NEAR: usize = 48;

/// Words for such an address.
const IPS: &WordList = &WordList::new("ip ips ipv4 ipv6");

/// Words that say whose address it is, or what is done to them. Sorted.
const PERSONS: &WordList = &WordList::new(
    "\
    adresse ddos dein dox doxed doxx doxxed he her him his ihre leak leaked ma mein meine mi mia my sa seine \
    she son su their tu ur votre your",
);

/// The IP address at `at`, if the words around say "ip" and whose.
pub(super) fn someones(reader: Reader, at: usize) -> Option<Range<usize>> {
    let end = quad_end(reader, at).or_else(|| groups_end(reader, at))?;
    (is_someones(reader, at, end) || is_global(reader, at, end)).then_some(at..end)
}

/// Whether `at..end` is an IPv6 address of the one part of the space that hosts have: nothing else looks like it.
fn is_global(reader: Reader, at: usize, end: usize) -> bool {
    let first = matches!(reader.ch(at), '2' | '3') && reader.ch(at + 4) == ':';
    let long = reader.folded(at..end).split(':').filter(|group| group.len() > 2).count();
    first && long > 3
}

/// Whether the words around `start..end` say "ip" and whose.
pub(crate) fn is_someones(reader: Reader, start: usize, end: usize) -> bool {
    let around = [start.saturating_sub(NEAR)..start, end..(end + NEAR).min(reader.len())];
    let text = around.map(|range| reader.folded(range)).join(" ");
    mentions(&text, IPS) && mentions(&text, PERSONS)
}

/// One past the hexadecimal groups of an IPv6 address.
fn groups_end(reader: Reader, at: usize) -> Option<usize> {
    let end = (at..at + 40).find(|&i| !reader.ch(i).is_ascii_hexdigit() && reader.ch(i) != ':')?;
    let colons = (at..end).filter(|&i| reader.ch(i) == ':').count();
    ((colons == 7 || colons > 1 && reader.folded(at..end).contains("::")) && !reader.is_word(end)).then_some(end)
}

/// One past four numbers below 256 with dots between them.
fn quad_end(reader: Reader, at: usize) -> Option<usize> {
    let mut from = at;
    for part in 0..4 {
        let end = (from..from + 4).find(|&i| !reader.ch(i).is_ascii_digit())?;
        let more = reader.ch(end) == '.' && reader.is_digit(end + 1);
        if more != (part < 3) || reader.folded(from..end).parse::<u8>().is_err() {
            return None;
        }
        if part == 3 {
            return (!reader.is_letter(end)).then_some(end);
        }
        from = end + 1;
    }
    None
}
