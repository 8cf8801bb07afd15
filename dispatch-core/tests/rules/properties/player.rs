//! Plays moves against two centres: turns picks into commands about what there is.

mod changing;
mod moving;
mod noticing;
mod writing;

use super::moves::{Move, What};
use super::picks::{pick, told_with_a_milestone};
use crate::invariants::name_of;
use crate::region;
use crate::world::{Outcome, World};
use changing::told_or_taken_back;
use dispatch_core::CentreState;
use dispatch_core::model::*;
use dispatch_core::state::TaskStage;

const CENTRES: [&str; 2] = ["yinchuan", "guyuan"];

pub(crate) struct Player {
    pub(crate) world: World,
    now: Timestamp,
    commands: u64,
    transfers: Vec<VehicleTransfer>,
    arrived: Vec<VehicleTransfer>,
}

/// What was tried and what came of it.
pub(crate) struct Played {
    pub(crate) centre: String,
    pub(crate) command: Command,
    pub(crate) context: CommandContext,
    pub(crate) outcome: Outcome,
}

impl Player {
    /// Two centres with three vehicles each.
    pub(crate) fn new() -> Self {
        let now = Timestamp(1_777_593_600_000);
        let mut player = Self {
            world: World::new(&CENTRES),
            now,
            commands: 0,
            transfers: Vec::new(),
            arrived: Vec::new(),
        };
        for centre in CENTRES {
            for n in 1..=3 {
                let vehicle = VehicleId::new(format!("{centre}-v{n}"));
                let record = region::record(centre, vehicle.as_str());
                let context = player.context(person(), 0, None);
                player.world.execute(centre, &Command::EnrolVehicle { vehicle, record }, &context);
            }
        }
        player
    }

    /// Nothing when there is nothing the move could be about.
    pub(crate) fn play(&mut self, one: &Move) -> Option<Played> {
        self.now = self.now.plus_seconds(one.pause_seconds);
        if matches!(one.what, What::ClockSetRight) {
            self.set_clock_back(i64::from(one.other) * 10);
        }
        let centre = CENTRES[usize::from(one.centre)];
        let command = Picker { state: self.world.state(centre), one, now: self.now }
            .command(&self.transfers, &self.arrived)?;
        let has_gone = matches!(one.what, What::Gone);
        let by_crew = has_gone || one.by_crew || matches!(one.what, What::LatePress(_));
        let origin = if by_crew { self.crew_of(centre, &command) } else { None };
        self.commands += 1;
        let command_id = one.named.then(|| CommandId::new(format!("command-{}", self.commands)));
        let clock_seconds = if has_gone { -86_000 } else { one.clock_seconds };
        let mut context = self.context(origin.unwrap_or_else(person), clock_seconds, command_id);
        let mut outcome = self.world.execute(centre, &command, &context);
        // Some who are warned ask the crew and confirm.
        if let Outcome::Refused { rejection, .. } = &outcome
            && one.other.is_multiple_of(2)
            && !rejection.dangers().is_empty()
        {
            context.confirmed = rejection.confirmations();
            outcome = self.world.execute(centre, &command, &context);
            // One question is enough: it named every danger, and what nobody can overrule was refused before it.
            assert!(matches!(outcome, Outcome::Happened(_)), "{command:?} asked back: {outcome:?}");
        }
        if let Outcome::Happened(events) = &outcome {
            for recorded in events {
                if let Event::VehicleHandedOver { transfer } = &recorded.event {
                    self.transfers.push(transfer.clone());
                } else if let Event::VehicleTakenOver { transfer } = &recorded.event {
                    self.arrived.push(transfer.clone());
                }
            }
        }
        Some(Played { centre: centre.to_owned(), command, context, outcome })
    }

    /// Every journal is told, as the desk does it; the move itself then finds nothing left to correct.
    fn set_clock_back(&mut self, seconds: i64) {
        self.now = self.now.plus_seconds(-seconds);
        for centre in CENTRES {
            let context = self.context(person(), 0, None);
            self.world.execute(centre, &Command::CorrectClock, &context);
        }
    }

