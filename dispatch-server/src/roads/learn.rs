//! What journeys teach: the profile that would have predicted them best. Medians only, in a fixed order, so that
//! a few odd journeys steer nothing and the same journeys always teach the same.
//!
//! A journey counts under the class and surroundings of most of its route; what was driven on other roads blurs
//! the factors towards each other, never beyond.

use super::journey::Journey;
use super::profile::part_word;
use road_network::{DayPart, LEARNED_FACTORS, Profile};
use std::collections::BTreeMap;
use wire_protocol::route::{DayPartFactor, RoadFactor, TravelProfileRequest};

/// Below so many journeys nothing is learned, of all or of a kind: a few odd ones would steer it.
pub(super) const FEWEST: usize = 30;
/// Rounds in which roads and parts of the day take turns to explain what the other left.
const ROUNDS: usize = 4;

/// Which hours belong to which part of the day.
#[derive(Clone, Copy)]
pub(super) struct Hours<'a>(pub(super) &'a Profile);

impl Hours<'_> {
    pub(super) fn part(self, journey: &Journey) -> DayPart {
        self.0.part_at(journey.hour)
    }
}

/// The profile that these journeys teach; nothing with too few.
pub(super) fn learn(journeys: &[Journey], hours: Hours<'_>) -> Option<TravelProfileRequest> {
    if journeys.len() < FEWEST {
        return None;
    }
    let ratio = |it: &Journey| it.actual_seconds / it.predicted_seconds;
    let kind = |it: &'_ Journey| (it.class.clone(), it.area.clone());
    let mut all = median(journeys.iter().map(ratio))?;
    let mut roads: BTreeMap<(String, String), (f64, usize)> = BTreeMap::new();
    let mut parts: BTreeMap<DayPart, (f64, usize)> = BTreeMap::new();
    for _ in 0..ROUNDS {
        let left = |it: &Journey| {
            ratio(it) / all / parts.get(&hours.part(it)).map_or(1.0, |known| known.0)
        };
        roads = by(journeys, kind, left);
        let left =
            |it: &Journey| ratio(it) / all / roads.get(&kind(it)).map_or(1.0, |known| known.0);
        parts = by(journeys, |it| hours.part(it), left);
        let left = |it: &Journey| {
            let road = roads.get(&kind(it)).map_or(1.0, |known| known.0);
            ratio(it) / road / parts.get(&hours.part(it)).map_or(1.0, |known| known.0)
        };
        all = median(journeys.iter().map(left))?;
    }
    let roads = roads.into_iter().map(|((class, area), (factor, journeys))| RoadFactor {
        class,
        area,
        factor: rounded(factor),
        journeys: journeys as u32,
    });
    let parts = parts.into_iter().map(|(part, (factor, journeys))| DayPartFactor {
        part: part_word(part).to_owned(),
        factor: rounded(factor),
        journeys: journeys as u32,
    });
    Some(TravelProfileRequest {
        factor: rounded(all),
        roads: roads.filter(|it| it.factor != 1.0).collect(),
        parts: parts.filter(|it| it.factor != 1.0).collect(),
    })
}

/// The median of what is left to explain, and how many journeys, by kind; kinds with too few are left out.
fn by<K: Ord>(
    journeys: &[Journey],
    kind: impl Fn(&Journey) -> K,
    left: impl Fn(&Journey) -> f64,
) -> BTreeMap<K, (f64, usize)> {
    let mut groups: BTreeMap<K, Vec<f64>> = BTreeMap::new();
    for journey in journeys {
        groups.entry(kind(journey)).or_default().push(left(journey));
    }
    let enough = groups.into_iter().filter(|(_, them)| them.len() >= FEWEST);
    enough
        .filter_map(|(kind, them)| {
            let count = them.len();
            Some((kind, (rounded(median(them.into_iter())?), count)))
        })
        .collect()
}

/// Within what may be switched on, to a thousandth.
fn rounded(factor: f64) -> f64 {
    (factor.clamp(*LEARNED_FACTORS.start(), *LEARNED_FACTORS.end()) * 1000.0).round() / 1000.0
}

/// The middle value; nothing of nothing.
pub(super) fn median(values: impl Iterator<Item = f64>) -> Option<f64> {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    let half = values.len() / 2;
    match (values.get(half), values.len() % 2) {
        (Some(middle), 1) => Some(*middle),
        (Some(upper), _) => Some((values[half - 1] + upper) / 2.0),
        (None, _) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dispatch_core::model::Timestamp;

    /// Journeys that take as long as the true factors say, give or take a little.
    fn journeys(true_factor: impl Fn(&str, &str, u8) -> f64) -> Vec<Journey> {
        let kinds = [("primary", "urban"), ("residential", "urban"), ("trunk", "rural")];
        (0..600_usize)
            .map(|number| {
                let (class, area) = kinds[number % 3];
                let hour = (number / 3 * 7 % 24) as u8;
                let predicted_seconds = 200.0 + (number * 37 % 500) as f64;
                let odd = if number.is_multiple_of(50) { 2.5 } else { 1.0 };
                let noise = 1.0 + ((number * 61 % 21) as f64 - 10.0) / 100.0;
                Journey {
                    task: format!("yinchuan-{number}.t1").as_str().into(),
                    departed_at: Timestamp(0),
                    predicted_seconds,
                    actual_seconds: predicted_seconds
                        * true_factor(class, area, hour)
                        * noise
                        * odd,
                    hour,
                    class: class.to_owned(),
                    area: area.to_owned(),
                }
            })
            .collect()
    }

    #[test]
    fn roads_and_nights_are_told_apart_and_odd_journeys_steer_nothing() {
        let profile = Profile::blue_light();
        let hours = Hours(&profile);
        let night = |hour| profile.part_at(hour) == DayPart::Night;
        let truth = |class: &str, hour: u8| {
            let road = if class == "primary" { 1.2 } else { 1.0 };
            road * if night(hour) { 1.1 } else { 1.0 }
        };
        let journeys = journeys(|class, _, hour| truth(class, hour));
        let taught = learn(&journeys, hours).expect("enough journeys");
        let predicted = |class: &str, area: &str, hour: u8| {
            let road = taught.roads.iter().find(|it| (&*it.class, &*it.area) == (class, area));
            let part = part_word(profile.part_at(hour));
            let part = taught.parts.iter().find(|it| it.part == part);
            taught.factor * road.map_or(1.0, |it| it.factor) * part.map_or(1.0, |it| it.factor)
        };
        for (class, area) in [("primary", "urban"), ("residential", "urban"), ("trunk", "rural")] {
            for hour in [2, 8, 12, 23] {
                let (found, truth) = (predicted(class, area, hour), truth(class, hour));
                let off = (found / truth - 1.0).abs();
                assert!(off < 0.04, "{class} at {hour}: {found} for {truth}; {taught:?}");
            }
        }
        assert_eq!(learn(&journeys, hours), Some(taught));
    }

    #[test]
    fn a_kind_with_few_journeys_keeps_the_factor_of_all() {
        let profile = Profile::blue_light();
        let mut journeys = journeys(|_, _, _| 1.3);
        for journey in journeys.iter_mut().take(20) {
            journey.class = "tertiary".to_owned();
            journey.actual_seconds *= 1.5;
        }
        let taught = learn(&journeys, Hours(&profile)).expect("enough journeys");
        assert!(taught.roads.iter().all(|it| it.class != "tertiary"), "{taught:?}");
        assert!((taught.factor - 1.3).abs() < 0.04, "{taught:?}");
        assert_eq!(learn(&journeys[..29], Hours(&profile)), None);
    }
}
