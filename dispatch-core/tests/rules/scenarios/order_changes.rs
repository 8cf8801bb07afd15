//! A crew is told of every change of its order and acknowledges it; until then the desk sees that it has not.

use super::check;
use expect_test::expect;

#[test]
fn every_change_waits_for_the_crews_acknowledgement() {
    check(
        "
        08:00 region: fleet YC-1
        10:00 li: call 中山北街
        10:01 li: send 1 YC-1
        10:01 YC-1: order_received 1.t1
        10:02 li: amend 1 complaint=昏迷 priority=critical
        10:03 li: note 1 电梯停运
        10:04 li: call 中山北街 about=1 by=13900000009
        board
        10:05 YC-1: seen_change 1.t1 7
        board
        10:06 YC-1: seen_change 1.t1 10
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
            10:01 YC-1: order_received 1.t1
                1.t1 order_received
            10:02 li: amend 1 complaint=昏迷 priority=critical
                incident 1 amended: {"priority":"critical","complaint":"昏迷"}
            10:03 li: note 1 电梯停运
                note on 1: 电梯停运
            10:04 li: call 中山北街 about=1 by=13900000009
                call 1.c2 taken
                call 1.c2: repeat
            board
                | 1 open
                |   1.c1 dispatched
                |   1.c2 repeat
                |   1.t1 YC-1 running: created 10:01:00, order_received 10:01:00, NOT SEEN: priority (7), complaint (7), notes (8), contact (9)
                | YC-1 [1] order_received on 1.t1 since 10:01:00
            10:05 YC-1: seen_change 1.t1 7
                1.t1 changes up to 7 seen
            board
                | 1 open
                |   1.c1 dispatched
                |   1.c2 repeat
                |   1.t1 YC-1 running: created 10:01:00, order_received 10:01:00, NOT SEEN: notes (8), contact (9)
                | YC-1 [1] order_received on 1.t1 since 10:01:00
            10:06 YC-1: seen_change 1.t1 10
                1.t1 changes up to 10 seen
            board
                | 1 open
                |   1.c1 dispatched
                |   1.c2 repeat
                |   1.t1 YC-1 running: created 10:01:00, order_received 10:01:00
                | YC-1 [1] order_received on 1.t1 since 10:01:00
        "#]],
    );
}

/// A change that came before the crew had its order is marked in it all the same: its screen may show the
/// picture of before.
#[test]
fn a_change_before_the_acknowledgement_is_a_change() {
    check(
        "
        08:00 region: fleet YC-1 YC-2
        10:00 li: call 中山北街
        10:01 li: send 1 YC-1 YC-2
        10:01 li: amend 1 complaint=昏迷
        10:01 YC-1: order_received 1.t1
        10:01 li: order_received 1.t2
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
            10:01 li: amend 1 complaint=昏迷
                incident 1 amended: {"complaint":"昏迷"}
            10:01 YC-1: order_received 1.t1
                1.t1 order_received
            10:01 li: order_received 1.t2
                1.t2 order_received
            board
                | 1 open
                |   1.c1 dispatched
                |   1.t1 YC-1 running: created 10:01:00, order_received 10:01:00, NOT SEEN: complaint (9)
                |   1.t2 YC-2 running: created 10:01:00, order_received 10:01:00
                | YC-1 [1] order_received on 1.t1 since 10:01:00
                | YC-2 [1] order_received on 1.t2 since 10:01:00
        "#]],
    );
}

