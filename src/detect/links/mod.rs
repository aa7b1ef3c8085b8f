//! Addresses, as people read them.
//!
//! One pass over the glyphs stops at what an address can not do without (`anchor`): a dot in one of its forms (`dot`) or the colon of
//! a scheme (`scheme`). From there the labels around it are read (`chain`; `row` where they are plain), what they are worth is weighed
//! (`evidence`, with the top-level domains of `tld`; `spelled` where the dot is more than a dot, `quad` for numbers, `undotted` where
//! there is none, `mended` where words say what is one), and the host is judged by the rules (`host`, `rules`). Every look back
//! or ahead is bounded by the longest host there is, so that the work is linear in the message.

mod anchor;
mod before;
pub(crate) mod chain;
pub(crate) mod dot;
mod evidence;
mod host;
mod mended;
mod quad;
pub(crate) mod reader;
mod row;
mod rules;
mod scheme;
mod spelled;
mod tail;
pub(crate) mod tld;
mod undotted;
mod words;

pub use rules::{LinkRules, ascii_host};

use super::{Category, Fix, Hit, Severity, pii};
use crate::text::{Ask, Text};
use chain::{Chain, Letters};
use dot::DotKind;
use evidence::Reading;
use host::{Host, Means};
use reader::Reader;
use std::ops::Range;

/// An address as read: where it stands and where it goes.
struct Address {
    /// From the scheme to the end of the path.
    glyphs: Range<usize>,
    host: Host,
    /// One past the last glyph of the host.
    host_end: usize,
    /// The user information, which only an attacker writes.
    user: String,
    spelled: bool,
}

impl Address {
    /// Whether nothing but its host and how that was spelled decides what becomes of it.
    fn is_plain(&self, reader: Reader) -> bool {
        self.user.is_empty() && reader.ch(self.host_end) != '\\'
    }

    /// Whether that is so, and both are those of an address that was judged before.
    fn is_plainly(&self, reader: Reader, host: &Host, spelled: bool) -> bool {
        self.host == *host && self.spelled == spelled && self.is_plain(reader)
    }
}

/// Appends a hit for every address in `content` that `rules` do not allow.
pub fn find<'r>(content: &str, text: &Text, rules: &'r LinkRules, hits: &mut Vec<Hit<'r>>) {
    // Nothing is asked of the first glyph.
    let begins = text.sketch().some(0) == Some(*b"www");
    if !(begins | text.is_asked([Ask::Link])) {
        return;
    }
    let reader = Reader::new(content, text);
    find_from(reader, rules, hits, &mut reader::anchors(begins, text.asked([Ask::Link]), |i| anchor::is_at(reader, i)));
}

/// The same with what gives the next anchor from a place on.
fn find_from<'r>(
    reader: Reader,
    rules: &'r LinkRules,
    hits: &mut Vec<Hit<'r>>,
    anchor_from: &mut dyn FnMut(usize) -> Option<usize>,
) {
    let (mut at, mut floor) = (0, 0);
    let mut last: Option<(Host, bool, Option<&'static str>)> = None;
    while let Some(anchor) = anchor_from(at) {
        at = anchor;
        let step = match reader.ch(at) {
            ':' => schemed(reader, at, floor),
            '/' => slashed(reader, at, floor, rules),
            'w' => undotted::www(reader, at),
            _ => dotted(reader, at, floor, rules),
        };
        match step {
            Step::On(next) => at = next.max(at + 1),
            Step::Found(address) => {
                let rule = match &last {
                    Some((host, spelled, rule)) if address.is_plainly(reader, host, *spelled) => *rule,
                    _ => judge(reader, &address, rules),
                };
                hits.extend(rule.map(|rule| hit(reader, rule, address.glyphs.clone())));
                // An allowed host excuses itself, not what its path leads on to.
                let inner = if rule.is_none() { inner(reader, &address) } else { None };
                at = inner.unwrap_or(address.glyphs.end).max(at + 1);
                floor = at;
                last = address.is_plain(reader).then_some((address.host, address.spelled, rule));
            }
        }
    }
}

/// What a look at one glyph came to.
enum Step {
    /// No address: go on at this glyph.
    On(usize),
    /// An address.
    Found(Address),
}

fn hit<'r>(reader: Reader, rule: &'static str, glyphs: Range<usize>) -> Hit<'r> {
    let (category, severity, span) = (Category::Link, Severity::Strong, reader.span(glyphs));
    Hit { rule, category, severity, language: 0, span, fix: Fix::Mask }
}

