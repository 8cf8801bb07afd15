//! Travel times for the core: by road with one search backwards that goes on as far as the ranking asks,
//! or by straight line.

use super::SNAP_LIMIT_M;
use super::snapped::Snapped;
use dispatch_core::model::Wgs84;
use dispatch_core::recommend::{
    Journey, JourneysTo, Method, StraightLine, TravelEstimate, TravelTimes, VehicleAt,
};
use road_network::{JourneyTime, ManyToOne, OnRoad, Router, Weights};
use std::sync::Arc;

/// Milliseconds are rounded to whole ones at each end of a route, which may make a short one seem faster
/// than the fastest road by a hair; the stop rule must not be misled by it.
const ROUNDING: f64 = 1.02;

/// Travel as it is at one moment.
#[derive(Clone)]
pub struct Travel {
    roads: Option<OnNetwork>,
    /// Every time by road is so many times as long.
    factor: f64,
    straight: StraightLine,
}

/// A network as it is driven at one moment.
#[derive(Clone)]
pub(super) struct OnNetwork {
    pub(super) router: Arc<Router>,
    pub(super) weights: Arc<Weights>,
    pub(super) snapped: Arc<Snapped>,
}

impl OnNetwork {
    /// Where a vehicle is on its road, in the direction it drives.
    pub(super) fn place(&self, from: &VehicleAt) -> Option<OnRoad> {
        self.snapped.on_road(&self.weights, from)
    }
}

impl Travel {
    pub(super) fn new(roads: Option<OnNetwork>, factor: f64, straight: StraightLine) -> Self {
        Self { roads, factor, straight }
    }

    /// The same by straight line when no road leads near a place, so that a far place still gets a ranking.
    pub fn reaching(self, place: Wgs84) -> Self {
        let near = |roads: &OnNetwork| roads.weights.snap(place, SNAP_LIMIT_M, None).is_ok();
        let roads = self.roads.filter(near);
        Self { roads, ..self }
    }

    pub(super) fn roads(&self) -> Option<&OnNetwork> {
        self.roads.as_ref()
    }

    pub(super) fn factor(&self) -> f64 {
        self.factor
    }

    pub(super) fn straight(&self) -> &StraightLine {
        &self.straight
    }
}

impl TravelTimes for Travel {
    fn journeys_to<'a>(&'a self, place: Wgs84) -> Box<dyn JourneysTo + 'a> {
        let Some(roads) = &self.roads else { return self.straight.journeys_to(place) };
        let weights = &roads.weights;
        let goal = weights.snap(place, SNAP_LIMIT_M, None).ok();
        let search = goal.map(|goal| ManyToOne::new(weights.clone(), &goal));
        Box::new(ByRoad { roads, goal, search, place, factor: self.factor })
    }

    fn top_speed_mps(&self) -> f64 {
        match &self.roads {
            Some(roads) => roads.weights.top_speed_mps() * ROUNDING / self.factor,
            None => self.straight.top_speed_mps(),
        }
    }

    fn method(&self) -> Method {
        if self.roads.is_some() { Method::Road } else { Method::StraightLine }
    }
}

/// Journeys to one place by road.
struct ByRoad<'a> {
    roads: &'a OnNetwork,
    /// `None` if no road leads near the place, as for the search.
    goal: Option<OnRoad>,
    search: Option<ManyToOne>,
    place: Wgs84,
    factor: f64,
}

impl JourneysTo for ByRoad<'_> {
    fn journey_of(&mut self, from: &VehicleAt) -> Option<TravelEstimate> {
        let start = self.roads.place(from)?;
        let by_road = self.search.as_mut()?.travel_ms(&start);
        let travel_ms = by_road.into_iter().chain(self.across(from, &start)).min()?;
        Some(self.estimate(from, travel_ms))
    }

    fn journey_within(&mut self, from: &VehicleAt, most_seconds: f64) -> Journey {
        let start = self.roads.place(from);
        let (Some(start), Some(search)) = (start, self.search.as_mut()) else {
            return Journey::NoRoute;
        };
        // Rounded up; what does not fit is as good as no limit.
        let most_ms = (most_seconds * 1000.0 / self.factor).ceil() as u32;
        let by_road = search.travel_ms_within(&start, most_ms);
        let across = self.across(from, &start).filter(|ms| *ms <= most_ms);
        match (by_road, across) {
            (JourneyTime::Takes(ms), across) => {
                Journey::Takes(self.estimate(from, ms.min(across.unwrap_or(ms))))
            }
            (JourneyTime::TooLong | JourneyTime::NoRoute, Some(ms)) => {
                Journey::Takes(self.estimate(from, ms))
            }
            (JourneyTime::TooLong, None) => Journey::TooLong,
            (JourneyTime::NoRoute, None) => Journey::NoRoute,
        }
    }

    fn journeys_of(&mut self, from: &[VehicleAt]) -> Vec<Option<TravelEstimate>> {
        let starts: Vec<Option<OnRoad>> = from.iter().map(|one| self.roads.place(one)).collect();
        let found: Vec<OnRoad> = starts.iter().flatten().copied().collect();
        let Some(search) = self.search.as_mut() else { return vec![None; from.len()] };
        let mut times = search.travel_ms_of(&found).into_iter();
        let pairs = from.iter().zip(starts);
        let journey = |(from, start): (&VehicleAt, Option<OnRoad>)| {
            let start = start?;
            let by_road = times.next().flatten();
            let travel_ms = by_road.into_iter().chain(self.across(from, &start)).min()?;
            Some(self.estimate(from, travel_ms))
        };
        pairs.map(journey).collect()
    }
}

impl ByRoad<'_> {
    fn across(&self, from: &VehicleAt, start: &OnRoad) -> Option<u32> {
        across(&self.roads.weights, (from.position, start), (self.place, self.goal.as_ref()?))
    }

    /// The length is the straight line's: the search keeps no lengths, and the ranking decides by time.
    fn estimate(&self, from: &VehicleAt, travel_ms: u32) -> TravelEstimate {
        TravelEstimate {
            seconds: f64::from(travel_ms) / 1000.0 * self.factor,
            distance_m: from.position.metres_to(self.place),
        }
    }
}

/// Milliseconds straight across to a place beside the same piece of road, never over the road and back: a
/// vehicle that stands at the scene in a field is there.
pub(super) fn across(
    weights: &Weights,
    (from, start): (Wgs84, &OnRoad),
    (to, goal): (Wgs84, &OnRoad),
) -> Option<u32> {
    (start.edge == goal.edge).then(|| weights.off_road_ms(from.metres_to(to)))
}
