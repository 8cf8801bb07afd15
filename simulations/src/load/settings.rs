use crate::access::{ServerAccess, between};
use clap::Args;
use std::path::PathBuf;

/// What a load run is asked.
#[derive(Args, Clone, Debug)]
pub struct LoadSettings {
    /// The server and who takes part.
    #[command(flatten)]
    pub access: ServerAccess,
    /// Vehicles that are online, as many as there are keys when not told.
    #[arg(long)]
    pub vehicles: Option<usize>,
    /// Fixes a second that each vehicle's receiver gives.
    #[arg(long, default_value_t = 1.0, value_parser = hertz)]
    pub hertz: f64,
    /// Presses a second over all vehicles.
    #[arg(long, default_value_t = 5.0, value_parser = rate)]
    pub presses: f64,
    /// Consoles that follow the feed.
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..=2000))]
    pub consoles: u16,
    /// Dispatchers' commands a second.
    #[arg(long, default_value_t = 20.0, value_parser = rate)]
    pub commands: f64,
    /// Seconds that are measured, after the warm-up; at most an hour.
    #[arg(long, default_value_t = 60, value_parser = clap::value_parser!(u32).range(1..=3600))]
    pub seconds: u32,
    /// Seconds before them that are not measured.
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u32).range(0..=600))]
    pub warm_up: u32,
    /// Repeats the same load.
    #[arg(long, default_value_t = 120)]
    pub seed: u64,
    /// File for the figures as JSON; to standard output when not told.
    #[arg(long)]
    pub json: Option<PathBuf>,
}

fn hertz(text: &str) -> Result<f64, String> {
    between(text, 0.1, 10.0)
}

fn rate(text: &str) -> Result<f64, String> {
    between(text, 0.0, 10_000.0)
}
