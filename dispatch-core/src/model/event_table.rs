//! The table of events: one row for each, with its stable name, what it speaks of, and whether it may change what
//! crews under way were told.

use super::{Event, IncidentId, TaskId, VehicleId};

/// What an event names: an incident, a task, a vehicle, as far as it does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Subjects<'a> {
    /// The incident it changes or concerns.
    pub incident: Option<&'a IncidentId>,
    /// The task.
    pub task: Option<&'a TaskId>,
    /// The vehicle.
    pub vehicle: Option<&'a VehicleId>,
}

impl<'a> Subjects<'a> {
    const NONE: Self = Self { incident: None, task: None, vehicle: None };

    const fn incident(incident: &'a IncidentId) -> Self {
        Self { incident: Some(incident), ..Self::NONE }
    }

    const fn task(task: &'a TaskId) -> Self {
        Self { task: Some(task), ..Self::NONE }
    }

    const fn vehicle(vehicle: &'a VehicleId) -> Self {
        Self { vehicle: Some(vehicle), ..Self::NONE }
    }

    const fn and_task(self, task: &'a TaskId) -> Self {
        Self { task: Some(task), ..self }
    }

    const fn and_incident(self, incident: &'a IncidentId) -> Self {
        Self { incident: Some(incident), ..self }
    }
}

/// What an event may change in the orders of crews that are under way to its incident.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OrderEffect {
    /// Nothing.
    Nothing,
    /// Who else comes.
    WhoComes,
    /// Any part.
    AnyPart,
}

macro_rules! event_table {
    ($($pattern:pat => $name:literal $of:expr $(, orders $effect:expr)?;)+) => {
        impl Event {
            /// The stable names of all kinds.
            pub const KINDS: &[&str] = &[$($name),+];

            /// The stable name of its kind, the same as the `type` it is stored with.
            pub fn kind(&self) -> &'static str {
                self.row().0
            }

            /// What it names.
            pub fn subjects(&self) -> Subjects<'_> {
                self.row().1
            }

            /// What it may change in the order of a crew that is under way to its incident. That is compared before
            /// and after it.
            pub fn order_effect(&self) -> OrderEffect {
                self.row().2
            }

            fn row(&self) -> (&'static str, Subjects<'_>, OrderEffect) {
                use OrderEffect::{AnyPart, Nothing, WhoComes};
                use Subjects as Of;
                match self {
                    $($pattern => ($name, $of, Nothing $(.max($effect))?)),+
                }
            }
        }
    };
}

