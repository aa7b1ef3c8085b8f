//! Words with letters hidden behind symbols, or behind letters that belong to no such word.

use super::edges::is_wordy;
use crate::text::{Dress, Glyph, Kind};

/// The vowels that one symbol may hide.
const VOWELS: [char; 5] = ['a', 'e', 'i', 'o', 'u'];

/// The same in a Cyrillic word, as folded.
const CYRILLIC_VOWELS: [char; 9] = ['a', 'e', 'o', 'y', 'и', 'i', 'я', 'ы', 'ю'];

/// A word that is read though two letters or more of it are hidden, or one that [`guessed`] does not try, because so many write
/// it that way.
struct Masked {
    /// Where in `LETTERS` its folded letters begin.
    at: u16,
    /// How many stand before the hidden ones; at least one.
    before: u8,
    hidden: u8,
    behind: u8,
}

// MASKED, by the last letter before what is hidden, and LETTERS.
include!(concat!(env!("OUT_DIR"), "/masked.rs"));

impl Masked {
    /// The letters before the hidden ones, those, and the ones behind.
    fn parts(&self) -> [&'static [char]; 3] {
        let Self { at, before, hidden, behind } = *self;
        let ends = [before, hidden, behind].map(usize::from);
        let mut rest = LETTERS.get(usize::from(at)..).unwrap_or_default();
        ends.map(|len| {
            let (part, behind) = rest.split_at_checked(len).unwrap_or_default();
            rest = behind;
            part
        })
    }

    /// The last letter before what is hidden.
    fn last(&self) -> Option<&'static char> {
        (usize::from(self.at) + usize::from(self.before)).checked_sub(1).and_then(|at| LETTERS.get(at))
    }
}

/// A symbol that people write for a letter they hide.
pub const fn can_hide(glyph: &Glyph) -> bool {
    glyph.is(Glyph::HIDES)
}

/// `f*ck`: one hidden letter, read as each vowel.
pub fn guessed(word: &[Glyph], out: &mut Vec<Glyph>) {
    if !(4..=32).contains(&word.len()) {
        return;
    }
    let hides = |at: &usize| {
        let at = *at;
        let is_letter = |glyph: &Glyph| glyph.kind == Kind::Letter;
        if !can_hide(&word[at]) || at == 0 || !is_wordy(&word[at - 1]) {
            return false;
        }
        if word[at].kind == Kind::Punct {
            return is_letter(&word[at - 1]) && word.get(at + 1).is_some_and(is_letter);
        }
        let ends = at + 1 == word.len() && at > 2 && word[at].kind == Kind::Mask && word[at].ch != '?';
        ends || word.get(at + 1).is_some_and(is_wordy)
    };
    let mut hidden = (0..word.len()).filter(hides);
    let (Some(first), second, None) = (hidden.next(), hidden.next(), hidden.next()) else { return };
    if is_said_twice(word) {
        return;
    }
    let vowels = if is_cyrillic(word) { CYRILLIC_VOWELS.as_slice() } else { &VOWELS };
    out.reserve(vowels.len() * (word.len() + 1));
    for &vowel in vowels {
        let start = out.len();
        out.extend_from_slice(word);
        for at in [Some(first), second].into_iter().flatten() {
            out[start + at] = word[at].read_as(vowel, Kind::Letter, Dress(Dress::GUESSED));
        }
        out.push(super::reading::space(&word[word.len() - 1]));
    }
}

/// `hak-hak`, `kebebasan-kebebasannya`: how Indonesian writes plurals; no letter is hidden there.
fn is_said_twice(word: &[Glyph]) -> bool {
    let Some(len) = word.iter().position(|glyph| glyph.ch == '-') else { return false };
    let (once, again) = (&word[..len], &word[len + 1..]);
    let same = |(one, other): (&Glyph, &Glyph)| one.ch == other.ch && one.kind == Kind::Letter;
    len >= 3 && again.len() >= len && once.iter().zip(again).all(same) && !again.iter().any(can_hide)
}

/// Whether every letter of `word` is a Cyrillic one, or looks like one.
fn is_cyrillic(word: &[Glyph]) -> bool {
    let mut letters = word.iter().filter(|glyph| glyph.kind == Kind::Letter);
    letters.all(|glyph| glyph.dress.has(Dress::LOOKALIKE) || ('\u{400}'..='\u{52f}').contains(&glyph.ch))
}

