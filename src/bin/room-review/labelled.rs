//! Files of labelled messages: what should become of each.

use room_review::rules::Source;
use std::path::Path;

/// What should become of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    /// It goes through as it is.
    Allow,
    /// It goes through with something masked or taken out.
    Mask,
    /// It does not go through.
    Deny,
}

impl Label {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Allow, Self::Mask, Self::Deny];

    /// As it is written.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Mask => "mask",
            Self::Deny => "deny",
        }
    }
}

/// A line of such a file.
#[derive(Debug, PartialEq, Eq)]
pub struct Labelled {
    /// The line, from 1.
    pub line: usize,
    /// What should become of the message.
    pub label: Label,
    /// The message.
    pub content: String,
}

/// The messages of a file, and what is wrong with the lines that are none; line 0 is the file.
pub fn read(file: &Path) -> (Vec<Labelled>, Vec<(usize, String)>) {
    let of_file = |what: String| (Vec::new(), vec![(0, what)]);
    match Source::read(file, file).map(|source| parse(&source.text)) {
        // A test that tries nothing would always pass.
        Ok((messages, wrong)) if messages.is_empty() && wrong.is_empty() => {
            of_file("no messages in this file".to_owned())
        }
        Ok(read) => read,
        Err(mistake) => of_file(mistake.message),
    }
}

fn parse(text: &str) -> (Vec<Labelled>, Vec<(usize, String)>) {
    let (mut messages, mut wrong) = (Vec::new(), Vec::new());
    // Some editors write one at the beginning of every file.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
    for (number, line) in lines {
        let number = number + 1;
        let (word, message) = line.split_once('\t').unwrap_or((line, ""));
        let label = Label::ALL.into_iter().find(|label| label.name() == word.trim());
        match (label, unescape(message)) {
            (Some(_), Ok(content)) if content.is_empty() => {
                wrong.push((number, "expected a tab and a message after the label".to_owned()));
            }
            (Some(label), Ok(content)) => messages.push(Labelled { line: number, label, content }),
            (None, _) => wrong.push((number, "expected `allow`, `mask` or `deny`, a tab, and a message".to_owned())),
            (_, Err(escape)) => wrong.push((number, format!("{escape} is no code point"))),
        }
    }
    (messages, wrong)
}

/// The message that a line stands for; any other backslash is one.
fn unescape(line: &str) -> Result<String, String> {
    let mut message = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('\\') {
        message.push_str(before);
        if let Some(digits) = after.strip_prefix("u{").and_then(|after| Some(after.split_once('}')?.0)) {
            let point = u32::from_str_radix(digits, 16).ok().and_then(char::from_u32);
            message.push(point.ok_or_else(|| format!("\\u{{{digits}}}"))?);
            rest = &after[digits.len() + 3..];
            continue;
        }
        let (escaped, taken) = match after.bytes().next() {
            Some(b'n') => ('\n', 1),
            Some(b't') => ('\t', 1),
            Some(b'\\') => ('\\', 1),
            _ => ('\\', 0),
        };
        message.push(escaped);
        rest = &after[taken..];
    }
    message.push_str(rest);
    Ok(message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_and_what_is_none_is_named() {
        let text = "\u{feff}# comment\n\nallow\thi\nmask\ta\\nb\\u{200b}c \\\\ ¯\\_(ツ)_/¯\ndeny \tx\ty\nno\tx\ndeny\nmask\t\\u{d800}\n";
        let (messages, wrong) = parse(text);
        let read: Vec<_> = messages.iter().map(|one| (one.line, one.label, one.content.as_str())).collect();
        let expected =
            [(3, Label::Allow, "hi"), (4, Label::Mask, "a\nb\u{200b}c \\ ¯\\_(ツ)_/¯"), (5, Label::Deny, "x\ty")];
        assert_eq!(read, expected);
        let lines: Vec<usize> = wrong.iter().map(|(line, _)| *line).collect();
        assert_eq!(lines, [6, 7, 8], "{wrong:?}");
    }
}
