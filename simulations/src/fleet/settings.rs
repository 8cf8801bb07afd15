use super::ledger::Ledger;
use super::mix::MixSettings;
use crate::access::{ServerAccess, between};
use clap::Args;
use std::path::PathBuf;
use std::sync::Arc;

/// What a simulated province needs to know.
#[derive(Args, Clone, Debug)]
pub struct FleetSettings {
    /// The server and who takes part.
    #[command(flatten)]
    pub access: ServerAccess,
    /// Runs a day by the daily curve; 0 for no callers, so that people take the calls.
    #[arg(long, default_value_t = 300.0, value_parser = not_negative)]
    pub runs_a_day: f64,
    /// Runs that begin within the first minute, for those under way when the day is joined.
    #[arg(long, default_value_t = 12)]
    pub under_way: u32,
    /// Share of presses that crews forget, 0 to 1.
    #[arg(long, default_value_t = 0.04, value_parser = share)]
    pub forgets: f64,
    /// Simulated seconds in a real second.
    #[arg(long, default_value_t = 1.0, value_parser = speed)]
    pub speed: f64,
    /// Use only so many of the vehicles.
    #[arg(long)]
    pub vehicles: Option<usize>,
    /// Repeats the same callers, crews and delays.
    #[arg(long, default_value_t = 120)]
    pub seed: u64,
    /// Folder for the terminals' outboxes on disk; without it they are in memory.
    #[arg(long)]
    pub outboxes: Option<PathBuf>,
    /// Stop after so many real seconds.
    #[arg(long)]
    pub seconds: Option<u64>,
    /// Terminals of other makers among them.
    #[command(flatten)]
    pub mix: MixSettings,
    /// Where terminals of other makers write down what they were answered.
    #[arg(skip)]
    pub ledger: Option<Arc<Ledger>>,
}

impl FleetSettings {
    /// Every vehicle with a key and nothing else: in real time, no callers of its own, no crew that forgets.
    pub(crate) fn vehicles_alone(access: &ServerAccess, seed: u64) -> Self {
        Self {
            access: access.clone(),
            runs_a_day: 0.0,
            under_way: 0,
            forgets: 0.0,
            speed: 1.0,
            vehicles: None,
            seed,
            outboxes: None,
            seconds: None,
            mix: MixSettings::default(),
            ledger: None,
        }
    }
}

fn not_negative(text: &str) -> Result<f64, String> {
    between(text, 0.0, 100_000.0)
}

fn share(text: &str) -> Result<f64, String> {
    between(text, 0.0, 1.0)
}

fn speed(text: &str) -> Result<f64, String> {
    between(text, 0.1, 100.0)
}
