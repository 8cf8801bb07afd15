//! The rules of dispatching: pure, synchronous, deterministic.
//!
//! `decide(state, command, context) -> events | rejection` and `apply(state, event)`. Clock, chance and
//! settings are arguments. This crate never does IO, never reads a clock, never starts a task;
//! the same journal gives the same state bit for bit, live, in replay and in training.

pub mod model;
