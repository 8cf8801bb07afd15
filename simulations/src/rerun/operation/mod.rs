//! A centre's operation played in memory through the real rules: the same calls, another fleet, policy or road state. One
//! thread, a queue of what comes next, no chance: what a record lacks takes its usual time, so that two plays differ only
//! in what was changed.

mod driving;
mod presses;

pub use driving::Roads;

use crate::incidents::PastIncident;
use crate::replay::truth::{order_after, truth_of};
use dispatch_core::model::*;
use dispatch_core::recommend::{
    ListedFleet, Located, RankingSettings, Request, VehicleSituation, recommend,
};
use dispatch_core::state::Vehicle;
use dispatch_core::{CentreState, Decision, Rules, apply, decide};
use driving::Place;
use geometry::Wgs84;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

/// Seconds between two tries to send a vehicle where none is free.
const TRY_AGAIN_SECONDS: i64 = 30;
/// Tries before nobody is sent any more: two hours.
const MOST_TRIES: u32 = 240;

/// Who is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Policy {
    /// The first of the ranking.
    Recommended,
    /// The free vehicle that is there soonest, whatever its kind and whatever it leaves uncovered.
    Nearest,
    /// The vehicle of the record while it is free, else the first of the ranking.
    Recorded,
}

/// A centre with everything that a play needs.
pub struct Setting<'a> {
    /// Whose journal.
    pub centre: CentreId,
    /// The vehicles with what they are.
    pub vehicles: Vec<(VehicleId, VehicleRecord)>,
    /// Where each station stands, WGS-84.
    pub stations: &'a BTreeMap<StationId, Wgs84>,
    /// Where each hospital stands, WGS-84.
    pub hospitals: &'a BTreeMap<String, Wgs84>,
    /// The roads.
    pub roads: &'a Roads,
    /// Who is sent.
    pub policy: Policy,
    /// The settings of the rules.
    pub rules: Rules,
}

/// What became of one incident.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Became {
    /// Its number in the play.
    pub incident: String,
    /// Who was sent, in order.
    pub sent: Vec<String>,
    /// Who was there first, and when.
    pub first_at_scene: Option<(String, i64)>,
}

/// What comes next.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Call(usize),
    Order { call: usize, run: usize, tries: u32 },
    Press(presses::Press),
}

/// A play under way.
pub struct Operation<'a> {
    setting: &'a Setting<'a>,
    calls: &'a [PastIncident],
    state: CentreState,
    queue: BinaryHeap<Reverse<(i64, u64, Step)>>,
    queued: u64,
    places: BTreeMap<VehicleId, Place>,
    /// Presses of each vehicle's terminal that are recorded.
    pressed: BTreeMap<VehicleId, u64>,
    became: Vec<Became>,
    refused: u64,
}

/// What a play came to.
pub struct Played {
    /// What became of each call, in their order.
    pub became: Vec<Became>,
    /// The state at the end.
    pub state: CentreState,
    /// Commands that the rules refused: a press about a task that had ended, an order for a vehicle just sent.
    pub refused: u64,
}

/// Plays calls, in order of their times. Each event is given to `each` as it is recorded.
pub fn play(
    setting: &Setting<'_>,
    calls: &[PastIncident],
    each: &mut dyn FnMut(&Recorded),
) -> Played {
    let mut operation = Operation {
        setting,
        calls,
        state: CentreState::new(setting.centre.clone()),
        queue: BinaryHeap::new(),
        queued: 0,
        places: BTreeMap::new(),
        pressed: BTreeMap::new(),
        became: vec![Became::default(); calls.len()],
        refused: 0,
    };
    let begins = calls.first().map_or(0, |call| call.received - 60_000);
    for (vehicle, record) in &setting.vehicles {
        let enrol = Command::EnrolVehicle { vehicle: vehicle.clone(), record: record.clone() };
        operation.give(begins, by_rule("region_data"), enrol, each);
    }
    for (index, call) in calls.iter().enumerate() {
        operation.queue(call.received, Step::Call(index));
    }
    while let Some(Reverse((now, _, step))) = operation.queue.pop() {
        operation.step(now, step, each);
    }
    Played { became: operation.became, state: operation.state, refused: operation.refused }
}

