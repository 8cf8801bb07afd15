//! What may be done, and what follows from it. Reads the state, never changes it; every refusal says why.

mod affected;
mod amend;
mod by_rule;
mod calls;
mod camera;
mod check;
mod clock;
mod confirm;
mod dispatch;
mod draft;
mod enrolment;
mod follow_on;
mod follow_on_end;
mod help;
mod incidents;
mod messages;
mod milestones;
mod move_up;
mod movement;
mod orders;
mod refusal;
mod repeats;
mod reports;
mod standing;
mod terminals;
mod transfer;
mod undo;
mod vehicle_log;
mod vehicles;

pub use affected::{takes_help_away, vehicles_of};
pub use refusal::refusal_event;

use crate::model::*;
use crate::rules::Rules;
use crate::state::CentreState;
use draft::Draft;
use repeats::Known;

/// What comes of a command that was not refused.
#[derive(Clone, Debug, PartialEq)]
pub enum Decision {
    /// These events happen, in this order, all or none; versions follow the state's.
    Events(Vec<Recorded>),
    /// The same command was recorded before, or what it says already holds; write nothing.
    AlreadyRecorded,
}

/// Decides a command. Deterministic: the same arguments give the same answer for ever.
///
/// # Errors
/// A [`Rejection`] says what cannot be done, why and what to do instead. For a command of a crew the
/// caller then records [`refusal_event`], so that nothing pressed is lost.
pub fn decide(
    state: &CentreState,
    rules: &Rules,
    command: &Command,
    context: &CommandContext,
) -> Result<Decision, Rejection> {
    match repeats::known(state, command, context)? {
        Known::No => {}
        Known::Yes => return Ok(Decision::AlreadyRecorded),
        Known::UnderAnotherNumber => {
            return Ok(Decision::Events(terminals::repeated(state, rules, context)));
        }
    }
    repeats::speaks_for_itself(state, command, context)?;
    let mut draft = Draft::new(state, rules, context);
    consequences(&mut draft, command)?;
    let events = draft.into_events();
    // Only what repeats or no longer fits has no consequence: a hand-over, unchanged data, a known set-back, old advice.
    Ok(if events.is_empty() { Decision::AlreadyRecorded } else { Decision::Events(events) })
}

