//! A message as the detectors see it: folded, with the way back.
//!
//! Reading order: [`glyph`] says what a code point is, `fold` turns content into glyphs, `span` names places in it.

mod fold;
pub mod glyph;
mod span;

pub use fold::{Text, fold_term};
pub use glyph::{Dress, Kind};
pub use span::Span;
