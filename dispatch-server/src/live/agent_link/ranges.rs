//! Ranges of numbers, both ends included, as acknowledgements spell them.

use wire_protocol::agent::FixReport;

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

/// Adds the numbers of these fixes; numbers that count up make one range.
pub(super) fn add_numbers(ranges: &mut Vec<[u64; 2]>, fixes: &[FixReport]) {
    for fix in fixes {
        match ranges.last_mut() {
            Some(last) if last[1].checked_add(1) == Some(fix.number) => last[1] = fix.number,
            Some(_) | None => ranges.push([fix.number, fix.number]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_in_any_order_become_the_fewest() {
        assert_eq!(merge(vec![[5, 5], [3, 4], [9, 9], [4, 4], [7, 7]]), [[3, 5], [7, 7], [9, 9]]);
        assert_eq!(merge(vec![[8, 9], [1, 4], [5, 6], [2, 3]]), [[1, 6], [8, 9]]);
        assert_eq!(merge(vec![[u64::MAX, u64::MAX], [1, 1]]), [[1, 1], [u64::MAX, u64::MAX]]);
    }
}
