//! Many numbers, in two bytes each where all of them fit.

use std::borrow::Cow;
use std::ops::Range;

/// Numbers below 65,536, as all are of the built-in rules, or any.
#[derive(Clone, Debug)]
pub enum Numbers {
    /// In two bytes each.
    Short(Cow<'static, [u16]>),
    /// In four.
    Long(Cow<'static, [u32]>),
}

/// Some of them.
#[derive(Clone, Copy, Debug)]
pub enum List<'n> {
    /// In two bytes each.
    Short(&'n [u16]),
    /// In four.
    Long(&'n [u32]),
}

impl Default for Numbers {
    fn default() -> Self {
        Self::Short(Cow::Borrowed(&[]))
    }
}

impl Numbers {
    /// Keeps these.
    pub fn new(numbers: Vec<u32>) -> Self {
        let short: Result<Vec<u16>, _> = numbers.iter().map(|&number| u16::try_from(number)).collect();
        short.map_or_else(|_| Self::Long(Cow::Owned(numbers)), |short| Self::Short(Cow::Owned(short)))
    }

    /// How many they are.
    pub fn len(&self) -> usize {
        match self {
            Self::Short(numbers) => numbers.len(),
            Self::Long(numbers) => numbers.len(),
        }
    }

    /// The number at a place.
    #[inline]
    pub fn get(&self, at: usize) -> Option<u32> {
        match self {
            Self::Short(numbers) => numbers.get(at).map(|&number| u32::from(number)),
            Self::Long(numbers) => numbers.get(at).copied(),
        }
    }

    /// So many from a place on.
    #[inline]
    pub fn some<const N: usize>(&self, at: usize) -> Option<[u32; N]> {
        match self {
            Self::Short(numbers) => numbers.get(at..)?.first_chunk().map(|some| some.map(u32::from)),
            Self::Long(numbers) => numbers.get(at..)?.first_chunk().copied(),
        }
    }

    /// Those at some places; none, where not all of these are there.
    pub fn list(&self, at: Range<u32>) -> List<'_> {
        let at = at.start as usize..at.end as usize;
        match self {
            Self::Short(numbers) => List::Short(numbers.get(at).unwrap_or_default()),
            Self::Long(numbers) => List::Long(numbers.get(at).unwrap_or_default()),
        }
    }
}

impl<'n> List<'n> {
    /// How many they are.
    pub const fn count(self) -> usize {
        match self {
            Self::Short(numbers) => numbers.len(),
            Self::Long(numbers) => numbers.len(),
        }
    }

    /// Whether `number` is among them, if they are sorted.
    #[inline]
    pub fn has(self, number: u32) -> bool {
        match self {
            Self::Short(numbers) => u16::try_from(number).is_ok_and(|number| numbers.binary_search(&number).is_ok()),
            Self::Long(numbers) => numbers.binary_search(&number).is_ok(),
        }
    }

    /// One by one.
    pub fn iter(self) -> impl Iterator<Item = u32> + 'n {
        let (short, long): (&[u16], &[u32]) = match self {
            Self::Short(numbers) => (numbers, &[]),
            Self::Long(numbers) => (&[], numbers),
        };
        short.iter().map(|&number| u32::from(number)).chain(long.iter().copied())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_that_is_large_makes_all_of_them_long() {
        for numbers in [vec![], vec![1, 5, 0xffff], vec![1, 5, 0xffff, 0x10000]] {
            let (last, kept) = (numbers.last().copied(), Numbers::new(numbers.clone()));
            assert_eq!(matches!(kept, Numbers::Short(_)), last != Some(0x10000), "{numbers:?}");
            let all = kept.list(0..numbers.len() as u32);
            assert_eq!(all.iter().collect::<Vec<_>>(), numbers);
            assert_eq!(
                (0..4).map(|at| kept.get(at)).collect::<Vec<_>>(),
                [0, 1, 2, 3].map(|at| numbers.get(at).copied())
            );
            assert!(numbers.iter().all(|&number| all.has(number)) && !all.has(2) && !all.has(0x10001));
            assert_eq!(kept.list(0..9).iter().next(), None);
        }
    }
}
