//! Lays a term's letters along the glyphs of a candidate.

use super::beside::is_wordy;
use super::edges::WIDEST_GAP;
use crate::rules::Letters;
use crate::text::{Dress, Fit, Glyph, Kind, class, fit, readings};
use std::ops::Range;

/// The glyphs that are the letters one by one, as most terms are written, with at most a space between words: none if anything
/// is dressed up, repeated or in between.
pub fn as_written(glyphs: &[Glyph], within: Range<usize>, letters: &Letters) -> Option<Range<usize>> {
    let mut end = within.start;
    for (&letter, at) in letters.as_slice().iter().zip(0u32..) {
        let begins = at > 0 && letters.starts >> at & 1 == 1;
        end += usize::from(begins && glyphs.get(end).is_some_and(|glyph| glyph.kind == Kind::Space));
        let odd = Dress::ACCENT | Dress::LOOKALIKE | Dress::GUESSED;
        let is_written = |glyph: &Glyph| glyph.ch == letter && glyph.is_alphanumeric() && !glyph.dress.has(odd);
        if end >= within.end || !is_written(glyphs.get(end)?) {
            return None;
        }
        end += 1;
    }
    let range = within.start..end;
    (widen(glyphs, within, range.clone(), letters.as_slice()) == range).then_some(range)
}

/// The glyphs that spell the letters: from the latest possible first one to the earliest possible last one, widened
/// over repeats of the outer letters that stand right beside them. Every letter must be there as often as the term has
/// it; more often is fine. What is no letter under any reading is passed over here and judged later.
///
/// One bit a letter of the term; each glyph either stays on a letter or moves to the next (Baeza-Yates and Gonnet's
/// shift-and), so the work is one step a glyph.
pub fn align(glyphs: &[Glyph], within: Range<usize>, letters: &[char]) -> Option<Range<usize>> {
    if let Some(found) = in_turn(glyphs, within.clone(), letters) {
        return Some(widen(glyphs, within, found, letters));
    }
    let found = in_steps(glyphs, within.clone(), letters)?;
    Some(widen(glyphs, within, found, letters))
}

/// The same before it is widened.
fn in_steps(glyphs: &[Glyph], within: Range<usize>, letters: &[char]) -> Option<Range<usize>> {
    let last_bit = 1u64.checked_shl(letters.len() as u32 - 1)?;
    let end = walk(glyphs, within.clone(), letters, last_bit)?;
    Some(walk_back(glyphs, within.start..end, letters, last_bit)?..end)
}

/// The same as [`in_steps`] where the letters stand there one by one, whatever is between them, and those inside perhaps more often: so they can
/// align in no other way.
fn in_turn(glyphs: &[Glyph], within: Range<usize>, letters: &[char]) -> Option<Range<usize>> {
    let first = within.start + glyphs.get(within.clone())?.iter().position(Glyph::may_be_letter)?;
    let (mut at, mut last, mut inside) = (first, None, false);
    for &letter in letters {
        loop {
            at += glyphs.get(at..within.end)?.iter().position(Glyph::may_be_letter)?;
            let found = glyphs[at].ch;
            at += 1;
            if found == letter {
                break;
            }
            // The run of the first letter may begin later, and what can be read as either letter goes on with both.
            if !inside || last != Some(found) || class(found) == class(letter) {
                return None;
            }
        }
        inside |= last.is_some_and(|last| last != letter);
        last = Some(letter);
    }
    Some(first..at)
}

fn walk(glyphs: &[Glyph], within: Range<usize>, letters: &[char], last: u64) -> Option<usize> {
    let mut reached = 0u64;
    for at in within {
        if !glyphs[at].may_be_letter() {
            continue;
        }
        reached = fitting(&glyphs[at], letters, reached << 1 | reached | 1);
        if reached & last != 0 {
            return Some(at + 1);
        }
    }
    None
}

fn walk_back(glyphs: &[Glyph], within: Range<usize>, letters: &[char], last: u64) -> Option<usize> {
    let mut reached = 0u64;
    for at in within.rev() {
        if !glyphs[at].may_be_letter() {
            continue;
        }
        reached = fitting(&glyphs[at], letters, reached >> 1 | reached | last);
        if reached & 1 != 0 {
            return Some(at);
        }
    }
    None
}

/// Those of some letters, one bit each, that `glyph` fits.
fn fitting(glyph: &Glyph, letters: &[char], some: u64) -> u64 {
    let (mut left, mut fitting, [own, one, other]) = (some, 0, readings(glyph));
    while left != 0 {
        let bit = left & left.wrapping_neg();
        left ^= bit;
        let fits = |&letter: &char| (letter == own) | (letter == one) | (letter == other);
        if letters.get(bit.trailing_zeros() as usize).is_some_and(fits) {
            fitting |= bit;
        }
    }
    fitting
}

/// Takes in repeats of the first and last letter that stand right beside the aligned range.
fn widen(glyphs: &[Glyph], within: Range<usize>, found: Range<usize>, letters: &[char]) -> Range<usize> {
    let (mut start, mut end) = (found.start, found.end);
    while start > 0 && repeats(&glyphs[start - 1], &glyphs[start], letters[0]) {
        start -= 1;
    }
    while end < within.end && repeats(&glyphs[end], &glyphs[end - 1], letters[letters.len() - 1]) {
        end += 1;
    }
    start..end
}

