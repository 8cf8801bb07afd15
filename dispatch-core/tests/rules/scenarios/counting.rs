//! How many patients there are and what became of them, told and taken back.

use super::check;
use expect_test::expect;

#[test]
fn what_a_dispatcher_told_of_patients_is_taken_back() {
    check(
        "
        08:00 region: fleet YC-1
        10:00 li: call 中山北街 patients=3
        10:01 li: send 1 YC-1
        10:02 li: account 1 patients=1 counted=9 refused=2
        10:08 YC-1: at_scene 1.t1
        10:09 li: account 1 refused=none
        10:10 li: account 1 counted=none patients=none
        10:11 li: account 1
        10:11 li: account 1 counted=60000
        10:30 YC-1: finished 1.t1 patients=1
        10:31 li: close 1
        10:32 li: account 1 treated=2
        10:33 li: account 1 treated=none
        ",
        expect![[r#"
            08:00 region: fleet YC-1
            10:00 li: call 中山北街 patients=3
                incident 1 opened: 中山北街
                call 1.c1 taken
            10:01 li: send 1 YC-1
                task 1.t1: YC-1 from station, order stands until 10:03:00
                call 1.c1: dispatched
            10:02 li: account 1 patients=1 counted=9 refused=2
                incident 1 patients: carried 1, {"counted_at_scene":9,"refused_transport":2}
            10:08 YC-1: at_scene 1.t1
                1.t1 at_scene
            10:09 li: account 1 refused=none
                incident 1 patients: {"refused_transport":null}
            10:10 li: account 1 counted=none patients=none
                incident 1 patients: carried taken back, {"counted_at_scene":null}
            10:11 li: account 1
                ! bad_field: patients must tell something
            10:11 li: account 1 counted=60000
                ! bad_field: counted_at_scene is more patients than one incident has
            10:30 YC-1: finished 1.t1 patients=1
                1.t1 finished {"patients_carried":1}
            10:31 li: close 1
                ! patients_unaccounted: 2 of 3 reported patient(s) of incident 1 are not accounted for; send a vehicle, tell what became of them, or confirm that nobody goes for these 2
            10:32 li: account 1 treated=2
                incident 1 patients: {"treated_at_scene":2}
                (last_task_ended) incident 1 closed
            10:33 li: account 1 treated=none
                ! incident_over: incident 1 is over; reopen it first
        "#]],
    );
}

/// A call that came after the vehicles had left asks for an answer; taking back is none.
#[test]
fn what_was_taken_back_answers_no_call() {
    check(
        "
        08:00 region: fleet YC-1
        10:00 li: call 中山北街
        10:01 li: send 1 YC-1
        10:02 li: account 1 refused=1 treated=1
        10:05 YC-1: departed 1.t1
        10:10 li: call 中山北街 about=1
        10:11 li: account 1 refused=none
        10:12 li: account 1 treated=none
        10:30 YC-1: finished 1.t1
        10:31 YC-1: at_scene 1.t1
        10:32 YC-1: finished 1.t1 patients=1
        board
        10:33 li: account 1 not_found=1
        ",
        expect![[r#"
            08:00 region: fleet YC-1
            10:00 li: call 中山北街
                incident 1 opened: 中山北街
                call 1.c1 taken
            10:01 li: send 1 YC-1
                task 1.t1: YC-1 from station, order stands until 10:03:00
                call 1.c1: dispatched
            10:02 li: account 1 refused=1 treated=1
                incident 1 patients: {"treated_at_scene":1,"refused_transport":1}
            10:05 YC-1: departed 1.t1
                1.t1 departed
            10:10 li: call 中山北街 about=1
                call 1.c2 taken
                call 1.c2: repeat
            10:11 li: account 1 refused=none
                incident 1 patients: {"refused_transport":null}
            10:12 li: account 1 treated=none
                incident 1 patients: {"treated_at_scene":null}
            10:30 YC-1: finished 1.t1
                ! milestone_out_of_order: task 1.t1 has reached Departed; Finished cannot follow it
                kept: YC-1 pressed finished 1.t1, refused as milestone_out_of_order, TO SEE
            10:31 YC-1: at_scene 1.t1
                1.t1 at_scene
            10:32 YC-1: finished 1.t1 patients=1
                1.t1 finished {"patients_carried":1}
            board
                | 1 open, CLOSE OR SEND? 1.c2 came later
                |   1.c1 dispatched
                |   1.c2 repeat
                |   1.t1 YC-1 finished: created 10:01:00, departed 10:05:00, at_scene 10:31:00, finished 10:32:00
                | YC-1 [6] on the road home from 1.t1 since 10:32:00, 1 refused to see
            10:33 li: account 1 not_found=1
                incident 1 patients: {"not_found":1}
                (last_task_ended) incident 1 closed
        "#]],
    );
}

#[test]
fn a_count_is_put_right_where_a_crew_told_it() {
    check(
        r#"
        08:00 region: fleet YC-1 YC-2
        10:00 li: call 中山北街 patients=2
        10:01 li: send 1 YC-1 YC-2
        10:08 YC-1: at_scene 1.t1 counted=14
        10:09 li: close 1
        10:10 YC-1: finished 1.t1 patients=1
        10:11 YC-2: at_scene 1.t2
        10:11 YC-2: finished 1.t2 patients=1
        10:12 li: details 1.t1 {"counted_at_scene":60000}
        10:12 li: details 1.t1 {"counted_at_scene":4}
        10:13 li: close 1
        10:14 li: details 1.t1 {"counted_at_scene":null}
        "#,
        expect![[r#"
            08:00 region: fleet YC-1 YC-2
            10:00 li: call 中山北街 patients=2
                incident 1 opened: 中山北街
                call 1.c1 taken
            10:01 li: send 1 YC-1 YC-2
                (vehicles_sent) incident 1 wants 2 vehicle(s)
                task 1.t1: YC-1 from station, order stands until 10:03:00
                task 1.t2: YC-2 from station, order stands until 10:03:00
                call 1.c1: dispatched
            10:08 YC-1: at_scene 1.t1 counted=14
                1.t1 at_scene {"patients":{"counted_at_scene":14}}
            10:09 li: close 1
                ! tasks_still_running: incident 1 still has 2 running task(s); end or abort them first
            10:10 YC-1: finished 1.t1 patients=1
                1.t1 finished {"patients_carried":1}
            10:11 YC-2: at_scene 1.t2
                1.t2 at_scene
            10:11 YC-2: finished 1.t2 patients=1
                1.t2 finished {"patients_carried":1}
            10:12 li: details 1.t1 {"counted_at_scene":60000}
                ! bad_field: counted_at_scene is more patients than one incident has
            10:12 li: details 1.t1 {"counted_at_scene":4}
                1.t1 told otherwise: {"counted_at_scene":4}
            10:13 li: close 1
                ! patients_unaccounted: 2 of 4 reported patient(s) of incident 1 are not accounted for; send a vehicle, tell what became of them, or confirm that nobody goes for these 2
            10:14 li: details 1.t1 {"counted_at_scene":null}
                1.t1 told otherwise: {"counted_at_scene":null}
                (last_task_ended) incident 1 closed
        "#]],
    );
}

/// Two crews counted, and a call told of more in between: what is put right of the first overrules neither.
#[test]
fn a_count_that_is_put_right_stays_as_old_as_it_was() {
    check(
        r#"
        08:00 region: fleet YC-1 YC-2
        10:00 li: call 中山北街 patients=2
        10:01 li: send 1 YC-1 YC-2
        10:08 YC-1: at_scene 1.t1 counted=1
        10:09 li: call 中山北街 about=1 patients=3
        10:10 YC-1: finished 1.t1 patients=1
        10:11 li: details 1.t1 {"counted_at_scene":2}
        10:11 YC-2: at_scene 1.t2
        10:12 YC-2: finished 1.t2 patients=0
        10:13 li: close 1
        10:14 li: details 1.t2 {"counted_at_scene":5}
        10:15 li: details 1.t1 {"counted_at_scene":9}
        10:16 li: close 1
        10:17 li: details 1.t2 {"counted_at_scene":null}
        10:18 li: details 1.t1 {"counted_at_scene":null}
        10:19 li: close 1
        10:20 li: details 1.t1 {"counted_at_scene":1}
        "#,
        expect![[r#"
            08:00 region: fleet YC-1 YC-2
            10:00 li: call 中山北街 patients=2
                incident 1 opened: 中山北街
                call 1.c1 taken
            10:01 li: send 1 YC-1 YC-2
                (vehicles_sent) incident 1 wants 2 vehicle(s)
                task 1.t1: YC-1 from station, order stands until 10:03:00
                task 1.t2: YC-2 from station, order stands until 10:03:00
                call 1.c1: dispatched
            10:08 YC-1: at_scene 1.t1 counted=1
                1.t1 at_scene {"patients":{"counted_at_scene":1}}
            10:09 li: call 中山北街 about=1 patients=3
                call 1.c2 taken
                call 1.c2: repeat
            10:10 YC-1: finished 1.t1 patients=1
                1.t1 finished {"patients_carried":1}
            10:11 li: details 1.t1 {"counted_at_scene":2}
                1.t1 told otherwise: {"counted_at_scene":2}
            10:11 YC-2: at_scene 1.t2
                1.t2 at_scene
            10:12 YC-2: finished 1.t2 patients=0
                1.t2 finished {"patients_carried":0}
            10:13 li: close 1
                ! patients_unaccounted: 2 of 3 reported patient(s) of incident 1 are not accounted for; send a vehicle, tell what became of them, or confirm that nobody goes for these 2
            10:14 li: details 1.t2 {"counted_at_scene":5}
                1.t2 told otherwise: {"counted_at_scene":5}
            10:15 li: details 1.t1 {"counted_at_scene":9}
                1.t1 told otherwise: {"counted_at_scene":9}
            10:16 li: close 1
                ! patients_unaccounted: 4 of 5 reported patient(s) of incident 1 are not accounted for; send a vehicle, tell what became of them, or confirm that nobody goes for these 4
            10:17 li: details 1.t2 {"counted_at_scene":null}
                1.t2 told otherwise: {"counted_at_scene":null}
            10:18 li: details 1.t1 {"counted_at_scene":null}
                1.t1 told otherwise: {"counted_at_scene":null}
            10:19 li: close 1
                ! patients_unaccounted: 2 of 3 reported patient(s) of incident 1 are not accounted for; send a vehicle, tell what became of them, or confirm that nobody goes for these 2
            10:20 li: details 1.t1 {"counted_at_scene":1}
                1.t1 told otherwise: {"counted_at_scene":1}
                (last_task_ended) incident 1 closed
        "#]],
    );
}
