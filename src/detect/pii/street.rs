//! Street addresses that are announced as someone's: "he lives at 12 Baker Street".

use crate::detect::links::reader::Reader;
use crate::detect::links::words::{WordList, has};
use std::ops::Range;

/// How far behind the announcement the address may be, in words.
const WORDS: usize = 9;

/// What announces an address, folded.
const ANNOUNCEMENTS: &WordList = &WordList::new(
    "\
    abita address addy adress adresse aдpec direccion dox doxed endereco find habite live lived lives living \
    mieszka mora moro vive vivo wohne wohnt woont жиbet жиby",
);

/// Kinds of streets that stand behind their names. Sorted.
const BEHIND: &WordList = &WordList::new(
    "\
    ave avenue blvd boulevard circle close court cres crescent ct dr drive gardens grove highway hwy lane ln \
    parade parkway pkwy pl place plaza rd road square st str street terrace way",
);

/// Kinds of streets that stand before their names. Sorted.
const BEFORE: &WordList = &WordList::new(
    "\
    av avenida avenue boulevard calle carrer chemin corso impasse nepeyлok npocnekt npocnekte piazza plaza quai \
    rua rue ul ulica via yл yлицa yлицe",
);

/// What stands behind a number but in no street's name: "live at 9 tonight on main street".
const TIMES: &WordList = &WordList::new("am and at hours in min mins minutes on pm to today tonight");

/// What is counted on the way to a street: "2 houses down the street", "20 minutes from the square".
const DISTANCES: &WordList = &WordList::new(
    "anos blocks clock doors down from houses jahren km miles min mins minuten minutes minuti minutos oclock years",
);

/// Endings of German and Dutch street names.
const ENDINGS: [&str; 8] = ["strasse", "str", "weg", "gasse", "platz", "allee", "straat", "laan"];

/// The street and number behind the announcement that begins at `i`.
pub(super) fn announced(reader: Reader, i: usize) -> Option<Range<usize>> {
    if !matches!(reader.ch(i), 'l' | 'a' | 'w' | 'h' | 'v' | 'm' | 'd' | 'e' | 'f' | 'ж')
        || i > 0 && reader.is_word(i - 1)
    {
        return None;
    }
    let end = reader.word_end(i, 10);
    let word = reader.folded(i..end);
    if !has(ANNOUNCEMENTS, &word) {
        return None;
    }
    let words = words(reader, end);
    // "find him at …"
    if word == "find" && words.get(1).is_none_or(|(next, _)| next != "at") {
        return None;
    }
    let street = (0..words.len()).find_map(|at| street(&words, at))?;
    Some(street.start..town_end(reader, street.end))
}

/// One past what goes on behind a street that ends at `street_end`: `…, 80335 München`, `…, Apt 4B, Leeds LS6 2AB`.
fn town_end(reader: Reader, street_end: usize) -> usize {
    let mut last = street_end;
    for _ in 0..TOWN {
        let comma = reader.ch(last) == ',';
        let start = reader.skip_spaces(last + usize::from(comma));
        let end = reader.word_end(start, 24);
        // "42 Maple Street LOL", "42 Maple Street 2 floors up"
        let named =
            reader.is_upper(start) && end > start + 1 && (comma || last > street_end || !reader.is_upper(start + 1));
        let coded = reader.is_digit(start) && (end > start + 3 || (start..end).any(|i| reader.is_letter(i)));
        if start == last || !named && !coded {
            break;
        }
        last = end;
    }
    last
}

/// The most words of a flat, a town and its code.
const TOWN: usize = 6;

/// A word and where it stands.
type Word = (String, Range<usize>);

/// The words from `at` on, up to the end of the line.
fn words(reader: Reader, mut at: usize) -> Vec<Word> {
    let mut words = Vec::new();
    while words.len() < WORDS {
        let Some(start) = (at..at + 3).find(|&i| reader.is_word(i)) else { break };
        at = reader.word_end(start, 24);
        words.push((reader.folded(start..at), start..at));
    }
    words
}

/// The street that begins with word `at`.
fn street(words: &[Word], at: usize) -> Option<Range<usize>> {
    let (word, first) = words.get(at)?;
    let numbered = word.len() < 6 && word.starts_with(|c: char| c.is_ascii_digit());
    let ahead = words.iter().skip(at + 1).take(4).take_while(|(word, _)| !has(DISTANCES, word));
    let last = if numbered {
        // "12 Baker Street", "12 rue de la Paix"
        let ahead = ahead.skip(usize::from(words.get(at + 1).is_none_or(|(next, _)| !has(BEFORE, next))));
        let mut ahead = ahead.take_while(|(word, _)| !has(TIMES, word));
        let (word, range) = ahead.find(|(word, _)| has(BEHIND, word) || has(BEFORE, word) || is_compound(word))?;
        let direct = words.get(at + 1).is_some_and(|(_, next)| next == range) && words.len() > at + 2;
        if has(BEFORE, word) && (direct || !has(BEHIND, word)) { name_end(words, at + 2) } else { Some(range) }
    } else if has(BEFORE, word) || is_compound(word) {
        // "calle Mayor 5", "Hauptstraße 12"
        let near = if is_compound(word) { 1 } else { 4 };
        let is_number = |word: &str| word.len() < 5 && word.starts_with(|c: char| c.is_ascii_digit());
        words.iter().skip(at + 1).take(near).find(|(word, _)| is_number(word)).map(|(_, range)| range)
    } else {
        None
    }?;
    Some(first.start..last.end)
}

/// The last word of the name that begins with word `at`: its articles and one word more.
fn name_end(words: &[Word], at: usize) -> Option<&Range<usize>> {
    let article =
        |word: &str| matches!(word, "de" | "la" | "le" | "du" | "des" | "del" | "los" | "las" | "di" | "da" | "do");
    words.iter().skip(at).take(4).find(|(word, _)| !article(word)).map(|(_, range)| range)
}

fn is_compound(word: &str) -> bool {
    ENDINGS.iter().any(|ending| word.len() > ending.len() + 2 && word.ends_with(ending))
}
