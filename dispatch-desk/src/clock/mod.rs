//! The one place where the server asks what time it is.
//!
//! The machine's clock is one witness among several: the database's clock, what terminals' receivers say, the
//! journal, and time run on steadily since the last judgement. What they agree on is the server's time. Everything
//! else takes a [`Clock`] or a [`Timestamp`], so a test or a replay can set the time by hand.

mod assess;
mod by_hand;
mod keeper;
mod machine;
mod start;
mod terminals;

pub use assess::Doubt;
pub use by_hand::Moves;
pub use keeper::DatabaseTime;
pub use machine::{SimulatedMachine, machine_time, steady_now};
pub use start::{ClockRefused, check_start};

use by_hand::ByHand;
use dispatch_core::model::{Timestamp, VehicleId};
use keeper::Keeper;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Tells the time: as the server's witnesses have it, or as it was set by hand.
#[derive(Clone, Debug)]
pub struct Clock(Source);

#[derive(Clone, Debug)]
enum Source {
    System(Arc<Keeper>),
    ByHand(Arc<ByHand>),
}

impl Clock {
    /// The machine's clock, until other witnesses are heard; clones are judged together.
    pub fn system() -> Self {
        Self(Source::System(Arc::new(Keeper::begin(None))))
    }

    /// The clock of a machine that a simulation plays, judged beside other witnesses as the machine's own is.
    pub fn simulated(machine: SimulatedMachine) -> Self {
        Self(Source::System(Arc::new(Keeper::begin(Some(machine)))))
    }

    /// A clock that stands at `at` until it is moved; clones move together.
    pub fn by_hand(at: Timestamp) -> Self {
        Self(Source::ByHand(Arc::new(ByHand::at(at, steady_now()))))
    }

    /// Now, in milliseconds since 1970.
    pub fn now(&self) -> Timestamp {
        match &self.0 {
            Source::System(keeper) => keeper.now(),
            Source::ByHand(clock) => clock.now(),
        }
    }

    /// Moves a clock set by hand forward by `millis` milliseconds; the system's clock stays as it is.
    pub fn advance_millis(&self, millis: i64) {
        match &self.0 {
            Source::System(_) => {}
            Source::ByHand(clock) => clock.advance(millis),
        }
    }

    /// Steps only the wall of a clock set by hand, as when somebody sets it: no timer runs. The system's clock stays
    /// as it is.
    pub fn step_millis(&self, millis: i64) {
        match &self.0 {
            Source::System(_) => {}
            Source::ByHand(clock) => clock.step(millis),
        }
    }

    /// Lets only the steady side of a clock set by hand go on, by `span`: timers run, and what is recorded keeps its
    /// time. The system's clock stays as it is.
    pub fn pass(&self, span: Duration) {
        match &self.0 {
            Source::System(_) => {}
            Source::ByHand(clock) => clock.pass(span),
        }
    }

    /// Steady time, for spans: it never jumps, and goes by hand where the clock does.
    pub fn steady(&self) -> Instant {
        match &self.0 {
            Source::System(_) => steady_now(),
            Source::ByHand(clock) => clock.steady(),
        }
    }

    /// Waits for a moment of steady time: until a clock set by hand was moved so far.
    pub async fn sleep_until(&self, at: Instant) {
        match &self.0 {
            Source::System(_) => tokio::time::sleep_until(at.into()).await,
            Source::ByHand(clock) => clock.sleep_until(at).await,
        }
    }

    /// Tells from now on when the clock is moved by hand.
    pub fn moves(&self) -> Moves {
        match &self.0 {
            Source::System(_) => Moves::never(),
            Source::ByHand(clock) => clock.moves(),
        }
    }

    /// Hears what time it was by the database's clock.
    pub fn hear_database(&self, told: DatabaseTime) {
        match &self.0 {
            Source::System(keeper) => keeper.hear_database(told),
            Source::ByHand(clock) => clock.hear_database(told.time),
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

    /// What the journal had reached as this server began, also where a person accepted another clock beside it.
    pub fn began_beside(&self, newest: Timestamp) {
        match &self.0 {
            Source::System(keeper) => keeper.began_beside(newest),
            Source::ByHand(_) => {}
        }
    }

    /// The last run had reached `recorded` by its journal and `measured` by its terminals' receivers: it is later now
    /// than the earlier of both. Neither alone proves its time, for the one may have been written by a wrong clock, and
    /// the other be wrong itself; but where the receivers knew a later time the clock is doubted. `recorded` is nothing
    /// where a person accepted a clock that is far from the journal.
    pub fn reached(&self, recorded: Option<Timestamp>, measured: Timestamp) {
        match &self.0 {
            Source::System(keeper) => keeper.reached(recorded, measured),
            Source::ByHand(_) => {}
        }
    }

    /// Judges the witnesses anew and goes by what they agree on from now on. A clock set by hand stays as it was set
    /// and only says how far it is off.
    pub fn assess(&self) -> Kept {
        match &self.0 {
            Source::System(keeper) => keeper.assess(),
            Source::ByHand(clock) => {
                let machine_ahead_millis = clock.ahead_millis();
                let is_off = machine_ahead_millis.abs() >= assess::DOUBTED_FROM;
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
