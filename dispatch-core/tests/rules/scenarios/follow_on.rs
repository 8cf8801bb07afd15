//! The next order of a vehicle at a hospital.

use super::check;
use expect_test::expect;

#[test]
fn a_promise_becomes_a_task_as_the_crew_gets_free() {
    check(
        "
        08:00 region: fleet YC-1
        10:00 li: call 中山北街
        10:01 li: send 1 YC-1
        10:30 YC-1: at_hospital 1.t1
        10:31 li: call 上海路
        10:31 li: call 北京路
        10:31 li: send 2 YC-1
        10:32 li: promise YC-1 2
        10:32 li: promise YC-1 3
        10:33 YC-1: seen_next YC-1 2
        board
        10:40 YC-1: finished 1.t1 patients=1
        board
        ",
        expect![[r#"
            08:00 region: fleet YC-1
            10:00 li: call 中山北街
                incident 1 opened: 中山北街
                call 1.c1 taken
            10:01 li: send 1 YC-1
                task 1.t1: YC-1 from station, order stands until 10:03:00
                call 1.c1: dispatched
            10:30 YC-1: at_hospital 1.t1
                1.t1 at_hospital
            10:31 li: call 上海路
                incident 2 opened: 上海路
                call 2.c1 taken
            10:31 li: call 北京路
                incident 3 opened: 北京路
                call 3.c1 taken
            10:31 li: send 2 YC-1
                ! vehicle_on_task: vehicle YC-1 is on task 1.t1; let that task end, or divert the vehicle
            10:32 li: promise YC-1 2
                YC-1 promised to 2 until 10:52:00
            10:32 li: promise YC-1 3
                ! already_promised: vehicle YC-1 is promised to incident 2; withdraw that first
            10:33 YC-1: seen_next YC-1 2
                YC-1 has seen that 2 is next
            board
                | 1 open
                |   1.c1 dispatched
                |   1.t1 YC-1 running: created 10:01:00, at_hospital 10:30:00
                | 2 open, WAITS
                |   2.c1 open
                |   promised YC-1
                | 3 open, WAITS
                |   3.c1 open
                | YC-1 [5] at_hospital on 1.t1 since 10:30:00, next 2
            10:40 YC-1: finished 1.t1 patients=1
                1.t1 finished {"patients_carried":1}
                (follow_on) task 2.t1: YC-1 from road, order stands until 10:42:00
                (follow_on) 2.t1 order on the screen
                (follow_on) 2.t1 order_received
                call 2.c1: dispatched
                (last_task_ended) incident 1 closed
            board
                | 1 closed by itself
                |   1.c1 dispatched
                |   1.t1 YC-1 finished: created 10:01:00, at_hospital 10:30:00, finished 10:40:00
                | 2 open
                |   2.c1 dispatched
                |   2.t1 YC-1 running: created 10:40:00, order_received 10:40:00
                | 3 open, WAITS
                |   3.c1 open
                | YC-1 [1] order_received on 2.t1 since 10:40:00
        "#]],
    );
}

/// Too late, withdrawn, or the incident is over: nothing begins, and nobody relies on it.
#[test]
fn a_promise_ends_where_it_cannot_be_kept() {
    check(
        "
        08:00 region: fleet YC-1 YC-2 YC-3
        10:00 li: call 中山北街
        10:00 li: call 上海路
        10:01 li: send 1 YC-1 YC-2 YC-3
        10:30 YC-1: at_hospital 1.t1
        10:30 YC-2: at_hospital 1.t2
        10:30 YC-3: at_hospital 1.t3
        10:31 li: promise YC-1 2
        10:31 li: promise YC-2 2
        10:31 li: promise YC-3 2
        10:35 li: abort 1.t3 vehicle_breakdown
        10:36 li: withdraw YC-2
        10:52 YC-1: seen_next YC-1 2
        10:52 YC-1: finished 1.t1
        board
        10:53 li: promise YC-2 2
        10:54 li: cancel 2 caller_cancelled
        10:55 YC-2: finished 1.t2
        ",
        expect![[r#"
            08:00 region: fleet YC-1 YC-2 YC-3
            10:00 li: call 中山北街
                incident 1 opened: 中山北街
                call 1.c1 taken
            10:00 li: call 上海路
                incident 2 opened: 上海路
                call 2.c1 taken
            10:01 li: send 1 YC-1 YC-2 YC-3
                (vehicles_sent) incident 1 wants 3 vehicle(s)
                task 1.t1: YC-1 from station, order stands until 10:03:00
                task 1.t2: YC-2 from station, order stands until 10:03:00
                task 1.t3: YC-3 from station, order stands until 10:03:00
                call 1.c1: dispatched
            10:30 YC-1: at_hospital 1.t1
                1.t1 at_hospital
            10:30 YC-2: at_hospital 1.t2
                1.t2 at_hospital
            10:30 YC-3: at_hospital 1.t3
                1.t3 at_hospital
            10:31 li: promise YC-1 2
                YC-1 promised to 2 until 10:51:00
            10:31 li: promise YC-2 2
                YC-2 promised to 2 until 10:51:00
            10:31 li: promise YC-3 2
                YC-3 promised to 2 until 10:51:00
            10:35 li: abort 1.t3 vehicle_breakdown
                ! abort_with_patient: vehicle YC-3 has a patient on board; ask its crew by radio, then confirm, and send another vehicle
            10:36 li: withdraw YC-2
                YC-2 no longer promised to 2: withdrawn
            10:52 YC-1: seen_next YC-1 2
                ! no_follow_on: vehicle YC-1 has no such next order; it was withdrawn or has expired
                kept: YC-1 pressed acknowledge_follow_on, refused as no_follow_on, TO SEE
            10:52 YC-1: finished 1.t1
                1.t1 finished
                (follow_on) YC-1 no longer promised to 2: expired
            board
                | 1 open
                |   1.c1 dispatched
                |   1.t1 YC-1 finished: created 10:01:00, at_hospital 10:30:00, finished 10:52:00
                |   1.t2 YC-2 running: created 10:01:00, at_hospital 10:30:00
                |   1.t3 YC-3 running: created 10:01:00, at_hospital 10:30:00
                | 2 open, WAITS
                |   2.c1 open
                |   promised YC-3
                | YC-1 [6] on the road home from 1.t1 since 10:52:00, 1 refused to see
                | YC-2 [5] at_hospital on 1.t2 since 10:30:00
                | YC-3 [5] at_hospital on 1.t3 since 10:30:00, next 2
            10:53 li: promise YC-2 2
                YC-2 promised to 2 until 11:13:00
            10:54 li: cancel 2 caller_cancelled
                (follow_on) YC-3 no longer promised to 2: incident_over
                (follow_on) YC-2 no longer promised to 2: incident_over
                call 2.c1: cancelled (caller_cancelled)
                incident 2 cancelled: caller_cancelled
            10:55 YC-2: finished 1.t2
                1.t2 finished
        "#]],
    );
}

/// The vehicle comes back for the next patient of the same incident, which therefore stays open.
#[test]
fn a_promise_to_the_same_incident_keeps_it_open() {
    check(
        "
        08:00 region: fleet YC-1
        10:00 li: call 中山北街
        10:01 li: send 1 YC-1
        10:30 YC-1: at_hospital 1.t1
        10:31 li: promise YC-1 1
        10:40 YC-1: finished 1.t1
        board
        ",
        expect![[r#"
            08:00 region: fleet YC-1
            10:00 li: call 中山北街
                incident 1 opened: 中山北街
                call 1.c1 taken
            10:01 li: send 1 YC-1
                task 1.t1: YC-1 from station, order stands until 10:03:00
                call 1.c1: dispatched
            10:30 YC-1: at_hospital 1.t1
                1.t1 at_hospital
            10:31 li: promise YC-1 1
                YC-1 promised to 1 until 10:51:00
            10:40 YC-1: finished 1.t1
                1.t1 finished
                (vehicles_sent) incident 1 wants 2 vehicle(s)
                (follow_on) task 1.t2: YC-1 from road, order stands until 10:42:00
            board
                | 1 open, order not received
                |   1.c1 dispatched
                |   1.t1 YC-1 finished: created 10:01:00, at_hospital 10:30:00, finished 10:40:00
                |   1.t2 YC-1 running: created 10:40:00
                | YC-1 [0] assigned on 1.t2 since 10:40:00
        "#]],
    );
}

/// The hospital was pressed by mistake and taken back; the cancel then frees a vehicle that was promised.
#[test]
fn a_cancelled_task_takes_its_vehicles_promise_with_it() {
    check(
        "
        08:00 region: fleet YC-1
        10:00 li: call 中山北街
        10:00 li: call 上海路
        10:01 li: send 1 YC-1
        10:20 li: at_hospital 1.t1
        10:21 li: promise YC-1 2
        10:22 li: undo 1.t1 at_hospital
        10:23 li: cancel 1 other
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
            10:01 li: send 1 YC-1
                task 1.t1: YC-1 from station, order stands until 10:03:00
                call 1.c1: dispatched
            10:20 li: at_hospital 1.t1
                1.t1 at_hospital
            10:21 li: promise YC-1 2
                YC-1 promised to 2 until 10:41:00
            10:22 li: undo 1.t1 at_hospital
                1.t1 not at_hospital
            10:23 li: cancel 1 other
                1.t1 aborted: incident_cancelled
                (follow_on) YC-1 no longer promised to 2: vehicle_not_free
                incident 1 cancelled: other
            board
                | 1 cancelled (other)
                |   1.c1 dispatched
                |   1.t1 YC-1 aborted (incident_cancelled): created 10:01:00
                | 2 open, WAITS
                |   2.c1 open
                | YC-1 [7] at station since 10:23:00
        "#]],
    );
}
