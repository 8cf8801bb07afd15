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

/// A command of the simulation was refused: the simulation and the rules do not agree about what may be.
#[derive(Debug, thiserror::Error)]
#[error("the rules refused a step of the simulation: {0:?}")]
pub struct Refused(pub Rejection);

/// The centre.
pub struct Desk {
    state: CentreState,
    rules: Rules,
    ids: Vec<VehicleId>,
    settings: RankingSettings,
    person: Origin,
}

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
    pub fn new(travel: &Travel<'_>, now: Timestamp) -> Result<Self, Refused> {
        let system = travel.system;
        let mut desk = Self {
            state: CentreState::new("study".into()),
            rules: Rules::default(),
            ids: system.ambulances.iter().map(|it| VehicleId::new(it.id.as_str())).collect(),
            settings: settings(system),
            person: Origin::Person { person: "study".into() },
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
            desk.order(&Command::EnrolVehicle { vehicle: vehicle.clone(), record }, now)?;
            if desk.state.vehicle_state(&vehicle) == Some(VehicleState::OffDuty) {
                desk.order(&Command::GoOnDuty { vehicle }, now)?;
            }
        }
        Ok(desk)
    }

    /// Decides and applies one command; tells the events.
    fn order(&mut self, command: &Command, now: Timestamp) -> Result<Vec<Recorded>, Refused> {
        self.order_made(command, now, now)
    }

    /// The same of a command that was made before it is recorded.
    fn order_made(
        &mut self,
        command: &Command,
        made_at: Timestamp,
        now: Timestamp,
    ) -> Result<Vec<Recorded>, Refused> {
        let context = CommandContext {
            made_at,
            terminal: None,
            now,
            origin: self.person.clone(),
            vehicle_online: Some(true),
            command_id: None,
            confirmed: Vec::new(),
        };
        match decide(&self.state, &self.rules, command, &context).map_err(Refused)? {
            Decision::Events(events) => {
                events.iter().for_each(|event| apply(&mut self.state, event));
                Ok(events)
            }
            Decision::AlreadyRecorded => Ok(Vec::new()),
        }
    }

    /// Takes a call; tells its incident.
    ///
    /// # Errors
    /// When the rules refuse.
    pub fn take_call(
        &mut self,
        place: Wgs84,
        priority: Priority,
        now: Timestamp,
    ) -> Result<Option<IncidentId>, Refused> {
        let call = Command::TakeCall(Box::new(TakeCall {
            link_to: None,
            facts: facts(place, priority),
            details: details(now),
            outcome: CallOutcome::Open,
            vehicles_wanted: None,
        }));
        let events = self.order(&call, now)?;
        Ok(events.into_iter().find_map(|recorded| {
            let Event::IncidentOpened { incident, .. } = recorded.event else { return None };
            Some(incident)
        }))
    }

    /// Sends a free vehicle; tells its task.
    ///
    /// # Errors
    /// When the rules refuse.
    pub fn send(
        &mut self,
        incident: &IncidentId,
        unit: usize,
        now: Timestamp,
    ) -> Result<Option<TaskId>, Refused> {
        let vehicles = vec![self.ids[unit].clone()];
        let incident = incident.clone();
        let events =
            self.order(&Command::DispatchVehicles { incident, vehicles, offer: None }, now)?;
        self.begun(events, now)
    }

    /// Takes a vehicle from its patient to another; tells its new task.
    ///
    /// # Errors
    /// When the rules refuse.
    pub fn divert(
        &mut self,
        to: &IncidentId,
        unit: usize,
        now: Timestamp,
    ) -> Result<Option<TaskId>, Refused> {
        let command = Command::DivertVehicle {
            vehicle: self.ids[unit].clone(),
            to_incident: to.clone(),
            reason: DivertReason::HigherPriority.into(),
            confirmed: true,
        };
        let events = self.order(&command, now)?;
        self.begun(events, now)
    }

    /// The order is received and acknowledged at once.
    fn begun(&mut self, events: Vec<Recorded>, now: Timestamp) -> Result<Option<TaskId>, Refused> {
        let created = events.into_iter().find_map(|recorded| {
            let Event::TaskCreated { task, .. } = recorded.event else { return None };
            Some(task)
        });
        if let Some(task) = &created {
            self.order(&Command::RecordDeviceReceipt { task: task.clone() }, now)?;
            self.reach(task, Milestone::OrderReceived, now)?;
        }
        Ok(created)
    }

    /// Calls a vehicle back whose patient a nearer one will reach.
    ///
    /// # Errors
    /// When the rules refuse.
    pub fn call_back(&mut self, task: &TaskId, now: Timestamp) -> Result<(), Refused> {
        let reason = AbortReason::Other.into();
        let task = task.clone();
        self.order(&Command::AbortTask { task, reason, confirmed: true }, now).map(drop)
    }

    /// The caller calls off.
    ///
    /// # Errors
    /// When the rules refuse.
    pub fn cancel(&mut self, incident: &IncidentId, now: Timestamp) -> Result<(), Refused> {
        let reason = CancelReason::CallerCancelled.into();
        let incident = incident.clone();
        self.order(&Command::CancelIncident { incident, reason, confirmed: true }, now).map(drop)
    }

    /// A milestone of a task.
    ///
    /// # Errors
    /// When the rules refuse.
    pub fn reach(
        &mut self,
        task: &TaskId,
        milestone: Milestone,
        now: Timestamp,
    ) -> Result<(), Refused> {
        self.tell(task, milestone, MilestoneDetails::default(), now, now)
    }

    /// A milestone with what the crew tells of the patient, and when it was pressed.
    ///
    /// # Errors
    /// When the rules refuse.
    pub fn tell(
        &mut self,
        task: &TaskId,
        milestone: Milestone,
        details: MilestoneDetails,
        made_at: Timestamp,
        now: Timestamp,
    ) -> Result<(), Refused> {
        let task = task.clone();
        self.order_made(&Command::RecordMilestone { task, milestone, details }, made_at, now)
            .map(drop)
    }

    /// A free vehicle reached the place where it waits.
    ///
    /// # Errors
    /// When the rules refuse.
    pub fn back(&mut self, unit: usize, now: Timestamp) -> Result<(), Refused> {
        let vehicle = &self.ids[unit];
        if self.state.vehicle_state(vehicle) == Some(VehicleState::AvailableOnRoad) {
            let vehicle = vehicle.clone();
            self.order(&Command::ReturnToStation { vehicle }, now)?;
        }
        Ok(())
    }

    /// A vehicle is to wait at another place from now on.
    ///
    /// # Errors
    /// When the rules refuse.
    pub fn base(&mut self, unit: usize, station: &str, now: Timestamp) -> Result<(), Refused> {
        let vehicle = self.ids[unit].clone();
        let Some(found) = self.state.vehicles.get(&vehicle) else { return Ok(()) };
        if found.record.station.as_str() == station {
            return Ok(());
        }
        let record = VehicleRecord { station: station.into(), ..found.record.clone() };
        self.order(&Command::AmendVehicle { vehicle, record }, now).map(drop)
    }

    /// The ranking of the core for a patient: the best so many of these vehicles.
    pub fn rank(&self, question: &Question<'_, '_>, seen: &[Seen], now: Timestamp) -> Vec<Offer> {
        let situations = seen.iter().filter_map(|one| {
            let vehicle = self.state.vehicles.get(&self.ids[one.unit])?;
            let located = Located { position: one.spot.position, fix_time: now, heading_deg: None };
            Some(VehicleSituation::of(&self.state, vehicle, Some(located), None))
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
        let found = recommend(&request, &fleet, &times, &self.settings, now);
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

fn facts(place: Wgs84, priority: Priority) -> IncidentFacts {
    IncidentFacts {
        kind: IncidentKind::Illness,
        priority,
        source: IncidentSource::Phone,
        accident_level: AccidentLevel::Ordinary,
        scene: Place {
            address: "study".into(),
            position: Some(place),
            source: PlaceSource::AddressSearch,
            error_radius_m: None,
            measured_at: None,
        },
        waiting: None,
        destination: None,
        complaint: String::new(),
        appointment_at: None,
        test: false,
        needs: VehicleNeeds::default(),
    }
}

fn details(now: Timestamp) -> CallDetails {
    CallDetails {
        rang_at: None,
        began_at: now,
        seat: None,
        caller_number: None,
        contact_name: None,
        contact_phone: None,
        patient: PatientDescription::default(),
        patient_count: 1,
        stretcher: false,
        special_needs: String::new(),
    }
}
