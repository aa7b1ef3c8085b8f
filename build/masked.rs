//! Words that are read though letters of them are hidden: `rules/masked.txt` as a table for `src/detect/terms/hidden.rs`.

use crate::text::Text;
use std::fmt::Write;

/// The source of the table: for each line of `text` the folded letters before the hidden ones, those, and the ones behind, by
/// the last one before. An error says which line can not be read.
pub fn source(text: &str) -> Result<String, String> {
    let lines: Vec<&str> = text.lines().collect();
    let mut words = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let wrong = |what: &str| format!("rules/masked.txt:{}: {what}: {line:?}", at + 1);
        if at > 0 && lines[at - 1] >= *line {
            return Err(wrong("not in order"));
        }
        words.push(parts(line).ok_or_else(|| wrong("not small letters with the hidden ones in parentheses"))?);
    }
    // Stable: among words that agree in that letter, the order is that of the file.
    words.sort_by_key(|[before, ..]| before.last().copied());
    // The letters of all in one: a list of its own would each time be a pointer that a start has to put right.
    let (mut source, mut letters) = (format!("static MASKED: [Masked; {}] = [", words.len()), Vec::new());
    for parts in words {
        let [before, hidden, behind] = parts.each_ref().map(Vec::len);
        let at = letters.len();
        let _ = writeln!(source, "Masked {{ at: {at}, before: {before}, hidden: {hidden}, behind: {behind} }},");
        letters.extend(parts.concat());
    }
    let _ = writeln!(source, "];\nstatic LETTERS: [char; {}] = {letters:?};", letters.len());
    Ok(source)
}

fn parts(line: &str) -> Option<[Vec<char>; 3]> {
    let (before, rest) = line.split_once('(')?;
    let (hidden, behind) = rest.split_once(')')?;
    let is_plain = |part: &str| part.chars().all(|ch| ch.is_alphabetic() && !ch.is_uppercase());
    let is_right = !before.is_empty() && !hidden.is_empty() && [before, hidden, behind].into_iter().all(is_plain);
    let folded = |part: &str| Text::fold(part).glyphs.iter().map(|glyph| glyph.ch).collect();
    is_right.then(|| [before, hidden, behind].map(folded))
}
