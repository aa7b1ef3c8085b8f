//! Messages made to be slow: a piece over and over.

/// A name, and what is repeated.
pub const PIECES: [(&str, &str); 28] = [
    ("dots", "."),
    ("a.", "a."),
    ("a.co.", "a.co."),
    ("http://", "http://"),
    ("http://a.co/", "http://a.co/ "),
    ("digits", "1234567 "),
    ("one digit", "4"),
    ("card numbers", "4111 1111 1111 1111 "),
    ("one emoji", "😀"),
    ("emoji families", "👨‍👩‍👧‍👦"),
    ("marks", "a\u{301}\u{301}\u{301}"),
    ("only marks", "\u{301}"),
    ("@", "@"),
    ("a@b", "a@b "),
    ("1!|l", "1!|l"),
    ("!i1l|", "!i1l| "),
    ("profane", "fuck "),
    ("profane, glued", "fuckshit"),
    ("profane, spelled", "f u c k "),
    ("profane, leet", "f.v.c.k $h1t "),
    ("masked", "f*ck s#it "),
    ("turned", "ʞɔnɟ "),
    ("slurs and exceptions", "scunthorpe "),
    ("every letter", "abcdefghijklmnopqrstuvwxyz"),
    ("phrases", "kill your self "),
    ("ligatures", "ﷺ"),
    ("spaces", " a"),
    ("lines", "a\n"),
];

/// `piece` over and over, to this many code points.
#[allow(dead_code, reason = "not every benchmark counts them")]
pub fn code_points(piece: &str, count: usize) -> String {
    piece.chars().cycle().take(count).collect()
}

/// `piece` over and over, to at least this many bytes.
pub fn bytes(piece: &str, least: usize) -> String {
    piece.repeat(least.div_ceil(piece.len()))
}
