//! Lets ordinary messages go, in one or two cheap passes over the glyphs. Nothing else looks at what it lets go.
//!
//! It asks for what every flood has, never for what a flood is: it may stop a harmless message for a closer look.

use super::hidden::{is_mark, script_marks};
use super::words::PERIOD;
use super::{FloodRules, Kind, Text, least, share};
use crate::text::{Dress, Glyph, Plain};

/// Counts are packed 16 bits each; a longer message is looked at without asking.
const LONG: usize = u16::MAX as usize;

/// Whether `content` deserves a closer look.
pub fn suspicious(content: &str, text: &Text, rules: &FloodRules) -> bool {
    let glyphs = text.glyphs.len();
    if (rules.bidi && text.has(Kind::Bidi)) || (rules.capitals && glyphs >= rules.capital_count) || glyphs > LONG {
        return true;
    }
    // One byte a glyph: there are no marks, and nothing is hidden.
    let plain = content.len() == glyphs && !text.has(Kind::Expands);
    let hides = text.has(Kind::Mark) || text.has(Kind::Invisible);
    if !plain && (text.has_far() && stacked(text, rules) || (hides && hidden(content, text, rules))) {
        return true;
    }
    glyphs >= fewest(text, rules)
        && crowded(text, rules, if hides || text.has_dress(DRESSED) { clusters(text) } else { 0 })
}

/// The fewest glyphs that anything but marks and hidden characters can flood with.
fn fewest(text: &Text, rules: &FloodRules) -> usize {
    let lines = if text.has(Kind::Newline) { lines(rules) } else { usize::MAX };
    let symbols = least(rules.symbol_count).min(least(rules.art_count));
    let words = least(rules.word_count).saturating_mul(2) - 1;
    let one = least(rules.run_count).min(least(rules.spread_count)).min(least(rules.syllable_count));
    let calls = least(rules.mention_count).saturating_mul(2);
    lines.min(symbols).min(words).min(one).min(calls).min(least(rules.emoji_count)).min(least(rules.space_count))
}

/// The fewest line ends of too many lines.
fn lines(rules: &FloodRules) -> usize {
    least(rules.blank_line_count).min(least(rules.line_count) - 1)
}

/// Whether marks that are glyphs of their own are too many on one base.
fn stacked(text: &Text, rules: &FloodRules) -> bool {
    let (mut before, mut run, mut marks, mut same) = ('\0', 0, false, false);
    for glyph in &text.glyphs {
        marks |= matches!(glyph.ch, '\u{900}'..='\u{1cff}' | '\u{a800}'..='\u{abff}');
        run = if glyph.ch == before { run + 1 } else { 1 };
        same |= run == rules.same_mark_count && is_mark(glyph.ch);
        before = glyph.ch;
    }
    same || (marks && script_marks(text, rules))
}

/// Whether there are more bytes in a glyph, or between two, than a few marks or invisible characters need.
fn hidden(content: &str, text: &Text, rules: &FloodRules) -> bool {
    let (mut end, mut width, mut gap) = (0, 0, 0);
    for glyph in &text.glyphs {
        gap = gap.max(glyph.start.saturating_sub(end));
        width = width.max(glyph.end - glyph.start);
        end = glyph.end;
    }
    gap = gap.max((content.len() as u32).saturating_sub(end));
    // The least a stack can take: a base of one byte and marks of two.
    let marks = least(rules.mark_count).min(least(rules.script_mark_count)).min(least(rules.same_mark_count));
    gap as usize >= least(rules.invisible_count)
        || width as usize > marks.saturating_mul(2)
        || (gap > 3 && text.has(Kind::Mark))
}

/// How letters are dressed that can be half a flag.
const DRESSED: u8 = Dress::STYLED | Dress::LOOKALIKE;

/// Glyphs that can be flags or keycaps: letters of four bytes, or with something long and invisible in or before them.
fn clusters(text: &Text) -> usize {
    let mut end = 0;
    let odd = |glyph: &&Glyph| {
        let (gap, width) = (glyph.start.saturating_sub(end), glyph.end - glyph.start);
        end = glyph.end;
        let wide = width > 6 || (width > 3 && !glyph.dress.has(Dress::ACCENT));
        glyph.kind != Kind::Emoji && (wide || gap > 5)
    };
    text.glyphs.iter().filter(odd).count()
}

/// By number of [`Kind`], what adds one to the packed count: of symbols, emoji, spaces, line ends. Letters are the rest.
const COUNTS: [u64; 13] = {
    let (symbol, emoji, space, newline) = (1, 1 << 16, 1 << 32, 1 << 48);
    [0, 0, symbol, symbol, space, newline, symbol, emoji, symbol, 0, space, 0, space]
};

fn count(kind: Kind) -> u64 {
    COUNTS.get(kind as usize).copied().unwrap_or_default()
}

