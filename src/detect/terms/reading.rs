//! The ways in which a message can be read. Most have one; a disguise may ask for another.

use super::beside::is_wordy;
use super::hangul;
use super::hidden::{can_hide, filled, foreign, guessed, is_latin};
use crate::text::{Ask, Dress, Glyph, Kind, Text};

/// Appends to `out` the words of `text` that can be read in another way than glyph by glyph, in all those ways, each
/// followed by a space; where they have more glyphs than `most`, not all. Nothing for most messages. `content` is asked for
/// bidirectional overrides only.
#[inline]
pub fn others(content: &str, text: &Text, most: usize, out: &mut Vec<Glyph>) {
    let hides = text.is_asked([Ask::Separated, Ask::Hidden, Ask::Masked]);
    if hides | text.has(Kind::Bidi) | text.has_dress(Dress::TURNED) | !text.is_plain() {
        each_other(content, text, most, out);
    }
}

/// The same of a text that may have any.
#[inline(never)]
fn each_other(content: &str, text: &Text, most: usize, out: &mut Vec<Glyph>) {
    let glyphs = &text.glyphs;
    if text.has(Kind::Bidi) {
        overridden(content, glyphs, out);
    }
    if text.has_dress(Dress::TURNED) {
        each_word_with(glyphs, |glyph| glyph.dress.has(Dress::TURNED), is_wordy, |word| turned(word, out));
    }
    each_word_at(glyphs, text.asked([Ask::Separated]), is_dense, |word| without_symbols(word, out));
    each_word_at(glyphs, text.asked([Ask::Hidden]), may_be_hidden, |word| {
        if out.len() <= most {
            guessed(word, out);
        }
    });
    each_word_at(glyphs, text.asked([Ask::Masked]), may_be_masked, |word| filled(word, out));
    if !text.is_plain() {
        in_other_scripts(content, text, out);
    }
}

/// The readings that only letters beyond ASCII ask for.
fn in_other_scripts(content: &str, text: &Text, out: &mut Vec<Glyph>) {
    let glyphs = &text.glyphs;
    if text.has_false_capitals() {
        each_word_with(
            glyphs,
            |glyph| glyph.dress.has(Dress::LOOKALIKE),
            is_wordy,
            |word| capitals(content, word, out),
        );
    }
    let cyrillic = '\u{400}'..='\u{52f}';
    // Most have no Latin letter, but many that look like one: no branch on each.
    let has_latin = || glyphs.iter().fold(false, |any, glyph| any | is_latin(glyph));
    if text.may_have(cyrillic.clone()) && glyphs.iter().any(|glyph| cyrillic.contains(&glyph.ch)) && has_latin() {
        each_word_with(glyphs, is_latin, is_wordy, |word| foreign(word, out));
    }
    if text.may_have(hangul::VOWELS) && glyphs.iter().any(|glyph| hangul::VOWELS.contains(&glyph.ch)) {
        let is_hangul = |glyph: &Glyph| hangul::is_hangul(glyph.ch);
        each_word_with(glyphs, is_hangul, is_hangul, |run| hangul::composed(run, out));
    }
}

fn is_letter(glyph: &Glyph) -> bool {
    glyph.kind == Kind::Letter
}

/// Anything but white space.
fn is_dense(glyph: &Glyph) -> bool {
    !matches!(glyph.kind, Kind::Space | Kind::Newline)
}

/// A letter, or what may stand for one or hide it.
fn may_be_hidden(glyph: &Glyph) -> bool {
    is_wordy(glyph) || can_hide(glyph)
}

/// A letter, or a symbol that hides one.
fn may_be_masked(glyph: &Glyph) -> bool {
    is_wordy(glyph) || glyph.kind == Kind::Mask
}

/// Calls `word` for every run of glyphs that satisfy `belongs` and have one of some places, which are in order.
fn each_word_at(
    glyphs: &[Glyph],
    places: impl Iterator<Item = usize>,
    belongs: impl Fn(&Glyph) -> bool,
    mut word: impl FnMut(&[Glyph]),
) {
    let mut end = 0;
    for at in places {
        // It may be in the word of the one before, or in none.
        if at < end || !glyphs.get(at).is_some_and(&belongs) {
            continue;
        }
        let start = glyphs[..at].iter().rposition(|glyph| !belongs(glyph)).map_or(0, |last| last + 1);
        end = at + glyphs[at..].iter().position(|glyph| !belongs(glyph)).unwrap_or(glyphs.len() - at);
        word(&glyphs[start..end]);
    }
}

/// Calls `word` for every run of glyphs that satisfy `belongs` in which there is one that is `asked` for, as few are.
fn each_word_with(
    glyphs: &[Glyph],
    asked: impl Fn(&Glyph) -> bool,
    belongs: impl Fn(&Glyph) -> bool,
    mut word: impl FnMut(&[Glyph]),
) {
    let mut rest = glyphs;
    while let Some(at) = rest.iter().position(&asked) {
        let (before, after) = rest.split_at(at);
        let start = before.iter().rposition(|glyph| !belongs(glyph)).map_or(0, |last| last + 1);
        let end = at + 1 + after.iter().skip(1).position(|glyph| !belongs(glyph)).unwrap_or(after.len() - 1);
        word(&rest[start..end]);
        rest = &rest[end..];
    }
}

/// What keeps two readings apart.
pub fn space(after: &Glyph) -> Glyph {
    after.at(after.end, after.end).read_as(' ', Kind::Space, Dress::default())
}

