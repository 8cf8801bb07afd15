//! Putting right what was told: of a task, of what a linked call was, of what it raised.

use super::check;
use expect_test::expect;

/// Hospital, kilometres and patients carried can be set and taken back, also after the end.
#[test]
fn what_a_crew_told_is_put_right() {
    check(
        r#"
        08:00 region: fleet YC-1
        10:00 li: call 中山北街
        10:01 li: send 1 YC-1
        10:10 YC-1: at_scene 1.t1
        10:20 YC-1: left_scene 1.t1 hospital=H-YC-01
        10:30 YC-1: finished 1.t1 patients=1 km=900
        board
        10:31 li: details 1.t1 {}
        10:31 li: details 1.t1 {"distance_km":900}
        10:31 li: details 1.t1 {"distance_km":9000000}
        10:32 li: details 1.t1 {"distance_km":null,"hospital":null}
        10:33 li: details 1.t1 {"patients_carried":0}
        board
        10:34 li: details 1.t1 {"refused_transport":1}
        board
        10:35 YC-1: details 1.t1 {"hospital":null}
        "#,
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
            10:20 YC-1: left_scene 1.t1 hospital=H-YC-01
                1.t1 left_scene {"hospital":"H-YC-01"}
            10:30 YC-1: finished 1.t1 patients=1 km=900
                1.t1 finished {"patients_carried":1,"distance_km":900.0}
                (last_task_ended) incident 1 closed
            board
                | 1 closed by itself
                |   1.c1 dispatched
                |   1.t1 YC-1 finished: created 10:01:00, at_scene 10:10:00, left_scene 10:20:00, finished 10:30:00
                | YC-1 [6] on the road home from 1.t1 since 10:30:00
            10:31 li: details 1.t1 {}
                ! bad_field: changes must change something
            10:31 li: details 1.t1 {"distance_km":900}
                = already recorded
            10:31 li: details 1.t1 {"distance_km":9000000}
                ! bad_field: distance_km is further than one task can lead
            10:32 li: details 1.t1 {"distance_km":null,"hospital":null}
                1.t1 told otherwise: {"hospital":null,"distance_km":null}
            10:33 li: details 1.t1 {"patients_carried":0}
                (patient_left) incident 1 reopened
                1.t1 told otherwise: {"patients_carried":0}
            board
                | 1 open, CLOSE OR SEND? 0 of 1 patients accounted for
                |   1.c1 dispatched
                |   1.t1 YC-1 finished: created 10:01:00, at_scene 10:10:00, left_scene 10:20:00, finished 10:30:00
                | YC-1 [6] on the road home from 1.t1 since 10:30:00
            10:34 li: details 1.t1 {"refused_transport":1}
                1.t1 told otherwise: {"refused_transport":1}
                (last_task_ended) incident 1 closed
            board
                | 1 closed by itself
                |   1.c1 dispatched
                |   1.t1 YC-1 finished: created 10:01:00, at_scene 10:10:00, left_scene 10:20:00, finished 10:30:00
                | YC-1 [6] on the road home from 1.t1 since 10:30:00
            10:35 YC-1: details 1.t1 {"hospital":null}
                ! not_for_crews: only the centre can do this; call it by radio
                kept: YC-1 pressed correct_details 1.t1, refused as not_for_crews, TO SEE
        "#]],
    );
}

