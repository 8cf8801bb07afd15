//! Crews that said something before the centre knew it: gone before they were sent, with a patient of
//! another order, counting at a scene that is over; and vehicles that left service.

use super::check;
use expect_test::expect;

/// Out of touch the crew goes off duty; then it is sent. Its word holds: the order is no help, and asks.
#[test]
fn off_duty_before_the_order_is_the_fact_and_the_order_asks() {
    check(
        "
        08:00 region: fleet YC-1 YC-2
        10:00 li: call 中山北街
        10:01 li: send 1 YC-1
        10:02@09:58 YC-1: off_duty YC-1
        board
        10:03 YC-1: receipt 1.t1
        board
        10:04 li: send 1 YC-2
        10:05 li: abort 1.t1 crew_unable
        board
        ",
        expect![[r#"
            08:00 region: fleet YC-1 YC-2
            10:00 li: call 中山北街
                incident 1 opened: 中山北街
                call 1.c1 taken
            10:01 li: send 1 YC-1
                task 1.t1: YC-1 from station, order stands until 10:03:00
                call 1.c1: dispatched
            10:02@09:58 YC-1: off_duty YC-1
                YC-1 was off_duty before 1.t1, which waits
            board
                | 1 open, WAITS
                |   1.c1 dispatched
                |   1.t1 YC-1 running, NOT ANSWERED: created 10:01:00
                | YC-1 [8] assigned on 1.t1 since 09:58:00
                | YC-2 [7] at station since 08:00:00
            10:03 YC-1: receipt 1.t1
                1.t1 order on the screen
            board
                | 1 open, WAITS
                |   1.c1 dispatched
                |   1.t1 YC-1 running, NOT ANSWERED: created 10:01:00
                | YC-1 [8] assigned on 1.t1 since 09:58:00
                | YC-2 [7] at station since 08:00:00
            10:04 li: send 1 YC-2
                task 1.t2: YC-2 from station, order stands until 10:06:00
            10:05 li: abort 1.t1 crew_unable
                1.t1 aborted: crew_unable
            board
                | 1 open, order not received
                |   1.c1 dispatched
                |   1.t1 YC-1 aborted (crew_unable): created 10:01:00
                |   1.t2 YC-2 running: created 10:04:00
                | YC-1 [8] off duty since 09:58:00
                | YC-2 [0] assigned on 1.t2 since 10:04:00
        "#]],
    );
}

/// A pause holds as well, and a crew that is back goes on with what it was sent for.
#[test]
fn a_crew_that_is_back_goes_on_with_its_order() {
    check(
        "
        08:00 region: fleet YC-1
        10:00 li: call 中山北街
        10:01 li: send 1 YC-1
        10:02@09:58 YC-1: pause YC-1 fuel
        10:02@10:01:30 YC-1: off_duty YC-1
        board
        10:03 YC-1: unpause YC-1
        10:03 YC-1: receipt 1.t1
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
            10:02@09:58 YC-1: pause YC-1 fuel
                YC-1 was paused before 1.t1, which waits
            10:02@10:01:30 YC-1: off_duty YC-1
                ! vehicle_on_task: vehicle YC-1 is on task 1.t1; let that task end, or divert the vehicle
                kept: YC-1 pressed go_off_duty, refused as vehicle_on_task, TO SEE
            board
                | 1 open, WAITS
                |   1.c1 dispatched
                |   1.t1 YC-1 running, NOT ANSWERED: created 10:01:00
                | YC-1 [9] assigned on 1.t1 since 09:58:00, 1 refused to see
            10:03 YC-1: unpause YC-1
                YC-1 is back for 1.t1
            10:03 YC-1: receipt 1.t1
                1.t1 order on the screen
            board
                | 1 open
                |   1.c1 dispatched
                |   1.t1 YC-1 running: created 10:01:00
                | YC-1 [0] assigned on 1.t1 since 10:03:00, 1 refused to see
        "#]],
    );
}

/// The patient of the first order is on board: the second patient is served by nobody.
#[test]
fn a_vehicle_with_the_patient_of_another_order_is_no_help() {
    check(
        "
        08:00 region: fleet YC-1
        10:00 li: call 中山北街
        10:00 li: call 上海路
        10:01 li: send 1 YC-1
        10:02 YC-1: receipt 1.t1
        10:05 li: divert YC-1 2 nearer
        10:05 YC-1: receipt 2.t1
        10:06@10:04 YC-1: left_scene 1.t1
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
            10:02 YC-1: receipt 1.t1
                1.t1 order on the screen
            10:05 li: divert YC-1 2 nearer
                1.t1 diverted to 2: nearer
                call 1.c1: reassigned (nearer)
                task 2.t1: YC-1 from station, order stands until 10:07:00, after 1.t1
                call 2.c1: dispatched
            10:05 YC-1: receipt 2.t1
                2.t1 order on the screen
            10:06@10:04 YC-1: left_scene 1.t1
                1.t1 left_scene reported, AGAINST THE CENTRE, pressed before the end
            board
                | 1 open, WAITS
                |   1.c1 reassigned (nearer)
                |   1.t1 YC-1 diverted to 2: created 10:01:00, left_scene 10:04:00
                | 2 open, WAITS
                |   2.c1 dispatched
                |   2.t1 YC-1 running: created 10:05:00
                | YC-1 [4] assigned on 2.t1 since 10:04:00, CREW REPORTS left_scene of 1.t1
            10:30 YC-1: at_hospital 1.t1
                1.t1 at_hospital reported, AGAINST THE CENTRE, pressed after the end
            10:40 YC-1: finished 1.t1 patients=1
                1.t1 finished reported, AGAINST THE CENTRE, pressed after the end
            board
                | 1 open, WAITS
                |   1.c1 reassigned (nearer)
                |   1.t1 YC-1 diverted to 2: created 10:01:00, left_scene 10:04:00, at_hospital 10:30:00, finished 10:40:00
                | 2 open
                |   2.c1 dispatched
                |   2.t1 YC-1 running: created 10:05:00
                | YC-1 [0] assigned on 2.t1 since 10:40:00, CREW REPORTS finished of 1.t1
        "#]],
    );
}

/// What a crew counted counts, however late it comes: an incident that had closed itself opens again.
#[test]
fn a_late_press_tells_how_many_patients_there_are() {
    check(
        "
        08:00 region: fleet YC-1
        10:00 li: call 中山北街
        10:01 li: send 1 YC-1
        10:20 YC-1: left_scene 1.t1
        10:30 YC-1: at_hospital 1.t1
        10:40 YC-1: finished 1.t1 patients=1
        board
        10:41@10:10 YC-1: at_scene 1.t1 counted=3
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
            10:20 YC-1: left_scene 1.t1
                1.t1 left_scene
            10:30 YC-1: at_hospital 1.t1
                1.t1 at_hospital
            10:40 YC-1: finished 1.t1 patients=1
                1.t1 finished {"patients_carried":1}
                (last_task_ended) incident 1 closed
            board
                | 1 closed by itself
                |   1.c1 dispatched
                |   1.t1 YC-1 finished: created 10:01:00, left_scene 10:20:00, at_hospital 10:30:00, finished 10:40:00
                | YC-1 [6] on the road home from 1.t1 since 10:40:00
            10:41@10:10 YC-1: at_scene 1.t1 counted=3
                1.t1 at_scene reported, pressed before the end
                (patient_left) incident 1 reopened
            board
                | 1 open, CLOSE OR SEND? 1 of 3 patients accounted for
                |   1.c1 dispatched
                |   1.t1 YC-1 finished: created 10:01:00, at_scene 10:10:00, left_scene 10:20:00, at_hospital 10:30:00, finished 10:40:00
                | YC-1 [6] on the road home from 1.t1 since 10:40:00
        "#]],
    );
}

/// Another vehicle did what the unreceived order asked for: nothing is under way, and somebody decides.
#[test]
fn an_order_that_nobody_received_does_not_hide_that_all_is_done() {
    check(
        "
        08:00 region: fleet YC-1 YC-2
        10:00 li: call 中山北街
        10:01 li: send 1 YC-1
        10:04 region: lapse 1.t1
        10:05 li: send 1 YC-2
        10:05 li: want 1 1
        10:06 YC-2: receipt 1.t2
        board
        10:20 YC-2: at_hospital 1.t2
        10:40 YC-2: finished 1.t2 patients=1
        board
        10:41 li: abort 1.t1 sent_by_mistake
        board
        ",
        expect![[r#"
            08:00 region: fleet YC-1 YC-2
            10:00 li: call 中山北街
                incident 1 opened: 中山北街
                call 1.c1 taken
            10:01 li: send 1 YC-1
                task 1.t1: YC-1 from station, order stands until 10:03:00
                call 1.c1: dispatched
            10:04 region: lapse 1.t1
                1.t1 NOBODY RECEIVED THE ORDER
            10:05 li: send 1 YC-2
                task 1.t2: YC-2 from station, order stands until 10:07:00
            10:05 li: want 1 1
                = already recorded
            10:06 YC-2: receipt 1.t2
                1.t2 order on the screen
            board
                | 1 open
                |   1.c1 dispatched
                |   1.t1 YC-1 running, NOT ANSWERED: created 10:01:00
                |   1.t2 YC-2 running: created 10:05:00
                | YC-1 [0] assigned on 1.t1 since 10:01:00
                | YC-2 [0] assigned on 1.t2 since 10:05:00
            10:20 YC-2: at_hospital 1.t2
                1.t2 at_hospital
            10:40 YC-2: finished 1.t2 patients=1
                1.t2 finished {"patients_carried":1}
            board
                | 1 open, CLOSE OR SEND? 
                |   1.c1 dispatched
                |   1.t1 YC-1 running, NOT ANSWERED: created 10:01:00
                |   1.t2 YC-2 finished: created 10:05:00, at_hospital 10:20:00, finished 10:40:00
                | YC-1 [0] assigned on 1.t1 since 10:01:00
                | YC-2 [6] on the road home from 1.t2 since 10:40:00
            10:41 li: abort 1.t1 sent_by_mistake
                1.t1 aborted: sent_by_mistake
            board
                | 1 open, CLOSE OR SEND? 1.t1 not replaced
                |   1.c1 dispatched
                |   1.t1 YC-1 aborted (sent_by_mistake): created 10:01:00
                |   1.t2 YC-2 finished: created 10:05:00, at_hospital 10:20:00, finished 10:40:00
                | YC-1 [7] at station since 10:41:00
                | YC-2 [6] on the road home from 1.t2 since 10:40:00
        "#]],
    );
}

/// The terminal of a vehicle that left service is answered once, and its call for help is one.
#[test]
fn a_vehicle_that_left_service_is_answered_and_can_call_for_help() {
    check(
        "
        08:00 region: fleet YC-1
        09:00 YC-1: pause YC-1 fuel
        09:10 YC-1: unpause YC-1
        10:00 region: retire YC-1
        10:05 YC-1: pause YC-1 meal
        board
        10:06 YC-1: sos YC-1
        board
        ",
        expect![[r#"
            08:00 region: fleet YC-1
            09:00 YC-1: pause YC-1 fuel
                YC-1 paused: fuel
            09:10 YC-1: unpause YC-1
                YC-1 resumed
            10:00 region: retire YC-1
                YC-1 retired
            10:05 YC-1: pause YC-1 meal
                ! vehicle_retired: vehicle YC-1 is out of service; call by radio, or have it enrolled again
                kept: YC-1 pressed pause_vehicle, refused as vehicle_retired, TO SEE
            board
            10:06 YC-1: sos YC-1
                (retired_calls_for_help) YC-1 enrolled
                (retired_calls_for_help) YC-1 off duty
                YC-1 CALLS FOR HELP
            board
                | YC-1 [8] off duty since 10:06:00, SOS since 10:06:00
        "#]],
    );
}
