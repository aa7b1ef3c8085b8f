//! A message as the detectors see it: folded, with the way back.
//!
//! Reading order: [`glyph`] says what a code point is, `table` knows it for each, `fold` turns content into glyphs (`mixed`, where it is not all ASCII),
//! `letter` says what a glyph can be read as, `sketch` asks a byte of each at once, `classes` keeps a bit of each, `windows` asks four bytes
//! in a row, `asks` for whom,
//! `tokens` are its words, `span` names places in the content.

mod asks;
mod classes;
mod fold;
pub mod glyph;
mod letter;
mod mixed;
mod sketch;
mod span;
mod table;
mod tokens;
mod windows;

pub use asks::Ask;
pub use classes::Classes;
pub use fold::{Glyph, Text};
pub use glyph::{Dress, Kind};
pub use letter::{
    Fit, class, class_of, fit, is_combining_mark, is_unspaced, is_vowel, leet, letter_class, letter_symbol, readings,
    symbols,
};
pub use sketch::Sketch;
pub use span::{Span, code_points};
pub(crate) use table::ascii;
pub use tokens::{Token, plain_keys, tokens};
