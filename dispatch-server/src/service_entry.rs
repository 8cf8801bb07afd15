//! Putting the region's vehicles into service at a start.
//!
//! A folder that is not newer than the one taken last changes nothing: in a rolling upgrade the servers of the
//! release before start with the folder of before. And no folder takes a vehicle out of service: a row may be missing
//! by mistake, so that is for a person to do by `retire-vehicles`.

use crate::stores::AnyJournal;
use dispatch_core::model::{Timestamp, VehicleId, VehicleRecord};
use dispatch_desk::desk::{CommandError, Desk};
use dispatch_desk::journal::{JournalFailure, RegionStanding, RegionVersion};
use region::Region;
use std::collections::BTreeSet;

/// Why the vehicles could not be put into service.
#[derive(Debug, thiserror::Error)]
pub enum EntryError {
    /// A command could not be recorded.
    #[error(transparent)]
    CommandEnvelope(#[from] CommandError),
    /// What was taken before could not be read or noted.
    #[error(transparent)]
    Journal(#[from] JournalFailure),
}

/// Takes the folder's vehicles into service where the folder is newer than the one before; tells what it is to it.
///
/// # Errors
/// When the store fails; what was done until then stays done, and is completed by the next start.
pub async fn take_region(
    journal: &AnyJournal,
    desk: &Desk,
    region: &Region,
    now: Timestamp,
) -> Result<RegionStanding, EntryError> {
    let vehicles = vehicles(region);
    let listed: BTreeSet<VehicleId> = vehicles.iter().map(|(vehicle, _)| vehicle.clone()).collect();
    let this = RegionVersion::of(region.settings.version, &vehicles);
    let standing = this.standing(&journal.regions_taken().await?);
    match standing {
        RegionStanding::Current => tracing::info!("the region's vehicles are in service already"),
        RegionStanding::NotNewer => tracing::warn!(
            "the region folder is not newer than the one that the journal's vehicles come from, so nothing is changed; \
             to go back to it on purpose, give region.toml a version above all before"
        ),
        RegionStanding::Newer => {
            let enrolled = desk.enrol(vehicles).await?;
            tracing::info!(?enrolled, "the region's vehicles are in service");
            for refused in &enrolled.refused {
                tracing::warn!(code = refused.code(), "a vehicle's data could not be taken over");
            }
            // What was refused comes up again at the next start.
            if enrolled.refused.is_empty() && !enrolled.postponed {
                journal.note_region(&this, now).await?;
            }
        }
    }
    let unlisted = desk.read_all(|states| {
        let in_service = states.values().flat_map(|state| state.vehicles.keys());
        in_service.filter(|vehicle| !listed.contains(*vehicle)).cloned().collect::<Vec<_>>()
    });
    for vehicle in unlisted {
        tracing::warn!(%vehicle, "in service, but not in the region folder; retire it by retire-vehicles if it is gone");
    }
    Ok(standing)
}

fn vehicles(region: &Region) -> Vec<(VehicleId, VehicleRecord)> {
    let record = |vehicle: &region::VehicleRecord| VehicleRecord {
        home_centre: vehicle.centre.as_str().into(),
        station: vehicle.station.as_str().into(),
        plate: vehicle.plate.clone(),
        call_sign: vehicle.call_sign.clone(),
        kind: vehicle.kind,
        equipment: vehicle.equipment.clone(),
    };
    region.vehicles.iter().map(|v| (VehicleId::from(v.id.as_str()), record(v))).collect()
}
