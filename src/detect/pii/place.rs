//! Street addresses around a number: what they end with, or words around them, say that somebody is there.
//!
//! "his house is 45 Birchwood Drive", "1420 Maple View Dr, Boise ID 83702", "ul. Długa 14", "道玄坂2丁目10番", "강남구 테헤란로 152"

use super::street::{BEFORE, BEHIND, DISTANCES, TIMES, TURKISH, Word, is_compound, name_len, town_end, words};
use super::{block, postcode};
use crate::detect::links::chain::is_foreign;
use crate::detect::links::reader::Reader;
use crate::detect::word_list::{WordList, has, mentions, seconds};
use std::ops::Range;

/// How far around an address the words count, in characters.
const NEAR: usize = 48;

/// Kinds of streets that are as often something else: they count in capitals, or before a postal code.
const WEAK: &WordList = &WordList::new(
    "\
    circle close gardens grove hill parade park pl place plaza rise row sq square st str ter trail view walk way",
);

/// Words that say that somebody is there.
const HOMES: &WordList = &WordList::new(
    "\
    abita abito address adres adrese adresi adresse alamat apartment apt aдpec bor casa crib direccion dom domicile \
    domicilio dox doxed doxx doxxed endereco ev evi flat habite habitent haus home house huis indirizzo live lived \
    lives living mieszka mieszkam mora moro oturuyor parents reside resides rumah rumahnya stay staying stays swat \
    swatted swatting tinggal vive vivo wohne wohnt woont zuhause дom жиbet жиby",
);

/// Words that ask to come or to send there, of games as well: they count with names in capitals.
const WAYS: &WordList = &WordList::new(
    "\
    come deliver fanart fight find gift knock letter letters located location mail mailed meet package parcel party \
    pizza pull send ship shipped visit where",
);

/// What no street is called, and what a number counts: "2 mid lane", "3 of the street".
const NO_NAMES: &WordList = &WordList::new(
    "\
    a all an and any bot bottom by each every fast first for fucking going good her his in is it last left like main \
    max mid more much my no not of off old one only or other our out over per pro right safe same side slow so star \
    that the their this three to too top turn two up ur vs was wide with your",
);

/// The address that has its number at `at`.
pub(super) fn around(reader: Reader, at: usize, floor: usize) -> Option<Range<usize>> {
    let digits = (at..at + 6).find(|&i| !reader.is_digit(i))?;
    // `221B`
    let end = if reader.is_letter(digits) && !reader.is_word(digits + 1) { digits + 1 } else { digits };
    if is_foreign(reader.ch(digits)) || is_foreign(reader.before(reader.skip_spaces_back(at))) {
        return block::around(reader, at, digits, floor);
    }
    // "No:5"
    let colon = reader.before(at) == ':' && !(at > 1 && reader.is_letter(at - 2));
    if colon
        || matches!(reader.before(at), '.' | ',' | '/' | '$' | '#' | '+')
        || reader.goes_on(at)
        || reader.is_word(end)
    {
        return None;
    }
    ahead(reader, at, end).or_else(|| behind(reader, at, end, floor))
}

/// As few glyphs as "home 5 Elm Road" has.
const SHORTEST: usize = 15;

/// The address whose street stands behind its number, `at..end`: `45 Birchwood Drive`, `12 rue des Lilas`.
fn ahead(reader: Reader, at: usize, end: usize) -> Option<Range<usize>> {
    let comma = usize::from(reader.ch(end) == ',');
    if reader.len() < SHORTEST || !reader.is_space(end + comma) || !has_kind(reader, end + comma + 1) {
        return None;
    }
    let words = words(reader, end, 6);
    let first = words.first().filter(|(word, _)| has(BEFORE, word) && words.len() > 1);
    let (kind, last, name) = if let Some(kind) = first {
        let last = words.len().min(name_len(&words[1..]) + 1) - 1;
        (kind, &words[last], &words[last..=last])
    } else {
        let at = words.iter().take(5).skip(1).position(|(word, _)| has(BEHIND, word))? + 1;
        (&words[at], &words[at], &words[..at])
    };
    if !is_name(reader, name) {
        return None;
    }
    let capital = |word: &Word| reader.is_upper(word.1.start);
    let capitals = name.iter().any(capital) && (first.is_some() || capital(kind));
    let counted = name.first().is_some_and(|word| word.0.ends_with('s') && !capital(word));
    let lower = || !counted && (first.is_some() || !has(WEAK, &kind.0));
    let coded = postcode::end_behind(reader, last.1.end);
    let meant = coded.is_some()
        || is_near(reader, at, last.1.end, HOMES) && (capitals || lower())
        || capitals && is_near(reader, at, last.1.end, WAYS);
    meant.then(|| at..town_end(reader, coded.unwrap_or(last.1.end)))
}

/// Whether one of the four words from `at` on is for a street, in front or behind a name. Most numbers end here.
fn has_kind(reader: Reader, mut at: usize) -> bool {
    for n in 0..4 {
        // The rest of a long word is none.
        let end = reader.word_end(at, reader.len());
        let seconds = if n == 0 { &BEFORE_SECONDS } else { &BEHIND_SECONDS };
        if is_one(reader, at..end, if n == 0 { BEFORE } else { BEHIND }, seconds) {
            return true;
        }
        let Some(next) = (end..end + 3).find(|&i| reader.is_word(i)).filter(|_| end > at) else { return false };
        at = next;
    }
    false
}

