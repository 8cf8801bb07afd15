//! Where a vehicle is believed to be, from what, and how uncertain that is: the one answer that rankings,
//! arrival times, routes, isochrones and the map go by.
//!
//! Pure: the journal's word, the newest fix, the station and the moment are arguments.

use crate::fleet::{VehicleTrack, age_seconds};
use crate::model::{SetOutFrom, Timestamp, Wgs84};
use crate::state::{CentreState, Duty, Standby, TaskStage, Vehicle};

/// Where a vehicle was last seen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Located {
    /// WGS-84 position.
    pub position: Wgs84,
    /// When it was measured.
    pub fix_time: Timestamp,
    /// Course in degrees clockwise from true north, when told.
    pub heading_deg: Option<f32>,
}

impl Located {
    /// Where the live marker of a track stands.
    pub fn of(track: &VehicleTrack) -> Option<Self> {
        let fix = track.live()?.fix;
        Some(Self { position: fix.position, fix_time: fix.fix_time, heading_deg: fix.heading_deg })
    }
}

/// Where a position comes from, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PositionSource {
    /// A fix young enough to be believed.
    Fix,
    /// Its station: it is said to be there and no young fix says otherwise.
    Station,
    /// A fix so old that the vehicle may be anywhere by now, or of an age that cannot be known.
    LastKnown,
    /// Neither a fix nor a station.
    Unknown,
}

/// How long a fix is believed.
#[derive(Clone, Debug, PartialEq)]
pub struct PositionNorms {
    /// Up to this age in seconds a fix is as good as new.
    pub fresh_seconds: f64,
    /// The same for a vehicle that is said to be at its station, where terminals report seldom.
    pub fresh_at_station_seconds: f64,
    /// From this age in seconds a vehicle on the road may be anywhere: at driving speed it has crossed
    /// the city and left it, so the place of its last fix says nothing any more.
    pub unknown_after_seconds: f64,
    /// How fast an unseen vehicle may have gone, metres a second: blue-light speed between towns.
    pub driving_mps: f64,
}

impl Default for PositionNorms {
    fn default() -> Self {
        Self {
            fresh_seconds: 30.0,
            fresh_at_station_seconds: 300.0,
            unknown_after_seconds: 1800.0,
            driving_mps: 18.0,
        }
    }
}

impl PositionNorms {
    /// Whether a fix of this time is believed even of a vehicle that is said to be at its station.
    pub fn believes_at_station(&self, fix_time: Option<Timestamp>, now: Timestamp) -> bool {
        let age = fix_time.and_then(|fix_time| age_seconds(fix_time, now));
        age.is_some_and(|age| age <= self.at_station_seconds())
    }

    fn at_station_seconds(&self) -> f64 {
        self.fresh_at_station_seconds.max(self.fresh_seconds)
    }
}

/// Where a vehicle is believed to be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Whereabouts {
    /// WGS-84; nothing when the source is [`PositionSource::Unknown`].
    pub position: Option<Wgs84>,
    /// What the position was taken from.
    pub source: PositionSource,
    /// Course in degrees clockwise from true north; only of a fix.
    pub heading_deg: Option<f32>,
    /// Age of the newest fix in seconds, used or not; nothing if there never was one, or when it lies later than now.
    pub fix_age_seconds: Option<f64>,
    /// How many metres the vehicle may be away from the position; 0 of a fresh fix and at the station,
    /// growing with the fix's age at driving speed.
    pub uncertainty_m: f64,
}

impl Whereabouts {
    /// Nobody knows.
    pub const UNKNOWN: Self = Self {
        position: None,
        source: PositionSource::Unknown,
        heading_deg: None,
        fix_age_seconds: None,
        uncertainty_m: 0.0,
    };

    /// Whether the position may be reckoned with.
    pub fn is_believed(&self) -> bool {
        match self.source {
            PositionSource::Fix | PositionSource::Station => true,
            PositionSource::LastKnown | PositionSource::Unknown => false,
        }
    }
}

/// Where a vehicle is believed to be.
///
/// At its station a fix counts only while it is fresh, the station's place after that: a vehicle that
/// stands in its garage has no reception, and a terminal that sleeps there sends nothing. On the road
/// the last fix counts with an uncertainty that grows, up to "anywhere".
pub fn whereabouts(
    is_at_station: bool,
    located: Option<Located>,
    station: Option<Wgs84>,
    now: Timestamp,
    norms: &PositionNorms,
) -> Whereabouts {
    let fix_age_seconds = located.and_then(|fix| age_seconds(fix.fix_time, now));
    let at_station = station.filter(|_| is_at_station).map(|position| Whereabouts {
        position: Some(position),
        source: PositionSource::Station,
        fix_age_seconds,
        ..Whereabouts::UNKNOWN
    });
    let Some(fix) = located else {
        return at_station.unwrap_or(Whereabouts::UNKNOWN);
    };
    // A fix from later than now may be of any age, and is believed no more than the oldest.
    let age = fix_age_seconds.unwrap_or(f64::INFINITY);
    let fresh_seconds = match at_station {
        Some(_) => norms.at_station_seconds(),
        None => norms.fresh_seconds,
    };
    match at_station {
        Some(at_station) if age > fresh_seconds => at_station,
        Some(_) | None => Whereabouts {
            position: Some(fix.position),
            source: if age <= norms.unknown_after_seconds.max(fresh_seconds) {
                PositionSource::Fix
            } else {
                PositionSource::LastKnown
            },
            heading_deg: fix.heading_deg,
            fix_age_seconds,
            uncertainty_m: match fix_age_seconds {
                Some(age) if age <= fresh_seconds => 0.0,
                Some(age) => age * norms.driving_mps,
                None => norms.unknown_after_seconds * norms.driving_mps,
            },
        },
    }
}

