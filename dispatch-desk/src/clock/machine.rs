//! The machine's own clocks. Everything else of server and desk asks a [`super::Clock`], or, where only a span of
//! real time matters (a lock, a disk, a request), [`steady_now`]; clippy holds it to that.

use dispatch_core::model::Timestamp;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// This moment by the clock that nobody sets.
#[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clocks")]
pub fn steady_now() -> Instant {
    Instant::now()
}

/// What the machine's clock says, believed or not; one set before 1970 reads as 1970.
#[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clocks")]
pub fn machine_time() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    Timestamp(since.map_or(0, |it| i64::try_from(it.as_millis()).unwrap_or(i64::MAX)))
}
