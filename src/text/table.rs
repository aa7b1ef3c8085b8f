//! The fold table that the build script made.

use super::fold::{Glyph, Has};
use super::glyph::{Dress, Folded, Kind};

include!(concat!(env!("OUT_DIR"), "/fold_table.rs"));

/// Code points per page of the table; `build/fold.rs` uses the same number.
const PAGE: usize = 32;

/// What ASCII folds to, at no place; longer than that, so that a byte needs no other number.
static GLYPHS: [Glyph; 256] = {
    let mut glyphs = [Glyph::new(0, 0, Folded { kind: Kind::Punct, dress: Dress(0), ch: '\0' }); 256];
    let mut at = 0;
    while at < 128 {
        glyphs[at] = Glyph::new(0, 0, Folded::unpack(ASCII[at], at as u8 as char));
        at += 1;
    }
    glyphs
};

/// What ASCII is, for what a text has: see [`Has`].
static HAS: [Has; 256] = {
    let mut has = [Has::NOTHING; 256];
    let mut at = 0;
    while at < 128 {
        has[at] = Has::of(GLYPHS[at]);
        at += 1;
    }
    has
};

/// What a byte of ASCII is.
#[inline]
pub fn ascii_has(byte: u8) -> Has {
    HAS[usize::from(byte)]
}

/// What a byte of ASCII folds to, at no place.
#[inline]
pub const fn ascii(byte: u8) -> Glyph {
    GLYPHS[byte as usize]
}

/// The table's row for `c`.
#[inline]
pub fn row(c: char) -> Folded {
    if c.is_ascii() { Folded::unpack(ASCII[c as usize & 0x7f], c) } else { beyond_ascii(c) }
}

fn beyond_ascii(c: char) -> Folded {
    let point = c as usize;
    let cell = PAGES.get(point / PAGE).and_then(|&page| CELLS.get(page as usize * PAGE + point % PAGE));
    let bits = cell.and_then(|&cell| ROWS.get(cell as usize));
    // Beyond the table lie private use and the tags; nobody sees the latter.
    let kind = if c >= '\u{e0000}' { Kind::Invisible } else { Kind::Punct };
    bits.map_or(Folded { kind, dress: Dress(0), ch: c }, |&bits| Folded::unpack(bits, c))
}

/// The letters of a row of kind [`Kind::Expands`].
pub fn expansion(row: Folded) -> &'static str {
    let Some(&[start, end]) = EXPANDED.get(row.ch as usize..row.ch as usize + 2) else { return "" };
    EXPANSIONS.get(usize::from(start)..usize::from(end)).unwrap_or_default()
}