event_table! {
    Event::IncidentOpened { incident, .. }                => "incident_opened"              Of::incident(incident);
    Event::CallTaken { incident, .. }                     => "call_taken"                   Of::incident(incident), orders AnyPart;
    Event::CallSeparated { incident, .. }                 => "call_separated"               Of::incident(incident), orders AnyPart;
    Event::CallConcluded { incident, .. }                 => "call_concluded"               Of::incident(incident);
    Event::IncidentAmended { incident, .. }               => "incident_amended"             Of::incident(incident), orders AnyPart;
    Event::IncidentSuspended { incident, .. }             => "incident_suspended"           Of::incident(incident);
    Event::IncidentResumed { incident, .. }               => "incident_resumed"             Of::incident(incident);
    Event::IncidentRefused { incident, .. }               => "incident_refused"             Of::incident(incident);
    Event::IncidentCancelled { incident, .. }             => "incident_cancelled"           Of::incident(incident);
    Event::IncidentClosed { incident, .. }                => "incident_closed"              Of::incident(incident);
    Event::IncidentReopened { incident, .. }              => "incident_reopened"            Of::incident(incident);
    Event::VehiclesWanted { incident, .. }                => "vehicles_wanted"              Of::incident(incident);
    Event::PatientsAccounted { incident, .. }             => "patients_accounted"           Of::incident(incident), orders AnyPart;
    Event::NoteAdded { incident, .. }                     => "note_added"                   Of::incident(incident), orders AnyPart;
    Event::TaskCreated { task, incident, vehicle, .. }    => "task_created"                 Of::vehicle(vehicle).and_task(task).and_incident(incident), orders WhoComes;
    Event::DeviceReceiptRecorded { task, .. }             => "device_receipt_recorded"      Of::task(task), orders WhoComes;
    Event::OrderResent { task, .. }                       => "order_resent"                 Of::task(task), orders WhoComes;
    Event::OrderLapsed { task, .. }                       => "order_lapsed"                 Of::task(task), orders WhoComes;
    Event::OrderChangeAcknowledged { task, .. }           => "order_change_acknowledged"    Of::task(task);
    Event::MilestoneReached { task, details, .. }         => "milestone_reached"            Of::task(task), orders if details.patients.is_silent() { WhoComes } else { AnyPart };
    Event::MilestoneCorrected { task, .. }                => "milestone_corrected"          Of::task(task);
    Event::TaskDetailsCorrected(correction)               => "task_details_corrected"       Of::task(&correction.task), orders AnyPart;
    Event::MilestoneUndone { task, .. }                   => "milestone_undone"             Of::task(task), orders WhoComes;
    Event::TaskAborted { task, .. }                       => "task_aborted"                 Of::task(task), orders AnyPart;
    Event::TaskRedirected { task, .. }                    => "task_redirected"              Of::task(task), orders AnyPart;
    Event::VehiclePaused { vehicle, .. }                  => "vehicle_paused"               Of::vehicle(vehicle);
    Event::VehicleResumed { vehicle, .. }                 => "vehicle_resumed"              Of::vehicle(vehicle);
    Event::VehicleWentOffDuty { vehicle, .. }             => "vehicle_went_off_duty"        Of::vehicle(vehicle);
    Event::VehicleCameOnDuty { vehicle, .. }              => "vehicle_came_on_duty"         Of::vehicle(vehicle);
    Event::VehicleReturnedToStation { vehicle, .. }       => "vehicle_returned_to_station"  Of::vehicle(vehicle);
    Event::CrewAssigned { vehicle, .. }                   => "crew_assigned"                Of::vehicle(vehicle);
    Event::VehicleLogged { vehicle, .. }                  => "vehicle_logged"               Of::vehicle(vehicle);
    Event::CameraWatched { vehicle, task, .. }            => "camera_watched"               Of { task: task.as_ref(), ..Of::vehicle(vehicle) };
    Event::VehicleHandedOver { transfer }                => "vehicle_handed_over"          Of::vehicle(&transfer.vehicle);
    Event::VehicleTakenOver { transfer }                 => "vehicle_taken_over"           Of::vehicle(&transfer.vehicle);
    Event::HandOverConfirmed { vehicle, .. }              => "hand_over_confirmed"          Of::vehicle(vehicle);
    Event::SosRaised { vehicle, .. }                      => "sos_raised"                   Of::vehicle(vehicle);
    Event::SosCleared { vehicle, .. }                     => "sos_cleared"                  Of::vehicle(vehicle);
    Event::MessageSent { vehicle, task, .. }              => "message_sent"                 Of { task: task.as_ref(), ..Of::vehicle(vehicle) };
    Event::MessagesRead { vehicle, .. }                   => "messages_read"                Of::vehicle(vehicle);
    Event::CrewWrote { vehicle, task, .. }                => "crew_wrote"                   Of { task: task.as_ref(), ..Of::vehicle(vehicle) };
    Event::CrewAnswered { vehicle, task, .. }             => "crew_answered"                Of { task: task.as_ref(), ..Of::vehicle(vehicle) };
    Event::MilestoneReported { vehicle, task, details, .. }        => "milestone_reported"           Of::vehicle(vehicle).and_task(task), orders if details.patients.is_silent() { WhoComes } else { AnyPart };
    Event::CrewReportSettled { vehicle, task, .. }        => "crew_report_settled"          Of::vehicle(vehicle).and_task(task), orders AnyPart;
    Event::CrewAwayReported { vehicle, task, .. }         => "crew_away_reported"           Of::vehicle(vehicle).and_task(task), orders WhoComes;
    Event::CrewBackReported { vehicle, task, .. }         => "crew_back_reported"           Of::vehicle(vehicle).and_task(task), orders WhoComes;
    Event::RefusedPressesSeen { vehicle, .. }             => "refused_presses_seen"         Of::vehicle(vehicle);
    Event::FollowOnGiven { vehicle, incident, .. }        => "follow_on_given"              Of::vehicle(vehicle).and_incident(incident);
    Event::FollowOnAcknowledged { vehicle, incident, .. } => "follow_on_acknowledged"       Of::vehicle(vehicle).and_incident(incident);
    Event::FollowOnEnded { vehicle, incident, .. }        => "follow_on_ended"              Of::vehicle(vehicle).and_incident(incident);
    Event::MoveAdviceSet { .. }                           => "move_advice_set"              Of::NONE;
    Event::MoveSuggested { suggestion }                   => "move_suggested"               Of::vehicle(&suggestion.vehicle);
    Event::MoveSuggestionEnded { vehicle, .. }            => "move_suggestion_ended"        Of::vehicle(vehicle);
    Event::MoveGiven { vehicle, .. }                      => "move_given"                   Of::vehicle(vehicle);
    Event::MoveAcknowledged { vehicle, .. }               => "move_acknowledged"            Of::vehicle(vehicle);
    Event::StandbyReached { vehicle, .. }                 => "standby_reached"              Of::vehicle(vehicle);
    Event::MoveWithdrawn { vehicle, .. }                  => "move_withdrawn"               Of::vehicle(vehicle);
    Event::CrewActRefused { vehicle, task, .. }           => "crew_act_refused"             Of { task: task.as_ref(), ..Of::vehicle(vehicle) };
    Event::TerminalTroubleNoted { vehicle, .. }           => "terminal_trouble_noted"       Of::vehicle(vehicle);
    Event::MovementNoted { vehicle, movement, .. }        => "movement_noted"               Of { task: movement.task(), ..Of::vehicle(vehicle) };
    Event::VehicleEnrolled { vehicle, .. }                => "vehicle_enrolled"             Of::vehicle(vehicle);
    Event::VehicleAmended { vehicle, .. }                 => "vehicle_amended"              Of::vehicle(vehicle);
    Event::VehicleRetired { vehicle, .. }                 => "vehicle_retired"              Of::vehicle(vehicle);
    Event::ClockCorrected { .. }                          => "clock_corrected"              Of::NONE;
    Event::JournalSetBack { .. }                          => "journal_set_back"             Of::NONE;
}

