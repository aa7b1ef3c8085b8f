//! The cheap first look: which needles may stand where.

use crate::rules::{INFLECTED, Inflect, KeyParts, Layer, Leads, OPEN_LEFT, OPEN_RIGHT, Outline};
use crate::text::{Dress, Glyph, Kind, class_of, is_unspaced, symbol};

/// A reading of the message in coarse classes, and the way back to its glyphs.
#[derive(Debug, Default)]
pub struct Coarse {
    /// A symbol for each run of letters of one class.
    symbols: Vec<u8>,
    /// For each symbol, the first glyph of its run.
    glyph: Vec<u32>,
    /// For each symbol, what stands beside the place before it: [`LEFT`], [`ENDING`], [`RIGHT`].
    beside: Vec<u8>,
}

/// Letters of the same word stand before the run of this symbol.
const LEFT: u8 = 1;
/// A letter that an English ending begins with stands after the run before this symbol.
const ENDING: u8 = 2;
/// Other letters of the same word stand after the run before this symbol.
const RIGHT: u8 = 4;

/// A place where a needle may stand: the symbols of the coarse reading that spell it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The needle's number.
    pub needle: u32,
    /// Its first symbol.
    pub start: u32,
    /// One past its last symbol.
    pub end: u32,
}

impl Coarse {
    /// Reads `glyphs`, keeping the memory.
    pub fn refill(&mut self, glyphs: &[Glyph]) {
        self.symbols.clear();
        self.glyph.clear();
        self.beside.clear();
        self.symbols.reserve(glyphs.len());
        self.glyph.reserve(glyphs.len());
        self.beside.reserve(glyphs.len());
        let mut last = '\0';
        // Whether the run so far has a gap: it may begin in one word and go on in the next ("cheap primes").
        let mut gap = false;
        let mut before: Option<&Glyph> = None;
        for (glyph, at) in glyphs.iter().zip(0u32..) {
            let Some(class) = class_of(glyph) else {
                (gap, before) = (true, Some(glyph));
                continue;
            };
            if class != last {
                if gap {
                    self.cut_off_last();
                }
                self.symbols.push(symbol(class));
                self.glyph.push(at);
                self.beside.push(before.map_or(0, |before| beside(before, glyph, gap)));
                (last, gap) = (class, false);
            }
            before = Some(glyph);
        }
        if gap {
            self.cut_off_last();
        }
    }

    /// The last run has a gap: what follows the gap is another word than what stands before the run.
    fn cut_off_last(&mut self) {
        if let Some(beside) = self.beside.last_mut() {
            *beside &= !LEFT;
        }
    }

    /// The glyphs from the run of symbol `start` to before the run of symbol `end`.
    pub fn glyphs(&self, start: u32, end: u32, len: usize) -> std::ops::Range<usize> {
        let at = |symbol: u32| self.glyph.get(symbol as usize).map_or(len, |&glyph| glyph as usize);
        at(start)..at(end)
    }

    /// The first symbol that stands for a glyph at or after this one.
    pub fn symbol_of(&self, glyph: usize) -> u32 {
        self.glyph.partition_point(|&at| (at as usize) < glyph) as u32
    }

    /// Appends every place where a needle of `layer` may stand, in the order in which their keys end. Whether any of them
    /// leads anywhere.
    pub fn candidates(&self, layer: &Layer, found: &mut Vec<Candidate>) -> bool {
        let mut leads = false;
        layer.automaton.each(&layer.keys, &self.symbols, |key, start, end| {
            let left = self.left(start);
            let right = self.right(end);
            let closed = left && key.hints & OPEN_LEFT == 0
                || right == RIGHT && key.hints & OPEN_RIGHT == 0
                || right == ENDING && key.hints & (OPEN_RIGHT | INFLECTED) == 0;
            if !closed {
                leads |= self.candidates_of(key, layer, start, (left, right), found);
            }
        });
        leads
    }

    fn candidates_of(
        &self,
        key: KeyParts,
        layer: &Layer,
        start: usize,
        (left, right): (bool, u8),
        found: &mut Vec<Candidate>,
    ) -> bool {
        let mut leads = false;
        for number in key.first..key.first + key.count {
            let Some(outline) = layer.outline(number) else { break };
            let stance = outline.stance;
            if left && !stance.open_left && !stance.glue {
                continue;
            }
            let end = start + outline.symbols;
            let right = if outline.symbols == key.len {
                right
            } else if self.goes_on(layer, &outline, start) {
                // A key is only the beginning of a long needle.
                self.right(end)
            } else {
                continue;
            };
            let ending = right == ENDING && stance.inflect != Inflect::None;
            if right == 0 || stance.open_right || stance.glue || ending {
                found.push(Candidate { needle: number as u32, start: start as u32, end: end as u32 });
                leads |= outline.leads != Leads::Nowhere;
            }
        }
        leads
    }

    /// The same places whatever stands beside them: to say of those that are none why not.
    pub fn everywhere(&self, layer: &Layer, found: &mut Vec<Candidate>) {
        layer.automaton.each(&layer.keys, &self.symbols, |key, start, _| {
            for number in key.first..key.first + key.count {
                let outline = layer.outline(number).filter(|outline| self.goes_on(layer, outline, start));
                let end = |outline: Outline| start as u32 + outline.symbols as u32;
                let candidate = |end| Candidate { needle: number as u32, start: start as u32, end };
                found.extend(outline.map(end).map(candidate));
            }
        });
    }

    /// Whether all symbols of a needle are there from `start` on.
    fn goes_on(&self, layer: &Layer, outline: &Outline, start: usize) -> bool {
        let there = self.symbols.get(start..start + outline.symbols);
        there.is_some_and(|there| layer.symbols(outline).eq(there.iter().copied()))
    }

    /// Whether letters of the same word stand before the run of symbol `start`.
    fn left(&self, start: usize) -> bool {
        self.beside.get(start).is_some_and(|beside| beside & LEFT != 0)
    }

    /// What stands after the run before symbol `end`: [`ENDING`], [`RIGHT`], or 0 for the end of a word or what may count as
    /// one.
    fn right(&self, end: usize) -> u8 {
        self.beside.get(end).map_or(0, |beside| beside & (ENDING | RIGHT))
    }
}

/// What `before` and `glyph`, which begins a run, are to each other; `gap` says whether the run before has one.
#[inline]
fn beside(before: &Glyph, glyph: &Glyph, gap: bool) -> u8 {
    if before.kind != Kind::Letter || is_unspaced(before.ch) || is_unspaced(glyph.ch) {
        return 0;
    }
    let upper = glyph.dress.has(Dress::UPPER);
    let left = if upper && !before.dress.has(Dress::UPPER) { 0 } else { LEFT };
    if glyph.kind != Kind::Letter || upper || gap {
        return left;
    }
    left | if matches!(glyph.ch, 's' | 'e' | 'z' | 'd' | 'i' | 'y') { ENDING } else { RIGHT }
}
