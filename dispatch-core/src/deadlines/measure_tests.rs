//! The norms as figures count them, over lives as they happen.

use super::test_centre::{TestCentre, at, facts};
use super::*;
use crate::model::*;

/// Each norm as `order 0..60 -> 30`: from, due and reached in seconds.
fn told(centre: &TestCentre, incident: &IncidentId) -> Vec<String> {
    let found = measured(&centre.state.incidents[incident], &Norms::default());
    let told = |it: Measured| {
        let name = match it.norm {
            Norm::Order => "order",
            Norm::Departure => "departure",
            Norm::Response => "response",
        };
        let reached = match it.measure.reached {
            Reached::NotYet => "?".to_owned(),
            Reached::At(at) => (at.0 / 1000).to_string(),
            Reached::AtUnknownTime => "unknown".to_owned(),
        };
        let counts = if it.measure.counts { "" } else { ", counted nowhere" };
        let (from, due_at) = (it.measure.from.0 / 1000, it.measure.due_at.0 / 1000);
        format!("{name} {from}..{due_at} -> {reached}{counts}")
    };
    found.into_iter().map(told).collect()
}

fn receive(centre: &mut TestCentre, task: &TaskId) {
    centre.execute(Command::RecordDeviceReceipt { task: task.clone() });
}

fn cancel_and_reopen(centre: &mut TestCentre, incident: &IncidentId, at_second: i64) {
    let reason = CancelReason::CallerCancelled.into();
    centre.execute(Command::CancelIncident {
        incident: incident.clone(),
        reason,
        confirmed: false,
    });
    centre.now = at(at_second);
    centre.execute(Command::ReopenIncident { incident: incident.clone(), note: String::new() });
}

#[test]
fn an_order_counts_as_sent_once_it_was_received() {
    let mut centre = TestCentre::with(&["a"]);
    let incident = centre.call(facts(None), None);
    centre.now = at(30);
    let task = centre.send(&incident, "a");
    assert_eq!(told(&centre, &incident)[0], "order 0..60 -> ?", "sent is not received");
    centre.now = at(90);
    receive(&mut centre, &task);
    assert_eq!(
        told(&centre, &incident),
        ["order 0..60 -> 30", "departure 30..210 -> ?", "response 0..720 -> ?"]
    );
}

#[test]
fn an_order_nobody_received_counts_as_sent_when_it_was_sent_again() {
    let mut centre = TestCentre::with(&["a"]);
    let incident = centre.call(facts(None), None);
    centre.now = at(30);
    let task = centre.send(&incident, "a");
    centre.now = at(200);
    centre.execute(Command::LapseOrder { task: task.clone() });
    assert_eq!(told(&centre, &incident)[0], "order 0..60 -> ?");
    centre.execute(Command::ResendOrder { task: task.clone() });
    centre.now = at(205);
    receive(&mut centre, &task);
    let [order, departure] = [0, 1].map(|n| told(&centre, &incident)[n].clone());
    assert_eq!(order, "order 0..60 -> 200");
    assert_eq!(departure, "departure 30..210 -> ?", "the patient has waited since the first");
}

#[test]
fn an_order_counts_by_the_servers_clock_and_a_departure_by_the_best_knowledge() {
    let mut centre = TestCentre::with(&["a"]);
    let incident = centre.call(facts(None), None);
    centre.now = at(40);
    let task = centre.send_made_at(&incident, "a", at(20));
    receive(&mut centre, &task);
    centre.now = at(300);
    centre.reach(&task, Milestone::Departed);
    assert_eq!(told(&centre, &incident)[..2], ["order 0..60 -> 40", "departure 40..220 -> 300"]);
    let correction = Command::CorrectMilestone {
        task,
        milestone: Milestone::Departed,
        truly_at: at(100),
        note: String::new(),
    };
    centre.execute(correction);
    assert_eq!(told(&centre, &incident)[1], "departure 40..220 -> 100");
}

#[test]
fn a_departure_nobody_pressed_is_neither_met_nor_missed() {
    let mut centre = TestCentre::with(&["a"]);
    let incident = centre.call(facts(None), None);
    let task = centre.send(&incident, "a");
    centre.now = at(600);
    centre.reach(&task, Milestone::AtScene);
    let departure = measured(&centre.state.incidents[&incident], &Norms::default())[1].clone();
    assert_eq!(departure.measure.reached, Reached::AtUnknownTime);
    assert_eq!(departure.measure.is_met(), None);
}

