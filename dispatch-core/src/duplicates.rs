//! Open incidents that may be the one now being reported. Offers them with the reason; never merges.

use crate::fleet::great_circle_metres;
use crate::model::{DuplicateCandidate, Timestamp, Wgs84};
use crate::state::{Acceptance, CentreState, Incident};

/// What is known of the call while it is being taken.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Report<'a> {
    /// Where, in WGS-84, when known.
    pub scene: Option<Wgs84>,
    /// Radius in metres within which the true place lies, when known.
    pub error_radius_m: Option<u32>,
    /// The caller's number, when shown.
    pub caller_number: Option<&'a str>,
    /// True for an exercise: it is compared with exercises only, and a real call with real ones.
    pub test: bool,
}

/// How near is near.
#[derive(Clone, Debug, PartialEq)]
pub struct DuplicateSettings {
    /// Scenes so many metres apart may be one, error radii added.
    pub near_metres: f64,
    /// An error radius counts up to here, or one phone cell would cover a town.
    pub most_error_metres: f64,
    /// Calls so many seconds apart may be about one incident.
    pub near_seconds: f64,
    /// No more than this are offered: a call-taker reads no longer list.
    pub most_offered: usize,
}

impl Default for DuplicateSettings {
    fn default() -> Self {
        Self {
            near_metres: 500.0,
            most_error_metres: 1500.0,
            near_seconds: 1800.0,
            most_offered: 5,
        }
    }
}

/// Open incidents near in place and time, or with the same caller whatever the distance; the same
/// caller first, then the nearest, then the latest.
pub fn duplicate_candidates(
    state: &CentreState,
    report: &Report<'_>,
    now: Timestamp,
    settings: &DuplicateSettings,
) -> Vec<DuplicateCandidate> {
    let mut found: Vec<DuplicateCandidate> = state
        .open_incidents()
        .filter(|incident| incident.facts.test == report.test)
        .filter_map(|incident| compare(incident, report, now, settings))
        .collect();
    found.sort_by(|a, b| {
        let metres = |one: &DuplicateCandidate| one.distance_m.unwrap_or(f64::INFINITY);
        (b.same_caller.cmp(&a.same_caller))
            .then(metres(a).total_cmp(&metres(b)))
            .then(a.age_seconds.total_cmp(&b.age_seconds))
            .then_with(|| a.incident.cmp(&b.incident))
    });
    found.truncate(settings.most_offered);
    found
}

fn compare(
    incident: &Incident,
    report: &Report<'_>,
    now: Timestamp,
    settings: &DuplicateSettings,
) -> Option<DuplicateCandidate> {
    let scene = &incident.facts.scene;
    let error = |radius: Option<u32>| radius.map_or(0.0, f64::from).min(settings.most_error_metres);
    let reach = settings.near_metres + error(scene.error_radius_m) + error(report.error_radius_m);
    let distance_m =
        scene.position.zip(report.scene).map(|(there, here)| great_circle_metres(there, here));
    let last_call = incident.acceptances.iter().map(|call| call.taken_at).max();
    let age_seconds = now.seconds_since(last_call.unwrap_or(incident.opened_at)).max(0.0);
    let is_near =
        distance_m.is_some_and(|metres| metres <= reach) && age_seconds <= settings.near_seconds;
    let number = report.caller_number.and_then(comparable);
    let same_caller =
        number.is_some_and(|number| incident.acceptances.iter().any(|call| called(call, &number)));
    (is_near || same_caller).then(|| DuplicateCandidate {
        incident: incident.id.clone(),
        distance_m,
        age_seconds,
        same_caller,
        first_acceptance: incident.acceptances.first().map(|call| call.id.clone()),
    })
}

fn called(call: &Acceptance, number: &str) -> bool {
    let numbers = [&call.details.caller_number, &call.details.contact_phone];
    numbers.into_iter().flatten().any(|one| comparable(one).as_deref() == Some(number))
}

/// Short numbers are services and extensions, which report many incidents: 110 is not one caller.
const SHORTEST_NUMBER: usize = 7;

