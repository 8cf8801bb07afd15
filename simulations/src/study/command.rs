//! The commands `simulations study` and `simulations import-jemss`.

use super::engine::Stopped;
use super::folder;
use super::jemss;
use super::places;
use super::policies::{self, Sweep};
use super::policy::Policy;
use super::problem::Problem;
use super::province::{self, BadProvince};
use super::report::{self, Study};
use super::run::{self, Extent, Results};
use super::statistics::Estimate;
use super::system::System;
use super::travel::Travel;
use super::tuning::{Chosen, Limits, tune};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;
use vehicle_agent::machine::timer_now;

/// A study simulates no more replications than this; the interval narrows by their root.
const MOST_REPLICATIONS: u64 = 10_000;
/// And no more days in each: ten years.
const MOST_DAYS: u32 = 3660;

/// A spread beyond this has journeys take ten times their expected time every other day.
const MOST_SIGMA: f64 = 2.0;

/// Days of a training replication: the tuning compares some twenty policies.
const TUNING_DAYS: u32 = 10;

/// Settings of `import-jemss`.
#[derive(Debug, clap::Args)]
pub struct ImportSettings {
    /// The model folder.
    folder: PathBuf,
    /// The system folder to write.
    #[arg(long)]
    out: PathBuf,
    #[command(flatten)]
    options: jemss::Options,
}

/// Settings of `study`.
#[derive(Debug, clap::Args)]
pub struct StudySettings {
    /// A system folder (with `system.toml`), a region folder (with `region.toml`), or a model folder that `import-jemss` reads.
    system: PathBuf,
    /// The document to write; charts and CSV are written beside it.
    #[arg(long)]
    out: PathBuf,
    /// The seed of all chance.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Replications.
    #[arg(long, default_value_t = 20)]
    replications: u64,
    /// Days that count in each replication.
    #[arg(long, default_value_t = 30)]
    days: u32,
    /// Only these policies, the yardstick first; all without it.
    #[arg(long, value_delimiter = ',')]
    policies: Vec<String>,
    /// Replications on which parameters are chosen; 0 takes the usual ones.
    #[arg(long, default_value_t = 4)]
    tuning_replications: u64,
    /// Kilometres that a vehicle may drive a day for moves, on the mean, under the policy whose parameters are chosen.
    #[arg(long, default_value_t = 25.0)]
    most_move_km: f64,
    /// Moves of a vehicle a day, likewise.
    #[arg(long, default_value_t = 6.0)]
    most_moves: f64,
    /// Spread of travel times (standard deviation of the logarithm), as `fit-travel` finds it; without it the system's own.
    #[arg(long)]
    travel_sigma: Option<f64>,
    #[command(flatten)]
    sweep: Sweep,
    /// A sentence to be written with those on the system: where it comes from, its licence, what it was checked against.
    #[arg(long = "remark")]
    remarks: Vec<String>,
    #[command(flatten)]
    options: jemss::Options,
}

