//! The dot between two labels of a host, in all the forms that people give it.

use super::reader::Reader;
use super::words::WordList;

/// How a dot was written, from the most to the least plain.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum DotKind {
    /// `a.b`, with any character that a browser takes for a dot.
    #[default]
    Plain,
    /// `a(.)b`, `a[dot]b`: nobody writes this but to spell an address.
    Bracketed,
    /// `a dot b`, in several languages.
    Word,
    /// `a . b`
    Spaced,
    /// `a .b`
    SpaceBefore,
    /// `a. b`, the end of a sentence as a rule.
    SpaceAfter,
    /// `a dotcom`, a kind of company as a rule.
    GluedAfter,
    /// `a,b`, `a·b` or `a • b`: another mark in the dot's place.
    StandIn,
}

/// A dot: the label before it ends at `start`, the label after it begins at `end`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Dot {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) kind: DotKind,
}

/// The word for a dot in languages of the rooms, folded as messages are.
const WORDS: &WordList =
    &WordList::new("cham d0t dot kpanka kropka nokta point pont ponto punct punkt punt punto tecka titik toчka tчk");

/// The same in scripts that put no spaces between words, or need none beside another script's, by the first letter.
const fn unspaced_word(first: char) -> Option<&'static str> {
    Some(match first {
        '点' => "点",
        '點' => "點",
        '점' => "점",
        '쩜' => "쩜",
        '닷' => "닷",
        'ド' => "ドっと",
        'ど' => "どっと",
        'ن' => "نقطه",
        'د' => "دوت",
        'ड' => "डॉट",
        'จ' => "จุด",
        _ => return None,
    })
}

/// "com" in those of them that write it as it is said.
const SAID_COMS: &str = "こむ 컴 کوم कॉम คอม";

/// Whether a top-level domain is one of those.
pub(super) fn is_said_com(tld: &str) -> bool {
    SAID_COMS.split(' ').any(|com| com == tld)
}

/// One past such a "com" at `i`; particles may be glued to it.
pub(super) fn said_com_end(reader: Reader, i: usize) -> Option<usize> {
    let com = SAID_COMS.split(' ').find(|com| reader.reads(i, com))?;
    Some(i + com.chars().count())
}

/// The word, letter by letter.
pub(super) const SPACED: &str = "d o t";

/// Characters that browsers take for the dot of a host (UTS #46), and the one dot leader.
pub(crate) const fn is_dot(c: char) -> bool {
    matches!(c, '.' | '。' | '．' | '｡' | '․')
}

/// Characters that only look like a dot.
const fn is_stand_in(c: char) -> bool {
    matches!(c, ',' | '·' | '•' | '∙' | '⋅' | '・' | '●' | '‧' | '⸱' | '‚' | '،')
}

/// Those of them that are nothing else: no comma and no word.
pub(super) const fn is_bullet(c: char) -> bool {
    matches!(c, '·' | '•' | '∙' | '⋅' | '・' | '●' | '‧' | '⸱')
}

/// Whether `c` is or looks like the mark of a dot.
pub(crate) const fn is_mark(c: char) -> bool {
    is_dot(c) || is_stand_in(c)
}

/// Whether the word for a dot can begin with these two, and have this for its fourth letter.
pub(crate) const fn begins_word(first: char, second: char, fourth: char) -> bool {
    matches!(first, 'd' | 'p' | 'k' | 'n' | 't') && matches!(second, 'o' | '0' | 'u' | 'r' | 'i' | 'p' | 'ч')
        || matches!((first, second, fourth), ('c', 'h', 'm') | ('t', 'e', 'k'))
}

/// Whether the word for a dot can begin with this letter of a script that needs no spaces beside it.
pub(crate) const fn begins_unspaced(c: char) -> bool {
    unspaced_word(c).is_some()
}

/// Whether the word for a dot can begin with these two where it is spelled letter by letter.
pub(crate) const fn begins_spaced(first: char, second: char) -> bool {
    matches!((first, second), ('d', ' '))
}

/// Whether a dot can have its middle at a glyph that folded to `c`: the cheap question that most glyphs fail.
pub(crate) const fn may_begin(c: char) -> bool {
    is_mark(c) || matches!(c, 'c' | 'd' | 'p' | 'k' | 'n' | 't' | '%') || begins_unspaced(c)
}

