use clap::Args;
use simulations::enlarge::enlarge;
use std::path::PathBuf;

/// What `simulations enlarge` is asked.
#[derive(Args)]
pub(crate) struct Enlarge {
    /// The region to start from.
    #[arg(long, default_value = "regions/ningxia")]
    region: PathBuf,
    /// Vehicles in all.
    #[arg(long)]
    vehicles: usize,
    /// The folder to write.
    #[arg(long)]
    out: PathBuf,
}

impl Enlarge {
    pub(crate) fn run(self) -> Result<(), String> {
        enlarge(&self.region, &self.out, self.vehicles).map_err(|error| error.to_string())
    }
}
