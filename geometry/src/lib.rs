//! Positions on the earth and everything measured between them: one datum (WGS-84), one radius, one distance.
//!
//! | module | answers |
//! |---|---|
//! | `position` | where something is; distance and bearing along great circles |
//! | `plane` | east and north in metres around one place; nearest point of a line, crossings |
//! | `polygon` | what lies inside rings, and how far their borders are |
//!
//! The spherical formulas are those of the crate `geo`. Pure: reads nothing, keeps nothing, and converts no
//! other datum; whoever takes coordinates from outside converts them first.

mod plane;
mod polygon;
mod position;

pub use plane::{Plane, along, crossing, metres_to_line, nearest_on_segment};
pub use polygon::{Polygon, contains, holds_ring, metres_to_border, ring_contains};
pub use position::{EARTH_RADIUS_M, KMH_PER_MPS, METRES_PER_DEGREE, Wgs84};
