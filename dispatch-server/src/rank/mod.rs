//! Who should go, and whether the call is about an incident already open: asks the core with the
//! region's settings, the live fixes and the stations' places, and spells its answer for the wire.
//!
//! Decides nothing itself and changes nothing.

mod answer;
mod duplicates;
mod fleet;
mod norms;
mod request;

pub(crate) use duplicates::duplicates;
pub(crate) use fleet::whereabouts;
pub(crate) use norms::{deadline_norms, positions, speeds};
pub(crate) use request::recommend;

pub use duplicates::DuplicateRequest;
pub use request::{RankError, RankFor, RecommendRequest, USUAL_OFFERS};
