//! Words with letters hidden behind symbols, or behind letters that belong to no such word.

use super::edges::is_wordy;
use crate::text::{Dress, Glyph, Kind, folded};

/// The vowels that one symbol may hide.
const VOWELS: [char; 5] = ['a', 'e', 'i', 'o', 'u'];

/// The same in a Cyrillic word, as folded.
const CYRILLIC_VOWELS: [char; 9] = ['a', 'e', 'o', 'y', 'и', 'i', 'я', 'ы', 'ю'];

/// Words that are read though two letters or more of them are hidden, or one that [`guessed`] does not try, because so many
/// write them that way: one a line, what is hidden in parentheses.
const MASKED: &str = include_str!("../../../rules/masked.txt");

/// A symbol that people write for a letter they hide.
pub const fn can_hide(glyph: &Glyph) -> bool {
    glyph.is(Glyph::HIDES)
}

/// `f*ck`: one hidden letter, read as each vowel.
pub fn guessed(word: &[Glyph], out: &mut Vec<Glyph>) {
    let hides = |at: usize| {
        let is_letter = |glyph: &Glyph| glyph.kind == Kind::Letter;
        let follows = at > 0 && is_wordy(&word[at - 1]);
        let plain = word[at].kind == Kind::Punct;
        if plain && !(follows && is_letter(&word[at - 1]) && word.get(at + 1).is_some_and(is_letter)) {
            return false;
        }
        let ends = at + 1 == word.len() && at > 2 && word[at].kind == Kind::Mask && word[at].ch != '?';
        can_hide(&word[at]) && follows && (ends || word.get(at + 1).is_some_and(is_wordy))
    };
    let hidden = (0..word.len()).filter(|&at| hides(at)).count();
    if hidden == 0 || hidden > 2 || word.len() < 4 || word.len() > 32 {
        return;
    }
    for &vowel in if is_cyrillic(word) { CYRILLIC_VOWELS.as_slice() } else { &VOWELS } {
        out.extend(word.iter().enumerate().map(|(at, glyph)| {
            if hides(at) { glyph.read_as(vowel, Kind::Letter, Dress(Dress::GUESSED)) } else { *glyph }
        }));
        out.push(super::reading::space(&word[word.len() - 1]));
    }
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
    let reads = |glyphs: &[Glyph], letters: &str| glyphs.iter().map(|glyph| glyph.ch).eq(letters.chars().map(folded));
    let known = MASKED.lines().filter_map(masked).find(|(before, hidden, behind)| {
        let [before_len, hidden_len, behind_len] = [before, hidden, behind].map(|part| part.chars().count());
        // Where little is left to see, one more or less is hidden as well; a single letter is one that is listed so.
        let off = usize::from(len > 1 && before_len + behind_len < 4);
        left.len() >= before_len
            && right.len() >= behind_len
            && hidden_len.abs_diff(len) <= off
            && reads(&left[left.len() - before_len..], before)
            && reads(&right[..behind_len], behind)
    });
    let Some((_, hidden, _)) = known else { return };
    out.extend_from_slice(left);
    out.extend(hidden.chars().map(folded).enumerate().map(|(at, ch)| {
        let place = &word[start + at.min(len - 1)];
        place.read_as(ch, Kind::Letter, Dress(Dress::STYLED))
    }));
    out.extend_from_slice(right);
    out.push(super::reading::space(&word[word.len() - 1]));
}

/// What stands before the hidden letters of a line, those, and what stands behind.
fn masked(line: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = line.split_once('(')?;
    let (hidden, behind) = rest.split_once(')')?;
    Some((before, hidden, behind))
}

/// `fцck`, `яetard`: Cyrillic letters in a Latin word that look like no Latin letter at first, by look and by sound.
pub fn foreign(word: &[Glyph], out: &mut Vec<Glyph>) {
    let is_native = |glyph: &Glyph| glyph.kind == Kind::Letter && ('\u{400}'..='\u{52f}').contains(&glyph.ch);
    let is_latin = |glyph: &&Glyph| glyph.ch.is_ascii_lowercase() && !glyph.dress.has(Dress::LOOKALIKE);
    let native = word.iter().filter(|glyph| is_native(glyph)).count();
    if native == 0 || word.iter().filter(is_latin).count() < 2 || native * 2 > word.len() || word.len() > 32 {
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

    #[test]
    fn masked_words_are_sorted_and_say_what_is_hidden() {
        assert!(MASKED.lines().is_sorted_by(|a, b| a < b), "rules/masked.txt is not sorted");
        let plain = |part: &str| part.chars().all(|ch| ch.is_alphabetic() && !ch.is_uppercase());
        let is_right = |line: &str| {
            masked(line).is_some_and(|(before, hidden, behind)| {
                !before.is_empty() && !hidden.is_empty() && [before, hidden, behind].into_iter().all(plain)
            })
        };
        let wrong: Vec<_> = MASKED.lines().filter(|line| !is_right(line)).collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }
}
