//! Calls linked to an incident keep their words, and are taken apart again when they were about something else.

use super::check;
use expect_test::expect;

/// A caller who tells of a worse state raises the priority; one who tells of a better one changes nothing.
#[test]
fn a_linked_call_raises_the_priority_and_never_lowers_it() {
    check(
        "
        10:00 li: call 中山北街 priority=urgent
        10:01 li: call 中山北街 about=1 priority=non_urgent
        10:02 li: call 中山北街 about=1 priority=critical
        10:03 li: call 中山北街 about=1 priority=critical
        10:04 li: call 中山北街 about=1 priority=critical outcome=nuisance
        ",
        expect![[r#"
            10:00 li: call 中山北街 priority=urgent
                incident 1 opened: 中山北街
                call 1.c1 taken
            10:01 li: call 中山北街 about=1 priority=non_urgent
                call 1.c2 taken
                call 1.c2: repeat
            10:02 li: call 中山北街 about=1 priority=critical
                call 1.c3 taken
                (call_more_urgent) incident 1 amended: {"priority":"critical"}
                call 1.c3: repeat
            10:03 li: call 中山北街 about=1 priority=critical
                call 1.c4 taken
                call 1.c4: repeat
            10:04 li: call 中山北街 about=1 priority=critical outcome=nuisance
                call 1.c5 taken
                call 1.c5: nuisance
        "#]],
    );
}

/// The joined call becomes an incident with its own words, and no longer counts for the other.
#[test]
fn a_call_about_something_else_is_taken_apart() {
    check(
        "
        08:00 region: fleet YC-1 YC-2
        10:00 li: call 银川火车站
        10:01 li: send 1 YC-1
        10:05 li: call 鼓楼 about=1 patients=3 vehicles=2 priority=critical
        board
        10:06 li: separate 1 c2
        board
        10:07 li: separate 1 c2
        10:07 li: separate 1 c1
        10:07 li: separate 1 c9
        10:08 li: want 1 1
        10:09 YC-1: at_scene 1.t1
        10:10 YC-1: left_scene 1.t1
        10:30 YC-1: finished 1.t1
        board
        ",
        expect![[r#"
            08:00 region: fleet YC-1 YC-2
            10:00 li: call 银川火车站
                incident 1 opened: 银川火车站
                call 1.c1 taken
            10:01 li: send 1 YC-1
                task 1.t1: YC-1 from station, order stands until 10:03:00
                call 1.c1: dispatched
            10:05 li: call 鼓楼 about=1 patients=3 vehicles=2 priority=critical
                call 1.c2 taken
                incident 1 wants 2 vehicle(s)
                (call_more_urgent) incident 1 amended: {"priority":"critical"}
                call 1.c2: repeat
            board
                | 1 open, WAITS
                |   1.c1 dispatched
                |   1.c2 repeat
                |   1.t1 YC-1 running: created 10:01:00, NOT SEEN: patient_count (7), priority (9)
                | YC-1 [0] assigned on 1.t1 since 10:01:00
                | YC-2 [7] at station since 08:00:00
            10:06 li: separate 1 c2
                call 1.c2 is incident 2 now
                incident 2 opened: 鼓楼
                call 2.c1 taken
                incident 2 wants 2 vehicle(s)
            board
                | 1 open, WAITS
                |   1.c1 dispatched
                |   1.c2 repeat, incident 2 now, MAY BE LOWERED to urgent, MAY WANT 1 vehicle(s)
                |   1.t1 YC-1 running: created 10:01:00, NOT SEEN: patient_count (11), priority (9)
                | 2 open, WAITS FOR 2
                |   2.c1 open
                | YC-1 [0] assigned on 1.t1 since 10:01:00
                | YC-2 [7] at station since 08:00:00
            10:07 li: separate 1 c2
                ! call_already_separated: call 1.c2 is incident 2 already; open that one
            10:07 li: separate 1 c1
                ! call_opened_incident: call 1.c1 opened incident 1; amend or cancel the incident instead
            10:07 li: separate 1 c9
                ! unknown_call: incident 1 has no call 1.c9; look at its calls again
            10:08 li: want 1 1
                incident 1 wants 1 vehicle(s)
            10:09 YC-1: at_scene 1.t1
                1.t1 at_scene
            10:10 YC-1: left_scene 1.t1
                1.t1 left_scene
            10:30 YC-1: finished 1.t1
                1.t1 finished
                (last_task_ended) incident 1 closed
            board
                | 1 closed by itself
                |   1.c1 dispatched
                |   1.c2 repeat, incident 2 now
                |   1.t1 YC-1 finished: created 10:01:00, at_scene 10:09:00, left_scene 10:10:00, finished 10:30:00
                | 2 open, WAITS FOR 2
                |   2.c1 open
                | YC-1 [6] on the road home from 1.t1 since 10:30:00
                | YC-2 [7] at station since 08:00:00
        "#]],
    );
}

/// An incident that is over gives its call back too: the caller still waits.
#[test]
fn a_call_of_an_incident_that_is_over_is_taken_apart() {
    check(
        "
        10:00 li: call 银川火车站
        10:01 li: call 鼓楼 about=1
        10:02 li: refuse 1 not_medical
        10:20 li: separate 1 c2
        board
        ",
        expect![[r#"
            10:00 li: call 银川火车站
                incident 1 opened: 银川火车站
                call 1.c1 taken
            10:01 li: call 鼓楼 about=1
                call 1.c2 taken
                call 1.c2: repeat
            10:02 li: refuse 1 not_medical
                call 1.c1: refused (not_medical)
                incident 1 refused: not_medical
            10:20 li: separate 1 c2
                call 1.c2 is incident 2 now
                incident 2 opened: 鼓楼
                call 2.c1 taken
            board
                | 1 refused (not_medical)
                |   1.c1 refused (not_medical)
                |   1.c2 repeat, incident 2 now
                | 2 open, WAITS
                |   2.c1 open
        "#]],
    );
}

/// A call that told no place of its own takes the incident's with it.
#[test]
fn a_call_without_a_place_keeps_the_incidents() {
    check(
        "
        10:00 li: call 银川火车站
        10:01 li: call about=1 complaint=胸痛
        10:02 li: separate 1 c2
        ",
        expect![[r#"
            10:00 li: call 银川火车站
                incident 1 opened: 银川火车站
                call 1.c1 taken
            10:01 li: call about=1 complaint=胸痛
                call 1.c2 taken
                call 1.c2: repeat
            10:02 li: separate 1 c2
                call 1.c2 is incident 2 now
                incident 2 opened: 银川火车站
                call 2.c1 taken
        "#]],
    );
}

/// Where the call's doubt was all that kept the incident open, it closes as the call leaves.
#[test]
fn the_incident_closes_when_only_the_call_kept_it_open() {
    check(
        "
        08:00 region: fleet YC-1
        10:00 li: call 银川火车站
        10:01 li: send 1 YC-1
        10:05 YC-1: left_scene 1.t1
        10:10 li: call 鼓楼 about=1
        10:30 YC-1: finished 1.t1
        board
        10:31 li: separate 1 c2
        board
        ",
        expect![[r#"
            08:00 region: fleet YC-1
            10:00 li: call 银川火车站
                incident 1 opened: 银川火车站
                call 1.c1 taken
            10:01 li: send 1 YC-1
                task 1.t1: YC-1 from station, order stands until 10:03:00
                call 1.c1: dispatched
            10:05 YC-1: left_scene 1.t1
                1.t1 left_scene
            10:10 li: call 鼓楼 about=1
                call 1.c2 taken
                call 1.c2: repeat
            10:30 YC-1: finished 1.t1
                1.t1 finished
            board
                | 1 open, CLOSE OR SEND? 1.c2 came later
                |   1.c1 dispatched
                |   1.c2 repeat
                |   1.t1 YC-1 finished: created 10:01:00, left_scene 10:05:00, finished 10:30:00
                | YC-1 [6] on the road home from 1.t1 since 10:30:00
            10:31 li: separate 1 c2
                call 1.c2 is incident 2 now
                incident 2 opened: 鼓楼
                call 2.c1 taken
                (last_task_ended) incident 1 closed
            board
                | 1 closed by itself
                |   1.c1 dispatched
                |   1.c2 repeat, incident 2 now
                |   1.t1 YC-1 finished: created 10:01:00, left_scene 10:05:00, finished 10:30:00
                | 2 open, WAITS
                |   2.c1 open
                | YC-1 [6] on the road home from 1.t1 since 10:30:00
        "#]],
    );
}
