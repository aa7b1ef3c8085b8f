//! Flooding and spectacle: one thing many times over, and text that is there to be looked at.
//!
//! Hype is welcome ("GOOOOOL", "hahahaha", six emoji, a table flip); dozens of anything are not. What still reads when it is
//! squeezed is squeezed, span by span; what does not is denied.
//!
//! Reading order: [`FloodRules`] has the thresholds, `gate` decides in one cheap pass whether anything can be wrong (nearly
//! always: no), `units` cuts the message into what a reader counts (`clusters`), and `hidden`, `runs`, `words` and `walls` look.

mod clusters;
mod draft;
mod gate;
mod hidden;
mod rules;
mod runs;
mod units;
mod walls;
mod words;

use super::{Category, Fix, Hit, Severity};
use crate::text::{Kind, Span, Text};
use draft::Draft;
pub use rules::FloodRules;
use units::Tally;

/// Every rule id of this detector.
pub const IDS: [&str; 11] = [
    "flood.letters",
    "flood.word",
    "flood.emoji",
    "flood.symbols",
    "flood.lines",
    "flood.marks",
    "flood.art",
    "flood.mentions",
    "flood.capitals",
    "flood.bidi",
    "flood.padding",
];

/// Squeezing one flood can lay bare another. More layers than this are no accident, and are denied.
const ROUNDS: usize = 8;

/// What a rule found in a draft.
#[derive(Clone, Copy, Debug)]
struct Found {
    rule: &'static str,
    span: Span,
    fix: Fix,
}

impl Found {
    const fn excess(rule: &'static str, start: usize, end: usize) -> Self {
        Self { rule, span: Span::new(start, end), fix: Fix::Remove }
    }

    /// Nothing in a draft of `len` bytes can stay.
    const fn all(rule: &'static str, len: usize) -> Self {
        Self { rule, span: Span::new(0, len), fix: Fix::Deny }
    }
}

/// Appends a hit for every run, wall and stack in `content`.
///
/// With all [`Fix::Remove`] spans taken out, a second look finds nothing. Linear in the content; nothing is allocated for a
/// message that `gate` sees nothing in. Spans may overlap and come in no order.
pub fn find(content: &str, text: &Text, rules: &FloodRules, hits: &mut Vec<Hit<'_>>) {
    if gate::suspicious(content, text, rules) {
        take_out(content, text, rules, hits);
    }
}

/// The same of a message that deserves a closer look.
#[inline(never)]
fn take_out(content: &str, text: &Text, rules: &FloodRules, hits: &mut Vec<Hit<'_>>) {
    let mut found = look(content, text, rules);
    if found.is_empty() {
        return;
    }
    let mut draft = Draft::new(content);
    for _ in 0..ROUNDS {
        for &Found { rule, span, fix } in &found {
            let (category, severity, span) = (Category::Flood, Severity::Strong, draft.original(span));
            hits.push(Hit { rule, category, severity, language: 0, span, fix });
            if fix == Fix::Deny {
                return;
            }
        }
        draft.remove(&found);
        if !draft.reads() {
            break;
        }
        let (content, text) = (draft.content(), draft.text());
        found = if gate::suspicious(content, text, rules) { look(content, text, rules) } else { Vec::new() };
        if found.is_empty() {
            return;
        }
    }
    // Blank in the end, or layer upon layer: the last rule that saw something gives the reason.
    if let Some(&last) = hits.iter().rev().find(|hit| hit.category == Category::Flood) {
        hits.push(Hit { span: Span::new(0, content.len()), fix: Fix::Deny, ..last });
    }
}

/// Appends what one rule, or a few of a kind, find.
type Question<'a> = &'a dyn Fn(&mut Vec<Found>);

