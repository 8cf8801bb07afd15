//! When the vehicles under way will be there, and by which route. Kept in memory only; the newest list replaces
//! the one before and is never queued. What works them out is in `journeys`.

mod kept;
mod underway;

pub(super) use kept::{Arrivals, Kept, line, metres_off};
pub(super) use underway::Underway;
