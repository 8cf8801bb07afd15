//! `roads.csv`: main roads as lines. Two roads meet only where they hold the identical vertex.

use super::basis::Basis;
use super::bounds::Bounds;
use super::csv_rows::{Located, Row, read};
use super::problems::Problems;
use super::road_class::RoadClass;
use dispatch_core::model::Wgs84;
use serde::Serialize;
use std::collections::HashSet;
use std::path::Path;

pub(super) const FILE: &str = "roads.csv";

const COLUMNS: [&str; 11] =
    ["road", "ref", "name_zh", "name_en", "class", "part", "seq", "lon", "lat", "place", "basis"];

/// A road.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Road {
    /// Its id inside the file, for example `G6`.
    pub id: String,
    /// The number on its signs, for example `G6`; column `ref`; empty where it has none.
    pub number: String,
    /// Name in Chinese.
    pub name_zh: String,
    /// Name in English; may be empty.
    pub name_en: String,
    /// How important it is.
    pub class: RoadClass,
    /// Its connected pieces.
    pub parts: Vec<RoadPart>,
}

/// One connected piece of a road.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RoadPart {
    /// Its number, from 1.
    pub part: u32,
    /// Its vertices in driving order, at least two.
    pub vertices: Vec<RoadVertex>,
    /// How far the course may be trusted.
    pub basis: Basis,
}

/// One vertex of a road.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RoadVertex {
    /// Where, WGS-84. Equal to the last digit where two roads meet.
    pub position: Wgs84,
    /// Town, junction or bridge at the vertex; mostly empty.
    pub place: String,
}

struct Line {
    road: Road,
    part: u32,
    seq: u32,
    vertex: RoadVertex,
    basis: Basis,
}

pub(super) fn load(dir: &Path, bounds: Option<&Bounds>, problems: &mut Problems) -> Vec<Road> {
    let lines = read(dir, FILE, &COLUMNS, problems, |row, problems| line(row, bounds, problems));
    let mut roads: Vec<Road> = Vec::new();
    let mut finished: HashSet<String> = HashSet::new();
    let mut last_line = 0;
    for Located { line, value } in lines {
        let Line { road, part, seq, vertex, basis } = value;
        let same_road = roads.last().is_some_and(|last| last.id == road.id);
        let same_part = same_road
            && roads.last().and_then(|last| last.parts.last()).is_some_and(|it| it.part == part);
        if !same_part {
            check_length(&roads, last_line, problems);
        }
        if !same_road {
            if !finished.insert(road.id.clone()) {
                let what = format!("road {} was ended by another road before", road.id);
                problems.at(FILE, line, what);
            }
            roads.push(road);
        } else if !same_head(roads.last(), &road) {
            problems.at(FILE, line, format!("road {} changes its name, ref or class", road.id));
        }
        let Some(road) = roads.last_mut() else { continue };
        if !same_part {
            road.parts.push(RoadPart { part, vertices: Vec::new(), basis });
        }
        let Some(piece) = road.parts.last_mut() else { continue };
        let expected = piece.vertices.len() + 1;
        if seq as usize != expected {
            let what = format!("seq is {seq} where part {part} of {} needs {expected}", road.id);
            problems.at(FILE, line, what);
        }
        piece.vertices.push(vertex);
        last_line = line;
    }
    check_length(&roads, last_line, problems);
    roads
}

fn line(row: &Row<'_>, bounds: Option<&Bounds>, problems: &mut Problems) -> Option<Line> {
    let road = Road {
        id: row.filled("road", problems)?,
        number: row.text("ref").to_owned(),
        name_zh: row.filled("name_zh", problems)?,
        name_en: row.text("name_en").to_owned(),
        class: row.word("class", problems)?,
        parts: Vec::new(),
    };
    Some(Line {
        road,
        part: row.count("part", problems)?,
        seq: row.count("seq", problems)?,
        vertex: RoadVertex {
            position: row.position(bounds, problems)?,
            place: row.text("place").to_owned(),
        },
        basis: row.word("basis", problems)?,
    })
}

fn same_head(last: Option<&Road>, road: &Road) -> bool {
    last.is_some_and(|last| {
        last.number == road.number && last.name_zh == road.name_zh && last.class == road.class
    })
}

fn check_length(roads: &[Road], line: u64, problems: &mut Problems) {
    let Some(road) = roads.last() else { return };
    if let Some(part) = road.parts.last().filter(|part| part.vertices.len() < 2) {
        let what = format!("part {} of road {} has a single vertex", part.part, road.id);
        problems.at(FILE, line, what);
    }
}
