//! What else keeps an incident from closing itself: tasks not replaced, later calls.

use super::check;
use expect_test::expect;

/// One of two broke down: its patient waits at once, and the other one closes nothing.
#[test]
fn a_vehicle_broke_down_and_nobody_replaced_it() {
    check(
        "
        08:00 region: fleet YC-1 YC-2 YC-3
        10:00 li: call 中山北街 patients=2
        10:01 li: send 1 YC-1 YC-2
        10:02 YC-1: departed 1.t1
        10:02 YC-2: departed 1.t2
        10:05 YC-2: abort 1.t2 vehicle_breakdown
        board
        10:06 li: call 又一位病人 about=1 patients=1
        10:40 YC-1: finished 1.t1 patients=1
        10:10 YC-1: at_scene 1.t1
        10:41 YC-1: finished 1.t1 patients=2
        board
        ",
        expect![[r#"
            08:00 region: fleet YC-1 YC-2 YC-3
            10:00 li: call 中山北街 patients=2
                incident 1 opened: 中山北街
                call 1.c1 taken
            10:01 li: send 1 YC-1 YC-2
                (vehicles_sent) incident 1 wants 2 vehicle(s)
                task 1.t1: YC-1 from station, order stands until 10:03:00
                task 1.t2: YC-2 from station, order stands until 10:03:00
                call 1.c1: dispatched
            10:02 YC-1: departed 1.t1
                1.t1 departed
            10:02 YC-2: departed 1.t2
                1.t2 departed
            10:05 YC-2: abort 1.t2 vehicle_breakdown
                1.t2 aborted: vehicle_breakdown
                (vehicle_unfit) YC-2 paused: repair
            board
                | 1 open, WAITS
                |   1.c1 dispatched
                |   1.t1 YC-1 running: created 10:01:00, departed 10:02:00, NOT SEEN: with_vehicles (12)
                |   1.t2 YC-2 aborted (vehicle_breakdown): created 10:01:00, departed 10:02:00
                | YC-1 [2] to_scene on 1.t1 since 10:02:00
                | YC-2 [9] paused on the road (repair) since 10:05:00
                | YC-3 [7] at station since 08:00:00
            10:06 li: call 又一位病人 about=1 patients=1
                call 1.c2 taken
                call 1.c2: repeat
            10:40 YC-1: finished 1.t1 patients=1
                ! milestone_out_of_order: task 1.t1 has reached Departed; Finished cannot follow it
                kept: YC-1 pressed finished 1.t1, refused as milestone_out_of_order, TO SEE
            10:10 YC-1: at_scene 1.t1
                1.t1 at_scene
            10:41 YC-1: finished 1.t1 patients=2
                1.t1 finished {"patients_carried":2}
            board
                | 1 open, CLOSE OR SEND? 1.t2 not replaced; 1.c2 came later; 1 of 2 vehicles came
                |   1.c1 dispatched
                |   1.c2 repeat
                |   1.t1 YC-1 finished: created 10:01:00, departed 10:02:00, at_scene 10:10:00, finished 10:41:00
                |   1.t2 YC-2 aborted (vehicle_breakdown): created 10:01:00, departed 10:02:00
                | YC-1 [6] on the road home from 1.t1 since 10:41:00, 1 refused to see
                | YC-2 [9] paused on the road (repair) since 10:05:00
                | YC-3 [7] at station since 08:00:00
        "#]],
    );
}

/// A vehicle sent after the one that broke down takes its place.
#[test]
fn a_replacement_is_enough() {
    check(
        "
        08:00 region: fleet YC-1 YC-2 YC-3
        10:00 li: call 中山北街
        10:01 li: send 1 YC-1
        10:05 YC-1: abort 1.t1 vehicle_breakdown
        10:06 li: send 1 YC-2
        10:20 YC-2: at_scene 1.t2
        10:40 YC-2: finished 1.t2 patients=1
        board
        ",
        expect![[r#"
            08:00 region: fleet YC-1 YC-2 YC-3
            10:00 li: call 中山北街
                incident 1 opened: 中山北街
                call 1.c1 taken
            10:01 li: send 1 YC-1
                task 1.t1: YC-1 from station, order stands until 10:03:00
                call 1.c1: dispatched
            10:05 YC-1: abort 1.t1 vehicle_breakdown
                1.t1 aborted: vehicle_breakdown
                (vehicle_unfit) YC-1 paused: repair
            10:06 li: send 1 YC-2
                task 1.t2: YC-2 from station, order stands until 10:08:00
            10:20 YC-2: at_scene 1.t2
                1.t2 at_scene
            10:40 YC-2: finished 1.t2 patients=1
                1.t2 finished {"patients_carried":1}
                (last_task_ended) incident 1 closed
            board
                | 1 closed by itself
                |   1.c1 dispatched
                |   1.t1 YC-1 aborted (vehicle_breakdown): created 10:01:00
                |   1.t2 YC-2 finished: created 10:06:00, at_scene 10:20:00, finished 10:40:00
                | YC-1 [9] paused at station (repair) since 10:05:00
                | YC-2 [6] on the road home from 1.t2 since 10:40:00
                | YC-3 [7] at station since 08:00:00
        "#]],
    );
}

/// A call that came after the last departure may be about somebody else.
#[test]
fn a_call_after_the_departure() {
    check(
        "
        08:00 region: fleet YC-1 YC-2 YC-3
        10:00 li: call 中山北街
        10:01 li: send 1 YC-1
        10:02 YC-1: departed 1.t1
        10:05 li: call 同一地点 about=1
        10:10 YC-1: at_scene 1.t1
        10:20 YC-1: left_scene 1.t1
        10:40 YC-1: finished 1.t1 patients=1
        board
        10:41 li: close 1
        board
        ",
        expect![[r#"
            08:00 region: fleet YC-1 YC-2 YC-3
            10:00 li: call 中山北街
                incident 1 opened: 中山北街
                call 1.c1 taken
            10:01 li: send 1 YC-1
                task 1.t1: YC-1 from station, order stands until 10:03:00
                call 1.c1: dispatched
            10:02 YC-1: departed 1.t1
                1.t1 departed
            10:05 li: call 同一地点 about=1
                call 1.c2 taken
                call 1.c2: repeat
            10:10 YC-1: at_scene 1.t1
                1.t1 at_scene
            10:20 YC-1: left_scene 1.t1
                1.t1 left_scene
            10:40 YC-1: finished 1.t1 patients=1
                1.t1 finished {"patients_carried":1}
            board
                | 1 open, CLOSE OR SEND? 1.c2 came later
                |   1.c1 dispatched
                |   1.c2 repeat
                |   1.t1 YC-1 finished: created 10:01:00, departed 10:02:00, at_scene 10:10:00, left_scene 10:20:00, finished 10:40:00
                | YC-1 [6] on the road home from 1.t1 since 10:40:00
                | YC-2 [7] at station since 08:00:00
                | YC-3 [7] at station since 08:00:00
            10:41 li: close 1
                incident 1 closed
            board
                | 1 closed by hand
                |   1.c1 dispatched
                |   1.c2 repeat
                |   1.t1 YC-1 finished: created 10:01:00, departed 10:02:00, at_scene 10:10:00, left_scene 10:20:00, finished 10:40:00
                | YC-1 [6] on the road home from 1.t1 since 10:40:00
                | YC-2 [7] at station since 08:00:00
                | YC-3 [7] at station since 08:00:00
        "#]],
    );
}

/// The clocks decide too: this departure was pressed before the call and came late.
#[test]
fn a_departure_pressed_before_the_call_and_told_after_it() {
    check(
        "
        08:00 region: fleet YC-1 YC-2 YC-3
        10:00 li: call 中山北街
        10:01 li: send 1 YC-1
        10:05 li: call 同一地点 about=1
        10:06@10:02 YC-1: departed 1.t1
        10:10 YC-1: at_scene 1.t1
        10:20 YC-1: left_scene 1.t1
        10:40 YC-1: finished 1.t1 patients=1
        board
        10:41 li: account 1 counted=1
        board
        ",
        expect![[r#"
            08:00 region: fleet YC-1 YC-2 YC-3
            10:00 li: call 中山北街
                incident 1 opened: 中山北街
                call 1.c1 taken
            10:01 li: send 1 YC-1
                task 1.t1: YC-1 from station, order stands until 10:03:00
                call 1.c1: dispatched
            10:05 li: call 同一地点 about=1
                call 1.c2 taken
                call 1.c2: repeat
            10:06@10:02 YC-1: departed 1.t1
                1.t1 departed
            10:10 YC-1: at_scene 1.t1
                1.t1 at_scene
            10:20 YC-1: left_scene 1.t1
                1.t1 left_scene
            10:40 YC-1: finished 1.t1 patients=1
                1.t1 finished {"patients_carried":1}
            board
                | 1 open, CLOSE OR SEND? 1.c2 came later
                |   1.c1 dispatched
                |   1.c2 repeat
                |   1.t1 YC-1 finished: created 10:01:00, departed 10:02:00, at_scene 10:10:00, left_scene 10:20:00, finished 10:40:00
                | YC-1 [6] on the road home from 1.t1 since 10:40:00
                | YC-2 [7] at station since 08:00:00
                | YC-3 [7] at station since 08:00:00
            10:41 li: account 1 counted=1
                incident 1 patients: {"counted_at_scene":1}
                (last_task_ended) incident 1 closed
            board
                | 1 closed by itself
                |   1.c1 dispatched
                |   1.c2 repeat
                |   1.t1 YC-1 finished: created 10:01:00, departed 10:02:00, at_scene 10:10:00, left_scene 10:20:00, finished 10:40:00
                | YC-1 [6] on the road home from 1.t1 since 10:40:00
                | YC-2 [7] at station since 08:00:00
                | YC-3 [7] at station since 08:00:00
        "#]],
    );
}
