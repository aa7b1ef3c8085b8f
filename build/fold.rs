//! Makes the fold table out of Unicode's data and `rules/fold.txt`.

use crate::text::glyph::{Dress, Folded, Kind};
use std::collections::HashMap;
use std::fmt::Write;
use std::sync::OnceLock;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
use unicode_properties::{EmojiStatus, GeneralCategory as Gc, UnicodeEmoji, UnicodeGeneralCategory};
use unicode_script::{Script, UnicodeScript};
use unicode_security::skeleton;

/// Code points per page of the table; `src/text/table.rs` uses the same number.
const PAGE: usize = 32;
/// The table ends here; code points above are private use or tags.
const END: u32 = 0x3_2000;

/// The hand-written additions: what a character stands for, and whether it is turned.
type Extra = HashMap<char, (char, bool)>;

/// The fold table: what every code point folds to.
pub struct Table {
    rows: Vec<Folded>,
    expansions: Vec<String>,
}

static INSTALLED: OnceLock<(Vec<Folded>, Vec<&'static str>)> = OnceLock::new();

/// Makes the table the one that [`row`] and [`expansion`] look into, for the rule compiler of this script.
pub fn install(table: Table) {
    let expansions = table.expansions.into_iter().map(|letters| &*letters.leak()).collect();
    assert!(INSTALLED.set((table.rows, expansions)).is_ok(), "installed once");
}

/// See `src/text/table.rs`.
pub fn row(c: char) -> Folded {
    let (rows, _) = INSTALLED.get().expect("the table is installed first");
    rows.get(c as usize).copied().unwrap_or(Folded { kind: Kind::Punct, dress: Dress(0), ch: c })
}

/// See `src/text/table.rs`.
pub fn expansion(row: Folded) -> &'static str {
    INSTALLED.get().and_then(|(_, expansions)| expansions.get(row.ch as usize)).copied().unwrap_or_default()
}

impl Table {
    /// Works out every row; an error names a line of `fold.txt`.
    pub fn new(text: &str) -> Result<Self, String> {
        let extra = parse(text)?;
        let mut expansions = Vec::new();
        let surrogate = Folded { kind: Kind::Punct, dress: Dress(0), ch: ' ' };
        let rows = (0..END).map(|point| char::from_u32(point).map_or(surrogate, |c| fold(c, &extra, &mut expansions)));
        Ok(Self { rows: rows.collect(), expansions })
    }

    /// The source of `fold_table.rs`: `ASCII` by code point, `PAGES` to `CELLS` to `ROWS` for all, and `EXPANSIONS`
    /// with the places of each in `EXPANDED`.
    ///
    /// A row says how far from the code point its folded character is, so that most rows, and whole pages, are alike;
    /// each is stored once.
    pub fn source(&self) -> String {
        let (mut pages, mut cells, mut rows) = (Vec::new(), Vec::<u16>::new(), Vec::<u32>::new());
        let mut seen_pages: HashMap<Vec<u16>, usize> = HashMap::new();
        let mut seen_rows: HashMap<u32, u16> = HashMap::new();
        let packed: Vec<u32> = self.rows.iter().zip(0..).map(|(row, point)| row.pack(point)).collect();
        for page in packed.chunks(PAGE) {
            let page: Vec<u16> = page
                .iter()
                .map(|&row| {
                    *seen_rows.entry(row).or_insert_with(|| {
                        rows.push(row);
                        u16::try_from(rows.len() - 1).expect("fewer than 65,536 different rows")
                    })
                })
                .collect();
            let new = seen_pages.len();
            let at = *seen_pages.entry(page.clone()).or_insert(new);
            if at == new {
                cells.extend(page);
            }
            pages.push(u16::try_from(at).expect("fewer than 65,536 pages"));
        }
        let mut out = String::new();
        let _ = writeln!(out, "const ASCII: [u32; 128] = {:?};", &packed[..128]);
        let _ = writeln!(out, "static PAGES: [u16; {}] = {pages:?};", pages.len());
        let _ = writeln!(out, "static CELLS: [u16; {}] = {cells:?};", cells.len());
        let _ = writeln!(out, "static ROWS: [u32; {}] = {rows:?};", rows.len());
        // One text and where each begins in it: a string of its own would each time be a pointer that a start has to put right.
        let mut begins = vec![0];
        begins.extend(self.expansions.iter().scan(0, |end, letters| {
            *end += letters.len();
            Some(*end)
        }));
        let _ = writeln!(out, "static EXPANSIONS: &str = {:?};", self.expansions.concat());
        let _ = writeln!(out, "static EXPANDED: [u16; {}] = {begins:?};", begins.len());
        out
    }
}

