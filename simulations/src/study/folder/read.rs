//! Reads and checks a system folder.

use super::settings::Settings;
use crate::study::problem::Problem;
use crate::study::roads::{RawArc, Roads};
use crate::study::system::{Ambulance, DemandCell, Site, System};
use crate::study::tables::{self, Table};
use std::collections::HashMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// A file of more bytes is refused: twenty times the roads of a large city.
const MOST_BYTES: u64 = 512 * 1024 * 1024;

/// Reads a system folder.
///
/// # Errors
/// The first thing that is wrong, with file, line and column.
pub fn read(folder: &Path) -> Result<System, Problem> {
    let file = "system.toml";
    let text = String::from_utf8(bytes(folder, file)?)
        .map_err(|_| Problem::of_file(file, "must be UTF-8"))?;
    let settings = Settings::parse(file, text.trim_start_matches('\u{feff}'))?;
    let (name, sources) = (settings.name.clone(), settings.sources.clone());
    let said = settings.said(file)?;
    let stations_table = table(folder, "stations.csv")?;
    let stations = sites(&stations_table)?;
    let is_standby = |row: tables::Record<'_>| row.text(&["standby"]) == Some("1");
    let standby = stations_table.records().map(is_standby).collect();
    let hospitals = sites(&table(folder, "hospitals.csv")?)?;
    let ambulances = ambulances(&table(folder, "ambulances.csv")?, &stations)?;
    let (cells, districts) = cells(&table(folder, "demand.csv")?)?;
    let roads = roads(&table(folder, "nodes.csv")?, &table(folder, "arcs.csv")?, said.modes.len())?;
    Ok(System {
        name,
        sources,
        stations,
        standby,
        hospitals,
        ambulances,
        cells,
        districts,
        modes: said.modes,
        classes: said.classes,
        redispatch: said.redispatch,
        calls: said.calls,
        behaviour: said.behaviour,
        roads,
    })
}

fn bytes(folder: &Path, file: &str) -> Result<Vec<u8>, Problem> {
    let unreadable =
        |error: std::io::Error| Problem::of_file(file, format!("cannot be read: {error}"));
    let opened = File::open(folder.join(file)).map_err(unreadable)?;
    let mut bytes = Vec::new();
    opened.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(Problem::of_file(file, format!("is larger than {MOST_BYTES} bytes")));
    }
    Ok(bytes)
}

fn table(folder: &Path, file: &str) -> Result<Table, Problem> {
    let all = tables::read(file, &bytes(folder, file)?)?;
    let found = all.into_iter().next().filter(|table| table.records().len() > 0);
    found.ok_or_else(|| Problem::of_file(file, "must have a header line and at least one row"))
}

fn sites(table: &Table) -> Result<Vec<Site>, Problem> {
    let mut sites: Vec<Site> = Vec::new();
    for row in table.records() {
        let id = row.filled(&["id"])?.to_owned();
        if sites.iter().any(|known| known.id == id) {
            return Err(row.problem(&["id"], format!("{id} stands twice")));
        }
        let name = row.text(&["name"]).unwrap_or(&id).to_owned();
        sites.push(Site { id, name, position: row.position()? });
    }
    Ok(sites)
}

fn ambulances(table: &Table, stations: &[Site]) -> Result<Vec<Ambulance>, Problem> {
    let mut found: Vec<Ambulance> = Vec::new();
    for row in table.records() {
        let id = row.filled(&["id"])?.to_owned();
        if found.iter().any(|known| known.id == id) {
            return Err(row.problem(&["id"], format!("{id} stands twice")));
        }
        let wanted = row.filled(&["station"])?;
        let station = stations.iter().position(|station| station.id == wanted);
        let station = station
            .ok_or_else(|| row.problem(&["station"], format!("{wanted} is not in stations.csv")))?;
        found.push(Ambulance { id, station });
    }
    Ok(found)
}

fn cells(table: &Table) -> Result<(Vec<DemandCell>, Vec<String>), Problem> {
    let mut districts: Vec<String> = Vec::new();
    let mut cells = Vec::new();
    for row in table.records() {
        let weight = row.number_in(&["weight"], 0.0, 1e12)?;
        let name = row.text(&["district"]).unwrap_or("");
        let district = districts.iter().position(|it| it == name).unwrap_or_else(|| {
            districts.push(name.to_owned());
            districts.len() - 1
        });
        let rural = row.text(&["rural"]) == Some("1");
        if weight > 0.0 {
            cells.push(DemandCell { position: row.position()?, weight, district, rural });
        }
    }
    if cells.is_empty() {
        return Err(table.problem("must have a cell with a weight above 0"));
    }
    Ok((cells, districts))
}

fn roads(nodes: &Table, arcs: &Table, modes: usize) -> Result<Roads, Problem> {
    let mut by_id = HashMap::new();
    let (mut positions, mut access) = (Vec::new(), Vec::new());
    for row in nodes.records() {
        let id = row.index(&["id"])?;
        if by_id.insert(id, positions.len() as u32).is_some() {
            return Err(row.problem(&["id"], format!("{id} stands twice")));
        }
        positions.push(row.position()?);
        access.push(row.text(&["access"]) != Some("0"));
    }
    if !access.contains(&true) {
        return Err(nodes.problem("must have a node with access 1"));
    }
    let columns: Vec<String> = (1..=modes).map(|mode| format!("seconds_{mode}")).collect();
    let mut raw = Vec::with_capacity(arcs.records().len());
    for row in arcs.records() {
        let node = |column: &str| {
            let id = row.index(&[column])?;
            let found = by_id.get(&id).copied();
            found.ok_or_else(|| row.problem(&[column], format!("{id} is not in nodes.csv")))
        };
        let ms = columns.iter().map(|column| {
            let seconds = row.number_in(&[column], 0.0, 1e6)?;
            Ok((seconds * 1000.0).round().max(1.0) as u32)
        });
        raw.push(RawArc {
            from: node("from")?,
            to: node("to")?,
            metres: row.number_in(&["metres"], 0.0, 1e7)? as f32,
            ms: ms.collect::<Result<Vec<u32>, Problem>>()?,
        });
    }
    Ok(Roads::new(positions, access, &raw, modes))
}
