//! A whole system from a model folder.

use super::calls;
use super::demand::{self, Demand};
use super::files::{Files, Text};
use super::parameters::{self, Options, Parameters};
use super::roads;
use crate::study::distribution::Distribution;
use crate::study::problem::Problem;
use crate::study::system::{
    Ambulance, Behaviour, CallClass, CallPattern, Site, System, TravelMode,
};
use crate::study::tables;
use dispatch_core::model::Priority;
use std::collections::HashMap;
use std::path::Path;

/// A system and what was understood on the way.
#[derive(Debug)]
pub struct Imported {
    /// The system.
    pub system: System,
    /// What was taken for what, in sentences.
    pub notes: Vec<String>,
}

/// Imports a model folder.
///
/// # Errors
/// The first thing that is wrong with it.
pub fn import(folder: &Path, options: &Options) -> Result<Imported, Problem> {
    let files = Files::of(folder)?;
    let calls = calls::read(&files)?;
    let found = parameters::read(&files, calls.as_ref(), options)?;
    let read = roads::read(&files)?;
    let (stations, by_index) = sites(&files, &["stations"])?;
    let (hospitals, _) = sites(&files, &["hospitals"])?;
    let ambulances = ambulances(&files, &by_index)?;
    let mut notes = read.notes;
    notes.extend(found.notes.iter().cloned());
    let Demand { cells, districts } = demand::read(&files, &found, calls.as_ref(), &mut notes)?;
    let name = folder.file_name().map_or("system".into(), |it| it.to_string_lossy().into_owned());
    let system = System {
        sources: vec![
            format!("Imported from the model folder {name}."),
            format!("What its files were taken for: {}.", notes.join("; ")),
        ],
        name,
        standby: vec![false; stations.len()],
        stations,
        hospitals,
        ambulances,
        cells,
        districts,
        modes: modes(&found, read.modes),
        classes: classes(&found, read.modes)?,
        redispatch: found.redispatch.clone(),
        calls: CallPattern {
            per_day: found.calls_per_day,
            hourly: Vec::new(),
            weekday: Vec::new(),
        },
        behaviour: behaviour(&found, read.modes),
        roads: read.roads,
    };
    Ok(Imported { system, notes })
}

fn behaviour(found: &Parameters, modes: usize) -> Behaviour {
    Behaviour {
        dispatch_delay: found.dispatch_delay.clone(),
        turnout: found.turnout.clone(),
        turnout_on_road: Distribution::constant(0.0),
        on_scene: found.on_scene.clone(),
        handover: found.handover.clone(),
        transport_share: found.transport_share,
        regular_mode: modes - 1,
        travel_sigma: 0.0,
        cancelled_share: 0.0,
        cancelled_after: Distribution::constant(0.0),
        empty_share: 0.0,
        empty_on_scene: Distribution::constant(0.0),
        wrong_priority_share: 0.0,
    }
}

fn modes(found: &Parameters, modes: usize) -> Vec<TravelMode> {
    let kmh = |mode: usize| found.off_road_kmh.get(mode).or(found.off_road_kmh.last());
    (0..modes)
        .map(|mode| TravelMode {
            name: format!("mode {}", mode + 1),
            off_road_kmh: kmh(mode).copied().unwrap_or(40.0),
        })
        .collect()
}

/// Priorities of the core that stand for so many of a model, the most urgent first.
fn core_priorities(count: usize) -> Option<&'static [Priority]> {
    use Priority::{Critical, NonUrgent, Severe, Urgent};
    match count {
        1 => Some(&[Severe]),
        2 => Some(&[Critical, NonUrgent]),
        3 => Some(&[Critical, Severe, NonUrgent]),
        4 => Some(&[Critical, Severe, Urgent, NonUrgent]),
        _ => None,
    }
}

fn classes(found: &Parameters, modes: usize) -> Result<Vec<CallClass>, Problem> {
    let count = found.shares.len();
    let priorities = core_priorities(count).ok_or_else(|| {
        Problem::of_file(
            "priorities",
            format!("there are {count} priorities; 1 to 4 can be told apart"),
        )
    })?;
    let shortest = found.targets_seconds.iter().copied().fold(f64::INFINITY, f64::min);
    let class = |place: usize| CallClass {
        name: found
            .names
            .get(place)
            .filter(|it| !it.is_empty())
            .cloned()
            .unwrap_or_else(|| format!("{}", place + 1)),
        share: found.shares[place],
        priority: priorities[place],
        target_seconds: found.targets_seconds[place],
        rural_target_seconds: found.targets_seconds[place],
        mode: found.modes.get(place).copied().unwrap_or(0).min(modes - 1),
        urgent: count == 1 || found.targets_seconds[place] <= shortest * 1.25 || place == 0,
        arrest_share: if place == 0 { 0.02 } else { 0.0 },
    };
    Ok((0..count).map(class).collect())
}

fn must(files: &Files, stems: &[&str]) -> Result<Text, Problem> {
    let name = format!("{}.csv", stems[0]);
    files.find(stems, "csv")?.ok_or_else(|| Problem::of_file(&name, "is missing"))
}

fn sites(files: &Files, stems: &[&str]) -> Result<(Vec<Site>, HashMap<u64, usize>), Problem> {
    let text = must(files, stems)?;
    let all = tables::read(&text.name, &text.bytes)?;
    let table = tables::named(&all, &text.name, stems[0])?;
    let singular = stems[0].trim_end_matches('s');
    let (mut found, mut by_index) = (Vec::new(), HashMap::new());
    for row in table.records() {
        let columns = ["index", singular, "id"];
        let index = row.index(&columns)?;
        if by_index.insert(index, found.len()).is_some() {
            return Err(row.problem(&columns, format!("{index} stands twice")));
        }
        let name = row.text(&["name"]).map_or_else(|| format!("{singular} {index}"), str::to_owned);
        found.push(Site { id: index.to_string(), name, position: row.position()? });
    }
    if found.is_empty() {
        return Err(table.problem(format!("must have at least one {singular}")));
    }
    Ok((found, by_index))
}

fn ambulances(files: &Files, stations: &HashMap<u64, usize>) -> Result<Vec<Ambulance>, Problem> {
    let text = must(files, &["ambulances", "vehicles"])?;
    let all = tables::read(&text.name, &text.bytes)?;
    let table = tables::named(&all, &text.name, "ambulances")?;
    let mut found: Vec<Ambulance> = Vec::new();
    for row in table.records() {
        const STATION: &[&str] = &["stationIndex", "station"];
        let id = row.index(&["index", "ambulance", "vehicle", "id"])?.to_string();
        if found.iter().any(|known| known.id == id) {
            return Err(row.problem(&["index"], format!("{id} stands twice")));
        }
        let index = row.index(STATION)?;
        let station = stations.get(&index).copied();
        let station = station.ok_or_else(|| {
            row.problem(STATION, format!("names station {index}, which is not in the stations"))
        })?;
        found.push(Ambulance { id, station });
    }
    if found.is_empty() {
        return Err(table.problem("must have at least one ambulance"));
    }
    Ok(found)
}
