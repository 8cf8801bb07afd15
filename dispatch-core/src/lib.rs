//! The rules of dispatching: pure, synchronous, deterministic.
//!
//! `decide(state, command, context) -> events | rejection` and `apply(state, event)`. Clock, chance and
//! settings are arguments. This crate never does IO, never reads a clock, never starts a task;
//! the same journal gives the same state bit for bit, live, in replay and in training.

pub mod apply;
pub mod coverage;
pub mod deadlines;
pub mod decide;
pub mod destination;
pub mod duplicates;
pub mod fleet;
pub mod model;
pub mod movement;
pub mod phone;
pub mod recommend;
pub mod rules;
pub mod state;
pub mod storage;
pub mod text;
pub mod whereabouts;

pub use apply::apply;
pub use decide::{Decision, decide, refusal_event, takes_help_away, vehicles_of};
pub use rules::{Limits, Rules};
pub use state::CentreState;
