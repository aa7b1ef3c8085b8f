//! Grapheme clusters: what a reader counts as one character.

use unicode_segmentation::UnicodeSegmentation;

/// How a character joins those beside it, for those of which it is known without a look at the tables of Unicode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Joint {
    /// Begins a cluster, if no joiner stands before it: most letters without marks, and what stands between them.
    Alone,
    /// A picture: an emoji, as most are.
    Picture,
    /// A mark on what stands before it: `Extend` in Unicode.
    Mark,
    /// A mark with a width of its own.
    Wide,
    /// The zero width joiner.
    Joiner,
    /// Half of a flag.
    Flag,
    /// A line feed.
    Line,
}

impl Joint {
    /// None if it is not known here.
    #[inline]
    const fn of(c: char) -> Option<Self> {
        Some(match c {
            ' '..='~'
            | '\u{a1}'..='\u{ac}'
            | '\u{ae}'..='\u{2ff}'
            | '\u{370}'..='\u{482}'
            | '\u{48a}'..='\u{52f}'
            | '\u{5d0}'..='\u{5ea}'
            | '\u{620}'..='\u{63f}'
            | '\u{641}'..='\u{64a}'
            | '\u{660}'..='\u{66f}'
            | '\u{671}'..='\u{6d3}'
            | '\u{904}'..='\u{939}'
            | '\u{958}'..='\u{961}'
            | '\u{964}'..='\u{97f}'
            | '\u{e01}'..='\u{e30}'
            | '\u{e32}'
            | '\u{e3f}'..='\u{e46}'
            | '\u{e4f}'..='\u{e5b}'
            | '\u{1d00}'..='\u{1dbf}'
            | '\u{1e00}'..='\u{1fff}'
            | '\u{2010}'..='\u{2027}'
            | '\u{2030}'..='\u{203e}'
            | '\u{2070}'..='\u{209c}'
            | '\u{20a0}'..='\u{20c0}'
            | '\u{2100}'..='\u{27ff}'
            | '\u{3001}'..='\u{3029}'
            | '\u{3041}'..='\u{3096}'
            | '\u{30a1}'..='\u{30ff}'
            | '\u{4e00}'..='\u{9fff}'
            | '\u{ac00}'..='\u{d7a3}'
            | '\u{fb50}'..='\u{fbb1}'
            | '\u{fbd3}'..='\u{fd3d}'
            | '\u{fdf0}'..='\u{fdfc}'
            | '\u{ff01}'..='\u{ff9d}'
            | '\u{1d400}'..='\u{1d7ff}' => Self::Alone,
            '\u{1f324}'..='\u{1f393}'
            | '\u{1f39e}'..='\u{1f3f0}'
            | '\u{1f400}'..='\u{1f4fd}'
            | '\u{1f4ff}'..='\u{1f53d}'
            | '\u{1f5fa}'..='\u{1f64f}'
            | '\u{1f680}'..='\u{1f6c5}'
            | '\u{1f90c}'..='\u{1f93a}'
            | '\u{1f947}'..='\u{1f9ff}' => Self::Picture,
            '\u{300}'..='\u{36f}'
            | '\u{64b}'..='\u{65f}'
            | '\u{941}'..='\u{948}'
            | '\u{e31}'
            | '\u{e34}'..='\u{e3a}'
            | '\u{e47}'..='\u{e4e}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{1f3fb}'..='\u{1f3ff}' => Self::Mark,
            '\u{93e}'..='\u{940}' | '\u{949}'..='\u{94c}' | '\u{e33}' => Self::Wide,
            '\u{200d}' => Self::Joiner,
            '\u{1f1e6}'..='\u{1f1ff}' => Self::Flag,
            '\n' => Self::Line,
            _ => return None,
        })
    }
}

/// Whether a character is a cluster of its own in a text of nothing but such ones.
#[inline]
pub const fn is_alone(c: char) -> bool {
    matches!(Joint::of(c), Some(Joint::Alone | Joint::Picture))
}

/// The bytes of the cluster that `rest` begins with, where no other goes on there.
pub fn first_cluster(rest: &str) -> usize {
    known(rest).unwrap_or_else(|| rest.graphemes(true).next().unwrap_or_default().len())
}

