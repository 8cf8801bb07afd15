//! `aeds.csv`: public defibrillators (自动体外除颤器). A region may have no such file.

use super::basis::Basis;
use super::bounds::Bounds;
use super::csv_rows::{Located, read};
use super::problems::Problems;
use dispatch_core::model::Wgs84;
use serde::Serialize;
use std::path::Path;

pub(super) const FILE: &str = "aeds.csv";

const COLUMNS: [&str; 5] = ["id", "name", "lon", "lat", "basis"];

/// A public defibrillator.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Aed {
    /// Its id in the list it comes from.
    pub id: String,
    /// What it is called, or where exactly it hangs.
    pub name: String,
    /// WGS-84.
    pub position: Wgs84,
    /// How far the row may be trusted.
    pub basis: Basis,
}

pub(super) fn load(
    dir: &Path,
    bounds: Option<&Bounds>,
    problems: &mut Problems,
) -> Vec<Located<Aed>> {
    if !dir.join(FILE).exists() {
        return Vec::new();
    }
    read(dir, FILE, &COLUMNS, problems, |row, problems| {
        Some(Aed {
            id: row.filled("id", problems)?,
            name: row.filled("name", problems)?,
            position: row.position(bounds, problems)?,
            basis: row.word("basis", problems)?,
        })
    })
}
