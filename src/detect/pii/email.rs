//! E-mail addresses, plain and spelled out.

use crate::detect::links::chain::{self, Chain, Letters};
use crate::detect::links::dot::{self, DotKind};
use crate::detect::links::reader::Reader;
use crate::detect::links::tld::{self, Tld};
use crate::detect::word_list::{WordList, has};
use crate::text::Dress;
use std::ops::Range;

/// Longest part before the `@`, in characters (RFC 5321).
const LOCAL: usize = 64;

/// Providers of mailboxes whose names are no everyday words, but for those whose names are numbers.
const PROVIDERS: &WordList = &WordList::new(
    "\
    aol bk comcast daum fastmail gmail gmx googlemail hanmail hotmail icloud laposte libero msn naver \
    outlook proton protonmail qq rambler rediffmail rocketmail seznam tutanota uol wanadoo yahoo yandex ymail \
    zoho",
);

/// The same of names that are everyday words, with their top-level domains.
const WORDY: &WordList = &WordList::new("free.fr live.com mail.com mail.ru me.com o2.pl orange.fr sfr.fr web.de wp.pl");

/// How the `@` was written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    /// `a@b`
    Plain,
    /// `a(at)b`, `a [@] b`
    Bracketed,
    /// `a arroba b`: says nothing else beside a dot.
    Named,
    /// `a @ b`
    Spaced,
    /// `a at b`, which is also a preposition.
    Word,
}

/// What an `@` is called, beside "at": nothing else beside a dot.
const NAMES: &str = "arroba arobase chiocciola coбaka klammeraffe malpa zavinac";

/// The same in scripts that need no spaces beside another one.
const UNSPACED: &str = "골뱅이 あっとまーく あっと 艾特";

/// Whether the glyph at `i` can be the `@` or the first letter of its word.
pub(super) fn may_be_sign(reader: Reader, i: usize) -> bool {
    let begins =
        |first, second| matches!((first, second), ('a', 't' | 'r') | ('c', 'h' | 'o') | ('k', 'l') | ('m' | 'z', 'a'));
    match reader.ch(i) {
        '@' => true,
        c => begins_unspaced(c) || begins(c, reader.ch(i + 1)) && !reader.goes_on(i),
    }
}

/// Whether the word for an `@` can begin with this letter of a script that needs no spaces.
const fn begins_unspaced(c: char) -> bool {
    matches!(c, '골' | 'あ' | '艾')
}

/// The e-mail address around the `@`, or the word for it, at `i`.
pub(super) fn around(reader: Reader, i: usize, floor: usize) -> Option<Range<usize>> {
    let (sign, left, right) = sign(reader, i)?;
    let start = local_start(reader, left, floor);
    // `j o e @ …`
    let spaced = (start + 1 == left).then(|| chain::spaced_start(reader, left, floor)).flatten();
    let start = spaced.unwrap_or(start);
    if start >= left || !reader.is_word(right) {
        return None;
    }
    let chain = chain::read(reader, right, Letters::Usual);
    let end = domain_end(reader, sign, &chain, start..left)?;
    Some(start..end)
}

/// One past the e-mail address whose domain begins at `domain`, however its `@` is written; for `links`, which leaves it.
pub(crate) fn end_with_domain(reader: Reader, domain: usize) -> Option<usize> {
    // Most messages have none. With nothing before it, an `@` makes no address.
    if reader.may_have_mail() { mail_with_domain(reader, domain) } else { None }
}

/// The same where there may be an `@` of any form.
fn mail_with_domain(reader: Reader, domain: usize) -> Option<usize> {
    let end = reader.skip_spaces_back(domain);
    if !matches!(reader.before(end), '@' | 'a' | 'c' | 'e' | 't' | 'く' | 'と' | '이' | '特' | ')' | ']' | '}' | '>')
    {
        return None;
    }
    (domain.saturating_sub(14)..domain).rev().find_map(|i| {
        let (_, _, right) = may_be_sign(reader, i).then(|| sign(reader, i)).flatten()?;
        (right == domain).then(|| around(reader, i, 0)).flatten().map(|glyphs| glyphs.end)
    })
}

/// The kind of the sign at `i`, the end of what is before it and the start of what is after it.
fn sign(reader: Reader, i: usize) -> Option<(Sign, usize, usize)> {
    let unspaced = begins_unspaced(reader.ch(i));
    let word = match reader.ch(i) {
        '@' => "@",
        'a' if reader.ch(i + 1) == 't' => "at",
        _ => if unspaced { UNSPACED } else { NAMES }.split(' ').find(|word| reader.reads(i, word))?,
    };
    let end = i + word.chars().count();
    let (left, right) = (reader.skip_spaces_back(i), reader.skip_spaces(end));
    let open = reader.before(left);
    if matches!((open, reader.ch(right)), ('(', ')') | ('[', ']') | ('{', '}') | ('<', '>')) {
        return Some((Sign::Bracketed, reader.skip_spaces_back(left - 1), reader.skip_spaces(right + 1)));
    }
    match (left < i, right > end) {
        (false, false) if word == "@" => Some((Sign::Plain, left, right)),
        // "ät" is no preposition.
        (true, true) if word == "at" && !reader.dress(i).has(Dress::ACCENT) => Some((Sign::Word, left, right)),
        (true, true) if matches!(word, "@" | "coбaka") => Some((Sign::Spaced, left, right)),
        (true, true) => Some((Sign::Named, left, right)),
        _ if unspaced => Some((Sign::Named, left, right)),
        _ if word == "@" => Some((Sign::Spaced, left, right)),
        _ => None,
    }
}

