//! The journeys of running tasks: where each leads, by which way, when it ends, and what it teaches.

mod journey;
mod ticker;

pub(super) use journey::{route_view, underway, way};
pub(super) use ticker::run;