/// Whether a dot's word may stand inside of a word at these two.
pub(crate) const fn begins_glued(first: char, second: char) -> bool {
    matches!((first, second), ('d', 'o' | '0'))
}

/// Top-level domains after a "dot" that is glued to a name. Not "net": `learndotnet`.
const GLUED: &str = "com gg io live org ru tv xyz";

/// The "dot" at `i` in the middle of a word that ends with a top-level domain: `evildotcom`.
pub(crate) fn glued(reader: Reader, i: usize) -> Option<Dot> {
    let is_dot = reader.reads(i, "dot") || reader.reads(i, "d0t");
    let named = i >= 3 && (i - 3..i).all(|i| reader.is_word(i));
    let end = i + 3;
    let ends = || GLUED.split(' ').any(|tld| reader.reads(end, tld) && !reader.is_word(end + tld.len()));
    (is_dot && named && ends()).then_some(Dot { start: i, end, kind: DotKind::Word })
}

/// The "dot" at `i` that begins a word and goes on as a top-level domain: `evil dotcom`, `evil.dotcom`, `evil-dotcom`.
fn glued_after(reader: Reader, i: usize) -> Option<Dot> {
    let mark = reader.before(i);
    let start = if is_dot(mark) || matches!(mark, '-' | '_') { i - 1 } else { reader.skip_spaces_back(i) };
    let end = i + 3;
    // "evet.doğru"
    let is_word = reader.reads(i, "dot") || reader.reads(i, "d0t");
    let ends = is_word && GLUED.split(' ').any(|tld| reader.reads(end, tld) && !reader.is_word(end + tld.len()));
    let kind = if reader.is_space(start) { DotKind::GluedAfter } else { DotKind::Word };
    (start < i && ends).then_some(Dot { start, end, kind })
}

/// Whether a letter at `i` can be the first of a dot's word.
fn may_be_word(reader: Reader, i: usize) -> bool {
    let (c, next) = (reader.ch(i), reader.ch(i + 1));
    (begins_word(c, next, reader.ch(i + 3)) || begins_spaced(c, next)) && (i == 0 || !reader.is_word(i - 1))
}

/// The dot whose middle (the mark itself, the first letter of the word) is at `i`.
pub(crate) fn around(reader: Reader, i: usize) -> Option<Dot> {
    let c = reader.ch(i);
    if is_dot(c) {
        if i > 0 && reader.is_word(i - 1) && reader.is_word(i + 1) && reader.ch(i + 1) != 'd' {
            return Some(Dot { start: i, end: i + 1, kind: DotKind::Plain });
        }
        let glued = || (reader.ch(i + 1) == 'd').then(|| glued_after(reader, i + 1)).flatten();
        return bracketed(reader, i, i + 1).or_else(glued).or_else(|| Some(marked(reader, i)));
    }
    if is_stand_in(c) {
        return stand_in(reader, i);
    }
    if begins_unspaced(c) {
        return unspaced(reader, i);
    }
    if c == '%' {
        return reader.reads(i, "%2e").then_some(Dot { start: i, end: i + 3, kind: DotKind::Plain });
    }
    if !may_be_word(reader, i) {
        return glued(reader, i);
    }
    if reader.reads(i, SPACED) && !reader.is_word(i + SPACED.len()) {
        let end = i + SPACED.len();
        return bracketed(reader, i, end).or_else(|| worded(reader, i, end));
    }
    // The longest: "ponto" and not "pont".
    let word = WORDS.starting(c).filter(|word| reader.reads(i, word)).last()?;
    let end = i + word.chars().count();
    if reader.is_word(end) {
        return matches!(word, "dot" | "d0t").then(|| glued_after(reader, i)).flatten();
    }
    bracketed(reader, i, end).or_else(|| worded(reader, i, end))
}

/// Another mark at `i` in the dot's place.
fn stand_in(reader: Reader, i: usize) -> Option<Dot> {
    let (mut start, end) = (i, i + 1);
    let kind = DotKind::StandIn;
    if is_bullet(reader.ch(i)) {
        let (start, end) = (reader.skip_spaces_back(i), reader.skip_spaces(i + 1));
        let between = reader.is_word(end) && start > 0 && reader.is_word(start - 1);
        return (between && (start < i) == (end > i + 1)).then_some(Dot { start, end, kind });
    }
    // `e v i l ,com`: where the name has spaces between its letters, the mark may have one, too.
    let before = reader.skip_spaces_back(i);
    if before < i && super::chain::spaced_start(reader, before, 0).is_some() {
        start = before;
    }
    (reader.is_word(end) && start > 0 && reader.is_word(start - 1)).then_some(Dot { start, end, kind })
}

