//! How much words speak for a scam.

use super::moves::{bucket, by_move, moves, slots_for};
use crate::text::{Text, tokens};
use std::borrow::Cow;

/// Weights of words, in per cent of what is enough: a table as it lies in the function, in which each word has a slot of its own.
#[derive(Clone, Debug, Default)]
pub struct Weights {
    /// By what the words of each bucket are [moved](super::moves).
    pub moves: Cow<'static, [u16]>,
    /// The upper bits of a word's hash and, in the lowest byte, its weight; 0 without a word.
    pub slots: Cow<'static, [u32]>,
}

/// What a word weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weight {
    /// In per cent: what speaks against a scam is less than nothing, and most weigh nothing.
    pub percent: i32,
    /// The number of the slot that it would have: another for each word that weighs something.
    pub slot: usize,
}

impl Weights {
    /// There are fewer slots.
    pub const MOST: usize = 1 << 12;

    /// Reads lines of a word and its weight, in order.
    ///
    /// # Errors
    /// Which line is wrong, and why.
    pub fn read(lines: &str) -> Result<Self, String> {
        let (mut hashes, mut percents, mut before) = (Vec::new(), Vec::new(), "");
        for (at, line) in lines.lines().enumerate().filter(|(_, line)| !line.starts_with("# ")) {
            let wrong = |why: &str| format!("{}: {why}: {line:?}", at + 1);
            let (word, percent) = line.rsplit_once(' ').ok_or_else(|| wrong("no word and weight"))?;
            let percent: i8 = percent.parse().map_err(|_| wrong("a weight is a number from -128 to 127"))?;
            if std::mem::replace(&mut before, line) >= line {
                return Err(wrong("not in order"));
            }
            let text = Text::fold(word);
            let mut tokens = tokens(&text);
            let (Some(token), None, true) = (tokens.next(), tokens.next(), percent != 0) else {
                return Err(wrong("not one word that weighs something"));
            };
            if hashes.contains(&hash(token.key)) {
                return Err(wrong("weighed already"));
            }
            hashes.push(hash(token.key));
            percents.push(percent);
        }
        if slots_for(hashes.len()) > Self::MOST {
            return Err(format!("1: no room for {} words", hashes.len()));
        }
        let moves = moves(&hashes, BUCKET_BITS).ok_or("1: these words fit no table")?;
        let mut slots = vec![0; slots_for(hashes.len())];
        for (hash, percent) in hashes.into_iter().zip(percents) {
            let slot = by_move(hash, moves[bucket(hash, BUCKET_BITS)]).within(slots.len());
            slots[slot] = print(hash) | u32::from(percent.cast_unsigned());
        }
        Ok(Self { moves: moves.into(), slots: slots.into() })
    }

    /// Whether nothing weighs anything.
    pub fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    /// What a word weighs, by its [key](tokens), without a branch.
    #[inline]
    pub fn of(&self, key: u64) -> Weight {
        let hash = hash(key);
        let by = self.moves.get(bucket(hash, BUCKET_BITS)).copied().unwrap_or_default();
        let slot = by_move(hash, by).within(self.slots.len());
        let found = self.slots.get(slot).copied().unwrap_or_default();
        let percent = if found & PRINT == print(hash) { (found as u8).cast_signed() } else { 0 };
        Weight { percent: percent.into(), slot }
    }
}

/// The buckets of the table, as bits.
const BUCKET_BITS: u32 = 10;

/// The bits of a slot that tell words apart.
const PRINT: u32 = !0xff;

/// Fibonacci hashing, twice: keys of two characters differ in few bits.
#[inline]
const fn hash(key: u64) -> u64 {
    let once = key.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (once ^ once >> 32).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// What tells the word with this hash from others.
#[inline]
const fn print(hash: u64) -> u32 {
    (hash >> 20) as u32 & PRINT
}

#[cfg(test)]
mod tests {
    use super::*;

    fn percent(weights: &Weights, word: &str) -> Option<i32> {
        tokens(&Text::fold(word)).next().map(|token| weights.of(token.key).percent)
    }

    #[test]
    fn words_weigh_what_the_lines_say() {
        let weights = Weights::read("# A comment\n$0 72\nfree 38\nthe -25\n💰 33\n").expect("these lines are right");
        let cases = [
            ("free", Some(38)),
            ("FREE", Some(38)),
            ("the", Some(-25)),
            ("$100", Some(72)),
            ("💰", Some(33)),
            ("other", Some(0)),
        ];
        let wrong: Vec<_> = cases.into_iter().filter(|(word, want)| percent(&weights, word) != *want).collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }

    #[test]
    fn a_table_that_is_full_still_has_each() {
        let word = |number: usize| {
            (0..4).map(|digit| char::from(b'a' + (number >> (4 * digit) & 15) as u8)).collect::<String>()
        };
        let mut words: Vec<String> = (0..4000).map(word).collect();
        words.sort();
        let lines = words.join(" 7\n") + " 7\n";
        let weights = Weights::read(&lines).expect("there is room");
        let missing: Vec<_> = words.iter().filter(|word| percent(&weights, word) != Some(7)).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        let cases = [
            ("free 38\nbuy", "2: no word and weight: \"buy\""),
            ("free much", "1: a weight is a number from -128 to 127: \"free much\""),
            ("free 3\nbuy 3", "2: not in order: \"buy 3\""),
            ("free stuff 3", "1: not one word that weighs something: \"free stuff 3\""),
            ("free 0", "1: not one word that weighs something: \"free 0\""),
            ("followed 3\nfollowers 3", "2: weighed already: \"followers 3\""),
        ];
        let told = |lines| Weights::read(lines).err().unwrap_or_default();
        let wrong: Vec<_> =
            cases.into_iter().filter(|(lines, want)| told(lines) != *want).map(|(l, w)| (l, w, told(l))).collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}
