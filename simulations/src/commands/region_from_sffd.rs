use clap::Args;
use simulations::incidents::format::bytes_of;
use simulations::incidents::moment::Zone;
use simulations::incidents::sffd;
use simulations::sffd_region;
use std::path::PathBuf;

/// What `simulations region-from-sffd` is asked.
#[derive(Args)]
pub(crate) struct RegionFromSffd {
    /// The calls-for-service file.
    #[arg(long)]
    calls: PathBuf,
    /// The folder to write, new or empty.
    #[arg(long)]
    out: PathBuf,
}

impl RegionFromSffd {
    pub(crate) fn run(self) -> Result<(), String> {
        let bytes = bytes_of(&self.calls).map_err(|error| error.to_string())?;
        let calls = sffd::read(&bytes, Zone::Pacific)
            .map_err(|problems| format!("{} cannot be used:\n{problems}", self.calls.display()))?;
        sffd_region::write(&calls, &self.out).map_err(|error| error.to_string())?;
        calls.reading.notes.iter().for_each(|note| println!("{note}"));
        println!("{} is made up from the calls; its README says how", self.out.display());
        Ok(())
    }
}
