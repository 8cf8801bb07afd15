//! A clock that was years ahead for one run, and the journal that goes on after it.

use super::check;
use expect_test::expect;

/// A terminal three minutes slow, and one that was switched off before it knew the time.
#[test]
fn a_press_counts_by_the_corrected_time_and_keeps_what_its_terminal_said() {
    check(
        "
        08:00 region: fleet YC-1
        08:00 li: call 中山北街
        08:01 li: send 1 YC-1
        08:09@08:08~08:05 YC-1: at_scene 1.t1
        08:31@08:12? YC-1: left_scene 1.t1
        board
        ",
        expect![[r#"
            08:00 region: fleet YC-1
            08:00 li: call 中山北街
                incident 1 opened: 中山北街
                call 1.c1 taken
            08:01 li: send 1 YC-1
                task 1.t1: YC-1 from station, order stands until 08:03:00
                call 1.c1: dispatched
            08:09@08:08~08:05 YC-1: at_scene 1.t1
                1.t1 at_scene
            08:31@08:12? YC-1: left_scene 1.t1
                1.t1 left_scene [clock doubtful]
            board
                | 1 open
                |   1.c1 dispatched
                |   1.t1 YC-1 running: created 08:01:00, at_scene 08:08:00, left_scene 08:31:00?
                | YC-1 [4] patient_on_board on 1.t1 since 08:31:00
        "#]],
    );
}

/// What was opened and sent in that time begins to count when the clock is right again: it can be reached, it
/// expires, and what is over is forgotten after a week.
#[test]
fn what_a_fast_clock_left_behind_counts_from_when_it_is_right() {
    check(
        "
        08:00 region: fleet YC-1
        day1000+10:00 li: call 中山北街
        day1000+10:00 li: call 上海路 outcome=nuisance
        day1000+10:01 li: send 1 YC-1
        09:00 region: correct_clock
        09:00 region: correct_clock
        board
        09:03 YC-1: order_received 1.t1
        09:04 YC-1: departed 1.t1
        09:05 li: call 北京路
        day8+10:00 li: note 2 一周后
        board
        ",
        expect![[r#"
            08:00 region: fleet YC-1
            day1000+10:00 li: call 中山北街
                incident 1 opened: 中山北街
                call 1.c1 taken
            day1000+10:00 li: call 上海路 outcome=nuisance
                incident 2 opened: 上海路
                call 2.c1 taken
                call 2.c1: nuisance
                incident 2 closed
            day1000+10:01 li: send 1 YC-1
                task 1.t1: YC-1 from station, order stands until day1000+10:03:00
                call 1.c1: dispatched
            09:00 region: correct_clock
                clock set right
            09:00 region: correct_clock
                = already recorded
            board
                | 1 open, order not received
                |   1.c1 dispatched
                |   1.t1 YC-1 running: created 09:00:00?
                | 2 closed by hand
                |   2.c1 nuisance
                | YC-1 [0] assigned on 1.t1 since 09:00:00
            09:03 YC-1: order_received 1.t1
                ! order_expired: the order of task 1.t1 expired before it was received; call the centre by radio
                kept: YC-1 pressed order_received 1.t1, refused as order_expired, TO SEE
            09:04 YC-1: departed 1.t1
                1.t1 departed
            09:05 li: call 北京路
                incident 3 opened: 北京路
                call 3.c1 taken
            day8+10:00 li: note 2 一周后
                note on 2: 一周后
            board
                | 1 open
                |   1.c1 dispatched
                |   1.t1 YC-1 running: created 09:00:00?, departed 09:04:00
                | 3 open, WAITS
                |   3.c1 open
                | YC-1 [2] to_scene on 1.t1 since 09:04:00, 1 refused to see
        "#]],
    );
}

/// A press made while the server's clock was ahead keeps its own time once the clock is right.
#[test]
fn a_press_after_the_clock_is_right_stands_at_its_time() {
    check(
        "
        08:00 region: fleet YC-1
        day1000+10:00 li: call 中山北街
        day1000+10:01 li: send 1 YC-1
        09:00 region: correct_clock
        09:01 YC-1: order_received 1.t1
        09:05@09:02 YC-1: departed 1.t1
        board
        ",
        expect![[r#"
            08:00 region: fleet YC-1
            day1000+10:00 li: call 中山北街
                incident 1 opened: 中山北街
                call 1.c1 taken
            day1000+10:01 li: send 1 YC-1
                task 1.t1: YC-1 from station, order stands until day1000+10:03:00
                call 1.c1: dispatched
            09:00 region: correct_clock
                clock set right
            09:01 YC-1: order_received 1.t1
                1.t1 order_received
            09:05@09:02 YC-1: departed 1.t1
                1.t1 departed
            board
                | 1 open
                |   1.c1 dispatched
                |   1.t1 YC-1 running: created 09:00:00?, order_received 09:01:00, departed 09:02:00
                | YC-1 [2] to_scene on 1.t1 since 09:02:00
        "#]],
    );
}
