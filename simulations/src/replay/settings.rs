use crate::access::{ServerAccess, between};
use crate::fleet::FleetSettings;
use crate::incidents::format::Format;
use clap::{Args, ValueEnum};
use std::num::NonZeroUsize;
use std::path::PathBuf;

/// Who decides which vehicle goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Dispatcher {
    /// The first of the server's ranking, when the record's vehicle was sent.
    Recommended,
    /// The record's vehicle, where the region has it and it is free; else the first of the ranking, and so marked.
    Recorded,
    /// People at their consoles: only the calls are played.
    None,
}

/// What a replay needs to know.
#[derive(Args, Clone, Debug)]
pub struct ReplaySettings {
    /// The file of past incidents.
    #[arg(long)]
    pub incidents: PathBuf,
    /// Its form; without it, the form it shows.
    #[arg(long)]
    pub format: Option<Format>,
    /// The zone of times without an offset: +08:00, Z or pacific; without it, the region's.
    #[arg(long, allow_hyphen_values = true)]
    pub zone: Option<String>,
    /// Leave out incidents that cannot be played, e.g. outside the region, instead of stopping.
    #[arg(long)]
    pub skip_bad: bool,
    /// Begin at this hour of the record's first day (HH:MM), or at this moment (2026-03-01T08:00).
    #[arg(long)]
    pub from: Option<String>,
    /// Play at most so many incidents.
    #[arg(long)]
    pub most: Option<NonZeroUsize>,
    /// The server and who takes part.
    #[command(flatten)]
    pub access: ServerAccess,
    /// Seconds of the record in a real second, 1 to 1000.
    #[arg(long, default_value_t = 1.0, value_parser = speed)]
    pub speed: f64,
    /// Who decides which vehicle goes.
    #[arg(long, value_enum, default_value_t = Dispatcher::Recommended)]
    pub dispatcher: Dispatcher,
    /// Repeats the same crews' delays where the record has none.
    #[arg(long, default_value_t = 120)]
    pub seed: u64,
    /// Folder for comparison.csv and comparison.html.
    #[arg(long, default_value = "replay-result")]
    pub out: PathBuf,
}

impl ReplaySettings {
    /// The fleet that drives, at the replay's speed.
    pub(super) fn fleet(&self) -> FleetSettings {
        FleetSettings {
            speed: self.speed,
            ..FleetSettings::vehicles_alone(&self.access, self.seed)
        }
    }
}

fn speed(text: &str) -> Result<f64, String> {
    between(text, 1.0, 1000.0)
}
