//! Positions that people and programs name: a scene, where a caller waits, the corner of a closed road. Each must lie
//! in the region or near it, or vehicles are ranked from the Gulf of Guinea.

use crate::api_error::ApiError;
use dispatch_core::model::Wgs84;
use region::{Bounds, Region};

/// Degrees beyond the region's bounds in which help may still be wanted: some 200 km, so that a motorway across the
/// border and a hospital of the neighbours are inside, and a slip of one digit in ten degrees is not.
const MARGIN_DEG: f64 = 2.0;

/// A position that can be served from the region.
///
/// # Errors
/// When it is none, stands for none, is turned round, or lies far away.
pub(crate) fn on_the_ground(
    region: &Region,
    field: &str,
    lon: f64,
    lat: f64,
) -> Result<Wgs84, ApiError> {
    let near = near(&region.settings.map.bounds);
    let bad = |problem: &str| Err(ApiError::bad_field(field, problem));
    match Wgs84::checked(lon, lat) {
        Some(at) if at.is_unset() => {
            bad("must be a place: 0, 0 stands for an unknown position; leave it out")
        }
        Some(at) if near.contains(at) => Ok(at),
        _ if near.contains(Wgs84 { lon: lat, lat: lon }) => {
            bad("must lie in the region: longitude and latitude seem exchanged")
        }
        Some(_) => bad(
            "must lie in the region or within 200 km of it; without a sure position leave it out",
        ),
        None => bad("must lie on the globe: lon -180 to 180, lat -90 to 90"),
    }
}

fn near(bounds: &Bounds) -> Bounds {
    Bounds {
        west: bounds.west - MARGIN_DEG,
        south: bounds.south - MARGIN_DEG,
        east: bounds.east + MARGIN_DEG,
        north: bounds.north + MARGIN_DEG,
    }
}
