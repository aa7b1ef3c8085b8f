//! What the glyphs of a text are, a bit for each.

use super::sketch::{EACH, Sketch};

/// Of [`Sketch::BLOCK`] glyphs in a row which are what: the lowest bit is the first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Classes {
    /// Letters and digits.
    pub solid: u64,
    /// What else is seen, but for emoji.
    pub symbols: u64,
    /// How many are the same as the next in a sketch, or behind the text.
    pub pairs: u32,
}

impl Classes {
    /// Appends those of all blocks of a sketch, of printable ASCII if it `is_plain`.
    pub(super) fn extend(all: &mut Vec<Self>, sketch: Sketch<'_>, is_plain: bool) {
        let mut rest = sketch.all();
        while let Some((block, behind)) = rest.split_first_chunk::<{ Sketch::BLOCK }>() {
            let Some(&next) = behind.first() else { return };
            all.push(if is_plain { Self::of_plain(block, next) } else { Self::of_any(block, next) });
            rest = behind;
        }
    }

    /// Those of a block of printable ASCII; `next` is the byte after it.
    fn of_plain(block: &[u8; Sketch::BLOCK], next: u8) -> Self {
        Self::of(
            block,
            next,
            |bytes| between(bytes, b'a', b'z') | between(bytes, b'0', b'9'),
            |bytes| other(bytes, EACH * u64::from(b' ')),
        )
    }

    /// Those of a block of anything.
    fn of_any(block: &[u8; Sketch::BLOCK], next: u8) -> Self {
        let seen = |bytes: u64| {
            let is_not =
                |byte: u8| other(bytes & !HIGHEST, EACH * u64::from(byte & 0x7f)) | (bytes ^ EACH * u64::from(byte));
            is_not(b' ') & is_not(b'\n') & is_not(Sketch::EMOJI)
        };
        let solid = |bytes: u64| {
            let low = bytes & !HIGHEST;
            (between(low, b'a', b'z') | between(low, b'0', b'9')) & !bytes | bytes & bytes << 1
        };
        Self::of(block, next, solid, seen)
    }

    /// Those of a block, by what says in the highest bits of eight bytes which are solid and which are seen.
    #[inline]
    fn of(block: &[u8; Sketch::BLOCK], next: u8, solid: impl Fn(u64) -> u64, seen: impl Fn(u64) -> u64) -> Self {
        let (eights, mut classes, mut pairs) = (block.as_chunks::<8>().0, Self::default(), 0);
        for (at, &eight) in eights.iter().enumerate() {
            let bytes = u64::from_le_bytes(eight);
            let first_of_next = eights.get(at + 1).map_or(next, |next| next[0]);
            let shifted = bytes >> 8 | u64::from(first_of_next) << 56;
            let (solid, seen) = (solid(bytes), seen(bytes));
            classes.solid |= bits_of(solid) << (8 * at);
            classes.symbols |= bits_of(seen & !solid) << (8 * at);
            // What is no pair differs in a bit.
            pairs += !(other((bytes ^ shifted) & !HIGHEST, 0) | bytes ^ shifted) >> 7 & EACH;
        }
        // The sum of the bytes, each eight at most.
        classes.pairs = (pairs.wrapping_mul(EACH) >> 56) as u32;
        classes
    }

    /// Where words, and runs of symbols, begin, after the block `before`.
    pub const fn begins(self, before: Self) -> u64 {
        self.solid & !(self.solid << 1 | before.solid >> 63)
            | self.symbols & !(self.symbols << 1 | before.symbols >> 63)
    }
}

/// The highest bit of each byte.
const HIGHEST: u64 = EACH << 7;

/// The highest bits of those of eight bytes of ASCII that are from `first` to `last`.
#[inline]
const fn between(bytes: u64, first: u8, last: u8) -> u64 {
    (bytes + EACH * (0x80 - first as u64)) ^ (bytes + EACH * (0x7f - last as u64))
}

/// The highest bits of those of eight bytes of ASCII that are not the same as eight others.
#[inline]
const fn other(bytes: u64, others: u64) -> u64 {
    (bytes ^ others) + !HIGHEST
}

/// The highest bits of eight bytes as one byte.
#[inline]
pub(super) const fn bits_of(highest: u64) -> u64 {
    // The multiplier takes bit 0 of byte `n` to bit 56 + n, and nothing else as far as that.
    (highest >> 7 & EACH).wrapping_mul(0x0102_0408_1020_4080) >> 56
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
