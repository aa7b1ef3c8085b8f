//! Texts of more than printable ASCII, character by character.

use super::classes::{bits, rows};
use super::fold::{Glyph, Has};
use super::glyph::{Dress, FALSE_CAPITALS, Folded, Kind};
use super::letter::is_combining_mark;
use super::sketch::Sketch;
use super::table::{expansion, row};

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
    /// The most bytes of a glyph with marks.
    pub width: u32,
    /// The most bytes in a row that are part of no glyph.
    pub gap: u32,
}

impl Parts<'_> {
    /// Reads all of `content`.
    pub fn push_all(&mut self, content: &str, known: &mut KnownCharacters) {
        // Room for a glyph a byte, so that no loop asks for memory.
        self.make_room(content.len());
        let known = known.all();
        for start in (0..content.len()).step_by(Block::LEN) {
            let mut last = [Block::NONE; BLOCK];
            let block = Block::of(content, start, &mut last);
            let mut leads = block.leads();
            while let Some(at) = self.push_glyphs(&block, &mut leads, known) {
                self.push_part(content, start + at);
            }
        }
    }

    /// Reads what is one glyph each, of the characters of a block that begin at `leads`, up to one that is none; says where that is.
    fn push_glyphs(&mut self, block: &Block<'_>, leads: &mut u64, known: &mut AllKnown) -> Option<usize> {
        let (glyphs, sketch) = (self.glyphs.get_mut(self.count..)?, self.sketch.get_mut(self.count..)?);
        let (mut rest, mut has, mut blocks, mut other) = (*leads, self.has, self.blocks, None);
        for (room, byte) in glyphs.iter_mut().zip(sketch) {
            if rest == 0 {
                break;
            }
            let at = rest.trailing_zeros() as usize;
            rest &= rest - 1;
            let utf8 = block.utf8(at);
            let one = &mut known[KnownCharacters::place(utf8)];
            if one.utf8 != utf8 {
                one.learn(utf8);
            }
            if !one.is_glyph {
                other = Some(at);
                break;
            }
            let start = block.start + at as u32;
            // The whole glyph first: it is copied as one number.
            (*room, *byte) = (one.glyph, one.byte);
            (room.start, room.end) = (start, start + u32::from(one.len));
            has.add(one.has);
            blocks |= 1 << (one.block & 63);
            self.count += 1;
        }
        (*leads, self.has, self.blocks) = (rest, has, blocks);
        other
    }

    /// Makes room for so many more glyphs.
    fn make_room(&mut self, more: usize) {
        let space = Glyph::new(0, 0, Folded { kind: Kind::Space, dress: Dress(0), ch: ' ' });
        let all = self.count + more;
        // What was read before is overwritten.
        self.glyphs.resize(self.glyphs.len().max(all), space);
        self.sketch.resize(self.sketch.len().max(all), b' ');
    }

    fn push(&mut self, glyph: Glyph, byte: u8, c: char) {
        self.has.add(has_of(glyph, c));
        self.blocks |= 1 << block(glyph.ch);
        if let (Some(room), Some(byte_room)) = (self.glyphs.get_mut(self.count), self.sketch.get_mut(self.count)) {
            (*room, *byte_room) = (glyph, byte);
            self.count += 1;
        }
    }

    /// What is not one glyph.
    #[inline(never)]
    fn push_part(&mut self, content: &str, at: usize) {
        let Some(c) = content.get(at..).and_then(|rest| rest.chars().next()) else { return };
        let behind = content.len() - at - c.len_utf8();
        let (folded, start, end) = (row(c), at as u32, (at + c.len_utf8()) as u32);
        self.has.add(Has::kind(folded.kind));
        match folded.kind {
            Kind::Mark => {
                let last = self.count.checked_sub(1).and_then(|last| self.glyphs.get_mut(last));
                if let Some(last) = last.filter(|last| last.end == start) {
                    last.end = end;
                    self.width = self.width.max(end - last.start);
                    last.dress.0 |= Dress::ACCENT;
                    self.has.add(Has::dress(Dress::ACCENT));
                }
            }
            Kind::Expands => {
                let letters = expansion(folded);
                self.make_room(letters.len() + behind);
                for ch in letters.chars() {
                    let glyph = Glyph::new(start, end, Folded { kind: Kind::Letter, dress: folded.dress, ch });
                    self.push(glyph, sketched(&glyph), c);
                }
            }
            _ => {}
        }
        let last_end = self.count.checked_sub(1).and_then(|last| self.glyphs.get(last)).map_or(0, |last| last.end);
        self.gap = self.gap.max(end - last_end);
    }
}