/// Reads `fold.txt`; an error names the line.
fn parse(text: &str) -> Result<Extra, String> {
    let (mut extra, mut turned) = (Extra::new(), false);
    for (number, line) in text.lines().enumerate() {
        let fail = |what: &str| format!("rules/fold.txt:{}: {what}: {line:?}", number + 1);
        match line {
            "" => {}
            "[letters]" => turned = false,
            "[turned]" => turned = true,
            _ if line.starts_with('#') => {}
            _ => {
                let (from, to) = line.split_once(' ').ok_or_else(|| fail("expected `from to`"))?;
                let target = to.chars().next().ok_or_else(|| fail("no target"))?;
                let range: Vec<char> = from.split("..").filter_map(|end| end.chars().next()).collect();
                let last = *range.last().ok_or_else(|| fail("no character"))?;
                for (c, t) in (range[0]..=last).zip(target..) {
                    if extra.insert(c, (t, turned)).is_some() {
                        return Err(fail("this character has a line already"));
                    }
                }
            }
        }
    }
    Ok(extra)
}

/// What `c` folds to.
fn fold(c: char, extra: &Extra, expansions: &mut Vec<String>) -> Folded {
    let row = |kind, dress, ch| Folded { kind, dress: Dress(dress), ch };
    let upper = if c.is_uppercase() || c.general_category() == Gc::TitlecaseLetter { Dress::UPPER } else { 0 };
    if c.is_ascii_alphabetic() {
        return row(Kind::Letter, upper, c.to_ascii_lowercase());
    }
    if let Some(kind) = special(c) {
        let ch = if kind == Kind::Space { ' ' } else { base(c).unwrap_or(c) };
        return row(kind, 0, ch);
    }
    // Accents come off before anything else is asked, so that é, é in a circle and е́ all end as e.
    let bare: String = strip(c.nfkd().flat_map(char::to_lowercase).flat_map(|c| std::iter::once(c).nfkd()));
    let mut letters = bare.chars();
    let (Some(one), None) = (letters.next(), letters.next()) else {
        return fold_ligature(c, &bare, upper, extra, expansions);
    };
    if is_hangul_or_kana(c) {
        return row(Kind::Letter, 0, kana(c.nfkc().next().unwrap_or(c)));
    }
    let mut dress = upper | dress(c);
    if let Some(&(to, turned)) = extra.get(&c).or_else(|| extra.get(&one)) {
        let native = to == one || !to.is_ascii();
        dress |= match () {
            () if turned => Dress::TURNED,
            () if native => 0,
            () if c.script() == Script::Latin || !c.is_alphabetic() => Dress::STYLED,
            () => Dress::LOOKALIKE,
        };
        return row(Kind::Letter, dress, to);
    }
    if one.is_ascii_alphabetic() {
        return row(Kind::Letter, dress, one);
    }
    if let Some(digit) = c.nfkd().next().and_then(digit) {
        return row(Kind::Digit, dress & Dress::STYLED, digit);
    }
    if !c.is_alphabetic() && !one.is_alphabetic() && !is_spacing_mark(c) {
        return if c.is_emoji_char() && c.emoji_status() != EmojiStatus::EmojiOther && !c.is_ascii() {
            row(Kind::Emoji, 0, c)
        } else {
            row(kind_of_ascii(one), dress, one)
        };
    }
    match lookalike(one) {
        Lookalike::One(latin) => {
            dress |= if one.script() == Script::Latin { Dress::STYLED } else { Dress::LOOKALIKE };
            row(Kind::Letter, dress, latin)
        }
        Lookalike::Many(latin) if one.script() == Script::Latin => expand(latin, upper, expansions),
        _ if one.is_alphabetic() || is_spacing_mark(one) => row(Kind::Letter, dress, one),
        // A mark on nothing.
        _ => row(Kind::Letter, dress, c),
    }
}