#[test]
fn who_else_comes_is_told_until_the_patient_is_on_board() {
    check(
        "
        08:00 region: fleet YC-1 YC-2 YC-3 YC-4
        10:00 li: call 中山北街
        10:01 li: send 1 YC-1 YC-2
        10:01 YC-1: order_received 1.t1
        10:01 YC-2: left_scene 1.t2
        10:02 li: send 1 YC-3
        10:03 YC-3: abort 1.t3 vehicle_breakdown
        board
        ",
        expect![[r#"
            08:00 region: fleet YC-1 YC-2 YC-3 YC-4
            10:00 li: call 中山北街
                incident 1 opened: 中山北街
                call 1.c1 taken
            10:01 li: send 1 YC-1 YC-2
                (vehicles_sent) incident 1 wants 2 vehicle(s)
                task 1.t1: YC-1 from station, order stands until 10:03:00
                task 1.t2: YC-2 from station, order stands until 10:03:00
                call 1.c1: dispatched
            10:01 YC-1: order_received 1.t1
                1.t1 order_received
            10:01 YC-2: left_scene 1.t2
                1.t2 left_scene
            10:02 li: send 1 YC-3
                (vehicles_sent) incident 1 wants 3 vehicle(s)
                task 1.t3: YC-3 from station, order stands until 10:04:00
            10:03 YC-3: abort 1.t3 vehicle_breakdown
                1.t3 aborted: vehicle_breakdown
                (vehicle_unfit) YC-3 paused: repair
            board
                | 1 open, WAITS
                |   1.c1 dispatched
                |   1.t1 YC-1 running: created 10:01:00, order_received 10:01:00, NOT SEEN: with_vehicles (15)
                |   1.t2 YC-2 running: created 10:01:00, left_scene 10:01:00
                |   1.t3 YC-3 aborted (vehicle_breakdown): created 10:02:00
                | YC-1 [1] order_received on 1.t1 since 10:01:00
                | YC-2 [4] patient_on_board on 1.t2 since 10:01:00
                | YC-3 [9] paused at station (repair) since 10:03:00
                | YC-4 [7] at station since 08:00:00
        "#]],
    );
}

/// What a crew counted at the scene is news to the others, not to itself.
#[test]
fn what_a_crew_told_is_no_change_to_itself() {
    check(
        "
        08:00 region: fleet YC-1 YC-2
        10:00 li: call 中山北街
        10:01 li: send 1 YC-1 YC-2
        10:02 YC-1: at_scene 1.t1 counted=4
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
            10:02 YC-1: at_scene 1.t1 counted=4
                1.t1 at_scene {"patients":{"counted_at_scene":4}}
            board
                | 1 open, order not received
                |   1.c1 dispatched
                |   1.t1 YC-1 running: created 10:01:00, at_scene 10:02:00
                |   1.t2 YC-2 running: created 10:01:00, NOT SEEN: patient_count (9)
                | YC-1 [3] at_scene on 1.t1 since 10:02:00
                | YC-2 [0] assigned on 1.t2 since 10:01:00
        "#]],
    );
}

#[test]
fn a_dispatcher_acknowledges_for_a_crew_that_was_told_by_radio() {
    check(
        "
        08:00 region: fleet YC-1
        10:00 li: call 中山北街
        10:01 li: send 1 YC-1
        10:01 YC-1: departed 1.t1
        10:02 li: seen_change 1.t1 6
        10:02 li: amend 1 complaint=昏迷
        10:02 li: seen_change 1.t1 99
        10:03 li: seen_change 1.t1 7
        10:04 YC-1: seen_change 1.t1 7
        10:04 YC-1: seen_change 1.t1 99
        10:05 li: abort 1.t1 other confirmed
        10:06 YC-1: seen_change 1.t1 6
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
            10:01 YC-1: departed 1.t1
                1.t1 departed
            10:02 li: seen_change 1.t1 6
                ! no_order_change: the order of task 1.t1 has no such change to acknowledge; look at the order as it is now
            10:02 li: amend 1 complaint=昏迷
                incident 1 amended: {"complaint":"昏迷"}
            10:02 li: seen_change 1.t1 99
                ! no_order_change: the order of task 1.t1 has no such change to acknowledge; look at the order as it is now
            10:03 li: seen_change 1.t1 7
                1.t1 changes up to 7 seen
            10:04 YC-1: seen_change 1.t1 7
                1.t1 changes up to 7 seen
            10:04 YC-1: seen_change 1.t1 99
                ! no_order_change: the order of task 1.t1 has no such change to acknowledge; look at the order as it is now
                kept: YC-1 pressed acknowledge_order_change 1.t1, refused as no_order_change
            10:05 li: abort 1.t1 other confirmed
                1.t1 aborted: other
            10:06 YC-1: seen_change 1.t1 6
                ! task_over: task 1.t1 has ended; its order no longer stands
                kept: YC-1 pressed acknowledge_order_change 1.t1, refused as task_over
            board
                | 1 open, WAITS
                |   1.c1 dispatched
                |   1.t1 YC-1 aborted (other): created 10:01:00, departed 10:01:00
                | YC-1 [6] available on the road since 10:05:00
        "#]],
    );
}

/// A crew that reports a patient against the centre goes on with its order, and is told of it.
#[test]
fn a_crew_that_goes_on_against_the_centre_is_told_too() {
    check(
        "
        08:00 region: fleet YC-1
        10:00 li: call 中山北街
        10:01 li: send 1 YC-1
        10:02 li: abort 1.t1 other confirmed
        10:03 YC-1: left_scene 1.t1
        10:04 li: note 1 家属自行前往医院
        board
        10:05 YC-1: seen_change 1.t1 8
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
            10:02 li: abort 1.t1 other confirmed
                1.t1 aborted: other
            10:03 YC-1: left_scene 1.t1
                1.t1 left_scene reported, AGAINST THE CENTRE, pressed after the end
            10:04 li: note 1 家属自行前往医院
                note on 1: 家属自行前往医院
            board
                | 1 open, WAITS
                |   1.c1 dispatched
                |   1.t1 YC-1 aborted (other): created 10:01:00, left_scene 10:03:00
                | YC-1 [4] available on the road since 10:03:00, CREW REPORTS left_scene of 1.t1
            10:05 YC-1: seen_change 1.t1 8
                1.t1 changes up to 8 seen
            board
                | 1 open, WAITS
                |   1.c1 dispatched
                |   1.t1 YC-1 aborted (other): created 10:01:00, left_scene 10:03:00
                | YC-1 [4] available on the road since 10:03:00, CREW REPORTS left_scene of 1.t1
        "#]],
    );
}

#[test]
fn a_next_order_that_changes_is_asked_anew() {
    check(
        "
        08:00 region: fleet YC-1
        10:00 li: call 中山北街
        10:01 li: send 1 YC-1
        10:30 YC-1: at_hospital 1.t1
        10:31 li: call 上海路
        10:32 li: promise YC-1 2
        10:33 YC-1: seen_next YC-1 2
        10:34 li: amend 2 complaint=昏迷
        10:40 YC-1: finished 1.t1 patients=1
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
            10:32 li: promise YC-1 2
                YC-1 promised to 2 until 10:52:00
            10:33 YC-1: seen_next YC-1 2
                YC-1 has seen that 2 is next
            10:34 li: amend 2 complaint=昏迷
                incident 2 amended: {"complaint":"昏迷"}
            10:40 YC-1: finished 1.t1 patients=1
                1.t1 finished {"patients_carried":1}
                (follow_on) task 2.t1: YC-1 from road, order stands until 10:42:00
                call 2.c1: dispatched
                (last_task_ended) incident 1 closed
        "#]],
    );
}

/// Nobody drives on to a patient in the belief that it is an exercise.
#[test]
fn an_exercise_that_became_real_is_a_change_of_its_orders() {
    check(
        "
        08:00 region: fleet YC-1
        10:00 li: call 靶场 exercise=yes
        10:01 li: send 1 YC-1
        10:01 YC-1: order_received 1.t1
        10:02 li: amend 1 exercise=no
        board
        ",
        expect![[r#"
            08:00 region: fleet YC-1
            10:00 li: call 靶场 exercise=yes
                incident 1 opened: 靶场
                call 1.c1 taken
            10:01 li: send 1 YC-1
                task 1.t1: YC-1 from station, order stands until 10:03:00
                call 1.c1: dispatched
            10:01 YC-1: order_received 1.t1
                1.t1 order_received
            10:02 li: amend 1 exercise=no
                incident 1 amended: {"test":false}
            board
                | 1 open
                |   1.c1 dispatched
                |   1.t1 YC-1 running: created 10:01:00, order_received 10:01:00, NOT SEEN: kind (7)
                | YC-1 [1] order_received on 1.t1 since 10:01:00
        "#]],
    );
}
