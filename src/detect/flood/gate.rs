//! One cheap pass over the glyphs that lets ordinary messages go. Nothing else looks at what it lets go.

use super::hidden::{is_mark, script_marks};
use super::{FloodRules, Kind, Text, least, share};

/// Words are told apart by so many bits; more different words than this look like a flood, and are looked at.
const BITS: usize = 256;

/// What the pass counts, in glyphs. Longest runs unless it says otherwise.
#[derive(Default)]
struct Tally {
    /// Glyphs by [`group`].
    groups: [usize; 5],
    /// The longest stretch of one group, by group.
    longest: [usize; 5],
    /// Stretches of letters or of symbols: at least as many as there are words.
    tokens: usize,
    /// One bit a different token.
    seen: [u64; BITS / 64],
    /// The same glyph in a row.
    run: usize,
    /// Glyphs that are the same as the one before.
    pairs: usize,
    /// Flags and keycaps may be among these: letters of four bytes, and what follows several invisible characters.
    odd: usize,
    /// `@` signs.
    ats: usize,
    /// The same mark, in scripts whose marks are glyphs.
    marks: bool,
    /// Bytes between two glyphs: invisible characters and loose marks.
    gap: u32,
    /// Bytes in a glyph.
    width: u32,
    /// There are scripts whose marks are glyphs.
    script_marks: bool,
}

/// Letters and digits 0, symbols 1, emoji 2, spaces 3, line ends 4: by number of [`Kind`].
const GROUPS: [u8; 13] = [0, 0, 1, 1, 3, 4, 1, 2, 1, 0, 3, 0, 3];

fn group(kind: Kind) -> usize {
    GROUPS.get(kind as usize).map_or(1, |&group| group as usize)
}

/// Whether `content` deserves a closer look.
pub fn suspicious(content: &str, text: &Text, rules: &FloodRules) -> bool {
    let tally = tally(content, text, rules);
    let glyphs = text.glyphs.len();
    let [letters, symbols, emoji, _, newlines] = tally.groups;
    let seen = letters + symbols + emoji;
    let words = tally.tokens;
    let different: usize = tally.seen.iter().map(|bits| bits.count_ones() as usize).sum();
    // All words but those that do not repeat, which are each different at worst.
    let others = words.saturating_sub(words.saturating_mul(rules.word_share as usize) / 100);
    let word = least(rules.word_count);
    let symbol = least(rules.symbol_count).min(least(rules.art_count));
    // The least a stack can take: a base of one byte and marks of two.
    let marks = least(rules.mark_count).min(least(rules.script_mark_count)).min(least(rules.same_mark_count));
    (rules.bidi && text.has(Kind::Bidi))
        || (rules.capitals && letters >= rules.capital_count)
        || tally.run >= least(rules.run_count)
        || (tally.pairs * 2 >= glyphs && glyphs >= least(rules.spread_count))
        || (words >= word && (different <= others + words / word + 1 || different > BITS * 3 / 4))
        || tally.longest.iter().take(2).any(|&n| n / 2 >= least(rules.syllable_count))
        || emoji + tally.odd >= least(rules.emoji_count)
        || (symbols >= symbol && share(symbols, seen, rules.symbol_share.min(rules.art_share)))
        || newlines >= least(rules.blank_line_count).min(least(rules.line_count).saturating_sub(1))
        || tally.ats >= least(rules.mention_count)
        || tally.longest[3] >= least(rules.space_count)
        || tally.gap as usize >= least(rules.invisible_count)
        || (tally.gap > 3 && text.has(Kind::Mark))
        || tally.width as usize > marks.saturating_mul(2)
        || tally.marks
        || (tally.script_marks && script_marks(text, rules))
}

fn tally(content: &str, text: &Text, rules: &FloodRules) -> Tally {
    let mut tally = Tally::default();
    let same_marks = least(rules.same_mark_count);
    let (mut end, mut before, mut run) = (0, '\0', 0);
    let (mut stretch, mut length, mut hash) = (3, 0, 0u32);
    for glyph in &text.glyphs {
        let gap = glyph.start.saturating_sub(end);
        end = glyph.end;
        tally.gap = tally.gap.max(gap);
        let width = glyph.end - glyph.start;
        tally.width = tally.width.max(width);
        let same = glyph.ch == before;
        before = glyph.ch;
        run = if same { run + 1 } else { 1 };
        tally.run = tally.run.max(run);
        tally.pairs += usize::from(same);
        let group = group(glyph.kind);
        if group != stretch {
            tally.close(stretch, length, hash);
            (stretch, length, hash) = (group, 0, 0);
        }
        length += 1;
        hash = (hash.rotate_left(5) ^ u32::from(glyph.ch)).wrapping_mul(0x9e37_79b9);
        if !glyph.ch.is_ascii() || width > 1 || gap > 0 {
            tally.odd += usize::from(group != 2 && (width > 3 || gap > 5));
            tally.script_marks |=
                ('\u{900}'..'\u{1d00}').contains(&glyph.ch) || ('\u{a800}'..'\u{ac00}').contains(&glyph.ch);
            tally.marks |= run == same_marks && is_mark(glyph.ch);
        }
        tally.ats += usize::from(glyph.ch == '@');
    }
    tally.close(stretch, length, hash);
    tally.gap = tally.gap.max((content.len() as u32).saturating_sub(end));
    tally
}

impl Tally {
    /// Enters a stretch of `length` glyphs of one group.
    fn close(&mut self, group: usize, length: usize, hash: u32) {
        if let (Some(all), Some(longest)) = (self.groups.get_mut(group), self.longest.get_mut(group)) {
            *all += length;
            *longest = length.max(*longest);
        }
        if group < 2 {
            self.tokens += 1;
            let bit = hash >> 24;
            if let Some(bits) = self.seen.get_mut(bit as usize / 64) {
                *bits |= 1 << (bit % 64);
            }
        }
    }
}
