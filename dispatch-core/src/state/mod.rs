//! What a centre knows now: the fold of its journal. Only `apply` changes it; it never decides.

mod amend;
mod centre;
mod help;
mod incident;
mod lowered;
mod memory;
mod milestones;
mod move_up;
mod movement;
mod order_change;
mod order_sheet;
pub(crate) mod outboxes;
mod patient_counts;
mod patients;
mod raised;
mod report;
mod seen_movement;
mod standing_by;
mod stays;
mod task;
mod transfers;
mod vehicle;

pub use centre::{CentreState, LastSetBack};
pub use help::{ClosingDoubt, HelpStanding};
pub use incident::{Call, Incident, IncidentStage, Note, Reopening};
pub use memory::{KEEP_OVER_SECONDS, REMEMBERED_COMMANDS};
pub use milestones::{Milestones, Stamp, time_of_step};
pub use move_up::{Move, MoveUp, SuggestedMove};
pub use order_change::OrderChange;
pub use order_sheet::OrderSheet;
pub use outboxes::{REMEMBERED_NUMBERS, REMEMBERED_OUTBOXES, REMEMBERED_PRESSES};
pub use patient_counts::{PatientAccount, PatientsSaid, SceneCount, patients_reported};
pub use raised::RaisedFrom;
pub use report::{CrewAway, CrewReport, FollowOn, Promised, RefusedPress};
pub use seen_movement::SeenMovement;
pub use stays::Stay;
pub use task::{NotComing, Task, TaskEnd, TaskStage};
pub use vehicle::{Duty, Standby, TerminalFaults, Vehicle};

pub(crate) use incident::nth_call_id;
pub(crate) use memory::{CommandMemory, OverMemory};
pub(crate) use outboxes::{OutboxStanding, Retired, standing};
pub(crate) use stays::Stays;
pub(crate) use transfers::TransferMemory;
