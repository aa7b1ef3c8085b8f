//! Phone numbers in words: "five five five, oh one four two", "seis uno dos tres …".

use super::number::uncounted;
use super::phone;
use crate::detect::links::reader::Reader;
use crate::detect::links::words::{WordList, has};
use crate::text::Text;
use std::ops::Range;

/// The words for each digit in languages of the rooms, folded.
const DIGITS: [&WordList; 10] = [
    &WordList::new("cero hoлb hyлb khong kosong nol noll nought nul nula null nulla o oh sifir zero"),
    &WordList::new("bir een eins en ett jeden mot one oдиh satu um uma un une uno"),
    &WordList::new("deux dois dos dua duas due dwa hai iki tva twee two zwei zwo дba"),
    &WordList::new("ba drei drie three tiga tpи tre tres trois trzy uc"),
    &WordList::new("bon cuatro cztery dort empat fire four fyra quatre quatro quattro vier чetыpe чotиpи"),
    &WordList::new("bes cinco cinq cinque fem five funf lima nam nяtb piec vijf"),
    &WordList::new("alti enam meia sau sechs sei seis seks sex six szesc wectb wictb zes"),
    &WordList::new("bay cemb cim sept sete sette seven sieben siedem siete sju syv tujuh yedi zeven"),
    &WordList::new("acht atta bicim bocemb delapan eight huit ocho oito osiem otte otto sekiz tam"),
    &WordList::new("chin dokuz dziewiec negen neuf neun ni nine nio nove nueve sembilan дebяtb"),
];

/// Words for two digits.
const PAIRS: &WordList = &WordList::new(
    "\
    catorce catorze cincuenta cinquanta cinquante cinquenta cuarenta deset dez dieci diez dix doce douze doze \
    eighteen eighty eleven fifteen fifty forty fourteen nineteen ninety noventa ochenta oitenta once onze quaranta \
    quarante quarenta quatorze quince quinze seize sesenta sessanta sessenta setenta seventeen seventy sixteen sixty \
    soixante ten thirteen thirty trece treinta treize trenta trente trinta twelve twenty veinte venti vingt vinte \
    zehn zwanzig",
);

/// What stands between such words and is none, and says how often the next counts.
const JOINTS: &WordList = &WordList::new("doble doppel double e et und y");

/// Digits in words, one after the other.
struct Run {
    glyphs: Range<usize>,
    /// As many as there are, those of pairs but for the first left out.
    digits: Vec<u8>,
    /// How many there are.
    count: usize,
    /// Every word is of one digit.
    single: bool,
}

/// The longest run that is read, in words.
const LONGEST: usize = 32;

/// Whether a word for a digit may begin at the glyph at `i`.
pub(super) fn may_begin(reader: Reader, i: usize) -> bool {
    let begins = matches!(reader.ch(i), 'b' | 'c' | 'e' | 'f' | 'n' | 'o' | 'q' | 's' | 'z');
    begins && reader.len() >= Text::SPOKEN && !reader.goes_on(i)
}

/// The phone number in words one of which begins at `i`, or one past the words that are none.
pub(super) fn number(reader: Reader, i: usize, floor: usize) -> Result<Range<usize>, usize> {
    // Most are another word.
    if digit(&reader.folded(i..reader.word_end(i, 10))).is_none() {
        return Err(i + 1);
    }
    let start = start_of(reader, i, floor);
    let run = read(reader, start);
    let end = run.glyphs.end.max(i + 1);
    if is_phone(reader, &run) { Ok(run.glyphs) } else { Err(end) }
}

fn is_phone(reader: Reader, run: &Run) -> bool {
    let uncounted = uncounted(&run.digits);
    if !(7..=15).contains(&run.count) || uncounted == 0 {
        return false;
    }
    let kinds = (0..10).filter(|digit| run.digits.contains(digit)).count();
    let whole = run.single && (10..=13).contains(&run.count) && kinds > 3 && 3 * uncounted > run.count;
    whole || kinds > 2 && phone::is_near(reader, run.glyphs.clone())
}

/// The digit that the word of `range` says.
fn digit(word: &str) -> Option<u8> {
    (0..10).find(|&digit| has(DIGITS[usize::from(digit)], word))
}

/// The start of the first of the words before `i` that are digits, `i` where there is none.
fn start_of(reader: Reader, i: usize, floor: usize) -> usize {
    let (mut start, mut at) = (i, i);
    for _ in 0..LONGEST {
        let gap = (0..3).take_while(|&n| at > floor + n && is_gap(reader, at - 1 - n)).count();
        let first = reader.word_start(at - gap, 10).max(floor);
        let word = reader.folded(first..at - gap);
        let counts = digit(&word).is_some() || has(PAIRS, &word);
        if gap == 0 || !counts && !has(JOINTS, &word) {
            break;
        }
        at = first;
        if counts || matches!(word.as_str(), "double" | "doble") {
            start = first;
        }
    }
    start
}

/// The run that begins at `start`.
fn read(reader: Reader, start: usize) -> Run {
    let mut run = Run { glyphs: start..start, digits: Vec::with_capacity(16), count: 0, single: true };
    let mut at = start;
    for _ in 0..LONGEST {
        let end = reader.word_end(at, 10);
        let word = reader.folded(at..end);
        if let Some(digit) = digit(&word) {
            run.digits.push(digit);
            run.count += 1;
        } else if has(PAIRS, &word) {
            run.single = false;
            run.digits.push(word.len() as u8 % 10);
            run.count += 2;
        } else if !has(JOINTS, &word) {
            break;
        }
        if !has(JOINTS, &word) {
            run.glyphs.end = end;
        }
        at = (end..end + 3).find(|&i| !is_gap(reader, i)).unwrap_or(end + 3);
        if at == end || !reader.is_letter(at) {
            break;
        }
    }
    run
}

/// What stands between two of the words.
fn is_gap(reader: Reader, i: usize) -> bool {
    reader.is_space(i) || matches!(reader.ch(i), ',' | '-' | '.')
}
