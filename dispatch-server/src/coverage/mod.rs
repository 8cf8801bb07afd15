//! Coverage of each centre's ground by its free vehicles: what sending one costs the next patient, the layer on the
//! map, and moves worth suggesting. Reckons over the core's model and changes nothing; nothing here is stored.
//!
//! Driving times from stations are kept for as long as roads and the hour stay; a state is reckoned once for each
//! version, off the desk's lane.

mod ground;
mod keeper;
mod reckon;
mod suggest;
mod uncovered;
mod view;

pub use keeper::{CoverageKeeper, CoverageSources};
pub(crate) use reckon::Reckoned;
pub(crate) use suggest::{Advice, advice};
pub(crate) use uncovered::last_left;
