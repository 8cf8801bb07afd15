//! Exercises beside patients, each on a drawn town.

use super::test_map::Town;
use crate::model::Priority;
use crate::state::TaskStage;
use expect_test::{Expect, expect};

fn check(town: &Town, expected: Expect) {
    expected.assert_eq(&town.told());
}

#[test]
fn an_exercise_gives_its_vehicles_to_a_patient_at_any_stage() {
    let mut town = Town::drawn(500.0, "  t s p h ! A");
    let place = town.position(0, 0);
    let stages = [
        ("t", TaskStage::ToScene),
        ("s", TaskStage::AtScene),
        ("p", TaskStage::PatientOnBoard),
        ("h", TaskStage::AtHospital),
    ];
    for (name, stage) in stages {
        town.on_task(name, stage, Priority::Critical, place);
        town.vehicle(name).on_exercise = true;
    }
    town.request.priority = Priority::NonUrgent;
    town.request.divert = false;
    check(
        &town,
        expect![[r#"
        1. h taken from exercise yinchuan-h: 150 s = leave 20 + drive 130 (1.3 km)
        2. p taken from exercise yinchuan-p: 280 s = leave 20 + drive 260 (2.6 km)
        3. A at its station: 340 s = leave 90 + drive 130 + cover 120 (1.3 km)
             ! LastOfStation
        4. s taken from exercise yinchuan-s: 410 s = leave 20 + drive 390 (3.9 km)
        5. t taken from exercise yinchuan-t: 531 s = leave 20 + drive 511 (5.2 km)
    "#]],
    );
}

#[test]
fn an_exercise_is_offered_nobody_who_serves_a_patient() {
    let mut town = Town::drawn(500.0, "  t s p h ! A e");
    let place = town.position(0, 0);
    let stages = [
        ("t", TaskStage::ToScene),
        ("s", TaskStage::AtScene),
        ("p", TaskStage::PatientOnBoard),
        ("h", TaskStage::AtHospital),
        ("e", TaskStage::ToScene),
    ];
    for (name, stage) in stages {
        town.on_task(name, stage, Priority::NonUrgent, place);
    }
    town.vehicle("e").on_exercise = true;
    town.request.priority = Priority::Critical;
    town.request.test = true;
    check(
        &town,
        expect![[r#"
        1. A at its station: 220 s = leave 90 + drive 130 (1.3 km)
             ! LastOfStation
        2. e taken from yinchuan-e (NonUrgent; A goes there, 0 s later): 280 s = leave 20 + drive 260 (2.6 km)
        not h: [ServesPatient { task: yinchuan-h.t1 }]
        not p: [PatientOnBoard { task: yinchuan-p.t1 }]
        not s: [AtOtherScene { task: yinchuan-s.t1 }]
        not t: [ServesPatient { task: yinchuan-t.t1 }]
    "#]],
    );
}
