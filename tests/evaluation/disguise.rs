//! The kinds of disguise, each a function from a word to the word as people write it to get past a filter.

use super::random::Random;

/// A kind of disguise.
pub struct Disguise {
    /// Its name in the table.
    pub name: &'static str,
    /// The word in this disguise; none where it can not be disguised so, or so that a reader could tell.
    pub make: fn(&str, &mut Random) -> Option<String>,
    /// Whether the disguise leaves words where they are, so that a whole sentence can wear it.
    pub for_sentences: bool,
}

const fn within(name: &'static str, make: fn(&str, &mut Random) -> Option<String>) -> Disguise {
    Disguise { name, make, for_sentences: true }
}

const fn across(name: &'static str, make: fn(&str, &mut Random) -> Option<String>) -> Disguise {
    Disguise { name, make, for_sentences: false }
}

/// Every kind, in the order of the table.
pub const KINDS: &[Disguise] = &[
    within("plain", |word, _| Some(word.to_owned())),
    within("capitals", |word, _| Some(word.to_ascii_uppercase())),
    within("alternating case", |word, _| Some(alternating(word))),
    within("leet, one letter", leet_one),
    within("leet, digits", |word, _| leet_all(word, digit_for)),
    within("leet, symbols", |word, _| leet_all(word, symbol_for)),
    within("cyrillic, one letter", |word, random| change_one(word, random, cyrillic_for)),
    within("cyrillic, all letters", |word, _| change_all(word, cyrillic_for)),
    within("greek", |word, _| change_all(word, greek_for)),
    within("full width", |word, _| font(word, 'ａ')),
    within("math bold", |word, _| font(word, '𝐚')),
    within("math script", |word, _| font(word, '𝓪')),
    within("math fraktur", |word, _| font(word, '𝖆')),
    within("math double-struck", |word, _| font(word, '𝕒')),
    within("math sans-serif", |word, _| font(word, '𝗮')),
    within("monospace", |word, _| font(word, '𝚊')),
    within("circled", |word, _| font(word, 'ⓐ')),
    within("circled, black", |word, _| font(word, '🅐')),
    within("squared", |word, _| font(word, '🄰')),
    within("squared, black", |word, _| font(word, '🅰')),
    within("parenthesized", |word, _| font(word, '⒜')),
    within("regional indicators", |word, _| Some(join(&chars(&font(word, '🇦')?), "\u{200b}"))),
    within("small capitals", |word, _| Some(listed(word, &SMALL_CAPITALS))),
    within("superscript", |word, _| Some(listed(word, &SUPERSCRIPT))),
    within("zalgo", |word, random| Some(zalgo(word, random))),
    within("accents", |word, random| Some(accents(word, random))),
    within("struck through", |word, _| Some(word.chars().flat_map(|c| [c, '\u{336}']).collect())),
    within("one letter repeated", |word, random| Some(repeat_one(word, random))),
    within("all letters repeated", |word, random| Some(repeat_all(word, 2 + random.below(3)))),
    across("spaces", |word, _| Some(join(&chars(word), " "))),
    across("dots", |word, _| Some(join(&chars(word), "."))),
    across("dashes", |word, _| Some(join(&chars(word), "-"))),
    across("underscores", |word, _| Some(join(&chars(word), "_"))),
    across("slashes", |word, _| Some(join(&chars(word), "/"))),
    across("asterisks", |word, _| Some(join(&chars(word), "*"))),
    across("emoji between", |word, _| Some(join(&chars(word), "🔥"))),
    across("line breaks", |word, _| Some(join(&chars(word), "\n"))),
    across("braille blanks", |word, _| Some(join(&chars(word), "\u{2800}"))),
    across("hangul fillers", |word, _| Some(join(&chars(word), "\u{3164}"))),
    across("mixed separators", |word, random| Some(mixed_separators(word, random))),
    across("wide gaps", |word, _| Some(join(&chars(word), " . "))),
    within("zero width spaces", |word, _| Some(join(&chars(word), "\u{200b}"))),
    within("zero width joiners", |word, _| Some(join(&chars(word), "\u{200d}"))),
    within("soft hyphens", |word, _| Some(join(&chars(word), "\u{ad}"))),
    within("tags", |word, _| Some(word.chars().flat_map(|c| [c, '\u{e0061}']).collect())),
    within("variation selectors", |word, _| Some(word.chars().flat_map(|c| [c, '\u{fe0f}']).collect())),
    within("invisible mix", |word, random| Some(invisible_mix(word, random))),
    across("bidi override", |word, _| Some(format!("\u{202e}{}\u{202c}", reversed(word)))),
    across("upside down", |word, _| turned(word)),
    across("upside down, turned around", |word, _| turned(&reversed(word))),
    across("masked vowel, *", |word, random| masked(word, random, '*')),
    across("masked vowel, #", |word, random| masked(word, random, '#')),
    across("masked vowel, -", |word, random| masked(word, random, '-')),
    across("joined to words", |word, random| Some(format!("{}{word}{}", random.pick(&BEFORE), random.pick(&AFTER)))),
    across("camel case", |word, random| {
        Some(format!("{}{}{}", title(random.pick(&BEFORE)), title(word), title(random.pick(&AFTER))))
    }),
    across("hashtag", |word, random| Some(format!("#{word}{}", random.pick(&AFTER)))),
    across("leet + dots", |word, random| Some(join(&chars(&leet_one(word, random)?), "."))),
    across("leet + spaces", |word, random| Some(join(&chars(&leet_one(word, random)?), " "))),
    within("leet + repeats", |word, random| Some(repeat_one(&leet_one(word, random)?, random))),
    within("capitals + leet", |word, random| Some(alternating(&leet_one(word, random)?))),
    within("cyrillic + zero width", |word, random| {
        Some(join(&chars(&change_one(word, random, cyrillic_for)?), "\u{200b}"))
    }),
    across("font + dots", |word, _| Some(join(&chars(&font(word, '𝗮')?), "."))),
    across("full width + spaces", |word, _| Some(join(&chars(&font(word, 'ａ')?), " "))),
    within("zalgo + leet", |word, random| Some(zalgo(&leet_one(word, random)?, random))),
    within("accents + repeats", |word, random| Some(accents(&repeat_one(word, random), random))),
    across("spaces + repeats", |word, _| Some(join(&chars(&repeat_all(word, 2)), " "))),
    across("cyrillic + leet + dashes", |word, random| {
        let one = change_one(word, random, cyrillic_for)?;
        Some(join(&chars(&change_one(&one, random, digit_for)?), "-"))
    }),
    within("capitals + zero width + accents", |word, random| {
        Some(join(&chars(&accents(word, random).to_uppercase()), "\u{200c}"))
    }),
];

