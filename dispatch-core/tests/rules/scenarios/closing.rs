//! When an incident closes itself, and that no patient is forgotten.

use super::check;
use expect_test::expect;

/// Three were reported, one was carried: two still lie there.
#[test]
fn three_patients_and_one_carried() {
    check(
        "
        08:00 region: fleet YC-1 YC-2 YC-3
        10:00 li: call 中山北街 patients=3
        10:01 li: send 1 YC-1
        10:02 YC-1: departed 1.t1
        10:10 YC-1: at_scene 1.t1
        10:20 YC-1: left_scene 1.t1
        10:40 YC-1: finished 1.t1 patients=1
        board
        10:41 li: close 1
        10:42 li: close 1 !unaccounted=1
        10:43 li: cancel 1 other
        10:44 li: refuse 1 other
        10:45 li: account 1 treated=1
        10:46 li: close 1 !unaccounted=2
        10:47 li: close 1 !unaccounted=1
        board
        ",
        expect![[r#"
            08:00 region: fleet YC-1 YC-2 YC-3
            10:00 li: call 中山北街 patients=3
                incident 1 opened: 中山北街
                call 1.c1 taken
            10:01 li: send 1 YC-1
                task 1.t1: YC-1 from station, order stands until 10:03:00
                call 1.c1: dispatched
            10:02 YC-1: departed 1.t1
                1.t1 departed
            10:10 YC-1: at_scene 1.t1
                1.t1 at_scene
            10:20 YC-1: left_scene 1.t1
                1.t1 left_scene
            10:40 YC-1: finished 1.t1 patients=1
                1.t1 finished {"patients_carried":1}
            board
                | 1 open, CLOSE OR SEND? 1 of 3 patients accounted for
                |   1.c1 dispatched
                |   1.t1 YC-1 finished: created 10:01:00, departed 10:02:00, at_scene 10:10:00, left_scene 10:20:00, finished 10:40:00
                | YC-1 [6] on the road home from 1.t1 since 10:40:00
                | YC-2 [7] at station since 08:00:00
                | YC-3 [7] at station since 08:00:00
            10:41 li: close 1
                ! patients_unaccounted: 2 of 3 reported patient(s) of incident 1 are not accounted for; send a vehicle, tell what became of them, or confirm that nobody goes for these 2
            10:42 li: close 1 !unaccounted=1
                ! patients_unaccounted: 2 of 3 reported patient(s) of incident 1 are not accounted for; send a vehicle, tell what became of them, or confirm that nobody goes for these 2
            10:43 li: cancel 1 other
                ! patients_unaccounted: 2 of 3 reported patient(s) of incident 1 are not accounted for; send a vehicle, tell what became of them, or confirm that nobody goes for these 2
            10:44 li: refuse 1 other
                ! patients_unaccounted: 2 of 3 reported patient(s) of incident 1 are not accounted for; send a vehicle, tell what became of them, or confirm that nobody goes for these 2
            10:45 li: account 1 treated=1
                incident 1 patients: {"treated_at_scene":1}
            10:46 li: close 1 !unaccounted=2
                ! patients_unaccounted: 1 of 3 reported patient(s) of incident 1 are not accounted for; send a vehicle, tell what became of them, or confirm that nobody goes for these 1
            10:47 li: close 1 !unaccounted=1
                incident 1 closed
            board
                | 1 closed by hand
                |   1.c1 dispatched
                |   1.t1 YC-1 finished: created 10:01:00, departed 10:02:00, at_scene 10:10:00, left_scene 10:20:00, finished 10:40:00
                | YC-1 [6] on the road home from 1.t1 since 10:40:00
                | YC-2 [7] at station since 08:00:00
                | YC-3 [7] at station since 08:00:00
        "#]],
    );
}

/// A crew finishes without its patient and asks for a better equipped vehicle: the patient waits.
#[test]
fn a_crew_that_leaves_its_patient_behind() {
    check(
        "
        08:00 region: fleet YC-1 YC-2 YC-3
        10:00 li: call 中山北街
        10:01 li: send 1 YC-1
        10:10 YC-1: at_scene 1.t1
        10:15 YC-1: finished 1.t1
        board
        10:16 li: send 1 YC-2
        10:20 YC-2: at_scene 1.t2
        10:25 YC-2: left_scene 1.t2
        10:40 YC-2: finished 1.t2
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
            10:10 YC-1: at_scene 1.t1
                1.t1 at_scene
            10:15 YC-1: finished 1.t1
                1.t1 finished
            board
                | 1 open, CLOSE OR SEND? 0 of 1 patients accounted for
                |   1.c1 dispatched
                |   1.t1 YC-1 finished: created 10:01:00, at_scene 10:10:00, finished 10:15:00
                | YC-1 [6] on the road home from 1.t1 since 10:15:00
                | YC-2 [7] at station since 08:00:00
                | YC-3 [7] at station since 08:00:00
            10:16 li: send 1 YC-2
                (vehicles_sent) incident 1 wants 2 vehicle(s)
                task 1.t2: YC-2 from station, order stands until 10:18:00
            10:20 YC-2: at_scene 1.t2
                1.t2 at_scene
            10:25 YC-2: left_scene 1.t2
                1.t2 left_scene
            10:40 YC-2: finished 1.t2
                1.t2 finished
                (last_task_ended) incident 1 closed
            board
                | 1 closed by itself
                |   1.c1 dispatched
                |   1.t1 YC-1 finished: created 10:01:00, at_scene 10:10:00, finished 10:15:00
                |   1.t2 YC-2 finished: created 10:16:00, at_scene 10:20:00, left_scene 10:25:00, finished 10:40:00
                | YC-1 [6] on the road home from 1.t1 since 10:15:00
                | YC-2 [6] on the road home from 1.t2 since 10:40:00
                | YC-3 [7] at station since 08:00:00
        "#]],
    );
}

/// Patients who are not carried are told of, and then nobody is asked.
#[test]
fn what_needs_no_transport_is_told() {
    check(
        "
        08:00 region: fleet YC-1 YC-2 YC-3
        10:00 li: call 中山北街 patients=4
        10:01 li: send 1 YC-1 YC-2
        10:10 YC-1: at_scene 1.t1
        10:10 YC-2: at_scene 1.t2
        10:30 YC-1: finished 1.t1 treated=1 refused=1
        10:40 YC-2: finished 1.t2 patients=1 dead=1
        board
        ",
        expect![[r#"
            08:00 region: fleet YC-1 YC-2 YC-3
            10:00 li: call 中山北街 patients=4
                incident 1 opened: 中山北街
                call 1.c1 taken
            10:01 li: send 1 YC-1 YC-2
                (vehicles_sent) incident 1 wants 2 vehicle(s)
                task 1.t1: YC-1 from station, order stands until 10:03:00
                task 1.t2: YC-2 from station, order stands until 10:03:00
                call 1.c1: dispatched
            10:10 YC-1: at_scene 1.t1
                1.t1 at_scene
            10:10 YC-2: at_scene 1.t2
                1.t2 at_scene
            10:30 YC-1: finished 1.t1 treated=1 refused=1
                1.t1 finished {"patients":{"treated_at_scene":1,"refused_transport":1}}
            10:40 YC-2: finished 1.t2 patients=1 dead=1
                1.t2 finished {"patients_carried":1,"patients":{"dead_at_scene":1}}
                (last_task_ended) incident 1 closed
            board
                | 1 closed by itself
                |   1.c1 dispatched
                |   1.t1 YC-1 finished: created 10:01:00, at_scene 10:10:00, finished 10:30:00
                |   1.t2 YC-2 finished: created 10:01:00, at_scene 10:10:00, finished 10:40:00
                | YC-1 [6] on the road home from 1.t1 since 10:30:00
                | YC-2 [6] on the road home from 1.t2 since 10:40:00
                | YC-3 [7] at station since 08:00:00
        "#]],
    );
}

/// A count at the scene overrules what callers said, downwards too; a later call does not.
#[test]
fn the_count_at_the_scene_rules() {
    check(
        "
        08:00 region: fleet YC-1 YC-2 YC-3
        10:00 li: call 中山北街 patients=5
        10:00 li: call 上海路 patients=5
        10:01 li: send 1 YC-1
        10:01 li: send 2 YC-2
        10:10 YC-1: at_scene 1.t1 counted=1
        10:10 YC-2: at_scene 2.t1 counted=2
        10:20 li: call 又一位 about=2 patients=3
        10:40 YC-1: finished 1.t1 patients=1
        10:40 YC-2: finished 2.t1 patients=2
        board
        ",
        expect![[r#"
            08:00 region: fleet YC-1 YC-2 YC-3
            10:00 li: call 中山北街 patients=5
                incident 1 opened: 中山北街
                call 1.c1 taken
            10:00 li: call 上海路 patients=5
                incident 2 opened: 上海路
                call 2.c1 taken
            10:01 li: send 1 YC-1
                task 1.t1: YC-1 from station, order stands until 10:03:00
                call 1.c1: dispatched
            10:01 li: send 2 YC-2
                task 2.t1: YC-2 from station, order stands until 10:03:00
                call 2.c1: dispatched
            10:10 YC-1: at_scene 1.t1 counted=1
                1.t1 at_scene {"patients":{"counted_at_scene":1}}
            10:10 YC-2: at_scene 2.t1 counted=2
                2.t1 at_scene {"patients":{"counted_at_scene":2}}
            10:20 li: call 又一位 about=2 patients=3
                call 2.c2 taken
                call 2.c2: repeat
            10:40 YC-1: finished 1.t1 patients=1
                1.t1 finished {"patients_carried":1}
                (last_task_ended) incident 1 closed
            10:40 YC-2: finished 2.t1 patients=2
                2.t1 finished {"patients_carried":2}
            board
                | 1 closed by itself
                |   1.c1 dispatched
                |   1.t1 YC-1 finished: created 10:01:00, at_scene 10:10:00, finished 10:40:00
                | 2 open, CLOSE OR SEND? 2 of 3 patients accounted for; 2.c2 came later
                |   2.c1 dispatched
                |   2.c2 repeat
                |   2.t1 YC-2 finished: created 10:01:00, at_scene 10:10:00, finished 10:40:00
                | YC-1 [6] on the road home from 1.t1 since 10:40:00
                | YC-2 [6] on the road home from 2.t1 since 10:40:00
                | YC-3 [7] at station since 08:00:00
        "#]],
    );
}

/// Back at the station the crew tells that it carried nobody after all.
#[test]
fn a_crew_tells_late_that_a_patient_is_left() {
    check(
        "
        08:00 region: fleet YC-1 YC-2 YC-3
        10:00 li: call 中山北街
        10:01 li: send 1 YC-1
        10:10 YC-1: left_scene 1.t1
        10:30 YC-1: finished 1.t1
        10:50 YC-1: back_at_station 1.t1 patients=0
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
            10:10 YC-1: left_scene 1.t1
                1.t1 left_scene
            10:30 YC-1: finished 1.t1
                1.t1 finished
                (last_task_ended) incident 1 closed
            10:50 YC-1: back_at_station 1.t1 patients=0
                1.t1 back_at_station {"patients_carried":0}
                (patient_left) incident 1 reopened
            board
                | 1 open, CLOSE OR SEND? 0 of 1 patients accounted for
                |   1.c1 dispatched
                |   1.t1 YC-1 finished: created 10:01:00, left_scene 10:10:00, finished 10:30:00, back_at_station 10:50:00
                | YC-1 [7] at station since 10:50:00
                | YC-2 [7] at station since 08:00:00
                | YC-3 [7] at station since 08:00:00
        "#]],
    );
}
