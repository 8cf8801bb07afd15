//! Keeps the server's time: the last judgement run on by the machine's steady clock, so that between two judgements
//! nothing jumps, whatever is done to the machine's clock.

use super::Kept;
use super::assess::{Witnesses, assess};
use super::machine::{SimulatedMachine, machine_time, steady_now};
use super::terminals::Terminals;
use dispatch_core::model::{Timestamp, VehicleId};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

/// What time it was by the database's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DatabaseTime {
    /// What it said.
    pub time: Timestamp,
    /// When it said so: the middle between question and answer.
    pub at: Instant,
}

#[derive(Debug)]
pub(super) struct Keeper {
    began: Instant,
    /// The machine's clock then; from it steady time counts.
    began_millis: i64,
    /// The server's time minus steady time.
    correction: AtomicI64,
    heard: Mutex<Heard>,
    /// The machine whose clock is read, where it is not this one.
    machine: Option<SimulatedMachine>,
}

#[derive(Debug, Default)]
struct Heard {
    judged_before: bool,
    /// The database's time minus steady time.
    database: Option<i64>,
    terminals: Terminals,
    journal: i64,
    newest: i64,
    /// What the last run had reached by its journal and by its positions, both minus the steady time at which they were
    /// heard; the journal's is nothing where a person accepted a clock that is far from it.
    recorded: Option<i64>,
    measured: Option<i64>,
}

impl Keeper {
    pub(super) fn begin(machine: Option<SimulatedMachine>) -> Self {
        Self {
            began: steady_now(),
            began_millis: time_of(machine.as_ref()),
            correction: AtomicI64::new(0),
            heard: Mutex::default(),
            machine,
        }
    }

    pub(super) fn now(&self) -> Timestamp {
        Timestamp(self.steady_at(steady_now()) + self.correction.load(Ordering::Relaxed))
    }

    pub(super) fn hear_database(&self, told: DatabaseTime) {
        self.heard().database = Some(told.time.0 - self.steady_at(told.at));
    }

    pub(super) fn hear_terminal(&self, vehicle: &VehicleId, fix_time: Timestamp) {
        let steady = self.steady_at(steady_now());
        self.heard().terminals.hear(vehicle, fix_time.0, steady);
    }

    pub(super) fn not_before(&self, newest: Timestamp) {
        self.heard().journal = newest.0;
    }

    pub(super) fn began_beside(&self, newest: Timestamp) {
        self.heard().newest = newest.0;
    }

    pub(super) fn reached(&self, recorded: Option<Timestamp>, measured: Timestamp) {
        let steady = self.steady_at(steady_now());
        let mut heard = self.heard();
        heard.recorded = recorded.map(|it| it.0 - steady);
        heard.measured = Some(measured.0 - steady);
    }

    pub(super) fn assess(&self) -> Kept {
        let mut heard = self.heard();
        let (steady, machine) = (self.steady_at(steady_now()), time_of(self.machine.as_ref()));
        let before = self.correction.load(Ordering::Relaxed);
        let (time, doubt) = assess(&Witnesses {
            machine,
            steady: steady + before,
            judged_before: std::mem::replace(&mut heard.judged_before, true),
            database: heard.database.map(|offset| steady + offset),
            terminals: heard.terminals.offset(steady).map(|offset| steady + offset),
            few_terminals: heard.terminals.offset_of_few(steady).map(|offset| steady + offset),
            journal: heard.journal,
            newest: heard.newest,
            at_least: heard
                .recorded
                .zip(heard.measured)
                .map(|(one, other)| steady + one.min(other)),
            measured: heard.measured.map(|offset| steady + offset),
        });
        let correction = time - steady;
        self.correction.store(correction, Ordering::Relaxed);
        Kept { machine_ahead_millis: machine - time, jumped_millis: correction - before, doubt }
    }

    fn steady_at(&self, at: Instant) -> i64 {
        // An instant before the beginning is one of a question asked just then.
        let since = at.saturating_duration_since(self.began).as_millis();
        self.began_millis.saturating_add(i64::try_from(since).unwrap_or(i64::MAX))
    }

    fn heard(&self) -> MutexGuard<'_, Heard> {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn time_of(machine: Option<&SimulatedMachine>) -> i64 {
    machine.map_or_else(machine_time, SimulatedMachine::time).0
}
