//! Texts of more than printable ASCII, character by character.

use super::fold::{Glyph, Has};
use super::glyph::{Dress, Folded, Kind};
use super::sketch::Sketch;
use super::table::{expansion, row};
use std::str::Chars;

/// What a text is made of, as far as it was read.
pub(super) struct Parts<'t> {
    /// The glyphs, and room for more.
    pub glyphs: &'t mut Vec<Glyph>,
    /// A byte for each.
    pub sketch: &'t mut Vec<u8>,
    /// How many there are.
    pub count: usize,
    /// What the text has.
    pub has: Has,
    /// A bit for the [`block`] of each glyph.
    pub blocks: u64,
}

impl Parts<'_> {
    /// Reads all of `content`.
    pub fn push_all(&mut self, content: &str, known: &mut KnownCharacters) {
        // Room for a glyph a byte, so that no loop asks for memory.
        self.make_room(content.len());
        let (mut chars, known) = (content.chars(), known.all());
        let start_of = |chars: &Chars<'_>| (content.len() - chars.as_str().len()) as u32;
        loop {
            let start = start_of(&chars);
            self.push_glyphs(&mut chars, start, known);
            let start = start_of(&chars);
            let Some(c) = chars.next() else { return };
            self.push_part(start, start_of(&chars), c);
        }
    }

    /// Reads what is one glyph each, of `chars` that begin at `start`.
    fn push_glyphs(&mut self, chars: &mut Chars<'_>, mut start: u32, known: &mut AllKnown) {
        let rooms = (self.glyphs.get_mut(self.count..), self.sketch.get_mut(self.count..));
        let (Some(glyphs), Some(sketch)) = rooms else { return };
        let (mut rest, mut has, mut blocks) = (chars.clone(), self.has, self.blocks);
        for (room, byte) in glyphs.iter_mut().zip(sketch) {
            let Some(c) = rest.next() else { break };
            let one = &mut known[KnownCharacters::place(c)];
            if one.c != c {
                one.learn(c);
            }
            if !one.is_glyph {
                break;
            }
            let end = start + u32::from(one.len);
            (*room, *byte) = (one.glyph.at(start, end), one.byte);
            has.add(one.has);
            blocks |= 1 << (one.block & 63);
            start = end;
            self.count += 1;
            *chars = rest.clone();
        }
        (self.has, self.blocks) = (has, blocks);
    }

    fn make_room(&mut self, more: usize) {
        let space = Glyph::new(0, 0, Folded { kind: Kind::Space, dress: Dress(0), ch: ' ' });
        self.glyphs.resize(self.count + more, space);
        self.sketch.resize(self.count + more, b' ');
    }

    fn push(&mut self, glyph: Glyph, byte: u8) {
        self.has.add(Has::of(glyph));
        self.blocks |= 1 << block(glyph.ch);
        if let (Some(room), Some(byte_room)) = (self.glyphs.get_mut(self.count), self.sketch.get_mut(self.count)) {
            (*room, *byte_room) = (glyph, byte);
            self.count += 1;
        }
    }

    /// What is not one glyph.
    #[inline(never)]
    fn push_part(&mut self, start: u32, end: u32, c: char) {
        let folded = row(c);
        self.has.add(Has::kind(folded.kind));
        match folded.kind {
            Kind::Mark => {
                let last = self.count.checked_sub(1).and_then(|last| self.glyphs.get_mut(last));
                if let Some(last) = last.filter(|last| last.end == start) {
                    last.end = end;
                    last.dress.0 |= Dress::ACCENT;
                    self.has.add(Has::dress(Dress::ACCENT));
                }
            }
            Kind::Expands => {
                let letters = expansion(folded);
                let rest = self.glyphs.len() - self.count;
                self.make_room(rest + letters.len());
                for ch in letters.chars() {
                    let glyph = Glyph::new(start, end, Folded { kind: Kind::Letter, dress: folded.dress, ch });
                    self.push(glyph, sketched(&glyph));
                }
            }
            _ => {}
        }
    }
}

