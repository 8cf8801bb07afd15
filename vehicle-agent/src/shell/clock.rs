//! The clocks of this machine.

use std::time::{SystemTime, UNIX_EPOCH};

use tokio::time::{Duration, Instant};

use crate::link::Now;

/// Longest sleep; the link is asked again after it at the latest.
const LONGEST_SLEEP: Duration = Duration::from_secs(3_600);

/// Reads both clocks; the steady one counts from the clock's making.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    start: Instant,
}

impl Clock {
    /// A clock that starts now.
    pub fn start() -> Self {
        Self { start: Instant::now() }
    }

    /// This moment.
    pub fn now(&self) -> Now {
        let wall = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Now { wall_ms: millis(wall).cast_signed(), steady_ms: millis(self.start.elapsed()) }
    }

    /// The instant at which the steady clock shows `steady_ms`, or an hour ahead if that is sooner.
    pub(super) fn instant(&self, steady_ms: Option<u64>) -> Instant {
        let latest = Instant::now() + LONGEST_SLEEP;
        let wanted = steady_ms.and_then(|ms| self.start.checked_add(Duration::from_millis(ms)));
        wanted.map_or(latest, |wanted| wanted.min(latest))
    }
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
