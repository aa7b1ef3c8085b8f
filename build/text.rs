//! The library's `text`, with the table just made in the place of the one that is being built.

#[path = "../src/text/asks.rs"]
mod asks;
#[path = "../src/text/classes.rs"]
mod classes;
#[path = "../src/text/fold.rs"]
mod fold;
#[path = "../src/text/glyph.rs"]
pub mod glyph;
#[path = "../src/text/letter.rs"]
mod letter;
#[path = "../src/text/mixed.rs"]
mod mixed;
#[path = "../src/text/sketch.rs"]
mod sketch;
#[path = "../src/text/span.rs"]
mod span;
#[path = "../src/text/tokens.rs"]
mod tokens;
#[path = "../src/text/windows.rs"]
mod windows;
mod table {
    pub use crate::fold::{expansion, row};

    /// See `src/text/table.rs`.
    pub fn ascii(byte: u8) -> super::Glyph {
        super::Glyph::new(0, 0, row(char::from(byte)))
    }

    /// See `src/text/table.rs`.
    pub fn ascii_has(byte: u8) -> crate::text::fold::Has {
        crate::text::fold::Has::of(ascii(byte))
    }
}

pub use fold::{Glyph, Text};
pub use glyph::{Dress, Kind};
pub use letter::{class, class_of, is_combining_mark, is_unspaced, leet, letter_class, letter_symbol, symbols};
pub use span::Span;
pub use tokens::tokens;