/// A call that was a nuisance after all, and what it had raised.
#[test]
fn what_a_linked_call_was() {
    check(
        "
        10:00 li: call 中山北街 priority=urgent
        10:01 li: call 又一位 about=1 priority=critical vehicles=3
        10:02 li: was 1 c1 nuisance
        10:02 li: was 1 c9 nuisance
        10:02 li: was 1 c2 dispatched
        10:03 li: was 1 c2 nuisance
        10:03 li: was 1 c2 nuisance
        board
        10:04 li: amend 1 priority=urgent wanted=1
        board
        10:05 li: was 1 c2 repeat
        10:06 li: separate 1 c2
        10:07 li: was 1 c2 nuisance
        board
        ",
        expect![[r#"
            10:00 li: call 中山北街 priority=urgent
                incident 1 opened: 中山北街
                call 1.c1 taken
            10:01 li: call 又一位 about=1 priority=critical vehicles=3
                call 1.c2 taken
                incident 1 wants 3 vehicle(s)
                (call_more_urgent) incident 1 amended: {"priority":"critical"}
                call 1.c2: repeat
            10:02 li: was 1 c1 nuisance
                ! bad_field: call opened its incident; refuse, cancel or close that
            10:02 li: was 1 c9 nuisance
                ! unknown_call: incident 1 has no call 1.c9; look at its calls again
            10:02 li: was 1 c2 dispatched
                ! bad_field: outcome is written by sending vehicles
            10:03 li: was 1 c2 nuisance
                call 1.c2: nuisance
            10:03 li: was 1 c2 nuisance
                = already recorded
            board
                | 1 open, WAITS FOR 3
                |   1.c1 open
                |   1.c2 nuisance, MAY BE LOWERED to urgent, MAY WANT 1 vehicle(s)
            10:04 li: amend 1 priority=urgent wanted=1
                incident 1 amended: {"priority":"urgent","vehicles_wanted":1}
            board
                | 1 open, WAITS
                |   1.c1 open
                |   1.c2 nuisance
            10:05 li: was 1 c2 repeat
                call 1.c2: repeat
            10:06 li: separate 1 c2
                call 1.c2 is incident 2 now
                incident 2 opened: 又一位
                call 2.c1 taken
                incident 2 wants 3 vehicle(s)
            10:07 li: was 1 c2 nuisance
                ! call_already_separated: call 1.c2 is incident 2 already; open that one
            board
                | 1 open, WAITS
                |   1.c1 open
                |   1.c2 repeat, incident 2 now
                | 2 open, WAITS FOR 3
                |   2.c1 open
        "#]],
    );
}

/// An incident ends in one answer although an order nobody received stands on it, and its vehicle is free; a crew
/// that comes late with a patient is believed all the same.
#[test]
fn an_order_nobody_received_ends_with_its_incident() {
    check(
        "
        08:00 region: fleet YC-1 YC-2
        10:00 li: call 中山北街
        10:01 li: send 1 YC-1
        10:03:01 region: lapse 1.t1
        10:04 li: send 1 YC-2
        10:05 li: close 1
        10:10 YC-2: at_scene 1.t2
        10:12 YC-2: left_scene 1.t2
        10:40 YC-2: finished 1.t2 patients=1
        board
        10:41 li: close 1 (offline)
        10:41 li: close 1 !out_of_touch=YC-1 (offline)
        board
        10:45@10:20 YC-1: left_scene 1.t1
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
            10:03:01 region: lapse 1.t1
                1.t1 NOBODY RECEIVED THE ORDER
            10:04 li: send 1 YC-2
                task 1.t2: YC-2 from station, order stands until 10:06:00
            10:05 li: close 1
                ! tasks_still_running: incident 1 still has 1 running task(s); end or abort them first
            10:10 YC-2: at_scene 1.t2
                1.t2 at_scene
            10:12 YC-2: left_scene 1.t2
                1.t2 left_scene
            10:40 YC-2: finished 1.t2 patients=1
                1.t2 finished {"patients_carried":1}
            board
                | 1 open, CLOSE OR SEND? 
                |   1.c1 dispatched
                |   1.t1 YC-1 running, NOT ANSWERED: created 10:01:00
                |   1.t2 YC-2 finished: created 10:04:00, at_scene 10:10:00, left_scene 10:12:00, finished 10:40:00
                | YC-1 [0] assigned on 1.t1 since 10:01:00
                | YC-2 [6] on the road home from 1.t2 since 10:40:00
            10:41 li: close 1 (offline)
                ! crew_out_of_touch: the crew of YC-1 is out of touch and may have a patient already; ask by radio, then confirm
            10:41 li: close 1 !out_of_touch=YC-1 (offline)
                (ended_unreceived) 1.t1 aborted: other
                incident 1 closed
            board
                | 1 closed by hand
                |   1.c1 dispatched
                |   1.t1 YC-1 aborted (other): created 10:01:00
                |   1.t2 YC-2 finished: created 10:04:00, at_scene 10:10:00, left_scene 10:12:00, finished 10:40:00
                | YC-1 [7] at station since 10:41:00
                | YC-2 [6] on the road home from 1.t2 since 10:40:00
            10:45@10:20 YC-1: left_scene 1.t1
                1.t1 left_scene reported, AGAINST THE CENTRE, pressed before the end
            board
                | 1 closed by hand
                |   1.c1 dispatched
                |   1.t1 YC-1 aborted (other): created 10:01:00, left_scene 10:20:00
                |   1.t2 YC-2 finished: created 10:04:00, at_scene 10:10:00, left_scene 10:12:00, finished 10:40:00
                | YC-1 [4] available on the road since 10:20:00, CREW REPORTS left_scene of 1.t1
                | YC-2 [6] on the road home from 1.t2 since 10:40:00
        "#]],
    );
}

/// The same as it is suspended or refused.
#[test]
fn nobody_received_it_and_the_incident_waits_or_is_refused() {
    check(
        "
        08:00 region: fleet YC-1
        10:00 li: call 中山北街
        10:01 li: send 1 YC-1
        10:02 li: suspend 1 awaiting_caller
        10:03:01 region: lapse 1.t1
        10:04 li: suspend 1 awaiting_caller
        10:05 li: resume 1
        10:06 li: send 1 YC-1
        10:08:01 region: lapse 1.t2
        10:09 li: refuse 1 not_medical
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
            10:02 li: suspend 1 awaiting_caller
                ! tasks_still_running: incident 1 still has 1 running task(s); end or abort them first
            10:03:01 region: lapse 1.t1
                1.t1 NOBODY RECEIVED THE ORDER
            10:04 li: suspend 1 awaiting_caller
                (ended_unreceived) 1.t1 aborted: other
                incident 1 suspended: awaiting_caller
            10:05 li: resume 1
                incident 1 resumed
            10:06 li: send 1 YC-1
                task 1.t2: YC-1 from station, order stands until 10:08:00
            10:08:01 region: lapse 1.t2
                1.t2 NOBODY RECEIVED THE ORDER
            10:09 li: refuse 1 not_medical
                (ended_unreceived) 1.t2 aborted: other
                incident 1 refused: not_medical
            board
                | 1 refused (not_medical)
                |   1.c1 dispatched
                |   1.t1 YC-1 aborted (other): created 10:01:00
                |   1.t2 YC-1 aborted (other): created 10:06:00
                | YC-1 [7] at station since 10:09:00
        "#]],
    );
}
