use super::*;
use rand::rngs::StdRng;
use wire_protocol::commands::{Place, Position};
use wire_protocol::vocabulary::{CancelReason, IncidentKind, PlaceSource, Priority};

fn order(task: &str) -> DispatchOrder {
    DispatchOrder {
        task: task.into(),
        incident: "yinchuan-1".into(),
        number: None,
        created_at: 0,
        expires_at: 300_000,
        device_received: true,
        reached: vec![],
        exercise: false,
        kind: IncidentKind::Illness,
        priority: Priority::Urgent,
        scene: Place {
            address: "鼓楼".into(),
            position: Some(Position { lon: 106.28, lat: 38.47 }),
            source: PlaceSource::MapClick,
            error_radius_m: None,
            measured_at: None,
        },
        waiting: None,
        destination: None,
        destination_name: None,
        complaint: "腹痛".into(),
        contact_name: None,
        phone: None,
        patient_count: 1,
        stretcher: false,
        special_needs: String::new(),
        hazards: vec![],
        patient_name: None,
        patient_sex: None,
        patient_age_years: None,
        appointment_at: None,
        notes: vec![],
        with_vehicles: vec![],
        hospitals: vec![],
        changes: vec![],
    }
}

fn duty(state: VehicleState, order: Option<DispatchOrder>) -> Shown {
    Shown { state, order }
}

fn crew() -> Crew {
    let station = Wgs84 { lon: 106.27, lat: 38.46 };
    Crew::new(Knowledge { station, hospitals: vec![("H-1".into(), station)], forgets: 0.04 })
}

/// What a crew does, in words, when every drive takes five minutes.
fn life(seed: u64, end: RunEnd) -> String {
    let mut rng = StdRng::seed_from_u64(seed);
    let mut crew = crew();
    let mut said = Vec::new();
    let mut arrives_at = f64::INFINITY;
    let mut deeds = crew.look(&duty(VehicleState::TaskAssigned, Some(order("t1"))), 0.0, &mut rng);
    for second in 1..7200 {
        let now = f64::from(second);
        for deed in deeds.drain(..) {
            if let Deed::Drive(..) = deed {
                arrives_at = now + 300.0;
            }
            said.push(word(&deed));
        }
        let arrived = now >= arrives_at;
        if arrived {
            arrives_at = f64::INFINITY;
        }
        deeds = crew.step(now, arrived, end, &mut rng);
    }
    said.join(", ")
}

fn word(deed: &Deed) -> String {
    match deed {
        Deed::Press(CrewCommand::Milestone { milestone, .. }) => format!("{milestone:?}"),
        Deed::Press(command) => {
            format!("{command:?}").split([' ', '{']).next().unwrap_or("").to_owned()
        }
        Deed::Drive(..) => "drive".into(),
        Deed::Stop => "stop".into(),
    }
}

#[test]
fn a_patient_is_carried() {
    expect_test::expect![[r#"OrderReceived, Departed, drive, AtScene, LeftScene, drive, AtHospital, Finished, drive, BackAtStation"#]]
    .assert_eq(&life(1, RunEnd::Carried));
}

#[test]
fn nobody_is_there() {
    expect_test::expect![[
        r#"OrderReceived, Departed, drive, AtScene, Abort, drive, ReturnedToStation"#
    ]]
    .assert_eq(&life(1, RunEnd::NobodyThere(CancelReason::GoneOnArrival)));
}

#[test]
fn crews_forget_now_and_then_but_always_finish() {
    let lives: Vec<String> = (0..200).map(|seed| life(seed, RunEnd::Carried)).collect();
    assert!(lives.iter().all(|life| life.contains("Finished")));
    let forgot = lives.iter().filter(|life| !life.contains("AtScene")).count();
    assert!((1..30).contains(&forgot), "{forgot} of 200 forgot to press at the scene");
}

#[test]
fn a_cancelled_crew_turns_round() {
    let mut rng = StdRng::seed_from_u64(1);
    let mut crew = crew();
    crew.look(&duty(VehicleState::TaskAssigned, Some(order("t1"))), 0.0, &mut rng);
    crew.step(500.0, false, RunEnd::CancelledByCaller, &mut rng);
    crew.step(1500.0, false, RunEnd::CancelledByCaller, &mut rng);
    let deeds = crew.look(&duty(VehicleState::AvailableOnRoad, None), 1600.0, &mut rng);
    assert!(matches!(deeds[..], [Deed::Stop, Deed::Drive(..)]), "{deeds:?}");
    assert_eq!(crew.task(), None);
}

#[test]
fn a_redirected_crew_follows_the_new_order() {
    let mut rng = StdRng::seed_from_u64(1);
    let mut crew = crew();
    crew.look(&duty(VehicleState::TaskAssigned, Some(order("t1"))), 0.0, &mut rng);
    crew.look(&duty(VehicleState::TaskAssigned, Some(order("t2"))), 60.0, &mut rng);
    assert_eq!(crew.task(), Some("t2"));
    let deeds = crew.step(500.0, false, RunEnd::Carried, &mut rng);
    assert!(
        matches!(&deeds[..], [Deed::Press(CrewCommand::Milestone { task, .. })] if task == "t2")
    );
}
