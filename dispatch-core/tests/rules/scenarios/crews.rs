//! What arrives from terminals: repeats, gaps, and presses that cannot be carried out.

use super::check;
use expect_test::expect;

#[test]
fn a_repeated_press_is_recorded_once() {
    check(
        "
        08:00 region: fleet YC-1
        10:00 li: call 中山北街
        10:01 li: send 1 YC-1
        10:02 YC-1#1: receipt 1.t1
        10:02 YC-1#2: order_received 1.t1
        10:03 YC-1#1: receipt 1.t1
        10:03 YC-1#2: order_received 1.t1
        10:03 YC-1#3: departed 1.t1
        ",
        expect![[r#"
            08:00 region: fleet YC-1
            10:00 li: call 中山北街
                incident 1 opened: 中山北街
                call 1.c1 taken
            10:01 li: send 1 YC-1
                task 1.t1: YC-1 from station, order stands until 10:03:00
                call 1.c1: dispatched
            10:02 YC-1#1: receipt 1.t1
                1.t1 order on the screen
            10:02 YC-1#2: order_received 1.t1
                1.t1 order_received
            10:03 YC-1#1: receipt 1.t1
                = already recorded
            10:03 YC-1#2: order_received 1.t1
                = already recorded
            10:03 YC-1#3: departed 1.t1
                1.t1 departed
        "#]],
    );
}

#[test]
fn a_gap_is_asked_for_again() {
    check(
        "
        08:00 region: fleet YC-1
        10:00 YC-1#2: sos YC-1
        10:00 YC-1#0: sos YC-1
        10:00 YC-1#1: sos YC-1
        ",
        expect![[r#"
            08:00 region: fleet YC-1
            10:00 YC-1#2: sos YC-1
                ! command_gap: command 2 came before command 1; send them in order
            10:00 YC-1#0: sos YC-1
                ! command_gap: command 0 came before command 1; send them in order
            10:00 YC-1#1: sos YC-1
                YC-1 CALLS FOR HELP
        "#]],
    );
}

#[test]
fn a_replaced_terminal_numbers_again_from_one() {
    check(
        "
        08:00 region: fleet YC-1
        10:00 YC-1: sos YC-1
        10:01 YC-1/spare#1: sos YC-1
        10:02 YC-1/spare#1: sos YC-1
        10:03 YC-1#1: sos YC-1
        ",
        expect![[r#"
            08:00 region: fleet YC-1
            10:00 YC-1: sos YC-1
                YC-1 CALLS FOR HELP
            10:01 YC-1/spare#1: sos YC-1
                YC-1 CALLS FOR HELP
            10:02 YC-1/spare#1: sos YC-1
                = already recorded
            10:03 YC-1#1: sos YC-1
                = already recorded
        "#]],
    );
}

#[test]
fn a_press_that_cannot_be_carried_out_is_kept_and_counted() {
    check(
        "
        08:00 region: fleet YC-1
        10:00 YC-1#1: at_scene 7.t1
        10:01 YC-1#1: at_scene 7.t1
        10:02 YC-1#2: sos YC-1
        ",
        expect![[r#"
            08:00 region: fleet YC-1
            10:00 YC-1#1: at_scene 7.t1
                ! unknown_task: there is no task 7.t1 at this centre; it may have ended long ago
                kept: YC-1 pressed at_scene 7.t1, refused as unknown_task, TO SEE
            10:01 YC-1#1: at_scene 7.t1
                = already recorded
            10:02 YC-1#2: sos YC-1
                YC-1 CALLS FOR HELP
        "#]],
    );
}

#[test]
fn a_terminal_speaks_for_its_own_vehicle_only() {
    check(
        "
        08:00 region: fleet YC-1 YC-2
        10:00 li: call 中山北街
        10:01 li: send 1 YC-1
        10:02 YC-2: departed 1.t1
        10:03 YC-2: off_duty YC-1
        10:04 YC-2: cancel 1 caller_cancelled
        10:05 YC-9: sos YC-9
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
            10:02 YC-2: departed 1.t1
                ! not_your_vehicle: a terminal acts only for its own vehicle, not for YC-1; ask the centre
                kept: YC-2 pressed departed 1.t1, refused as not_your_vehicle, TO SEE
            10:03 YC-2: off_duty YC-1
                ! not_your_vehicle: a terminal acts only for its own vehicle, not for YC-1; ask the centre
                kept: YC-2 pressed go_off_duty, refused as not_your_vehicle, TO SEE
            10:04 YC-2: cancel 1 caller_cancelled
                ! not_for_crews: only the centre can do this; call it by radio
                kept: YC-2 pressed cancel_incident, refused as not_for_crews, TO SEE
            10:05 YC-9: sos YC-9
                ! unknown_vehicle: vehicle YC-9 does not belong to this centre; ask its centre to lend it
            board
                | 1 open, order not received
                |   1.c1 dispatched
                |   1.t1 YC-1 running: created 10:01:00
                | YC-1 [0] assigned on 1.t1 since 10:01:00
                | YC-2 [7] at station since 08:00:00, 3 refused to see
        "#]],
    );
}

#[test]
fn a_persons_command_sent_twice_is_recorded_once() {
    check(
        "
        08:00 region: fleet YC-1
        10:00 li[a1]: call 中山北街
        10:00 li[a1]: call 中山北街
        10:01 li[a2]: send 1 YC-1
        10:01 li[a2]: send 1 YC-1
        10:02 li[a3]: send 1 YC-1
        10:02 li[a3]: send 1 YC-1
        board
        ",
        expect![[r#"
            08:00 region: fleet YC-1
            10:00 li[a1]: call 中山北街
                incident 1 opened: 中山北街
                call 1.c1 taken
            10:00 li[a1]: call 中山北街
                = already recorded
            10:01 li[a2]: send 1 YC-1
                task 1.t1: YC-1 from station, order stands until 10:03:00
                call 1.c1: dispatched
            10:01 li[a2]: send 1 YC-1
                = already recorded
            10:02 li[a3]: send 1 YC-1
                ! already_on_incident: vehicle YC-1 is already on incident 1
            10:02 li[a3]: send 1 YC-1
                ! already_on_incident: vehicle YC-1 is already on incident 1
            board
                | 1 open, order not received
                |   1.c1 dispatched
                |   1.t1 YC-1 running: created 10:01:00
                | YC-1 [0] assigned on 1.t1 since 10:01:00
        "#]],
    );
}