const BEFORE: [&str; 6] = ["your", "this", "little", "what", "that", "super"];
const AFTER: [&str; 6] = ["face", "stream", "time", "game", "chat", "forever"];

const SMALL_CAPITALS: [&str; 26] = [
    "ᴀ", "ʙ", "ᴄ", "ᴅ", "ᴇ", "ꜰ", "ɢ", "ʜ", "ɪ", "ᴊ", "ᴋ", "ʟ", "ᴍ", "ɴ", "ᴏ", "ᴘ", "ꞯ", "ʀ", "ꜱ", "ᴛ", "ᴜ", "ᴠ", "ᴡ",
    "x", "ʏ", "ᴢ",
];
const SUPERSCRIPT: [&str; 26] = [
    "ᵃ", "ᵇ", "ᶜ", "ᵈ", "ᵉ", "ᶠ", "ᵍ", "ʰ", "ⁱ", "ʲ", "ᵏ", "ˡ", "ᵐ", "ⁿ", "ᵒ", "ᵖ", "q", "ʳ", "ˢ", "ᵗ", "ᵘ", "ᵛ", "ʷ",
    "ˣ", "ʸ", "ᶻ",
];
const UPSIDE_DOWN: [&str; 26] = [
    "ɐ", "q", "ɔ", "p", "ǝ", "ɟ", "ƃ", "ɥ", "ᴉ", "ɾ", "ʞ", "l", "ɯ", "u", "o", "d", "b", "ɹ", "s", "ʇ", "n", "ʌ", "ʍ",
    "x", "ʎ", "z",
];

