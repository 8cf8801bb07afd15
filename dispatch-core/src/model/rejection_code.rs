//! The stable code of every refusal, and how its sentence lists vehicles.

use super::{Rejection, VehicleId};

impl Rejection {
    /// The stable code, in snake case; consoles translate by it.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::UnknownIncident { .. } => "unknown_incident",
            Self::UnknownTask { .. } => "unknown_task",
            Self::UnknownVehicle { .. } => "unknown_vehicle",
            Self::IncidentOver { .. } => "incident_over",
            Self::IncidentStillOpen { .. } => "incident_still_open",
            Self::UnknownCall { .. } => "unknown_call",
            Self::CallOpenedIncident { .. } => "call_opened_incident",
            Self::CallAlreadySeparated { .. } => "call_already_separated",
            Self::AlreadySuspended { .. } => "already_suspended",
            Self::NotSuspended { .. } => "not_suspended",
            Self::TasksStillRunning { .. } => "tasks_still_running",
            Self::VehicleOnTask { .. } => "vehicle_on_task",
            Self::VehicleNotAvailable { .. } => "vehicle_not_available",
            Self::VehicleNotOnTask { .. } => "vehicle_not_on_task",
            Self::PatientOnBoard { .. } => "patient_on_board",
            Self::CrewAtScene { .. } => "crew_at_scene",
            Self::AbortWithPatient { .. } => "abort_with_patient",
            Self::PatientsUnaccounted { .. } => "patients_unaccounted",
            Self::OrderReceived { .. } => "order_received",
            Self::AlreadyOnIncident { .. } => "already_on_incident",
            Self::NoVehicleNamed => "no_vehicle_named",
            Self::VehicleNamedTwice { .. } => "vehicle_named_twice",
            Self::TooManyVehicles { .. } => "too_many_vehicles",
            Self::TaskOver { .. } => "task_over",
            Self::OrderExpired { .. } => "order_expired",
            Self::MilestoneOutOfOrder { .. } => "milestone_out_of_order",
            Self::TimeOutOfOrder { .. } => "time_out_of_order",
            Self::NotLatestMilestone { .. } => "not_latest_milestone",
            Self::CreationNotPressed => "creation_not_pressed",
            Self::AlreadyInState { .. } => "already_in_state",
            Self::AlreadyHere { .. } => "already_here",
            Self::UnknownHandOver { .. } => "unknown_hand_over",
            Self::HandOverNotForUs { .. } => "hand_over_not_for_us",
            Self::NoOrderChange { .. } => "no_order_change",
            Self::NoSos { .. } => "no_sos",
            Self::NothingToAnswer { .. } => "nothing_to_answer",
            Self::CrewWaits { .. } => "crew_waits",
            Self::BadField { .. } => "bad_field",
            Self::IncidentFull { .. } => "incident_full",
            Self::NeverServed { .. } => "never_served",
            Self::NotYourVehicle { .. } => "not_your_vehicle",
            Self::NotForCrews => "not_for_crews",
            Self::VehicleLent { .. } => "vehicle_lent",
            Self::NoneSent { .. } => "none_sent",
            Self::VehicleRetired { .. } => "vehicle_retired",
            Self::CrewReportOpen { .. } => "crew_report_open",
            Self::NothingToSettle { .. } => "nothing_to_settle",
            Self::NotAtHospital { .. } => "not_at_hospital",
            Self::AlreadyPromised { .. } => "already_promised",
            Self::NoFollowOn { .. } => "no_follow_on",
            Self::CrewOutOfTouch { .. } => "crew_out_of_touch",
            Self::SeveralDangers { .. } => "several_dangers",
            Self::PatientBeforeExercise { .. } => "patient_before_exercise",
            Self::ExerciseApart { .. } => "exercise_apart",
            Self::NoSuggestion { .. } => "no_suggestion",
            Self::NoMove { .. } => "no_move",
            Self::CommandGap { .. } => "command_gap",
        }
    }
}

/// Vehicles as a sentence lists them.
pub(super) fn names(vehicles: &[VehicleId]) -> String {
    vehicles.iter().map(VehicleId::as_str).collect::<Vec<_>>().join(", ")
}

/// Vehicles with the code of their refusal.
pub(super) fn refusals(refused: &[(VehicleId, &'static str)]) -> String {
    let each = refused.iter().map(|(vehicle, code)| format!("{vehicle} ({code})"));
    each.collect::<Vec<_>>().join(", ")
}

/// Warnings one after the other.
pub(super) fn sentences(dangers: &[Rejection]) -> String {
    dangers.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}
