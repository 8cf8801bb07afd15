//! Which command made an event: the journal keeps what happened, and here is found what was asked, so that it can be
//! decided again.

use dispatch_core::CentreState;
use dispatch_core::model::*;

/// One row for each event: the command that is its cause. Nothing where the journal does not keep what was asked.
macro_rules! command_table {
    (|$state:ident, $together:ident| $($pattern:pat => $command:expr;)+) => {
        /// The command that may have made an event. `together` are the events recorded together with it, itself included, in
        /// their order.
        pub(super) fn command_of(
            $state: &CentreState,
            event: &Event,
            $together: &[Recorded],
        ) -> Option<Command> {
            match event.clone() {
                $($pattern => $command),+
            }
        }
    };
}

command_table! { |state, together|
    Event::IncidentOpened { incident, facts } => opened(&incident, *facts, together);
    Event::CallTaken { incident, details, said: Some(said), .. } => Some(linked(incident, *details, *said));
    // The call that opened an incident stands with it.
    Event::CallTaken { said: None, .. } => None;
    Event::CallSeparated { incident, call_id, .. } => Some(Command::SeparateCall { incident, call_id });
    Event::CallConcluded { incident, call_id, outcome } => Some(Command::ChangeOutcome { incident, call_id, outcome });
    Event::IncidentAmended { incident, changes } => Some(Command::AmendIncident { incident, changes });
    Event::IncidentSuspended { incident, reason } => Some(Command::SuspendIncident { incident, reason });
    Event::IncidentResumed { incident } => Some(Command::ResumeIncident { incident });
    Event::IncidentRefused { incident, reason } => Some(Command::RefuseIncident { incident, reason });
    Event::IncidentCancelled { incident, reason } => Some(Command::CancelIncident { incident, reason, confirmed: true });
    Event::IncidentClosed { incident } => Some(Command::CloseIncident { incident });
    Event::IncidentReopened { incident, note } => Some(Command::ReopenIncident { incident, note });
    Event::VehiclesWanted { incident, vehicles } => Some(Command::WantVehicles { incident, vehicles });
    Event::PatientsAccounted { incident, carried, patients, note } => Some(Command::AccountForPatients { incident, carried, patients, note });
    Event::NoteAdded { incident, text } => Some(Command::AddNote { incident, text });
    Event::TaskCreated { incident, offer, .. } => Some(sent(incident, offer, together));
    Event::DeviceReceiptRecorded { task } => Some(Command::RecordDeviceReceipt { task });
    Event::OrderResent { task, .. } => Some(Command::ResendOrder { task });
    Event::OrderLapsed { task } => Some(Command::LapseOrder { task });
    Event::OrderChangeAcknowledged { task, through } => Some(Command::AcknowledgeOrderChange { task, through });
    Event::MilestoneReached { task, milestone, details } => Some(Command::RecordMilestone { task, milestone, details });
    Event::MilestoneReported { task, milestone, details, .. } => Some(Command::RecordMilestone { task, milestone, details });
    Event::MilestoneCorrected { task, milestone, truly_at, note, .. } => Some(Command::CorrectMilestone { task, milestone, truly_at, note });
    // What was told before is kept with it, not what was asked to change.
    Event::TaskDetailsCorrected(_) => None;
    Event::MilestoneUndone { task, milestone } => Some(Command::UndoMilestone { task, milestone });
    Event::TaskAborted { task, reason } => Some(Command::AbortTask { task, reason, confirmed: true });
    Event::TaskRedirected { task, to_incident, reason } => diverted(state, &task, to_incident, reason);
    Event::VehiclePaused { vehicle, reason } => Some(Command::PauseVehicle { vehicle, reason });
    Event::VehicleResumed { vehicle } => Some(Command::ResumeVehicle { vehicle });
    Event::VehicleWentOffDuty { vehicle } => Some(Command::GoOffDuty { vehicle });
    Event::VehicleCameOnDuty { vehicle } => Some(Command::GoOnDuty { vehicle });
    Event::VehicleReturnedToStation { vehicle } => Some(Command::ReturnToStation { vehicle });
    Event::CrewAssigned { vehicle, crew } => Some(Command::AssignCrew { vehicle, crew });
    Event::VehicleHandedOver { transfer } => Some(Command::LendVehicle { vehicle: transfer.vehicle, to: transfer.to, note: transfer.note });
    Event::VehicleTakenOver { transfer } => Some(Command::TakeOverVehicle { transfer: Box::new(transfer) });
    Event::HandOverConfirmed { vehicle, number } => Some(Command::ConfirmHandOver { vehicle, number });
    Event::SosRaised { vehicle } => Some(Command::RaiseSos { vehicle });
    Event::SosCleared { vehicle, note } => Some(Command::ClearSos { vehicle, note });
    Event::VehicleLogged { vehicle, entry } => Some(Command::LogVehicle { vehicle, entry });
    Event::CameraWatched { vehicle, channel, .. } => Some(Command::WatchCamera { vehicle, channel });
    Event::MessageSent { vehicle, text, .. } => Some(Command::Message { vehicle, act: MessageAct::Send { text } });
    Event::MessagesRead { vehicle, through } => Some(Command::Message { vehicle, act: MessageAct::Read { through } });
    Event::CrewWrote { vehicle, need, text, .. } => Some(Command::Message { vehicle, act: MessageAct::Write { need, text } });
    Event::CrewAnswered { vehicle, through, text, .. } => Some(Command::Message { vehicle, act: MessageAct::Answer { through, text } });
    Event::CrewReportSettled { vehicle, kept, note, .. } => Some(Command::SettleCrewReport { vehicle, keep: kept, note });
    // Follow from a press that says so, which was recorded with it or refused.
    Event::CrewAwayReported { .. } => None;
    Event::CrewBackReported { .. } => None;
    Event::RefusedPressesSeen { vehicle } => Some(Command::SeeRefusedPresses { vehicle });
    Event::FollowOnGiven { vehicle, incident, .. } => Some(Command::GiveFollowOn { vehicle, incident });
    Event::FollowOnAcknowledged { vehicle, incident } => Some(Command::AcknowledgeFollowOn { vehicle, incident });
    Event::FollowOnEnded { vehicle, .. } => Some(Command::WithdrawFollowOn { vehicle });
    Event::MoveAdviceSet { advice } => Some(Command::SetMoveAdvice { advice });
    Event::MoveSuggested { suggestion } => Some(Command::SuggestMove { suggestion: Box::new(suggestion) });
    Event::MoveSuggestionEnded { vehicle, number, end, .. } => Some(answered(vehicle, number, end));
    Event::MoveGiven { vehicle, suggestion: Some(number), .. } => Some(Command::AcceptMove { vehicle, number });
    Event::MoveGiven { vehicle, station, suggestion: None } => Some(Command::GiveMove { vehicle, station });
    Event::MoveAcknowledged { vehicle, station } => Some(Command::AcknowledgeMove { vehicle, station });
    Event::StandbyReached { vehicle, .. } => Some(Command::ReturnToStation { vehicle });
    Event::MoveWithdrawn { vehicle, .. } => Some(Command::WithdrawMove { vehicle });
    // Not everything that the crew pressed is kept when it was refused.
    Event::CrewActRefused { .. } => None;
    Event::TerminalTroubleNoted { vehicle, trouble } => Some(Command::NoteTerminalTrouble { vehicle, trouble });
    Event::MovementNoted { vehicle, movement, since, over } => Some(Command::NoteMovement { vehicle, movement, since, over });
    Event::VehicleEnrolled { vehicle, record } => Some(Command::EnrolVehicle { vehicle, record });
    Event::VehicleAmended { vehicle, record } => Some(Command::AmendVehicle { vehicle, record });
    Event::VehicleRetired { vehicle } => Some(Command::RetireVehicle { vehicle });
    Event::ClockCorrected { .. } => Some(Command::CorrectClock);
    Event::JournalSetBack { set_back } => Some(Command::RecordSetBack { set_back });
}