/// How much there is of what a flood can be made of.
struct Counts {
    symbols: usize,
    emoji: usize,
    spaces: usize,
    newlines: usize,
    /// Glyphs that are the same as the one before.
    pairs: usize,
    /// No fewer than the words.
    words: usize,
}

impl Counts {
    fn of(text: &Text) -> Self {
        let (mut counts, mut pairs, mut before) = (0u64, 0, '\0');
        for glyph in &text.glyphs {
            counts += count(glyph.kind);
            pairs += usize::from(glyph.ch == before);
            before = glyph.ch;
        }
        let [symbols, emoji, spaces, newlines] = [0, 16, 32, 48].map(|shift| (counts >> shift) as usize & LONG);
        // Every word but the first has something else before it, a symbol something else on both sides.
        let words = 1 + spaces + newlines + emoji + 2 * symbols;
        Self { symbols, emoji, spaces, newlines, pairs, words }
    }

    /// The same of printable ASCII, `len` bytes of it.
    fn of_plain(plain: Plain, len: usize) -> Self {
        // What is counted goes on into the spaces after the message.
        let padding = len.next_multiple_of(Plain::LANES) - len;
        let visible = plain.count(|[byte]| byte != b' ');
        let symbols = visible - plain.count(|[byte]| byte.is_ascii_lowercase() | byte.is_ascii_digit());
        let pairs = plain.count(|[a, b]| a == b) - padding;
        let words = 1 + plain.count(begins_word);
        Self { symbols, emoji: 0, spaces: len - visible, newlines: 0, pairs, words }
    }
}

/// Whether there is much of anything; `clusters` may be emoji. No branch depends on the text until all is counted.
fn crowded(text: &Text, rules: &FloodRules, clusters: usize) -> bool {
    let glyphs = text.glyphs.len();
    let plain = text.plain().filter(|_| glyphs <= Plain::MOST);
    let counts = plain.map_or_else(|| Counts::of(text), |plain| Counts::of_plain(plain, glyphs));
    let Counts { symbols, emoji, spaces, newlines, pairs, words } = counts;
    let visible = glyphs - spaces - newlines;
    let symbol = least(rules.symbol_count).min(least(rules.art_count));
    (pairs + 1 >= least(rules.run_count) && longest_run(text) >= rules.run_count)
        || (glyphs >= least(rules.spread_count) && pairs * 2 >= glyphs)
        || emoji + clusters >= least(rules.emoji_count)
        || newlines >= lines(rules)
        || (symbols >= symbol && share(symbols, visible, rules.symbol_share.min(rules.art_share)))
        || (symbols >= least(rules.mention_count)
            && text.glyphs.iter().filter(|glyph| glyph.ch == '@').count() >= rules.mention_count)
        || (spaces >= least(rules.space_count) && spaces_in_a_row(text) >= rules.space_count)
        || (words >= least(rules.word_count)
            && match plain {
                Some(plain) => repetitive_plain(plain, glyphs, text, rules),
                None => repetitive(text, rules),
            })
        || echoes(text, rules)
}

fn longest_run(text: &Text) -> usize {
    text.glyphs.chunk_by(|a, b| a.ch == b.ch).map(<[_]>::len).max().unwrap_or_default()
}

fn spaces_in_a_row(text: &Text) -> usize {
    let stretches = text.glyphs.chunk_by(|a, b| a.kind == b.kind);
    let spaces = stretches.filter(|stretch| stretch.first().is_some_and(|glyph| glyph.kind == Kind::Space));
    spaces.map(<[_]>::len).max().unwrap_or_default()
}

/// Whether too few words are different, and words come again as in a flood.
fn repetitive(text: &Text, rules: &FloodRules) -> bool {
    // One bit a word, by hash: there are at least as many different words as bits.
    let mut bits = [0u64; 4];
    let (mut words, mut stretch, mut hash) = (0usize, u64::MAX, 0u32);
    for glyph in &text.glyphs {
        let kind = count(glyph.kind);
        let edge = kind != stretch;
        // A letter has no count and a symbol has 1: both make words.
        let word = edge && stretch < 2;
        bits[(hash >> 30) as usize] |= u64::from(word) << (hash >> 24 & 63);
        words += usize::from(word);
        hash = mix(if edge { 0 } else { hash }, u32::from(glyph.ch));
        stretch = kind;
    }
    bits[(hash >> 30) as usize] |= u64::from(stretch < 2) << (hash >> 24 & 63);
    words += usize::from(stretch < 2);
    let different: usize = bits.iter().map(|bits| bits.count_ones() as usize).sum();
    has_few_words(words, different, rules) && rhythmic(text, rules)
}

