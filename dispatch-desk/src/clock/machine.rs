//! The machine's own clocks. Everything else of server and desk asks a [`super::Clock`], or, where only a span of
//! real time matters (a lock, a disk, a request), [`steady_now`]; clippy holds it to that.

use crate::simulated;
use dispatch_core::model::Timestamp;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// This moment by the clock that nobody sets.
#[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clocks")]
pub fn steady_now() -> Instant {
    simulated::steady().unwrap_or_else(Instant::now)
}

/// What the machine's clock says, believed or not; one set before 1970 reads as 1970.
#[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clocks")]
pub fn machine_time() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    Timestamp(since.map_or(0, |it| i64::try_from(it.as_millis()).unwrap_or(i64::MAX)))
}

/// The settable clock of a machine that a simulation plays: it starts where it was set, drifts, and is set anew by
/// hand. Clones are the same machine's.
#[derive(Clone, Debug)]
pub struct SimulatedMachine {
    began: Instant,
    /// Microseconds it gains in a second.
    drift_ppm: i64,
    /// What it says at its beginning, with everything it was set by since; milliseconds since 1970.
    set_to: Arc<AtomicI64>,
}

impl SimulatedMachine {
    /// A clock that says `at` now and gains `drift_ppm` microseconds a second.
    pub fn set_to(at: Timestamp, drift_ppm: i64) -> Self {
        Self { began: steady_now(), drift_ppm, set_to: Arc::new(AtomicI64::new(at.0)) }
    }

    /// Sets it forward or back.
    pub fn step_millis(&self, millis: i64) {
        self.set_to.fetch_add(millis, Ordering::SeqCst);
    }

    /// What it says.
    pub fn time(&self) -> Timestamp {
        let since = steady_now().saturating_duration_since(self.began).as_millis();
        let since = i64::try_from(since).unwrap_or(i64::MAX);
        let gained = since.saturating_mul(self.drift_ppm) / 1_000_000;
        Timestamp(self.set_to.load(Ordering::SeqCst).saturating_add(since).saturating_add(gained))
    }
}
