//! One incident of the record in a dispatcher's hands: the call at its time, an order whenever the record has one, and a
//! look now and then until it is over.

use super::journal_of_play::{Book, Sent};
use super::pace::Pace;
use super::patients::accounted;
use super::settings::Dispatcher;
use super::truth::{called_off_after, order_after, truth_of};
use crate::api::{Api, ApiError};
use crate::clock::{SimulatedClock, unix_millis};
use crate::incidents::{Outcome, PastIncident, PastRun};
use crate::people::callers::RunEnd;
use crate::people::commands::{dispatch, plain_details, plain_facts, take_call};
use crate::people::truth::Truths;
use crate::tally::Tally;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use wire_protocol::commands::*;
use wire_protocol::recommendation::CandidateWarning;
use wire_protocol::state_group::StateGroup;
use wire_protocol::views::{IncidentStage, IncidentView, TaskStage};
use wire_protocol::vocabulary::*;

/// Seconds of the record between two looks at an incident under way.
const LOOK_AGAIN_SECONDS: f64 = 45.0;
/// Looks before an incident is left as it is: past what the longest run of a record may take.
const MOST_LOOKS: u32 = 48 * 80;
/// Looks in which an incident waits to be decided before it is left so: deciding takes one, and what a day of looks does not
/// close nobody will.
const MOST_DECIDING: u32 = 20;
/// Seconds of the record between two tries to send a vehicle where none is free.
const TRY_AGAIN_SECONDS: f64 = 30.0;
/// Tries before a vehicle of the record has no stand-in: two hours.
const MOST_TRIES: u32 = 240;

/// What every incident of a replay shares.
#[derive(Clone)]
pub(super) struct Play {
    pub(super) api: Api,
    pub(super) clock: SimulatedClock,
    /// The moment of the simulated clock at which the record begins.
    pub(super) starts: f64,
    /// The record's moment then, milliseconds since 1970.
    pub(super) from: i64,
    pub(super) truths: Truths,
    pub(super) tally: Arc<Tally>,
    pub(super) book: Arc<Book>,
    pub(super) pace: Arc<Pace>,
    pub(super) dispatcher: Dispatcher,
    pub(super) stop: CancellationToken,
    /// Tells replays apart in the names of commands.
    pub(super) run_name: String,
}

/// One incident of the record.
#[derive(Clone)]
pub(super) struct Handling {
    pub(super) play: Play,
    pub(super) index: usize,
    pub(super) past: Arc<PastIncident>,
    pub(super) centre: String,
    pub(super) address: String,
}

impl Handling {
    /// Plays it from its call to its end, or until the replay is stopped.
    pub(super) async fn handle(self) {
        let stop = self.play.stop.clone();
        tokio::select! {
            () = stop.cancelled() => {}
            done = self.work_through() => if let Err(error) = done {
                self.refused("play on", &error);
            }
        }
    }

    async fn work_through(&self) -> Result<(), ApiError> {
        self.wait_until(0.0).await;
        let rang_at = unix_millis();
        self.play.book.begin(self.index, (*self.past).clone(), rang_at);
        self.play.tally.call();
        let taken = self.give("take", self.take_call(rang_at)).await?;
        let Some(incident) = taken.incident else { return Ok(()) };
        self.play.book.change(self.index, |played| played.incident = Some(incident.clone()));
        match self.play.dispatcher {
            Dispatcher::None => self.await_people(&incident).await?,
            Dispatcher::Recommended | Dispatcher::Recorded => self.send_all(&incident).await,
        }
        let ended = self.see_it_end(&incident).await;
        self.play.truths.forget(&incident);
        ended
    }

    /// People send; the crews still find what the record has.
    async fn await_people(&self, incident: &str) -> Result<(), ApiError> {
        let Some(run) = self.past.runs.first() else { return Ok(()) };
        self.play.truths.set(incident, truth_of(&self.past, run));
        if self.past.outcome == Outcome::Cancelled {
            self.wait_until(order_after(&self.past, run) + called_off_after(run)).await;
            let text =
                "来电：不需要车了 · The caller rang: no ambulance is needed any more".to_owned();
            self.give("rang-off", Command::AddNote { incident: incident.to_owned(), text }).await?;
        }
        Ok(())
    }