/// `f**k`: hidden letters in a row, of a word so well known that it is read nevertheless.
pub fn filled(word: &[Glyph], out: &mut Vec<Glyph>) {
    let Some(start) = word.iter().position(|glyph| matches!(glyph.kind, Kind::Mask | Kind::Leet)) else { return };
    let run = word[start..].iter().take_while(|glyph| matches!(glyph.kind, Kind::Mask | Kind::Leet));
    let (mut len, mut masks) = (0, 0);
    run.for_each(|glyph| (len, masks) = (len + 1, masks + usize::from(glyph.kind == Kind::Mask)));
    if !(1..=5).contains(&len) || masks == 0 || word.len() > 32 {
        return;
    }
    let (left, right) = (&word[..start], &word[start + len..]);
    let Some(last) = left.last().map(|glyph| glyph.ch) else { return };
    let first = MASKED.partition_point(|word| word.last() < Some(&last));
    let reads = |glyphs: &[Glyph], letters: &[char]| glyphs.iter().map(|glyph| &glyph.ch).eq(letters);
    let mut words = MASKED[first..].iter().take_while(|word| word.last() == Some(&last)).map(Masked::parts);
    let known = words.find(|&[before, hidden, behind]| {
        // Where little is left to see, one more or less is hidden as well; a single letter is one that is listed so.
        let off = usize::from(len > 1 && before.len() + behind.len() < 4);
        left.len() >= before.len()
            && right.len() >= behind.len()
            && hidden.len().abs_diff(len) <= off
            && reads(&left[left.len() - before.len()..], before)
            && reads(&right[..behind.len()], behind)
    });
    let Some([_, hidden, _]) = known else { return };
    out.extend_from_slice(left);
    out.extend(hidden.iter().enumerate().map(|(at, &ch)| {
        let place = &word[start + at.min(len - 1)];
        place.read_as(ch, Kind::Letter, Dress(Dress::STYLED))
    }));
    out.extend_from_slice(right);
    out.push(super::reading::space(&word[word.len() - 1]));
}

/// A Latin letter that was written as one.
pub fn is_latin(glyph: &Glyph) -> bool {
    glyph.ch.is_ascii_lowercase() & !glyph.dress.has(Dress::LOOKALIKE)
}

/// `fцck`, `яetard`: Cyrillic letters in a Latin word that look like no Latin letter at first, by look and by sound.
pub fn foreign(word: &[Glyph], out: &mut Vec<Glyph>) {
    let is_native = |glyph: &Glyph| glyph.kind == Kind::Letter && ('\u{400}'..='\u{52f}').contains(&glyph.ch);
    let native = word.iter().filter(|glyph| is_native(glyph)).count();
    if native == 0
        || word.iter().filter(|glyph| is_latin(glyph)).count() < 2
        || native * 2 > word.len()
        || word.len() > 32
    {
        return;
    }
    for read in [by_look, by_sound] {
        out.extend(word.iter().map(|glyph| match read(glyph.ch) {
            Some(ch) if is_native(glyph) => glyph.read_as(ch, glyph.kind, Dress(glyph.dress.0 | Dress::LOOKALIKE)),
            _ => *glyph,
        }));
        out.push(super::reading::space(&word[word.len() - 1]));
    }
}

/// The Latin letter that a Cyrillic one is drawn for.
const fn by_look(ch: char) -> Option<char> {
    Some(match ch {
        'б' | 'ъ' | 'ы' | 'ь' => 'b',
        'г' | 'я' => 'r',
        'д' => 'a',
        'ж' => 'x',
        'з' | 'э' => 'e',
        'и' | 'й' | 'л' | 'п' => 'n',
        'ф' | 'ю' => 'o',
        'ц' => 'u',
        'ч' => 'y',
        'ш' | 'щ' => 'w',
        _ => return None,
    })
}

/// The Latin letter that a Cyrillic one sounds like.
const fn by_sound(ch: char) -> Option<char> {
    Some(match ch {
        'б' => 'b',
        'г' => 'g',
        'д' => 'd',
        'з' => 'z',
        'и' | 'й' => 'i',
        'л' => 'l',
        'п' => 'p',
        'ф' => 'f',
        'ц' => 'c',
        'ы' => 'i',
        'э' => 'e',
        _ => return None,
    })
}
