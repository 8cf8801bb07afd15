//! Forward only, skipping allowed, corrected by a second entry.

use super::check;
use expect_test::expect;

#[test]
fn skipping_is_allowed_going_back_is_not() {
    check(
        "
        08:00 region: fleet YC-1
        10:00 li: call 中山北街
        10:01 li: send 1 YC-1
        10:10 YC-1: at_scene 1.t1
        10:11 YC-1: departed 1.t1
        10:12 YC-1: at_scene 1.t1
        10:13 li: created 1.t1
        10:14 YC-1: back_at_station 1.t1
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
            10:11 YC-1: departed 1.t1
                ! milestone_out_of_order: task 1.t1 has reached AtScene; Departed cannot follow it
                kept: YC-1 pressed departed 1.t1, refused as milestone_out_of_order, TO SEE
            10:12 YC-1: at_scene 1.t1
                ! milestone_out_of_order: task 1.t1 has reached AtScene; AtScene cannot follow it
                kept: YC-1 pressed at_scene 1.t1, refused as milestone_out_of_order
            10:13 li: created 1.t1
                ! creation_not_pressed: the creation of a task cannot be pressed or taken back; abort the task instead
            10:14 YC-1: back_at_station 1.t1
                ! milestone_out_of_order: task 1.t1 has reached AtScene; BackAtStation cannot follow it
                kept: YC-1 pressed back_at_station 1.t1, refused as milestone_out_of_order, TO SEE
            board
                | 1 open
                |   1.c1 dispatched
                |   1.t1 YC-1 running: created 10:01:00, at_scene 10:10:00
                | YC-1 [3] at_scene on 1.t1 since 10:10:00, 2 refused to see
        "#]],
    );
}

#[test]
fn finishing_before_the_scene_is_an_abort() {
    check(
        "
        08:00 region: fleet YC-1
        10:00 li: call 中山北街
        10:01 li: send 1 YC-1
        10:03 YC-1: departed 1.t1
        10:04 YC-1: finished 1.t1 patients=1
        10:10 YC-1: at_scene 1.t1
        10:15 YC-1: finished 1.t1 patients=1
        10:16 YC-1: at_hospital 1.t1
        10:17 YC-1: finished 1.t1 patients=1
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
            10:04 YC-1: finished 1.t1 patients=1
                ! milestone_out_of_order: task 1.t1 has reached Departed; Finished cannot follow it
                kept: YC-1 pressed finished 1.t1, refused as milestone_out_of_order, TO SEE
            10:10 YC-1: at_scene 1.t1
                1.t1 at_scene
            10:15 YC-1: finished 1.t1 patients=1
                1.t1 finished {"patients_carried":1}
                (last_task_ended) incident 1 closed
            10:16 YC-1: at_hospital 1.t1
                ! milestone_out_of_order: task 1.t1 has reached Finished; AtHospital cannot follow it
                kept: YC-1 pressed at_hospital 1.t1, refused as milestone_out_of_order, TO SEE
            10:17 YC-1: finished 1.t1 patients=1
                ! milestone_out_of_order: task 1.t1 has reached Finished; Finished cannot follow it
                kept: YC-1 pressed finished 1.t1, refused as milestone_out_of_order
        "#]],
    );
}

/// A defect peers have. The order stands for two minutes unless the terminal had it.
#[test]
fn an_order_that_arrives_hours_late_is_not_shown_as_new() {
    check(
        "
        08:00 region: fleet YC-1 YC-2 YC-3
        10:00 li: call 中山北街
        10:01 li: send 1 YC-1 YC-2 YC-3
        10:02 YC-1: receipt 1.t1
        12:30@12:29 YC-2: receipt 1.t2
        12:30@12:29 YC-2: order_received 1.t2
        12:31@10:02 YC-3: receipt 1.t3
        12:31 YC-1: order_received 1.t1
        12:32 li: order_received 1.t2
        12:33 YC-3: order_received 1.t3
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
            10:02 YC-1: receipt 1.t1
                1.t1 order on the screen
            12:30@12:29 YC-2: receipt 1.t2
                ! order_expired: the order of task 1.t2 expired before it was received; call the centre by radio
                kept: YC-2 pressed device_receipt 1.t2, refused as order_expired
            12:30@12:29 YC-2: order_received 1.t2
                ! order_expired: the order of task 1.t2 expired before it was received; call the centre by radio
                kept: YC-2 pressed order_received 1.t2, refused as order_expired, TO SEE
            12:31@10:02 YC-3: receipt 1.t3
                1.t3 order on the screen
            12:31 YC-1: order_received 1.t1
                1.t1 order_received
            12:32 li: order_received 1.t2
                1.t2 order_received
            12:33 YC-3: order_received 1.t3
                1.t3 order_received
        "#]],
    );
}

