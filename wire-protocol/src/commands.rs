//! Commands: everything a person at a console can order, through one door, `POST /api/v1/commands`.

pub use crate::call::*;
pub use crate::command_answer::CommandAnswer;
pub use crate::crew_member::CrewMember;
pub use crate::details::*;
use crate::offer::OfferRecord;
pub use crate::problem::Confirmation;
use crate::vehicle_log::VehicleLogEntry;
use crate::vocabulary::*;

wire! {
    /// What to do. The same words serve keys, clicks, the command line and tests.
    #[derive(strum::IntoStaticStr)]
    #[serde(tag = "type")]
    #[strum(serialize_all = "snake_case")]
    pub enum Command {
        /// Take a call: a new incident, or one more call about an open one.
        TakeCall {
            /// The open incident this call is about.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            link_to: Option<String>,
            /// What the caller said: what a new incident is opened with, and what is kept with a call about
            /// an open one.
            facts: Box<IncidentFacts>,
            /// The call.
            details: Box<CallDetails>,
            /// How it ended, when it ended without a vehicle.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            outcome: Option<CallOutcome>,
            /// How many vehicles the incident wants in all; never lowers it.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            vehicles_wanted: Option<u16>,
        },
        /// Take a call apart from the incident it was linked to: it becomes an incident of its own.
        SeparateCall {
            /// The incident it is linked to.
            incident: String,
            /// The call; not the one that opened the incident.
            call: String,
        },
        /// Say what a linked call was after all.
        ChangeOutcome {
            /// The incident it is linked to.
            incident: String,
            /// The call; not the one that opened the incident.
            call: String,
            /// What it was.
            outcome: CallOutcome,
        },
        /// Amend an incident.
        AmendIncident {
            /// Which.
            incident: String,
            /// What changes.
            changes: Box<IncidentChanges>,
        },
        /// Let an incident wait.
        SuspendIncident {
            /// Which.
            incident: String,
            /// Why.
            reason: SuspendReason,
            /// In words.
            #[serde(default)]
            note: String,
        },
        /// Take a waiting incident up again.
        ResumeIncident {
            /// Which.
            incident: String,
        },
        /// Refuse an incident.
        RefuseIncident {
            /// Which.
            incident: String,
            /// Why.
            reason: RefuseReason,
            /// In words.
            #[serde(default)]
            note: String,
        },
        /// Cancel an incident and call back its vehicles.
        CancelIncident {
            /// Which.
            incident: String,
            /// Why.
            reason: CancelReason,
            /// In words.
            #[serde(default)]
            note: String,
            /// True from consoles of an earlier release that were told of a crew out of touch; newer ones name
            /// the danger in `confirmed` of the request.
            #[serde(default, skip_serializing_if = "std::ops::Not::not")]
            confirmed: bool,
        },
        /// Close an incident.
        CloseIncident {
            /// Which.
            incident: String,
        },
        /// Open a finished incident again.
        ReopenIncident {
            /// Which.
            incident: String,
            /// Why, in words.
            #[serde(default)]
            note: String,
        },
        /// Say how many vehicles an incident wants, more or fewer than before.
        WantVehicles {
            /// Which incident.
            incident: String,
            /// How many in all, those that came included; at least 1.
            vehicles: u16,
        },
        /// Say what became of patients besides what crews told, or take it back. The incident closes itself when that was
        /// all that was missing.
        AccountForPatients {
            /// Which incident.
            incident: String,
            /// Patients carried whom no crew told of; `null` takes back what was told.
            #[serde(default, skip_serializing_if = "Change::is_keep")]
            #[cfg_attr(feature = "openapi", schema(value_type = Option<u16>, required = false))]
            carried: Change<u16>,
            /// How many there are, and what became of those not carried.
            #[serde(default)]
            patients: PatientChanges,
            /// Who said so.
            #[serde(default)]
            note: String,
        },
        /// Send an order again that nobody has received.
        ResendOrder {
            /// Which task.
            task: String,
        },
        /// A crew was told by radio what changed in its order.
        AcknowledgeOrderChange {
            /// Which task.
            task: String,
            /// Every change up to this journal version.
            through: u64,
        },
        /// Write a note.
        AddNote {
            /// On which incident.
            incident: String,
            /// The note.
            text: String,
        },
        /// Send vehicles, all or none.
        DispatchVehicles {
            /// To which incident.
            incident: String,
            /// Which vehicles.
            vehicles: Vec<String>,
            /// What the ranking had offered.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            offer: Option<OfferRecord>,
        },
        /// Take a vehicle from its running task to another incident.
        DivertVehicle {
            /// Which vehicle.
            vehicle: String,
            /// Where to.
            to_incident: String,
            /// Why.
            reason: DivertReason,
            /// In words.
            #[serde(default)]
            note: String,
            /// True from consoles of an earlier release that were told of a crew out of touch; newer ones name
            /// the danger in `confirmed` of the request.
            #[serde(default, skip_serializing_if = "std::ops::Not::not")]
            confirmed: bool,
        },
        /// Enter a milestone for a crew that cannot press it.
        RecordMilestone {
            /// Which task.
            task: String,
            /// Which milestone.
            milestone: Milestone,
            /// What was told with it.
            #[serde(default)]
            details: MilestoneDetails,
        },
        /// Write a milestone's true time as a second entry.
        CorrectMilestone {
            /// Which task.
            task: String,
            /// Which milestone.
            milestone: Milestone,
            /// When it truly was.
            truly_at: i64,
            /// Why, in words.
            note: String,
        },
        /// Put right what was told along with a task's milestones.
        CorrectDetails {
            /// Which task.
            task: String,
            /// What changes.
            changes: Box<DetailChanges>,
            /// Why, in words.
            #[serde(default)]
            note: String,
        },
        /// Take back the latest milestone.
        UndoMilestone {
            /// Which task.
            task: String,
            /// Which milestone.
            milestone: Milestone,
        },
        /// End a task before its normal end.
        AbortTask {
            /// Which task.
            task: String,
            /// Why.
            reason: AbortReason,
            /// In words.
            #[serde(default)]
            note: String,
            /// True from consoles of an earlier release that were told of a crew out of touch; newer ones name
            /// the danger in `confirmed` of the request.
            #[serde(default, skip_serializing_if = "std::ops::Not::not")]
            confirmed: bool,
        },
        /// Make a vehicle unavailable for a while.
        PauseVehicle {
            /// Which.
            vehicle: String,
            /// Why.
            reason: PauseReason,
            /// In words.
            #[serde(default)]
            note: String,
        },
        /// End a pause.
        ResumeVehicle {
            /// Which.
            vehicle: String,
        },
        /// Take a vehicle off duty.
        GoOffDuty {
            /// Which.
            vehicle: String,
        },
        /// Bring a vehicle on duty.
        GoOnDuty {
            /// Which.
            vehicle: String,
        },
        /// A free vehicle on the road is back at its station.
        ReturnToStation {
            /// Which.
            vehicle: String,
        },
        /// Name a vehicle's crew.
        AssignCrew {
            /// Which vehicle.
            vehicle: String,
            /// The crew.
            crew: Vec<CrewMember>,
        },
        /// Lend a vehicle to another centre, or give it back to its own.
        LendVehicle {
            /// Which vehicle.
            vehicle: String,
            /// To whom; its home centre to give it back.
            to: String,
            /// Why, in words.
            #[serde(default, skip_serializing_if = "String::is_empty")]
            note: String,
        },
        /// Settle a crew's report that contradicts what the centre did.
        SettleCrewReport {
            /// Which vehicle.
            vehicle: String,
            /// True to keep the patient: the task goes on, its incident is open again. False when the
            /// crew's press was wrong.
            keep: bool,
            /// What was done.
            #[serde(default)]
            note: String,
        },
        /// A dispatcher has seen to the refused presses of a crew.
        SeeRefusedPresses {
            /// Which vehicle.
            vehicle: String,
        },
        /// Give a vehicle at a hospital its next order; it becomes a task as its crew finishes.
        GiveFollowOn {
            /// Which vehicle.
            vehicle: String,
            /// For which incident.
            incident: String,
        },
        /// Take back a vehicle's next order.
        WithdrawFollowOn {
            /// Which vehicle.
            vehicle: String,
        },
        /// Accept a suggested move: the vehicle is given it.
        AcceptMove {
            /// Which vehicle.
            vehicle: String,
            /// Which suggestion.
            number: u64,
        },
        /// Ignore a suggested move.
        IgnoreMove {
            /// Which vehicle.
            vehicle: String,
            /// Which suggestion.
            number: u64,
            /// Why.
            reason: MoveIgnoreReason,
            /// In words.
            #[serde(default)]
            note: String,
        },
        /// Have a free vehicle wait at another station.
        GiveMove {
            /// Which vehicle.
            vehicle: String,
            /// At which station.
            station: String,
        },
        /// The crew said by radio that it has seen where it is to wait, and sets out.
        AcknowledgeMove {
            /// Which vehicle.
            vehicle: String,
            /// At which station.
            station: String,
        },
        /// Take back a move; the vehicle stays where it is.
        WithdrawMove {
            /// Which vehicle.
            vehicle: String,
        },
        /// Have a centre advised of moves, or not.
        SetMoveAdvice {
            /// Whether it is advised.
            advice: MoveAdvice,
        },
        /// Write into a vehicle's log.
        LogVehicle {
            /// Which vehicle.
            vehicle: String,
            /// What is written.
            entry: VehicleLogEntry,
        },
        /// Write to the crew of a vehicle.
        SendMessage {
            /// Which vehicle.
            vehicle: String,
            /// The words.
            text: String,
        },
        /// What a crew wrote has been seen, and is answered.
        AnswerCrew {
            /// Which vehicle.
            vehicle: String,
            /// Every message up to this number.
            through: u64,
            /// The answer; may be empty: that it was seen is one.
            #[serde(default)]
            text: String,
        },
        /// A crew's call for help was dealt with.
        ClearSos {
            /// Which vehicle.
            vehicle: String,
            /// What was done.
            note: String,
        },
    }
}

impl Command {
    /// Its name as on the wire, the `type` it is sent with; says nothing of its content.
    pub fn name(&self) -> &'static str {
        self.into()
    }
}
