//! What the parts of a load run share: when it began, what is measured, and what waits to be seen on a console.

use super::figures::Measured;
use crate::clock::SimulatedClock;
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use tokio_util::sync::CancellationToken;

/// Most presses and commands that wait to be seen; what is beyond counts as failed.
const MOST_AWAITED: usize = 100_000;

/// Everything that is shared.
pub(super) struct Load {
    pub(super) clock: SimulatedClock,
    /// The moment of the clock from which on is measured.
    pub(super) measured_from: f64,
    /// Called when nothing more is to begin.
    pub(super) giving: CancellationToken,
    /// Called when the run ends, once the last was to be seen.
    pub(super) stop: CancellationToken,
    pub(super) presses: Measured,
    pub(super) commands: Measured,
    pub(super) commands_shown: Measured,
    pub(super) fixes_shown: Measured,
    pub(super) position_records: AtomicU64,
    pub(super) links_lost: AtomicU64,
    awaited: Mutex<HashMap<String, f64>>,
    halves: Mutex<HashMap<String, Half>>,
}

/// What came first of a command's answer and its line on a console.
enum Half {
    Answered(f64),
    Shown(f64),
}

impl Load {
    pub(super) fn new(warm_up: f64, stop: CancellationToken) -> Self {
        let clock = SimulatedClock::start(1.0);
        Self {
            clock,
            measured_from: warm_up,
            giving: CancellationToken::new(),
            stop,
            presses: Measured::new("press -> shown on a console"),
            commands: Measured::new("command -> answered"),
            commands_shown: Measured::new("command -> shown on a console"),
            fixes_shown: Measured::new("fix -> shown on a console"),
            position_records: AtomicU64::new(0),
            links_lost: AtomicU64::new(0),
            awaited: Mutex::default(),
            halves: Mutex::default(),
        }
    }

    /// Whether what is meant to begin at this moment is measured.
    pub(super) fn is_measured(&self, meant_at: f64) -> bool {
        meant_at >= self.measured_from
    }

    /// Something meant to begin then is to be seen on a console under this name. False when too much waits already.
    pub(super) fn awaits(&self, name: String, meant_at: f64) -> bool {
        let mut awaited = self.awaited.lock().unwrap_or_else(PoisonError::into_inner);
        let room = awaited.len() < MOST_AWAITED;
        // One that was not seen before its like is meant again has failed.
        if room && awaited.insert(name, meant_at).is_some() {
            self.presses.failed();
        }
        room
    }

    /// It was seen: when it was meant to begin, if anybody waits for it.
    pub(super) fn seen(&self, name: &str) -> Option<f64> {
        self.awaited.lock().unwrap_or_else(PoisonError::into_inner).remove(name)
    }

    /// A command was answered under this name; it was meant to begin then. The console's line may have come before.
    pub(super) fn answered(&self, name: String, meant_at: f64) {
        let mut halves = self.halves.lock().unwrap_or_else(PoisonError::into_inner);
        match halves.remove(&name) {
            Some(Half::Shown(at)) => self.commands_shown.done(at - meant_at),
            Some(Half::Answered(_)) => {}
            None if halves.len() < MOST_AWAITED => {
                halves.insert(name, Half::Answered(meant_at));
            }
            None => self.commands_shown.failed(),
        }
    }

    /// A console shows what a command did, under the same name. The answer may come later.
    pub(super) fn command_shown(&self, name: String, at: f64) {
        let mut halves = self.halves.lock().unwrap_or_else(PoisonError::into_inner);
        match halves.remove(&name) {
            Some(Half::Answered(meant_at)) => self.commands_shown.done(at - meant_at),
            Some(Half::Shown(_)) => {}
            None if halves.len() < MOST_AWAITED => {
                halves.insert(name, Half::Shown(at));
            }
            None => {}
        }
    }

    /// Counts as failed what was never seen.
    pub(super) fn give_up(&self) {
        let presses = self.awaited.lock().unwrap_or_else(PoisonError::into_inner).drain().count();
        (0..presses).for_each(|_| self.presses.failed());
        let halves = self.halves.lock().unwrap_or_else(PoisonError::into_inner);
        let unseen = halves.values().filter(|half| matches!(half, Half::Answered(_))).count();
        (0..unseen).for_each(|_| self.commands_shown.failed());
    }

    pub(super) fn count(of: &AtomicU64, more: u64) {
        of.fetch_add(more, Ordering::Relaxed);
    }
}
