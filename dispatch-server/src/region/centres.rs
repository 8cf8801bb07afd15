//! `centres.csv`: the dispatch centres of a region.

use super::basis::Basis;
use super::csv_rows::{Located, read};
use super::problems::Problems;
use super::settings::Bounds;
use dispatch_core::model::Wgs84;
use serde::{Deserialize, Serialize};
use std::path::Path;

pub(super) const FILE: &str = "centres.csv";

const COLUMNS: [&str; 9] =
    ["id", "code", "kind", "prefecture_code", "name_zh", "name_en", "lon", "lat", "basis"];

/// A dispatch centre (急救指挥中心).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Centre {
    /// Its id, for example `yinchuan`.
    pub id: String,
    /// Its short code, for example `YC`.
    pub code: String,
    /// Regional or city.
    pub kind: CentreKind,
    /// Code of the prefecture or province it serves (GB/T 2260).
    pub prefecture_code: String,
    /// Name in Chinese.
    pub name_zh: String,
    /// Name in English.
    pub name_en: String,
    /// Where it stands, WGS-84.
    pub position: Wgs84,
    /// How far the row may be trusted.
    pub basis: Basis,
}

/// What a centre may act for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CentreKind {
    /// May act for any centre (区级中心).
    Regional,
    /// Owns one prefecture (市中心).
    City,
}

pub(super) fn load(
    dir: &Path,
    bounds: Option<&Bounds>,
    problems: &mut Problems,
) -> Vec<Located<Centre>> {
    read(dir, FILE, &COLUMNS, problems, |row, problems| {
        Some(Centre {
            id: row.filled("id", problems)?,
            code: row.filled("code", problems)?,
            kind: row.word("kind", problems)?,
            prefecture_code: row.filled("prefecture_code", problems)?,
            name_zh: row.filled("name_zh", problems)?,
            name_en: row.filled("name_en", problems)?,
            position: row.position(bounds, problems)?,
            basis: row.word("basis", problems)?,
        })
    })
}
