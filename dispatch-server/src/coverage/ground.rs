//! The ground of each centre: the places from which calls come, and its stations.

use crate::roads::Roads;
use dispatch_core::coverage::Cell;
use dispatch_core::deadlines::Surroundings;
use dispatch_core::model::{CentreId, StationId, Timestamp, Wgs84};
use dispatch_core::recommend::RankingSettings;
use region::{DemandCell, Region};
use std::collections::BTreeMap;

/// The first of January 1970 was a Thursday; weeks begin on Monday.
const WEEKDAY_OF_DAY_ZERO: i64 = 3;
const MINUTES_A_DAY: i64 = 24 * 60;

/// The ground of one centre.
pub(crate) struct Ground {
    /// Its pieces.
    pub(crate) cells: Vec<GroundCell>,
    /// Its stations.
    pub(crate) stations: Vec<(StationId, Wgs84)>,
    /// Whether a file of the region says where calls come from; else every township counts alike.
    pub(crate) demand_known: bool,
    utc_offset_minutes: i64,
}

/// A piece of ground.
pub(crate) struct GroundCell {
    pub(crate) id: String,
    pub(crate) name_zh: String,
    pub(crate) name_en: String,
    pub(crate) position: Wgs84,
    /// Driving seconds within which it counts as covered.
    pub(crate) target_seconds: f64,
    demand: Option<DemandCell>,
}

impl Ground {
    /// The cells with the demand of an hour of the week.
    pub(crate) fn weighed(&self, now: Timestamp) -> Vec<Cell> {
        let minutes = now.0.div_euclid(60_000) + self.utc_offset_minutes;
        let hour = minutes.rem_euclid(MINUTES_A_DAY) / 60;
        let weekday = (minutes.div_euclid(MINUTES_A_DAY) + WEEKDAY_OF_DAY_ZERO).rem_euclid(7);
        let weight = |cell: &GroundCell| {
            let demand = cell.demand.as_ref();
            demand.map_or(1.0, |it| it.weight_at(hour as usize, weekday as usize))
        };
        let weighed =
            |cell: &GroundCell| Cell { weight: weight(cell), target_seconds: cell.target_seconds };
        self.cells.iter().map(weighed).collect()
    }

    /// Where rows of times lead: to each cell, then to each station.
    pub(crate) fn places(&self) -> Vec<Wgs84> {
        let cells = self.cells.iter().map(|cell| cell.position);
        cells.chain(self.stations.iter().map(|(_, at)| *at)).collect()
    }
}

/// The ground of every centre that has stations.
pub(crate) fn grounds(region: &Region, roads: &Roads) -> BTreeMap<CentreId, Ground> {
    let mut grounds: BTreeMap<CentreId, Ground> = BTreeMap::new();
    for station in &region.stations {
        let ground = grounds.entry(station.centre.as_str().into()).or_insert_with(|| Ground {
            cells: Vec::new(),
            stations: Vec::new(),
            demand_known: !region.demand.is_empty(),
            utc_offset_minutes: i64::from(region.settings.time_zone_offset_minutes),
        });
        ground.stations.push((StationId::from(station.id.as_str()), station.position));
    }
    for cell in cells(region, roads) {
        let owner = region.centre_of(cell.position.lon, cell.position.lat);
        let ground = owner.and_then(|centre| grounds.get_mut(&CentreId::from(centre.id.as_str())));
        if let Some(ground) = ground {
            ground.cells.push(cell);
        }
    }
    grounds
}

fn cells(region: &Region, roads: &Roads) -> Vec<GroundCell> {
    let target = |at| target_seconds(region, roads, at);
    if region.demand.is_empty() {
        let of_township = |it: &region::Township| GroundCell {
            id: it.code.clone(),
            name_zh: it.name_zh.clone(),
            name_en: it.name_en.clone(),
            position: it.position,
            target_seconds: target(it.position),
            demand: None,
        };
        return region.townships.iter().map(of_township).collect();
    }
    let of_demand = |it: &DemandCell| GroundCell {
        id: it.id.clone(),
        name_zh: it.name_zh.clone(),
        name_en: it.name_en.clone(),
        position: it.position,
        target_seconds: target(it.position),
        demand: Some(it.clone()),
    };
    region.demand.iter().map(of_demand).collect()
}

/// What the response norm of the surroundings leaves for driving, once the vehicle is under way.
fn target_seconds(region: &Region, roads: &Roads, at: Wgs84) -> f64 {
    let norms = &region.settings.norms;
    let response = match roads.surroundings(at) {
        Surroundings::Urban => norms.response_urban_seconds,
        Surroundings::Rural => norms.response_rural_seconds,
    };
    let departure = RankingSettings::default().departure_from_station_seconds;
    (f64::from(response) - departure).max(60.0)
}
