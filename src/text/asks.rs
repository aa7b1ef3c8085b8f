//! What detectors ask of every text, all in one pass: where, if anywhere, they have to look.
//!
//! Each asks for what it can not do without, in four bytes of the sketch of which the second is the place to look at. Most texts
//! have none. The detectors' tests hold these windows against what they would find if they looked everywhere.

use super::sketch::Sketch;
use super::windows::{Bytes, Window, Windows};

/// Who asks.
#[derive(Clone, Copy, Debug)]
pub enum Ask {
    /// Where an address can be found: at a dot of any form, the colon of a scheme, the slash of an invite, or the beginning of a word
    /// for a dot.
    Link,
    /// Where an e-mail address can be found: at an `@` or the beginning of a word for it.
    Mail,
    /// Where a number begins; only asked of texts with digits.
    Number,
    /// Where a word for one of the digits that few numbers are without begins; only asked of texts that are long enough to have a phone
    /// number in words.
    Spoken,
    /// Where a word for a street may stand; only asked of texts with digits.
    Street,
    /// Where a symbol stands that can hide a letter.
    Hidden,
    /// Where a symbol stands that can hide several letters in a row.
    Masked,
    /// Where a symbol that could be a letter, or several, stand between other characters.
    Separated,
}

impl Ask {
    /// The bits of its windows in the [table](TABLE).
    pub(super) const fn bits(self) -> u64 {
        const BITS: [u64; GROUPS.len()] = [
            Windows::bits(&GROUPS, 0),
            Windows::bits(&GROUPS, 1),
            Windows::bits(&GROUPS, 2),
            Windows::bits(&GROUPS, 3),
            Windows::bits(&GROUPS, 4),
            Windows::bits(&GROUPS, 5),
            Windows::bits(&GROUPS, 6),
            Windows::bits(&GROUPS, 7),
        ];
        BITS[self as usize]
    }
}

/// All windows.
pub(super) static TABLE: Windows = Windows::new(&GROUPS);

/// In the order of [`Ask`].
const GROUPS: [&[Window]; 8] = [&LINK, &MAIL, &NUMBER, &SPOKEN, &STREET, &HIDDEN, &MASKED, &SEPARATED];

const ANY: Bytes = Bytes::ANY;
const GAP: Bytes = Bytes::of(b" \n");
const SMALL: Bytes = Bytes::from(b'a', b'z');
/// No letter of a word goes on here, in Latin letters.
const APART: Bytes = SMALL.not();
/// A letter or digit beyond ASCII.
const BEYOND: Bytes = Bytes::from(Sketch::LETTER, 0xff);
const MARK: Bytes = Bytes::of(&[Sketch::MARK]);
const DIGIT: Bytes = Bytes::from(b'0', b'9');
const LETTER: Bytes = SMALL.or(BEYOND);
/// What of ASCII is of [`super::Kind::Leet`].
const LEET: Bytes = Bytes::of(b"@$!|+(<{[");
/// `€` is a mark in a sketch, and may be a letter.
const WORDY: Bytes = LETTER.or(DIGIT).or(LEET).or(MARK);

/// A dot of any form, a scheme and an invite have something before them, and the words for a dot no letter, but for "dot".
const LINK: [Window; 21] = {
    const DOT: Bytes = Bytes::of(b".");
    const HOST: Bytes = Bytes::from(b'0', 0xff);
    [
        [ANY, MARK.or(Bytes::of(&[Sketch::DOT])), ANY, ANY],
        [DOT.not(), DOT, DOT.not(), ANY],
        [ANY, Bytes::of(b","), HOST, ANY],
        [HOST, Bytes::of(b"/"), HOST, ANY],
        [Bytes::of(b" "), Bytes::of(b"/"), Bytes::of(b" "), ANY],
        [ANY, Bytes::of(b":"), Bytes::of(b"/\\]?"), ANY],
        [Bytes::of(b"o"), Bytes::of(b":"), ANY, ANY],
        [ANY, Bytes::of(b"%"), Bytes::of(b"2"), ANY],
        [ANY, Bytes::of(b"d"), Bytes::of(b"o0"), Bytes::of(b"t")],
        word(*b"d o"),
        word(*b"pun"),
        [APART, Bytes::of(b"p"), Bytes::of(b"o"), Bytes::of(b"ni")],
        word(*b"kro"),
        word(*b"kpa"),
        word(*b"nok"),
        word(*b"tit"),
        word(*b"tec"),
        [APART, Bytes::of(b"t"), Bytes::of(b"o"), BEYOND],
        [APART, Bytes::of(b"t"), BEYOND, Bytes::of(b"k")],
        word(*b"cha"),
        word(*b"www"),
    ]
};

