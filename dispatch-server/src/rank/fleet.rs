//! The fleet as the ranking sees it: what the journal knows of each vehicle, and where it is.

use super::sources::Sources;
use crate::coverage::Reckoned;
use crate::fleet::{Fleet, position_norms};
use dispatch_core::CentreState;
use dispatch_core::model::{CentreId, StateGroup, StationId, VehicleId, Wgs84};
use dispatch_core::recommend::{
    FleetView, IndexedFleet, PositionSource, Request, VehicleSituation,
};
use dispatch_core::state::Vehicle;
use region::Station;
use std::cell::OnceCell;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

type Centres = BTreeMap<CentreId, CentreState>;

/// Every vehicle of the region.
pub(super) fn all_situations<'a>(
    sources: &Sources<'_>,
    centres: &'a Centres,
    covers: &Covers,
) -> Vec<VehicleSituation<'a>> {
    let stations = places(&sources.region.stations);
    let of = |(state, vehicle)| situation(sources.fleet, &stations, covers, state, vehicle);
    every(centres).map(of).collect()
}

/// The coverage of the centres whose vehicles may be offered.
pub(super) type Covers = HashMap<CentreId, Arc<Reckoned>>;

/// What the vehicles of the asking centre cover, and with mutual aid those of every other.
pub(super) fn covers(sources: &Sources<'_>, centres: &Centres, request: &Request) -> Covers {
    let offered = |state: &&CentreState| request.mutual_aid || state.centre == request.centre;
    let offering = centres.values().filter(offered);
    let found = offering.map(|state| Some((state.centre.clone(), sources.coverage_of(state)?)));
    found.flatten().collect()
}

/// The fleet behind the index: only vehicles met on the way outwards are looked at.
pub(super) fn outwards_situations<'a>(
    sources: &Sources<'a>,
    centres: &'a Centres,
    covers: &'a Covers,
) -> impl FleetView + 'a {
    let stations = places(&sources.region.stations);
    let fleet = sources.fleet;
    let aside = not_indexed(sources, centres);
    let not_indexed = aside
        .iter()
        .filter_map(|id| find(centres, id))
        .map(|(state, vehicle)| situation(fleet, &stations, covers, state, vehicle))
        .collect();
    let available = OnceCell::new();
    IndexedFleet {
        look: fleet.index().look(),
        plane: fleet.plane(),
        lookup: move |slot: u32| {
            // One that was set aside a moment ago may have come into the index since.
            let cell = fleet.at(slot).filter(|cell| !aside.contains(&cell.id))?;
            let (state, vehicle) = find(centres, &cell.id)?;
            Some(situation(fleet, &stations, covers, state, vehicle))
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
fn not_indexed(sources: &Sources<'_>, centres: &Centres) -> HashSet<VehicleId> {
    let (fleet, now) = (sources.fleet, sources.now);
    let (index, norms) = (fleet.index(), position_norms(sources.region));
    let (mut slots, mut aside, mut seldom_seen) = (0, HashSet::new(), Vec::new());
    fleet.for_each(|cell| {
        slots += 1;
        if index.position(cell.slot).is_none() {
            aside.insert(cell.id.clone());
        } else if !norms.believes_at_station(cell.live_fix().map(|it| it.fix.fix_time), now) {
            seldom_seen.push(cell.id.clone());
        }
    });
    for (state, vehicle) in seldom_seen.iter().filter_map(|id| find(centres, id)) {
        if fleet.whereabouts(sources.region, state, vehicle, now).source == PositionSource::Station
        {
            aside.insert(vehicle.id.clone());
        }
    }
    // One that is just being enrolled has no slot yet; slots of retired ones are given to nobody else.
    let vehicles: usize = centres.values().map(|state| state.vehicles.len()).sum();
    if vehicles > slots || fleet.is_full() {
        let slotless = every(centres).map(|(_, vehicle)| &vehicle.id);
        aside.extend(slotless.filter(|id| fleet.find(id).is_none()).cloned());
    }
    aside
}

fn find<'a>(centres: &'a Centres, id: &VehicleId) -> Option<(&'a CentreState, &'a Vehicle)> {
    centres.values().find_map(|state| Some((state, state.vehicles.get(id)?)))
}

fn available_by_station(centres: &Centres) -> HashMap<&StationId, usize> {
    let mut available = HashMap::new();
    for (_, vehicle) in every(centres) {
        if vehicle.duty.group() == StateGroup::AtStation {
            *available.entry(&vehicle.record.station).or_insert(0) += 1;
        }
    }
    available
}

fn every(centres: &Centres) -> impl Iterator<Item = (&CentreState, &Vehicle)> {
    centres.values().flat_map(|state| state.vehicles.values().map(move |vehicle| (state, vehicle)))
}

fn situation<'a>(
    fleet: &Fleet,
    stations: &HashMap<&str, Wgs84>,
    covers: &Covers,
    state: &'a CentreState,
    vehicle: &'a Vehicle,
) -> VehicleSituation<'a> {
    let station = stations.get(vehicle.station().as_str()).copied();
    let lost = covers.get(&state.centre).and_then(|it| it.lost_seconds(&vehicle.id));
    let located = fleet.located(&vehicle.id);
    VehicleSituation::of(state, vehicle, located, station).with_coverage_lost(lost)
}

fn places(stations: &[Station]) -> HashMap<&str, Wgs84> {
    stations.iter().map(|station| (station.id.as_str(), station.position)).collect()
}
