//! Amounts of money: "$5", "15€", "20 bucks", "R$ 10", "5k usd", "300元".

use super::beside::{is_solid, is_wordy};
use crate::detect::word_list::{WordList, has};
use crate::text::{Glyph, Kind};
use std::ops::Range;

/// What stands before or behind a number that is money.
const SIGNS: [char; 12] = ['$', '€', '£', '¥', '₽', '₹', '₩', '₺', '₴', '₫', '฿', '₿'];

/// The same in scripts that put no space between a number and what it counts.
const UNSPACED: [char; 6] = ['元', '円', '块', '塊', '圆', '원'];

/// Money by name or code, folded, behind a number.
const BEHIND: &WordList = &WordList::new(
    "\
    aed ars baht bakca bakcob bitcoin bitcoins bnb bolivares brl btc buck bucks bиtkoиh cedis cents chf crore czk \
    dirham dirhams dkk doge dolar dolares dollar dollari dollars dong ebpo eth ethereum eur euro euros francs gbp huf \
    inr jpy jt juta kc kr kroner kronor krw ksh lakh lakhs lei lira liras lirasi mxn naira ngn nok pesos php pln pound \
    pounds pyb pybлb pybлeи pybля quid rb reais ribu ringgit riyal riyals rm rmb rp rpиbeh rpиbehb rpиbhi rs rub rubel \
    rubles rupee rupees rupiah sek soles tehre tenge tl trieu uah usd usdc usdt vnd xrp yen yuan zl zloty zlotych \
    дoллap дoллapa дoллapib дoллapob جنیه درهم دنانیر دولار دولارات دینار ریال لیره یورو रु रुपए रुपया रुपये लाख हजार \
    บาท",
);

/// The same before a number.
const BEFORE: &WordList = &WordList::new("eur gbp idr inr ngn php rm rp rs usd");

/// Thousands, and more, between a number and what it counts.
const TIMES: &WordList = &WordList::new("bin k m mil mila million millionen millones mln tыc tыcя tыcяч tыcячи");

/// The same without a space.
const TIMES_UNSPACED: [char; 8] = ['万', '萬', '千', '百', '亿', '만', '천', '백'];

/// The longest word that is looked up.
const LONGEST: usize = 12;

/// Where amounts of money stand among some glyphs.
pub fn amounts(glyphs: &[Glyph]) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some(digit) = glyphs[at..].iter().position(is_digit).map(|digit| at + digit) {
            let number = digit..end_of_number(glyphs, digit);
            at = number.end;
            let behind = behind(glyphs, number.end);
            let before =
                if behind.is_some() || is_whole(glyphs, &number) { before(glyphs, number.start) } else { None };
            if before.is_some() || behind.is_some() {
                return Some(before.unwrap_or(number.start)..behind.unwrap_or(number.end));
            }
        }
        None
    })
}

fn is_digit(glyph: &Glyph) -> bool {
    glyph.kind == Kind::Digit
}

fn is_sign(glyph: &Glyph) -> bool {
    SIGNS.contains(&glyph.ch)
}

/// One past the digits from here on, with the marks among them: "1,500.50".
fn end_of_number(glyphs: &[Glyph], digit: usize) -> usize {
    let is_digit = |at: usize| glyphs.get(at).is_some_and(is_digit);
    let is_mark = |at: usize| glyphs.get(at).is_some_and(|glyph| matches!(glyph.ch, '.' | ','));
    let goes_on = |&at: &usize| is_digit(at) || is_mark(at) && is_digit(at + 1);
    (digit + 1..glyphs.len()).find(|at| !goes_on(at)).unwrap_or(glyphs.len())
}

/// Whether no letters follow a number, but for its thousands: in "$5tupid" it is one itself.
fn is_whole(glyphs: &[Glyph], number: &Range<usize>) -> bool {
    let end = number.end + glyphs[number.end..].iter().take(LONGEST).take_while(|glyph| is_solid(glyph)).count();
    end == number.end || has(TIMES, &word(&glyphs[number.end..end]))
}

/// Where the sign or the name begins that stands before a number.
fn before(glyphs: &[Glyph], number: usize) -> Option<usize> {
    let end = number - usize::from(number > 0 && glyphs[number - 1].kind == Kind::Space);
    let last = glyphs[..end].last()?;
    if is_sign(last) {
        return Some(end - 1);
    }
    let start = end - glyphs[..end].iter().rev().take(LONGEST).take_while(|glyph| is_wordy(glyph)).count();
    has(BEFORE, &word(&glyphs[start..end])).then_some(start)
}

/// One past the sign or the name that stands behind a number.
fn behind(glyphs: &[Glyph], number: usize) -> Option<usize> {
    let unspaced = glyphs[number..].iter().take_while(|glyph| TIMES_UNSPACED.contains(&glyph.ch)).count();
    let mut at = number + unspaced;
    // "5k usd", "5 mil reais": what is neither a name nor a thousand ends it.
    for _ in 0..2 {
        at += usize::from(glyphs.get(at).is_some_and(|glyph| glyph.kind == Kind::Space));
        let first = glyphs.get(at)?;
        if is_sign(first) || UNSPACED.contains(&first.ch) {
            return Some(at + 1);
        }
        let end = at + glyphs[at..].iter().take(LONGEST).take_while(|glyph| is_solid(glyph)).count();
        let word = word(&glyphs[at..end]);
        if has(BEHIND, &word) {
            return Some(end);
        }
        if !has(TIMES, &word) {
            return None;
        }
        at = end;
    }
    None
}

fn word(glyphs: &[Glyph]) -> String {
    glyphs.iter().map(|glyph| glyph.ch).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

    /// The amounts of a message, in bars.
    fn drawn(content: &str) -> String {
        let text = Text::fold(content);
        let mut drawn = String::new();
        let mut done = 0;
        for range in amounts(&text.glyphs) {
            let (start, end) = (text.glyphs[range.start].start as usize, text.glyphs[range.end - 1].end as usize);
            drawn.extend([&content[done..start], "|", &content[start..end], "|"]);
            done = end;
        }
        drawn + &content[done..]
    }

    #[test]
    fn a_number_is_money_beside_a_sign_or_a_name() {
        let cases = [
            "pay |$5| or |15€|, |£ 3.50|",
            "|20 bucks|, |1,500 usd|, |5k usd| or |5k$|",
            "R|$ 10| ou |5 mil reais| por dia",
            "|5000 рублей|, |10 тыс руб|",
            "|Rs 500|, |rp50.000|, |300元|, |30만원|, |1000円|",
            "|$5|k is no wa$ 5ooo, $5tupid",
            "the 2 of 10k at 9:30, 5000 xp and 3 apples for 4",
            "5",
            "$",
            "",
        ];
        for case in cases {
            assert_eq!(drawn(&case.replace('|', "")), case);
        }
    }
}
