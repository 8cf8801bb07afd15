//! Taking a press back.

use super::check;
use expect_test::expect;

#[test]
fn the_stage_returns_to_the_one_before() {
    check(
        "
        08:00 region: fleet YC-1
        10:00 li: call 中山北街
        10:01 li: send 1 YC-1
        10:03 YC-1: departed 1.t1
        10:04 YC-1: left_scene 1.t1
        10:04:05 YC-1: undo 1.t1 departed
        10:04:08 YC-1: undo 1.t1 left_scene
        10:04:09 YC-1: undo 1.t1 created
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
            10:03 YC-1: departed 1.t1
                1.t1 departed
            10:04 YC-1: left_scene 1.t1
                1.t1 left_scene
            10:04:05 YC-1: undo 1.t1 departed
                ! not_latest_milestone: Departed is not the latest milestone of task 1.t1; only the latest can be taken back
                kept: YC-1 pressed undo_milestone 1.t1, refused as not_latest_milestone, TO SEE
            10:04:08 YC-1: undo 1.t1 left_scene
                1.t1 not left_scene
            10:04:09 YC-1: undo 1.t1 created
                ! creation_not_pressed: the creation of a task cannot be pressed or taken back; abort the task instead
                kept: YC-1 pressed undo_milestone 1.t1, refused as creation_not_pressed, TO SEE
            board
                | 1 open
                |   1.c1 dispatched
                |   1.t1 YC-1 running: created 10:01:00, departed 10:03:00
                | YC-1 [2] to_scene on 1.t1 since 10:03:00, 2 refused to see
        "#]],
    );
}

/// The incident had closed itself; it opens again and later closes itself again.
#[test]
fn finished_by_mistake() {
    check(
        "
        08:00 region: fleet YC-1
        10:00 li: call 中山北街
        10:01 li: send 1 YC-1
        10:10 YC-1: at_scene 1.t1
        10:20 YC-1: finished 1.t1 patients=1
        10:20:05 YC-1: undo 1.t1 finished
        board
        10:30 YC-1: left_scene 1.t1
        10:50 YC-1: finished 1.t1 patients=1
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
            10:10 YC-1: at_scene 1.t1
                1.t1 at_scene
            10:20 YC-1: finished 1.t1 patients=1
                1.t1 finished {"patients_carried":1}
                (last_task_ended) incident 1 closed
            10:20:05 YC-1: undo 1.t1 finished
                (finish_taken_back) incident 1 reopened
                1.t1 not finished
            board
                | 1 open
                |   1.c1 dispatched
                |   1.t1 YC-1 running: created 10:01:00, at_scene 10:10:00
                | YC-1 [3] at_scene on 1.t1 since 10:10:00
            10:30 YC-1: left_scene 1.t1
                1.t1 left_scene
            10:50 YC-1: finished 1.t1 patients=1
                1.t1 finished {"patients_carried":1}
                (last_task_ended) incident 1 closed
            board
                | 1 closed by itself
                |   1.c1 dispatched
                |   1.t1 YC-1 finished: created 10:01:00, at_scene 10:10:00, left_scene 10:30:00, finished 10:50:00
                | YC-1 [6] on the road home from 1.t1 since 10:50:00
        "#]],
    );
}

#[test]
fn back_at_station_then_not() {
    check(
        "
        08:00 region: fleet YC-1
        10:00 li: call 中山北街
        10:01 li: send 1 YC-1
        10:10 YC-1: at_scene 1.t1
        10:20 YC-1: finished 1.t1 patients=1
        10:40 YC-1: back_at_station 1.t1
        10:40:02 YC-1: undo 1.t1 finished
        10:40:05 YC-1: undo 1.t1 back_at_station
        10:40:08 YC-1: undo 1.t1 finished
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
            10:10 YC-1: at_scene 1.t1
                1.t1 at_scene
            10:20 YC-1: finished 1.t1 patients=1
                1.t1 finished {"patients_carried":1}
                (last_task_ended) incident 1 closed
            10:40 YC-1: back_at_station 1.t1
                1.t1 back_at_station
            10:40:02 YC-1: undo 1.t1 finished
                ! not_latest_milestone: Finished is not the latest milestone of task 1.t1; only the latest can be taken back
                kept: YC-1 pressed undo_milestone 1.t1, refused as not_latest_milestone, TO SEE
            10:40:05 YC-1: undo 1.t1 back_at_station
                1.t1 not back_at_station
            10:40:08 YC-1: undo 1.t1 finished
                (finish_taken_back) incident 1 reopened
                1.t1 not finished
            board
                | 1 open
                |   1.c1 dispatched
                |   1.t1 YC-1 running: created 10:01:00, at_scene 10:10:00
                | YC-1 [3] at_scene on 1.t1 since 10:10:00, 1 refused to see
        "#]],
    );
}