/// Whether the second of two bytes begins a word, or a run of symbols.
fn begins_word([a, b]: [u8; 2]) -> bool {
    let is_solid = |byte: u8| byte.is_ascii_lowercase() | byte.is_ascii_digit();
    (b != b' ') & ((a == b' ') | (is_solid(a) != is_solid(b)))
}

/// The same of printable ASCII: of a word, its length and first four letters count.
fn repetitive_plain(plain: Plain, len: usize, text: &Text, rules: &FloodRules) -> bool {
    // There are at least as many different words as first letters: mostly enough of them.
    let (mut firsts, mut words) = (0u128, 0);
    let mut begin = |byte: u8| (firsts, words) = (firsts | 1 << (byte & 0x7f), words + 1);
    plain.at(0).filter(|&first| first != b' ').into_iter().for_each(&mut begin);
    plain.places(begins_word).filter_map(|before| plain.at(before + 1)).for_each(&mut begin);
    if !has_few_words(words, firsts.count_ones() as usize, rules) {
        return false;
    }
    let mut bits = [0u64; 4];
    let mut words = 0;
    plain.each_word(len, |word| {
        let first = word.iter().take(4).fold(word.len() as u32, |hash, &byte| hash << 8 ^ hash >> 24 ^ u32::from(byte));
        let hash = mix(0, first);
        bits[(hash >> 30) as usize] |= 1 << (hash >> 24 & 63);
        words += 1;
    });
    let different = bits.iter().map(|bits| bits.count_ones() as usize).sum();
    has_few_words(words, different, rules) && rhythmic(text, rules)
}

/// Whether a flood can have so few `different` words.
fn has_few_words(words: usize, different: usize, rules: &FloodRules) -> bool {
    // All words that are not repeated may be different, and so may the words of the phrase that is.
    let count = least(rules.word_count);
    let others = words - words * (rules.word_share as usize).min(100) / 100;
    words >= count && different <= others + words / count + 1
}

const fn mix(hash: u32, ch: u32) -> u32 {
    hash.rotate_left(5).wrapping_add(ch.wrapping_mul(0x9e37_79b9))
}

/// Whether many words are the same as the one some words before, or most words are the same.
fn rhythmic(text: &Text, rules: &FloodRules) -> bool {
    let stretches = text.glyphs.chunk_by(|a, b| count(a.kind) == count(b.kind));
    let hashes = stretches
        .filter(|stretch| stretch.first().is_some_and(|glyph| count(glyph.kind) < 2))
        .map(|word| word.iter().fold(0, |hash, glyph| mix(hash, u32::from(glyph.ch))));
    let (mut last, mut again, mut words) = ([0u32; PERIOD], [0usize; PERIOD], 0usize);
    // As in `runs::majority`, but all that counts is by how much it wins.
    let (mut most, mut votes) = (0, 0usize);
    for hash in hashes {
        words += 1;
        for (again, last) in again.iter_mut().zip(last) {
            *again += usize::from(last == hash);
        }
        last.rotate_right(1);
        last[0] = hash;
        most = if votes == 0 { hash } else { most };
        votes = if most == hash { votes + 1 } else { votes - 1 };
    }
    // The first of the repetitions repeats nothing.
    let count = least(rules.word_count);
    let flood = words * rules.word_share as usize;
    let repeats = again.iter().max().map_or(0, |&again| again * 100);
    repeats.saturating_mul(count) >= flood.saturating_mul(count - 1)
        || votes * 100 >= (2 * flood).saturating_sub(words * 100)
}

/// Glyphs in the longest syllable or cluster that can be heard in [`echoes`].
const ECHO: usize = 2 * PERIOD;

/// Whether a few glyphs come again and again: syllables, or letters of several glyphs each. Looks at few places: so long an
/// echo can not hide between two.
fn echoes(text: &Text, rules: &FloodRules) -> bool {
    let glyphs = &text.glyphs;
    let times = least(rules.run_count).min(least(rules.syllable_count)).saturating_sub(1).max(1);
    let same = |i: usize, lag: usize| match (glyphs.get(i), glyphs.get(i.wrapping_sub(lag))) {
        (Some(a), Some(b)) => a.ch == b.ch,
        _ => false,
    };
    (0..glyphs.len()).step_by(times.saturating_mul(2)).skip(1).any(|at| {
        // Two glyphs at least come again; that one does is no rare thing.
        let may_be = |lag: usize| same(at, lag) && (same(at + 1, lag) || same(at - 1, lag));
        (2..=ECHO).filter(|&lag| may_be(lag)).any(|lag| {
            let enough = times.saturating_mul(lag);
            let after = (at..glyphs.len()).take(enough).take_while(|&i| same(i, lag)).count();
            let before = (0..at).rev().take(enough).take_while(|&i| same(i, lag)).count();
            after + before >= enough
        })
    })
}
