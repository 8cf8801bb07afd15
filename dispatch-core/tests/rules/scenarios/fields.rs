//! Fields that are missing, too long or off the globe.

use super::check;
use expect_test::expect;

#[test]
fn what_a_call_must_have() {
    check(
        "
        10:00 li: call
        10:00 li: call 中山北街 patients=0
        10:00 li: call 中山北街 lon=181
        10:00 li: call 中山北街 lon=NaN
        10:00 li: call 中山北街
        10:00 li: amend 1 scene=
        ",
        expect![[r#"
            10:00 li: call
                ! bad_field: scene must not be empty
            10:00 li: call 中山北街 patients=0
                ! bad_field: patient_count must be at least 1
            10:00 li: call 中山北街 lon=181
                ! bad_field: scene has a position that is not on the globe
            10:00 li: call 中山北街 lon=NaN
                ! bad_field: scene has a position that is not on the globe
            10:00 li: call 中山北街
                incident 1 opened: 中山北街
                call 1.c1 taken
            10:00 li: amend 1 scene=
                ! bad_field: scene must not be empty
        "#]],
    );
}

#[test]
fn what_a_crew_can_have_driven() {
    check(
        "
        08:00 region: enrol YC-1
        10:00 li: call 中山北街
        10:01 li: send 1 YC-1
        10:02 li: departed 1.t1 km=NaN
        10:02 li: departed 1.t1 km=-1
        10:02 li: departed 1.t1 patients=101
        10:02 li: departed 1.t1 km=3.25
        ",
        expect![[r#"
            08:00 region: enrol YC-1
                YC-1 enrolled
            10:00 li: call 中山北街
                incident 1 opened: 中山北街
                call 1.c1 taken
            10:01 li: send 1 YC-1
                task 1.t1: YC-1 from station, order stands until 10:03:00
                call 1.c1: dispatched
            10:02 li: departed 1.t1 km=NaN
                ! bad_field: distance_km must lie between 0 and 5000
            10:02 li: departed 1.t1 km=-1
                ! bad_field: distance_km must lie between 0 and 5000
            10:02 li: departed 1.t1 patients=101
                ! bad_field: patients_carried is more than a vehicle can carry
            10:02 li: departed 1.t1 km=3.25
                1.t1 departed {"distance_km":3.25}
        "#]],
    );
}
