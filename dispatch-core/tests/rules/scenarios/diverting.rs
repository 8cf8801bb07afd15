//! Sending a vehicle elsewhere.

use super::check;
use expect_test::expect;

#[test]
fn redirecting_does_not_lose_the_first_patient() {
    check(
        "
        08:00 region: fleet YC-1 YC-2
        10:00 li: call 中山北街
        10:01 li: send 1 YC-1
        10:03 YC-1: departed 1.t1
        10:04 wang: call 上海路
        10:05 wang: divert YC-1 2 higher_priority
        board
        10:06 YC-1: at_scene 1.t1
        10:07 li: send 1 YC-2
        board
        ",
        expect![[r#"
            08:00 region: fleet YC-1 YC-2
            10:00 li: call 中山北街
                incident 1 opened: 中山北街
                call 1.c1 taken
            10:01 li: send 1 YC-1
                task 1.t1: YC-1 from station, order stands until 10:03:00
                call 1.c1: dispatched
            10:03 YC-1: departed 1.t1
                1.t1 departed
            10:04 wang: call 上海路
                incident 2 opened: 上海路
                call 2.c1 taken
            10:05 wang: divert YC-1 2 higher_priority
                1.t1 diverted to 2: higher_priority
                call 1.c1: reassigned (higher_priority)
                task 2.t1: YC-1 from road, order stands until 10:07:00, after 1.t1
                call 2.c1: dispatched
            board
                | 1 open, WAITS
                |   1.c1 reassigned (higher_priority)
                |   1.t1 YC-1 diverted to 2: created 10:01:00, departed 10:03:00
                | 2 open, order not received
                |   2.c1 dispatched
                |   2.t1 YC-1 running: created 10:05:00
                | YC-1 [0] assigned on 2.t1 since 10:05:00
                | YC-2 [7] at station since 08:00:00
            10:06 YC-1: at_scene 1.t1
                1.t1 at_scene reported, AGAINST THE CENTRE, pressed after the end
            10:07 li: send 1 YC-2
                task 1.t2: YC-2 from station, order stands until 10:09:00
                call 1.c1: dispatched
            board
                | 1 open, order not received
                |   1.c1 dispatched
                |   1.t1 YC-1 diverted to 2: created 10:01:00, departed 10:03:00, at_scene 10:06:00
                |   1.t2 YC-2 running: created 10:07:00
                | 2 open, WAITS
                |   2.c1 dispatched
                |   2.t1 YC-1 running: created 10:05:00
                | YC-1 [3] assigned on 2.t1 since 10:06:00, CREW REPORTS at_scene of 1.t1
                | YC-2 [0] assigned on 1.t2 since 10:07:00
        "#]],
    );
}

#[test]
fn redirecting_one_of_two_leaves_the_first_incident_served() {
    check(
        "
        08:00 region: fleet YC-1 YC-2
        10:00 li: call 中山北街
        10:01 li: send 1 YC-1 YC-2
        10:02 wang: call 上海路 outcome=suspended why=awaiting_vehicle
        10:03 wang: divert YC-2 2 nearer
        board
        ",
        expect![[r#"
            08:00 region: fleet YC-1 YC-2
            10:00 li: call 中山北街
                incident 1 opened: 中山北街
                call 1.c1 taken
            10:01 li: send 1 YC-1 YC-2
                (vehicles_sent) incident 1 wants 2 vehicle(s)
                task 1.t1: YC-1 from station, order stands until 10:03:00
                task 1.t2: YC-2 from station, order stands until 10:03:00
                call 1.c1: dispatched
            10:02 wang: call 上海路 outcome=suspended why=awaiting_vehicle
                incident 2 opened: 上海路
                call 2.c1 taken
                call 2.c1: suspended (awaiting_vehicle)
                incident 2 suspended: awaiting_vehicle
            10:03 wang: divert YC-2 2 nearer
                1.t2 diverted to 2: nearer
                incident 2 resumed
                task 2.t1: YC-2 from station, order stands until 10:05:00, after 1.t2
                call 2.c1: dispatched
            board
                | 1 open, WAITS
                |   1.c1 dispatched
                |   1.t1 YC-1 running: created 10:01:00
                |   1.t2 YC-2 diverted to 2: created 10:01:00
                | 2 open, order not received
                |   2.c1 dispatched
                |   2.t1 YC-2 running: created 10:03:00
                | YC-1 [0] assigned on 1.t1 since 10:01:00
                | YC-2 [0] assigned on 2.t1 since 10:03:00
        "#]],
    );
}

#[test]
fn redirecting_has_its_limits() {
    check(
        "
        08:00 region: fleet YC-1
        10:00 li: call 中山北街
        10:00 li: call 上海路
        10:00 li: call 北京路 outcome=nuisance
        10:01 li: divert YC-1 2 nearer
        10:02 li: send 1 YC-1
        10:02 li: divert YC-1 1 nearer
        10:02 li: divert YC-1 3 nearer
        10:02 li: divert YC-8 2 nearer
        10:10 YC-1: left_scene 1.t1
        10:11 li: divert YC-1 2 nearer
        10:20 YC-1: at_hospital 1.t1
        10:21 li: divert YC-1 2 nearer
        board
        ",
        expect![[r#"
            08:00 region: fleet YC-1
            10:00 li: call 中山北街
                incident 1 opened: 中山北街
                call 1.c1 taken
            10:00 li: call 上海路
                incident 2 opened: 上海路
                call 2.c1 taken
            10:00 li: call 北京路 outcome=nuisance
                incident 3 opened: 北京路
                call 3.c1 taken
                call 3.c1: nuisance
                incident 3 closed
            10:01 li: divert YC-1 2 nearer
                ! vehicle_not_on_task: vehicle YC-1 has no running task to divert; dispatch it instead
            10:02 li: send 1 YC-1
                task 1.t1: YC-1 from station, order stands until 10:04:00
                call 1.c1: dispatched
            10:02 li: divert YC-1 1 nearer
                ! already_on_incident: vehicle YC-1 is already on incident 1
            10:02 li: divert YC-1 3 nearer
                ! incident_over: incident 3 is over; reopen it first
            10:02 li: divert YC-8 2 nearer
                ! unknown_vehicle: vehicle YC-8 does not belong to this centre; ask its centre to lend it
            10:10 YC-1: left_scene 1.t1
                1.t1 left_scene
            10:11 li: divert YC-1 2 nearer
                ! patient_on_board: vehicle YC-1 has a patient; it must bring that patient to the hospital first
            10:20 YC-1: at_hospital 1.t1
                1.t1 at_hospital
            10:21 li: divert YC-1 2 nearer
                ! patient_on_board: vehicle YC-1 has a patient; it must bring that patient to the hospital first
            board
                | 1 open
                |   1.c1 dispatched
                |   1.t1 YC-1 running: created 10:02:00, left_scene 10:10:00, at_hospital 10:20:00
                | 2 open, WAITS
                |   2.c1 open
                | 3 closed by hand
                |   3.c1 nuisance
                | YC-1 [5] at_hospital on 1.t1 since 10:20:00
        "#]],
    );
}
