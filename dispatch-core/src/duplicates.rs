//! Incidents that may be the one now being reported, at every centre, those that ended a little while ago
//! included: a second call after a refusal is the one that must not be missed. Offers them with the
//! reason; never merges.

use crate::model::{CentreId, DuplicateCandidate, IncidentFacts, Timestamp, Wgs84};
use crate::phone::{comparable, same};
use crate::state::{Call, CentreState, Incident};
use std::collections::BTreeMap;

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
    /// Calls so many seconds apart may be about one incident that is being served.
    pub near_seconds: f64,
    /// An incident near by that ended so many seconds ago may go on: the patient who refused, the one who was
    /// gone on arrival, the call that was taken for a nuisance.
    pub ended_near_seconds: f64,
    /// The same number is remembered for so many seconds after its incident ended; a shift.
    pub ended_caller_seconds: f64,
    /// No more than this are offered: a call-taker reads no longer list.
    pub most_offered: usize,
    /// The area code of each centre's telephone network, where known: local numbers are shown without it.
    pub area_codes: BTreeMap<CentreId, String>,
}

impl DuplicateSettings {
    fn area_code(&self, centre: &CentreId) -> Option<&str> {
        self.area_codes.get(centre).map(String::as_str)
    }
}

impl Default for DuplicateSettings {
    fn default() -> Self {
        Self {
            near_metres: 500.0,
            most_error_metres: 1500.0,
            near_seconds: 1800.0,
            ended_near_seconds: 2.0 * 3600.0,
            ended_caller_seconds: 12.0 * 3600.0,
            most_offered: 8,
            area_codes: BTreeMap::new(),
        }
    }
}

/// Incidents near in place and time, or with the same caller whatever the distance, of all these centres;
/// the same caller first, open ones before ended ones, then the nearest, then the latest. `centre` takes the
/// call.
pub fn duplicate_candidates<'a>(
    centres: impl IntoIterator<Item = &'a CentreState>,
    centre: &CentreId,
    report: &Report<'_>,
    now: Timestamp,
    settings: &DuplicateSettings,
) -> Vec<DuplicateCandidate> {
    let number = report.caller_number;
    let numbers = number.map_or_else(Vec::new, |it| comparable(it, settings.area_code(centre)));
    let mut found: Vec<DuplicateCandidate> = centres
        .into_iter()
        .flat_map(|state| state.incidents.values().map(move |incident| (&state.centre, incident)))
        .filter(|(_, incident)| incident.facts.test == report.test)
        .filter_map(|(owner, incident)| {
            let mut found = compare(incident, owner, report, &numbers, now, settings)?;
            found.can_link = found.ended_seconds.is_none() && owner == centre;
            Some(found)
        })
        .collect();
    found.sort_by(|a, b| {
        let metres = |one: &DuplicateCandidate| one.distance_m.unwrap_or(f64::INFINITY);
        (b.same_caller.cmp(&a.same_caller))
            .then(a.ended_seconds.is_some().cmp(&b.ended_seconds.is_some()))
            .then(metres(a).total_cmp(&metres(b)))
            .then(a.age_seconds.total_cmp(&b.age_seconds))
            .then_with(|| a.incident.cmp(&b.incident))
    });
    found.truncate(settings.most_offered);
    found
}

fn compare(
    incident: &Incident,
    owner: &CentreId,
    report: &Report<'_>,
    numbers: &[String],
    now: Timestamp,
    settings: &DuplicateSettings,
) -> Option<DuplicateCandidate> {
    let reach = reach_metres(&incident.facts, report, settings);
    let distance_m = report.scene.and_then(|here| metres_from(&incident.facts, here));
    let last_call = incident.calls().map(|call| call.taken_at).max();
    let age_seconds = now.seconds_since(last_call.unwrap_or(incident.opened_at)).max(0.0);
    let ended_seconds = incident.stage.over_since().map(|at| now.seconds_since(at).max(0.0));
    let (is_recent, is_remembered) = match ended_seconds {
        Some(ended) => {
            (ended <= settings.ended_near_seconds, ended <= settings.ended_caller_seconds)
        }
        // Nobody is on the way there: whoever calls from near by may well call for it again.
        None if incident.running_tasks().next().is_none() => (true, true),
        None => (age_seconds <= settings.near_seconds, true),
    };
    let is_near = distance_m.is_some_and(|metres| metres <= reach) && is_recent;
    let same_caller = is_remembered
        && incident.calls().any(|call| called(call, numbers, settings.area_code(owner)));
    (is_near || same_caller).then(|| DuplicateCandidate {
        incident: incident.id.clone(),
        centre: owner.clone(),
        ended_seconds,
        can_link: false,
        distance_m,
        age_seconds,
        same_caller,
        first_call: incident.calls.first().map(|call| call.id.clone()),
    })
}

/// How far apart two places may be named for one.
fn reach_metres(facts: &IncidentFacts, report: &Report<'_>, settings: &DuplicateSettings) -> f64 {
    let error = |radius: Option<u32>| radius.map_or(0.0, f64::from).min(settings.most_error_metres);
    settings.near_metres + error(facts.scene.error_radius_m) + error(report.error_radius_m)
}

/// Metres to the scene or to where the caller waits, whichever is nearer.
fn metres_from(facts: &IncidentFacts, here: Wgs84) -> Option<f64> {
    let waiting = facts.waiting.as_ref().and_then(|place| place.position);
    let places = facts.scene.position.into_iter().chain(waiting);
    places.map(|there| there.metres_to(here)).reduce(f64::min)
}

