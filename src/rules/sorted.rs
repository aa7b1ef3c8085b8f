//! Sorting, of whatever, by one copy of the code: each type that is sorted by the standard library's has its own, of three to fourteen
//! kilobytes of the function.

use std::cmp::Ordering;

/// Sorts as [`slice::sort_by`] does.
pub fn sort_by<T>(items: &mut Vec<T>, compare: impl Fn(&T, &T) -> Ordering) {
    let mut order: Vec<usize> = (0..items.len()).collect();
    sort_numbers(&mut order, &|a, b| compare(&items[a], &items[b]).then(a.cmp(&b)));
    let mut unsorted: Vec<Option<T>> = items.drain(..).map(Some).collect();
    items.extend(order.into_iter().filter_map(|at| unsorted[at].take()));
}

#[inline(never)]
fn sort_numbers(numbers: &mut [usize], compare: &dyn Fn(usize, usize) -> Ordering) {
    numbers.sort_unstable_by(|&a, &b| compare(a, b));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_equal_stays_in_order() {
        let mut items: Vec<(usize, String)> = (0..200).map(|at| (at * 7 % 5, at.to_string())).collect();
        let mut want = items.clone();
        sort_by(&mut items, |a, b| a.0.cmp(&b.0));
        want.sort_by_key(|item| item.0);
        assert_eq!(items, want);
    }
}