#[test]
fn the_expiry_counts_when_the_crew_pressed_not_when_it_arrived() {
    check(
        "
        08:00 region: fleet YC-1 YC-2
        10:00 li: call 中山北街
        10:01 li: send 1 YC-1 YC-2
        10:30@10:02:59 YC-1: order_received 1.t1
        10:30@10:03:01 YC-2: order_received 1.t2
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
            10:30@10:02:59 YC-1: order_received 1.t1
                1.t1 order_received
            10:30@10:03:01 YC-2: order_received 1.t2
                ! order_expired: the order of task 1.t2 expired before it was received; call the centre by radio
                kept: YC-2 pressed order_received 1.t2, refused as order_expired, TO SEE
        "#]],
    );
}

/// Ahead of the server by more than two minutes, before the step it follows, or years old.
#[test]
fn a_clock_that_cannot_be_right_is_doubted() {
    check(
        "
        08:00 region: fleet YC-1
        10:00 li: call 中山北街
        10:01 li: send 1 YC-1
        10:01@10:00:58 YC-1: receipt 1.t1
        10:02@10:03:30 YC-1: order_received 1.t1
        10:03@23:00 YC-1: departed 1.t1
        10:10@10:02 YC-1: at_scene 1.t1
        10:20 YC-1: left_scene 1.t1
        10:30@day-9000+00:00 YC-1: sos YC-1
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
            10:01@10:00:58 YC-1: receipt 1.t1
                1.t1 order on the screen
            10:02@10:03:30 YC-1: order_received 1.t1
                1.t1 order_received
            10:03@23:00 YC-1: departed 1.t1
                1.t1 departed [clock doubtful]
            10:10@10:02 YC-1: at_scene 1.t1
                1.t1 at_scene [clock doubtful]
            10:20 YC-1: left_scene 1.t1
                1.t1 left_scene
            10:30@day-9000+00:00 YC-1: sos YC-1
                YC-1 CALLS FOR HELP [clock doubtful]
            board
                | 1 open
                |   1.c1 dispatched
                |   1.t1 YC-1 running: created 10:01:00, order_received 10:02:00, departed 10:03:00?, at_scene 10:10:00?, left_scene 10:20:00
                | YC-1 [4] patient_on_board on 1.t1 since 10:20:00, SOS since 10:30:00
        "#]],
    );
}

