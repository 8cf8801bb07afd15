use clap::Args;
use std::path::PathBuf;

/// What a load run is asked.
#[derive(Args, Clone, Debug)]
pub struct LoadSettings {
    /// The server's address.
    #[arg(long, default_value = "http://127.0.0.1:8120")]
    pub server: String,
    /// The region's folder; the same the server serves.
    #[arg(long, default_value = "regions/ningxia")]
    pub region: PathBuf,
    /// Vehicle keys, one `vehicle key` a line.
    #[arg(long)]
    pub keys: PathBuf,
    /// Sign-in name of a person who may act for every centre.
    #[arg(long, default_value = "simulation")]
    pub name: String,
    /// File with that person's password.
    #[arg(long)]
    pub password_file: PathBuf,
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

fn between(text: &str, least: f64, most: f64) -> Result<f64, String> {
    let number = text.parse::<f64>().map_err(|error| error.to_string())?;
    let within = (least..=most).contains(&number);
    within.then_some(number).ok_or_else(|| format!("must lie between {least} and {most}"))
}