/// The pattern of the events that no figure of the reports depends on. Every other event has its arm there: one that is
/// in neither place does not compile.
#[macro_export]
macro_rules! events_without_figures {
    () => {
        $crate::model::Event::CallConcluded { .. }
            | $crate::model::Event::VehiclesWanted { .. }
            | $crate::model::Event::OrderLapsed { .. }
            | $crate::model::Event::OrderChangeAcknowledged { .. }
            | $crate::model::Event::NoteAdded { .. }
            | $crate::model::Event::VehiclePaused { .. }
            | $crate::model::Event::VehicleResumed { .. }
            | $crate::model::Event::VehicleWentOffDuty { .. }
            | $crate::model::Event::VehicleCameOnDuty { .. }
            | $crate::model::Event::VehicleReturnedToStation { .. }
            | $crate::model::Event::CrewAssigned { .. }
            | $crate::model::Event::VehicleLogged { .. }
            | $crate::model::Event::CameraWatched { .. }
            | $crate::model::Event::VehicleHandedOver { .. }
            | $crate::model::Event::HandOverConfirmed { .. }
            | $crate::model::Event::SosRaised { .. }
            | $crate::model::Event::SosCleared { .. }
            | $crate::model::Event::MessageSent { .. }
            | $crate::model::Event::MessagesRead { .. }
            | $crate::model::Event::CrewWrote { .. }
            | $crate::model::Event::CrewAnswered { .. }
            | $crate::model::Event::RefusedPressesSeen { .. }
            | $crate::model::Event::CrewAwayReported { .. }
            | $crate::model::Event::CrewBackReported { .. }
            | $crate::model::Event::FollowOnGiven { .. }
            | $crate::model::Event::FollowOnAcknowledged { .. }
            | $crate::model::Event::FollowOnEnded { .. }
            | $crate::model::Event::MoveAdviceSet { .. }
            | $crate::model::Event::MoveSuggested { .. }
            | $crate::model::Event::MoveSuggestionEnded { .. }
            | $crate::model::Event::MoveGiven { .. }
            | $crate::model::Event::MoveAcknowledged { .. }
            | $crate::model::Event::StandbyReached { .. }
            | $crate::model::Event::MoveWithdrawn { .. }
            | $crate::model::Event::MovementNoted { .. }
            | $crate::model::Event::TerminalTroubleNoted { .. }
            | $crate::model::Event::CrewActRefused { .. }
            | $crate::model::Event::ClockCorrected { .. }
            | $crate::model::Event::JournalSetBack { .. }
    };
}

/// The pattern of the events of which the log says no more than their name and subjects. Every other event has its arm
/// where the log is written.
#[macro_export]
macro_rules! events_told_by_their_name {
    () => {
        $crate::model::Event::IncidentResumed { .. }
            | $crate::model::Event::IncidentClosed { .. }
            | $crate::model::Event::DeviceReceiptRecorded { .. }
            | $crate::model::Event::OrderLapsed { .. }
            | $crate::model::Event::OrderChangeAcknowledged { .. }
            | $crate::model::Event::VehicleResumed { .. }
            | $crate::model::Event::VehicleWentOffDuty { .. }
            | $crate::model::Event::VehicleCameOnDuty { .. }
            | $crate::model::Event::VehicleReturnedToStation { .. }
            | $crate::model::Event::HandOverConfirmed { .. }
            | $crate::model::Event::SosRaised { .. }
            | $crate::model::Event::MessagesRead { .. }
            | $crate::model::Event::CrewBackReported { .. }
            | $crate::model::Event::RefusedPressesSeen { .. }
            | $crate::model::Event::FollowOnAcknowledged { .. }
            | $crate::model::Event::VehicleRetired { .. }
    };
}
