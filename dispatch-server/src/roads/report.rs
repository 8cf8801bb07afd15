//! How right the predictions were, over all journeys and by hour, road class and area.

use super::learn::{Hours, learn, median};
use super::profile::{area, class, learned};
use super::{Journey, Roads};
use dispatch_core::model::Timestamp;
use road_network::{Learned, Profile};
use std::collections::BTreeMap;
use wire_protocol::route::{TravelProfileOffer, TravelTimesGroup, TravelTimesReport};

/// Every journey, in the names of groups.
const ALL: &str = "all";

impl Roads {
    /// The report as of now.
    pub fn report(&self, now: Timestamp) -> TravelTimesReport {
        let (journeys, profile) = {
            let laid = self.laid();
            (laid.journeys.clone(), laid.profile.clone())
        };
        let usual = Profile::blue_light();
        let hours = Hours(self.router.as_ref().map_or(&usual, |router| router.profile()));
        let now_predicted = Predicted {
            factor: profile.factor,
            learned: learned(&profile.roads, &profile.parts),
            hours,
        };
        let mut groups: BTreeMap<String, Vec<&Journey>> = BTreeMap::new();
        for journey in &journeys {
            let names = [
                format!("hour:{:02}", journey.hour),
                format!("class:{}", journey.class),
                format!("area:{}", journey.area),
            ];
            for name in names {
                groups.entry(name).or_default().push(journey);
            }
        }
        let everything: Vec<&Journey> = journeys.iter().collect();
        let offered = learn(&journeys, hours).map(|profile| {
            let learned = learned(&profile.roads, &profile.parts);
            let then = Predicted { factor: profile.factor, learned, hours };
            TravelProfileOffer { all: then.group(ALL.to_owned(), &everything), profile }
        });
        let groups = groups.into_iter().map(|(name, them)| now_predicted.group(name, &them));
        TravelTimesReport {
            made_at: now.0,
            method: self.method(),
            all: now_predicted.group(ALL.to_owned(), &everything),
            groups: groups.collect(),
            offered_factor: offered.as_ref().map(|it| it.profile.factor),
            offered,
            profile,
        }
    }
}

/// What a correction makes of the plain predictions.
struct Predicted<'a> {
    factor: f64,
    learned: Learned,
    hours: Hours<'a>,
}

impl Predicted<'_> {
    /// A journey counts as if all of it led over the kind of road that most of it did.
    fn seconds(&self, journey: &Journey) -> f64 {
        let kind = class(&journey.class).zip(area(&journey.area));
        let part = self.hours.part(journey);
        let learned = kind.map_or(1.0, |(class, area)| self.learned.factor(class, area, part));
        journey.predicted_seconds * self.factor * learned
    }

    fn group(&self, name: String, journeys: &[&Journey]) -> TravelTimesGroup {
        let errors = || journeys.iter().map(|it| it.actual_seconds - self.seconds(it));
        let mut sizes: Vec<f64> = errors().map(f64::abs).collect();
        sizes.sort_by(f64::total_cmp);
        let ninth = (sizes.len() * 9).div_ceil(10).saturating_sub(1);
        let ratio = median(journeys.iter().map(|it| it.actual_seconds / self.seconds(it)));
        TravelTimesGroup {
            name,
            journeys: journeys.len() as u32,
            median_error_seconds: median(errors()).unwrap_or_default().round() as i32,
            p90_error_seconds: sizes.get(ninth).map_or(0, |size| size.round() as u32),
            median_ratio: (ratio.unwrap_or_default() * 1000.0).round() / 1000.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dispatch_core::recommend::StraightLineSettings;

    fn journey(number: usize, actual_seconds: f64) -> Journey {
        Journey {
            task: format!("yinchuan-{number}.t1").as_str().into(),
            departed_at: Timestamp(0),
            predicted_seconds: 100.0,
            actual_seconds,
            hour: if number.is_multiple_of(2) { 8 } else { 23 },
            class: "primary".to_owned(),
            area: "urban".to_owned(),
        }
    }

    #[tokio::test]
    async fn slower_journeys_offer_a_longer_time_and_it_is_in_force_only_once_switched_on() {
        let roads = Roads::new(None, StraightLineSettings::default());
        for number in 0..40_usize {
            let slow = if number.is_multiple_of(2) { 110.0 } else { 130.0 };
            roads.learn(journey(number, slow)).await.unwrap();
        }
        roads.learn(journey(0, 9999.0)).await.unwrap();
        let before = roads.report(Timestamp(0));
        assert_eq!((before.all.journeys, before.all.median_error_seconds), (40, 20));
        assert_eq!(before.all.p90_error_seconds, 30);
        let offered = before.offered.expect("enough journeys");
        assert_eq!((offered.profile.factor, offered.all.median_error_seconds), (1.2, 0));
        assert!(offered.all.p90_error_seconds < before.all.p90_error_seconds);
        let names: Vec<&str> = before.groups.iter().map(|group| group.name.as_str()).collect();
        assert_eq!(names, ["area:urban", "class:primary", "hour:08", "hour:23"]);
        assert_eq!(roads.profile().factor, 1.0, "an offer changes nothing by itself");
        roads.correct(offered.profile, "wang", Timestamp(5)).await.unwrap();
        assert_eq!(roads.report(Timestamp(6)).all, offered.all, "as it was foretold");
    }

    #[tokio::test]
    async fn a_handful_of_journeys_offers_nothing() {
        let roads = Roads::new(None, StraightLineSettings::default());
        roads.learn(journey(0, 200.0)).await.unwrap();
        assert_eq!(roads.report(Timestamp(0)).offered, None);
    }
}