/// How a suggested move ended: answered by a person, or found not to hold any more.
fn answered(vehicle: VehicleId, number: u64, end: SuggestionEnd) -> Command {
    match end {
        SuggestionEnd::Accepted => Command::AcceptMove { vehicle, number },
        SuggestionEnd::Ignored { reason } => Command::IgnoreMove { vehicle, number, reason },
        SuggestionEnd::Expired
        | SuggestionEnd::VehicleNotFree
        | SuggestionEnd::NoLongerPays
        | SuggestionEnd::SwitchedOff => Command::EndSuggestion { vehicle, number, end },
    }
}

/// A new incident: its call, how that ended, and how many vehicles were wanted stand beside it.
fn opened(incident: &IncidentId, facts: IncidentFacts, together: &[Recorded]) -> Option<Command> {
    let mut call = None;
    let (mut outcome, mut vehicles_wanted) = (CallOutcome::Open, None);
    for Recorded { event, .. } in
        together.iter().filter(|it| it.event.subjects().incident == Some(incident))
    {
        if let Event::CallTaken { details, .. } = event {
            call = Some((**details).clone());
        } else if let Event::CallConcluded { outcome: known, .. } = event {
            outcome = known.clone();
        } else if let Event::VehiclesWanted { vehicles, .. } = event {
            vehicles_wanted = Some(*vehicles);
        }
    }
    let call = TakeCall { link_to: None, facts, details: call?, outcome, vehicles_wanted };
    Some(Command::TakeCall(Box::new(call)))
}

fn linked(incident: IncidentId, details: CallDetails, said: CallerWords) -> Command {
    let CallerWords { facts, vehicles_wanted } = said;
    let (link_to, outcome) = (Some(incident), CallOutcome::Open);
    Command::TakeCall(Box::new(TakeCall { link_to, facts, details, outcome, vehicles_wanted }))
}

/// Vehicles sent at once: every task for the incident that was recorded with it.
fn sent(incident: IncidentId, offer: Option<OfferRecord>, together: &[Recorded]) -> Command {
    let mut vehicles = Vec::new();
    for recorded in together {
        if let Event::TaskCreated { incident: of, vehicle, .. } = &recorded.event
            && *of == incident
        {
            vehicles.push(vehicle.clone());
        }
    }
    Command::DispatchVehicles { incident, vehicles, offer }
}

fn diverted(
    state: &CentreState,
    task: &TaskId,
    to_incident: IncidentId,
    reason: Reasoned<DivertReason>,
) -> Option<Command> {
    let vehicle = state.task(task)?.1.vehicle.clone();
    Some(Command::DivertVehicle { vehicle, to_incident, reason, confirmed: true })
}
