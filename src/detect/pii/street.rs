//! What streets are called, and what only stands where their names do.

use crate::detect::links::reader::Reader;
use crate::detect::word_list::WordList;
use std::ops::Range;

/// Kinds of streets that stand behind their names. Sorted.
pub(super) const BEHIND: &WordList = &WordList::new(
    "\
    ave avenue blvd boulevard cir circle close court cres crescent ct dr drive gardens grove highway hill hwy lane \
    ln mews parade park parkway pkwy pl place plaza rd rise road row sq square st str street ter terrace trail view \
    walk way",
);

/// Kinds of streets that stand before their names. Sorted.
pub(super) const BEFORE: &WordList = &WordList::new(
    "\
    av avenida avenue boulevard bulwar calle carrer carretera chemin corso impasse jalan jl jln nepeyлok npocnekt \
    npocnekte piazza plac plaza quai rua rue strada travessa ul ulica ulicy via viale yл yлицa yлицe",
);

/// The same of Turkish, which stand behind their names and before a number.
pub(super) const TURKISH: &WordList = &WordList::new("bulvari cad caddesi cd sk sok sokagi sokak");

/// What stands behind a number but in no street's name: "live at 9 tonight on main street".
pub(super) const TIMES: &WordList = &WordList::new("am and at hours in min mins minutes on pm to today tonight");

/// What is counted on the way to a street: "2 houses down the street", "20 minutes from the square".
pub(super) const DISTANCES: &WordList = &WordList::new(
    "\
    anos blocks clock doors down from houses jahren km miles min mins minuten minutes minuti minutos oclock years",
);

/// Endings of German and Dutch street names.
pub(super) const ENDINGS: [&str; 8] = ["strasse", "str", "weg", "gasse", "platz", "allee", "straat", "laan"];

/// One past what goes on behind a street that ends at `street_end`: `…, 80335 München`, `…, Apt 4B, Leeds LS6 2AB`.
#[inline(never)]
pub(super) fn town_end(reader: Reader, street_end: usize) -> usize {
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
pub(super) type Word = (String, Range<usize>);

/// The words from `at` on, up to the end of the line.
#[inline(never)]
pub(super) fn words(reader: Reader, mut at: usize, most: usize) -> Vec<Word> {
    let mut words = Vec::new();
    while words.len() < most {
        let Some(start) = (at..at + 3).find(|&i| reader.is_word(i)) else { break };
        // The rest of a long word is none.
        at = reader.word_end(start, reader.len());
        words.push((reader.folded(start..at), start..at));
    }
    words
}

/// How many words the name behind a kind of street has: its articles and one more.
pub(super) fn name_len(words: &[Word]) -> usize {
    let article = |(word, _): &&Word| {
        matches!(
            word.as_str(),
            "de" | "la" | "le" | "du" | "des" | "del" | "los" | "las" | "di" | "da" | "do" | "das" | "dos"
        )
    };
    words.iter().take(3).take_while(article).count() + 1
}

/// Whether a word is the whole name of a street: `Goethestraße`, `Kerkstraat`.
pub(super) fn is_compound(reader: Reader, word: Range<usize>) -> bool {
    // Most end in another letter.
    word.len() > 5 && matches!(reader.before(word.end), 'e' | 'g' | 'n' | 'r' | 't' | 'z') && {
        let word = reader.folded(word);
        ENDINGS.iter().any(|ending| word.len() > ending.len() + 2 && word.ends_with(ending))
    }
}
