//! Lets ordinary messages go, in one or two cheap passes over the glyphs. Nothing else looks at what it lets go.
//!
//! It asks for what every flood has, never for what a flood is: it may stop a harmless message for a closer look.

use super::hidden::{is_mark, script_marks};
use super::words::PERIOD;
use super::{FloodRules, Kind, Text, least, runs, share};
use crate::text::{Classes, Dress, Glyph, Sketch};

/// Whether a message deserves a closer look.
pub fn suspicious(text: &Text, rules: &FloodRules) -> bool {
    let glyphs = text.glyphs.len();
    if (rules.bidi && text.has(Kind::Bidi))
        || (rules.capitals && glyphs >= rules.capital_count)
        // A longer message is looked at without asking.
        || glyphs > Sketch::MOST
    {
        return true;
    }
    (text.has_own_marks() && stacked(text, rules))
        || hidden(text, rules)
        || (glyphs >= fewest(text, rules) && crowded(text, rules))
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
    let is_indic = |glyph: &Glyph| matches!(glyph.ch, '\u{900}'..='\u{1cff}' | '\u{a800}'..='\u{abff}');
    let same = rules.same_mark_count;
    let mut runs = text.glyphs.chunk_by(|a, b| a.ch == b.ch);
    let is_stack = |run: &[Glyph]| run.len() >= same && run.first().is_some_and(|glyph| is_mark(glyph.ch));
    // Two in a row are few, three rare.
    let may_be = || {
        let threes = || text.sketch().counts(|[a, b, c]| [(a == b) & (b == c) & (a > b' ')]);
        same < 3 || pairs(text) + 1 >= same && threes()[0] + 2 >= same
    };
    let may_be_indic = text.may_have('\u{900}'..='\u{1cff}') || text.may_have('\u{a800}'..='\u{abff}');
    (same > 0 && may_be() && runs.any(is_stack))
        || (may_be_indic && script_marks(text, rules) && text.glyphs.iter().any(is_indic))
}

/// Whether there are more bytes in a glyph, or between two, than a few marks or invisible characters need.
fn hidden(text: &Text, rules: &FloodRules) -> bool {
    // The least a stack can take: a base of one byte and marks of two.
    let marks = least(rules.mark_count).min(least(rules.script_mark_count)).min(least(rules.same_mark_count));
    text.gap() >= least(rules.invisible_count)
        || text.width() > marks.saturating_mul(2)
        || (text.gap() > 3 && text.has(Kind::Mark))
}

/// Glyphs that can be flags or keycaps: letters of four bytes, or with something long and invisible in or before them.
fn clusters(text: &Text) -> usize {
    // Most texts have none.
    if !(text.has_long() || text.width() > 6 || text.gap() > 5) {
        return 0;
    }
    let mut end = 0;
    let odd = |glyph: &&Glyph| {
        let (gap, width) = (glyph.start.saturating_sub(end), glyph.end - glyph.start);
        end = glyph.end;
        let wide = width > 6 || (width > 3 && !glyph.dress.has(Dress::ACCENT));
        glyph.kind != Kind::Emoji && (wide || gap > 5)
    };
    text.glyphs.iter().filter(odd).count()
}

/// Whether `percent` of some `items` can be the same, where `twins` are the same as the one before: of those that are, at most as
/// many as there are others, and the first, have no twin before them.
pub const fn can_prevail(twins: usize, items: usize, percent: u8) -> bool {
    (twins + 1 + items) * 100 >= 2 * items * percent as usize
}

/// Whether there is much of anything. No branch depends on the text until all is counted.
fn crowded(text: &Text, rules: &FloodRules) -> bool {
    let glyphs = text.glyphs.len();
    let Counts { wordy, symbols, pairs, words } = Counts::of(text);
    let symbol = least(rules.symbol_count).min(least(rules.art_count));
    let clusters = clusters(text);
    // Of few gaps and emoji, few are either.
    let is_odd = (text.has(Kind::Emoji) || text.has(Kind::Newline))
        && (symbols >= symbol
            || glyphs - wordy + clusters >= least(rules.emoji_count)
            || glyphs - wordy >= lines(rules));
    let [emoji, newlines] =
        if is_odd { text.sketch().counts(|[byte]| [byte == Sketch::EMOJI, byte == b'\n']) } else { [0; 2] };
    (pairs + 1 >= least(rules.run_count) && longest_run(text) >= rules.run_count)
        || (glyphs >= least(rules.spread_count)
            && (pairs * 2 >= glyphs || can_prevail(pairs, glyphs, rules.spread_share)))
        || emoji + clusters >= least(rules.emoji_count)
        || newlines >= lines(rules)
        || (symbols >= symbol
            && (share(symbols, wordy + emoji, rules.symbol_share.min(rules.art_share)) || is_joined(text)))
        || (symbols >= least(rules.mention_count)
            && text.sketch().places(|[byte]| byte == b'@').count() >= rules.mention_count)
        || (pairs + 1 >= least(rules.space_count) && spaces_in_a_row(text) >= rules.space_count)
        || (words >= least(rules.word_count) && Firsts::of(text).may_repeat(text, rules))
        || echoes(text, rules)
}