fn chars(word: &str) -> Vec<String> {
    word.chars().map(String::from).collect()
}

fn join(letters: &[String], between: &str) -> String {
    letters.join(between)
}

fn reversed(word: &str) -> String {
    word.chars().rev().collect()
}

fn title(word: &str) -> String {
    let (first, rest) = word.split_at(word.chars().next().map_or(0, char::len_utf8));
    first.to_uppercase() + rest
}

fn alternating(word: &str) -> String {
    let turn = |(at, c): (usize, char)| if at % 2 == 0 { c } else { c.to_ascii_uppercase() };
    word.chars().enumerate().map(turn).collect()
}

/// The 26 letters in a font whose small a (or whose only a) is `first`.
fn font(word: &str, first: char) -> Option<String> {
    let letter = |c: char| {
        let at = u32::from(c.to_ascii_lowercase()).checked_sub(u32::from('a')).filter(|at| *at < 26);
        at.map_or(Some(c), |at| char::from_u32(u32::from(first) + at))
    };
    word.chars().map(letter).collect()
}

fn listed(word: &str, list: &[&str; 26]) -> String {
    let letter = |c: char| {
        let at = usize::try_from(u32::from(c.to_ascii_lowercase()).checked_sub(u32::from('a'))?).ok()?;
        list.get(at).map(|letter| (*letter).to_owned())
    };
    word.chars().map(|c| letter(c).unwrap_or_else(|| c.into())).collect()
}

/// The word on its head, if a letter tells: `nox` is also a word of its own.
fn turned(word: &str) -> Option<String> {
    Some(listed(word, &UPSIDE_DOWN)).filter(|made| !made.is_ascii())
}

/// The places of `word` that `change` knows another character for.
fn places(word: &str, change: fn(char) -> Option<char>) -> Vec<usize> {
    word.char_indices().filter(|(_, c)| change(*c).is_some()).map(|(at, _)| at).collect()
}

fn change_at(word: &str, place: usize, change: fn(char) -> Option<char>) -> String {
    word.char_indices().map(|(at, c)| if at == place { change(c).unwrap_or(c) } else { c }).collect()
}

fn change_one(word: &str, random: &mut Random, change: fn(char) -> Option<char>) -> Option<String> {
    let places = places(word, change);
    (!places.is_empty()).then(|| change_at(word, random.pick(&places), change))
}

fn change_all(word: &str, change: fn(char) -> Option<char>) -> Option<String> {
    (!places(word, change).is_empty()).then(|| word.chars().map(|c| change(c).unwrap_or(c)).collect())
}

fn leet_one(word: &str, random: &mut Random) -> Option<String> {
    let change = if random.below(2) == 0 { digit_for } else { symbol_for };
    change_one(word, random, change)
}

/// Every letter that there is a digit or symbol for, as long as half of the letters stay: digits need company.
fn leet_all(word: &str, change: fn(char) -> Option<char>) -> Option<String> {
    let letters = word.chars().filter(char::is_ascii_alphabetic).count();
    change_all(word, change).filter(|_| places(word, change).len() * 2 <= letters)
}

fn digit_for(c: char) -> Option<char> {
    Some(match c.to_ascii_lowercase() {
        'a' => '4',
        'b' => '8',
        'e' => '3',
        'g' => '9',
        'i' | 'l' => '1',
        'o' => '0',
        's' => '5',
        't' => '7',
        _ => return None,
    })
}

fn symbol_for(c: char) -> Option<char> {
    Some(match c.to_ascii_lowercase() {
        'a' => '@',
        'c' => '(',
        'e' => '€',
        'i' => '!',
        's' => '$',
        't' => '+',
        _ => return None,
    })
}

