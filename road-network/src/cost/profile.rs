//! How fast an ambulance gets along, as data: speeds by class and area, surface, night, turns,
//! and which rules it may leave aside. One file per region; nothing here is fixed in code.

use crate::cost::learned::{DayPart, Learned};
use crate::cost::range::within;
use crate::error::ProfileError;
use crate::graph::road::RoadClass;
use serde::Deserialize;
use std::path::Path;

const BLUE_LIGHT: &str = include_str!("../../profiles/blue-light.toml");

/// Speeds in km/h by class; 0 means: never driven.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Speeds {
    /// Expressways.
    pub motorway: f64,
    /// First national roads.
    pub trunk: f64,
    /// Other main roads.
    pub primary: f64,
    /// County roads.
    pub secondary: f64,
    /// Township roads.
    pub tertiary: f64,
    /// Other public roads.
    pub unclassified: f64,
    /// Streets.
    pub residential: f64,
    /// Shared streets.
    pub living_street: f64,
    /// Drives and yards.
    pub service: f64,
    /// Tracks.
    pub track: f64,
}

impl Speeds {
    /// The speed of a class in km/h.
    pub fn of(&self, class: RoadClass) -> f64 {
        match class {
            RoadClass::Motorway => self.motorway,
            RoadClass::Trunk => self.trunk,
            RoadClass::Primary => self.primary,
            RoadClass::Secondary => self.secondary,
            RoadClass::Tertiary => self.tertiary,
            RoadClass::Unclassified => self.unclassified,
            RoadClass::Residential => self.residential,
            RoadClass::LivingStreet => self.living_street,
            RoadClass::Service => self.service,
            RoadClass::Track => self.track,
        }
    }
}

/// Hours of the day in which everything is slower.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SlowHours {
    /// Local hours, 0 to 23.
    pub hours: Vec<u8>,
    /// By how many per cent speeds sink.
    pub slower_percent: f64,
}

/// Seconds that turns cost.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TurnSeconds {
    /// Straight over a junction.
    pub straight: f64,
    /// Bearing left or right.
    pub slight: f64,
    /// Turning right.
    pub right: f64,
    /// Turning left.
    pub left: f64,
    /// Turning sharply.
    pub sharp: f64,
    /// Turning back where the road ends.
    pub back: f64,
    /// Turning round in the middle of an edge, for a vehicle that heads the wrong way.
    pub round: f64,
    /// Added where the crossing road has priority.
    pub give_way: f64,
    /// Added at traffic lights.
    pub lights: f64,
}

/// Signed turn restrictions.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signs {
    /// Whether signs are obeyed where both roads are tertiary or less.
    pub obey_on_minor: bool,
    /// Whether signs are obeyed where one of the roads is secondary or more.
    pub obey_on_major: bool,
    /// Seconds added where a sign is not obeyed.
    pub ignoring_seconds: f64,
}

/// Driving against a one-way sign.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgainstOneWay {
    /// Classes on which it is done; elsewhere never.
    pub classes: Vec<RoadClass>,
    /// Speed in per cent of the ordinary one.
    pub percent: f64,
}

/// Per cent of the class speed by circumstance; 0 means: never driven.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Percent {
    /// On slip roads.
    pub link: f64,
    /// On gravel and earth.
    pub unpaved: f64,
    /// On sand and rock.
    pub rough: f64,
    /// On private ground.
    pub private: f64,
    /// On bus lanes and in pedestrian streets.
    pub reserved: f64,
    /// The most that is driven of a signed speed limit.
    pub of_speed_limit: f64,
}

/// A speed profile.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// Always 1.
    pub format: u32,
    /// For people to tell profiles apart.
    pub name: String,
    /// Minutes east of UTC, for the hours below.
    pub utc_offset_minutes: i32,
    /// Km/h on foot or over a yard between the road and the place itself.
    pub off_road_kmh: f64,
    /// Speeds in town.
    pub urban_kmh: Speeds,
    /// Speeds in the country.
    pub rural_kmh: Speeds,
    /// By circumstance.
    pub percent: Percent,
    /// The night.
    pub night: SlowHours,
    /// The rush hours.
    pub rush: SlowHours,
    /// Turns.
    pub turns: TurnSeconds,
    /// Turn restrictions.
    pub signs: Signs,
    /// One-way signs.
    pub against_one_way: AgainstOneWay,
    /// What recorded runs taught; nothing in the shipped profile.
    #[serde(default)]
    pub learned: Learned,
}

