//! Who should go: every vehicle that could, with its terms in seconds, and every other with its reason.
//!
//! Advises only. It changes nothing, reads no clock, and knows roads only through [`TravelTimes`];
//! a dispatcher may always choose otherwise.

mod assess;
pub mod candidate;
mod capability;
pub mod fleet_view;
mod other_patient;
pub mod request;
pub mod settings;
pub mod situation;
pub mod straight_line;
pub mod travel;
mod walk;

pub use crate::model::VehicleNeeds as Wanted;
pub use crate::whereabouts::{Located, PositionNorms, PositionSource, Whereabouts};
pub use candidate::{
    Candidate, CandidateSource, DivertedPatient, NotOffered, Recommendation, Rejected, SoonFree,
    Terms, Warning,
};
pub use fleet_view::{FleetView, IndexedFleet, ListedFleet, Outward};
pub use request::Request;
pub use settings::{CapabilityPenalties, RankingSettings};
pub use situation::{OtherTask, VehicleSituation};
pub use straight_line::{BadTravelSettings, StraightLine, StraightLineSettings};
pub use travel::{Journey, JourneysTo, Method, TravelEstimate, TravelTimes, VehicleAt};
pub use walk::{rank_all, recommend};

#[cfg(test)]
mod coverage_tests;
#[cfg(test)]
mod exercise_tests;
#[cfg(test)]
mod map_tests;
#[cfg(test)]
mod position_tests;
#[cfg(test)]
mod property_tests;
#[cfg(test)]
mod test_map;
