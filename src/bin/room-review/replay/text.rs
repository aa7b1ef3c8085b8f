//! Messages and numbers as reports show them.

use room_review::event::ReviewRequest;
use room_review::review::{Field, Finding};
use room_review::rules::fingerprint;
use serde::{Deserialize, Serialize};

/// A message, and what was found in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Shown {
    /// The content; attributes in which something was found follow as `key="value"`.
    pub text: String,
    /// Where something was found, in bytes of the text: ascending, and none overlaps another.
    pub found: Vec<(usize, usize)>,
}

impl Shown {
    /// What `findings` found in a message; redacted, it shows only the message's shape.
    pub fn new(request: &ReviewRequest, findings: &[Finding], redact: bool) -> Self {
        let mut shown = Self::default();
        shown.push_field(&request.content, Field::Content, findings, redact);
        for (number, (key, value)) in request.attributes.pairs().iter().enumerate() {
            let field = Field::Attribute(number);
            if findings.iter().any(|finding| finding.field == field) {
                shown.text.push(' ');
                push(key, redact, &mut shown.text);
                shown.text.push_str("=\"");
                shown.push_field(value, field, findings, redact);
                shown.text.push('"');
            }
        }
        shown
    }

    fn push_field(&mut self, text: &str, field: Field, findings: &[Finding], redact: bool) {
        let mut next = 0;
        for finding in findings.iter().filter(|finding| finding.field == field) {
            // What overlaps is one place.
            let start = finding.span.start.max(next);
            if start < finding.span.end {
                push(&text[next..start], redact, &mut self.text);
                let begin = self.text.len();
                push(&text[start..finding.span.end], redact, &mut self.text);
                self.found.push((begin, self.text.len()));
                next = finding.span.end;
            }
        }
        push(&text[next..], redact, &mut self.text);
    }

    /// The text in pieces, each with whether it was found.
    pub fn pieces(&self) -> impl Iterator<Item = (&str, bool)> {
        let ends = self.found.iter().flat_map(|&(start, end)| [start, end]).chain([self.text.len()]);
        let mut next = 0;
        let pieces = ends.map(move |end| (std::mem::replace(&mut next, end), end)).enumerate();
        pieces.map(|(number, (start, end))| (&self.text[start..end], number % 2 == 1))
    }

    /// The text with what was found between bars, as the examples of a rule are written.
    pub fn with_bars(&self) -> String {
        self.pieces().map(|(piece, found)| if found { format!("|{piece}|") } else { piece.to_owned() }).collect()
    }
}

/// `text`, or its shape: white space and ASCII punctuation stay, digits are `0`, everything else is `x`.
pub fn push(text: &str, redact: bool, out: &mut String) {
    if !redact {
        return out.push_str(text);
    }
    out.extend(text.chars().map(|c| match c {
        _ if c.is_whitespace() || c.is_ascii_punctuation() => c,
        _ if c.is_numeric() => '0',
        _ => 'x',
    }));
}

/// A number that a text always has and that says nothing about it: its fingerprint, mixed once more.
pub fn hash(text: &str) -> u64 {
    let hash = fingerprint(text.bytes());
    let mixed = (hash ^ hash >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed ^ mixed >> 31
}

/// A number with its thousands apart.
pub fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `1 rule`, `1,393 rules`.
pub fn count(number: usize, of: &str) -> String {
    let ending = match number {
        1 => "",
        _ if of.ends_with('s') => "es",
        _ => "s",
    };
    format!("{} {of}{ending}", thousands(number as u64))
}

/// A share of messages, to a tenth of a percent.
pub fn percent(part: u64, of: u64) -> String {
    let per_mille = (part * 1000 + of / 2).checked_div(of).unwrap_or(0);
    format!("{}.{}%", per_mille / 10, per_mille % 10)
}

#[cfg(test)]
mod tests {
    use super::*;
    use room_review::detect::{Category, Fix, Severity};
    use room_review::event::Attributes;
    use room_review::policy::Action;
    use room_review::text::Span;

    #[test]
    fn findings_stand_between_bars_and_redacted_text_has_only_its_shape() {
        let mut request = ReviewRequest { content: "call 555-0100, Ünï 😀".into(), ..ReviewRequest::default() };
        request.attributes = Attributes::new(vec![("a".into(), "b".into()), ("colour".into(), "teal 7".into())]);
        let finding = |field, start, end| Finding {
            rule: "r",
            category: Category::Pii,
            severity: Severity::Mild,
            action: Action::Mask,
            fix: Fix::Mask,
            field,
            span: Span { start, end },
        };
        let cases = [
            (vec![], "call 555-0100, Ünï 😀", "xxxx 000-0000, xxx x"),
            (vec![finding(Field::Content, 5, 13)], "call |555-0100|, Ünï 😀", "xxxx |000-0000|, xxx x"),
            (
                vec![finding(Field::Content, 0, 4), finding(Field::Content, 0, 8), finding(Field::Content, 2, 3)],
                "|call|| 555|-0100, Ünï 😀",
                "|xxxx|| 000|-0000, xxx x",
            ),
            (
                vec![finding(Field::Attribute(1), 0, 4)],
                "call 555-0100, Ünï 😀 colour=\"|teal| 7\"",
                "xxxx 000-0000, xxx x xxxxxx=\"|xxxx| 0\"",
            ),
        ];
        for (findings, shown, redacted) in cases {
            assert_eq!(Shown::new(&request, &findings, false).with_bars(), shown);
            assert_eq!(Shown::new(&request, &findings, true).with_bars(), redacted);
        }
    }

    #[test]
    fn numbers_are_written_for_people() {
        let cases = [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567")];
        cases.into_iter().for_each(|(number, want)| assert_eq!(thousands(number), want));
        let cases = [((0, "rule"), "0 rules"), ((1, "rule"), "1 rule"), ((1000, "near miss"), "1,000 near misses")];
        cases.into_iter().for_each(|((number, of), want)| assert_eq!(count(number, of), want));
        let cases = [((0, 0), "0.0%"), ((1, 3), "33.3%"), ((2, 3), "66.7%"), ((5, 5), "100.0%"), ((1, 10_000), "0.0%")];
        cases.into_iter().for_each(|((part, of), want)| assert_eq!(percent(part, of), want));
    }
}
