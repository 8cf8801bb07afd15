//! Drives of a play: how long they take by road, and where a vehicle is in between.

use crate::world::road_map::{RoadMap, TimesTo};
use dispatch_core::recommend::{JourneysTo, Method, TravelEstimate, TravelTimes, VehicleAt};
use geometry::Wgs84;

/// The roads as the ranking asks for them.
pub struct Roads {
    /// The roads themselves.
    pub map: RoadMap,
}

impl Roads {
    /// Milliseconds of a drive; half an hour where no road leads.
    pub(super) fn millis(&self, from: Wgs84, to: Wgs84, pace: f64) -> i64 {
        const NO_ROAD_SECONDS: f64 = 1800.0;
        let seconds = self.map.times_to(to).seconds_from(from).unwrap_or(NO_ROAD_SECONDS);
        super::millis(seconds / pace)
    }
}

impl TravelTimes for Roads {
    fn journeys_to<'a>(&'a self, place: Wgs84) -> Box<dyn JourneysTo + 'a> {
        Box::new(Journeys { times: self.map.times_to(place), place })
    }

    fn top_speed_mps(&self) -> f64 {
        self.map.fastest_mps()
    }

    fn method(&self) -> Method {
        Method::Road
    }
}

struct Journeys<'a> {
    times: TimesTo<'a>,
    place: Wgs84,
}

impl JourneysTo for Journeys<'_> {
    fn journey_of(&mut self, from: &VehicleAt) -> Option<TravelEstimate> {
        let seconds = self.times.seconds_from(from.position)?;
        Some(TravelEstimate { seconds, distance_m: from.position.metres_to(self.place) })
    }
}

/// A drive, or a stand where it ended.
pub(super) struct Place {
    pub(super) from: Wgs84,
    pub(super) to: Wgs84,
    pub(super) began: i64,
    pub(super) ends: i64,
}

impl Place {
    /// Where it is, on the straight line between the ends.
    pub(super) fn at(&self, now: i64) -> Wgs84 {
        if now >= self.ends || self.ends <= self.began {
            return self.to;
        }
        let share = (now - self.began).max(0) as f64 / (self.ends - self.began) as f64;
        self.from.towards(self.to, share)
    }
}