/// Why a study failed.
#[derive(Debug, thiserror::Error)]
pub enum StudyError {
    /// A file of the system is bad.
    #[error(transparent)]
    Problem(#[from] Problem),
    /// The region folder is bad.
    #[error(transparent)]
    Province(#[from] BadProvince),
    /// A simulation cannot go on.
    #[error(transparent)]
    Stopped(#[from] Stopped),
    /// A file cannot be written.
    #[error("{0} cannot be written: {1}")]
    Write(PathBuf, io::Error),
    /// A number that makes no sense.
    #[error(
        "--replications must lie between 1 and {MOST_REPLICATIONS}, --days between 1 and {MOST_DAYS}, --travel-sigma between 0 and {MOST_SIGMA}"
    )]
    BadNumber,
    /// A policy that is not there.
    #[error("--policies names {0}; there are {1}")]
    NoSuchPolicy(String, String),
    /// Stopped before anything was whole.
    #[error("stopped before the first replication was whole; nothing is written")]
    Nothing,
}

/// Imports a model folder into a system folder.
///
/// # Errors
/// When the folder is bad or the system cannot be written.
pub fn import(settings: &ImportSettings) -> Result<(), StudyError> {
    let imported = jemss::import(&settings.folder, &settings.options)?;
    places::check(&imported.system)?;
    imported.notes.iter().for_each(|note| eprintln!("{note}"));
    folder::write(&imported.system, &settings.out)
        .map_err(|error| StudyError::Write(settings.out.clone(), error))?;
    let system = &imported.system;
    eprintln!(
        "{}: {} stations, {} ambulances, {} hospitals, {} cells, {} nodes",
        settings.out.display(),
        system.stations.len(),
        system.ambulances.len(),
        system.hospitals.len(),
        system.cells.len(),
        system.roads.nodes()
    );
    Ok(())
}

/// The system of a folder: a system folder, a region folder, or a model folder, which the options are for.
///
/// # Errors
/// When a file of it is bad.
pub fn load(path: &Path, options: &jemss::Options) -> Result<System, StudyError> {
    let system = if path.join("system.toml").is_file() {
        folder::read(path)?
    } else if path.join("region.toml").is_file() {
        province::system(path)?
    } else {
        jemss::import(path, options)?.system
    };
    places::check(&system)?;
    Ok(system)
}

/// Simulates, chooses parameters on training seeds, reports on others. `stop` is asked between simulations.
///
/// # Errors
/// When the system is bad, a simulation cannot go on, or the document cannot be written.
pub fn study(settings: &StudySettings, stop: &dyn Fn() -> bool) -> Result<(), StudyError> {
    let numbers = (1..=MOST_REPLICATIONS).contains(&settings.replications)
        && (1..=MOST_DAYS).contains(&settings.days)
        && settings.tuning_replications <= MOST_REPLICATIONS
        && settings.travel_sigma.is_none_or(|sigma| (0.0..=MOST_SIGMA).contains(&sigma));
    if !numbers {
        return Err(StudyError::BadNumber);
    }
    let mut system = load(&settings.system, &settings.options)?;
    if let Some(sigma) = settings.travel_sigma {
        system.behaviour.travel_sigma = sigma;
        system.sources.push(format!("The spread of travel times is given: sigma {sigma}."));
    }
    eprintln!("{}: looking up travel times", system.name);
    let travel = Travel::new(&system);
    let extent = Extent {
        seed: settings.seed,
        replications: settings.tuning_replications,
        days: settings.days.min(TUNING_DAYS),
        training: true,
    };
    let mut chosen = Chosen { parameters: super::tuning::BEGIN, keeps_to_limits: true };
    if settings.tuning_replications > 0 {
        let limits = Limits {
            move_km_of_vehicle: settings.most_move_km,
            moves_of_vehicle: settings.most_moves,
        };
        chosen = tune(&travel, extent, limits, stop, &mut |line| eprintln!("{line}"))?;
    }
    let mut policies = wanted(policies::all(&travel, chosen.parameters), &settings.policies)?;
    policies.extend(policies::sweep(&travel, &settings.sweep));
    let extent = Extent {
        replications: settings.replications,
        days: settings.days,
        training: false,
        ..extent
    };
    let began = timer_now();
    let results = run::run(&travel, policies, extent, stop, &mut |done, results| {
        tell(done, settings.replications, results);
    })?;
    tell_pace(results.calls, began.elapsed());
    if results.bound.is_empty() {
        return Err(StudyError::Nothing);
    }
    let tuning = tuning_told(settings, &chosen);
    let written = report::write(
        &Study {
            system: &system,
            extent,
            results: &results,
            command: command(settings),
            remarks: &settings.remarks,
            tuning,
        },
        &settings.out,
    );
    let written = written.map_err(|error| StudyError::Write(settings.out.clone(), error))?;
    written.iter().for_each(|path| eprintln!("wrote {}", path.display()));
    Ok(())
}

/// How quick it was, with the bound and without looking travel times up; on the screen only, since no run is as quick as
/// another.
fn tell_pace(calls: usize, took: Duration) {
    let seconds = took.as_secs_f64().max(1e-3);
    eprintln!(
        "{calls} calls of all policies in {seconds:.1} s: {:.0} a second",
        calls as f64 / seconds
    );
}

/// How the parameters came about, for the document.
fn tuning_told(settings: &StudySettings, chosen: &Chosen) -> String {
    let Chosen { parameters, keeps_to_limits } = chosen;
    if settings.tuning_replications == 0 {
        return format!("Parameters were not tuned: {parameters:?}.");
    }
    let (km, moves) = (settings.most_move_km, settings.most_moves);
    let limits = format!(
        "mean response is no worse than the nearest vehicle's and whose moves cost a vehicle no more than {km} km and {moves} moves a day on the mean"
    );
    let how = if *keeps_to_limits {
        format!("among those whose {limits}")
    } else {
        format!("but none of them had a policy whose {limits}: it moves no vehicle")
    };
    format!(
        "Parameters of `best` were chosen on {} training replications of {TUNING_DAYS} days at most whose seeds are in no table above, {how}: {parameters:?}.",
        settings.tuning_replications
    )
}

/// The policies of these names, in their order.
fn wanted(all: Vec<Policy>, names: &[String]) -> Result<Vec<Policy>, StudyError> {
    if names.is_empty() {
        return Ok(all);
    }
    let find = |name: &String| {
        let found = all.iter().find(|policy| policy.name == *name).cloned();
        let there = || all.iter().map(|it| it.name.as_str()).collect::<Vec<_>>().join(", ");
        found.ok_or_else(|| StudyError::NoSuchPolicy(name.clone(), there()))
    };
    names.iter().map(find).collect()
}

/// The command that gives the same document again, with every choice that changes a number, but for the remarks.
fn command(settings: &StudySettings) -> String {
    let name = |path: &Path, what: &str| {
        path.file_name().map_or(what.into(), |name| name.to_string_lossy().into_owned())
    };
    let mut words = vec![
        format!("simulations study {}", name(&settings.system, "SYSTEM")),
        format!("--out {}", name(&settings.out, "OUT")),
        format!("--seed {}", settings.seed),
        format!("--replications {}", settings.replications),
        format!("--days {}", settings.days),
        format!("--tuning-replications {}", settings.tuning_replications),
    ];
    if settings.tuning_replications > 0 {
        words.push(format!("--most-move-km {}", settings.most_move_km));
        words.push(format!("--most-moves {}", settings.most_moves));
    }
    if !settings.policies.is_empty() {
        words.push(format!("--policies {}", settings.policies.join(",")));
    }
    words.extend(settings.travel_sigma.map(|sigma| format!("--travel-sigma {sigma}")));
    words.extend(settings.sweep.given());
    words.extend(settings.options.given());
    words.join(" ")
}

fn tell(done: u64, of: u64, results: &Results) {
    let late = |at: usize| {
        let figures = results.series.get(at)?.figures.iter();
        let late: Vec<f64> = figures.map(|it| it.get(super::figures::Figure::LateUrgent)).collect();
        Some(Estimate::of(&late).mean)
    };
    let last = results.series.len().saturating_sub(1);
    if let (Some(first), Some(best)) = (late(0), late(last)) {
        eprintln!(
            "replication {done} of {of}: late {first:.2} % with the first policy, {best:.2} % with the last"
        );
    }
}
