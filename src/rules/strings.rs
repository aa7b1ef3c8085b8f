//! Many short strings in one, that can be stored.

use std::borrow::Cow;

/// Strings by number, each of [`Strings::LONGEST`] bytes at the most.
#[derive(Clone, Debug, Default)]
pub struct Strings {
    /// All of them in one; one that the next begins with stands there alone.
    pub text: Cow<'static, str>,
    /// Where every [`BLOCK`]th begins.
    pub starts: Cow<'static, [u32]>,
    /// The bytes of each, and [`WITHIN`].
    pub lengths: Cow<'static, [u8]>,
}

/// A string that begins where the next one does, which begins with it. So it takes no room: of words in order, every eighth byte.
const WITHIN: u8 = 1 << 7;

/// From one string whose beginning is stored to the next.
const BLOCK: usize = 16;

impl Strings {
    /// The most bytes of one of them.
    pub const LONGEST: usize = 127;

    /// Collects `strings`; of those that are longer, nothing is kept: who reads them refuses them before.
    pub fn new<'s>(strings: impl IntoIterator<Item = &'s str>) -> Self {
        let (mut text, mut starts, mut lengths) = (String::new(), Vec::new(), Vec::new());
        let kept = |string: &'s str| if string.len() > Self::LONGEST { "" } else { string };
        let mut strings = strings.into_iter().map(kept).peekable();
        while let Some(string) = strings.next() {
            if lengths.len() % BLOCK == 0 {
                starts.push(text.len() as u32);
            }
            let is_within = strings.peek().is_some_and(|next| next.starts_with(string));
            text.push_str(if is_within { "" } else { string });
            lengths.push(string.len() as u8 | if is_within { WITHIN } else { 0 });
        }
        Self { text: Cow::Owned(text), starts: Cow::Owned(starts), lengths: Cow::Owned(lengths) }
    }

    /// How many they are.
    pub fn len(&self) -> usize {
        self.lengths.len()
    }

    /// Whether the string with this number is `other`.
    #[inline]
    pub fn is(&self, number: usize, other: &str) -> bool {
        // Most are told apart by their lengths.
        self.lengths.get(number).is_some_and(|&length| usize::from(length & !WITHIN) == other.len())
            && self.get(number) == Some(other)
    }

    /// The string with this number.
    #[inline]
    pub fn get(&self, number: usize) -> Option<&str> {
        let length = usize::from(*self.lengths.get(number)? & !WITHIN);
        let start = self.start(number)?;
        self.text.get(start..start + length)
    }

    /// The first two bytes of the string with this number, if it has two.
    #[inline]
    pub fn first_two(&self, number: usize) -> Option<[u8; 2]> {
        let length = *self.lengths.get(number)? & !WITHIN;
        let two = self.text.as_bytes().get(self.start(number)?..)?.first_chunk()?;
        (length >= 2).then_some(*two)
    }

    /// Where in the text the string with this number begins.
    #[inline]
    fn start(&self, number: usize) -> Option<usize> {
        let first = number - number % BLOCK;
        let block = match self.lengths.get(first..).and_then(|block| block.first_chunk()) {
            Some(&block) => u128::from_le_bytes(block),
            None => self.last_block(),
        };
        Some(*self.starts.get(number / BLOCK)? as usize + sum_of_first(block, number % BLOCK))
    }

    /// The lengths of those that are left after the last whole block: apart, so that the way to all others stays short.
    #[cold]
    #[inline(never)]
    fn last_block(&self) -> u128 {
        let rest = self.lengths.as_chunks::<BLOCK>().1;
        rest.iter().rev().fold(0, |block, &length| block << 8 | u128::from(length))
    }
}

/// From the byte [`BLOCK`] - `n` on, what is kept of the first `n` bytes of a block: all but [`WITHIN`].
static KEPT: [u8; 2 * BLOCK] = {
    let (mut kept, mut at) = ([0; 2 * BLOCK], 0);
    while at < BLOCK {
        kept[at] = !WITHIN;
        at += 1;
    }
    kept
};

/// The sum of the first `count` of some bytes, but for those that have [`WITHIN`]; no branch depends on how many there are.
#[inline]
fn sum_of_first(bytes: u128, count: usize) -> usize {
    const EVEN: u64 = 0x00ff_00ff_00ff_00ff;
    const ALL_WITHIN: u64 = 0x0101_0101_0101_0101 * WITHIN as u64;
    let kept = KEPT.get(BLOCK - count % BLOCK..).and_then(|kept| kept.first_chunk());
    let kept = kept.map_or(0, |&kept| u128::from_le_bytes(kept));
    let of_half = |bytes: u64, kept: u64| {
        let within = bytes & ALL_WITHIN;
        bytes & kept & !(within - (within >> 7))
    };
    // Two lengths are less than a byte can be.
    let twos = of_half(bytes as u64, kept as u64) + of_half((bytes >> 64) as u64, (kept >> 64) as u64);
    // Four sums of four, 16 bits each; multiplied by as many ones, the uppermost 16 bits are the sum of all.
    let fours = (twos & EVEN) + (twos >> 8 & EVEN);
    (fours.wrapping_mul(0x0001_0001_0001_0001) >> 48) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_string_comes_back() {
        let all: Vec<String> = (0..100).map(|number| "é".repeat(number * 7 % 130)).collect();
        let strings = Strings::new(all.iter().map(String::as_str));
        assert_eq!(strings.len(), all.len());
        let cut =
            |number: usize| Some(&*all[number]).filter(|whole| whole.len() <= Strings::LONGEST).unwrap_or_default();
        assert!(strings.text.len() < all.iter().map(String::len).sum());
        let wrong: Vec<_> = (0..100).filter(|&number| strings.get(number) != Some(cut(number))).collect();
        let two = |number: usize| cut(number).as_bytes().first_chunk().copied();
        assert!((0..100).all(|number| strings.first_two(number) == two(number)));
        assert_eq!(strings.first_two(100), None);
        assert!(wrong.is_empty(), "{wrong:?}");
        assert_eq!(strings.get(100), None);
        assert_eq!(Strings::default().get(0), None);
    }
}
