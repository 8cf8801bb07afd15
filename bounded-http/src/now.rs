//! The one place of this crate that reads a clock.

use std::time::Instant;

/// This moment by the machine's steady clock: bounds on connections are spans of real time.
#[expect(clippy::disallowed_methods, reason = "the one place that reads a clock")]
pub(crate) fn now() -> Instant {
    Instant::now()
}
