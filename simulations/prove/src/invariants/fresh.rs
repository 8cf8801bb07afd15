//! No position is shown as younger than it is.

use super::Violation;
use std::collections::{BTreeMap, VecDeque};

/// Places remembered of each vehicle: an hour at one a second.
const REMEMBERED: usize = 3_600;

/// How much younger a position may be told than it is: the way to the console, the tick between two frames, and
/// servers' clocks that differ as far as they may before they are doubted.
const SLACK_MS: i64 = 8_000;

/// Where each vehicle was, and when.
#[derive(Debug, Default)]
pub(crate) struct Fresh(BTreeMap<String, VecDeque<Measured>>);

/// Places that differ by less, in the units of [`rounded`], may be the same: both are rounded on their way.
const NEAR: i64 = 2;

/// A place, rounded, and when it was measured.
type Measured = ((i64, i64), u64);

impl Fresh {
    /// A receiver measured a place.
    pub(crate) fn measured(&mut self, vehicle: &str, (lon, lat): (f64, f64), now_ms: u64) {
        let track = self.0.entry(vehicle.to_owned()).or_default();
        track.push_back((rounded(lon, lat), now_ms));
        if track.len() > REMEMBERED {
            track.pop_front();
        }
    }

    /// A console is shown a place with its age. A place that was never measured is none of ours.
    ///
    /// # Errors
    /// When the vehicle was there longer ago.
    pub(crate) fn shown(
        &self,
        vehicle: &str,
        (lon, lat): (f64, f64),
        age_ms: u32,
        now_ms: u64,
    ) -> Result<(), Violation> {
        let place = rounded(lon, lat);
        let Some(track) = self.0.get(vehicle) else { return Ok(()) };
        // Most are of the last seconds, so it is looked for from the end.
        let is_there =
            |at: (i64, i64)| (at.0 - place.0).abs() <= NEAR && (at.1 - place.1).abs() <= NEAR;
        let there = track.iter().rev().find(|(at, _)| is_there(*at));
        let Some((_, measured_ms)) = there else { return Ok(()) };
        let true_age = now_ms.saturating_sub(*measured_ms).cast_signed();
        if true_age > i64::from(age_ms) + SLACK_MS {
            let what = format!("{vehicle}: {age_ms} ms old by the console, {true_age} ms in truth");
            return Err(Violation::new("fresh", what));
        }
        Ok(())
    }
}

/// To a hundredth of a metre, as frames carry it.
fn rounded(lon: f64, lat: f64) -> (i64, i64) {
    ((lon * 1e6).round() as i64, (lat * 1e6).round() as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_place_told_as_new_is_seen_and_one_of_now_is_not() {
        let mut fresh = Fresh::default();
        fresh.measured("a", (106.2, 38.5), 1_000);
        assert_eq!(fresh.shown("a", (106.2, 38.5), 100, 2_000), Ok(()));
        assert!(fresh.shown("a", (106.2, 38.5), 100, 60_000).is_err());
        assert_eq!(fresh.shown("a", (106.2, 38.5), 58_000, 60_000), Ok(()), "it says so");
    }
}
