//! Content to glyphs: one pass, one table, for messages and for terms.

use super::glyph::{Dress, Folded, Kind};
use super::span::Span;
use super::table::{ascii, expansion, row};

/// A visible character of the content, folded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Glyph {
    /// First byte in the content.
    pub start: u32,
    /// One past its last byte, its own marks included, invisible characters after it not.
    pub end: u32,
    /// The folded character: lower case, no marks, Latin where it looks Latin, ASCII digits.
    pub ch: char,
    /// What it is.
    pub kind: Kind,
    /// How it was dressed.
    pub dress: Dress,
}

impl Glyph {
    /// Its place in the content.
    pub const fn span(&self) -> Span {
        Span::new(self.start as usize, self.end as usize)
    }

    /// A letter or a digit.
    pub fn is_alphanumeric(&self) -> bool {
        matches!(self.kind, Kind::Letter | Kind::Digit)
    }
}

/// A message, its folded form, and the way back.
#[derive(Clone, Debug, Default)]
pub struct Text {
    /// The visible characters in order. Marks and invisible characters have no glyph of their own.
    pub glyphs: Vec<Glyph>,
    /// What kinds of glyphs there are: one bit per [`Kind`].
    kinds: u16,
    /// All dresses together.
    dresses: u8,
}

impl Text {
    /// Folds `content`.
    ///
    /// ```
    /// use room_review::text::Text;
    /// let text = Text::fold("Ｆúñ");
    /// assert_eq!(text.glyphs.iter().map(|g| g.ch).collect::<String>(), "fun");
    /// ```
    pub fn fold(content: &str) -> Self {
        let mut text = Self::default();
        text.refill(content);
        text
    }

    /// Folds `content` into this text, keeping its memory.
    pub fn refill(&mut self, content: &str) {
        self.glyphs.clear();
        (self.kinds, self.dresses) = (0, 0);
        if content.bytes().all(|byte| (0x20..0x7f).contains(&byte)) {
            return self.refill_ascii(content);
        }
        self.glyphs.reserve(content.len());
        for (start, c) in content.char_indices() {
            self.push(start as u32, (start + c.len_utf8()) as u32, row(c));
        }
    }

    /// As [`Text::refill`]; of printable ASCII every character has a glyph of its own.
    fn refill_ascii(&mut self, content: &str) {
        let (mut kinds, mut dresses) = (0, 0);
        self.glyphs.extend(content.bytes().zip(0u32..).map(|(byte, at)| {
            let Folded { kind, dress, ch } = ascii(byte);
            kinds |= 1 << kind as u16;
            dresses |= dress.0;
            Glyph { start: at, end: at + 1, ch, kind, dress }
        }));
        (self.kinds, self.dresses) = (kinds, dresses);
    }

    fn push(&mut self, start: u32, end: u32, folded: Folded) {
        self.kinds |= 1 << folded.kind as u16;
        match folded.kind {
            Kind::Mark => {
                if let Some(last) = self.glyphs.last_mut().filter(|last| last.end == start) {
                    last.end = end;
                    last.dress.0 |= Dress::ACCENT;
                    self.dresses |= Dress::ACCENT;
                }
            }
            Kind::Invisible | Kind::Bidi => {}
            Kind::Expands => {
                self.kinds |= 1 << Kind::Letter as u16;
                for ch in expansion(folded).chars() {
                    self.glyphs.push(Glyph { start, end, ch, kind: Kind::Letter, dress: folded.dress });
                }
            }
            kind => {
                self.dresses |= folded.dress.0;
                self.glyphs.push(Glyph { start, end, ch: folded.ch, kind, dress: folded.dress });
            }
        }
    }

    /// Whether a character of this kind occurs.
    pub const fn has(&self, kind: Kind) -> bool {
        self.kinds & 1 << kind as u16 != 0
    }

    /// Whether a letter dressed in any of `bits` occurs.
    pub const fn has_dress(&self, bits: u8) -> bool {
        self.dresses & bits != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(content: &str) -> String {
        Text::fold(content).glyphs.iter().map(|g| g.ch).collect()
    }

    #[test]
    fn disguises_fold_to_plain_letters() {
        let cases = [
            ("Ｆｕｎ", "fun"),
            ("𝓯𝓾𝓷 𝔣𝔲𝔫 𝙛𝙪𝙣 𝚏𝚞𝚗", "fun fun fun fun"),
            ("ⓕⓤⓝ 🅵🆄🅽 🄵🅄🄽 🅕🅤🅝", "fun fun fun fun"),
            ("🇫\u{200b}🇺\u{200b}🇳", "fun"),
            ("ꜰᴜɴ ᶠᵘⁿ", "fun fun"),
            ("fũń f̷̢u̡͝n̶", "fun fun"),
            ("f\u{200b}u\u{ad}n\u{e0061}\u{fe0f}", "fun"),
            ("сӏоveг мυттoп Ьоѡ", "clover mutton bow"),
            ("ɐɯɐzıuƃ", "amaziug"),
            ("straße æon ﬁn", "strasse aeon fin"),
            ("ПРИВЕТ ёй", "npиbet eи"),
            ("カナ ｶﾅ", "かな かな"),
            ("हिन्दी ไทย 한글", "हिन्दी ไทย 한글"),
            ("أحمد مُحَمَّد", "احمد محمد"),
            ("１２٣４", "1234"),
        ];
        let wrong: Vec<_> =
            cases.iter().filter(|(content, want)| folded(content) != *want).map(|(c, w)| (c, w, folded(c))).collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn a_glyph_knows_its_place_marks_included() {
        let text = Text::fold("a\u{301}\u{200b}b");
        let spans: Vec<_> = text.glyphs.iter().map(|g| (g.start, g.end)).collect();
        assert_eq!(spans, [(0, 3), (6, 7)]);
    }
}
