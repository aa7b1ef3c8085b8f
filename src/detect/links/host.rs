//! A host as a string: as it looks, and as a browser would ask for it.

use super::chain::{Chain, LABELS};
use super::reader::Reader;
use super::rules::{Domains, LinkRules, ascii_host};
use std::borrow::Cow;

/// A host in its two readings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Host {
    /// What it looks like: the folded letters.
    pub(crate) looks: String,
    /// What a browser resolves.
    pub(crate) means: Means,
}

/// What a browser resolves of a host, after IDNA mapping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Means {
    /// What it looks like.
    Same,
    /// Something else.
    Other(String),
    /// It would refuse.
    Nothing,
}

impl Host {
    /// The host of the first `n` labels of `chain`.
    pub(crate) fn new(reader: Reader, chain: &Chain, n: usize) -> Self {
        Self::looking(reader, chain, n, joined(reader, chain, n).0.into_owned())
    }

    /// The host of the first `n` labels of `chain`, which look like `looks`.
    pub(crate) fn looking(reader: Reader, chain: &Chain, n: usize, looks: String) -> Self {
        if is_as_written(reader, chain, n, &looks) {
            return Self { means: Means::Same, looks };
        }
        let looks = percent_decoded(looks);
        let mut written = String::new();
        for label in chain.labels.iter().take(n) {
            if !written.is_empty() {
                written.push('.');
            }
            written.extend(reader.source(label.clone()).chars().filter(|c| !c.is_whitespace()));
        }
        Self { looks, means: Means::of(&percent_decoded(written)) }
    }

    /// What it means, and the domains above that, for lists that may name one; none where a browser would refuse.
    pub(crate) fn domains(&self) -> Domains<'_> {
        Domains::of(match &self.means {
            Means::Same => &self.looks,
            Means::Other(host) => host,
            Means::Nothing => "",
        })
    }

    /// Whether it was made to be taken for an allowed host.
    pub(crate) fn mimics(&self, rules: &LinkRules) -> bool {
        let all = letters(self.looks.as_bytes());
        rules.allow.iter().any(|allowed| {
            // Of the first few, most lack more than the one letter that is another.
            let few = allowed.as_bytes().first_chunk::<6>().map_or(0, |first| letters(first));
            has_one_at_most(few & !all) && {
                let theirs = letters(allowed.as_bytes());
                let missing = theirs & !all;
                missing == 0 && self.contains(allowed) || has_one_at_most(missing) && self.is_like(allowed, theirs)
            }
        })
    }

    /// Whether its last labels look like an allowed host, which has these [`letters`].
    #[inline(never)]
    fn is_like(&self, allowed: &str, theirs: u64) -> bool {
        // Of as many labels as theirs, and letters that pass for one another are two for one at the most.
        let dots = allowed.bytes().filter(|&byte| byte == b'.').count();
        let ends = self.looks.bytes().enumerate().rev().filter(|&(_, byte)| byte == b'.');
        let cut = ends.map(|(at, _)| at + 1).nth(dots).unwrap_or(0);
        let mine = &self.looks[cut..];
        let others = letters(mine.as_bytes()) ^ theirs;
        if mine.len().abs_diff(allowed.len()) > allowed.len() || !has_one_at_most(others & others.wrapping_sub(1)) {
            return false;
        }
        let (mine, theirs) = (skeleton(mine), skeleton(allowed));
        mine == theirs || allowed.len() > 7 && is_one_edit_apart(&mine, &theirs)
    }

    /// Whether it looks like `allowed`, is below it, or has it in front of another domain.
    fn contains(&self, allowed: &str) -> bool {
        let mut label = Some(self.looks.as_str());
        while let Some(rest) = label {
            if rest.strip_prefix(allowed).is_some_and(|after| after.is_empty() || after.starts_with(['.', '-'])) {
                return true;
            }
            label = rest.split_once('.').map(|(_, rest)| rest);
        }
        false
    }
}

impl Means {
    /// What a browser makes of `host` as it was written.
    pub(crate) fn of(host: &str) -> Self {
        ascii_host(host).map_or(Self::Nothing, Self::Other)
    }
}

/// Whether the labels were written as they look, but for capitals.
fn is_as_written(reader: Reader, chain: &Chain, n: usize, looks: &str) -> bool {
    if chain.is_plain {
        let has_dashes = looks.as_bytes().windows(2).fold(false, |any, two| any | (two == b"--"));
        return !has_dashes || !looks.split('.').any(|label| label.starts_with("xn--"));
    }
    let mut labels = chain.labels.iter().take(n).zip(looks.split('.'));
    looks.is_ascii()
        && labels.all(|(label, look)| {
            !look.starts_with("xn--") && !look.contains('%') && reader.source(label.clone()).eq_ignore_ascii_case(look)
        })
}

/// The first `n` labels of `chain` as they look, with dots between them, and the byte after each.
pub(crate) fn joined<'t>(reader: Reader<'t>, chain: &Chain, n: usize) -> (Cow<'t, str>, [usize; LABELS]) {
    let mut ends = [0; LABELS];
    if chain.is_plain
        && let Some(all) = plainly_joined(reader, chain, n)
    {
        let start = chain.labels[0].start;
        ends = std::array::from_fn(|at| chain.labels.get(at).map_or(0, |label| label.end - start));
        return (Cow::Borrowed(all), ends);
    }
    let mut looks = String::with_capacity(64);
    for (label, end) in chain.labels.iter().take(n).zip(&mut ends) {
        if !looks.is_empty() {
            looks.push('.');
        }
        looks.extend(label.clone().map(|i| reader.ch(i)).filter(|c| *c != ' '));
        *end = looks.len();
    }
    (Cow::Owned(looks), ends)
}

