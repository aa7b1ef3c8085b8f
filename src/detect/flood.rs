//! Flooding and spectacle.

use super::Hit;
use crate::text::Text;

/// Appends a hit for every run, wall and stack in `content`.
pub fn find(_content: &str, _text: &Text, _hits: &mut Vec<Hit<'_>>) {}
