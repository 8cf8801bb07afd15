//! Every refusal can really happen, and the list that screens translate by is complete.

use crate::scenarios::last_rejection;
use std::collections::BTreeSet;

const LIST: &str = include_str!("../../rejection-codes.txt");
const SOURCE: &str = include_str!("../../src/model/rejection_code.rs");

/// A script whose last refusal is the one named.
fn ways_to_be_refused() -> Vec<(&'static str, String)> {
    const START: &str = "
        08:00 region: enrol YC-1
        08:00 region: enrol YC-2
        10:00 li: call 中山北街
        10:00 li: call 上海路
        10:01 li: send 1 YC-1
        ";
    let many_vehicles: String = (0..21).map(|n| format!(" V{n}")).collect();
    let cases = [
        ("unknown_incident", "10:02 li: send 9 YC-2".to_owned()),
        ("unknown_task", "10:02 li: departed 1.t9".to_owned()),
        ("unknown_vehicle", "10:02 li: send 1 YC-9".to_owned()),
        ("incident_over", "10:02 li: refuse 2 not_medical\n10:02 li: send 2 YC-2".to_owned()),
        ("incident_still_open", "10:02 li: reopen 2 x".to_owned()),
        ("already_suspended", "10:02 li: suspend 2 other\n10:02 li: suspend 2 other".to_owned()),
        ("not_suspended", "10:02 li: resume 2".to_owned()),
        ("tasks_still_running", "10:02 li: close 1".to_owned()),
        ("vehicle_on_task", "10:02 li: send 2 YC-1".to_owned()),
        ("vehicle_not_available", "10:02 li: off_duty YC-2\n10:02 li: send 2 YC-2".to_owned()),
        ("vehicle_not_on_task", "10:02 li: divert YC-2 1 nearer".to_owned()),
        (
            "patient_on_board",
            "10:02 li: left_scene 1.t1\n10:02 li: divert YC-1 2 nearer".to_owned(),
        ),
        ("crew_at_scene", "10:02 li: at_scene 1.t1\n10:03 li: cancel 1 other".to_owned()),
        ("abort_with_patient", "10:02 li: left_scene 1.t1\n10:03 li: abort 1.t1 other".to_owned()),
        ("patients_unaccounted", "10:02 li: abort 1.t1 other\n10:03 li: close 1".to_owned()),
        ("order_received", "10:02 YC-1: receipt 1.t1\n10:03 li: resend 1.t1".to_owned()),
        ("already_on_incident", "10:02 li: divert YC-1 1 nearer".to_owned()),
        ("no_vehicle_named", "10:02 li: send 2".to_owned()),
        ("vehicle_named_twice", "10:02 li: send 2 YC-2 YC-2".to_owned()),
        ("too_many_vehicles", format!("10:02 li: send 2{many_vehicles}")),
        ("task_over", "10:02 li: abort 1.t1 other\n10:02 li: departed 1.t1".to_owned()),
        ("order_expired", "10:04 YC-1: receipt 1.t1".to_owned()),
        ("milestone_out_of_order", "10:02 li: finished 1.t1".to_owned()),
        (
            "time_out_of_order",
            "10:02 li: at_scene 1.t1\n10:03 li: correct 1.t1 at_scene 10:04".to_owned(),
        ),
        (
            "not_latest_milestone",
            "10:02 li: at_scene 1.t1\n10:03 li: undo 1.t1 departed".to_owned(),
        ),
        ("creation_not_pressed", "10:02 li: undo 1.t1 created".to_owned()),
        ("already_in_state", "10:02 li: on_duty YC-2".to_owned()),
        ("already_here", "10:02 li: hand_over YC-2 yinchuan".to_owned()),
        ("unknown_hand_over", "10:02 li: confirm YC-2 1".to_owned()),
        (
            "hand_over_not_for_us",
            "10:02 li: hand_over YC-2 guyuan\n10:03 li: take_over YC-2 1".to_owned(),
        ),
        ("no_order_change", "10:02 li: seen_change 1.t1 3".to_owned()),
        ("no_sos", "10:02 li: clear_sos YC-2 x".to_owned()),
        ("nothing_to_answer", "10:02 li: answer YC-2 1".to_owned()),
        ("crew_waits", "10:02 YC-2: sos YC-2\n10:03 region: retire YC-2".to_owned()),
        ("bad_field", "10:02 li: call".to_owned()),
        ("incident_full", "10:02 li: note 1 x\n".repeat(501)),
        ("command_gap", "10:02 YC-1#2: departed 1.t1".to_owned()),
        ("crew_out_of_touch", "10:02 li: abort 1.t1 other (offline)".to_owned()),
        (
            "several_dangers",
            "10:02 li: at_scene 1.t1\n10:03 li: cancel 1 other (offline)".to_owned(),
        ),
        ("none_sent", "10:02 li: send 2 YC-2 YC-1".to_owned()),
        (
            "crew_report_open",
            "10:02 li: abort 1.t1 other\n10:03 YC-1: left_scene 1.t1\n10:04 li: send 2 YC-1"
                .to_owned(),
        ),
        ("vehicle_retired", "10:02 region: retire YC-2\n10:03 YC-2: pause YC-2 fuel".to_owned()),
        ("nothing_to_settle", "10:02 li: wrong YC-1".to_owned()),
        ("not_at_hospital", "10:02 li: promise YC-1 2".to_owned()),
        (
            "already_promised",
            "10:02 li: at_hospital 1.t1\n10:03 li: promise YC-1 2\n10:04 li: promise YC-1 2"
                .to_owned(),
        ),
        ("no_follow_on", "10:02 li: withdraw YC-1".to_owned()),
        ("unknown_call", "10:02 li: separate 1 c2".to_owned()),
        ("call_opened_incident", "10:02 li: separate 1 c1".to_owned()),
        (
            "call_already_separated",
            "10:02 li: call 上海路 about=1\n10:03 li: separate 1 c2\n10:04 li: separate 1 c2"
                .to_owned(),
        ),
        ("never_served", "10:02 li: close 2".to_owned()),
        ("not_your_vehicle", "10:02 YC-2: departed 1.t1".to_owned()),
        ("not_for_crews", "10:02 YC-2: cancel 1 other".to_owned()),
        (
            "patient_before_exercise",
            "10:02 li: call 靶场 exercise=yes\n10:02 li: divert YC-1 3 nearer".to_owned(),
        ),
        (
            "exercise_apart",
            "10:02 li: call 靶场 exercise=yes\n10:02 li: call 靶场 about=3".to_owned(),
        ),
        ("no_suggestion", "10:02 li: accept YC-2 1".to_owned()),
        ("no_move", "10:02 li: stay YC-2".to_owned()),
        ("vehicle_lent", "10:02 li: hand_over YC-2 guyuan\n10:03 region: enrol YC-2".to_owned()),
    ];
    cases.into_iter().map(|(code, script)| (code, format!("{START}{script}"))).collect()
}

#[test]
fn every_refusal_can_happen() {
    for (code, script) in ways_to_be_refused() {
        assert_eq!(last_rejection(&script), Some(code), "{script}");
    }
}

/// The list is committed; the consoles' text tables are tested against it.
#[test]
fn the_list_of_codes_is_complete() {
    let listed: BTreeSet<&str> = LIST.lines().filter(|line| !line.starts_with('#')).collect();
    let written: BTreeSet<&str> = SOURCE
        .lines()
        .filter_map(|line| line.split_once(" => \"")?.1.strip_suffix("\","))
        .collect();
    let ways = ways_to_be_refused();
    let reached: BTreeSet<&str> = ways.iter().map(|(code, _)| *code).collect();
    assert_eq!(listed, written, "rejection-codes.txt lists the codes of the model");
    assert_eq!(reached, written, "each code has a script that reaches it");
}
