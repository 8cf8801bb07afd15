use crate::access::ServerAccess;
use clap::Args;
use std::path::PathBuf;

/// What an exercise is asked.
#[derive(Args, Clone, Debug)]
pub struct ExerciseSettings {
    /// The script, e.g. exercises/bus-accident.toml. The region folder of its server must say `exercise = true`.
    pub script: PathBuf,
    /// The server and who takes part.
    #[command(flatten)]
    pub access: ServerAccess,
    /// Seconds that it goes on after the last step; the incidents are called off then.
    #[arg(long, default_value_t = 3600, value_parser = clap::value_parser!(u32).range(0..=43_200))]
    pub afterwards: u32,
    /// Repeats the same crews.
    #[arg(long, default_value_t = 120)]
    pub seed: u64,
}
