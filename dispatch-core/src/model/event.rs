//! What has happened. Past tense; the only part of the model that is stored.
//!
//! A changed event adds a version with an upcaster and a golden file; stored ones are never edited.

use super::*;
use serde::{Deserialize, Serialize};

/// A vehicle on its way from one centre's journal to another's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HandOver {
    /// Which vehicle.
    pub vehicle: VehicleId,
    /// Counts the hand-overs of this vehicle made by the giving centre, from 1.
    pub number: u64,
    /// The giving centre.
    pub from: CentreId,
    /// The taking centre.
    pub to: CentreId,
    /// What the vehicle is.
    pub record: VehicleRecord,
    /// Its crew at hand-over.
    pub crew: Vec<CrewMember>,
    /// Its state at hand-over: available, off duty or paused.
    pub state: VehicleState,
    /// Why it is paused, if it is.
    pub pause: Option<Reasoned<PauseReason>>,
    /// Since when its crew calls for help, if it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sos: Option<Timestamp>,
    /// How far its terminals' acts are recorded, so that the taking centre goes on counting.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outboxes: Vec<OutboxMark>,
}

/// How far the acts of one terminal's outbox are recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutboxMark {
    /// The outbox.
    pub outbox: OutboxId,
    /// The highest act number recorded; all below it are recorded too.
    pub number: u64,
}

/// Everything that can have happened at a centre.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Event {
    /// A new incident.
    IncidentOpened {
        /// Its number.
        incident: IncidentId,
        /// What is known.
        facts: Box<IncidentFacts>,
    },
    /// A call about an incident was taken.
    CallTaken {
        /// The incident.
        incident: IncidentId,
        /// The call's number.
        acceptance: AcceptanceId,
        /// The call.
        details: Box<AcceptanceDetails>,
    },
    /// A call's outcome is known (受理结果).
    CallConcluded {
        /// The incident.
        incident: IncidentId,
        /// The call.
        acceptance: AcceptanceId,
        /// How it ended.
        outcome: AcceptanceOutcome,
    },
    /// What is known of an incident changed.
    IncidentAmended {
        /// The incident.
        incident: IncidentId,
        /// What changed.
        changes: Box<IncidentChanges>,
    },
    /// The incident waits.
    IncidentSuspended {
        /// The incident.
        incident: IncidentId,
        /// Why.
        reason: Reasoned<SuspendReason>,
    },
    /// The incident is taken up again.
    IncidentResumed {
        /// The incident.
        incident: IncidentId,
    },
    /// The incident is refused; it is over.
    IncidentRefused {
        /// The incident.
        incident: IncidentId,
        /// Why.
        reason: Reasoned<RefuseReason>,
    },
    /// The incident is cancelled; it is over.
    IncidentCancelled {
        /// The incident.
        incident: IncidentId,
        /// Why.
        reason: Reasoned<CancelReason>,
    },
    /// The incident is closed.
    IncidentClosed {
        /// The incident.
        incident: IncidentId,
    },
    /// The incident is open again and closes only by hand.
    IncidentReopened {
        /// The incident.
        incident: IncidentId,
        /// Why.
        note: String,
    },
    /// A note was written.
    NoteAdded {
        /// The incident.
        incident: IncidentId,
        /// The note.
        text: String,
    },
    /// A vehicle was sent: its task exists and the order goes out.
    TaskCreated {
        /// The task.
        task: TaskId,
        /// For which incident.
        incident: IncidentId,
        /// Which vehicle.
        vehicle: VehicleId,
        /// Where it sets out from.
        from: SetOutFrom,
        /// Its crew then.
        crew: Vec<CrewMember>,
        /// After this moment the order must not be shown as new.
        order_expires_at: Timestamp,
        /// The task it was taken from, when redirected.
        previous_task: Option<TaskId>,
        /// What was offered when it was chosen.
        offer: Option<OfferRecord>,
    },
    /// The terminal has the order.
    DeviceReceiptRecorded {
        /// The task.
        task: TaskId,
    },
    /// A milestone was reached.
    MilestoneReached {
        /// The task.
        task: TaskId,
        /// Which.
        milestone: Milestone,
        /// What was told with it.
        details: MilestoneDetails,
    },
    /// A milestone's time was corrected by a second entry.
    MilestoneCorrected {
        /// The task.
        task: TaskId,
        /// Which.
        milestone: Milestone,
        /// The time it had, if it had one.
        was_at: Option<Timestamp>,
        /// When it truly was.
        truly_at: Timestamp,
        /// Why.
        note: String,
    },
    /// The latest milestone was taken back.
    MilestoneUndone {
        /// The task.
        task: TaskId,
        /// Which.
        milestone: Milestone,
    },
    /// The task ended before its normal end; the vehicle is free.
    TaskAborted {
        /// The task.
        task: TaskId,
        /// Why.
        reason: Reasoned<AbortReason>,
    },
    /// The task ended because its vehicle was sent elsewhere.
    TaskRedirected {
        /// The task that ended.
        task: TaskId,
        /// Where the vehicle goes.
        to_incident: IncidentId,
        /// Why.
        reason: Reasoned<RedirectReason>,
    },
    /// The vehicle is paused.
    VehiclePaused {
        /// The vehicle.
        vehicle: VehicleId,
        /// Why.
        reason: Reasoned<PauseReason>,
    },
    /// The pause is over.
    VehicleResumed {
        /// The vehicle.
        vehicle: VehicleId,
    },
    /// The vehicle is off duty.
    VehicleWentOffDuty {
        /// The vehicle.
        vehicle: VehicleId,
    },
    /// The vehicle is on duty at its station.
    VehicleCameOnDuty {
        /// The vehicle.
        vehicle: VehicleId,
    },
    /// An available vehicle is back at its station.
    VehicleReturnedToStation {
        /// The vehicle.
        vehicle: VehicleId,
    },
    /// The vehicle has a new crew.
    CrewAssigned {
        /// The vehicle.
        vehicle: VehicleId,
        /// The crew.
        crew: Vec<CrewMember>,
    },
    /// The vehicle left this centre for another.
    VehicleHandedOver {
        /// The hand-over.
        hand_over: HandOver,
    },
    /// The vehicle came to this centre from another.
    VehicleTakenOver {
        /// The hand-over.
        hand_over: HandOver,
    },
    /// The other centre has the vehicle; the hand-over is complete.
    HandOverConfirmed {
        /// The vehicle.
        vehicle: VehicleId,
        /// The hand-over's number.
        number: u64,
    },
    /// The crew called for help.
    SosRaised {
        /// The vehicle.
        vehicle: VehicleId,
    },
    /// The call for help was dealt with.
    SosCleared {
        /// The vehicle.
        vehicle: VehicleId,
        /// What was done.
        note: String,
    },
    /// A crew pressed something that could not be carried out; kept so that nothing pressed is lost.
    CrewActRefused {
        /// The vehicle.
        vehicle: VehicleId,
        /// What was pressed, e.g. `at_scene`.
        act: String,
        /// The task it spoke of, if any.
        task: Option<TaskId>,
        /// The rejection's code.
        code: String,
    },
    /// A vehicle entered service.
    VehicleEnrolled {
        /// The vehicle.
        vehicle: VehicleId,
        /// What it is.
        record: VehicleRecord,
    },
    /// A vehicle's data changed.
    VehicleAmended {
        /// The vehicle.
        vehicle: VehicleId,
        /// What it is now.
        record: VehicleRecord,
    },
    /// A vehicle left service for good.
    VehicleRetired {
        /// The vehicle.
        vehicle: VehicleId,
    },
}