    /// Sends a vehicle for each that the record sent, each at its time.
    async fn send_all(&self, incident: &str) {
        let tasks = TaskTracker::new();
        for (number, run) in self.past.runs.clone().into_iter().enumerate() {
            let (this, incident) = (self.clone(), incident.to_owned());
            let stop = self.play.stop.clone();
            tasks.spawn(async move {
                tokio::select! {
                    () = stop.cancelled() => {}
                    () = this.one_run(&incident, number, &run) => {}
                }
            });
        }
        tasks.close();
        tasks.wait().await;
    }

    async fn one_run(&self, incident: &str, number: usize, run: &PastRun) {
        self.wait_until(order_after(&self.past, run)).await;
        for attempt in 0..MOST_TRIES {
            match self.send(incident, number, attempt, run).await {
                Ok(Some(task)) => return self.call_off_in_time(number, run, &task).await,
                Ok(None) => {}
                // Somebody else was quicker, or the incident is over; the next look shows which.
                Err(error) => self.play.tally.refused(&error),
            }
            let over = self.play.api.incident(incident).await.is_ok_and(|view| is_over(view.stage));
            if over {
                return self.note(format!(
                    "nobody went in the place of {}: the incident was over",
                    run.vehicle
                ));
            }
            self.play.clock.wait(TRY_AGAIN_SECONDS).await;
        }
        self.note(format!("no vehicle was free in the place of {}", run.vehicle));
    }

    /// Sends one vehicle; gives its task. Nothing when none is free.
    async fn send(
        &self,
        incident: &str,
        number: usize,
        attempt: u32,
        run: &PastRun,
    ) -> Result<Option<String>, ApiError> {
        let truth = truth_of(&self.past, run);
        let ranking = self.play.api.recommend(incident).await?;
        let free = |vehicle: &&wire_protocol::recommendation::Candidate| {
            !vehicle.warnings.contains(&CandidateWarning::PreemptsOtherTask)
                && vehicle.state.group() != StateGroup::AtHospital
        };
        let first = ranking.candidates.iter().find(free).map(|candidate| candidate.vehicle.clone());
        let wanted = match self.play.dispatcher {
            Dispatcher::Recorded => Some(run.vehicle.clone()),
            Dispatcher::Recommended | Dispatcher::None => None,
        };
        for (kind, vehicle) in [("recorded", wanted), ("ranked", first)] {
            let Some(vehicle) = vehicle else { continue };
            self.play.truths.set_for(incident, &vehicle, truth.clone());
            let name = format!("send-{number}-{attempt}-{kind}");
            match self.give(&name, dispatch(&vehicle, incident, &ranking)).await {
                Ok(answer) => {
                    self.play.tally.run();
                    self.sent(vehicle, run);
                    return Ok(answer.tasks.into_iter().next());
                }
                Err(error) if kind == "recorded" => self.play.tally.refused(&error),
                Err(error) => return Err(error),
            }
        }
        Ok(None)
    }

    fn sent(&self, vehicle: String, run: &PastRun) {
        if self.play.dispatcher == Dispatcher::Recorded && vehicle != run.vehicle {
            self.note(format!(
                "{vehicle} went in the place of {}, which is not here or was not free",
                run.vehicle
            ));
        }
        let instead_of = run.vehicle.clone();
        self.play.book.change(self.index, |played| played.sent.push(Sent { vehicle, instead_of }));
    }

    /// A run that was called off on its way ends as long after its order as it did. A crew that is there already stays.
    async fn call_off_in_time(&self, number: usize, run: &PastRun, task: &str) {
        if truth_of(&self.past, run).end != RunEnd::CancelledByCaller {
            return;
        }
        self.play.clock.wait(called_off_after(run)).await;
        let task = task.to_owned();
        let reason = AbortReason::IncidentCancelled;
        let note = "the record has it called off".to_owned();
        let abort = Command::AbortTask { task, reason, note, confirmed: true };
        if let Err(error) = self.give(&format!("call-off-{number}"), abort).await {
            self.play.tally.refused(&error);
        }
    }

    async fn see_it_end(&self, incident: &str) -> Result<(), ApiError> {
        let mut undecided = 0;
        for look in 0..MOST_LOOKS {
            let view = self.play.api.incident(incident).await?;
            if is_over(view.stage) {
                self.play.book.change(self.index, |played| {
                    played.ended = true;
                    played.fill_in(&view);
                });
                return Ok(());
            }
            if self.play.dispatcher != Dispatcher::None {
                undecided += u32::from(view.stage == IncidentStage::ToDecide);
                if undecided > MOST_DECIDING {
                    self.note(format!("could not be closed: {:?}", view.closing_doubts));
                    return Ok(());
                }
                self.look_after(&view, look).await;
            }
            self.play.clock.wait(LOOK_AGAIN_SECONDS).await;
        }
        Ok(())
    }

