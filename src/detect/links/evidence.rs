//! Whether words joined by a dot are an address to the people who read them.

use super::before;
use super::chain::{self, Chain, Letters};
use super::dot::{DotKind, said_com_end};
use super::quad::{self, is_quad};
use super::reader::Reader;
use super::rules::{Domains, LinkRules, with_letters};
use super::tail;
use super::tld::{self, Tld};
use super::words::{
    CODE, CODE_TALK, ENDINGS, LEAD_INS, LOCAL, NO_NAMES, PORTUGUESE, SITE_TALK, SITES, SPELLED, SUBDOMAINS, has,
    mentions, seconds,
};
use crate::text::Dress;
use std::ops::Range;

/// How far around a name talk about code counts, in characters.
const TALK: usize = 24;

/// Whether a site can be called that where its address is spelled out.
pub(crate) fn is_name_of_site(word: &str) -> bool {
    !has(NO_NAMES, word)
}

/// "рф", folded.
pub(super) const RUSSIAN: &str = "pф";

/// Whether the label that begins at `i` is a top-level domain that may be spelled out, letter by letter or not.
pub(crate) fn begins_spelled_tld(reader: Reader, i: usize) -> bool {
    if chain::is_foreign(reader.ch(i)) {
        return said_com_end(reader, i).is_some();
    }
    let step = if reader.is_word(i + 1) { 1 } else { 2 };
    let (first, second) = (reader.ch(i), reader.ch(i + step));
    if second == 'ф' {
        return reader.reads(i, RUSSIAN) && !reader.is_word(i + 2);
    }
    // Most words end here.
    let may_be = first.is_ascii() && second.is_ascii() && SECONDS[first as usize & 31] >> (second as u32 & 31) & 1 != 0;
    may_be
        && SPELLED.starting(first).any(|tld| {
            let end = i + (tld.len() - 1) * step + 1;
            !chain::goes_on(reader, end) && tld.chars().zip((i..).step_by(step)).all(|(c, at)| reader.ch(at) == c)
        })
}

/// Whether no top-level domain that may be spelled out begins with these bytes of a sketch: most words.
pub(super) fn begins_no_spelled_tld([first, second, third]: [u8; 3]) -> bool {
    let second = if second.is_ascii_alphanumeric() { second } else { third };
    let may_be = SECONDS[usize::from(first & 31)] >> (second & 31) & 1 != 0;
    (first < 0x80) & (second < 0x80) & !may_be
}

/// Whether the label that begins at `i` is the top-level domain of a country that may be spelled out where more speaks for it.
pub(crate) fn begins_local_tld(reader: Reader, i: usize) -> bool {
    !reader.is_word(i + 2) && has(LOCAL, &reader.folded(i..reader.len().min(i + 2)))
}

/// By the first letter of what may be spelled out, a bit for each second.
static SECONDS: [u32; 32] = seconds(SPELLED);

/// A reading of a chain that may be an address: its first `n` labels.
pub(crate) struct Reading<'c> {
    pub(crate) chain: &'c Chain,
    pub(crate) n: usize,
    /// The labels as they look, with dots between them.
    pub(crate) looks: &'c str,
    /// The byte after each of them.
    pub(crate) ends: &'c [usize],
    /// What its labels are made of.
    pub(crate) letters: Letters,
}

