//! `region.toml`: names, map window, norms and speeds of a region.

use super::bounds::Bounds;
use super::csv_rows::Located;
use super::files::{read_text, unfit};
use super::problems::Problems;
use dispatch_core::model::{VehicleState, Wgs84};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;

pub(super) const FILE: &str = "region.toml";

/// The format of the folder that this program reads.
const FORMAT: u32 = 1;

/// The head of a region: everything that is not a table of rows.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The folder's format; 1 today.
    pub format: u32,
    /// The region's id, for example `ningxia`.
    pub id: String,
    /// Counts the folder's editions, so that a server started with an older one changes nothing. Once it was given, only
    /// a folder with a higher one is taken into service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<u64>,
    /// Whether everything served from this folder is an exercise: no real call is taken there.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub exercise: bool,
    /// The region's name.
    pub name: Name,
    /// Id of the centre that may act for any other.
    pub regional_centre: String,
    /// Local time minus UTC, in minutes.
    pub time_zone_offset_minutes: i32,
    /// What the map shows first.
    pub map: MapWindow,
    /// What a dispatcher is held to.
    pub norms: Norms,
    /// Speeds for the estimate by straight line.
    pub speeds: Speeds,
    /// Whom the map must credit.
    pub credits: Vec<Credit>,
}

/// A name in both languages of the console.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Name {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

/// What the map shows first, and where local metres start.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct MapWindow {
    /// No coordinate of the region leaves these bounds.
    pub bounds: Bounds,
    /// Where the local metre plane touches the earth, WGS-84.
    pub origin: Wgs84,
}

/// What a dispatcher is held to, in seconds.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Norms {
    /// Ring to answer.
    pub answer_seconds: u32,
    /// Complete facts to order.
    pub order_seconds: u32,
    /// Order to departure (3分钟出车率).
    pub departure_seconds: u32,
    /// First call taken to first vehicle at the scene, in town.
    pub response_urban_seconds: u32,
    /// The same in the country.
    pub response_rural_seconds: u32,
    /// Order to the terminal's receipt.
    pub device_receipt_seconds: u32,
    /// Receipt to the crew's acknowledgement.
    pub crew_acknowledgement_seconds: u32,
    /// Silence after which a vehicle is shown as silent.
    pub silent_vehicle_seconds: u32,
    /// Age after which an undelivered order is void.
    pub order_expiry_seconds: u32,
    /// Longest usual stay in a state; a state that is absent is never overdue.
    pub overdue_seconds: BTreeMap<VehicleState, u32>,
}

/// Speeds for the estimate by straight line, used while no road network is imported.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Speeds {
    /// Blue-light speed in town, km/h.
    pub urban_kmh: f64,
    /// Blue-light speed in the country, km/h.
    pub rural_kmh: f64,
    /// Road length over straight line, at least 1.
    pub detour_factor: f64,
    /// No vehicle is faster, km/h.
    pub top_kmh: f64,
}

/// Whom the map must credit.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Credit {
    /// Who.
    pub name: String,
    /// Under which licence.
    pub licence: String,
    /// Where to find it; may be empty.
    pub url: String,
    /// For what.
    pub what: String,
}

/// Reads and checks `region.toml`. The line is that of `regional_centre`, which is checked later.
pub(super) fn read(dir: &Path, problems: &mut Problems) -> Option<Located<Settings>> {
    let text = read_text(dir, FILE, problems)?;
    match toml::from_str::<Settings>(&text) {
        Ok(settings) => {
            let texts = texts(&settings).into_iter();
            let unfit = texts.filter_map(|(key, value)| Some((key, unfit(key, value)?)));
            for (key, what) in faults(&settings).into_iter().chain(unfit) {
                problems.at(FILE, line_of_key(&text, key), what);
            }
            Some(Located { line: line_of_key(&text, "regional_centre"), value: settings })
        }
        Err(error) => {
            let start = error.span().map_or(0, |span| span.start);
            problems.at(FILE, line_at(&text, start), error.message().replace('\n', "; "));
            None
        }
    }
}

