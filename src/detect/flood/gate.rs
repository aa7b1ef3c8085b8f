//! Lets ordinary messages go, in one or two cheap passes over the glyphs. Nothing else looks at what it lets go.
//!
//! It asks for what every flood has, never for what a flood is: it may stop a harmless message for a closer look.

use super::clusters::is_alone;
use super::hidden::{is_mark, script_marks};
use super::words::PERIOD;
use super::{FloodRules, Kind, Text, least, runs, share};
use crate::text::{Ask, Classes, Dress, Glyph, Sketch, is_combining_mark};

/// Whether a message deserves a closer look.
pub fn suspicious(content: &str, text: &Text, rules: &FloodRules) -> bool {
    let glyphs = text.glyphs.len();
    if (rules.bidi && text.has(Kind::Bidi))
        || (rules.capitals && glyphs >= rules.capital_count)
        // A longer message is looked at without asking.
        || glyphs > Sketch::MOST
    {
        return true;
    }
    // Printable ASCII has no marks and hides nothing.
    (!text.is_plain() && (text.has_own_marks() && (stray(text) || stacked(text, rules)) || hidden(text, rules)))
        || ((glyphs >= MANY || glyphs >= fewest(text, rules)) && crowded(content, text, rules))
}

/// Of so many glyphs it takes longer to ask whether anything needs more than to look: as a rule, nothing does.
const MANY: usize = 24;

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

/// Whether marks that are glyphs of their own begin words, as they stand on what is none: words of glyphs are none of characters
/// then.
fn stray(text: &Text) -> bool {
    let mut before = Classes::default();
    text.glyphs.chunks(Sketch::BLOCK).zip(text.classes()).any(|(glyphs, &classes)| {
        let mut begins = classes.begins(before);
        before = classes;
        let next = || {
            let at = begins.trailing_zeros() as usize;
            begins &= begins.wrapping_sub(1);
            glyphs.get(at)
        };
        std::iter::from_fn(next).any(|glyph| is_combining_mark(glyph.ch))
    })
}

