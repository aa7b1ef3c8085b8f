//! Whether the letters beside what aligned say at once that it is only a piece of a word: most pieces fail here, before anything is
//! asked of how they are written and what they are a piece of.

use super::beside::is_wordy;
use super::edges::LONG;
use crate::rules::{Inflect, Needle, Stance};
use crate::text::Glyph;
use std::ops::Range;

/// Whether letters that go on beside what aligned say at once that it is only a piece of a word: they are too few to be an everyday
/// word, or it is too short for one to be glued to it, at that end alone or at all. Says so of many pieces, of more where it `is_written`
/// letter by letter.
pub fn is_within_word(glyphs: &[Glyph], range: &Range<usize>, needle: &Needle, is_written: bool) -> bool {
    let before = |back: usize| range.start.checked_sub(back).and_then(|at| glyphs.get(at));
    let behind = |on: usize| glyphs.get(range.end + on - 1);
    let wordy = |glyph: Option<&Glyph>| glyph.is_some_and(is_wordy);
    // Three letters are the shortest word, two that are not ASCII.
    let are_few = |[one, two, three]: [Option<&Glyph>; 3]| {
        !wordy(two) || !wordy(three) && [one, two].into_iter().flatten().all(|glyph| glyph.ch.is_ascii())
    };
    // Words of up to three letters are in too many others.
    let (first, last) = needle.letters.outer_words();
    let is_never_glued = first.max(last) < 4;
    let is_small = |glyph: &Glyph| !glyph.is(Glyph::UPPER | Glyph::UNSPACED);
    let Stance { open_left, open_right, inflect, .. } = needle.stance;
    let is_letter = |glyph: Option<&Glyph>| glyph.is_some_and(|glyph| glyph.is(Glyph::LETTER));
    let starts_small = || glyphs[range.clone()].iter().take(2).all(is_small);
    if is_letter(before(1)) && !open_left && !open_right && starts_small() {
        let is_short = !wordy(behind(1)) && first < LONG;
        return is_never_glued || is_short || is_written && are_few([1, 2, 3].map(before));
    }
    let may_end = |glyph: &Glyph| inflect != Inflect::None && glyph.is(Glyph::ENDS);
    if is_written && is_letter(behind(1)) && !open_left && !open_right && is_small(&glyphs[range.end - 1]) {
        let goes_on = behind(1).is_some_and(|glyph| is_small(glyph) && !may_end(glyph));
        let is_alone = !wordy(before(1)) && before(1).is_none_or(|glyph| glyph.ch != '#');
        return goes_on && (is_never_glued || is_alone && last < LONG || are_few([1, 2, 3].map(behind)));
    }
    false
}

#[cfg(test)]
mod tests {
    use super::super::align::{align, as_written};
    use super::super::edges::Word;
    use super::super::evidence::{Shape, shape};
    use super::*;
    use crate::detect::mixtures;
    use crate::rules::{Leads, Letters, Ruleset};
    use crate::text::Text;

    /// The needles of some words, however they may stand.
    fn needles(words: &[&str]) -> impl Iterator<Item = Needle> {
        let letters = Letters::of(words.iter().copied());
        let needle = move |bits: u8| {
            let [open_left, open_right, glue] = [1, 2, 4].map(|bit| bits & bit != 0);
            let inflect = if bits & 8 != 0 { Inflect::Noun } else { Inflect::None };
            let stance = Stance { open_left, open_right, glue, inflect, language: 5, ..Stance::default() };
            Needle { letters, stance, leads: Leads::Nowhere }
        };
        (0..16).map(needle)
    }

    #[test]
    fn what_is_within_a_word_at_once_stands_nowhere() {
        let (rules, mut wrong, mut within) = (Ruleset::builtin(), Vec::new(), 0);
        let pieces =
            ["the", "one", "is", "er", "s", "o", "i", "1", "@", "#", "The", "ON", " ", " ", ".", "да", "и", "字"];
        let terms: [&[&str]; 6] = [&["hell"], &["oss"], &["so", "is"], &["torso"], &["he", "these"], &["да"]];
        for (term, between) in terms.iter().flat_map(|term| ["", "", " ", "."].map(|between| (term, between))) {
            let word = term.concat();
            let (one, rest) = word.split_at(word.chars().next().map_or(0, char::len_utf8));
            let disguised = [one, between, rest].concat();
            let all: Vec<&str> = pieces.iter().copied().chain([&*word, &*disguised, one]).collect();
            for around in mixtures::of(&all, 5, 400) {
                let content = around.replacen(' ', &disguised, 1);
                let (text, needles) = (Text::fold(&content), needles(term));
                for (needle, start) in needles.flat_map(|needle| (0..text.glyphs.len()).map(move |at| (needle, at))) {
                    let (glyphs, at) = (&text.glyphs, start..text.glyphs.len().min(start + 9));
                    let written = as_written(glyphs, at.clone(), &needle.letters);
                    let aligned = || align(glyphs, at.clone(), needle.letters.as_slice());
                    let Some(range) = written.clone().or_else(aligned) else { continue };
                    if !is_within_word(glyphs, &range, &needle, written.is_some()) {
                        continue;
                    }
                    let letters = needle.letters.as_slice();
                    let solid = written.map(|_| Shape::Solid);
                    let Some(shape) = solid.or_else(|| shape(&glyphs[range.clone()], letters, &needle, rules.words()))
                    else {
                        continue;
                    };
                    within += 1;
                    let words = rules.words();
                    let word = Word { glyphs, range, shape, dressed: false, needle: &needle, words };
                    if word.whole().is_some() {
                        wrong.push((content.clone(), term, needle.stance));
                    }
                }
            }
        }
        assert!(wrong.is_empty(), "{} {:?}", wrong.len(), &wrong[..wrong.len().min(9)]);
        assert!(within > 1000, "{within}");
    }
}
