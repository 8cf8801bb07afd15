//! The commands `simulations study` and `simulations import-jemss`.

use super::coverage::Coverage;
use super::engine::Stopped;
use super::folder;
use super::jemss;
use super::policy::{Dispatch, MoveUp, Policy, Redispatch};
use super::problem::Problem;
use super::province::{self, BadProvince};
use super::report::{self, Study};
use super::run::{self, Extent, Results};
use super::statistics::Estimate;
use super::system::System;
use super::travel::Travel;
use super::tuning::{MOST_DELAY_OTHER_SECONDS, MOST_DELAY_SECONDS, best, tune};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A study simulates no more replications than this; the interval narrows by their root.
const MOST_REPLICATIONS: u64 = 10_000;
/// And no more days in each: ten years.
const MOST_DAYS: u32 = 3660;

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
        "--replications must lie between 1 and {MOST_REPLICATIONS}, --days between 1 and {MOST_DAYS}"
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

fn system(settings: &StudySettings) -> Result<System, StudyError> {
    let path: &Path = &settings.system;
    if path.join("system.toml").is_file() {
        Ok(folder::read(path)?)
    } else if path.join("region.toml").is_file() {
        Ok(province::system(path)?)
    } else {
        Ok(jemss::import(path, &settings.options)?.system)
    }
}

/// Simulates, chooses parameters on training seeds, reports on others. `stop` is asked between simulations.
///
/// # Errors
/// When the system is bad, a simulation cannot go on, or the document cannot be written.
pub fn study(settings: &StudySettings, stop: &dyn Fn() -> bool) -> Result<(), StudyError> {
    let numbers = (1..=MOST_REPLICATIONS).contains(&settings.replications)
        && (1..=MOST_DAYS).contains(&settings.days)
        && settings.tuning_replications <= MOST_REPLICATIONS;
    if !numbers {
        return Err(StudyError::BadNumber);
    }
    let system = system(settings)?;
    eprintln!("{}: looking up travel times", system.name);
    let travel = Travel::new(&system);
    let extent = Extent {
        seed: settings.seed,
        replications: settings.tuning_replications,
        days: settings.days.min(TUNING_DAYS),
        training: true,
    };
    let mut chosen = super::tuning::BEGIN;
    if settings.tuning_replications > 0 {
        chosen = tune(&travel, extent, stop, &mut |line| eprintln!("{line}"))?;
    }
    let policies = wanted(policies(&travel, chosen), &settings.policies)?;
    let extent = Extent {
        replications: settings.replications,
        days: settings.days,
        training: false,
        ..extent
    };
    let results = run::run(&travel, policies, extent, stop, &mut |done, results| {
        tell(done, settings.replications, results);
    })?;
    if results.bound.is_empty() {
        return Err(StudyError::Nothing);
    }
    let tuning = match settings.tuning_replications {
        0 => format!("Parameters were not tuned: {chosen:?}."),
        count => format!(
            "Parameters of `best` were chosen on {count} training replications of {TUNING_DAYS} days at most whose seeds are in no table above: {chosen:?}."
        ),
    };
    let written = report::write(
        &Study { system: &system, extent, results: &results, command: command(settings), tuning },
        &settings.out,
    );
    let written = written.map_err(|error| StudyError::Write(settings.out.clone(), error))?;
    written.iter().for_each(|path| eprintln!("wrote {}", path.display()));
    Ok(())
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

fn command(settings: &StudySettings) -> String {
    let policies = match settings.policies.as_slice() {
        [] => String::new(),
        names => format!(" --policies {}", names.join(",")),
    };
    format!(
        "simulations study {} --out {} --seed {} --replications {} --days {} --tuning-replications {}{policies}",
        settings.system.file_name().map_or("SYSTEM".into(), |name| name.to_string_lossy()),
        settings.out.file_name().map_or("OUT".into(), |name| name.to_string_lossy()),
        settings.seed,
        settings.replications,
        settings.days,
        settings.tuning_replications
    )
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

/// The policies that a study compares, the yardstick first.
fn policies(travel: &Travel<'_>, chosen: super::tuning::Parameters) -> Vec<Policy> {
    let coverage = Arc::new(Coverage::new(travel, 0.3));
    let with = |name: &str, about: &str| Policy {
        name: name.into(),
        about: about.into(),
        coverage: Some(Arc::clone(&coverage)),
        ..Policy::nearest()
    };
    let order = coverage.order(travel.system.ambulances.len());
    vec![
        Policy::nearest(),
        Policy {
            move_up: MoveUp::Compliance { order },
            ..with(
                "compliance",
                "Nearest; a vehicle that gets free goes to the most important station nobody is at, by a nested table (q 0.3).",
            )
        },
        Policy {
            move_up: MoveUp::Dmexclp,
            ..with(
                "dmexclp",
                "Nearest; a vehicle that gets free goes where it adds most expected coverage (DMEXCLP, q 0.3).",
            )
        },
        Policy {
            dispatch: Dispatch::Covering {
                most_delay_seconds: MOST_DELAY_SECONDS,
                most_delay_other_seconds: MOST_DELAY_OTHER_SECONDS,
                seconds_per_hundredth: chosen.seconds_per_hundredth,
            },
            ..with(
                "covering",
                "Of vehicles not much later than the nearest, the one whose leaving costs least coverage; free vehicles go home.",
            )
        },
        Policy {
            redispatch: Redispatch::AllLower,
            ..with(
                "redispatch",
                "Nearest, also taken from any less urgent patient to whom it is on its way.",
            )
        },
        Policy {
            swap_seconds: Some(chosen.swap_seconds),
            ..with(
                "takeover",
                "Nearest; a vehicle that gets free takes over a patient whom it reaches sooner than the one on its way.",
            )
        },
        Policy {
            move_up: MoveUp::Rollout { samples: 8, minutes: 40.0, places: 4 },
            ..with(
                "rollout",
                "Nearest; a vehicle that gets free waits where sampled futures of 40 minutes have fewest late patients.",
            )
        },
        best(travel, chosen),
    ]
}
