//! The one place where this crate asks what time it is.

use std::time::{SystemTime, UNIX_EPOCH};

/// Seconds since 1970, UTC, by this machine's clock.
#[expect(
    clippy::disallowed_methods,
    reason = "certificates begin at the time of the machine that issues them"
)]
pub fn now_seconds() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}
