//! Keeps what coverage is made from, and the newest answer of each centre.

use super::ground::{Ground, grounds};
use super::reckon::{Reckoned, Row, standing, station_of};
use super::uncovered::Uncovered;
use crate::fleet::Fleet;
use crate::roads::{Roads, Travel};
use dispatch_core::CentreState;
use dispatch_core::coverage::CoverageSettings;
use dispatch_core::model::{CentreId, Timestamp, VehicleId, Wgs84};
use dispatch_core::recommend::{Method, TravelTimes, VehicleAt};
use dispatch_core::state::Vehicle;
use region::Region;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// An answer serves for so many seconds while its centre's journal stands still: vehicles on the road drive on.
const SERVES_SECONDS: f64 = 30.0;
/// The search of a vehicle on the road serves until it has driven so far, in metres: a minute in town.
const SERVES_METRES: f64 = 800.0;
/// Vehicles on the road searched for in one look; the others count by straight line until the next.
const MOST_SEARCHES: usize = 64;
/// Searches kept; beyond it all are forgotten and made again.
const MOST_KEPT: usize = 2_048;

/// The parts that coverage is reckoned from, and the moment.
#[derive(Clone, Copy)]
pub struct CoverageSources<'a> {
    /// Where the vehicles are.
    pub fleet: &'a Fleet,
    /// Travel times.
    pub roads: &'a Roads,
    /// Stations and norms.
    pub region: &'a Region,
    /// When it is reckoned.
    pub now: Timestamp,
}

/// Coverage of every centre; shared by rankings, the map's layer and advice.
pub struct CoverageKeeper {
    grounds: BTreeMap<CentreId, Ground>,
    settings: CoverageSettings,
    kept: Mutex<Kept>,
    uncovered: Uncovered,
}

#[derive(Default)]
struct Kept {
    /// The revision of the roads and the hour that the times are of.
    of: Option<(u64, i64)>,
    stations: BTreeMap<CentreId, (Arc<[Row]>, bool)>,
    on_road: HashMap<VehicleId, (CentreId, Wgs84, Row)>,
    reckoned: BTreeMap<CentreId, Arc<Reckoned>>,
}

impl CoverageKeeper {
    /// The ground of the region's centres, with nothing reckoned yet.
    pub fn of(region: &Region, roads: &Roads) -> Self {
        Self {
            grounds: grounds(region, roads),
            settings: CoverageSettings::default(),
            kept: Mutex::default(),
            uncovered: Uncovered::default(),
        }
    }

    pub(crate) fn ground(&self, centre: &CentreId) -> Option<&Ground> {
        self.grounds.get(centre)
    }

    pub(crate) fn settings(&self) -> &CoverageSettings {
        &self.settings
    }

    pub(crate) fn uncovered(&self) -> &Uncovered {
        &self.uncovered
    }

    /// The coverage of a centre as its state is now; `None` for a centre without stations, or where the region's
    /// speeds make no estimate possible. The kept answer serves while the journal stands still.
    pub(crate) fn reckoned(
        &self,
        sources: &CoverageSources<'_>,
        state: &CentreState,
    ) -> Option<Arc<Reckoned>> {
        let kept = self.kept().reckoned.get(&state.centre).cloned();
        let serves = |it: &Arc<Reckoned>| {
            let age = sources.now.seconds_since(it.made_at);
            it.version == state.version && (0.0..SERVES_SECONDS).contains(&age)
        };
        if let Some(kept) = kept.filter(serves) {
            return Some(kept);
        }
        let ground = self.ground(&state.centre)?;
        let travel = sources.roads.travel(sources.now)?;
        let stations = self.stations(sources, &state.centre, ground, &travel);
        let row = |vehicle: &Vehicle| self.row_on_road(sources, state, vehicle, ground, &travel);
        let found = Reckoned::new(state, sources.now, ground, stations, &self.settings, row);
        let found = Arc::new(found);
        self.kept().reckoned.insert(state.centre.clone(), found.clone());
        Some(found)
    }

    /// Searches the roads for free vehicles that are on them, so that answers count them by road. Takes about a
    /// millisecond each.
    pub(crate) fn search(&self, sources: &CoverageSources<'_>, state: &CentreState) {
        let Some(ground) = self.ground(&state.centre) else { return };
        let Some(travel) = sources.roads.travel(sources.now) else { return };
        self.stations(sources, &state.centre, ground, &travel);
        let free = state.vehicles.values().filter(|it| it.may_move() && station_of(it).is_none());
        let mut searched = 0;
        for vehicle in free {
            let Some(at) = whereabouts(sources, state, vehicle) else { continue };
            if searched == MOST_SEARCHES
                || self.known(&state.centre, vehicle, at.position).is_some()
            {
                continue;
            }
            searched += 1;
            let row: Row = travel.seconds_to_each(&at, &ground.places()).into();
            let mut kept = self.kept();
            if kept.on_road.len() >= MOST_KEPT {
                kept.on_road.clear();
            }
            kept.on_road.insert(vehicle.id.clone(), (state.centre.clone(), at.position, row));
        }
        if searched > 0 {
            self.kept().reckoned.remove(&state.centre);
        }
    }

    /// Times from the stations of a centre, searched once for each hour and revision of the roads.
    fn stations(
        &self,
        sources: &CoverageSources<'_>,
        centre: &CentreId,
        ground: &Ground,
        travel: &Travel,
    ) -> (Arc<[Row]>, bool) {
        let of = (sources.roads.revision(sources.now), sources.now.0.div_euclid(3_600_000));
        {
            let mut kept = self.kept();
            if kept.of != Some(of) {
                *kept = Kept { of: Some(of), ..Kept::default() };
            }
            if let Some(known) = kept.stations.get(centre) {
                return known.clone();
            }
        }
        let places = ground.places();
        let row = |at: &Wgs84| Row::from(travel.seconds_to_each(&standing(*at), &places));
        let rows: Arc<[Row]> = ground.stations.iter().map(|(_, at)| row(at)).collect();
        let found = (rows, travel.method() == Method::Road);
        let mut kept = self.kept();
        if kept.of == Some(of) {
            kept.stations.insert(centre.clone(), found.clone());
        }
        found
    }

    fn row_on_road(
        &self,
        sources: &CoverageSources<'_>,
        state: &CentreState,
        vehicle: &Vehicle,
        ground: &Ground,
        travel: &Travel,
    ) -> Option<Row> {
        let at = whereabouts(sources, state, vehicle)?;
        let known = self.known(&state.centre, vehicle, at.position);
        known.or_else(|| Some(travel.straight_to_each(&at, &ground.places()).into()))
    }

    fn known(&self, centre: &CentreId, vehicle: &Vehicle, at: Wgs84) -> Option<Row> {
        let kept = self.kept();
        let (of, searched_at, row) = kept.on_road.get(&vehicle.id)?;
        (of == centre && searched_at.metres_to(at) <= SERVES_METRES).then(|| row.clone())
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Where a vehicle is, if that may be reckoned with.
fn whereabouts(
    sources: &CoverageSources<'_>,
    state: &CentreState,
    vehicle: &Vehicle,
) -> Option<VehicleAt> {
    let found = sources.fleet.whereabouts(sources.region, state, vehicle, sources.now);
    let position = found.position.filter(|_| found.is_believed())?;
    Some(VehicleAt { position, heading_deg: found.heading_deg })
}
