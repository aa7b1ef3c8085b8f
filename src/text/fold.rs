//! Content to glyphs: one pass, one table, for messages and for terms.

use super::asks::{Ask, TABLE};
use super::classes::Classes;
use super::glyph::{Dress, Folded, Kind};
use super::letter::{is_unspaced, symbol_of};
use super::mixed::{KnownCharacters, Parts, block};
use super::sketch::Sketch;
use super::span::Span;
use super::table::{ascii, ascii_has};
use std::ops::RangeInclusive;

/// A visible character of the content, folded. What is the same at every place is side by side: it is copied as one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
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
    /// See [`Glyph::symbol`].
    symbol: u8,
    /// See [`Glyph::traits`].
    traits: u8,
}

impl Glyph {
    /// A letter of a script that puts spaces between words.
    pub const LETTER: u8 = 1;
    /// A capital.
    pub const UPPER: u8 = 2;
    /// A letter of a script that puts no spaces between words.
    pub const UNSPACED: u8 = 4;
    /// A letter that an English ending begins with.
    pub const ENDS: u8 = 8;
    /// A letter, a digit or a symbol that may stand for a letter.
    pub const WORDY: u8 = 16;
    /// A letter or a digit.
    pub const SOLID: u8 = 32;
    /// A symbol that people write for a letter they hide.
    pub const HIDES: u8 = 64;
    /// White space, a line break too.
    pub const GAP: u8 = 128;

    /// What `folded` is at `start..end` of the content.
    #[inline]
    pub const fn new(start: u32, end: u32, folded: Folded) -> Self {
        let Folded { kind, dress, ch } = folded;
        Self { start, end, ch, kind, dress, symbol: symbol_of(kind, ch), traits: traits(folded) }
    }

    /// The same place read as something else.
    #[must_use]
    pub const fn read_as(&self, ch: char, kind: Kind, dress: Dress) -> Self {
        Self::new(self.start, self.end, Folded { kind, dress, ch })
    }

    /// The same at another place.
    #[inline]
    #[must_use]
    pub const fn at(self, start: u32, end: u32) -> Self {
        Self { start, end, ..self }
    }

    /// Its place in the content.
    pub const fn span(&self) -> Span {
        Span::new(self.start as usize, self.end as usize)
    }

    /// The byte that it is in a coarse key; 0 for what is no letter under any reading.
    #[inline]
    pub const fn symbol(&self) -> u8 {
        self.symbol
    }

    /// What it is beyond its kind: [`Glyph::LETTER`] and its neighbours.
    #[inline]
    pub const fn traits(&self) -> u8 {
        self.traits
    }

    /// Whether it has any of these traits.
    #[inline]
    pub const fn is(&self, traits: u8) -> bool {
        self.traits & traits != 0
    }

    /// A letter under some reading.
    #[inline]
    pub const fn may_be_letter(&self) -> bool {
        self.symbol != 0
    }

    /// A letter or a digit.
    #[inline]
    pub const fn is_alphanumeric(&self) -> bool {
        self.is(Self::SOLID)
    }
}

/// The traits of what a character folded to.
#[inline]
const fn traits(Folded { kind, dress, ch }: Folded) -> u8 {
    let upper = if dress.has(Dress::UPPER) { Glyph::UPPER } else { 0 };
    // Most are letters.
    if matches!(kind, Kind::Letter) {
        let ends = matches!(ch, 's' | 'e' | 'z' | 'd' | 'i' | 'y');
        let spaced = Glyph::LETTER | if ends { Glyph::ENDS } else { 0 };
        return upper | Glyph::WORDY | Glyph::SOLID | if is_unspaced(ch) { Glyph::UNSPACED } else { spaced };
    }
    upper
        | match kind {
            Kind::Digit => Glyph::WORDY | Glyph::SOLID,
            Kind::Leet => Glyph::WORDY,
            Kind::Mask | Kind::Emoji => Glyph::HIDES,
            Kind::Punct if matches!(ch, '-' | '.' | '_' | '~' | '=' | '·' | '•') => Glyph::HIDES,
            Kind::Space | Kind::Newline => Glyph::GAP,
            _ => 0,
        }
}

/// What there is in some text: from the lowest bit, 16 bits for the [kinds](Kind) of its characters and what else is asked of them,
/// 8 for their dresses and 8 for the traits of its glyphs.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Has(u32);

