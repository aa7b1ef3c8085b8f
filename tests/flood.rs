//! Flooding: what is squeezed, what is denied, and the hype that passes.
//!
//! `{o*25}` in a case stands for 25 times `o`. Bars are drawn around what is removed; `X ` in front means that the message is
//! denied.

use room_review::detect::flood::{self, FloodRules};
use room_review::detect::{Category, Fix, Hit};
use room_review::text::{Span, Text};
use std::time::Instant;

#[path = "flood/cases.rs"]
mod cases;
use cases::{FLOODS, HARMLESS};

#[path = "../src/bin/room-review/bench/random.rs"]
#[allow(dead_code, reason = "the corpus picks")]
mod random;
use random::Random;

fn found(content: &str, rules: &FloodRules) -> Vec<Hit<'static>> {
    let mut hits = Vec::new();
    flood::find(content, &Text::fold(content), rules, &mut hits);
    hits
}

/// The case with its repetitions written out.
fn expand(case: &str) -> String {
    let mut out = String::new();
    let mut rest = case;
    while let Some((before, after)) = rest.split_once('{') {
        let (what, tail) = after.split_once('}').expect("a closed brace");
        let (unit, times) = what.rsplit_once('*').expect("a count");
        out += before;
        out += &unit.repeat(times.parse().expect("a number"));
        rest = tail;
    }
    out + rest
}

/// The removed spans, merged and in order.
fn removed(hits: &[Hit]) -> Vec<Span> {
    let mut spans: Vec<_> = hits.iter().filter(|hit| hit.fix == Fix::Remove).map(|hit| hit.span).collect();
    spans.sort();
    let mut merged: Vec<Span> = Vec::new();
    for span in spans {
        match merged.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => merged.push(span),
        }
    }
    merged
}

/// `content` with what is removed put through `body`.
fn draw(content: &str, hits: &[Hit], body: impl Fn(&str) -> String) -> String {
    let (mut out, mut done) = (String::new(), 0);
    for span in removed(hits) {
        out += &content[done..span.start];
        out += &body(&content[span.start..span.end]);
        done = span.end;
    }
    out + &content[done..]
}

fn without(content: &str, hits: &[Hit]) -> String {
    draw(content, hits, |_| String::new())
}

fn denied(hits: &[Hit]) -> bool {
    hits.iter().any(|hit| hit.fix == Fix::Deny)
}

/// The message of a case, without what is drawn into it.
fn message(case: &str) -> String {
    expand(case.strip_prefix("X ").unwrap_or(case)).replace('|', "")
}

/// What is wrong with the answer for one case.
fn judge(rule: &str, case: &str, rules: &FloodRules) -> Option<String> {
    let deny = case.starts_with("X ");
    let want = if deny { message(case) } else { expand(case) };
    let content = message(case);
    let hits = found(&content, rules);
    let answer = if deny { content.clone() } else { draw(&content, &hits, |excess| format!("|{excess}|")) };
    let named = hits.iter().any(|hit| hit.rule == rule && (hit.fix == Fix::Deny) == deny);
    let ids: Vec<_> = hits.iter().map(|hit| (hit.rule, hit.fix)).take(4).collect();
    let fine = answer == want && denied(&hits) == deny && named;
    (!fine).then(|| format!("{rule} {case:?}\n     answer {answer:?} {ids:?}"))
}

#[test]
fn hype_and_every_language_pass() {
    let rules = FloodRules::default();
    let contents = HARMLESS.iter().map(|case| expand(case));
    let wrong: Vec<_> = contents.map(|c| (found(&c, &rules), c)).filter(|(hits, _)| !hits.is_empty()).collect();
    assert!(wrong.is_empty(), "{} flagged: {wrong:#?}", wrong.len());
    assert!(HARMLESS.len() >= 80);
}

#[test]
fn floods_are_squeezed_or_denied() {
    let rules = FloodRules::default();
    let wrong: Vec<_> = FLOODS.iter().filter_map(|(rule, case)| judge(rule, case, &rules)).collect();
    assert!(wrong.is_empty(), "{} of {} wrong:\n{}", wrong.len(), FLOODS.len(), wrong.join("\n"));
    assert!(FLOODS.len() >= 60);
}

