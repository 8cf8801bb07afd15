//! Whether the places of a system lie where its roads are.

use super::problem::Problem;
use super::system::{Site, System};
use super::travel::Nodes;
use dispatch_core::model::Wgs84;

/// No place lies farther from a road, in metres: beyond it a longitude stands for a latitude, or a sign is wrong.
const FARTHEST_M: f64 = 100_000.0;

/// Looks whether every place of a system has a road near it that leads everywhere.
///
/// # Errors
/// The first that has not.
pub fn check(system: &System) -> Result<(), Problem> {
    let nodes = Nodes::of(system);
    if nodes.is_empty() {
        let what = "must have a node at which one may leave the road, among those from which one gets everywhere and back";
        return Err(Problem::of_file("nodes.csv", what));
    }
    let near = |file: &str, what: String, at: Wgs84| {
        let metres = nodes.metres_to(system, at);
        if metres <= FARTHEST_M {
            return Ok(());
        }
        let (lon, lat, km) = (at.lon, at.lat, metres / 1000.0);
        let what = format!(
            "{what} at longitude {lon:.4}, latitude {lat:.4} lies {km:.0} km from the nearest road; are longitude and latitude exchanged?"
        );
        Err(Problem::of_file(file, what))
    };
    let sites = |file: &'static str, sites: &[Site]| {
        sites.iter().try_for_each(|site| near(file, site.name.clone(), site.position))
    };
    sites("stations.csv", &system.stations)?;
    sites("hospitals.csv", &system.hospitals)?;
    let mut cells = system.cells.iter();
    cells.try_for_each(|cell| near("demand.csv", "a cell".to_owned(), cell.position))
}
