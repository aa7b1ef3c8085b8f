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
        let [solid, seen] =
            bits([rows(block, |byte, _| is_small(byte) | byte.is_ascii_digit()), rows(block, |byte, _| byte > b' ')]);
        let symbols = seen & !solid;
        // Most have no such word.
        let is_do = |byte, next| (byte == b'd') & (next == b'o');
        let dots = if count(block, is_do) == 0 { 0 } else { bits([rows(block, is_do)])[0] };
        (Self { solid, symbols, pairs: pairs(block), asking: symbols | dots }, solid)
    }

    /// The same of a block of anything.
    fn of_any(block: &Block) -> (Self, u64) {
        let is_solid = |byte: u8| is_small(byte) | byte.is_ascii_digit() | (byte >= Sketch::LETTER);
        let is_seen = |byte| (byte != b' ') & (byte != b'\n') & (byte != Sketch::EMOJI);
        // A letter may be folded to a digit.
        let is_dot = |byte, next| (byte == b'd') & ((next == b'o') | (next == b'0')) | (byte == Sketch::DOT);
        let [solid, seen] = bits([rows(block, |byte, _| is_solid(byte)), rows(block, |byte, _| is_seen(byte))]);
        let [small, others] = bits([
            rows(block, |byte, _| is_small(byte)),
            rows(block, |byte, next| is_dot(byte, next) | (byte == Sketch::EMOJI)),
        ]);
        let symbols = seen & !solid;
        (Self { solid, symbols, pairs: pairs(block), asking: symbols | others }, small)
    }

    /// Where words, and runs of symbols, begin, after the block `before`.
    pub const fn begins(self, before: Self) -> u64 {
        self.solid & !(self.solid << 1 | before.solid >> 63)
            | self.symbols & !(self.symbols << 1 | before.symbols >> 63)
    }
}

/// The bytes of a block, and some behind it.
type Block = [u8; Sketch::BLOCK + Sketch::LANES];

/// Where the bytes of a block, and the next ones, are `wanted`: of every eight in a row, a bit in each byte.
#[inline]
pub(super) fn rows<const N: usize>(block: &[u8; N], wanted: impl Fn(u8, u8) -> bool) -> u64 {
    let mut lanes = [0; Sketch::BLOCK];
    for (at, lane) in lanes.iter_mut().enumerate() {
        *lane = u8::from(wanted(block[at], block[at + 1])).wrapping_neg();
    }
    // A byte of the upper half of the lanes has the row after that of the lower half.
    let rows: [u8; Sketch::LANES] = std::array::from_fn(|at| {
        lanes[at] & 1 << (at / 8)
            | lanes[at + 16] & 4 << (at / 8)
            | lanes[at + 32] & 16 << (at / 8)
            | lanes[at + 48] & 64 << (at / 8)
    });
    let all = u128::from_le_bytes(rows);
    all as u64 | (all >> 64) as u64
}

/// The same as a bit for each place, of several at once: bit `a` of byte `b` becomes bit `b` of byte `a`.
#[inline]
pub(super) fn bits<const K: usize>(mut all: [u64; K]) -> [u64; K] {
    // Single bits change places, then pairs of them, then fours.
    for (apart, mask) in [(7, 0x00aa_00aa_00aa_00aa), (14, 0x0000_cccc_0000_cccc), (28, 0x0000_0000_f0f0_f0f0)] {
        for bits in &mut all {
            let change = (*bits ^ *bits >> apart) & mask;
            *bits ^= change ^ change << apart;
        }
    }
    all
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
