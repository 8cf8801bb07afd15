//! Makes a region with far more vehicles than the shipped one, for load runs: the same places,
//! the vehicles repeated station by station under new names.

use crate::province::{BadRegion, Province};
use std::fmt::Write as _;
use std::path::Path;
use std::{fs, io};
use thiserror::Error;

/// Most vehicles of an enlarged region; position frames and one small machine carry no more.
pub const MOST_VEHICLES: usize = 100_000;

/// Why no enlarged region was written.
#[derive(Debug, Error)]
pub enum EnlargeError {
    /// The region to start from is bad.
    #[error(transparent)]
    BadRegion(#[from] BadRegion),
    /// A number that makes no sense.
    #[error("--vehicles must lie between 1 and {MOST_VEHICLES}")]
    BadNumber,
    /// The files could not be copied or written.
    #[error("the enlarged region could not be written: {0}")]
    Write(#[from] io::Error),
}

/// Copies the region folder `from` to `to` with so many vehicles in all.
pub fn enlarge(from: &Path, to: &Path, vehicles: usize) -> Result<(), EnlargeError> {
    if !(1..=MOST_VEHICLES).contains(&vehicles) {
        return Err(EnlargeError::BadNumber);
    }
    let province = Province::load(from)?;
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        if entry.file_type()?.is_file() && entry.file_name() != "vehicles.csv" {
            fs::copy(entry.path(), to.join(entry.file_name()))?;
        }
    }
    fs::write(to.join("vehicles.csv"), vehicles_csv(&province, vehicles))?;
    Ok(())
}

fn vehicles_csv(province: &Province, vehicles: usize) -> String {
    let shipped = &province.region.vehicles;
    let mut text = String::from("# Enlarged for load runs; every row is made up.\n");
    text.push_str("id,centre,station,plate,call_sign,type,equipment,basis\n");
    for index in 0..vehicles {
        let model = &shipped[index % shipped.len()];
        let round = index / shipped.len();
        let more = if round == 0 { String::new() } else { format!("-{round}") };
        let kind = match model.kind {
            dispatch_core::model::VehicleKind::Basic => "basic",
            dispatch_core::model::VehicleKind::IntensiveCare => "intensive_care",
            dispatch_core::model::VehicleKind::NegativePressure => "negative_pressure",
            dispatch_core::model::VehicleKind::Neonatal => "neonatal",
            dispatch_core::model::VehicleKind::Command => "command",
        };
        let _ = writeln!(
            text,
            "{}{more},{},{},{}{more},{}{more},{kind},{},invented",
            model.id,
            model.centre,
            model.station,
            model.plate,
            model.call_sign,
            model.equipment.join(";"),
        );
    }
    text
}