#[test]
fn opened_again_before_anybody_came_it_counts_from_then() {
    let mut centre = TestCentre::with(&["a"]);
    let incident = centre.call(facts(None), None);
    centre.now = at(20);
    let lost = centre.send(&incident, "a");
    receive(&mut centre, &lost);
    cancel_and_reopen(&mut centre, &incident, 1000);
    let all = told(&centre, &incident);
    assert_eq!(all[0], "order 0..60 -> 20", "the first turn had its order");
    assert_eq!(all.last().unwrap(), "response 1000..1720 -> ?");
    centre.now = at(1030);
    let task = centre.send(&incident, "a");
    centre.now = at(1500);
    centre.reach(&task, Milestone::AtScene);
    assert_eq!(told(&centre, &incident).last().unwrap(), "response 1000..1720 -> 1500");
}

#[test]
fn opened_again_after_it_was_served_it_runs_anew_and_counts_once() {
    let mut centre = TestCentre::with(&["a"]);
    let incident = centre.call(facts(None), None);
    let task = centre.send(&incident, "a");
    centre.now = at(700);
    centre.reach(&task, Milestone::LeftScene);
    centre.reach(&task, Milestone::Finished);
    centre.now = at(5000);
    centre.execute(Command::ReopenIncident { incident: incident.clone(), note: String::new() });
    let now = response(&centre.state.incidents[&incident], &Norms::default()).unwrap();
    assert_eq!((now.from, now.due_at, now.reached), (at(5000), at(5720), Reached::NotYet));
    assert_eq!(told(&centre, &incident).last().unwrap(), "response 0..720 -> unknown");
    let again = centre.send(&incident, "a");
    centre.now = at(9000);
    centre.reach(&again, Milestone::AtScene);
    let now = response(&centre.state.incidents[&incident], &Norms::default()).unwrap();
    assert_eq!(now.reached, Reached::At(at(9000)));
    assert_eq!(told(&centre, &incident).last().unwrap(), "response 0..720 -> unknown");
}

#[test]
fn appointments_and_exercises() {
    let mut centre = TestCentre::with(&["a"]);
    let appointment = IncidentFacts { appointment_at: Some(at(9000)), ..facts(None) };
    let transfer = IncidentFacts { kind: IncidentKind::Transfer, ..facts(None) };
    let exercise = IncidentFacts { test: true, ..facts(None) };
    let [appointment, transfer, exercise] =
        [appointment, transfer, exercise].map(|facts| centre.call(facts, None));
    assert_eq!(told(&centre, &transfer), ["order 0..60 -> ?"]);
    let nowhere = ["order 0..60 -> ?, counted nowhere", "response 0..720 -> ?, counted nowhere"];
    assert_eq!(told(&centre, &exercise), nowhere);
    assert_eq!(told(&centre, &appointment), [""; 0]);
    centre.now = at(7200);
    centre.send(&appointment, "a");
    assert_eq!(told(&centre, &appointment), ["departure 7200..7380 -> ?"]);
}

#[test]
fn wanting_another_vehicle_gives_the_first_no_more_time() {
    let mut centre = TestCentre::with(&[]);
    let incident = centre.call(facts(None), None);
    let due = |centre: &TestCentre| {
        let all = deadlines_of_incident(&centre.state.incidents[&incident], &Norms::default());
        all.iter().find(|it| it.kind == DeadlineKind::Order).map(|it| it.due_at)
    };
    for vehicles in [3, 2] {
        centre.now = at(50);
        centre.execute(Command::WantVehicles { incident: incident.clone(), vehicles });
        assert_eq!(due(&centre), Some(at(60)), "{vehicles} wanted");
    }
}

#[test]
fn how_a_norm_stands_in_figures() {
    let mut centre = TestCentre::with(&["a", "b"]);
    let incident = centre.call(facts(None), None);
    let standing = |centre: &TestCentre| {
        let found = &centre.state.incidents[&incident];
        let all = measured(found, &Norms::default()).into_iter();
        let outcomes = all.map(|it| NormOutcome::of(found, &it, centre.now).map(NormOutcome::name));
        outcomes.map(Option::unwrap).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(standing(&centre), "pending pending");
    centre.now = at(61);
    assert_eq!(standing(&centre), "overdue pending");
    let task = centre.send(&incident, "a");
    centre.now = at(70);
    receive(&mut centre, &task);
    assert_eq!(standing(&centre), "missed pending pending");
    centre.now = at(720);
    assert_eq!(standing(&centre), "missed overdue pending");
    let milestone = Milestone::AtScene;
    let details = MilestoneDetails::default();
    centre.execute(Command::RecordMilestone { task, milestone, details });
    assert_eq!(standing(&centre), "missed not_known met");
    let other = centre.send(&incident, "b");
    let reason = AbortReason::RoadBlocked.into();
    centre.execute(Command::AbortTask { task: other, reason, confirmed: false });
    assert_eq!(standing(&centre), "missed not_known never met");
}
