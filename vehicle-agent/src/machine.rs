//! The machine's settable clock, its timers and its chance: the one place of the agent that asks them. The link and
//! the receiver's sentences take moments as arguments.

use rand::distr::{Distribution, StandardUniform};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::time::Instant;

/// Since 1970 by the clock that people set; nothing before.
#[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clocks")]
pub fn since_1970() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}

/// This moment, as timers know it.
#[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clocks")]
pub fn timer_now() -> Instant {
    Instant::now()
}

/// A fresh value that nobody can guess.
#[expect(clippy::disallowed_methods, reason = "the one place that draws")]
pub fn random<T>() -> T
where
    StandardUniform: Distribution<T>,
{
    rand::random()
}
