//! Orders that call a crew away from a scene, or from its patient, are asked about once more.

use super::check;
use expect_test::expect;

#[test]
fn a_crew_at_the_scene_is_called_away_only_when_confirmed() {
    check(
        "
        08:00 region: fleet YC-1 YC-2
        10:00 li: call 中山北街
        10:00 li: call 上海路
        10:01 li: send 1 YC-1 YC-2
        10:08 YC-1: at_scene 1.t1
        10:09 li: cancel 1 caller_cancelled
        10:09 YC-2: at_scene 1.t2
        10:10 li: cancel 1 caller_cancelled !at_scene=YC-1
        10:11 li: divert YC-1 2 nearer
        10:12 li: abort 1.t1 other
        10:13 li: divert YC-1 2 nearer !at_scene=YC-1
        10:14 li: abort 1.t2 other !at_scene=YC-1
        10:15 li: cancel 1 caller_cancelled !at_scene=YC-1,YC-2
        ",
        expect![[r#"
            08:00 region: fleet YC-1 YC-2
            10:00 li: call 中山北街
                incident 1 opened: 中山北街
                call 1.c1 taken
            10:00 li: call 上海路
                incident 2 opened: 上海路
                call 2.c1 taken
            10:01 li: send 1 YC-1 YC-2
                (vehicles_sent) incident 1 wants 2 vehicle(s)
                task 1.t1: YC-1 from station, order stands until 10:03:00
                task 1.t2: YC-2 from station, order stands until 10:03:00
                call 1.c1: dispatched
            10:08 YC-1: at_scene 1.t1
                1.t1 at_scene
            10:09 li: cancel 1 caller_cancelled
                ! crew_at_scene: the crew of YC-1 is at the scene and may have a patient; ask it by radio, then confirm
            10:09 YC-2: at_scene 1.t2
                1.t2 at_scene
            10:10 li: cancel 1 caller_cancelled !at_scene=YC-1
                ! crew_at_scene: the crew of YC-1, YC-2 is at the scene and may have a patient; ask it by radio, then confirm
            10:11 li: divert YC-1 2 nearer
                ! crew_at_scene: the crew of YC-1 is at the scene and may have a patient; ask it by radio, then confirm
            10:12 li: abort 1.t1 other
                ! crew_at_scene: the crew of YC-1 is at the scene and may have a patient; ask it by radio, then confirm
            10:13 li: divert YC-1 2 nearer !at_scene=YC-1
                1.t1 diverted to 2: nearer
                task 2.t1: YC-1 from road, order stands until 10:15:00, after 1.t1
                call 2.c1: dispatched
            10:14 li: abort 1.t2 other !at_scene=YC-1
                ! crew_at_scene: the crew of YC-2 is at the scene and may have a patient; ask it by radio, then confirm
            10:15 li: cancel 1 caller_cancelled !at_scene=YC-1,YC-2
                1.t2 aborted: incident_cancelled
                incident 1 cancelled: caller_cancelled
        "#]],
    );
}

#[test]
fn a_crew_knows_what_it_does() {
    check(
        "
        08:00 region: fleet YC-1
        10:00 li: call 中山北街
        10:01 li: send 1 YC-1
        10:08 YC-1: at_scene 1.t1
        10:09 YC-1: abort 1.t1 gone_on_arrival
        ",
        expect![[r#"
            08:00 region: fleet YC-1
            10:00 li: call 中山北街
                incident 1 opened: 中山北街
                call 1.c1 taken
            10:01 li: send 1 YC-1
                task 1.t1: YC-1 from station, order stands until 10:03:00
                call 1.c1: dispatched
            10:08 YC-1: at_scene 1.t1
                1.t1 at_scene
            10:09 YC-1: abort 1.t1 gone_on_arrival
                1.t1 aborted: gone_on_arrival
        "#]],
    );
}

#[test]
fn a_task_with_a_patient_on_board_ends_only_when_confirmed() {
    check(
        "
        08:00 region: fleet YC-1
        10:00 li: call 中山北街
        10:01 li: send 1 YC-1
        10:10 YC-1: left_scene 1.t1
        10:11 li: abort 1.t1 vehicle_breakdown !at_scene=YC-1
        10:12 li: abort 1.t1 vehicle_breakdown !on_board=YC-1
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
            10:10 YC-1: left_scene 1.t1
                1.t1 left_scene
            10:11 li: abort 1.t1 vehicle_breakdown !at_scene=YC-1
                ! abort_with_patient: vehicle YC-1 has a patient on board; ask its crew by radio, then confirm, and send another vehicle
            10:12 li: abort 1.t1 vehicle_breakdown !on_board=YC-1
                1.t1 aborted: vehicle_breakdown
                (vehicle_unfit) YC-1 paused: repair
            board
                | 1 open, WAITS
                |   1.c1 dispatched
                |   1.t1 YC-1 aborted (vehicle_breakdown): created 10:01:00, left_scene 10:10:00
                | YC-1 [9] paused on the road (repair) since 10:12:00
        "#]],
    );
}

/// One order is asked about once, with all that stands against it. A danger that was not named is asked about again.
#[test]
fn one_question_names_every_danger() {
    check(
        "
        08:00 region: fleet YC-1 YC-2
        10:00 li: call 中山北街 patients=3
        10:00 li: call 上海路
        10:01 li: send 1 YC-1 YC-2
        10:08 YC-1: at_scene 1.t1
        10:08 YC-2: at_scene 1.t2
        10:09 YC-1: finished 1.t1 patients=1
        10:10 li: cancel 1 caller_cancelled (offline)
        10:10 li: divert YC-2 2 nearer (offline)
        10:10 li: abort 1.t2 other (offline)
        10:11 li: cancel 1 caller_cancelled !at_scene=YC-2 (offline)
        10:12 li: account 1 counted=4
        10:13 li: cancel 1 caller_cancelled !at_scene=YC-2 !out_of_touch=YC-2 !unaccounted=2 (offline)
        10:14 li: cancel 1 caller_cancelled !at_scene=YC-2 !out_of_touch=YC-1 !unaccounted=3 (offline)
        10:15 li: cancel 1 caller_cancelled !at_scene=YC-2 !out_of_touch=YC-2 !unaccounted=3 (offline)
        ",
        expect![[r#"
            08:00 region: fleet YC-1 YC-2
            10:00 li: call 中山北街 patients=3
                incident 1 opened: 中山北街
                call 1.c1 taken
            10:00 li: call 上海路
                incident 2 opened: 上海路
                call 2.c1 taken
            10:01 li: send 1 YC-1 YC-2
                (vehicles_sent) incident 1 wants 2 vehicle(s)
                task 1.t1: YC-1 from station, order stands until 10:03:00
                task 1.t2: YC-2 from station, order stands until 10:03:00
                call 1.c1: dispatched
            10:08 YC-1: at_scene 1.t1
                1.t1 at_scene
            10:08 YC-2: at_scene 1.t2
                1.t2 at_scene
            10:09 YC-1: finished 1.t1 patients=1
                1.t1 finished {"patients_carried":1}
            10:10 li: cancel 1 caller_cancelled (offline)
                ! several_dangers: the crew of YC-2 is at the scene and may have a patient; ask it by radio, then confirm; the crew of YC-2 is out of touch and may have a patient already; ask by radio, then confirm; 2 of 3 reported patient(s) of incident 1 are not accounted for; send a vehicle, tell what became of them, or confirm that nobody goes for these 2; confirm all of this, or do something else
            10:10 li: divert YC-2 2 nearer (offline)
                ! several_dangers: the crew of YC-2 is at the scene and may have a patient; ask it by radio, then confirm; the crew of YC-2 is out of touch and may have a patient already; ask by radio, then confirm; confirm all of this, or do something else
            10:10 li: abort 1.t2 other (offline)
                ! several_dangers: the crew of YC-2 is at the scene and may have a patient; ask it by radio, then confirm; the crew of YC-2 is out of touch and may have a patient already; ask by radio, then confirm; confirm all of this, or do something else
            10:11 li: cancel 1 caller_cancelled !at_scene=YC-2 (offline)
                ! several_dangers: the crew of YC-2 is out of touch and may have a patient already; ask by radio, then confirm; 2 of 3 reported patient(s) of incident 1 are not accounted for; send a vehicle, tell what became of them, or confirm that nobody goes for these 2; confirm all of this, or do something else
            10:12 li: account 1 counted=4
                incident 1 patients: {"counted_at_scene":4}
            10:13 li: cancel 1 caller_cancelled !at_scene=YC-2 !out_of_touch=YC-2 !unaccounted=2 (offline)
                ! patients_unaccounted: 3 of 4 reported patient(s) of incident 1 are not accounted for; send a vehicle, tell what became of them, or confirm that nobody goes for these 3
            10:14 li: cancel 1 caller_cancelled !at_scene=YC-2 !out_of_touch=YC-1 !unaccounted=3 (offline)
                ! crew_out_of_touch: the crew of YC-2 is out of touch and may have a patient already; ask by radio, then confirm
            10:15 li: cancel 1 caller_cancelled !at_scene=YC-2 !out_of_touch=YC-2 !unaccounted=3 (offline)
                1.t2 aborted: incident_cancelled
                incident 1 cancelled: caller_cancelled
        "#]],
    );
}

#[test]
fn what_nobody_can_overrule_is_refused_before_anything_is_asked() {
    check(
        "
        08:00 region: fleet YC-1 YC-2
        10:00 li: call 中山北街 patients=2
        10:01 li: send 1 YC-1 YC-2
        10:08 YC-1: at_scene 1.t1
        10:08 YC-2: left_scene 1.t2
        10:09 li: cancel 1 caller_cancelled (offline)
        10:09 li: close 1
        10:10 li: abort 1.t1 other !at_scene=YC-1
        10:11 YC-1: left_scene 1.t1
        10:12 li: abort 1.t2 other !on_board=YC-2
        10:13 li: close 1
        10:13 li: refuse 1 other
        ",
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
            10:08 YC-1: at_scene 1.t1
                1.t1 at_scene
            10:08 YC-2: left_scene 1.t2
                1.t2 left_scene
            10:09 li: cancel 1 caller_cancelled (offline)
                ! patient_on_board: vehicle YC-2 has a patient; it must bring that patient to the hospital first
            10:09 li: close 1
                ! tasks_still_running: incident 1 still has 2 running task(s); end or abort them first
            10:10 li: abort 1.t1 other !at_scene=YC-1
                1.t1 aborted: other
            10:11 YC-1: left_scene 1.t1
                1.t1 left_scene reported, AGAINST THE CENTRE, pressed after the end
            10:12 li: abort 1.t2 other !on_board=YC-2
                1.t2 aborted: other
            10:13 li: close 1
                ! crew_report_open: the crew of YC-1 reports a patient of task 1.t1, which the centre had ended; settle that first
            10:13 li: refuse 1 other
                ! crew_report_open: the crew of YC-1 reports a patient of task 1.t1, which the centre had ended; settle that first
        "#]],
    );
}
