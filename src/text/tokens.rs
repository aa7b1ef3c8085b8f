//! The words of a text, each as a number: what is weighed.

use super::fold::{Glyph, Text};
use super::glyph::Kind;

/// How many letters of a word count: what stands behind them is an ending more often than not.
const LETTERS: usize = 6;

/// A word of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is weighed by: the same for words that are weighed alike.
    pub key: u64,
    /// The number of its first glyph, which may be a currency.
    pub start: usize,
    /// One past that of its last glyph.
    pub end: usize,
}

/// The words of a text, in order: as folded, a number without its digits but with its currency and unit, and an emoji. Scripts that
/// put no spaces between words have none.
pub fn tokens(text: &Text) -> impl Iterator<Item = Token> {
    let glyphs = text.glyphs.as_slice();
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let rest = glyphs.get(at..)?;
            at += rest.iter().position(|glyph| is_part(glyph) || glyph.kind == Kind::Emoji)?;
            let (token, next) = token(glyphs, at);
            at = next;
            if token.is_some() {
                return token;
            }
        }
    })
}

/// The word that begins at a glyph, which is none inside of a word, and where the next can begin.
fn token(glyphs: &[Glyph], start: usize) -> (Option<Token>, usize) {
    match glyphs.get(start) {
        Some(Glyph { kind: Kind::Digit, .. }) => number(glyphs, start),
        Some(Glyph { kind: Kind::Emoji, ch, .. }) => {
            (Some(Token { key: with(0, *ch), start, end: start + 1 }), start + 1)
        }
        _ => word(glyphs, start),
    }
}

/// The number that begins at a glyph, with its currency, or its unit: "$50", "10k".
fn number(glyphs: &[Glyph], start: usize) -> (Option<Token>, usize) {
    let at = number_end(glyphs, start + 1);
    let is_money = |at: usize| glyphs.get(at).is_some_and(|glyph| is_currency(glyph.ch));
    let (before, behind) = (is_money(start.wrapping_sub(1)), is_money(at));
    let key = with(if before || behind { with(0, '$') } else { 0 }, '0');
    let start = start - usize::from(before);
    if behind {
        return (Some(Token { key, start, end: at + 1 }), at);
    }
    let unit = letters(glyphs, at);
    let key = unit.iter().take(LETTERS - 1).fold(key, |key, glyph| with(key, glyph.ch));
    let end = at + unit.len();
    (Some(Token { key, start, end }), end)
}

/// The word that begins at a glyph, its letters one by one too: "f r e e". A letter by itself is another word in each language, and
/// here none.
fn word(glyphs: &[Glyph], start: usize) -> (Option<Token>, usize) {
    let key =
        |glyphs: &[Glyph], step| glyphs.iter().step_by(step).take(LETTERS).fold(0, |key, glyph| with(key, glyph.ch));
    let whole = letters(glyphs, start);
    let end = start + whole.len();
    if whole.len() > 1 {
        return (Some(Token { key: key(whole, 1), start, end }), end);
    }
    let single = (start..).step_by(2).take_while(|&at| letters(glyphs, at).len() == 1).count();
    // "I'm" and "u r" are no words.
    if single < 3 {
        return (None, start + 1);
    }
    let end = start + 2 * single - 1;
    (Some(Token { key: key(glyphs.get(start..end).unwrap_or_default(), 2), start, end }), end)
}

/// The letters and digits from a glyph on.
fn letters(glyphs: &[Glyph], start: usize) -> &[Glyph] {
    let rest = glyphs.get(start..).unwrap_or_default();
    rest.split(|glyph| !is_part(glyph)).next().unwrap_or_default()
}

