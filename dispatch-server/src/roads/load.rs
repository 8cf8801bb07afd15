//! Where the network comes from: a file that was named, the region's own, or its table of roads.

use dispatch_desk::clock::steady_now;
use region::Region;
use road_network::{ComposeError, FileError, RoadNetwork, compose};
use std::path::Path;

/// The network file of a region folder.
const REGION_FILE: &str = "roads.network";

/// Why there is no network.
#[derive(Debug, thiserror::Error)]
pub enum RoadsError {
    /// The file cannot be used.
    #[error("the road network cannot be used: {0}")]
    File(#[from] FileError),
    /// The region's roads cannot be composed.
    #[error("no road network can be composed from the region's roads: {0}")]
    Compose(#[from] ComposeError),
}

/// The network: from `file` when one is named, else from the region folder's `roads.network`, else composed
/// from its `roads.csv`. Says in one line which, and how long it took; nothing when there are no roads.
///
/// # Errors
/// When a file that is there cannot be used.
pub fn network(
    file: Option<&Path>,
    folder: &Path,
    region: &Region,
) -> Result<Option<RoadNetwork>, RoadsError> {
    let began = steady_now();
    let millis = || began.elapsed().as_millis() as u64;
    let own = folder.join(REGION_FILE);
    if let Some(file) = file.or(own.is_file().then_some(own.as_path())) {
        let network = RoadNetwork::load(file)?;
        tracing::info!(file = %file.display(), edges = network.edges(), millis = millis(), "road network loaded");
        return Ok(Some(network));
    }
    if region.roads.is_empty() {
        tracing::warn!("no road network: every time is by straight line and marked so");
        return Ok(None);
    }
    let (network, report) = compose(region)?;
    let unreachable = report.unreachable.len();
    tracing::info!(
        edges = network.edges(),
        unreachable,
        millis = millis(),
        "road network composed from the region's roads"
    );
    Ok(Some(network))
}
