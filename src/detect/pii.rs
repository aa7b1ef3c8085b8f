//! Personal data.

use super::Hit;
use crate::text::Text;

/// Appends a hit for everything in `content` that tells how to find or reach a person.
pub fn find(_content: &str, _text: &Text, _hits: &mut Vec<Hit<'_>>) {}
