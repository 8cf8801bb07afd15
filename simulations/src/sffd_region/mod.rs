//! A region folder made from the San Francisco file, so that its calls can be replayed: stations where the calls of each
//! station area lie, vehicles by unit, streets as a lattice. Every row says that it is made up.

mod lattice;
mod tables;

use crate::incidents::sffd::Calls;
use geometry::Wgs84;
use std::io;
use std::path::{Path, PathBuf};
use thiserror::Error;

/// Why no region was written.
#[derive(Debug, Error)]
pub enum RegionError {
    /// The file has no ambulance or no station area.
    #[error("the file names no ambulance, or none of its calls names a station area")]
    NoFleet,
    /// The folder holds something already.
    #[error("{0} is not empty; name a new folder")]
    NotEmpty(PathBuf),
    /// It cannot be written.
    #[error("{0}: {1}")]
    Write(PathBuf, io::Error),
}

/// Where things of the region lie.
struct Ground {
    /// West, south, east, north, in degrees of WGS-84.
    bounds: [f64; 4],
    /// Stations: the area's number and the middle of its calls.
    stations: Vec<(String, Wgs84)>,
    /// Neighbourhoods and the middle of their calls.
    neighbourhoods: Vec<(String, Wgs84)>,
    /// Every place of a call.
    places: Vec<Wgs84>,
}

/// Degrees of margin around the outermost calls, about two kilometres.
const MARGIN_DEG: f64 = 0.02;

/// Writes the folder `out`, new or empty.
///
/// # Errors
/// When the file names no fleet, or the folder cannot be written.
pub fn write(calls: &Calls, out: &Path) -> Result<(), RegionError> {
    let ground = ground(calls).ok_or(RegionError::NoFleet)?;
    let failed = |error| RegionError::Write(out.to_owned(), error);
    std::fs::create_dir_all(out).map_err(failed)?;
    if std::fs::read_dir(out).map_err(failed)?.next().is_some() {
        return Err(RegionError::NotEmpty(out.to_owned()));
    }
    for (name, text) in tables::files(calls, &ground) {
        std::fs::write(out.join(name), text).map_err(failed)?;
    }
    Ok(())
}

fn ground(calls: &Calls) -> Option<Ground> {
    let places: Vec<Wgs84> = calls.areas.values().flatten().copied().collect();
    let first = places.first()?;
    let around = places.iter().fold([first.lon, first.lat, first.lon, first.lat], |all, at| {
        [all[0].min(at.lon), all[1].min(at.lat), all[2].max(at.lon), all[3].max(at.lat)]
    });
    let bounds = [
        around[0] - MARGIN_DEG,
        around[1] - MARGIN_DEG,
        around[2] + MARGIN_DEG,
        around[3] + MARGIN_DEG,
    ];
    (!calls.units.is_empty()).then(|| Ground {
        bounds,
        stations: middles(&calls.areas),
        neighbourhoods: middles(&calls.neighbourhoods),
        places,
    })
}

/// Names with the middle of their places, by name: half of them lie to each side.
fn middles(named: &std::collections::HashMap<String, Vec<Wgs84>>) -> Vec<(String, Wgs84)> {
    let half = |places: &[Wgs84], of: fn(&Wgs84) -> f64| {
        let mut values: Vec<f64> = places.iter().map(of).collect();
        values.sort_by(f64::total_cmp);
        values[values.len() / 2]
    };
    let filled = named.iter().filter(|(name, places)| !name.is_empty() && !places.is_empty());
    let mut middles: Vec<_> = filled
        .map(|(name, places)| {
            let middle = Wgs84 { lon: half(places, |at| at.lon), lat: half(places, |at| at.lat) };
            (name.clone(), middle)
        })
        .collect();
    middles.sort_by(|a, b| a.0.cmp(&b.0));
    middles
}
