//! Travel times without roads: the straight line times a detour factor, at class speeds.
//!
//! The fallback of a region without a road network. Its method is named beside every ranking.

use super::travel::{JourneysTo, Method, TravelEstimate, TravelTimes, VehicleAt};
use crate::model::{Timestamp, Wgs84};
use thiserror::Error;

/// Speeds and factors of the estimate.
#[derive(Clone, Debug, PartialEq)]
pub struct StraightLineSettings {
    /// Blue-light speed in towns, metres a second.
    pub urban_mps: f64,
    /// Blue-light speed between towns, metres a second.
    pub rural_mps: f64,
    /// The first so many metres of road are counted as urban (the urban service radius is 5 km).
    pub urban_reach_m: f64,
    /// Metres of road for a metre of straight line; at least 1.
    pub detour_factor: f64,
    /// Night journeys take so many times as long: 22 % slower over 97 000 calls.
    pub night_factor: f64,
    /// Night begins at this local hour.
    pub night_from_hour: i64,
    /// Night ends at this local hour.
    pub night_to_hour: i64,
    /// Local time ahead of UTC, in minutes; 480 in China.
    pub utc_offset_minutes: i64,
}

impl Default for StraightLineSettings {
    fn default() -> Self {
        Self {
            urban_mps: 10.0,
            rural_mps: 18.0,
            urban_reach_m: 5000.0,
            detour_factor: 1.3,
            night_factor: 1.22,
            night_from_hour: 22,
            night_to_hour: 6,
            utc_offset_minutes: 480,
        }
    }
}

/// A setting no estimate can be made with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("travel setting {name} must be {must_be}")]
pub struct BadTravelSettings {
    /// The setting.
    pub name: &'static str,
    /// What it must be.
    pub must_be: &'static str,
}

/// The estimate as it holds at one moment of the day.
#[derive(Clone, Debug, PartialEq)]
pub struct StraightLine {
    settings: StraightLineSettings,
    /// 1 by day.
    time_factor: f64,
}

impl StraightLine {
    /// The estimate for journeys that begin now.
    pub fn at(settings: StraightLineSettings, now: Timestamp) -> Result<Self, BadTravelSettings> {
        let positive = [
            ("urban_mps", settings.urban_mps),
            ("rural_mps", settings.rural_mps),
            ("night_factor", settings.night_factor),
        ];
        for (name, value) in positive {
            if !(value.is_finite() && value > 0.0) {
                return Err(BadTravelSettings { name, must_be: "a number above 0" });
            }
        }
        if !(settings.detour_factor.is_finite() && settings.detour_factor >= 1.0) {
            return Err(BadTravelSettings { name: "detour_factor", must_be: "1 or more" });
        }
        if !(settings.urban_reach_m.is_finite() && settings.urban_reach_m >= 0.0) {
            return Err(BadTravelSettings { name: "urban_reach_m", must_be: "0 or more" });
        }
        let time_factor = if is_night(&settings, now) { settings.night_factor } else { 1.0 };
        Ok(Self { settings, time_factor })
    }
}

fn is_night(settings: &StraightLineSettings, now: Timestamp) -> bool {
    let local_minutes = now.0.div_euclid(60_000) + settings.utc_offset_minutes;
    let hour = local_minutes.div_euclid(60).rem_euclid(24);
    let (from, to) = (settings.night_from_hour, settings.night_to_hour);
    if from <= to { (from..to).contains(&hour) } else { hour >= from || hour < to }
}

impl TravelTimes for StraightLine {
    fn journeys_to<'a>(&'a self, place: Wgs84) -> Box<dyn JourneysTo + 'a> {
        Box::new(StraightTo { line: self, place })
    }

    fn top_speed_mps(&self) -> f64 {
        let fastest = self.settings.urban_mps.max(self.settings.rural_mps);
        fastest / (self.settings.detour_factor * self.time_factor)
    }

    fn method(&self) -> Method {
        Method::StraightLine
    }
}

struct StraightTo<'a> {
    line: &'a StraightLine,
    place: Wgs84,
}

impl JourneysTo for StraightTo<'_> {
    fn journey_of(&mut self, from: &VehicleAt) -> Option<TravelEstimate> {
        let settings = &self.line.settings;
        let distance_m = from.position.metres_to(self.place) * settings.detour_factor;
        let urban_m = distance_m.min(settings.urban_reach_m);
        let driving = urban_m / settings.urban_mps + (distance_m - urban_m) / settings.rural_mps;
        Some(TravelEstimate { seconds: driving * self.line.time_factor, distance_m })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds_at(local_hour: i64) -> f64 {
        let now = Timestamp(0).plus_seconds((local_hour - 8) * 3600);
        let line = StraightLine::at(StraightLineSettings::default(), now).unwrap();
        let from = VehicleAt { position: Wgs84 { lon: 106.2, lat: 38.5 }, heading_deg: None };
        line.journey(&from, Wgs84 { lon: 106.2, lat: 38.4 }).unwrap().seconds.round()
    }

    #[test]
    fn eleven_kilometres_take_a_quarter_of_an_hour_and_longer_at_night() {
        assert_eq!(seconds_at(12), 1025.0);
        assert_eq!([5, 6, 21, 22].map(seconds_at), [1251.0, 1025.0, 1025.0, 1251.0]);
    }

    #[test]
    fn a_standstill_is_refused_by_name() {
        let settings = StraightLineSettings { rural_mps: 0.0, ..Default::default() };
        let refused = StraightLine::at(settings, Timestamp(0)).unwrap_err().to_string();
        assert_eq!(refused, "travel setting rural_mps must be a number above 0");
    }
}
