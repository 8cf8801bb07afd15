//! `townships.csv`: the lowest level of administration, with codes.

use super::basis::Basis;
use super::bounds::Bounds;
use super::csv_rows::{Located, read};
use super::problems::Problems;
use dispatch_core::model::Wgs84;
use serde::Serialize;
use std::path::Path;

pub(super) const FILE: &str = "townships.csv";

const COLUMNS: [&str; 7] = ["code", "county_code", "name_zh", "name_en", "lon", "lat", "basis"];

/// A township, town or subdistrict (乡镇街道).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Township {
    /// Its nine-digit code.
    pub code: String,
    /// Code of its county (GB/T 2260).
    pub county_code: String,
    /// Name in Chinese.
    pub name_zh: String,
    /// Name in pinyin; may be empty.
    pub name_en: String,
    /// Where its centre is, WGS-84.
    pub position: Wgs84,
    /// How far the position may be trusted.
    pub basis: Basis,
}

pub(super) fn load(
    dir: &Path,
    bounds: Option<&Bounds>,
    problems: &mut Problems,
) -> Vec<Located<Township>> {
    read(dir, FILE, &COLUMNS, problems, |row, problems| {
        Some(Township {
            code: row.filled("code", problems)?,
            county_code: row.filled("county_code", problems)?,
            name_zh: row.filled("name_zh", problems)?,
            name_en: row.text("name_en").to_owned(),
            position: row.position(bounds, problems)?,
            basis: row.word("basis", problems)?,
        })
    })
}