/// Whether a word is one of a list with these second letters.
#[inline(never)]
fn is_one(reader: Reader, word: Range<usize>, list: &WordList, seconds: &[u32; 32]) -> bool {
    let (first, second) = (reader.ch(word.start), reader.ch(word.start + 1));
    // Most are not.
    let may_be =
        !first.is_ascii() || !second.is_ascii() || seconds[first as usize & 31] >> (second as u32 & 31) & 1 != 0;
    may_be && word.len() <= LONGEST && has(list, &reader.folded(word))
}

/// The longest word for a street, in letters.
const LONGEST: usize = 10;

static BEFORE_SECONDS: [u32; 32] = seconds(BEFORE);
static BEHIND_SECONDS: [u32; 32] = seconds(BEHIND);
static TURKISH_SECONDS: [u32; 32] = seconds(TURKISH);

/// Whether a street can be called so.
fn is_name(reader: Reader, words: &[Word]) -> bool {
    let said = |(word, _): &Word| has(NO_NAMES, word) || has(TIMES, word) || has(DISTANCES, word);
    let is_part = |word: &Word| {
        let direction = word.0.len() == 1 && matches!(word.0.as_str(), "n" | "s" | "e" | "w");
        let capital = reader.is_upper(word.1.start) && reader.is_word(word.1.start + 1);
        direction || word.0.len() > if capital { 1 } else { 2 } && (capital && !has(TIMES, &word.0) || !said(word))
    };
    let apart =
        words.windows(2).any(|pair| (pair[0].1.end..pair[1].1.start).any(|i| matches!(reader.ch(i), ',' | '!' | '?')));
    !words.is_empty() && !apart && words.iter().all(is_part)
}

/// The address whose street stands before its number, `at..end`: `ul. Długa 14`, `Goethestraße 14, 60313 Frankfurt`.
fn behind(reader: Reader, at: usize, end: usize, floor: usize) -> Option<Range<usize>> {
    let (mut start, mut numbered, mut names) = (at, false, 0);
    for n in 0..4 {
        let gap = (0..3).take_while(|&n| start > floor + n && !reader.is_word(start - 1 - n)).count();
        let word_end = start - gap;
        let torn = (word_end..start).any(|i| matches!(reader.ch(i), ',' | '!' | '?' | '\n'));
        if gap == 0 || torn && names + usize::from(n == 0) > 0 {
            return None;
        }
        start = reader.word_start(word_end, 24).max(floor);
        if n == 0 && is_numbering(reader, start..word_end) {
            numbered = true;
            continue;
        }
        names += 1;
        let kind = match names {
            1 => is_compound(reader, start..word_end) || is_one(reader, start..word_end, TURKISH, &TURKISH_SECONDS),
            _ => is_one(reader, start..word_end, BEFORE, &BEFORE_SECONDS),
        };
        if kind {
            return street_before(reader, start..word_end, names, at..end, numbered, floor);
        }
    }
    None
}

/// The address of a street whose kind stands at `kind`, before its name or after it, and before its number.
#[inline(never)]
fn street_before(
    reader: Reader,
    kind: Range<usize>,
    names: usize,
    number: Range<usize>,
    numbered: bool,
    floor: usize,
) -> Option<Range<usize>> {
    let named = names > 1;
    let name = if named { (kind.end..number.start).find(|&i| reader.is_word(i))? } else { kind.start };
    let start = if !named && has(TURKISH, &reader.folded(kind.clone())) {
        // "Atatürk Caddesi No 12"
        reader.word_start(reader.skip_spaces_back(kind.start), 24).max(floor)
    } else {
        kind.start
    };
    let capital = reader.is_upper(start) || reader.is_upper(name);
    let dotted = named && reader.ch(kind.end) == '.';
    let coded = postcode::end_behind(reader, number.end);
    let year =
        number.len() == 4 && matches!((reader.ch(number.start), reader.ch(number.start + 1)), ('1', '9') | ('2', '0'));
    let meant = coded.is_some()
        || capital && (dotted || numbered)
        || is_near(reader, start, number.end, HOMES) && (capital || numbered || !year);
    meant.then(|| start..town_end(reader, coded.unwrap_or(number.end)))
}

/// `No`, `nr`, `д.`, before a number.
fn is_numbering(reader: Reader, word: Range<usize>) -> bool {
    matches!(reader.ch(word.start), 'n' | 'д')
        && matches!(reader.folded(word).as_str(), "n" | "no" | "nomor" | "nr" | "num" | "numero" | "д" | "дom")
}

/// Whether one of `list` stands near `start..end`.
#[inline(never)]
fn is_near(reader: Reader, start: usize, end: usize, list: &WordList) -> bool {
    let before = reader.folded(start.saturating_sub(NEAR)..start);
    mentions(&before, list) || mentions(&reader.folded(end..reader.len().min(end + NEAR)), list)
}
