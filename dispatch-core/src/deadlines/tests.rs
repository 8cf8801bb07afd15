//! Deadlines as a dispatcher's timers would show them.

use super::test_centre::{TestCentre, at, facts};
use super::*;
use crate::model::*;
use expect_test::{Expect, expect};
use std::fmt::Write;

/// Compares the timers of the centre, its vehicles heard of just now, at its present moment.
fn check(centre: &TestCentre, expected: Expect) {
    check_heard(centre, Some(centre.now), expected);
}

fn check_heard(centre: &TestCentre, heard: Option<Timestamp>, expected: Expect) {
    let all = deadlines_of_centre(&centre.state, |_| heard, &Norms::default());
    let mut told = String::new();
    for deadline in &all {
        let subject = match &deadline.subject {
            Subject::RingingCall(line) => line.clone(),
            Subject::Incident(incident) => incident.to_string(),
            Subject::Task(task) => task.to_string(),
            Subject::Vehicle(vehicle) => vehicle.to_string(),
        };
        writeln!(
            told,
            "{subject} {:?}: yellow at {} s, red at {} s, now {:?}{}",
            deadline.kind,
            deadline.warn_at.0 / 1000,
            deadline.due_at.0 / 1000,
            deadline.urgency(centre.now),
            if deadline.test { " (test)" } else { "" }
        )
        .unwrap();
    }
    let outlook = outlook(all, centre.now);
    match outlook.next_change {
        Some(moment) => writeln!(told, "look again at {} s", moment.0 / 1000).unwrap(),
        None => told.push_str("nothing will change by itself\n"),
    }
    expected.assert_eq(&told);
}

