//! A message as the detectors see it: folded, with the way back.
//!
//! Reading order: [`glyph`] says what a code point is, `table` knows it for each, `fold` turns content into glyphs,
//! `letter` says what a glyph can be read as, `span` names places in the content.

mod fold;
pub mod glyph;
mod letter;
mod span;
mod table;

pub use fold::{Glyph, Text};
pub use glyph::{Dress, Kind};
pub use letter::{Fit, class, class_of, classes, fit, is_unspaced, is_vowel, leet, letter_class, symbol};
pub use span::{Span, code_points};
