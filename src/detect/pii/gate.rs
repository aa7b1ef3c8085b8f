//! What most places lack that may be personal data's: asked of the bytes around them all at once, with no branch on any.

use super::spoken::DIGITS;
use crate::detect::links::reader::is_word_byte;
use crate::text::{Ask, Glyph, Sketch, Text};

/// What there is in a text to make a place lead anywhere.
#[derive(Clone, Copy)]
pub(super) struct Gate<'t> {
    sketch: Sketch<'t>,
    /// How many glyphs the text has.
    len: usize,
    /// There may be a dot of any form.
    dotted: bool,
    /// There may be a word for a street, or a script in which addresses have none.
    pub(super) has_streets: bool,
}

impl<'t> Gate<'t> {
    pub(super) fn of(text: &'t Text) -> Self {
        let sketch = text.sketch();
        // Nothing is asked of the first glyph; longer words are asked for by their other letters.
        let [a, b, c] = sketch.some(0).unwrap_or_default();
        let two = is_any([b"av", b"cd", b"jl", b"sk", b"ul"], [a, b]) | (a == b'y') & (b >= Sketch::LETTER);
        let begins = two & !c.is_ascii_lowercase();
        let has_streets = begins | text.is_asked([Ask::Street]) | text.has_trait(Glyph::UNSPACED);
        Self { sketch, len: text.glyphs.len(), dotted: text.is_asked([Ask::Link]), has_streets }
    }

    /// Whether the text may begin with personal data: with a number or a word for a digit. An `@` has a name before it, and
    /// the digits of an IBAN have its country.
    pub(super) fn may_begin(self) -> bool {
        if self.is_number(0) { self.has_streets | self.may_go_on(0) } else { may_be_digit(self.sketch, 0) }
    }

    /// Whether the place at `at` behind the first glyph, where a number, an `@` or a word can begin, may lead to personal data. Most
    /// do not.
    pub(super) fn may_lead(self, at: usize) -> bool {
        if self.is_number(at) {
            return self.has_streets | self.may_be_code(at);
        }
        self.may_be_mail(at) | may_be_digit(self.sketch, at)
    }

    fn is_number(self, at: usize) -> bool {
        self.sketch.at(at).is_some_and(|byte| byte.is_ascii_digit())
    }

    /// Whether the number that begins at `at` may be an IP address, an IBAN, or long enough for a phone number or a card's. Nearly
    /// none are.
    pub(super) fn may_be_code(self, at: usize) -> bool {
        let [first, second, _, digit] = self.sketch.some(at.wrapping_sub(2)).unwrap_or_default();
        // The country begins a word: "example57" has none.
        let begins = self.sketch.at(at.wrapping_sub(3)).is_none_or(|before| !is_word_byte(before));
        let iban = begins & first.is_ascii_lowercase() & second.is_ascii_lowercase() & digit.is_ascii_digit();
        iban | self.may_go_on(at)
    }

    /// The same but for an IBAN.
    fn may_go_on(self, at: usize) -> bool {
        let parts = self.sketch.some(at).unwrap_or([0u8; 8]).map(|byte| PARTS[usize::from(byte)]);
        let all = |count: usize| parts.iter().take(count).fold(u8::MAX, |all, part| all & part);
        // Behind the end of the text are spaces, which separate groups of digits, too.
        let number = (all(7) & NUMBER | all(6) & DIGIT != 0) & (at + 6 <= self.len);
        let colons = parts.windows(2).fold(0, |any, two| any | two[0] & two[1]);
        let address = all(7) & IPV4 | all(8) & IPV6 | colons & COLON;
        number | (address != 0)
    }

    /// Whether an `@`, or a word for it, can stand between a name and a domain.
    fn may_be_mail(self, at: usize) -> bool {
        let [before, a, b, c, d] = self.sketch.some(at.wrapping_sub(1)).unwrap_or_default();
        let named = is_any([b"arro", b"arob", b"chio", b"klam", b"malp", b"zavi"], [a, b, c, d])
            | (a >= Sketch::LETTER)
            | (a == b'c') & (b == b'o') & (c >= Sketch::LETTER);
        // "at?" asks for no address.
        let word = is_any([b"at ", b"at)", b"at]", b"at}", b"at>"], [a, b, c]);
        let sign = a == b'@';
        let plain = sign & (before != b' ') & (b != b' ');
        named | plain | (word | sign) & self.dotted || word && self.has_com(at)
    }

    /// Whether "com" stands near behind the "at" at `at`: behind a provider of ten letters at most, with two spaces on either side.
    fn has_com(self, at: usize) -> bool {
        let near: [u8; 16] = self.sketch.some(at + 4).unwrap_or_default();
        near.windows(3).any(|three| three == b"com")
    }
}

