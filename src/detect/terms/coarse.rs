//! The cheap first look: which needles may stand where.

use crate::rules::{Inflect, Layer, Outline};
use crate::text::{Dress, Glyph, Kind, class_of, is_unspaced, symbol};

/// A reading of the message in coarse classes, and the way back to its glyphs.
#[derive(Debug, Default)]
pub struct Coarse {
    /// A symbol for each run of letters of one class.
    symbols: Vec<u8>,
    /// For each symbol, the first glyph of its run.
    glyph: Vec<u32>,
}

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
        self.symbols.reserve(glyphs.len());
        self.glyph.reserve(glyphs.len());
        let mut last = None;
        for (at, glyph) in glyphs.iter().enumerate() {
            let Some(class) = class_of(glyph) else { continue };
            if last.replace(class) != Some(class) {
                self.symbols.push(symbol(class));
                self.glyph.push(at as u32);
            }
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

    /// Appends every place where a needle of `layer` may stand, in the order in which their keys end.
    pub fn candidates(&self, glyphs: &[Glyph], layer: &Layer, found: &mut Vec<Candidate>) {
        layer.automaton.each(&self.symbols, |key, start, end| {
            let left = self.left(glyphs, start);
            let right = self.right(glyphs, end);
            for number in layer.needles_of(key) {
                let Some(outline) = layer.outline(number) else { break };
                let stance = outline.stance;
                if left == Beside::Letters && !stance.open_left && !stance.glue {
                    continue;
                }
                let (right, end) = if outline.symbols == end - start {
                    (right, end)
                } else {
                    // A key is only the beginning of a long needle.
                    if !self.goes_on(layer, &outline, start) {
                        continue;
                    }
                    let end = start + outline.symbols;
                    (self.right(glyphs, end), end)
                };
                let ending = right == Beside::Ending && stance.inflect != Inflect::None;
                if right == Beside::Boundary || stance.open_right || stance.glue || ending {
                    found.push(Candidate { needle: number as u32, start: start as u32, end: end as u32 });
                }
            }
        });
    }

    /// The same places whatever stands beside them: to say of those that are none why not.
    pub fn everywhere(&self, layer: &Layer, found: &mut Vec<Candidate>) {
        layer.automaton.each(&self.symbols, |key, start, _| {
            for number in layer.needles_of(key) {
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

    /// What stands left of the run of symbol `start`.
    fn left(&self, glyphs: &[Glyph], start: usize) -> Beside {
        let first = self.glyph[start] as usize;
        let Some(before) = first.checked_sub(1).map(|at| &glyphs[at]).filter(|glyph| is_letter(glyph)) else {
            return Beside::Boundary;
        };
        let camel = glyphs[first].dress.has(Dress::UPPER) && !before.dress.has(Dress::UPPER);
        let foreign = is_unspaced(before.ch) || is_unspaced(glyphs[first].ch);
        // The run may begin in another word and go on in this one.
        let next = self.glyph.get(start + 1).map_or(glyphs.len(), |&glyph| glyph as usize);
        let broken = glyphs[first..next].iter().any(|glyph| class_of(glyph).is_none());
        if camel || foreign || broken { Beside::Boundary } else { Beside::Letters }
    }

    /// What stands right of the run before the one of symbol `end`.
    fn right(&self, glyphs: &[Glyph], end: usize) -> Beside {
        let Some(&next) = self.glyph.get(end) else { return Beside::Boundary };
        let (after, last) = (&glyphs[next as usize], &glyphs[next as usize - 1]);
        let apart = !is_letter(after) || !is_letter(last);
        if apart || after.dress.has(Dress::UPPER) || is_unspaced(after.ch) || is_unspaced(last.ch) {
            return Beside::Boundary;
        }
        // The run may end in this word and go on in another: "cheap primes".
        let run = self.glyph[end - 1] as usize..next as usize;
        if glyphs[run].iter().any(|glyph| class_of(glyph).is_none()) {
            return Beside::Boundary;
        }
        if matches!(after.ch, 's' | 'e' | 'z' | 'd' | 'i' | 'y') { Beside::Ending } else { Beside::Letters }
    }
}

/// What stands beside a candidate, as far as it can be told without the needle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Beside {
    /// The end of a word, or what may count as one.
    Boundary,
    /// A letter that an English ending begins with.
    Ending,
    /// Other letters of the same word.
    Letters,
}

fn is_letter(glyph: &Glyph) -> bool {
    glyph.kind == Kind::Letter
}
