//! The fleet as the ranking sees it: what the journal knows of each vehicle, and where it is.

use crate::live::shared::Shared;
use crate::region::Station;
use dispatch_core::CentreState;
use dispatch_core::fleet::Fix;
use dispatch_core::model::{CentreId, StationId, VehicleId, Wgs84};
use dispatch_core::recommend::{FleetView, IndexedFleet, Located, VehicleSituation};
use dispatch_core::state::{Duty, Vehicle};
use std::collections::{BTreeMap, HashMap};

/// Below this a receiver's heading is noise, metres a second.
const DRIVING_MPS: f32 = 2.0;

type Centres = BTreeMap<CentreId, CentreState>;

/// Every vehicle of the region.
pub(super) fn all_situations<'a>(
    shared: &Shared,
    centres: &'a Centres,
) -> Vec<VehicleSituation<'a>> {
    let stations = places(&shared.region.stations);
    every(centres).map(|(state, vehicle)| situation(shared, &stations, state, vehicle)).collect()
}

/// The fleet behind the index: only vehicles met on the way outwards are looked at.
pub(super) fn outwards_situations<'a>(
    shared: &'a Shared,
    centres: &'a Centres,
) -> impl FleetView + 'a {
    let stations = places(&shared.region.stations);
    let mut by_slot: HashMap<u32, (&CentreState, &Vehicle)> = HashMap::new();
    let mut available: HashMap<&StationId, usize> = HashMap::new();
    let mut not_indexed = Vec::new();
    let index = shared.tracker.index();
    for (state, vehicle) in every(centres) {
        if matches!(vehicle.duty, Duty::AvailableAtStation) {
            *available.entry(&vehicle.record.station).or_insert(0) += 1;
        }
        let slot = shared.tracker.find(&vehicle.id).map(|cell| cell.slot);
        match slot.filter(|slot| index.position(*slot).is_some()) {
            Some(slot) => {
                by_slot.insert(slot, (state, vehicle));
            }
            None => not_indexed.push(situation(shared, &stations, state, vehicle)),
        }
    }
    IndexedFleet {
        look: index.look(),
        plane: shared.tracker.plane(),
        lookup: move |slot: u32| {
            let (state, vehicle) = by_slot.get(&slot)?;
            Some(situation(shared, &stations, state, vehicle))
        },
        not_indexed,
        available: move |station: &StationId| available.get(station).copied().unwrap_or(0),
    }
}

fn every(centres: &Centres) -> impl Iterator<Item = (&CentreState, &Vehicle)> {
    centres.values().flat_map(|state| state.vehicles.values().map(move |vehicle| (state, vehicle)))
}

fn situation<'a>(
    shared: &Shared,
    stations: &HashMap<&str, Wgs84>,
    state: &'a CentreState,
    vehicle: &'a Vehicle,
) -> VehicleSituation<'a> {
    let station = stations.get(vehicle.record.station.as_str()).copied();
    VehicleSituation::of(state, vehicle, located(shared, &vehicle.id), station)
}

fn located(shared: &Shared, vehicle: &VehicleId) -> Option<Located> {
    let fix = shared.tracker.find(vehicle)?.live_fix()?.fix;
    let heading_deg = driving_heading(&fix);
    Some(Located { position: fix.position, fix_time: fix.fix_time, heading_deg })
}

/// The direction a vehicle drives in; nothing while it stands, when its heading means nothing.
pub(crate) fn driving_heading(fix: &Fix) -> Option<f32> {
    fix.heading_deg.filter(|_| fix.speed_mps.is_none_or(|speed| speed >= DRIVING_MPS))
}

fn places(stations: &[Station]) -> HashMap<&str, Wgs84> {
    stations.iter().map(|station| (station.id.as_str(), station.position)).collect()
}