/// A number's digits without the country's code and without leading zeros, which exchanges show
/// differently.
fn comparable(number: &str) -> Option<String> {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.trim_start_matches('0');
    let national = digits.strip_prefix("86").filter(|rest| rest.len() >= 10).unwrap_or(digits);
    let national = national.trim_start_matches('0');
    (national.len() >= SHORTEST_NUMBER).then(|| national.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deadlines::test_centre::{TestCentre, at, facts};
    use crate::model::{CancelReason, Command, IncidentFacts};
    use expect_test::{Expect, expect};
    use std::fmt::Write;

    const SCENE: Wgs84 = Wgs84 { lon: 106.23, lat: 38.49 };

    /// A place some metres north of the scene.
    fn north(metres: f64) -> Wgs84 {
        Wgs84 { lat: SCENE.lat + metres / 111_195.0, ..SCENE }
    }

    fn check(centre: &TestCentre, report: Report<'_>, expected: Expect) {
        let settings = DuplicateSettings::default();
        let mut told = String::new();
        for one in duplicate_candidates(&centre.state, &report, centre.now, &settings) {
            let far =
                one.distance_m.map_or("no distance".into(), |metres| format!("{metres:.0} m"));
            let caller = if one.same_caller { ", same caller" } else { "" };
            writeln!(told, "{}: {far}, {:.0} s ago{caller}", one.incident, one.age_seconds)
                .unwrap();
        }
        expected.assert_eq(&told);
    }

    fn here() -> Report<'static> {
        Report { scene: Some(SCENE), ..Report::default() }
    }

    #[test]
    fn near_in_place_and_time_nearest_first() {
        let mut centre = TestCentre::with(&[]);
        for metres in [400.0, 100.0, 600.0] {
            centre.call(facts(Some(north(metres))), None);
        }
        centre.now = at(300);
        check(
            &centre,
            here(),
            expect![[r#"
            yinchuan-2: 100 m, 300 s ago
            yinchuan-1: 400 m, 300 s ago
        "#]],
        );
        centre.now = at(1801);
        check(&centre, here(), expect![[r#""#]]);
    }

    #[test]
    fn an_uncertain_place_reaches_further_but_not_over_the_town() {
        let mut centre = TestCentre::with(&[]);
        centre.call(facts(Some(north(1200.0))), None);
        centre.call(facts(Some(north(3000.0))), None);
        check(
            &centre,
            Report { error_radius_m: Some(800), ..here() },
            expect![[r#"
            yinchuan-1: 1200 m, 0 s ago
        "#]],
        );
        check(
            &centre,
            Report { error_radius_m: Some(50_000), ..here() },
            expect![[r#"
            yinchuan-1: 1200 m, 0 s ago
        "#]],
        );
    }

    #[test]
    fn the_same_caller_is_recognised_anywhere_and_however_the_number_is_shown() {
        let mut centre = TestCentre::with(&[]);
        centre.call(facts(None), Some("+86 139 0951 0000"));
        centre.call(facts(Some(north(50_000.0))), Some("13909510000"));
        centre.now = at(7200);
        let report = Report { caller_number: Some("013909510000"), ..here() };
        check(
            &centre,
            report,
            expect![[r#"
            yinchuan-2: 50000 m, 7200 s ago, same caller
            yinchuan-1: no distance, 7200 s ago, same caller
        "#]],
        );
    }

    #[test]
    fn a_service_number_is_not_one_caller() {
        let mut centre = TestCentre::with(&[]);
        centre.call(facts(Some(north(50_000.0))), Some("110"));
        check(&centre, Report { caller_number: Some("110"), ..here() }, expect![[r#""#]]);
    }

    #[test]
    fn what_is_over_and_what_is_an_exercise_is_not_offered() {
        let mut centre = TestCentre::with(&[]);
        let incident = centre.call(facts(Some(SCENE)), None);
        centre.order(Command::CancelIncident {
            incident,
            reason: CancelReason::Nuisance.into(),
            confirmed: false,
        });
        centre.call(IncidentFacts { test: true, ..facts(Some(SCENE)) }, None);
        check(&centre, here(), expect![[r#""#]]);
        check(
            &centre,
            Report { test: true, ..here() },
            expect![[r#"
            yinchuan-2: 0 m, 0 s ago
        "#]],
        );
    }

    #[test]
    fn never_more_than_a_call_taker_reads() {
        let mut centre = TestCentre::with(&[]);
        for metres in 0..20 {
            centre.call(facts(Some(north(f64::from(metres)))), None);
        }
        check(
            &centre,
            here(),
            expect![[r#"
            yinchuan-1: 0 m, 0 s ago
            yinchuan-2: 1 m, 0 s ago
            yinchuan-3: 2 m, 0 s ago
            yinchuan-4: 3 m, 0 s ago
            yinchuan-5: 4 m, 0 s ago
        "#]],
        );
    }
}