impl Has {
    pub const NOTHING: Self = Self(0);
    /// A mark that is a glyph of its own.
    pub const OWN_MARK: Self = Self(1 << 13);
    /// A glyph of four bytes without its marks, but for emoji.
    pub const LONG: Self = Self(1 << 14);
    /// See [`Text::has_false_capitals`].
    pub const FALSE_CAPITALS: Self = Self(1 << 15);

    /// What a glyph is.
    #[inline]
    pub const fn of(glyph: Glyph) -> Self {
        Self(1 << glyph.kind as u32 | (glyph.dress.0 as u32) << 16 | (glyph.traits as u32) << 24)
    }

    #[inline]
    pub const fn kind(kind: Kind) -> Self {
        Self(1 << kind as u32)
    }

    #[inline]
    pub const fn dress(bits: u8) -> Self {
        Self((bits as u32) << 16)
    }

    #[inline]
    const fn traits(traits: u8) -> Self {
        Self((traits as u32) << 24)
    }

    #[inline]
    const fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    #[inline]
    pub const fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

/// A message, its folded form, and the way back.
#[derive(Clone, Debug, Default)]
pub struct Text {
    /// The visible characters in order. Marks and invisible characters have no glyph of their own.
    pub glyphs: Vec<Glyph>,
    has: Has,
    /// See [`Text::may_have`].
    blocks: u64,
    /// See [`Text::width`].
    width: u32,
    /// See [`Text::gap`].
    gap: u32,
    /// See [`Text::is_plain`].
    is_plain: bool,
    /// See [`Text::sketch`]; with spaces to the length of a [sketch](Sketch::len_of).
    sketch: Vec<u8>,
    /// See [`Text::classes`].
    classes: Vec<Classes>,
    /// See [`Text::asked`]: places, and the bits of the windows that stand there.
    asked: Vec<(u32, u64)>,
    /// All of those bits.
    all_asked: u64,
    /// Characters that were met before, in this text or another.
    known: KnownCharacters,
    /// Where glyphs are put together before their number is known.
    room: Vec<Glyph>,
}

impl Text {
    /// As few glyphs as seven words for digits and the spaces between them have, with a word that says what they are for.
    pub(crate) const SPOKEN: usize = 35;

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
        self.has = Has::NOTHING;
        (self.blocks, self.width, self.gap) = (0, 0, 0);
        self.sketch.clear();
        self.sketch.extend_from_slice(content.as_bytes());
        self.sketch.resize(Sketch::len_of(content.len()), b' ');
        self.is_plain = Sketch::make_small(&mut self.sketch);
        if self.is_plain {
            self.push_ascii(0, content.as_bytes());
        } else {
            self.push_all(content);
        }
        self.classes.clear();
        Classes::extend(&mut self.classes, Sketch::new(&self.sketch), self.is_plain);
        self.ask();
    }

    /// Looks for all windows.
    fn ask(&mut self) {
        self.asked.clear();
        self.all_asked = 0;
        let Self { glyphs, sketch, classes, asked, all_asked, has, .. } = self;
        let without = |ask: Ask, is: bool| if is { u64::MAX } else { !ask.bits() };
        let numbered = has.any(Has::kind(Kind::Digit));
        let all = without(Ask::Number, numbered)
            & without(Ask::Street, numbered)
            & without(Ask::Spoken, glyphs.len() >= Self::SPOKEN);
        let found = |place: usize, bits| {
            *all_asked |= bits;
            asked.push((place as u32, bits));
        };
        if numbered {
            TABLE.each(Sketch::new(sketch), glyphs.len(), all, found);
        } else {
            TABLE.each_of(Sketch::new(sketch), classes.iter().map(|classes| classes.asking), all, found);
        }
    }

    /// Of anything. Most messages do without.
    #[inline(never)]
    fn push_all(&mut self, content: &str) {
        let Self { glyphs, sketch, known, room, .. } = self;
        let mut parts = Parts { glyphs: room, sketch, count: 0, has: self.has, blocks: self.blocks, width: 0, gap: 0 };
        parts.push_all(content, known);
        let Parts { count, has, blocks, width, gap, .. } = parts;
        (self.has, self.blocks, self.width, self.gap) = (has, blocks, width, gap);
        glyphs.extend_from_slice(room.get(..count).unwrap_or_default());
        self.sketch.truncate(count);
        self.sketch.resize(Sketch::len_of(count), b' ');
    }

