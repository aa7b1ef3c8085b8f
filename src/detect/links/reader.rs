//! Looking around in a message: its glyphs by number, and the characters they were made from.

use crate::text::{Ask, Dress, Kind, Sketch, Span, Text};

/// What [`Reader::ch`] answers outside the message.
pub(crate) const END: char = '\0';

/// A message under the eyes of a detector. Positions are numbers of glyphs.
#[derive(Clone, Copy)]
pub(crate) struct Reader<'t> {
    content: &'t str,
    text: &'t Text,
}

impl<'t> Reader<'t> {
    pub(crate) fn new(content: &'t str, text: &'t Text) -> Self {
        Self { content, text }
    }

    pub(crate) fn len(self) -> usize {
        self.text.glyphs.len()
    }

    /// A byte for each glyph, with spaces after them: see [`Text::sketch`].
    #[inline]
    pub(crate) fn bytes(self) -> &'t [u8] {
        self.text.sketch().first(usize::MAX)
    }

    /// Whether the glyphs of `range` were written as their [`bytes`](Self::bytes) are, but for capitals.
    #[inline]
    pub(crate) fn is_as_written(self, range: std::ops::Range<usize>) -> bool {
        self.text.is_plain() || {
            let (written, bytes) = (self.source(range.clone()).as_bytes(), self.bytes().get(range));
            bytes.is_some_and(|bytes| written.eq_ignore_ascii_case(bytes))
        }
    }

    /// Whether an `@` or a word for it may stand anywhere behind the first glyph.
    pub(crate) fn may_have_mail(self) -> bool {
        self.text.is_asked([Ask::Mail])
    }

    /// Whether the glyph at `i` goes on a word.
    #[inline]
    pub(crate) fn goes_on(self, i: usize) -> bool {
        i > 0 && self.is_word(i) && self.is_word(i - 1)
    }

    /// The folded character at `i`, or [`END`].
    #[inline]
    pub(crate) fn ch(self, i: usize) -> char {
        self.text.glyphs.get(i).map_or(END, |glyph| glyph.ch)
    }

    /// The folded character before `i`, or [`END`].
    #[inline]
    pub(crate) fn before(self, i: usize) -> char {
        i.checked_sub(1).map_or(END, |i| self.ch(i))
    }

    #[inline]
    pub(crate) fn kind(self, i: usize) -> Option<Kind> {
        self.text.glyphs.get(i).map(|glyph| glyph.kind)
    }

    /// The character at `i` as it was written, or [`END`].
    pub(crate) fn written(self, i: usize) -> char {
        self.text
            .glyphs
            .get(i)
            .and_then(|glyph| self.content.get(glyph.start as usize..)?.chars().next())
            .unwrap_or(END)
    }

    pub(crate) fn dress(self, i: usize) -> Dress {
        self.text.glyphs.get(i).map_or(Dress(0), |glyph| glyph.dress)
    }

    #[inline]
    pub(crate) fn is_space(self, i: usize) -> bool {
        self.kind(i) == Some(Kind::Space)
    }

    /// White space, a line break, or outside the message.
    #[inline]
    pub(crate) fn is_gap(self, i: usize) -> bool {
        matches!(self.kind(i), None | Some(Kind::Space | Kind::Newline))
    }

    #[inline]
    pub(crate) fn is_letter(self, i: usize) -> bool {
        self.kind(i) == Some(Kind::Letter)
    }

    #[inline]
    pub(crate) fn is_digit(self, i: usize) -> bool {
        self.kind(i) == Some(Kind::Digit)
    }

    #[inline]
    pub(crate) fn is_word(self, i: usize) -> bool {
        matches!(self.kind(i), Some(Kind::Letter | Kind::Digit))
    }

    /// Whether the glyph at `i` began as a capital letter.
    pub(crate) fn is_upper(self, i: usize) -> bool {
        self.written(i).is_uppercase()
    }

    /// Whether the glyphs from `i` on read `word`.
    #[inline(never)]
    pub(crate) fn reads(self, i: usize, word: &str) -> bool {
        word.chars().zip(i..).all(|(c, i)| self.ch(i) == c)
    }

    /// One past the last glyph of the spaces at `i`, two at most: more is a gap and no hint.
    #[inline(never)]
    pub(crate) fn skip_spaces(self, i: usize) -> usize {
        (i..i + 2).find(|&i| !self.is_space(i)).unwrap_or(i + 2)
    }

    /// The first glyph of the spaces before `i`, two at most.
    #[inline(never)]
    pub(crate) fn skip_spaces_back(self, i: usize) -> usize {
        (0..2).take_while(|&n| i > n && self.is_space(i - 1 - n)).last().map_or(i, |n| i - 1 - n)
    }

    /// The end of the word at `i`, at most `limit` glyphs on.
    #[inline(never)]
    pub(crate) fn word_end(self, i: usize, limit: usize) -> usize {
        let near = self.bytes().get(i..).and_then(<[u8]>::first_chunk::<WINDOW>);
        let run = near.map_or(0, |near| word_run(near.iter().copied()));
        let from = if run < WINDOW { return i + run.min(limit) } else { i + run };
        (from.min(i + limit)..i + limit).find(|&i| !self.is_word(i)).unwrap_or(i + limit)
    }

    /// The start of the word that ends before `i`, at most `limit` glyphs back.
    #[inline(never)]
    pub(crate) fn word_start(self, i: usize, limit: usize) -> usize {
        let floor = i.saturating_sub(limit);
        let near = i.checked_sub(WINDOW).and_then(|from| self.bytes().get(from..)?.first_chunk::<WINDOW>());
        let run = near.map_or(WINDOW, |near| word_run(near.iter().rev().copied()));
        if run < WINDOW {
            return floor.max(i - run);
        }
        (floor..i).rev().find(|&at| !self.is_word(at)).map_or(floor, |at| at + 1)
    }

    /// The folded characters of `range`.
    pub(crate) fn folded(self, range: std::ops::Range<usize>) -> String {
        self.text.glyphs.get(range).unwrap_or_default().iter().map(|glyph| glyph.ch).collect()
    }

    /// The characters of `range` as written, without marks' order or invisible characters disturbed.
    pub(crate) fn source(self, range: std::ops::Range<usize>) -> &'t str {
        let span = self.span(range);
        self.content.get(span.start..span.end).unwrap_or_default()
    }

    /// The bytes of the content that the glyphs of `range` were made from.
    pub(crate) fn span(self, range: std::ops::Range<usize>) -> Span {
        let glyphs = self.text.glyphs.get(range).unwrap_or_default();
        match (glyphs.first(), glyphs.last()) {
            (Some(first), Some(last)) => Span::new(first.start as usize, last.end as usize),
            _ => Span::new(0, 0),
        }
    }
}

