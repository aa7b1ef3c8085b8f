//! Where a word begins and ends: boundaries, endings, glue.

use super::beside::{Beside, Gaps, REACH, after, before, is_solid, spelled_on};
use super::evidence::Shape;
use super::piece;
use crate::rules::{Inflect, Leads, Needle, Words};
use crate::text::{Dress, Glyph, Kind};
use std::ops::Range;

/// The most characters between two letters of a word that is spelled out.
pub const WIDEST_GAP: usize = 3;

/// The fewest letters of a word to which everyday ones are glued at one end alone, but for hashtags.
pub const LONG: usize = 5;

/// How a hit is joined to what stands beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// A word boundary, or what counts as one.
    Clean,
    /// Everyday words of so many letters, written without a space, where the term asks for a boundary.
    Glued(usize),
    /// Everyday words where the term is open (`word*`).
    Open,
}

fn is_unspaced_letter(glyph: &Glyph) -> bool {
    glyph.is(Glyph::UNSPACED)
}

/// A hit whose edges are asked for.
pub struct Word<'a> {
    /// The reading it stands in.
    pub glyphs: &'a [Glyph],
    /// Its glyphs.
    pub range: Range<usize>,
    /// How its letters stand.
    pub shape: Shape,
    /// Whether any of its letters is written with a digit or symbol.
    pub dressed: bool,
    /// What was found.
    pub needle: &'a Needle,
    /// Everyday words.
    pub words: &'a Words,
}