/// Whether some bytes are any of these, all of which are compared.
fn is_any<const N: usize, const K: usize>(all: [&[u8; N]; K], bytes: [u8; N]) -> bool {
    all.iter().fold(false, |is_one, &&one| is_one | (one == bytes))
}

/// Whether the word at `at` may be one for a digit.
fn may_be_digit(sketch: Sketch<'_>, at: usize) -> bool {
    let key = key(sketch.some(at).unwrap_or_default());
    KEYS.iter().fold(false, |is_one, &one| is_one | (one == key))
}

/// The letters that a word begins with, four at most.
const fn key(bytes: [u8; 4]) -> u32 {
    const EACH: u32 = u32::MAX / 0xff;
    let all = u32::from_le_bytes(bytes);
    let low = all & EACH * 0x7f;
    // The highest bit of each byte that is a small letter: from a on, not from behind z on, and of ASCII.
    let letters = (low + EACH * (0x80 - b'a' as u32)) & !(low + EACH * (0x7f - b'z' as u32)) & !all & EACH << 7;
    let others = letters ^ EACH << 7;
    let first = others & others.wrapping_neg();
    all & (first >> 7).wrapping_sub(1)
}

/// The [`key`]s of the words for digits.
static KEYS: [u32; 80] = {
    let (bytes, mut keys, mut count, mut at) = (DIGITS.text.as_bytes(), [0; 80], 0, 0);
    while at < bytes.len() {
        if (at == 0 || bytes[at - 1] == b' ') && super::spoken::begins(bytes[at] as char) {
            let (mut four, mut i) = ([0; 4], 0);
            while i < 4 && at + i < bytes.len() {
                four[i] = bytes[at + i];
                i += 1;
            }
            let key = key(four);
            if count == 0 || keys[count - 1] != key {
                keys[count] = key;
                count += 1;
            }
        }
        at += 1;
    }
    // The rest are as the last.
    let mut rest = count;
    while rest < keys.len() {
        keys[rest] = keys[count - 1];
        rest += 1;
    }
    keys
};

/// What each byte can be in a number: bits.
static PARTS: [u8; 256] = {
    let (mut parts, mut byte) = ([0; 256], 0);
    while byte < 256 {
        parts[byte] = match byte as u8 {
            b'0'..=b'9' => NUMBER | DIGIT | IPV4 | IPV6,
            b'o' | b'l' | b'i' => NUMBER | DIGIT,
            b'a'..=b'f' => IPV6,
            b':' => IPV6 | COLON,
            b'.' => NUMBER | IPV4,
            b' ' | b'-' | b'/' | b'(' | b')' | Sketch::MARK => NUMBER,
            _ => 0,
        };
        byte += 1;
    }
    parts
};

/// A digit, a letter in the place of one, or what stands between two in a phone number or a card's.
const NUMBER: u8 = 1;
/// A digit, or a letter in the place of one.
const DIGIT: u8 = 2;
/// What an address of IPv4 is made of.
const IPV4: u8 = 4;
/// The same of IPv6.
const IPV6: u8 = 8;
/// A colon.
const COLON: u8 = 16;

#[cfg(test)]
mod tests {
    use super::super::street::{BEFORE, BEHIND, ENDINGS, TURKISH};
    use super::*;

    #[test]
    fn a_word_for_a_street_is_asked_for_wherever_it_stands() {
        let [behind, before, turkish] = [BEHIND, BEFORE, TURKISH].map(|list| list.text.split(' '));
        let of_its_own = before.chain(turkish).flat_map(|word| [format!("{word} 1"), format!("{word}. Foo 1")]);
        let named =
            behind.chain(BEFORE.text.split(' ')).flat_map(|word| [format!("1 {word}"), format!("1 X {word}, Y")]);
        let compounds = ENDINGS.iter().flat_map(|ending| [format!("Foo{ending} 1"), format!("in der Foo{ending}. 1")]);
        let is_passed_over = |content: &String| !Gate::of(&Text::fold(content)).has_streets;
        let wrong: Vec<_> = of_its_own.chain(named).chain(compounds).filter(is_passed_over).collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
        assert!(!Gate::of(&Text::fold("10 minutes left, 16 GB and 3 to 5 days")).has_streets);
    }

    #[test]
    fn a_word_for_a_digit_has_one_of_the_keys() {
        let is_passed_over = |word: &&str| {
            let text = Text::fold(word);
            super::super::spoken::begins(text.glyphs[0].ch) && !may_be_digit(text.sketch(), 0)
        };
        let wrong: Vec<_> = DIGITS.text.split(' ').filter(is_passed_over).collect();
        assert!(wrong.is_empty(), "{wrong:?}");
        let others = ["see you", "set", "use", "best", "cool", "because"].map(Text::fold);
        assert!(others.iter().all(|text| !may_be_digit(text.sketch(), 0)));
    }
}
