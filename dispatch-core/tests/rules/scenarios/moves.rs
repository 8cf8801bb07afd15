//! Free vehicles that wait at another station: given, acknowledged, reached, always sent like any other.

use super::check;
use expect_test::expect;

#[test]
fn a_free_vehicle_waits_at_another_station_and_comes_home() {
    check(
        "
        08:00 region: fleet YC-1
        09:00 li: move YC-1 YC-05
        board
        09:01 YC-1: seen_move YC-1 YC-05
        09:15 YC-1: return YC-1
        board
        10:00 li: move YC-1 YC-01
        10:01 YC-1: seen_move YC-1 YC-01
        10:20 YC-1: return YC-1
        board
        ",
        expect![[r#"
            08:00 region: fleet YC-1
            09:00 li: move YC-1 YC-05
                YC-1 is to wait at YC-05
            board
                | YC-1 [7] at station since 08:00:00, to wait at YC-05, NOT SEEN
            09:01 YC-1: seen_move YC-1 YC-05
                YC-1 sets out for YC-05
            09:15 YC-1: return YC-1
                YC-1 waits at YC-05
            board
                | YC-1 [6] available on the road since 09:15:00, waits at YC-05 since 09:15:00
            10:00 li: move YC-1 YC-01
                YC-1 is to wait at YC-01
            10:01 YC-1: seen_move YC-1 YC-01
                YC-1 sets out for YC-01
            10:20 YC-1: return YC-1
                YC-1 back at station
            board
                | YC-1 [7] at station since 10:20:00
        "#]],
    );
}

#[test]
fn a_vehicle_under_way_to_a_station_is_sent_and_the_move_is_over() {
    check(
        "
        08:00 region: fleet YC-1
        09:00 li: move YC-1 YC-05
        09:01 YC-1: seen_move YC-1 YC-05
        09:05 li: call 中山北街
        09:06 li: send 1 YC-1
        board
        09:07 YC-1: seen_move YC-1 YC-05
        09:08 li: stay YC-1
        ",
        expect![[r#"
            08:00 region: fleet YC-1
            09:00 li: move YC-1 YC-05
                YC-1 is to wait at YC-05
            09:01 YC-1: seen_move YC-1 YC-05
                YC-1 sets out for YC-05
            09:05 li: call 中山北街
                incident 1 opened: 中山北街
                call 1.c1 taken
            09:06 li: send 1 YC-1
                task 1.t1: YC-1 from road, order stands until 09:08:00
                call 1.c1: dispatched
            board
                | 1 open, order not received
                |   1.c1 dispatched
                |   1.t1 YC-1 running: created 09:06:00
                | YC-1 [0] assigned on 1.t1 since 09:06:00
            09:07 YC-1: seen_move YC-1 YC-05
                ! vehicle_on_task: vehicle YC-1 is on task 1.t1; let that task end, or divert the vehicle
                kept: YC-1 pressed acknowledge_move, refused as vehicle_on_task, TO SEE
            09:08 li: stay YC-1
                ! no_move: vehicle YC-1 has no such move; it was withdrawn or it was sent since
        "#]],
    );
}

#[test]
fn one_that_waits_at_another_station_is_sent_from_there() {
    check(
        "
        08:00 region: fleet YC-1
        09:00 li: move YC-1 YC-05
        09:01 YC-1: seen_move YC-1 YC-05
        09:15 YC-1: return YC-1
        09:20 li: call 中山北街
        09:21 li: send 1 YC-1
        09:22 li: abort 1.t1 sent_by_mistake
        board
        ",
        expect![[r#"
            08:00 region: fleet YC-1
            09:00 li: move YC-1 YC-05
                YC-1 is to wait at YC-05
            09:01 YC-1: seen_move YC-1 YC-05
                YC-1 sets out for YC-05
            09:15 YC-1: return YC-1
                YC-1 waits at YC-05
            09:20 li: call 中山北街
                incident 1 opened: 中山北街
                call 1.c1 taken
            09:21 li: send 1 YC-1
                task 1.t1: YC-1 from road, order stands until 09:23:00
                call 1.c1: dispatched
            09:22 li: abort 1.t1 sent_by_mistake
                1.t1 aborted: sent_by_mistake
            board
                | 1 open, WAITS
                |   1.c1 dispatched
                |   1.t1 YC-1 aborted (sent_by_mistake): created 09:21:00
                | YC-1 [6] available on the road since 09:22:00
        "#]],
    );
}

#[test]
fn only_a_free_vehicle_is_moved() {
    check(
        "
        08:00 region: fleet YC-1 YC-2 YC-3
        09:00 li: call 中山北街
        09:00 li: send 1 YC-1
        09:01 li: move YC-1 YC-05
        09:02 li: pause YC-2 fuel
        09:02 li: move YC-2 YC-05
        09:03 li: off_duty YC-2
        09:03 li: move YC-2 YC-05
        09:04 YC-3: sos YC-3
        09:04 li: move YC-3 YC-05
        09:05 li: clear_sos YC-3 ok
        09:05 li: move YC-3 YC-01
        09:05 li: move YC-3
        ",
        expect![[r#"
            08:00 region: fleet YC-1 YC-2 YC-3
            09:00 li: call 中山北街
                incident 1 opened: 中山北街
                call 1.c1 taken
            09:00 li: send 1 YC-1
                task 1.t1: YC-1 from station, order stands until 09:02:00
                call 1.c1: dispatched
            09:01 li: move YC-1 YC-05
                ! vehicle_not_available: vehicle YC-1 is not available (state TaskAssigned); bring it back on duty first
            09:02 li: pause YC-2 fuel
                YC-2 paused: fuel
            09:02 li: move YC-2 YC-05
                ! vehicle_not_available: vehicle YC-2 is not available (state Paused); bring it back on duty first
            09:03 li: off_duty YC-2
                YC-2 off duty
            09:03 li: move YC-2 YC-05
                ! vehicle_not_available: vehicle YC-2 is not available (state OffDuty); bring it back on duty first
            09:04 YC-3: sos YC-3
                YC-3 CALLS FOR HELP
            09:04 li: move YC-3 YC-05
                ! vehicle_not_available: vehicle YC-3 is not available (state AvailableAtStation); bring it back on duty first
            09:05 li: clear_sos YC-3 ok
                YC-3 help call dealt with
            09:05 li: move YC-3 YC-01
                ! bad_field: station must be another than the vehicle waits at or goes to
            09:05 li: move YC-3
                ! bad_field: station must not be empty
        "#]],
    );
}

#[test]
fn another_station_replaces_the_one_before_and_a_withdrawn_move_leaves_it_where_it_is() {
    check(
        "
        08:00 region: fleet YC-1
        09:00 li: move YC-1 YC-05
        09:01 li: move YC-1 YC-05
        09:02 li: move YC-1 YC-06
        09:03 YC-1: seen_move YC-1 YC-05
        09:04 YC-1: seen_move YC-1 YC-06
        09:05 li: stay YC-1
        board
        ",
        expect![[r#"
            08:00 region: fleet YC-1
            09:00 li: move YC-1 YC-05
                YC-1 is to wait at YC-05
            09:01 li: move YC-1 YC-05
                ! bad_field: station must be another than the vehicle waits at or goes to
            09:02 li: move YC-1 YC-06
                YC-1 is to wait at YC-06
            09:03 YC-1: seen_move YC-1 YC-05
                ! no_move: vehicle YC-1 has no such move; it was withdrawn or it was sent since
                kept: YC-1 pressed acknowledge_move, refused as no_move, TO SEE
            09:04 YC-1: seen_move YC-1 YC-06
                YC-1 sets out for YC-06
            09:05 li: stay YC-1
                YC-1 is not to wait at YC-06
            board
                | YC-1 [6] available on the road since 09:04:00, 1 refused to see
        "#]],
    );
}

/// The press means the station that the crew knows of.
#[test]
fn a_crew_that_has_not_seen_it_comes_home_as_ever() {
    check(
        "
        08:00 region: fleet YC-1
        09:00 li: call 中山北街
        09:00 li: send 1 YC-1
        09:10 YC-1: at_scene 1.t1
        09:20 YC-1: finished 1.t1
        09:21 li: move YC-1 YC-05
        09:30 YC-1: return YC-1
        board
        ",
        expect![[r#"
            08:00 region: fleet YC-1
            09:00 li: call 中山北街
                incident 1 opened: 中山北街
                call 1.c1 taken
            09:00 li: send 1 YC-1
                task 1.t1: YC-1 from station, order stands until 09:02:00
                call 1.c1: dispatched
            09:10 YC-1: at_scene 1.t1
                1.t1 at_scene
            09:20 YC-1: finished 1.t1
                1.t1 finished
            09:21 li: move YC-1 YC-05
                YC-1 is to wait at YC-05
            09:30 YC-1: return YC-1
                1.t1 back_at_station
            board
                | 1 open, CLOSE OR SEND? 0 of 1 patients accounted for
                |   1.c1 dispatched
                |   1.t1 YC-1 finished: created 09:00:00, at_scene 09:10:00, finished 09:20:00, back_at_station 09:30:00
                | YC-1 [7] at station since 09:30:00, to wait at YC-05, NOT SEEN
        "#]],
    );
}

#[test]
fn a_pause_on_the_way_changes_nothing_and_a_day_off_ends_it() {
    check(
        "
        08:00 region: fleet YC-1
        09:00 li: move YC-1 YC-05
        09:01 YC-1: seen_move YC-1 YC-05
        09:05 YC-1: pause YC-1 fuel
        09:10 YC-1: return YC-1
        09:20 YC-1: unpause YC-1
        board
        18:00 YC-1: off_duty YC-1
        board
        ",
        expect![[r#"
            08:00 region: fleet YC-1
            09:00 li: move YC-1 YC-05
                YC-1 is to wait at YC-05
            09:01 YC-1: seen_move YC-1 YC-05
                YC-1 sets out for YC-05
            09:05 YC-1: pause YC-1 fuel
                YC-1 paused: fuel
            09:10 YC-1: return YC-1
                YC-1 waits at YC-05
            09:20 YC-1: unpause YC-1
                YC-1 resumed
            board
                | YC-1 [6] available on the road since 09:20:00, waits at YC-05 since 09:10:00
            18:00 YC-1: off_duty YC-1
                YC-1 off duty
            board
                | YC-1 [8] off duty since 18:00:00
        "#]],
    );
}

#[test]
fn a_task_taken_up_again_ends_the_move_that_was_given_meanwhile() {
    check(
        "
        08:00 region: fleet YC-1
        09:00 li: call 中山北街
        09:00 li: send 1 YC-1
        09:10 YC-1: at_scene 1.t1
        09:20 YC-1: finished 1.t1
        09:21 li: move YC-1 YC-05
        09:22 YC-1: undo 1.t1 finished
        board
        ",
        expect![[r#"
            08:00 region: fleet YC-1
            09:00 li: call 中山北街
                incident 1 opened: 中山北街
                call 1.c1 taken
            09:00 li: send 1 YC-1
                task 1.t1: YC-1 from station, order stands until 09:02:00
                call 1.c1: dispatched
            09:10 YC-1: at_scene 1.t1
                1.t1 at_scene
            09:20 YC-1: finished 1.t1
                1.t1 finished
            09:21 li: move YC-1 YC-05
                YC-1 is to wait at YC-05
            09:22 YC-1: undo 1.t1 finished
                1.t1 not finished
            board
                | 1 open
                |   1.c1 dispatched
                |   1.t1 YC-1 running: created 09:00:00, at_scene 09:10:00
                | YC-1 [3] at_scene on 1.t1 since 09:10:00
        "#]],
    );
}

#[test]
fn a_move_that_no_crew_sees_is_taken_back_by_rule_and_one_that_is_seen_is_not() {
    check(
        "
        08:00 region: fleet YC-1
        09:00 li: move YC-1 YC-05
        09:05 region: stay YC-1
        09:05:01 region: stay YC-1
        09:05:02 region: stay YC-1
        board
        09:06 li: move YC-1 YC-05
        09:09 li: move YC-1 YC-06
        09:12 region: stay YC-1
        09:13 YC-1: seen_move YC-1 YC-06
        09:30 region: stay YC-1
        board
        ",
        expect![[r#"
            08:00 region: fleet YC-1
            09:00 li: move YC-1 YC-05
                YC-1 is to wait at YC-05
            09:05 region: stay YC-1
                = already recorded
            09:05:01 region: stay YC-1
                YC-1 is not to wait at YC-05
            09:05:02 region: stay YC-1
                = already recorded
            board
                | YC-1 [7] at station since 08:00:00
            09:06 li: move YC-1 YC-05
                YC-1 is to wait at YC-05
            09:09 li: move YC-1 YC-06
                YC-1 is to wait at YC-06
            09:12 region: stay YC-1
                = already recorded
            09:13 YC-1: seen_move YC-1 YC-06
                YC-1 sets out for YC-06
            09:30 region: stay YC-1
                = already recorded
            board
                | YC-1 [6] available on the road since 09:13:00, under way to YC-06
        "#]],
    );
}