/// What is to be taken out first; empty when nothing is. The later questions are about what the earlier ones leave.
fn look(content: &str, text: &Text, rules: &FloodRules) -> Vec<Found> {
    let mut found = Vec::new();
    if !text.is_plain() {
        hidden::find(content, text, rules, &mut found);
        keep(rules, &mut found);
        if !found.is_empty() {
            return found;
        }
    }
    let units = units::units(content, text, rules);
    let tally = Tally::of(&units);
    let questions: [Question<'_>; 5] = [
        &|found| runs::find(&units, &tally, rules, found),
        &|found| words::find(&units, &units::tokens(&units), rules, found),
        &|found| runs::spread(&units, &tally, rules, found),
        &|found| runs::emoji(&units, &tally, rules, found),
        &|found| walls::find(content, &units, &tally, rules, found),
    ];
    for question in questions {
        question(&mut found);
        keep(rules, &mut found);
        if !found.is_empty() {
            break;
        }
    }
    found
}

/// Only what rules found that are not off.
fn keep(rules: &FloodRules, found: &mut Vec<Found>) {
    if !rules.off.is_empty() {
        found.retain(|found| !rules.off.contains(&found.rule));
    }
}

/// `n`, where 0 means that the rule is off.
#[inline]
const fn least(n: usize) -> usize {
    if n == 0 { usize::MAX } else { n }
}

