//! Which day a time of day belongs to. Knows what the receiver sent; asks no clock.

/// Milliseconds in a day.
const DAY_MS: i64 = 86_400_000;
/// A jump of the time of day by more than this is midnight, not a late sentence.
const HALF_DAY_MS: i64 = DAY_MS / 2;
/// So long after midnight may a receiver still write the date of the day before.
const LONGEST_LAG_MS: i64 = 60_000;
/// GPS counts weeks modulo 1 024; a receiver with old software reports a date this much too early,
/// and one that was corrected once too often this much too late.
const ROLLOVER_MS: i64 = 1024 * 7 * DAY_MS;
/// A date counts as rolled over when it is this near to a whole number of roll-overs off.
const ROLLOVER_TOLERANCE_MS: i64 = 2 * DAY_MS;
/// Receivers without a date write 6 January 1980, which the two-digit year makes 2080.
const FIRST_NONSENSE_DAY: i64 = 40_176;

/// How a moment got its day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dated {
    ByReceiver(i64),
    ByReceiverCorrected(i64),
    ByReference(i64),
    /// The date lies ahead of the clock, and not by whole roll-overs: nothing was measured then, so that only
    /// the time of day is believed.
    AheadOfReference(i64),
    Unknown,
}

/// The last date the receiver sent, carried over midnight.
#[derive(Debug, Default)]
pub(super) struct Dating {
    last: Option<(i64, i64)>,
    is_dated_with_position: bool,
    /// The day that the receiver went on writing after its time of day had passed midnight.
    left_behind: Option<i64>,
}

impl Dating {
    /// A sentence without a position gave the date. Weaker than one given with a position: clocks run
    /// before the first fix.
    pub(super) fn date_without_position(&mut self, date_days: i64, time_of_day_ms: Option<i64>) {
        if let (false, true, Some(time)) =
            (self.is_dated_with_position, is_sensible(date_days), time_of_day_ms)
        {
            self.last = Some((date_days, time));
        }
    }

    /// A date came with a position whose moment was assessed already: it holds from the next moment on.
    pub(super) fn date_after_fix(&mut self, date_days: i64, time_of_day_ms: i64) {
        if is_sensible(date_days) {
            self.is_dated_with_position = true;
            self.last = Some((date_days, time_of_day_ms));
        }
    }

    /// Dates a moment, and remembers it. `received` is the date that came with it; `reference_ms` the
    /// caller's clock where it may help.
    pub(super) fn date(
        &mut self,
        time_of_day_ms: i64,
        received: Option<i64>,
        reference_ms: Option<i64>,
    ) -> Dated {
        let received = received.filter(|days| is_sensible(*days));
        self.is_dated_with_position |= received.is_some();
        if let Some(days) = received {
            let lags = self.is_yesterday(days, time_of_day_ms);
            self.left_behind = lags.then_some(days);
        }
        let received = received.map(|days| days + i64::from(self.left_behind == Some(days)));
        let Some(days) = received.or_else(|| self.carried(time_of_day_ms)) else {
            return match reference_ms {
                Some(reference) => Dated::ByReference(nearest_day(time_of_day_ms, reference)),
                None => Dated::Unknown,
            };
        };
        self.last = Some((days, time_of_day_ms));
        let moment = days * DAY_MS + time_of_day_ms;
        let Some(reference) = reference_ms else { return Dated::ByReceiver(moment) };
        let corrected = corrected(moment, reference);
        if is_ahead(corrected, reference) {
            Dated::AheadOfReference(nearest_day(time_of_day_ms, reference))
        } else if corrected != moment {
            Dated::ByReceiverCorrected(corrected)
        } else {
            Dated::ByReceiver(moment)
        }
    }

    /// Whether the time of day passed midnight before the date did: the same date as the moment before
    /// and a time of day half a day and more earlier, or that date still, some seconds later.
    fn is_yesterday(&self, days: i64, time_of_day_ms: i64) -> bool {
        self.last.is_some_and(|(last_days, last_time)| {
            let turns = last_days == days && time_of_day_ms - last_time < -HALF_DAY_MS;
            let stays = self.left_behind == Some(days)
                && last_days == days + 1
                && (last_time..LONGEST_LAG_MS).contains(&time_of_day_ms);
            turns || stays
        })
    }

    fn carried(&self, time_of_day_ms: i64) -> Option<i64> {
        let (days, last_time) = self.last?;
        let forward = time_of_day_ms - last_time;
        Some(if forward < -HALF_DAY_MS {
            days + 1
        } else if forward > HALF_DAY_MS {
            days - 1
        } else {
            days
        })
    }
}

/// Whether a moment has not come yet: half a day and more, since a clock that is right is not so far off.
pub(super) fn is_ahead(moment_ms: i64, reference_ms: i64) -> bool {
    moment_ms - reference_ms > HALF_DAY_MS
}

fn is_sensible(date_days: i64) -> bool {
    (0..FIRST_NONSENSE_DAY).contains(&date_days)
}

/// The moment with this time of day that is nearest to the reference.
pub(super) fn nearest_day(time_of_day_ms: i64, reference_ms: i64) -> i64 {
    let today = reference_ms.div_euclid(DAY_MS) * DAY_MS + time_of_day_ms;
    if today - reference_ms > HALF_DAY_MS {
        today - DAY_MS
    } else if reference_ms - today > HALF_DAY_MS {
        today + DAY_MS
    } else {
        today
    }
}

/// A moment without the roll-overs that it is off.
pub(super) fn corrected(moment_ms: i64, reference_ms: i64) -> i64 {
    moment_ms + rollovers_behind(moment_ms, reference_ms) * ROLLOVER_MS
}

/// How many roll-overs a moment is behind the reference, negative for ahead of it: 0 unless it is so
/// almost exactly.
fn rollovers_behind(moment_ms: i64, reference_ms: i64) -> i64 {
    let behind_ms = reference_ms - moment_ms;
    let count = (behind_ms + ROLLOVER_MS / 2).div_euclid(ROLLOVER_MS);
    let off_by_ms = (behind_ms - count * ROLLOVER_MS).abs();
    if off_by_ms <= ROLLOVER_TOLERANCE_MS { count } else { 0 }
}
