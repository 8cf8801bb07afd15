//! Fleets, callers and crews that drive the real server through the real agent code.

pub mod people;
pub mod world;