impl Profile {
    /// The profile that ships: an ambulance under blue light in Ningxia.
    pub fn blue_light() -> Profile {
        // The shipped text is read in a test; a mistake in it cannot reach an operator.
        Profile::parse(BLUE_LIGHT).expect("the shipped profile is valid")
    }

    /// Reads a profile from a file.
    ///
    /// # Errors
    /// Where it cannot be read, is not a profile, or holds a number out of range.
    pub fn load(path: &Path) -> Result<Profile, ProfileError> {
        let text = std::fs::read_to_string(path).map_err(|error| ProfileError::Disk {
            path: path.to_owned(),
            reason: error.to_string(),
        })?;
        Profile::parse(&text)
    }

    /// Reads a profile from its TOML text.
    ///
    /// # Errors
    /// Where it is not a profile or holds a number out of range.
    pub fn parse(text: &str) -> Result<Profile, ProfileError> {
        let profile: Profile =
            toml::from_str(text).map_err(|error| ProfileError::Form(error.to_string()))?;
        profile.check()?;
        Ok(profile)
    }

    /// The part of the day at a local hour, 0 to 23. Night comes before rush.
    pub fn part_at(&self, hour: u8) -> DayPart {
        if self.night.hours.contains(&hour) {
            DayPart::Night
        } else if self.rush.hours.contains(&hour) {
            DayPart::Rush
        } else {
            DayPart::Day
        }
    }

    /// This profile with what was learned.
    ///
    /// # Errors
    /// Where a factor is out of range.
    pub fn with_learned(&self, learned: Learned) -> Result<Profile, ProfileError> {
        let profile = Profile { learned, ..self.clone() };
        profile.check()?;
        Ok(profile)
    }

    /// The classes' speeds, areas one after the other.
    fn check(&self) -> Result<(), ProfileError> {
        within("format", f64::from(self.format), 1.0, 1.0, "1")?;
        within("off_road_kmh", self.off_road_kmh, 1.0, 60.0, "1 to 60")?;
        let offset = f64::from(self.utc_offset_minutes);
        within("utc_offset_minutes", offset, -840.0, 840.0, "-840 to 840")?;
        for (area, speeds) in [("urban_kmh", &self.urban_kmh), ("rural_kmh", &self.rural_kmh)] {
            for &class in RoadClass::ALL {
                let key = format!("{area}.{}", class.word());
                within(&key, speeds.of(class), 0.0, 200.0, "0 to 200")?;
            }
        }
        let percent = &self.percent;
        for (key, value) in [
            ("percent.link", percent.link),
            ("percent.unpaved", percent.unpaved),
            ("percent.rough", percent.rough),
            ("percent.private", percent.private),
            ("percent.reserved", percent.reserved),
            ("against_one_way.percent", self.against_one_way.percent),
        ] {
            within(key, value, 0.0, 100.0, "0 to 100")?;
        }
        within("percent.of_speed_limit", percent.of_speed_limit, 10.0, 400.0, "10 to 400")?;
        for (key, slow) in [("night", &self.night), ("rush", &self.rush)] {
            within(key, slow.slower_percent, 0.0, 90.0, "0 to 90")?;
            for &hour in &slow.hours {
                within(&format!("{key}.hours"), f64::from(hour), 0.0, 23.0, "0 to 23")?;
            }
        }
        let turns = &self.turns;
        for (key, value) in [
            ("turns.straight", turns.straight),
            ("turns.slight", turns.slight),
            ("turns.right", turns.right),
            ("turns.left", turns.left),
            ("turns.sharp", turns.sharp),
            ("turns.back", turns.back),
            ("turns.round", turns.round),
            ("turns.give_way", turns.give_way),
            ("turns.lights", turns.lights),
            ("signs.ignoring_seconds", self.signs.ignoring_seconds),
        ] {
            within(key, value, 0.0, 600.0, "0 to 600")?;
        }
        self.learned.check()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_profile_is_valid_and_slower_at_night() {
        let profile = Profile::blue_light();
        assert_eq!(profile.night.slower_percent, 22.0);
        assert!(profile.rush.slower_percent < 5.0);
    }

    #[test]
    fn a_wrong_number_is_named() {
        let wrong = BLUE_LIGHT.replacen("off_road_kmh = 8.0", "off_road_kmh = 0.0", 1);
        let error = Profile::parse(&wrong).unwrap_err();
        assert_eq!(
            error.to_string(),
            "use the speed profile: off_road_kmh is 0, allowed is 1 to 60"
        );
        assert!(Profile::parse("speed = 1").is_err());
    }
}
