//! The table of commands: one row for each, with its stable name, who gives it and what it is about.
//!
//! What else the code asks of a command (which crew may press it, which vehicles it moves, whose help it takes
//! away, which roles may give it) follows from its row; only [`decide`](crate::decide) tells commands apart.

use super::{Command, IncidentId, MessageAct, TaskId, VehicleId};

/// Whose command it is. Roles are given these classes outside the core.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GivenBy {
    /// Writing down calls and what became of them: call-takers, and everybody who dispatches.
    CallTaker,
    /// Sending and moving vehicles, and ending what they do.
    Dispatcher,
    /// How a centre works: supervisors, and the duty officer of the region.
    Supervisor,
    /// Only the terminal of a vehicle.
    Crew,
    /// Only the server itself: timers, the region folder, the other centre.
    Server,
}

/// What a command is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About<'a> {
    /// The centre as a whole.
    Centre,
    /// An incident.
    Incident(&'a IncidentId),
    /// A task, and with it the vehicle that serves it.
    Task(&'a TaskId),
    /// A vehicle.
    Vehicle(&'a VehicleId),
    /// Several vehicles.
    Vehicles(&'a [VehicleId]),
}

/// One command's row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CommandRow<'a> {
    /// Its stable name, as on the wire and in the journal's refused presses.
    pub name: &'static str,
    /// Whose command it is.
    pub given_by: GivenBy,
    /// What it is about.
    pub about: About<'a>,
    /// Whether the crew of the vehicle it is about may press it.
    pub crew_may_press: bool,
    /// Whether it ends or diverts a task that runs on what it is about.
    pub ends_tasks: bool,
}

impl<'a> CommandRow<'a> {
    const fn new(name: &'static str, given_by: GivenBy, about: About<'a>) -> Self {
        Self { name, given_by, about, crew_may_press: false, ends_tasks: false }
    }

    const fn or_crew(self) -> Self {
        Self { crew_may_press: true, ..self }
    }

    const fn ends_task(self) -> Self {
        Self { ends_tasks: true, ..self }
    }
}

macro_rules! command_table {
    ($($pattern:pat => $name:literal $by:ident $about:expr $(, $flag:ident)*;)+) => {
        const GIVEN_BY: &[(&str, GivenBy)] = &[$(($name, GivenBy::$by)),+];

        impl Command {
            /// Its row in the table.
            pub fn row(&self) -> CommandRow<'_> {
                use About::{Centre, Incident, Task, Vehicle, Vehicles};
                match self {
                    $($pattern => CommandRow::new($name, GivenBy::$by, $about)$(.$flag())*),+
                }
            }
        }
    };
}

command_table! {
    Command::TakeCall(_)                         => "take_call"                CallTaker  Centre;
    Command::SeparateCall { incident, .. }       => "separate_call"            CallTaker  Incident(incident);
    Command::ChangeOutcome { incident, .. }      => "change_outcome"           CallTaker  Incident(incident);
    Command::AmendIncident { incident, .. }      => "amend_incident"           CallTaker  Incident(incident);
    Command::SuspendIncident { incident, .. }    => "suspend_incident"         CallTaker  Incident(incident), ends_task;
    Command::ResumeIncident { incident }         => "resume_incident"          CallTaker  Incident(incident);
    Command::RefuseIncident { incident, .. }     => "refuse_incident"          CallTaker  Incident(incident), ends_task;
    Command::CancelIncident { incident, .. }     => "cancel_incident"          CallTaker  Incident(incident), ends_task;
    Command::AddNote { incident, .. }            => "add_note"                 CallTaker  Incident(incident);
    Command::CloseIncident { incident }          => "close_incident"           Dispatcher Incident(incident), ends_task;
    Command::ReopenIncident { incident, .. }     => "reopen_incident"          Dispatcher Incident(incident);
    Command::WantVehicles { incident, .. }       => "want_vehicles"            Dispatcher Incident(incident);
    Command::AccountForPatients { incident, .. } => "account_for_patients"     Dispatcher Incident(incident);
    Command::DispatchVehicles { vehicles, .. }   => "dispatch_vehicles"        Dispatcher Vehicles(vehicles);
    Command::DivertVehicle { vehicle, .. }     => "divert_vehicle"         Dispatcher Vehicle(vehicle), ends_task;
    Command::AbortTask { task, .. }              => "abort_task"               Dispatcher Task(task), or_crew, ends_task;
    Command::ResendOrder { task }                => "resend_order"             Dispatcher Task(task);
    Command::AcknowledgeOrderChange { task, .. } => "acknowledge_order_change" Dispatcher Task(task), or_crew;
    Command::RecordMilestone { task, .. }         => "record_milestone"          Dispatcher Task(task), or_crew;
    Command::CorrectMilestone { task, .. }       => "correct_milestone"        Dispatcher Task(task), or_crew;
    Command::CorrectDetails { task, .. }         => "correct_details"          Dispatcher Task(task);
    Command::UndoMilestone { task, .. }          => "undo_milestone"           Dispatcher Task(task), or_crew;
    Command::PauseVehicle { vehicle, .. }        => "pause_vehicle"            Dispatcher Vehicle(vehicle), or_crew, ends_task;
    Command::ResumeVehicle { vehicle }           => "resume_vehicle"           Dispatcher Vehicle(vehicle), or_crew;
    Command::GoOffDuty { vehicle }               => "go_off_duty"              Dispatcher Vehicle(vehicle), or_crew, ends_task;
    Command::GoOnDuty { vehicle }                => "go_on_duty"               Dispatcher Vehicle(vehicle), or_crew;
    Command::ReturnToStation { vehicle }         => "return_to_station"        Dispatcher Vehicle(vehicle), or_crew;
    Command::AssignCrew { vehicle, .. }          => "assign_crew"              Dispatcher Vehicle(vehicle), or_crew;
    Command::LogVehicle { vehicle, .. }          => "log_vehicle"              Dispatcher Vehicle(vehicle), or_crew;
    Command::WatchCamera { vehicle, .. }         => "watch_camera"             Dispatcher Vehicle(vehicle);
    Command::LendVehicle { vehicle, .. }         => "lend_vehicle"             Dispatcher Vehicle(vehicle), ends_task;
    Command::ClearSos { vehicle, .. }            => "clear_sos"                Dispatcher Vehicle(vehicle);
    Command::Message { vehicle, act: MessageAct::Send { .. } } => "send_message" Dispatcher Vehicle(vehicle);
    Command::Message { vehicle, act: MessageAct::Answer { .. } } => "answer_crew" Dispatcher Vehicle(vehicle);
    Command::SettleCrewReport { vehicle, .. }    => "settle_crew_report"       Dispatcher Vehicle(vehicle), ends_task;
    Command::SeeRefusedPresses { vehicle }       => "see_refused_presses"      Dispatcher Vehicle(vehicle);
    Command::GiveFollowOn { vehicle, .. }        => "give_follow_on"           Dispatcher Vehicle(vehicle);
    Command::WithdrawFollowOn { vehicle }        => "withdraw_follow_on"       Dispatcher Vehicle(vehicle);
    Command::AcceptMove { vehicle, .. }          => "accept_move"              Dispatcher Vehicle(vehicle);
    Command::IgnoreMove { vehicle, .. }          => "ignore_move"              Dispatcher Vehicle(vehicle);
    Command::GiveMove { vehicle, .. }            => "give_move"                Dispatcher Vehicle(vehicle);
    Command::AcknowledgeMove { vehicle, .. }     => "acknowledge_move"         Dispatcher Vehicle(vehicle), or_crew;
    Command::WithdrawMove { vehicle }            => "withdraw_move"            Dispatcher Vehicle(vehicle);
    Command::SetMoveAdvice { .. }                => "set_move_advice"          Supervisor Centre;
    Command::RecordDeviceReceipt { task }        => "device_receipt"           Crew       Task(task), or_crew;
    Command::AcknowledgeFollowOn { vehicle, .. } => "acknowledge_follow_on"    Crew       Vehicle(vehicle), or_crew;
    Command::Message { vehicle, act: MessageAct::Read { .. } } => "read_messages" Crew Vehicle(vehicle), or_crew;
    Command::Message { vehicle, act: MessageAct::Write { .. } } => "write_to_centre" Crew Vehicle(vehicle), or_crew;
    Command::RaiseSos { vehicle }                => "raise_sos"                Crew       Vehicle(vehicle), or_crew;
    Command::LapseOrder { task }                 => "lapse_order"              Server     Task(task);
    Command::SuggestMove { suggestion }          => "suggest_move"             Server     Vehicle(&suggestion.vehicle);
    Command::EndSuggestion { vehicle, .. }       => "end_suggestion"           Server     Vehicle(vehicle);
    Command::TakeOverVehicle { transfer }       => "take_over_vehicle"        Server     Vehicle(&transfer.vehicle);
    Command::ConfirmHandOver { vehicle, .. }     => "confirm_hand_over"        Server     Vehicle(vehicle);
    Command::NoteTerminalTrouble { vehicle, .. } => "note_terminal_trouble"    Server     Vehicle(vehicle);
    Command::NoteMovement { vehicle, .. }        => "note_movement"            Server     Vehicle(vehicle);
    Command::EnrolVehicle { vehicle, .. }        => "enrol_vehicle"            Server     Vehicle(vehicle);
    Command::AmendVehicle { vehicle, .. }        => "amend_vehicle"            Server     Vehicle(vehicle);
    Command::RetireVehicle { vehicle }           => "retire_vehicle"           Server     Vehicle(vehicle), ends_task;
    Command::CorrectClock                        => "correct_clock"            Server     Centre;
    Command::RecordSetBack { .. }                => "record_set_back"          Server     Centre;
}

impl Command {
    /// Whose command one of this name is; nothing when there is none.
    pub fn given_by(name: &str) -> Option<GivenBy> {
        GIVEN_BY.iter().find(|(known, _)| *known == name).map(|(_, given_by)| *given_by)
    }
}
