//! The ways in which a message can be read. Most have one; a disguise may ask for another.

use super::edges::is_wordy;
use super::hangul;
use super::hidden::{can_hide, filled, foreign, guessed, is_latin};
use crate::text::{Dress, Glyph, Kind, Sketch, Text};

/// Appends to `out` the words of `text` that can be read in another way than glyph by glyph, in all those ways, each
/// followed by a space; where they have more glyphs than `most`, not all. Nothing for most messages. `content` is asked for
/// bidirectional overrides only.
pub fn others(content: &str, text: &Text, most: usize, out: &mut Vec<Glyph>) {
    let glyphs = &text.glyphs;
    if text.has(Kind::Bidi) {
        overridden(content, glyphs, out);
    }
    if text.has_dress(Dress::TURNED) {
        each_word_with(glyphs, |glyph| glyph.dress.has(Dress::TURNED), is_wordy, |word| turned(word, out));
    }
    if text.has(Kind::Leet) && may_separate(text.sketch()) && separates(glyphs) {
        each_word_with(glyphs, |glyph| glyph.kind == Kind::Leet, is_dense, |word| without_symbols(word, out));
    }
    if text.has_trait(Glyph::HIDES) && hides(text.sketch()) && (text.is_plain() || may_hide(glyphs)) {
        let belongs = |glyph: &Glyph| is_wordy(glyph) || can_hide(glyph);
        each_word_with(glyphs, can_hide, belongs, |word| {
            if out.len() <= most {
                guessed(word, out);
            }
        });
    }
    if text.has(Kind::Mask) {
        let is_mask = |glyph: &Glyph| glyph.kind == Kind::Mask;
        each_word_with(glyphs, is_mask, |glyph| is_wordy(glyph) || is_mask(glyph), |word| filled(word, out));
    }
    if !content.is_ascii() {
        in_other_scripts(content, text, out);
    }
}

