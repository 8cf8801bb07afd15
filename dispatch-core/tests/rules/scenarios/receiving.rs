//! Sent is not received: orders nobody answered, sent again, lapsed, acknowledged by radio.

use super::check;
use expect_test::expect;

/// An order that runs out unreceived returns its incident to those that wait.
#[test]
fn an_order_nobody_received() {
    check(
        "
        08:00 region: fleet YC-1 YC-2 YC-3
        10:00 li: call 中山北街
        10:01 li: send 1 YC-1
        board
        10:02 region: lapse 1.t1
        10:03:01 region: lapse 1.t1
        10:03:02 region: lapse 1.t1
        board
        10:04 YC-1: receipt 1.t1
        10:05 li: send 1 YC-2
        board
        10:06 li: close 1
        10:06 li: abort 1.t1 other
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
            board
                | 1 open, order not received
                |   1.c1 dispatched
                |   1.t1 YC-1 running: created 10:01:00
                | YC-1 [0] assigned on 1.t1 since 10:01:00
                | YC-2 [7] at station since 08:00:00
                | YC-3 [7] at station since 08:00:00
            10:02 region: lapse 1.t1
                = already recorded
            10:03:01 region: lapse 1.t1
                1.t1 NOBODY RECEIVED THE ORDER
            10:03:02 region: lapse 1.t1
                = already recorded
            board
                | 1 open, WAITS
                |   1.c1 dispatched
                |   1.t1 YC-1 running, NOT ANSWERED: created 10:01:00
                | YC-1 [0] assigned on 1.t1 since 10:01:00
                | YC-2 [7] at station since 08:00:00
                | YC-3 [7] at station since 08:00:00
            10:04 YC-1: receipt 1.t1
                ! order_expired: the order of task 1.t1 expired before it was received; call the centre by radio
                kept: YC-1 pressed device_receipt 1.t1, refused as order_expired
            10:05 li: send 1 YC-2
                task 1.t2: YC-2 from station, order stands until 10:07:00
            board
                | 1 open, order not received
                |   1.c1 dispatched
                |   1.t1 YC-1 running, NOT ANSWERED: created 10:01:00
                |   1.t2 YC-2 running: created 10:05:00
                | YC-1 [0] assigned on 1.t1 since 10:01:00
                | YC-2 [0] assigned on 1.t2 since 10:05:00
                | YC-3 [7] at station since 08:00:00
            10:06 li: close 1
                ! tasks_still_running: incident 1 still has 1 running task(s); end or abort them first
            10:06 li: abort 1.t1 other
                1.t1 aborted: other
            board
                | 1 open, order not received
                |   1.c1 dispatched
                |   1.t1 YC-1 aborted (other): created 10:01:00
                |   1.t2 YC-2 running: created 10:05:00
                | YC-1 [7] at station since 10:06:00
                | YC-2 [0] assigned on 1.t2 since 10:05:00
                | YC-3 [7] at station since 08:00:00
        "#]],
    );
}

/// Sent again, its time begins anew and a receipt counts.
#[test]
fn an_order_sent_again() {
    check(
        "
        08:00 region: fleet YC-1 YC-2 YC-3
        10:00 li: call 中山北街
        10:01 li: send 1 YC-1
        10:03:01 region: lapse 1.t1
        10:04 li: resend 1.t1
        board
        10:05 YC-1: receipt 1.t1
        10:06 li: resend 1.t1
        10:20 region: lapse 1.t1
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
            10:03:01 region: lapse 1.t1
                1.t1 NOBODY RECEIVED THE ORDER
            10:04 li: resend 1.t1
                1.t1 sent again, order stands until 10:06:00
            board
                | 1 open, order not received
                |   1.c1 dispatched
                |   1.t1 YC-1 running: created 10:01:00
                | YC-1 [0] assigned on 1.t1 since 10:01:00
                | YC-2 [7] at station since 08:00:00
                | YC-3 [7] at station since 08:00:00
            10:05 YC-1: receipt 1.t1
                1.t1 order on the screen
            10:06 li: resend 1.t1
                ! order_received: the order of task 1.t1 was received; nothing to send again
            10:20 region: lapse 1.t1
                = already recorded
            board
                | 1 open
                |   1.c1 dispatched
                |   1.t1 YC-1 running: created 10:01:00
                | YC-1 [0] assigned on 1.t1 since 10:01:00
                | YC-2 [7] at station since 08:00:00
                | YC-3 [7] at station since 08:00:00
        "#]],
    );
}

