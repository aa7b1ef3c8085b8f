//! Where an address can be found: what it can not do without.

use super::dot;
use super::evidence;
use super::reader::Reader;

/// Whether an address can be found at the glyph at `i`: the colon of a scheme, the slash of an invite, a dot, the beginning of its
/// word, or a "www".
pub fn is_at(reader: Reader, i: usize) -> bool {
    let (c, next) = (reader.ch(i), reader.ch(i + 1));
    let begins =
        || dot::begins_word(c, next, reader.ch(i + 3)) || dot::begins_spaced(c, next) || c == 'w' && next == 'w';
    let word = || if reader.goes_on(i) { dot::begins_glued(c, next) } else { begins() };
    if c == '.' {
        return !ends_sentence(reader, i);
    }
    matches!(c, ':' | '/' | '%') || dot::is_mark(c) || dot::begins_unspaced(c) || word()
}

/// Whether the dot at `i` stands behind a word and before a mark that it makes no dot of a host with, or before a space and what is no
/// top-level domain.
fn ends_sentence(reader: Reader, i: usize) -> bool {
    let near = i.checked_sub(1).and_then(|before| reader.bytes().get(before..)?.first_chunk());
    let Some(&[word, _, behind, second, third, fourth]) = near else { return false };
    let is_mark = !behind.is_ascii_alphanumeric() & (behind < 0x80) & !matches!(behind, b'(' | b'[' | b'{');
    let next = if second == b' ' { [third, fourth, b'a'] } else { [second, third, fourth] };
    let is_far = second == b' ' && !fourth.is_ascii_alphanumeric();
    word.is_ascii_alphanumeric() & is_mark && (behind != b' ' || !is_far && evidence::begins_no_spelled_tld(next))
}

#[cfg(test)]
mod tests {
    use super::super::{find, find_from};
    use super::*;
    use crate::detect::links::LinkRules;
    use crate::detect::mixtures;
    use crate::text::{Ask, Text};

    /// What addresses and their dots are made of.
    const PIECES: [&str; 79] = [
        "a",
        "evil",
        "bit",
        "ly",
        "1",
        "10",
        "e v i l",
        "é",
        "д",
        "点",
        "❤",
        "д.рф",
        ".",
        ". ",
        " .",
        "..",
        ",",
        ", ",
        "%2e",
        "·",
        "。",
        "•",
        " • ",
        "b.i.g.s.i.t.e",
        "linktr",
        "dot",
        " dot ",
        "d0t",
        "(dot)",
        "[.]",
        " d o t ",
        "punkt",
        " punto ",
        "point",
        "kropka",
        " nokta ",
        "titik",
        " тoчка ",
        " тчк ",
        " крапка ",
        " chấm ",
        " 점 ",
        "닷컴",
        "ドット",
        "コム",
        " دوت ",
        "185 . 44 . 12 . 9",
        "tiktok com",
        " / @x",
        "c om",
        "com",
        "co.uk",
        "gg",
        "it",
        "c o m",
        "dotcom",
        ":",
        "://",
        ":/",
        "http",
        "hxxp",
        "h t t p",
        "mailto:",
        "magnet:?",
        "file:",
        "[:]//",
        "/",
        "/x",
        "discord",
        "discord gg/x",
        "www",
        "www ",
        "WWW",
        "@",
        "#",
        "-",
        "_",
        " ",
        "\n",
    ];

    #[test]
    fn no_anchor_that_leads_to_an_address_is_passed_over() {
        let rules = LinkRules::default();
        let (mut wrong, mut found) = (Vec::new(), 0);
        for content in mixtures::of(&PIECES, 9, 8_000) {
            let text = Text::fold(&content);
            let reader = Reader::new(&content, &text);
            let (mut hits, mut all) = (Vec::new(), Vec::new());
            find(&content, &text, &rules, &mut hits);
            let may_be = |i: usize| reader.ch(i) == '.' || is_at(reader, i);
            find_from(reader, &rules, &mut all, &mut |from| (from..reader.len()).find(|&i| may_be(i)));
            found += all.len();
            if hits != all {
                wrong.push(content);
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
        assert!(found > 300, "{found}");
    }

    #[test]
    fn every_mark_is_asked_about() {
        let leads_at = |c: char| {
            let text = Text::fold(&format!("a{c}b"));
            text.asked([Ask::Link]).any(|place| place == 1)
        };
        let is_one = |c: &char| Text::fold(&c.to_string()).glyphs.first().is_some_and(|glyph| dot::is_mark(glyph.ch));
        let wrong: Vec<char> = ('\0'..=char::MAX).filter(is_one).filter(|&c| !leads_at(c)).collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }
}
