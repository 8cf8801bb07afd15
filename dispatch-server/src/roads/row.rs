//! Driving times from one place to many, for coverage.

use super::Travel;
use dispatch_core::model::Wgs84;
use dispatch_core::recommend::{TravelTimes, VehicleAt};

impl Travel {
    /// Driving seconds from a place to each of some places; infinite where no route leads. One search onwards from
    /// the place answers for all.
    pub(crate) fn seconds_to_each(&self, from: &VehicleAt, places: &[Wgs84]) -> Vec<f32> {
        let Some(roads) = self.roads() else { return self.straight_to_each(from, places) };
        let standing = |position| VehicleAt { position, heading_deg: None };
        let Some(start) = roads.place(from) else { return vec![f32::INFINITY; places.len()] };
        let goals: Vec<_> = places.iter().map(|at| roads.place(&standing(*at))).collect();
        let known: Vec<_> = goals.iter().flatten().copied().collect();
        let mut times = roads.router.from_one(&roads.weights, &start, &known).into_iter();
        let seconds = |ms: u32| (f64::from(ms) / 1000.0 * self.factor()) as f32;
        let time = |known: bool| if known { times.next().flatten() } else { None };
        let found = goals.iter().map(Option::is_some).map(time);
        found.map(|ms| ms.map_or(f32::INFINITY, seconds)).collect()
    }

    /// The same by straight line: some microseconds, for a vehicle whose search is still to be made.
    pub(crate) fn straight_to_each(&self, from: &VehicleAt, places: &[Wgs84]) -> Vec<f32> {
        let seconds =
            |at: &Wgs84| self.straight().journey(from, *at).map_or(f64::INFINITY, |it| it.seconds);
        places.iter().map(|at| seconds(at) as f32).collect()
    }
}