#[test]
fn a_call_without_an_order_turns_yellow_then_red() {
    let mut centre = TestCentre::with(&[]);
    centre.call(facts(None), None);
    check(
        &centre,
        expect![[r#"
        yinchuan-1 Order: yellow at 30 s, red at 60 s, now Calm
        yinchuan-1 Scene: yellow at 660 s, red at 720 s, now Calm
        look again at 30 s
    "#]],
    );
    centre.now = at(45);
    check(
        &centre,
        expect![[r#"
        yinchuan-1 Order: yellow at 30 s, red at 60 s, now Near
        yinchuan-1 Scene: yellow at 660 s, red at 720 s, now Calm
        look again at 60 s
    "#]],
    );
    centre.now = at(60);
    check(
        &centre,
        expect![[r#"
        yinchuan-1 Order: yellow at 30 s, red at 60 s, now Past
        yinchuan-1 Scene: yellow at 660 s, red at 720 s, now Calm
        look again at 660 s
    "#]],
    );
}

#[test]
fn an_order_wants_receipt_acknowledgement_and_departure() {
    let mut centre = TestCentre::with(&["a"]);
    let incident = centre.call(facts(None), None);
    centre.now = at(30);
    let task = centre.send(&incident, "a");
    check(
        &centre,
        expect![[r#"
        yinchuan-1 Scene: yellow at 660 s, red at 720 s, now Calm
        yinchuan-1.t1 DeviceReceipt: yellow at 35 s, red at 40 s, now Calm
        yinchuan-1.t1 CrewAcknowledgement: yellow at 60 s, red at 90 s, now Calm
        yinchuan-1.t1 Departure: yellow at 150 s, red at 210 s, now Calm
        a SilentVehicle: yellow at 35 s, red at 40 s, now Calm
        look again at 35 s
    "#]],
    );
    centre.execute(Command::RecordDeviceReceipt { task: task.clone() });
    centre.now = at(50);
    centre.reach(&task, Milestone::OrderReceived);
    check(
        &centre,
        expect![[r#"
        yinchuan-1 Scene: yellow at 660 s, red at 720 s, now Calm
        yinchuan-1.t1 Departure: yellow at 150 s, red at 210 s, now Calm
        a SilentVehicle: yellow at 55 s, red at 60 s, now Calm
        look again at 55 s
    "#]],
    );
    centre.now = at(100);
    centre.reach(&task, Milestone::Departed);
    check(
        &centre,
        expect![[r#"
        yinchuan-1 Scene: yellow at 660 s, red at 720 s, now Calm
        a SilentVehicle: yellow at 105 s, red at 110 s, now Calm
        a OverdueInState(ToScene): yellow at 1840 s, red at 1900 s, now Calm
        look again at 105 s
    "#]],
    );
    centre.now = at(700);
    centre.reach(&task, Milestone::AtScene);
    check(
        &centre,
        expect![[r#"
        a SilentVehicle: yellow at 705 s, red at 710 s, now Calm
        a OverdueInState(AtScene): yellow at 2440 s, red at 2500 s, now Calm
        look again at 705 s
    "#]],
    );
}

#[test]
fn a_vehicle_taken_away_leaves_its_patient_waiting_from_then() {
    let mut centre = TestCentre::with(&["a"]);
    let first = centre.call(facts(None), None);
    centre.send(&first, "a");
    centre.now = at(200);
    let second = centre.call(IncidentFacts { priority: Priority::Critical, ..facts(None) }, None);
    let divert = Command::DivertVehicle {
        vehicle: "a".into(),
        to_incident: second,
        reason: DivertReason::HigherPriority.into(),
        confirmed: false,
    };
    centre.execute(divert);
    check(
        &centre,
        expect![[r#"
        yinchuan-1 Order: yellow at 230 s, red at 260 s, now Calm
        yinchuan-1 Scene: yellow at 660 s, red at 720 s, now Calm
        yinchuan-2 Scene: yellow at 860 s, red at 920 s, now Calm
        yinchuan-2.t1 DeviceReceipt: yellow at 205 s, red at 210 s, now Calm
        yinchuan-2.t1 CrewAcknowledgement: yellow at 230 s, red at 260 s, now Calm
        yinchuan-2.t1 Departure: yellow at 320 s, red at 380 s, now Calm
        a SilentVehicle: yellow at 205 s, red at 210 s, now Calm
        look again at 205 s
    "#]],
    );
}

#[test]
fn a_suspended_incident_is_looked_at_again() {
    let mut centre = TestCentre::with(&[]);
    let incident = centre.call(facts(None), None);
    centre.now = at(20);
    let reason = SuspendReason::AwaitingVehicle.into();
    centre.execute(Command::SuspendIncident { incident, reason });
    check(
        &centre,
        expect![[r#"
        yinchuan-1 Recheck: yellow at 560 s, red at 620 s, now Calm
        look again at 560 s
    "#]],
    );
}

#[test]
fn an_appointment_is_due_its_lead_time_before() {
    let mut centre = TestCentre::with(&[]);
    centre.call(IncidentFacts { appointment_at: Some(at(7200)), ..facts(None) }, None);
    check(
        &centre,
        expect![[r#"
        yinchuan-1 Appointment: yellow at 5340 s, red at 5400 s, now Calm
        look again at 5340 s
    "#]],
    );
}

#[test]
fn an_exercise_has_its_timers_and_is_marked() {
    let mut centre = TestCentre::with(&[]);
    centre.call(IncidentFacts { test: true, ..facts(None) }, None);
    check(
        &centre,
        expect![[r#"
        yinchuan-1 Order: yellow at 30 s, red at 60 s, now Calm (test)
        yinchuan-1 Scene: yellow at 660 s, red at 720 s, now Calm (test)
        look again at 30 s
    "#]],
    );
}

#[test]
fn what_is_over_has_no_timers() {
    let mut centre = TestCentre::with(&[]);
    let incident = centre.call(facts(None), None);
    centre.execute(Command::CancelIncident {
        incident,
        reason: CancelReason::Nuisance.into(),
        confirmed: false,
    });
    check(
        &centre,
        expect![[r#"
        nothing will change by itself
    "#]],
    );
}

#[test]
fn a_silent_vehicle_is_red_after_ten_seconds_unless_it_is_off_duty() {
    let mut centre = TestCentre::with(&["a", "b"]);
    centre.execute(Command::GoOffDuty { vehicle: "b".into() });
    centre.now = at(100);
    check_heard(
        &centre,
        Some(at(93)),
        expect![[r#"
        a SilentVehicle: yellow at 98 s, red at 103 s, now Near
        look again at 103 s
    "#]],
    );
    check_heard(
        &centre,
        Some(at(90)),
        expect![[r#"
        a SilentVehicle: yellow at 95 s, red at 100 s, now Past
        nothing will change by itself
    "#]],
    );
    check_heard(
        &centre,
        None,
        expect![[r#"
        a SilentVehicle: yellow at 5 s, red at 10 s, now Past
        nothing will change by itself
    "#]],
    );
}

#[test]
fn a_long_pause_is_asked_about() {
    let mut centre = TestCentre::with(&["a"]);
    let reason = PauseReason::Meal.into();
    centre.execute(Command::PauseVehicle { vehicle: "a".into(), reason });
    centre.now = at(3550);
    check(
        &centre,
        expect![[r#"
        a SilentVehicle: yellow at 3555 s, red at 3560 s, now Calm
        a OverdueInState(Paused): yellow at 3540 s, red at 3600 s, now Near
        look again at 3555 s
    "#]],
    );
}

#[test]
fn a_ringing_call_turns_yellow_halfway_and_red_after_ten_seconds() {
    let ringing = ringing_call("line 3", at(100), &Norms::default());
    let urgencies = [100, 104, 105, 109, 110].map(|second| ringing.urgency(at(second)));
    use Urgency::{Calm, Near, Past};
    assert_eq!(urgencies, [Calm, Calm, Near, Near, Past]);
}

#[test]
fn the_outlook_lists_the_longest_missed_first_and_knows_when_to_look_again() {
    let mut centre = TestCentre::with(&["a"]);
    centre.call(facts(None), None);
    centre.now = at(30);
    centre.call(facts(None), None);
    centre.now = at(70);
    let all = deadlines_of_centre(&centre.state, |_| Some(at(65)), &Norms::default());
    let outlook = outlook(all, centre.now);
    let kinds =
        |list: &[Deadline]| -> Vec<DeadlineKind> { list.iter().map(|one| one.kind).collect() };
    assert_eq!(kinds(&outlook.past), [DeadlineKind::Order]);
    assert_eq!(kinds(&outlook.near), [DeadlineKind::SilentVehicle, DeadlineKind::Order]);
    assert_eq!(outlook.next_change, Some(at(75)));
}

/// A clock years ahead for one run: what it opened is due again once the clock is right.
#[test]
fn what_was_opened_under_a_fast_clock_is_due_after_it_is_right() {
    let mut centre = TestCentre::with(&["a"]);
    centre.now = at(126_000_000);
    let incident = centre.call(facts(None), None);
    let second = centre.call(facts(None), None);
    centre.send(&incident, "a");
    centre.execute(Command::CancelIncident {
        incident: second,
        reason: CancelReason::Nuisance.into(),
        confirmed: false,
    });
    centre.now = at(1000);
    centre.execute(Command::CorrectClock);
    check(
        &centre,
        expect![[r#"
            yinchuan-1 Scene: yellow at 1660 s, red at 1720 s, now Calm
            yinchuan-1.t1 DeviceReceipt: yellow at 1005 s, red at 1010 s, now Calm
            yinchuan-1.t1 CrewAcknowledgement: yellow at 1030 s, red at 1060 s, now Calm
            yinchuan-1.t1 Departure: yellow at 1120 s, red at 1180 s, now Calm
            a SilentVehicle: yellow at 1005 s, red at 1010 s, now Calm
            look again at 1005 s
        "#]],
    );
}

#[test]
fn a_move_that_the_crew_has_not_seen_is_due_like_an_order() {
    let mut centre = TestCentre::with(&["a"]);
    centre.now = at(100);
    let vehicle = VehicleId::from("a");
    let station = StationId::from("YC-05");
    centre.execute(Command::GiveMove { vehicle: vehicle.clone(), station: station.clone() });
    let due = |centre: &TestCentre| {
        let all = deadlines_of_centre(&centre.state, |_| Some(centre.now), &Norms::default());
        let mine = all.into_iter().find(|it| it.kind == DeadlineKind::MoveAcknowledgement);
        mine.map(|it| (it.warn_at, it.due_at))
    };
    assert_eq!(due(&centre), Some((at(130), at(160))));
    let rules = crate::Rules::default();
    assert_eq!(lapsed_moves(&centre.state, &rules, at(400)), []);
    assert_eq!(lapsed_moves(&centre.state, &rules, at(401)), std::slice::from_ref(&vehicle));
    centre.execute(Command::AcknowledgeMove { vehicle, station });
    assert_eq!(due(&centre), None);
    assert_eq!(lapsed_moves(&centre.state, &rules, at(9999)), []);
}
