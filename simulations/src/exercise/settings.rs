use clap::Args;
use std::path::PathBuf;

/// What an exercise is asked.
#[derive(Args, Clone, Debug)]
pub struct ExerciseSettings {
    /// The script, e.g. exercises/bus-accident.toml.
    pub script: PathBuf,
    /// The server's address. Its region folder must say `exercise = true`.
    #[arg(long, default_value = "http://127.0.0.1:8120")]
    pub server: String,
    /// The region's folder; the same the server serves.
    #[arg(long, default_value = "regions/ningxia")]
    pub region: PathBuf,
    /// Vehicle keys, one `vehicle key` a line.
    #[arg(long)]
    pub keys: PathBuf,
    /// Sign-in name of whoever plays the callers; may act for every centre.
    #[arg(long, default_value = "simulation")]
    pub name: String,
    /// File with their password.
    #[arg(long)]
    pub password_file: PathBuf,
    /// Seconds that it goes on after the last step; the incidents are called off then.
    #[arg(long, default_value_t = 3600, value_parser = clap::value_parser!(u32).range(0..=43_200))]
    pub afterwards: u32,
    /// Repeats the same crews.
    #[arg(long, default_value_t = 120)]
    pub seed: u64,
}
