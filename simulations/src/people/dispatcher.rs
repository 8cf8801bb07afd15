//! A dispatcher: takes the simulated calls, sends the first-ranked vehicle, cancels what is called
//! off. Works through the same HTTP interface as the console, so everything it does is recorded.

use super::callers::{Call, RunEnd};
use super::commands::{dispatch, plain_details, plain_facts};
use super::truth::Truths;
use crate::api::{Api, ApiError};
use crate::clock::{SimulatedClock, unix_millis};
use crate::tally::Tally;
use rand::prelude::*;
use rand::rngs::StdRng;
use std::sync::Arc;
use wire_protocol::commands::*;
use wire_protocol::recommendation::CandidateWarning;
use wire_protocol::state_group::StateGroup;
use wire_protocol::views::{IncidentStage, TaskStage};
use wire_protocol::vocabulary::*;

/// Simulated seconds between looks at an incident whose crew found nobody.
const LOOK_AGAIN_SECONDS: f64 = 45.0;
/// Looks before an incident is left to a person; about three simulated hours.
const MOST_LOOKS: u32 = 240;
/// Share of incidents about which a second person calls.
const SECOND_CALLER: f64 = 0.08;

/// One call in a dispatcher's hands.
pub struct Handling {
    /// The server.
    pub api: Api,
    /// The simulated clock.
    pub clock: SimulatedClock,
    /// What awaits crews.
    pub truths: Truths,
    /// What is counted.
    pub tally: Arc<Tally>,
    /// Chance, seeded for this call alone so that a seed repeats a day.
    pub rng: StdRng,
    /// The call's number in the simulation; names its commands.
    pub number: u64,
    /// Tells runs of the simulation apart in the names of commands.
    pub run_name: String,
    /// The centre that owns the scene.
    pub centre: String,
    /// The address in words.
    pub address: String,
}

impl Handling {
    /// Handles a call from the first ring to the end of the incident.
    pub async fn handle(mut self, call: Call) {
        if let Err(error) = self.work_through(&call).await {
            self.tally.refused(&error);
        }
    }

    async fn work_through(&mut self, call: &Call) -> Result<(), ApiError> {
        let rang_at = unix_millis();
        self.wait_between(2.0, 8.0).await;
        let began_at = unix_millis();
        self.wait_between(15.0, 40.0).await;
        self.tally.call();
        let take = take_call(call, &self.address, None, rang_at, began_at);
        let taken = self.execute("take", take).await?;
        let (Some(incident), Some(end)) = (taken.incident, call.run) else { return Ok(()) };
        self.truths.set(&incident, end);
        let result = self.run(call, &incident, end).await;
        self.truths.forget(&incident);
        result
    }

    async fn run(&mut self, call: &Call, incident: &str, end: RunEnd) -> Result<(), ApiError> {
        self.wait_between(3.0, 15.0).await;
        self.send_vehicle(call, incident).await?;
        if self.rng.random_bool(SECOND_CALLER) {
            self.wait_between(30.0, 240.0).await;
            let now = unix_millis();
            let take = take_call(call, &self.address, Some(incident), now, now);
            self.execute("second", take).await?;
        }
        if end == RunEnd::CancelledByCaller {
            self.wait_between(60.0, 420.0).await;
            match self.cancel(incident, CancelReason::CallerCancelled).await {
                Ok(()) => return Ok(()),
                // A crew is there already: what it finds decides.
                Err(refused) => self.tally.refused(&refused),
            }
        }
        self.see_it_end(incident, end).await
    }

    /// Sends the best vehicle; takes it from another patient only for a dying one, and lets the
    /// incident wait when there is none.
    async fn send_vehicle(&mut self, call: &Call, incident: &str) -> Result<(), ApiError> {
        let ranking = self.api.recommend(incident).await?;
        let dying = call.priority == Priority::Critical;
        let chosen = ranking.candidates.iter().find(|candidate| {
            dying || !candidate.warnings.contains(&CandidateWarning::PreemptsOtherTask)
        });
        let Some(chosen) = chosen else {
            let incident = incident.to_owned();
            let reason = SuspendReason::AwaitingVehicle;
            let note = String::new();
            self.execute("suspend", Command::SuspendIncident { incident, reason, note }).await?;
            return Ok(());
        };
        let vehicle = chosen.vehicle.clone();
        let (name, command) = if chosen.state.group() == StateGroup::AtHospital {
            let incident = incident.to_owned();
            ("follow_on", Command::GiveFollowOn { vehicle, incident })
        } else if chosen.taken_from_task.is_some() {
            ("divert", redirect(vehicle, incident))
        } else {
            ("dispatch", dispatch(&vehicle, incident, &ranking))
        };
        self.execute(name, command).await?;
        self.tally.run();
        Ok(())
    }