fn cyrillic_for(c: char) -> Option<char> {
    Some(match c {
        'a' => 'а',
        'c' => 'с',
        'e' => 'е',
        'h' => 'һ',
        'i' => 'і',
        'j' => 'ј',
        'o' => 'о',
        'p' => 'р',
        's' => 'ѕ',
        'x' => 'х',
        'y' => 'у',
        'A' => 'А',
        'B' => 'В',
        'C' => 'С',
        'E' => 'Е',
        'H' => 'Н',
        'K' => 'К',
        'M' => 'М',
        'O' => 'О',
        'P' => 'Р',
        'T' => 'Т',
        'X' => 'Х',
        _ => return None,
    })
}

fn greek_for(c: char) -> Option<char> {
    Some(match c {
        'a' => 'α',
        'i' => 'ι',
        'k' => 'κ',
        'n' => 'η',
        'o' => 'ο',
        'p' => 'ρ',
        't' => 'τ',
        'u' => 'υ',
        'v' => 'ν',
        'w' => 'ω',
        'x' => 'χ',
        _ => return None,
    })
}

/// Marks above, below and through a letter.
const MARKS: [char; 12] = [
    '\u{300}', '\u{308}', '\u{30d}', '\u{315}', '\u{31b}', '\u{323}', '\u{327}', '\u{32e}', '\u{334}', '\u{337}',
    '\u{33f}', '\u{353}',
];

fn zalgo(word: &str, random: &mut Random) -> String {
    let mut out = String::new();
    for c in word.chars() {
        out.push(c);
        for _ in 0..=random.below(6) {
            out.push(random.pick(&MARKS));
        }
    }
    out
}

/// One to all of the letters with an accent, as separate marks or composed.
fn accents(word: &str, random: &mut Random) -> String {
    let accent = |c: char, random: &mut Random| match c {
        'a' => "áàâäãå".chars().nth(random.below(6)),
        'c' => Some('ç'),
        'e' => "éèêë".chars().nth(random.below(4)),
        'i' => "íìîï".chars().nth(random.below(4)),
        'n' => Some('ñ'),
        'o' => "óòôöõ".chars().nth(random.below(5)),
        'u' => "úùûü".chars().nth(random.below(4)),
        'y' => Some('ý'),
        _ => None,
    };
    word.chars().map(|c| accent(c, random).unwrap_or(c)).collect()
}

/// Three to six of one letter: no language doubles a letter that often, so that a reader sees the word.
fn repeat_one(word: &str, random: &mut Random) -> String {
    let place = random.below(word.chars().count().max(1));
    let times = 3 + random.below(4);
    let repeat = |(at, c): (usize, char)| std::iter::repeat_n(c, if at == place { times } else { 1 });
    word.chars().enumerate().flat_map(repeat).collect()
}

fn repeat_all(word: &str, times: usize) -> String {
    word.chars().flat_map(|c| std::iter::repeat_n(c, times)).collect()
}

fn mixed_separators(word: &str, random: &mut Random) -> String {
    let mut out = String::new();
    for c in word.chars() {
        if !out.is_empty() {
            out.push_str(random.pick(&[" ", ".", "-", "_", "~", ", ", "/"]));
        }
        out.push(c);
    }
    out
}

fn invisible_mix(word: &str, random: &mut Random) -> String {
    let mut out = String::new();
    for c in word.chars() {
        out.push(c);
        out.push(
            random.pick(&['\u{200b}', '\u{200c}', '\u{200d}', '\u{2060}', '\u{ad}', '\u{feff}', '\u{180e}', '\u{34f}']),
        );
    }
    out
}

/// One vowel inside the word hidden behind `mask`.
fn masked(word: &str, random: &mut Random, mask: char) -> Option<String> {
    let inner = 1..word.len().saturating_sub(1);
    let vowels: Vec<usize> =
        word.char_indices().filter(|(at, c)| inner.contains(at) && "aeiou".contains(*c)).map(|(at, _)| at).collect();
    if vowels.is_empty() {
        return None;
    }
    let place = random.pick(&vowels);
    Some(word.char_indices().map(|(at, c)| if at == place { mask } else { c }).collect())
}
