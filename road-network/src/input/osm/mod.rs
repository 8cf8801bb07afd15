//! From an OpenStreetMap extract (`.osm.pbf`) to a network. The file is read twice, block by
//! block: ways and restrictions first, then only the points they need. Ferries, paths and
//! buildings are never kept.

mod collect;
mod frames;
mod points;
mod read;
mod signs;
mod tags;

use crate::error::ImportError;
use crate::graph::network::RoadNetwork;
use crate::input::build::{BuildReport, build};
use std::path::Path;

/// What an import found, for the operator to read.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
pub struct ImportReport {
    /// Ways in the file.
    pub ways: usize,
    /// Ways a vehicle may use.
    pub drivable_ways: usize,
    /// Points of drivable ways that the file names but does not hold.
    pub dead_points: usize,
    /// Turn restrictions in the file that concern an ambulance.
    pub restrictions: usize,
    /// Turn restrictions that name ways or points the file does not hold, or are malformed.
    pub dead_restrictions: usize,
    /// Barriers that cut a road.
    pub barriers: usize,
    /// What building the network did.
    pub build: BuildReport,
}

/// Imports an extract.
///
/// # Errors
/// Where the file cannot be read, is damaged, or holds no road a vehicle may use.
pub fn import(path: &Path) -> Result<(RoadNetwork, ImportReport), ImportError> {
    let (plan, mut report) = read::plan(path)?;
    let (network, built) = build(plan);
    report.build = built;
    let network = network.ok_or_else(|| ImportError::NoRoads { path: path.to_owned() })?;
    Ok((network, report))
}

/// The refusal of a file that holds more than the present state of the map.
fn history(path: &Path, what: String) -> ImportError {
    ImportError::History { path: path.to_owned(), what }
}
