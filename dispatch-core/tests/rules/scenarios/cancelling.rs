//! 27 % of runs end early: cancelling is a main flow.

use super::check;
use expect_test::expect;

#[test]
fn cancelling_calls_the_vehicles_back() {
    check(
        "
        08:00 region: fleet YC-1 YC-2
        10:00 li: call 中山北街
        10:01 li: send 1 YC-1 YC-2
        10:03 YC-2: departed 1.t2
        10:04 li: cancel 1 went_by_themselves
        board
        10:05 YC-2: at_scene 1.t2
        10:06 li: cancel 1 caller_cancelled
        10:06 li: send 1 YC-1
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
            10:03 YC-2: departed 1.t2
                1.t2 departed
            10:04 li: cancel 1 went_by_themselves
                1.t1 aborted: incident_cancelled
                1.t2 aborted: incident_cancelled
                incident 1 cancelled: went_by_themselves
            board
                | 1 cancelled (went_by_themselves)
                |   1.c1 dispatched
                |   1.t1 YC-1 aborted (incident_cancelled): created 10:01:00
                |   1.t2 YC-2 aborted (incident_cancelled): created 10:01:00, departed 10:03:00
                | YC-1 [7] at station since 10:04:00
                | YC-2 [6] available on the road since 10:04:00
            10:05 YC-2: at_scene 1.t2
                1.t2 at_scene reported, AGAINST THE CENTRE, pressed after the end
            10:06 li: cancel 1 caller_cancelled
                ! incident_over: incident 1 is over; reopen it first
            10:06 li: send 1 YC-1
                ! incident_over: incident 1 is over; reopen it first
        "#]],
    );
}

#[test]
fn not_with_a_patient_on_board() {
    check(
        "
        08:00 region: fleet YC-1 YC-2
        10:00 li: call 中山北街
        10:01 li: send 1 YC-1 YC-2
        10:10 YC-2: left_scene 1.t2
        10:11 li: cancel 1 caller_cancelled
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
            10:10 YC-2: left_scene 1.t2
                1.t2 left_scene
            10:11 li: cancel 1 caller_cancelled
                ! patient_on_board: vehicle YC-2 has a patient; it must bring that patient to the hospital first
            board
                | 1 open, order not received
                |   1.c1 dispatched
                |   1.t1 YC-1 running: created 10:01:00
                |   1.t2 YC-2 running: created 10:01:00, left_scene 10:10:00
                | YC-1 [0] assigned on 1.t1 since 10:01:00
                | YC-2 [4] patient_on_board on 1.t2 since 10:10:00
        "#]],
    );
}

#[test]
fn cancelled_and_opened_again() {
    check(
        "
        08:00 region: fleet YC-1
        10:00 li: call 中山北街
        10:01 li: cancel 1 caller_cancelled
        10:05 li: reopen 1 又来电
        10:06 li: send 1 YC-1
        board
        ",
        expect![[r#"
            08:00 region: fleet YC-1
            10:00 li: call 中山北街
                incident 1 opened: 中山北街
                call 1.c1 taken
            10:01 li: cancel 1 caller_cancelled
                call 1.c1: cancelled (caller_cancelled)
                incident 1 cancelled: caller_cancelled
            10:05 li: reopen 1 又来电
                incident 1 reopened
            10:06 li: send 1 YC-1
                task 1.t1: YC-1 from station, order stands until 10:08:00
                call 1.c1: dispatched
            board
                | 1 open, order not received, closes only by hand
                |   1.c1 dispatched
                |   1.t1 YC-1 running: created 10:06:00
                | YC-1 [0] assigned on 1.t1 since 10:06:00
        "#]],
    );
}

/// Nobody knows whether a crew out of touch has a patient already, so each order that ends its task
/// asks back once, and is carried out when the dispatcher says so again.
#[test]
fn a_crew_out_of_touch_is_called_back_only_knowingly() {
    check(
        "
        08:00 region: fleet YC-1
        10:00 li: call 中山北街
        10:00 li: call 上海路
        10:01 li: send 1 YC-1
        10:05 li: cancel 1 caller_cancelled (offline)
        10:05 li: divert YC-1 2 nearer (offline)
        10:05 li: abort 1.t1 road_blocked (offline)
        10:06 li: divert YC-1 2 nearer confirmed (offline)
        10:07 li: abort 2.t1 road_blocked confirmed (offline)
        10:08 li: cancel 1 caller_cancelled (offline)
        ",
        expect![[r#"
            08:00 region: fleet YC-1
            10:00 li: call 中山北街
                incident 1 opened: 中山北街
                call 1.c1 taken
            10:00 li: call 上海路
                incident 2 opened: 上海路
                call 2.c1 taken
            10:01 li: send 1 YC-1
                task 1.t1: YC-1 from station, order stands until 10:03:00
                call 1.c1: dispatched
            10:05 li: cancel 1 caller_cancelled (offline)
                ! crew_out_of_touch: the crew of YC-1 is out of touch and may have a patient already; ask by radio, then confirm
            10:05 li: divert YC-1 2 nearer (offline)
                ! crew_out_of_touch: the crew of YC-1 is out of touch and may have a patient already; ask by radio, then confirm
            10:05 li: abort 1.t1 road_blocked (offline)
                ! crew_out_of_touch: the crew of YC-1 is out of touch and may have a patient already; ask by radio, then confirm
            10:06 li: divert YC-1 2 nearer confirmed (offline)
                1.t1 diverted to 2: nearer
                call 1.c1: reassigned (nearer)
                task 2.t1: YC-1 from station, order stands until 10:08:00, after 1.t1
                call 2.c1: dispatched
            10:07 li: abort 2.t1 road_blocked confirmed (offline)
                2.t1 aborted: road_blocked
            10:08 li: cancel 1 caller_cancelled (offline)
                call 1.c1: cancelled (caller_cancelled)
                incident 1 cancelled: caller_cancelled
        "#]],
    );
}
