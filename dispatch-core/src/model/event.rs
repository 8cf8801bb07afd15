//! What has happened. Past tense; the only part of the model that is stored.
//!
//! A changed event adds a version with an upcaster and a golden file; stored ones are never edited.

use super::*;
use serde::{Deserialize, Serialize};

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
        #[serde(rename = "acceptance")]
        call_id: CallId,
        /// The call.
        details: Box<CallDetails>,
        /// What this caller said, for every call but the first; absent in journals from before it was kept.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        said: Option<Box<CallerWords>>,
    },
    /// A call turned out to be about something else and is an incident of its own now.
    CallSeparated {
        /// The incident it was linked to.
        incident: IncidentId,
        /// The call.
        #[serde(rename = "acceptance")]
        call_id: CallId,
        /// The incident it is now.
        to: IncidentId,
    },
    /// A call's outcome is known (受理结果).
    CallConcluded {
        /// The incident.
        incident: IncidentId,
        /// The call.
        #[serde(rename = "acceptance")]
        call_id: CallId,
        /// How it ended.
        outcome: CallOutcome,
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
    /// So many vehicles are wanted for the incident.
    VehiclesWanted {
        /// The incident.
        incident: IncidentId,
        /// How many in all.
        vehicles: u16,
    },
    /// It was told what became of patients besides what crews told of their own tasks.
    PatientsAccounted {
        /// The incident.
        incident: IncidentId,
        /// Patients carried whom no crew told of.
        #[serde(default, skip_serializing_if = "Change::is_keep")]
        carried: Change<u16>,
        /// How many there are, and what became of those not carried.
        patients: PatientChanges,
        /// Who said so.
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
        /// The task it was taken from, when diverted.
        previous_task: Option<TaskId>,
        /// What was offered when it was chosen.
        offer: Option<OfferRecord>,
    },
    /// The terminal has the order.
    DeviceReceiptRecorded {
        /// The task.
        task: TaskId,
    },
    /// The order was sent again.
    OrderResent {
        /// The task.
        task: TaskId,
        /// After this moment the order must not be shown as new.
        order_expires_at: Timestamp,
    },
    /// The order's time ran out and nobody had received it; its incident waits again.
    OrderLapsed {
        /// The task.
        task: TaskId,
    },
    /// The crew has seen what changed in its order, or was told by radio.
    OrderChangeAcknowledged {
        /// The task.
        task: TaskId,
        /// Every change up to this journal version.
        through: u64,
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
    /// What was told along with milestones was put right.
    TaskDetailsCorrected(TaskCorrection),
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
        reason: Reasoned<DivertReason>,
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
        #[serde(rename = "hand_over")]
        transfer: VehicleTransfer,
    },
    /// The vehicle came to this centre from another.
    VehicleTakenOver {
        /// The hand-over.
        #[serde(rename = "hand_over")]
        transfer: VehicleTransfer,
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
    /// An entry in the vehicle's log.
    VehicleLogged {
        /// The vehicle.
        vehicle: VehicleId,
        /// What was written.
        entry: VehicleLogEntry,
    },
    /// A person began to look through a camera of the vehicle. Nothing of the picture is kept.
    CameraWatched {
        /// The vehicle.
        vehicle: VehicleId,
        /// The task it was on, if any.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        task: Option<TaskId>,
        /// Which of its cameras, from 1.
        channel: u8,
    },
    /// A dispatcher wrote to the crew.
    MessageSent {
        /// The vehicle.
        vehicle: VehicleId,
        /// The task it was on, if any.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        task: Option<TaskId>,
        /// The words.
        text: String,
    },
    /// The crew has read what the centre wrote.
    MessagesRead {
        /// The vehicle.
        vehicle: VehicleId,
        /// Every message up to this number.
        through: u64,
    },
    /// The crew wrote to the centre.
    CrewWrote {
        /// The vehicle.
        vehicle: VehicleId,
        /// The task it was on, if any.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        task: Option<TaskId>,
        /// What it asks for, where it asks for something.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        need: Option<CrewNeed>,
        /// The words.
        text: String,
    },
    /// A dispatcher has seen what the crew wrote, and answered.
    CrewAnswered {
        /// The vehicle.
        vehicle: VehicleId,
        /// The task it was on, if any.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        task: Option<TaskId>,
        /// Every message up to this number.
        through: u64,
        /// The answer; may be empty.
        text: String,
    },
    /// A crew's press about a task that the centre had ended, or whose later steps were written already.
    /// It is taken as the fact it is, at the time it was pressed.
    MilestoneReported {
        /// The vehicle.
        vehicle: VehicleId,
        /// The task; unknown here when the vehicle was lent since.
        task: TaskId,
        /// Which milestone.
        milestone: Milestone,
        /// What was told with it.
        details: MilestoneDetails,
        /// True when it contradicts what the centre did: the vehicle then counts as reported, and cannot
        /// be sent, until a dispatcher settles it.
        contradicts: bool,
        /// Whether it was pressed before the task's end was recorded; absent when no clock can tell.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        before_end: Option<bool>,
    },
    /// A dispatcher settled a crew's report that contradicted the centre.
    CrewReportSettled {
        /// The vehicle.
        vehicle: VehicleId,
        /// The task it spoke of.
        task: TaskId,
        /// True when the report holds and the task goes on; false when the press was wrong.
        kept: bool,
        /// The milestones that the report told and nobody knew before; struck when it is not kept.
        told: Vec<Milestone>,
        /// What was done, in words.
        note: String,
    },
    /// A crew was away before it was given an order that it has not received; its incident waits again.
    CrewAwayReported {
        /// The vehicle.
        vehicle: VehicleId,
        /// The task whose order it had not received.
        task: TaskId,
        /// What it said.
        away: Away,
    },
    /// A crew that had said so is there after all.
    CrewBackReported {
        /// The vehicle.
        vehicle: VehicleId,
        /// The task that it can do.
        task: TaskId,
    },
    /// A dispatcher has seen to the refused presses of a crew.
    RefusedPressesSeen {
        /// The vehicle.
        vehicle: VehicleId,
    },
    /// A vehicle at a hospital got its next order, which becomes a task as its crew gets free.
    FollowOnGiven {
        /// The vehicle.
        vehicle: VehicleId,
        /// For which incident.
        incident: IncidentId,
        /// After this moment it does not become a task.
        expires_at: Timestamp,
    },
    /// The crew has seen its next order.
    FollowOnAcknowledged {
        /// The vehicle.
        vehicle: VehicleId,
        /// For which incident.
        incident: IncidentId,
    },
    /// A next order ended without becoming a task; its incident waits on.
    FollowOnEnded {
        /// The vehicle.
        vehicle: VehicleId,
        /// For which incident.
        incident: IncidentId,
        /// Why.
        why: FollowOnEnd,
    },
    /// The centre is advised of moves from now on, or not any more.
    MoveAdviceSet {
        /// Whether it is.
        advice: MoveAdvice,
    },
    /// A move was suggested.
    MoveSuggested {
        /// What was suggested.
        suggestion: MoveSuggestion,
    },
    /// A suggestion was answered, or does not hold any more.
    MoveSuggestionEnded {
        /// For which vehicle.
        vehicle: VehicleId,
        /// Which suggestion.
        number: u64,
        /// How it ended.
        #[serde(flatten)]
        end: SuggestionEnd,
        /// Until this moment neither the vehicle nor the station is suggested again.
        silent_until: Timestamp,
    },
    /// A free vehicle was given a station to wait at.
    MoveGiven {
        /// The vehicle.
        vehicle: VehicleId,
        /// The station.
        station: StationId,
        /// The suggestion that it follows, if it does.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        suggestion: Option<u64>,
    },
    /// The crew has seen where it is to wait, and sets out.
    MoveAcknowledged {
        /// The vehicle.
        vehicle: VehicleId,
        /// The station.
        station: StationId,
    },
    /// The vehicle waits at the station it was moved to.
    StandbyReached {
        /// The vehicle.
        vehicle: VehicleId,
        /// The station.
        station: StationId,
    },
    /// A move was taken back; the vehicle stays where it is.
    MoveWithdrawn {
        /// The vehicle.
        vehicle: VehicleId,
        /// The station.
        station: StationId,
    },
    /// A crew pressed something that could not be carried out; kept so that nothing pressed is lost.
    CrewActRefused {
        /// The vehicle.
        vehicle: VehicleId,
        /// What was pressed, e.g. `at_scene`.
        #[serde(rename = "act")]
        command: String,
        /// The task it spoke of, if any.
        task: Option<TaskId>,
        /// The rejection's code.
        code: String,
        /// True when a dispatcher is to see it; absent in journals from before that was asked.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        to_see: bool,
    },
    /// A vehicle's positions showed something of its movement, or that it is over. Nothing follows from it.
    MovementNoted {
        /// The vehicle.
        vehicle: VehicleId,
        /// What.
        #[serde(flatten)]
        movement: Movement,
        /// Since when, by the satellites' time.
        since: Timestamp,
        /// True when it is over.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        over: bool,
    },
    /// Something is wrong between a terminal and its centre.
    TerminalTroubleNoted {
        /// The vehicle.
        vehicle: VehicleId,
        /// What.
        trouble: TerminalTrouble,
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
    /// A clock was ahead: events before carry times that had not come yet, and what those set going counts from now.
    ClockCorrected {
        /// The time that the journal had reached by the wrong clock.
        newest: Timestamp,
    },
    /// The journal was found set back: events that had been acknowledged are not in it.
    JournalSetBack {
        /// From where to where.
        set_back: SetBack,
    },
}
