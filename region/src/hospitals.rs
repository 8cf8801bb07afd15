//! `hospitals.csv`: where patients are taken.

use super::basis::Basis;
use super::bounds::Bounds;
use super::csv_rows::{Located, read};
use super::problems::Problems;
use dispatch_core::model::Wgs84;
use serde::{Deserialize, Serialize};
use std::path::Path;

pub(super) const FILE: &str = "hospitals.csv";

const COLUMNS: [&str; 12] = [
    "id",
    "name_zh",
    "name_en",
    "centre",
    "county_code",
    "grade",
    "specialities",
    "lon",
    "lat",
    "name_basis",
    "position_basis",
    "specialities_basis",
];

/// A hospital.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Hospital {
    /// Its id, for example `H-YC-01`.
    pub id: String,
    /// Name in Chinese.
    pub name_zh: String,
    /// Name in English; may be empty.
    pub name_en: String,
    /// Id of the centre in whose area it stands.
    pub centre: String,
    /// Code of its county (GB/T 2260).
    pub county_code: String,
    /// Grade as published, for example 三级甲等; empty where none was published.
    pub grade: String,
    /// What it is known to treat.
    pub specialities: Vec<Speciality>,
    /// Where it stands, WGS-84.
    pub position: Wgs84,
    /// How far name and grade may be trusted.
    pub name_basis: Basis,
    /// How far the position may be trusted.
    pub position_basis: Basis,
    /// How far the specialities may be trusted.
    pub specialities_basis: Basis,
}

/// What a hospital is known to treat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Speciality {
    /// Chest pain centre (胸痛中心).
    ChestPain,
    /// Stroke centre (卒中中心).
    Stroke,
    /// Trauma centre (创伤中心).
    Trauma,
    /// Births (产科).
    Maternity,
    /// Newborns (新生儿科).
    Neonatal,
    /// Children (儿科).
    Paediatrics,
    /// Mental illness (精神科).
    Psychiatry,
    /// Infectious diseases (传染科).
    Infectious,
}

pub(super) fn load(
    dir: &Path,
    bounds: Option<&Bounds>,
    problems: &mut Problems,
) -> Vec<Located<Hospital>> {
    read(dir, FILE, &COLUMNS, problems, |row, problems| {
        Some(Hospital {
            id: row.filled("id", problems)?,
            name_zh: row.filled("name_zh", problems)?,
            name_en: row.text("name_en").to_owned(),
            centre: row.filled("centre", problems)?,
            county_code: row.filled("county_code", problems)?,
            grade: row.text("grade").to_owned(),
            specialities: row.words("specialities", problems)?,
            position: row.position(bounds, problems)?,
            name_basis: row.word("name_basis", problems)?,
            position_basis: row.word("position_basis", problems)?,
            specialities_basis: row.word("specialities_basis", problems)?,
        })
    })
}
