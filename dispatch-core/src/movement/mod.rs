//! Geofences and driving rules: what the live positions of a vehicle show of its movement.
//!
//! Pure: positions, goals and norms are arguments. Only fixes of now count: a late, frozen, jumping or future-dated one shows
//! nothing. What is found is noted by a command; it never stands for a press.

mod goals;
mod norms;
mod watch;

pub use goals::{Goal, Places, goals};
pub use norms::MovementNorms;
pub use watch::{Found, Looked, Watch};

#[cfg(test)]
mod tests;
