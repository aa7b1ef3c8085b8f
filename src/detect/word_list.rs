//! Short lists of words that are in the code, because they say what stands around a finding and not what is found.

/// Words in order, with spaces between them: each of an array would be a relocation at every start.
pub(crate) struct WordList {
    pub(super) text: &'static str,
    /// Where the words begin that begin with each letter of ASCII and with others, and where the last ends.
    starts: [u16; 28],
    /// The [marks](mark) of the words that begin with each letter, a bit for each.
    marks: [u32; 27],
}

/// One of 32 numbers for a word of so many bytes, the second of which is this one.
const fn mark(second: u8, len: usize) -> u32 {
    (second as u32 + len as u32 * 7) & 31
}

impl WordList {
    /// These words, sorted, none of which begins with anything else than a small letter. A list that is not in
    /// order does not compile.
    pub(crate) const fn new(text: &'static str) -> Self {
        let (bytes, mut starts, mut marks) = (text.as_bytes(), [0; 28], [0; 27]);
        let (mut at, mut letter, mut before) = (0, 0, 0);
        while at < bytes.len() {
            if at == 0 || bytes[at - 1] == b' ' {
                assert!(at == 0 || Self::in_order(bytes, before, at), "the words are not in order");
                before = at;
                while letter <= Self::initial(bytes[at]) {
                    starts[letter] = at as u16;
                    letter += 1;
                }
            }
            at += 1;
            if at == bytes.len() || bytes[at] == b' ' {
                let second = if at > before + 1 { bytes[before + 1] } else { 0 };
                marks[Self::initial(bytes[before])] |= 1 << mark(second, at - before);
            }
        }
        while letter < starts.len() {
            starts[letter] = at as u16;
            letter += 1;
        }
        Self { text, starts, marks }
    }

    /// Whether the word at `one` stands before the next one, at `next`, in the order of their bytes.
    const fn in_order(bytes: &[u8], mut one: usize, mut next: usize) -> bool {
        let end = next - 1;
        while one < end && next < bytes.len() && bytes[one] == bytes[next] {
            (one, next) = (one + 1, next + 1);
        }
        let goes_on = next < bytes.len() && bytes[next] != b' ';
        goes_on && (one == end || bytes[one] < bytes[next])
    }

    /// Those that begin with this small letter.
    pub(crate) fn starting(&self, letter: char) -> impl Iterator<Item = &'static str> {
        let initial = u8::try_from(letter).map_or(26, Self::initial);
        let [start, end] = [initial, initial + 1].map(|at| self.starts.get(at).map_or(0, |&start| usize::from(start)));
        let mut rest = self.text.get(start..end).unwrap_or_default();
        // They are short: to look for the next space as in a long text takes longer.
        std::iter::from_fn(move || {
            let end = rest.bytes().position(|byte| byte == b' ').unwrap_or(rest.len());
            let (word, others) = rest.split_at_checked(end).filter(|(word, _)| !word.is_empty())?;
            rest = others.get(1..).unwrap_or_default();
            Some(word)
        })
    }

    /// The number of the words that begin with this byte.
    const fn initial(byte: u8) -> usize {
        if byte.is_ascii_lowercase() { (byte - b'a') as usize } else { 26 }
    }
}

/// By the first letter of the words of a list, a bit for each second.
pub(crate) const fn seconds(list: &WordList) -> [u32; 32] {
    let (bytes, mut seconds, mut at) = (list.text.as_bytes(), [0; 32], 0);
    while at + 1 < bytes.len() {
        if at == 0 || bytes[at - 1] == b' ' {
            seconds[(bytes[at] & 31) as usize] |= 1 << (bytes[at + 1] & 31);
        }
        at += 1;
    }
    seconds
}

/// Whether `word` is one of a list.
#[inline(never)]
pub(crate) fn has(list: &WordList, word: &str) -> bool {
    let Some(&first) = word.as_bytes().first() else { return false };
    let initial = WordList::initial(first);
    // Most words are none, and have another second letter or length.
    let second = word.as_bytes().get(1).copied().unwrap_or_default();
    if list.marks.get(initial).is_none_or(|marks| marks >> mark(second, word.len()) & 1 == 0) {
        return false;
    }
    let [start, end] = [initial, initial + 1].map(|at| list.starts.get(at).map_or(0, |&start| usize::from(start)));
    let near = list.text.as_bytes().get(start..end).unwrap_or_default();
    near.split(|&byte| byte == b' ').any(|one| one == word.as_bytes())
}

/// Whether a word of `text` is one of a list.
#[inline(never)]
pub(crate) fn mentions(text: &str, list: &WordList) -> bool {
    text.split(|c: char| !c.is_alphanumeric()).any(|word| has(list, word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_in_order_or_refused() {
        let cases = [("a b", true), ("ab abc", true), ("a б", true), ("b a", false), ("abc ab", false), ("a a", false)];
        let is_wrong = |(list, want): &(&str, bool)| {
            let next = list.find(' ').map_or(0, |space| space + 1);
            WordList::in_order(list.as_bytes(), 0, next) != *want
        };
        let wrong: Vec<_> = cases.into_iter().filter(is_wrong).collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }
}
