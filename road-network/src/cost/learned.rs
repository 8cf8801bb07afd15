//! What recorded runs taught about speeds: how much longer journeys took than a profile says, by kind of road
//! and part of the day. Part of a profile; a network is weighed with it.

use crate::cost::range::within;
use crate::error::ProfileError;
use crate::graph::road::{Area, RoadClass};
use serde::Deserialize;

/// The bounds of every factor: beyond them something else is wrong than the speeds.
pub const LEARNED_FACTORS: std::ops::RangeInclusive<f64> = 0.5..=2.0;

/// The part of the day, as far as speeds care.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayPart {
    /// Neither of the others.
    Day,
    /// The night hours of the profile.
    Night,
    /// Its rush hours.
    Rush,
}

impl DayPart {
    /// All of them.
    pub const ALL: [DayPart; 3] = [DayPart::Day, DayPart::Night, DayPart::Rush];
}

/// Roads of one class in one surrounding take so many times as long.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LearnedRoad {
    /// Which roads.
    pub class: RoadClass,
    /// In town or in the country.
    pub area: Area,
    /// 0.5 to 2; above 1 is slower.
    pub factor: f64,
}

/// All roads take so many times as long in a part of the day.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LearnedPart {
    /// When.
    pub part: DayPart,
    /// 0.5 to 2; above 1 is slower.
    pub factor: f64,
}

/// Everything learned; what is not named is as the profile says.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Learned {
    /// By kind of road.
    #[serde(default)]
    pub roads: Vec<LearnedRoad>,
    /// By part of the day.
    #[serde(default)]
    pub parts: Vec<LearnedPart>,
}

impl Learned {
    /// How many times as long such a road takes in such a part of the day.
    pub fn factor(&self, class: RoadClass, area: Area, part: DayPart) -> f64 {
        let road = self.roads.iter().find(|it| (it.class, it.area) == (class, area));
        let part = self.parts.iter().find(|it| it.part == part);
        road.map_or(1.0, |it| it.factor) * part.map_or(1.0, |it| it.factor)
    }

    pub(crate) fn check(&self) -> Result<(), ProfileError> {
        let factor = |key: String, value| {
            let (low, high) = (*LEARNED_FACTORS.start(), *LEARNED_FACTORS.end());
            within(&key, value, low, high, "0.5 to 2")
        };
        for road in &self.roads {
            factor(format!("learned.roads.{}", road.class.word()), road.factor)?;
        }
        for part in &self.parts {
            factor(format!("learned.parts.{:?}", part.part).to_lowercase(), part.factor)?;
        }
        Ok(())
    }
}
