//! A call that raised its incident and no longer counts: a person is offered to lower it, nothing lowers it by itself.

use super::check;
use expect_test::expect;

#[test]
fn what_a_call_raised_may_be_lowered_when_it_was_about_something_else() {
    check(
        "
        10:00 li: call 中山北街 priority=urgent
        10:01 li: call 中山北街 about=1 priority=critical vehicles=3
        board
        10:02 li: separate 1 c2
        board
        10:03 li: amend 1 priority=urgent
        10:03 li: want 1 1
        board
        ",
        expect![[r#"
            10:00 li: call 中山北街 priority=urgent
                incident 1 opened: 中山北街
                call 1.c1 taken
            10:01 li: call 中山北街 about=1 priority=critical vehicles=3
                call 1.c2 taken
                incident 1 wants 3 vehicle(s)
                (call_more_urgent) incident 1 amended: {"priority":"critical"}
                call 1.c2: repeat
            board
                | 1 open, WAITS FOR 3
                |   1.c1 open
                |   1.c2 repeat
            10:02 li: separate 1 c2
                call 1.c2 is incident 2 now
                incident 2 opened: 中山北街
                call 2.c1 taken
                incident 2 wants 3 vehicle(s)
            board
                | 1 open, WAITS FOR 3
                |   1.c1 open
                |   1.c2 repeat, incident 2 now, MAY BE LOWERED to urgent, MAY WANT 1 vehicle(s)
                | 2 open, WAITS FOR 3
                |   2.c1 open
            10:03 li: amend 1 priority=urgent
                incident 1 amended: {"priority":"urgent"}
            10:03 li: want 1 1
                incident 1 wants 1 vehicle(s)
            board
                | 1 open, WAITS
                |   1.c1 open
                |   1.c2 repeat, incident 2 now
                | 2 open, WAITS FOR 3
                |   2.c1 open
        "#]],
    );
}

#[test]
fn nothing_is_offered_while_another_call_still_says_it() {
    check(
        "
        10:00 li: call 中山北街 priority=urgent
        10:01 li: call 中山北街 about=1 priority=critical vehicles=2
        10:02 li: call 中山北街 about=1 priority=critical vehicles=2
        10:03 li: was 1 c2 nuisance
        board
        10:04 li: was 1 c3 consultation
        board
        10:05 li: was 1 c3 repeat
        board
        ",
        expect![[r#"
            10:00 li: call 中山北街 priority=urgent
                incident 1 opened: 中山北街
                call 1.c1 taken
            10:01 li: call 中山北街 about=1 priority=critical vehicles=2
                call 1.c2 taken
                incident 1 wants 2 vehicle(s)
                (call_more_urgent) incident 1 amended: {"priority":"critical"}
                call 1.c2: repeat
            10:02 li: call 中山北街 about=1 priority=critical vehicles=2
                call 1.c3 taken
                call 1.c3: repeat
            10:03 li: was 1 c2 nuisance
                call 1.c2: nuisance
            board
                | 1 open, WAITS FOR 2
                |   1.c1 open
                |   1.c2 nuisance
                |   1.c3 repeat
            10:04 li: was 1 c3 consultation
                call 1.c3: consultation
            board
                | 1 open, WAITS FOR 2
                |   1.c1 open
                |   1.c2 nuisance, MAY BE LOWERED to urgent, MAY WANT 1 vehicle(s)
                |   1.c3 consultation
            10:05 li: was 1 c3 repeat
                call 1.c3: repeat
            board
                | 1 open, WAITS FOR 2
                |   1.c1 open
                |   1.c2 nuisance
                |   1.c3 repeat
        "#]],
    );
}

/// Between them a third call told of something in the middle: no lower than that.
#[test]
fn no_lower_than_another_call_says() {
    check(
        "
        10:00 li: call 中山北街 priority=non_urgent
        10:01 li: call 中山北街 about=1 priority=critical vehicles=4
        10:02 li: call 中山北街 about=1 priority=urgent vehicles=2
        10:03 li: separate 1 c2
        board
        ",
        expect![[r#"
            10:00 li: call 中山北街 priority=non_urgent
                incident 1 opened: 中山北街
                call 1.c1 taken
            10:01 li: call 中山北街 about=1 priority=critical vehicles=4
                call 1.c2 taken
                incident 1 wants 4 vehicle(s)
                (call_more_urgent) incident 1 amended: {"priority":"critical"}
                call 1.c2: repeat
            10:02 li: call 中山北街 about=1 priority=urgent vehicles=2
                call 1.c3 taken
                call 1.c3: repeat
            10:03 li: separate 1 c2
                call 1.c2 is incident 2 now
                incident 2 opened: 中山北街
                call 2.c1 taken
                incident 2 wants 4 vehicle(s)
            board
                | 1 open, WAITS FOR 4
                |   1.c1 open
                |   1.c2 repeat, incident 2 now, MAY BE LOWERED to urgent, MAY WANT 2 vehicle(s)
                |   1.c3 repeat
                | 2 open, WAITS FOR 4
                |   2.c1 open
        "#]],
    );
}

#[test]
fn an_incident_raised_twice_is_lowered_past_both_or_to_the_one_that_counts() {
    check(
        "
        10:00 li: call 中山北街 priority=non_urgent
        10:01 li: call 中山北街 about=1 priority=urgent vehicles=2
        10:02 li: call 中山北街 about=1 priority=critical vehicles=3
        10:03 li: was 1 c2 nuisance
        board
        10:04 li: was 1 c3 nuisance
        board
        10:05 li: was 1 c2 repeat
        board
        10:06 li: amend 1 priority=urgent
        10:06 li: want 1 2
        10:07 li: was 1 c2 nuisance
        board
        ",
        expect![[r#"
            10:00 li: call 中山北街 priority=non_urgent
                incident 1 opened: 中山北街
                call 1.c1 taken
            10:01 li: call 中山北街 about=1 priority=urgent vehicles=2
                call 1.c2 taken
                incident 1 wants 2 vehicle(s)
                (call_more_urgent) incident 1 amended: {"priority":"urgent"}
                call 1.c2: repeat
            10:02 li: call 中山北街 about=1 priority=critical vehicles=3
                call 1.c3 taken
                incident 1 wants 3 vehicle(s)
                (call_more_urgent) incident 1 amended: {"priority":"critical"}
                call 1.c3: repeat
            10:03 li: was 1 c2 nuisance
                call 1.c2: nuisance
            board
                | 1 open, WAITS FOR 3
                |   1.c1 open
                |   1.c2 nuisance
                |   1.c3 repeat
            10:04 li: was 1 c3 nuisance
                call 1.c3: nuisance
            board
                | 1 open, WAITS FOR 3
                |   1.c1 open
                |   1.c2 nuisance
                |   1.c3 nuisance, MAY BE LOWERED to non_urgent, MAY WANT 1 vehicle(s)
            10:05 li: was 1 c2 repeat
                call 1.c2: repeat
            board
                | 1 open, WAITS FOR 3
                |   1.c1 open
                |   1.c2 repeat
                |   1.c3 nuisance, MAY BE LOWERED to urgent, MAY WANT 2 vehicle(s)
            10:06 li: amend 1 priority=urgent
                incident 1 amended: {"priority":"urgent"}
            10:06 li: want 1 2
                incident 1 wants 2 vehicle(s)
            10:07 li: was 1 c2 nuisance
                call 1.c2: nuisance
            board
                | 1 open, WAITS FOR 2
                |   1.c1 open
                |   1.c2 nuisance, MAY BE LOWERED to non_urgent, MAY WANT 1 vehicle(s)
                |   1.c3 nuisance
        "#]],
    );
}

/// Who changed the value by hand has judged it: what a call raised before is no reason any more.
#[test]
fn nothing_is_offered_of_what_somebody_has_changed_since() {
    check(
        "
        08:00 region: fleet YC-1 YC-2
        10:00 li: call 中山北街 priority=non_urgent
        10:01 li: call 中山北街 about=1 priority=urgent vehicles=2
        10:02 li: amend 1 priority=critical
        10:02 li: want 1 3
        10:03 li: separate 1 c2
        board
        10:04 li: amend 1 priority=non_urgent
        10:04 li: want 1 1
        board
        10:05 li: cancel 1 caller_cancelled
        10:06 li: cancel 2 caller_cancelled
        board
        ",
        expect![[r#"
            08:00 region: fleet YC-1 YC-2
            10:00 li: call 中山北街 priority=non_urgent
                incident 1 opened: 中山北街
                call 1.c1 taken
            10:01 li: call 中山北街 about=1 priority=urgent vehicles=2
                call 1.c2 taken
                incident 1 wants 2 vehicle(s)
                (call_more_urgent) incident 1 amended: {"priority":"urgent"}
                call 1.c2: repeat
            10:02 li: amend 1 priority=critical
                incident 1 amended: {"priority":"critical"}
            10:02 li: want 1 3
                incident 1 wants 3 vehicle(s)
            10:03 li: separate 1 c2
                call 1.c2 is incident 2 now
                incident 2 opened: 中山北街
                call 2.c1 taken
                incident 2 wants 2 vehicle(s)
            board
                | 1 open, WAITS FOR 3
                |   1.c1 open
                |   1.c2 repeat, incident 2 now
                | 2 open, WAITS FOR 2
                |   2.c1 open
                | YC-1 [7] at station since 08:00:00
                | YC-2 [7] at station since 08:00:00
            10:04 li: amend 1 priority=non_urgent
                incident 1 amended: {"priority":"non_urgent"}
            10:04 li: want 1 1
                incident 1 wants 1 vehicle(s)
            board
                | 1 open, WAITS
                |   1.c1 open
                |   1.c2 repeat, incident 2 now
                | 2 open, WAITS FOR 2
                |   2.c1 open
                | YC-1 [7] at station since 08:00:00
                | YC-2 [7] at station since 08:00:00
            10:05 li: cancel 1 caller_cancelled
                call 1.c1: cancelled (caller_cancelled)
                incident 1 cancelled: caller_cancelled
            10:06 li: cancel 2 caller_cancelled
                call 2.c1: cancelled (caller_cancelled)
                incident 2 cancelled: caller_cancelled
            board
                | 1 cancelled (caller_cancelled)
                |   1.c1 cancelled (caller_cancelled)
                |   1.c2 repeat, incident 2 now
                | 2 cancelled (caller_cancelled)
                |   2.c1 cancelled (caller_cancelled)
                | YC-1 [7] at station since 08:00:00
                | YC-2 [7] at station since 08:00:00
        "#]],
    );
}

/// A call that was no call for help as it was taken has raised no priority; a person who raises it later has.
#[test]
fn a_call_that_raised_nothing_lowers_nothing() {
    check(
        "
        10:00 li: call 中山北街 priority=urgent
        10:01 li: call 中山北街 about=1 priority=critical outcome=nuisance
        10:02 li: amend 1 priority=critical
        board
        10:03 li: call 中山北街 about=1 priority=critical
        10:04 li: was 1 c3 nuisance
        board
        ",
        expect![[r#"
            10:00 li: call 中山北街 priority=urgent
                incident 1 opened: 中山北街
                call 1.c1 taken
            10:01 li: call 中山北街 about=1 priority=critical outcome=nuisance
                call 1.c2 taken
                call 1.c2: nuisance
            10:02 li: amend 1 priority=critical
                incident 1 amended: {"priority":"critical"}
            board
                | 1 open, WAITS
                |   1.c1 open
                |   1.c2 nuisance
            10:03 li: call 中山北街 about=1 priority=critical
                call 1.c3 taken
                call 1.c3: repeat
            10:04 li: was 1 c3 nuisance
                call 1.c3: nuisance
            board
                | 1 open, WAITS
                |   1.c1 open
                |   1.c2 nuisance
                |   1.c3 nuisance
        "#]],
    );
}
