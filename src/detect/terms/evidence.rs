//! Whether what aligned is meant: gaps, digits, repeats, accents, scripts.

use super::beside::is_wordy;
use super::edges::WIDEST_GAP;
use crate::rules::{ENGLISH, Needle, Words};
use crate::text::{Dress, Fit, Glyph, Kind, class_of, fit, is_unspaced, is_vowel, letter_class};
use std::ops::Range;

/// How the letters of a hit stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// In one piece, or in the words that the term has.
    Solid,
    /// Each for itself: `s h i t`.
    Spelled,
    /// Word by word, each in one piece or spelled: `b u y followers`. Whether the first and whether the last is spelled.
    Mixed(bool, bool),
    /// Broken where no word ends: `sh.it`.
    Split,
}

impl Shape {
    /// Whether the letters at its beginning stand each for itself.
    pub const fn begins_spelled(self) -> bool {
        matches!(self, Self::Spelled | Self::Mixed(true, _))
    }

    /// The same of its end.
    pub const fn ends_spelled(self) -> bool {
        matches!(self, Self::Spelled | Self::Mixed(_, true))
    }
}

/// How the letters of `hit` stand, or none if the gaps between them say that they are no word.
pub fn shape(hit: &[Glyph], letters: &[char], needle: &Needle, words: &Words) -> Option<Shape> {
    let is_gap = |glyph: &Glyph| !glyph.may_be_letter();
    if !hit.iter().any(is_gap) {
        return Some(Shape::Solid);
    }
    let gaps = Gaps::of(hit, letters, needle);
    if gaps.widest > WIDEST_GAP {
        return None;
    }
    if gaps.splits == 0 {
        return Some(Shape::Solid);
    }
    if gaps.single_chunks && gaps.chunks >= 3 {
        return Some(Shape::Spelled);
    }
    if gaps.by_word {
        return Some(Shape::Mixed(gaps.first_spelled, gaps.last.is_spelled()));
    }
    if hit.iter().all(|glyph| !glyph.may_be_letter() || is_unspaced(glyph.ch)) {
        return unspaced_shape(hit, &gaps);
    }
    is_broken_word(hit, letters.len(), words).then_some(Shape::Split)
}

/// How the letters of a script without spaces stand. Symbols among them are a disguise, and so are spaces, unless the
/// letters beside them belong to other words; but Hangul has spaces of its own.
fn unspaced_shape(hit: &[Glyph], gaps: &Gaps) -> Option<Shape> {
    let mut between = hit.iter().filter(|glyph| !glyph.may_be_letter());
    let is_odd = |glyph: &Glyph| {
        matches!(glyph.kind, Kind::Mask | Kind::Emoji) || matches!(glyph.ch, '-' | '_' | '~' | '=' | '/' | '·')
    };
    if between.all(is_odd) {
        return Some(Shape::Split);
    }
    let is_ideographic = |glyph: &Glyph| matches!(glyph.ch, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}');
    let single = gaps.single_chunks && hit.iter().all(|glyph| !matches!(glyph.ch, '\u{e00}'..='\u{17ff}'));
    (single || hit.iter().filter(|glyph| glyph.may_be_letter()).all(is_ideographic)).then_some(Shape::Spelled)
}

/// What stands between the letters of a hit.
#[derive(Debug)]
struct Gaps {
    /// Gaps within a word of the term.
    splits: usize,
    /// Pieces without a gap.
    chunks: usize,
    /// Whether each piece is one letter, however often repeated.
    single_chunks: bool,
    /// The most characters in one gap.
    widest: usize,
    /// Whether each word of the term is in one piece or spelled.
    by_word: bool,
    /// Words before the last.
    words: usize,
    /// Whether the first of them is spelled.
    first_spelled: bool,
    /// Its last word.
    last: Pieces,
}

/// How one word of a term stands.
#[derive(Debug)]
struct Pieces {
    splits: usize,
    count: usize,
    /// Whether each piece is one letter.
    single: bool,
}

impl Pieces {
    const NONE: Self = Self { splits: 0, count: 1, single: true };

    /// Whether it is spelled, letter by letter. Two letters may be two words.
    const fn is_spelled(&self) -> bool {
        self.splits > 0 && self.single && self.count >= 3
    }

    const fn is_broken(&self) -> bool {
        self.splits > 0 && !self.is_spelled()
    }
}

