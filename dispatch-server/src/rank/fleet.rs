//! The fleet as the ranking sees it: what the journal knows of each vehicle, and where it is.

use crate::live::shared::Shared;
use dispatch_core::CentreState;
use dispatch_core::fleet::Fix;
use dispatch_core::model::{CentreId, StationId, Timestamp, VehicleId, Wgs84};
use dispatch_core::recommend::{
    FleetView, IndexedFleet, Located, PositionSource, VehicleSituation, Whereabouts,
};
use dispatch_core::state::{Duty, Vehicle};
use region::Station;
use std::cell::OnceCell;
use std::collections::{BTreeMap, HashMap, HashSet};

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
    now: Timestamp,
) -> impl FleetView + 'a {
    let stations = places(&shared.region.stations);
    let aside = not_indexed(shared, centres, now);
    let not_indexed = aside
        .iter()
        .filter_map(|id| find(centres, id))
        .map(|(state, vehicle)| situation(shared, &stations, state, vehicle))
        .collect();
    let available = OnceCell::new();
    IndexedFleet {
        look: shared.fleet.index().look(),
        plane: shared.fleet.plane(),
        lookup: move |slot: u32| {
            // One that was set aside a moment ago may have come into the index since.
            let cell = shared.fleet.at(slot).filter(|cell| !aside.contains(&cell.id))?;
            let (state, vehicle) = find(centres, &cell.id)?;
            Some(situation(shared, &stations, state, vehicle))
        },
        not_indexed,
        available: move |station: &StationId| {
            let counted = available.get_or_init(|| available_by_station(centres));
            counted.get(station).copied().unwrap_or(0)
        },
    }
}

/// Vehicles that are not believed to be where the index has them: never located, off the plane, without a
/// slot, or said to be at their station with no fresh fix.
fn not_indexed(shared: &Shared, centres: &Centres, now: Timestamp) -> HashSet<VehicleId> {
    let index = shared.fleet.index();
    let (mut slots, mut aside) = (0, HashSet::new());
    shared.fleet.for_each(|cell| {
        slots += 1;
        if index.position(cell.slot).is_none() {
            aside.insert(cell.id.clone());
        }
    });
    for (state, vehicle) in every(centres) {
        if whereabouts(shared, state, vehicle, now).source == PositionSource::Station {
            aside.insert(vehicle.id.clone());
        }
    }
    let vehicles: usize = centres.values().map(|state| state.vehicles.len()).sum();
    if vehicles > slots {
        let slotless = every(centres).map(|(_, vehicle)| &vehicle.id);
        aside.extend(slotless.filter(|id| shared.fleet.find(id).is_none()).cloned());
    }
    aside
}

fn find<'a>(centres: &'a Centres, id: &VehicleId) -> Option<(&'a CentreState, &'a Vehicle)> {
    centres.values().find_map(|state| Some((state, state.vehicles.get(id)?)))
}

fn available_by_station(centres: &Centres) -> HashMap<&StationId, usize> {
    let mut available = HashMap::new();
    for (_, vehicle) in every(centres) {
        if matches!(vehicle.duty, Duty::AvailableAtStation) {
            *available.entry(&vehicle.record.station).or_insert(0) += 1;
        }
    }
    available
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

/// Where a vehicle of a centre is believed to be: the one answer for rankings, ways, arrivals and reach.
pub(crate) fn whereabouts(
    shared: &Shared,
    state: &CentreState,
    vehicle: &Vehicle,
    now: Timestamp,
) -> Whereabouts {
    let station = shared.region.station(vehicle.record.station.as_str()).map(|it| it.position);
    let norms = super::norms::positions(&shared.region);
    state.whereabouts(vehicle, located(shared, &vehicle.id), station, now, &norms)
}

fn located(shared: &Shared, vehicle: &VehicleId) -> Option<Located> {
    let fix = shared.fleet.find(vehicle)?.live_fix()?.fix;
    let heading_deg = driving_heading(&fix);
    Some(Located { position: fix.position, fix_time: fix.fix_time, heading_deg })
}

/// The direction a vehicle drives in; nothing while it stands, when its heading means nothing.
fn driving_heading(fix: &Fix) -> Option<f32> {
    fix.heading_deg.filter(|_| fix.speed_mps.is_none_or(|speed| speed >= DRIVING_MPS))
}

fn places(stations: &[Station]) -> HashMap<&str, Wgs84> {
    stations.iter().map(|station| (station.id.as_str(), station.position)).collect()
}
