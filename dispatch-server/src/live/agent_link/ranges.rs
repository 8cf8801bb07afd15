//! Ranges of numbers, both ends included, as acknowledgements spell them.

/// Sorts ranges and joins those that touch or overlap.
pub(super) fn merge(mut ranges: Vec<[u64; 2]>) -> Vec<[u64; 2]> {
    ranges.sort_unstable();
    let mut merged: Vec<[u64; 2]> = Vec::with_capacity(ranges.len());
    for [first, last] in ranges {
        match merged.last_mut() {
            Some(before) if first <= before[1].saturating_add(1) => before[1] = before[1].max(last),
            Some(_) | None => merged.push([first, last]),
        }
    }
    merged
}

/// The ranges that cover exactly these numbers.
pub(super) fn covering(numbers: impl Iterator<Item = u64>) -> Vec<[u64; 2]> {
    merge(numbers.map(|number| [number, number]).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_any_order_become_the_fewest_ranges() {
        assert_eq!(covering([5, 3, 4, 9, 4, 7].into_iter()), [[3, 5], [7, 7], [9, 9]]);
        assert_eq!(merge(vec![[8, 9], [1, 4], [5, 6], [2, 3]]), [[1, 6], [8, 9]]);
        assert_eq!(merge(vec![[u64::MAX, u64::MAX], [1, 1]]), [[1, 1], [u64::MAX, u64::MAX]]);
    }
}
