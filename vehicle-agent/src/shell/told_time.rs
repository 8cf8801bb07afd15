//! What time it is for whoever judges certificates: as a server told it in this boot of the machine, else as satellites
//! say, else as the machine's own clock has it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use transport_tls::{Believed, ClockOf};

use crate::link::Now;
use crate::machine::since_1970;

use super::clock::steady_ms;

/// A time and the moment of the steady clock it belongs to, both in milliseconds.
#[derive(Clone, Copy, Debug)]
struct Told {
    unix_ms: i64,
    steady_ms: u64,
    by: Believed,
}

/// The best time that was told so far; shared by its clones.
#[derive(Clone, Debug, Default)]
pub(super) struct ToldTime(Arc<Mutex<Option<Told>>>);

impl ToldTime {
    /// A server's time, which stands above all else.
    pub(super) fn by_server(&self, unix_ms: i64, now: Now) {
        *self.lock() = Some(Told { unix_ms, steady_ms: now.steady_ms, by: Believed::Told });
    }

    /// The date and time of a receiver; no more sure than a clock, since old ones count weeks wrongly.
    pub(super) fn by_satellites(&self, unix_ms: i64, now: Now) {
        let mut told = self.lock();
        if told.is_none_or(|told| told.by == Believed::OwnClock) {
            *told = Some(Told { unix_ms, steady_ms: now.steady_ms, by: Believed::OwnClock });
        }
    }

    /// As certificates are judged by it.
    pub(super) fn clock(&self) -> ClockOf {
        let told = self.clone();
        ClockOf::new(move || told.seconds())
    }

    fn seconds(&self) -> (u64, Believed) {
        let Some(told) = *self.lock() else {
            return (since_1970().as_secs(), Believed::OwnClock);
        };
        let since = i64::try_from(steady_ms().saturating_sub(told.steady_ms)).unwrap_or(i64::MAX);
        let now_ms = told.unix_ms.saturating_add(since);
        (u64::try_from(now_ms / 1000).unwrap_or(0), told.by)
    }

    fn lock(&self) -> MutexGuard<'_, Option<Told>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_servers_time_stands_above_satellites_and_those_above_the_own_clock() {
        let told = ToldTime::default();
        let now = Now { wall_ms: 0, steady_ms: steady_ms() };
        assert_eq!(told.seconds().1, Believed::OwnClock);
        told.by_satellites(1_000_000, now);
        let (seconds, by) = told.seconds();
        assert!((1_000..1_060).contains(&seconds) && by == Believed::OwnClock);
        told.by_server(2_000_000, now);
        told.by_satellites(1_000_000, now);
        let (seconds, by) = told.seconds();
        assert!((2_000..2_060).contains(&seconds) && by == Believed::Told);
    }
}
