//! What the glyphs of a text are, a bit for each.

use super::sketch::Sketch;

/// Of [`Sketch::BLOCK`] glyphs in a row which are what: the lowest bit is the first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Classes {
    /// Letters and digits.
    pub solid: u64,
    /// What else is seen, but for emoji.
    pub symbols: u64,
    /// How many are the same as the next in a sketch, or behind the text.
    pub pairs: u32,
    /// Where any [window](super::windows) can stand, but for those of numbers and streets, if there are no digits: where small letters
    /// begin, at "do" inside them, and at what else is seen, but for most letters beyond ASCII.
    pub(super) asking: u64,
}

impl Classes {
    /// Appends those of all blocks of a sketch, of printable ASCII if it `is_plain`.
    pub(super) fn extend(all: &mut Vec<Self>, sketch: Sketch<'_>, is_plain: bool) {
        let (mut rest, mut before) = (sketch.all(), 0);
        while let Some(block) = rest.first_chunk() {
            let (classes, small) = if is_plain { Self::of_plain(block) } else { Self::of_any(block) };
            let asking = classes.asking | small & !(small << 1 | before);
            before = small >> (Sketch::BLOCK - 1);
            all.push(Self { asking, ..classes });
            rest = rest.get(Sketch::BLOCK..).unwrap_or_default();
        }
    }

    /// Those of a block of printable ASCII, but for where small letters begin, and the small letters; digits are taken for some.
    fn of_plain(block: &Block) -> (Self, u64) {
        let solid = bits(block, |byte, _| is_small(byte) | byte.is_ascii_digit());
        let symbols = bits(block, |byte, _| byte > b' ') & !solid;
        // Most have no such word.
        let is_do = |byte, next| (byte == b'd') & (next == b'o');
        let dots = if count(block, is_do) == 0 { 0 } else { bits(block, is_do) };
        (Self { solid, symbols, pairs: pairs(block), asking: symbols | dots }, solid)
    }

    /// The same of a block of anything.
    fn of_any(block: &Block) -> (Self, u64) {
        let solid = bits(block, |byte, _| is_small(byte) | byte.is_ascii_digit() | (byte >= Sketch::LETTER));
        let seen = bits(block, |byte, _| (byte != b' ') & (byte != b'\n')) & !solid;
        let emoji = bits(block, |byte, _| byte == Sketch::EMOJI);
        let small = bits(block, |byte, _| is_small(byte));
        // A letter may be folded to a digit.
        let is_dot = |byte, next| (byte == b'd') & ((next == b'o') | (next == b'0')) | (byte == Sketch::DOT);
        let dots = bits(block, is_dot);
        (Self { solid, symbols: seen & !emoji, pairs: pairs(block), asking: seen | dots }, small)
    }

    /// Where words, and runs of symbols, begin, after the block `before`.
    pub const fn begins(self, before: Self) -> u64 {
        self.solid & !(self.solid << 1 | before.solid >> 63)
            | self.symbols & !(self.symbols << 1 | before.symbols >> 63)
    }
}

/// The bytes of a block, and some behind it.
type Block = [u8; Sketch::BLOCK + Sketch::LANES];

/// Where the bytes of a block, and the next ones, are `wanted`.
#[inline]
pub(super) fn bits<const N: usize>(block: &[u8; N], wanted: impl Fn(u8, u8) -> bool) -> u64 {
    let mut lanes = [0; Sketch::BLOCK];
    for (at, lane) in lanes.iter_mut().enumerate() {
        *lane = u8::from(wanted(block[at], block[at + 1]));
    }
    let (mut bits, eights) = (0, lanes.as_chunks().0);
    for (at, &eight) in eights.iter().enumerate() {
        bits |= bits_of(u64::from_le_bytes(eight)) << (8 * at);
    }
    bits
}