const MAIL: [Window; 7] = [
    [ANY, Bytes::of(b"@").or(Bytes::of(&[Sketch::DOT])), ANY, ANY],
    [APART, Bytes::of(b"a"), Bytes::of(b"t"), APART],
    [APART, Bytes::of(b"a"), Bytes::of(b"r"), Bytes::of(b"ro")],
    word(*b"chi"),
    [APART, Bytes::of(b"c"), Bytes::of(b"o"), BEYOND],
    word(*b"kla"),
    // "malpa", "zavinac"
    kinds([b" ", b"mz", b"a", b"lv"]),
];

const NUMBER: [Window; 1] = [[DIGIT.not(), DIGIT, ANY, ANY]];

const SPOKEN: [Window; 13] = [
    [APART, Bytes::of(b"s"), Bytes::of(b"e"), Bytes::of(b"kptv")],
    [APART, Bytes::of(b"s"), Bytes::of(b"i"), Bytes::of(b"ef")],
    [APART, Bytes::of(b"n"), Bytes::of(b"uo"), Bytes::of(b"l")],
    word(*b"bes"),
    word(*b"boc"),
    word(*b"cem"),
    kinds([b" ", b"cn", b"i", b"n"]),
    word(*b"eig"),
    word(*b"fiv"),
    word(*b"fun"),
    // "ocho", "oito"
    kinds([b" ", b"o", b"ci", b"ht"]),
    word(*b"qua"),
    word(*b"zer"),
];

/// Four letters of each word for a street, of any of its letters: few windows are left, so each is for many words, and was chosen
/// so that little else in chat stands in it. The tests of `detect/pii/gate.rs` know of a word that is in none.
const STREET: [Window; 17] = [
    kinds([b" r", b"ah", b"i", b"l"]),
    kinds([b"ais", b"eot", b"kwz", b" a"]),
    kinds([b" j", b"cls", b"dknqt", b" "]),
    kinds([b"blw", b"alu", b"alv", b"dknv"]),
    kinds([b"cm", b"eor", b"erw", b"s"]),
    kinds([b" cs", b"dity", b"r\xff", b" "]),
    kinds([b"alru", b"auz", b"acei", b" "]),
    kinds([b"evw", b"ein", b"agiu", b" de"]),
    kinds([b" l", b"elt", b"e", b" r"]),
    kinds([b"aipqrv", b"alru", b"acr", b"cdklr"]),
    kinds([b"dhnu", b"elpw", b"aimnop", b"ceisy"]),
    kinds([b"oprt", b"kru", b"erw", b"erty"]),
    kinds([b" ", b"ahw", b"avw", b" ey"]),
    kinds([b" ", b"jpru", b"dl", b" "]),
    kinds([b" c", b"alr", b"dio", b" asw"]),
    kinds([b"gijlrt", b"amrw", b"adlnopz", b"aervz"]),
    kinds([b"dgkrv", b"adekr", b"egisw", b"aisv"]),
];

const HIDDEN: [Window; 3] = {
    const PUNCT: Bytes = Bytes::of(b"-._~=");
    const MASK: Bytes = Bytes::of(b"*#%^&").or(MARK).or(Bytes::of(&[Sketch::EMOJI]));
    [[LETTER, PUNCT, LETTER, ANY], [WORDY, MASK, ANY, ANY], [WORDY, Bytes::of(b"?"), WORDY, ANY]]
};

