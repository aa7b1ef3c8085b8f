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
        let first = number - number % BLOCK;
        let block = match self.lengths.get(first..first + BLOCK).and_then(|block| block.try_into().ok()) {
            Some(block) => block,
            None => std::array::from_fn(|at| self.lengths.get(first + at).copied().unwrap_or(0)),
        };
        let start = *self.starts.get(number / BLOCK)? as usize + sum_of_first(block, number % BLOCK);
        self.text.get(start..start + length)
    }
}

/// The bits of so many bytes, up to eight, from the lowest on.
#[inline]
const fn low_bytes(count: usize) -> u64 {
    match u64::MAX.checked_shr(64 - 8 * count as u32) {
        Some(bits) => bits,
        None => 0,
    }
}

/// The sum of the first `count` of some bytes, but for those that have [`WITHIN`].
#[inline]
const fn sum_of_first(bytes: [u8; BLOCK], count: usize) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const EVEN: u64 = 0x00ff_00ff_00ff_00ff;
    let bytes = u128::from_le_bytes(bytes);
    let (first, last) = (bytes as u64, (bytes >> 64) as u64);
    // The first eight, or fewer; the rest. No branch depends on how many there are.
    let ahead = if count < 8 { count } else { 8 };
    let (first, last) = (first & low_bytes(ahead), last & low_bytes(count - ahead));
    let (first, last) = (first & !((first >> 7 & ONES) * 0xff), last & !((last >> 7 & ONES) * 0xff));
    // Four sums of four, 16 bits each; multiplied by as many ones, the uppermost 16 bits are the sum of all.
    let fours = (first & EVEN) + (first >> 8 & EVEN) + (last & EVEN) + (last >> 8 & EVEN);
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
        assert!(wrong.is_empty(), "{wrong:?}");
        assert_eq!(strings.get(100), None);
        assert_eq!(Strings::default().get(0), None);
    }
}
