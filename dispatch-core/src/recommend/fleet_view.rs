//! How the ranking goes over the fleet: from a plain list, or outwards through the fleet index.

use super::situation::VehicleSituation;
use crate::fleet::{LocalPlane, Look};
use crate::model::{StateGroup, StationId, VehicleId, Wgs84};
use std::collections::HashMap;

/// The index keeps whole centimetres; a place may be off by less than this, in metres.
const INDEX_ROUNDING_M: f64 = 0.01;

/// A vehicle met on the way outwards.
#[derive(Clone, Debug)]
pub struct Outward<'a> {
    /// The vehicle.
    pub situation: VehicleSituation<'a>,
    /// Neither this vehicle nor any that follows is nearer than this many metres of great circle.
    pub at_least_m: f64,
}

/// The fleet as the ranking walks it.
pub trait FleetView {
    /// Every vehicle, each once, beginning with those that no distance can rule out.
    fn outwards<'a>(&'a self, place: Wgs84) -> Box<dyn Iterator<Item = Outward<'a>> + 'a>;

    /// Every vehicle, each once, in any order.
    fn everybody<'a>(&'a self) -> Box<dyn Iterator<Item = VehicleSituation<'a>> + 'a>;

    /// How many vehicles are available at a station.
    fn available_at(&self, station: &StationId) -> usize;
}

/// A fleet as a list; right for the vehicles of one region.
#[derive(Clone, Debug, Default)]
pub struct ListedFleet<'a> {
    vehicles: Vec<VehicleSituation<'a>>,
    available: HashMap<&'a StationId, usize>,
}

impl<'a> ListedFleet<'a> {
    /// The fleet of these vehicles, each named once.
    pub fn new(vehicles: Vec<VehicleSituation<'a>>) -> Self {
        let mut available = HashMap::new();
        for situation in &vehicles {
            if situation.vehicle.duty.group() == StateGroup::AtStation {
                *available.entry(&situation.vehicle.record.station).or_insert(0) += 1;
            }
        }
        Self { vehicles, available }
    }
}

impl FleetView for ListedFleet<'_> {
    fn outwards<'a>(&'a self, place: Wgs84) -> Box<dyn Iterator<Item = Outward<'a>> + 'a> {
        let mut by_distance: Vec<(f64, &VehicleSituation<'_>)> = self
            .vehicles
            .iter()
            .map(|situation| {
                let metres = situation.possible_places().map(|at| at.metres_to(place));
                (metres.reduce(f64::min).unwrap_or(0.0), situation)
            })
            .collect();
        by_distance.sort_by(|(a, _), (b, _)| a.total_cmp(b));
        Box::new(
            by_distance.into_iter().map(|(at_least_m, situation)| Outward {
                situation: situation.clone(),
                at_least_m,
            }),
        )
    }

    fn everybody<'a>(&'a self) -> Box<dyn Iterator<Item = VehicleSituation<'a>> + 'a> {
        Box::new(self.vehicles.iter().cloned())
    }

    fn available_at(&self, station: &StationId) -> usize {
        self.available.get(station).copied().unwrap_or(0)
    }
}

/// A fleet of any size behind the fleet index; only vehicles met on the walk are looked up.
pub struct IndexedFleet<'f, Lookup, Available> {
    /// The index, as one reader sees it.
    pub look: Look<'f>,
    /// The plane of the index.
    pub plane: &'f LocalPlane,
    /// The vehicle in a slot of the index; nothing for a slot that belongs to nobody now.
    pub lookup: Lookup,
    /// Vehicles that are not believed to be where the index has them: never located, off the plane, or
    /// said to be at their station with no fresh fix. `lookup` must know none of them.
    pub not_indexed: Vec<VehicleSituation<'f>>,
    /// How many vehicles are available at a station.
    pub available: Available,
}

impl<'f, Lookup, Available> FleetView for IndexedFleet<'f, Lookup, Available>
where
    Lookup: Fn(u32) -> Option<VehicleSituation<'f>>,
    Available: Fn(&StationId) -> usize,
{
    fn outwards<'a>(&'a self, place: Wgs84) -> Box<dyn Iterator<Item = Outward<'a>> + 'a> {
        let not_indexed =
            self.not_indexed.iter().map(|one| Outward { situation: one.clone(), at_least_m: 0.0 });
        let on_plane = self.plane.to_metres(place);
        // From a place off the plane no distance can be promised: all are looked at.
        let walk = self.look.outwards(on_plane.unwrap_or([0.0, 0.0])).filter_map(move |met| {
            let plane_m = on_plane.map_or(0.0, |_| (met.at_least_m - INDEX_ROUNDING_M).max(0.0));
            let at_least_m = self.plane.least_metres(plane_m);
            Some(Outward { situation: (self.lookup)(met.slot)?, at_least_m })
        });
        Box::new(not_indexed.chain(walk))
    }

    fn everybody<'a>(&'a self) -> Box<dyn Iterator<Item = VehicleSituation<'a>> + 'a> {
        let indexed = self.look.outwards([0.0, 0.0]).filter_map(|met| (self.lookup)(met.slot));
        Box::new(self.not_indexed.iter().cloned().chain(indexed))
    }

    fn available_at(&self, station: &StationId) -> usize {
        (self.available)(station)
    }
}

/// The fleet without one vehicle.
pub(super) struct Without<'a> {
    pub(super) fleet: &'a dyn FleetView,
    pub(super) vehicle: &'a VehicleId,
}

impl FleetView for Without<'_> {
    fn outwards<'a>(&'a self, place: Wgs84) -> Box<dyn Iterator<Item = Outward<'a>> + 'a> {
        let others = self.fleet.outwards(place);
        Box::new(others.filter(|met| met.situation.vehicle.id != *self.vehicle))
    }

    fn everybody<'a>(&'a self) -> Box<dyn Iterator<Item = VehicleSituation<'a>> + 'a> {
        Box::new(self.fleet.everybody().filter(|situation| situation.vehicle.id != *self.vehicle))
    }

    fn available_at(&self, station: &StationId) -> usize {
        self.fleet.available_at(station)
    }
}
