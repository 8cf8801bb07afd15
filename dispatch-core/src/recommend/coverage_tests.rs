use super::test_map::{Town, told};
use super::*;
use crate::model::Priority;
use crate::state::{Duty, TaskStage};
use expect_test::{Expect, expect};

fn check(town: &Town, expected: Expect) {
    let travel = StraightLine::at(StraightLineSettings::default(), super::test_map::NOW).unwrap();
    let everybody =
        rank_all(&town.request, &town.fleet(), &travel, &town.settings, super::test_map::NOW);
    assert_eq!(town.told(), told(&everybody));
    expected.assert_eq(&town.told());
}

/// A is nearer, but the next patient waits for it; b on the road leaves less behind.
fn town() -> Town {
    let mut town = Town::drawn(500.0, "  A    !      b  C");
    town.vehicle("A").coverage_lost_seconds = Some(240.0);
    town.vehicle("b").coverage_lost_seconds = Some(30.0);
    town.vehicle("C").coverage_lost_seconds = Some(0.0);
    town
}

#[test]
fn a_vehicle_stands_back_by_the_seconds_that_the_next_patient_loses() {
    check(
        &town(),
        expect![[r#"
        1. b on the road: 505 s = leave 20 + drive 455 + cover 30 (4.6 km)
        2. A at its station: 655 s = leave 90 + drive 325 + cover 240 (3.3 km)
             ! LastOfStation
        3. C at its station: 673 s = leave 90 + drive 583 (6.5 km)
             ! LastOfStation
    "#]],
    );
}

#[test]
fn nobody_who_may_be_dying_waits_for_the_next_patient() {
    let mut town = town();
    town.request.priority = Priority::Critical;
    check(
        &town,
        expect![[r#"
        1. A at its station: 415 s = leave 90 + drive 325 (3.3 km)
             ! LastOfStation
        2. b on the road: 475 s = leave 20 + drive 455 (4.6 km)
        3. C at its station: 673 s = leave 90 + drive 583 (6.5 km)
             ! LastOfStation
    "#]],
    );
}

#[test]
fn a_centre_may_weigh_the_next_patient_less() {
    let mut town = town();
    town.settings.coverage_weight = 0.5;
    check(
        &town,
        expect![[r#"
        1. b on the road: 490 s = leave 20 + drive 455 + cover 15 (4.6 km)
        2. A at its station: 535 s = leave 90 + drive 325 + cover 120 (3.3 km)
             ! LastOfStation
        3. C at its station: 673 s = leave 90 + drive 583 (6.5 km)
             ! LastOfStation
    "#]],
    );
}

#[test]
fn no_patient_waits_too_long_for_one_who_has_not_called() {
    let mut town = Town::drawn(500.0, "  a    !");
    town.vehicle("a").coverage_lost_seconds = Some(2_000.0);
    check(
        &town,
        expect![[r#"
        1. a on the road: 645 s = leave 20 + drive 325 + cover 300 (3.3 km)
    "#]],
    );
}

#[test]
fn whoever_is_on_a_task_covers_nothing_now() {
    let mut town = town();
    let place = town.position(0, 0);
    town.on_task("b", TaskStage::ToScene, Priority::NonUrgent, place);
    town.on_task("C", TaskStage::AtHospital, Priority::NonUrgent, place);
    assert!(matches!(town.vehicle("b").vehicle.duty, Duty::OnTask { .. }));
    check(
        &town,
        expect![[r#"
        1. b taken from yinchuan-b (NonUrgent; A goes there, 0 s later): 475 s = leave 20 + drive 455 (4.6 km)
        2. A at its station: 655 s = leave 90 + drive 325 + cover 240 (3.3 km)
             ! LastOfStation
        soon C: 1803 s, free in 20 min
    "#]],
    );
}
