//! A host as a string: as it looks, and as a browser would ask for it.

use super::chain::{Chain, LABELS};
use super::reader::Reader;
use super::rules::{LinkRules, ascii_host, listed};

/// A host in its two readings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Host {
    /// What it looks like: the folded letters.
    pub(crate) looks: String,
    /// What a browser resolves, after IDNA mapping; `None` where it would refuse.
    pub(crate) ascii: Option<String>,
}

impl Host {
    /// The host of the first `n` labels of `chain`.
    pub(crate) fn new(reader: Reader, chain: &Chain, n: usize) -> Self {
        Self::looking(reader, chain, n, joined(reader, chain, n).0)
    }

    /// The host of the first `n` labels of `chain`, which look like `looks`.
    pub(crate) fn looking(reader: Reader, chain: &Chain, n: usize, looks: String) -> Self {
        if is_as_written(reader, chain, n, &looks) {
            return Self { ascii: Some(looks.clone()), looks };
        }
        let looks = percent_decoded(looks);
        let mut written = String::new();
        for label in chain.labels.iter().take(n) {
            if !written.is_empty() {
                written.push('.');
            }
            written.extend(reader.source(label.clone()).chars().filter(|c| !c.is_whitespace()));
        }
        Self { looks, ascii: ascii_host(&percent_decoded(written)) }
    }

    /// Whether `list` names this host or a domain above it.
    pub(crate) fn is_in(&self, list: &[String]) -> bool {
        self.ascii.as_deref().is_some_and(|host| listed(list, host))
    }

    /// Whether it was made to be taken for an allowed host.
    pub(crate) fn mimics(&self, rules: &LinkRules) -> bool {
        let (mut mine, mut theirs, mut labels) = (String::new(), String::new(), 0);
        rules.allow.iter().any(|allowed| {
            if self.contains(allowed) {
                return true;
            }
            // Of as many labels as theirs, and letters that pass for one another are two for one at the most.
            let dots = allowed.matches('.').count();
            let cut = self.looks.rmatch_indices('.').nth(dots).map_or(0, |(at, _)| at + 1);
            if (self.looks.len() - cut).abs_diff(allowed.len()) > allowed.len() {
                return false;
            }
            if labels != dots + 1 {
                labels = dots + 1;
                skeleton(&self.looks[cut..], &mut mine);
            }
            skeleton(allowed, &mut theirs);
            mine == theirs || allowed.len() > 7 && is_one_edit_apart(&mine, &theirs)
        })
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

/// Whether the labels were written as they look, but for capitals.
fn is_as_written(reader: Reader, chain: &Chain, n: usize, looks: &str) -> bool {
    let mut labels = chain.labels.iter().take(n).zip(looks.split('.'));
    looks.is_ascii()
        && labels.all(|(label, look)| {
            !look.starts_with("xn--") && !look.contains('%') && reader.source(label.clone()).eq_ignore_ascii_case(look)
        })
}

/// The first `n` labels of `chain` as they look, with dots between them, and the byte after each.
pub(crate) fn joined(reader: Reader, chain: &Chain, n: usize) -> (String, [usize; LABELS]) {
    let (mut looks, mut ends) = (String::new(), [0; LABELS]);
    for (label, end) in chain.labels.iter().take(n).zip(&mut ends) {
        if !looks.is_empty() {
            looks.push('.');
        }
        looks.extend(label.clone().map(|i| reader.ch(i)).filter(|c| *c != ' '));
        *end = looks.len();
    }
    (looks, ends)
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

/// Writes the letters of `host` to `out`, those that pass for each other made one.
fn skeleton(host: &str, out: &mut String) {
    out.clear();
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
