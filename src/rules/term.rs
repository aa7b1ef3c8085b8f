//! The notation of a term, as moderators write it: words, phrases, `*`, `(a|b)` and ` ... `.

use super::sorted::sort_by;
use crate::text::is_unspaced;

/// A term after its notation was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// What has to follow one another; one for most terms.
    pub parts: Vec<Slot>,
}

/// A part of a term: any of some alternatives, after other words or right after the part before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// Whether other words may stand before it (` ... `).
    pub after_words: bool,
    /// The ways to write it, sorted.
    pub choices: Vec<Part>,
}

/// Words in a row.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Part {
    /// The words as written, without wildcards.
    pub words: String,
    /// Other letters may stand before it (`*word`).
    pub open_left: bool,
    /// Other letters may follow it (`word*`).
    pub open_right: bool,
}

/// The most parts of a term.
pub const MOST_PARTS: usize = 8;

/// The longest term, in bytes as written: what stands in brackets in brackets is read by a call in a call.
const LONGEST: usize = 1000;

/// The most alternatives that one part may have.
const MOST_CHOICES: usize = 1024;

/// The most alternatives that are written out, the same ones several times included.
const MOST_WRITTEN: usize = 4 * MOST_CHOICES;

/// A phrase with more alternatives than this is looked for part by part, so that they add up instead of multiplying.
const SPLIT_ABOVE: usize = 24;

/// Reads a term. An error says what is wrong, in words for a rule author.
pub fn parse(written: &str) -> Result<Term, String> {
    if written.trim() != written || written.is_empty() {
        return Err("a term is neither empty nor does it begin or end with a space".into());
    }
    if written.len() > LONGEST {
        return Err(format!("a term has at most {LONGEST} bytes: write several terms"));
    }
    let mut parts = Vec::new();
    for (number, phrase) in written.split(" ... ").enumerate() {
        // It would be read as the space that it is nearly.
        if phrase.contains("...") || phrase.contains('…') {
            return Err("` ... ` stands between two words, with a space on either side".into());
        }
        for (at, piece) in pieces(phrase)?.into_iter().enumerate() {
            let choices = piece.iter().map(|plain| part(plain)).collect::<Result<Vec<_>, _>>()?;
            parts.push(Slot { after_words: number > 0 && at == 0, choices });
        }
    }
    if parts.len() > MOST_PARTS {
        return Err(format!("more than {MOST_PARTS} parts"));
    }
    Ok(Term { parts })
}

/// Every text that a written term stands for, for trying it out; nothing if it can not be read.
pub fn terms_of(written: &str) -> Vec<String> {
    let phrases: Vec<&str> = written.split(" ... ").collect();
    match phrases.as_slice() {
        [only] => alternatives(only).unwrap_or_default().iter().map(|plain| plain.replace('*', "")).collect(),
        // Each alternative of a slot need not be tried with each of the others.
        several => {
            let first = |phrase: &&str| {
                alternatives(phrase).ok().and_then(|all| all.into_iter().find(|plain| !plain.is_empty()))
            };
            vec![several.iter().filter_map(first).collect::<Vec<_>>().join(" ").replace('*', "")]
        }
    }
}

/// The alternatives of a phrase; of each of several pieces of it, if they would be too many together.
fn pieces(phrase: &str) -> Result<Vec<Vec<String>>, String> {
    if let Some(few) = few(phrase)? {
        return Ok(vec![few]);
    }
    let mut pieces: Vec<Vec<String>> = Vec::new();
    let mut open = String::new();
    for word in split_outside(phrase, ' ') {
        let longer = if open.is_empty() { word.to_owned() } else { format!("{open} {word}") };
        let done = alternatives(&open)?;
        if !open.is_empty() && done.iter().all(|piece| is_clear(piece)) && few(&longer)?.is_none() {
            pieces.push(done);
            word.clone_into(&mut open);
        } else {
            open = longer;
        }
    }
    let last = alternatives(&open)?;
    match pieces.last_mut() {
        // Something optional can not be a piece of its own.
        Some(before) if last.contains(&String::new()) => {
            if before.len() * last.len() > MOST_CHOICES {
                return Err(too_many());
            }
            *before = before
                .iter()
                .flat_map(|head| last.iter().map(move |tail| format!("{head} {tail}").trim().to_owned()))
                .collect();
        }
        _ => pieces.push(last),
    }
    if pieces.iter().any(|piece| piece.len() > MOST_CHOICES) {
        return Err(too_many());
    }
    Ok(pieces)
}

/// Whether this can be told from its neighbours when it is looked for by itself: it is not optional, nor a single letter of
/// those that make up words.
fn is_clear(piece: &str) -> bool {
    piece.chars().nth(1).is_some() || piece.chars().any(is_unspaced)
}

fn too_many() -> String {
    format!("more than {MOST_CHOICES} alternatives: write several terms")
}

/// The alternatives of `phrase`, unless they are so many that it is better looked for in pieces.
fn few(phrase: &str) -> Result<Option<Vec<String>>, String> {
    if ways(phrase)? > MOST_WRITTEN {
        return Ok(None);
    }
    Ok(Some(alternatives(phrase)?).filter(|all| all.len() <= SPLIT_ABOVE))
}

