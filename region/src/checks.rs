//! What no single file can know: that ids exist, are unique, and that things lie where they belong.

use super::aeds::{self, Aed};
use super::areas::{self, Areas};
use super::centres::{self, Centre, CentreKind};
use super::csv_rows::Located;
use super::demand::{self, DemandCell};
use super::hospitals::{self, Hospital};
use super::places::{self, Place};
use super::problems::Problems;
use super::settings::{self, Settings};
use super::stations::{self, Station};
use super::townships::{self, Township};
use super::vehicles::{self, VehicleRecord};
use dispatch_core::model::Wgs84;
use std::collections::{HashMap, HashSet};

/// Every table of a region with the lines of its rows.
pub(super) struct Tables {
    pub(super) centres: Vec<Located<Centre>>,
    pub(super) stations: Vec<Located<Station>>,
    pub(super) vehicles: Vec<Located<VehicleRecord>>,
    pub(super) hospitals: Vec<Located<Hospital>>,
    pub(super) aeds: Vec<Located<Aed>>,
    pub(super) places: Vec<Located<Place>>,
    pub(super) townships: Vec<Located<Township>>,
    pub(super) demand: Vec<Located<DemandCell>>,
}

impl Tables {
    /// Reports every id that occurs twice.
    pub(super) fn check_unique(&self, problems: &mut Problems) {
        unique(centres::FILE, "id", &self.centres, |row| &row.id, problems);
        unique(centres::FILE, "code", &self.centres, |row| &row.code, problems);
        unique(stations::FILE, "id", &self.stations, |row| &row.id, problems);
        unique(vehicles::FILE, "id", &self.vehicles, |row| &row.id, problems);
        unique(vehicles::FILE, "plate", &self.vehicles, |row| &row.plate, problems);
        unique(vehicles::FILE, "call_sign", &self.vehicles, |row| &row.call_sign, problems);
        unique(hospitals::FILE, "id", &self.hospitals, |row| &row.id, problems);
        unique(aeds::FILE, "id", &self.aeds, |row| &row.id, problems);
        unique(places::FILE, "id", &self.places, |row| &row.id, problems);
        unique(demand::FILE, "id", &self.demand, |row| &row.id, problems);
        unique(townships::FILE, "code", &self.townships, |row| &row.code, problems);
    }

    /// Reports a wrong number of regional centres and a head that names another one.
    pub(super) fn check_regional(&self, head: &Located<Settings>, problems: &mut Problems) {
        let is_regional = |row: &&Located<Centre>| row.value.kind == CentreKind::Regional;
        let count = self.centres.iter().filter(is_regional).count();
        if count != 1 {
            let what = format!("there are {count} regional centres and there must be exactly one");
            problems.of_file(centres::FILE, what);
        }
        let named = &head.value.regional_centre;
        if !self.centres.iter().filter(is_regional).any(|row| row.value.id == *named) {
            let what = format!("regional_centre \"{named}\" is no regional centre of centres.csv");
            problems.at(settings::FILE, head.line, what);
        }
    }

    /// Reports ids that name nothing.
    pub(super) fn check_links(&self, areas: &Areas, problems: &mut Problems) {
        let hospitals: HashSet<&str> = ids(&self.hospitals, |row| &row.id);
        let stations: HashMap<&str, &Station> =
            self.stations.iter().map(|row| (row.value.id.as_str(), &row.value)).collect();
        for Located { line, value } in &self.stations {
            self.check_city_centre(stations::FILE, *line, &value.centre, problems);
            let told = problems.is_left_out(hospitals::FILE, &value.hospital_id);
            if !told && !hospitals.contains(value.hospital_id.as_str()) {
                let what = format!("hospital_id \"{}\" is no hospital", value.hospital_id);
                problems.at(stations::FILE, *line, what);
            }
        }
        for Located { line, value } in &self.hospitals {
            self.check_city_centre(hospitals::FILE, *line, &value.centre, problems);
        }
        for Located { line, value } in &self.vehicles {
            self.check_city_centre(vehicles::FILE, *line, &value.centre, problems);
            let what = match stations.get(value.station.as_str()) {
                None if problems.is_left_out(stations::FILE, &value.station) => continue,
                None => format!("station \"{}\" is no station", value.station),
                Some(station) if station.centre != value.centre => format!(
                    "station {} belongs to centre {}, not to {}",
                    station.id, station.centre, value.centre
                ),
                Some(_) => continue,
            };
            problems.at(vehicles::FILE, *line, what);
        }
        self.check_counties(areas, problems);
    }

