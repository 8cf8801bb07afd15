//! PostGIS tables for reports and other systems: incidents, tasks and vehicles kept from the journal;
//! stations, hospitals, areas and AEDs from the region's data; and the questions they answer.
//!
//! Never the truth and never in the way of a command: all of it can be made again from the journal. No
//! caller, no patient and no complaint is in it.

mod change;
mod keep;
mod project;
pub mod questions;
mod region;
mod rows;
mod store;
mod tally;

pub use keep::{EVENTS_PER_STEP, Reports, ReportsError};
