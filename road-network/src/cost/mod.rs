//! What driving costs: speeds and rules of a profile, what journeys taught, the conditions in force, and the
//! milliseconds they come to. Searches nothing.

pub(crate) mod conditions;
pub(crate) mod costs;
pub(crate) mod learned;
pub(crate) mod profile;
mod range;