impl Word<'_> {
    /// The glyphs of the hit with its ending, if it begins and ends as a word does.
    pub fn whole(&self) -> Option<Range<usize>> {
        // Most stand between spaces, and then nothing else speaks against them.
        if self.is_between_spaces() { Some(self.range.clone()) } else { self.asked_whole() }
    }

    /// Whether nothing stands beside it that could be asked for.
    fn is_between_spaces(&self) -> bool {
        let is_gap =
            |at: Option<usize>| at.and_then(|at| self.glyphs.get(at)).is_none_or(|glyph| glyph.kind == Kind::Space);
        self.shape == Shape::Solid
            && self.first().kind == Kind::Letter
            && is_gap(self.range.start.checked_sub(1))
            && is_gap(Some(self.range.end))
    }

    /// The same as [`Word::whole`], whatever stands beside it.
    fn asked_whole(&self) -> Option<Range<usize>> {
        if !self.stands_alone() || piece::is_piece(self) || self.opens_bracket() {
            return None;
        }
        self.standing().or_else(|| self.given_back())
    }

    /// The same, once nothing else speaks against it.
    fn standing(&self) -> Option<Range<usize>> {
        let (left, start) = self.left()?;
        let (right, end) = self.right()?;
        if matches!(self.shape, Shape::Split | Shape::Mixed(..))
            && [left, right].iter().any(|edge| matches!(edge, Edge::Glued(_)))
        {
            // In "всем удачи" two guesses would have to be right at once.
            return None;
        }
        // Of a phrase, the word that the glue is on counts.
        let (first, last) = self.needle.letters.outer_words();
        let enough = match (left, right) {
            (Edge::Clean | Edge::Open, Edge::Clean | Edge::Open) => true,
            // One everyday word beside a short term is too often another word ("dickson", "peacock", "sambouse").
            (Edge::Clean, Edge::Glued(more)) => last >= LONG && last + more >= 9 || last >= 4 && self.is_hashtag(),
            (Edge::Glued(more), Edge::Clean) => first >= LONG && first + more >= 9,
            (Edge::Glued(_), Edge::Open) => first >= 4,
            (Edge::Open, Edge::Glued(_)) => last >= 4,
            (Edge::Glued(_), Edge::Glued(_)) => first.min(last) >= 4,
        };
        enough.then_some(start..end)
    }

    /// `#thisswordsstream`: the first letter may be the last one of what stands before, the last the first one of what
    /// follows.
    fn given_back(&self) -> Option<Range<usize>> {
        let (start, end) = (self.range.start, self.range.end);
        let hit = &self.glyphs[self.range.clone()];
        let spare = |found: usize, wanted: usize| usize::from(found > wanted);
        let left = spare(run(hit.iter().map(|glyph| glyph.ch)), run(self.needle.letters.as_slice().iter().copied()));
        let right = spare(
            run(hit.iter().rev().map(|glyph| glyph.ch)),
            run(self.needle.letters.as_slice().iter().rev().copied()),
        );
        [(left, 0), (0, right), (left, right)]
            .into_iter()
            .filter(|spare| *spare != (0, 0))
            .find_map(|(left, right)| Word { range: start + left..end - right, ..*self }.standing())
    }

    /// Whether the first and last letter, if they are spelled out, belong to no other word.
    fn stands_alone(&self) -> bool {
        let before = || self.range.start.checked_sub(1).and_then(|at| self.glyphs.get(at));
        !(self.shape.begins_spelled() && before().is_some_and(is_solid)
            || self.shape.ends_spelled() && self.glyphs.get(self.range.end).is_some_and(is_solid))
    }

    /// `(unter)`: a bracket that is closed again is a bracket, no letter.
    fn opens_bracket(&self) -> bool {
        let close = match self.first().ch {
            '(' => ')',
            '[' => ']',
            '{' => '}',
            '<' => '>',
            _ => return false,
        };
        let rest = self.glyphs[self.range.end..].iter();
        self.first().kind == Kind::Leet && rest.take(REACH * 4).any(|glyph| glyph.ch == close)
    }

    fn is_hashtag(&self) -> bool {
        self.range.start.checked_sub(1).is_some_and(|at| self.glyphs[at].ch == '#')
    }

    /// What stands between the letters of its first word, or of its last.
    fn gaps(&self, of_last: bool) -> Gaps {
        let (first, last) = self.needle.letters.outer_words();
        let hit = &self.glyphs[self.range.clone()];
        if of_last { Gaps::of(hit.iter().rev(), last) } else { Gaps::of(hit.iter(), first) }
    }

    fn first(&self) -> &Glyph {
        &self.glyphs[self.range.start]
    }

    fn last(&self) -> &Glyph {
        &self.glyphs[self.range.end - 1]
    }

    /// How the hit begins, and with which glyph.
    fn left(&self) -> Option<(Edge, usize)> {
        let start = self.range.start;
        let clean = Some((Edge::Clean, start));
        let spelled = self.shape.begins_spelled();
        let beside = if spelled {
            let gaps = self.gaps(false);
            let beside = spelled_on(self.glyphs, start, false, gaps.widest);
            if gaps.are_of_another_word(self.glyphs[start - beside.glyphs..start].iter().rev()) {
                return Some((Edge::Clean, start));
            }
            beside
        } else {
            before(self.glyphs, start)
        };
        if beside.glyphs == 0 {
            return if self.follows_apostrophe() { None } else { clean };
        }
        if spelled && matches!(&*beside.letters(), "a" | "i" | "u") {
            // "what a w o r d": a word of one letter is no part of the spelling.
            return clean;
        }
        if spelled && self.is_among_parts(&beside) {
            return clean;
        }
        let previous = &self.glyphs[start - 1];
        if self.needle.stance.open_left {
            let edge = || if self.are_words(&beside.letters()) { Edge::Open } else { Edge::Clean };
            return (!beside.too_long).then(|| (edge(), start - beside.glyphs));
        }
        let foreign = is_unspaced_letter(previous) || is_unspaced_letter(self.first());
        let camel = self.is_title() && !previous.dress.has(Dress::UPPER) && is_camel(&beside.letters());
        if foreign || camel || beside.digits_only && !self.dressed {
            return clean;
        }
        let glues = !beside.too_long && self.needle.stance.glue;
        let is_leet = previous.kind == Kind::Leet && !self.dressed;
        if !glues && !is_leet {
            return None;
        }
        let letters = beside.letters();
        if is_leet && self.is_word(letters.get(..letters.len() - 1)?) {
            return clean;
        }
        (glues && self.are_words(&letters)).then_some((Edge::Glued(letters.len()), start))
    }

    /// How the hit ends, and with which glyph (exclusive).
    fn right(&self) -> Option<(Edge, usize)> {
        let (end, spelled) = (self.range.end, self.shape.ends_spelled());
        let gaps = if spelled { self.gaps(true) } else { Gaps::default() };
        let beside = if spelled { spelled_on(self.glyphs, end, true, gaps.widest) } else { after(self.glyphs, end) };
        if beside.glyphs == 0 || spelled && self.is_among_parts(&beside) {
            return Some((Edge::Clean, end));
        }
        if self.needle.stance.open_right {
            let edge = || if self.are_words(&beside.letters()) { Edge::Open } else { Edge::Clean };
            return (!beside.too_long).then(|| (edge(), end + beside.glyphs));
        }
        let next = &self.glyphs[end];
        let foreign = is_unspaced_letter(next) || is_unspaced_letter(self.last());
        if foreign || beside.digits_only || self.is_title() && next.dress.has(Dress::UPPER) {
            return Some((Edge::Clean, end));
        }
        let inflect = self.needle.stance.inflect;
        // Letters that are spelled out are not drawn out too: "a s s e s s" ends in no "es".
        let letters = beside.letters();
        let ends = if spelled { endings(inflect).contains(&&*letters) } else { is_ending(inflect, &letters) };
        if ends {
            return Some((Edge::Clean, end + beside.glyphs));
        }
        if spelled && gaps.are_of_another_word(self.glyphs[end..end + beside.glyphs].iter()) {
            return Some((Edge::Clean, end));
        }
        if next.kind == Kind::Leet && !self.dressed && self.is_word(letters.get(1..)?) {
            return Some((Edge::Clean, end));
        }
        if beside.too_long || !self.needle.stance.glue {
            return None;
        }
        endings(self.needle.stance.inflect).iter().chain(&[""]).find_map(|ending| {
            let rest = letters.strip_prefix(ending)?;
            let glyphs = if spelled { 0 } else { ending.len() };
            (!rest.is_empty() && self.are_words(rest)).then_some((Edge::Glued(rest.len()), end + glyphs))
        })
    }

    /// Whether it is a part of a phrase, and the letters spelled out beside it can be another: `b u y f o l l o w e r s`.
    /// Whether they are is asked where its parts are put together.
    fn is_among_parts(&self, beside: &Beside<'_>) -> bool {
        let letters = beside.letters();
        let is_word = || are_words(&letters, self.words, u64::MAX);
        match self.needle.leads {
            _ if beside.too_long || letters.len() < 3 || self.needle.stance.language_bit() != 0 => false,
            Leads::Nowhere | Leads::Anchor(_) => true,
            // It may be a term of an operator's as well.
            Leads::Term(_) | Leads::Several(_) => is_word(),
        }
    }

    /// `that's hit` does not begin a word with its s.
    fn follows_apostrophe(&self) -> bool {
        let before = |back: usize| self.range.start.checked_sub(back).map(|at| &self.glyphs[at]);
        let single = !self.glyphs.get(self.range.start + 1).is_some_and(is_solid);
        single && before(1).is_some_and(|glyph| glyph.kind == Kind::Apostrophe) && before(2).is_some_and(is_solid)
    }

    /// `LikeThis`: a capital and then small letters, three at least.
    fn is_title(&self) -> bool {
        let hit = &self.glyphs[self.range.clone()];
        hit.len() >= 3 && hit[0].dress.has(Dress::UPPER) && hit[1..].iter().all(|glyph| !glyph.dress.has(Dress::UPPER))
    }

    /// Whether `word` is an everyday one in the hit's own language.
    pub fn is_word(&self, word: &str) -> bool {
        word.chars().nth(1).is_some() && self.words.languages(word) & self.everyday() != 0
    }

    /// The languages whose everyday words may be glued to it: its own.
    fn everyday(&self) -> u64 {
        match self.needle.stance.language_bit() {
            0 => crate::rules::ENGLISH,
            own => own,
        }
    }

    /// Whether `letters` are an everyday word of its own language, or two.
    fn are_words(&self, letters: &str) -> bool {
        are_words(letters, self.words, self.everyday())
    }
}