/// The keys of the words of a [plain](Text::is_plain) text in which no word is written letter by letter, as [`tokens`] has them, and 0 for
/// each letter by itself. None for other texts.
pub fn plain_keys(text: &Text) -> Option<impl Iterator<Item = u64>> {
    let (sketch, blocks) = (text.sketch(), text.classes());
    let solid = |block: usize| blocks.get(block).map_or(0, |block| block.solid);
    let mut before = 0;
    let spelled = (0..blocks.len()).fold(0, |any, block| {
        // Whether a place, and those after it, are in a word; the next block begins behind the last.
        let (here, next) = (solid(block), solid(block + 1));
        let later = |places: u32| here >> places | next << (u64::BITS - places);
        let start = here & !(here << 1 | before);
        before = here >> (u64::BITS - 1);
        any | start & !later(1) & later(2) & !later(3) & later(4) & !later(5)
    });
    if !text.is_plain() || spelled != 0 {
        return None;
    }
    let (mut block, mut starts, mut last) = (0, solid(0) & !(solid(0) << 1), solid(0) >> (u64::BITS - 1));
    let mut number_end = 0;
    Some(std::iter::from_fn(move || {
        loop {
            while starts == 0 {
                block += 1;
                if block >= blocks.len() {
                    return None;
                }
                starts = solid(block) & !(solid(block) << 1 | last);
                last = solid(block) >> (u64::BITS - 1);
            }
            let bit = starts.trailing_zeros();
            starts &= starts - 1;
            let place = block * u64::BITS as usize + bit as usize;
            let bytes = sketch.some::<8>(place)?;
            if bytes[0].is_ascii_digit() {
                if place >= number_end {
                    let (number, end) = token(&text.glyphs, place);
                    number_end = end;
                    return Some(number.map_or(0, |number| number.key));
                }
                continue;
            }
            let here = solid(block) >> bit | solid(block + 1) << 1 << (u64::BITS - 1 - bit);
            let letters = (!here).trailing_zeros().min(LETTERS as u32);
            let key = u64::from_be_bytes(bytes) >> (u64::BITS - u8::BITS * letters);
            return Some(if letters > 1 { key } else { 0 });
        }
    }))
}

/// Whether a word can go on with it.
const fn is_part(glyph: &Glyph) -> bool {
    glyph.is_alphanumeric() && !glyph.is(Glyph::UNSPACED)
}

/// Where a number ends of which `at` is inside: "1,000", "0.5".
fn number_end(glyphs: &[Glyph], mut at: usize) -> usize {
    let is_digit = |at: usize| glyphs.get(at).is_some_and(|glyph| glyph.kind == Kind::Digit);
    let is_point = |at: usize| glyphs.get(at).is_some_and(|glyph| matches!(glyph.ch, '.' | ','));
    while is_digit(at) || is_point(at) && is_digit(at + 1) {
        at += 1;
    }
    at
}

const fn is_currency(ch: char) -> bool {
    matches!(ch, '$' | '€' | '£' | '¥' | '₽' | '₺' | '₹' | '₫' | '₩' | '₴' | '₦')
}

/// A key and one more character.
const fn with(key: u64, ch: char) -> u64 {
    key << 8 ^ ch as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_are_weighed_alike_have_one_key() {
        let keys = |content: &str| tokens(&Text::fold(content)).map(|token| token.key).collect::<Vec<_>>();
        // Each with what it is read as; a bar stands between words.
        let cases = [
            ("Followers!", "follow"),
            ("f o l l o w e r s", "follow"),
            ("f.o.l.l.o.w", "follow"),
            ("а сheар", "cheap"),
            ("is it u", "is|it"),
            ("I'm in u r", "in"),
            ("u r a b", "urab"),
            ("a 10 b", "0"),
            ("1,000.50 or 7", "0|or|3"),
            ("$50 5€ 30", "$1|$1|0"),
            ("10k 5k", "0k|0k"),
            ("免费送", ""),
            ("送 free", "free"),
            ("💰💰", "💰|💰"),
            (" ... ", ""),
        ];
        let wrong: Vec<_> = cases
            .into_iter()
            .filter(|(content, want)| {
                keys(content) != want.split('|').filter(|word| !word.is_empty()).flat_map(keys).collect::<Vec<_>>()
            })
            .map(|(content, want)| (content, want, keys(content)))
            .collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn a_token_knows_its_place() {
        let content = "get $50, f r e e 免费送 1.5k💰";
        let text = Text::fold(content);
        let places =
            |token: Token| &content[text.glyphs[token.start].span().start..text.glyphs[token.end - 1].span().end];
        let found: Vec<&str> = tokens(&text).map(places).collect();
        assert_eq!(found, ["get", "$50", "f r e e", "1.5k", "💰"]);
    }

    #[test]
    fn plain_texts_have_the_same_keys() {
        let lines =
            concat!(include_str!("../../rules/weights/chat.txt"), include_str!("../../rules/weights/scams.txt"));
        let (mut plain, mut wrong) = (0, Vec::new());
        let long = ["ab c de 7 ".repeat(40), "x".repeat(64), "x".repeat(130)];
        for line in lines.lines().chain(["x", "x y", "don't 1,000$ $5 k9"]).chain(long.iter().map(String::as_str)) {
            let text = Text::fold(line);
            let Some(keys) = plain_keys(&text) else { continue };
            plain += 1;
            let keys = keys.filter(|key| *key != 0);
            if !keys.eq(tokens(&text).map(|token| token.key)) {
                wrong.push(line);
            }
        }
        assert!(plain > 5_000, "{plain}");
        assert!(wrong.is_empty(), "{}: {:#?}", wrong.len(), &wrong[..wrong.len().min(9)]);
    }
}
