//! Phone numbers: by the grouping of a country, or by the words before.

use super::number::{Number, uncounted};
use crate::detect::links::reader::Reader;
use crate::detect::word_list::{WordList, has, mentions};
use std::ops::Range;

/// How far back the words count, in characters.
const NEAR: usize = 36;

/// Words that announce a phone number, folded.
const WORDS: &WordList = &WordList::new(
    "\
    anrufen appelle call cel cell cellphone cellulare celular chiamami dial digits dzwon fon fono handy handynr \
    handynummer homep hp komorka llama llamame mobil mobile movil nohp nomer nomor noзbohи nr num numaram number \
    numer numero nummer ph phone ring rufnummer sms tel telefon telefone telefono telefonom telefonum telegram \
    telephone text teл teлeфoh tlf txt viber wa whatsapp wpp wsp zadzwon zap зbohи",
);

/// The same in scripts that are searched as pieces, as messages fold them.
const PIECES: [&str; 13] =
    ["电话", "手机", "微信", "電話", "でんわ", "携帯", "전화", "번호", "โทร", "هاتف", "رقمی", "جوال", "फोन"];

/// Words right before a number that make it something else.
const OTHERS: &WordList = &WordList::new(
    "\
    bib build code fc id invoice isbn level order pin points psn record room score seed serial steam ticket uid \
    version",
);

/// Words before or behind a number that ask to be written to, by phone as by anything else.
const WRITE: &WordList = &WordList::new("contact hmu reach");

/// What makes a number in such words one of a game.
const GAMES: &WordList = &WordList::new(
    "\
    account code discord epic fc friend game gamertag guild id lobby origin player psn riot room server steam tag \
    uid valorant xbox",
);

