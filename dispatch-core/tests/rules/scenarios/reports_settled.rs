//! How a crew's word against the centre's comes to an end, and where else it is heard.

use super::check;
use expect_test::expect;

/// A crew may take its own word back; a dispatcher has its own way.
#[test]
fn a_report_is_taken_back_by_the_crew() {
    check(
        "
        08:00 region: fleet YC-1
        10:00 li: call 中山北街
        10:01 li: send 1 YC-1
        10:05 li: abort 1.t1 road_blocked
        10:06 YC-1: at_scene 1.t1
        10:07 YC-1: left_scene 1.t1
        10:08 li: undo 1.t1 left_scene
        10:08 YC-1: undo 1.t1 left_scene
        board
        10:09 YC-1: undo 1.t1 at_scene
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
            10:05 li: abort 1.t1 road_blocked
                1.t1 aborted: road_blocked
            10:06 YC-1: at_scene 1.t1
                1.t1 at_scene reported, AGAINST THE CENTRE, pressed after the end
            10:07 YC-1: left_scene 1.t1
                1.t1 left_scene reported, AGAINST THE CENTRE, pressed after the end
            10:08 li: undo 1.t1 left_scene
                ! task_over: task 1.t1 has ended; its order no longer stands
            10:08 YC-1: undo 1.t1 left_scene
                1.t1 not left_scene
            board
                | 1 open, WAITS
                |   1.c1 dispatched
                |   1.t1 YC-1 aborted (road_blocked): created 10:01:00, at_scene 10:06:00
                | YC-1 [3] available on the road since 10:06:00, CREW REPORTS at_scene of 1.t1
            10:09 YC-1: undo 1.t1 at_scene
                1.t1 not at_scene
            board
                | 1 open, WAITS
                |   1.c1 dispatched
                |   1.t1 YC-1 aborted (road_blocked): created 10:01:00
                | YC-1 [6] available on the road since 10:01:00
        "#]],
    );
}

/// The centre finished the task for its crew, which has the patient on board; later steps bring no alarm.
#[test]
fn a_finish_entered_by_others_is_contradicted() {
    check(
        "
        08:00 region: fleet YC-1
        10:00 li: call 中山北街
        10:01 li: send 1 YC-1
        10:10 li: at_scene 1.t1
        10:20 li: finished 1.t1 patients=1
        10:21@10:18 YC-1: left_scene 1.t1
        board
        10:22 li: keep YC-1
        board
        10:30 YC-1: at_hospital 1.t1
        10:40 YC-1: finished 1.t1
        10:41@10:05 YC-1: departed 1.t1
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
            10:10 li: at_scene 1.t1
                1.t1 at_scene
            10:20 li: finished 1.t1 patients=1
                1.t1 finished {"patients_carried":1}
                (last_task_ended) incident 1 closed
            10:21@10:18 YC-1: left_scene 1.t1
                1.t1 left_scene reported, AGAINST THE CENTRE, pressed before the end
            board
                | 1 closed by itself
                |   1.c1 dispatched
                |   1.t1 YC-1 finished: created 10:01:00, at_scene 10:10:00, left_scene 10:18:00, finished 10:20:00
                | YC-1 [4] on the road home from 1.t1 since 10:18:00, CREW REPORTS left_scene of 1.t1
            10:22 li: keep YC-1
                (crew_report_kept) incident 1 reopened
                YC-1 report of 1.t1 kept
            board
                | 1 open
                |   1.c1 dispatched
                |   1.t1 YC-1 running: created 10:01:00, at_scene 10:10:00, left_scene 10:18:00
                | YC-1 [4] patient_on_board on 1.t1 since 10:18:00
            10:30 YC-1: at_hospital 1.t1
                1.t1 at_hospital
            10:40 YC-1: finished 1.t1
                1.t1 finished
                (last_task_ended) incident 1 closed
            10:41@10:05 YC-1: departed 1.t1
                1.t1 departed reported, pressed before the end
            board
                | 1 closed by itself
                |   1.c1 dispatched
                |   1.t1 YC-1 finished: created 10:01:00, departed 10:05:00, at_scene 10:10:00, left_scene 10:18:00, at_hospital 10:30:00, finished 10:40:00
                | YC-1 [6] on the road home from 1.t1 since 10:40:00
        "#]],
    );
}