/// How many glyphs of a text are what.
struct Counts {
    /// Seen, but for emoji.
    wordy: usize,
    /// Seen, and no letters, digits or emoji.
    symbols: usize,
    /// The same as the next one.
    pairs: usize,
    /// The first of a word or of a run of symbols.
    words: usize,
}

impl Counts {
    fn of(text: &Text) -> Self {
        let [mut solid, mut wordy, mut words] = [0; 3];
        let mut before = Classes::default();
        for &classes in text.classes() {
            solid += ones(classes.solid);
            wordy += ones(classes.solid | classes.symbols);
            words += ones(classes.begins(before));
            before = classes;
        }
        Self { wordy, symbols: wordy - solid, pairs: pairs(text), words }
    }
}

/// How many glyphs are the same as the next one, as far as a sketch knows.
fn pairs(text: &Text) -> usize {
    let pairs = text.classes().iter().map(|classes| classes.pairs as usize).sum::<usize>();
    // It goes on in spaces to the end of the block.
    pairs - (text.glyphs.len().next_multiple_of(Sketch::BLOCK) - text.glyphs.len())
}

/// How many bits are set: what a compiler makes of `count_ones` where the processor can not be asked.
const fn ones(bits: u64) -> usize {
    bits.count_ones() as usize
}

/// Whether a character that is seen can be several glyphs: shares of glyphs are none of characters then.
const fn is_joined(text: &Text) -> bool {
    text.has(Kind::Expands) || text.has(Kind::Mark) || text.has(Kind::Invisible)
}

fn longest_run(text: &Text) -> usize {
    text.glyphs.chunk_by(|a, b| a.ch == b.ch).map(<[_]>::len).max().unwrap_or_default()
}

fn spaces_in_a_row(text: &Text) -> usize {
    let stretches = text.glyphs.chunk_by(|a, b| a.kind == b.kind);
    let spaces = stretches.filter(|stretch| stretch.first().is_some_and(|glyph| glyph.kind == Kind::Space));
    spaces.map(<[_]>::len).max().unwrap_or_default()
}

/// The first byte of each word, one after the other: equal words have equal ones, and words that come again and again have
/// them at equal distances.
struct Firsts {
    /// None is 0; those of the words that there are not are.
    bytes: [u8; Self::MOST + 2 * Sketch::LANES],
    words: usize,
}

impl Firsts {
    /// Of more words nothing is known but their number.
    const MOST: usize = 256;

    /// Those of a text.
    fn of(text: &Text) -> Self {
        let (mut firsts, sketch) = (Self { bytes: [0; Self::MOST + 2 * Sketch::LANES], words: 0 }, text.sketch());
        let mut before = Classes::default();
        for (block, &classes) in text.classes().iter().enumerate() {
            let mut begins = classes.begins(before);
            while begins != 0 {
                let at = block * Sketch::BLOCK + begins.trailing_zeros() as usize;
                if let (Some(first), Some(byte)) = (firsts.bytes[..Self::MOST].get_mut(firsts.words), sketch.at(at)) {
                    *first = byte;
                }
                firsts.words += 1;
                begins &= begins - 1;
            }
            before = classes;
        }
        firsts
    }

    /// How many words begin as the one `lag` words before.
    fn again(&self, lag: usize) -> usize {
        let blocks = self.words.div_ceil(Sketch::LANES);
        let mut count = [0u8; Sketch::LANES];
        for start in (0..blocks * Sketch::LANES).step_by(Sketch::LANES) {
            let lanes = |from: usize| self.bytes.get(from..).and_then(|bytes| bytes.first_chunk::<{ Sketch::LANES }>());
            let (Some(these), Some(those)) = (lanes(start), lanes(start + lag)) else { break };
            for ((count, this), that) in count.iter_mut().zip(these).zip(those) {
                *count += u8::from(this == that);
            }
        }
        // What is not there equals what is not there.
        count.iter().map(|&count| usize::from(count)).sum::<usize>() + self.words - blocks * Sketch::LANES
    }

