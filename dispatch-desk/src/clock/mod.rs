//! The one place where the server asks what time it is.
//!
//! The machine's clock is one witness among several: the database's clock, what terminals' receivers say, the
//! journal, and time run on steadily since the last judgement. What they agree on is the server's time. Everything
//! else takes a [`Clock`] or a [`Timestamp`], so a test or a replay can set the time by hand.

mod judge;
mod keeper;
mod start;
mod terminals;

pub use judge::Doubt;
pub use keeper::DatabaseTime;
pub use start::{ClockRefused, check_start};

use dispatch_core::model::{Timestamp, VehicleId};
use keeper::Keeper;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// Tells the time: as the server's witnesses have it, or as it was set by hand.
#[derive(Clone, Debug)]
pub struct Clock(Source);

#[derive(Clone, Debug)]
enum Source {
    System(Arc<Keeper>),
    ByHand(Arc<ByHand>),
}

#[derive(Debug)]
struct ByHand {
    millis: AtomicI64,
    /// How far it was ahead of the database's clock when that was last heard.
    ahead_millis: AtomicI64,
}

impl Clock {
    /// The machine's clock, until other witnesses are heard; clones are judged together.
    pub fn system() -> Self {
        Self(Source::System(Arc::new(Keeper::begin())))
    }

    /// A clock that stands at `at` until it is moved; clones move together.
    pub fn by_hand(at: Timestamp) -> Self {
        let (millis, ahead_millis) = (AtomicI64::new(at.0), AtomicI64::new(0));
        Self(Source::ByHand(Arc::new(ByHand { millis, ahead_millis })))
    }

    /// Now, in milliseconds since 1970.
    pub fn now(&self) -> Timestamp {
        match &self.0 {
            Source::System(keeper) => keeper.now(),
            Source::ByHand(clock) => Timestamp(clock.millis.load(Ordering::SeqCst)),
        }
    }

    /// Moves a clock set by hand forward by `millis` milliseconds; the system's clock stays as it is.
    pub fn advance_millis(&self, millis: i64) {
        match &self.0 {
            Source::System(_) => {}
            Source::ByHand(clock) => {
                clock.millis.fetch_add(millis, Ordering::SeqCst);
            }
        }
    }

    /// Hears what time it was by the database's clock.
    pub fn hear_database(&self, told: DatabaseTime) {
        match &self.0 {
            Source::System(keeper) => keeper.hear_database(told),
            Source::ByHand(clock) => {
                let ahead_millis = self.now().millis_since(told.time);
                clock.ahead_millis.store(ahead_millis, Ordering::SeqCst);
            }
        }
    }

    /// Hears what time it is by a terminal's receiver, as its newest fix tells it.
    pub fn hear_terminal(&self, vehicle: &VehicleId, fix_time: Timestamp) {
        match &self.0 {
            Source::System(keeper) => keeper.hear_terminal(vehicle, fix_time),
            Source::ByHand(_) => {}
        }
    }

    /// Nothing happened before this time: the journal had reached it as this server began.
    pub fn not_before(&self, newest: Timestamp) {
        match &self.0 {
            Source::System(keeper) => keeper.not_before(newest),
            Source::ByHand(_) => {}
        }
    }

    /// Judges the witnesses anew and goes by what they agree on from now on. A clock set by hand stays as it was set
    /// and only says how far it is off.
    pub fn judge(&self) -> Kept {
        match &self.0 {
            Source::System(keeper) => keeper.judge(),
            Source::ByHand(clock) => {
                let machine_ahead_millis = clock.ahead_millis.load(Ordering::SeqCst);
                let is_off = machine_ahead_millis.abs() >= judge::DOUBTED_FROM;
                let doubt = is_off.then_some(Doubt::Machine);
                Kept { machine_ahead_millis, jumped_millis: 0, doubt }
            }
        }
    }
}

/// What came of a judgement.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Kept {
    /// How far the machine's clock is ahead of the time that the server goes by.
    pub machine_ahead_millis: i64,
    /// By how much the server's time jumped.
    pub jumped_millis: i64,
    /// Why the machine's clock is not believed.
    pub doubt: Option<Doubt>,
}