#[test]
fn a_second_look_finds_nothing() {
    let rules = FloodRules::default();
    for (_, case) in FLOODS {
        let content = message(case);
        let hits = found(&content, &rules);
        if !denied(&hits) {
            let rest = without(&content, &hits);
            assert!(!rest.is_empty() && found(&rest, &rules).is_empty(), "{content:?} leaves {rest:?}");
        }
        assert!(
            hits.iter().all(|hit| hit.category == Category::Flood && flood::IDS.contains(&hit.rule)),
            "{content:?}"
        );
    }
}

/// What floods are made of.
const PIECES: [&str; 37] = [
    "a",
    "a",
    "b",
    "spam",
    "ha",
    "😂",
    "👨‍👩‍👧",
    "🇫🇷",
    "1️⃣",
    "!",
    ".",
    "@",
    "*",
    "#",
    " ",
    " ",
    "\n",
    "\r\n",
    "\u{301}",
    "\u{302}",
    "\u{202e}",
    "\u{2069}",
    "\u{200b}",
    "\u{200d}",
    "\u{fe0f}",
    "\u{3164}",
    "⣿",
    "⠓",
    "ㅋ",
    "क",
    "्",
    "ก",
    "็",
    "้",
    "æ",
    "ﬃ",
    "x y ",
];

/// Messages put together at random, always the same ones.
#[test]
fn random_mixtures_keep_the_promises() {
    let rules = FloodRules::default();
    let mut random = Random::new("floods", "");
    let mut next = |n: usize| random.below(n);
    let mut flagged = 0;
    for _ in 0..3_000 {
        let mut content = String::new();
        for _ in 0..=next(6) {
            let phrase: String = (0..=next(4)).map(|_| PIECES[next(PIECES.len())]).collect();
            content += &phrase.repeat(1 + next(60));
        }
        let hits = found(&content, &rules);
        flagged += usize::from(!hits.is_empty());
        for Hit { span, .. } in &hits {
            assert!(content.get(span.start..span.end).is_some_and(|text| !text.is_empty()), "{content:?} {span:?}");
        }
        if !denied(&hits) {
            let rest = without(&content, &hits);
            let again = found(&rest, &rules);
            assert!(again.is_empty(), "{content:?}\nleaves {rest:?}\n{again:?}");
        }
    }
    assert!(flagged > 1_000, "{flagged}");
}

#[test]
fn removals_cut_no_character() {
    use unicode_segmentation::UnicodeSegmentation;
    let rules = FloodRules::default();
    // Surplus marks and padding are parts of a cluster whose rest stays.
    let whole = FLOODS.iter().filter(|(rule, _)| !matches!(*rule, "flood.marks" | "flood.padding"));
    for (_, case) in whole.filter(|(_, case)| !case.starts_with("X ")) {
        let content = message(case);
        let ends: Vec<_> = content.grapheme_indices(true).map(|(at, _)| at).chain([content.len()]).collect();
        for hit in found(&content, &rules) {
            assert!(ends.contains(&hit.span.start) && ends.contains(&hit.span.end), "{content:?} {hit:?}");
        }
    }
}

#[test]
fn capitals_are_off_until_asked_for() {
    let rules = FloodRules { capitals: true, ..FloodRules::default() };
    let shouted = [
        "X WE WON THE CUP AND I CAN NOT BELIEVE IT",
        "X ПОЧЕМУ ВЫ ВСЕ МОЛЧИТЕ СЕГОДНЯ",
        "X ΓΙΑΤΙ ΦΩΝΑΖΕΙΣ ΤΟΣΟ ΔΥΝΑΤΑ ΡΕ ΦΙΛΕ",
    ];
    let wrong: Vec<_> = shouted.iter().filter_map(|case| judge("flood.capitals", case, &rules)).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    let spoken = [
        "LET'S GOOOOO",
        "GG WP",
        "We Won The Cup And I Can Not Believe It",
        "今天的直播非常精彩谢谢大家的支持明天晚上",
    ];
    for content in spoken {
        assert!(found(content, &rules).is_empty(), "{content}");
    }
}

#[test]
fn what_was_masked_passes() {
    let rules = FloodRules::default();
    for case in ["{**80}", "you {**** *30}", "{a*10}{**30}{a*10}", "{**4}, {**4}. {**4}! {**4}? {**200}", "{*\n*9}"] {
        assert!(found(&expand(case), &rules).is_empty(), "{case}");
    }
}