/// The address whose scheme ends with the colon at `i`.
fn schemed(reader: Reader, i: usize, floor: usize) -> Step {
    let Some(found) = scheme::at(reader, i, floor, false) else { return opaque(reader, i, floor) };
    let user = reader.folded(found.user);
    let (host, host_end) = if let Some(end) = scheme::ip_literal_end(reader, found.host) {
        (Host { looks: "[]".into(), means: Means::Nothing }, end)
    } else {
        let chain = chain::read(reader, found.host, Letters::Any);
        if chain.labels.is_empty() {
            return Step::On(found.host);
        }
        if !chain::is_well_formed(reader, &chain) && !tail::has_path(reader, chain.end()) {
            return Step::On(chain.end());
        }
        (Host::new(reader, &chain, chain.labels.len()), chain.end())
    };
    let glyphs = found.start..tail::end(reader, host_end);
    Step::Found(Address { glyphs, host, host_end, user, spelled: false })
}

/// The address that the slash at `i` makes one.
fn slashed(reader: Reader, i: usize, floor: usize, rules: &LinkRules) -> Step {
    let spaced = scheme::spaced_colon(reader, i).and_then(|colon| spaced(reader, colon, floor));
    spaced.map_or_else(|| undotted::site(reader, i, floor, rules), Step::Found)
}

/// The address behind the colon at `i` of a scheme with spaces around its slashes, `h t t p : / / evil . com`: as far as a
/// top-level domain.
#[inline(never)]
fn spaced(reader: Reader, i: usize, floor: usize) -> Option<Address> {
    let found = scheme::at(reader, i, floor, true)?;
    let chain = chain::read(reader, found.host, Letters::Usual);
    let (looks, ends) = host::joined(reader, &chain, chain.labels.len());
    let n = (2..=chain.labels.len()).rev().find(|&n| {
        let reading = Reading { chain: &chain, n, looks: &looks[..ends[n - 1]], ends: &ends, letters: Letters::Usual };
        reading.is_schemed()
    })?;
    let host_end = chain.labels.get(n - 1)?.end;
    let host = Host::looking(reader, &chain, n, looks[..ends[n - 1]].to_owned());
    let glyphs = found.start..tail::end(reader, host_end);
    Some(Address { glyphs, host, host_end, user: String::new(), spelled: true })
}

/// `mailto:a@b`, `magnet:?xt=…`, `file:///etc`: the address whose scheme ends with the colon at `i` and needs no host.
fn opaque(reader: Reader, i: usize, floor: usize) -> Step {
    let Some(start) = scheme::opaque_start(reader, i, floor) else { return Step::On(i + 1) };
    let host = Host { looks: reader.folded(start..i), means: Means::Nothing };
    let glyphs = start..tail::run_end(reader, i + 1);
    Step::Found(Address { glyphs, host, host_end: i + 1, user: String::new(), spelled: false })
}

/// Where another address can begin in the path of this one.
fn inner(reader: Reader, address: &Address) -> Option<usize> {
    (address.host_end + 1..address.glyphs.end)
        .find(|&i| matches!(reader.ch(i), ',' | ';') || reader.ch(i) == '=' && reader.is_word(i + 1))
}

/// The address around the dot whose middle is at `i`.
fn dotted(reader: Reader, i: usize, floor: usize, rules: &LinkRules) -> Step {
    if let Some(chain) = row::around(reader, i, floor) {
        return chained(reader, &chain, Letters::Usual, i + 1, floor, rules);
    }
    let mended = || mended::at(reader, i, floor).map_or(Step::On(i + 1), Step::Found);
    let Some(dot) = dot::around(reader, i).filter(|dot| dot.start > floor) else { return mended() };
    if dot.kind > DotKind::Bracketed && reader.is_digit(dot.end) {
        let Some((glyphs, looks)) = quad::spelled(reader, dot, floor) else { return Step::On(i + 1) };
        let (host, host_end) = (Host { means: Means::Same, looks }, glyphs.end);
        return Step::Found(Address { glyphs, host, host_end, user: String::new(), spelled: true });
    }
    // A dot that is more than a dot is looked at where the top-level domain follows: few are, and most messages end here.
    let local = || matches!(dot.kind, DotKind::Word | DotKind::Spaced) && evidence::begins_local_tld(reader, dot.end);
    let spelled = || evidence::begins_spelled_tld(reader, dot.end) || local();
    if !reader.is_word(dot.end) || dot.kind > DotKind::Bracketed && !spelled() {
        return mended();
    }
    let start = chain::start_before(reader, dot, floor);
    if start == dot.start {
        return Step::On(i + 1);
    }
    let letters = if chain::ends_symbols(reader, dot.start - 1) { Letters::Any } else { Letters::Usual };
    let chain = chain::read(reader, start, letters);
    if scheme::is_torn_before(reader, start) && !tail::has_path(reader, chain.end()) {
        return Step::On(chain.end().max(dot.end));
    }
    chained(reader, &chain, letters, dot.end, floor, rules)
}

