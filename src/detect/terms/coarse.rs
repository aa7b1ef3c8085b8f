//! The cheap first look: which needles may stand where.

use crate::rules::{Inflect, Layer, Needle};
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

    /// Appends every place where a needle of `layer` may stand, in the order of their ends but for needles that are
    /// longer than their key.
    pub fn candidates(&self, glyphs: &[Glyph], layer: &Layer, found: &mut Vec<Candidate>) {
        layer.automaton.each(&self.bytes, |key, start, end| {
            for number in layer.needles_of(key) {
                let Some(needle) = layer.needle(number) else { continue };
                let Some(end) = self.rest(&needle, start, end) else { continue };
                let candidate = Candidate { needle: number as u32, start: start as u32, end: end as u32 };
                if self.may_stand(glyphs, &needle, candidate) {
                    found.push(candidate);
                }
            }
        });
    }

    /// Where the needle ends whose key was found: a key is only the beginning of a long one.
    fn rest(&self, needle: &Needle<'_>, start: usize, end: usize) -> Option<usize> {
        // A needle no longer than the key found is all there.
        if needle.letters.len() <= end - start {
            return Some(end);
        }
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

    /// Whether the edges of a candidate leave a chance; most candidates of short needles end here.
    fn may_stand(&self, glyphs: &[Glyph], needle: &Needle<'_>, candidate: Candidate) -> bool {
        let range = self.glyphs(candidate.start, candidate.end, glyphs.len());
        let stance = needle.stance;
        let before = range.start.checked_sub(1).map(|at| &glyphs[at]);
        if let Some(before) = before.filter(|glyph| is_letter(glyph) && !stance.open_left) {
            // The run of the first letter may begin in another word and go on in this one.
            let first_run = self.glyphs(candidate.start, self.next_run(candidate.start), glyphs.len());
            let broken = glyphs[first_run.clone()].iter().any(|glyph| class_of(glyph).is_none());
            let camel = glyphs[range.start].dress.has(Dress::UPPER) && !before.dress.has(Dress::UPPER);
            if !broken && !camel && !stance.glue && !is_unspaced(before.ch) && !is_unspaced(glyphs[range.start].ch) {
                return false;
            }
            if !broken && !camel && needle.letters.len() < 4 {
                return false;
            }
        }
        let after = glyphs.get(range.end).filter(|_| range.end > 0 && is_letter(&glyphs[range.end - 1]));
        if let Some(after) = after.filter(|glyph| is_letter(glyph) && !stance.open_right) {
            let camel = after.dress.has(Dress::UPPER);
            let ending = stance.inflect != Inflect::None && matches!(after.ch, 's' | 'e' | 'z' | 'd' | 'i' | 'y');
            let last = &glyphs[range.end - 1];
            if !camel && !ending && !stance.glue && !is_unspaced(after.ch) && !is_unspaced(last.ch) {
                return false;
            }
            if !camel && !ending && needle.letters.len() < 4 {
                return false;
            }
        }
        true
    }

    /// The byte at which the run after the one at byte `at` begins.
    fn next_run(&self, at: u32) -> u32 {
        let width = (at as usize + 1..self.bytes.len()).take_while(|&next| self.bytes[next] & 0xc0 == 0x80).count();
        at + 1 + width as u32
    }
}

fn is_letter(glyph: &Glyph) -> bool {
    glyph.kind == Kind::Letter
}
