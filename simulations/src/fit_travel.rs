//! The command `simulations fit-travel`: fits the spread of driving times to journeys, from a table or a record of past
//! incidents, on the roads of a system.

use crate::incidents::format::{ReadError, bytes_of, read_file};
use crate::incidents::moment::Zone;
use crate::incidents::{PastIncident, PastRun};
use crate::study::command::{StudyError, load};
use crate::study::fit::{self, FEWEST, Fit, Journey, Journeys, Pair};
use crate::study::jemss;
use crate::study::system::System;
use crate::study::travel::Travel;
use std::collections::HashMap;
use std::path::PathBuf;

/// A vehicle that got free so long before its next order is taken to have reached its station, in milliseconds.
const BACK_HOME_MS: i64 = 3_600_000;

/// Settings of `fit-travel`.
#[derive(Debug, clap::Args)]
pub struct FitSettings {
    /// The system whose roads the journeys were driven on: a system folder, a region folder, or a model folder.
    system: PathBuf,
    /// A table of journeys, or a record of past incidents (own CSV, export of a journal, San Francisco file).
    #[arg(long)]
    journeys: PathBuf,
    /// Offset of times in a record that have none.
    #[arg(long, default_value = "+08:00", value_parser = Zone::parse)]
    zone: Zone,
    #[command(flatten)]
    options: jemss::Options,
}

/// Why no spread was fitted.
#[derive(Debug, thiserror::Error)]
pub enum FitError {
    /// The system is bad.
    #[error(transparent)]
    System(#[from] StudyError),
    /// The record is bad.
    #[error(transparent)]
    Record(#[from] ReadError),
    /// The table of journeys is bad.
    #[error(transparent)]
    Table(#[from] crate::study::problem::Problem),
    /// There are too few of them.
    #[error(
        "of {0} journeys too few can be used: {FEWEST} must be expected to take a minute at least, and have taken between a fifth of that and five times as long"
    )]
    TooFew(usize),
}

/// Fits, and tells what came of it.
///
/// # Errors
/// When a file is bad or too few journeys can be used.
pub fn run(settings: &FitSettings) -> Result<String, FitError> {
    let system = load(&settings.system, &settings.options)?;
    let bytes = bytes_of(&settings.journeys)?;
    let name = settings.journeys.display().to_string();
    if fit::is_table(&name, &bytes) {
        return match fit::read(&name, &bytes, &system)? {
            Journeys::Times(pairs) => told(&[("journeys", pairs)]),
            Journeys::Ends(journeys) => {
                told(&[("journeys", fit::expected(&Travel::new(&system), &journeys))])
            }
        };
    }
    let reading = read_file(&settings.journeys, None, settings.zone)?;
    let [to_scene, to_hospital] = of_record(&system, &reading.incidents);
    let travel = Travel::new(&system);
    told(&[
        ("from station to scene", fit::expected(&travel, &to_scene)),
        ("from scene to hospital", fit::expected(&travel, &to_hospital)),
    ])
}

/// Journeys of a record whose two ends the system knows: from the station of a vehicle that had been free for an hour to
/// the scene, and from the scene to the hospital.
pub fn of_record(system: &System, incidents: &[PastIncident]) -> [Vec<Journey>; 2] {
    let homes: HashMap<&str, usize> =
        system.ambulances.iter().map(|it| (it.id.as_str(), it.station)).collect();
    let hospitals: HashMap<&str, usize> =
        system.hospitals.iter().enumerate().map(|(at, it)| (it.id.as_str(), at)).collect();
    let regular = system.behaviour.regular_mode;
    let mut last_free: HashMap<&str, i64> = HashMap::new();
    let (mut to_scene, mut to_hospital) = (Vec::new(), Vec::new());
    let seconds = |from: Option<i64>, to: Option<i64>| {
        let seconds = (to? - from?) as f64 / 1000.0;
        (seconds > 0.0).then_some(seconds)
    };
    for incident in incidents {
        for run in &incident.runs {
            let vehicle = run.vehicle.as_str();
            let began = run.dispatched.or(run.en_route).unwrap_or(incident.received);
            let at_home = last_free.get(vehicle).is_none_or(|free| began - free >= BACK_HOME_MS);
            if let Some(&station) = homes.get(vehicle).filter(|_| at_home)
                && let Some(seconds) = seconds(run.en_route, run.at_scene)
            {
                let from = system.stations[station].position;
                to_scene.push(Journey { from, to: incident.place, mode: 0, seconds });
            }
            let hospital = run.hospital.as_deref().and_then(|id| hospitals.get(id));
            if let Some(&hospital) = hospital
                && let Some(seconds) = seconds(run.left_scene, run.at_hospital)
            {
                let to = system.hospitals[hospital].position;
                to_hospital.push(Journey { from: incident.place, to, mode: regular, seconds });
            }
            last_free.insert(vehicle, last_step(run).unwrap_or(i64::MAX));
        }
    }
    [to_scene, to_hospital]
}

fn last_step(run: &PastRun) -> Option<i64> {
    run.steps().iter().filter_map(|(_, at)| *at).max()
}

/// What was fitted, for each kind of journey and for all of them about their own medians.
fn told(kinds: &[(&str, Vec<Pair>)]) -> Result<String, FitError> {
    let all: usize = kinds.iter().map(|(_, pairs)| pairs.len()).sum();
    let mut lines = Vec::new();
    let mut together: Vec<Pair> = Vec::new();
    for (kind, pairs) in kinds {
        let Some(found) = fit::fit(pairs) else {
            lines.push(format!("{kind}: {} journeys, too few to fit", pairs.len()));
            continue;
        };
        lines.push(line(kind, &found));
        let factor = found.factor;
        together.extend(pairs.iter().map(|(expected, actual)| (expected * factor, *actual)));
    }
    let found = fit::fit(&together).ok_or(FitError::TooFew(all))?;
    lines.push(line("all, each kind about its own median", &found));
    lines.push(format!(
        "travel_sigma = {:.3}   # of system.toml, or --travel-sigma of `simulations study`",
        found.sigma
    ));
    Ok(lines.join("\n"))
}

fn line(kind: &str, found: &Fit) -> String {
    let Fit { journeys, left_out, factor, sigma, sigma_half_width } = found;
    format!(
        "{kind}: {journeys} journeys ({left_out} left out), median {factor:.3} times the expected time, log-normal with sigma {sigma:.3} ±{sigma_half_width:.3}"
    )
}