#[test]
fn not_once_the_vehicle_has_moved_on() {
    check(
        "
        08:00 region: fleet YC-1 YC-2 YC-3
        10:00 li: call 中山北街
        10:01 li: send 1 YC-1 YC-2 YC-3
        10:10 YC-1: at_scene 1.t1
        10:20 YC-1: finished 1.t1 patients=1
        10:21 wang: call 上海路
        10:22 wang: send 2 YC-1
        10:23 YC-1: undo 1.t1 finished
        10:23 YC-2: at_scene 1.t2
        10:23 YC-2: finished 1.t2 patients=1
        10:24 YC-2: pause YC-2 meal
        10:25 YC-2: undo 1.t2 finished
        10:26 li: abort 1.t3 road_blocked
        10:27 YC-3: undo 1.t3 created
        10:27 li: undo 1.t3 order_received
        10:28 li: close 1
        10:29 YC-2: unpause YC-2
        10:30 YC-2: undo 1.t2 finished
        10:31 YC-2: return YC-2
        10:32 li@yinchuan: hand_over YC-2 guyuan
        10:33 li: undo 1.t2 back_at_station
        ",
        expect![[r#"
            08:00 region: fleet YC-1 YC-2 YC-3
            10:00 li: call 中山北街
                incident 1 opened: 中山北街
                call 1.c1 taken
            10:01 li: send 1 YC-1 YC-2 YC-3
                (vehicles_sent) incident 1 wants 3 vehicle(s)
                task 1.t1: YC-1 from station, order stands until 10:03:00
                task 1.t2: YC-2 from station, order stands until 10:03:00
                task 1.t3: YC-3 from station, order stands until 10:03:00
                call 1.c1: dispatched
            10:10 YC-1: at_scene 1.t1
                1.t1 at_scene
            10:20 YC-1: finished 1.t1 patients=1
                1.t1 finished {"patients_carried":1}
            10:21 wang: call 上海路
                incident 2 opened: 上海路
                call 2.c1 taken
            10:22 wang: send 2 YC-1
                task 2.t1: YC-1 from road, order stands until 10:24:00
                call 2.c1: dispatched
            10:23 YC-1: undo 1.t1 finished
                1.t1 at_scene reported, AGAINST THE CENTRE
            10:23 YC-2: at_scene 1.t2
                1.t2 at_scene
            10:23 YC-2: finished 1.t2 patients=1
                1.t2 finished {"patients_carried":1}
            10:24 YC-2: pause YC-2 meal
                YC-2 paused: meal
            10:25 YC-2: undo 1.t2 finished
                1.t2 at_scene reported, AGAINST THE CENTRE
            10:26 li: abort 1.t3 road_blocked
                1.t3 aborted: road_blocked
            10:27 YC-3: undo 1.t3 created
                ! creation_not_pressed: the creation of a task cannot be pressed or taken back; abort the task instead
                kept: YC-3 pressed undo_milestone 1.t3, refused as creation_not_pressed, TO SEE
            10:27 li: undo 1.t3 order_received
                ! task_over: task 1.t3 has ended; its order no longer stands
            10:28 li: close 1
                ! crew_report_open: the crew of YC-1 reports a patient of task 1.t1, which the centre had ended; settle that first
            10:29 YC-2: unpause YC-2
                ! crew_report_open: the crew of YC-2 reports a patient of task 1.t2, which the centre had ended; settle that first
                kept: YC-2 pressed resume_vehicle, refused as crew_report_open, TO SEE
            10:30 YC-2: undo 1.t2 finished
                ! crew_report_open: the crew of YC-2 reports a patient of task 1.t2, which the centre had ended; settle that first
                kept: YC-2 pressed undo_milestone 1.t2, refused as crew_report_open, TO SEE
            10:31 YC-2: return YC-2
                ! crew_report_open: the crew of YC-2 reports a patient of task 1.t2, which the centre had ended; settle that first
                kept: YC-2 pressed return_to_station, refused as crew_report_open, TO SEE
            10:32 li@yinchuan: hand_over YC-2 guyuan
                ! crew_report_open: the crew of YC-2 reports a patient of task 1.t2, which the centre had ended; settle that first
            10:33 li: undo 1.t2 back_at_station
                ! not_latest_milestone: BackAtStation is not the latest milestone of task 1.t2; only the latest can be taken back
        "#]],
    );
}

/// A task that runs again takes up the incident that was made to wait meanwhile.
#[test]
fn finished_by_mistake_while_the_incident_waits() {
    check(
        "
        08:00 region: fleet YC-1
        10:00 li: call 中山北街
        10:01 li: send 1 YC-1
        10:10 YC-1: at_scene 1.t1
        10:20 YC-1: finished 1.t1 patients=1
        10:21 li: reopen 1 又来电
        10:22 li: suspend 1 awaiting_caller
        10:23 YC-1: undo 1.t1 finished
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
            10:10 YC-1: at_scene 1.t1
                1.t1 at_scene
            10:20 YC-1: finished 1.t1 patients=1
                1.t1 finished {"patients_carried":1}
                (last_task_ended) incident 1 closed
            10:21 li: reopen 1 又来电
                incident 1 reopened
            10:22 li: suspend 1 awaiting_caller
                incident 1 suspended: awaiting_caller
            10:23 YC-1: undo 1.t1 finished
                incident 1 resumed
                1.t1 not finished
            board
                | 1 open, WAITS, closes only by hand
                |   1.c1 dispatched
                |   1.t1 YC-1 running: created 10:01:00, at_scene 10:10:00
                | YC-1 [3] at_scene on 1.t1 since 10:10:00
        "#]],
    );
}
