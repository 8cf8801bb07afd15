//! The centre of a simulated system: every decision goes through the core's `decide`, `apply` and `recommend`, as in
//! production.

use super::times::{Seen, Times};
use super::travel::Travel;
use dispatch_core::model::*;
use dispatch_core::recommend::{
    CapabilityPenalties, ListedFleet, Located, RankingSettings, Recommendation, Request,
    VehicleSituation, recommend,
};
use dispatch_core::{CentreState, Decision, Rules, apply, decide};
use std::collections::BTreeMap;

/// A vehicle of the system cannot be enrolled, so that there is nothing to simulate.
#[derive(Debug, thiserror::Error)]
#[error("the rules refused to enrol a vehicle of the system: {0:?}")]
pub struct Refused(pub Rejection);

/// The centre.
pub struct Desk {
    state: CentreState,
    rules: Rules,
    ids: Vec<VehicleId>,
    settings: RankingSettings,
    person: Origin,
    refusals: Refusals,
}

/// How often the rules refused a step of the simulation, by the code of the rejection.
pub type Refusals = BTreeMap<&'static str, u64>;

/// An offer of a ranking.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Offer {
    /// The vehicle.
    pub unit: usize,
    /// Seconds until it is at the patient, with turning out.
    pub arrival_seconds: f64,
    /// Whether it would leave another patient.
    pub diverts: bool,
}

impl Desk {
    /// A centre with these vehicles on duty at their stations.
    ///
    /// # Errors
    /// When a vehicle cannot be enrolled.
    pub fn new(travel: &Travel<'_>, rules: &Rules, now: Timestamp) -> Result<Self, Refused> {
        let system = travel.system;
        let mut desk = Self {
            state: CentreState::new("study".into()),
            rules: rules.clone(),
            ids: system.ambulances.iter().map(|it| VehicleId::new(it.id.as_str())).collect(),
            settings: settings(system),
            person: Origin::Person { person: "study".into() },
            refusals: Refusals::new(),
        };
        for (at, ambulance) in system.ambulances.iter().enumerate() {
            let record = VehicleRecord {
                home_centre: "study".into(),
                station: system.stations[ambulance.station].id.as_str().into(),
                plate: ambulance.id.clone(),
                call_sign: ambulance.id.clone(),
                kind: VehicleKind::Basic,
                equipment: Vec::new(),
            };
            let vehicle = desk.ids[at].clone();
            let enrol = Command::EnrolVehicle { vehicle: vehicle.clone(), record };
            desk.decided(&enrol, now, now).map_err(Refused)?;
            if desk.state.vehicle_state(&vehicle).map(VehicleState::group)
                == Some(StateGroup::OffDuty)
            {
                desk.decided(&Command::GoOnDuty { vehicle }, now, now).map_err(Refused)?;
            }
        }
        Ok(desk)
    }

    /// Decides and applies one command; tells the events, or nothing when the rules refuse it. A refusal is counted, and
    /// the simulated people do without that step: a study of weeks does not die of one patient.
    fn execute(&mut self, command: &Command, now: Timestamp) -> Option<Vec<Recorded>> {
        self.execute_made_at(command, now, now)
    }

    /// The same of a command that was made before it is recorded.
    fn execute_made_at(
        &mut self,
        command: &Command,
        made_at: Timestamp,
        now: Timestamp,
    ) -> Option<Vec<Recorded>> {
        let decided = self.decided(command, made_at, now);
        if let Err(rejection) = &decided {
            *self.refusals.entry(rejection.code()).or_default() += 1;
        }
        decided.ok()
    }

    fn decided(
        &mut self,
        command: &Command,
        made_at: Timestamp,
        now: Timestamp,
    ) -> Result<Vec<Recorded>, Rejection> {
        let context = CommandContext {
            made_at,
            terminal: None,
            now,
            origin: self.person.clone(),
            vehicle_online: Some(true),
            command_id: None,
            confirmed: Vec::new(),
        };
        match decide(&self.state, &self.rules, command, &context)? {
            Decision::Events(events) => {
                events.iter().for_each(|event| apply(&mut self.state, event));
                Ok(events)
            }
            Decision::AlreadyRecorded => Ok(Vec::new()),
        }
    }