impl Gaps {
    fn of(hit: &[Glyph], letters: &[char], needle: &Needle) -> Self {
        let (by_word, first_spelled, last) = (true, false, Pieces::NONE);
        let mut gaps =
            Self { splits: 0, chunks: 1, single_chunks: true, widest: 0, by_word, words: 0, first_spelled, last };
        // Glyphs and letters fall into the same runs of one class: that ties a gap to a place in the term.
        let (mut letter, mut run, mut gap, mut apostrophe) = (0, None, 0, false);
        for glyph in hit {
            let Some(of) = class_of(glyph) else {
                gap += 1;
                apostrophe = glyph.kind == Kind::Apostrophe;
                continue;
            };
            let same_run = run == Some(of);
            let before = letter;
            if !same_run && run.is_some() {
                letter = next_run(letters, letter);
            }
            if gap > 0 {
                let starts_word = if same_run {
                    has_start(letters, before, needle.letters.starts)
                } else {
                    needle.letters.starts >> letter & 1 == 1
                };
                // "I'm" is written for "im" in a phrase and "there's" for a cue "theres"; alone, "he'll" is no "hell".
                let is_term = needle.stance.language_bit() != 0;
                let contracted = needle.letters.starts.count_ones() > 1 || letters.len() <= 3 || !is_term;
                let contracted = apostrophe && gap == 1 && contracted;
                let split = usize::from(!starts_word && !contracted);
                gaps.splits += split;
                gaps.chunks += 1;
                gaps.widest = gaps.widest.max(gap);
                if starts_word {
                    gaps.begin_word();
                } else {
                    gaps.last.splits += split;
                    gaps.last.count += 1;
                }
            } else if !same_run && run.is_some() {
                gaps.single_chunks = false;
                gaps.last.single = false;
            }
            (run, gap) = (Some(of), 0);
        }
        gaps.by_word &= !gaps.last.is_broken();
        gaps
    }

    /// The last word that was begun is whole.
    fn begin_word(&mut self) {
        self.by_word &= !self.last.is_broken();
        self.first_spelled |= self.words == 0 && self.last.is_spelled();
        self.words += 1;
        self.last = Pieces::NONE;
    }
}

/// The first letter of the next run of one class.
fn next_run(letters: &[char], from: usize) -> usize {
    let of = letters.get(from).map(|&letter| letter_class(letter));
    (from..letters.len()).find(|&at| Some(letter_class(letters[at])) != of).unwrap_or(letters.len())
}

/// Whether a word of the term begins within the run that starts at letter `from`.
fn has_start(letters: &[char], from: usize, starts: u64) -> bool {
    (from + 1..next_run(letters, from)).any(|at| starts >> at & 1 == 1)
}

/// Whether the pieces of `hit` are no words of their own, so that only the whole makes sense.
fn is_broken_word(hit: &[Glyph], letters: usize, words: &Words) -> bool {
    if letters < 4 || hit.iter().any(|glyph| is_unspaced(glyph.ch)) {
        return false;
    }
    let is_mark = |glyph: &Glyph| matches!(glyph.ch, ',' | ';' | ':' | '.' | '!' | '?');
    let paused = hit.windows(2).any(|pair| is_mark(&pair[0]) && pair[1].kind == Kind::Space);
    let spaced = hit.iter().any(|glyph| glyph.kind == Kind::Space);
    let has_vowel = |chunk: &[Glyph]| chunk.iter().any(|glyph| is_vowel(glyph.ch));
    if spaced && hit.split(|glyph| !is_wordy(glyph)).all(|chunk| chunk.is_empty() || has_vowel(chunk)) {
        // Most could be words, which nothing else makes a fragment of.
        return false;
    }
    let apostrophe = hit.iter().any(|glyph| glyph.kind == Kind::Apostrophe);
    let (mut any_word, mut any_fragment, mut no_vowel, mut long_no_vowel) = (false, false, false, false);
    for (at, chunk) in hit.split(|glyph| !is_wordy(glyph)).enumerate() {
        let Some(first) = chunk.first() else { continue };
        if at > 0 && first.dress.has(Dress::UPPER) && !hit[0].dress.has(Dress::UPPER)
            || at > 0
                && first.dress.has(Dress::UPPER)
                && chunk.iter().skip(1).any(|glyph| !glyph.dress.has(Dress::UPPER))
        {
            // "Shi-Ting": a capital after the gap begins a name.
            return false;
        }
        let outer = at == 0 || chunk.as_ptr_range().end == hit.as_ptr_range().end;
        if (chunk.len() > 1 || outer) && chunk.iter().all(|glyph| glyph.kind == Kind::Digit) {
            // A number is a number: "7-3, 6-4...and".
            return false;
        }
        let word: String = chunk.iter().map(|glyph| glyph.ch).collect();
        let known = words.languages(&word) != 0 || matches!(word.as_str(), "a" | "i" | "u" | "o" | "y" | "e");
        any_word |= known;
        any_fragment |= !known;
        let mute = !word.chars().any(is_vowel);
        no_vowel |= mute;
        long_no_vowel |= mute && chunk.len() >= 2;
    }
    if (apostrophe || paused) && any_word {
        // "he'll" and "it's" are words with an apostrophe, "sh, it is late" a sentence.
        return false;
    }
    if spaced { long_no_vowel || no_vowel && !any_word } else { any_fragment }
}