/// Whether `letters` are a word of one of these languages, or two; not too short, as short ones are in most words by chance.
fn are_words(letters: &str, words: &Words, languages: u64) -> bool {
    let is_word = |word: &str, known: u64| known & languages != 0 && word.len() >= 3 && word.chars().nth(1).is_some();
    words.beginnings(letters).any(|(end, known)| {
        let (one, two) = letters.split_at(end);
        is_word(one, known) && (two.is_empty() || one.chars().nth(2).is_some() && is_word(two, words.languages(two)))
    })
}

/// The endings of English words that keep them the same word.
const fn endings(inflect: Inflect) -> &'static [&'static str] {
    match inflect {
        Inflect::None => &[],
        Inflect::Noun => &["s", "es", "z"],
        Inflect::Verb => &["s", "es", "z", "d", "ed", "er", "ers", "in", "ing", "ings", "y"],
    }
}

/// Whether what stands before a title is a part of its own: in `lIkeThis` the l is none.
fn is_camel(before: &str) -> bool {
    before.len() > 1 || matches!(before, "a" | "i" | "u")
}

/// How often the first letter is repeated.
fn run(mut letters: impl Iterator<Item = char>) -> usize {
    let first = letters.next();
    1 + letters.take_while(|letter| Some(*letter) == first).count()
}