/// The readings that only letters beyond ASCII ask for.
fn in_other_scripts(content: &str, text: &Text, out: &mut Vec<Glyph>) {
    let glyphs = &text.glyphs;
    if text.has_dress(Dress::LOOKALIKE) {
        each_word_with(
            glyphs,
            |glyph| glyph.dress.has(Dress::LOOKALIKE),
            is_wordy,
            |word| capitals(content, word, out),
        );
    }
    let cyrillic = '\u{400}'..='\u{52f}';
    if text.may_have(cyrillic.clone()) && glyphs.iter().any(|glyph| cyrillic.contains(&glyph.ch)) {
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

/// What of ASCII is of [`Kind::Leet`].
#[inline]
fn is_leet(byte: u8) -> bool {
    is_any(byte, *b"@$!|+(<{[")
}

/// Whether a byte is one of some. All are compared, as that can be done for many bytes at once.
#[inline]
fn is_any<const N: usize>(byte: u8, of: [u8; N]) -> bool {
    of.iter().fold(false, |is, &one| is | (byte == one))
}

/// Whether [`separates`] may be true: a symbol that could be a letter, or several, stand between other characters.
fn may_separate(sketch: Sketch<'_>) -> bool {
    let is_gap = |byte: u8| matches!(byte, b' ' | b'\n');
    around(sketch, |byte| is_leet(byte) | (byte == Sketch::MARK))
        .any(|[before, _, next]| !is_gap(before) && !is_gap(next) && !is_leet(next))
}

/// Whether [`may_hide`] may be true; of printable ASCII, whether it is.
fn hides(sketch: Sketch<'_>) -> bool {
    let is_punct = |byte: u8| is_any(byte, *b"-._~=");
    let is_mask = |byte: u8| is_any(byte, *b"*#%^&?");
    let is_other = |byte: u8| is_any(byte, [Sketch::MARK, Sketch::EMOJI]);
    let is_letter = |byte: u8| byte.is_ascii_lowercase() || byte >= Sketch::LETTER;
    // `€` is a mark there, and may be a letter.
    let is_wordy = |byte: u8| is_letter(byte) || byte.is_ascii_digit() || is_leet(byte) || byte == Sketch::MARK;
    around(sketch, |byte| is_punct(byte) | is_mask(byte) | is_other(byte)).any(|[before, byte, next]| match byte {
        b'?' => is_wordy(before) && is_wordy(next),
        _ if is_punct(byte) => is_letter(before) && is_letter(next),
        _ => is_wordy(before),
    })
}

/// The bytes that are `wanted`, few of all, each between the one before it and the next; not the first.
fn around<'t>(sketch: Sketch<'t>, wanted: impl Fn(u8) -> bool + 't) -> impl Iterator<Item = [u8; 3]> + 't {
    sketch.places(move |[_, byte]| wanted(byte)).filter_map(move |before| sketch.some(before))
}

/// Whether a symbol that could be a letter stands between letters without white space.
fn separates(glyphs: &[Glyph]) -> bool {
    // 0 before any letter of the word, 1 after one, 2 after a symbol after one.
    let mut state = 0;
    glyphs.iter().any(|glyph| {
        state = match (state, glyph.kind) {
            (_, Kind::Space | Kind::Newline) => 0,
            (2, Kind::Letter) => return true,
            (0, Kind::Letter) => 1,
            (1, Kind::Leet) => 2,
            _ => state,
        };
        false
    })
}

/// Whether a symbol that can hide a letter stands where [`guessed`] asks for it.
fn may_hide(glyphs: &[Glyph]) -> bool {
    let hides = |at: usize, glyph: &Glyph| {
        let before = at.checked_sub(1).map(|at| &glyphs[at]);
        let next = glyphs.get(at + 1);
        match glyph.kind {
            Kind::Punct => before.is_some_and(is_letter) && next.is_some_and(is_letter),
            kind => {
                let ends = kind == Kind::Mask && glyph.ch != '?';
                before.is_some_and(is_wordy) && (ends || next.is_some_and(is_wordy))
            }
        }
    };
    glyphs.iter().enumerate().any(|(at, glyph)| glyph.is(Glyph::HIDES) && hides(at, glyph))
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
        let all = bytes().flat_map(move |a| bytes().flat_map(move |b| bytes().map(move |c| [b'x', a, b, c, b'7'])));
        all.map(|triple| Text::fold(&triple.map(char::from).iter().collect::<String>()))
    }

    #[test]
    fn plain_text_is_asked_the_same() {
        let mut wrong = Vec::new();
        for text in triples() {
            let (glyphs, sketch) = (&text.glyphs, text.sketch());
            let is_wrong =
                !text.is_plain() || hides(sketch) != may_hide(glyphs) || separates(glyphs) && !may_separate(sketch);
            wrong.extend(is_wrong.then(|| text.glyphs.iter().map(|glyph| glyph.ch).collect::<String>()));
        }
        assert!(wrong.is_empty(), "{wrong:?}");
    }

    #[test]
    fn whatever_is_asked_of_glyphs_is_asked_of_sketches() {
        let all = "x \n!?-*$€†·•‐＊？＄😀点éд한３’\u{301}";
        let pairs = || all.chars().flat_map(|a| all.chars().map(move |b| (a, b)));
        let mut wrong = Vec::new();
        for content in all.chars().flat_map(|first| pairs().map(move |(a, b)| ['a', first, a, b, 'б'])) {
            let text = Text::fold(&content.iter().collect::<String>());
            let hidden = may_hide(&text.glyphs) && !hides(text.sketch());
            let separated = separates(&text.glyphs) && !may_separate(text.sketch());
            wrong.extend((hidden || separated).then_some(content));
        }
        assert!(wrong.is_empty(), "{wrong:?}");
    }

    #[test]
    fn leet_is_what_the_table_says() {
        for byte in b' '..=b'~' {
            let text = Text::fold(&char::from(byte).to_string());
            assert_eq!(text.has(Kind::Leet), is_leet(byte), "{:?}", char::from(byte));
        }
    }
}