/// Counts of how the letters of a hit are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Dressing {
    /// Letters that are what they are.
    pub real: usize,
    /// Letters written with another letter: v for u.
    pub letters: usize,
    /// Letters written with a digit.
    pub digits: usize,
    /// Letters written with a symbol.
    pub symbols: usize,
    /// Letters guessed behind a mask symbol.
    pub guessed: usize,
    /// Letters with an accent that the term does not have.
    pub accents: usize,
    /// Letters of another script that look Latin.
    pub lookalikes: usize,
}

/// Counts how the letters of `hit` are written.
pub fn dressing(hit: &[Glyph], letters: &[char], needle: &Needle) -> Dressing {
    let mut dressing = Dressing::default();
    for glyph in hit.iter().filter(|glyph| glyph.may_be_letter()) {
        match (letters.contains(&glyph.ch), glyph.kind) {
            _ if glyph.dress.has(Dress::GUESSED) => dressing.guessed += 1,
            (true, _) => dressing.real += 1,
            (false, Kind::Letter) => dressing.letters += 1,
            (false, Kind::Digit) => dressing.digits += 1,
            (false, _) => dressing.symbols += 1,
        }
        let is_own = |(at, &letter)| needle.letters.accents >> at & 1 == 1 && fit(glyph, letter) == Fit::Same;
        dressing.accents += usize::from(glyph.dress.has(Dress::ACCENT) && !letters.iter().enumerate().any(is_own));
        dressing.lookalikes += usize::from(glyph.dress.has(Dress::LOOKALIKE));
    }
    dressing
}

impl Dressing {
    /// Digits and symbols need company: enough of the word must be letters.
    pub fn is_enough(&self, letters: usize) -> bool {
        let stands = self.digits + self.symbols;
        let alphabetic = self.real + self.letters;
        if self.guessed > 0 && (letters < 4 || self.real < 2 || stands > 0 || self.guessed > 2) {
            return false;
        }
        if stands == 0 {
            return self.real > 0;
        }
        if letters <= 3 {
            return self.real >= 2 && stands == 1;
        }
        let company = alphabetic >= 2 && alphabetic * 4 >= letters;
        company || self.symbols > 0 && self.real >= 1
    }
}

/// Whether every l that stands for an i, and every v for a u, stands between consonants: `bltch`, `cvnt`. Beside a vowel
/// it is what it is: `fold`, `oven`, `hullo`.
pub fn swaps_are_meant(hit: &[Glyph], letters: &[char], starts: u64) -> bool {
    if !hit.iter().any(swaps) {
        return true;
    }
    let is_vowel = |glyph: Option<&Glyph>| glyph.is_some_and(|glyph| is_vowel(glyph.ch));
    // Glyphs and letters fall into the same runs of one class.
    let (mut start, mut letter) = (0, 0);
    while letter < letters.len() {
        let (next, of) = (next_run(letters, letter), letter_class(letters[letter]));
        let len = hit[start..].iter().take_while(|glyph| class_of(glyph).is_none_or(|class| class == of)).count();
        if matches!(of, 'i' | 'u') && is_swapped(&hit[start..start + len], &letters[letter..next]) {
            let before = hit[..start].iter().rev().find(|glyph| glyph.may_be_letter());
            let vowel_inside = hit[start..start + len].iter().any(|glyph| matches!(glyph.ch, 'i' | 'u'));
            let joined = |at: usize| starts >> at.min(63) & 1 == 0;
            let beside = joined(letter) && is_vowel(before) || joined(next) && is_vowel(hit.get(start + len));
            if vowel_inside || beside {
                return false;
            }
        }
        (start, letter) = (start + len, next);
    }
    true
}

/// Whether it is a letter that may stand for another.
const fn swaps(glyph: &Glyph) -> bool {
    matches!((glyph.kind, glyph.ch), (Kind::Letter, 'l' | 'v'))
}