/// Lent since: the other centre knows no such task, and still nobody sends the vehicle.
#[test]
fn a_patient_on_board_is_known_at_the_borrowing_centre() {
    check(
        "
        08:00 region: fleet YC-1
        10:00 li: call 中山北街
        10:01 li: send 1 YC-1
        10:05 li: abort 1.t1 sent_by_mistake
        10:06 li: hand_over YC-1 guyuan
        10:06 wu@guyuan: take_over YC-1 1
        10:07@10:04 YC-1@guyuan: left_scene 1.t1
        10:08 wu@guyuan: keep YC-1
        board guyuan
        10:30 YC-1@guyuan: finished 1.t1
        10:31 wu@guyuan: wrong YC-1 病人已送达
        board guyuan
        ",
        expect![[r#"
            08:00 region: fleet YC-1
            10:00 li: call 中山北街
                incident 1 opened: 中山北街
                call 1.c1 taken
            10:01 li: send 1 YC-1
                task 1.t1: YC-1 from station, order stands until 10:03:00
                call 1.c1: dispatched
            10:05 li: abort 1.t1 sent_by_mistake
                1.t1 aborted: sent_by_mistake
            10:06 li: hand_over YC-1 guyuan
                YC-1 handed over to guyuan (number 1)
            10:06 wu@guyuan: take_over YC-1 1
                YC-1 taken over from yinchuan (number 1)
            10:07@10:04 YC-1@guyuan: left_scene 1.t1
                1.t1 left_scene reported, AGAINST THE CENTRE
            10:08 wu@guyuan: keep YC-1
                ! unknown_task: there is no task 1.t1 at this centre; it may have ended long ago
            board guyuan
                | YC-1 [4] at station since 10:04:00, CREW REPORTS left_scene of 1.t1
            10:30 YC-1@guyuan: finished 1.t1
                1.t1 finished reported, AGAINST THE CENTRE
            10:31 wu@guyuan: wrong YC-1 病人已送达
                YC-1 report of 1.t1 struck
            board guyuan
                | YC-1 [7] at station since 10:31:00
        "#]],
    );
}

/// Whatever else a crew pressed in vain stands on the board until a dispatcher has seen it; what holds
/// already, and what only the device says, does not.
#[test]
fn refused_presses_are_to_be_seen() {
    check(
        "
        08:00 region: fleet YC-1
        10:00 li: call 中山北街
        10:01 li: send 1 YC-1
        10:02@10:00 YC-1: off_duty YC-1
        10:03 YC-1: order_received 1.t1
        10:03 YC-1: order_received 1.t1
        10:04 li: abort 1.t1 other
        10:04 YC-1: receipt 1.t1
        board
        10:05 li: see YC-1
        10:05 li: see YC-1
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
            10:02@10:00 YC-1: off_duty YC-1
                YC-1 was off_duty before 1.t1, which waits
            10:03 YC-1: order_received 1.t1
                1.t1 order_received
            10:03 YC-1: order_received 1.t1
                ! milestone_out_of_order: task 1.t1 has reached OrderReceived; OrderReceived cannot follow it
                kept: YC-1 pressed order_received 1.t1, refused as milestone_out_of_order
            10:04 li: abort 1.t1 other
                1.t1 aborted: other
            10:04 YC-1: receipt 1.t1
                ! task_over: task 1.t1 has ended; its order no longer stands
                kept: YC-1 pressed device_receipt 1.t1, refused as task_over
            board
                | 1 open, WAITS
                |   1.c1 dispatched
                |   1.t1 YC-1 aborted (other): created 10:01:00, order_received 10:03:00
                | YC-1 [7] at station since 10:04:00
            10:05 li: see YC-1
                ! nothing_to_settle: vehicle YC-1 has nothing to settle; somebody was first
            10:05 li: see YC-1
                ! nothing_to_settle: vehicle YC-1 has nothing to settle; somebody was first
            board
                | 1 open, WAITS
                |   1.c1 dispatched
                |   1.t1 YC-1 aborted (other): created 10:01:00, order_received 10:03:00
                | YC-1 [7] at station since 10:04:00
        "#]],
    );
}

/// Pressed "finished" by mistake, taken back offline, and sent on meanwhile: the first patient is still there.
#[test]
fn a_finish_taken_back_too_late_is_a_report() {
    check(
        "
        08:00 region: fleet YC-1
        10:00 li: call 中山北街
        10:00 li: call 上海路
        10:01 li: send 1 YC-1
        10:10 YC-1: left_scene 1.t1
        10:20 YC-1: finished 1.t1
        10:21 li: send 2 YC-1
        10:22@10:20 YC-1: undo 1.t1 finished
        board
        10:23 li: keep YC-1
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
            10:10 YC-1: left_scene 1.t1
                1.t1 left_scene
            10:20 YC-1: finished 1.t1
                1.t1 finished
                (last_task_ended) incident 1 closed
            10:21 li: send 2 YC-1
                task 2.t1: YC-1 from road, order stands until 10:23:00
                call 2.c1: dispatched
            10:22@10:20 YC-1: undo 1.t1 finished
                1.t1 left_scene reported, AGAINST THE CENTRE
            board
                | 1 closed by itself
                |   1.c1 dispatched
                |   1.t1 YC-1 finished: created 10:01:00, left_scene 10:10:00, finished 10:20:00
                | 2 open, WAITS
                |   2.c1 dispatched
                |   2.t1 YC-1 running: created 10:21:00
                | YC-1 [4] assigned on 2.t1 since 10:20:00, CREW REPORTS left_scene of 1.t1
            10:23 li: keep YC-1
                (crew_report_kept) incident 1 reopened
                (crew_report_kept) 2.t1 aborted: other
                YC-1 report of 1.t1 kept
            board
                | 1 open
                |   1.c1 dispatched
                |   1.t1 YC-1 running: created 10:01:00, left_scene 10:10:00
                | 2 open, WAITS
                |   2.c1 dispatched
                |   2.t1 YC-1 aborted (other): created 10:21:00
                | YC-1 [4] patient_on_board on 1.t1 since 10:10:00
        "#]],
    );
}

/// Out of touch, a crew presses what the centre has by radio already; then the link is there again.
#[test]
fn what_the_centre_has_by_radio_is_said_again_while_the_task_runs() {
    check(
        "
        08:00 region: fleet YC-1
        10:00 li: call 中山北街
        10:01 li: send 1 YC-1
        10:02 YC-1: order_received 1.t1
        10:08 li: at_scene 1.t1
        10:20 li: left_scene 1.t1
        10:30@10:07 YC-1: at_scene 1.t1
        10:30@10:19 YC-1: left_scene 1.t1 hospital=NX-H1
        10:31 YC-1: at_hospital 1.t1
        10:31 YC-1: at_hospital 1.t1
        10:40 li: finished 1.t1 patients=1
        10:41@10:39 YC-1: finished 1.t1 patients=1
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
            10:02 YC-1: order_received 1.t1
                1.t1 order_received
            10:08 li: at_scene 1.t1
                1.t1 at_scene
            10:20 li: left_scene 1.t1
                1.t1 left_scene
            10:30@10:07 YC-1: at_scene 1.t1
                1.t1 at_scene reported
            10:30@10:19 YC-1: left_scene 1.t1 hospital=NX-H1
                1.t1 left_scene reported
            10:31 YC-1: at_hospital 1.t1
                1.t1 at_hospital
            10:31 YC-1: at_hospital 1.t1
                ! milestone_out_of_order: task 1.t1 has reached AtHospital; AtHospital cannot follow it
                kept: YC-1 pressed at_hospital 1.t1, refused as milestone_out_of_order
            10:40 li: finished 1.t1 patients=1
                1.t1 finished {"patients_carried":1}
                (last_task_ended) incident 1 closed
            10:41@10:39 YC-1: finished 1.t1 patients=1
                1.t1 finished reported, pressed before the end
            board
                | 1 closed by itself
                |   1.c1 dispatched
                |   1.t1 YC-1 finished: created 10:01:00, order_received 10:02:00, at_scene 10:08:00, left_scene 10:20:00, at_hospital 10:31:00, finished 10:40:00
                | YC-1 [6] on the road home from 1.t1 since 10:40:00
        "#]],
    );
}
