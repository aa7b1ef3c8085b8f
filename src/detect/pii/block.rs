//! Addresses in scripts that put no spaces between words, by numbers of blocks, and in Korean: "道玄坂2丁目10番", "人民路123号",
//! "강남구 테헤란로 152".

use crate::detect::links::chain::is_foreign;
use crate::detect::links::reader::Reader;
use std::ops::Range;

/// The address whose number is `at..end`.
pub(super) fn around(reader: Reader, at: usize, end: usize, floor: usize) -> Option<Range<usize>> {
    let before = reader.skip_spaces_back(at);
    let last = match reader.ch(end) {
        // "2丁目10番地", "2丁目10-7"
        '丁' if reader.ch(end + 1) == '目' && reader.is_digit(end + 2) => {
            (end + 2..end + 14).find(|&i| !reader.is_digit(i) && !matches!(reader.ch(i), '-' | '番' | '地' | '号'))
        }
        // "道玄坂2-10-7"
        '-' if before == at => {
            let last = (end..end + 12).find(|&i| !reader.is_digit(i) && reader.ch(i) != '-')?;
            let dashes = (end..last).filter(|&i| reader.ch(i) == '-').count();
            let ward = (at.saturating_sub(10)..at)
                .any(|i| matches!(reader.ch(i), '区' | '市' | '町' | '村') && i > 0 && is_foreign(reader.ch(i - 1)));
            (dashes == 2 && ward).then_some(last)
        }
        // "人民路123号"
        '号' | '號' if before == at && matches!(reader.before(at), '路' | '街' | '道' | '巷' | '弄') => {
            // "8号线" is a line of the underground.
            let line = matches!(reader.ch(end + 1), '线' | '線');
            (!line && at > 2 && is_foreign(reader.ch(at - 2))).then_some(end + 1)
        }
        // "강남구 테헤란로 152"
        _ if matches!(reader.before(before), '로' | '길') && before > 3 && !is_counter(reader.ch(end)) => {
            let road = reader.word_start(before, 12);
            let ward = reader.before(reader.skip_spaces_back(road));
            (road + 2 < before && matches!(ward, '구' | '시' | '군' | '동' | '읍' | '면')).then_some(end)
        }
        _ => None,
    }?;
    let belongs = |i: usize| is_foreign(reader.ch(i)) || reader.is_digit(i) || reader.is_space(i) && before < at;
    let first = (floor.max(at.saturating_sub(24))..at).rev().take_while(|&i| belongs(i)).last().unwrap_or(at);
    Some((first..at).find(|&i| !reader.is_space(i)).unwrap_or(at)..last)
}

/// What Korean counts by: "바로 3분".
const fn is_counter(c: char) -> bool {
    matches!(
        c,
        '분' | '번'
            | '시'
            | '개'
            | '명'
            | '점'
            | '판'
            | '등'
            | '위'
            | '회'
            | '초'
            | '일'
            | '년'
            | '월'
            | '칸'
            | '킬'
    )
}
