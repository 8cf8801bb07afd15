//! Amending, waiting, refusing, closing, reopening.

use super::check;
use expect_test::expect;

#[test]
fn suspend_and_resume() {
    check(
        "
        10:00 li: call 中山北街
        10:01 li: suspend 1 awaiting_other_service
        10:02 li: suspend 1 awaiting_caller
        10:03 li: resume 1
        10:04 li: resume 1
        board
        ",
        expect![[r#"
            10:00 li: call 中山北街
                incident 1 opened: 中山北街
                call 1.c1 taken
            10:01 li: suspend 1 awaiting_other_service
                incident 1 suspended: awaiting_other_service
                call 1.c1: suspended (awaiting_other_service)
            10:02 li: suspend 1 awaiting_caller
                ! already_suspended: incident 1 is already suspended
            10:03 li: resume 1
                incident 1 resumed
            10:04 li: resume 1
                ! not_suspended: incident 1 is not suspended
            board
                | 1 open, WAITS
                |   1.c1 suspended (awaiting_other_service)
        "#]],
    );
}

#[test]
fn a_dispatch_takes_up_a_waiting_incident() {
    check(
        "
        08:00 region: fleet YC-1
        10:00 li: call 中山北街 outcome=suspended why=awaiting_vehicle
        10:10 li: send 1 YC-1
        board
        10:11 li: suspend 1 awaiting_caller
        ",
        expect![[r#"
            08:00 region: fleet YC-1
            10:00 li: call 中山北街 outcome=suspended why=awaiting_vehicle
                incident 1 opened: 中山北街
                call 1.c1 taken
                call 1.c1: suspended (awaiting_vehicle)
                incident 1 suspended: awaiting_vehicle
            10:10 li: send 1 YC-1
                incident 1 resumed
                task 1.t1: YC-1 from station, order stands until 10:12:00
                call 1.c1: dispatched
            board
                | 1 open, order not received
                |   1.c1 dispatched
                |   1.t1 YC-1 running: created 10:10:00
                | YC-1 [0] assigned on 1.t1 since 10:10:00
            10:11 li: suspend 1 awaiting_caller
                ! tasks_still_running: incident 1 still has 1 running task(s); end or abort them first
        "#]],
    );
}

#[test]
fn refuse_only_while_nobody_is_on_the_way() {
    check(
        "
        08:00 region: fleet YC-1
        10:00 li: call 中山北街
        10:01 li: send 1 YC-1
        10:02 li: refuse 1 not_medical
        10:03 li: abort 1.t1 sent_by_mistake
        10:04 li: refuse 1 not_medical
        10:05 li: refuse 1 not_medical
        10:06 li: send 1 YC-1
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
            10:02 li: refuse 1 not_medical
                ! tasks_still_running: incident 1 still has 1 running task(s); end or abort them first
            10:03 li: abort 1.t1 sent_by_mistake
                1.t1 aborted: sent_by_mistake
            10:04 li: refuse 1 not_medical
                incident 1 refused: not_medical
            10:05 li: refuse 1 not_medical
                ! incident_over: incident 1 is over; reopen it first
            10:06 li: send 1 YC-1
                ! incident_over: incident 1 is over; reopen it first
            board
                | 1 refused (not_medical)
                |   1.c1 dispatched
                |   1.t1 YC-1 aborted (sent_by_mistake): created 10:01:00
                | YC-1 [7] at station since 10:03:00
        "#]],
    );
}

/// An incident that no vehicle was ever sent for can be refused or cancelled, not just closed.
#[test]
fn nobody_is_closed_away_without_a_reason() {
    check(
        "
        10:00 li: call 中山北街
        10:01 li: close 1
        10:02 li: cancel 1 caller_cancelled
        board
        ",
        expect![[r#"
            10:00 li: call 中山北街
                incident 1 opened: 中山北街
                call 1.c1 taken
            10:01 li: close 1
                ! never_served: incident 1 was never served; send a vehicle, or cancel or refuse it with a reason
            10:02 li: cancel 1 caller_cancelled
                call 1.c1: cancelled (caller_cancelled)
                incident 1 cancelled: caller_cancelled
            board
                | 1 cancelled (caller_cancelled)
                |   1.c1 cancelled (caller_cancelled)
        "#]],
    );
}

/// A defect peers have.
#[test]
fn a_reopened_incident_does_not_close_itself_again() {
    check(
        "
        08:00 region: fleet YC-1
        10:00 li: call 中山北街
        10:01 li: send 1 YC-1
        10:10 YC-1: at_scene 1.t1
        10:20 YC-1: finished 1.t1 patients=1
        10:21 li: reopen 1 家属又来电
        10:21 li: reopen 1 again
        10:22 li: send 1 YC-1
        10:30 YC-1: at_scene 1.t2
        10:40 YC-1: finished 1.t2 patients=1
        board
        10:41 li: close 1
        10:42 li: close 1
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
            10:21 li: reopen 1 家属又来电
                incident 1 reopened
            10:21 li: reopen 1 again
                ! incident_still_open: incident 1 is still open; nothing to reopen
            10:22 li: send 1 YC-1
                task 1.t2: YC-1 from road, order stands until 10:24:00
            10:30 YC-1: at_scene 1.t2
                1.t2 at_scene
            10:40 YC-1: finished 1.t2 patients=1
                1.t2 finished {"patients_carried":1}
            board
                | 1 open, CLOSE OR SEND? reopened, closes only by hand
                |   1.c1 dispatched
                |   1.t1 YC-1 finished: created 10:01:00, at_scene 10:10:00, finished 10:20:00
                |   1.t2 YC-1 finished: created 10:22:00, at_scene 10:30:00, finished 10:40:00
                | YC-1 [6] on the road home from 1.t2 since 10:40:00
            10:41 li: close 1
                incident 1 closed
            10:42 li: close 1
                ! incident_over: incident 1 is over; reopen it first
            board
                | 1 closed by hand
                |   1.c1 dispatched
                |   1.t1 YC-1 finished: created 10:01:00, at_scene 10:10:00, finished 10:20:00
                |   1.t2 YC-1 finished: created 10:22:00, at_scene 10:30:00, finished 10:40:00
                | YC-1 [6] on the road home from 1.t2 since 10:40:00
        "#]],
    );
}

#[test]
fn closing_by_hand_waits_for_the_last_vehicle() {
    check(
        "
        08:00 region: fleet YC-1
        10:00 li: call 中山北街
        10:01 li: send 1 YC-1
        10:02 li: close 1
        10:03 li: abort 1.t1 gone_on_arrival
        10:04 li: close 1 !unaccounted=1
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
            10:02 li: close 1
                ! tasks_still_running: incident 1 still has 1 running task(s); end or abort them first
            10:03 li: abort 1.t1 gone_on_arrival
                1.t1 aborted: gone_on_arrival
            10:04 li: close 1 !unaccounted=1
                incident 1 closed
            board
                | 1 closed by hand
                |   1.c1 dispatched
                |   1.t1 YC-1 aborted (gone_on_arrival): created 10:01:00
                | YC-1 [7] at station since 10:03:00
        "#]],
    );
}

#[test]
fn amending_changes_only_what_is_named() {
    check(
        "
        10:00 li: call 中山北街 complaint=胸痛
        10:01 li: amend 1 priority=critical complaint=昏迷
        10:02 li: amend 1 waiting=小区东门 destination=NX-H2
        10:03 li: amend 1
        10:04 li: refuse 1 out_of_area
        10:05 li: amend 1 priority=urgent
        ",
        expect![[r#"
            10:00 li: call 中山北街 complaint=胸痛
                incident 1 opened: 中山北街
                call 1.c1 taken
            10:01 li: amend 1 priority=critical complaint=昏迷
                incident 1 amended: {"priority":"critical","complaint":"昏迷"}
            10:02 li: amend 1 waiting=小区东门 destination=NX-H2
                incident 1 amended: {"waiting":{"address":"小区东门","position":{"lon":106.2309,"lat":38.4872},"source":"address_search","error_radius_m":null,"measured_at":null},"destination":"NX-H2"}
            10:03 li: amend 1
                ! bad_field: changes must change something
            10:04 li: refuse 1 out_of_area
                call 1.c1: refused (out_of_area)
                incident 1 refused: out_of_area
            10:05 li: amend 1 priority=urgent
                ! incident_over: incident 1 is over; reopen it first
        "#]],
    );
}

/// A defect peers have. The vehicle stays free until somebody sends it.
#[test]
fn an_appointment_does_not_mark_a_vehicle_busy() {
    check(
        "
        08:00 region: fleet YC-1
        10:00 li: call 血液透析中心 at=15:00
        board
        10:01 wang: call 中山北街
        10:02 wang: send 2 YC-1
        10:10 YC-1: at_scene 2.t1
        10:30 YC-1: finished 2.t1 patients=1
        14:40 li: send 1 YC-1
        board
        ",
        expect![[r#"
            08:00 region: fleet YC-1
            10:00 li: call 血液透析中心 at=15:00
                incident 1 opened: 血液透析中心
                call 1.c1 taken
            board
                | 1 open, WAITS
                |   1.c1 open
                | YC-1 [7] at station since 08:00:00
            10:01 wang: call 中山北街
                incident 2 opened: 中山北街
                call 2.c1 taken
            10:02 wang: send 2 YC-1
                task 2.t1: YC-1 from station, order stands until 10:04:00
                call 2.c1: dispatched
            10:10 YC-1: at_scene 2.t1
                2.t1 at_scene
            10:30 YC-1: finished 2.t1 patients=1
                2.t1 finished {"patients_carried":1}
                (last_task_ended) incident 2 closed
            14:40 li: send 1 YC-1
                task 1.t1: YC-1 from road, order stands until 14:42:00
                call 1.c1: dispatched
            board
                | 1 open, order not received
                |   1.c1 dispatched
                |   1.t1 YC-1 running: created 14:40:00
                | 2 closed by itself
                |   2.c1 dispatched
                |   2.t1 YC-1 finished: created 10:02:00, at_scene 10:10:00, finished 10:30:00
                | YC-1 [0] assigned on 1.t1 since 14:40:00
        "#]],
    );
}

#[test]
fn notes_may_be_added_to_what_is_over() {
    check(
        "
        10:00 li: call 中山北街 outcome=nuisance
        10:01 li: note 1 同一号码第三次
        10:02 li: note 1
        10:03 li: note 9 x
        ",
        expect![[r#"
            10:00 li: call 中山北街 outcome=nuisance
                incident 1 opened: 中山北街
                call 1.c1 taken
                call 1.c1: nuisance
                incident 1 closed
            10:01 li: note 1 同一号码第三次
                note on 1: 同一号码第三次
            10:02 li: note 1
                ! bad_field: text must not be empty
            10:03 li: note 9 x
                ! unknown_incident: there is no incident 9 at this centre; check the number or the centre
        "#]],
    );
}
