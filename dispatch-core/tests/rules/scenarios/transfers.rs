//! Lending a vehicle to another centre and giving it back.

use super::check;
use expect_test::expect;

#[test]
fn the_whole_way_there_and_back() {
    check(
        "
        08:00 region: fleet YC-1
        08:00 YC-1#1: sos YC-1
        09:00 li: call 中山北街
        10:00 li: hand_over YC-1 guyuan
        10:00 li: send 1 YC-1
        board
        10:01 zhao@guyuan: take_over YC-1 1
        10:02 li: confirm YC-1 1
        board
        10:03 zhao@guyuan: call 西兰银物流园
        10:04 zhao@guyuan: send guyuan-1 YC-1
        10:05 YC-1#1@guyuan: sos YC-1
        10:05 zhao@guyuan: hand_over YC-1 yinchuan
        10:06 zhao@guyuan: cancel guyuan-1 caller_cancelled
        10:07 zhao@guyuan: hand_over YC-1 yinchuan
        10:08 li: take_over YC-1 2
        board
        board guyuan
        ",
        expect![[r#"
            08:00 region: fleet YC-1
            08:00 YC-1#1: sos YC-1
                YC-1 CALLS FOR HELP
            09:00 li: call 中山北街
                incident 1 opened: 中山北街
                call 1.c1 taken
            10:00 li: hand_over YC-1 guyuan
                YC-1 handed over to guyuan (number 1)
            10:00 li: send 1 YC-1
                ! unknown_vehicle: vehicle YC-1 does not belong to this centre; ask its centre to lend it
            board
                | 1 open, WAITS
                |   1.c1 open
                | YC-1 on its way to guyuan (number 1)
            10:01 zhao@guyuan: take_over YC-1 1
                YC-1 taken over from yinchuan (number 1)
            10:02 li: confirm YC-1 1
                YC-1 hand-over 1 confirmed
            board
                | 1 open, WAITS
                |   1.c1 open
            10:03 zhao@guyuan: call 西兰银物流园
                incident guyuan-1 opened: 西兰银物流园
                call guyuan-1.c1 taken
            10:04 zhao@guyuan: send guyuan-1 YC-1
                task guyuan-1.t1: YC-1 from station, order stands until 10:06:00
                call guyuan-1.c1: dispatched
            10:05 YC-1#1@guyuan: sos YC-1
                = already recorded
            10:05 zhao@guyuan: hand_over YC-1 yinchuan
                ! vehicle_on_task: vehicle YC-1 is on task guyuan-1.t1; let that task end, or divert the vehicle
            10:06 zhao@guyuan: cancel guyuan-1 caller_cancelled
                guyuan-1.t1 aborted: incident_cancelled
                incident guyuan-1 cancelled: caller_cancelled
            10:07 zhao@guyuan: hand_over YC-1 yinchuan
                YC-1 handed over to yinchuan (number 1)
            10:08 li: take_over YC-1 2
                YC-1 taken over from guyuan (number 1)
            board
                | 1 open, WAITS
                |   1.c1 open
                | YC-1 [7] at station since 10:08:00, SOS since 08:00:00
            board guyuan
                | guyuan-1 cancelled (caller_cancelled)
                |   guyuan-1.c1 dispatched
                |   guyuan-1.t1 YC-1 aborted (incident_cancelled): created 10:04:00
                | YC-1 on its way to yinchuan (number 1)
        "#]],
    );
}

#[test]
fn slow_and_repeated_messages_never_make_two_vehicles() {
    check(
        "
        08:00 region: fleet YC-1
        10:00 li: hand_over YC-1 guyuan
        10:01 region: enrol YC-1
        10:01 zhao@guyuan: take_over YC-1 1
        10:01 zhao@guyuan: take_over YC-1 1
        10:02 zhao@guyuan: hand_over YC-1 yinchuan
        10:03 li: take_over YC-1 2
        10:04 zhao@guyuan: take_over YC-1 1
        10:05 li: confirm YC-1 1
        10:05 zhao@guyuan: confirm YC-1 1
        10:05 zhao@guyuan: confirm YC-1 1
        10:05 li: confirm YC-1 5
        board
        board guyuan
        ",
        expect![[r#"
            08:00 region: fleet YC-1
            10:00 li: hand_over YC-1 guyuan
                YC-1 handed over to guyuan (number 1)
            10:01 region: enrol YC-1
                ! vehicle_lent: vehicle YC-1 is with guyuan; have it handed back first
            10:01 zhao@guyuan: take_over YC-1 1
                YC-1 taken over from yinchuan (number 1)
            10:01 zhao@guyuan: take_over YC-1 1
                = already recorded
            10:02 zhao@guyuan: hand_over YC-1 yinchuan
                YC-1 handed over to yinchuan (number 1)
            10:03 li: take_over YC-1 2
                YC-1 taken over from guyuan (number 1)
            10:04 zhao@guyuan: take_over YC-1 1
                = already recorded
            10:05 li: confirm YC-1 1
                = already recorded
            10:05 zhao@guyuan: confirm YC-1 1
                YC-1 hand-over 1 confirmed
            10:05 zhao@guyuan: confirm YC-1 1
                = already recorded
            10:05 li: confirm YC-1 5
                ! unknown_hand_over: there is no open hand-over 5 of vehicle YC-1
            board
                | YC-1 [7] at station since 10:03:00
            board guyuan
        "#]],
    );
}

#[test]
fn not_while_on_a_task_and_not_to_itself() {
    check(
        "
        08:00 region: fleet YC-1
        10:00 li: call 中山北街
        10:01 li: send 1 YC-1
        10:02 li: hand_over YC-1 guyuan
        10:03 li: cancel 1 caller_cancelled
        10:04 li: hand_over YC-1 yinchuan
        10:05 li: hand_over YC-1 guyuan
        10:06 li: take_over YC-1 1
        ",
        expect![[r#"
            08:00 region: fleet YC-1
            10:00 li: call 中山北街
                incident 1 opened: 中山北街
                call 1.c1 taken
            10:01 li: send 1 YC-1
                task 1.t1: YC-1 from station, order stands until 10:03:00
                call 1.c1: dispatched
            10:02 li: hand_over YC-1 guyuan
                ! vehicle_on_task: vehicle YC-1 is on task 1.t1; let that task end, or divert the vehicle
            10:03 li: cancel 1 caller_cancelled
                1.t1 aborted: incident_cancelled
                incident 1 cancelled: caller_cancelled
            10:04 li: hand_over YC-1 yinchuan
                ! already_here: vehicle YC-1 is already at this centre
            10:05 li: hand_over YC-1 guyuan
                YC-1 handed over to guyuan (number 1)
            10:06 li: take_over YC-1 1
                ! hand_over_not_for_us: vehicle YC-1 was handed over to guyuan, not to this centre
        "#]],
    );
}

#[test]
fn a_paused_vehicle_stays_paused() {
    check(
        "
        08:00 region: fleet YC-1
        09:00 YC-1: pause YC-1 repair
        10:00 li: hand_over YC-1 guyuan
        10:01 zhao@guyuan: take_over YC-1 1
        board guyuan
        ",
        expect![[r#"
            08:00 region: fleet YC-1
            09:00 YC-1: pause YC-1 repair
                YC-1 paused: repair
            10:00 li: hand_over YC-1 guyuan
                YC-1 handed over to guyuan (number 1)
            10:01 zhao@guyuan: take_over YC-1 1
                YC-1 taken over from yinchuan (number 1)
            board guyuan
                | YC-1 [9] paused on the road (repair) since 10:01:00
        "#]],
    );
}

#[test]
fn only_its_home_centre_retires_a_vehicle() {
    check(
        "
        08:00 region: fleet YC-1
        10:00 li: hand_over YC-1 guyuan
        10:01 zhao@guyuan: take_over YC-1 1
        10:02 zhao@guyuan: retire YC-1
        ",
        expect![[r#"
            08:00 region: fleet YC-1
            10:00 li: hand_over YC-1 guyuan
                YC-1 handed over to guyuan (number 1)
            10:01 zhao@guyuan: take_over YC-1 1
                YC-1 taken over from yinchuan (number 1)
            10:02 zhao@guyuan: retire YC-1
                ! bad_field: vehicle must be given back to its home centre first
        "#]],
    );
}
