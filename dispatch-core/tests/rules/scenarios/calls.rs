//! Taking calls.

use super::check;
use expect_test::expect;

#[test]
fn what_a_first_call_makes_of_its_incident() {
    check(
        "
        10:00 li: call 中山北街
        10:01 li: call 民族南街 outcome=suspended why=awaiting_caller
        10:02 li: call 上海路 outcome=refused why=not_medical
        10:03 li: call 文化街 outcome=cancelled why=caller_cancelled
        10:04 li: call 北京路 outcome=consultation
        10:05 li: call 贺兰山路 outcome=nuisance
        board
        ",
        expect![[r#"
            10:00 li: call 中山北街
                incident 1 opened: 中山北街
                call 1.c1 taken
            10:01 li: call 民族南街 outcome=suspended why=awaiting_caller
                incident 2 opened: 民族南街
                call 2.c1 taken
                call 2.c1: suspended (awaiting_caller)
                incident 2 suspended: awaiting_caller
            10:02 li: call 上海路 outcome=refused why=not_medical
                incident 3 opened: 上海路
                call 3.c1 taken
                call 3.c1: refused (not_medical)
                incident 3 refused: not_medical
            10:03 li: call 文化街 outcome=cancelled why=caller_cancelled
                incident 4 opened: 文化街
                call 4.c1 taken
                call 4.c1: cancelled (caller_cancelled)
                incident 4 cancelled: caller_cancelled
            10:04 li: call 北京路 outcome=consultation
                incident 5 opened: 北京路
                call 5.c1 taken
                call 5.c1: consultation
                incident 5 closed
            10:05 li: call 贺兰山路 outcome=nuisance
                incident 6 opened: 贺兰山路
                call 6.c1 taken
                call 6.c1: nuisance
                incident 6 closed
            board
                | 1 open, WAITS
                |   1.c1 open
                | 2 suspended (awaiting_caller)
                |   2.c1 suspended (awaiting_caller)
                | 3 refused (not_medical)
                |   3.c1 refused (not_medical)
                | 4 cancelled (caller_cancelled)
                |   4.c1 cancelled (caller_cancelled)
                | 5 closed by hand
                |   5.c1 consultation
                | 6 closed by hand
                |   6.c1 nuisance
        "#]],
    );
}

#[test]
fn outcomes_that_no_first_call_can_have() {
    check(
        "
        10:00 li: call 中山北街 outcome=dispatched
        10:00 li: call 中山北街 outcome=repeat
        10:00 li: call 中山北街 outcome=reassigned why=nearer
        board
        ",
        expect![[r#"
            10:00 li: call 中山北街 outcome=dispatched
                ! bad_field: outcome does not fit a new incident
            10:00 li: call 中山北街 outcome=repeat
                ! bad_field: outcome does not fit a new incident
            10:00 li: call 中山北街 outcome=reassigned why=nearer
                ! bad_field: outcome does not fit a new incident
            board
        "#]],
    );
}

/// A caller who says that nobody need come is written down; the incident goes on until a dispatcher
/// cancels it.
#[test]
fn more_calls_about_one_incident() {
    check(
        "
        08:00 region: fleet YC-1
        10:00 li: call 中山北街 by=111
        10:01 li: send 1 YC-1
        10:02 wang: call about=1 by=222
        10:03 wang: call about=1 by=333 outcome=cancelled why=went_by_themselves
        10:03 wang: call about=1 by=444 outcome=dispatched
        board
        ",
        expect![[r#"
            08:00 region: fleet YC-1
            10:00 li: call 中山北街 by=111
                incident 1 opened: 中山北街
                call 1.c1 taken
            10:01 li: send 1 YC-1
                task 1.t1: YC-1 from station, order stands until 10:03:00
                call 1.c1: dispatched
            10:02 wang: call about=1 by=222
                call 1.c2 taken
                call 1.c2: repeat
            10:03 wang: call about=1 by=333 outcome=cancelled why=went_by_themselves
                call 1.c3 taken
                call 1.c3: cancelled (went_by_themselves)
            10:03 wang: call about=1 by=444 outcome=dispatched
                ! bad_field: outcome is written by sending vehicles
            board
                | 1 open, order not received
                |   1.c1 dispatched
                |   1.c2 repeat
                |   1.c3 cancelled (went_by_themselves)
                |   1.t1 YC-1 running: created 10:01:00, NOT SEEN: contact (8)
                | YC-1 [0] assigned on 1.t1 since 10:01:00
        "#]],
    );
}

#[test]
fn a_call_about_what_is_over_or_unknown() {
    check(
        "
        10:00 li: call 中山北街 outcome=nuisance
        10:01 li: call about=1
        10:01 li: call about=7
        ",
        expect![[r#"
            10:00 li: call 中山北街 outcome=nuisance
                incident 1 opened: 中山北街
                call 1.c1 taken
                call 1.c1: nuisance
                incident 1 closed
            10:01 li: call about=1
                ! incident_over: incident 1 is over; reopen it first
            10:01 li: call about=7
                ! unknown_incident: there is no incident 7 at this centre; check the number or the centre
        "#]],
    );
}