    async fn see_it_end(&mut self, incident: &str, end: RunEnd) -> Result<(), ApiError> {
        for look in 0..MOST_LOOKS {
            self.clock.wait(LOOK_AGAIN_SECONDS).await;
            let view = self.api.incident(incident).await?;
            let aborted = view.tasks.iter().any(|task| task.stage == TaskStage::Aborted);
            match (view.stage, end) {
                (IncidentStage::Waiting, RunEnd::NobodyThere(reason)) if aborted => {
                    return self.cancel(incident, reason).await;
                }
                // Told by radio: the crew carried whom there was.
                (IncidentStage::ToDecide, _) => return self.decide_to_close(incident, look).await,
                (IncidentStage::Closed | IncidentStage::Cancelled | IncidentStage::Refused, _) => {
                    return Ok(());
                }
                (
                    IncidentStage::Waiting
                    | IncidentStage::NotReceived
                    | IncidentStage::Running
                    | IncidentStage::Suspended
                    | IncidentStage::Appointment,
                    _,
                ) => {}
            }
            for task in view.tasks.iter().filter(|task| task.lapsed_at.is_some()) {
                let resend = Command::ResendOrder { task: task.id.clone() };
                self.execute(&format!("resend-{look}"), resend).await?;
            }
        }
        Ok(())
    }

    /// Nobody is left at the scene: says so, and closes what a later call kept open.
    async fn decide_to_close(&mut self, incident: &str, look: u32) -> Result<(), ApiError> {
        let patients =
            PatientChanges { counted_at_scene: Change::Set(1), ..PatientChanges::default() };
        let account = Command::AccountForPatients {
            incident: incident.to_owned(),
            carried: Change::Keep,
            patients,
            note: String::new(),
        };
        self.execute(&format!("account-{look}"), account).await?;
        if self.api.incident(incident).await?.stage == IncidentStage::ToDecide {
            let close = Command::CloseIncident { incident: incident.to_owned() };
            self.execute(&format!("close-{look}"), close).await?;
        }
        Ok(())
    }

    async fn cancel(&mut self, incident: &str, reason: CancelReason) -> Result<(), ApiError> {
        let incident = incident.to_owned();
        self.execute(
            "cancel",
            Command::CancelIncident { incident, reason, note: String::new(), confirmed: true },
        )
        .await?;
        self.tally.cancelled();
        Ok(())
    }

    async fn execute(&self, name: &str, command: Command) -> Result<CommandAnswer, ApiError> {
        let command_id = format!("{}-{}-{name}", self.run_name, self.number);
        self.api.execute(&command_id, &self.centre, unix_millis(), command).await
    }

    async fn wait_between(&mut self, least: f64, most: f64) {
        let seconds = self.rng.random_range(least..most);
        self.clock.wait(seconds).await;
    }
}

fn take_call(
    call: &Call,
    address: &str,
    link_to: Option<&str>,
    rang_at: i64,
    began_at: i64,
) -> Command {
    let position = Position { lon: call.scene.lon, lat: call.scene.lat };
    let scene = Place {
        address: address.to_owned(),
        position: Some(position),
        source: PlaceSource::PhoneLocation,
        error_radius_m: Some(50),
        measured_at: Some(rang_at),
    };
    let facts = IncidentFacts {
        kind: call.kind,
        priority: call.priority,
        ..plain_facts(scene, call.complaint.to_owned())
    };
    let details = CallDetails {
        rang_at: Some(rang_at),
        caller_number: Some(call.caller_number.clone()),
        patient_age_years: Some(call.age_years),
        stretcher: call.priority <= Priority::Severe,
        ..plain_details(began_at)
    };
    let outcome = match (link_to, call.run) {
        (None, None) => Some(CallOutcome::Consultation),
        (None, Some(_)) | (Some(_), _) => None,
    };
    let link_to = link_to.map(str::to_owned);
    Command::TakeCall {
        link_to,
        facts: Box::new(facts),
        details: Box::new(details),
        outcome,
        vehicles_wanted: None,
    }
}

fn redirect(vehicle: String, incident: &str) -> Command {
    Command::DivertVehicle {
        vehicle,
        to_incident: incident.to_owned(),
        reason: DivertReason::HigherPriority,
        note: String::new(),
        confirmed: true,
    }
}