/// Whether `number` is one that a phone rings at.
pub(super) fn is_phone(reader: Reader, number: &Number) -> bool {
    let digits = number.digits.len();
    let zeros = number.digits.bytes().rev().take_while(|&byte| byte == b'0').count();
    if number.glued || number.cut || !(7..=15).contains(&digits) || zeros > 4 || is_date(number) || is_repeated(number)
    {
        return false;
    }
    let before = words_before(reader, number.start);
    if is_toll_free(number) && !is_ones_own(&before) {
        return false;
    }
    // "order 4501…", "order number 4501…"
    let mut last = before.rsplit(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let last = last.find(|word| !matches!(*word, "number" | "nr" | "num" | "no" | "numero" | "nummer"));
    if last.is_some_and(|word| has(OTHERS, word)) {
        return false;
    }
    let asked = || is_announced(&before) || is_called(reader, number) || is_for_writing(reader, number, &before);
    if number.lettered {
        return asked() || number.marks.contains(&'-') && is_grouped_as_phone(number);
    }
    let single = number.groups.len() == digits;
    is_international(number)
        || is_grouped_as_phone(number)
        || is_trunk(number)
        || (number.groups.len() < 7 || single && digits > 9 && uncounted(number.digits.as_bytes()) > 0) && asked()
}

/// `o7 o7 o7 o7`: one group over and over.
fn is_repeated(number: &Number) -> bool {
    let lengths = number.lengths();
    let first = lengths.first().copied().unwrap_or_default();
    let group = |i: usize| number.digits.get(i * first..(i + 1) * first);
    number.lettered && lengths.len() > 2 && (1..lengths.len()).all(|i| group(i) == group(0))
}

/// `+49 151 …`, `0049 151 …`
fn is_international(number: &Number) -> bool {
    let digits = number.digits.len();
    let groups = number.groups.len();
    if number.plus {
        return number.digit(0) != 0 && digits >= 8 && (groups > 1 || digits >= 10);
    }
    number.digits.starts_with("00") && number.digit(2) != 0 && digits >= 11 && groups > 1
}

/// `05321234567`: a trunk 0 and a whole number behind it. Counts and ids begin with another digit.
fn is_trunk(number: &Number) -> bool {
    let trunk = number.digits.starts_with('0') && matches!(number.digit(1), 5..=9);
    trunk && number.groups.len() == 1 && (10..=11).contains(&number.digits.len())
}

/// The groupings that countries write their numbers in, as far as nothing else is written so.
fn is_grouped_as_phone(number: &Number) -> bool {
    let lengths = number.lengths();
    let digit = |i| number.digit(i);
    let uniform = number.marks.windows(2).all(|pair| pair[0] == pair[1]);
    let dashes = number.marks.contains(&'-');
    match (lengths.as_slice(), digit(0)) {
        // North America, with or without the long distance 1.
        ([3, 3, 4], 2..=9) => {
            !number.marks.contains(&'/') && (digit(3) > 1 || number.marks.iter().any(|&mark| mark != ' '))
        }
        ([1, 3, 3, 4], 1) => digit(1) > 1 && digit(4) > 1,
        ([3, 7], 2..=9) => number.parens,
        // Russia and its neighbours; Spain.
        ([1, 3, 3, 2, 2] | [1, 3, 3, 4], 8) | ([3, 2, 2, 2], 6 | 7 | 9) => true,
        // China, Brazil.
        ([3, 4, 4], 1) => digit(1) > 2,
        ([2, 4 | 5, 4], 1..=9) => number.parens || dashes && lengths[1] == 5,
        // France by pairs: five pairs of lottery numbers look the same but for 06 and 07.
        ([2, 2, 2, 2, 2], 0) => uniform && (matches!(digit(1), 6 | 7) || matches!(number.marks[0], '.' | '-')),
        // Everywhere else numbers begin with a trunk 0.
        ([first, rest @ ..], 0) => {
            let enough = (9..=12).contains(&number.digits.len()) && (1..=3).contains(&rest.len());
            enough && digit(1) != 0 && (2..=6).contains(first) && rest.iter().all(|&length| length > 2)
                || enough && digit(1) != 0 && (3..=5).contains(first) && rest.iter().all(|&length| length > 1)
        }
        _ => false,
    }
}

/// Words that make even a number of a company somebody's own. Sorted.
const OWN: &WordList = &WordList::new("her his me mein meine mi mine mon my our their ur");

fn is_ones_own(before: &str) -> bool {
    mentions(before, OWN)
}

/// North American numbers that are free to call belong to companies and help lines, and to a person only where the words say so.
fn is_toll_free(number: &Number) -> bool {
    let local = number.digits.strip_prefix('1').unwrap_or(&number.digits);
    local.len() == 10 && ["800", "833", "844", "855", "866", "877", "888"].iter().any(|area| local.starts_with(area))
}

/// Day, month and year in any order.
fn is_date(number: &Number) -> bool {
    matches!(number.lengths().as_slice(), [4, 2, 2, ..] | [2, 2, 4, ..]) && !number.plus
}

/// Whether the words before announce a phone number: "my #", too.
fn is_announced(before: &str) -> bool {
    let sign =
        || before.rsplit_once('#').is_some_and(|(own, _)| has(OWN, own.trim_end().rsplit(' ').next().unwrap_or(own)));
    mentions(before, WORDS) || sign() || PIECES.iter().any(|piece| before.contains(piece))
}

/// What asks, right behind a number, to call it.
const CALLS: &str = "\
    call me|text me|txt me|ring me|whatsapp me|llamame|appelle moi|is my cell|is my number|is my phone|wa|wpp|zap";

/// The same of what would be said of short numbers, too.
const LONG_CALLS: &str = "\
    anrufen|ara beni|beni ara|c est mon|call or text|c'est mon|chama no|chamem|chiamami|dzwon|e meu|es mi|escribeme|\
    hit my|hubungi|il mio num|is my|ist meine n|llamen|me chama|me liga|meine n|meu n|meu whats|meu zap|mi cel|\
    mi num|mi tel|mi whats|mijn n|moj num|mon num|my cell|my digits|my number|my phone|numaram|nomor saya|pe call|ruf |\
    schreib mir|scrivimi|text or call|that's my|thats my|wa aja|whatsapp|zadzwon|зbohи|moй homep";

/// Whether the words right behind ask to call it: `2025550143 text me`.
fn is_called(reader: Reader, number: &Number) -> bool {
    let end = number.glyphs().end;
    let comma = usize::from(matches!(reader.ch(end), ',' | '-'));
    let start = reader.skip_spaces(end + comma);
    let is_call = |call: &str| reader.reads(start, call) && !reader.is_word(start + call.chars().count());
    let long = || number.digits.len() > 8 && LONG_CALLS.split('|').any(|call| reader.reads(start, call));
    let telephone = || CJK_CALLS.split('|').any(|call| reader.reads(start, call));
    if !reader.is_letter(start) {
        return false;
    }
    start > end && (CALLS.split('|').any(is_call) || long() && !is_score(reader, start)) || telephone()
}

/// The same in scripts whose words are glued to numbers and to each other.
const CJK_CALLS: &str = "\
    연락|전화|電話し|電話く|でんわ|打电话|打給我|加微|加我微";

/// Whether the words around `glyphs` are about a phone.
pub(super) fn is_near(reader: Reader, glyphs: Range<usize>) -> bool {
    let behind = reader.folded(glyphs.end..reader.len().min(glyphs.end + NEAR));
    is_announced(&words_before(reader, glyphs.start))
        || is_announced(&behind)
        || behind.contains("hit me up")
        || mentions(&behind, WRITE)
}

/// `6465550182 is my high score`
fn is_score(reader: Reader, start: usize) -> bool {
    let behind = reader.folded(start..reader.len().min(start + NEAR));
    mentions(&behind, OTHERS) || mentions(&behind, GAMES)
}

/// Whether a whole number stands beside words that ask to write, and not to a player: `8185550172 hmu`, `hit me up 8185550172`.
fn is_for_writing(reader: Reader, number: &Number, before: &str) -> bool {
    if !(9..=13).contains(&number.digits.len()) {
        return false;
    }
    let end = number.glyphs().end;
    let behind = reader.folded(end..reader.len().min(end + NEAR / 2));
    let writes =
        |words: &str| ["hit me up", "hit my line"].iter().any(|call| words.contains(call)) || mentions(words, WRITE);
    let plays = |words: &str| mentions(words, GAMES);
    (writes(before) || writes(&behind)) && !plays(before) && !plays(&behind)
}

/// The folded text before `start`, from a word's beginning on.
fn words_before(reader: Reader, start: usize) -> String {
    let from = start.saturating_sub(NEAR);
    let from = (from..start).find(|&i| from == 0 || !reader.is_letter(i)).unwrap_or(start);
    reader.folded(from..start)
}