/// Whether the journal says that a vehicle is at a station, its own or the one it was moved to: waiting or paused
/// there, off duty, or sent from there and not yet under way. Which one is [`Vehicle::station`].
pub fn is_at_station(vehicle: &Vehicle, stands_at: Option<SetOutFrom>) -> bool {
    match &vehicle.duty {
        Duty::AvailableAtStation | Duty::OffDuty => true,
        Duty::Paused { standby, .. } => *standby == Standby::AtStation || vehicle.is_standing_by(),
        Duty::AvailableOnRoad { .. } => vehicle.is_standing_by(),
        Duty::OnTask { stage, .. } => match stage {
            TaskStage::Assigned | TaskStage::OrderReceived => {
                stands_at == Some(SetOutFrom::Station)
            }
            TaskStage::ToScene
            | TaskStage::AtScene
            | TaskStage::PatientOnBoard
            | TaskStage::AtHospital => false,
        },
    }
}

impl CentreState {
    /// Where a vehicle of this centre is believed to be.
    pub fn whereabouts(
        &self,
        vehicle: &Vehicle,
        located: Option<Located>,
        station: Option<Wgs84>,
        now: Timestamp,
        norms: &PositionNorms,
    ) -> Whereabouts {
        let stands_at = self.task_run_by(vehicle).map(|(_, task)| task.stands_at());
        whereabouts(is_at_station(vehicle, stands_at), located, station, now, norms)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_780_977_600_000);
    const STATION: Wgs84 = Wgs84 { lon: 106.2, lat: 38.5 };
    const FAR: Wgs84 = Wgs84 { lon: 107.2, lat: 38.5 };

    fn seen(age_seconds: i64) -> Option<Located> {
        let fix_time = NOW.plus_seconds(-age_seconds);
        Some(Located { position: FAR, fix_time, heading_deg: Some(90.0) })
    }

    fn told(is_at_station: bool, located: Option<Located>, station: Option<Wgs84>) -> String {
        let found = whereabouts(is_at_station, located, station, NOW, &PositionNorms::default());
        let place = match found.position {
            Some(FAR) => "far",
            Some(STATION) => "station",
            Some(_) => "elsewhere",
            None => "nowhere",
        };
        format!("{place} {:?} {:.0} m", found.source, found.uncertainty_m)
    }

    #[test]
    fn at_its_station_an_old_fix_gives_way_to_the_station() {
        assert_eq!(told(true, seen(300), Some(STATION)), "far Fix 0 m");
        assert_eq!(told(true, seen(301), Some(STATION)), "station Station 0 m");
        assert_eq!(told(true, seen(6 * 86_400), Some(STATION)), "station Station 0 m");
        assert_eq!(told(true, None, Some(STATION)), "station Station 0 m");
    }

    #[test]
    fn at_a_station_nobody_can_place_the_fix_ages_as_on_the_road() {
        assert_eq!(told(true, seen(301), None), "far Fix 5418 m");
        assert_eq!(told(true, seen(6 * 86_400), None), "far LastKnown 9331200 m");
        assert_eq!(told(true, None, None), "nowhere Unknown 0 m");
    }

    #[test]
    fn on_the_road_the_uncertainty_grows_at_driving_speed_until_nothing_is_known() {
        assert_eq!(told(false, seen(30), Some(STATION)), "far Fix 0 m");
        assert_eq!(told(false, seen(31), Some(STATION)), "far Fix 558 m");
        assert_eq!(told(false, seen(1800), Some(STATION)), "far Fix 32400 m");
        assert_eq!(told(false, seen(1801), Some(STATION)), "far LastKnown 32418 m");
        assert_eq!(told(false, None, Some(STATION)), "nowhere Unknown 0 m");
    }

    #[test]
    fn a_fix_ahead_of_the_clock_is_as_good_as_new_and_no_better() {
        assert_eq!(told(false, seen(-9), None), "far Fix 0 m");
    }

    #[test]
    fn a_fix_from_later_than_now_may_be_of_any_age() {
        for ahead in [11, 29, 3_600, 4 * 366 * 86_400] {
            assert_eq!(told(false, seen(-ahead), Some(STATION)), "far LastKnown 32400 m");
            assert_eq!(told(true, seen(-ahead), Some(STATION)), "station Station 0 m");
            let found = whereabouts(false, seen(-ahead), None, NOW, &PositionNorms::default());
            assert_eq!((found.fix_age_seconds, found.is_believed()), (None, false), "{ahead}");
        }
    }
}
