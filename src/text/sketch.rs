//! A text as a byte for each glyph, and questions asked of many of them at once.

/// A byte for each glyph and spaces after them, for questions that are asked of all bytes whatever the answers of
/// those before: a compiler asks them of many bytes at once.
#[derive(Clone, Copy, Debug)]
pub struct Sketch<'t> {
    bytes: &'t [u8],
}

impl<'t> Sketch<'t> {
    /// How many bytes are looked at at once: their number in an SSE2 or NEON register.
    pub const LANES: usize = 16;

    /// How many places a number has a bit for.
    pub const BLOCK: usize = u64::BITS as usize;

    /// The least byte of a letter or digit beyond ASCII.
    pub const LETTER: u8 = 0xc0;

    /// A letter that means a dot, or begins a word for one or for an `@`: the highest of them.
    pub const DOT: u8 = 0xff;

    /// A mark beyond ASCII.
    pub const MARK: u8 = 0x81;

    /// An emoji.
    pub const EMOJI: u8 = 0x82;

    /// The most bytes of which [`Sketch::counts`] counts right.
    pub const MOST: usize = 255 * Self::LANES;

    /// Makes small letters of the capitals in a sketch, if all bytes are printable ASCII; says whether they are. If not, what the bytes
    /// are then is of no use.
    pub(super) fn make_small(bytes: &mut [u8]) -> bool {
        let mut other = 0;
        // A whole block, so that a compiler needs no code for what is left over; behind the last one are spaces.
        for block in bytes.as_chunks_mut::<{ Sketch::BLOCK }>().0 {
            for byte in block {
                other |= u8::from(byte.wrapping_sub(b' ') > b'~' - b' ');
                *byte |= u8::from(byte.is_ascii_uppercase()) << 5;
            }
        }
        other == 0
    }

    /// How many bytes a sketch of `glyphs` has: whole blocks, and so many spaces after them that a few bytes can be read from each place.
    pub(super) const fn len_of(glyphs: usize) -> usize {
        glyphs.next_multiple_of(Self::BLOCK) + Self::LANES
    }

    /// These `bytes`, with spaces after them as [`Sketch::len_of`] says.
    pub(super) const fn new(bytes: &'t [u8]) -> Self {
        Self { bytes }
    }

    /// All bytes.
    pub(super) const fn all(self) -> &'t [u8] {
        self.bytes
    }

    /// Some of the first bytes.
    pub fn first(self, count: usize) -> &'t [u8] {
        self.bytes.get(..count).unwrap_or(self.bytes)
    }

    /// The byte at a place.
    pub fn at(self, place: usize) -> Option<u8> {
        self.bytes.get(place).copied()
    }

    /// The `N` bytes from a place on.
    #[inline]
    pub fn some<const N: usize>(self, place: usize) -> Option<[u8; N]> {
        self.bytes.get(place..).and_then(|bytes| bytes.first_chunk()).copied()
    }

    /// How many places, up to a multiple of [`Sketch::LANES`], begin `N` bytes that are each of what is `wanted`; of more than
    /// [`Sketch::MOST`] bytes, perhaps fewer than there are.
    #[inline]
    pub fn counts<const N: usize, const K: usize>(self, wanted: impl Fn([u8; N]) -> [bool; K]) -> [usize; K] {
        let mut counts = [[0u8; Self::LANES]; K];
        self.each(|window, lane| {
            for (count, wanted) in counts.iter_mut().zip(wanted(window)) {
                count[lane] = count[lane].saturating_add(u8::from(wanted));
            }
        });
        counts.map(sum_of)
    }

    /// The places, up to a multiple of [`Sketch::LANES`], that begin `N` bytes that are `wanted`, in order.
    #[inline]
    pub fn places<const N: usize>(self, wanted: impl Fn([u8; N]) -> bool) -> impl Iterator<Item = usize> {
        let (mut block, mut next, mut bits) = (0, 0, 0u32);
        std::iter::from_fn(move || {
            while bits == 0 {
                let bytes = self.bytes.get(next..next + 2 * Self::LANES)?;
                (block, next) = (next, next + Self::LANES);
                let lanes: [u8; Sketch::LANES] =
                    std::array::from_fn(|lane| u8::from(wanted(std::array::from_fn(|at| bytes[lane + at]))));
                // Most have none.
                if lanes != [0; Sketch::LANES] {
                    bits = bits_of(lanes);
                }
            }
            let at = block + bits.trailing_zeros() as usize;
            bits &= bits - 1;
            Some(at)
        })
    }

    #[inline]
    fn each<const N: usize>(self, mut look: impl FnMut([u8; N], usize)) {
        let last = self.bytes.len().saturating_sub(Self::LANES);
        for start in (0..last).step_by(Self::LANES) {
            let Some(bytes) = self.bytes.get(start..start + 2 * Self::LANES) else { return };
            for lane in 0..Self::LANES {
                look(std::array::from_fn(|at| bytes[lane + at]), lane);
            }
        }
    }
}

/// The sum of some bytes.
#[inline]
fn sum_of(lanes: [u8; Sketch::LANES]) -> usize {
    // By twos, four sums of them in each half, and the multiplier adds the four up.
    const TWOS: u64 = 0x00ff_00ff_00ff_00ff;
    let all = u128::from_le_bytes(lanes);
    let twos = |half: u64| (half & TWOS) + (half >> 8 & TWOS);
    let fours = twos(all as u64) + twos((all >> 64) as u64);
    (fours.wrapping_mul(0x0001_0001_0001_0001) >> 48) as usize
}

/// The lowest bits of some bytes.
#[inline]
fn bits_of(lanes: [u8; Sketch::LANES]) -> u32 {
    // The multiplier takes bit 0 of byte `n` to bit 56 + n, and nothing else as far as that.
    let all = u128::from_le_bytes(lanes);
    let half = |bytes: u64| (bytes.wrapping_mul(0x0102_0408_1020_4080) >> 56) as u32;
    half(all as u64) | half((all >> 64) as u64) << 8
}

#[cfg(test)]
mod tests {
    use super::super::Text;

    #[test]
    fn places_are_where_the_bytes_are() {
        let content: String = (0..200).map(|at| if at * at % 7 == 1 { 'x' } else { 'o' }).collect();
        let text = Text::fold(&content);
        let found: Vec<usize> = text.sketch().places(|[byte]| byte == b'x').collect();
        let wanted: Vec<usize> = content.match_indices('x').map(|(at, _)| at).collect();
        assert_eq!(found, wanted);
    }
}
