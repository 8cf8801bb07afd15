//! The stable name of every kind of event.

use super::Event;

impl Event {
    /// The stable name of its kind, the same as the `type` it is stored with.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::IncidentOpened { .. } => "incident_opened",
            Self::CallTaken { .. } => "call_taken",
            Self::CallSeparated { .. } => "call_separated",
            Self::CallConcluded { .. } => "call_concluded",
            Self::IncidentAmended { .. } => "incident_amended",
            Self::IncidentSuspended { .. } => "incident_suspended",
            Self::IncidentResumed { .. } => "incident_resumed",
            Self::IncidentRefused { .. } => "incident_refused",
            Self::IncidentCancelled { .. } => "incident_cancelled",
            Self::IncidentClosed { .. } => "incident_closed",
            Self::IncidentReopened { .. } => "incident_reopened",
            Self::VehiclesWanted { .. } => "vehicles_wanted",
            Self::PatientsAccounted { .. } => "patients_accounted",
            Self::NoteAdded { .. } => "note_added",
            Self::TaskCreated { .. } => "task_created",
            Self::DeviceReceiptRecorded { .. } => "device_receipt_recorded",
            Self::OrderResent { .. } => "order_resent",
            Self::OrderLapsed { .. } => "order_lapsed",
            Self::OrderChangeAcknowledged { .. } => "order_change_acknowledged",
            Self::MilestoneReached { .. } => "milestone_reached",
            Self::MilestoneCorrected { .. } => "milestone_corrected",
            Self::MilestoneUndone { .. } => "milestone_undone",
            Self::TaskAborted { .. } => "task_aborted",
            Self::TaskRedirected { .. } => "task_redirected",
            Self::VehiclePaused { .. } => "vehicle_paused",
            Self::VehicleResumed { .. } => "vehicle_resumed",
            Self::VehicleWentOffDuty { .. } => "vehicle_went_off_duty",
            Self::VehicleCameOnDuty { .. } => "vehicle_came_on_duty",
            Self::VehicleReturnedToStation { .. } => "vehicle_returned_to_station",
            Self::CrewAssigned { .. } => "crew_assigned",
            Self::VehicleHandedOver { .. } => "vehicle_handed_over",
            Self::VehicleTakenOver { .. } => "vehicle_taken_over",
            Self::HandOverConfirmed { .. } => "hand_over_confirmed",
            Self::SosRaised { .. } => "sos_raised",
            Self::SosCleared { .. } => "sos_cleared",
            Self::MilestoneReported { .. } => "milestone_reported",
            Self::CrewReportSettled { .. } => "crew_report_settled",
            Self::RefusedPressesSeen { .. } => "refused_presses_seen",
            Self::FollowOnGiven { .. } => "follow_on_given",
            Self::FollowOnAcknowledged { .. } => "follow_on_acknowledged",
            Self::FollowOnEnded { .. } => "follow_on_ended",
            Self::CrewActRefused { .. } => "crew_act_refused",
            Self::TerminalTroubleNoted { .. } => "terminal_trouble_noted",
            Self::VehicleEnrolled { .. } => "vehicle_enrolled",
            Self::VehicleAmended { .. } => "vehicle_amended",
            Self::VehicleRetired { .. } => "vehicle_retired",
            Self::ClockCorrected { .. } => "clock_corrected",
            Self::JournalSetBack { .. } => "journal_set_back",
        }
    }
}