    /// Takes a call; tells its incident, or nothing when the rules refuse it.
    pub fn take_call(
        &mut self,
        place: Wgs84,
        priority: Priority,
        now: Timestamp,
    ) -> Option<IncidentId> {
        let call = call(place, priority, now);
        let events = self.execute(&call, now)?;
        events.into_iter().find_map(|recorded| {
            let Event::IncidentOpened { incident, .. } = recorded.event else { return None };
            Some(incident)
        })
    }

    /// Sends a free vehicle; tells its task, or nothing when the rules refuse it.
    pub fn send(&mut self, incident: &IncidentId, unit: usize, now: Timestamp) -> Option<TaskId> {
        let vehicles = vec![self.ids[unit].clone()];
        let incident = incident.clone();
        let events =
            self.execute(&Command::DispatchVehicles { incident, vehicles, offer: None }, now)?;
        self.begun(events, now)
    }

    /// Takes a vehicle from its patient to another; tells its new task, or nothing when the rules refuse it.
    pub fn divert(&mut self, to: &IncidentId, unit: usize, now: Timestamp) -> Option<TaskId> {
        let command = Command::DivertVehicle {
            vehicle: self.ids[unit].clone(),
            to_incident: to.clone(),
            reason: DivertReason::HigherPriority.into(),
            confirmed: true,
        };
        let events = self.execute(&command, now)?;
        self.begun(events, now)
    }

    /// The order is received and acknowledged at once.
    fn begun(&mut self, events: Vec<Recorded>, now: Timestamp) -> Option<TaskId> {
        let task = events.into_iter().find_map(|recorded| {
            let Event::TaskCreated { task, .. } = recorded.event else { return None };
            Some(task)
        })?;
        self.execute(&Command::RecordDeviceReceipt { task: task.clone() }, now);
        self.tell(&task, Milestone::OrderReceived, MilestoneDetails::default(), now, now);
        Some(task)
    }

    /// Calls a vehicle back whose patient a nearer one will reach; says whether the rules let it.
    pub fn call_back(&mut self, task: &TaskId, now: Timestamp) -> bool {
        let reason = AbortReason::Other.into();
        let task = task.clone();
        self.execute(&Command::AbortTask { task, reason, confirmed: true }, now).is_some()
    }

    /// The caller calls off.
    pub fn cancel(&mut self, incident: &IncidentId, now: Timestamp) {
        let reason = CancelReason::CallerCancelled.into();
        let incident = incident.clone();
        self.execute(&Command::CancelIncident { incident, reason, confirmed: true }, now);
    }

    /// A milestone with what the crew tells of the patient, and when it was pressed.
    pub fn tell(
        &mut self,
        task: &TaskId,
        milestone: Milestone,
        details: MilestoneDetails,
        made_at: Timestamp,
        now: Timestamp,
    ) {
        let task = task.clone();
        self.execute_made_at(&Command::RecordMilestone { task, milestone, details }, made_at, now);
    }

    /// A free vehicle reached the place where it waits: its own station, or the one it was moved to.
    pub fn back(&mut self, unit: usize, now: Timestamp) {
        let vehicle = &self.ids[unit];
        if self.state.vehicle_state(vehicle).map(VehicleState::group) == Some(StateGroup::OnRoad) {
            let vehicle = vehicle.clone();
            self.execute(&Command::ReturnToStation { vehicle }, now);
        }
    }

    /// A free vehicle is to wait at a station from now on: at another than its own by a move, which its crew acknowledges at
    /// once; at its own again by withdrawing the move.
    pub fn wait_at(&mut self, unit: usize, station: &str, now: Timestamp) {
        let vehicle = self.ids[unit].clone();
        let Some(found) = self.state.vehicles.get(&vehicle) else { return };
        if found.covers().as_str() == station {
            return;
        }
        if found.record.station.as_str() == station {
            self.execute(&Command::WithdrawMove { vehicle }, now);
            return;
        }
        let station: StationId = station.into();
        let give = Command::GiveMove { vehicle: vehicle.clone(), station: station.clone() };
        if self.execute(&give, now).is_some() {
            self.execute(&Command::AcknowledgeMove { vehicle, station }, now);
        }
    }

