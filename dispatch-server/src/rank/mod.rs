//! Who should go, and whether the call is about an incident already open: asks the core with the
//! region's settings, the live fixes and the stations' places, and spells its answer for the wire.
//!
//! Decides nothing itself and changes nothing.

mod answer;
mod duplicates;
mod fleet;
mod norms;
mod request;
mod sources;

pub(crate) use norms::{deadline_norms, speeds};

pub use duplicates::{DuplicateRequest, duplicates};
pub use request::{RankError, RankFor, RecommendRequest, USUAL_OFFERS, recommend};
pub use sources::Sources;