/// The same by the rules of Unicode (UAX 29), if all that they ask for is known.
fn known(rest: &str) -> Option<usize> {
    let mut characters = rest.char_indices();
    let first = Joint::of(characters.next()?.1)?;
    // Whether what stands before is a picture and marks, or those and a joiner.
    let (mut before, mut is_picture, mut flags) = (first, first == Joint::Picture, u8::from(first == Joint::Flag));
    for (at, c) in characters {
        if before == Joint::Line {
            return Some(at);
        }
        let next = Joint::of(c)?;
        match (before, next) {
            (Joint::Joiner, Joint::Picture) if is_picture => {}
            // It depends on more.
            (Joint::Joiner, Joint::Alone | Joint::Picture) => return None,
            (Joint::Flag, Joint::Flag) if flags == 1 => flags = 2,
            (_, Joint::Alone | Joint::Picture | Joint::Flag | Joint::Line) => return Some(at),
            (_, Joint::Mark) => {}
            (_, Joint::Wide) => is_picture = false,
            (_, Joint::Joiner) => is_picture &= before != Joint::Joiner,
        }
        before = next;
    }
    Some(rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::mixtures;
    use crate::text::{Kind, Text};

    /// The clusters of `content`, one by one.
    fn clusters(content: &str) -> Vec<&str> {
        let mut rest = content;
        std::iter::from_fn(|| {
            let (cluster, behind) = rest.split_at(first_cluster(rest));
            rest = behind;
            (!cluster.is_empty()).then_some(cluster)
        })
        .collect()
    }

    fn is_wrong(content: &str) -> bool {
        !content.graphemes(true).eq(clusters(content))
    }

    #[test]
    fn what_is_alone_is_a_cluster_and_a_glyph() {
        let alone = || ('\0'..=char::MAX).filter(|&c| is_alone(c));
        let is_wrong = |&c: &char| {
            let own = Text::fold(&c.to_string());
            !own.has(Kind::Expands) && own.glyphs.len() != 1
        };
        let wrong: Vec<char> = alone().filter(is_wrong).collect();
        assert!(wrong.is_empty(), "{wrong:?}");
        assert!(alone().count() > 30_000);
    }

    #[test]
    fn what_is_known_of_a_character_is_so() {
        let beside = [
            "x",
            "字",
            "한",
            "ᄀ",
            "ᅡ",
            "ᆨ",
            "\r",
            "\n",
            "\u{301}",
            "\u{200d}",
            "👨\u{200d}",
            "👨\u{fe0f}\u{200d}",
            "\u{94d}",
            "क\u{94d}",
            "क\u{93c}",
            "क",
            "\u{93e}",
            "\u{600}",
            "🇩",
            "👨",
            "♀",
            "e\u{301}",
        ];
        let mut wrong = Vec::new();
        // Of 32,000 syllables and ideographs, one in sixteen.
        let is_tried = |c: &char| !matches!(c, '\u{4e00}'..='\u{d7a3}') || (*c as u32).is_multiple_of(16);
        for c in ('\0'..=char::MAX).filter(|&c| Joint::of(c).is_some()).filter(is_tried) {
            let around = beside.iter().map(|other| format!("{other}{c}{other}{c}{c}"));
            wrong.extend(around.filter(|content| is_wrong(content)));
        }
        assert!(wrong.is_empty(), "{}: {:?}", wrong.len(), &wrong[..wrong.len().min(20)]);
    }

    #[test]
    fn every_mixture_has_the_clusters_of_unicode() {
        let pieces = [
            "a",
            "é",
            "\u{301}",
            "\u{200d}",
            "\u{fe0f}",
            "👨",
            "👩",
            "🏽",
            "🇩",
            "🇪",
            "♀",
            "❤",
            "क",
            "\u{94d}",
            "\u{93c}",
            "ि",
            "ा",
            "\u{903}",
            "ก",
            "\u{e33}",
            "\u{e31}",
            "한",
            "ᄀ",
            "ᅡ",
            "ᆨ",
            "\r",
            "\n",
            "\r\n",
            "\u{600}",
            "\u{200b}",
            "\u{20e3}",
            "1",
            "م",
            "\u{64b}",
            " ",
            "🜁",
            "🏴",
            "\u{e0067}",
            "\u{ad}",
            "𝐚",
            "\u{e40}",
            "が",
            "ｶ\u{ff9e}",
        ];
        let all: Vec<String> = mixtures::of(&pieces, 12, 60_000).collect();
        let wrong: Vec<&String> = all.iter().filter(|content| is_wrong(content)).collect();
        assert!(wrong.is_empty(), "{}: {:?}", wrong.len(), &wrong[..wrong.len().min(20)]);
        let known = all.iter().filter(|content| known(content).is_some()).count();
        assert!((all.len() / 4..all.len() * 3 / 4).contains(&known), "{known}");
    }
}
