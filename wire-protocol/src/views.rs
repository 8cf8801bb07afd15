//! The live picture as consoles hold it: incidents, vehicles, and the log of what happened.

pub use crate::closing::{ClosingDoubt, PatientsView};
use crate::commands::{
    CallDetails, CallOutcome, CrewMember, IncidentFacts, MilestoneDetails, Position,
};
use crate::crew_word::{
    CrewReportView, NextOrderView, OrderChangeView, PromiseView, RefusedPressView,
};
pub use crate::details::{LowerTo, NotComing};
use crate::message::MessageView;
use crate::movement::MovementView;
use crate::moves::{MoveView, SuggestedMoveView};
use crate::offer::OfferRecord;
pub use crate::origin::{OriginView, Stamp};
use crate::route::{NormView, ResponseView};
use crate::vehicle_log::VehicleLogView;
pub use crate::vocabulary::IncidentStage;
use crate::vocabulary::*;

words! {
    /// How a task stands.
    TaskStage {
        /// Running.
        Running,
        /// Ended normally.
        Finished,
        /// Aborted.
        Aborted,
        /// Its vehicle was sent elsewhere.
        Diverted,
    }
    /// What a deadline is about.
    DeadlineKind {
        /// Call answered.
        Answer,
        /// Order sent after the call was taken.
        Order,
        /// The terminal has the order.
        DeviceReceipt,
        /// The crew has the order.
        CrewAcknowledgement,
        /// The crew has seen what changed in its order.
        OrderChange,
        /// The crew has seen its move to another station.
        MoveAcknowledgement,
        /// The crew has pressed the arrival that positions show.
        ArrivalPress,
        /// Vehicle rolls.
        Departure,
        /// Vehicle at the scene.
        Scene,
        /// A fix from the vehicle.
        SilentVehicle,
        /// Too long in one state.
        OverdueInState,
        /// A suspended incident must be looked at again.
        Recheck,
        /// An appointment falls due.
        Appointment,
        /// The crew that was promised is free.
        FollowOn,
        /// The answer whether an incident is to be closed or who else goes.
        CloseDecision,
    }
}