/// Writes what follows from the command into the draft. The whole rule book, by its table of contents.
fn consequences(draft: &mut Draft, command: &Command) -> Result<(), Rejection> {
    match command {
        Command::TakeCall(call) => calls::take(draft, call),
        Command::SeparateCall { incident, call_id } => calls::separate(draft, incident, call_id),
        Command::ChangeOutcome { incident, call_id, outcome } => {
            calls::change_outcome(draft, incident, call_id, outcome)
        }
        Command::AmendIncident { incident, changes } => amend::amend(draft, incident, changes),
        Command::SuspendIncident { incident, reason } => {
            incidents::suspend(draft, incident, reason)
        }
        Command::ResumeIncident { incident } => incidents::resume(draft, incident),
        Command::RefuseIncident { incident, reason } => incidents::refuse(draft, incident, reason),
        Command::CancelIncident { incident, reason, confirmed } => {
            incidents::cancel(draft, incident, reason, *confirmed)
        }
        Command::CloseIncident { incident } => incidents::close(draft, incident),
        Command::ReopenIncident { incident, note } => incidents::reopen(draft, incident, note),
        Command::WantVehicles { incident, vehicles } => help::want(draft, incident, *vehicles),
        Command::AccountForPatients { incident, carried, patients, note } => {
            help::account(draft, incident, *carried, patients, note)
        }
        Command::AddNote { incident, text } => incidents::add_note(draft, incident, text),
        Command::DispatchVehicles { incident, vehicles, offer } => {
            dispatch::send(draft, incident, vehicles, offer.as_ref())
        }
        Command::DivertVehicle { vehicle, to_incident, reason, confirmed } => {
            dispatch::divert(draft, vehicle, to_incident, reason, *confirmed)
        }
        Command::AbortTask { task, reason, confirmed } => {
            dispatch::abort(draft, task, reason, *confirmed)
        }
        Command::ResendOrder { task } => orders::resend(draft, task),
        Command::LapseOrder { task } => orders::lapse(draft, task),
        Command::AcknowledgeOrderChange { task, through } => {
            orders::acknowledge_change(draft, task, *through)
        }
        Command::RecordDeviceReceipt { task } => milestones::receive_order(draft, task),
        Command::RecordMilestone { task, milestone, details } => {
            milestones::reach(draft, task, *milestone, details)
        }
        Command::CorrectMilestone { task, milestone, truly_at, note } => {
            milestones::correct(draft, task, *milestone, *truly_at, note)
        }
        Command::CorrectDetails { task, changes, note } => {
            milestones::correct_details(draft, task, changes, note)
        }
        Command::UndoMilestone { task, milestone } => undo::take_back(draft, task, *milestone),
        Command::PauseVehicle { vehicle, reason } => vehicles::pause(draft, vehicle, reason),
        Command::ResumeVehicle { vehicle } => vehicles::resume(draft, vehicle),
        Command::GoOffDuty { vehicle } => vehicles::go_off_duty(draft, vehicle),
        Command::GoOnDuty { vehicle } => vehicles::go_on_duty(draft, vehicle),
        Command::ReturnToStation { vehicle } => vehicles::return_to_station(draft, vehicle),
        Command::AssignCrew { vehicle, crew } => vehicles::assign_crew(draft, vehicle, crew),
        Command::RaiseSos { vehicle } => vehicles::raise_sos(draft, vehicle),
        Command::ClearSos { vehicle, note } => vehicles::clear_sos(draft, vehicle, note),
        Command::LogVehicle { vehicle, entry } => vehicle_log::write(draft, vehicle, entry),
        Command::WatchCamera { vehicle, channel } => camera::watch(draft, vehicle, *channel),
        Command::Message { vehicle, act } => messages::carry_out(draft, vehicle, act),
        Command::SettleCrewReport { vehicle, keep, note } => {
            reports::settle(draft, vehicle, *keep, note)
        }
        Command::SeeRefusedPresses { vehicle } => reports::see_refused(draft, vehicle),
        Command::GiveFollowOn { vehicle, incident } => follow_on::give(draft, vehicle, incident),
        Command::AcknowledgeFollowOn { vehicle, incident } => {
            follow_on::acknowledge(draft, vehicle, incident)
        }
        Command::WithdrawFollowOn { vehicle } => follow_on::withdraw(draft, vehicle),
        Command::SetMoveAdvice { advice } => {
            move_up::set_advice(draft, *advice);
            Ok(())
        }
        Command::SuggestMove { suggestion } => move_up::suggest(draft, suggestion),
        Command::EndSuggestion { vehicle, number, end } => {
            move_up::end(draft, vehicle, *number, end)
        }
        Command::AcceptMove { vehicle, number } => move_up::accept(draft, vehicle, *number),
        Command::IgnoreMove { vehicle, number, reason } => {
            move_up::ignore(draft, vehicle, *number, reason)
        }
        Command::GiveMove { vehicle, station } => move_up::give(draft, vehicle, station),
        Command::AcknowledgeMove { vehicle, station } => {
            move_up::acknowledge(draft, vehicle, station)
        }
        Command::WithdrawMove { vehicle } => move_up::withdraw(draft, vehicle),
        Command::LendVehicle { vehicle, to, note } => transfer::give(draft, vehicle, to, note),
        Command::TakeOverVehicle { transfer } => transfer::take(draft, transfer),
        Command::ConfirmHandOver { vehicle, number } => transfer::confirm(draft, vehicle, *number),
        Command::NoteTerminalTrouble { vehicle, trouble } => {
            terminals::note(draft, vehicle, trouble)
        }
        Command::NoteMovement { vehicle, movement, since, over } => {
            movement::note(draft, vehicle, movement, *since, *over)
        }
        Command::EnrolVehicle { vehicle, record } => enrolment::enrol(draft, vehicle, record),
        Command::AmendVehicle { vehicle, record } => enrolment::amend(draft, vehicle, record),
        Command::RetireVehicle { vehicle } => enrolment::retire(draft, vehicle),
        Command::CorrectClock => {
            clock::correct(draft);
            Ok(())
        }
        Command::RecordSetBack { set_back } => {
            record_set_back(draft, set_back);
            Ok(())
        }
    }
}

/// Of all servers that notice a set-back the first writes it down. Another one that was told of later lost events
/// before they were gone adds them to that record, and the set-back stays one.
fn record_set_back(draft: &mut Draft, set_back: &SetBack) {
    let mut found = set_back.clone();
    found.incarnation = found.incarnation.max(1);
    if let Some(last) = draft.state.set_back.as_ref().map(|last| &last.found)
        && last.incarnation >= found.incarnation
    {
        if last.from_version >= found.from_version {
            return;
        }
        if last.incarnation == found.incarnation {
            found.to_version = found.to_version.min(last.to_version);
            let more = found.incidents.iter().filter(|it| !last.incidents.contains(it)).cloned();
            found.incidents = last.incidents.iter().cloned().chain(more).collect();
        } else {
            found.incarnation = last.incarnation + 1;
        }
    }
    draft.push(Event::JournalSetBack { set_back: found });
}
