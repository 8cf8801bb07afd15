//! Rankings as a dispatcher would read them, each on a drawn town.

use super::test_map::{NOW, Town};
use super::*;
use crate::deadlines::test_centre::facts;
use crate::model::{
    IncidentFacts, PauseReason, Priority, VehicleCheck, VehicleKind, VehicleLogEntry, Wgs84,
};
use crate::state::{Duty, Standby, TaskStage};
use expect_test::{Expect, expect};

fn check(town: &Town, expected: Expect) {
    expected.assert_eq(&town.told());
}

#[test]
fn a_vehicle_on_the_road_beats_a_nearer_one_in_its_station() {
    let town = Town::drawn(
        500.0,
        "
        ..........
        .A..!.b...
        .........C
        ",
    );
    check(
        &town,
        expect![[r#"
        1. b on the road: 150 s = leave 20 + drive 130 (1.3 km)
        2. A at its station: 405 s = leave 90 + drive 195 + cover 120 (2.0 km)
             ! LastOfStation
        3. C at its station: 560 s = leave 90 + drive 350 + cover 120 (3.5 km)
             ! LastOfStation
    "#]],
    );
}

#[test]
fn every_vehicle_that_cannot_go_says_why() {
    let mut town = Town::drawn(
        500.0,
        "
        O.P.B.S.T.
        ....!...Z.
        C.X.....NU
        ",
    );
    let far = town.position(0, 40);
    town.vehicle("O").vehicle.duty = Duty::OffDuty;
    town.vehicle("P").vehicle.duty =
        Duty::Paused { reason: PauseReason::Meal.into(), standby: Standby::AtStation };
    town.on_task("B", TaskStage::PatientOnBoard, Priority::NonUrgent, far);
    town.on_task("S", TaskStage::AtScene, Priority::NonUrgent, far);
    town.on_task("T", TaskStage::ToScene, Priority::Urgent, far);
    town.vehicle("C").vehicle.record.kind = VehicleKind::Command;
    town.vehicle("X").centre = "wuzhong".into();
    town.vehicle("N").located = None;
    town.vehicle("N").vehicle.duty = Duty::AvailableOnRoad { last_task: None };
    town.vehicle("U").vehicle.duty = Duty::OffDuty;
    town.vehicle("U").centre = "wuzhong".into();
    check(
        &town,
        expect![[r#"
        1. Z at its station: 470 s = leave 90 + drive 260 + cover 120 (2.6 km)
             ! LastOfStation
        not B: [PatientOnBoard { task: yinchuan-B.t1 }]
        not C: [CarriesNoPatient]
        not N: [NoPosition]
        not O: [OffDuty]
        not P: [Paused { reason: Meal }]
        not S: [AtOtherScene { task: yinchuan-S.t1 }]
        not T: [OnTask { task: yinchuan-T.t1, priority: Urgent }]
        not U: [OffDuty, OfOtherCentre { centre: wuzhong }]
        not X: [OfOtherCentre { centre: wuzhong }]
    "#]],
    );
}

#[test]
fn a_vehicle_already_on_its_way_is_not_offered_again() {
    let mut town = Town::drawn(500.0, "  t ! A");
    town.on_task("t", TaskStage::ToScene, Priority::NonUrgent, town.request.place);
    town.request.incident = Some("yinchuan-t".into());
    check(
        &town,
        expect![[r#"
        1. A at its station: 340 s = leave 90 + drive 130 + cover 120 (1.3 km)
             ! LastOfStation
        not t: [AlreadyOnThisIncident]
    "#]],
    );
}

#[test]
fn a_less_urgent_patient_can_wait_if_somebody_else_goes() {
    let mut town = Town::drawn(
        500.0,
        "
        .............................A
        ..t..!........................
        ..............................
        ..........................B...
        ",
    );
    let other_patient = town.position(2, 16);
    town.on_task("t", TaskStage::ToScene, Priority::NonUrgent, other_patient);
    check(
        &town,
        expect![[r#"
        1. t taken from yinchuan-t (NonUrgent; B goes there, 568 s later): 499 s = leave 20 + drive 195 + other patient 284 (2.0 km)
        2. B at its station: 1204 s = leave 90 + drive 994 + cover 120 (13.9 km)
             ! LastOfStation
        3. A at its station: 1302 s = leave 90 + drive 1092 + cover 120 (15.7 km)
             ! LastOfStation
    "#]],
    );
}

#[test]
fn taking_the_only_vehicle_from_a_patient_is_named_as_such() {
    let mut town = Town::drawn(500.0, "  t   !    ");
    let other_patient = town.position(0, 0);
    town.on_task("t", TaskStage::OrderReceived, Priority::NonUrgent, other_patient);
    check(
        &town,
        expect![[r#"
        1. t taken from yinchuan-t (NonUrgent; nobody goes there): 2080 s = leave 20 + drive 260 + other patient 1800 (2.6 km)
             ! NobodyInstead
    "#]],
    );
}

#[test]
fn a_vehicle_at_a_hospital_is_not_in_the_numbered_list_but_free_soon() {
    let mut town = Town::drawn(500.0, "  h !                                A");
    town.on_task("h", TaskStage::AtHospital, Priority::Urgent, town.request.place);
    town.vehicle("h").vehicle.since = NOW.plus_seconds(-900);
    check(
        &town,
        expect![[r#"
        1. A at its station: 1624 s = leave 90 + drive 1414 + cover 120 (21.5 km)
             ! LastOfStation
        soon h: 450 s, free in 5 min
    "#]],
    );
}

#[test]
fn what_the_patient_needs_counts() {
    let mut town = Town::drawn(500.0, "  a  b  !     c        d");
    for name in ["c", "d"] {
        town.vehicle(name).vehicle.record.kind = VehicleKind::IntensiveCare;
    }
    town.vehicle("d").vehicle.record.equipment = vec!["ventilator".into()];
    town.request.wanted =
        Wanted { kind: Some(VehicleKind::IntensiveCare), equipment: vec!["ventilator".into()] };
    check(
        &town,
        expect![[r#"
        1. c on the road: 530 s = leave 20 + drive 390 + capability 120 (3.9 km)
             ! Lacks { equipment: "ventilator" }
        2. b on the road: 635 s = leave 20 + drive 195 + capability 420 (2.0 km)
             ! OtherKind { wanted: IntensiveCare }
             ! Lacks { equipment: "ventilator" }
        3. d on the road: 784 s = leave 20 + drive 764 (9.8 km)
        4. a on the road: 830 s = leave 20 + drive 390 + capability 420 (3.9 km)
             ! OtherKind { wanted: IntensiveCare }
             ! Lacks { equipment: "ventilator" }
    "#]],
    );
}

#[test]
fn equipment_that_its_crew_found_broken_counts_as_not_there() {
    let mut town = Town::drawn(500.0, "  a  b  !");
    for name in ["a", "b"] {
        town.vehicle(name).vehicle.record.equipment = vec!["ventilator".into()];
    }
    let checked = |faults: &[VehicleCheck]| VehicleLogEntry::Checked {
        odometer_km: 45_120,
        fuel_percent: None,
        faults: faults.iter().copied().collect(),
        note: String::new(),
    };
    let log = &mut town.vehicle("b").vehicle.log;
    log.write(&checked(&[VehicleCheck::Ventilator]), NOW);
    town.request.wanted = Wanted { kind: None, equipment: vec!["ventilator".into()] };
    let told = town.told();
    assert!(told.contains("capability 120 (2.0 km)\n     ! Lacks"), "b, the nearer one: {told}");
    let log = &mut town.vehicle("b").vehicle.log;
    log.write(&checked(&[VehicleCheck::Tyres]), NOW);
    let told = town.told();
    assert!(!told.contains("Lacks"), "{told}");
}

#[test]
fn what_the_incident_says_is_needed_is_asked_of_the_vehicles() {
    let needs = Wanted { kind: Some(VehicleKind::Neonatal), equipment: vec!["incubator".into()] };
    let facts =
        IncidentFacts { needs: needs.clone(), ..facts(Some(Wgs84 { lon: 106.2, lat: 38.5 })) };
    let asked = Request::for_incident(&"yinchuan-1".into(), &facts, &"yinchuan".into()).unwrap();
    assert_eq!(asked.wanted, needs);
}

#[test]
fn a_scarce_vehicle_is_kept_for_those_who_need_it() {
    let mut town = Town::drawn(300.0, "   a !  b");
    town.vehicle("a").vehicle.record.kind = VehicleKind::NegativePressure;
    check(
        &town,
        expect![[r#"
            1. b on the road: 137 s = leave 20 + drive 117 (1.2 km)
            2. a on the road: 158 s = leave 20 + drive 78 + capability 60 (0.8 km)
        "#]],
    );
}

#[test]
fn intensive_care_is_not_held_back_from_a_patient_in_danger() {
    let mut town = Town::drawn(300.0, "   a !  b");
    town.vehicle("a").vehicle.record.kind = VehicleKind::IntensiveCare;
    town.request.priority = Priority::Severe;
    check(
        &town,
        expect![[r#"
        1. a on the road: 98 s = leave 20 + drive 78 (0.8 km)
        2. b on the road: 137 s = leave 20 + drive 117 (1.2 km)
    "#]],
    );
}

#[test]
fn the_last_vehicle_of_a_station_stands_back_unless_somebody_is_dying() {
    let mut town = Town::drawn(500.0, "  AB    !        C");
    let shared = town.vehicle("A").vehicle.record.station.clone();
    town.vehicle("B").vehicle.record.station = shared;
    check(
        &town,
        expect![[r#"
        1. B at its station: 415 s = leave 90 + drive 325 (3.3 km)
        2. A at its station: 480 s = leave 90 + drive 390 (3.9 km)
        3. C at its station: 757 s = leave 90 + drive 547 + cover 120 (5.9 km)
             ! LastOfStation
    "#]],
    );
    town.request.priority = Priority::Critical;
    check(
        &town,
        expect![[r#"
        1. B at its station: 415 s = leave 90 + drive 325 (3.3 km)
        2. A at its station: 480 s = leave 90 + drive 390 (3.9 km)
        3. C at its station: 637 s = leave 90 + drive 547 (5.9 km)
             ! LastOfStation
    "#]],
    );
}

#[test]
fn other_centres_help_when_asked() {
    let mut town = Town::drawn(500.0, "  A     !  w");
    town.vehicle("w").centre = "wuzhong".into();
    check(
        &town,
        expect![[r#"
        1. A at its station: 600 s = leave 90 + drive 390 + cover 120 (3.9 km)
             ! LastOfStation
        not w: [OfOtherCentre { centre: wuzhong }]
    "#]],
    );
    town.request.mutual_aid = true;
    check(
        &town,
        expect![[r#"
        1. w on the road: 215 s = leave 20 + drive 195 (2.0 km)
             ! OfOtherCentre { centre: wuzhong }
        2. A at its station: 600 s = leave 90 + drive 390 + cover 120 (3.9 km)
             ! LastOfStation
    "#]],
    );
}

#[test]
fn a_command_vehicle_goes_when_it_is_asked_for() {
    let mut town = Town::drawn(500.0, "  A     !  c");
    town.vehicle("c").vehicle.record.kind = VehicleKind::Command;
    town.request.wanted.kind = Some(VehicleKind::Command);
    check(
        &town,
        expect![[r#"
        1. c on the road: 215 s = leave 20 + drive 195 (2.0 km)
        not A: [IsNoCommandVehicle]
    "#]],
    );
}

#[test]
fn the_walk_stops_when_nobody_further_away_can_be_among_the_best() {
    let mut town = Town::drawn(2000.0, "  a !  b      c         d         e          f");
    town.request.how_many = 2;
    check(
        &town,
        expect![[r#"
        1. a on the road: 531 s = leave 20 + drive 511 (5.2 km)
        2. b on the road: 676 s = leave 20 + drive 656 (7.8 km)
        the rest is too far away
    "#]],
    );
}

#[test]
fn equally_good_vehicles_are_ranked_by_name() {
    let mut town = Town::drawn(500.0, "  b    !    a");
    town.vehicle("a").located = town.vehicle("b").located;
    check(
        &town,
        expect![[r#"
        1. a on the road: 345 s = leave 20 + drive 325 (3.3 km)
        2. b on the road: 345 s = leave 20 + drive 325 (3.3 km)
    "#]],
    );
}

#[test]
fn the_offer_is_kept_for_the_record_with_the_time_of_arrival() {
    let town = Town::drawn(500.0, "  A  b  !");
    let travel = StraightLine::at(StraightLineSettings::default(), NOW).unwrap();
    let answer = rank_all(&town.request, &town.fleet(), &travel, &town.settings, NOW);
    expect![[r#"
        {
          "offered": [
            {
              "vehicle": "b",
              "rank": 1,
              "total_seconds": 215
            },
            {
              "vehicle": "A",
              "rank": 2,
              "total_seconds": 480
            }
          ],
          "method": "straight_line"
        }"#]]
    .assert_eq(&serde_json::to_string_pretty(&answer.offer_record()).unwrap());
}
