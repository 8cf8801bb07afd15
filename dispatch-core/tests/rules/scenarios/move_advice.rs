//! Moves that are suggested: only where a centre is advised, answered by a dispatcher, never carried out by themselves.

use super::check;
use expect_test::expect;

#[test]
fn nothing_is_suggested_until_the_centre_is_advised() {
    check(
        "
        08:00 region: fleet YC-1 YC-2
        09:00 region: suggest YC-1 YC-05 for=720
        09:01 wang: advice advise
        09:01 wang: advice advise
        09:02 region: suggest YC-1 YC-05 for=720
        board
        ",
        expect![[r#"
            08:00 region: fleet YC-1 YC-2
            09:00 region: suggest YC-1 YC-05 for=720
                = already recorded
            09:01 wang: advice advise
                advice on moves: advise
            09:01 wang: advice advise
                = already recorded
            09:02 region: suggest YC-1 YC-05 for=720
                suggestion 1: YC-1 to YC-05 (uncovered for 720 s), 7120 to 7430, stands until 09:07:00
            board
                | YC-1 [7] at station since 08:00:00, suggested to YC-05 (1)
                | YC-2 [7] at station since 08:00:00
        "#]],
    );
}

#[test]
fn an_accepted_suggestion_gives_the_move() {
    check(
        "
        08:00 region: fleet YC-1
        08:30 wang: advice advise
        09:00 region: suggest YC-1 YC-05 for=720
        09:02 li: accept YC-1 1
        09:03 li: accept YC-1 1
        board
        ",
        expect![[r#"
            08:00 region: fleet YC-1
            08:30 wang: advice advise
                advice on moves: advise
            09:00 region: suggest YC-1 YC-05 for=720
                suggestion 1: YC-1 to YC-05 (uncovered for 720 s), 7120 to 7430, stands until 09:05:00
            09:02 li: accept YC-1 1
                suggestion 1 for YC-1 accepted, silent until 09:32:00
                YC-1 is to wait at YC-05, as suggested in 1
            09:03 li: accept YC-1 1
                ! no_suggestion: no such move is suggested for vehicle YC-1 any more; look at its row again
            board
                | YC-1 [7] at station since 08:00:00, to wait at YC-05, NOT SEEN
        "#]],
    );
}

/// Neither its station nor its vehicle.
#[test]
fn an_ignored_one_is_not_suggested_again_for_half_an_hour() {
    check(
        "
        08:00 region: fleet YC-1 YC-2
        08:30 wang: advice advise
        09:00 region: suggest YC-1 YC-05
        09:01 li: ignore YC-1 1 crew_needs_rest
        09:02 region: suggest YC-1 YC-05
        09:02 region: suggest YC-2 YC-05
        09:02 region: suggest YC-1 YC-06
        09:02 region: suggest YC-2 YC-06
        09:30 region: suggest YC-1 YC-05
        09:31 region: suggest YC-1 YC-05
        ",
        expect![[r#"
            08:00 region: fleet YC-1 YC-2
            08:30 wang: advice advise
                advice on moves: advise
            09:00 region: suggest YC-1 YC-05
                suggestion 1: YC-1 to YC-05 (covers more), 7120 to 7430, stands until 09:05:00
            09:01 li: ignore YC-1 1 crew_needs_rest
                suggestion 1 for YC-1 ignored (crew_needs_rest), silent until 09:31:00
            09:02 region: suggest YC-1 YC-05
                = already recorded
            09:02 region: suggest YC-2 YC-05
                = already recorded
            09:02 region: suggest YC-1 YC-06
                = already recorded
            09:02 region: suggest YC-2 YC-06
                suggestion 2: YC-2 to YC-06 (covers more), 7120 to 7430, stands until 09:07:00
            09:30 region: suggest YC-1 YC-05
                = already recorded
            09:31 region: suggest YC-1 YC-05
                suggestion 3: YC-1 to YC-05 (covers more), 7120 to 7430, stands until 09:36:00
        "#]],
    );
}

#[test]
fn nobody_accepts_what_has_expired_or_a_vehicle_that_was_sent() {
    check(
        "
        08:00 region: fleet YC-1 YC-2
        08:30 wang: advice advise
        09:00 region: suggest YC-1 YC-05
        09:06 li: accept YC-1 1
        09:07 region: end YC-1 1 expired
        09:07 region: end YC-1 1 expired
        09:08 region: suggest YC-2 YC-06
        09:09 li: call 中山北街
        09:09 li: send 1 YC-2
        09:10 li: accept YC-2 2
        board
        ",
        expect![[r#"
            08:00 region: fleet YC-1 YC-2
            08:30 wang: advice advise
                advice on moves: advise
            09:00 region: suggest YC-1 YC-05
                suggestion 1: YC-1 to YC-05 (covers more), 7120 to 7430, stands until 09:05:00
            09:06 li: accept YC-1 1
                ! no_suggestion: no such move is suggested for vehicle YC-1 any more; look at its row again
            09:07 region: end YC-1 1 expired
                suggestion 1 for YC-1 expired, silent until 09:37:00
            09:07 region: end YC-1 1 expired
                = already recorded
            09:08 region: suggest YC-2 YC-06
                suggestion 2: YC-2 to YC-06 (covers more), 7120 to 7430, stands until 09:13:00
            09:09 li: call 中山北街
                incident 1 opened: 中山北街
                call 1.c1 taken
            09:09 li: send 1 YC-2
                task 1.t1: YC-2 from station, order stands until 09:11:00
                call 1.c1: dispatched
            09:10 li: accept YC-2 2
                ! no_suggestion: no such move is suggested for vehicle YC-2 any more; look at its row again
            board
                | 1 open, order not received
                |   1.c1 dispatched
                |   1.t1 YC-2 running: created 09:09:00
                | YC-1 [7] at station since 08:00:00
                | YC-2 [0] assigned on 1.t1 since 09:09:00
        "#]],
    );
}

#[test]
fn three_suggestions_stand_at_once_and_one_for_each_vehicle_and_station() {
    check(
        "
        08:00 region: fleet YC-1 YC-2 YC-3 YC-4
        08:30 wang: advice advise
        09:00 region: suggest YC-1 YC-05
        09:00 region: suggest YC-1 YC-06
        09:00 region: suggest YC-2 YC-05
        09:00 region: suggest YC-2 YC-06
        09:00 region: suggest YC-3 YC-07
        09:00 region: suggest YC-4 YC-08
        ",
        expect![[r#"
            08:00 region: fleet YC-1 YC-2 YC-3 YC-4
            08:30 wang: advice advise
                advice on moves: advise
            09:00 region: suggest YC-1 YC-05
                suggestion 1: YC-1 to YC-05 (covers more), 7120 to 7430, stands until 09:05:00
            09:00 region: suggest YC-1 YC-06
                = already recorded
            09:00 region: suggest YC-2 YC-05
                = already recorded
            09:00 region: suggest YC-2 YC-06
                suggestion 2: YC-2 to YC-06 (covers more), 7120 to 7430, stands until 09:05:00
            09:00 region: suggest YC-3 YC-07
                suggestion 3: YC-3 to YC-07 (covers more), 7120 to 7430, stands until 09:05:00
            09:00 region: suggest YC-4 YC-08
                = already recorded
        "#]],
    );
}

#[test]
fn only_vehicles_that_are_free_are_suggested() {
    check(
        "
        08:00 region: fleet YC-1 YC-2 YC-3 YC-4
        08:30 wang: advice advise
        09:00 li: pause YC-1 fuel
        09:00 region: suggest YC-1 YC-05
        09:00 li: off_duty YC-2
        09:00 region: suggest YC-2 YC-05
        09:00 li: move YC-3 YC-06
        09:00 region: suggest YC-3 YC-05
        09:00 region: suggest YC-4 YC-01
        09:01 region: suggest YC-4 YC-05
        09:02 YC-4: pause YC-4 meal
        board
        ",
        expect![[r#"
            08:00 region: fleet YC-1 YC-2 YC-3 YC-4
            08:30 wang: advice advise
                advice on moves: advise
            09:00 li: pause YC-1 fuel
                YC-1 paused: fuel
            09:00 region: suggest YC-1 YC-05
                = already recorded
            09:00 li: off_duty YC-2
                YC-2 off duty
            09:00 region: suggest YC-2 YC-05
                = already recorded
            09:00 li: move YC-3 YC-06
                YC-3 is to wait at YC-06
            09:00 region: suggest YC-3 YC-05
                = already recorded
            09:00 region: suggest YC-4 YC-01
                = already recorded
            09:01 region: suggest YC-4 YC-05
                suggestion 1: YC-4 to YC-05 (covers more), 7120 to 7430, stands until 09:06:00
            09:02 YC-4: pause YC-4 meal
                YC-4 paused: meal
            board
                | YC-1 [9] paused at station (fuel) since 09:00:00
                | YC-2 [8] off duty since 09:00:00
                | YC-3 [7] at station since 08:00:00, to wait at YC-06, NOT SEEN
                | YC-4 [9] paused at station (meal) since 09:02:00
        "#]],
    );
}

#[test]
fn switching_off_ends_what_is_suggested() {
    check(
        "
        08:00 region: fleet YC-1
        08:30 wang: advice advise
        09:00 region: suggest YC-1 YC-05
        09:01 wang: advice off
        board
        ",
        expect![[r#"
            08:00 region: fleet YC-1
            08:30 wang: advice advise
                advice on moves: advise
            09:00 region: suggest YC-1 YC-05
                suggestion 1: YC-1 to YC-05 (covers more), 7120 to 7430, stands until 09:05:00
            09:01 wang: advice off
                advice on moves: off
                (move_advice) suggestion 1 for YC-1 switched off, silent until 09:31:00
            board
                | YC-1 [7] at station since 08:00:00
        "#]],
    );
}

#[test]
fn a_move_given_by_hand_answers_what_is_suggested() {
    check(
        "
        08:00 region: fleet YC-1 YC-2
        08:30 wang: advice advise
        09:00 region: suggest YC-1 YC-05
        09:01 li: move YC-1 YC-05
        09:02 region: suggest YC-2 YC-06
        09:03 li: move YC-2 YC-07
        ",
        expect![[r#"
            08:00 region: fleet YC-1 YC-2
            08:30 wang: advice advise
                advice on moves: advise
            09:00 region: suggest YC-1 YC-05
                suggestion 1: YC-1 to YC-05 (covers more), 7120 to 7430, stands until 09:05:00
            09:01 li: move YC-1 YC-05
                (move_advice) suggestion 1 for YC-1 accepted, silent until 09:31:00
                YC-1 is to wait at YC-05
            09:02 region: suggest YC-2 YC-06
                suggestion 2: YC-2 to YC-06 (covers more), 7120 to 7430, stands until 09:07:00
            09:03 li: move YC-2 YC-07
                (move_advice) suggestion 2 for YC-2 no longer pays, silent until 09:33:00
                YC-2 is to wait at YC-07
        "#]],
    );
}

#[test]
fn a_crew_decides_nothing_about_advice() {
    check(
        "
        08:00 region: fleet YC-1
        08:30 wang: advice advise
        09:00 region: suggest YC-1 YC-05
        09:01 YC-1: accept YC-1 1
        ",
        expect![[r#"
            08:00 region: fleet YC-1
            08:30 wang: advice advise
                advice on moves: advise
            09:00 region: suggest YC-1 YC-05
                suggestion 1: YC-1 to YC-05 (covers more), 7120 to 7430, stands until 09:05:00
            09:01 YC-1: accept YC-1 1
                ! not_for_crews: only the centre can do this; call it by radio
                kept: YC-1 pressed accept_move, refused as not_for_crews, TO SEE
        "#]],
    );
}

#[test]
fn a_clock_set_right_leaves_no_silence_of_years() {
    check(
        "
        08:00 region: fleet YC-1
        day400+08:30 wang: advice advise
        day400+09:00 region: suggest YC-1 YC-05
        day400+09:01 li: ignore YC-1 1 other
        09:00 region: correct_clock
        09:01 region: suggest YC-1 YC-05
        ",
        expect![[r#"
            08:00 region: fleet YC-1
            day400+08:30 wang: advice advise
                advice on moves: advise
            day400+09:00 region: suggest YC-1 YC-05
                suggestion 1: YC-1 to YC-05 (covers more), 7120 to 7430, stands until day400+09:05:00
            day400+09:01 li: ignore YC-1 1 other
                suggestion 1 for YC-1 ignored (other), silent until day400+09:31:00
            09:00 region: correct_clock
                clock set right
            09:01 region: suggest YC-1 YC-05
                suggestion 2: YC-1 to YC-05 (covers more), 7120 to 7430, stands until 09:06:00
        "#]],
    );
}