const MASKED: [Window; 1] = [[WORDY, Bytes::of(b"*#%^&?").or(MARK), ANY, ANY]];

const SEPARATED: [Window; 1] = [[GAP.not(), LEET.or(MARK), GAP.or(LEET).not(), ANY]];

/// Three bytes that begin a word.
const fn word(three: [u8; 3]) -> Window {
    let [a, b, c] = three;
    [APART, Bytes::of(&[a]), Bytes::of(&[b]), Bytes::of(&[c])]
}

/// Four bytes each of which is one of these: a space is for what is apart from Latin letters, the highest byte for what is beyond
/// them.
const fn kinds(four: [&[u8]; 4]) -> Window {
    let (mut window, mut turn) = ([Bytes::of(b""); 4], 0);
    while turn < 4 {
        let mut at = 0;
        while at < four[turn].len() {
            let bytes = match four[turn][at] {
                b' ' => APART,
                0xff => BEYOND,
                byte => Bytes::of(&[byte]),
            };
            window[turn] = window[turn].or(bytes);
            at += 1;
        }
        turn += 1;
    }
    window
}

#[cfg(test)]
mod tests {
    use super::super::{Kind, Text};
    use super::*;
    use crate::detect::mixtures;

    #[test]
    fn what_is_asked_where_it_can_stand_is_found_as_everywhere() {
        const SOME: [&str; 36] = [
            "d", "o", "t", "dot", "do", "D", "OT", "a", "at", "ot", "punkt", "kropka", "www", "oche", "eight", "zero",
            ".", ",", "/", ":", "@", "%", "?", "*", "-", "~", " ", " ", "\n", "😂", "é", "한", "닷", "д", "字",
            "\u{301}",
        ];
        // Plain texts too.
        let plain = SOME.split_at(28).0;
        let mut wrong = Vec::new();
        for content in mixtures::of(&SOME, 60, 10_000).chain(mixtures::of(plain, 60, 10_000)) {
            let text = Text::fold(&content);
            for ask in [Ask::Link, Ask::Mail, Ask::Spoken, Ask::Hidden, Ask::Masked, Ask::Separated] {
                let mut everywhere = Vec::new();
                let is_asked = !matches!(ask, Ask::Spoken) || text.glyphs.len() >= Text::SPOKEN;
                let bits = if is_asked { ask.bits() } else { 0 };
                TABLE.each(text.sketch(), text.glyphs.len(), bits, |place, _| everywhere.push(place));
                if text.has(Kind::Digit) || !text.asked([ask]).eq(everywhere) {
                    wrong.push((content.clone(), ask));
                }
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn windows_stand_nowhere_else() {
        let is_small = |byte: u8| byte.is_ascii_lowercase();
        let may_stand = |first: u8, second: u8, third: u8| match second {
            b' ' | b'\n' | b'0'..=b'9' => false,
            b'd' if matches!(third, b'o' | b'0') => true,
            b'a'..=b'z' => !is_small(first),
            _ => second < Sketch::LETTER || second == Sketch::DOT,
        };
        let mut wrong = Vec::new();
        for ask in [Ask::Link, Ask::Mail, Ask::Spoken, Ask::Hidden, Ask::Masked, Ask::Separated] {
            for (number, [first, second, third, _]) in GROUPS[ask as usize].iter().enumerate() {
                let bytes = |some: &Bytes| (0..=u8::MAX).filter(|&byte| some.has(byte)).collect::<Vec<_>>();
                for (a, b) in bytes(first).into_iter().flat_map(|a| bytes(second).into_iter().map(move |b| (a, b))) {
                    wrong.extend(
                        bytes(third).into_iter().filter(|&c| !may_stand(a, b, c)).map(|c| (ask, number, a, b, c)),
                    );
                }
            }
        }
        assert!(wrong.is_empty(), "{wrong:?}");
    }
}