/// Whether `letters`, its repeats squeezed, is such an ending.
pub fn is_ending(inflect: Inflect, letters: &str) -> bool {
    let is_squeezed = |ending: &str| {
        let mut letters = letters.chars().peekable();
        let mut fits = |letter: char| {
            let is_there = letters.peek() == Some(&letter);
            while letters.next_if_eq(&letter).is_some() {}
            is_there
        };
        ending.chars().all(&mut fits) && letters.peek().is_none()
    };
    endings(inflect).iter().any(|ending| is_squeezed(ending))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::mixtures;
    use crate::rules::{Letters, Ruleset, Stance};
    use crate::text::Text;

    #[test]
    fn what_stands_between_spaces_is_a_word() {
        let (rules, mut wrong, mut between) = (Ruleset::builtin(), Vec::new(), 0);
        let pieces = ["duck", "duck", " ", " ", "\n", "a", "s", "A", "'", "-", "@", "*", "1", "!", "(", ")", "d u"];
        for (content, bits) in mixtures::of(&pieces, 6, 20_000).zip((0..32u8).cycle()) {
            let [open_left, open_right, glue, noun] = [1, 2, 4, 8].map(|bit| bits & bit != 0);
            let inflect = if noun { Inflect::Noun } else { Inflect::None };
            let stance = Stance { open_left, open_right, inflect, glue, language: 5, ..Stance::default() };
            let needle = Needle { letters: Letters::of(["duck"]), stance, leads: Leads::Nowhere };
            let (text, dressed) = (Text::fold(&content), bits & 16 != 0);
            for start in 0..text.glyphs.len().saturating_sub(3) {
                let (glyphs, range, shape) = (&text.glyphs, start..start + 4, Shape::Solid);
                let word = Word { glyphs, range, shape, dressed, needle: &needle, words: rules.words() };
                if word.is_between_spaces() {
                    between += 1;
                    if word.asked_whole() != word.whole() {
                        wrong.push(content.clone());
                    }
                }
            }
        }
        assert!(wrong.is_empty(), "{wrong:?}");
        assert!(between > 1000, "{between}");
    }
}
