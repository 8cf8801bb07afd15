//! Fleets, callers and crews that drive the real server through the real agent code.

pub mod api;
pub mod clock;
pub mod enlarge;
pub mod fleet;
pub mod people;
pub mod province;
pub mod tally;
pub mod world;