/// Every text with its key, since TOML can write as an escape what the file itself does not show.
fn texts(settings: &Settings) -> Vec<(&'static str, &str)> {
    let Settings { id, name, regional_centre, credits, .. } = settings;
    let mut texts: Vec<(&'static str, &str)> =
        vec![("id", id), ("zh", &name.zh), ("en", &name.en), ("regional_centre", regional_centre)];
    for Credit { name, licence, url, what } in credits {
        texts.extend([
            ("name", name.as_str()),
            ("licence", licence.as_str()),
            ("url", url.as_str()),
            ("what", what.as_str()),
        ]);
    }
    texts
}

fn faults(settings: &Settings) -> Vec<(&'static str, String)> {
    let Settings { map, speeds, norms, .. } = settings;
    let Bounds { west, south, east, north } = map.bounds;
    let corners = Wgs84::checked(west, south).is_some() && Wgs84::checked(east, north).is_some();
    let positive = |number: f64| number.is_finite() && number > 0.0;
    let checks = [
        ("format", settings.format == FORMAT, format!("this program reads format {FORMAT}")),
        ("id", !settings.id.is_empty(), "id is empty".to_owned()),
        (
            "time_zone_offset_minutes",
            (-720..=840).contains(&settings.time_zone_offset_minutes),
            "the time zone lies between -720 and 840 minutes".to_owned(),
        ),
        (
            "bounds",
            corners && west < east && south < north,
            "bounds need west < east and south < north in degrees".to_owned(),
        ),
        ("origin", map.bounds.contains(map.origin), "origin lies outside the bounds".to_owned()),
        ("urban_kmh", positive(speeds.urban_kmh), "a speed must be above 0".to_owned()),
        ("rural_kmh", positive(speeds.rural_kmh), "a speed must be above 0".to_owned()),
        (
            "detour_factor",
            speeds.detour_factor.is_finite() && speeds.detour_factor >= 1.0,
            "a road is never shorter than the straight line, so at least 1".to_owned(),
        ),
        (
            "top_kmh",
            speeds.top_kmh.is_finite() && speeds.top_kmh >= speeds.urban_kmh.max(speeds.rural_kmh),
            "top_kmh must not be below the other speeds".to_owned(),
        ),
    ];
    let broken = checks.into_iter().filter(|(_, good, _)| !good).map(|(key, _, what)| (key, what));
    broken.chain(empty_norms(norms)).collect()
}

fn empty_norms(norms: &Norms) -> impl Iterator<Item = (&'static str, String)> {
    let every = [
        ("answer_seconds", norms.answer_seconds),
        ("order_seconds", norms.order_seconds),
        ("departure_seconds", norms.departure_seconds),
        ("response_urban_seconds", norms.response_urban_seconds),
        ("response_rural_seconds", norms.response_rural_seconds),
        ("device_receipt_seconds", norms.device_receipt_seconds),
        ("crew_acknowledgement_seconds", norms.crew_acknowledgement_seconds),
        ("silent_vehicle_seconds", norms.silent_vehicle_seconds),
        ("order_expiry_seconds", norms.order_expiry_seconds),
    ];
    let empty = every.into_iter().filter(|(_, seconds)| *seconds == 0);
    empty.map(|(key, _)| (key, "a norm must be above 0 seconds".to_owned()))
}

fn line_of_key(text: &str, key: &str) -> u64 {
    let names_key = |line: &str| line.split('=').next().is_some_and(|name| name.trim() == key);
    text.lines().position(names_key).map_or(1, |index| index as u64 + 1)
}

fn line_at(text: &str, offset: usize) -> u64 {
    text.bytes().take(offset).filter(|byte| *byte == b'\n').count() as u64 + 1
}