/// The first glyph of the part before the `@`, which ends at `end`.
fn local_start(reader: Reader, end: usize, floor: usize) -> usize {
    let floor = floor.max(end.saturating_sub(LOCAL));
    let mut start = end;
    loop {
        let part = (floor..start).rev().find(|&i| !is_local(reader, i)).map_or(floor, |i| i + 1);
        let part = (part..start).find(|&i| reader.is_word(i)).unwrap_or(start);
        if part == start {
            return start;
        }
        start = part;
        // `joe dot smith`
        let dot = (floor..start).rev().take(5).find_map(|i| {
            let dot = matches!(reader.ch(i), 'd' | 'p' | '(' | '[').then(|| dot::around(reader, i)).flatten()?;
            (dot.end == start && dot.kind != DotKind::Plain && dot.start > floor).then_some(dot.start)
        });
        match dot {
            Some(before) => start = before,
            None => return start,
        }
    }
}

/// Whether the glyph at `i` may stand before the `@`.
fn is_local(reader: Reader, i: usize) -> bool {
    reader.is_word(i) && !chain::is_foreign(reader.ch(i))
        || matches!(reader.ch(i), '.' | '_' | '-' | '+' | '%' | '\'' | '&')
}

/// One past the domain, if the whole reads as an e-mail address.
fn domain_end(reader: Reader, sign: Sign, chain: &Chain, local: Range<usize>) -> Option<usize> {
    let label = |n: usize| {
        let mut label = reader.folded(chain.labels.get(n)?.clone());
        label.retain(|c| c != ' ');
        Some(label)
    };
    // Without a dot, only providers of more than three letters count.
    if chain.labels.len() < 2 && chain.labels.first()?.len() < 4 {
        return None;
    }
    // "johnsmith at gmail com"
    let end = chain.labels.first()?.end;
    let tld = reader.skip_spaces(end);
    let apart = tld > end && reader.reads(tld, "com") && !reader.is_word(tld + 3);
    // "looking at you"
    if chain.labels.len() < 2 && !apart && sign != Sign::Plain {
        return None;
    }
    // Most addresses are plain, and need no more than a top-level domain.
    let provider = || label(0).is_some_and(|first| matches!(first.as_str(), "126" | "163") || has(PROVIDERS, &first));
    let is_local_everyday = || tld::is_everyday(&reader.folded(local.clone()));
    for n in (2..=chain.labels.len()).rev() {
        let last = label(n - 1)?;
        let source = || chain.labels.get(n - 1).map(|range| reader.source(range.clone()).to_lowercase());
        let Some(class) = tld::class(&last).or_else(|| tld::class(&source()?)) else { continue };
        let weakest = chain.weakest(n);
        let wordy = || n == 2 && label(0).is_some_and(|first| has(WORDY, &[&first, ".", &last].concat()));
        let provider = || provider() || wordy();
        let sure = class == Tld::Sure;
        let meant = match sign {
            Sign::Plain | Sign::Bracketed => {
                weakest <= DotKind::Bracketed || provider() || sure && weakest <= DotKind::SpaceBefore
            }
            Sign::Named => weakest <= DotKind::Word || provider(),
            Sign::Spaced => weakest == DotKind::Word && sure || provider(),
            Sign::Word => {
                let spelled = matches!(weakest, DotKind::Bracketed | DotKind::Word);
                let country = || spelled && last.len() == 2 && local.clone().any(|i| reader.ch(i) == '.');
                (weakest >= DotKind::Bracketed && sure || country() || provider()) && !is_local_everyday()
            }
        };
        if meant {
            return chain.labels.get(n - 1).map(|label| label.end);
        }
    }
    if apart && matches!(sign, Sign::Word | Sign::Named) && provider() && !is_local_everyday() {
        return Some(tld + 3);
    }
    let named = || label(0).is_some_and(|first| first.len() > 3);
    (sign == Sign::Plain && provider() && named()).then(|| chain.labels[0].end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::mixtures;
    use crate::text::Text;

    #[test]
    fn no_mail_is_passed_over_where_nothing_asks_for_one() {
        const PIECES: [&str; 25] = [
            "joe",
            "a",
            "@",
            "＠",
            " at ",
            "(at)",
            "[@]",
            " @ ",
            "at",
            "arroba",
            " arobase ",
            "malpa",
            " zavinac ",
            "あっと",
            "골뱅이",
            "艾特",
            "chiocciola ",
            "coбaka",
            " klammeraffe ",
            " ",
            ".",
            "gmail.com",
            "evil.com",
            "д",
            "é",
        ];
        let (mut wrong, mut found) = (Vec::new(), 0);
        for content in mixtures::of(&PIECES, 7, 12_000) {
            let text = Text::fold(&content);
            let reader = Reader::new(&content, &text);
            let ends = (0..reader.len()).map(|at| mail_with_domain(reader, at)).collect::<Vec<_>>();
            found += ends.iter().flatten().count();
            let is_asked = reader.may_have_mail() || (1..reader.len()).all(|at| reader.ch(at) != '@');
            if !is_asked || !(0..reader.len()).map(|at| end_with_domain(reader, at)).eq(ends) {
                wrong.push(content);
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
        assert!(found > 300, "{found}");
    }
}
