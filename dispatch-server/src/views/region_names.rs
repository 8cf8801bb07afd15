//! What crews are told in the region's own names and time.

use super::{HospitalNames, IncidentNumbers, StationNames};
use dispatch_core::model::{CentreId, HospitalId, StationId};
use region::Region;

/// Names of hospitals and stations, the codes that incidents are numbered with, and the zone.
#[derive(Clone, Debug, Default)]
pub struct RegionNames {
    /// Hospitals.
    pub hospitals: HospitalNames,
    /// Stations.
    pub stations: StationNames,
    /// Numbers of incidents.
    pub numbers: IncidentNumbers,
    /// Minutes by which its clocks are ahead of UTC.
    pub time_zone_minutes: i32,
}

impl RegionNames {
    /// The names that a region folder gives.
    pub fn of(region: &Region) -> Self {
        let hospital = |it: &region::Hospital| {
            (HospitalId::from(it.id.as_str()), it.name_zh.clone(), it.position)
        };
        let station = |it: &region::Station| (StationId::from(it.id.as_str()), it.name_zh.clone());
        let code = |it: &region::Centre| (CentreId::from(it.id.as_str()), it.code.clone());
        Self {
            hospitals: region.hospitals.iter().map(hospital).collect(),
            stations: region.stations.iter().map(station).collect(),
            numbers: region.centres.iter().map(code).collect(),
            time_zone_minutes: region.settings.time_zone_offset_minutes,
        }
    }
}