/// Whether marks that are glyphs of their own are too many on one base.
fn stacked(text: &Text, rules: &FloodRules) -> bool {
    let is_indic = |glyph: &Glyph| matches!(glyph.ch, '\u{900}'..='\u{1cff}' | '\u{a800}'..='\u{abff}');
    let same = rules.same_mark_count;
    let mut runs = text.glyphs.chunk_by(|a, b| a.ch == b.ch);
    let is_stack = |run: &[Glyph]| run.len() >= same && run.first().is_some_and(|glyph| is_mark(glyph.ch));
    // Two in a row are few, three rare.
    let may_be = || {
        let threes = || text.sketch().counts(|[a, b, c]| [(a == b) & (b == c) & !a.is_ascii()]);
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
fn crowded(content: &str, text: &Text, rules: &FloodRules) -> bool {
    let counts = Counts::of(text);
    (counts.are_many(text, rules) && closer(content, text, rules, &counts))
        // Flags and keycaps are letters of words as glyphs, and part words as characters.
        || (counts.words + counts.clusters >= least(rules.word_count)
            && (counts.words > Firsts::MOST || counts.clusters > 0 || Firsts::of(text, counts.words).may_repeat(text, rules)))
        || echoes(text, rules, counts.is_half_solid)
}

/// Whether there is much of anything but words and syllables, where there [may be](Counts::are_many).
#[inline(never)]
fn closer(content: &str, text: &Text, rules: &FloodRules, counts: &Counts) -> bool {
    let glyphs = text.glyphs.len();
    let Counts { solid, symbols, pairs, clusters, .. } = *counts;
    let percent = rules.symbol_share.min(rules.art_share);
    let [emoji, newlines] = if text.has(Kind::Emoji) || text.has(Kind::Newline) {
        text.sketch().counts(|[byte]| [byte == Sketch::EMOJI, byte == b'\n'])
    } else {
        [0; 2]
    };
    // Long messages have as many twins, here and there.
    let may_be_run = |count: usize| pairs + 1 >= least(count) && (count < 2 * EIGHT || has_eight_same(text));
    (may_be_run(rules.run_count) && longest_run(text) >= rules.run_count)
        || (glyphs >= least(rules.spread_count)
            && (pairs * 2 >= glyphs || can_prevail(pairs, glyphs, rules.spread_share)))
        || emoji + clusters >= least(rules.emoji_count)
        || newlines >= lines(rules)
        || (symbols >= least(rules.symbol_count).min(least(rules.art_count))
            && (share(symbols, solid + symbols + emoji, percent)
                || is_joined(text) && can_be_share(content, text, symbols, percent)))
        // Nothing is asked of the first glyph.
        || (symbols >= least(rules.mention_count) && text.asked([Ask::Mail]).count() + 1 >= rules.mention_count)
        || (may_be_run(rules.space_count) && spaces_in_a_row(text) >= rules.space_count)
}

/// How many glyphs of a text are what.
struct Counts {
    /// Letters and digits.
    solid: usize,
    /// Seen, and no letters, digits or emoji.
    symbols: usize,
    /// The same as the next one.
    pairs: usize,
    /// The first of a word or of a run of symbols.
    words: usize,
    /// See [`clusters`].
    clusters: usize,
    /// Whether one half of a block is all letters and digits: if as many stand in a row as a block has, one is.
    is_half_solid: bool,
}

impl Counts {
    fn of(text: &Text) -> Self {
        let [mut solid, mut symbols, mut pairs, mut words] = [0; 4];
        let (mut before, mut is_half_solid) = (Classes::default(), false);
        for &classes in text.classes() {
            is_half_solid |= (classes.solid as u32 == u32::MAX) | (classes.solid >> 32 == u64::from(u32::MAX));
            pairs += classes.pairs as usize;
            solid += ones(classes.solid);
            symbols += ones(classes.symbols);
            words += ones(classes.begins(before));
            before = classes;
        }
        Self { solid, symbols, pairs: pairs - behind(text), words, clusters: clusters(text), is_half_solid }
    }

    /// Whether there can be much of anything but words and syllables: one branch, where few texts have anything.
    fn are_many(&self, text: &Text, rules: &FloodRules) -> bool {
        let Self { solid, symbols, pairs, clusters, .. } = *self;
        let glyphs = text.glyphs.len();
        // White space and emoji.
        let others = glyphs - solid - symbols + clusters;
        let symbol = least(rules.symbol_count).min(least(rules.art_count)).min(least(rules.mention_count));
        let spread = (pairs * 2 >= glyphs) | can_prevail(pairs, glyphs, rules.spread_share);
        (pairs + 1 >= least(rules.run_count).min(least(rules.space_count)))
            | (symbols >= symbol)
            | spread & (glyphs >= least(rules.spread_count))
            | (text.has(Kind::Emoji) | (clusters > 0)) & (others >= least(rules.emoji_count))
            | text.has(Kind::Newline) & (others >= lines(rules))
    }
}

/// How many glyphs are the same as the next one, as far as a sketch knows.
fn pairs(text: &Text) -> usize {
    text.classes().iter().map(|classes| classes.pairs as usize).sum::<usize>() - behind(text)
}

/// How many spaces stand behind a text in its last block, each of them the same as the next one.
const fn behind(text: &Text) -> usize {
    text.glyphs.len().next_multiple_of(Sketch::BLOCK) - text.glyphs.len()
}

/// How many bits are set: what a compiler makes of `count_ones` where the processor can not be asked.
const fn ones(bits: u64) -> usize {
    bits.count_ones() as usize
}

/// Whether a character that is seen can be several glyphs: shares of glyphs are none of characters then.
fn is_joined(text: &Text) -> bool {
    let kinds = [Kind::Expands, Kind::Mark, Kind::Invisible];
    // The letters that syllables of Korean are made of.
    let joining = ['\u{1100}'..='\u{11ff}', '\u{a960}'..='\u{a97c}', '\u{d7b0}'..='\u{d7fb}'];
    kinds.into_iter().any(|kind| text.has(kind))
        || text.has_own_marks()
        || text.has_long()
        || joining.into_iter().any(|letters| text.may_have(letters))
}

/// Whether so many symbols can be `percent` of what is seen, if characters are several glyphs: not where letters enough are
/// characters of their own, as is known of those that nothing joins to the one before.
fn can_be_share(content: &str, text: &Text, symbols: usize, percent: u8) -> bool {
    let enough = symbols * 100 / usize::from(percent).max(1);
    let is_own = |glyph: &&Glyph| {
        let around = content.split_at_checked(glyph.start as usize);
        matches!(glyph.kind, Kind::Letter | Kind::Digit)
            && around.is_some_and(|(before, from)| {
                before.chars().next_back().is_none_or(is_alone) && from.chars().next().is_some_and(is_alone)
            })
    };
    // One character has a glyph for each of the letters that it folds to.
    let firsts = text.glyphs.chunk_by(|a, b| a.start == b.start).filter_map(<[_]>::first);
    share(symbols, symbols + firsts.filter(is_own).take(enough).count(), percent)
}

/// So many glyphs in a row are compared at once.
const EIGHT: usize = 8;

/// Whether some eight of a sketch are the same, as are some of every run that is twice as long.
fn has_eight_same(text: &Text) -> bool {
    let same = |eight: &[u8; EIGHT]| u64::from_le_bytes(*eight) == u64::from_le_bytes([eight[0]; EIGHT]);
    text.sketch().first(text.glyphs.len()).as_chunks().0.iter().any(same)
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
    bytes: [u8; Self::ROOM],
    words: usize,
}

impl Firsts {
    /// Of more words nothing is known but their number.
    const MOST: usize = 256;

    /// For those, and to look behind them.
    const ROOM: usize = Self::MOST + 2 * Sketch::LANES;

    /// Those of a text of so many `words`.
    fn of(text: &Text, words: usize) -> Self {
        let (mut firsts, mut count) = (Self { bytes: [0; Self::ROOM], words }, 0);
        let mut before = Classes::default();
        for (block, &classes) in text.sketch().first(usize::MAX).as_chunks().0.iter().zip(text.classes()) {
            let block: &[u8; Sketch::BLOCK] = block;
            let mut begins = classes.begins(before);
            while begins != 0 {
                firsts.bytes[count % Self::MOST] = block[begins.trailing_zeros() as usize % Sketch::BLOCK];
                count += 1;
                begins &= begins - 1;
            }
            before = classes;
        }
        firsts
    }

    /// How many words begin as the ones so many words before, for each of some `lags`.
    fn again<const N: usize>(&self, lags: [usize; N]) -> [usize; N] {
        // Of two it need not be foreseen whether it is one.
        let blocks = self.words.div_ceil(Sketch::LANES).max(2);
        let mut counts = [[0u8; Sketch::LANES]; N];
        for start in (0..blocks * Sketch::LANES).step_by(Sketch::LANES) {
            let lanes = |from: usize| self.bytes.get(from..).and_then(|bytes| bytes.first_chunk::<{ Sketch::LANES }>());
            for (count, lag) in counts.iter_mut().zip(lags) {
                let (Some(these), Some(those)) = (lanes(start), lanes(start + lag)) else { break };
                for ((count, this), that) in count.iter_mut().zip(these).zip(those) {
                    *count += u8::from(this == that);
                }
            }
        }
        // What is not there equals what is not there.
        let sum = |count: [u8; Sketch::LANES]| count.iter().map(|&count| usize::from(count)).sum::<usize>();
        counts.map(|count| sum(count) + self.words - blocks * Sketch::LANES)
    }

    /// Whether so many words can come again at equal distances, or be the same, as in a flood.
    fn may_repeat(&self, text: &Text, rules: &FloodRules) -> bool {
        let (words, count) = (self.words, least(rules.word_count));
        // A mask makes one word of what is before and behind it.
        let fewest = words.saturating_sub(2 * masks(text, rules.mask));
        let flood = fewest * rules.word_share as usize;
        let [next, second] = self.again([1, 2]);
        // Of those that most are, at most as many as there are others have none of them so far before them.
        let twins = |again: usize, lag: usize| (again + lag + words) * 100 >= 2 * flood;
        let prevails = || rules.word_share <= 50 || self.most() * 100 >= flood;
        // The first of the repetitions repeats nothing.
        let enough = |again: usize| again * 100 * count >= flood * (count - 1);
        twins(next, 1) & twins(second, 2) && prevails()
            || enough(next)
            || (2..=PERIOD.min(words / count)).any(|lag| self.again([lag]).into_iter().any(enough))
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
/// echo has all that is as far as the next one behind one of them, unless once is enough.
fn echoes(text: &Text, rules: &FloodRules, is_half_solid: bool) -> bool {
    // Of printable ASCII every glyph is a letter.
    let (count, longest) = if text.is_plain() {
        (least(rules.syllable_count), PERIOD)
    } else {
        (least(rules.run_count).min(least(rules.syllable_count)), ECHO)
    };
    // Two letters so many times, and most words are shorter.
    if text.is_plain() && count > Sketch::BLOCK / 2 && !is_half_solid {
        return false;
    }
    let (glyphs, sketch) = (&text.glyphs, text.sketch());
    let times = count.saturating_sub(1).max(1);
    let same = |i: usize, lag: usize| match (glyphs.get(i), glyphs.get(i.wrapping_sub(lag))) {
        (Some(a), Some(b)) => a.ch == b.ch,
        _ => false,
    };
    count == 1
        || (times..(glyphs.len() + 1).saturating_sub(times))
            .step_by(times)
            .filter(|&at| times < NEAR || may_echo(sketch, at))
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

/// So many glyphs are looked at behind a place first.
const NEAR: usize = 16;

/// Whether the glyphs from a place on may be the same as some before them: seldom where they are not.
fn may_echo(sketch: Sketch<'_>, at: usize) -> bool {
    let around: Option<[u8; ECHO + NEAR]> = at.checked_sub(ECHO).and_then(|first| sketch.some(first));
    let Some(around) = around else { return true };
    // One half is asked after the other: a branch that can be foreseen costs less than what takes its place.
    let half = |from: usize| u64::from_le_bytes(std::array::from_fn(|i| around[from + i]));
    let [first, second] = [half(ECHO), half(ECHO + NEAR / 2)];
    (0..=ECHO - 2).any(|from| half(from) == first && half(from + NEAR / 2) == second)
}
