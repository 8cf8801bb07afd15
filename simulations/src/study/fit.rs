//! How much driving times spread: a log-normal distribution fitted to journeys whose ends and durations are known.

use super::problem::Problem;
use super::system::System;
use super::tables::{self, Record, Table};
use super::travel::{Nodes, Travel};
use dispatch_core::model::Wgs84;

/// Fewer journeys than this tell no spread.
pub const FEWEST: usize = 30;
/// A journey that took so many times the expected time, or so much less, is a slip of a clock or a stop on the way.
const CREDIBLE: f64 = 5.0;
/// Journeys expected to be shorter than this, in seconds, tell of presses and parking rather than of traffic.
const SHORTEST_SECONDS: f64 = 60.0;

/// One journey as it was driven.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Journey {
    /// Where it began, WGS-84.
    pub from: Wgs84,
    /// Where it ended, WGS-84.
    pub to: Wgs84,
    /// How it was driven, an index into [`System::modes`].
    pub mode: usize,
    /// How long it took, in seconds.
    pub seconds: f64,
}

/// Expected and actual seconds of a journey.
pub type Pair = (f64, f64);

/// A fitted spread.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fit {
    /// Journeys that it was fitted to.
    pub journeys: usize,
    /// Journeys left out: too short, without a way, or not credible.
    pub left_out: usize,
    /// The median of actual over expected time.
    pub factor: f64,
    /// Standard deviation of the logarithm of actual over expected time: `travel_sigma` of a system.
    pub sigma: f64,
    /// Half the width of the 95 % interval of `sigma`.
    pub sigma_half_width: f64,
}

/// Fits a log-normal distribution to actual over expected times; nothing for fewer than [`FEWEST`] that can be used.
pub fn fit(pairs: &[Pair]) -> Option<Fit> {
    let credible = |&&(expected, actual): &&Pair| {
        expected >= SHORTEST_SECONDS && (1.0 / CREDIBLE..=CREDIBLE).contains(&(actual / expected))
    };
    let logs: Vec<f64> =
        pairs.iter().filter(credible).map(|(expected, actual)| (actual / expected).ln()).collect();
    if logs.len() < FEWEST {
        return None;
    }
    let count = logs.len() as f64;
    let mean = logs.iter().sum::<f64>() / count;
    let variance = logs.iter().map(|it| (it - mean).powi(2)).sum::<f64>() / (count - 1.0);
    let sigma = variance.sqrt();
    Some(Fit {
        journeys: logs.len(),
        left_out: pairs.len() - logs.len(),
        factor: mean.exp(),
        sigma,
        // The deviation of a normal sample's deviation, for samples of this size.
        sigma_half_width: 1.96 * sigma / (2.0 * (count - 1.0)).sqrt(),
    })
}

/// The expected time of each journey by the roads of a system, with the time it took; those without a way are left out.
pub fn expected(travel: &Travel<'_>, journeys: &[Journey]) -> Vec<Pair> {
    let nodes = Nodes::of(travel.system);
    let of = |journey: &Journey| {
        let ms = travel.ms_between(&nodes, journey.from, journey.to, journey.mode)?;
        Some((f64::from(ms) / 1000.0, journey.seconds))
    };
    journeys.iter().filter_map(of).collect()
}

/// What a table of journeys holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Journeys {
    /// Their ends; the roads tell the expected times.
    Ends(Vec<Journey>),
    /// The expected times themselves.
    Times(Vec<Pair>),
}

/// Whether a file is a table of journeys and not a record of incidents.
pub fn is_table(file: &str, bytes: &[u8]) -> bool {
    tables::read(file, bytes).is_ok_and(|all| all.iter().any(tells_seconds))
}

const SECONDS: &[&str] = &["actual_seconds", "seconds"];
const EXPECTED: &[&str] = &["expected_seconds", "expected"];

fn tells_seconds(table: &Table) -> bool {
    table.has(SECONDS) && (table.has(EXPECTED) || table.has(&["from_lon"]))
}

/// Reads a table of journeys: `actual_seconds` with either `expected_seconds`, or `from_lon`, `from_lat`, `to_lon`, `to_lat`
/// and, if the system has several kinds of driving, `mode` from 1.
///
/// # Errors
/// What is wrong with it, by line and column.
pub fn read(file: &str, bytes: &[u8], system: &System) -> Result<Journeys, Problem> {
    let all = tables::read(file, bytes)?;
    let table = all.iter().find(|table| tells_seconds(table)).ok_or_else(|| {
        let what = "must have the columns actual_seconds and either expected_seconds or from_lon, from_lat, to_lon, to_lat";
        Problem::of_file(file, what)
    })?;
    let seconds = |row: &Record<'_>| row.number_in(SECONDS, 1e-3, 1e6);
    if table.has(EXPECTED) {
        let pair = |row: Record<'_>| Ok((row.number_in(EXPECTED, 1e-3, 1e6)?, seconds(&row)?));
        return table.records().map(pair).collect::<Result<_, _>>().map(Journeys::Times);
    }
    let journey = |row: Record<'_>| {
        let end = |lon, lat| {
            let (x, y) =
                (row.number_in(&[lon], -180.0, 180.0)?, row.number_in(&[lat], -90.0, 90.0)?);
            Wgs84::checked(x, y).ok_or_else(|| row.problem(&[lon], "must be WGS-84 degrees"))
        };
        let modes = system.modes.len() as f64;
        let mode = match row.text(&["mode"]) {
            Some(_) => row.number_in(&["mode"], 1.0, modes)? as usize - 1,
            None => 0,
        };
        let (from, to) = (end("from_lon", "from_lat")?, end("to_lon", "to_lat")?);
        Ok(Journey { from, to, mode, seconds: seconds(&row)? })
    };
    table.records().map(journey).collect::<Result<_, _>>().map(Journeys::Ends)
}
