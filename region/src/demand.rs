//! `demand.csv`: where calls are to be expected, and when. A region may have no such file.

use super::basis::Basis;
use super::bounds::Bounds;
use super::csv_rows::{Located, Row, read};
use super::problems::Problems;
use dispatch_core::model::Wgs84;
use serde::Serialize;
use std::path::Path;

pub(super) const FILE: &str = "demand.csv";

const COLUMNS: [&str; 10] = [
    "id",
    "name_zh",
    "name_en",
    "county_code",
    "lon",
    "lat",
    "weight",
    "hours",
    "weekdays",
    "basis",
];

/// Rows in a file: all townships of the largest provinces. Coverage looks at each of them every few seconds.
const MOST_ROWS: usize = 4_000;
/// The largest number a weight or factor may be: more than the people of a province.
const MOST: f64 = 1e9;

/// A settlement or piece of ground from which calls come.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DemandCell {
    /// Its id.
    pub id: String,
    /// Name in Chinese.
    pub name_zh: String,
    /// Name in English; may be empty.
    pub name_en: String,
    /// Code of its county (GB/T 2260).
    pub county_code: String,
    /// Its middle, WGS-84.
    pub position: Wgs84,
    /// How many calls come from it against the others, in any unit; not negative.
    pub weight: f64,
    /// Factors of the 24 local hours from midnight; empty when all count alike.
    pub hours: Vec<f64>,
    /// Factors of the seven days from Monday; empty when all count alike.
    pub weekdays: Vec<f64>,
    /// How far the row may be trusted.
    pub basis: Basis,
}

impl DemandCell {
    /// Its weight in a local hour (0 to 23) of a day (0 Monday to 6 Sunday).
    pub fn weight_at(&self, hour: usize, weekday: usize) -> f64 {
        let factor = |factors: &[f64], at: usize| factors.get(at).copied().unwrap_or(1.0);
        self.weight * factor(&self.hours, hour) * factor(&self.weekdays, weekday)
    }
}

pub(super) fn load(
    dir: &Path,
    bounds: Option<&Bounds>,
    problems: &mut Problems,
) -> Vec<Located<DemandCell>> {
    if !dir.join(FILE).exists() {
        return Vec::new();
    }
    let cells = read(dir, FILE, &COLUMNS, problems, |row, problems| {
        Some(DemandCell {
            id: row.filled("id", problems)?,
            name_zh: row.filled("name_zh", problems)?,
            name_en: row.text("name_en").to_owned(),
            county_code: row.filled("county_code", problems)?,
            position: row.position(bounds, problems)?,
            weight: amount(row, "weight", row.text("weight"), problems)?,
            hours: factors(row, "hours", 24, problems)?,
            weekdays: factors(row, "weekdays", 7, problems)?,
            basis: row.word("basis", problems)?,
        })
    });
    if cells.len() > MOST_ROWS {
        problems.of_file(FILE, format!("there are more than {MOST_ROWS} rows"));
    }
    if !cells.is_empty() && cells.iter().all(|row| row.value.weight == 0.0) {
        problems.of_file(FILE, "every weight is 0; leave the file out instead".to_owned());
    }
    cells
}

/// A list of so many factors, not all 0; or none.
fn factors(
    row: &Row<'_>,
    column: &str,
    wanted: usize,
    problems: &mut Problems,
) -> Option<Vec<f64>> {
    let told = row.list(column);
    if told.is_empty() {
        return Some(Vec::new());
    }
    if told.len() != wanted {
        let what =
            format!("{column} has {} numbers where {wanted} are wanted, or none", told.len());
        row.problem(problems, what);
        return None;
    }
    let factors: Option<Vec<f64>> =
        told.iter().map(|text| amount(row, column, text, problems)).collect();
    let factors = factors?;
    if factors.iter().all(|factor| *factor == 0.0) {
        row.problem(problems, format!("{column} are all 0; give the row weight 0 instead"));
        return None;
    }
    Some(factors)
}

fn amount(row: &Row<'_>, column: &str, text: &str, problems: &mut Problems) -> Option<f64> {
    let number = text.parse::<f64>().ok().filter(|number| (0.0..=MOST).contains(number));
    if number.is_none() {
        row.problem(problems, format!("{column} \"{text}\" is not a number from 0 to {MOST:.0}"));
    }
    number
}
