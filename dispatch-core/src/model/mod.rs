//! The words of a 120 centre as types: what can be ordered, what can have happened, what is refused.
//!
//! Only events, and what they are made of, are serializable; commands and rejections are not.

pub mod change;
pub mod command;
mod command_table;
pub mod confirmation;
pub mod detail_changes;
pub mod event;
mod event_table;
pub mod ids;
pub mod incident;
pub mod incident_changes;
pub mod move_up;
mod movement;
mod order_part;
pub mod patients;
pub mod place;
mod plain;
pub mod provenance;
pub mod reasons;
pub mod recorded;
pub mod rejection;
mod rejection_code;
pub mod set_back;
mod take_call;
pub mod task;
pub mod terminal;
pub mod time;
pub mod transfer;
pub mod vehicle;

pub use change::*;
pub use command::*;
pub use command_table::*;
pub use confirmation::*;
pub use detail_changes::*;
pub use event::*;
pub use event_table::*;
pub use ids::*;
pub use incident::*;
pub use incident_changes::*;
pub use move_up::*;
pub use movement::*;
pub use order_part::*;
pub use patients::*;
pub use place::*;
pub use provenance::*;
pub use reasons::*;
pub use recorded::*;
pub use rejection::*;
pub use set_back::*;
pub use take_call::*;
pub use task::*;
pub use terminal::*;
pub use time::*;
pub use transfer::*;
pub use vehicle::*;
