//! What positions show is noted, and every press goes before it.

use super::check;
use expect_test::expect;

#[test]
fn an_arrival_that_was_seen_is_not_one_that_was_pressed() {
    check(
        "
        08:00 region: fleet YC-1
        09:00 li: call 中山北街
        09:01 li: send 1 YC-1
        09:02 region: seen YC-1 at_scene 1.t1
        09:02 YC-1: order_received 1.t1
        09:03 YC-1: departed 1.t1
        09:10 region: seen YC-1 at_scene 1.t1
        09:10:10 region: seen YC-1 at_scene 1.t1
        board
        09:12 YC-1: at_scene 1.t1
        09:12:30 region: unseen YC-1 at_scene 1.t1
        09:13 region: seen YC-1 at_scene 1.t1
        board
        ",
        expect![[r#"
            08:00 region: fleet YC-1
            09:00 li: call 中山北街
                incident 1 opened: 中山北街
                call 1.c1 taken
            09:01 li: send 1 YC-1
                task 1.t1: YC-1 from station, order stands until 09:03:00
                call 1.c1: dispatched
            09:02 region: seen YC-1 at_scene 1.t1
                = already recorded
            09:02 YC-1: order_received 1.t1
                1.t1 order_received
            09:03 YC-1: departed 1.t1
                1.t1 departed
            09:10 region: seen YC-1 at_scene 1.t1
                YC-1 seen at_scene since 09:10:00
            09:10:10 region: seen YC-1 at_scene 1.t1
                = already recorded
            board
                | 1 open
                |   1.c1 dispatched
                |   1.t1 YC-1 running: created 09:01:00, order_received 09:02:00, departed 09:03:00
                | YC-1 [2] to_scene on 1.t1 since 09:03:00, SEEN at_scene
            09:12 YC-1: at_scene 1.t1
                1.t1 at_scene
            09:12:30 region: unseen YC-1 at_scene 1.t1
                = already recorded
            09:13 region: seen YC-1 at_scene 1.t1
                = already recorded
            board
                | 1 open
                |   1.c1 dispatched
                |   1.t1 YC-1 running: created 09:01:00, order_received 09:02:00, departed 09:03:00, at_scene 09:12:00
                | YC-1 [3] at_scene on 1.t1 since 09:12:00
        "#]],
    );
}

#[test]
fn what_the_crew_takes_back_is_seen_anew() {
    check(
        "
        08:00 region: fleet YC-1
        09:00 li: call 中山北街
        09:01 li: send 1 YC-1
        09:02 YC-1: order_received 1.t1
        09:03 YC-1: departed 1.t1
        09:10 region: seen YC-1 at_scene 1.t1
        09:11 YC-1: at_scene 1.t1
        09:11:05 YC-1: undo 1.t1 at_scene
        board
        09:11:30 region: unseen YC-1 at_scene 1.t1
        09:12 region: unseen YC-1 at_scene 1.t1
        09:15 region: seen YC-1 idling 1.t1
        09:15:02 region: seen YC-1 idling 1.t1
        board
        ",
        expect![[r#"
            08:00 region: fleet YC-1
            09:00 li: call 中山北街
                incident 1 opened: 中山北街
                call 1.c1 taken
            09:01 li: send 1 YC-1
                task 1.t1: YC-1 from station, order stands until 09:03:00
                call 1.c1: dispatched
            09:02 YC-1: order_received 1.t1
                1.t1 order_received
            09:03 YC-1: departed 1.t1
                1.t1 departed
            09:10 region: seen YC-1 at_scene 1.t1
                YC-1 seen at_scene since 09:10:00
            09:11 YC-1: at_scene 1.t1
                1.t1 at_scene
            09:11:05 YC-1: undo 1.t1 at_scene
                1.t1 not at_scene
            board
                | 1 open
                |   1.c1 dispatched
                |   1.t1 YC-1 running: created 09:01:00, order_received 09:02:00, departed 09:03:00
                | YC-1 [2] to_scene on 1.t1 since 09:03:00, SEEN at_scene
            09:11:30 region: unseen YC-1 at_scene 1.t1
                YC-1 seen at_scene since 09:11:30, over
            09:12 region: unseen YC-1 at_scene 1.t1
                = already recorded
            09:15 region: seen YC-1 idling 1.t1
                YC-1 seen idling since 09:15:00
            09:15:02 region: seen YC-1 idling 1.t1
                = already recorded
            board
                | 1 open
                |   1.c1 dispatched
                |   1.t1 YC-1 running: created 09:01:00, order_received 09:02:00, departed 09:03:00
                | YC-1 [2] to_scene on 1.t1 since 09:03:00, SEEN idling
        "#]],
    );
}

#[test]
fn the_station_is_that_at_which_it_is_to_wait() {
    check(
        "
        08:00 region: fleet YC-1
        09:00 region: seen YC-1 at_station YC-01
        09:00 li: move YC-1 YC-05
        09:01 YC-1: seen_move YC-1 YC-05
        09:09 region: seen YC-1 at_station YC-01
        09:10 region: seen YC-1 at_station YC-05
        board
        09:11 YC-1: return YC-1
        board
        ",
        expect![[r#"
            08:00 region: fleet YC-1
            09:00 region: seen YC-1 at_station YC-01
                = already recorded
            09:00 li: move YC-1 YC-05
                YC-1 is to wait at YC-05
            09:01 YC-1: seen_move YC-1 YC-05
                YC-1 sets out for YC-05
            09:09 region: seen YC-1 at_station YC-01
                = already recorded
            09:10 region: seen YC-1 at_station YC-05
                YC-1 seen at_station since 09:10:00
            board
                | YC-1 [6] available on the road since 09:01:00, under way to YC-05, SEEN at_station
            09:11 YC-1: return YC-1
                YC-1 waits at YC-05
            board
                | YC-1 [6] available on the road since 09:11:00, waits at YC-05 since 09:11:00
        "#]],
    );
}

#[test]
fn the_border_and_speed_are_told_of_whatever_the_vehicle_does() {
    check(
        "
        08:00 region: fleet YC-1
        09:00 region: seen YC-1 outside_region
        09:01 region: seen YC-1 outside_region
        09:02 region: seen YC-1 speeding 150
        09:05 region: seen YC-1 speeding 160
        09:12 region: seen YC-1 speeding 155
        09:13 region: unseen YC-1 speeding 155
        board
        09:30 region: unseen YC-1 outside_region
        09:31 region: unseen YC-1 outside_region
        09:32 region: seen YC-9 outside_region
        board
        ",
        expect![[r#"
            08:00 region: fleet YC-1
            09:00 region: seen YC-1 outside_region
                YC-1 seen outside_region since 09:00:00
            09:01 region: seen YC-1 outside_region
                = already recorded
            09:02 region: seen YC-1 speeding 150
                YC-1 seen speeding since 09:02:00
            09:05 region: seen YC-1 speeding 160
                = already recorded
            09:12 region: seen YC-1 speeding 155
                YC-1 seen speeding since 09:12:00
            09:13 region: unseen YC-1 speeding 155
                = already recorded
            board
                | YC-1 [7] at station since 08:00:00, SEEN outside_region speeding
            09:30 region: unseen YC-1 outside_region
                YC-1 seen outside_region since 09:30:00, over
            09:31 region: unseen YC-1 outside_region
                = already recorded
            09:32 region: seen YC-9 outside_region
                ! unknown_vehicle: vehicle YC-9 does not belong to this centre; ask its centre to lend it
            board
                | YC-1 [7] at station since 08:00:00, SEEN speeding
        "#]],
    );
}