wire! {
    /// A moment something is due. Grey before `warn_at`, yellow until `due_at`, red after.
    #[derive(Copy)]
    pub struct Deadline {
        /// What about.
        pub kind: DeadlineKind,
        /// When to warn.
        pub warn_at: i64,
        /// When it is past.
        pub due_at: i64,
    }

    /// A call about an incident.
    pub struct CallView {
        /// Its number.
        pub id: String,
        /// The call.
        pub details: CallDetails,
        /// How it ended.
        pub outcome: CallOutcome,
        /// When its outcome was known (结束受理).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub concluded_at: Option<i64>,
        /// When the order went out (发送指令).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub order_sent_at: Option<i64>,
        /// Who took it.
        pub taken_by: OriginView,
        /// What this caller said of the incident; absent for the call that opened it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub said: Option<Box<IncidentFacts>>,
        /// The incident of its own that this call is now; it then no longer counts for this one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub separated_to: Option<String>,
        /// To what the incident may be lowered since this call no longer counts.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub lower_to: Option<LowerTo>,
    }

    /// A milestone of a task.
    pub struct MilestoneView {
        /// Which.
        pub milestone: Milestone,
        /// When and by whom.
        pub stamp: Stamp,
    }

    /// One vehicle's task.
    pub struct TaskView {
        /// Its number.
        pub id: String,
        /// The vehicle.
        pub vehicle: String,
        /// How it stands.
        pub stage: TaskStage,
        /// Reason code when aborted or redirected.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub end_reason: Option<String>,
        /// Words with the reason.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub end_note: Option<String>,
        /// Milestones reached, in order.
        pub milestones: Vec<MilestoneView>,
        /// When the terminal confirmed the order.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub device_receipt: Option<Stamp>,
        /// When the order ran out without anybody having received it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub lapsed_at: Option<i64>,
        /// Why its vehicle is not on its way, by its crew's word; then it is no help.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub not_coming: Option<NotComing>,
        /// What changed in its order and its crew has not acknowledged.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub changes: Vec<OrderChangeView>,
        /// When the order expires.
        pub order_expires_at: i64,
        /// What was told along the way.
        pub details: MilestoneDetails,
        /// The crew.
        pub crew: Vec<CrewMember>,
        /// The task its vehicle was taken from.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub previous_task: Option<String>,
        /// What was offered when it was chosen.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub offer: Option<OfferRecord>,
        /// What is due.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub deadlines: Vec<Deadline>,
    }

    /// A note on an incident.
    pub struct NoteView {
        /// When it was made.
        pub at: i64,
        /// Who wrote it.
        pub origin: OriginView,
        /// The note.
        pub text: String,
    }

    /// An incident with its calls and tasks.
    pub struct IncidentView {
        /// Its number.
        pub id: String,
        /// Its centre.
        pub centre: String,
        /// The journal version of its last change.
        pub version: u64,
        /// Where it stands.
        pub stage: IncidentStage,
        /// Reason code when suspended, refused or cancelled.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub reason: Option<String>,
        /// Words with the reason.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub reason_note: Option<String>,
        /// What is known.
        pub facts: IncidentFacts,
        /// When it was opened.
        pub opened_at: i64,
        /// When the first vehicle was sent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub first_dispatch_at: Option<i64>,
        /// When it ended.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub ended_at: Option<i64>,
        /// How many vehicles it wants in all; 1 when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub vehicles_wanted: Option<u16>,
        /// How many of them have not come and are not coming; none when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub vehicles_missing: Option<u16>,
        /// Its patients.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub patients: Option<PatientsView>,
        /// What speaks against closing it, when that is the question.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub closing_doubts: Vec<ClosingDoubt>,
        /// Every call about it.
        pub calls: Vec<CallView>,
        /// Every task for it.
        pub tasks: Vec<TaskView>,
        /// Notes, oldest first.
        pub notes: Vec<NoteView>,
        /// Vehicles that are to come once they are free; not under way.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub promised: Vec<PromiseView>,
        /// What is due.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub deadlines: Vec<Deadline>,
        /// How it stands against the response norm; absent where the norm does not apply.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub response: Option<ResponseView>,
        /// Every norm that applies to it, as figures count it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub norms: Vec<NormView>,
    }

    /// The newest trusted fix of a vehicle.
    pub struct FixView {
        /// Where.
        pub position: Position,
        /// When it was measured.
        pub fix_time: i64,
        /// Metres a second.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub speed_mps: Option<f32>,
        /// Degrees from north.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub heading_deg: Option<f32>,
        /// What is thought of it.
        pub quality: FixQuality,
    }

    /// A vehicle on the board.
    pub struct VehicleView {
        /// Its id.
        pub id: String,
        /// Its number in binary position frames; the same until the server restarts.
        pub slot: u32,
        /// The centre it belongs to now.
        pub centre: String,
        /// The journal version of its last change.
        pub version: u64,
        /// The centre it belongs to when not lent.
        pub home_centre: String,
        /// Its station.
        pub station: String,
        /// Plate.
        pub plate: String,
        /// Call sign.
        pub call_sign: String,
        /// What it is built for.
        pub kind: VehicleKind,
        /// What it carries.
        pub equipment: Vec<String>,
        /// Its state.
        pub state: VehicleState,
        /// Since when.
        pub state_since: i64,
        /// Why it is paused.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub pause: Option<PauseReason>,
        /// Its running task.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub task: Option<String>,
        /// Its running incident.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub incident: Option<String>,
        /// Its crew.
        pub crew: Vec<CrewMember>,
        /// When the crew called for help, while it stands.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub sos_since: Option<i64>,
        /// What its crew reports against what the centre did.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub report: Option<CrewReportView>,
        /// Refused presses of its crew to be seen to.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub refused: Option<RefusedPressView>,
        /// Its next order.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub next: Option<NextOrderView>,
        /// A move that is suggested for it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub suggested_move: Option<SuggestedMoveView>,
        /// The station at which it is to wait.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub move_to: Option<MoveView>,
        /// What its positions show of its movement and nobody pressed.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub movements: Vec<MovementView>,
        /// The latest messages between its crew and the centre, oldest first.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub messages: Vec<MessageView>,
        /// The newest entries of its log; absent where nothing was written.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub log: Option<VehicleLogView>,
        /// Whether its terminal has a live link.
        pub online: bool,
        /// What is wrong with its terminal, as far as it is known to stand.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub terminal_faults: Vec<TerminalFault>,
        /// Its newest trusted fix.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub fix: Option<FixView>,
        /// What is due.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub deadlines: Vec<Deadline>,
    }

    /// One line of the log: an event of a journal, for reading.
    pub struct LogEntry {
        /// The centre.
        pub centre: String,
        /// Its number in the centre's journal.
        pub version: u64,
        /// The event's type, e.g. `task_created`; consoles translate by it.
        pub kind: String,
        /// When, by whom.
        pub stamp: Stamp,
        /// The incident it concerns.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub incident: Option<String>,
        /// The task it concerns.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub task: Option<String>,
        /// The vehicle it concerns.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub vehicle: Option<String>,
        /// What else the line says, by name: `milestone`, `reason`, `note`, `to` ...
        #[serde(default, skip_serializing_if = "std::collections::BTreeMap::is_empty")]
        pub details: std::collections::BTreeMap<String, String>,
    }
}
