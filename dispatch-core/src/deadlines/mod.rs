//! What should have happened by when, as data. Time is an argument; nothing here waits or rings.
//!
//! A deadline is read off the present state each time, so it cannot outlive what it is about.

pub mod deadline;
pub mod figures;
mod incident;
pub mod measure;
pub mod norms;
mod outcome;
pub mod outlook;
pub mod response;
mod task;
mod turns;
mod vehicle;

pub use deadline::{Deadline, DeadlineKind, Subject, Urgency, ringing_call};
pub use figures::{Measured, Norm, departure, measured};
pub use incident::deadlines_of_incident;
pub use measure::{Measure, Reached};
pub use norms::{Norms, OverdueSeconds, Surroundings};
pub use outcome::NormOutcome;
pub use outlook::{Outlook, deadlines_of_centre, lapsed_moves, lapsed_orders, outlook};
pub use response::{is_in_haste, response};
pub use task::deadlines_of_task;
pub use vehicle::deadlines_of_vehicle;

#[cfg(test)]
mod help_tests;
#[cfg(test)]
mod measure_tests;
#[cfg(test)]
mod response_tests;
#[cfg(test)]
pub(crate) mod test_centre;
#[cfg(test)]
mod tests;