/// Whether in a run of one class, l and i or v and u, one letter stands for another.
fn is_swapped(run: &[Glyph], letters: &[char]) -> bool {
    let same = |glyph: &Glyph, letter: char| fit(glyph, letter) == Fit::Same;
    let stray = |glyph: &Glyph| swaps(glyph) && !letters.iter().any(|&letter| same(glyph, letter));
    let is_there = |&letter: &char| {
        run.iter().any(|glyph| fit(glyph, letter) != Fit::No && (!swaps(glyph) || same(glyph, letter)))
    };
    run.iter().any(stray) || run.iter().any(swaps) && !letters.iter().all(is_there)
}

/// Whether the doubled letters of the term are doubled in the hit too. Where every letter is repeated, as in
/// `nniiccee`, a double has to be repeated likewise.
///
/// The other way round, a letter that is doubled makes another word, unless the word is English and not too short:
/// `fuuck` is meant, in other languages doubles are spelling. Three in a row are no spelling anywhere.
pub fn doubles_fit(hit: &[Glyph], letters: &[char], english: bool) -> bool {
    let classes = || letters.iter().map(|&letter| letter_class(letter));
    let pairs = || runs(hit.iter().filter_map(class_of)).zip(runs(classes()));
    let (mut least, mut most, mut doubled, mut doubled_inside) = (usize::MAX, 1, false, false);
    for (there, wanted) in pairs() {
        doubled_inside |= doubled;
        doubled = wanted == 1 && there == 2;
        if wanted == 1 {
            (least, most) = (least.min(there), most.max(there));
        }
    }
    if least == usize::MAX || least < 2 {
        let short = !english || letters.len() <= 3;
        return !(short && doubled_inside);
    }
    pairs().all(|(there, wanted)| wanted == 1 || there > most)
}

/// Whether letters of other scripts and foreign accents are a disguise here, and no word of another language.
pub fn script_fits(
    glyphs: &[Glyph],
    range: &Range<usize>,
    dressing: &Dressing,
    needle: &Needle,
    words: &Words,
) -> bool {
    // Far enough to tell the language, near enough to stay linear.
    let around = &glyphs[range.start.saturating_sub(200)..glyphs.len().min(range.end + 200)];
    if dressing.lookalikes > 0 && needle.letters.is_ascii() && !needle.stance.native {
        // A word all of whose letters belong to another script is a word of it, if others stand around it or it is known there:
        // "шапка" is a hat.
        let all = dressing.lookalikes >= dressing.real;
        let is_known = || words.languages(&word_around(glyphs, range)) & !ENGLISH != 0;
        if all && (around.iter().any(|glyph| glyph.kind == Kind::Letter && is_native(glyph.ch)) || is_known()) {
            return false;
        }
    }
    if needle.stance.native
        && dressing.lookalikes == 0
        && needle.letters.is_ascii()
        && (needle.stance.open_left || needle.stance.open_right)
    {
        // "cyka" is typed for "сука", but not every Latin word that begins like a Cyrillic stem looks.
        return false;
    }
    // A part of a phrase and a cue have the other words to tell them by.
    let is_term = needle.stance.language_bit() != 0;
    if dressing.accents > 0 && !is_term && needle.letters.bytes() > 2 {
        return true;
    }
    if dressing.accents > 0 && needle.letters.bytes() <= 5 {
        // Where accents stand elsewhere too they are spelling: "phúc" is a name.
        let accented = |glyph: &Glyph| glyph.dress.has(Dress::ACCENT) && glyph.kind == Kind::Letter;
        let before = glyphs[..range.start].iter().rev().take(200).skip_while(|glyph| glyph.is_alphanumeric());
        let after = glyphs[range.end..].iter().take(200).skip_while(|glyph| glyph.is_alphanumeric());
        return needle.letters.bytes() >= 4 && !before.chain(after).any(accented);
    }
    true
}

/// The whole word that a range is of, folded; of a longer one than any in a list, the nearest letters.
fn word_around(glyphs: &[Glyph], range: &Range<usize>) -> String {
    let is_letter = |glyph: &&Glyph| glyph.kind == Kind::Letter;
    let before = glyphs[..range.start].iter().rev().take(32).take_while(is_letter).count();
    let after = glyphs[range.end..].iter().take(32).take_while(is_letter).count();
    glyphs[range.start - before..range.end + after].iter().map(|glyph| glyph.ch).collect()
}

/// A Cyrillic or Greek letter that looks like no Latin one.
fn is_native(ch: char) -> bool {
    ('\u{370}'..='\u{52f}').contains(&ch)
}

/// How often each class stands in a row.
fn runs(classes: impl Iterator<Item = char>) -> impl Iterator<Item = usize> {
    let mut classes = classes.peekable();
    std::iter::from_fn(move || {
        let of = classes.next()?;
        let mut count = 1;
        while classes.next_if_eq(&of).is_some() {
            count += 1;
        }
        Some(count)
    })
}
