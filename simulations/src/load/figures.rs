//! What a load run measured: a histogram of each latency, counted from the moment at which it was meant to begin.

use hdrhistogram::Histogram;
use serde::Serialize;
use std::fmt::Write as _;
use std::sync::{Mutex, PoisonError};

/// Longest latency that is told apart, in microseconds: a minute. What takes longer counts as a minute.
const LONGEST_MICROS: u64 = 60_000_000;
/// Digits that a histogram keeps.
const DIGITS: u8 = 3;

/// One kind of load while it runs.
pub(super) struct Measured {
    name: &'static str,
    counts: Mutex<Counts>,
}

struct Counts {
    meant: u64,
    failed: u64,
    latencies: Histogram<u64>,
}

/// Figures of one kind of load. Latencies in milliseconds, from when it was meant to begin.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Figures {
    /// What was measured.
    pub name: &'static str,
    /// How often it was meant to happen.
    pub meant: u64,
    /// How often it did.
    pub done: u64,
    /// How often it was refused, or never answered.
    pub failed: u64,
    /// Half are quicker.
    pub p50_ms: f64,
    /// Nine in ten are.
    pub p90_ms: f64,
    /// 99 in a hundred are.
    pub p99_ms: f64,
    /// The slowest.
    pub max_ms: f64,
}

impl Measured {
    pub(super) fn new(name: &'static str) -> Self {
        let latencies = Histogram::new_with_bounds(1, LONGEST_MICROS, DIGITS)
            .expect("one microsecond to a minute in three digits is a histogram");
        Self { name, counts: Mutex::new(Counts { meant: 0, failed: 0, latencies }) }
    }

    /// One is meant to begin now.
    pub(super) fn meant(&self) {
        self.change(|counts| counts.meant += 1);
    }

    /// One is done, so many seconds after it was meant to begin.
    pub(super) fn done(&self, seconds: f64) {
        let micros = (seconds.max(0.0) * 1e6) as u64;
        self.change(|counts| counts.latencies.saturating_record(micros.clamp(1, LONGEST_MICROS)));
    }

    /// One was refused, or nobody answered.
    pub(super) fn failed(&self) {
        self.change(|counts| counts.failed += 1);
    }

    pub(super) fn figures(&self) -> Figures {
        let counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let at = |share| counts.latencies.value_at_quantile(share) as f64 / 1000.0;
        let max = counts.latencies.max() as f64 / 1000.0;
        Figures {
            name: self.name,
            meant: counts.meant,
            done: counts.latencies.len(),
            failed: counts.failed,
            p50_ms: at(0.5),
            p90_ms: at(0.9),
            p99_ms: at(0.99),
            max_ms: max,
        }
    }

    fn change(&self, change: impl FnOnce(&mut Counts)) {
        change(&mut self.counts.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

/// Figures as a table for a terminal.
pub fn table(figures: &[Figures]) -> String {
    let mut out = format!(
        "{:<34} {:>8} {:>8} {:>7} {:>9} {:>9} {:>9} {:>9}\n",
        "milliseconds from intended start", "meant", "done", "failed", "p50", "p90", "p99", "max"
    );
    for it in figures {
        let _ = writeln!(
            out,
            "{:<34} {:>8} {:>8} {:>7} {:>9.1} {:>9.1} {:>9.1} {:>9.1}",
            it.name, it.meant, it.done, it.failed, it.p50_ms, it.p90_ms, it.p99_ms, it.max_ms
        );
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_those_of_what_was_recorded() {
        let measured = Measured::new("commands");
        for millis in 1..=1000 {
            measured.meant();
            measured.done(f64::from(millis) / 1000.0);
        }
        measured.meant();
        measured.failed();
        measured.meant();
        measured.done(1e9);
        let figures = measured.figures();
        assert_eq!((figures.meant, figures.done, figures.failed), (1002, 1001, 1));
        let near = |is: f64, wanted: f64| (is - wanted).abs() <= wanted * 0.002;
        assert!(near(figures.p50_ms, 501.0) && near(figures.p99_ms, 991.0), "{figures:?}");
        assert!(near(figures.max_ms, 60_000.0), "what never came counts as a minute: {figures:?}");
    }
}
