//! Nodes and arcs, with their units found out: kilometres or metres, days, hours, minutes or seconds.

use super::files::Files;
use crate::study::problem::Problem;
use crate::study::roads::{RawArc, Roads};
use crate::study::tables::{self, Record, Table};
use dispatch_core::model::Wgs84;
use std::collections::HashMap;

/// Units of time by their seconds, the one of JEMSS.jl first.
const UNITS: [(&str, f64); 4] =
    [("days", 86_400.0), ("hours", 3600.0), ("minutes", 60.0), ("seconds", 1.0)];
/// Half of a city's roads are driven at no less and no more than this, km/h.
const CREDIBLE_KMH: std::ops::RangeInclusive<f64> = 4.0..=160.0;

/// No arc is longer or takes longer than this, in whatever unit.
const POSSIBLE: std::ops::RangeInclusive<f64> = 0.0..=1e9;
const IMPOSSIBLE: &str = "must lie between 0 and 1000000000";

/// The roads and what was understood of their units.
pub(super) struct Read {
    pub(super) roads: Roads,
    pub(super) modes: usize,
    pub(super) notes: Vec<String>,
}

struct Nodes {
    positions: Vec<Wgs84>,
    access: Vec<bool>,
    by_index: HashMap<u64, u32>,
}

/// Reads nodes and arcs.
pub(super) fn read(files: &Files) -> Result<Read, Problem> {
    let missing = |what: &str| {
        Problem::of_file(
            what,
            "is missing: roads are nodes.csv and arcs.csv, plain or in a zip archive",
        )
    };
    let nodes = files.find(&["nodes"], "csv")?.ok_or_else(|| missing("nodes.csv"))?;
    let node_tables = tables::read(&nodes.name, &nodes.bytes)?;
    let nodes = read_nodes(tables::named(&node_tables, &nodes.name, "nodes")?)?;
    let arcs = files.find(&["arcs"], "csv")?.ok_or_else(|| missing("arcs.csv"))?;
    let arc_tables = tables::read(&arcs.name, &arcs.bytes)?;
    let table = tables::named(&arc_tables, &arcs.name, "arcs")?;
    let form = arc_tables.iter().flat_map(Table::records).find_map(|row| row.text(&["arcForm"]));
    let undirected = form.is_some_and(|form| form.eq_ignore_ascii_case("undirected"));
    read_arcs(table, nodes, undirected)
}

fn read_nodes(table: &Table) -> Result<Nodes, Problem> {
    const INDEX: &[&str] = &["index", "node", "id"];
    let mut nodes = Nodes { positions: Vec::new(), access: Vec::new(), by_index: HashMap::new() };
    for row in table.records() {
        let index = row.index(INDEX)?;
        if nodes.by_index.insert(index, nodes.positions.len() as u32).is_some() {
            return Err(row.problem(INDEX, format!("{index} stands twice")));
        }
        nodes.positions.push(row.position()?);
        let access = row.text(&["offRoadAccess", "access"]);
        nodes.access.push(!access.is_some_and(|it| it == "false" || it.parse() == Ok(0.0_f64)));
    }
    if nodes.positions.len() < 2 {
        return Err(table.problem("must have at least two nodes"));
    }
    if !nodes.access.iter().any(|access| *access) {
        return Err(table.problem("must have a node with offRoadAccess"));
    }
    Ok(nodes)
}

