//! Core state as the wire shows it: incidents, vehicles, tasks, log lines, duty pictures.
//!
//! Pure functions of what they are given; nothing here reads a clock, decides anything or sends.

mod due;
mod facts;
mod from_wire;
mod hospital_names;
mod incident;
mod incident_numbers;
mod log_corrections;
mod log_entry;
mod log_moves;
mod messages;
mod movement;
mod moves;
mod region_names;
mod reports;
mod seen;
mod stamp;
mod station_names;
mod subjects;
mod task;
mod to_wire;
mod vehicle;
mod vehicle_assignment;
mod vehicle_log;
mod words;

pub use due::{Due, SurroundingsOf};
pub(crate) use from_wire::FromWire;
pub use hospital_names::HospitalNames;
pub use incident::incident;
pub(crate) use incident::standing;
pub use incident_numbers::IncidentNumbers;
pub use log_entry::log_entry;
pub use region_names::RegionNames;
pub use seen::Seen;
pub use station_names::StationNames;
pub use subjects::Subjects;
pub use task::task;
pub use to_wire::ToWire;
pub use vehicle::vehicle;
pub use vehicle_assignment::vehicle_assignment;
pub(crate) use vehicle_log::log_entry_from_wire;
pub(crate) use words::word;
