//! The world of a simulation: vehicles, waiting patients, and the queue of what happens next.

use super::futures::Dice;
use super::outcome::{Outcome, Patient};
use super::units::{Doing, Unit};
use crate::study::calls::{Call, MONDAY_MS};
use crate::study::desk::{Desk, Refused};
use crate::study::policy::Policy;
use crate::study::travel::Travel;
use dispatch_core::Rules;
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
    /// How often a nearer vehicle has taken it over.
    pub(super) swaps: u32,
    /// Somebody is there, or it was called off.
    pub(super) is_over: bool,
}

/// Why a simulation ended early.
#[derive(Debug, thiserror::Error)]
pub enum Stopped {
    /// A vehicle cannot be enrolled.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// Somebody asked for an end.
    #[error("stopped before its end")]
    Asked,
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

/// Steps between two looks whether somebody asked for an end: some milliseconds.
const STEPS_BETWEEN_LOOKS: u64 = 1024;

/// Whom no vehicle ever reached has waited a day at least, and so is late by every target.
const NEVER_MS: i64 = 86_400_000;

/// How a simulation is run, besides the system and the policy.
pub struct Conduct<'a> {
    /// Calls within these milliseconds count.
    pub counted: std::ops::Range<i64>,
    /// The rules of the centre.
    pub rules: &'a Rules,
    /// Says whether somebody asked for an end.
    pub stop: &'a dyn Fn() -> bool,
}

/// Simulates all calls under a policy.
///
/// # Errors
/// When a vehicle cannot be enrolled, roads do not connect, or somebody asked for an end.
pub fn simulate(
    travel: &Travel<'_>,
    calls: &[Call],
    policy: &Policy,
    conduct: &Conduct<'_>,
) -> Result<Outcome, Stopped> {
    let mut world = World::new(travel, calls, conduct)?;
    world.expect_call(0);
    let mut steps = 0_u64;
    while let Some((at_ms, happening)) = world.next() {
        if steps.is_multiple_of(STEPS_BETWEEN_LOOKS) && (conduct.stop)() {
            return Err(Stopped::Asked);
        }
        steps += 1;
        world.now_ms = at_ms;
        world.step(happening, policy)?;
    }
    world.give_up_on_the_unreached();
    let mut outcome = world.outcome;
    outcome.patients.sort_by_key(|one| (one.called_ms, one.cell));
    outcome.events = world.desk.version();
    outcome.left_open = world.desk.open_incidents();
    outcome.refusals = world.desk.refusals().clone();
    Ok(outcome)
}

impl<'a, 'b> World<'a, 'b> {
    fn new(
        travel: &'a Travel<'b>,
        calls: &'a [Call],
        conduct: &Conduct<'_>,
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
            desk: Desk::new(travel, conduct.rules, Timestamp(MONDAY_MS))?,
            cases: vec![Case::default(); calls.len()],
            waiting: BTreeSet::new(),
            queue: BinaryHeap::new(),
            happened: 0,
            dice: None,
            counted: conduct.counted.clone(),
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
        self.count_move(unit);
        self.units[unit].doing = doing;
        self.units[unit].plan += 1;
        let plan = self.units[unit].plan;
        if let Some(at_ms) = next_ms {
            self.expect(at_ms, Happening::Unit { unit, plan });
        }
    }

    /// A vehicle leaves off what it did: what it drove because it was sent to wait somewhere is counted.
    fn count_move(&mut self, unit: usize) {
        if let Doing::Returning { station, trip, is_move: true } = &self.units[unit].doing
            && self.counted.contains(&self.now_ms)
        {
            let share = trip.share_driven(self.now_ms);
            self.outcome.move_hours += f64::from(trip.expected_ms) / 3_600_000.0 * share;
            self.outcome.move_km +=
                self.travel.metres_to_site(&trip.from, *station) / 1000.0 * share;
        }
    }

    /// Calls that still wait when nothing happens any more count as reached now, or after the longest wait: the rules refused
    /// every vehicle.
    fn give_up_on_the_unreached(&mut self) {
        let waiting = self.cases.iter().zip(self.calls).filter(|(case, _)| !case.is_over);
        let unreached = waiting.filter(|(_, call)| self.counted.contains(&call.at_ms));
        let patients = unreached.map(|(_, call)| Patient {
            called_ms: call.at_ms,
            class: call.true_class,
            cell: call.cell,
            response_ms: (self.now_ms - call.at_ms).max(NEVER_MS),
        });
        let before = self.outcome.patients.len();
        self.outcome.patients.extend(patients);
        self.outcome.unreached = self.outcome.patients.len() - before;
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