/// Every way to read the `(a|b)` of `phrase`, sorted.
fn alternatives(phrase: &str) -> Result<Vec<String>, String> {
    if ways(phrase)? > MOST_WRITTEN {
        return Err(too_many());
    }
    let mut all = expand(phrase)?;
    for term in &mut all {
        *term = term.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    sort_by(&mut all, Ord::cmp);
    all.dedup();
    Ok(all)
}

/// How many ways there are to read `phrase`, the same ones several times included.
fn ways(phrase: &str) -> Result<usize, String> {
    let (mut ways, mut rest) = (1_usize, phrase);
    while let Some((_, choices, after)) = first_brackets(rest)? {
        let sum = choices
            .into_iter()
            .try_fold(0_usize, |sum, choice| self::ways(choice).map(|more| sum.saturating_add(more)));
        (ways, rest) = (ways.saturating_mul(sum?), after);
    }
    Ok(ways)
}

/// The same with the spaces as they come.
fn expand(phrase: &str) -> Result<Vec<String>, String> {
    let mut all = vec![String::new()];
    let mut rest = phrase;
    while let Some((before, choices, after)) = first_brackets(rest)? {
        let choices: Vec<String> = choices.into_iter().map(expand).collect::<Result<Vec<_>, _>>()?.concat();
        all = all.iter().flat_map(|head| choices.iter().map(move |choice| format!("{head}{before}{choice}"))).collect();
        rest = after;
    }
    all.iter_mut().for_each(|term| term.push_str(rest));
    Ok(all)
}

/// What stands before the first brackets of `text`, the choices in them, and what follows; nothing if there are none.
#[expect(clippy::type_complexity, reason = "three pieces of one text")]
fn first_brackets(text: &str) -> Result<Option<(&str, Vec<&str>, &str)>, String> {
    let open = text.find('(');
    if text[..open.unwrap_or(text.len())].contains([')', '|']) {
        return Err("a `)` or `|` outside of `(a|b)`".into());
    }
    let Some(open) = open else { return Ok(None) };
    let close = closing(&text[open..]).ok_or("a `(` without its `)`")? + open;
    Ok(Some((&text[..open], split_outside(&text[open + 1..close], '|'), &text[close + 1..])))
}

/// Where the bracket closes that opens `text`.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0;
    text.char_indices().find_map(|(at, c)| {
        depth += i32::from(c == '(') - i32::from(c == ')');
        (depth == 0).then_some(at)
    })
}

/// The pieces of `text` between separators outside of `( )`.
fn split_outside(text: &str, separator: char) -> Vec<&str> {
    let (mut pieces, mut depth, mut start) = (Vec::new(), 0, 0);
    for (at, c) in text.char_indices() {
        depth += i32::from(c == '(') - i32::from(c == ')');
        if c == separator && depth == 0 {
            pieces.push(&text[start..at]);
            start = at + c.len_utf8();
        }
    }
    pieces.push(&text[start..]);
    pieces
}

fn part(written: &str) -> Result<Part, String> {
    let (words, open_left) = written.strip_prefix('*').map_or((written, false), |rest| (rest, true));
    let (words, open_right) = words.strip_suffix('*').map_or((words, false), |rest| (rest, true));
    if words.contains('*') {
        return Err("`*` stands only at the beginning or the end of a term".into());
    }
    if words.trim().is_empty() {
        return Err("nothing is left of the term without its wildcards".into());
    }
    Ok(Part { words: words.trim().to_owned(), open_left, open_right })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(written: &str) -> Vec<String> {
        let star = |open| if open { "*" } else { "" };
        let show = |part: &Part| format!("{}{}{}", star(part.open_left), part.words, star(part.open_right));
        let slot = |slot: &Slot| slot.choices.iter().map(show).collect::<Vec<_>>().join("|");
        parse(written).expect("a good term").parts.iter().map(slot).collect()
    }

    #[test]
    fn notation() {
        assert_eq!(read("cat"), ["cat"]);
        assert_eq!(read("*cat*"), ["*cat*"]);
        assert_eq!(read("(go |)kill (you|me)"), ["go kill me|go kill you|kill me|kill you"]);
        let many = "(aa|bb|cc|dd|ee|ff) (aa|bb|cc|dd|ee)";
        assert_eq!(read(many), ["aa|bb|cc|dd|ee|ff", "aa|bb|cc|dd|ee"]);
        // A single letter is too little to look for.
        let many = "(aa|b|cc|dd|ee|ff) is (aa|bb|cc|dd|ee)";
        assert_eq!(read(many), ["aa is|b is|cc is|dd is|ee is|ff is", "aa|bb|cc|dd|ee"]);
        assert_eq!(read("((a|b)c|d)e"), ["ace|bce|de"]);
        assert_eq!(read("buy ... followers"), ["buy", "followers"]);
    }

    /// Nobody writes these on purpose; they cost a moment and no memory, and are refused.
    #[test]
    fn terms_that_would_be_millions_are_refused_at_once() {
        let cases = [
            format!("{}a{}", "(".repeat(200_000), ")".repeat(200_000)),
            "(".repeat(900),
            format!("{}a{}", "(".repeat(499), ")".repeat(499)),
            "(a|b)".repeat(150),
            "(a|b|c|d|e|f|g|h)".repeat(40),
            "(a|) ".repeat(150) + "a",
            "((((a|b)(a|b)|(a|b)(a|b))(a|b)|c)(a|b)|d)".repeat(20),
            ["(a|b|c|d|e|f|g|h|i|j|k|l|m|n|o|p|q|r|s|t|u|v|w|x|y|z)"; 20].join(" "),
        ];
        let wrong: Vec<&String> = cases[3..].iter().chain(&cases[..2]).filter(|term| parse(term).is_ok()).collect();
        assert!(wrong.is_empty(), "{wrong:?}");
        assert_eq!(read(&cases[2]), ["a"]);
    }

    #[test]
    fn mistakes_are_named() {
        for written in
            ["", " a", "a(b", "a)b", "a|b", "a|b(c|d)", "a)b(c)", "c*t", "*", "((a|b)", "a...b", "a ...", "a… b"]
        {
            assert!(parse(written).is_err(), "{written:?}");
        }
    }
}
