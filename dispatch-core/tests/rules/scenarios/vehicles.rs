//! Pauses, duty, crews, calls for help.

use super::check;
use expect_test::expect;

#[test]
fn a_pause_returns_to_where_it_began() {
    check(
        "
        08:00 region: fleet YC-1
        10:00 YC-1: pause YC-1 disinfection
        10:01 YC-1: pause YC-1 meal
        board
        10:30 YC-1: unpause YC-1
        10:31 YC-1: unpause YC-1
        board
        10:32 li: call 中山北街
        10:33 li: send 1 YC-1
        10:34 YC-1: pause YC-1 fuel
        10:34 YC-1: unpause YC-1
        10:34 YC-1: off_duty YC-1
        10:34 YC-1: on_duty YC-1
        10:34 YC-1: return YC-1
        10:40 YC-1: at_scene 1.t1
        10:50 YC-1: finished 1.t1 patients=1
        10:51 YC-1: pause YC-1 fuel
        board
        10:55 YC-1: back_at_station 1.t1
        board
        11:00 YC-1: unpause YC-1
        board
        ",
        expect![[r#"
            08:00 region: fleet YC-1
            10:00 YC-1: pause YC-1 disinfection
                YC-1 paused: disinfection
            10:01 YC-1: pause YC-1 meal
                ! already_in_state: vehicle YC-1 is already in state Paused
                kept: YC-1 pressed pause_vehicle, refused as already_in_state
            board
                | YC-1 [9] paused at station (disinfection) since 10:00:00
            10:30 YC-1: unpause YC-1
                YC-1 resumed
            10:31 YC-1: unpause YC-1
                ! already_in_state: vehicle YC-1 is already in state AvailableAtStation
                kept: YC-1 pressed resume_vehicle, refused as already_in_state
            board
                | YC-1 [7] at station since 10:30:00
            10:32 li: call 中山北街
                incident 1 opened: 中山北街
                call 1.c1 taken
            10:33 li: send 1 YC-1
                task 1.t1: YC-1 from station, order stands until 10:35:00
                call 1.c1: dispatched
            10:34 YC-1: pause YC-1 fuel
                ! vehicle_on_task: vehicle YC-1 is on task 1.t1; let that task end, or divert the vehicle
                kept: YC-1 pressed pause_vehicle, refused as vehicle_on_task, TO SEE
            10:34 YC-1: unpause YC-1
                ! vehicle_on_task: vehicle YC-1 is on task 1.t1; let that task end, or divert the vehicle
                kept: YC-1 pressed resume_vehicle, refused as vehicle_on_task, TO SEE
            10:34 YC-1: off_duty YC-1
                ! vehicle_on_task: vehicle YC-1 is on task 1.t1; let that task end, or divert the vehicle
                kept: YC-1 pressed go_off_duty, refused as vehicle_on_task, TO SEE
            10:34 YC-1: on_duty YC-1
                ! vehicle_on_task: vehicle YC-1 is on task 1.t1; let that task end, or divert the vehicle
                kept: YC-1 pressed go_on_duty, refused as vehicle_on_task, TO SEE
            10:34 YC-1: return YC-1
                ! vehicle_on_task: vehicle YC-1 is on task 1.t1; let that task end, or divert the vehicle
                kept: YC-1 pressed return_to_station, refused as vehicle_on_task, TO SEE
            10:40 YC-1: at_scene 1.t1
                1.t1 at_scene
            10:50 YC-1: finished 1.t1 patients=1
                1.t1 finished {"patients_carried":1}
                (last_task_ended) incident 1 closed
            10:51 YC-1: pause YC-1 fuel
                YC-1 paused: fuel
            board
                | 1 closed by itself
                |   1.c1 dispatched
                |   1.t1 YC-1 finished: created 10:33:00, at_scene 10:40:00, finished 10:50:00
                | YC-1 [9] paused on the road (fuel) since 10:51:00, 5 refused to see
            10:55 YC-1: back_at_station 1.t1
                1.t1 back_at_station
            board
                | 1 closed by itself
                |   1.c1 dispatched
                |   1.t1 YC-1 finished: created 10:33:00, at_scene 10:40:00, finished 10:50:00, back_at_station 10:55:00
                | YC-1 [9] paused at station (fuel) since 10:51:00, 5 refused to see
            11:00 YC-1: unpause YC-1
                YC-1 resumed
            board
                | 1 closed by itself
                |   1.c1 dispatched
                |   1.t1 YC-1 finished: created 10:33:00, at_scene 10:40:00, finished 10:50:00, back_at_station 10:55:00
                | YC-1 [7] at station since 11:00:00, 5 refused to see
        "#]],
    );
}

#[test]
fn on_and_off_duty() {
    check(
        "
        08:00 region: fleet YC-1
        08:01 YC-1: on_duty YC-1
        08:02 YC-1: off_duty YC-1
        08:03 YC-1: off_duty YC-1
        08:03 YC-1: pause YC-1 meal
        08:03 YC-1: unpause YC-1
        08:03 YC-1: return YC-1
        09:00 YC-1: on_duty YC-1
        09:01 YC-1: return YC-1
        board
        ",
        expect![[r#"
            08:00 region: fleet YC-1
            08:01 YC-1: on_duty YC-1
                ! already_in_state: vehicle YC-1 is already in state AvailableAtStation
                kept: YC-1 pressed go_on_duty, refused as already_in_state
            08:02 YC-1: off_duty YC-1
                YC-1 off duty
            08:03 YC-1: off_duty YC-1
                ! already_in_state: vehicle YC-1 is already in state OffDuty
                kept: YC-1 pressed go_off_duty, refused as already_in_state
            08:03 YC-1: pause YC-1 meal
                ! vehicle_not_available: vehicle YC-1 is not available (state OffDuty); bring it back on duty first
                kept: YC-1 pressed pause_vehicle, refused as vehicle_not_available, TO SEE
            08:03 YC-1: unpause YC-1
                ! vehicle_not_available: vehicle YC-1 is not available (state OffDuty); bring it back on duty first
                kept: YC-1 pressed resume_vehicle, refused as vehicle_not_available, TO SEE
            08:03 YC-1: return YC-1
                ! vehicle_not_available: vehicle YC-1 is not available (state OffDuty); bring it back on duty first
                kept: YC-1 pressed return_to_station, refused as vehicle_not_available, TO SEE
            09:00 YC-1: on_duty YC-1
                YC-1 on duty
            09:01 YC-1: return YC-1
                ! already_in_state: vehicle YC-1 is already in state AvailableAtStation
                kept: YC-1 pressed return_to_station, refused as already_in_state
            board
                | YC-1 [7] at station since 09:00:00, 3 refused to see
        "#]],
    );
}

#[test]
fn back_from_an_aborted_task() {
    check(
        "
        08:00 region: fleet YC-1
        10:00 li: call 中山北街
        10:01 li: send 1 YC-1
        10:02 YC-1: departed 1.t1
        10:03 YC-1: abort 1.t1 gone_on_arrival
        10:04 YC-1: back_at_station 1.t1
        10:05 YC-1: return YC-1
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
            10:02 YC-1: departed 1.t1
                1.t1 departed
            10:03 YC-1: abort 1.t1 gone_on_arrival
                1.t1 aborted: gone_on_arrival
            10:04 YC-1: back_at_station 1.t1
                ! task_over: task 1.t1 has ended; its order no longer stands
                kept: YC-1 pressed back_at_station 1.t1, refused as task_over, TO SEE
            10:05 YC-1: return YC-1
                YC-1 back at station
            board
                | 1 open, WAITS
                |   1.c1 dispatched
                |   1.t1 YC-1 aborted (gone_on_arrival): created 10:01:00, departed 10:02:00
                | YC-1 [7] at station since 10:05:00, 1 refused to see
        "#]],
    );
}

/// The first press counts; a second is written down too.
#[test]
fn a_crew_calls_for_help() {
    check(
        "
        08:00 region: fleet YC-1
        10:00 li: clear_sos YC-1 none
        10:01 YC-1: sos YC-1
        10:02 YC-1: sos YC-1
        board
        10:05 li: clear_sos YC-1 警察已到场
        board
        ",
        expect![[r#"
            08:00 region: fleet YC-1
            10:00 li: clear_sos YC-1 none
                ! no_sos: vehicle YC-1 has not called for help
            10:01 YC-1: sos YC-1
                YC-1 CALLS FOR HELP
            10:02 YC-1: sos YC-1
                YC-1 CALLS FOR HELP
            board
                | YC-1 [7] at station since 08:00:00, SOS since 10:01:00
            10:05 li: clear_sos YC-1 警察已到场
                YC-1 help call dealt with
            board
                | YC-1 [7] at station since 08:00:00
        "#]],
    );
}

#[test]
fn vehicles_enter_change_and_leave_service() {
    check(
        "
        08:00 region: enrol YC-1
        08:01 region: enrol YC-1
        08:01 region: enrol GY-1 home=guyuan
        08:02 region: amend_vehicle YC-1 plate=宁A-YC-1
        08:02 region: amend_vehicle YC-1 plate=宁A-9
        08:02 region: amend_vehicle YC-9
        10:00 li: call 中山北街
        10:01 li: send 1 YC-1
        10:02 region: retire YC-1
        10:03 li: cancel 1 caller_cancelled
        10:04 region: retire YC-1
        10:05 region: retire YC-1
        board
        ",
        expect![[r#"
            08:00 region: enrol YC-1
                YC-1 enrolled
            08:01 region: enrol YC-1
                ! already_here: vehicle YC-1 is already at this centre
            08:01 region: enrol GY-1 home=guyuan
                ! bad_field: home_centre must be this centre
            08:02 region: amend_vehicle YC-1 plate=宁A-YC-1
                = already recorded
            08:02 region: amend_vehicle YC-1 plate=宁A-9
                YC-1 is now 宁A-9
            08:02 region: amend_vehicle YC-9
                ! unknown_vehicle: vehicle YC-9 does not belong to this centre; ask its centre to lend it
            10:00 li: call 中山北街
                incident 1 opened: 中山北街
                call 1.c1 taken
            10:01 li: send 1 YC-1
                task 1.t1: YC-1 from station, order stands until 10:03:00
                call 1.c1: dispatched
            10:02 region: retire YC-1
                ! vehicle_on_task: vehicle YC-1 is on task 1.t1; let that task end, or divert the vehicle
            10:03 li: cancel 1 caller_cancelled
                1.t1 aborted: incident_cancelled
                incident 1 cancelled: caller_cancelled
            10:04 region: retire YC-1
                YC-1 retired
            10:05 region: retire YC-1
                ! unknown_vehicle: vehicle YC-1 does not belong to this centre; ask its centre to lend it
            board
                | 1 cancelled (caller_cancelled)
                |   1.c1 dispatched
                |   1.t1 YC-1 aborted (incident_cancelled): created 10:01:00
        "#]],
    );
}
