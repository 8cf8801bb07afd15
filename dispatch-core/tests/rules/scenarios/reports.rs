//! A press is a fact at the time it was made, whatever the centre did meanwhile.

use super::check;
use expect_test::expect;

/// Offline at the scene the crew takes its patient on board; then the caller cancels.
#[test]
fn a_patient_on_board_outlives_a_cancel() {
    check(
        "
        08:00 region: fleet YC-1
        10:00 li: call 中山北街
        10:00 li: call 上海路
        10:01 li: send 1 YC-1
        10:08 YC-1: at_scene 1.t1
        10:20 li: cancel 1 caller_cancelled
        10:21@10:19 YC-1: left_scene 1.t1 hospital=NX-H1
        board
        10:22 li: send 2 YC-1
        10:22 li: pause YC-1 meal
        10:22 li: off_duty YC-1
        10:22 li: hand_over YC-1 guyuan
        10:23 li: keep YC-1
        board
        10:30 YC-1: at_hospital 1.t1
        10:40 YC-1: finished 1.t1 patients=1
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
            10:08 YC-1: at_scene 1.t1
                1.t1 at_scene
            10:20 li: cancel 1 caller_cancelled
                ! crew_at_scene: the crew of YC-1 is at the scene and may have a patient; ask it by radio, then confirm
            10:21@10:19 YC-1: left_scene 1.t1 hospital=NX-H1
                1.t1 left_scene {"hospital":"NX-H1"}
            board
                | 1 open
                |   1.c1 dispatched
                |   1.t1 YC-1 running: created 10:01:00, at_scene 10:08:00, left_scene 10:19:00
                | 2 open, WAITS
                |   2.c1 open
                | YC-1 [4] patient_on_board on 1.t1 since 10:19:00
            10:22 li: send 2 YC-1
                ! vehicle_on_task: vehicle YC-1 is on task 1.t1; let that task end, or divert the vehicle
            10:22 li: pause YC-1 meal
                ! vehicle_on_task: vehicle YC-1 is on task 1.t1; let that task end, or divert the vehicle
            10:22 li: off_duty YC-1
                ! vehicle_on_task: vehicle YC-1 is on task 1.t1; let that task end, or divert the vehicle
            10:22 li: hand_over YC-1 guyuan
                ! vehicle_on_task: vehicle YC-1 is on task 1.t1; let that task end, or divert the vehicle
            10:23 li: keep YC-1
                ! nothing_to_settle: vehicle YC-1 has nothing to settle; somebody was first
            board
                | 1 open
                |   1.c1 dispatched
                |   1.t1 YC-1 running: created 10:01:00, at_scene 10:08:00, left_scene 10:19:00
                | 2 open, WAITS
                |   2.c1 open
                | YC-1 [4] patient_on_board on 1.t1 since 10:19:00
            10:30 YC-1: at_hospital 1.t1
                1.t1 at_hospital
            10:40 YC-1: finished 1.t1 patients=1
                1.t1 finished {"patients_carried":1}
                (last_task_ended) incident 1 closed
            board
                | 1 closed by itself
                |   1.c1 dispatched
                |   1.t1 YC-1 finished: created 10:01:00, at_scene 10:08:00, left_scene 10:19:00, at_hospital 10:30:00, finished 10:40:00
                | 2 open, WAITS
                |   2.c1 open
                | YC-1 [6] on the road home from 1.t1 since 10:40:00
        "#]],
    );
}

/// The order for another patient was given already: the first patient stays on board, the second waits.
#[test]
fn a_patient_on_board_outlives_a_redirect() {
    check(
        "
        08:00 region: fleet YC-1
        10:00 li: call 中山北街
        10:00 li: call 上海路
        10:01 li: send 1 YC-1
        10:10 li: divert YC-1 2 nearer
        10:12@10:09 YC-1: left_scene 1.t1
        board
        10:13 li: divert YC-1 1 nearer
        10:13 li: cancel 1 caller_cancelled
        10:14 li: keep YC-1 电台确认
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
            10:10 li: divert YC-1 2 nearer
                1.t1 diverted to 2: nearer
                call 1.c1: reassigned (nearer)
                task 2.t1: YC-1 from station, order stands until 10:12:00, after 1.t1
                call 2.c1: dispatched
            10:12@10:09 YC-1: left_scene 1.t1
                1.t1 left_scene reported, AGAINST THE CENTRE, pressed before the end
            board
                | 1 open, WAITS
                |   1.c1 reassigned (nearer)
                |   1.t1 YC-1 diverted to 2: created 10:01:00, left_scene 10:09:00
                | 2 open, WAITS
                |   2.c1 dispatched
                |   2.t1 YC-1 running: created 10:10:00
                | YC-1 [4] assigned on 2.t1 since 10:09:00, CREW REPORTS left_scene of 1.t1
            10:13 li: divert YC-1 1 nearer
                ! crew_report_open: the crew of YC-1 reports a patient of task 1.t1, which the centre had ended; settle that first
            10:13 li: cancel 1 caller_cancelled
                ! crew_report_open: the crew of YC-1 reports a patient of task 1.t1, which the centre had ended; settle that first
            10:14 li: keep YC-1 电台确认
                call 1.c1: dispatched
                (crew_report_kept) 2.t1 aborted: other
                YC-1 report of 1.t1 kept
            board
                | 1 open
                |   1.c1 dispatched
                |   1.t1 YC-1 running: created 10:01:00, left_scene 10:09:00
                | 2 open, WAITS
                |   2.c1 dispatched
                |   2.t1 YC-1 aborted (other): created 10:10:00
                | YC-1 [4] patient_on_board on 1.t1 since 10:09:00
        "#]],
    );
}

