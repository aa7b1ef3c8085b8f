//! A place in the content.

use unicode_segmentation::GraphemeCursor;

/// A range of bytes in the original content; both ends lie on character boundaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The bytes from `start` to before `end`.
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// Whether every byte of `other` is a byte of this span.
    pub const fn covers(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the spans share a byte.
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span around this one that cuts no grapheme cluster of `content`.
    #[must_use]
    pub fn to_graphemes(self, content: &str) -> Self {
        Self { start: boundary(content, self.start, true), end: boundary(content, self.end, false) }
    }
}

/// `at`, or the nearest grapheme boundary before (`back`) or after it.
fn boundary(content: &str, at: usize, back: bool) -> usize {
    let ascii =
        |i: Option<usize>| i.and_then(|i| content.as_bytes().get(i)).is_none_or(|byte| matches!(byte, b' '..=b'~'));
    if ascii(Some(at)) && ascii(at.checked_sub(1)) {
        return at;
    }
    let mut cursor = GraphemeCursor::new(at, content.len(), true);
    if cursor.is_boundary(content, 0).unwrap_or(true) {
        return at;
    }
    let found = if back { cursor.prev_boundary(content, 0) } else { cursor.next_boundary(content, 0) };
    found.ok().flatten().unwrap_or(if back { 0 } else { content.len() })
}

/// The number of code points in `content`, the unit of every limit of IVS Chat.
pub fn code_points(content: &str) -> usize {
    content.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_segmentation::UnicodeSegmentation;

    #[test]
    fn a_span_grows_to_whole_graphemes() {
        let family = "a👨‍👩‍👧b";
        assert_eq!(Span::new(1, 5).to_graphemes(family), Span::new(1, 19));
        let zalgo = "x\u{301}\u{302}y";
        assert_eq!(Span::new(0, 1).to_graphemes(zalgo), Span::new(0, 5));
        assert_eq!(family.graphemes(true).count(), 3);
    }
}
