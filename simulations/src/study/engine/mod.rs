//! The event-driven simulation of a system under a policy.

mod decisions;
mod futures;
mod outcome;
mod step;
mod trip;
mod units;
mod world;

pub use outcome::{Outcome, Patient};
pub use trip::Trip;
pub use units::{Doing, Unit};
pub use world::{Conduct, Stopped, World, simulate};
