use clap::Args;
use simulations::incidents::moment::{self, Zone};
use simulations::made_day::made_day;
use simulations::province::Province;
use std::path::PathBuf;

/// What `simulations made-day` is asked.
#[derive(Args)]
pub(crate) struct MadeDay {
    /// The region's folder.
    #[arg(long, default_value = "regions/ningxia")]
    region: PathBuf,
    /// Repeats the same day.
    #[arg(long, default_value_t = 120)]
    seed: u64,
    /// Incidents of the day, about.
    #[arg(long, default_value_t = 300.0)]
    runs_a_day: f64,
    /// The day, e.g. 2026-03-02.
    #[arg(long, default_value = "2026-03-02")]
    date: String,
    /// The file to write.
    #[arg(long)]
    out: PathBuf,
}

impl MadeDay {
    pub(crate) fn run(self) -> Result<(), String> {
        let province = Province::load(&self.region).map_err(|error| error.to_string())?;
        let zone = Zone::Fixed(province.region.settings.time_zone_offset_minutes);
        let midnight = moment::parse(&format!("{} 00:00", self.date), zone)
            .ok_or_else(|| format!("--date {:?} is no day; expected e.g. 2026-03-02", self.date))?;
        let day = made_day(&province, self.seed, self.runs_a_day, midnight);
        std::fs::write(&self.out, day).map_err(|error| format!("{}: {error}", self.out.display()))
    }
}