/// The bytes of a [`Block`].
const BLOCK: usize = Sketch::BLOCK + 4;

/// Some bytes of a content, and those behind them that may belong to its last character.
struct Block<'c> {
    bytes: &'c [u8; BLOCK],
    /// Where it begins in the content.
    start: u32,
}

impl<'c> Block<'c> {
    /// How many bytes: a number has a bit for each.
    const LEN: usize = Sketch::BLOCK;

    /// What begins no character.
    const NONE: u8 = 0x80;

    /// The bytes from `start` on; the last of all are put into `last`.
    fn of(content: &'c str, start: usize, last: &'c mut [u8; BLOCK]) -> Self {
        let rest = content.as_bytes().get(start..).unwrap_or_default();
        let bytes = rest.first_chunk().unwrap_or_else(|| {
            if let Some(some) = last.get_mut(..rest.len()) {
                some.copy_from_slice(rest);
            }
            last
        });
        Self { bytes, start: start as u32 }
    }

    /// Where characters begin, a bit for each byte.
    fn leads(&self) -> u64 {
        let [leads] = bits([rows(self.bytes, |byte, _| byte & 0xc0 != 0x80)]);
        leads
    }

    /// The character that begins at a place, in UTF-8.
    #[inline]
    fn utf8(&self, at: usize) -> u32 {
        /// How many bits of four bytes belong to other characters, by the upper half of the first.
        const BEHIND: [u8; 16] = [24, 24, 24, 24, 24, 24, 24, 24, 24, 24, 24, 24, 16, 16, 8, 0];
        let at = at % Self::LEN;
        let four = u32::from_be_bytes([self.bytes[at], self.bytes[at + 1], self.bytes[at + 2], self.bytes[at + 3]]);
        four >> (BEHIND[(four >> 28) as usize] & 31)
    }
}

/// What a character is, at no place. Aligned, a place among many is found with a shift.
#[derive(Clone, Copy, Debug)]
#[repr(align(32))]
struct Known {
    /// The character in UTF-8.
    utf8: u32,
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
    fn of(utf8: u32) -> Self {
        let bytes = utf8.to_be_bytes();
        let first = bytes.iter().position(|&byte| byte != 0).unwrap_or(bytes.len() - 1);
        let c = bytes.get(first..).and_then(|bytes| str::from_utf8(bytes).ok()).and_then(|one| one.chars().next());
        let c = c.unwrap_or(char::REPLACEMENT_CHARACTER);
        let (glyph, len) = (Glyph::new(0, 0, row(c)), c.len_utf8());
        let is_glyph = !matches!(glyph.kind, Kind::Mark | Kind::Invisible | Kind::Bidi | Kind::Expands);
        let (has, block, byte) = (has_of(glyph, c), block(glyph.ch) as u8, sketched(&glyph));
        Self { utf8, glyph, has, block, byte, len: len as u8, is_glyph }
    }

    /// Gives up one character for another.
    #[inline(never)]
    fn learn(&mut self, utf8: u32) {
        *self = Self::of(utf8);
    }
}

/// What a text has with a glyph of a character.
fn has_of(glyph: Glyph, c: char) -> Has {
    let mut has = Has::of(glyph);
    if is_combining_mark(glyph.ch) {
        has.add(Has::OWN_MARK);
    }
    if c.len_utf8() > 3 && glyph.kind != Kind::Emoji {
        has.add(Has::LONG);
    }
    if FALSE_CAPITALS.contains(&c) {
        has.add(Has::FALSE_CAPITALS);
    }
    has
}

/// The last characters that were met: alphabets are small, and to look a character up in the table and say all of it takes ten times
/// as long.
#[derive(Clone, Debug, Default)]
pub(super) struct KnownCharacters {
    /// Each at its place; empty until one is asked for.
    all: Vec<Known>,
}

impl KnownCharacters {
    /// The most, a power of two.
    const MOST: usize = 1 << Self::BITS;
    const BITS: u32 = 11;

    /// Where a character is kept. Of 40 odd factors, this one has the fewest characters of chat in all languages share a place with
    /// another.
    #[inline]
    const fn place(utf8: u32) -> usize {
        (utf8.wrapping_mul(0x36bc_6973) >> (u32::BITS - Self::BITS)) as usize
    }

    /// All of them.
    fn all(&mut self) -> &mut AllKnown {
        if self.all.is_empty() {
            self.all.resize(Self::MOST, Known::of(0));
        }
        self.all.as_mut_slice().try_into().expect("there are as many as were made")
    }
}

/// All of [`KnownCharacters`].
type AllKnown = [Known; KnownCharacters::MOST];

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
