//! How many vehicles an incident wants, and what it waits for after it was reopened.

use super::check;
use expect_test::expect;

/// The call-taker wants two; one is not enough, until it is said that one will do.
#[test]
fn more_vehicles_wanted() {
    check(
        "
        08:00 region: fleet YC-1 YC-2 YC-3
        10:00 li: call 中山北街 vehicles=2
        10:01 li: send 1 YC-1
        board
        10:02 li: want 1 0
        10:03 li: call 再要一辆 about=1 vehicles=3
        10:03 li: call 不要那么多 about=1 vehicles=1
        board
        10:04 li: want 1 1
        10:05 YC-1: at_scene 1.t1
        10:20 YC-1: left_scene 1.t1
        10:40 YC-1: finished 1.t1
        board
        ",
        expect![[r#"
            08:00 region: fleet YC-1 YC-2 YC-3
            10:00 li: call 中山北街 vehicles=2
                incident 1 opened: 中山北街
                call 1.c1 taken
                incident 1 wants 2 vehicle(s)
            10:01 li: send 1 YC-1
                task 1.t1: YC-1 from station, order stands until 10:03:00
                call 1.c1: dispatched
            board
                | 1 open, WAITS
                |   1.c1 dispatched
                |   1.t1 YC-1 running: created 10:01:00
                | YC-1 [0] assigned on 1.t1 since 10:01:00
                | YC-2 [7] at station since 08:00:00
                | YC-3 [7] at station since 08:00:00
            10:02 li: want 1 0
                ! bad_field: vehicles must be at least 1
            10:03 li: call 再要一辆 about=1 vehicles=3
                call 1.c2 taken
                incident 1 wants 3 vehicle(s)
                call 1.c2: repeat
            10:03 li: call 不要那么多 about=1 vehicles=1
                call 1.c3 taken
                call 1.c3: repeat
            board
                | 1 open, WAITS FOR 2
                |   1.c1 dispatched
                |   1.c2 repeat
                |   1.c3 repeat
                |   1.t1 YC-1 running: created 10:01:00
                | YC-1 [0] assigned on 1.t1 since 10:01:00
                | YC-2 [7] at station since 08:00:00
                | YC-3 [7] at station since 08:00:00
            10:04 li: want 1 1
                incident 1 wants 1 vehicle(s)
            10:05 YC-1: at_scene 1.t1
                1.t1 at_scene
            10:20 YC-1: left_scene 1.t1
                1.t1 left_scene
            10:40 YC-1: finished 1.t1
                1.t1 finished
                (last_task_ended) incident 1 closed
            board
                | 1 closed by itself
                |   1.c1 dispatched
                |   1.c2 repeat
                |   1.c3 repeat
                |   1.t1 YC-1 finished: created 10:01:00, at_scene 10:05:00, left_scene 10:20:00, finished 10:40:00
                | YC-1 [6] on the road home from 1.t1 since 10:40:00
                | YC-2 [7] at station since 08:00:00
                | YC-3 [7] at station since 08:00:00
        "#]],
    );
}

/// Who sends a second vehicle wants two; one sent by mistake was not wanted.
#[test]
fn one_more_sent_and_called_off_again() {
    check(
        "
        08:00 region: fleet YC-1 YC-2 YC-3
        10:00 li: call 中山北街
        10:01 li: send 1 YC-1
        10:02 li: send 1 YC-2
        10:03 li: abort 1.t2 sent_by_mistake
        board
        10:04 li: send 1 YC-3
        10:05 li: abort 1.t3 other
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
            10:02 li: send 1 YC-2
                (vehicles_sent) incident 1 wants 2 vehicle(s)
                task 1.t2: YC-2 from station, order stands until 10:04:00
            10:03 li: abort 1.t2 sent_by_mistake
                1.t2 aborted: sent_by_mistake
            board
                | 1 open, order not received
                |   1.c1 dispatched
                |   1.t1 YC-1 running: created 10:01:00
                |   1.t2 YC-2 aborted (sent_by_mistake): created 10:02:00
                | YC-1 [0] assigned on 1.t1 since 10:01:00
                | YC-2 [7] at station since 10:03:00
                | YC-3 [7] at station since 08:00:00
            10:04 li: send 1 YC-3
                (vehicles_sent) incident 1 wants 2 vehicle(s)
                task 1.t3: YC-3 from station, order stands until 10:06:00
            10:05 li: abort 1.t3 other
                1.t3 aborted: other
            board
                | 1 open, WAITS
                |   1.c1 dispatched
                |   1.t1 YC-1 running: created 10:01:00
                |   1.t2 YC-2 aborted (sent_by_mistake): created 10:02:00
                |   1.t3 YC-3 aborted (other): created 10:04:00
                | YC-1 [0] assigned on 1.t1 since 10:01:00
                | YC-2 [7] at station since 10:03:00
                | YC-3 [7] at station since 10:05:00
        "#]],
    );
}

/// A reopened incident waits like a new one until it is served again.
#[test]
fn reopened_and_served_again() {
    check(
        "
        08:00 region: fleet YC-1 YC-2 YC-3
        10:00 li: call 中山北街
        10:01 li: send 1 YC-1
        10:10 YC-1: left_scene 1.t1
        10:30 YC-1: finished 1.t1 patients=1
        10:35 li: reopen 1 家属又来电
        board
        10:36 li: send 1 YC-2
        10:37 YC-2: receipt 1.t2
        board
        10:50 YC-2: left_scene 1.t2
        11:10 YC-2: finished 1.t2
        board
        11:11 li: close 1
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
            10:10 YC-1: left_scene 1.t1
                1.t1 left_scene
            10:30 YC-1: finished 1.t1 patients=1
                1.t1 finished {"patients_carried":1}
                (last_task_ended) incident 1 closed
            10:35 li: reopen 1 家属又来电
                incident 1 reopened
            board
                | 1 open, WAITS, closes only by hand
                |   1.c1 dispatched
                |   1.t1 YC-1 finished: created 10:01:00, left_scene 10:10:00, finished 10:30:00
                | YC-1 [6] on the road home from 1.t1 since 10:30:00
                | YC-2 [7] at station since 08:00:00
                | YC-3 [7] at station since 08:00:00
            10:36 li: send 1 YC-2
                task 1.t2: YC-2 from station, order stands until 10:38:00
            10:37 YC-2: receipt 1.t2
                1.t2 order on the screen
            board
                | 1 open, closes only by hand
                |   1.c1 dispatched
                |   1.t1 YC-1 finished: created 10:01:00, left_scene 10:10:00, finished 10:30:00
                |   1.t2 YC-2 running: created 10:36:00
                | YC-1 [6] on the road home from 1.t1 since 10:30:00
                | YC-2 [0] assigned on 1.t2 since 10:36:00
                | YC-3 [7] at station since 08:00:00
            10:50 YC-2: left_scene 1.t2
                1.t2 left_scene
            11:10 YC-2: finished 1.t2
                1.t2 finished
            board
                | 1 open, CLOSE OR SEND? reopened, closes only by hand
                |   1.c1 dispatched
                |   1.t1 YC-1 finished: created 10:01:00, left_scene 10:10:00, finished 10:30:00
                |   1.t2 YC-2 finished: created 10:36:00, left_scene 10:50:00, finished 11:10:00
                | YC-1 [6] on the road home from 1.t1 since 10:30:00
                | YC-2 [6] on the road home from 1.t2 since 11:10:00
                | YC-3 [7] at station since 08:00:00
            11:11 li: close 1
                incident 1 closed
            board
                | 1 closed by hand
                |   1.c1 dispatched
                |   1.t1 YC-1 finished: created 10:01:00, left_scene 10:10:00, finished 10:30:00
                |   1.t2 YC-2 finished: created 10:36:00, left_scene 10:50:00, finished 11:10:00
                | YC-1 [6] on the road home from 1.t1 since 10:30:00
                | YC-2 [6] on the road home from 1.t2 since 11:10:00
                | YC-3 [7] at station since 08:00:00
        "#]],
    );
}

/// CandidateSource by at an event closes itself, unless somebody was hurt there.
#[test]
fn a_standby_has_no_patient_until_one_is_reported() {
    check(
        "
        08:00 region: fleet YC-1 YC-2 YC-3
        10:00 li: call 体育场 kind=standby
        10:00 li: call 体育馆 kind=standby
        10:01 li: send 1 YC-1
        10:01 li: send 2 YC-2
        10:20 li: call 有人摔伤 about=2
        10:30 YC-2: departed 2.t1
        10:30 YC-1: at_scene 1.t1
        10:40 YC-2: at_scene 2.t1
        12:30 YC-1: finished 1.t1
        12:40 YC-2: finished 2.t1
        board
        ",
        expect![[r#"
            08:00 region: fleet YC-1 YC-2 YC-3
            10:00 li: call 体育场 kind=standby
                incident 1 opened: 体育场
                call 1.c1 taken
            10:00 li: call 体育馆 kind=standby
                incident 2 opened: 体育馆
                call 2.c1 taken
            10:01 li: send 1 YC-1
                task 1.t1: YC-1 from station, order stands until 10:03:00
                call 1.c1: dispatched
            10:01 li: send 2 YC-2
                task 2.t1: YC-2 from station, order stands until 10:03:00
                call 2.c1: dispatched
            10:20 li: call 有人摔伤 about=2
                call 2.c2 taken
                call 2.c2: repeat
            10:30 YC-2: departed 2.t1
                2.t1 departed
            10:30 YC-1: at_scene 1.t1
                1.t1 at_scene
            10:40 YC-2: at_scene 2.t1
                2.t1 at_scene
            12:30 YC-1: finished 1.t1
                1.t1 finished
                (last_task_ended) incident 1 closed
            12:40 YC-2: finished 2.t1
                2.t1 finished
            board
                | 1 closed by itself
                |   1.c1 dispatched
                |   1.t1 YC-1 finished: created 10:01:00, at_scene 10:30:00, finished 12:30:00
                | 2 open, CLOSE OR SEND? 0 of 1 patients accounted for
                |   2.c1 dispatched
                |   2.c2 repeat
                |   2.t1 YC-2 finished: created 10:01:00, departed 10:30:00, at_scene 10:40:00, finished 12:40:00
                | YC-1 [6] on the road home from 1.t1 since 12:30:00
                | YC-2 [6] on the road home from 2.t1 since 12:40:00
                | YC-3 [7] at station since 08:00:00
        "#]],
    );
}
