//! Top-level domains: which exist, and how much one says about the word before it.

use super::dot::is_said_com;
use super::words::{WordList, has};
use crate::rules::{builtin_words, language_bits};

/// What a dot and this top-level domain after a word mean to a reader of chat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tld {
    /// `.com`, `.tv`: an address, whatever the word before it.
    Sure,
    /// `.live`, `.shop`: an address unless an everyday word stands before it.
    Name,
    /// `.so`, `.it`: the next sentence as a rule.
    Word,
    /// `.rs`, `.zip`: a file as a rule.
    File,
}

/// Every top-level domain, in Unicode and as `xn--…`: sorted, one a line. The build script took them from the root zone.
const ALL: &str = include_str!(concat!(env!("OUT_DIR"), "/tlds.txt"));

/// Nobody begins a sentence with one of these, though some are words. Sorted.
const SURE: &[&str] = &[
    "asia", "biz", "cn", "com", "cz", "dk", "edu", "eu", "gov", "icu", "info", "jp", "kr", "mil", "net", "nz", "org",
    "pl", "ru", "tw", "ua", "uk", "vn", "xyz", "za",
];

/// Words of everyday English and of the languages of most rooms. Sorted.
const WORDS: &[&str] = &[
    "ac", "ad", "al", "am", "are", "as", "at", "az", "ba", "bb", "be", "best", "bf", "bi", "bj", "bo", "boo", "br",
    "bs", "buy", "by", "ca", "cafe", "call", "cam", "car", "case", "ceo", "ci", "cm", "cool", "cr", "date", "day",
    "de", "dj", "dm", "do", "eat", "ec", "ee", "er", "es", "esq", "et", "fan", "fi", "foo", "ga", "gay", "gf", "gl",
    "gm", "gn", "good", "gp", "gs", "gu", "here", "hm", "hot", "how", "hu", "id", "ie", "il", "im", "in", "ink", "is",
    "it", "je", "jo", "kg", "ki", "kim", "km", "la", "li", "like", "lol", "love", "ma", "man", "me", "men", "mg", "mm",
    "mn", "mo", "mom", "mr", "ms", "mt", "mu", "my", "na", "ne", "new", "nf", "ng", "ni", "no", "now", "nu", "off",
    "om", "one", "ong", "open", "pa", "pe", "pm", "pr", "ps", "read", "sa", "say", "se", "si", "sm", "so", "st", "su",
    "tf", "tj", "tl", "tm", "to", "tt", "us", "va", "vc", "ve", "vi", "watch", "wow", "wtf", "ye", "you", "yt",
];

/// Endings of files and code. Sorted.
const FILES: &[&str] =
    &["cab", "cpa", "doc", "java", "md", "mov", "mp", "name", "next", "pm", "py", "rs", "sc", "sh", "srl", "zip"];

/// The languages whose first words of a sentence are top-level domains, too.
const EVERYDAY: u64 = language_bits(["en", "de", "es", "fr", "it", "pl", "pt"]);

/// More languages that people join sentences in.
const SAID: u64 = language_bits(["nl", "sv", "da", "no", "fi", "tr", "id"]);

