use super::operation::Policy;
use clap::Args;
use std::path::PathBuf;

/// What a rerun needs to know.
#[derive(Args, Clone, Debug)]
pub struct RerunSettings {
    /// The journal: a data folder, or a postgres:// address. It is only read, while servers run or after.
    #[arg(long)]
    pub journal: String,
    /// Only this centre.
    #[arg(long)]
    pub centre: Option<String>,
    /// Unchanged: read up to this moment. With a change: the change holds from this moment on.
    #[arg(long)]
    pub at: Option<String>,
    /// The region's folder, for the places of stations and hospitals and the norms.
    #[arg(long, default_value = "regions/ningxia")]
    pub region: PathBuf,
    /// Change who is sent.
    #[arg(long, value_enum)]
    pub policy: Option<Policy>,
    /// More vehicles at a station, e.g. GY-01=2; may be given several times.
    #[arg(long, value_parser = station_and_number)]
    pub add_vehicle: Vec<(String, u16)>,
    /// Leave a vehicle out; may be given several times.
    #[arg(long)]
    pub remove_vehicle: Vec<String>,
    /// Close a road by its number or id, e.g. G344; may be given several times.
    #[arg(long)]
    pub close_road: Vec<String>,
    /// Folder for comparison.csv and comparison.html of a changed rerun.
    #[arg(long, default_value = "rerun-result")]
    pub out: PathBuf,
}

impl RerunSettings {
    /// Whether anything is to be otherwise than it was.
    pub fn is_changed(&self) -> bool {
        self.policy.is_some()
            || !self.add_vehicle.is_empty()
            || !self.remove_vehicle.is_empty()
            || !self.close_road.is_empty()
    }
}

/// Most vehicles that are added to one station: more than the largest has.
const MOST_ADDED: u16 = 50;

fn station_and_number(text: &str) -> Result<(String, u16), String> {
    let expected = || format!("expected STATION=N with N from 1 to {MOST_ADDED}, e.g. GY-01=2");
    let (station, number) = text.split_once('=').ok_or_else(expected)?;
    let number = number.parse().ok().filter(|number| (1..=MOST_ADDED).contains(number));
    Ok((station.to_owned(), number.ok_or_else(expected)?))
}
