//! Questions asked of many bytes at once.

/// Printable ASCII in small letters and spaces after it, for questions that are asked of all bytes whatever the answers of
/// those before: a compiler asks them of many bytes at once.
#[derive(Clone, Copy, Debug)]
pub struct Plain<'t> {
    small: &'t [u8],
}

impl<'t> Plain<'t> {
    /// How many bytes are looked at at once: their number in an SSE2 or NEON register.
    pub const LANES: usize = 16;

    /// The most bytes of which [`Plain::count`] counts right.
    pub const MOST: usize = 255 * Self::LANES;

    /// Makes bytes, a multiple of [`Plain::LANES`], small letters if all are printable ASCII; says whether they are.
    pub(super) fn make_small(bytes: &mut [u8]) -> bool {
        let mut other = [false; Self::LANES];
        for chunk in bytes.chunks_exact(Self::LANES) {
            other.iter_mut().zip(chunk).for_each(|(other, byte)| *other |= !(0x20..0x7f).contains(byte));
        }
        let plain = other == [false; Self::LANES];
        if plain {
            bytes.chunks_exact_mut(Self::LANES).for_each(<[u8]>::make_ascii_lowercase);
        }
        plain
    }

    /// `small` letters, with at least [`Plain::LANES`] spaces after them, to a multiple of that.
    pub(super) const fn new(small: &'t [u8]) -> Self {
        Self { small }
    }

    /// Whether some `N` bytes in a row, 16 at the most, are `wanted`.
    #[inline]
    pub fn any<const N: usize>(self, wanted: impl Fn([u8; N]) -> bool) -> bool {
        let mut any = [0u8; Self::LANES];
        self.each(|window, lane| any[lane] |= u8::from(wanted(window)));
        any != [0; Self::LANES]
    }

    /// How many places, up to a multiple of [`Plain::LANES`], begin `N` bytes that are `wanted`; of more than
    /// [`Plain::MOST`] bytes, perhaps fewer than there are.
    #[inline]
    pub fn count<const N: usize>(self, wanted: impl Fn([u8; N]) -> bool) -> usize {
        let mut count = [0u8; Self::LANES];
        self.each(|window, lane| count[lane] = count[lane].saturating_add(u8::from(wanted(window))));
        count.iter().map(|&count| usize::from(count)).sum()
    }

    #[inline]
    fn each<const N: usize>(self, mut look: impl FnMut([u8; N], usize)) {
        let last = self.small.len().saturating_sub(Self::LANES);
        for start in (0..last).step_by(Self::LANES) {
            let Some(bytes) = self.small.get(start..start + 2 * Self::LANES) else { return };
            for lane in 0..Self::LANES {
                look(std::array::from_fn(|at| bytes[lane + at]), lane);
            }
        }
    }

    /// Calls `word` for every run of letters and digits, and for every run of symbols, in the first `len` bytes.
    pub fn each_word(self, len: usize, mut word: impl FnMut(&[u8])) {
        let class = |byte: u8| if byte == b' ' { 0 } else { 1 + u8::from(byte.is_ascii_alphanumeric()) };
        let words = self.small.get(..len).unwrap_or_default().chunk_by(|&a, &b| class(a) == class(b));
        words.filter(|run| run.first() != Some(&b' ')).for_each(&mut word);
    }
}