/// What stands before a joined sentence in chat and is in no list of words, in several languages. Sorted.
const CHATTER: &WordList = &WordList::new(
    "\
    abilities ability absolutely ace actually adc adorable aham aimed alter amateur anjay anyways approx armor asp \
    assist assists aynen baited baked bang banger bangers basically beef beleza bello bene bitte blocked blz bom \
    bonjour boots bosses bow bra bracket bravo breakfast bref bruv buen buffed bugged burger burgers busted bzw cap \
    caramba carried castle chaud chilling ciao claro clipped combos comeback comebacks comic congrats \
    congratulations controller cooked cookie cookies crashed credits creepy crisp cu cutscene cutscenes dale damn \
    dang danke deadass decent def defeat definitely diff difficult digga dirty disconnect disconnected dobre dodge \
    dodged dommage dope dr dumb duos dziekuje eben eita ep epic episodes esp etc evet exactly exp expensive eyw \
    facts false farming feat feeding fights filthy flank flanked flawless flick flicks fort fought foul fr freeze \
    fried froze ft gamesense gap garbage geez geil genau genial gerne gggg ggwp gila gl glhf glitch glitched \
    glitches goated goodnight goofy gorgeous gracias grats gratz grazie grinding gut hallo handsome headshot \
    headshots heal healed healer helmet hilarious hiphop hola horrible hostia hrs hungry impossible impressive \
    incredible inting intro ja jaja jazz jeez joa joder jumps jup kek kekw kills kk klar krass lagging lags lan \
    legal legendary leuk lit literally lmfao lolz looted loser lvl main mano mantap massa mate max mechanics merci \
    mid min mins mission missions moin molto monkas movement mr mrs ms naja nein newbie ngl nicee noodles nt nutty \
    obrigado oder offside ok okey oki ostia oui ousado overtime owo parry patched peek peeked penalty pepega \
    perfecto perk perks pls plz pogu porra positioning possible potion potions probably prod prof pt quests raided \
    ramen reactions ref referee reflex reflexes rekt reset resets rofl rookie rotate rotation rounds rushed scored \
    sec secs seriously shot shots si sicher sickk silly siuu snipe soda solos sorta spawned spooky sry st stamina \
    stark streak streaks streamed stupid stutter super supp sushi tack tactic tactics tak tamam terrible thirsty \
    thrown throws thx timing tmj toll totally tranquille trolled ty ulti ultimate unlucky unreal usw uwu vale vamos \
    vibing vlw vs walls welp whoa wp wtf yea yee yikes yooo zzz",
);

/// The class of a top-level domain, in Unicode or as `xn--…`, lower case; `None` where there is no such domain.
pub(crate) fn class(tld: &str) -> Option<Tld> {
    let short = key(tld);
    let is_in = |keys: &[u64]| short.is_some_and(|key| keys.binary_search(&key).is_ok());
    if is_in(&SURE_KEYS) {
        return Some(Tld::Sure);
    }
    if !tld.is_ascii() && is_said_com(tld) {
        return Some(Tld::Sure);
    }
    let is_one = if short.is_some() { is_in(&SHORT) } else { in_lines(&LONG, tld) };
    is_one.then(|| match tld {
        _ if tld.starts_with("xn--") => Tld::Sure,
        _ if is_in(&WORD_KEYS) => Tld::Word,
        _ if is_in(&FILE_KEYS) => Tld::File,
        "properties" => Tld::File,
        "орг" | "дети" | "онлайн" | "сайт" | "москва" | "ком" => Tld::Word,
        // Kernels, scripts, rules: `list.cl`, `enemy.gd`, `common.mk`.
        "cg" | "cl" | "gd" | "mk" | "ml" => Tld::Name,
        _ if is_word(tld) => Tld::Name,
        _ => Tld::Sure,
    })
}

/// Whether a sentence can begin with `word`.
pub(crate) fn is_word(word: &str) -> bool {
    builtin_words().languages(word) & EVERYDAY != 0 || has(CHATTER, word)
}

/// Whether `word` is Portuguese.
pub(crate) fn is_portuguese(word: &str) -> bool {
    builtin_words().languages(word) & language_bits(["pt"]) != 0
}

/// Whether `word` is English and no word of a language in which "com" means "with", nor one like it.
pub(crate) fn is_english_only(word: &str) -> bool {
    builtin_words().languages(word) & language_bits(["en", "es", "fr", "it", "pt"]) == language_bits(["en"])
}

/// Whether people say `label` without meaning a site: an everyday word, laughter, a single letter, a number.
pub(crate) fn is_everyday(label: &str) -> bool {
    label.len() < 3 || label.bytes().all(|b| b.is_ascii_digit()) || is_word(label) || is_laughter(label)
}

/// The same in more languages, before a dot.
pub(super) fn is_said(label: &str) -> bool {
    is_everyday(label) || builtin_words().languages(label) & SAID != 0
}

/// `hahaha`, `jajaja`, `xdddd`, `kkkk`, `yesss`'s tail of one letter: two letters at most, or a long run at the end.
fn is_laughter(label: &str) -> bool {
    let mut seen = [0u64; 4];
    for byte in label.bytes() {
        seen[usize::from(byte >> 6)] |= 1 << (byte & 63);
    }
    let run = matches!(label.as_bytes(), [.., a, b, c] if a == b && b == c);
    run || seen.iter().map(|bits| bits.count_ones()).sum::<u32>() <= 2
}

/// The first eight bytes of `word` as a number: words of so many sort and differ as their keys do.
const fn packed(word: &[u8]) -> u64 {
    let (mut key, mut at) = (0, 0);
    while at < 8 {
        key = key << 8 | if at < word.len() { word[at] as u64 } else { 0 };
        at += 1;
    }
    key
}