/// Whether `part` of `whole` is at least `percent`.
#[inline]
const fn share(part: usize, whole: usize, percent: u8) -> bool {
    part.saturating_mul(100) >= whole.saturating_mul(percent as usize)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::mixtures::{self, Random};
    use crate::text::{Glyph, is_combining_mark};

    /// What floods are made of, each character a glyph of its own.
    const PIECES: [&str; 30] = [
        "a", "a", "b", "c", "spam", "ha", "the", "one", "two", "x y", "do not", "д", "да", "ㅋ", "好", "点", "1", "😂",
        "!", ".", "@", "@bob", "#", "-", " ", " ", " ", ", ", "\n", "...",
    ];

    /// And what is several glyphs, or joins the character before.
    const JOINED: &str = "नि न\u{94d}न ि தி ி \u{bcd} ก็ \u{628}\u{64e} \u{1100}\u{1161} 각 e\u{301} !\u{301} \u{301} ß ﷺ ½ 🇩🇪 \
                          1\u{fe0f}\u{20e3} \u{20e3} ❤\u{fe0f} \u{fe0f} 👨\u{200d}👩 \u{200d} \u{ad} \u{600}";

    #[test]
    fn the_gate_lets_no_flood_go() {
        let few =
            FloodRules { word_count: 4, word_share: 40, spread_count: 20, spread_share: 30, ..FloodRules::default() };
        let short =
            FloodRules { syllable_count: 5, run_count: 9, symbol_count: 6, space_count: 4, ..FloodRules::default() };
        let all = [FloodRules::default(), few, short];
        let mut random = Random::new("floods", "");
        let mut next = |n: usize| random.below(n);
        let (mut wrong, mut floods, mut let_go) = (Vec::new(), 0, 0);
        let pieces: Vec<&str> = PIECES.into_iter().chain(JOINED.split(' ')).collect();
        for _ in 0..10_000 {
            let pieces = &pieces[..[PIECES.len(), pieces.len()][next(2)]];
            // Phrases that come again, and a few words in any order.
            let mut content = String::new();
            for _ in 0..=next(4) {
                let own: Vec<&str> = (0..=next(6)).map(|_| pieces[next(pieces.len())]).collect();
                let (times, gap) = (next(70), [" ", "", ", "][next(3)]);
                if next(2) == 0 {
                    content += &(own.concat() + gap).repeat(times);
                } else {
                    (0..times).for_each(|_| content.extend([own[next(own.len())], gap]));
                }
            }
            let text = Text::fold(&content);
            for rules in &all {
                let is_flood = !look(&content, &text, rules).is_empty();
                let suspicious = gate::suspicious(&content, &text, rules);
                floods += usize::from(is_flood);
                let_go += usize::from(!suspicious);
                if is_flood && !suspicious {
                    wrong.push(content.clone());
                }
            }
        }
        assert!(wrong.is_empty(), "{}: {:#?}", wrong.len(), &wrong[..wrong.len().min(5)]);
        assert!(floods > 1_000 && let_go > 1_000, "{floods} {let_go}");
    }

    #[test]
    fn the_gate_lets_no_wall_go_whose_characters_are_several_glyphs() {
        let pieces = [
            "a",
            "b c",
            "ß",
            "e\u{301}",
            "!\u{301}",
            "न",
            "न\u{94d}न",
            "\u{94d}",
            "ि",
            "؀",
            "\u{200d}",
            "👨\u{200d}👩",
            "1\u{fe0f}\u{20e3}",
            "🇩🇪",
            "ㅋ",
            " ",
            "! ",
            "!?-",
            ".-+",
            "#*",
        ];
        let off =
            FloodRules { run_count: 0, spread_count: 0, word_count: 0, syllable_count: 0, ..FloodRules::default() };
        let rules = FloodRules {
            emoji_count: 0,
            blank_line_count: 0,
            line_count: 0,
            mention_count: 0,
            space_count: 0,
            symbol_count: 8,
            symbol_share: 60,
            art_count: 0,
            ..off
        };
        let (mut wrong, mut walls, mut let_go) = (Vec::new(), 0, 0);
        for content in mixtures::of(&pieces, 24, 20_000) {
            let text = Text::fold(&content);
            if ![Kind::Mark, Kind::Expands, Kind::Invisible].into_iter().any(|kind| text.has(kind)) {
                continue;
            }
            let units = units::units(&content, &text, &rules);
            let mut found = Vec::new();
            walls::find(&content, &units, &Tally::of(&units), &rules, &mut found);
            let suspicious = gate::suspicious(&content, &text, &rules);
            walls += usize::from(!found.is_empty());
            let_go += usize::from(!suspicious);
            if !found.is_empty() && !suspicious {
                wrong.push(content);
            }
        }
        assert!(wrong.is_empty(), "{}: {:#?}", wrong.len(), &wrong[..wrong.len().min(5)]);
        assert!(walls > 500 && let_go > 500, "{walls} {let_go}");
    }

    #[test]
    fn what_is_asked_of_all_glyphs_is_known_of_a_text() {
        let pieces = [
            "a",
            "é",
            "e\u{301}",
            "\u{301}",
            "ß",
            "æ",
            "ﷺ",
            "ж",
            "Η",
            "字",
            "हिन्दी",
            "ไทย",
            "😂",
            "❤\u{fe0f}",
            "𝐚",
            "🇩🇪",
            "\u{200d}",
            "\u{202e}",
            "\u{fe0f}\u{20e3}",
            "\n",
            " ",
            "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        ];
        let mut wrong = Vec::new();
        for content in mixtures::of(&pieces, 12, 20_000) {
            let text = Text::fold(&content);
            let (mut end, mut gap) = (0, 0);
            for glyph in &text.glyphs {
                gap = gap.max(glyph.start.saturating_sub(end));
                end = glyph.end;
            }
            gap = gap.max(content.len() as u32 - end);
            let is_marked = |glyph: &Glyph| text.width() >= (glyph.end - glyph.start) as usize;
            let first = |glyph: &Glyph| content.get(glyph.start as usize..).and_then(|rest| rest.chars().next());
            let is_long = |glyph: &Glyph| glyph.kind != Kind::Emoji && first(glyph).is_some_and(|c| c.len_utf8() == 4);
            let is_right = text.gap() == gap as usize
                && text.glyphs.iter().filter(|glyph| glyph.end - glyph.start > 4).all(is_marked)
                && text.has_own_marks() == text.glyphs.iter().any(|glyph| is_combining_mark(glyph.ch))
                && text.has_false_capitals() == content.contains('Η')
                && text.has_long() == text.glyphs.iter().any(is_long);
            if !is_right || text.glyphs.windows(2).any(|two| two[0].start > two[1].start) {
                wrong.push(content);
            }
        }
        assert!(wrong.is_empty(), "{}: {:?}", wrong.len(), &wrong[..wrong.len().min(9)]);
    }
}