/// `ɟnɔʞ`: a word with letters on their head stands on its head as a whole, left to right or right to left.
fn turned(word: &[Glyph], out: &mut Vec<Glyph>) {
    if !word.iter().any(|glyph| glyph.dress.has(Dress::TURNED)) {
        return;
    }
    let upright = |glyph: &Glyph| {
        let ch = match glyph.ch {
            _ if glyph.dress.has(Dress::TURNED) => glyph.ch,
            'n' => 'u',
            'u' => 'n',
            'p' => 'd',
            'd' => 'p',
            // ɓ is a g on its head; a plain b a q.
            'b' if glyph.dress.has(Dress::STYLED) => 'g',
            'b' => 'q',
            'q' => 'b',
            '6' => '9',
            '9' => '6',
            other => other,
        };
        glyph.read_as(ch, glyph.kind, glyph.dress)
    };
    out.extend(word.iter().map(upright));
    out.push(space(&word[word.len() - 1]));
    out.extend(word.iter().rev().map(upright));
    out.push(space(&word[0]));
}

/// `f!u!c!k`, `f.u|c-k`: symbols that could be letters, read as what stands between letters.
fn without_symbols(word: &[Glyph], out: &mut Vec<Glyph>) {
    let first = word.iter().position(is_letter).unwrap_or(word.len());
    let last = word.iter().rposition(is_letter).unwrap_or(0);
    let between = |at: usize| word[at].kind == Kind::Leet && first < at && at < last;
    if !(first..last).any(between) || word.iter().filter(|glyph| is_letter(glyph)).count() < 3 {
        return;
    }
    out.extend(word.iter().enumerate().map(|(at, glyph)| {
        let kind = if between(at) { Kind::Punct } else { glyph.kind };
        glyph.read_as(glyph.ch, kind, glyph.dress)
    }));
    out.push(space(&word[word.len() - 1]));
}

/// `ΝΟΗ`: Greek capitals look like other letters than their small forms, by which they are known otherwise.
fn capitals(content: &str, word: &[Glyph], out: &mut Vec<Glyph>) {
    let looks = |glyph: &Glyph| {
        let is_capital = glyph.dress.has(Dress::LOOKALIKE) && glyph.dress.has(Dress::UPPER);
        let written = if is_capital { content.get(glyph.start as usize..)?.chars().next() } else { None };
        Some(match written? {
            'Η' => 'h',
            'Ν' => 'n',
            'Μ' => 'm',
            'Υ' => 'y',
            _ => return None,
        })
    };
    if word.iter().any(|glyph| looks(glyph).is_some()) {
        out.extend(word.iter().map(|glyph| glyph.read_as(looks(glyph).unwrap_or(glyph.ch), glyph.kind, glyph.dress)));
        out.push(space(&word[word.len() - 1]));
    }
}

/// What stands between a right-to-left override and its end is read backwards.
fn overridden(content: &str, glyphs: &[Glyph], out: &mut Vec<Glyph>) {
    let mut open = None;
    let mut next = 0;
    for (at, c) in content.char_indices() {
        if matches!(c, '\u{202e}' | '\u{2067}') {
            open = open.or(Some(at as u32));
        } else if matches!(c, '\u{202c}' | '\u{2069}' | '\n')
            && let Some(from) = open.take()
        {
            next = backwards(glyphs, next, from, at as u32, out);
        }
    }
    if let Some(from) = open {
        backwards(glyphs, next, from, content.len() as u32, out);
    }
}

/// Appends the glyphs between two bytes in reverse; returns the index after them.
fn backwards(glyphs: &[Glyph], next: usize, from: u32, to: u32, out: &mut Vec<Glyph>) -> usize {
    let first = next + glyphs[next..].partition_point(|glyph| glyph.start < from);
    let end = first + glyphs[first..].partition_point(|glyph| glyph.start < to);
    out.extend(glyphs[first..end].iter().rev());
    if let Some(glyph) = glyphs[first..end].first() {
        out.push(space(glyph));
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every three characters of ASCII between two others.
    fn triples() -> impl Iterator<Item = Text> {
        let bytes = || b' '..=b'~';
        let all = bytes()
            .flat_map(move |a| bytes().flat_map(move |b| bytes().map(move |c| [b's', b'h', a, b, c, b'7', b'z'])));
        all.map(|triple| Text::fold(&triple.map(char::from).iter().collect::<String>()))
    }

    /// Whether words that [`others`] does not look at could be read in another way.
    fn passes_over(text: &Text) -> bool {
        let (glyphs, mut found, mut all) = (&text.glyphs, Vec::new(), Vec::new());
        each_word_at(glyphs, text.asked([Ask::Separated]), is_dense, |word| without_symbols(word, &mut found));
        each_word_at(glyphs, text.asked([Ask::Hidden]), may_be_hidden, |word| guessed(word, &mut found));
        each_word_at(glyphs, text.asked([Ask::Masked]), may_be_masked, |word| filled(word, &mut found));
        glyphs.split(|glyph| !is_dense(glyph)).for_each(|word| without_symbols(word, &mut all));
        glyphs.split(|glyph| !may_be_hidden(glyph)).for_each(|word| guessed(word, &mut all));
        glyphs.split(|glyph| !may_be_masked(glyph)).for_each(|word| filled(word, &mut all));
        found != all
    }

    #[test]
    fn no_word_of_plain_text_is_passed_over() {
        let wrong: Vec<_> = triples().filter(passes_over).map(|text| text.glyphs).collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }

    #[test]
    fn no_word_is_passed_over() {
        let all = "x \n!?-*$€†·•‐＊？＄😀点éд한３’\u{301}";
        let pairs = || all.chars().flat_map(|a| all.chars().map(move |b| (a, b)));
        let contents = all.chars().flat_map(|first| pairs().map(move |(a, b)| ['f', first, a, b, 'k', 'б']));
        let wrong: Vec<_> =
            contents.filter(|content| passes_over(&Text::fold(&content.iter().collect::<String>()))).collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }
}
