//! `places.csv`: settlements, landmarks and streets for address search and map labels.

use super::basis::Basis;
use super::bounds::Bounds;
use super::csv_rows::{Located, read};
use super::problems::Problems;
use dispatch_core::model::Wgs84;
use serde::{Deserialize, Serialize};
use std::path::Path;

pub(super) const FILE: &str = "places.csv";

const COLUMNS: [&str; 9] =
    ["id", "kind", "name_zh", "name_en", "other_names", "county_code", "lon", "lat", "basis"];

/// A place that a caller may name.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Place {
    /// Its id, for example `gn-1786657`.
    pub id: String,
    /// What it is.
    pub kind: PlaceKind,
    /// Name in Chinese.
    pub name_zh: String,
    /// Name in English or pinyin; may be empty.
    pub name_en: String,
    /// Further names, also old ones.
    pub other_names: Vec<String>,
    /// Code of its county (GB/T 2260).
    pub county_code: String,
    /// Where it is, WGS-84.
    pub position: Wgs84,
    /// How far the row may be trusted.
    pub basis: Basis,
}

/// What a place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PlaceKind {
    /// Seat of a county, district or county-level city.
    CountySeat,
    /// Town.
    Town,
    /// Village or farm.
    Village,
    /// Building, park, monument, factory.
    Landmark,
    /// Part of a town.
    Neighbourhood,
    /// Street.
    Street,
    /// Railway station, coach station, airport.
    Transport,
}

impl PlaceKind {
    /// The word for it in the data files.
    pub fn word(self) -> &'static str {
        match self {
            PlaceKind::CountySeat => "county_seat",
            PlaceKind::Town => "town",
            PlaceKind::Village => "village",
            PlaceKind::Landmark => "landmark",
            PlaceKind::Neighbourhood => "neighbourhood",
            PlaceKind::Street => "street",
            PlaceKind::Transport => "transport",
        }
    }
}

pub(super) fn load(
    dir: &Path,
    bounds: Option<&Bounds>,
    problems: &mut Problems,
) -> Vec<Located<Place>> {
    read(dir, FILE, &COLUMNS, problems, |row, problems| {
        Some(Place {
            id: row.filled("id", problems)?,
            kind: row.word("kind", problems)?,
            name_zh: row.filled("name_zh", problems)?,
            name_en: row.text("name_en").to_owned(),
            other_names: row.names("other_names", problems)?,
            county_code: row.filled("county_code", problems)?,
            position: row.position(bounds, problems)?,
            basis: row.word("basis", problems)?,
        })
    })
}