/// The word for a dot that begins at `i`, in a script that needs no spaces: `evil点com`, `evil ドット com`, `evil닷컴`.
fn unspaced(reader: Reader, i: usize) -> Option<Dot> {
    let word = unspaced_word(reader.ch(i)).filter(|word| reader.reads(i, word))?;
    let to = i + word.chars().count();
    if let Some(dot) = bracketed(reader, i, to) {
        return Some(dot);
    }
    let (start, end) = (reader.skip_spaces_back(i), reader.skip_spaces(to));
    let name = reader.before(start);
    if start == 0 || !reader.is_word(start - 1) {
        return None;
    }
    let said = said_com_end(reader, end).is_some();
    if !said && !reader.ch(end).is_ascii_lowercase() {
        return None;
    }
    // "10점 gg", "晚上八点tv见": of a number and in a sentence, it is what it says; "메가닷컴" is the name of a company.
    let kind = match () {
        () if said && end == to && !name.is_ascii() => return None,
        () if said && end == to => DotKind::GluedAfter,
        () if said || name.is_ascii_lowercase() => DotKind::Word,
        () => DotKind::StandIn,
    };
    Some(Dot { start, end, kind })
}

/// The dot at or after the end of a label at `i`.
pub(crate) fn after(reader: Reader, i: usize) -> Option<Dot> {
    // A space, a bracket, a space: the middle is three glyphs on at most.
    (i..i + 4).find_map(|middle| {
        let dot = may_begin(reader.ch(middle)).then(|| around(reader, middle)).flatten()?;
        (dot.start == i).then_some(dot)
    })
}

/// A dot mark with or without spaces around it.
fn marked(reader: Reader, i: usize) -> Dot {
    if let Some(end) = bracketed_label(reader, i + 1) {
        return Dot { start: i, end, kind: DotKind::Bracketed };
    }
    let (start, end) = (reader.skip_spaces_back(i), reader.skip_spaces(i + 1));
    let kind = match (start < i, end > i + 1) {
        (false, false) => DotKind::Plain,
        (true, true) => DotKind::Spaced,
        (true, false) => DotKind::SpaceBefore,
        (false, true) => DotKind::SpaceAfter,
    };
    Dot { start, end, kind }
}

/// A dot or its word (`from..to`) in brackets, with or without spaces around either.
fn bracketed(reader: Reader, from: usize, to: usize) -> Option<Dot> {
    let (open, close) = (reader.skip_spaces_back(from), reader.skip_spaces(to));
    let pair = (reader.before(open), reader.ch(close));
    if !matches!(
        pair,
        ('(', ')') | ('[', ']') | ('{', '}') | ('<', '>') | ('（', '）') | ('*', '*') | ('"', '"') | ('\'', '\'')
    ) {
        return None;
    }
    let (start, end) = (reader.skip_spaces_back(open - 1), reader.skip_spaces(close + 1));
    // `(evil)(dot)(com)`
    let start = if matches!(reader.before(start), ')' | ']' | '}') { start - 1 } else { start };
    let end = bracketed_label(reader, end).unwrap_or(end);
    Some(Dot { start, end, kind: DotKind::Bracketed })
}

/// The first glyph of a short word that stands alone in brackets, which open at `i`: `(com)`.
fn bracketed_label(reader: Reader, i: usize) -> Option<usize> {
    let close = match reader.ch(i) {
        '(' => ')',
        '[' => ']',
        '{' => '}',
        _ => return None,
    };
    let end = reader.word_end(i + 1, 7);
    (end > i + 2 && reader.ch(end) == close).then_some(i + 1)
}

/// The word for a dot (`from..to`) between spaces, hyphens or underscores.
fn worded(reader: Reader, from: usize, to: usize) -> Option<Dot> {
    let (start, end) = (reader.skip_spaces_back(from), reader.skip_spaces(to));
    let kind = DotKind::Word;
    if start < from && end > to {
        return Some(Dot { start, end, kind });
    }
    let glue = |c| matches!(c, '-' | '_' | '/' | '|' | '~');
    (glue(reader.before(from)) && glue(reader.ch(to))).then(|| Dot { start: from - 1, end: to + 1, kind })
}
