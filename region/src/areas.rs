//! `areas.geojson`: the outline, the areas of the centres, the counties and the rivers.

use super::basis::Basis;
use super::bounds::Bounds;
use super::csv_rows::Located;
use super::files::{read_text, unfit};
use super::problems::Problems;
use dispatch_core::model::Wgs84;
use geometry::{Polygon, contains, holds_ring, metres_to_border};
use serde::Deserialize;
use std::path::Path;

pub(super) const FILE: &str = "areas.geojson";

/// The areas of a region.
#[derive(Debug, Default)]
pub struct Areas {
    /// The border of the whole region.
    pub outlines: Vec<Area>,
    /// What each city centre owns.
    pub prefectures: Vec<Area>,
    /// Counties; may be none.
    pub counties: Vec<Area>,
    /// Rivers; may be none.
    pub rivers: Vec<River>,
}

/// One area.
#[derive(Clone, Debug, PartialEq)]
pub struct Area {
    /// Id of the city centre that owns it; prefectures only.
    pub centre: Option<String>,
    /// Its code (GB/T 2260).
    pub code: String,
    /// Name in Chinese.
    pub name_zh: String,
    /// Name in English.
    pub name_en: String,
    /// Its polygons, WGS-84.
    pub polygons: Vec<Polygon>,
    /// How far the border may be trusted.
    pub basis: Basis,
}

impl Area {
    /// Whether a position lies inside.
    pub fn contains(&self, position: Wgs84) -> bool {
        self.polygons.iter().any(|polygon| contains(polygon, position))
    }

    /// Whether a ring of corners lies whole inside one of the polygons, and none of their holes inside it.
    pub fn holds_ring(&self, corners: &[Wgs84]) -> bool {
        self.polygons.iter().any(|polygon| holds_ring(polygon, corners))
    }

    /// Metres from a position to the nearest border.
    pub fn metres_to_border(&self, position: Wgs84) -> f64 {
        let distances = self.polygons.iter().map(|polygon| metres_to_border(polygon, position));
        distances.fold(f64::INFINITY, f64::min)
    }
}

/// A river: drawn on the map, and what generated streets do not cross.
#[derive(Clone, Debug, PartialEq)]
pub struct River {
    /// Name in Chinese.
    pub name_zh: String,
    /// Name in English.
    pub name_en: String,
    /// Its course, WGS-84.
    pub course: Vec<Wgs84>,
    /// How far the course may be trusted.
    pub basis: Basis,
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
    kind: Kind,
    centre: Option<String>,
    #[serde(default)]
    code: String,
    name_zh: String,
    name_en: String,
    basis: Basis,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Outline,
    Prefecture,
    County,
    River,
}

#[derive(Deserialize)]
#[serde(tag = "type", content = "coordinates")]
enum Geometry {
    Polygon(Vec<Vec<[f64; 2]>>),
    MultiPolygon(Vec<Vec<Vec<[f64; 2]>>>),
    LineString(Vec<[f64; 2]>),
}

/// The areas with the line of each prefecture, for later checks.
pub(super) struct Loaded {
    pub(super) areas: Areas,
    pub(super) prefecture_lines: Vec<Located<usize>>,
}

pub(super) fn load(dir: &Path, bounds: Option<&Bounds>, problems: &mut Problems) -> Option<Loaded> {
    let text = read_text(dir, FILE, problems)?;
    let collection: Collection = match serde_json::from_str(&text) {
        Ok(collection) => collection,
        Err(error) => {
            problems.at(FILE, error.line() as u64, error.to_string());
            return None;
        }
    };
    let lines = feature_lines(&text);
    let mut loaded = Loaded { areas: Areas::default(), prefecture_lines: Vec::new() };
    for (index, feature) in collection.features.into_iter().enumerate() {
        let line = lines.get(index).copied().unwrap_or(1);
        if let Err(what) = loaded.take(feature, line, bounds) {
            problems.at(FILE, line, what);
        }
    }
    Some(loaded)
}

impl Loaded {
    fn take(&mut self, feature: Feature, line: u64, bounds: Option<&Bounds>) -> Result<(), String> {
        let Properties { kind, centre, code, name_zh, name_en, basis } = feature.properties;
        // JSON can write as an escape what the file itself does not show.
        let texts = [
            ("centre", centre.as_deref().unwrap_or_default()),
            ("code", &code),
            ("name_zh", &name_zh),
            ("name_en", &name_en),
        ];
        if let Some(what) = texts.into_iter().find_map(|(field, text)| unfit(field, text)) {
            return Err(what);
        }
        let polygons = match (kind, feature.geometry) {
            (Kind::River, Geometry::LineString(line)) => {
                let course = positions(&name_zh, line, bounds)?;
                self.areas.rivers.push(River { name_zh, name_en, course, basis });
                return Ok(());
            }
            (Kind::River, Geometry::Polygon(_) | Geometry::MultiPolygon(_)) => {
                return Err(format!("{name_zh} is a river and needs a LineString"));
            }
            (Kind::Outline | Kind::Prefecture | Kind::County, Geometry::LineString(_)) => {
                return Err(format!("{name_zh} is an area and needs a Polygon"));
            }
            (Kind::Outline | Kind::Prefecture | Kind::County, Geometry::Polygon(polygon)) => {
                vec![closed(&name_zh, polygon, bounds)?]
            }
            (Kind::Outline | Kind::Prefecture | Kind::County, Geometry::MultiPolygon(many)) => {
                let polygons = many.into_iter().map(|polygon| closed(&name_zh, polygon, bounds));
                polygons.collect::<Result<_, _>>()?
            }
        };
        let area = Area { centre, code, name_zh, name_en, polygons, basis };
        match kind {
            Kind::Outline => self.areas.outlines.push(area),
            Kind::County => self.areas.counties.push(area),
            Kind::Prefecture | Kind::River => {
                let value = self.areas.prefectures.len();
                self.prefecture_lines.push(Located { line, value });
                self.areas.prefectures.push(area);
            }
        }
        Ok(())
    }
}

fn closed(
    name: &str,
    rings: Vec<Vec<[f64; 2]>>,
    bounds: Option<&Bounds>,
) -> Result<Polygon, String> {
    if rings.is_empty() {
        return Err(format!("the polygon of {name} has no ring"));
    }
    let closed = |ring: &Vec<[f64; 2]>| ring.len() >= 4 && ring.first() == ring.last();
    if !rings.iter().all(closed) {
        return Err(format!("the polygon of {name} is not closed"));
    }
    rings.into_iter().map(|ring| positions(name, ring, bounds)).collect()
}

fn positions(
    name: &str,
    pairs: Vec<[f64; 2]>,
    bounds: Option<&Bounds>,
) -> Result<Vec<Wgs84>, String> {
    let position = |[lon, lat]: [f64; 2]| {
        Wgs84::checked(lon, lat)
            .filter(|position| bounds.is_none_or(|bounds| bounds.contains(*position)))
            .ok_or_else(|| format!("{name}: {lon}, {lat} lies outside the bounds of the region"))
    };
    pairs.into_iter().map(position).collect()
}

// The line on which each feature says that it is one; JSON itself keeps no lines.
fn feature_lines(text: &str) -> Vec<u64> {
    let numbered = text.lines().zip(1..);
    let counted = numbered.map(|(line, number)| (number, line.matches("\"Feature\"").count()));
    counted.flat_map(|(number, count)| std::iter::repeat_n(number, count)).collect()
}
