//! The message as a reader counts it: grapheme clusters, and words.

use super::clusters::{first_cluster, is_alone};
use super::{FloodRules, Kind, Span, Text};
use crate::text::Glyph;

/// What a unit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// A letter or a digit.
    Letter,
    /// An emoji, a flag, a keycap.
    Emoji,
    /// Any other visible character.
    Symbol,
    /// A blank within a line.
    Space,
    /// A line end.
    Newline,
    /// The mask character: stands for a letter, and equals nothing.
    Masked,
}

impl Class {
    /// Whether it can be seen.
    pub const fn is_visible(self) -> bool {
        !matches!(self, Self::Space | Self::Newline)
    }
}

/// A grapheme cluster with something to see, or a blank.
#[derive(Clone, Copy, Debug)]
pub struct Unit {
    start: u32,
    end: u32,
    /// Equal for units that look the same.
    pub key: u32,
    /// What it is.
    pub class: Class,
}

impl Unit {
    /// First byte.
    pub const fn start(&self) -> usize {
        self.start as usize
    }

    /// One past the last byte.
    pub const fn end(&self) -> usize {
        self.end as usize
    }

    /// Whether it is the same thing as `other`.
    pub fn repeats(&self, other: &Self) -> bool {
        self.key == other.key && self.class == other.class && self.class != Class::Masked
    }
}

/// A cluster of more glyphs than any word or emoji needs is cut into its glyphs: joiners could make all of a message one.
const MOST: usize = 12;

/// Cuts `content` into units. Clusters in which nothing is to be seen are none.
pub fn units(content: &str, text: &Text, rules: &FloodRules) -> Vec<Unit> {
    let glyphs = text.glyphs.as_slice();
    if text.is_plain() || !text.has(Kind::Expands) && content.chars().all(is_alone) {
        // Every character is a cluster.
        let units = glyphs.iter().zip(content.chars());
        return units.map(|(glyph, written)| alone(glyph, written, rules.mask)).collect();
    }
    let mut units = Vec::with_capacity(glyphs.len());
    let mut glyphs = glyphs;
    let mut start = 0;
    while let Some(rest) = content.get(start..).filter(|rest| !rest.is_empty()) {
        let cluster = rest.get(..first_cluster(rest)).unwrap_or(rest);
        let end = start + cluster.len();
        let count = glyphs.iter().take_while(|glyph| (glyph.start as usize) < end).count();
        let (own, rest) = glyphs.split_at(count);
        glyphs = rest;
        if own.len() > MOST {
            units.extend(own.iter().map(|glyph| {
                let class = class(
                    content.get(glyph.start as usize..glyph.end as usize).unwrap_or_default(),
                    glyph.kind,
                    rules.mask,
                );
                Unit { start: glyph.start, end: glyph.end, key: u32::from(glyph.ch), class }
            }));
        } else if let Some(first) = own.first() {
            // One glyph is its own key; more are mixed.
            let key = own.iter().fold(0u32, |key, glyph| key.wrapping_mul(0x0100_0193) ^ u32::from(glyph.ch));
            units.push(Unit {
                start: start as u32,
                end: end as u32,
                key,
                class: class(cluster, first.kind, rules.mask),
            });
        }
        start = end;
    }
    units
}

/// The unit of a glyph that was one character, and no part of a flag or keycap.
fn alone(glyph: &Glyph, written: char, mask: char) -> Unit {
    let class = if written == mask { Class::Masked } else { usual(glyph.kind) };
    Unit { start: glyph.start, end: glyph.end, key: u32::from(glyph.ch), class }
}

/// What a glyph of this kind is as a rule.
const fn usual(kind: Kind) -> Class {
    match kind {
        Kind::Letter | Kind::Digit | Kind::Expands | Kind::Mark => Class::Letter,
        Kind::Emoji => Class::Emoji,
        Kind::Space | Kind::Invisible | Kind::Bidi => Class::Space,
        Kind::Newline => Class::Newline,
        Kind::Leet | Kind::Mask | Kind::Apostrophe | Kind::Punct => Class::Symbol,
    }
}