    fn context(
        &self,
        origin: Origin,
        clock_seconds: i64,
        command_id: Option<CommandId>,
    ) -> CommandContext {
        let made_at = self.now.plus_seconds(clock_seconds);
        CommandContext {
            terminal: None,
            made_at,
            now: self.now,
            origin,
            vehicle_online: Some(self.commands.is_multiple_of(3)),
            command_id,
            confirmed: Vec::new(),
        }
    }

    /// The terminal of the vehicle a command is about, with its next number.
    fn crew_of(&self, centre: &str, command: &Command) -> Option<Origin> {
        let state = self.world.state(centre);
        let vehicle = if let Command::RecordDeviceReceipt { task }
        | Command::RecordMilestone { task, .. }
        | Command::UndoMilestone { task, .. }
        | Command::AcknowledgeOrderChange { task, .. }
        | Command::AbortTask { task, .. } = command
        {
            state.task(task)?.1.vehicle.clone()
        } else if let Command::PauseVehicle { vehicle, .. }
        | Command::ResumeVehicle { vehicle }
        | Command::GoOffDuty { vehicle }
        | Command::GoOnDuty { vehicle }
        | Command::ReturnToStation { vehicle }
        | Command::DivertVehicle { vehicle, .. }
        | Command::AcknowledgeFollowOn { vehicle, .. }
        | Command::AcknowledgeMove { vehicle, .. }
        | Command::RaiseSos { vehicle } = command
        {
            vehicle.clone()
        } else {
            return None;
        };
        let outbox = OutboxId::from("built-in");
        let number = state.vehicles.get(&vehicle)?.commands_recorded(&outbox) + 1;
        Some(Origin::CrewTerminal { vehicle, outbox, number })
    }
}

/// The moment a player has come to.
pub(crate) fn now_of(player: &Player) -> Timestamp {
    player.now
}

fn person() -> Origin {
    Origin::Person { person: "li".into() }
}

pub(super) struct Picker<'a> {
    pub(super) state: &'a CentreState,
    pub(super) one: &'a Move,
    pub(super) now: Timestamp,
}

