//! A network from a region folder: the main roads of `roads.csv`, and streets made up by a
//! fixed rule around every settlement. Each stretch says whether it is fact, approximate or
//! generated. Never joins roads that only cross, and never bridges a river by itself.

mod barriers;
mod draw;
mod folder;
mod join;
mod streets;

use crate::error::ComposeError;
use crate::graph::network::RoadNetwork;
use crate::input::build::{BuildReport, build};
use crate::input::plan::RoadPlan;
use std::path::Path;

/// What composing did, for the operator to read.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
pub struct ComposeReport {
    /// Main roads read, in pieces.
    pub main_pieces: usize,
    /// Settlements that got streets.
    pub settlements: usize,
    /// Streets generated, as stretches between corners.
    pub streets: usize,
    /// Roads generated to join settlements and single places to the main roads.
    pub access_roads: usize,
    /// Places that could not be joined without crossing a river.
    pub unreachable: Vec<String>,
    /// What building the network did.
    pub build: BuildReport,
}

/// Composes the network of a region folder.
///
/// # Errors
/// Where a file is missing or wrong, with its name and line.
pub fn compose(folder: &Path) -> Result<(RoadNetwork, ComposeReport), ComposeError> {
    let (plan, mut report) = region_plan(folder)?;
    let (network, built) = build(plan);
    report.build = built;
    let network = network.ok_or_else(|| ComposeError::NoRoads { path: folder.to_owned() })?;
    Ok((network, report))
}

/// The plan of a region folder before it is built.
///
/// # Errors
/// Where a file is missing or wrong, with its name and line.
pub fn region_plan(folder: &Path) -> Result<(RoadPlan, ComposeReport), ComposeError> {
    let read = folder::read(folder)?;
    let mut report = ComposeReport { main_pieces: read.pieces.len(), ..Default::default() };
    let mut draft = draw::Draft::new(&read.pieces);
    let barriers = barriers::Barriers::new(&read.rivers, &read.pieces);
    report.settlements = streets::add(&mut draft, &barriers, &read.settlements);
    report.streets = draft.lines.len() - report.main_pieces;
    join::cross(&mut draft);
    join::reach(&mut draft, &barriers, &read.spots, &mut report);
    Ok((draft.plan(), report))
}
