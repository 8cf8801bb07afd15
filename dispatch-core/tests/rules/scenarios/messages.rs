//! Words between a crew and its centre.

use super::check;
use expect_test::expect;

#[test]
fn each_side_sees_what_the_other_has_read() {
    check(
        "
        08:00 region: fleet YC-1
        10:00 li: call 正源街200号
        10:01 li: send 1 YC-1
        10:02 li: write YC-1 家属在北门等
        board
        10:03 YC-1: read YC-1 1
        10:04 YC-1: tell YC-1 堵车，晚到五分钟
        board
        10:05 li: answer YC-1 2
        board
        ",
        expect![[r#"
            08:00 region: fleet YC-1
            10:00 li: call 正源街200号
                incident 1 opened: 正源街200号
                call 1.c1 taken
            10:01 li: send 1 YC-1
                task 1.t1: YC-1 from station, order stands until 10:03:00
                call 1.c1: dispatched
            10:02 li: write YC-1 家属在北门等
                YC-1 written to: 家属在北门等
            board
                | 1 open, order not received
                |   1.c1 dispatched
                |   1.t1 YC-1 running: created 10:01:00
                | YC-1 [0] assigned on 1.t1 since 10:01:00, 0 from the crew to answer, 1 for it to read
            10:03 YC-1: read YC-1 1
                YC-1 has read through 1
            10:04 YC-1: tell YC-1 堵车，晚到五分钟
                YC-1 wrote: 堵车，晚到五分钟
            board
                | 1 open, order not received
                |   1.c1 dispatched
                |   1.t1 YC-1 running: created 10:01:00
                | YC-1 [0] assigned on 1.t1 since 10:01:00, 1 from the crew to answer, 0 for it to read
            10:05 li: answer YC-1 2
                YC-1 answered through 2: 
            board
                | 1 open, order not received
                |   1.c1 dispatched
                |   1.t1 YC-1 running: created 10:01:00
                | YC-1 [0] assigned on 1.t1 since 10:01:00
        "#]],
    );
}

/// What another dispatcher has answered is not answered twice: two would call the police twice.
#[test]
fn a_need_is_answered_once() {
    check(
        "
        08:00 region: fleet YC-1
        10:00 YC-1: need YC-1 police 有人持刀
        10:01 YC-1: need YC-1 intensive_care
        board
        10:02 li: answer YC-1 1 警察已出发
        board
        10:03 wang: answer YC-1 1 警察已出发
        10:04 wang: answer YC-1 2
        board
        ",
        expect![[r#"
            08:00 region: fleet YC-1
            10:00 YC-1: need YC-1 police 有人持刀
                YC-1 wrote, needs police: 有人持刀
            10:01 YC-1: need YC-1 intensive_care
                YC-1 wrote, needs intensive_care: 
            board
                | YC-1 [7] at station since 08:00:00, 2 from the crew to answer, 0 for it to read
            10:02 li: answer YC-1 1 警察已出发
                YC-1 answered through 1: 警察已出发
            board
                | YC-1 [7] at station since 08:00:00, 1 from the crew to answer, 1 for it to read
            10:03 wang: answer YC-1 1 警察已出发
                ! nothing_to_answer: nothing that vehicle YC-1 wrote waits for an answer; another dispatcher has answered it
            10:04 wang: answer YC-1 2
                YC-1 answered through 2: 
            board
                | YC-1 [7] at station since 08:00:00, 0 from the crew to answer, 1 for it to read
        "#]],
    );
}

#[test]
fn what_says_nothing_and_what_is_too_long_is_refused() {
    check(
        "
        08:00 region: fleet YC-1
        10:00 li: write YC-1
        10:01 YC-1: tell YC-1
        10:02 YC-2: tell YC-1 x
        10:03 YC-1: write YC-1 x
        ",
        expect![[r#"
            08:00 region: fleet YC-1
            10:00 li: write YC-1
                ! bad_field: text must not be empty
            10:01 YC-1: tell YC-1
                ! bad_field: text must not be empty
                kept: YC-1 pressed write_to_centre, refused as bad_field, TO SEE
            10:02 YC-2: tell YC-1 x
                ! unknown_vehicle: vehicle YC-2 does not belong to this centre; ask its centre to lend it
            10:03 YC-1: write YC-1 x
                ! not_for_crews: only the centre can do this; call it by radio
                kept: YC-1 pressed send_message, refused as not_for_crews, TO SEE
        "#]],
    );
}

/// It would leave the board with the vehicle, and the crew would wait for ever.
#[test]
fn whoever_waits_for_an_answer_does_not_leave_service() {
    check(
        "
        08:00 region: fleet YC-1
        10:00 YC-1: tell YC-1 车门关不上
        10:01 region: retire YC-1
        10:02 li: answer YC-1 1
        10:03 YC-1: sos YC-1
        10:04 region: retire YC-1
        10:05 li: clear_sos YC-1 误按
        10:06 region: retire YC-1
        ",
        expect![[r#"
            08:00 region: fleet YC-1
            10:00 YC-1: tell YC-1 车门关不上
                YC-1 wrote: 车门关不上
            10:01 region: retire YC-1
                ! crew_waits: the crew of vehicle YC-1 waits for an answer; give it first
            10:02 li: answer YC-1 1
                YC-1 answered through 1: 
            10:03 YC-1: sos YC-1
                YC-1 CALLS FOR HELP
            10:04 region: retire YC-1
                ! crew_waits: the crew of vehicle YC-1 waits for an answer; give it first
            10:05 li: clear_sos YC-1 误按
                YC-1 help call dealt with
            10:06 region: retire YC-1
                YC-1 retired
        "#]],
    );
}

#[test]
fn messages_go_along_when_the_vehicle_is_lent() {
    check(
        "
        08:00 region: fleet YC-1
        10:00 YC-1: need YC-1 another_vehicle
        10:01 li: write YC-1 明白
        10:02 li: hand_over YC-1 guyuan
        10:03 zhao@guyuan: take_over YC-1 1
        ",
        expect![[r#"
            08:00 region: fleet YC-1
            10:00 YC-1: need YC-1 another_vehicle
                YC-1 wrote, needs another_vehicle: 
            10:01 li: write YC-1 明白
                YC-1 written to: 明白
            10:02 li: hand_over YC-1 guyuan
                YC-1 handed over to guyuan (number 1)
            10:03 zhao@guyuan: take_over YC-1 1
                YC-1 taken over from yinchuan (number 1)
        "#]],
    );
}

#[test]
fn one_that_was_seen_makes_room_before_one_that_was_not() {
    let mut script = String::from("08:00 region: fleet YC-1\n10:00 YC-1: need YC-1 police\n");
    for minute in 1..=30 {
        script.push_str(&format!("10:{minute:02} li: write YC-1 第{minute}条\n"));
        script.push_str(&format!("10:{minute:02} YC-1: read YC-1 {}\n", minute + 1));
    }
    script.push_str("board\n");
    let told = super::tell_story(&script);
    let board = told.lines().last().unwrap_or_default();
    assert!(board.ends_with("1 from the crew to answer, 0 for it to read"), "{board}");
}