fn called(call: &Call, numbers: &[String], area_code: Option<&str>) -> bool {
    let written = [&call.details.caller_number, &call.details.contact_phone];
    written.into_iter().flatten().any(|one| same(&comparable(one, area_code), numbers))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deadlines::test_centre::{TestCentre, at, facts};
    use crate::model::{Command, RefuseReason, SuspendReason};
    use expect_test::{Expect, expect};
    use std::fmt::Write;

    const SCENE: Wgs84 = Wgs84 { lon: 106.23, lat: 38.49 };

    /// A place some metres north of the scene.
    fn north(metres: f64) -> Wgs84 {
        SCENE.moved_by(0.0, metres)
    }

    fn check(centre: &TestCentre, report: Report<'_>, expected: Expect) {
        let settings = DuplicateSettings::default();
        let mut told = String::new();
        let (home, now) = (centre.state.centre.clone(), centre.now);
        for one in duplicate_candidates([&centre.state], &home, &report, now, &settings) {
            let far =
                one.distance_m.map_or("no distance".into(), |metres| format!("{metres:.0} m"));
            let caller = if one.same_caller { ", same caller" } else { "" };
            let ended =
                one.ended_seconds.map_or(String::new(), |ago| format!(", ended {ago:.0} s ago"));
            let link = if one.can_link { "" } else { ", no link" };
            let (incident, age) = (&one.incident, one.age_seconds);
            writeln!(told, "{incident}: {far}, {age:.0} s ago{caller}{ended}{link}").unwrap();
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
    }

    #[test]
    fn one_that_is_served_is_offered_for_half_an_hour_one_that_waits_as_long_as_it_waits() {
        let mut centre = TestCentre::with(&["YC-1"]);
        let served = centre.call(facts(Some(SCENE)), None);
        centre.call(facts(Some(SCENE)), None);
        let vehicles = vec!["YC-1".into()];
        centre.execute(Command::DispatchVehicles { incident: served, vehicles, offer: None });
        centre.now = at(1800);
        check(
            &centre,
            here(),
            expect![[r#"
            yinchuan-1: 0 m, 1800 s ago
            yinchuan-2: 0 m, 1800 s ago
        "#]],
        );
        centre.now = at(1801);
        check(
            &centre,
            here(),
            expect![[r#"
            yinchuan-2: 0 m, 1801 s ago
        "#]],
        );
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
    fn what_ended_hours_ago_is_offered_as_ended_and_not_for_linking() {
        let mut centre = TestCentre::with(&[]);
        let refused = centre.call(facts(Some(north(100.0))), None);
        let reason = RefuseReason::NotMedical.into();
        centre.execute(Command::RefuseIncident { incident: refused, reason });
        let called_off = centre.call(facts(Some(north(30_000.0))), Some("13909510000"));
        let reason = RefuseReason::NotMedical.into();
        centre.execute(Command::RefuseIncident { incident: called_off, reason });
        let report = Report { caller_number: Some("13909510000"), ..here() };
        centre.now = at(600);
        check(
            &centre,
            report,
            expect![[r#"
            yinchuan-2: 30000 m, 600 s ago, same caller, ended 600 s ago, no link
            yinchuan-1: 100 m, 600 s ago, ended 600 s ago, no link
        "#]],
        );
        centre.now = at(7201);
        check(
            &centre,
            report,
            expect![[r#"
            yinchuan-2: 30000 m, 7201 s ago, same caller, ended 7201 s ago, no link
        "#]],
        );
        centre.now = at(12 * 3600 + 1);
        check(&centre, report, expect![[r#""#]]);
    }

    #[test]
    fn a_suspended_one_and_one_at_another_centre_are_offered() {
        let mut centre = TestCentre::with(&[]);
        let incident = centre.call(facts(Some(SCENE)), None);
        let reason = SuspendReason::Other.into();
        centre.execute(Command::SuspendIncident { incident, reason });
        centre.now = at(4000);
        check(
            &centre,
            here(),
            expect![[r#"
            yinchuan-1: 0 m, 4000 s ago
        "#]],
        );
        let elsewhere = CentreId::from("wuzhong");
        let settings = DuplicateSettings::default();
        let found =
            duplicate_candidates([&centre.state], &elsewhere, &here(), centre.now, &settings);
        let told: Vec<_> = found.iter().map(|one| (one.centre.as_str(), one.can_link)).collect();
        assert_eq!(told, [("yinchuan", false)]);
    }

    #[test]
    fn where_the_caller_waits_counts_as_well_as_the_scene() {
        let mut centre = TestCentre::with(&[]);
        let waiting = facts(Some(SCENE)).scene;
        centre.call(IncidentFacts { waiting: Some(waiting), ..facts(None) }, None);
        check(
            &centre,
            here(),
            expect![[r#"
            yinchuan-1: 0 m, 0 s ago
        "#]],
        );
    }

    #[test]
    fn an_exercise_is_compared_with_exercises_only() {
        let mut centre = TestCentre::with(&[]);
        centre.call(IncidentFacts { test: true, ..facts(Some(SCENE)) }, None);
        check(&centre, here(), expect![[r#""#]]);
        check(
            &centre,
            Report { test: true, ..here() },
            expect![[r#"
            yinchuan-1: 0 m, 0 s ago
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
                yinchuan-6: 5 m, 0 s ago
                yinchuan-7: 6 m, 0 s ago
                yinchuan-8: 7 m, 0 s ago
            "#]],
        );
    }
}