/// Pressed after the cancel was recorded, and before the terminal knew: the patient is on board all the same.
/// A clock that cannot be right decides nothing.
#[test]
fn a_crew_that_did_not_know_is_believed_too() {
    check(
        "
        08:00 region: fleet YC-1 YC-2
        10:00 li: call 中山北街
        10:01 li: send 1 YC-1 YC-2
        10:05 li: cancel 1 caller_cancelled
        10:09@10:06 YC-1: left_scene 1.t1
        10:09@13:00 YC-2: at_scene 1.t2
        board
        10:15 YC-1: at_hospital 1.t1
        10:25 YC-1: finished 1.t1 patients=1
        10:26 li: wrong YC-2 没有病人
        board
        10:27 li: keep YC-1
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
            10:05 li: cancel 1 caller_cancelled
                1.t1 aborted: incident_cancelled
                1.t2 aborted: incident_cancelled
                incident 1 cancelled: caller_cancelled
            10:09@10:06 YC-1: left_scene 1.t1
                1.t1 left_scene reported, AGAINST THE CENTRE, pressed after the end
            10:09@13:00 YC-2: at_scene 1.t2
                1.t2 at_scene reported, AGAINST THE CENTRE [clock doubtful]
            board
                | 1 cancelled (caller_cancelled)
                |   1.c1 dispatched
                |   1.t1 YC-1 aborted (incident_cancelled): created 10:01:00, left_scene 10:06:00
                |   1.t2 YC-2 aborted (incident_cancelled): created 10:01:00, at_scene 10:09:00?
                | YC-1 [4] available on the road since 10:06:00, CREW REPORTS left_scene of 1.t1
                | YC-2 [3] available on the road since 10:09:00, CREW REPORTS at_scene of 1.t2
            10:15 YC-1: at_hospital 1.t1
                1.t1 at_hospital reported, AGAINST THE CENTRE, pressed after the end
            10:25 YC-1: finished 1.t1 patients=1
                1.t1 finished reported, AGAINST THE CENTRE, pressed after the end
            10:26 li: wrong YC-2 没有病人
                YC-2 report of 1.t2 struck
            board
                | 1 cancelled (caller_cancelled)
                |   1.c1 dispatched
                |   1.t1 YC-1 aborted (incident_cancelled): created 10:01:00, left_scene 10:06:00, at_hospital 10:15:00, finished 10:25:00
                |   1.t2 YC-2 aborted (incident_cancelled): created 10:01:00
                | YC-1 [6] available on the road since 10:25:00, CREW REPORTS finished of 1.t1
                | YC-2 [6] available on the road since 10:26:00
            10:27 li: keep YC-1
                YC-1 report of 1.t1 kept
            board
                | 1 cancelled (caller_cancelled)
                |   1.c1 dispatched
                |   1.t1 YC-1 finished: created 10:01:00, left_scene 10:06:00, at_hospital 10:15:00, finished 10:25:00
                |   1.t2 YC-2 aborted (incident_cancelled): created 10:01:00
                | YC-1 [6] on the road home from 1.t1 since 10:27:00
                | YC-2 [6] available on the road since 10:26:00
        "#]],
    );
}

/// Steps that carry no patient are facts for the record: the crew had set out, so it stands on the road.
#[test]
fn what_was_pressed_before_the_scene_asks_nobody() {
    check(
        "
        08:00 region: fleet YC-1
        10:00 li: call 中山北街
        10:01 li: send 1 YC-1
        10:05 li: abort 1.t1 sent_by_mistake
        10:06@10:02 YC-1: order_received 1.t1
        10:06@10:03 YC-1: departed 1.t1
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
            10:05 li: abort 1.t1 sent_by_mistake
                1.t1 aborted: sent_by_mistake
            10:06@10:02 YC-1: order_received 1.t1
                1.t1 order_received reported, pressed before the end
            10:06@10:03 YC-1: departed 1.t1
                1.t1 departed reported, pressed before the end
            board
                | 1 open, WAITS
                |   1.c1 dispatched
                |   1.t1 YC-1 aborted (sent_by_mistake): created 10:01:00, order_received 10:02:00, departed 10:03:00
                | YC-1 [6] available on the road since 10:05:00
        "#]],
    );
}