#[test]
fn a_skipped_milestone_is_filled_in_and_a_wrong_one_corrected() {
    check(
        "
        08:00 region: fleet YC-1
        10:00 li: call 中山北街
        10:01 li: send 1 YC-1
        10:12 YC-1: at_scene 1.t1
        10:13 li: correct 1.t1 departed 10:03
        10:14 li: correct 1.t1 at_scene 10:09 忘按
        10:14 li: correct 1.t1 departed 10:10
        10:14 li: correct 1.t1 departed 10:00
        10:14 li: correct 1.t1 at_scene 10:15
        10:14 li: correct 1.t1 left_scene 10:14
        10:14 li: correct 1.t1 created 10:00
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
            10:12 YC-1: at_scene 1.t1
                1.t1 at_scene
            10:13 li: correct 1.t1 departed 10:03
                1.t1 departed corrected: blank -> 10:03:00
            10:14 li: correct 1.t1 at_scene 10:09 忘按
                1.t1 at_scene corrected: 10:12:00 -> 10:09:00
            10:14 li: correct 1.t1 departed 10:10
                ! time_out_of_order: Departed of task 1.t1 cannot lie there: it must lie between its neighbours and not in the future
            10:14 li: correct 1.t1 departed 10:00
                ! time_out_of_order: Departed of task 1.t1 cannot lie there: it must lie between its neighbours and not in the future
            10:14 li: correct 1.t1 at_scene 10:15
                ! time_out_of_order: AtScene of task 1.t1 cannot lie there: it must lie between its neighbours and not in the future
            10:14 li: correct 1.t1 left_scene 10:14
                ! milestone_out_of_order: task 1.t1 has reached AtScene; LeftScene cannot follow it
            10:14 li: correct 1.t1 created 10:00
                ! creation_not_pressed: the creation of a task cannot be pressed or taken back; abort the task instead
            board
                | 1 open
                |   1.c1 dispatched
                |   1.t1 YC-1 running: created 10:01:00, departed 10:03:00*, at_scene 10:09:00*
                | YC-1 [3] at_scene on 1.t1 since 10:09:00
        "#]],
    );
}

#[test]
fn times_are_corrected_after_the_end_too() {
    check(
        "
        08:00 region: fleet YC-1
        10:00 li: call 中山北街
        10:01 li: send 1 YC-1
        10:12 YC-1: at_scene 1.t1
        10:30 YC-1: finished 1.t1 patients=1
        10:31 li: correct 1.t1 left_scene 10:15
        10:31 li: correct 1.t1 back_at_station 10:31
        10:40 YC-1: off_duty YC-1
        10:50 li: correct 1.t1 back_at_station 10:38
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
            10:12 YC-1: at_scene 1.t1
                1.t1 at_scene
            10:30 YC-1: finished 1.t1 patients=1
                1.t1 finished {"patients_carried":1}
                (last_task_ended) incident 1 closed
            10:31 li: correct 1.t1 left_scene 10:15
                1.t1 left_scene corrected: blank -> 10:15:00
            10:31 li: correct 1.t1 back_at_station 10:31
                ! milestone_out_of_order: task 1.t1 has reached Finished; BackAtStation cannot follow it
            10:40 YC-1: off_duty YC-1
                YC-1 off duty
            10:50 li: correct 1.t1 back_at_station 10:38
                1.t1 back_at_station corrected: blank -> 10:38:00
            board
                | 1 closed by itself
                |   1.c1 dispatched
                |   1.t1 YC-1 finished: created 10:01:00, at_scene 10:12:00, left_scene 10:15:00*, finished 10:30:00, back_at_station 10:38:00*
                | YC-1 [8] off duty since 10:40:00
        "#]],
    );
}

#[test]
fn a_return_nobody_pressed_belongs_to_the_task_before() {
    check(
        "
        08:00 region: fleet YC-1
        10:00 li: call 中山北街
        10:01 li: send 1 YC-1
        10:12 YC-1: at_scene 1.t1
        10:30 YC-1: finished 1.t1 patients=1
        10:40 YC-1: return YC-1
        10:41 YC-1: back_at_station 1.t1
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
            10:12 YC-1: at_scene 1.t1
                1.t1 at_scene
            10:30 YC-1: finished 1.t1 patients=1
                1.t1 finished {"patients_carried":1}
                (last_task_ended) incident 1 closed
            10:40 YC-1: return YC-1
                1.t1 back_at_station
            10:41 YC-1: back_at_station 1.t1
                ! milestone_out_of_order: task 1.t1 has reached BackAtStation; BackAtStation cannot follow it
                kept: YC-1 pressed back_at_station 1.t1, refused as milestone_out_of_order
            board
                | 1 closed by itself
                |   1.c1 dispatched
                |   1.t1 YC-1 finished: created 10:01:00, at_scene 10:12:00, finished 10:30:00, back_at_station 10:40:00
                | YC-1 [7] at station since 10:40:00
        "#]],
    );
}
