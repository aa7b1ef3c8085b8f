//! The message with what was found so far taken out, and the way back.

use super::{Found, Kind, Span, Text};

/// A message on its way to one without flooding.
pub struct Draft {
    content: String,
    /// For every byte of `content`, where it is in the original.
    origin: Vec<u32>,
    text: Text,
}

impl Draft {
    /// Nothing taken out yet.
    pub fn new(content: &str) -> Self {
        Self { content: content.to_owned(), origin: (0u32..).take(content.len()).collect(), text: Text::default() }
    }

    /// What is left.
    pub fn content(&self) -> &str {
        &self.content
    }

    /// What is left, folded.
    pub fn text(&self) -> &Text {
        &self.text
    }

    /// The place in the original of a place here. What was taken out in between lies in it.
    pub fn original(&self, span: Span) -> Span {
        let at = |i: usize| self.origin.get(i).map_or(0, |&at| at as usize);
        Span::new(at(span.start), if span.end > span.start { at(span.end - 1) + 1 } else { at(span.start) })
    }

    /// Takes out everything that was found.
    pub fn remove(&mut self, found: &[Found]) {
        let mut spans: Vec<Span> = found.iter().map(|found| found.span).collect();
        spans.sort_unstable();
        let mut content = String::with_capacity(self.content.len());
        let mut origin = Vec::with_capacity(self.content.len());
        let mut done = 0;
        let end = Span::new(self.content.len(), self.content.len());
        for span in spans.into_iter().chain([end]) {
            if let (Some(kept), Some(places)) = (self.content.get(done..span.start), self.origin.get(done..span.start))
            {
                content.push_str(kept);
                origin.extend_from_slice(places);
            }
            done = done.max(span.end);
        }
        self.text.refill(&content);
        (self.content, self.origin) = (content, origin);
    }

    /// Whether anything can be seen in what is left.
    pub fn reads(&self) -> bool {
        self.text.glyphs.iter().any(|glyph| !matches!(glyph.kind, Kind::Space | Kind::Newline))
    }
}