#[test]
fn zero_turns_a_rule_off() {
    let table = "run_count = 0\nspread_count = 0\nsymbol_count = 0\n";
    let off: FloodRules = toml::from_str(table).expect("valid");
    assert!(found(&"o".repeat(500), &off).iter().all(|hit| hit.rule != "flood.letters"));
    assert!(toml::from_str::<FloodRules>("runs = 3").is_err());
}

#[test]
fn any_threshold_is_safe() {
    let names = "run_count run_keep spread_count word_count word_keep syllable_count emoji_count emoji_keep symbol_count \
        art_lines art_count blank_line_count line_count line_length mark_count script_mark_count same_mark_count mark_keep \
        mention_count space_count invisible_count capital_count spread_share word_share emoji_share symbol_share art_share \
        mention_share capital_share";
    let mut wrong = Vec::new();
    let most = |name: &str| if name.ends_with("_share") { 100 } else { 255 };
    for (name, value) in names.split_whitespace().flat_map(|name| [0, 1, 2, most(name)].map(|value| (name, value))) {
        let rules: FloodRules = toml::from_str(&format!("{name} = {value}\ncapitals = true")).expect(name);
        for case in HARMLESS.iter().chain(FLOODS.iter().map(|(_, case)| case)) {
            let content = message(case);
            let hits = found(&content, &rules);
            let rest = without(&content, &hits);
            if !denied(&hits) && !found(&rest, &rules).is_empty() {
                wrong.push(format!("{name} = {value}: {content:?} leaves {rest:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong[..wrong.len().min(20)].join("\n"));
}

#[test]
fn the_worst_inputs_are_floods() {
    let rules = FloodRules::default();
    let units = [
        ".",
        "a",
        "a.",
        "a ",
        "@",
        "@a ",
        "😂",
        "👨‍👩‍👧",
        "🇫",
        "\u{301}",
        "a\u{301}",
        "ก็",
        "्",
        "क्",
        "\u{200d}",
        "😂\u{200d}",
        "\u{202e}",
        "\n",
        "\r\n",
        " ",
        "ab",
        "spam ",
        "spam, ",
        "a😂",
        "*",
        "⣿",
        "ﬃ",
        "1\u{20e3}",
        "\u{202e}\u{301}",
        "[]() ",
    ];
    for unit in units {
        let content = unit.repeat(100_000 / unit.len());
        let hits = found(&content, &rules);
        assert!(!hits.is_empty() || unit == "*", "{unit:?}");
    }
}

/// What a message costs, and how the cost grows.
#[test]
#[ignore = "a measurement: cargo test --release --test flood -- --ignored --nocapture"]
fn cost() {
    let rules = FloodRules::default();
    let messages = [
        "gg",
        "what a game, well played",
        "the quick brown fox jumps over the lazy dog and then runs away from it all today",
        "قالت إنها ستأتي غدا إن شاء الله",
        "ที่นี่ผู้คนน่ารักมากเลยวันนี้อากาศดี",
        "本日の配信もありがとうございました！明日の夜八時に",
        "👩🏽‍🚀👨🏿‍🎤🏳️‍🌈 wow",
    ];
    for content in messages {
        let text = Text::fold(content);
        let mut hits = Vec::new();
        let start = Instant::now();
        for _ in 0..1_000_000 {
            flood::find(std::hint::black_box(content), &text, &rules, &mut hits);
        }
        let nanos = start.elapsed().as_secs_f64() * 1e3;
        println!("{nanos:>7.1} ns  {:>3} glyphs  {} hits  {content}", text.glyphs.len(), hits.len());
    }
    for unit in [".", "😂", "🇫", "\u{301}", "क्", "a ", "@a ", "ab", "😂\u{200d}", "a b c d e f g h "] {
        for size in [10_000u32, 100_000, 1_000_000] {
            let content = unit.repeat(size as usize / unit.len());
            let start = Instant::now();
            let hits = found(&content, &rules).len();
            let nanos = start.elapsed().as_secs_f64() * 1e9 / f64::from(size);
            println!("{nanos:>8.1} ns a byte  {size:>8} bytes of {unit:?}, {hits} hits");
        }
    }
}
