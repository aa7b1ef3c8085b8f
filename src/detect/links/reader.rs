//! Looking around in a message: its glyphs by number, and the characters they were made from.

use crate::text::{Dress, Kind, Span, Text};

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
        (i..i + limit).find(|&i| !self.is_word(i)).unwrap_or(i + limit)
    }

    /// The start of the word that ends before `i`, at most `limit` glyphs back.
    #[inline(never)]
    pub(crate) fn word_start(self, i: usize, limit: usize) -> usize {
        let floor = i.saturating_sub(limit);
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
