//! Accents as evidence: where a word without them is another word.

use crate::text::is_combining_mark;
use icu_normalizer::uts46::Uts46MapperBorrowed;

/// A number for the letters and marks beyond ASCII of `written`, in order, whatever their case; one that is repeated
/// counts once.
pub fn accents_of(written: &str) -> u32 {
    // Marks that no letter takes up are a disguise in Latin, Greek and Cyrillic, and spelling in other scripts.
    let counts = |c: &char| !c.is_ascii() && (c.is_alphabetic() || is_combining_mark(*c) && *c > '\u{36f}');
    // Small letters, composed: as in the name of a host, whose tables the function has anyway.
    let mapper = Uts46MapperBorrowed::new();
    let letters = mapper.map_normalize(written.chars()).filter(counts);
    let mut last = None;
    // FNV-1a, but of 32 bits and letter by letter: tables have many of these.
    letters
        .filter(|&letter| last.replace(letter) != Some(letter))
        .fold(0x811c_9dc5, |hash, letter| (hash ^ u32::from(letter)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_accents_count() {
        assert_eq!(accents_of("Coñooo"), accents_of("x n\u{303} y"));
        assert_eq!(accents_of("ĐỊT MẸẸ"), accents_of("địt mẹ"));
        assert_eq!(accents_of("ｄ\u{323}İ"), accents_of("Ḍi"));
        assert_ne!(accents_of("lồn"), accents_of("lớn"));
        assert_ne!(accents_of("coño"), accents_of("cono"));
        assert_ne!(accents_of("ร่าน"), accents_of("ร้าน"));
    }
}
