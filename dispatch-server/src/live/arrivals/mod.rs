//! When the vehicles under way will be there, and by which way. Kept in memory only; the newest list replaces
//! the one before and is never queued.

mod journey;
mod kept;
mod ticker;

pub(super) use journey::{route_view, underway, way};
pub(super) use kept::Arrivals;
pub(super) use ticker::run;
