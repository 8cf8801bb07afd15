//! The travel times of a system as the core's ranking asks for them: by positions, each of which stands for a spot.

use super::travel::{Spot, Travel};
use dispatch_core::model::Wgs84;
use dispatch_core::recommend::{
    Journey, JourneysTo, Method, TravelEstimate, TravelTimes, VehicleAt,
};

/// A vehicle as a ranking is told of it.
#[derive(Clone, Copy, Debug)]
pub struct Seen {
    /// Which one.
    pub unit: usize,
    /// Where it is.
    pub spot: Spot,
}

/// Travel times of the vehicles of one ranking.
pub struct Times<'a, 'b> {
    /// The travel times of the system.
    pub travel: &'a Travel<'b>,
    /// The vehicles, with the spots that their positions stand for.
    pub seen: &'a [Seen],
    /// How one drives.
    pub mode: usize,
}

impl TravelTimes for Times<'_, '_> {
    fn journeys_to<'a>(&'a self, place: Wgs84) -> Box<dyn JourneysTo + 'a> {
        Box::new(ToCell { times: self, cell: self.travel.cell_at(place), place })
    }

    fn top_speed_mps(&self) -> f64 {
        self.travel.top_speed_mps(self.mode)
    }

    fn method(&self) -> Method {
        Method::Road
    }
}

struct ToCell<'a, 'b, 'c> {
    times: &'a Times<'b, 'c>,
    cell: Option<usize>,
    place: Wgs84,
}

impl JourneysTo for ToCell<'_, '_, '_> {
    fn journey_of(&mut self, from: &VehicleAt) -> Option<TravelEstimate> {
        let seen = self.times.seen.iter().find(|one| one.spot.position == from.position)?;
        let ms = self.times.travel.ms_to_cell(&seen.spot, self.cell?, self.times.mode);
        let distance_m = from.position.metres_to(self.place);
        (ms != u32::MAX).then(|| TravelEstimate { seconds: f64::from(ms) / 1000.0, distance_m })
    }

    fn journey_within(&mut self, from: &VehicleAt, most_seconds: f64) -> Journey {
        match self.journey_of(from) {
            None => Journey::NoRoute,
            Some(found) if found.seconds > most_seconds => Journey::TooLong,
            Some(found) => Journey::Takes(found),
        }
    }
}