/// How many of the bytes of a block, and the next ones, are `wanted`.
#[inline]
fn count(block: &Block, wanted: impl Fn(u8, u8) -> bool) -> u8 {
    let mut count = 0;
    for at in 0..Sketch::BLOCK {
        count += u8::from(wanted(block[at], block[at + 1]));
    }
    count
}

/// How many bytes of a block are the same as the next one.
#[inline]
fn pairs(block: &Block) -> u32 {
    count(block, |byte, next| byte == next).into()
}

/// The lowest bits of eight bytes as one byte.
#[inline]
const fn bits_of(lowest: u64) -> u64 {
    // The multiplier takes bit 0 of byte `n` to bit 56 + n, and nothing else as far as that.
    lowest.wrapping_mul(0x0102_0408_1020_4080) >> 56
}

/// A small letter of ASCII.
#[inline]
const fn is_small(byte: u8) -> bool {
    byte.is_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::super::{Kind, Text};
    use super::*;

    /// All characters of a few kinds, and any, in blocks that end everywhere.
    fn texts() -> impl Iterator<Item = Text> {
        let plain = (0..300).map(|len| (b' '..=b'~').cycle().skip(len * 7).take(len).map(char::from).collect());
        let doubled = (0..200).map(|len| (0..len).map(|at| ['a', 'a', '.', ' ', '7'][at * at % 11 % 5]).collect());
        let all = ('\0'..=char::MAX).collect::<Vec<_>>();
        let any: Vec<String> = all.chunks(1_000).map(|some| some.iter().collect()).collect();
        plain.chain(doubled).chain(any).map(|content: String| Text::fold(&content))
    }

    #[test]
    fn classes_are_what_glyphs_are() {
        let mut wrong = Vec::new();
        for text in texts() {
            let (classes, sketch) = (text.classes(), text.sketch().all());
            for at in 0..classes.len() * Sketch::BLOCK {
                let (block, bit) = (classes[at / Sketch::BLOCK], at % Sketch::BLOCK);
                let is = (block.solid >> bit & 1 == 1, block.symbols >> bit & 1 == 1);
                let want = text.glyphs.get(at).map_or((false, false), |glyph| match glyph.kind {
                    Kind::Letter | Kind::Digit => (true, false),
                    Kind::Space | Kind::Newline | Kind::Emoji => (false, false),
                    // Accents of their own fold to the space that they stand on.
                    _ if glyph.ch == ' ' => (false, false),
                    _ => (false, true),
                });
                if is != want {
                    wrong.push((text.glyphs.get(at).copied(), is));
                }
            }
            let pairs = classes.iter().map(|block| block.pairs as usize).sum::<usize>();
            let twins = (0..classes.len() * Sketch::BLOCK).filter(|&at| sketch[at] == sketch[at + 1]).count();
            assert_eq!(pairs, twins, "{:?}", text.glyphs);
        }
        assert!(wrong.is_empty(), "{}: {:?}", wrong.len(), &wrong[..wrong.len().min(9)]);
    }

    #[test]
    fn words_begin_after_what_is_of_another_class() {
        // A bar before each word and each run of symbols.
        let cases = ["|ab |c", "|ab|!|c", " |a|...|b", "|a😂|a", "|é1|-|é", "|a\n|b"];
        let long = format!("{}|b |c", "|aaaaaaa ".repeat(8));
        let mut wrong = Vec::new();
        for case in cases.into_iter().chain([long.as_str()]) {
            let text = Text::fold(&case.replace('|', ""));
            let mut before = Classes::default();
            let begins: Vec<u64> =
                text.classes().iter().map(|&block| block.begins(std::mem::replace(&mut before, block))).collect();
            let shown: String = text
                .glyphs
                .iter()
                .enumerate()
                .flat_map(|(at, glyph)| {
                    let begins = begins[at / Sketch::BLOCK] >> (at % Sketch::BLOCK) & 1 == 1;
                    begins.then_some('|').into_iter().chain([glyph.ch])
                })
                .collect();
            if shown != case.replace('é', "e") {
                wrong.push((case.to_owned(), shown));
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}