    /// What a dispatcher does for an incident between its orders and its end.
    async fn look_after(&self, view: &IncidentView, look: u32) {
        for task in view
            .tasks
            .iter()
            .filter(|task| task.lapsed_at.is_some() && task.stage == TaskStage::Running)
        {
            let resend = Command::ResendOrder { task: task.id.clone() };
            self.try_to(&format!("resend-{}-{look}", task.id), resend).await;
        }
        let nobody_runs = view.tasks.iter().all(|task| task.stage != TaskStage::Running);
        let incident = view.id.clone();
        match view.stage {
            IncidentStage::ToDecide => {
                let account = Command::AccountForPatients {
                    incident: incident.clone(),
                    carried: Change::Keep,
                    patients: accounted(self.past.outcome, view.patients.as_ref()),
                    note: String::new(),
                };
                self.try_to(&format!("account-{look}"), account).await;
                self.try_to(&format!("close-{look}"), Command::CloseIncident { incident }).await;
            }
            // Everybody was turned round, found nobody, or nobody was ever sent.
            IncidentStage::Waiting if nobody_runs => {
                let reason = match self.past.outcome {
                    Outcome::NobodyThere => CancelReason::GoneOnArrival,
                    Outcome::Cancelled => CancelReason::CallerCancelled,
                    Outcome::Carried
                    | Outcome::TreatedAtScene
                    | Outcome::RefusedTransport
                    | Outcome::DeadAtScene => CancelReason::Other,
                };
                let note = "the record ends here".to_owned();
                let cancel = Command::CancelIncident { incident, reason, note, confirmed: true };
                self.try_to(&format!("cancel-{look}"), cancel).await;
            }
            IncidentStage::Waiting
            | IncidentStage::NotReceived
            | IncidentStage::Running
            | IncidentStage::Suspended
            | IncidentStage::Appointment
            | IncidentStage::Closed
            | IncidentStage::Cancelled
            | IncidentStage::Refused => {}
        }
    }

    async fn try_to(&self, name: &str, command: Command) {
        if let Err(error) = self.give(name, command).await {
            self.play.tally.refused(&error);
        }
    }

    async fn give(&self, name: &str, command: Command) -> Result<CommandAnswer, ApiError> {
        let command_id = format!("{}-{}-{name}", self.play.run_name, self.index);
        let Play { api, pace, clock, .. } = &self.play;
        let answer = api.execute(&command_id, &self.centre, unix_millis(), command);
        pace.of(clock, answer).await
    }

    fn refused(&self, what: &str, error: &ApiError) {
        self.play.tally.refused(error);
        self.note(format!("could not {what}: {error}"));
    }

    fn note(&self, note: String) {
        self.play.book.note(self.index, note);
    }

    /// Waits until so many seconds of the record after the call.
    async fn wait_until(&self, after_call: f64) {
        let call = (self.past.received - self.play.from) as f64 / 1000.0;
        self.play.clock.wait_until(self.play.starts + call + after_call).await;
    }

    fn take_call(&self, rang_at: i64) -> Command {
        let position = Position { lon: self.past.place.lon, lat: self.past.place.lat };
        let complaint = if self.past.complaint.is_empty() { "—" } else { &self.past.complaint };
        let scene = Place {
            address: self.address.clone(),
            position: Some(position),
            source: PlaceSource::AddressSearch,
            error_radius_m: None,
            measured_at: None,
        };
        let facts = IncidentFacts {
            kind: self.past.kind,
            priority: self.past.priority,
            ..plain_facts(scene, complaint.to_owned())
        };
        let carried =
            self.past.runs.iter().filter(|run| truth_of(&self.past, run).end == RunEnd::Carried);
        let details = CallDetails {
            rang_at: Some(rang_at),
            patient_count: u16::try_from(carried.count()).unwrap_or(u16::MAX).max(1),
            ..plain_details(rang_at)
        };
        take_call(facts, details)
    }
}

fn is_over(stage: IncidentStage) -> bool {
    matches!(stage, IncidentStage::Closed | IncidentStage::Cancelled | IncidentStage::Refused)
}
