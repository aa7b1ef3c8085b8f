//! The ways in which a message can be read. Most have one; a disguise may ask for another.

use crate::text::{Dress, Glyph, Kind, Text};
use std::ops::Range;

/// The vowels that a mask symbol may hide.
const VOWELS: [char; 5] = ['a', 'e', 'i', 'o', 'u'];

/// Appends to `out` the words of `text` that can be read in another way than glyph by glyph, in all those ways, each
/// followed by a space. Nothing for most messages. `content` is asked for bidirectional overrides only.
pub fn others(content: &str, text: &Text, out: &mut Vec<Glyph>) {
    let glyphs = &text.glyphs;
    if text.has(Kind::Bidi) {
        overridden(content, glyphs, out);
    }
    if text.has_dress(Dress::TURNED) {
        each_word(glyphs, is_wordy, |word| turned(&glyphs[word], out));
    }
    if text.has(Kind::Leet) {
        each_word(glyphs, is_wordy, |word| without_symbols(&glyphs[word], out));
    }
    if text.has(Kind::Mask) || text.has(Kind::Punct) || text.has(Kind::Emoji) {
        each_word(glyphs, |glyph| is_wordy(glyph) || can_hide(glyph), |word| guessed(&glyphs[word], out));
    }
}

/// Calls `word` for every run of glyphs that satisfy `belongs`.
fn each_word(glyphs: &[Glyph], belongs: impl Fn(&Glyph) -> bool, mut word: impl FnMut(Range<usize>)) {
    let mut start = 0;
    for (at, glyph) in glyphs.iter().enumerate() {
        if !belongs(glyph) {
            if start < at {
                word(start..at);
            }
            start = at + 1;
        }
    }
    if start < glyphs.len() {
        word(start..glyphs.len());
    }
}

fn is_wordy(glyph: &Glyph) -> bool {
    matches!(glyph.kind, Kind::Letter | Kind::Digit | Kind::Leet)
}

/// A symbol that people write for a letter they hide.
fn can_hide(glyph: &Glyph) -> bool {
    match glyph.kind {
        Kind::Mask | Kind::Emoji => true,
        Kind::Punct => matches!(glyph.ch, '-' | '.' | '_' | '~' | '=' | '·' | '•'),
        _ => false,
    }
}

fn space(after: &Glyph) -> Glyph {
    Glyph { start: after.end, end: after.end, ch: ' ', kind: Kind::Space, dress: Dress::default() }
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
        Glyph { ch, ..*glyph }
    };
    out.extend(word.iter().map(upright));
    out.push(space(&word[word.len() - 1]));
    out.extend(word.iter().rev().map(upright));
    out.push(space(&word[0]));
}

/// `f!u!c!k`: symbols that could be letters, read as what stands between letters.
fn without_symbols(word: &[Glyph], out: &mut Vec<Glyph>) {
    let inner = |at: usize| word[at].kind == Kind::Leet && at > 0 && at + 1 < word.len();
    let symbols = (0..word.len()).filter(|&at| inner(at)).count();
    if symbols == 0 || word.iter().filter(|glyph| glyph.kind == Kind::Letter).count() < 3 {
        return;
    }
    let plain =
        |glyph: &Glyph| Glyph { kind: if glyph.kind == Kind::Leet { Kind::Punct } else { glyph.kind }, ..*glyph };
    out.extend(word.iter().map(plain));
    out.push(space(&word[word.len() - 1]));
}

/// `f*ck`: one hidden letter, read as each vowel.
fn guessed(word: &[Glyph], out: &mut Vec<Glyph>) {
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
    for vowel in VOWELS {
        out.extend(word.iter().enumerate().map(|(at, glyph)| {
            if hides(at) {
                Glyph { ch: vowel, kind: Kind::Letter, dress: Dress(Dress::GUESSED), ..*glyph }
            } else {
                *glyph
            }
        }));
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
