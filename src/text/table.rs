//! The fold table that the build script made.

use super::glyph::{Dress, Folded, Kind};

include!(concat!(env!("OUT_DIR"), "/fold_table.rs"));

/// Code points per page of the table; `build/fold.rs` uses the same number.
const PAGE: usize = 64;

/// The table's row for `c`.
#[inline]
pub fn row(c: char) -> Folded {
    match ASCII.get(c as usize) {
        Some(&bits) => Folded::unpack(bits, c),
        None => beyond_ascii(c),
    }
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
    EXPANSIONS.get(row.ch as usize).copied().unwrap_or_default()
}
