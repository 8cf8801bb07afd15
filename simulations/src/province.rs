//! The region's data as the simulation needs it: roads to drive on, stations with their weight of
//! callers, hospitals, and words for a place.

use crate::people::crew::Knowledge;
use crate::world::road_map::{Course, RoadMap};
use geometry::{Plane, Wgs84};
use region::{Region, RegionProblem, RoadClass};
use std::collections::HashMap;
use std::path::Path;
use thiserror::Error;

/// Hospitals further from a station than this are not carried to from it, in metres.
const HOSPITAL_REACH_M: f64 = 60_000.0;

/// A region folder that cannot be used.
#[derive(Debug, Error)]
#[error("the region cannot be used: {}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
pub struct BadRegion(pub Vec<RegionProblem>);

/// The province in which a simulation plays.
pub struct Province {
    /// The region's data.
    pub region: Region,
    /// Its roads.
    pub roads: RoadMap,
    /// Stations with the number of their vehicles, which stands for the people around.
    pub callers_near: Vec<(Wgs84, f64)>,
}

impl Province {
    /// Reads a region folder.
    pub fn load(folder: &Path) -> Result<Self, BadRegion> {
        let region = Region::load(folder).map_err(BadRegion)?;
        let roads = RoadMap::new(&courses(region.roads.iter()));
        let mut vehicles: HashMap<&str, f64> = HashMap::new();
        for vehicle in &region.vehicles {
            *vehicles.entry(&vehicle.station).or_default() += 1.0;
        }
        let callers_near = region
            .stations
            .iter()
            .map(|station| (station.position, vehicles.get(&*station.id).copied().unwrap_or(0.0)))
            .collect();
        Ok(Self { roads, callers_near, region })
    }

    /// What the crew of a vehicle knows; nothing for a vehicle that the region does not have.
    /// `forgets` is the share of presses it forgets.
    pub fn knowledge_of(&self, vehicle: &str, forgets: f64) -> Option<Knowledge> {
        let record = self.region.vehicles.iter().find(|record| record.id == vehicle)?;
        let station = self.region.station(&record.station)?.position;
        let hospitals = self
            .region
            .hospitals
            .iter()
            .filter(|hospital| hospital.position.metres_to(station) <= HOSPITAL_REACH_M);
        let hospitals = hospitals.map(|hospital| (hospital.id.clone(), hospital.position));
        Some(Knowledge { station, hospitals: hospitals.collect(), forgets })
    }

    /// The centre that owns a place, and the place in words.
    pub fn owner_and_address(&self, place: Wgs84) -> Option<(String, String)> {
        let centre = self.region.centre_of(place.lon, place.lat)?.id.clone();
        let nearest =
            self.region.places.iter().min_by(|a, b| {
                a.position.metres_to(place).total_cmp(&b.position.metres_to(place))
            })?;
        let metres = nearest.position.metres_to(place);
        let address = if metres < 200.0 {
            nearest.name_zh.clone()
        } else {
            let [east, north] = Plane::at(nearest.position).metres(place);
            format!("{}{}约 {:.1} 公里", nearest.name_zh, direction(east, north), metres / 1000.0)
        };
        Some((centre, address))
    }
}

/// The roads of a region without those of some numbers (`G6`) or ids.
pub fn roads_without(region: &Region, closed: &[String]) -> RoadMap {
    let open = |road: &&region::Road| !closed.contains(&road.id) && !closed.contains(&road.number);
    RoadMap::new(&courses(region.roads.iter().filter(open)))
}

fn direction(east: f64, north: f64) -> &'static str {
    const WORDS: [&str; 8] = ["北", "东北", "东", "东南", "南", "西南", "西", "西北"];
    let turn = east.atan2(north).to_degrees().rem_euclid(360.0) / 45.0;
    WORDS[turn.round() as usize % 8]
}

fn courses<'a>(roads: impl Iterator<Item = &'a region::Road>) -> Vec<Course> {
    let parts = roads.flat_map(|road| {
        let speed_mps = blue_light_mps(road.class);
        road.parts.iter().map(move |part| Course {
            speed_mps,
            vertices: part.vertices.iter().map(|vertex| vertex.position).collect(),
        })
    });
    parts.collect()
}

/// Speeds that an ambulance with blue lights keeps on average; chosen, not measured.
fn blue_light_mps(class: RoadClass) -> f64 {
    let kmh = match class {
        RoadClass::Motorway => 105.0,
        RoadClass::Trunk => 80.0,
        RoadClass::Primary => 70.0,
        RoadClass::Secondary => 52.0,
        RoadClass::Tertiary => 42.0,
        RoadClass::Unclassified => 36.0,
        RoadClass::Residential => 28.0,
        RoadClass::LivingStreet | RoadClass::Service => 15.0,
        RoadClass::Track => 12.0,
    };
    kmh / geometry::KMH_PER_MPS
}
