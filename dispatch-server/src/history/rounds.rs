//! How far positions may be forgotten: by the earlier of two clocks, and two days of positions at one time.

use dispatch_core::model::Timestamp;

pub(super) const DAY_MILLIS: i64 = 24 * 3_600 * 1_000;

/// Days of positions that one round forgets at most. A clock that is ahead for one run costs no more than this.
const DAYS_PER_ROUND: i64 = 2;

/// Between two rounds: what piled up while a server stood still is forgotten within days, and a person has hours to
/// notice that it should not be.
const BETWEEN_ROUNDS_MILLIS: i64 = 6 * 3_600 * 1_000;

/// The last round, as the store remembers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Round {
    /// Days since 1970 (UTC); positions of earlier days are forgotten.
    pub(super) first_kept: i64,
    /// When it began.
    pub(super) advanced_at: Timestamp,
}

/// The round to work on now: the last one until its time is over, then the next. `today` is the earlier of two
/// clocks, `oldest` the first day of which there are positions.
pub(super) fn round(
    last: Option<Round>,
    now: Timestamp,
    today: i64,
    keep_days: i64,
    oldest: Option<i64>,
) -> Round {
    let rests = |last: &Round| now.millis_since(last.advanced_at).abs() < BETWEEN_ROUNDS_MILLIS;
    if let Some(last) = last.filter(rests) {
        return last;
    }
    let wanted = today - keep_days;
    let first_kept = oldest.map_or(wanted, |oldest| wanted.min(oldest + DAYS_PER_ROUND));
    Round { first_kept, advanced_at: now }
}

/// The day of a moment, in days since 1970, from midnight UTC.
pub(super) fn day_of(moment: Timestamp) -> i64 {
    moment.0.div_euclid(DAY_MILLIS)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(20_000 * DAY_MILLIS);

    #[test]
    fn a_clock_years_ahead_costs_two_days_of_positions_at_most() {
        let fast = NOW.plus_seconds(1_461 * 86_400);
        let first = round(None, fast, day_of(fast), 10, Some(19_990));
        assert_eq!(first.first_kept, 19_992);
        let again = round(Some(first), fast.plus_seconds(60), day_of(fast), 10, Some(19_992));
        assert_eq!(again, first, "a second start at once goes no further");
        let right = round(Some(first), NOW, day_of(NOW), 10, Some(19_992));
        assert_eq!(right.first_kept, 19_990, "nothing more is forgotten by the right clock");
    }

    #[test]
    fn what_piled_up_is_forgotten_round_by_round() {
        let mut last = None;
        let mut oldest = 19_000;
        for n in 0..6 {
            let now = NOW.plus_seconds(n * 7 * 3_600);
            let next = round(last, now, day_of(now), 990, Some(oldest));
            oldest = next.first_kept.max(oldest);
            last = Some(next);
        }
        assert_eq!(oldest, 19_011, "as far as is wanted and no further");
    }
}
