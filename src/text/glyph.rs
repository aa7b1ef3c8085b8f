//! What one code point is to the reviewer: its kind, and the letter that it stands for.
//!
//! The build script packs this into a table (`build/fold.rs`), so both sides share these definitions.

/// What kind of thing a code point is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Kind {
    /// A letter of any script, a syllable or an ideograph.
    Letter = 0,
    /// A decimal digit of any script, folded to ASCII.
    Digit = 1,
    /// A symbol that can stand for a letter, such as `@` or `$`.
    Leet = 2,
    /// A symbol people put in the place of a letter they hide, such as `*` or `#`.
    Mask = 3,
    /// White space within a line, visible or not.
    Space = 4,
    /// A line break.
    Newline = 5,
    /// An apostrophe, straight or curly.
    Apostrophe = 6,
    /// An emoji or another pictograph.
    Emoji = 7,
    /// Any other visible character.
    Punct = 8,
    /// A mark on the character before it; never a glyph of its own unless it comes first.
    Mark = 9,
    /// Something nobody sees: joiners, fillers, tags, variation selectors; never a glyph of its own.
    Invisible = 10,
    /// A character that folds to several letters (ß, æ, ﬃ).
    Expands = 11,
    /// A bidirectional override or its end; invisible, but it turns the text around.
    Bidi = 12,
}

impl Kind {
    /// The kind with this number, as stored in the table.
    pub(crate) const fn from_bits(bits: u32) -> Self {
        match bits {
            0 => Self::Letter,
            1 => Self::Digit,
            2 => Self::Leet,
            3 => Self::Mask,
            4 => Self::Space,
            5 => Self::Newline,
            6 => Self::Apostrophe,
            7 => Self::Emoji,
            9 => Self::Mark,
            10 => Self::Invisible,
            11 => Self::Expands,
            12 => Self::Bidi,
            _ => Self::Punct,
        }
    }
}

/// How the letter was dressed up. A set of bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Dress(pub u8);

impl Dress {
    /// An accent or another mark was taken off.
    pub const ACCENT: u8 = 1;
    /// A font or compatibility variant: mathematical, circled, full width.
    pub const STYLED: u8 = 2;
    /// A letter of another script that looks like this Latin one.
    pub const LOOKALIKE: u8 = 4;
    /// A letter standing on its head.
    pub const TURNED: u8 = 8;
    /// A capital.
    pub const UPPER: u8 = 16;
    /// No letter at all, but a symbol read as one (`f*ck`); set by the reader, never by the table.
    pub const GUESSED: u8 = 32;

    /// Whether any of `bits` is set.
    #[must_use]
    pub const fn has(self, bits: u8) -> bool {
        self.0 & bits != 0
    }
}

/// Greek capitals that look like other letters than their small forms, by which they are folded.
pub const FALSE_CAPITALS: [char; 4] = ['Η', 'Ν', 'Μ', 'Υ'];

/// One row of the table: what a code point folds to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Folded {
    /// The kind.
    pub kind: Kind,
    /// How it was dressed.
    pub dress: Dress,
    /// The folded character; for [`Kind::Expands`] an index into the expansions.
    pub ch: char,
}

impl Folded {
    /// Packs the row of code point `point`: 21 bits of how far on its character is, 5 of dress, 4 of kind.
    #[allow(dead_code, reason = "the build script packs, the library unpacks")]
    pub(crate) const fn pack(self, point: u32) -> u32 {
        let on = (self.ch as u32).wrapping_sub(point) & 0x1f_ffff;
        on | (self.dress.0 as u32) << 21 | (self.kind as u32) << 26
    }

    /// The row of `c` that [`Folded::pack`] made.
    #[inline]
    pub(crate) const fn unpack(bits: u32, c: char) -> Self {
        let ch = (c as u32).wrapping_add(bits) & 0x1f_ffff;
        Self {
            kind: Kind::from_bits(bits >> 26),
            dress: Dress((bits >> 21 & 31) as u8),
            ch: match char::from_u32(ch) {
                Some(ch) => ch,
                None => char::REPLACEMENT_CHARACTER,
            },
        }
    }
}
