use crate::fleet::FleetSettings;
use crate::incidents::format::Format;
use clap::{Args, ValueEnum};
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
    pub most: Option<usize>,
    /// The server's address.
    #[arg(long, default_value = "http://127.0.0.1:8120")]
    pub server: String,
    /// The region's folder; the same the server serves.
    #[arg(long, default_value = "regions/ningxia")]
    pub region: PathBuf,
    /// Vehicle keys, one `vehicle key` a line, as `dispatch-server make-vehicle-keys` writes them.
    #[arg(long)]
    pub keys: PathBuf,
    /// Sign-in name of the simulated dispatcher, who must be allowed to act for every centre.
    #[arg(long, default_value = "simulation")]
    pub name: String,
    /// File with the simulated dispatcher's password.
    #[arg(long)]
    pub password_file: PathBuf,
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
    /// The fleet that drives: every vehicle with a key, no callers of its own, no crew that forgets.
    pub(super) fn fleet(&self) -> FleetSettings {
        FleetSettings {
            server: self.server.clone(),
            region: self.region.clone(),
            keys: self.keys.clone(),
            name: self.name.clone(),
            password_file: self.password_file.clone(),
            runs_a_day: 0.0,
            under_way: 0,
            forgets: 0.0,
            speed: self.speed,
            vehicles: None,
            seed: self.seed,
            outboxes: None,
            seconds: None,
        }
    }
}

fn speed(text: &str) -> Result<f64, String> {
    let speed = text.parse::<f64>().map_err(|error| error.to_string())?;
    let within = (1.0..=1000.0).contains(&speed);
    within.then_some(speed).ok_or_else(|| "must lie between 1 and 1000".to_owned())
}
