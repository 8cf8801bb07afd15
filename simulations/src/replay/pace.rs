//! Whether the machine kept up. What a request takes is real time; at a speed it costs the patient so many times more, and
//! at some speed the machine is what is measured, not the vehicles.

use crate::clock::SimulatedClock;
use hdrhistogram::Histogram;
use std::sync::{Mutex, PoisonError};

/// Seconds of the record that nine in ten answers may take before what was measured is the machine's: a tenth of a good
/// response.
const BEARABLE_SECONDS: f64 = 30.0;

/// Milliseconds of the record that one answer cost, all answers.
#[derive(Default)]
pub(super) struct Pace(Mutex<Option<Histogram<u64>>>);

/// Digits to which costs are kept.
const DIGITS: u8 = 2;

impl Pace {
    /// Waits for an answer and notes what it cost.
    pub(super) async fn of<T>(&self, clock: &SimulatedClock, answer: impl Future<Output = T>) -> T {
        let asked = clock.seconds();
        let answer = answer.await;
        let cost_ms = ((clock.seconds() - asked) * 1000.0).max(0.0) as u64;
        let mut costs = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if costs.is_none() {
            *costs = Histogram::new(DIGITS).ok();
        }
        costs.iter_mut().for_each(|costs| costs.saturating_record(cost_ms));
        drop(costs);
        answer
    }

    /// Seconds of the record within which nine in ten answers came; nothing before the first.
    pub(super) fn lag_seconds(&self) -> Option<f64> {
        let costs = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        costs.as_ref().map(|costs| costs.value_at_quantile(0.9) as f64 / 1000.0)
    }
}

/// The speed that the machine would have borne, when it did not bear the one that was played; at least 1.
pub fn bearable_speed(speed: f64, lag_seconds: f64) -> Option<f64> {
    let too_slow = lag_seconds > BEARABLE_SECONDS && speed > 1.0;
    too_slow.then(|| (speed * BEARABLE_SECONDS / lag_seconds).floor().max(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_machine_that_does_not_keep_up_is_told_a_speed_that_it_bears() {
        assert_eq!(bearable_speed(400.0, 20.0), None);
        assert_eq!(bearable_speed(400.0, 600.0), Some(20.0));
        assert_eq!(bearable_speed(2.0, 3_600.0), Some(1.0));
        assert_eq!(bearable_speed(1.0, 3_600.0), None, "slower than the clock is no speed");
        assert_eq!(Pace::default().lag_seconds(), None);
    }
}