/// How many bytes are looked at at once for the end of a word: most words have fewer.
const WINDOW: usize = 12;

/// How many of these bytes of a sketch go on a word, without a branch that could not be foreseen.
#[inline]
fn word_run(bytes: impl Iterator<Item = u8>) -> usize {
    let (_, run) = bytes.fold((1, 0), |(on, run), byte| {
        let on = on & usize::from(is_word_byte(byte));
        (on, run + on)
    });
    run
}

/// Whether what has this byte in a sketch is a letter or digit.
pub(crate) const fn is_word_byte(byte: u8) -> bool {
    byte.wrapping_sub(b'a') < 26 || byte.wrapping_sub(b'0') < 10 || byte >= Sketch::LETTER
}

/// Finds the first place from some place on that is `wanted`, where none may lie before the last. Only these `places`, in order,
/// are asked about, and the very first one if it `begins`.
pub(crate) fn anchors(
    begins: bool,
    mut places: impl Iterator<Item = usize>,
    wanted: impl Fn(usize) -> bool,
) -> impl FnMut(usize) -> Option<usize> {
    let mut first = begins;
    move |from| {
        if std::mem::take(&mut first) && from == 0 && wanted(0) {
            return Some(0);
        }
        places.find(|&place| place >= from && wanted(place))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_says_what_is_a_letter_or_digit() {
        let differs = |c: &char| {
            let text = Text::fold(&c.to_string());
            let kinds = text.glyphs.iter().map(|glyph| matches!(glyph.kind, Kind::Letter | Kind::Digit));
            let bytes = text.sketch().first(text.glyphs.len()).iter().map(|&byte| is_word_byte(byte));
            !kinds.eq(bytes)
        };
        let wrong: Vec<char> = ('\0'..=char::MAX).filter(differs).collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }

    #[test]
    fn words_begin_and_end_where_letters_do() {
        let content = "some words, einige_viellängere und1 abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklm ☀ слова";
        let text = Text::fold(content);
        let reader = Reader::new(content, &text);
        for i in 0..reader.len() + 3 {
            for limit in [1, 3, 11, 12, 13, 24, 64] {
                let end = (i..i + limit).find(|&i| !reader.is_word(i)).unwrap_or(i + limit);
                assert_eq!(reader.word_end(i, limit), end, "{i} {limit}");
                let floor = i.saturating_sub(limit);
                let start = (floor..i).rev().find(|&at| !reader.is_word(at)).map_or(floor, |at| at + 1);
                assert_eq!(reader.word_start(i, limit), start, "{i} {limit}");
            }
        }
    }
}
