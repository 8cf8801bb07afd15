//! The files of a region folder that roads are made from. Only what is needed is read; the
//! folder's own rules are checked elsewhere.

use crate::error::ComposeError;
use crate::graph::road::{Basis, RoadClass};
use geometry::Wgs84;
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// A connected piece of a main road.
pub(super) struct Piece {
    pub(super) reference: String,
    pub(super) name: String,
    pub(super) name_en: String,
    pub(super) class: RoadClass,
    pub(super) basis: Basis,
    pub(super) course: Vec<Wgs84>,
}

/// A place that gets streets around it.
pub(super) struct Settlement {
    pub(super) centre: Wgs84,
    pub(super) radius_m: f64,
}

/// A place that must be reachable.
pub(super) struct Spot {
    pub(super) name: String,
    pub(super) position: Wgs84,
}

pub(super) struct Folder {
    pub(super) pieces: Vec<Piece>,
    pub(super) settlements: Vec<Settlement>,
    pub(super) spots: Vec<Spot>,
    pub(super) rivers: Vec<Vec<Wgs84>>,
}

#[derive(Deserialize)]
struct RoadRow {
    road: String,
    #[serde(rename = "ref")]
    reference: String,
    name_zh: String,
    name_en: String,
    class: RoadClass,
    part: u32,
    lon: f64,
    lat: f64,
    basis: String,
}

#[derive(Deserialize)]
struct PlaceRow {
    #[serde(default)]
    kind: String,
    name_zh: String,
    lon: f64,
    lat: f64,
}

#[derive(Deserialize)]
struct Collection {
    features: Vec<Feature>,
}

#[derive(Deserialize)]
struct Feature {
    properties: Properties,
    geometry: Geometry,
}

#[derive(Deserialize)]
struct Properties {
    kind: String,
}

#[derive(Deserialize)]
struct Geometry {
    coordinates: serde_json::Value,
}

pub(super) fn read(folder: &Path) -> Result<Folder, ComposeError> {
    let mut result = Folder {
        pieces: pieces(&folder.join("roads.csv"))?,
        settlements: Vec::new(),
        spots: Vec::new(),
        rivers: rivers(&folder.join("areas.geojson"))?,
    };
    for (file, fixed_radius_m) in [
        ("places.csv", 0.0),
        ("townships.csv", 800.0),
        ("stations.csv", 0.0),
        ("hospitals.csv", 0.0),
    ] {
        let path = folder.join(file);
        if !path.exists() {
            continue;
        }
        for (line, row) in rows::<PlaceRow>(&path)? {
            let position = position(&path, line, row.lon, row.lat)?;
            let radius_m = radius_m(&row.kind).max(fixed_radius_m);
            if radius_m > 0.0 {
                result.settlements.push(Settlement { centre: position, radius_m });
            }
            result.spots.push(Spot { name: row.name_zh, position });
        }
    }
    Ok(result)
}

/// How far streets reach around a place, by its kind.
fn radius_m(kind: &str) -> f64 {
    match kind {
        "county_seat" => 3000.0,
        "town" => 1000.0,
        "neighbourhood" => 800.0,
        "village" => 500.0,
        _ => 0.0,
    }
}

fn pieces(path: &Path) -> Result<Vec<Piece>, ComposeError> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut last = (String::new(), 0);
    for (line, row) in rows::<RoadRow>(path)? {
        let position = position(path, line, row.lon, row.lat)?;
        let basis = basis(path, line, &row.basis)?;
        let here = (row.road, row.part);
        if last != here || pieces.is_empty() {
            pieces.push(Piece {
                reference: row.reference,
                name: row.name_zh,
                name_en: row.name_en,
                class: row.class,
                basis,
                course: Vec::new(),
            });
            last = here;
        }
        if let Some(piece) = pieces.last_mut() {
            piece.course.push(position);
        }
    }
    pieces.retain(|piece| piece.course.len() >= 2);
    Ok(pieces)
}

fn basis(path: &Path, line: u64, word: &str) -> Result<Basis, ComposeError> {
    match word {
        "fact" => Ok(Basis::Fact),
        "approximate" => Ok(Basis::Approximate),
        "invented" => Ok(Basis::Generated),
        other => Err(wrong(path, line, format!("basis is {other}"))),
    }
}

fn position(path: &Path, line: u64, lon: f64, lat: f64) -> Result<Wgs84, ComposeError> {
    Wgs84::checked(lon, lat).ok_or_else(|| wrong(path, line, "lon or lat is out of range".into()))
}

fn wrong(path: &Path, line: u64, what: String) -> ComposeError {
    ComposeError::Line { path: path.to_owned(), line, what }
}

fn unreadable(path: &Path, reason: String) -> ComposeError {
    ComposeError::File { path: PathBuf::from(path), reason }
}

/// Every row with its line.
fn rows<T: for<'a> Deserialize<'a>>(path: &Path) -> Result<Vec<(u64, T)>, ComposeError> {
    let mut reader = csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .from_path(path)
        .map_err(|error| unreadable(path, error.to_string()))?;
    let header = reader.headers().map_err(|error| unreadable(path, error.to_string()))?.clone();
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| {
            let line = error.position().map_or(0, csv::Position::line);
            wrong(path, line, error.to_string())
        })?;
        let line = record.position().map_or(0, csv::Position::line);
        let row = record
            .deserialize(Some(&header))
            .map_err(|error| wrong(path, line, error.to_string()))?;
        rows.push((line, row));
    }
    Ok(rows)
}

fn rivers(path: &Path) -> Result<Vec<Vec<Wgs84>>, ComposeError> {
    if !path.exists() {
        return Ok(Vec::new());
    }
    let text =
        std::fs::read_to_string(path).map_err(|error| unreadable(path, error.to_string()))?;
    let collection: Collection =
        serde_json::from_str(&text).map_err(|error| unreadable(path, error.to_string()))?;
    let mut rivers = Vec::new();
    for feature in collection.features.into_iter().filter(|it| it.properties.kind == "river") {
        let line: Vec<[f64; 2]> = serde_json::from_value(feature.geometry.coordinates)
            .map_err(|error| unreadable(path, format!("a river is no line: {error}")))?;
        rivers.push(line.into_iter().map(|[lon, lat]| Wgs84 { lon, lat }).collect());
    }
    Ok(rivers)
}