fn read_arcs(table: &Table, nodes: Nodes, undirected: bool) -> Result<Read, Problem> {
    let names: Vec<String> =
        (1..).map(|n| format!("mode_{n}")).take_while(|n| table.has(&[n])).collect();
    let single: &[&str] = &["time", "travelTime", "duration"];
    let columns: Vec<Vec<&str>> = if names.is_empty() {
        vec![single.to_vec()]
    } else {
        names.iter().map(|n| vec![n.as_str()]).collect()
    };
    columns.iter().try_for_each(|column| table.must_have(column))?;
    let mut raw = Vec::with_capacity(table.records().len());
    let mut times = Vec::with_capacity(raw.capacity());
    let mut lengths = Vec::with_capacity(raw.capacity());
    for row in table.records() {
        let [from, to] =
            [&["fromNode", "from"], &["toNode", "to"]].map(|it| node_of(&row, it, &nodes));
        let (from, to) = (from?, to?);
        let of_modes = columns.iter().map(|column| row.number(column));
        let of_modes = of_modes.collect::<Result<Vec<f64>, _>>()?;
        if let Some(mode) = of_modes.iter().position(|time| !POSSIBLE.contains(time)) {
            return Err(row.problem(&columns[mode], IMPOSSIBLE));
        }
        times.push(of_modes);
        let length = row.number_if_any(&["distance", "length", "metres"])?;
        if length.is_some_and(|length| !POSSIBLE.contains(&length)) {
            return Err(row.problem(&["distance", "length", "metres"], IMPOSSIBLE));
        }
        lengths.push(length);
        raw.push(RawArc { from, to, metres: 0.0, ms: Vec::new() });
    }
    if raw.is_empty() {
        return Err(table.problem("must have at least one arc"));
    }
    let mut notes = Vec::new();
    measure(&mut raw, &lengths, &nodes, &mut notes);
    let seconds = unit_seconds(table, &raw, &times, &mut notes)?;
    for (arc, times) in raw.iter_mut().zip(&times) {
        arc.ms = times.iter().map(|time| milliseconds(time * seconds)).collect();
    }
    if undirected {
        raw.extend(raw.clone().into_iter().map(|arc| RawArc { from: arc.to, to: arc.from, ..arc }));
    }
    let modes = columns.len();
    let roads = Roads::new(nodes.positions, nodes.access, &raw, modes);
    Ok(Read { roads, modes, notes })
}

fn milliseconds(seconds: f64) -> u32 {
    (seconds * 1000.0).round().clamp(1.0, 1e9) as u32
}

fn node_of(row: &Record<'_>, column: &[&str], nodes: &Nodes) -> Result<u32, Problem> {
    let index = row.index(column)?;
    let found = nodes.by_index.get(&index).copied();
    found.ok_or_else(|| {
        row.problem(column, format!("names node {index}, which is not in the nodes"))
    })
}

/// Lengths in metres: told in kilometres or metres, whichever fits the straight lines; the straight line where none is told.
fn measure(raw: &mut [RawArc], lengths: &[Option<f64>], nodes: &Nodes, notes: &mut Vec<String>) {
    let straight = |arc: &RawArc| {
        nodes.positions[arc.from as usize].metres_to(nodes.positions[arc.to as usize])
    };
    let told =
        raw.iter().zip(lengths).filter_map(|(arc, length)| Some((straight(arc), (*length)?)));
    let mut ratios: Vec<f64> = told
        .filter(|(metres, length)| *metres > 1.0 && *length > 0.0)
        .map(|(m, l)| m / l)
        .collect();
    let unit = match median(&mut ratios) {
        Some(ratio) if ratio > 30.0 => 1000.0,
        Some(_) => 1.0,
        None => 0.0,
    };
    notes.push(match unit {
        1000.0 => "lengths of arcs read as kilometres".to_owned(),
        1.0 => "lengths of arcs read as metres".to_owned(),
        _ => "no lengths of arcs: straight lines taken".to_owned(),
    });
    for (arc, length) in raw.iter_mut().zip(lengths) {
        arc.metres =
            length.filter(|_| unit > 0.0).map_or_else(|| straight(arc), |it| it * unit) as f32;
    }
}

fn unit_seconds(
    table: &Table,
    raw: &[RawArc],
    times: &[Vec<f64>],
    notes: &mut Vec<String>,
) -> Result<f64, Problem> {
    let mut per_unit: Vec<f64> = raw
        .iter()
        .zip(times)
        .filter(|(arc, times)| arc.metres > 1.0 && times[0] > 0.0)
        .map(|(arc, times)| f64::from(arc.metres) / 1000.0 / times[0])
        .collect();
    let Some(km_per_unit) = median(&mut per_unit) else {
        return Err(table.problem("must have arcs with a length and a time above 0"));
    };
    let fits =
        |(_, seconds): &&(&str, f64)| CREDIBLE_KMH.contains(&(km_per_unit * 3600.0 / seconds));
    let found = UNITS.iter().find(fits).ok_or_else(|| {
        let what = "has times that fit no unit: in days, hours, minutes or seconds half of the roads must be driven at 4 to 160 km/h";
        table.problem(what)
    })?;
    let kmh = km_per_unit * 3600.0 / found.1;
    notes.push(format!("times of arcs read as {}, half of them above {kmh:.0} km/h", found.0));
    Ok(found.1)
}

fn median(values: &mut [f64]) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}