/// The centre had the steps by radio when it called the task back; the terminal sends its own of the time before. The
/// crew is not told that its patient is refused, and nobody is alarmed by what was known.
#[test]
fn what_the_centre_had_by_radio_before_it_called_back_is_said_again() {
    check(
        "
        08:00 region: fleet YC-1
        10:00 li: call 中山北街
        10:01 li: send 1 YC-1
        10:08 li: at_scene 1.t1
        10:12 li: left_scene 1.t1
        10:15 li: abort 1.t1 vehicle_breakdown !on_board=YC-1
        10:20@10:08 YC-1: at_scene 1.t1
        10:20@10:12 YC-1: left_scene 1.t1
        board
        10:21@10:19 YC-1: at_hospital 1.t1
        ",
        expect![[r#"
            08:00 region: fleet YC-1
            10:00 li: call 中山北街
                incident 1 opened: 中山北街
                call 1.c1 taken
            10:01 li: send 1 YC-1
                task 1.t1: YC-1 from station, order stands until 10:03:00
                call 1.c1: dispatched
            10:08 li: at_scene 1.t1
                1.t1 at_scene
            10:12 li: left_scene 1.t1
                1.t1 left_scene
            10:15 li: abort 1.t1 vehicle_breakdown !on_board=YC-1
                1.t1 aborted: vehicle_breakdown
                (vehicle_unfit) YC-1 paused: repair
            10:20@10:08 YC-1: at_scene 1.t1
                1.t1 at_scene reported, pressed before the end
            10:20@10:12 YC-1: left_scene 1.t1
                1.t1 left_scene reported, pressed before the end
            board
                | 1 open, WAITS
                |   1.c1 dispatched
                |   1.t1 YC-1 aborted (vehicle_breakdown): created 10:01:00, at_scene 10:08:00, left_scene 10:12:00
                | YC-1 [9] paused on the road (repair) since 10:15:00
            10:21@10:19 YC-1: at_hospital 1.t1
                1.t1 at_hospital reported, AGAINST THE CENTRE, pressed after the end
        "#]],
    );
}

/// Pressed after the end, or when no clock can tell, it says that there is a patient all the same.
#[test]
fn a_patient_on_board_said_again_after_the_end_is_believed() {
    check(
        "
        08:00 region: fleet YC-1 YC-2
        10:00 li: call 中山北街
        10:00 li: call 上海路
        10:01 li: send 1 YC-1
        10:01 li: send 2 YC-2
        10:12 li: left_scene 1.t1
        10:12 li: left_scene 2.t1
        10:15 li: abort 1.t1 vehicle_breakdown !on_board=YC-1
        10:15 li: finished 2.t1
        10:20@10:18 YC-1: left_scene 1.t1
        10:21@10:18 YC-2: left_scene 2.t1
        board
        ",
        expect![[r#"
            08:00 region: fleet YC-1 YC-2
            10:00 li: call 中山北街
                incident 1 opened: 中山北街
                call 1.c1 taken
            10:00 li: call 上海路
                incident 2 opened: 上海路
                call 2.c1 taken
            10:01 li: send 1 YC-1
                task 1.t1: YC-1 from station, order stands until 10:03:00
                call 1.c1: dispatched
            10:01 li: send 2 YC-2
                task 2.t1: YC-2 from station, order stands until 10:03:00
                call 2.c1: dispatched
            10:12 li: left_scene 1.t1
                1.t1 left_scene
            10:12 li: left_scene 2.t1
                2.t1 left_scene
            10:15 li: abort 1.t1 vehicle_breakdown !on_board=YC-1
                1.t1 aborted: vehicle_breakdown
                (vehicle_unfit) YC-1 paused: repair
            10:15 li: finished 2.t1
                2.t1 finished
                (last_task_ended) incident 2 closed
            10:20@10:18 YC-1: left_scene 1.t1
                1.t1 left_scene reported, AGAINST THE CENTRE, pressed after the end
            10:21@10:18 YC-2: left_scene 2.t1
                2.t1 left_scene reported, AGAINST THE CENTRE, pressed after the end
            board
                | 1 open, WAITS
                |   1.c1 dispatched
                |   1.t1 YC-1 aborted (vehicle_breakdown): created 10:01:00, left_scene 10:12:00
                | 2 closed by itself
                |   2.c1 dispatched
                |   2.t1 YC-2 finished: created 10:01:00, left_scene 10:12:00, finished 10:15:00
                | YC-1 [4] paused on the road (repair) since 10:18:00, CREW REPORTS left_scene of 1.t1
                | YC-2 [4] on the road home from 2.t1 since 10:18:00, CREW REPORTS left_scene of 2.t1
        "#]],
    );
}
