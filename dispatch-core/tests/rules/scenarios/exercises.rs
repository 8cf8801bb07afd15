//! Exercises beside real incidents.

use super::check;
use expect_test::expect;

#[test]
fn an_exercise_gives_up_its_vehicle_at_any_stage_and_takes_none_from_a_patient() {
    check(
        "
        08:00 region: fleet YC-1 YC-2
        10:00 li: call 靶场 exercise=yes
        10:00 li: call 中山北街
        10:01 li: send 1 YC-1
        10:01 li: send 2 YC-2
        10:02 li: divert YC-2 1 nearer
        10:05 YC-1: left_scene 1.t1
        10:06 li: divert YC-1 2 higher_priority
        10:07 li: divert YC-1 1 nearer
        10:08 li: call 上海路 about=1
        ",
        expect![[r#"
            08:00 region: fleet YC-1 YC-2
            10:00 li: call 靶场 exercise=yes
                incident 1 opened: 靶场
                call 1.c1 taken
            10:00 li: call 中山北街
                incident 2 opened: 中山北街
                call 2.c1 taken
            10:01 li: send 1 YC-1
                task 1.t1: YC-1 from station, order stands until 10:03:00
                call 1.c1: dispatched
            10:01 li: send 2 YC-2
                task 2.t1: YC-2 from station, order stands until 10:03:00
                call 2.c1: dispatched
            10:02 li: divert YC-2 1 nearer
                ! patient_before_exercise: vehicle YC-2 serves a patient and 1 is an exercise; choose a free vehicle
            10:05 YC-1: left_scene 1.t1
                1.t1 left_scene
            10:06 li: divert YC-1 2 higher_priority
                1.t1 diverted to 2: higher_priority
                call 1.c1: reassigned (higher_priority)
                (vehicles_sent) incident 2 wants 2 vehicle(s)
                task 2.t2: YC-1 from road, order stands until 10:08:00, after 1.t1
            10:07 li: divert YC-1 1 nearer
                ! patient_before_exercise: vehicle YC-1 serves a patient and 1 is an exercise; choose a free vehicle
            10:08 li: call 上海路 about=1
                ! exercise_apart: of this call and incident 1 only one is an exercise; open an incident of its own
        "#]],
    );
}
