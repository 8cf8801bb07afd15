//! Who else comes, as the crews under way are told it.

use super::check;
use expect_test::expect;

/// A vehicle that is named with others and turns out not to come is a change of theirs, and so is its coming after all.
#[test]
fn who_does_not_come_after_all_is_told_to_the_others() {
    check(
        "
        08:00 region: fleet YC-1 YC-2 YC-3
        10:00 li: call 中山北街
        10:01 li: send 1 YC-1 YC-2 YC-3
        10:01 YC-1: order_received 1.t1
        10:02@09:58 YC-2: off_duty YC-2
        board
        10:03 YC-2: on_duty YC-2
        10:03 YC-1: seen_change 1.t1 12
        10:03 YC-2: order_received 1.t2
        board
        10:03 YC-1: seen_change 1.t1 16
        10:04 region: lapse 1.t3
        board
        ",
        expect![[r#"
            08:00 region: fleet YC-1 YC-2 YC-3
            10:00 li: call 中山北街
                incident 1 opened: 中山北街
                call 1.c1 taken
            10:01 li: send 1 YC-1 YC-2 YC-3
                (vehicles_sent) incident 1 wants 3 vehicle(s)
                task 1.t1: YC-1 from station, order stands until 10:03:00
                task 1.t2: YC-2 from station, order stands until 10:03:00
                task 1.t3: YC-3 from station, order stands until 10:03:00
                call 1.c1: dispatched
            10:01 YC-1: order_received 1.t1
                1.t1 order_received
            10:02@09:58 YC-2: off_duty YC-2
                YC-2 was off_duty before 1.t2, which waits
            board
                | 1 open, WAITS
                |   1.c1 dispatched
                |   1.t1 YC-1 running: created 10:01:00, order_received 10:01:00, NOT SEEN: with_vehicles (12)
                |   1.t2 YC-2 running, NOT ANSWERED: created 10:01:00
                |   1.t3 YC-3 running: created 10:01:00
                | YC-1 [1] order_received on 1.t1 since 10:01:00
                | YC-2 [8] assigned on 1.t2 since 09:58:00
                | YC-3 [0] assigned on 1.t3 since 10:01:00
            10:03 YC-2: on_duty YC-2
                YC-2 is back for 1.t2
            10:03 YC-1: seen_change 1.t1 12
                1.t1 changes up to 12 seen
            10:03 YC-2: order_received 1.t2
                1.t2 order_received
            board
                | 1 open, order not received
                |   1.c1 dispatched
                |   1.t1 YC-1 running: created 10:01:00, order_received 10:01:00, NOT SEEN: with_vehicles (15)
                |   1.t2 YC-2 running: created 10:01:00, order_received 10:03:00
                |   1.t3 YC-3 running: created 10:01:00
                | YC-1 [1] order_received on 1.t1 since 10:01:00
                | YC-2 [1] order_received on 1.t2 since 10:03:00
                | YC-3 [0] assigned on 1.t3 since 10:01:00
            10:03 YC-1: seen_change 1.t1 16
                ! no_order_change: the order of task 1.t1 has no such change to acknowledge; look at the order as it is now
                kept: YC-1 pressed acknowledge_order_change 1.t1, refused as no_order_change
            10:04 region: lapse 1.t3
                1.t3 NOBODY RECEIVED THE ORDER
            board
                | 1 open, WAITS
                |   1.c1 dispatched
                |   1.t1 YC-1 running: created 10:01:00, order_received 10:01:00, NOT SEEN: with_vehicles (17)
                |   1.t2 YC-2 running: created 10:01:00, order_received 10:03:00, NOT SEEN: with_vehicles (17)
                |   1.t3 YC-3 running, NOT ANSWERED: created 10:01:00
                | YC-1 [1] order_received on 1.t1 since 10:01:00
                | YC-2 [1] order_received on 1.t2 since 10:03:00
                | YC-3 [0] assigned on 1.t3 since 10:01:00
        "#]],
    );
}

/// A patient whose ride was diverted is on board all the same: the second vehicle at the other scene learns that
/// nobody comes with it.
#[test]
fn a_companion_held_up_by_another_patient_is_told() {
    check(
        "
        08:00 region: fleet YC-1 YC-2
        10:00 li: call 中山北街
        10:00 li: call 上海路
        10:01 li: send 1 YC-1
        10:02 li: send 2 YC-2
        10:03 YC-2: order_received 2.t1
        10:10 li: divert YC-1 2 nearer
        board
        10:12@10:09 YC-1: left_scene 1.t1
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
            10:02 li: send 2 YC-2
                task 2.t1: YC-2 from station, order stands until 10:04:00
                call 2.c1: dispatched
            10:03 YC-2: order_received 2.t1
                2.t1 order_received
            10:10 li: divert YC-1 2 nearer
                1.t1 diverted to 2: nearer
                call 1.c1: reassigned (nearer)
                (vehicles_sent) incident 2 wants 2 vehicle(s)
                task 2.t2: YC-1 from station, order stands until 10:12:00, after 1.t1
            board
                | 1 open, WAITS
                |   1.c1 reassigned (nearer)
                |   1.t1 YC-1 diverted to 2: created 10:01:00
                | 2 open, order not received
                |   2.c1 dispatched
                |   2.t1 YC-2 running: created 10:02:00, order_received 10:03:00, NOT SEEN: with_vehicles (15)
                |   2.t2 YC-1 running: created 10:10:00
                | YC-1 [0] assigned on 2.t2 since 10:10:00
                | YC-2 [1] order_received on 2.t1 since 10:03:00
            10:12@10:09 YC-1: left_scene 1.t1
                1.t1 left_scene reported, AGAINST THE CENTRE, pressed before the end
            board
                | 1 open, WAITS
                |   1.c1 reassigned (nearer)
                |   1.t1 YC-1 diverted to 2: created 10:01:00, left_scene 10:09:00
                | 2 open, WAITS
                |   2.c1 dispatched
                |   2.t1 YC-2 running: created 10:02:00, order_received 10:03:00, NOT SEEN: with_vehicles (16)
                |   2.t2 YC-1 running: created 10:10:00
                | YC-1 [4] assigned on 2.t2 since 10:09:00, CREW REPORTS left_scene of 1.t1
                | YC-2 [1] order_received on 2.t1 since 10:03:00
        "#]],
    );
}

/// A crew that has a patient after all comes to nobody else; it comes again once that press is taken back.
#[test]
fn who_has_no_other_patient_after_all_is_told_to_the_others() {
    check(
        "
        08:00 region: fleet YC-1 YC-2
        10:00 li: call 中山北街
        10:00 li: call 上海路
        10:01 li: send 1 YC-1
        10:02 li: abort 1.t1 other
        10:03 li: send 2 YC-1 YC-2
        10:04 YC-2: order_received 2.t2
        10:05 YC-1: left_scene 1.t1
        board
        10:06 YC-2: seen_change 2.t2 15
        10:07 YC-1: undo 1.t1 left_scene
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
            10:02 li: abort 1.t1 other
                1.t1 aborted: other
            10:03 li: send 2 YC-1 YC-2
                (vehicles_sent) incident 2 wants 2 vehicle(s)
                task 2.t1: YC-1 from station, order stands until 10:05:00
                task 2.t2: YC-2 from station, order stands until 10:05:00
                call 2.c1: dispatched
            10:04 YC-2: order_received 2.t2
                2.t2 order_received
            10:05 YC-1: left_scene 1.t1
                1.t1 left_scene reported, AGAINST THE CENTRE, pressed after the end
            board
                | 1 open, WAITS
                |   1.c1 dispatched
                |   1.t1 YC-1 aborted (other): created 10:01:00, left_scene 10:05:00
                | 2 open, WAITS
                |   2.c1 dispatched
                |   2.t1 YC-1 running: created 10:03:00
                |   2.t2 YC-2 running: created 10:03:00, order_received 10:04:00, NOT SEEN: with_vehicles (15)
                | YC-1 [4] assigned on 2.t1 since 10:05:00, CREW REPORTS left_scene of 1.t1
                | YC-2 [1] order_received on 2.t2 since 10:04:00
            10:06 YC-2: seen_change 2.t2 15
                2.t2 changes up to 15 seen
            10:07 YC-1: undo 1.t1 left_scene
                1.t1 not left_scene
            board
                | 1 open, WAITS
                |   1.c1 dispatched
                |   1.t1 YC-1 aborted (other): created 10:01:00
                | 2 open, order not received
                |   2.c1 dispatched
                |   2.t1 YC-1 running: created 10:03:00
                |   2.t2 YC-2 running: created 10:03:00, order_received 10:04:00, NOT SEEN: with_vehicles (17)
                | YC-1 [0] assigned on 2.t1 since 10:01:00
                | YC-2 [1] order_received on 2.t2 since 10:04:00
        "#]],
    );
}
