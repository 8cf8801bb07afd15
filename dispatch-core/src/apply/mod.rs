//! What an event changes. Never refuses: the journal is the truth. A wrong event is a bug and panics.

mod clock;
mod follow_on;
mod incidents;
mod messages;
mod move_up;
mod order_changes;
mod reports;
mod tasks;
mod vehicles;

use crate::model::*;
use crate::state::{CentreState, Incident, LastSetBack, Task, Vehicle, outboxes};

/// Applies the next event of the centre's journal.
///
/// # Panics
/// When the event does not follow the state: a bug in the caller or a damaged journal.
pub fn apply(state: &mut CentreState, recorded: &Recorded) {
    assert_eq!(recorded.version, state.version + 1, "events are applied in order, without gaps");
    state.version = recorded.version;
    state.recorded_at = recorded.provenance.recorded_at;
    let orders = order_changes::before(state, &recorded.event, &recorded.provenance.origin);
    change(state, &recorded.event, &recorded.provenance);
    order_changes::mark(state, orders, &recorded.provenance);
    remember(state, &recorded.provenance);
    forget(state, recorded.provenance.recorded_at);
}

fn change(state: &mut CentreState, event: &Event, provenance: &Provenance) {
    match event {
        Event::IncidentOpened { incident, facts } => {
            incidents::opened(state, incident, facts, provenance);
        }
        Event::CallTaken { incident, call_id, details, said } => {
            let call = (&**details, said.as_deref());
            incidents::call_taken(state, incident, call_id, call, provenance);
        }
        Event::CallSeparated { incident, call_id, to } => {
            incidents::call_separated(state, incident, call_id, to);
        }
        Event::CallConcluded { incident, call_id, outcome } => {
            incidents::call_concluded(state, incident, call_id, outcome, provenance);
        }
        Event::IncidentAmended { incident, changes } => {
            incidents::amended(state, incident, changes, provenance);
        }
        Event::IncidentSuspended { incident, reason } => {
            incidents::suspended(state, incident, reason, provenance);
        }
        Event::IncidentResumed { incident } => incidents::resumed(state, incident),
        Event::IncidentRefused { incident, reason } => {
            incidents::refused(state, incident, reason, provenance);
        }
        Event::IncidentCancelled { incident, reason } => {
            incidents::cancelled(state, incident, reason, provenance);
        }
        Event::IncidentClosed { incident } => incidents::closed(state, incident, provenance),
        Event::IncidentReopened { incident, .. } => {
            incidents::reopened(state, incident, provenance);
        }
        Event::VehiclesWanted { incident, vehicles } => {
            incidents::vehicles_wanted(state, incident, *vehicles, provenance);
        }
        Event::PatientsAccounted { incident, carried, patients, note: _ } => {
            incidents::patients_accounted(state, incident, (*carried, patients), provenance);
        }
        Event::NoteAdded { incident, text } => {
            incidents::note_added(state, incident, text, provenance);
        }
        Event::TaskCreated {
            task,
            incident,
            vehicle,
            from,
            crew,
            order_expires_at,
            previous_task,
            offer: _,
        } => {
            let order = tasks::NewTask {
                task,
                incident,
                vehicle,
                from: *from,
                crew,
                order_expires_at: *order_expires_at,
                previous_task: previous_task.as_ref(),
            };
            tasks::created(state, order, provenance);
        }
        Event::DeviceReceiptRecorded { task } => tasks::receipt(state, task, provenance),
        Event::OrderResent { task, order_expires_at } => {
            tasks::resent(state, task, *order_expires_at, provenance);
        }
        Event::OrderLapsed { task } => tasks::lapsed(state, task),
        Event::OrderChangeAcknowledged { task, through } => {
            order_changes::acknowledged(state, task, *through);
        }
        Event::MilestoneReached { task, milestone, details } => {
            tasks::reached(state, task, *milestone, details, provenance);
        }
        Event::MilestoneCorrected { task, milestone, was_at: _, truly_at, note: _ } => {
            tasks::corrected(state, task, *milestone, *truly_at, provenance);
        }
        Event::TaskDetailsCorrected(correction) => {
            tasks::details_corrected(state, correction, provenance)
        }
        Event::MilestoneUndone { task, milestone } => {
            if !reports::taken_back(state, task, *milestone) {
                tasks::undone(state, task, *milestone);
            }
        }
        Event::TaskAborted { task, reason } => tasks::aborted(state, task, reason, provenance),
        Event::TaskRedirected { task, to_incident, reason } => {
            tasks::diverted(state, task, to_incident, reason, provenance);
        }
        Event::VehiclePaused { vehicle, reason } => {
            vehicles::paused(state, vehicle, reason, provenance);
        }
        Event::VehicleResumed { vehicle } => vehicles::resumed(state, vehicle, provenance),
        Event::VehicleWentOffDuty { vehicle } => vehicles::off_duty(state, vehicle, provenance),
        Event::VehicleCameOnDuty { vehicle } => vehicles::on_duty(state, vehicle, provenance),
        Event::VehicleReturnedToStation { vehicle } => {
            vehicles::returned(state, vehicle, provenance);
        }
        Event::CrewAssigned { vehicle, crew } => {
            vehicle_of(state, vehicle).crew.clone_from(crew);
        }
        Event::VehicleHandedOver { transfer } => vehicles::handed_over(state, transfer, provenance),
        Event::VehicleTakenOver { transfer } => {
            vehicles::taken_over(state, transfer, provenance);
        }
        Event::HandOverConfirmed { vehicle, number } => {
            let open = state.transfers_out.remove(vehicle);
            assert_eq!(
                open.map(|open| open.number),
                Some(*number),
                "an open hand-over is confirmed"
            );
        }
        Event::SosRaised { vehicle } => {
            let vehicle = vehicle_of(state, vehicle);
            vehicle.sos.get_or_insert(provenance.happened_at());
            vehicle.sos_answer = None;
        }
        Event::SosCleared { vehicle, note } => {
            let (vehicle, at) = (vehicle_of(state, vehicle), provenance.happened_at());
            vehicle.sos = None;
            vehicle.sos_answer = Some(SosAnswer { at, note: note.clone() });
        }
        Event::VehicleLogged { vehicle, entry } => {
            vehicle_of(state, vehicle).log.write(entry, provenance.happened_at());
        }
        // What was seen is kept nowhere.
        Event::CameraWatched { .. } => {}
        Event::MessageSent { vehicle, text, task: _ } => {
            messages::sent(state, vehicle, text, provenance);
        }
        Event::MessagesRead { vehicle, through } => {
            messages::read(state, vehicle, *through, provenance);
        }
        Event::CrewWrote { vehicle, need, text, task: _ } => {
            messages::crew_wrote(state, vehicle, *need, text, provenance);
        }
        Event::CrewAnswered { vehicle, through, text, task: _ } => {
            messages::answered(state, vehicle, *through, text, provenance);
        }
        Event::CrewActRefused { vehicle, command, task, code, to_see } => {
            let pressed = reports::Refused { command, task: task.as_ref(), code, to_see: *to_see };
            reports::refused(state, vehicle, pressed, provenance);
        }
        Event::MilestoneReported { vehicle, task, milestone, details, contradicts, before_end } => {
            let report = reports::Reported { task, milestone: *milestone, before_end: *before_end };
            reports::reported(state, vehicle, report, details, *contradicts, provenance);
        }
        Event::CrewReportSettled { vehicle, task, kept, told: _, note: _ } => {
            reports::settled(state, vehicle, task, *kept, provenance);
        }
        Event::CrewAwayReported { vehicle, task, away } => {
            reports::away(state, vehicle, task, away, provenance);
        }
        Event::CrewBackReported { vehicle, task } => {
            reports::back(state, vehicle, task, provenance);
        }
        Event::RefusedPressesSeen { vehicle } => vehicle_of(state, vehicle).refused = None,
        Event::FollowOnGiven { vehicle, incident, expires_at } => {
            follow_on::given(state, vehicle, incident, *expires_at, provenance);
        }
        Event::FollowOnAcknowledged { vehicle, .. } => {
            follow_on::acknowledged(state, vehicle, provenance);
        }
        Event::FollowOnEnded { vehicle, incident, why: _ } => {
            follow_on::ended(state, vehicle, incident);
        }
        Event::MoveAdviceSet { advice } => state.move_up.advice = *advice,
        Event::MoveSuggested { suggestion } => move_up::suggested(state, suggestion, provenance),
        Event::MoveSuggestionEnded { vehicle, number, end: _, silent_until } => {
            move_up::suggestion_ended(state, vehicle, *number, *silent_until, provenance);
        }
        Event::MoveGiven { vehicle, station, suggestion: _ } => {
            move_up::given(state, vehicle, station, provenance);
        }
        Event::MoveAcknowledged { vehicle, station: _ } => {
            move_up::acknowledged(state, vehicle, provenance);
        }
        Event::StandbyReached { vehicle, station: _ } => {
            move_up::reached(state, vehicle, provenance);
        }
        Event::MoveWithdrawn { vehicle, station: _ } => move_up::withdrawn(state, vehicle),
        Event::TerminalTroubleNoted { vehicle, trouble } => {
            vehicle_of(state, vehicle).note_trouble(trouble);
        }
        Event::MovementNoted { vehicle, movement, since, over } => {
            vehicle_of(state, vehicle).note_movement(movement, *since, *over);
        }
        Event::VehicleEnrolled { vehicle, record } => {
            vehicles::enrolled(state, vehicle, record, provenance);
        }
        Event::VehicleAmended { vehicle, record } => {
            vehicle_of(state, vehicle).record.clone_from(record);
        }
        Event::VehicleRetired { vehicle } => {
            vehicles::retired(state, vehicle, provenance);
        }
        Event::ClockCorrected { newest: _ } => clock::corrected(state, provenance.recorded_at),
        Event::JournalSetBack { set_back } => {
            assert!(set_back.incarnation >= state.incarnation(), "set-backs are counted upwards");
            let at = provenance.recorded_at;
            state.set_back = Some(LastSetBack { found: set_back.clone(), at });
        }
    }
}

