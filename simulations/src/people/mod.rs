//! The people of the simulated province: who calls, who drives, who dispatches.

pub mod callers;
pub mod crew;
pub mod dispatcher;
pub mod truth;