impl Event {
    /// The stable name of its kind, the same as the `type` it is stored with.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::IncidentOpened { .. } => "incident_opened",
            Self::CallTaken { .. } => "call_taken",
            Self::CallConcluded { .. } => "call_concluded",
            Self::IncidentAmended { .. } => "incident_amended",
            Self::IncidentSuspended { .. } => "incident_suspended",
            Self::IncidentResumed { .. } => "incident_resumed",
            Self::IncidentRefused { .. } => "incident_refused",
            Self::IncidentCancelled { .. } => "incident_cancelled",
            Self::IncidentClosed { .. } => "incident_closed",
            Self::IncidentReopened { .. } => "incident_reopened",
            Self::NoteAdded { .. } => "note_added",
            Self::TaskCreated { .. } => "task_created",
            Self::DeviceReceiptRecorded { .. } => "device_receipt_recorded",
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
            Self::CrewActRefused { .. } => "crew_act_refused",
            Self::VehicleEnrolled { .. } => "vehicle_enrolled",
            Self::VehicleAmended { .. } => "vehicle_amended",
            Self::VehicleRetired { .. } => "vehicle_retired",
        }
    }
}

/// An event as the journal holds it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Recorded {
    /// Its number in the centre's journal: 1, 2, 3 ... without gaps.
    pub version: u64,
    /// When, by whom, from where.
    pub provenance: Provenance,
    /// What happened.
    pub event: Event,
}
