//! Where the calls of a model come from: cells listed in a table, rasters that a demand file or a configuration names, or
//! else the places of the calls in a calls file.

use super::calls::RecordedCalls;
use super::files::{Files, Text};
use super::parameters::Parameters;
use super::raster::{self, Cells};
use crate::study::problem::Problem;
use crate::study::system::DemandCell;
use crate::study::tables::{self, Record, Table};
use std::collections::BTreeMap;

const WEIGHT: &[&str] = &["share", "weight", "demand", "calls", "density", "population", "value"];

/// A cell weighs no more: weights are shares, calls or people.
const MOST_WEIGHT: f64 = 1e12;

/// The demand of a model.
pub(super) struct Demand {
    pub(super) cells: Vec<DemandCell>,
    pub(super) districts: Vec<String>,
}

/// The demand of a model; what was taken for what goes into the notes.
pub(super) fn read(
    files: &Files,
    found: &Parameters,
    calls: Option<&RecordedCalls>,
    notes: &mut Vec<String>,
) -> Result<Demand, Problem> {
    let text = files.find(&["demand", "cells"], "csv")?;
    if let Some(text) = &text {
        let all = tables::read(&text.name, &text.bytes)?;
        let lists =
            |table: &&Table| table.has(WEIGHT) && table.has(&["lon", "x", "longitude", "lng"]);
        if let Some(table) = all.iter().find(lists) {
            return listed(table);
        }
        if all.iter().any(|table| table.has(&["rasterFilename"])) {
            return of_rasters(files, text, &all, found, notes);
        }
    }
    if let Some((config, raster)) = &found.density_raster {
        notes.push(format!("demand from the raster {} that {config} names", base_name(raster)));
        return Ok(as_cells(raster_named(files, config, raster)?));
    }
    if let Some(calls) = calls {
        notes.push("no demand file: calls come from where those of the calls file came".to_owned());
        return Ok(as_cells(calls.cells()));
    }
    Err(match text {
        Some(text) => Problem::of_file(
            &text.name,
            "must list cells with the columns lon, lat and share, or rasters with the column rasterFilename",
        ),
        None => Problem::of_file(
            "demand.csv",
            "is missing, and so are a raster named by gen_config.xml and a calls file, which would serve too",
        ),
    })
}

fn as_cells(cells: Cells) -> Demand {
    let cell = |(position, weight)| DemandCell { position, weight, district: 0, rural: false };
    Demand { cells: cells.into_iter().map(cell).collect(), districts: vec![String::new()] }
}

/// Cells with what they are called in the files of this family.
fn listed(table: &Table) -> Result<Demand, Problem> {
    let mut districts: Vec<String> = Vec::new();
    let mut cells = Vec::new();
    for row in table.records() {
        let weight = row.number_in(WEIGHT, 0.0, MOST_WEIGHT)?;
        let name = row.text(&["district", "area", "zone"]).unwrap_or("");
        let district = districts.iter().position(|it| it == name).unwrap_or_else(|| {
            districts.push(name.to_owned());
            districts.len() - 1
        });
        let rural =
            row.text(&["rural"]).is_some_and(|it| it == "1" || it.eq_ignore_ascii_case("true"));
        if weight > 0.0 {
            cells.push(DemandCell { position: row.position()?, weight, district, rural });
        }
    }
    if cells.is_empty() {
        return Err(table.problem("must have at least one cell with a share above 0"));
    }
    Ok(Demand { cells, districts })
}

/// Rasters weighed by the calls a day of the modes that use them.
fn of_rasters(
    files: &Files,
    text: &Text,
    all: &[Table],
    found: &Parameters,
    notes: &mut Vec<String>,
) -> Result<Demand, Problem> {
    const FILE: &[&str] = &["rasterFilename"];
    let rasters = tables::named(all, &text.name, "demandRasters")?;
    let rates = calls_by_raster(all)?;
    let mut cells = Cells::new();
    for row in rasters.records() {
        let rate = match rates.as_ref() {
            Some(rates) => rates.get(&row.index(&["rasterIndex"])?).copied().unwrap_or(0.0),
            None => 1.0,
        };
        if rate <= 0.0 {
            continue;
        }
        let name = row.filled(FILE)?;
        let read = raster_of_row(files, &row, FILE, name)?;
        notes.push(format!("demand from the raster {}", base_name(name)));
        let sum: f64 = read.iter().map(|(_, weight)| weight).sum();
        cells.extend(read.into_iter().map(|(at, weight)| (at, weight / sum * rate)));
    }
    if cells.is_empty() {
        return Err(rasters.problem("must name a raster that some mode of demand uses"));
    }
    if rasters.records().len() > 1 && found.shares.len() > 1 {
        notes.push(
            "rasters of several priorities are added up: every priority comes from everywhere alike"
                .to_owned(),
        );
    }
    let sets = all.iter().find(|table| table.has(&["startTime"]) && table.has(&["setIndex"]));
    if sets.is_some_and(|sets| sets.records().len() > 1) {
        notes.push(
            "demand that changes with the time is taken at its mean over the sets".to_owned(),
        );
    }
    Ok(as_cells(cells))
}

/// Calls a day from each raster, all modes together; nothing where no table tells.
fn calls_by_raster(all: &[Table]) -> Result<Option<BTreeMap<u64, f64>>, Problem> {
    const RATE: &[&str] = &["arrivalRate"];
    let Some(modes) = all.iter().find(|table| table.has(RATE)) else { return Ok(None) };
    let mut rates = BTreeMap::new();
    for row in modes.records() {
        let rate = row.number_in(RATE, 0.0, 1e9)?;
        *rates.entry(row.index(&["rasterIndex"])?).or_default() += rate;
    }
    Ok(Some(rates))
}

fn base_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

fn raster_of_row(
    files: &Files,
    row: &Record<'_>,
    column: &[&str],
    name: &str,
) -> Result<Cells, Problem> {
    match files.named(base_name(name))? {
        Some(file) => raster::read(&file),
        None => Err(row.problem(column, missing(name))),
    }
}

fn raster_named(files: &Files, config: &str, name: &str) -> Result<Cells, Problem> {
    match files.named(base_name(name))? {
        Some(file) => raster::read(&file),
        None => Err(Problem::of_file(config, format!("filename {}", missing(name)))),
    }
}

fn missing(name: &str) -> String {
    format!(
        "names the raster {name}; put the file {} anywhere in the model's folder, plain or in a zip archive",
        base_name(name)
    )
}
