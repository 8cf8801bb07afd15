//! A region as data: reads a folder such as `regions/ningxia`, checks it, and answers where things
//! are and whose they are. Read once at start and never changed; never touches the network.

mod aeds;
mod areas;
mod basis;
mod bounds;
mod centres;
mod checks;
mod csv_rows;
mod demand;
mod files;
mod hospitals;
mod map;
mod places;
mod posts;
mod problems;
mod road_class;
mod roads;
mod search;
mod settings;
mod stations;
mod tablet_map;
mod townships;
mod vehicles;

#[cfg(test)]
mod tests;

pub use aeds::Aed;
pub use areas::{Area, Areas, River};
pub use basis::Basis;
pub use bounds::Bounds;
pub use centres::{Centre, CentreKind};
pub use demand::DemandCell;
pub use geometry::Polygon;
pub use hospitals::{Hospital, Speciality};
pub use map::LAYERS;
pub use places::{Place, PlaceKind};
pub use posts::PostedRoad;
pub use problems::{MAX_PROBLEMS, RegionProblem};
pub use road_class::RoadClass;
pub use roads::{Road, RoadPart, RoadVertex};
pub use search::{FoundPlace, MAX_RESULTS, UnknownKilometre};
pub use settings::{Credit, MapWindow, Name, Norms, Settings, Speeds};
pub use stations::Station;
pub use townships::Township;
pub use vehicles::VehicleRecord;

use checks::Tables;
use csv_rows::Located;
use dispatch_core::model::Wgs84;
use problems::Problems;
use search::SearchIndex;
use std::path::Path;

/// How far outside every area a place may lie and still be given to the nearest centre, in metres.
/// Borders are good to a few kilometres, and a caller just over the border needs an answer too.
const NEAR_OUTSIDE_METRES: f64 = 10_000.0;

/// A region that has passed every check.
#[derive(Debug)]
pub struct Region {
    /// Names, map window, norms, speeds, credits.
    pub settings: Settings,
    /// The centres, in the order of the file.
    pub centres: Vec<Centre>,
    /// The stations.
    pub stations: Vec<Station>,
    /// The ambulances as registered.
    pub vehicles: Vec<VehicleRecord>,
    /// The hospitals.
    pub hospitals: Vec<Hospital>,
    /// Public defibrillators; empty where there is no list.
    pub aeds: Vec<Aed>,
    /// Settlements, landmarks and streets.
    pub places: Vec<Place>,
    /// Townships and subdistricts.
    pub townships: Vec<Township>,
    /// Where calls are to be expected; empty where nobody says.
    pub demand: Vec<DemandCell>,
    /// Outline, areas of the centres, counties, rivers.
    pub areas: Areas,
    /// Main roads.
    pub roads: Vec<Road>,
    /// Kilometres of some of them.
    pub posts: Vec<PostedRoad>,
    search: SearchIndex,
}

impl Region {
    /// Reads a region folder.
    ///
    /// # Errors
    /// Everything that is wrong with it, at most [`MAX_PROBLEMS`] sentences.
    pub fn load(dir: &Path) -> Result<Self, Vec<RegionProblem>> {
        let mut problems = Problems::default();
        let region = read_all(dir, &mut problems);
        problems.into_result(region)
    }

    /// The city centre that owns a WGS-84 position, also when it lies slightly outside every area.
    pub fn centre_of(&self, lon: f64, lat: f64) -> Option<&Centre> {
        let position = Wgs84::checked(lon, lat)?;
        let owned = &self.areas.prefectures;
        let area = owned.iter().find(|area| area.contains(position)).or_else(|| {
            let near = owned.iter().map(|area| (area.metres_to_border(position), area));
            let near = near.filter(|(metres, _)| *metres <= NEAR_OUTSIDE_METRES);
            near.min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, area)| area)
        })?;
        self.centre(area.centre.as_deref()?)
    }

    /// The centre with an id.
    pub fn centre(&self, id: &str) -> Option<&Centre> {
        self.centres.iter().find(|centre| centre.id == id)
    }

    /// The station with an id.
    pub fn station(&self, id: &str) -> Option<&Station> {
        self.stations.iter().find(|station| station.id == id)
    }

    /// The hospital with an id.
    pub fn hospital(&self, id: &str) -> Option<&Hospital> {
        self.hospitals.iter().find(|hospital| hospital.id == id)
    }

    /// The crossing of two roads that `query` names; else the kilometre of a road that it speaks of, then places, townships, stations and hospitals whose name
    /// fits it, the best first; equally
    /// good ones by distance from `near` (WGS-84 lon, lat). At most `limit` and [`MAX_RESULTS`].
    pub fn search_places(
        &self,
        query: &str,
        near: Option<(f64, f64)>,
        limit: usize,
    ) -> Vec<FoundPlace> {
        let near = near.and_then(|(lon, lat)| Wgs84::checked(lon, lat));
        // Who names a crossing means neither of its roads.
        if let Some(crossing) = search::crossing(self, query, near) {
            return vec![crossing].into_iter().take(limit).collect();
        }
        let mut found = self.search.search(query, near, limit);
        if let Some(post) = search::kilometre_post(self, query) {
            found.insert(0, post);
            found.truncate(limit.min(MAX_RESULTS));
        }
        found
    }

    /// The road of which `query` asks for a kilometre that is in no file, so that nobody waits for an answer.
    pub fn unknown_kilometre(&self, query: &str) -> Option<UnknownKilometre> {
        search::unknown_kilometre(self, query)
    }

    /// The whole region as GeoJSON for the map. Half a megabyte: make it once and keep it.
    pub fn map_geojson(&self) -> serde_json::Value {
        map::geojson(self)
    }

    /// What of it a terminal in a vehicle draws, as GeoJSON: make it once and keep it.
    pub fn tablet_map_geojson(&self) -> serde_json::Value {
        tablet_map::geojson(self)
    }
}

fn read_all(dir: &Path, problems: &mut Problems) -> Option<Region> {
    let head = settings::read(dir, problems);
    let bounds = head.as_ref().map(|head| &head.value.map.bounds);
    let tables = Tables {
        centres: centres::load(dir, bounds, problems),
        stations: stations::load(dir, bounds, problems),
        vehicles: vehicles::load(dir, problems),
        hospitals: hospitals::load(dir, bounds, problems),
        aeds: aeds::load(dir, bounds, problems),
        places: places::load(dir, bounds, problems),
        townships: townships::load(dir, bounds, problems),
        demand: demand::load(dir, bounds, problems),
    };
    let roads = roads::load(dir, bounds, problems);
    let posts = posts::load(dir, &roads, problems);
    let areas = areas::load(dir, bounds, problems);
    tables.check_unique(problems);
    let (head, areas) = (head?, areas?);
    tables.check_regional(&head, problems);
    tables.check_links(&areas.areas, problems);
    tables.check_areas(&areas, problems);
    let mut region = Region {
        settings: head.value,
        centres: values(tables.centres),
        stations: values(tables.stations),
        vehicles: values(tables.vehicles),
        hospitals: values(tables.hospitals),
        aeds: values(tables.aeds),
        places: values(tables.places),
        townships: values(tables.townships),
        demand: values(tables.demand),
        areas: areas.areas,
        roads,
        posts,
        search: SearchIndex::default(),
    };
    region.search = SearchIndex::new(&region);
    Some(region)
}

fn values<T>(rows: Vec<Located<T>>) -> Vec<T> {
    rows.into_iter().map(|row| row.value).collect()
}