    /// Whether so many words can come again at equal distances, or be the same, as in a flood.
    fn may_repeat(&self, text: &Text, rules: &FloodRules) -> bool {
        let (words, count) = (self.words, least(rules.word_count));
        if words < count || words > Self::MOST {
            return words >= count;
        }
        // A mask makes one word of what is before and behind it.
        let fewest = words.saturating_sub(2 * masks(text, rules.mask));
        let flood = fewest * rules.word_share as usize;
        // The first of the repetitions repeats nothing.
        let again = |lag: usize| self.again(lag) * 100 * count >= flood * (count - 1);
        let prevails = || rules.word_share <= 50 || self.most() * 100 >= flood;
        ((self.again(1) + 1 + words) * 100 >= 2 * flood && prevails()) || (1..=PERIOD.min(words / count)).any(again)
    }

    /// How many words begin as most do; fewer than half of them where no first is that of more than half.
    fn most(&self) -> usize {
        let firsts = self.bytes.get(..self.words).unwrap_or_default();
        let winner = runs::majority(firsts, u8::eq);
        firsts.iter().filter(|&first| Some(first) == winner).count()
    }
}

/// No fewer than the masks of a text, however long each is.
fn masks(text: &Text, mask: char) -> usize {
    // The usual one is of a kind that most texts have none of.
    if mask == '*' && !text.has(Kind::Mask) {
        return 0;
    }
    let sketch = text.sketch();
    let byte = mask.to_ascii_lowercase() as u8;
    let is_mask = |is: u8| if mask.is_ascii() { is == byte } else { !is.is_ascii() };
    let [masks] = sketch.counts(|[before, here]| [!is_mask(before) & is_mask(here)]);
    masks + usize::from(sketch.at(0).is_some_and(is_mask))
}

/// Glyphs in the longest syllable or cluster that can be heard in [`echoes`].
const ECHO: usize = 2 * PERIOD;

/// Whether a few glyphs come again and again: syllables, or letters of several glyphs each. Looks at few places: so long an
/// echo can not hide between two, unless once is enough.
fn echoes(text: &Text, rules: &FloodRules) -> bool {
    // Of printable ASCII every glyph is a letter.
    let (count, longest) = if text.is_plain() {
        (least(rules.syllable_count), PERIOD)
    } else {
        (least(rules.run_count).min(least(rules.syllable_count)), ECHO)
    };
    let (glyphs, sketch) = (&text.glyphs, text.sketch());
    let times = count.saturating_sub(1).max(1);
    let same = |i: usize, lag: usize| match (glyphs.get(i), glyphs.get(i.wrapping_sub(lag))) {
        (Some(a), Some(b)) => a.ch == b.ch,
        _ => false,
    };
    count == 1
        || (0..glyphs.len())
            .step_by(times.saturating_mul(2))
            .skip(1)
            .filter(|&at| times < 2 || may_echo(sketch, at))
            .any(|at| {
                // Two glyphs at least come again; that one does is no rare thing.
                let may_be = |lag: usize| same(at, lag) && (same(at + 1, lag) || same(at - 1, lag));
                (2..=longest).filter(|&lag| may_be(lag)).any(|lag| {
                    let enough = times.saturating_mul(lag);
                    let after = (at..glyphs.len()).take(enough).take_while(|&i| same(i, lag)).count();
                    let before = (0..at).rev().take(enough).take_while(|&i| same(i, lag)).count();
                    after + before >= enough
                })
            })
}

/// Whether three glyphs in a row, the one at a place among them, may be the same as some glyphs before: seldom where they are not.
fn may_echo(sketch: Sketch<'_>, at: usize) -> bool {
    let around: Option<[u8; ECHO + 5]> = at.checked_sub(ECHO + 2).and_then(|first| sketch.some(first));
    let Some(around) = around else { return true };
    // The first is that of the longest lag, the last of a lag of two.
    (0..ECHO - 1).fold(false, |any, lag| {
        let [first, second, third, fourth, fifth] = [0, 1, 2, 3, 4].map(|on| around[lag + on] == around[ECHO + on]);
        any | (third & ((first & second) | (second & fourth) | (fourth & fifth)))
    })
}
