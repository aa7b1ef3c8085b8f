//! Phone numbers in words: "five five five, oh one four two", "seis uno dos tres …".

use super::number::uncounted;
use super::phone;
use crate::detect::links::reader::Reader;
use crate::detect::word_list::{WordList, has};
use crate::text::Text;
use std::ops::Range;

/// The words for digits in languages of the rooms, folded, each with its digit behind it.
pub(super) const DIGITS: &WordList = &WordList::new(
    "\
    acht8 alti6 atta8 ba3 bay7 bes5 bicim8 bir1 bocemb8 bon4 cemb7 cero0 chin9 cim7 cinco5 cinq5 cinque5 cuatro4 \
    cztery4 delapan8 deux2 dois2 dokuz9 dort4 dos2 drei3 drie3 dua2 duas2 due2 dwa2 dziewiec9 een1 eight8 eins1 \
    empat4 en1 enam6 ett1 fem5 fire4 five5 four4 funf5 fyra4 hai2 hoлb0 huit8 hyлb0 iki2 jeden1 khong0 kosong0 lima5 \
    meia6 mot1 nam5 negen9 neuf9 neun9 ni9 nine9 nio9 nol0 noll0 nought0 nove9 nueve9 nul0 nula0 null0 nulla0 nяtb5 \
    o0 ocho8 oh0 oito8 one1 osiem8 otte8 otto8 oдиh1 piec5 quatre4 quatro4 quattro4 satu1 sau6 sechs6 sei6 seis6 \
    sekiz8 seks6 sembilan9 sept7 sete7 sette7 seven7 sex6 sieben7 siedem7 siete7 sifir0 six6 sju7 syv7 szesc6 tam8 \
    three3 tiga3 tpи3 tre3 tres3 trois3 trzy3 tujuh7 tva2 twee2 two2 uc3 um1 uma1 un1 une1 uno1 vier4 vijf5 wectb6 \
    wictb6 yedi7 zero0 zes6 zeven7 zwei2 zwo2 дba2 дebяtb9 чetыpe4 чotиpи4",
);

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

/// Whether one of the words for digits that are looked for begins with this letter.
pub(super) const fn begins(letter: char) -> bool {
    matches!(letter, 'b' | 'c' | 'e' | 'f' | 'n' | 'o' | 'q' | 's' | 'z')
}

/// Whether a word for a digit may begin at the glyph at `i`.
pub(super) fn may_begin(reader: Reader, i: usize) -> bool {
    begins(reader.ch(i)) && reader.len() >= Text::SPOKEN && !reader.goes_on(i)
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

/// The digit that a word says.
fn digit(word: &str) -> Option<u8> {
    let says = |one: &str| one.strip_prefix(word).and_then(|digit| digit.parse().ok());
    DIGITS.starting(word.chars().next()?).find_map(says)
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