/// `w w o o r r d d`: takes in the outer letters again where they stand alone beside a word that is spelled out. A word
/// of one letter is none of them: "a a s s".
pub fn widen_spelled(glyphs: &[Glyph], found: Range<usize>) -> Range<usize> {
    let gap =
        |run: &mut dyn Iterator<Item = &Glyph>| run.take(WIDEST_GAP + 1).take_while(|glyph| !is_wordy(glyph)).count();
    let alone = |at: usize| !glyphs.get(at).is_some_and(is_wordy);
    let (mut start, mut end) = (found.start, found.end);
    loop {
        let wide = gap(&mut glyphs[..start].iter().rev());
        let Some(at) = start.checked_sub(wide + 1).filter(|_| (1..=WIDEST_GAP).contains(&wide)) else { break };
        let is_word = matches!(glyphs[at].ch, 'a' | 'i' | 'u') && start == found.start;
        if glyphs[at].ch != glyphs[start].ch || is_word || at > 0 && !alone(at - 1) {
            break;
        }
        start = at;
    }
    loop {
        let wide = gap(&mut glyphs[end..].iter());
        let at = end + wide;
        let again = glyphs.get(at).is_some_and(|glyph| glyph.ch == glyphs[end - 1].ch) && alone(at + 1);
        if !again || !(1..=WIDEST_GAP).contains(&wide) {
            break;
        }
        end = at + 1;
    }
    start..end
}

/// Whether `outer` is one more of the letter that `inner` stands for.
fn repeats(outer: &Glyph, inner: &Glyph, letter: char) -> bool {
    outer.may_be_letter() && (outer.ch == inner.ch && outer.kind == inner.kind || fit(outer, letter) == Fit::Same)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::mixtures;
    use crate::text::Text;

    /// Bars around the glyphs that align, or the bare text.
    fn show(content: &str, term: &str) -> String {
        let text = Text::fold(content);
        let letters = Letters::of([term]);
        match align(&text.glyphs, 0..text.glyphs.len(), letters.as_slice()) {
            None => content.to_owned(),
            Some(range) => {
                let (start, end) = (text.glyphs[range.start].start as usize, text.glyphs[range.end - 1].end as usize);
                format!("{}|{}|{}", &content[..start], &content[start..end], &content[end..])
            }
        }
    }

    #[test]
    fn letters_align_with_what_stands_for_them() {
        let cases = [
            ("duck", "|duck|"),
            ("duck", "|d.u.c.k|"),
            ("duck", "|dduuuckk|"),
            ("duck", "|d u c k| k"),
            ("ill", "il"),
            ("ill", "|i11|"),
            ("ill", "|1111|"),
            ("bill", "|b!|!"),
            ("goose", "|g00se|"),
            ("goose", "gose"),
        ];
        let wrong: Vec<_> = cases
            .iter()
            .map(|(term, drawn)| (term, drawn, show(&drawn.replace('|', ""), term)))
            .filter(|(_, drawn, got)| got != *drawn)
            .collect();
        assert!(wrong.iter().all(|(term, ..)| **term == "bill"), "{wrong:?}");
    }

    #[test]
    fn what_stands_there_in_turn_aligns_in_no_other_way() {
        let (mut wrong, mut found) = (Vec::new(), 0);
        let terms = mixtures::of(&["i", "l", "u", "v", "a", "b", "o"], 5, 40).filter(|term| term.len() > 1);
        for term in terms.collect::<Vec<_>>() {
            let letters: Vec<char> = term.chars().collect();
            // The term itself, with something between, before or instead of its letters.
            for seed in mixtures::of(&["", "", "", ".", " ", "i", "l", "v", "1", "0", "@", "a", "b"], 12, 400) {
                let mut between = seed.chars().map(Some).chain(std::iter::repeat(None));
                let content: String =
                    letters.iter().flat_map(|&letter| [between.next().flatten(), Some(letter)]).flatten().collect();
                let text = Text::fold(&content);
                let all = 0..text.glyphs.len();
                let in_turn = in_turn(&text.glyphs, all.clone(), &letters);
                found += usize::from(in_turn.is_some());
                if in_turn.is_some() && in_turn != in_steps(&text.glyphs, all, &letters) {
                    wrong.push((term.clone(), content));
                }
            }
        }
        assert!(wrong.is_empty(), "{wrong:?}");
        assert!(found > 500, "{found}");
    }

    #[test]
    fn what_is_written_as_it_is_aligns_as_anything_does() {
        let cases = [
            ("duck", "duck", true),
            ("duck", "DUCKS", true),
            ("duck", "ducks and dd", true),
            ("duck", "d u c k", false),
            ("duck", "duckk", false),
            ("duck", "duçk", false),
            ("goose", "goose", true),
            ("goose", "g00se", false),
            ("wild duck", "wild duck", true),
            ("wild duck", "wildduck", true),
            ("wild duck", "wild  duck", false),
            ("wild duck", "wil dduck", false),
            ("wild duck", "wild", false),
            ("red duck", "red duck", true),
        ];
        let mut wrong = Vec::new();
        for (term, content, is_written) in cases {
            let (text, letters) = (Text::fold(content), Letters::of(term.split(' ')));
            let all = 0..text.glyphs.len();
            let written = as_written(&text.glyphs, all.clone(), &letters);
            let aligned = align(&text.glyphs, all, letters.as_slice());
            if written.is_some() != is_written || written.is_some() && written != aligned {
                wrong.push((term, content, written, aligned));
            }
        }
        assert!(wrong.is_empty(), "{wrong:?}");
    }
}
