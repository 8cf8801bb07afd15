//! The network itself: roads, turns, courses, the spatial index, places snapped to roads, and the file that
//! holds it all. Never changes once built, and knows nothing of time.

pub(crate) mod file;
pub(crate) mod fixed;
pub(crate) mod index;
pub(crate) mod nearest;
pub(crate) mod network;
pub(crate) mod parts;
mod plane_point;
pub(crate) mod road;
pub(crate) mod snap;
pub(crate) mod turn;
