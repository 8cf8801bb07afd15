//! The command line.

use clap::Parser;
use prove::{Outcome, Scenario};
use std::fmt::Write;
use std::path::PathBuf;

/// Runs a province under seeded faults, each seed on one thread, and checks what must hold after every step.
#[derive(Clone, Debug, Parser)]
#[command(name = "prove")]
pub(crate) struct Options {
    /// How many seeds.
    #[arg(long, default_value_t = 1)]
    pub(crate) seeds: u64,
    /// The first of them.
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// Simulated hours of each; at least ten minutes.
    #[arg(long, default_value_t = 1.0)]
    hours: f64,
    /// Vehicles; each seed draws a few unless given.
    #[arg(long)]
    pub(crate) vehicles: Option<usize>,
    /// Only these faults of the schedule, by number, with commas between; nothing for none.
    #[arg(long, value_delimiter = ',', num_args = 0..)]
    faults: Option<Vec<usize>>,
    /// Write every step to the standard error output.
    #[arg(long)]
    trace: bool,
    /// Do not look for a smaller schedule that fails.
    #[arg(long)]
    whole: bool,
    /// Begin no seed after so many seconds; the last line says how many ran.
    #[arg(long)]
    pub(crate) seconds: Option<u64>,
    /// Stop at the first seed that fails.
    #[arg(long)]
    pub(crate) first: bool,
    /// Seeds that run at the same time; as many as the machine has cores unless given.
    #[arg(long)]
    threads: Option<usize>,
    /// The region folder.
    #[arg(long, default_value = "regions/ningxia")]
    pub(crate) region: PathBuf,
}

impl Options {
    /// The run of a seed.
    pub(crate) fn scenario(&self, seed: u64) -> Scenario {
        Scenario {
            seed,
            until_ms: (self.hours * 3_600_000.0) as u64,
            vehicles: self.vehicles,
            only: self.faults.clone(),
            is_told: self.trace,
        }
    }

    /// Seeds at the same time.
    pub(crate) fn threads(&self) -> usize {
        let cores = || std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        self.threads.unwrap_or_else(cores).max(1)
    }

    /// Whether a smaller schedule is looked for.
    pub(crate) fn is_shrunk(&self, outcome: &Outcome) -> bool {
        outcome.violation.is_some() && !self.whole && self.faults.is_none()
    }

    /// The command that runs a scenario again.
    pub(crate) fn line(&self, scenario: &Scenario) -> String {
        let mut line = format!("prove --seed {} --hours {}", scenario.seed, self.hours);
        if let Some(vehicles) = scenario.vehicles {
            // Writing to a string cannot fail.
            let _ = write!(line, " --vehicles {vehicles}");
        }
        if let Some(only) = &scenario.only {
            let only: Vec<String> = only.iter().map(ToString::to_string).collect();
            let _ = write!(line, " --faults {}", only.join(","));
        }
        line
    }
}