/// A dispatcher who was told by radio says so; the vehicle is on its way then.
#[test]
fn an_order_confirmed_by_radio() {
    check(
        "
        08:00 region: fleet YC-1 YC-2 YC-3
        10:00 li: call 中山北街
        10:01 li: send 1 YC-1
        10:03:01 region: lapse 1.t1
        10:04 li: order_received 1.t1
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
            10:03:01 region: lapse 1.t1
                1.t1 NOBODY RECEIVED THE ORDER
            10:04 li: order_received 1.t1
                1.t1 order_received
            board
                | 1 open
                |   1.c1 dispatched
                |   1.t1 YC-1 running: created 10:01:00, order_received 10:04:00
                | YC-1 [1] order_received on 1.t1 since 10:04:00
                | YC-2 [7] at station since 08:00:00
                | YC-3 [7] at station since 08:00:00
        "#]],
    );
}

/// A receipt made in time and told late ends the alarm.
#[test]
fn a_receipt_that_was_only_late() {
    check(
        "
        08:00 region: fleet YC-1 YC-2 YC-3
        10:00 li: call 中山北街
        10:01 li: send 1 YC-1
        10:03:01 region: lapse 1.t1
        10:04@10:01:30 YC-1: receipt 1.t1
        10:05 YC-1: lapse 1.t1
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
            10:03:01 region: lapse 1.t1
                1.t1 NOBODY RECEIVED THE ORDER
            10:04@10:01:30 YC-1: receipt 1.t1
                1.t1 order on the screen
            10:05 YC-1: lapse 1.t1
                ! not_for_crews: only the centre can do this; call it by radio
                kept: YC-1 pressed lapse_order 1.t1, refused as not_for_crews, TO SEE
            board
                | 1 open
                |   1.c1 dispatched
                |   1.t1 YC-1 running: created 10:01:00
                | YC-1 [0] assigned on 1.t1 since 10:01:00, 1 refused to see
                | YC-2 [7] at station since 08:00:00
                | YC-3 [7] at station since 08:00:00
        "#]],
    );
}

/// Two were sent and one answers: the other one is missing.
#[test]
fn one_of_two_does_not_answer() {
    check(
        "
        08:00 region: fleet YC-1 YC-2 YC-3
        10:00 li: call 中山北街
        10:01 li: send 1 YC-1 YC-2
        10:02 YC-1: receipt 1.t1
        board
        10:03:01 region: lapse 1.t1
        10:03:01 region: lapse 1.t2
        board
        ",
        expect![[r#"
            08:00 region: fleet YC-1 YC-2 YC-3
            10:00 li: call 中山北街
                incident 1 opened: 中山北街
                call 1.c1 taken
            10:01 li: send 1 YC-1 YC-2
                (vehicles_sent) incident 1 wants 2 vehicle(s)
                task 1.t1: YC-1 from station, order stands until 10:03:00
                task 1.t2: YC-2 from station, order stands until 10:03:00
                call 1.c1: dispatched
            10:02 YC-1: receipt 1.t1
                1.t1 order on the screen
            board
                | 1 open, order not received
                |   1.c1 dispatched
                |   1.t1 YC-1 running: created 10:01:00
                |   1.t2 YC-2 running: created 10:01:00
                | YC-1 [0] assigned on 1.t1 since 10:01:00
                | YC-2 [0] assigned on 1.t2 since 10:01:00
                | YC-3 [7] at station since 08:00:00
            10:03:01 region: lapse 1.t1
                = already recorded
            10:03:01 region: lapse 1.t2
                1.t2 NOBODY RECEIVED THE ORDER
            board
                | 1 open, WAITS
                |   1.c1 dispatched
                |   1.t1 YC-1 running: created 10:01:00
                |   1.t2 YC-2 running, NOT ANSWERED: created 10:01:00
                | YC-1 [0] assigned on 1.t1 since 10:01:00
                | YC-2 [0] assigned on 1.t2 since 10:01:00
                | YC-3 [7] at station since 08:00:00
        "#]],
    );
}
