//! Sending vehicles, and tasks that end early.

use super::check;
use expect_test::expect;

#[test]
fn all_or_none() {
    check(
        "
        08:00 region: fleet YC-1 YC-2 YC-3 YC-4
        08:01 YC-2: pause YC-2 fuel
        08:01 YC-3: off_duty YC-3
        10:00 li: call 中山北街
        10:01 li: send 1 YC-1 YC-2
        10:01 li: send 1 YC-1 YC-3
        10:01 li: send 1 YC-1 YC-9
        10:01 li: send 1 YC-1 YC-4 YC-1
        10:01 li: send 1
        10:01 li: send 5 YC-1
        board
        ",
        expect![[r#"
            08:00 region: fleet YC-1 YC-2 YC-3 YC-4
            08:01 YC-2: pause YC-2 fuel
                YC-2 paused: fuel
            08:01 YC-3: off_duty YC-3
                YC-3 off duty
            10:00 li: call 中山北街
                incident 1 opened: 中山北街
                call 1.c1 taken
            10:01 li: send 1 YC-1 YC-2
                ! none_sent: none was sent, because these cannot go: YC-2 (vehicle_not_available); leave them out
            10:01 li: send 1 YC-1 YC-3
                ! none_sent: none was sent, because these cannot go: YC-3 (vehicle_not_available); leave them out
            10:01 li: send 1 YC-1 YC-9
                ! none_sent: none was sent, because these cannot go: YC-9 (unknown_vehicle); leave them out
            10:01 li: send 1 YC-1 YC-4 YC-1
                ! vehicle_named_twice: vehicle YC-1 is named twice
            10:01 li: send 1
                ! no_vehicle_named: name at least one vehicle to send
            10:01 li: send 5 YC-1
                ! unknown_incident: there is no incident 5 at this centre; check the number or the centre
            board
                | 1 open, WAITS
                |   1.c1 open
                | YC-1 [7] at station since 08:00:00
                | YC-2 [9] paused at station (fuel) since 08:01:00
                | YC-3 [8] off duty since 08:01:00
                | YC-4 [7] at station since 08:00:00
        "#]],
    );
}

/// A defect peers have: the vehicle's state is reset.
#[test]
fn assigning_a_busy_vehicle_changes_nothing() {
    check(
        "
        08:00 region: fleet YC-1
        10:00 li: call 中山北街
        10:00 wang: call 上海路
        10:01 li: send 1 YC-1
        10:05 YC-1: at_scene 1.t1
        10:06 wang: send 2 YC-1
        10:06 li: send 1 YC-1
        board
        ",
        expect![[r#"
            08:00 region: fleet YC-1
            10:00 li: call 中山北街
                incident 1 opened: 中山北街
                call 1.c1 taken
            10:00 wang: call 上海路
                incident 2 opened: 上海路
                call 2.c1 taken
            10:01 li: send 1 YC-1
                task 1.t1: YC-1 from station, order stands until 10:03:00
                call 1.c1: dispatched
            10:05 YC-1: at_scene 1.t1
                1.t1 at_scene
            10:06 wang: send 2 YC-1
                ! vehicle_on_task: vehicle YC-1 is on task 1.t1; let that task end, or divert the vehicle
            10:06 li: send 1 YC-1
                ! already_on_incident: vehicle YC-1 is already on incident 1
            board
                | 1 open
                |   1.c1 dispatched
                |   1.t1 YC-1 running: created 10:01:00, at_scene 10:05:00
                | 2 open, WAITS
                |   2.c1 open
                | YC-1 [3] at_scene on 1.t1 since 10:05:00
        "#]],
    );
}

/// A vehicle on the road home is as good as one in a station, and says from where it set out.
#[test]
fn from_the_road_home() {
    check(
        "
        08:00 region: fleet YC-1
        10:00 li: call 中山北街
        10:00 wang: call 上海路
        10:01 li: send 1 YC-1
        10:10 YC-1: at_scene 1.t1
        10:20 YC-1: finished 1.t1 patients=1
        10:21 wang: send 2 YC-1
        10:22 YC-1: back_at_station 1.t1
        board
        ",
        expect![[r#"
            08:00 region: fleet YC-1
            10:00 li: call 中山北街
                incident 1 opened: 中山北街
                call 1.c1 taken
            10:00 wang: call 上海路
                incident 2 opened: 上海路
                call 2.c1 taken
            10:01 li: send 1 YC-1
                task 1.t1: YC-1 from station, order stands until 10:03:00
                call 1.c1: dispatched
            10:10 YC-1: at_scene 1.t1
                1.t1 at_scene
            10:20 YC-1: finished 1.t1 patients=1
                1.t1 finished {"patients_carried":1}
                (last_task_ended) incident 1 closed
            10:21 wang: send 2 YC-1
                task 2.t1: YC-1 from road, order stands until 10:23:00
                call 2.c1: dispatched
            10:22 YC-1: back_at_station 1.t1
                ! task_over: task 1.t1 has ended; its order no longer stands
                kept: YC-1 pressed back_at_station 1.t1, refused as task_over, TO SEE
            board
                | 1 closed by itself
                |   1.c1 dispatched
                |   1.t1 YC-1 finished: created 10:01:00, at_scene 10:10:00, finished 10:20:00
                | 2 open, order not received
                |   2.c1 dispatched
                |   2.t1 YC-1 running: created 10:21:00
                | YC-1 [0] assigned on 2.t1 since 10:21:00, 1 refused to see
        "#]],
    );
}

/// A vehicle that never left its station is still in it; one that cannot go on is paused.
#[test]
fn a_task_that_ends_early_leaves_the_incident_waiting() {
    check(
        "
        08:00 region: fleet YC-1 YC-2 YC-3
        10:00 li: call 中山北街
        10:01 li: send 1 YC-1
        10:02 li: abort 1.t1 sent_by_mistake
        10:03 li: send 1 YC-1
        10:04 YC-1: departed 1.t2
        10:05 YC-1: abort 1.t2 road_blocked
        board
        10:06 li: send 1 YC-2
        10:07 YC-2: departed 1.t3
        10:20 YC-2: left_scene 1.t3
        10:21 YC-2: abort 1.t3 vehicle_breakdown
        10:22 li: send 1 YC-3
        10:23 YC-3: abort 1.t4 crew_unable
        10:24 li: abort 1.t4 other
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
            10:02 li: abort 1.t1 sent_by_mistake
                1.t1 aborted: sent_by_mistake
            10:03 li: send 1 YC-1
                task 1.t2: YC-1 from station, order stands until 10:05:00
            10:04 YC-1: departed 1.t2
                1.t2 departed
            10:05 YC-1: abort 1.t2 road_blocked
                1.t2 aborted: road_blocked
            board
                | 1 open, WAITS
                |   1.c1 dispatched
                |   1.t1 YC-1 aborted (sent_by_mistake): created 10:01:00
                |   1.t2 YC-1 aborted (road_blocked): created 10:03:00, departed 10:04:00
                | YC-1 [6] available on the road since 10:05:00
                | YC-2 [7] at station since 08:00:00
                | YC-3 [7] at station since 08:00:00
            10:06 li: send 1 YC-2
                task 1.t3: YC-2 from station, order stands until 10:08:00
            10:07 YC-2: departed 1.t3
                1.t3 departed
            10:20 YC-2: left_scene 1.t3
                1.t3 left_scene
            10:21 YC-2: abort 1.t3 vehicle_breakdown
                1.t3 aborted: vehicle_breakdown
                (vehicle_unfit) YC-2 paused: repair
            10:22 li: send 1 YC-3
                task 1.t4: YC-3 from station, order stands until 10:24:00
            10:23 YC-3: abort 1.t4 crew_unable
                1.t4 aborted: crew_unable
                (vehicle_unfit) YC-3 paused: other
            10:24 li: abort 1.t4 other
                ! task_over: task 1.t4 has ended; its order no longer stands
            board
                | 1 open, WAITS
                |   1.c1 dispatched
                |   1.t1 YC-1 aborted (sent_by_mistake): created 10:01:00
                |   1.t2 YC-1 aborted (road_blocked): created 10:03:00, departed 10:04:00
                |   1.t3 YC-2 aborted (vehicle_breakdown): created 10:06:00, departed 10:07:00, left_scene 10:20:00
                |   1.t4 YC-3 aborted (crew_unable): created 10:22:00
                | YC-1 [6] available on the road since 10:05:00
                | YC-2 [9] paused on the road (repair) since 10:21:00
                | YC-3 [9] paused at station (other) since 10:23:00
        "#]],
    );
}
