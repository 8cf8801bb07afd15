use clap::Args;
use std::path::PathBuf;

/// What a simulated province needs to know.
#[derive(Args, Clone, Debug)]
pub struct FleetSettings {
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

fn between(text: &str, least: f64, most: f64) -> Result<f64, String> {
    let number = text.parse::<f64>().map_err(|error| error.to_string())?;
    let within = (least..=most).contains(&number);
    within.then_some(number).ok_or_else(|| format!("must lie between {least} and {most}"))
}
