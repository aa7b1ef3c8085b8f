//! What ends an address: a state, a postal code. It makes an address of a street even where nobody is said to live there.

use super::street::{Word, words};
use crate::detect::links::reader::Reader;
use crate::detect::word_list::{WordList, has};

/// The most words between a street and the code of its town: "Apt 4, Coffs Harbour NSW 2450".
const TOWN: usize = 9;

/// States of the USA, folded.
const STATES: &WordList = &WordList::new(
    "\
    ak al ar az ca co ct dc de fl ga hi ia id il in ks ky la ma md me mi mn mo ms mt nc nd ne nh nj nm nv ny oh ok \
    or pa ri sc sd tn tx ut va vt wa wi wv wy",
);

/// States of Australia, provinces of Canada, which say nothing else.
const PROVINCES: &WordList = &WordList::new("act nsw nt qld sa tas vic wa");

/// One past the code that ends the address whose street ends at `at`.
pub(super) fn end_behind(reader: Reader, at: usize) -> Option<usize> {
    let words = words(reader, at, TOWN);
    (0..words.len()).find_map(|i| {
        let (word, next) = (words.get(i)?, words.get(i + 1));
        let end = next.map_or(word.1.end, |next| next.1.end);
        let code = next.is_some_and(|next| {
            is_zip(reader, word, next)
                || is_in_two(&word.0, &next.0)
                || is_town(reader, word, next)
                || word.0 == "dublin" && is_number(&next.0, 1..3)
        });
        if code {
            return Some(end);
        }
        (is_state(reader, i, &words) || is_joined(&word.0)).then_some(word.1.end)
    })
}

/// `OK 74133`, `NSW 2450`
fn is_zip(reader: Reader, state: &Word, code: &Word) -> bool {
    let american = has(STATES, &state.0) && is_number(&code.0, 5..6);
    let australian =
        has(PROVINCES, &state.0) && is_number(&code.0, 4..5) && (state.0.len() > 2 || is_capital(reader, state));
    american || australian
}

/// `Asheville, NC`: a state in capitals behind a town.
fn is_state(reader: Reader, i: usize, words: &[Word]) -> bool {
    let Some(town) = i.checked_sub(1).and_then(|before| words.get(before)) else { return false };
    let Some(state) = words.get(i) else { return false };
    let named = reader.is_upper(town.1.start) && !is_capital(reader, town);
    named && has(STATES, &state.0) && is_capital(reader, state) && state.1.len() == 2
}

/// `LS6 2AB`, `M5T 1G4`, `D13 X2Y3`, `1234 AB`, `00-950`
fn is_in_two(first: &str, second: &str) -> bool {
    let (first, second) = (shape(first), shape(second));
    let british = matches!(first.as_str(), "a0" | "aa0" | "a00" | "aa00" | "a0a" | "aa0a") && second == "0aa";
    let irish = first == "a00" && second.len() == 4 && second.starts_with('a') && second.contains('0');
    let polish = first == "00" && second == "000";
    british || irish || polish || first == "a0a" && second == "0a0" || first == "0000" && second == "aa"
}

/// `ls62ab`, `d13x2y3`: the same in one word.
fn is_joined(word: &str) -> bool {
    matches!(shape(word).as_str(), "a00aa" | "aa00aa" | "a000aa" | "aa000aa" | "a0a0aa" | "aa0a0aa" | "a0a0a0")
}

/// `75011 Paris`, `00-950 Warszawa`: a code before a town.
fn is_town(reader: Reader, code: &Word, town: &Word) -> bool {
    is_number(&code.0, 5..6) && reader.is_upper(town.1.start) && town.0.len() > 2
}

/// Whether all of a word is capitals.
fn is_capital(reader: Reader, word: &Word) -> bool {
    word.1.clone().all(|i| reader.is_upper(i))
}

fn is_number(word: &str, lengths: std::ops::Range<usize>) -> bool {
    lengths.contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// The word with an `a` for each letter and a `0` for each digit.
fn shape(word: &str) -> String {
    word.chars().map(|c| if c.is_ascii_digit() { '0' } else { 'a' }).collect()
}
