//! The cheap first look: which needles may stand where.

use crate::rules::{Inflect, Layer};
use crate::text::{Dress, Glyph, Kind, class_of, classes, is_unspaced};

/// A reading of the message in coarse classes, and the way back to its glyphs.
#[derive(Debug, Default)]
pub struct Coarse {
    /// Classes of the letters, runs squeezed, as UTF-8.
    bytes: Vec<u8>,
    /// For each byte, the first glyph of the run that it stands for.
    glyph: Vec<u32>,
}

/// A place where a needle may stand: the bytes of the coarse reading that spell it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The needle's number.
    pub needle: u32,
    /// Its first byte.
    pub start: u32,
    /// One past its last byte.
    pub end: u32,
}

impl Coarse {
    /// Reads `glyphs`, keeping the memory.
    pub fn refill(&mut self, glyphs: &[Glyph]) {
        self.bytes.clear();
        self.glyph.clear();
        self.bytes.reserve(glyphs.len());
        self.glyph.reserve(glyphs.len());
        let mut last = None;
        let mut utf8 = [0; 4];
        for (at, glyph) in glyphs.iter().enumerate() {
            let Some(class) = class_of(glyph) else { continue };
            if last == Some(class) {
                continue;
            }
            last = Some(class);
            if class.is_ascii() {
                self.bytes.push(class as u8);
                self.glyph.push(at as u32);
            } else {
                let encoded = class.encode_utf8(&mut utf8).as_bytes();
                self.bytes.extend_from_slice(encoded);
                self.glyph.extend(encoded.iter().map(|_| at as u32));
            }
        }
    }

    /// The glyphs between the run that byte `start` begins and the run that byte `end` begins.
    pub fn glyphs(&self, start: u32, end: u32, len: usize) -> std::ops::Range<usize> {
        let at = |byte: u32| self.glyph.get(byte as usize).map_or(len, |&glyph| glyph as usize);
        at(start)..at(end)
    }

    /// The first byte that stands for a glyph at or after this one.
    pub fn byte_of(&self, glyph: usize) -> u32 {
        self.glyph.partition_point(|&at| (at as usize) < glyph) as u32
    }

    /// Appends every place where a needle of `layer` may stand, in the order in which their keys end.
    pub fn candidates(&self, glyphs: &[Glyph], layer: &Layer, found: &mut Vec<Candidate>) {
        layer.automaton.each(&self.bytes, |key, start, end| {
            let left = self.left(glyphs, start);
            let right = self.right(glyphs, end);
            for number in layer.needles_of(key) {
                let (length, stance) = layer.outline(number);
                let glue = stance.glue && length >= 4;
                if left == Beside::Letters && !stance.open_left && !glue {
                    continue;
                }
                let (right, end) = if length <= end - start {
                    (right, end)
                } else {
                    // A key is only the beginning of a long needle.
                    let Some(end) = self.rest(layer, number, start) else { continue };
                    (self.right(glyphs, end), end)
                };
                let ending = right == Beside::Ending && stance.inflect != Inflect::None;
                if right == Beside::Boundary || stance.open_right || glue || ending {
                    found.push(Candidate { needle: number as u32, start: start as u32, end: end as u32 });
                }
            }
        });
    }

    /// The same places whatever stands beside them: to say of those that are none why not.
    pub fn everywhere(&self, layer: &Layer, found: &mut Vec<Candidate>) {
        layer.automaton.each(&self.bytes, |key, start, end| {
            for number in layer.needles_of(key) {
                let short = layer.outline(number).0 <= end - start;
                let end = if short { Some(end) } else { self.rest(layer, number, start) };
                let candidate = |end: usize| Candidate { needle: number as u32, start: start as u32, end: end as u32 };
                found.extend(end.map(candidate));
            }
        });
    }

    /// Where a needle ends that begins at a byte, if all of its classes are there.
    fn rest(&self, layer: &Layer, number: usize, start: usize) -> Option<usize> {
        let needle = layer.needle(number)?;
        let mut at = start;
        let mut utf8 = [0; 4];
        for class in classes(needle.letters) {
            let class = class.encode_utf8(&mut utf8).as_bytes();
            if self.bytes.get(at..at + class.len())? != class {
                return None;
            }
            at += class.len();
        }
        Some(at)
    }

    /// What stands left of the run that byte `start` begins.
    fn left(&self, glyphs: &[Glyph], start: usize) -> Beside {
        let first = self.glyph[start] as usize;
        let Some(before) = first.checked_sub(1).map(|at| &glyphs[at]).filter(|glyph| is_letter(glyph)) else {
            return Beside::Boundary;
        };
        let camel = glyphs[first].dress.has(Dress::UPPER) && !before.dress.has(Dress::UPPER);
        let foreign = is_unspaced(before.ch) || is_unspaced(glyphs[first].ch);
        // The run may begin in another word and go on in this one.
        let next = self.glyph.get(self.next_run(start)).map_or(glyphs.len(), |&glyph| glyph as usize);
        let broken = glyphs[first..next].iter().any(|glyph| class_of(glyph).is_none());
        if camel || foreign || broken { Beside::Boundary } else { Beside::Letters }
    }

    /// What stands right of the run before the one that byte `end` begins.
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

    /// The byte at which the run after the one at byte `at` begins.
    fn next_run(&self, at: usize) -> usize {
        let width = self.bytes[at + 1..].iter().take_while(|&&byte| byte & 0xc0 == 0x80).count();
        at + 1 + width
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