/// What a character is, at no place.
#[derive(Clone, Copy, Debug)]
struct Known {
    c: char,
    glyph: Glyph,
    has: Has,
    /// Its [`block`].
    block: u8,
    /// What it is in a sketch.
    byte: u8,
    /// Its bytes in UTF-8.
    len: u8,
    /// It is one glyph.
    is_glyph: bool,
}

impl Known {
    fn of(c: char) -> Self {
        let glyph = Glyph::new(0, 0, row(c));
        let is_glyph = !matches!(glyph.kind, Kind::Mark | Kind::Invisible | Kind::Bidi | Kind::Expands);
        let (has, block, byte, len) = (Has::of(glyph), block(glyph.ch) as u8, sketched(&glyph), c.len_utf8() as u8);
        Self { c, glyph, has, block, byte, len, is_glyph }
    }

    /// Gives up one character for another.
    #[inline(never)]
    fn learn(&mut self, c: char) {
        *self = Self::of(c);
    }
}

/// ASCII, and the last characters beyond it: alphabets are small, and to look a character up in the table and say all of it takes ten
/// times as long.
#[derive(Clone, Debug, Default)]
pub(super) struct KnownCharacters {
    /// Each at its place; empty until one is asked for.
    all: Vec<Known>,
}

impl KnownCharacters {
    /// As many as ASCII has.
    const ASCII: usize = 128;
    /// The most beyond it.
    const MOST: usize = 1024;

    /// Where a character is kept: those of an alphabet at different places.
    #[inline]
    const fn place(c: char) -> usize {
        let beyond = if c.is_ascii() { 0 } else { Self::ASCII };
        (c as usize ^ c as usize >> 10) % Self::MOST + beyond
    }

    /// All of them.
    fn all(&mut self) -> &mut AllKnown {
        if self.all.is_empty() {
            self.all = (0..Self::ASCII as u8).map(|byte| Known::of(char::from(byte))).collect();
            self.all.resize(Self::ASCII + Self::MOST, Known::of('\0'));
        }
        self.all.as_mut_slice().try_into().expect("there are as many as were made")
    }
}

/// All of [`KnownCharacters`].
type AllKnown = [Known; KnownCharacters::ASCII + KnownCharacters::MOST];

/// What a glyph is in [`super::Text::sketch`], by its [`Kind`] and 16 more where it is ASCII: a byte, and which bits its character adds.
const BYTES: [(u8, u8); 32] = {
    let mut bytes = [(Sketch::MARK, 0); 32];
    let mut at = 16;
    while at < 32 {
        bytes[at] = (0, 0x7f);
        at += 1;
    }
    bytes[Kind::Letter as usize] = (Sketch::LETTER, 0x1f);
    bytes[Kind::Digit as usize] = (Sketch::LETTER, 0x1f);
    at = 0;
    while at < 32 {
        bytes[at + Kind::Space as usize] = (b' ', 0);
        bytes[at + Kind::Newline as usize] = (b'\n', 0);
        bytes[at + Kind::Emoji as usize] = (Sketch::EMOJI, 0);
        at += 16;
    }
    bytes
};

/// The byte of a glyph in [`super::Text::sketch`].
fn sketched(glyph: &Glyph) -> u8 {
    let Glyph { ch, kind, .. } = *glyph;
    if DOTS.contains(&ch) {
        return Sketch::DOT;
    }
    let (byte, bits) = BYTES[(kind as usize & 15) | usize::from(ch.is_ascii()) << 4];
    byte | ch as u8 & bits
}

/// The letters of scripts without capitals that mean a dot, or begin a word for one or for an `@`.
const DOTS: [char; 14] = ['点', '點', '점', '쩜', '닷', 'ド', 'ど', 'ن', 'د', 'ड', 'จ', '골', 'あ', '艾'];

/// The number of the 256 characters that one is among; the last ones are taken together.
#[inline]
pub(super) const fn block(ch: char) -> u32 {
    // Alphabets alternate with what stands between words, so no branch depends on it.
    (ch as u32 >> 8 | 63 * (ch as u32 > 0x3fff) as u32) & 63
}