/// The address of `chain`, of which a dot ends at `dot_end`.
fn chained(reader: Reader, chain: &Chain, letters: Letters, dot_end: usize, floor: usize, rules: &LinkRules) -> Step {
    let start = chain.labels.first().map_or(0, |label| label.start);
    if let Some(step) = at_sign(reader, chain) {
        return step;
    }
    // A top-level domain has two letters at least, the last of four numbers one digit.
    let is_short = |label: &Range<usize>| label.len() < 2 && reader.ch(label.start).is_ascii_lowercase();
    if chain.labels.iter().skip(1).all(is_short) {
        return undotted::letters(reader, start).unwrap_or_else(|| Step::On(plain_end(chain, dot_end)));
    }
    let (looks, ends) = host::joined(reader, chain, chain.labels.len());
    for (n, &end) in ends.iter().enumerate().take(chain.labels.len()).skip(1).rev() {
        let reading = Reading { chain, n: n + 1, looks: &looks[..end], ends: &ends, letters };
        if reading.is_address(reader, rules) {
            if let Some(end) = pii::email::end_with_domain(reader, start) {
                return Step::On(end);
            }
            let host = Host::looking(reader, chain, n + 1, looks[..end].to_owned());
            return Step::Found(bare(reader, chain, n + 1, host, floor));
        }
    }
    Step::On(plain_end(chain, dot_end))
}

/// What an `@` before or after `chain` makes of it: a part of an e-mail address, which is for `pii`, or bait before a host.
fn at_sign(reader: Reader, chain: &Chain) -> Option<Step> {
    let (start, end) = (chain.labels.first()?.start, chain.end());
    if reader.before(start) == '@' && start > 1 && reader.is_word(start - 2) {
        return Some(Step::On(end));
    }
    if reader.ch(end) != '@' || !reader.is_word(end + 1) {
        return None;
    }
    let domain = chain::read(reader, end + 1, Letters::Usual);
    let host_end = domain.end();
    if !tail::has_path(reader, host_end) {
        return Some(Step::On(host_end));
    }
    let host = Host::new(reader, &domain, domain.labels.len());
    let user = reader.folded(start..end);
    Some(Step::Found(Address { glyphs: start..tail::end(reader, host_end), host, host_end, user, spelled: false }))
}

/// The address of the first `n` labels of `chain`, which stand without a scheme or after one that only people understand.
fn bare(reader: Reader, chain: &Chain, n: usize, host: Host, floor: usize) -> Address {
    let (first, last) = (chain.labels[0].start, chain.labels[n - 1].end);
    let glyphs = scheme::start_before(reader, first, floor)..tail::end(reader, last);
    let spelled = chain.weakest(n) > DotKind::Plain;
    Address { glyphs, host, host_end: last, user: String::new(), spelled }
}

/// Where to go on after a chain that is no address: a dot that is more than a dot may still join its end to what follows.
fn plain_end(chain: &Chain, least: usize) -> usize {
    let plain = chain.dots.iter().take_while(|&&kind| kind == DotKind::Plain).count();
    chain.labels.get(plain).map_or(least, |label| label.end)
}

/// The rule that an address breaks.
fn judge(reader: Reader, address: &Address, rules: &LinkRules) -> Option<&'static str> {
    let host = &address.host;
    let domains = host.domains();
    if domains.are_in(&rules.deny) {
        return Some("link.denied");
    }
    if host.looks == "[]" || host::is_numeric(&host.looks) {
        return Some("link.ip");
    }
    // Browsers read `\` as `/`, other programs as a part of the user information: the two disagree on the host.
    let torn = reader.ch(address.host_end) == '\\';
    let allowed = domains.are_in(&rules.allow);
    if allowed && !torn {
        return None;
    }
    let baited =
        || !address.user.is_empty() && rules.allow.iter().any(|allowed| address.user.contains(allowed.as_str()));
    if allowed || baited() || host.mimics(rules) {
        return Some("link.lookalike");
    }
    Some(match () {
        () if domains.are_in(&rules.invites) => "link.invite",
        () if domains.are_in(&rules.shorteners) => "link.shortener",
        () if address.spelled => "link.spelled",
        () => "link.unlisted",
    })
}
