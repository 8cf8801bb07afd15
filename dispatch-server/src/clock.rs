//! The one place where the server asks what time it is.
//!
//! Everything else takes a [`Clock`] or a [`Timestamp`]; nothing else reads the system's clock, so a
//! test or a replay can set the time by hand.

use dispatch_core::model::Timestamp;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// Tells the time: the system's, or one set by hand.
#[derive(Clone, Debug)]
pub struct Clock(Source);

#[derive(Clone, Debug)]
enum Source {
    System,
    ByHand(Arc<AtomicI64>),
}

impl Clock {
    /// The system's clock.
    pub fn system() -> Self {
        Self(Source::System)
    }

    /// A clock that stands at `at` until it is moved; clones move together.
    pub fn by_hand(at: Timestamp) -> Self {
        Self(Source::ByHand(Arc::new(AtomicI64::new(at.0))))
    }

    /// Now, in milliseconds since 1970. A system clock set before 1970 reads as 1970.
    pub fn now(&self) -> Timestamp {
        match &self.0 {
            Source::System => Timestamp(system_millis()),
            Source::ByHand(millis) => Timestamp(millis.load(Ordering::SeqCst)),
        }
    }

    /// Moves a clock set by hand forward by `millis` milliseconds; the system's clock stays as it is.
    pub fn advance_millis(&self, millis: i64) {
        match &self.0 {
            Source::System => {}
            Source::ByHand(now) => {
                now.fetch_add(millis, Ordering::SeqCst);
            }
        }
    }
}

fn system_millis() -> i64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}