fn class(cluster: &str, kind: Kind, mask: char) -> Class {
    if cluster.chars().eq([mask]) {
        return Class::Masked;
    }
    let class = usual(kind);
    // Flags are letters and keycaps (UTS #51) digits until one looks at the cluster.
    let flag = || cluster.len() == 8 && cluster.chars().all(|c| ('\u{1f1e6}'..='\u{1f1ff}').contains(&c));
    let may_be = matches!(class, Class::Letter | Class::Symbol) && cluster.len() > 3;
    if may_be && (cluster.ends_with("\u{fe0f}\u{20e3}") || flag()) { Class::Emoji } else { class }
}

/// How much there is of what, so that most questions need no look at the units.
pub struct Tally {
    /// By [`Class`].
    numbers: [usize; 6],
    /// Units that are the same as the one before.
    pub twins: usize,
    /// The most visible units in a row that are the same.
    pub run: usize,
    /// The most blanks in a row, line ends not counted.
    pub blanks: usize,
}

impl Tally {
    /// Counts `units`.
    pub fn of(units: &[Unit]) -> Self {
        let mut tally = Self { numbers: [0; 6], twins: 0, run: 0, blanks: 0 };
        let (mut run, mut blanks) = (1, 0);
        let mut before = None;
        for unit in units {
            tally.numbers[unit.class as usize] += 1;
            let same = before.is_some_and(|before| unit.repeats(before));
            tally.twins += usize::from(same);
            run = if same & unit.class.is_visible() { run + 1 } else { 1 };
            blanks = if unit.class == Class::Space { blanks + 1 } else { 0 };
            (tally.run, tally.blanks) = (tally.run.max(run), tally.blanks.max(blanks));
            before = Some(unit);
        }
        tally
    }

    /// The units of `class`.
    pub const fn number(&self, class: Class) -> usize {
        self.numbers[class as usize]
    }

    /// The units that can be seen.
    pub fn visible(&self) -> usize {
        self.numbers.iter().sum::<usize>() - self.number(Class::Space) - self.number(Class::Newline)
    }
}

/// Letters, or symbols, that stand together.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    first: u32,
    last: u32,
    key: u32,
    /// [`Class::Letter`] or [`Class::Symbol`], or [`Class::Masked`] when a mask character is part of it.
    pub class: Class,
}

impl Token {
    /// The units of it.
    pub fn units<'u>(&self, units: &'u [Unit]) -> &'u [Unit] {
        units.get(self.first as usize..=self.last as usize).unwrap_or_default()
    }

    /// Where it is in the content.
    pub fn span(&self, units: &[Unit]) -> Span {
        match self.units(units) {
            [first, .., last] => Span::new(first.start(), last.end()),
            [one] => Span::new(one.start(), one.end()),
            [] => Span::new(0, 0),
        }
    }

    /// Equal for equal words; different for those that hold a mask, as a rule. It is word `at`.
    pub fn hint(&self, at: u32) -> u32 {
        if self.class == Class::Masked { at.wrapping_mul(0x9e37_79b9) } else { self.key }
    }

    /// Whether it is the same word as `other`.
    pub fn repeats(&self, other: &Self) -> bool {
        self.key == other.key && self.class == other.class && self.class != Class::Masked
    }
}

/// The words of the message; emoji and blanks part them.
pub fn tokens(units: &[Unit]) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut open: Option<Token> = None;
    for (at, unit) in (0u32..).zip(units) {
        let fits = |token: &Token| match unit.class {
            Class::Letter => token.class != Class::Symbol,
            Class::Masked => true,
            class => token.class == class,
        };
        if let Some(token) = open.as_mut().filter(|token| fits(token)) {
            token.last = at;
            token.key = token.key.rotate_left(5).wrapping_mul(0x9e37_79b9) ^ unit.key;
            if unit.class == Class::Masked {
                token.class = Class::Masked;
            }
            continue;
        }
        tokens.extend(open.take());
        if !matches!(unit.class, Class::Emoji | Class::Space | Class::Newline) {
            open = Some(Token { first: at, last: at, key: unit.key, class: unit.class });
        }
    }
    tokens.extend(open);
    tokens
}
