//! `stations.csv`: where ambulances wait.

use super::basis::Basis;
use super::bounds::Bounds;
use super::csv_rows::{Located, read};
use super::problems::Problems;
use dispatch_core::model::Wgs84;
use serde::Serialize;
use std::path::Path;

pub(super) const FILE: &str = "stations.csv";

const COLUMNS: [&str; 9] =
    ["id", "centre", "name_zh", "name_en", "hospital_id", "county_code", "lon", "lat", "basis"];

/// An ambulance station (急救分站) inside a hospital.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Station {
    /// Its id, for example `YC-01`.
    pub id: String,
    /// Id of the centre it belongs to.
    pub centre: String,
    /// Name in Chinese.
    pub name_zh: String,
    /// Name in English.
    pub name_en: String,
    /// Id of the hospital it is in.
    pub hospital_id: String,
    /// Code of its county (GB/T 2260).
    pub county_code: String,
    /// Where it stands, WGS-84.
    pub position: Wgs84,
    /// How far the row may be trusted.
    pub basis: Basis,
}

pub(super) fn load(
    dir: &Path,
    bounds: Option<&Bounds>,
    problems: &mut Problems,
) -> Vec<Located<Station>> {
    read(dir, FILE, &COLUMNS, problems, |row, problems| {
        Some(Station {
            id: row.filled("id", problems)?,
            centre: row.filled("centre", problems)?,
            name_zh: row.filled("name_zh", problems)?,
            name_en: row.filled("name_en", problems)?,
            hospital_id: row.filled("hospital_id", problems)?,
            county_code: row.filled("county_code", problems)?,
            position: row.position(bounds, problems)?,
            basis: row.word("basis", problems)?,
        })
    })
}
