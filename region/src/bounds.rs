//! The window that no coordinate of a region leaves.

use dispatch_core::model::Wgs84;
use serde::{Deserialize, Serialize};

/// A window in WGS-84 degrees.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Bounds {
    /// Least longitude.
    pub west: f64,
    /// Least latitude.
    pub south: f64,
    /// Greatest longitude.
    pub east: f64,
    /// Greatest latitude.
    pub north: f64,
}

impl Bounds {
    /// Whether a position lies inside or on the edge.
    pub fn contains(&self, position: Wgs84) -> bool {
        (self.west..=self.east).contains(&position.lon)
            && (self.south..=self.north).contains(&position.lat)
    }
}
