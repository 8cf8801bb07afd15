//! The questions PostGIS is there for. Each has an index, and a test that looks at its plan.

mod areas;
mod heat;
mod nearest;
mod rates;
mod tracks;

pub use areas::{AreaCount, INCIDENTS_BY_AREA};
pub use heat::{HEAT_CELLS, HeatCell, HeatMap};
pub use nearest::{NEAREST_AEDS, NEAREST_HOSPITALS, Near};
pub use rates::{RATES_BY_AREA, RATES_BY_STATION, Rate};
pub use tracks::{Passer, TRACKS_IN_BOX, TrackPoint, WHO_WAS_NEAR};

use dispatch_core::model::{CentreId, Timestamp, Wgs84};

/// Most rows in one answer: what a report shows or exports at once.
pub const MOST_ROWS: u32 = 10_000;

/// A stretch of time: from `from` to before `to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The first moment.
    pub from: Timestamp,
    /// The first moment that no longer belongs to it.
    pub to: Timestamp,
}

/// A box along the graticule, WGS-84.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GeoBox {
    /// Its south-west corner.
    pub south_west: Wgs84,
    /// Its north-east corner.
    pub north_east: Wgs84,
}

/// Centres as a query takes them.
fn names(centres: &[CentreId]) -> Vec<&str> {
    centres.iter().map(CentreId::as_str).collect()
}
