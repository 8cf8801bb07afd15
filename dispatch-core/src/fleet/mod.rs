//! Where the fleet is: projection to metres, judging of fixes, and the index that answers "who is near".
//!
//! Owns positions only. What a vehicle is doing lives in the centre's state; nothing here reads a clock.

pub mod fix;
pub mod index;
pub mod look;
mod packed;
pub mod plane;
mod snapshot;
pub mod track;

pub use fix::{Doubt, Fix, FixAssessment, FixNorms, FixQuality, age_seconds};
pub use index::{CannotPlace, FleetIndex};
pub use look::{Look, Met, Near, Outwards};
pub use plane::LocalPlane;
pub use track::{LiveFix, VehicleTrack};

#[cfg(test)]
mod index_tests;
#[cfg(test)]
mod track_tests;
