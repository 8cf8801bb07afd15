//! Fields that are missing, too long or off the globe.

use super::{check, last_rejection};
use expect_test::expect;

#[test]
fn what_a_call_must_have() {
    check(
        "
        10:00 li: call
        10:00 li: call 中山北街 patients=0
        10:00 li: call 中山北街 lon=181
        10:00 li: call 中山北街 lon=NaN
        10:00 li: call 中山北街
        10:00 li: amend 1 scene=
        ",
        expect![[r#"
            10:00 li: call
                ! bad_field: scene must not be empty
            10:00 li: call 中山北街 patients=0
                ! bad_field: patient_count must be at least 1
            10:00 li: call 中山北街 lon=181
                ! bad_field: scene has a position that is not on the globe
            10:00 li: call 中山北街 lon=NaN
                ! bad_field: scene has a position that is not on the globe
            10:00 li: call 中山北街
                incident 1 opened: 中山北街
                call 1.c1 taken
            10:00 li: amend 1 scene=
                ! bad_field: scene must not be empty
        "#]],
    );
}

#[test]
fn what_a_crew_can_have_driven() {
    check(
        "
        08:00 region: fleet YC-1
        10:00 li: call 中山北街
        10:01 li: send 1 YC-1
        10:02 li: departed 1.t1 km=NaN
        10:02 li: departed 1.t1 km=-1
        10:02 li: departed 1.t1 patients=101
        10:02 li: departed 1.t1 km=3.25
        ",
        expect![[r#"
            08:00 region: fleet YC-1
            10:00 li: call 中山北街
                incident 1 opened: 中山北街
                call 1.c1 taken
            10:01 li: send 1 YC-1
                task 1.t1: YC-1 from station, order stands until 10:03:00
                call 1.c1: dispatched
            10:02 li: departed 1.t1 km=NaN
                ! bad_field: distance_km is further than one task can lead
            10:02 li: departed 1.t1 km=-1
                ! bad_field: distance_km is further than one task can lead
            10:02 li: departed 1.t1 patients=101
                ! bad_field: patients_carried is more than a vehicle can carry
            10:02 li: departed 1.t1 km=3.25
                1.t1 departed {"distance_km":3.25}
        "#]],
    );
}

/// As long as allowed is allowed, one more character or entry is not.
#[test]
fn nothing_grows_without_bound() {
    let of = |chars: usize| "长".repeat(chars);
    let start = "08:00 region: enrol YC-1\n10:00 li: call 中山北街\n";
    let refused = |line: &str| last_rejection(&format!("{start}10:01 li: {line}"));
    let bad_field = Some("bad_field");
    assert_eq!(refused(&format!("call {}", of(300))), None);
    assert_eq!(refused(&format!("call {}", of(301))), bad_field);
    assert_eq!(refused(&format!("call 上海路 by={}", of(101))), bad_field);
    assert_eq!(refused(&format!("call 上海路 complaint={}", of(2001))), bad_field);
    assert_eq!(refused(&format!("amend 1 waiting={}", of(301))), bad_field);
    assert_eq!(refused(&format!("amend 1 destination={}", of(101))), bad_field);
    assert_eq!(refused(&format!("note 1 {}", of(2000))), None);
    assert_eq!(refused(&format!("note 1 {}", of(2001))), bad_field);
    assert_eq!(refused(&format!("clear_sos YC-1 {}", of(2001))), bad_field);
    for words in ["write YC-1", "tell YC-1", "need YC-1 police"] {
        assert_eq!(refused(&format!("{words} {}", of(500))), None);
        assert_eq!(refused(&format!("{words} {}", of(501))), bad_field);
    }
    assert_eq!(refused("crew YC-1 1 2 3 4 5 6 7 8"), None);
    assert_eq!(refused("crew YC-1 1 2 3 4 5 6 7 8 9"), bad_field);
    assert_eq!(refused(&format!("amend_vehicle YC-1 plate={}", of(101))), bad_field);
}

#[test]
fn an_incident_takes_only_so_many_calls_tasks_and_notes() {
    let start = "08:00 region: enrol YC-1\n10:00 li: call 中山北街\n";
    let refused =
        |line: &str, times: usize| last_rejection(&format!("{start}{}", line.repeat(times)));
    let full = Some("incident_full");
    assert_eq!(refused("10:01 li: call about=1\n", 499), None);
    assert_eq!(refused("10:01 li: call about=1\n", 500), full);
    assert_eq!(refused("10:01 li: note 1 x\n", 500), None);
    assert_eq!(refused("10:01 li: note 1 x\n", 501), full);
    let tasks = |times: usize| {
        let run = |n| format!("10:01 li: send 1 YC-1\n10:01 li: abort 1.t{n} other\n");
        (1..=times).map(run).collect::<String>()
    };
    assert_eq!(refused(&tasks(200), 1), None);
    assert_eq!(refused(&format!("{}10:02 li: send 1 YC-1\n", tasks(200)), 1), full);
}