    /// Of printable ASCII every character has a glyph of its own.
    fn push_ascii(&mut self, start: u32, bytes: &[u8]) {
        let mut has = self.has;
        self.glyphs.extend(bytes.iter().zip(start..).map(|(&byte, at)| {
            has.add(ascii_has(byte));
            ascii(byte).at(at, at + 1)
        }));
        self.has = has;
    }

    /// Whether the content is printable ASCII in one line: each byte of it is one glyph, and in small letters the sketch.
    pub const fn is_plain(&self) -> bool {
        self.is_plain
    }

    /// A byte for each glyph: a space for white space, a line end for a line break, [`Sketch::EMOJI`], or its folded character; beyond
    /// ASCII, a number from [`Sketch::LETTER`] on for a letter or digit, [`Sketch::DOT`] for one that means a dot or
    /// begins a word for one or for an `@`, and [`Sketch::MARK`] for the rest.
    pub fn sketch(&self) -> Sketch<'_> {
        Sketch::new(&self.sketch)
    }

    /// What the glyphs are, block by block.
    pub fn classes(&self) -> &[Classes] {
        &self.classes
    }

    /// The glyphs, but for the first, at which any of what is asked for stands, in order.
    pub fn asked<const N: usize>(&self, asks: [Ask; N]) -> impl Iterator<Item = usize> {
        let wanted = asks.iter().fold(0, |bits, ask| bits | ask.bits());
        // Most texts have none.
        let asked = if self.all_asked & wanted == 0 { &[] } else { self.asked.as_slice() };
        asked.iter().filter(move |(_, bits)| bits & wanted != 0).map(|&(place, _)| place as usize)
    }

    /// Whether any of what is asked for stands anywhere, but for the first glyph.
    pub fn is_asked<const N: usize>(&self, asks: [Ask; N]) -> bool {
        self.all_asked & asks.iter().fold(0, |bits, ask| bits | ask.bits()) != 0
    }

    /// Whether a character of this kind occurs.
    pub const fn has(&self, kind: Kind) -> bool {
        self.has.any(Has::kind(kind))
    }

    /// Whether a glyph with any of these traits occurs.
    pub const fn has_trait(&self, traits: u8) -> bool {
        self.has.any(Has::traits(traits))
    }

    /// Whether there may be a glyph of some characters beyond ASCII, as folded: one that shares its upper bits with one of them.
    pub fn may_have(&self, characters: RangeInclusive<char>) -> bool {
        let (first, last) = (block(*characters.start()), block(*characters.end()));
        self.blocks >> first << (63 - (last - first)) != 0
    }

    /// Whether a mark is a glyph of its own.
    pub const fn has_own_marks(&self) -> bool {
        self.has.any(Has::OWN_MARK)
    }

    /// Whether a glyph that is no emoji has four bytes without its marks.
    pub const fn has_long(&self) -> bool {
        self.has.any(Has::LONG)
    }

    /// Whether there is one of the [`glyph::FALSE_CAPITALS`](super::glyph::FALSE_CAPITALS).
    pub const fn has_false_capitals(&self) -> bool {
        self.has.any(Has::FALSE_CAPITALS)
    }

    /// The most bytes of a glyph with marks that are none of their own.
    pub const fn width(&self) -> usize {
        self.width as usize
    }

    /// The most bytes in a row that belong to no glyph.
    pub const fn gap(&self) -> usize {
        self.gap as usize
    }

    /// Whether a letter dressed in any of `bits` occurs.
    pub const fn has_dress(&self, bits: u8) -> bool {
        self.has.any(Has::dress(bits))
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

    #[test]
    fn what_a_text_has_it_may_have() {
        let cases = ["ж", "ᄀ", "ㅏ", "กข", "字", "🜁", "\u{10fffd}", "ß", "abc"];
        let wrong: Vec<_> = cases
            .iter()
            .filter(|content| {
                let text = Text::fold(content);
                let mut beyond = text.glyphs.iter().map(|glyph| glyph.ch).filter(|ch| !ch.is_ascii());
                !beyond.all(|ch| text.may_have(ch..=ch)) || text.may_have('\u{700}'..='\u{7ff}')
            })
            .collect();
        assert!(wrong.is_empty(), "{wrong:?}");
        assert!(Text::fold("aж").may_have('\u{300}'..=char::MAX) && !Text::fold("ab").may_have('\u{100}'..=char::MAX));
        assert!(!Text::fold("ж").may_have('\u{500}'..='\u{5ff}') && Text::fold("ж").may_have('\u{300}'..='\u{4ff}'));
    }
}
