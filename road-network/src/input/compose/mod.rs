//! Road network of a region as crate `region` has read and checked it: its main roads, and streets made up
//! by a fixed rule around every settlement. Reads no file. Each edge says whether it is fact, approximate or
//! generated. Never joins roads that only cross, and never bridges a river by itself.

mod barriers;
mod draw;
mod join;
mod settlements;
mod streets;

use crate::error::ComposeError;
use crate::graph::network::RoadNetwork;
use crate::input::build::{BuildReport, build};
use crate::input::plan::RoadPlan;
use region::Region;

/// What composing did, for the operator to read.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
pub struct ComposeReport {
    /// Main roads read, in pieces.
    pub main_pieces: usize,
    /// Settlements that got streets.
    pub settlements: usize,
    /// Streets generated, as edges between corners.
    pub streets: usize,
    /// Roads generated to join settlements and single places to the main roads.
    pub access_roads: usize,
    /// Places that could not be joined without crossing a river.
    pub unreachable: Vec<String>,
    /// What building the network did.
    pub build: BuildReport,
}

/// Composes the network of a region.
///
/// # Errors
/// Where the region has no road.
pub fn compose(region: &Region) -> Result<(RoadNetwork, ComposeReport), ComposeError> {
    let (plan, mut report) = plan(region);
    let (network, built) = build(plan);
    report.build = built;
    Ok((network.ok_or(ComposeError::NoRoads)?, report))
}

/// The plan of a region's roads before it is built.
fn plan(region: &Region) -> (RoadPlan, ComposeReport) {
    let main_pieces = region.roads.iter().map(|road| road.parts.len()).sum();
    let mut report = ComposeReport { main_pieces, ..Default::default() };
    let mut draft = draw::Draft::new(&region.roads);
    let barriers = barriers::Barriers::new(&region.areas.rivers, &region.roads);
    let settlements = settlements::settlements(region);
    streets::add(&mut draft, &barriers, &settlements);
    report.settlements = settlements.len();
    report.streets = draft.lines.len() - report.main_pieces;
    join::cross(&mut draft);
    join::reach(&mut draft, &barriers, &settlements::spots(region), &mut report);
    (draft.plan(), report)
}
