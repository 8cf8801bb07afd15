//! How the ranking asks for travel times. Roads, closures and turn costs live behind this trait.

use crate::model::Wgs84;

/// Where a vehicle is and which way it drives, for snapping to the right carriageway.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct VehicleAt {
    /// WGS-84 position.
    pub position: Wgs84,
    /// Course in degrees clockwise from true north, when known and driving.
    pub heading_deg: Option<f32>,
}

/// One estimated journey.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TravelEstimate {
    /// Driving time in seconds with blue light; never negative.
    pub seconds: f64,
    /// Length of the way in metres.
    pub distance_m: f64,
}

/// An answer to a question that does not care about long journeys.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Journey {
    /// It takes so long.
    Takes(TravelEstimate),
    /// It takes longer than was asked for, or there is no way.
    TooLong,
    /// There is no way.
    NoRoute,
}

/// How travel times are estimated; shown beside every ranking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Method {
    /// Straight line times a detour factor at class speeds.
    StraightLine,
    /// Over the road network.
    Road,
}

impl Method {
    /// The method's stable name in records: `straight_line` or `road`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::StraightLine => "straight_line",
            Self::Road => "road",
        }
    }
}

/// Estimates driving times.
pub trait TravelTimes {
    /// Prepares answers about journeys to one place. A road network begins one search backwards
    /// from the place here and goes on with it as far as each question needs.
    fn journeys_to<'a>(&'a self, place: Wgs84) -> Box<dyn JourneysTo + 'a>;

    /// No journey covers more straight-line metres a second than this, on the great circle. The
    /// ranking's stop rule is exact only if this holds.
    fn top_speed_mps(&self) -> f64;

    /// How times are estimated.
    fn method(&self) -> Method;

    /// One journey; nothing when there is no way.
    fn journey(&self, from: &VehicleAt, to: Wgs84) -> Option<TravelEstimate> {
        self.journeys_to(to).journey_of(from)
    }
}

/// Answers about journeys to one place.
pub trait JourneysTo {
    /// The journey of one vehicle; nothing when there is no way.
    fn journey_of(&mut self, from: &VehicleAt) -> Option<TravelEstimate>;

    /// The journey of one vehicle if it takes no longer than so many seconds of driving. A road network need
    /// look no further than that.
    fn journey_within(&mut self, from: &VehicleAt, _most_seconds: f64) -> Journey {
        self.journey_of(from).map_or(Journey::NoRoute, Journey::Takes)
    }

    /// The journeys of many, in their order. A road network may answer all in one sweep.
    fn journeys_of(&mut self, from: &[VehicleAt]) -> Vec<Option<TravelEstimate>> {
        from.iter().map(|one| self.journey_of(one)).collect()
    }
}
