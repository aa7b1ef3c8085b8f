//! The cheap first look: which needles may stand where.

use super::Found;
use super::signs::{DOUBLED, ENDING, GLYPH, RIGHT, Sign, fill};
use crate::rules::{
    INFLECTED, INSIDE, Inflect, LEADING, Layer, List, OPEN_LEFT, OPEN_RIGHT, Outline, PADDING, Present, Telltale,
    foreign, key_len,
};
use crate::text::{Glyph, Span, Text};
use std::ops::Range;

/// A reading of the message in coarse classes, and the way back to its glyphs.
#[derive(Debug, Default)]
pub struct Coarse {
    /// A symbol for each run of letters of one class, and zeros after them.
    symbols: Vec<u8>,
    /// For each symbol, the first glyph of its run in the lower [`GLYPH`] bits, whether it is [`DOUBLED`], what the search for keys
    /// asks ([`INSIDE`], [`foreign`]), and what stands beside the place before it: [`ENDING`], [`RIGHT`].
    places: Vec<u32>,
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
    /// Reads a text, keeping the memory.
    #[inline(never)]
    pub fn read(&mut self, content: &str, text: &Text) {
        if text.is_plain() {
            // A table knows all of a byte.
            self.refill_with(content.as_bytes().iter().map(|&byte| (Sign::ascii(byte), 0)));
        } else {
            self.refill(&text.glyphs);
        }
    }

    /// Reads `glyphs`, keeping the memory.
    pub fn refill(&mut self, glyphs: &[Glyph]) {
        // Most messages have no other reading, and those before them had none.
        if glyphs.is_empty() && self.places.is_empty() && self.symbols.len() == PADDING {
            return;
        }
        self.refill_with(glyphs.iter().map(|glyph| (Sign::of(*glyph), foreign(glyph.symbol()))));
    }

    /// Reads signs, and whether they are [`foreign`].
    #[inline]
    fn refill_with(&mut self, signs: impl ExactSizeIterator<Item = (Sign, u32)>) {
        // Places for all of them first, so that the loop asks for no memory. There are no fewer symbols than places.
        let len = signs.len();
        while self.places.len() < len {
            self.symbols.extend_from_slice(&[0; BLOCK]);
            self.places.extend_from_slice(&[0; BLOCK]);
        }
        let rooms = (self.symbols.get_mut(..len), self.places.get_mut(..len));
        let (Some(symbols), Some(places)) = rooms else { return };
        let count = fill(signs, symbols, places);
        self.places.truncate(count);
        self.symbols.truncate(count);
        self.symbols.extend_from_slice(&[0; PADDING]);
    }

    /// The glyphs from the run of symbol `start` to before the run of symbol `end`.
    pub fn glyphs(&self, start: u32, end: u32, len: usize) -> Range<usize> {
        let at = |symbol: u32| self.places.get(symbol as usize).map_or(len, |&place| (place & GLYPH) as usize);
        at(start)..at(end)
    }

    /// The first symbol that stands for a glyph at or after this one.
    pub fn symbol_of(&self, glyph: usize) -> u32 {
        self.places.partition_point(|&place| ((place & GLYPH) as usize) < glyph) as u32
    }

    /// What begins and ends in some bytes of the content, as a place here, of the same `glyphs`.
    pub fn place_of(&self, glyphs: &[Glyph], span: Span) -> Found {
        let symbol_at = |byte: usize| self.symbol_of(glyphs.partition_point(|glyph| (glyph.start as usize) < byte));
        Found { span, start: symbol_at(span.start), end: symbol_at(span.end) }
    }

    /// Appends every place where a needle of `layer` may stand, nearly in the order of their starts; only of those that lead
    /// somewhere, if `leading`.
    pub fn candidates(&self, layer: &Layer, leading: bool, found: &mut Vec<Candidate>) {
        let mut keys = Keys::default();
        layer.automaton.each(&layer.keys, &self.symbols, Some(&self.places), leading, |key, start, end| {
            // All are asked, without a branch for each: none can be foreseen.
            let asked = u8::from(leading) * LEADING | u8::from(self.left(start)) * OPEN_LEFT;
            let lacks = asked & !key.hints;
            let allows = (key.hints | CLEAN) & ALLOWING[(self.right(end) >> 30) as usize];
            keys.add(key.first, start, end - start, (lacks == 0) & (allows != 0));
            if !keys.has_room_for(1) {
                self.candidates_of(&mut keys, layer, leading, found);
            }
        });
        self.candidates_of(&mut keys, layer, leading, found);
    }

    /// Appends those of some keys, and forgets these.
    fn candidates_of(&self, keys: &mut Keys, layer: &Layer, leading: bool, found: &mut Vec<Candidate>) {
        let (mut key, mut number) = (0, keys.number(0));
        while key < keys.count() {
            let Some((telltale, leads, is_last)) = layer.needles.of_key(number) else { break };
            let at = keys.at(key);
            // A key is only the beginning of a long needle. Most fail here, and it can not be foreseen by what.
            let long = telltale.symbols > at.len();
            if (!leading | leads) & self.may_go_on(telltale, at.start, long) {
                let at = at.start..at.start + telltale.symbols;
                if self.may_stand(layer, number, at.clone(), long) {
                    found.push(Candidate { needle: number as u32, start: at.start as u32, end: at.end as u32 });
                }
            }
            key += usize::from(is_last);
            number = [number + 1, keys.number(key)][usize::from(is_last)];
        }
        keys.clear();
    }

