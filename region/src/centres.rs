//! `centres.csv`: the dispatch centres of a region.

use super::basis::Basis;
use super::bounds::Bounds;
use super::csv_rows::{Located, Row, read};
use super::problems::Problems;
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
    /// Area code of its telephone network, such as `0951`; absent where nobody said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub area_code: Option<String>,
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

/// The area code, nothing in it where the cell is empty or the file has no such column.
fn area_code(row: &Row<'_>, problems: &mut Problems) -> Option<Option<String>> {
    let code = row.text("area_code");
    let digits = code.strip_prefix('0').unwrap_or_default();
    let is_code = (2..=3).contains(&digits.len()) && digits.bytes().all(|c| c.is_ascii_digit());
    if code.is_empty() || is_code {
        return Some((!code.is_empty()).then(|| code.to_owned()));
    }
    row.problem(problems, format!("area_code \"{code}\" is not a 0 and two or three digits"));
    None
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
            area_code: area_code(row, problems)?,
            basis: row.word("basis", problems)?,
        })
    })
}
