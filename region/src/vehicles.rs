//! `vehicles.csv`: the ambulances as they are registered, not what they are doing.

use super::basis::Basis;
use super::csv_rows::{Located, read};
use super::problems::Problems;
use dispatch_core::model::VehicleKind;
use serde::Serialize;
use std::path::Path;

pub(super) const FILE: &str = "vehicles.csv";

const COLUMNS: [&str; 8] =
    ["id", "centre", "station", "plate", "call_sign", "type", "equipment", "basis"];

/// An ambulance as registered.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct VehicleRecord {
    /// Its id, for example `YC-01-1`.
    pub id: String,
    /// Id of the centre it belongs to.
    pub centre: String,
    /// Id of its home station.
    pub station: String,
    /// Number plate.
    pub plate: String,
    /// What it is called on the radio; unique in the region.
    pub call_sign: String,
    /// What it is built for; column `type`.
    pub kind: VehicleKind,
    /// Codes of what it carries.
    pub equipment: Vec<String>,
    /// How far the row may be trusted.
    pub basis: Basis,
}

pub(super) fn load(dir: &Path, problems: &mut Problems) -> Vec<Located<VehicleRecord>> {
    read(dir, FILE, &COLUMNS, problems, |row, problems| {
        Some(VehicleRecord {
            id: row.filled("id", problems)?,
            centre: row.filled("centre", problems)?,
            station: row.filled("station", problems)?,
            plate: row.filled("plate", problems)?,
            call_sign: row.filled("call_sign", problems)?,
            kind: row.word("type", problems)?,
            equipment: row.codes("equipment", problems)?,
            basis: row.word("basis", problems)?,
        })
    })
}
