//! The people of the simulated province: who calls, who drives, who dispatches.

pub mod callers;
pub(crate) mod commands;
pub mod crew;
pub mod dispatcher;
pub mod truth;