impl Picker<'_> {
    /// `arrived` are the hand-overs taken over: a server confirms no other.
    fn command(
        &self,
        transfers: &[VehicleTransfer],
        arrived: &[VehicleTransfer],
    ) -> Option<Command> {
        let reason_pick = usize::from(self.one.other);
        Some(match self.one.what.clone() {
            What::Call(outcome) => self.call(None, outcome),
            What::CallAgain(outcome) => self.call(Some(self.live_incident()?), outcome),
            What::Amend => Command::AmendIncident {
                incident: self.live_incident()?,
                changes: Box::new(self.changes()),
            },
            What::Suspend => Command::SuspendIncident {
                incident: self.live_incident()?,
                reason: pick(SuspendReason::ALL, reason_pick)?.into(),
            },
            What::ResumeIncident => Command::ResumeIncident { incident: self.live_incident()? },
            What::Refuse => Command::RefuseIncident {
                incident: self.live_incident()?,
                reason: pick(RefuseReason::ALL, reason_pick)?.into(),
            },
            What::Cancel => Command::CancelIncident {
                incident: self.live_incident()?,
                reason: pick(CancelReason::ALL, reason_pick)?.into(),
                confirmed: false,
            },
            What::Close => Command::CloseIncident { incident: self.live_incident()? },
            What::Reopen => {
                Command::ReopenIncident { incident: self.any_incident()?, note: String::new() }
            }
            What::Want => Command::WantVehicles {
                incident: self.live_incident()?,
                vehicles: self.one.other % 4 + 1,
            },
            What::Account => Command::AccountForPatients {
                incident: self.live_incident()?,
                carried: told_or_taken_back(self.one.other),
                patients: PatientChanges {
                    counted_at_scene: told_or_taken_back(self.one.pick),
                    refused_transport: told_or_taken_back(self.one.other / 4),
                    treated_at_scene: Change::Clear,
                    ..PatientChanges::default()
                },
                note: String::new(),
            },
            What::Resend => Command::ResendOrder { task: self.running_task()? },
            What::Lapse => Command::LapseOrder { task: self.running_task()? },
            What::Note => Command::AddNote {
                incident: self.any_incident()?,
                text: "家属在楼下".to_owned(),
            },
            What::Send { vehicles, only_free } => Command::DispatchVehicles {
                incident: self.live_incident()?,
                vehicles: self.some_vehicles(vehicles, only_free),
                offer: None,
            },
            What::Divert => Command::DivertVehicle {
                vehicle: self.state.task(&self.running_task()?)?.1.vehicle.clone(),
                to_incident: self.live_incident()?,
                reason: pick(DivertReason::ALL, reason_pick)?.into(),
                confirmed: false,
            },
            What::Receipt => Command::RecordDeviceReceipt { task: self.running_task()? },
            What::Advance { skip } => self.advance(skip)?,
            What::AnyMilestone(milestone) => Command::RecordMilestone {
                task: self.any_task()?,
                milestone,
                details: MilestoneDetails::default(),
            },
            What::Correct { milestone, back_seconds } => Command::CorrectMilestone {
                task: self.any_task()?,
                milestone,
                truly_at: self.now.plus_seconds(-back_seconds),
                note: String::new(),
            },
            What::UndoLatest => {
                let task = self.any_task()?;
                let milestone = self.state.task(&task)?.1.milestones.latest();
                Command::UndoMilestone { task, milestone }
            }
            What::Undo(milestone) => Command::UndoMilestone { task: self.any_task()?, milestone },
            What::Abort(reason) => Command::AbortTask {
                task: self.running_task()?,
                reason: reason.into(),
                confirmed: false,
            },
            What::PauseVehicle => Command::PauseVehicle {
                vehicle: self.vehicle()?,
                reason: pick(PauseReason::ALL, reason_pick)?.into(),
            },
            What::ResumeVehicle => Command::ResumeVehicle { vehicle: self.vehicle()? },
            What::OffDuty => Command::GoOffDuty { vehicle: self.vehicle()? },
            What::OnDuty => Command::GoOnDuty { vehicle: self.vehicle()? },
            What::Return => Command::ReturnToStation { vehicle: self.vehicle()? },
            What::Crew => Command::AssignCrew { vehicle: self.vehicle()?, crew: Vec::new() },
            What::Watch => Command::WatchCamera { vehicle: self.vehicle()?, channel: 1 },
            What::Log => {
                let entry = VehicleLogEntry::Refuelled { litres: 41.5, odometer_km: 45_120 };
                Command::LogVehicle { vehicle: self.vehicle()?, entry }
            }
            What::Sos => Command::RaiseSos { vehicle: self.vehicle()? },
            What::ClearSos => Command::ClearSos { vehicle: self.vehicle()?, note: String::new() },
            What::Words(words) => self.writing(words, reason_pick as u64)?,
            What::LatePress(milestone) => Command::RecordMilestone {
                task: self.any_task()?,
                milestone,
                details: MilestoneDetails::default(),
            },
            What::Gone => self.gone()?,
            What::Back => self.back()?,
            What::Settle { keep } => Command::SettleCrewReport {
                vehicle: self.vehicle_that(|vehicle| vehicle.report.is_some())?,
                keep,
                note: String::new(),
            },
            What::SeeRefused => Command::SeeRefusedPresses {
                vehicle: self.vehicle_that(|vehicle| vehicle.refused.is_some())?,
            },
            What::Promise => Command::GiveFollowOn {
                vehicle: self.vehicle_that(|v| v.state() == VehicleState::AtHospital)?,
                incident: self.live_incident()?,
            },
            What::SeenChange => {
                let task = self.running_task()?;
                let through = self.state.version + u64::from(self.one.other % 2);
                Command::AcknowledgeOrderChange { task, through }
            }
            What::SeenNext => {
                let vehicle = self.vehicle_that(|vehicle| vehicle.follow_on.is_some())?;
                let next = self.state.vehicles.get(&vehicle)?.follow_on.as_ref()?;
                Command::AcknowledgeFollowOn { vehicle, incident: next.incident.clone() }
            }
            What::Separate => {
                let (incident, call_id) = self.linked_call()?;
                Command::SeparateCall { incident, call_id }
            }
            What::ChangeOutcome(outcome) => {
                let (incident, call_id) = self.linked_call()?;
                Command::ChangeOutcome { incident, call_id, outcome }
            }
            What::CorrectDetails => self.correct_details()?,
            What::WithdrawNext => Command::WithdrawFollowOn {
                vehicle: self.vehicle_that(|vehicle| vehicle.follow_on.is_some())?,
            },
            What::Advice(_)
            | What::SuggestMove
            | What::EndSuggestion(_)
            | What::AcceptMove
            | What::IgnoreMove
            | What::GiveMove
            | What::SeenMove
            | What::WithdrawMove => self.moving()?,
            What::VehicleTransfer => Command::LendVehicle {
                vehicle: self.vehicle()?,
                to: CENTRES[usize::from(self.one.centre) ^ 1].into(),
                note: String::new(),
            },
            What::TakeOver => {
                Command::TakeOverVehicle { transfer: Box::new(transfers.last()?.clone()) }
            }
            What::LateTakeOver => {
                Command::TakeOverVehicle { transfer: Box::new(pick(transfers, reason_pick)?) }
            }
            What::Confirm => {
                let has_arrived =
                    |open: &&VehicleTransfer| arrived.iter().any(|it| name_of(it) == name_of(open));
                let out = self.state.transfers_out.values().filter(has_arrived);
                let open = pick(&out.cloned().collect::<Vec<_>>(), usize::from(self.one.pick))?;
                Command::ConfirmHandOver { vehicle: open.vehicle, number: open.number }
            }
            What::AmendVehicle => {
                let vehicle = self.vehicle()?;
                let mut record = self.state.vehicles.get(&vehicle)?.record.clone();
                record.plate = format!("宁A-{}", self.one.other);
                Command::AmendVehicle { vehicle, record }
            }
            What::Enrol => {
                let vehicle =
                    VehicleId::new(format!("{}-v{}", self.state.centre, self.one.pick % 5));
                let record = region::record(self.state.centre.as_str(), vehicle.as_str());
                Command::EnrolVehicle { vehicle, record }
            }
            What::TerminalTrouble | What::Seen => self.noticing()?,
            What::Retire => Command::RetireVehicle { vehicle: self.vehicle()? },
            What::ClockSetRight => Command::CorrectClock,
            What::SetBack => Command::RecordSetBack {
                set_back: SetBack {
                    incarnation: self.state.incarnation() + u64::from(self.one.other % 2),
                    from_version: self.state.version + 6,
                    to_version: self.state.version,
                    incidents: Vec::new(),
                },
            },
        })
    }

    fn call(&self, link_to: Option<IncidentId>, outcome: CallOutcome) -> Command {
        let priority =
            [Priority::Critical, Priority::Severe, Priority::Urgent, Priority::NonUrgent]
                [usize::from(self.one.other % 4)];
        // One call in eight belongs to an exercise.
        let test = self.one.other % 8 == 7;
        Command::TakeCall(Box::new(TakeCall {
            link_to,
            facts: IncidentFacts { priority, test, ..region::facts("解放西街") },
            details: CallDetails {
                patient_count: self.one.other % 3 + 1,
                ..region::call_details(self.now)
            },
            outcome,
            vehicles_wanted: None,
        }))
    }

    fn advance(&self, skip: usize) -> Option<Command> {
        let task = self.running_task()?;
        let stage = self.state.task(&task)?.1.stage()?;
        let next = match stage {
            TaskStage::Assigned => 1,
            TaskStage::OrderReceived => 2,
            TaskStage::ToScene => 3,
            TaskStage::AtScene => 4,
            TaskStage::PatientOnBoard => 5,
            TaskStage::AtHospital => 6,
        };
        let milestone = Milestone::ALL[(next + skip).min(7)];
        Some(Command::RecordMilestone { task, milestone, details: told_with_a_milestone(self.one) })
    }
}
