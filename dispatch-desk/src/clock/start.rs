//! Whether the clock can be believed at a start: what is recorded cannot be taken back.

use dispatch_core::model::Timestamp;

/// Journal and clock may differ by this much. In a province no day passes without an event.
const FURTHEST_SECONDS: i64 = 24 * 3600;

/// The clock is not believed, so nothing is begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "the clock says {}, but {what} {}: {apart} apart. If the clock is wrong, set it right and start again. If it is \
     right (the server stood still that long, an old backup was restored, or an earlier start had a wrong clock), \
     start once with --accept-clock (HELAN_ACCEPT_CLOCK=true)",
    utc(*now),
    utc(*other),
    what = witness.words(),
    apart = apart(*now, *other)
)]
pub struct ClockRefused {
    now: Timestamp,
    other: Timestamp,
    witness: Witness,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Witness {
    Journal,
    Database,
}

impl Witness {
    const fn words(self) -> &'static str {
        match self {
            Self::Journal => "the newest event of the journal was recorded at",
            Self::Database => "the database's clock says",
        }
    }
}

/// Checks the clock against the journal's newest time, which is 0 for an empty journal, and the database's clock.
///
/// # Errors
/// When one of them is more than a day from it.
pub fn check_start(
    now: Timestamp,
    newest: Timestamp,
    database: Option<Timestamp>,
) -> Result<(), ClockRefused> {
    let is_far = |other: Timestamp| now.seconds_since(other).abs() > FURTHEST_SECONDS as f64;
    if newest != Timestamp::default() && is_far(newest) {
        return Err(ClockRefused { now, other: newest, witness: Witness::Journal });
    }
    match database.filter(|other| is_far(*other)) {
        Some(other) => Err(ClockRefused { now, other, witness: Witness::Database }),
        None => Ok(()),
    }
}

fn apart(one: Timestamp, other: Timestamp) -> String {
    let hours = one.millis_since(other).unsigned_abs() / 3_600_000;
    format!("{} days and {} hours", hours / 24, hours % 24)
}

/// A moment as people write it, in UTC. The days are counted in eras of 400 years, which all have the same length.
fn utc(at: Timestamp) -> String {
    let (days, seconds) = (at.0.div_euclid(86_400_000), at.0.rem_euclid(86_400_000) / 1000);
    let shifted = days + 719_468;
    let (era, day_of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02} UTC")
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_796_000_000_000);
    const DAY: i64 = 86_400;

    #[test]
    fn a_clock_a_day_from_the_journal_is_refused_in_one_clear_sentence() {
        for off in [-1461 * DAY, -DAY - 1, DAY + 1, 1461 * DAY] {
            let refused = check_start(NOW.plus_seconds(off), NOW, None).unwrap_err().to_string();
            assert!(refused.contains("--accept-clock") && refused.contains("days"), "{refused}");
        }
        for off in [-DAY, 0, DAY] {
            assert_eq!(check_start(NOW.plus_seconds(off), NOW, Some(NOW)), Ok(()));
        }
        assert_eq!(check_start(NOW, Timestamp::default(), None), Ok(()), "an empty journal");
        let database = check_start(NOW, Timestamp::default(), Some(NOW.plus_seconds(2 * DAY)));
        assert!(database.unwrap_err().to_string().contains("the database's clock says"));
    }

    #[test]
    fn moments_are_written_as_people_do() {
        let told = [0, 951_782_400_000, 1_796_000_000_000, -1_000, 4_102_444_799_000]
            .map(|it| utc(Timestamp(it)));
        assert_eq!(
            told,
            [
                "1970-01-01 00:00:00 UTC",
                "2000-02-29 00:00:00 UTC",
                "2026-11-30 00:53:20 UTC",
                "1969-12-31 23:59:59 UTC",
                "2099-12-31 23:59:59 UTC",
            ]
        );
    }
}
