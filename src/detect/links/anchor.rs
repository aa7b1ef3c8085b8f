//! Where an address can be found: what it can not do without.

use super::dot;
use super::reader::Reader;

/// Whether an address can be found at the glyph at `i`: the colon of a scheme, the slash of an invite, a dot, the beginning of its
/// word, or a "www".
pub fn is_at(reader: Reader, i: usize) -> bool {
    let (c, next) = (reader.ch(i), reader.ch(i + 1));
    let begins =
        || dot::begins_word(c, next, reader.ch(i + 3)) || dot::begins_spaced(c, next) || c == 'w' && next == 'w';
    let word = || if reader.goes_on(i) { dot::begins_glued(c, next) } else { begins() };
    matches!(c, ':' | '/' | '%') || dot::is_mark(c) || dot::begins_unspaced(c) || word()
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
            find_from(reader, &rules, &mut all, &mut |from| (from..reader.len()).find(|&i| is_at(reader, i)));
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
