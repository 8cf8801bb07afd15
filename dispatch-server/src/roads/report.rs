//! How right the predictions were, over all journeys and by hour, road class and area.

use super::{Journey, Roads};
use dispatch_core::model::Timestamp;
use std::collections::BTreeMap;
use wire_protocol::route::{TravelTimesGroup, TravelTimesReport};

/// Below so many journeys no correction is offered: a few odd ones would steer it.
const FEWEST_FOR_OFFER: usize = 30;

impl Roads {
    /// The report as of now.
    pub fn report(&self, now: Timestamp) -> TravelTimesReport {
        let (journeys, profile) = {
            let laid = self.laid();
            (laid.journeys.clone(), laid.profile.clone())
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
        let all = group("all".to_owned(), &everything, profile.factor);
        let ratio = median(everything.iter().map(|it| it.actual_seconds / it.predicted_seconds));
        let enough = journeys.len() >= FEWEST_FOR_OFFER;
        let factor = profile.factor;
        TravelTimesReport {
            made_at: now.0,
            method: self.method(),
            profile,
            all,
            groups: groups.into_iter().map(|(name, them)| group(name, &them, factor)).collect(),
            offered_factor: enough.then(|| (ratio.clamp(0.5, 2.0) * 1000.0).round() / 1000.0),
        }
    }
}

/// The errors of some journeys under the correction in force.
fn group(name: String, journeys: &[&Journey], factor: f64) -> TravelTimesGroup {
    let errors = || journeys.iter().map(|it| it.actual_seconds - it.predicted_seconds * factor);
    let mut sizes: Vec<f64> = errors().map(f64::abs).collect();
    sizes.sort_by(f64::total_cmp);
    let ninth = (sizes.len() * 9).div_ceil(10).saturating_sub(1);
    let ratios = journeys.iter().map(|it| it.actual_seconds / (it.predicted_seconds * factor));
    TravelTimesGroup {
        name,
        journeys: journeys.len() as u32,
        median_error_seconds: median(errors()).round() as i32,
        p90_error_seconds: sizes.get(ninth).map_or(0, |size| size.round() as u32),
        median_ratio: (median(ratios) * 1000.0).round() / 1000.0,
    }
}

/// The middle value; 0 of nothing.
fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    let half = values.len() / 2;
    match (values.get(half), values.len() % 2) {
        (Some(middle), 1) => *middle,
        (Some(upper), _) => (values[half - 1] + upper) / 2.0,
        (None, _) => 0.0,
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
        assert_eq!((before.all.p90_error_seconds, before.offered_factor), (30, Some(1.2)));
        let names: Vec<&str> = before.groups.iter().map(|group| group.name.as_str()).collect();
        assert_eq!(names, ["area:urban", "class:primary", "hour:08", "hour:23"]);
        assert_eq!(roads.profile().factor, 1.0, "an offer changes nothing by itself");
        roads.correct(1.2, "wang", Timestamp(5)).await.unwrap();
        assert_eq!(roads.report(Timestamp(6)).all.median_error_seconds, 0);
        assert!(roads.correct(9.0, "wang", Timestamp(7)).await.is_err());
    }

    #[tokio::test]
    async fn a_handful_of_journeys_offers_nothing() {
        let roads = Roads::new(None, StraightLineSettings::default());
        roads.learn(journey(0, 200.0)).await.unwrap();
        assert_eq!(roads.report(Timestamp(0)).offered_factor, None);
    }
}
