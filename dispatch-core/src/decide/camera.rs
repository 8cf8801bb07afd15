//! Who looks through a camera of a vehicle is written down before anything is shown.

use super::check;
use super::draft::Draft;
use crate::model::*;

/// Terminals number their cameras from 1 to at most this (JT/T 1078-2016, table 2).
const MOST_CAMERAS: u8 = 32;

pub(super) fn watch(draft: &mut Draft, vehicle: &VehicleId, channel: u8) -> Result<(), Rejection> {
    let found = draft.vehicle(vehicle)?;
    if !(1..=MOST_CAMERAS).contains(&channel) {
        return Err(check::bad("channel", "is no camera: they are numbered from 1"));
    }
    let task = found.running_task().cloned();
    draft.push(Event::CameraWatched { vehicle: vehicle.clone(), task, channel });
    Ok(())
}
