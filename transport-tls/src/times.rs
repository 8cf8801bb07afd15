//! By which clock certificates are judged.

use rustls::pki_types::UnixTime;
use rustls::time_provider::TimeProvider;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// How far a time is to be believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Believed {
    /// A server or satellites told it: a certificate is judged by it alone.
    Told,
    /// Only this machine's own clock says so, which may be years off after a night without power.
    OwnClock,
}

/// Whoever knows what time it is: seconds since 1970, UTC, and how far that is to be believed.
pub trait TlsClock: Send + Sync {
    /// The time now.
    fn now(&self) -> (u64, Believed);
}

impl<F: Fn() -> (u64, Believed) + Send + Sync> TlsClock for F {
    fn now(&self) -> (u64, Believed) {
        self()
    }
}

/// A clock as TLS asks for it.
#[derive(Clone)]
pub struct ClockOf(Arc<dyn TlsClock>);

impl ClockOf {
    /// Asks this clock.
    pub fn new(clock: impl TlsClock + 'static) -> Self {
        Self(Arc::new(clock))
    }

    /// Seconds since 1970, UTC, and how far they are to be believed.
    pub fn now(&self) -> (u64, Believed) {
        self.0.now()
    }
}

impl fmt::Debug for ClockOf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ClockOf")
    }
}

impl TimeProvider for ClockOf {
    fn current_time(&self) -> Option<UnixTime> {
        Some(UnixTime::since_unix_epoch(Duration::from_secs(self.now().0)))
    }
}