    /// Reports centres without an area, areas without a centre, and what lies in the wrong area.
    pub(super) fn check_areas(&self, loaded: &areas::Loaded, problems: &mut Problems) {
        let areas = &loaded.areas;
        if areas.outlines.len() != 1 {
            let count = areas.outlines.len();
            problems.of_file(areas::FILE, format!("there are {count} outlines, not exactly one"));
        }
        let mut owners = HashSet::new();
        for (Located { line, .. }, area) in loaded.prefecture_lines.iter().zip(&areas.prefectures) {
            let Some(centre) = &area.centre else {
                problems.at(areas::FILE, *line, format!("{} names no centre", area.name_zh));
                continue;
            };
            self.check_city_centre(areas::FILE, *line, centre, problems);
            if !owners.insert(centre.as_str()) {
                problems.at(areas::FILE, *line, format!("centre {centre} owns a second area"));
            }
        }
        for Located { line, value } in &self.centres {
            if value.kind == CentreKind::City && !owners.contains(value.id.as_str()) {
                let what = format!("centre {} owns no area of areas.geojson", value.id);
                problems.at(centres::FILE, *line, what);
            }
        }
        for Located { line, value } in &self.stations {
            let at = (value.id.as_str(), value.position);
            check_inside(stations::FILE, *line, at, &value.centre, areas, problems);
        }
        for Located { line, value } in &self.hospitals {
            let at = (value.id.as_str(), value.position);
            check_inside(hospitals::FILE, *line, at, &value.centre, areas, problems);
        }
    }

    fn check_city_centre(&self, file: &str, line: u64, centre: &str, problems: &mut Problems) {
        let kind = self.centres.iter().find(|row| row.value.id == centre).map(|row| row.value.kind);
        match kind {
            Some(CentreKind::City) => {}
            Some(CentreKind::Regional) => {
                problems.at(file, line, format!("centre \"{centre}\" is not a city centre"));
            }
            None if problems.is_left_out(centres::FILE, centre) => {}
            None => problems.at(file, line, format!("centre \"{centre}\" is no centre")),
        }
    }

    fn check_counties(&self, areas: &Areas, problems: &mut Problems) {
        let known: HashSet<&str> = areas.counties.iter().map(|area| area.code.as_str()).collect();
        if known.is_empty() {
            return;
        }
        let stations =
            self.stations.iter().map(|row| (stations::FILE, row.line, &row.value.county_code));
        let hospitals =
            self.hospitals.iter().map(|row| (hospitals::FILE, row.line, &row.value.county_code));
        let places = self.places.iter().map(|row| (places::FILE, row.line, &row.value.county_code));
        let townships =
            self.townships.iter().map(|row| (townships::FILE, row.line, &row.value.county_code));
        let demand = self.demand.iter().map(|row| (demand::FILE, row.line, &row.value.county_code));
        let all = stations.chain(hospitals).chain(places).chain(townships).chain(demand);
        for (file, line, code) in all {
            if !known.contains(code.as_str()) {
                problems.at(file, line, format!("county_code \"{code}\" is no county"));
            }
        }
    }
}

fn unique<T>(
    file: &str,
    column: &str,
    rows: &[Located<T>],
    key: impl Fn(&T) -> &String,
    problems: &mut Problems,
) {
    let mut first: HashMap<&str, u64> = HashMap::new();
    for Located { line, value } in rows {
        if let Some(earlier) = first.insert(key(value), *line) {
            let what = format!("{column} \"{}\" stands already on line {earlier}", key(value));
            problems.at(file, *line, what);
        }
    }
}

fn ids<T>(rows: &[Located<T>], key: impl Fn(&T) -> &String) -> HashSet<&str> {
    rows.iter().map(|row| key(&row.value).as_str()).collect()
}

fn check_inside(
    file: &str,
    line: u64,
    (id, position): (&str, Wgs84),
    centre: &str,
    areas: &Areas,
    problems: &mut Problems,
) {
    let mut owned = areas.prefectures.iter().filter(|area| area.centre.as_deref() == Some(centre));
    if owned.next().is_some_and(|area| !area.contains(position)) {
        let Wgs84 { lon, lat } = position;
        let what = format!("{id} at {lon}, {lat} lies outside the area of centre {centre}");
        problems.at(file, line, what);
    }
}