/// Remembers the command, so that a repeat of it is recognised.
fn remember(state: &mut CentreState, provenance: &Provenance) {
    let name = provenance.command_id.as_ref();
    match &provenance.origin {
        Origin::CrewTerminal { vehicle, outbox, number } => {
            if let Some(vehicle) = state.vehicles.get_mut(vehicle) {
                vehicle.mark_command(outbox, *number, name);
            } else if let Some(marks) = state.retired.outboxes_mut(vehicle) {
                outboxes::remember(marks, outbox, *number, name);
            }
        }
        Origin::Person { .. } | Origin::Automatic { .. } => {
            if let Some(command) = name {
                state.commands.remember(command);
            }
        }
    }
}

/// Lets go of what has long been over. The time is that of the event, so replay forgets the same.
fn forget(state: &mut CentreState, now: Timestamp) {
    for id in state.over.take_forgettable(now) {
        let Some(incident) = state.incidents.remove(&id) else {
            continue;
        };
        for task in incident.tasks {
            if let Some(vehicle) = state.vehicles.get_mut(&task.vehicle) {
                vehicle.forget_task(&task.id);
            }
        }
    }
}

/// The incident an event speaks of, marked as changed by it.
fn incident_of<'a>(state: &'a mut CentreState, incident: &IncidentId) -> &'a mut Incident {
    let version = state.version;
    let found =
        state.incidents.get_mut(incident).expect("an event names an incident of the journal");
    found.last_version = version;
    found
}

/// The vehicle an event speaks of, marked as changed by it.
fn vehicle_of<'a>(state: &'a mut CentreState, vehicle: &VehicleId) -> &'a mut Vehicle {
    let version = state.version;
    let found = state.vehicles.get_mut(vehicle).expect("an event names a vehicle of the centre");
    found.last_version = version;
    found
}

fn task_of<'a>(state: &'a mut CentreState, id: &TaskId) -> &'a mut Task {
    let version = state.version;
    let (incident, task) = state.task_mut(id).expect("an event names a task of the journal");
    *incident = version;
    task
}