    /// The ranking of the core for a patient: the best so many of these vehicles.
    pub fn rank(&self, question: &Question<'_, '_>, seen: &[Seen], now: Timestamp) -> Vec<Offer> {
        let situations = seen.iter().filter_map(|one| {
            let vehicle = self.state.vehicles.get(&self.ids[one.unit])?;
            let located = Located { position: one.spot.position, fix_time: now, heading_deg: None };
            let situation = VehicleSituation::of(&self.state, vehicle, Some(located), None);
            let lost = question.lost.and_then(|it| it.by_unit.get(&one.unit)).copied();
            Some(situation.with_coverage_lost(lost))
        });
        let fleet = ListedFleet::new(situations.collect());
        let times = Times { travel: question.travel, seen, mode: question.mode };
        let request = Request {
            incident: Some(question.incident.clone()),
            place: question.travel.system.cells[question.cell].position,
            priority: question.priority,
            wanted: VehicleNeeds::default(),
            centre: self.state.centre.clone(),
            mutual_aid: false,
            divert: question.divert,
            how_many: question.how_many,
            test: false,
        };
        let settings = match question.lost {
            Some(lost) => &RankingSettings {
                most_coverage_seconds: lost.most_coverage_seconds,
                ..self.settings.clone()
            },
            None => &self.settings,
        };
        let found = recommend(&request, &fleet, &times, settings, now);
        self.offers(&found, seen)
    }

    fn offers(&self, found: &Recommendation, seen: &[Seen]) -> Vec<Offer> {
        let unit_of = |vehicle: &VehicleId| {
            seen.iter().map(|one| one.unit).find(|&unit| self.ids[unit] == *vehicle)
        };
        let offers = found.candidates.iter().filter_map(|candidate| {
            Some(Offer {
                unit: unit_of(&candidate.vehicle)?,
                arrival_seconds: candidate.terms.arrival_seconds(),
                diverts: matches!(
                    candidate.standing,
                    dispatch_core::recommend::CandidateSource::Divert(_)
                ),
            })
        });
        offers.collect()
    }

    /// Incidents that are not over.
    pub fn open_incidents(&self) -> usize {
        self.state.open_incidents().count()
    }

    /// What the rules refused so far.
    pub fn refusals(&self) -> &Refusals {
        &self.refusals
    }

    /// Events of the journal so far.
    pub fn version(&self) -> u64 {
        self.state.version
    }
}

/// What is asked of the ranking.
#[derive(Clone, Copy)]
pub struct Question<'a, 'b> {
    /// The incident.
    pub incident: &'a IncidentId,
    /// From where.
    pub cell: usize,
    /// How urgent.
    pub priority: Priority,
    /// How one drives there.
    pub mode: usize,
    /// Whether vehicles may be taken from less urgent patients.
    pub divert: bool,
    /// How many offers are wanted.
    pub how_many: usize,
    /// The travel times.
    pub travel: &'a Travel<'b>,
    /// What the absence of vehicles costs the next patient; nothing where the ranking has no such term.
    pub lost: Option<&'a CoverageLost>,
}

/// By how many seconds the next patient's expected response grows without a vehicle.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CoverageLost {
    /// By free vehicle.
    pub by_unit: BTreeMap<usize, f64>,
    /// The term counts no more seconds than this.
    pub most_coverage_seconds: f64,
}

/// The terms a study ranks by: arrival alone. What else speaks for a vehicle is the policy's.
fn settings(system: &super::system::System) -> RankingSettings {
    RankingSettings {
        departure_from_station_seconds: system.behaviour.turnout.mean_seconds(),
        departure_from_road_seconds: system.behaviour.turnout_on_road.mean_seconds(),
        capability: CapabilityPenalties {
            no_intensive_care_seconds: 0.0,
            no_negative_pressure_seconds: 0.0,
            no_neonatal_seconds: 0.0,
            scarce_kind_spent_seconds: 0.0,
            equipment_missing_seconds: 0.0,
        },
        last_vehicle_of_station_seconds: 0.0,
        station_assumed_seconds: 0.0,
        other_patient_weight: 0.0,
        nobody_instead_seconds: 0.0,
        ..RankingSettings::default()
    }
}

fn call(place: Wgs84, priority: Priority, now: Timestamp) -> Command {
    let scene = Place::plain("study", Some(place), PlaceSource::AddressSearch);
    let facts = IncidentFacts { priority, ..IncidentFacts::plain(scene, "") };
    Command::TakeCall(Box::new(TakeCall::plain(facts, CallDetails::plain(now))))
}
