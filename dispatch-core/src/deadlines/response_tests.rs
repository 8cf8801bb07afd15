//! The response norm over lives as they happen.

use super::test_centre::{TestCentre, at, facts};
use super::*;
use crate::model::*;

fn told(centre: &TestCentre, incident: &IncidentId) -> String {
    let found = response(&centre.state.incidents[incident], &Norms::default());
    found.map_or("no norm".to_owned(), |it| {
        let counts = if it.counts { "" } else { ", counted nowhere" };
        format!("from {} due {} {:?}{counts}", it.from.0 / 1000, it.due_at.0 / 1000, it.reached)
    })
}

#[test]
fn it_runs_from_the_first_call_to_the_first_vehicle_of_any() {
    let mut centre = TestCentre::with(&["a", "b"]);
    let incident = centre.call(facts(None), None);
    centre.now = at(30);
    let [first, second] = ["a", "b"].map(|vehicle| centre.send(&incident, vehicle));
    assert_eq!(told(&centre, &incident), "from 0 due 720 NotYet");
    centre.now = at(300);
    centre.reach(&second, Milestone::AtScene);
    // Its crew leaves without a patient.
    centre.reach(&second, Milestone::Finished);
    centre.now = at(900);
    centre.reach(&first, Milestone::AtScene);
    assert_eq!(told(&centre, &incident), format!("from 0 due 720 At({:?})", at(300)));
}

#[test]
fn a_corrected_time_counts_as_corrected_and_a_step_nobody_pressed_as_unknown() {
    let mut centre = TestCentre::with(&["a"]);
    let incident = centre.call(facts(None), None);
    let task = centre.send(&incident, "a");
    centre.now = at(800);
    centre.reach(&task, Milestone::LeftScene);
    assert_eq!(told(&centre, &incident), "from 0 due 720 AtUnknownTime");
    let correction = Command::CorrectMilestone {
        task,
        milestone: Milestone::AtScene,
        truly_at: at(500),
        note: String::new(),
    };
    centre.execute(correction);
    assert_eq!(told(&centre, &incident), format!("from 0 due 720 At({:?})", at(500)));
}

#[test]
fn nobody_is_in_haste_for_an_appointment_and_an_exercise_counts_nowhere() {
    let mut centre = TestCentre::with(&[]);
    let appointment = IncidentFacts { appointment_at: Some(at(9000)), ..facts(None) };
    let transfer = IncidentFacts { kind: IncidentKind::Transfer, ..facts(None) };
    let exercise = IncidentFacts { test: true, ..facts(None) };
    let all = [appointment, transfer, exercise].map(|facts| centre.call(facts, None));
    let words = all.clone().map(|incident| told(&centre, &incident));
    assert_eq!(words, ["no norm", "no norm", "from 0 due 720 NotYet, counted nowhere"]);

    // Where everything is an exercise, its figures are what people train for.
    let norms = Norms { exercises_count: true, ..Norms::default() }.within(Surroundings::Rural);
    let [_, _, exercise] = all.map(|incident| measured(&centre.state.incidents[&incident], &norms));
    let counted: Vec<_> = exercise.iter().map(|it| (it.norm, it.measure.counts)).collect();
    assert_eq!(counted, [(Norm::Order, true), (Norm::Response, true)]);
}

#[test]
fn the_country_has_its_own_norm_and_the_deadline_follows_it() {
    let mut centre = TestCentre::with(&[]);
    let incident = centre.call(facts(None), None);
    let norms = Norms::default().within(Surroundings::Rural);
    let incident = &centre.state.incidents[&incident];
    let found = response(incident, &norms).unwrap();
    assert_eq!(found.due_at, at(1800));
    let deadlines = deadlines_of_incident(incident, &norms);
    let scene = deadlines.iter().find(|it| it.kind == DeadlineKind::Scene).unwrap();
    assert_eq!(scene.due_at, found.due_at);
    assert_eq!(found.missed_by_seconds(at(1800)), None);
    assert_eq!(found.missed_by_seconds(at(1875)), Some(75));
}

#[test]
fn a_missed_deadline_of_an_exercise_stands_behind_that_of_a_patient() {
    let mut centre = TestCentre::with(&["a"]);
    let exercise = centre.call(IncidentFacts { test: true, ..facts(None) }, None);
    centre.now = at(100);
    centre.call(facts(None), None);
    let task = centre.send(&exercise, "a");
    centre.reach(&task, Milestone::AtScene);
    centre.now = at(9000);
    let all = deadlines_of_centre(&centre.state, |_| Some(at(9000)), &Norms::default());
    let past = outlook(all, centre.now).past;
    let tests: Vec<bool> = past.iter().map(|it| it.test).collect();
    assert!(tests.contains(&true) && tests.contains(&false), "{past:?}");
    assert!(tests.is_sorted(), "{past:?}");
}
