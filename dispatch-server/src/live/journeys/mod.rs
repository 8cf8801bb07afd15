//! The journeys of running tasks: where each leads, by which route, when it ends, and what it teaches.

mod journey;
mod ticker;

pub(super) use journey::{current_route, route_view, underway};
pub(super) use ticker::run;