    /// Whether a needle, whose key is there, may stand at some symbols, by all of them and by what stands beside them.
    fn may_stand(&self, layer: &Layer, number: usize, at: Range<usize>, long: bool) -> bool {
        let Some(Outline { stance, .. }) = layer.outline(number) else { return false };
        let (left, right) = (self.left(at.start), self.right(at.end));
        let ending = (right == ENDING) & (stance.inflect != Inflect::None);
        let fits = (!left | stance.open_left | stance.glue) & ((right == 0) | stance.open_right | stance.glue | ending);
        fits && (!long || self.goes_on(layer, number, at))
    }

    /// The same places whatever stands beside them: to say of those that are none why not.
    pub fn everywhere(&self, layer: &Layer, found: &mut Vec<Candidate>) {
        layer.automaton.each(&layer.keys, &self.symbols, None, false, |key, start, end| {
            let mut number = key.first;
            while let Some((telltale, _, is_last)) = layer.needles.of_key(number) {
                let long = telltale.symbols > end - start;
                let end = start + telltale.symbols;
                if self.may_go_on(telltale, start, long) && (!long || self.goes_on(layer, number, start..end)) {
                    found.push(Candidate { needle: number as u32, start: start as u32, end: end as u32 });
                }
                if is_last {
                    break;
                }
                number += 1;
            }
        });
    }

    /// What a needle has to tell of itself is there, whose key is, from `start` on; `long` if its key is only the beginning of it.
    #[inline]
    fn may_go_on(&self, telltale: Telltale, start: usize, long: bool) -> bool {
        // Both are asked, without a branch for which: it can not be foreseen.
        let last = self.symbols.get(start + telltale.symbols - 1).map_or(0, |last| last & Telltale::TELLING);
        let doubled = start + usize::from(telltale.telling).saturating_sub(1);
        let is_doubled = self.places.get(doubled).is_some_and(|place| place & DOUBLED != 0);
        let fits = [is_doubled | (telltale.telling == 0), last == telltale.telling];
        fits[usize::from(long)]
    }

    /// Whether a needle is spelled by these symbols.
    fn goes_on(&self, layer: &Layer, needle: usize, symbols: Range<usize>) -> bool {
        self.symbols.get(symbols).is_some_and(|there| layer.spells(needle, there))
    }

    /// Whether any of these needles is spelled by our symbols, from one of some starts to one of some ends.
    pub fn any_stands(&self, layer: &Layer, needles: List<'_>, (starts, ends): (Range<u32>, Range<u32>)) -> bool {
        let starts = starts.start as usize..self.places.len().min(starts.end as usize);
        let ends = ends.start as usize..ends.end as usize;
        let pairs = Pairs::of(self.symbols.get(starts.start..=starts.end).unwrap_or_default());
        // Most needles begin with what is not there at all.
        let mut there = needles.iter().map(|needle| needle as usize).filter(|&needle| pairs.may_have(layer, needle));
        there.any(|needle| self.stands(layer, needle, (&starts, &ends)))
    }

    /// Whether a needle is spelled by our symbols, from one of some starts to one of some ends.
    fn stands(&self, layer: &Layer, needle: usize, (starts, ends): (&Range<usize>, &Range<usize>)) -> bool {
        let Some(telltale) = layer.needles.telltale(needle) else { return false };
        let symbols = telltale.symbols;
        let long = symbols > key_len(symbols);
        let places =
            starts.start.max(ends.start.saturating_sub(symbols))..starts.end.min(ends.end.saturating_sub(symbols));
        let first = layer.first_symbols(needle);
        places.clone().step_by(PAIRS).any(|from| {
            let mut there = pairs_at(self.symbols.get(from..).unwrap_or_default(), first);
            while there != 0 {
                let start = from + there.trailing_zeros() as usize / 8;
                if start < places.end
                    && self.may_go_on(telltale, start, long)
                    && self.goes_on(layer, needle, start..start + symbols)
                {
                    return true;
                }
                there &= there - 1;
            }
            false
        })
    }

    /// Whether a symbol is that of one letter of ASCII, or of what stands for it: beyond that, many letters share one.
    pub fn is_telling(&self, symbol: u32) -> bool {
        self.symbols.get(symbol as usize).is_some_and(u8::is_ascii)
    }

    /// Whether letters of the same word stand before the run of symbol `start`.
    fn left(&self, start: usize) -> bool {
        self.places.get(start).is_some_and(|place| place & INSIDE != 0)
    }

    /// What stands after the run before symbol `end`: [`ENDING`], [`RIGHT`], or 0 for the end of a word or what may count as
    /// one.
    fn right(&self, end: usize) -> u32 {
        self.places.get(end).map_or(0, |place| place & (ENDING | RIGHT))
    }
}

