//! The world of a simulation: vehicles, waiting patients, and the queue of what happens next.

use super::futures::Dice;
use super::outcome::Outcome;
use super::units::{Doing, Unit};
use crate::study::calls::{Call, MONDAY_MS};
use crate::study::desk::{Desk, Refused};
use crate::study::policy::Policy;
use crate::study::travel::Travel;
use dispatch_core::model::{IncidentId, Timestamp};
use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};

/// Something that happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Happening {
    /// A vehicle does the next thing of its plan.
    Unit {
        /// Which.
        unit: usize,
        /// Of which plan.
        plan: u32,
    },
    /// The next call comes.
    Call(usize),
    /// A vehicle may be sent.
    Ready(usize),
    /// The caller calls off.
    CalledOff(usize),
}

/// How a call stands.
#[derive(Clone, Debug, Default)]
pub(super) struct Case {
    pub(super) incident: Option<IncidentId>,
    /// A vehicle may be sent.
    pub(super) is_ready: bool,
    /// The vehicle that is on its way.
    pub(super) unit: Option<usize>,
    /// Somebody is there, or it was called off.
    pub(super) is_over: bool,
}

/// Why a simulation ended early.
#[derive(Debug, thiserror::Error)]
pub enum Stopped {
    /// The rules refused a step.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// There is no way from a vehicle to a place.
    #[error(
        "there is no way between two places of the system: the roads from {0} do not lead everywhere"
    )]
    NoRoute(String),
}

/// The world.
pub struct World<'a, 'b> {
    /// Travel times.
    pub travel: &'a Travel<'b>,
    /// The calls, known to nobody in the world before they come.
    pub(super) calls: &'a [Call],
    /// The vehicles.
    pub units: Vec<Unit>,
    /// Simulated milliseconds since the beginning.
    pub now_ms: i64,
    pub(super) desk: Desk,
    pub(super) cases: Vec<Case>,
    /// Calls that wait for a vehicle: class, then number.
    pub(super) waiting: BTreeSet<(usize, usize)>,
    queue: BinaryHeap<Reverse<(i64, u64, Happening)>>,
    happened: u64,
    pub(super) dice: Option<Dice>,
    /// The time that counts, in milliseconds.
    pub(super) counted: std::ops::Range<i64>,
    pub(super) outcome: Outcome,
}

/// Simulates all calls under a policy; counts those that come within `counted` (milliseconds).
///
/// # Errors
/// When the rules refuse a step, or roads do not connect.
pub fn simulate(
    travel: &Travel<'_>,
    calls: &[Call],
    counted: std::ops::Range<i64>,
    policy: &Policy,
) -> Result<Outcome, Stopped> {
    let mut world = World::new(travel, calls, counted)?;
    world.expect_call(0);
    while let Some((at_ms, happening)) = world.next() {
        world.now_ms = at_ms;
        world.step(happening, policy)?;
    }
    let mut outcome = world.outcome;
    outcome.patients.sort_by_key(|one| (one.called_ms, one.cell));
    outcome.events = world.desk.version();
    outcome.left_open = world.desk.open_incidents();
    Ok(outcome)
}

impl<'a, 'b> World<'a, 'b> {
    fn new(
        travel: &'a Travel<'b>,
        calls: &'a [Call],
        counted: std::ops::Range<i64>,
    ) -> Result<Self, Stopped> {
        let system = travel.system;
        let unit = |station: usize| Unit {
            home: station,
            doing: Doing::Waiting { station },
            task: None,
            plan: 0,
        };
        Ok(Self {
            travel,
            calls,
            units: system.ambulances.iter().map(|it| unit(it.station)).collect(),
            now_ms: 0,
            desk: Desk::new(travel, Timestamp(MONDAY_MS))?,
            cases: vec![Case::default(); calls.len()],
            waiting: BTreeSet::new(),
            queue: BinaryHeap::new(),
            happened: 0,
            dice: None,
            counted,
            outcome: Outcome { calls: calls.len(), ..Outcome::default() },
        })
    }

    /// The moment as the core is told it.
    pub(super) fn now(&self) -> Timestamp {
        Timestamp(MONDAY_MS + self.now_ms)
    }

    pub(super) fn expect(&mut self, at_ms: i64, happening: Happening) {
        self.happened += 1;
        self.queue.push(Reverse((at_ms.max(self.now_ms), self.happened, happening)));
    }

    pub(super) fn expect_call(&mut self, number: usize) {
        if let Some(call) = self.calls.get(number) {
            self.expect(call.at_ms, Happening::Call(number));
        }
    }

    /// Gives a vehicle a new plan whose next step comes at a moment.
    pub(super) fn plan(&mut self, unit: usize, doing: Doing, next_ms: Option<i64>) {
        self.units[unit].doing = doing;
        self.units[unit].plan += 1;
        let plan = self.units[unit].plan;
        if let Some(at_ms) = next_ms {
            self.expect(at_ms, Happening::Unit { unit, plan });
        }
    }

    fn next(&mut self) -> Option<(i64, Happening)> {
        self.queue.pop().map(|Reverse((at_ms, _, happening))| (at_ms, happening))
    }

    /// A call that has come. What is still to come stays hidden: a policy is given calls by number only once they came.
    pub fn call(&self, number: usize) -> Seen {
        let call = &self.calls[number];
        Seen { cell: call.cell, class: call.class, at_ms: call.at_ms }
    }

    /// Free vehicles, with the station at which each waits or will wait.
    pub fn free(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        let stationed = |(unit, it): (usize, &Unit)| it.station().map(|station| (unit, station));
        self.units.iter().enumerate().filter_map(stationed)
    }
}

/// What is known of a call once it has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// From where.
    pub cell: usize,
    /// What the call-taker hears.
    pub class: usize,
    /// When it came.
    pub at_ms: i64,
}