/// What `c` folds to, of which `bare` is left without accents: several letters, or none.
fn fold_ligature(c: char, bare: &str, upper: u8, extra: &Extra, expansions: &mut Vec<String>) -> Folded {
    let row = |kind, dress, ch| Folded { kind, dress: Dress(dress), ch };
    if let Some(&(to, false)) = extra.get(&c) {
        // A letter in parentheses.
        return row(Kind::Letter, upper | Dress::STYLED, to);
    }
    if !bare.is_empty() && bare.chars().all(char::is_alphabetic) {
        if is_hangul_or_kana(c) {
            return row(Kind::Letter, 0, kana(c.nfkc().next().unwrap_or(c)));
        }
        let folded = fold_all(bare, extra, expansions);
        return expand(folded, upper, expansions);
    }
    let small = c.to_lowercase().next().unwrap_or(c);
    if c.is_alphabetic() { row(Kind::Letter, upper, small) } else { row(Kind::Punct, 0, c) }
}

/// What the letters of a ligature fold to, one after the other.
fn fold_all(letters: &str, extra: &Extra, expansions: &mut Vec<String>) -> String {
    let mut folded = String::new();
    for letter in letters.chars() {
        let row = fold(letter, extra, expansions);
        match row.kind {
            Kind::Letter => folded.push(row.ch),
            Kind::Expands => folded.push_str(&expansions[row.ch as usize]),
            _ => {}
        }
    }
    folded
}

/// How `c` was dressed: accents by its canonical decomposition, fonts by the compatibility one.
fn dress(c: char) -> u8 {
    let canonical: String = std::iter::once(c).nfd().collect();
    let styled = std::iter::once(c).nfkd().next() != canonical.chars().next();
    let accent = canonical.chars().count() > 1;
    u8::from(accent) * Dress::ACCENT | u8::from(styled) * Dress::STYLED
}

/// What a letter looks like in Latin letters.
enum Lookalike {
    One(char),
    Many(String),
    None,
}

/// The Latin letter, or letters, that UTS #39 says `c` (or its capital) can be taken for.
fn lookalike(c: char) -> Lookalike {
    use Script::{Armenian, Cherokee, Common, Coptic, Cyrillic, Deseret, Greek, Latin, Lisu};
    if !matches!(c.script(), Armenian | Cherokee | Common | Coptic | Cyrillic | Deseret | Greek | Latin | Lisu) {
        return Lookalike::None;
    }
    for form in [c.to_string(), c.to_uppercase().to_string()] {
        let bare = strip(skeleton(&form).flat_map(char::to_lowercase));
        let mut letters = bare.chars();
        match (letters.next(), letters.next()) {
            (Some(latin), None) if latin.is_ascii_lowercase() => return Lookalike::One(latin),
            (Some(_), Some(_)) if bare.chars().all(|c| c.is_ascii_lowercase()) => return Lookalike::Many(bare),
            _ => {}
        }
    }
    Lookalike::None
}

/// The characters without the marks that people may leave out: accents, harakat, points, nuktas.
fn strip(chars: impl Iterator<Item = char>) -> String {
    chars.filter(|&c| !is_removable_mark(c)).collect()
}

/// A mark that is no letter of its own. The vowel signs of Indic scripts and the marks of Thai are letters here.
fn is_removable_mark(c: char) -> bool {
    let general = matches!(
        c.script(),
        Script::Inherited
            | Script::Common
            | Script::Arabic
            | Script::Hebrew
            | Script::Syriac
            | Script::Cyrillic
            | Script::Greek
    );
    (is_combining_mark(c) && general && !matches!(c, '\u{3099}' | '\u{309a}'))
        || matches!(c, '\u{93c}' | '\u{9bc}' | '\u{a3c}' | '\u{640}')
}

