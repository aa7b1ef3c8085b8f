//! Words with letters hidden behind symbols, or behind letters that belong to no such word.

use super::beside::is_wordy;
use crate::text::{Dress, Glyph, Kind, ascii};

/// The vowels that one symbol may hide.
static VOWELS: [Glyph; 5] = guesses(['a', 'e', 'i', 'o', 'u']);

/// The same in a Cyrillic word, as folded.
static CYRILLIC_VOWELS: [Glyph; 9] = guesses(['a', 'e', 'o', 'y', 'и', 'i', 'я', 'ы', 'ю']);

/// Letters that are read where none is seen.
const fn guesses<const N: usize>(letters: [char; N]) -> [Glyph; N] {
    let (mut all, mut at) = ([ascii(b'a'); N], 0);
    while at < N {
        all[at] = all[at].read_as(letters[at], Kind::Letter, Dress(Dress::GUESSED));
        at += 1;
    }
    all
}

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
    let Some(hidden) = hidden_letters(word).filter(|&[first, _]| !is_said_twice(word, first)) else { return };
    let vowels = if is_cyrillic(word) { CYRILLIC_VOWELS.as_slice() } else { &VOWELS };
    let behind = super::reading::space(&word[word.len() - 1]);
    out.reserve(vowels.len() * (word.len() + 1));
    for vowel in vowels {
        let start = out.len();
        out.extend_from_slice(word);
        for at in hidden {
            out[start + at] = vowel.at(word[at].start, word[at].end);
        }
        out.push(behind);
    }
}

/// Where in `word` a symbol hides a letter, if one or two do: the first and the last.
fn hidden_letters(word: &[Glyph]) -> Option<[usize; 2]> {
    if !(4..=32).contains(&word.len()) {
        return None;
    }
    // A bit for each glyph, without a branch for any.
    let (mut hides, mut wordy, mut letters, mut puncts) = (0u64, 0u64, 0u64, 0u64);
    for (at, glyph) in word.iter().enumerate() {
        hides |= u64::from(can_hide(glyph)) << at;
        wordy |= u64::from(is_wordy(glyph)) << at;
        letters |= u64::from(glyph.kind == Kind::Letter) << at;
        puncts |= u64::from(glyph.kind == Kind::Punct) << at;
    }
    let last = word.len() - 1;
    let ends = u64::from(word[last].kind == Kind::Mask && word[last].ch != '?') << last;
    let between = letters << 1 & letters >> 1 & puncts;
    let hidden = hides & (between | wordy << 1 & (wordy >> 1 | ends) & !puncts);
    let behind = hidden & hidden.wrapping_sub(1);
    let is_few = hidden != 0 && behind & behind.wrapping_sub(1) == 0;
    is_few.then(|| [hidden.trailing_zeros() as usize, hidden.ilog2() as usize])
}

/// `hak-hak`, `kebebasan-kebebasannya`: how Indonesian writes plurals; no letter is hidden there, `at` the hyphen.
fn is_said_twice(word: &[Glyph], at: usize) -> bool {
    let (once, again) = (&word[..at], &word[at + 1..]);
    let same = |(one, other): (&Glyph, &Glyph)| one.ch == other.ch && one.kind == Kind::Letter;
    word[at].ch == '-'
        && at >= 3
        && again.len() >= at
        && once.iter().zip(again).all(same)
        && !again.iter().any(can_hide)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::mixtures;
    use crate::text::Text;

    /// As [`hidden_letters`], asked of one glyph after the other.
    fn one_by_one(word: &[Glyph]) -> Option<[usize; 2]> {
        let is_letter = |glyph: &Glyph| glyph.kind == Kind::Letter;
        let hides = |&at: &usize| {
            let (before, glyph, next) = (&word[at - 1], &word[at], word.get(at + 1));
            let ends = next.is_none() && glyph.kind == Kind::Mask && glyph.ch != '?';
            can_hide(glyph)
                && match glyph.kind {
                    Kind::Punct => is_letter(before) && next.is_some_and(is_letter),
                    _ => is_wordy(before) && (ends || next.is_some_and(is_wordy)),
                }
        };
        let hidden: Vec<usize> = (1..word.len()).filter(hides).collect();
        let is_one = (4..=32).contains(&word.len()) && matches!(hidden.len(), 1 | 2);
        is_one.then(|| [hidden[0], hidden[hidden.len() - 1]])
    }

    #[test]
    fn letters_are_hidden_where_one_glyph_after_the_other_says() {
        const PIECES: [&str; 20] = [
            "f", "ck", "a", "é", "д", "字", "1", "$", "@", "*", "#", "?", "-", ".", "_", "·", "€", "😂", " ",
            "fuckings",
        ];
        let (mut wrong, mut found) = (Vec::new(), 0);
        for content in mixtures::of(&PIECES, 12, 20_000) {
            let word = Text::fold(&content).glyphs;
            let hidden = one_by_one(&word);
            found += usize::from(hidden.is_some());
            if hidden_letters(&word) != hidden {
                wrong.push(content);
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
        assert!(found > 1_000, "{found}");
    }
}