/// Keys that are there, by their first needles. Nor can it be foreseen how many needles they have, so those of several are looked at in
/// one go.
type Keys = Present<16>;

/// Which symbols stand one after the other, by five bits of each, as in the beginning of a needle.
struct Pairs([u32; 32]);

impl Pairs {
    /// Those of some symbols.
    fn of(symbols: &[u8]) -> Self {
        let mut pairs = Self([0; 32]);
        for (&first, &second) in symbols.iter().zip(symbols.get(1..).unwrap_or_default()) {
            // Whatever follows, a needle of one symbol may be there.
            pairs.0[usize::from(first & 31)] |= 1 | 1 << (second & 31);
        }
        pairs
    }

    /// Whether a needle may begin so, by the beginnings of those around it: most often they have the same first symbol.
    #[inline]
    fn may_have(&self, layer: &Layer, needle: usize) -> bool {
        let [least, most] = layer.needles.beginnings(needle);
        let between = (2u64 << (most & 31)).wrapping_sub(1 << (least & 31));
        (least >> 5 != most >> 5) | (u64::from(self.0[usize::from(least >> 5 & 31)]) & between != 0)
    }
}

/// So many pairs of symbols are compared at once: those of eight symbols, which are there for each place, since [`PADDING`] follows.
const PAIRS: usize = 7;

/// The highest bits of the bytes where two symbols stand one after the other, the second of which is any if it is 0; perhaps of more.
fn pairs_at(symbols: &[u8], [first, second]: [u8; 2]) -> u64 {
    const ONES: u64 = u64::from_le_bytes([1; 8]);
    let there = symbols.first_chunk().map_or(0, |&there| u64::from_le_bytes(there));
    let next = if second == 0 { 0 } else { there >> 8 ^ ONES * u64::from(second) };
    let other = there ^ ONES * u64::from(first) | next;
    other.wrapping_sub(ONES) & !other & ONES << 7
}

/// A hint that no key needs.
const CLEAN: u8 = 1 << 7;

/// Of which hints a key needs any, by what stands [after](Coarse::right) it: nothing, [`ENDING`] or [`RIGHT`].
const ALLOWING: [u8; 4] = [CLEAN, INFLECTED | OPEN_RIGHT, OPEN_RIGHT, OPEN_RIGHT];

/// So many places are added at once.
const BLOCK: usize = 64;

#[cfg(test)]
mod tests {
    use super::super::rejected::spaced;
    use super::*;
    use crate::detect::mixtures::Random;
    use crate::rules::Ruleset;

    #[test]
    fn a_plain_text_is_read_as_its_glyphs_are() {
        let all: Vec<char> = ('\x20'..'\x7f').collect();
        let pairs = all.iter().map(|one| all.iter().flat_map(|other| [*one, *other]).collect());
        let doubled =
            ["cheap primes", "tutti|in", "aA a", "ss s sS 5$ s", "", "a", "BooK KeePer's  ll1!"].map(String::from);
        let (mut plain, mut glyphs) = (Coarse::default(), Coarse::default());
        let wrong: Vec<String> = pairs
            .chain(doubled)
            .filter(|content: &String| {
                let text = Text::fold(content);
                plain.read(content, &text);
                glyphs.refill(&text.glyphs);
                !text.is_plain() || (&plain.symbols, &plain.places) != (&glyphs.symbols, &glyphs.places)
            })
            .collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn a_needle_is_found_wherever_it_stands() {
        let (rules, mut random, mut coarse) =
            (Ruleset::builtin(), Random::new("mixture", "needles"), Coarse::default());
        let (mut wrong, mut found, mut count) = (Vec::new(), 0, 0);
        for layer in rules.layers() {
            let len = layer.needles.words.len();
            for number in (0..len).step_by(7) {
                let word = |number| layer.needle(number).map(|needle| spaced(&needle)).unwrap_or_default();
                let others = [(); 4].map(|()| word(random.below(len)));
                let [one, other, next, last] = others.each_ref().map(String::as_str);
                let content = [one, other, &word(number), next, last].join(random.pick(&[" ", "", "a"]));
                coarse.refill(&Text::fold(&content).glyphs);
                let most = coarse.places.len() as u32;
                let [start, end] = [0, most].map(|at| at + random.below(9) as u32);
                let Some(telltale) = layer.needles.telltale(number) else { continue };
                let (symbols, long) = (telltale.symbols, telltale.symbols > key_len(telltale.symbols));
                let stands = (start as usize..coarse.places.len()).any(|at| {
                    at + symbols < end as usize
                        && coarse.may_go_on(telltale, at, long)
                        && coarse.goes_on(layer, number, at..at + symbols)
                });
                (found, count) = (found + usize::from(stands), count + 1);
                if coarse.any_stands(layer, List::Long(&[number as u32]), (start..most, 0..end)) != stands {
                    wrong.push(content);
                }
            }
        }
        assert!(wrong.is_empty(), "{wrong:?}");
        assert!(found > count / 2 && found < count, "{found} of {count}");
    }
}
