//! What a centre forgets, and what it must not.

use super::{check, tell_story};
use dispatch_core::state::REMEMBERED_COMMANDS;
use expect_test::expect;

/// An incident that is over stays readable for a week; an open one for ever.
#[test]
fn what_is_over_leaves_memory_after_seven_days() {
    check(
        "
        08:00 region: fleet YC-1
        10:00 li: call 中山北街
        10:00 li: call 上海路
        10:01 li: send 1 YC-1
        10:10 YC-1: at_scene 1.t1
        10:20 YC-1: finished 1.t1 patients=1
        day7+10:20 li: note 2 仍在等
        day7+10:20 li: note 1 一周后
        day7+10:21 li: note 2 仍在等
        day7+10:22 li: note 1 太晚了
        day7+10:22 YC-1: back_at_station 1.t1
        day7+10:23 YC-1: return YC-1
        board
        ",
        expect![[r#"
            08:00 region: fleet YC-1
            10:00 li: call 中山北街
                incident 1 opened: 中山北街
                call 1.c1 taken
            10:00 li: call 上海路
                incident 2 opened: 上海路
                call 2.c1 taken
            10:01 li: send 1 YC-1
                task 1.t1: YC-1 from station, order stands until 10:03:00
                call 1.c1: dispatched
            10:10 YC-1: at_scene 1.t1
                1.t1 at_scene
            10:20 YC-1: finished 1.t1 patients=1
                1.t1 finished {"patients_carried":1}
                (last_task_ended) incident 1 closed
            day7+10:20 li: note 2 仍在等
                note on 2: 仍在等
            day7+10:20 li: note 1 一周后
                note on 1: 一周后
            day7+10:21 li: note 2 仍在等
                note on 2: 仍在等
            day7+10:22 li: note 1 太晚了
                ! unknown_incident: there is no incident 1 at this centre; check the number or the centre
            day7+10:22 YC-1: back_at_station 1.t1
                ! unknown_task: there is no task 1.t1 at this centre; it may have ended long ago
                kept: YC-1 pressed back_at_station 1.t1, refused as unknown_task, TO SEE
            day7+10:23 YC-1: return YC-1
                YC-1 back at station
            board
                | 2 open, WAITS
                |   2.c1 open
                | YC-1 [7] at station since day7+10:23:00, 1 refused to see
        "#]],
    );
}

/// A reopened incident is no longer over, however long ago it was closed.
#[test]
fn what_is_reopened_stays() {
    check(
        "
        10:00 li: call 中山北街 outcome=nuisance
        day6+10:00 li: reopen 1 误判
        day9+10:00 li: note 1 仍在等
        board
        ",
        expect![[r#"
            10:00 li: call 中山北街 outcome=nuisance
                incident 1 opened: 中山北街
                call 1.c1 taken
                call 1.c1: nuisance
                incident 1 closed
            day6+10:00 li: reopen 1 误判
                incident 1 reopened
            day9+10:00 li: note 1 仍在等
                note on 1: 仍在等
            board
                | 1 open, WAITS, closes only by hand
                |   1.c1 nuisance
        "#]],
    );
}

#[test]
fn a_long_rest_is_forgotten_in_small_steps() {
    let calls = "10:00 li: call 上海路 outcome=nuisance\n".repeat(40);
    let later = "day8+10:00 li: call 北京路\n".repeat(2);
    let story = tell_story(&format!("{calls}{later}board\n"));
    let left = story.lines().filter(|line| line.ends_with("closed by hand")).count();
    assert_eq!(left, 0, "{story}");
    // A new call is two events, and each lets go of at most sixteen.
    let after_one = tell_story(&format!("{calls}day8+10:00 li: call 北京路\nboard\n"));
    let left = after_one.lines().filter(|line| line.ends_with("closed by hand")).count();
    assert_eq!(left, 40 - 2 * 16, "{after_one}");
}

/// A console repeats a command within seconds; thousands of commands later the name means nothing any more.
#[test]
fn the_newest_commands_are_remembered_by_name() {
    let begin = "08:00 region: enrol YC-1\n10:00 li: call 中山北街\n10:00 li[first]: note 1 x\n";
    let repeated_after = |others: usize| {
        let between = (0..others).map(|n| format!("10:01 li[b{n}]: sos YC-1\n"));
        let script = format!("{begin}{}10:02 li[first]: note 1 x\n", between.collect::<String>());
        tell_story(&script).ends_with("= already recorded\n")
    };
    assert!(repeated_after(REMEMBERED_COMMANDS - 1));
    assert!(!repeated_after(REMEMBERED_COMMANDS));
}

/// A fifth terminal puts none of the others out of mind.
#[test]
fn five_terminals_are_remembered() {
    check(
        "
        08:00 region: fleet YC-1
        10:00 YC-1/a#1: sos YC-1
        10:00 YC-1/b#1: sos YC-1
        10:00 YC-1/c#1: sos YC-1
        10:00 YC-1/d#1: sos YC-1
        10:01 YC-1/a#1: sos YC-1
        10:02 YC-1/e#1: sos YC-1
        10:03 YC-1/b#1: sos YC-1
        10:03 YC-1/a#2: sos YC-1
        ",
        expect![[r#"
            08:00 region: fleet YC-1
            10:00 YC-1/a#1: sos YC-1
                YC-1 CALLS FOR HELP
            10:00 YC-1/b#1: sos YC-1
                YC-1 CALLS FOR HELP
            10:00 YC-1/c#1: sos YC-1
                YC-1 CALLS FOR HELP
            10:00 YC-1/d#1: sos YC-1
                YC-1 CALLS FOR HELP
            10:01 YC-1/a#1: sos YC-1
                = already recorded
            10:02 YC-1/e#1: sos YC-1
                YC-1 CALLS FOR HELP
            10:03 YC-1/b#1: sos YC-1
                = already recorded
            10:03 YC-1/a#2: sos YC-1
                YC-1 CALLS FOR HELP
        "#]],
    );
}
