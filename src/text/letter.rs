//! Which letters a character can be read as, and the coarse classes that candidates are looked up by.

use super::fold::Glyph;
use super::glyph::{Dress, Kind};
use icu_properties::CodePointMapData;
use icu_properties::props::{GeneralCategory, GeneralCategoryGroup};

/// The letters that a digit or symbol is used for, most usual first; empty for one that stands only for itself.
#[inline]
pub const fn leet(ch: char) -> &'static str {
    match ch {
        '0' => "o",
        '1' | '!' | '|' => "il",
        '2' => "z",
        '3' | '€' => "e",
        '4' | '@' => "a",
        '5' | '$' => "s",
        '6' | '9' => "g",
        '7' | '+' | '†' => "t",
        '8' => "b",
        '(' | '<' | '{' | '[' | '¢' => "c",
        '£' => "l",
        '¥' => "y",
        _ => "",
    }
}

/// The class of a folded letter: letters that one character can stand for share a class, so that a coarse key finds
/// every reading. What is really there, the verifier asks afterwards.
#[inline]
pub const fn class(letter: char) -> char {
    match letter {
        'l' => 'i',
        'v' => 'u',
        other => other,
    }
}

/// The class of a letter or digit of a term.
pub const fn letter_class(letter: char) -> char {
    if letter.is_ascii_digit() { sign_class(letter) } else { class(letter) }
}

/// The symbol of a letter or digit of a term.
#[inline]
pub const fn letter_symbol(letter: char) -> u8 {
    if letter.is_ascii() { ASCII_SYMBOLS[letter as usize] } else { symbol(letter_class(letter)) }
}

/// The symbols of ASCII.
static ASCII_SYMBOLS: [u8; 128] = {
    let (mut symbols, mut at) = ([0; 128], 0);
    while at < 128 {
        symbols[at] = symbol(letter_class(at as u8 as char));
        at += 1;
    }
    symbols
};

/// The symbols of a term's letters, runs squeezed: what a coarse key is made of.
pub fn symbols(letters: impl Iterator<Item = char>) -> impl Iterator<Item = u8> {
    let mut last = 0;
    letters.map(letter_symbol).filter(move |&symbol| std::mem::replace(&mut last, symbol) != symbol)
}

/// The byte that a class is in a coarse key, never 0. Letters of one alphabet have different ones; letters of two may have
/// the same, and so may Han characters: the verifier knows.
#[inline]
const fn symbol(class: char) -> u8 {
    if class.is_ascii() { class as u8 } else { 0x80 | (class as u32 ^ class as u32 >> 7) as u8 }
}

/// The class that `glyph` is looked up by; none for what is no letter under any reading.
#[inline]
pub fn class_of(glyph: &Glyph) -> Option<char> {
    class_as(glyph.kind, glyph.ch)
}

const fn class_as(kind: Kind, ch: char) -> Option<char> {
    match kind {
        Kind::Letter => Some(class(ch)),
        Kind::Digit | Kind::Leet => Some(sign_class(ch)),
        _ => None,
    }
}

/// The symbol of the class that a character of this kind is looked up by, 0 for none.
pub(super) const fn symbol_of(kind: Kind, ch: char) -> u8 {
    // Most are letters.
    if matches!(kind, Kind::Letter) {
        return symbol(class(ch));
    }
    match class_as(kind, ch) {
        Some(class) => symbol(class),
        None => 0,
    }
}

/// The class of a digit or symbol: that of the letter that it is used for most.
const fn sign_class(ch: char) -> char {
    match leet(ch).as_bytes() {
        [] => ch,
        &[letter, ..] => class(letter as char),
    }
}

/// How well a glyph fits a letter of a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// It is that letter, in whatever dress.
    Same,
    /// Another letter, a digit or a symbol that is used for it.
    Stand,
    /// It is not.
    No,
}

/// How `glyph` fits `letter`.
#[inline]
pub fn fit(glyph: &Glyph, letter: char) -> Fit {
    if glyph.ch == letter {
        return if glyph.dress.has(Dress::GUESSED) { Fit::Stand } else { Fit::Same };
    }
    if readings(glyph).contains(&letter) { Fit::Stand } else { Fit::No }
}

/// The letters that `glyph` [fits](fit), itself first, and one of them again where there are fewer.
#[inline]
pub fn readings(glyph: &Glyph) -> [char; 3] {
    let own = glyph.ch;
    match glyph.kind {
        Kind::Letter => {
            let other = match own {
                'v' => 'u',
                'l' => 'i',
                // A capital I looks like a small l.
                'i' if glyph.dress.has(Dress::UPPER) => 'l',
                _ => own,
            };
            [own, other, other]
        }
        Kind::Digit | Kind::Leet => {
            let mut letters = leet(own).bytes().map(char::from);
            let first = letters.next().unwrap_or(own);
            [own, first, letters.next().unwrap_or(first)]
        }
        _ => [own; 3],
    }
}

/// Whether `ch` belongs to a script that puts no spaces between words, or glues particles to them: Han, kana, Hangul,
/// Thai, Lao, Khmer, Burmese. A word of those has no boundaries that could be asked for.
#[inline]
pub const fn is_unspaced(ch: char) -> bool {
    // Most letters fail here.
    ch >= '\u{e00}'
        && matches!(ch,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1100}'..='\u{11ff}' | '\u{1780}'..='\u{17ff}'
        | '\u{3040}'..='\u{30ff}' | '\u{3130}'..='\u{318f}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7ff}' | '\u{20000}'..='\u{323af}')
}

/// Whether `ch` is a mark: an accent, a vowel sign, a point.
pub fn is_combining_mark(ch: char) -> bool {
    GeneralCategoryGroup::Mark.contains(CodePointMapData::<GeneralCategory>::new().get(ch))
}

/// Whether `ch` is one of a, e, i, o, u, y.
pub const fn is_vowel(ch: char) -> bool {
    matches!(ch, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}