/// The first `n` labels of a plain `chain`.
fn plainly_joined<'t>(reader: Reader<'t>, chain: &Chain, n: usize) -> Option<&'t str> {
    let labels = chain.labels.get(..n)?;
    let bytes = reader.bytes().get(labels.first()?.start..labels.last()?.end)?;
    std::str::from_utf8(bytes).ok()
}

/// `%65vil.com` → `evil.com`; a code that is no UTF-8 stays as it is.
fn percent_decoded(text: String) -> String {
    if !text.contains('%') {
        return text;
    }
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let code = bytes.get(at + 1..at + 3).and_then(|hex| std::str::from_utf8(hex).ok());
        let code = code.and_then(|hex| u8::from_str_radix(hex, 16).ok()).filter(|_| bytes[at] == b'%');
        out.push(code.map_or(bytes[at], |byte| byte.to_ascii_lowercase()));
        at += if code.is_some() { 3 } else { 1 };
    }
    String::from_utf8(out).unwrap_or(text)
}

/// The letters of `host`, those that pass for each other made one.
fn skeleton(host: &str) -> String {
    let mut out = String::with_capacity(host.len());
    for c in host.chars() {
        let c = match c {
            '-' | '_' => continue,
            '1' | 'i' | '|' | '!' => 'l',
            '0' => 'o',
            '3' => 'e',
            '4' => 'a',
            '5' => 's',
            '7' => 't',
            _ => c,
        };
        let pair = match (out.as_bytes().last(), c) {
            (Some(b'v'), 'v') => Some('w'),
            (Some(b'r'), 'n') => Some('m'),
            (Some(b'c'), 'l') => Some('d'),
            _ => None,
        };
        if pair.is_some() {
            out.pop();
        }
        out.push(pair.unwrap_or(c));
    }
    out
}

/// What the [`skeleton`] of `host` is made of, a bit for each letter: the same bit for those that it makes one, or one of two.
#[inline]
fn letters(host: &[u8]) -> u64 {
    const BITS: [u64; 128] = {
        let (mut bits, mut at) = ([0; 128], 0);
        while at < 128 {
            let letter = match at as u8 {
                b'-' | b'_' => b'\0',
                b'1' | b'i' | b'|' | b'!' | b'c' | b'd' => b'l',
                b'0' => b'o',
                b'3' => b'e',
                b'4' => b'a',
                b'5' => b's',
                b'7' => b't',
                b'v' => b'w',
                b'r' | b'n' => b'm',
                other => other,
            };
            bits[at] = if letter == 0 { 0 } else { 1 << (letter & 63) };
            at += 1;
        }
        bits
    };
    host.iter().fold(0, |all, &byte| all | BITS[usize::from(byte & 127)])
}

/// Whether there is but one bit, or none.
const fn has_one_at_most(bits: u64) -> bool {
    bits & bits.wrapping_sub(1) == 0
}

/// Whether one letter more, less, other, or two swapped make `a` out of `b`.
fn is_one_edit_apart(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let head = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let room = a.len().min(b.len()) - head;
    let tail = a.iter().rev().zip(b.iter().rev()).take(room).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[head..a.len() - tail], &b[head..b.len() - tail]);
    a.len() <= 1 && b.len() <= 1 || a.len() == 2 && b.len() == 2 && a[0] == b[1] && a[1] == b[0]
}

/// Whether `host` is a number that browsers take for an IPv4 address: `3232235521`, `0x7f.1`, `10.0.0.1`.
pub(crate) fn is_numeric(host: &str) -> bool {
    // Most begin with a letter. What reads numbers takes a plus.
    if !host.starts_with(|c: char| c.is_ascii_digit() || c == '+') {
        return false;
    }
    let parts: Vec<_> = host.split('.').map(number).collect();
    parts.len() <= 4
        && match parts.split_last() {
            Some((Some(last), rest)) => {
                rest.iter().all(|part| part.is_some_and(|value| value < 256)) && *last < 1 << (8 * (5 - parts.len()))
            }
            _ => false,
        }
}

/// A decimal, octal or hexadecimal number.
fn number(part: &str) -> Option<u64> {
    match part.strip_prefix("0x") {
        Some(hex) => u64::from_str_radix(hex, 16).ok(),
        None => part.parse().ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_passes_for_another_has_nearly_the_same_letters() {
        let pieces = ["rn", "vv", "cl", "1", "0", "-", "_", "i", "x", "m", "w", "d", "l", ".", "s"];
        let hosts = ["youtube.com", "amazon.com", "warm-clad.link", "t.me"];
        let edits = hosts.iter().flat_map(|host| {
            let places = (0..=host.len()).flat_map(|start| [(start, start), (start, start + 1), (start, start + 2)]);
            let places = places.filter(|&(_, end)| end <= host.len());
            places.flat_map(|(start, end)| pieces.map(|piece| [&host[..start], piece, &host[end..]].concat()))
        });
        let all: Vec<String> = edits.collect();
        let pairs = all.iter().flat_map(|one| hosts.iter().map(move |other| (one, other)));
        let (mut same, mut wrong) = (0, Vec::new());
        for (one, other) in pairs {
            let (mine, theirs) = (skeleton(one), skeleton(other));
            let differ = letters(one.as_bytes()) ^ letters(other.as_bytes());
            let few = has_one_at_most(differ & differ.wrapping_sub(1));
            let passes = mine == theirs && differ == 0 || mine != theirs && is_one_edit_apart(&mine, &theirs) && few;
            same += usize::from(passes);
            if !passes && (mine == theirs || is_one_edit_apart(&mine, &theirs)) {
                wrong.push((one, other));
            }
        }
        assert!(wrong.is_empty(), "{wrong:?}");
        assert!(same > 500, "{same}");
    }
}
