//! Whether a host is meant where its dot is more than a dot: a word, another mark, or one with spaces around it.

use super::chain;
use super::dot::{self, DotKind};
use super::evidence::{RUSSIAN, Reading, is_name_of_site};
use super::reader::Reader;
use super::tail;
use super::tld::{self, Tld};
use super::words::{ENDS, ENGLISH, LOCAL, MARKS, NET_TALK, NOT_AFTER, SPELLED, has, mentions};

/// How far behind an address what mends it counts, in characters.
const MENDS: usize = 40;

impl Reading<'_> {
    /// Whether a host with a dot that is more than a dot is meant as one.
    pub(super) fn is_spelled(&self, reader: Reader, weakest: DotKind, known: impl Fn() -> bool, class: Tld) -> bool {
        let below = usize::from(self.is_below_country());
        let (name, tld) = (self.label(self.n - 2 - below), self.label(self.n - 1));
        let path = self.has_path(reader, weakest);
        let next = reader.skip_spaces(self.end());
        let word = reader.folded(next..reader.word_end(next, 12));
        if class == Tld::File && !path {
            return false;
        }
        if !is_name_of_site(name) || has(NOT_AFTER, &word) || chain::goes_on(reader, self.end()) {
            return false;
        }
        let said = tail::has_said_path(reader, self.end());
        // "linktr dot ee/annie", "comprafollower punto it": nobody goes on so after a point.
        let local = matches!(weakest, DotKind::Word | DotKind::Spaced)
            && has(LOCAL, tld)
            && name.len() > 4
            && !tld::is_said(name)
            && (path && (!tld::is_word(tld) || tail::has_telling_path(reader, self.end()) || said)
                || (is_end(reader, next) || self.is_led_in(reader))
                    && weakest == DotKind::Word
                    && name.len() > 7
                    && has(ENDS, tld));
        if local {
            return true;
        }
        let sure = matches!(tld, "com" | "net" | "org" | "xyz" | "ru" | "c0m" | "kom" | "py" | RUSSIAN) || below > 0;
        let sure = sure || dot::is_said_com(tld);
        let ends = reader.is_gap(next) || path || chain::is_foreign(reader.ch(self.end()));
        // "internet • com atraso"
        let glued = self.chain.labels.get(self.n - 1).is_some_and(|last| !reader.is_space(last.start - 1));
        match weakest {
            // "match point net cord"
            DotKind::Word if tld == "net" && tld::is_said(name) => ends,
            DotKind::Word => {
                sure || known() || has(SPELLED, tld) && (!tld::is_everyday(name) || ends && !tld::is_word(tld))
            }
            DotKind::Spaced => {
                let odd = path || !tld::is_everyday(name) || name.len() > 3 && self.is_letter_by_letter();
                sure || known() || has(SPELLED, tld) && odd
            }
            DotKind::GluedAfter => path || ends && name.len() > 3,
            DotKind::SpaceBefore => {
                // "my .net app", "kettlebread .net has them".
                let framework =
                    tld == "net" && (name.len() < 7 || tld::is_said(name) || is_of_net(name) || is_of_net(&word));
                path || !framework && (sure || ends && has(SPELLED, tld) && !tld::is_said(name))
            }
            DotKind::SpaceAfter => {
                let spelled = has(SPELLED, tld);
                let ends = ends || self.is_mended(reader);
                path && spelled || ends && (tld == "com" || tld == "ru" && !tld::is_said(name))
            }
            _ if self.is_listed(reader) => false,
            // "gg 점 gg": of a point and not of a dot.
            _ if dot::begins_unspaced(self.mark(reader)) => sure && name.chars().count() > 1 && !is_number(name),
            _ => {
                let mended = || (sure || !tld::is_said(name)) && self.is_mended(reader);
                name.len() > 2 && (tld == "com" && ends || mended())
                    || sure && self.is_letter_by_letter()
                    || tld == "com" && name.len() > 5 && !tld::is_said(name) && has(ENGLISH, &word)
                    || path && (sure || known() || self.is_dotted(reader) && has(SPELLED, tld))
                    || sure
                        && self.is_dotted(reader)
                        && (ends || name.len() > 5 && !tld::is_said(name) && (glued || tld::is_english_only(&word)))
            }
        }
    }

    /// The mark in the last dot's place, or the last letter of its word.
    #[inline(never)]
    fn mark(&self, reader: Reader) -> char {
        let last = self.chain.labels.get(self.n - 1).map_or(0, |label| label.start);
        reader.before(reader.skip_spaces_back(last))
    }

    /// `e v i l ,com`
    fn is_letter_by_letter(&self) -> bool {
        self.n == 2 && self.chain.labels.first().is_some_and(|name| name.len() > self.label(0).len() + 1)
    }

    /// `evil,com swap the comma`: the words behind it say how to mend it.
    fn is_mended(&self, reader: Reader) -> bool {
        let end = self.end();
        let behind = reader.folded(end..reader.len().min(end + MENDS));
        mentions(&behind, MARKS)
    }

    /// Whether the last dot is a bullet and not everyday words stand before it: `bigviews•net`, `bigviews • net`.
    fn is_dotted(&self, reader: Reader) -> bool {
        self.n == 2 && dot::is_bullet(self.mark(reader)) && !tld::is_everyday(self.label(0))
    }

    /// Whether one more bullet stands before or behind it: `red • com • blue`.
    fn is_listed(&self, reader: Reader) -> bool {
        let before = reader.skip_spaces_back(self.start());
        // One that begins the line begins an item, not the next word.
        let begins = before < 2 || !reader.is_word(reader.skip_spaces_back(before - 1).wrapping_sub(1));
        !begins && dot::is_bullet(reader.before(before)) || dot::is_bullet(reader.ch(reader.skip_spaces(self.end())))
    }
}

/// Whether a sentence ends at `i`, or its Latin part.
fn is_end(reader: Reader, i: usize) -> bool {
    reader.is_gap(i) || matches!(reader.ch(i), ',' | '!' | ')') || chain::is_foreign(reader.ch(i))
}

/// Whether `word` stands beside ".net" where that is no domain.
fn is_of_net(word: &str) -> bool {
    has(NET_TALK, word) || is_number(word)
}

fn is_number(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())
}