/// A vowel sign or another mark that counts as a letter.
fn is_spacing_mark(c: char) -> bool {
    is_combining_mark(c) && !is_removable_mark(c)
}

/// Kinds that come before any folding.
fn special(c: char) -> Option<Kind> {
    let category = c.general_category();
    Some(match c {
        '\u{202d}' | '\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{202a}'..='\u{202c}' => Kind::Bidi,
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Kind::Newline,
        // Rendered as a blank of some width: people use them as spaces.
        '\u{3164}' | '\u{ffa0}' | '\u{2800}' | '\t' => Kind::Space,
        '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{34f}' | '\u{ad}' => {
            Kind::Invisible
        }
        '\'' | '’' | '‘' | 'ʼ' | '＇' | '`' | '´' => Kind::Apostrophe,
        '🅰'..='🆉' | '🅐'..='🅩' | '🇦'..='🇿' => return None,
        _ if (0xfe00..=0xfe0f).contains(&(c as u32)) => Kind::Invisible,
        _ if is_removable_mark(c) => Kind::Mark,
        _ if matches!(category, Gc::Format | Gc::Control) => Kind::Invisible,
        _ if category == Gc::SpaceSeparator => Kind::Space,
        _ if c.is_ascii_digit() => Kind::Digit,
        _ if c.is_ascii() => kind_of_ascii(c),
        '€' | '£' | '¢' | '¥' | '†' | '©' | '®' | '×' => Kind::Leet,
        '•' | '●' | '○' | '◯' | '∗' | '＊' => Kind::Mask,
        _ if c.is_emoji_char() && !c.is_alphabetic() && c.nfkd().eq([c]) => Kind::Emoji,
        _ => return None,
    })
}

/// The kind of a punctuation mark or symbol, by its ASCII form.
fn kind_of_ascii(c: char) -> Kind {
    match c {
        '@' | '$' | '!' | '|' | '+' | '(' | '<' | '{' | '[' | '€' | '£' | '¢' | '¥' | '†' => Kind::Leet,
        '*' | '#' | '%' | '?' | '^' | '&' => Kind::Mask,
        '\'' => Kind::Apostrophe,
        _ => Kind::Punct,
    }
}

/// The one character a compatibility form stands for.
fn base(c: char) -> Option<char> {
    let mut chars = c.nfkd();
    match (chars.next(), chars.next()) {
        (Some(one), None) => Some(one),
        _ => None,
    }
}

/// The ASCII digit of a decimal digit of any script.
fn digit(c: char) -> Option<char> {
    if c.is_ascii_digit() {
        return Some(c);
    }
    if c.general_category() != Gc::DecimalNumber {
        return None;
    }
    // Decimal digits stand in runs of ten that begin at zero (Unicode 4.6).
    let zero = (0..10u32).find(|back| {
        char::from_u32(c as u32 - back - 1).is_none_or(|before| before.general_category() != Gc::DecimalNumber)
    });
    zero.map(|value| char::from_digit(value % 10, 10).expect("below ten"))
}

fn is_hangul_or_kana(c: char) -> bool {
    let c = c.nfkc().next().unwrap_or(c);
    matches!(c.script(), Script::Hangul | Script::Hiragana | Script::Katakana)
}

/// Katakana to hiragana.
fn kana(c: char) -> char {
    match c {
        'ァ'..='ヶ' => char::from_u32(c as u32 - 0x60).unwrap_or(c),
        _ => c,
    }
}

/// A row for a character that stands for several letters.
fn expand(letters: String, upper: u8, expansions: &mut Vec<String>) -> Folded {
    let at = expansions.iter().position(|known| *known == letters).unwrap_or_else(|| {
        expansions.push(letters);
        expansions.len() - 1
    });
    let ch = char::from_u32(at as u32).expect("few expansions");
    Folded { kind: Kind::Expands, dress: Dress(upper), ch }
}