impl Reading<'_> {
    pub(super) fn end(&self) -> usize {
        self.chain.labels.get(self.n - 1).map_or(0, |label| label.end)
    }

    pub(super) fn label(&self, i: usize) -> &str {
        let start = i.checked_sub(1).map_or(0, |before| self.ends[before] + 1);
        self.looks.get(start..self.ends[i]).unwrap_or_default()
    }

    pub(super) fn labels(&self) -> impl DoubleEndedIterator<Item = &str> {
        (0..self.n).map(|i| self.label(i))
    }

    pub(super) fn start(&self) -> usize {
        self.chain.labels.first().map_or(0, |label| label.start)
    }

    /// Whether the labels can be a host at all.
    fn is_well_formed(&self) -> bool {
        // They are short: to look for one as in a long text takes longer.
        if self.chain.is_plain && !self.looks.bytes().fold(false, |any, byte| any | (byte == b'_')) {
            return true;
        }
        self.looks.len() <= 253
            && self.labels().all(|l| !l.is_empty() && !l.starts_with('-') && !l.ends_with('-'))
            && self.labels().rev().take(2).all(|l| !l.contains('_'))
    }

    /// Whether people read it as an address where no scheme says so.
    pub(crate) fn is_address(&self, reader: Reader, rules: &LinkRules) -> bool {
        let Some(last) = self.chain.labels.get(self.n - 1).filter(|_| self.n > 1) else { return false };
        if reader.is_digit(last.start) && is_quad(self.looks) {
            let whole = self.n == self.chain.labels.len();
            return whole && quad::is_address(reader, self.looks, self.start()..self.end());
        }
        let foreign = chain::is_foreign(reader.ch(last.start));
        if last.len() < 2 && !foreign || reader.is_digit(last.start) {
            return false;
        }
        let Some(class) = self.tld(reader, last.clone()).filter(|_| self.is_well_formed()) else { return false };
        let weakest = self.chain.weakest(self.n);
        if self.is_ticker(reader) || self.is_chinese_sentence(reader) {
            return false;
        }
        if self.letters == Letters::Any && (class != Tld::Sure || weakest > DotKind::Plain) {
            return false;
        }
        let dots = self.chain.dots.iter().take(self.n - 1);
        // `see this . evil.com`: once a dot is more than a dot, all after it are.
        if dots.skip_while(|&&dot| dot <= DotKind::Bracketed).any(|&dot| dot == DotKind::Plain) {
            return false;
        }
        let known = || {
            let domains = Domains::of(self.looks);
            let elsewhere = || rules.leads_elsewhere(self.looks) || rules.leads_elsewhere(&with_letters(self.looks));
            domains.are_in(&rules.deny)
                || class != Tld::Name && has(SITES, self.looks)
                || (class != Tld::Word || self.has_path(reader, weakest))
                    && (domains.are_in(&rules.allow) || elsewhere())
        };
        if weakest > DotKind::Bracketed {
            return self.is_spelled(reader, weakest, known, class);
        }
        let www = self.label(0) == "www" && self.n > 2;
        www || class != Tld::Sure && known() || self.is_name(reader, class) || class == Tld::Sure && known()
    }

    /// Whether it is an address behind a scheme that has spaces around its slashes: no sentence ends there and the next begins.
    pub(crate) fn is_schemed(&self) -> bool {
        let sure = self.chain.weakest(self.n) != DotKind::SpaceAfter;
        tld::class(self.label(self.n - 1)).is_some_and(|class| sure || class == Tld::Sure)
    }

    /// Whether a path follows, with spaces around its slash where there are some around the dot.
    pub(super) fn has_path(&self, reader: Reader, weakest: DotKind) -> bool {
        tail::has_path(reader, self.end()) || weakest >= DotKind::Bracketed && tail::has_spaced_path(reader, self.end())
    }

    /// `$t.co`, `$BT.L`: a share and its exchange.
    fn is_ticker(&self, reader: Reader) -> bool {
        let letters = |label: &str, most| label.len() <= most && label.bytes().all(|b| b.is_ascii_alphabetic());
        self.n == 2
            && reader.before(self.start()) == '$'
            && letters(self.label(0), 5)
            && letters(self.label(1), 2)
            && !tail::has_path(reader, self.end())
    }

    /// `好的。com是什么`: the dot that ends a sentence, and a word of another script.
    fn is_chinese_sentence(&self, reader: Reader) -> bool {
        let Some(last) = self.chain.labels.get(self.n - 1) else { return false };
        let foreign = |i: usize| chain::is_foreign(reader.ch(i));
        let (before, after) = (last.start.saturating_sub(2), last.end);
        reader.written(last.start.saturating_sub(1)) == '。'
            && foreign(before)
            && foreign(after)
            && !foreign(last.start)
            && reader.is_letter(after)
    }

    /// The class of the last label, as it looks or as it was written.
    fn tld(&self, reader: Reader, range: Range<usize>) -> Option<Tld> {
        let looks = self.label(self.n - 1);
        if self.chain.is_plain {
            return if looks == "c0m" { Some(Tld::Sure) } else { tld::class(looks) };
        }
        let plain = range.clone().all(|i| reader.written(i).is_ascii());
        // A word of another alphabet that only looks like a domain, or of another language: "не", "то", "со", "är". One with a letter
        // of either alphabet is a disguise, as are letters in boxes.
        let accented = range.clone().any(|i| reader.dress(i).has(Dress::ACCENT));
        let foreign = |i| reader.dress(i).has(Dress::LOOKALIKE) && reader.written(i) < '\u{10000}';
        let word = looks.len() < 3 && (accented || range.clone().all(foreign));
        let class = match looks {
            // "точка ру"
            "py" if word && self.chain.weakest(self.n) > DotKind::Bracketed => Some(Tld::Sure),
            _ if word => None,
            "c0m" => Some(Tld::Sure),
            // "chúc may mắn" with dots: a word that has an accent is not the one without.
            _ => tld::class(looks).filter(|&class| class != Tld::Word || !accented),
        };
        class.or_else(|| if plain { None } else { tld::class(&reader.source(range).to_lowercase()) })
    }

    /// Whether a dotted name is more likely a site than two sentences, a file or a number.
    fn is_name(&self, reader: Reader, class: Tld) -> bool {
        let (start, end) = (self.start(), self.end());
        let name = (0..self.n - 1).map(|i| self.label(i)).max_by_key(|label| label.len()).unwrap_or_default();
        let everyday = || (0..self.n - 1).all(|i| tld::is_said(self.label(i)));
        let path = tail::has_path(reader, end);
        let tld = self.label(self.n - 1);
        let numeric = (0..self.n - 1).all(|i| self.label(i).bytes().all(|b| b.is_ascii_digit()));
        // `plt.show()`
        if class != Tld::Sure && reader.ch(end) == '(' {
            return false;
        }
        if numeric && (class != Tld::Sure || name.len() < 2 && !path) || self.is_code(reader, class) {
            return false;
        }
        let part = before::makes_part(reader, start) && self.chain.weakest(self.n) == DotKind::Plain;
        if !path && (part && !before::is_announced(reader, start) || self.is_abbreviation(reader)) {
            return false;
        }
        if matches!(reader.before(start), '@' | '#' | '$' | '/' | '\\' | '_') && reader.before(start - 1) != '/' {
            return class == Tld::Sure;
        }
        match class {
            _ if self.is_below_country() || self.is_in_site_talk(reader) || self.is_known_site(reader) => true,
            Tld::Sure => !self.goes_on_as_speech(reader),
            Tld::Name => {
                path || !everyday() && !self.is_joined_sentence(reader)
                    || self.n > 2 && !tld::is_word(tld)
                    || self.n > 4
                    || self.chain.weakest(self.n) == DotKind::Bracketed
            }
            Tld::File => path && !everyday(),
            Tld::Word if path => !everyday() || tail::has_telling_path(reader, end),
            Tld::Word => !everyday() && !self.is_speech(reader) && self.is_odd_enough(reader, name),
        }
    }

    /// `asp.net`, `self.health`, `main.rs`, `com.example.app`
    fn is_code(&self, reader: Reader, class: Tld) -> bool {
        let known = || has(CODE, self.label(self.n - 2));
        let first = self.label(0);
        let reversed = self.chain.labels.len() > 2 && matches!(first, "com" | "org" | "net");
        // "patch.voidharbour.io": of a site with a name, not of `window.location`.
        let named = |label: &str| !tld::is_said(label) && !has(CODE, label);
        let short = self.label(self.n - 1).len() < 4;
        let sited =
            || class == Tld::Name && (short || tail::has_path(reader, self.end())) && named(self.label(self.n - 2));
        let member = || self.n > 2 && class != Tld::Sure && has(CODE, first) && !has(SUBDOMAINS, first) && !sited();
        reversed
            || member()
            || self.is_in_code_talk(reader, class)
            || (class != Tld::Sure || self.is_short_and_code()) && known()
    }

    /// `prog.pl is perl`, `enemy.gd line 20`: an ending of code in talk about code, and nothing that says where to go.
    fn is_in_code_talk(&self, reader: Reader, class: Tld) -> bool {
        let (start, end) = (self.start(), self.end());
        let may_be = self.n == 2 && class != Tld::File && self.label(1).len() == 2 && has(ENDINGS, self.label(1));
        if !may_be || tail::has_path(reader, end) || self.label(0).bytes().any(|b| !matches!(b, b'a'..=b'z' | b'_')) {
            return false;
        }
        let before = reader.folded(start.saturating_sub(TALK)..start);
        let after = reader.folded(end..reader.len().min(end + TALK));
        let last = before.trim_end().rsplit(' ').next().unwrap_or_default();
        !has(LEAD_INS, last) && (mentions(&before, CODE_TALK) || mentions(&after, CODE_TALK))
    }

    /// `spiel.de kennt ihr die seite`: talk about sites in the language whose domain it is.
    fn is_in_site_talk(&self, reader: Reader) -> bool {
        let (start, end) = (self.start(), self.end());
        let talks = |around: Range<usize>| mentions(&reader.folded(around), SITE_TALK);
        let before = start.saturating_sub(TALK)..start;
        self.label(self.n - 1) == "de" && (talks(before) || talks(end..reader.len().min(end + TALK)))
    }

    /// Whether the last label may end a name in code though it is a sure domain: no country's where no language of code is.
    fn is_short_and_code(&self) -> bool {
        let tld = self.label(self.n - 1);
        let country = matches!(tld, "cn" | "cz" | "dk" | "jp" | "kr" | "nz" | "ru" | "tw" | "ua" | "uk" | "vn" | "za");
        tld.len() < 4 && !country && !self.is_com()
    }

    fn is_com(&self) -> bool {
        self.label(self.n - 1) == "com"
    }

    /// Evidence for a name under a top-level domain that is a word.
    fn is_odd_enough(&self, reader: Reader, name: &str) -> bool {
        let end = self.end();
        let mixed = name.bytes().any(|b| b.is_ascii_digit() || b == b'-');
        let before = reader.skip_spaces_back(self.start());
        let ends = reader.is_gap(reader.skip_spaces(end)) || matches!(reader.ch(end), '!' | ')' | ']' | ':' | '"');
        let foreign = |i: usize| chain::is_foreign(reader.ch(i));
        // Nobody joins a Latin sentence to a Japanese one.
        let among = before > 0 && foreign(before - 1) || foreign(reader.skip_spaces(end));
        // "inkfox.booth.pm": one such word before a dot may be a name, two are a site.
        let below = self.n > 2 && (0..self.n - 1).all(|i| self.label(i).len() > 3 && !tld::is_said(self.label(i)));
        mixed || ends || among || below || name.len() >= 12 || self.is_led_in(reader)
    }

    /// `op.gg`: a site that is as short as speech, where it begins the message or a word leads to it.
    fn is_known_site(&self, reader: Reader) -> bool {
        has(SITES, self.looks) && (reader.skip_spaces_back(self.start()) == 0 || self.is_led_in(reader))
    }

    /// Whether the word before it says that an address comes.
    pub(super) fn is_led_in(&self, reader: Reader) -> bool {
        let before = reader.skip_spaces_back(self.start());
        has(LEAD_INS, &reader.folded(reader.word_start(before, 8)..before))
    }

    /// `753 f.Kr.`: one letter of a word, and some of the next.
    fn is_abbreviation(&self, reader: Reader) -> bool {
        let short = self.n == 2 && self.label(0).chars().count() == 1 && self.label(1).len() == 2;
        short && (self.is_joined_sentence(reader) || reader.ch(self.end()) == '.' && !reader.is_word(self.end() + 1))
    }

    /// `that was close.It is over`: the word after the dot begins a sentence.
    fn is_joined_sentence(&self, reader: Reader) -> bool {
        let Some(tld) = self.chain.labels.get(self.n - 1) else { return false };
        reader.is_upper(tld.start) && !reader.is_upper(tld.end - 1) && !reader.is_upper(self.start())
    }

    /// `evil.com.br`: the second of the labels that end the host is one that countries sell names under.
    pub(super) fn is_below_country(&self) -> bool {
        let second = || self.label(self.n - 2);
        self.n > 2 && self.label(self.n - 1).len() == 2 && matches!(second(), "co" | "com" | "net" | "org")
    }

    /// `nice.shot.man`, `that was close.It is over`.
    fn is_speech(&self, reader: Reader) -> bool {
        let first = self.label(0);
        let said = self.n > 2 && tld::is_everyday(first) && !has(SUBDOMAINS, first);
        said || self.is_joined_sentence(reader)
    }

    /// `legal.com certeza`: the word after a "com" makes it Portuguese, or talk about domains.
    fn goes_on_as_speech(&self, reader: Reader) -> bool {
        let end = self.end();
        let is_eu = self.n == 2 && self.label(self.n - 1) == "eu";
        if !reader.is_space(end) || !is_eu && !self.is_com() {
            return false;
        }
        let next = reader.skip_spaces(end);
        let word = reader.folded(next..reader.word_end(next, 12));
        is_eu && !word.is_empty() && tld::is_portuguese(self.label(0)) || self.is_com() && has(PORTUGUESE, &word)
    }
}