impl Operation<'_> {
    fn step(&mut self, now: i64, step: Step, each: &mut dyn FnMut(&Recorded)) {
        match step {
            Step::Call(call) => self.take_call(now, call, each),
            Step::Order { call, run, tries } => self.order(now, call, run, tries, each),
            Step::Press(press) => self.press(now, press, each),
        }
    }

    fn queue(&mut self, at: i64, step: Step) {
        self.queued += 1;
        self.queue.push(Reverse((at, self.queued, step)));
    }

    fn take_call(&mut self, now: i64, call: usize, each: &mut dyn FnMut(&Recorded)) {
        let calls = self.calls;
        let past = &calls[call];
        let command = presses::take_call(past);
        let events = self.give(now, person(), command, each);
        let opened = events.iter().find_map(|it| it.event.subjects().incident.cloned());
        let Some(incident) = opened else { return };
        self.became[call].incident = incident.to_string();
        for (run, one) in past.runs.iter().enumerate() {
            let at = now + millis(order_after(past, one));
            self.queue(at, Step::Order { call, run, tries: 0 });
        }
    }

    fn order(
        &mut self,
        now: i64,
        call: usize,
        run: usize,
        tries: u32,
        each: &mut dyn FnMut(&Recorded),
    ) {
        let incident = IncidentId::from(self.became[call].incident.as_str());
        let is_over = self.state.incidents.get(&incident).is_none_or(|it| it.stage.is_over());
        if is_over {
            return;
        }
        let chosen = self.choose(now, call, run, &incident);
        let sent = chosen.and_then(|vehicle| {
            let vehicles = vec![vehicle.clone()];
            let order =
                Command::DispatchVehicles { incident: incident.clone(), vehicles, offer: None };
            let events = self.give(now, person(), order, each);
            let created = events.iter().find(|it| it.event.kind() == "task_created");
            let task = created.and_then(|it| it.event.subjects().task.cloned());
            Some((vehicle, task?))
        });
        match sent {
            Some((vehicle, task)) => {
                self.became[call].sent.push(vehicle.to_string());
                let calls = self.calls;
                let truth = truth_of(&calls[call], &calls[call].runs[run]);
                self.begin_run(now, call, vehicle, task, truth, &calls[call].runs[run]);
            }
            None if tries < MOST_TRIES => {
                let again = Step::Order { call, run, tries: tries + 1 };
                self.queue(now + TRY_AGAIN_SECONDS * 1000, again);
            }
            None => {}
        }
    }

    fn choose(
        &self,
        now: i64,
        call: usize,
        run: usize,
        incident: &IncidentId,
    ) -> Option<VehicleId> {
        let past = &self.calls[call];
        let free = |vehicle: &Vehicle| vehicle.duty.group().is_available();
        if self.setting.policy == Policy::Recorded {
            let recorded = VehicleId::from(past.runs[run].vehicle.as_str());
            if self.state.vehicles.get(&recorded).is_some_and(free) {
                return Some(recorded);
            }
        }
        if self.setting.policy == Policy::Nearest {
            let times = self.setting.roads.map.times_to(past.place);
            let nearest =
                self.state.vehicles.values().filter(|it| free(it)).filter_map(|vehicle| {
                    Some((times.seconds_from(self.place(&vehicle.id, now)?)?, &vehicle.id))
                });
            return nearest.min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, id)| id.clone());
        }
        let facts = &self.state.incidents.get(incident)?.facts;
        let mut request = Request::for_incident(incident, facts, &self.setting.centre)?;
        request.divert = false;
        request.how_many = 1;
        let situations = self.state.vehicles.values().filter(|it| free(it)).map(|vehicle| {
            let located = self.place(&vehicle.id, now).map(|position| Located {
                position,
                heading_deg: None,
                fix_time: Timestamp(now),
            });
            let station = self.setting.stations.get(&vehicle.record.station).copied();
            VehicleSituation::of(&self.state, vehicle, located, station)
        });
        let fleet = ListedFleet::new(situations.collect());
        let settings = RankingSettings::default();
        let answer = recommend(&request, &fleet, self.setting.roads, &settings, Timestamp(now));
        answer.candidates.first().map(|candidate| candidate.vehicle.clone())
    }

    /// Where a vehicle is: on its last drive, or where that ended.
    fn place(&self, vehicle: &VehicleId, now: i64) -> Option<Wgs84> {
        if let Some(place) = self.places.get(vehicle) {
            return Some(place.at(now));
        }
        let record = &self.state.vehicles.get(vehicle)?.record;
        self.setting.stations.get(&record.station).copied()
    }

    /// The crew of a vehicle, at its next press.
    fn crew(&self, vehicle: &VehicleId) -> Origin {
        let number = self.pressed.get(vehicle).copied().unwrap_or(0) + 1;
        let outbox = OutboxId::from(format!("play-{vehicle}").as_str());
        Origin::CrewTerminal { vehicle: vehicle.clone(), outbox, number }
    }

    /// Has something decided, and takes in what comes of it.
    fn give(
        &mut self,
        now: i64,
        origin: Origin,
        command: Command,
        each: &mut dyn FnMut(&Recorded),
    ) -> Vec<Recorded> {
        let now = Timestamp(now);
        let vehicle_online = matches!(origin, Origin::CrewTerminal { .. }).then_some(true);
        let context = CommandContext {
            made_at: now,
            terminal: None,
            now,
            origin,
            vehicle_online,
            command_id: None,
            confirmed: Vec::new(),
        };
        match decide(&self.state, &self.setting.rules, &command, &context) {
            Ok(Decision::Events(events)) => {
                if let Origin::CrewTerminal { vehicle, number, .. } = &context.origin {
                    self.pressed.insert(vehicle.clone(), *number);
                }
                for recorded in &events {
                    apply(&mut self.state, recorded);
                    each(recorded);
                }
                events
            }
            Ok(Decision::AlreadyRecorded) => Vec::new(),
            Err(rejection) => {
                self.refused += 1;
                tracing::debug!(%rejection, "the rules refused a command of the play");
                Vec::new()
            }
        }
    }
}

fn person() -> Origin {
    Origin::Person { person: PersonId::from("rerun") }
}

fn by_rule(rule: &str) -> Origin {
    Origin::Automatic { rule: rule.to_owned() }
}

/// Milliseconds of so many seconds.
fn millis(seconds: f64) -> i64 {
    (seconds * 1000.0).round() as i64
}
