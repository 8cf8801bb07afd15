//! The stations of the region as crews know them.

use dispatch_core::model::StationId;
use std::collections::HashMap;

/// The name of each station of the region, in Chinese.
#[derive(Clone, Debug, Default)]
pub struct StationNames(HashMap<StationId, String>);

impl StationNames {
    /// The name of a station; its id where the region does not name it.
    pub fn name(&self, station: &StationId) -> String {
        self.0.get(station).cloned().unwrap_or_else(|| station.to_string())
    }
}

impl FromIterator<(StationId, String)> for StationNames {
    fn from_iter<I: IntoIterator<Item = (StationId, String)>>(stations: I) -> Self {
        Self(stations.into_iter().collect())
    }
}
