//! Fleets, callers and crews that drive the real server through the real agent code.

pub mod access;
pub mod api;
pub mod clock;
pub mod encrypted_server;
pub mod enlarge;
pub mod exercise;
pub mod field_terminal;
pub mod fit_travel;
pub mod fleet;
pub mod incidents;
pub mod load;
pub mod made_day;
pub mod people;
pub mod province;
pub mod replay;
pub mod rerun;
pub mod sffd_region;
pub mod study;
pub mod tally;
pub mod world;