/// The key of a word of up to eight bytes.
fn key(word: &str) -> Option<u64> {
    (word.len() <= 8).then(|| packed(word.as_bytes()))
}

/// The keys of all of `list`.
const fn keys<const N: usize>(list: &[&str]) -> [u64; N] {
    let (mut keys, mut at) = ([0; N], 0);
    while at < N {
        assert!(list[at].len() <= 8, "a list holds a word that is too long for a key");
        keys[at] = packed(list[at].as_bytes());
        at += 1;
    }
    keys
}

static SURE_KEYS: [u64; SURE.len()] = keys(SURE);
static WORD_KEYS: [u64; WORDS.len()] = keys(WORDS);
static FILE_KEYS: [u64; FILES.len()] = keys(FILES);

/// The keys of the lines of [`ALL`] that have one, and how many those are.
const fn short_lines<const N: usize>() -> ([u64; N], usize) {
    let (all, mut keys, mut count, mut start, mut at) = (ALL.as_bytes(), [0; N], 0, 0, 0);
    while at <= all.len() {
        if at == all.len() || all[at] == b'\n' {
            let (_, line) = all.split_at(start);
            let (line, _) = line.split_at(at - start);
            if !line.is_empty() && line.len() <= 8 {
                if count < N {
                    keys[count] = packed(line);
                }
                count += 1;
            }
            start = at + 1;
        }
        at += 1;
    }
    (keys, count)
}

static SHORT: [u64; short_lines::<0>().1] = short_lines().0;

/// The lines of [`ALL`] that are too long for a key, each with its end, and how many bytes those are.
const fn long_lines<const N: usize>() -> ([u8; N], usize) {
    let (all, mut lines, mut count, mut start, mut at) = (ALL.as_bytes(), [0; N], 0, 0, 0);
    while at <= all.len() {
        if at == all.len() || all[at] == b'\n' {
            let mut from = start;
            while at - start > 8 && from <= at {
                if count < N {
                    lines[count] = if from < at { all[from] } else { b'\n' };
                }
                (count, from) = (count + 1, from + 1);
            }
            start = at + 1;
        }
        at += 1;
    }
    (lines, count)
}

static LONG: [u8; long_lines::<0>().1] = long_lines().0;

/// Whether `word` is a line of the sorted `lines`, found by halving the bytes.
fn in_lines(bytes: &[u8], word: &str) -> bool {
    let (mut low, mut high) = (0, bytes.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let start = bytes[low..middle].iter().rposition(|&b| b == b'\n').map_or(low, |at| low + at + 1);
        let end = bytes[middle..high].iter().position(|&b| b == b'\n').map_or(high, |at| middle + at);
        match bytes[start..end].cmp(word.as_bytes()) {
            std::cmp::Ordering::Equal => return true,
            std::cmp::Ordering::Less => low = end + 1,
            std::cmp::Ordering::Greater => high = start,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_sorted() {
        for list in [SURE, WORDS, FILES] {
            let out: Vec<_> = list.windows(2).filter(|pair| pair[0] >= pair[1]).collect();
            assert!(out.is_empty(), "{out:?}");
        }
    }

    #[test]
    fn top_level_domains_are_those_of_the_public_suffix_list() {
        use psl::{List, Psl};
        // Some have no rule of their own, only for what stands below them (*.ck).
        let is_known = |host: &str| List.suffix(host.as_bytes()).is_some_and(|suffix| suffix.is_known());
        let unknown: Vec<_> = ALL.lines().filter(|tld| !is_known(tld) && !is_known(&format!("co.{tld}"))).collect();
        assert!(unknown.is_empty(), "{unknown:?}");
        assert!(ALL.lines().count() > 1_500, "{}", ALL.lines().count());
    }

    fn is_one(tld: &str) -> bool {
        class(tld).is_some()
    }

    #[test]
    fn every_domain_is_found_and_no_other() {
        let missed: Vec<_> = ALL.lines().chain(SURE.iter().copied()).filter(|tld| !is_one(tld)).collect();
        assert!(missed.is_empty(), "{missed:?}");
        assert!(!["", "0", "zzzz", "co.", "comm", "~", "A"].iter().any(|tld| is_one(tld)));
    }
}
