//! How the journal's events are shown in the log, and to a crew.

use super::views::{busy, check};
use dispatch_server::views::{RegionNames, log_entry, vehicle_assignment};
use expect_test::expect;

#[tokio::test]
async fn every_event_has_its_line_in_the_log() {
    let town = busy().await;
    let journal = town.journal("xining").await;
    let lines = town.desk.read(&"xining".into(), |centre| {
        let lines = journal.iter().map(|event| {
            let line = log_entry(centre, event);
            let about = [line.incident, line.task, line.vehicle].map(|it| it.unwrap_or("-".into()));
            format!("{} {} {} {:?}", line.version, line.kind, about.join(" "), line.details)
        });
        lines.collect::<Vec<_>>().join("\n") + "\n"
    });
    expect![[r#"
        1 vehicle_enrolled - - XN-01-1 {"call_sign": "西宁01", "station": "XN-01"}
        2 vehicle_enrolled - - XN-01-2 {"call_sign": "西宁02", "station": "XN-01"}
        3 vehicle_enrolled - - XN-02-1 {"call_sign": "湟中01", "station": "XN-02"}
        4 incident_opened xining-1 - - {"address": "解放西街 1 号", "kind": "illness", "priority": "severe"}
        5 call_taken xining-1 - - {"call_id": "xining-1.c1"}
        6 task_created xining-1 xining-1.t1 XN-01-1 {"from": "station"}
        7 call_concluded xining-1 - - {"call_id": "xining-1.c1", "outcome": "dispatched"}
        8 incident_opened xining-2 - - {"address": "解放西街 1 号", "kind": "illness", "priority": "severe"}
        9 call_taken xining-2 - - {"call_id": "xining-2.c1"}
        10 task_redirected xining-1 xining-1.t1 XN-01-1 {"note": "worse", "reason": "higher_priority", "to": "xining-2"}
        11 call_concluded xining-1 - - {"call_id": "xining-1.c1", "note": "worse", "outcome": "reassigned", "reason": "higher_priority"}
        12 task_created xining-2 xining-2.t1 XN-01-1 {"from": "station", "previous_task": "xining-1.t1"}
        13 call_concluded xining-2 - - {"call_id": "xining-2.c1", "outcome": "dispatched"}
        14 device_receipt_recorded xining-2 xining-2.t1 XN-01-1 {}
        15 milestone_reached xining-2 xining-2.t1 XN-01-1 {"milestone": "order_received"}
        16 task_aborted xining-2 xining-2.t1 XN-01-1 {"note": "tyre", "reason": "vehicle_breakdown"}
        17 vehicle_paused - - XN-01-1 {"note": "tyre", "reason": "repair"}
        18 incident_suspended xining-1 - - {"reason": "awaiting_vehicle"}
        19 call_concluded xining-1 - - {"call_id": "xining-1.c1", "outcome": "suspended", "reason": "awaiting_vehicle"}
    "#]].assert_eq(&lines.unwrap());
}

#[tokio::test]
async fn a_crew_is_shown_its_order_and_how_the_last_one_ended() {
    let town = busy().await;
    let names = RegionNames::default();
    let shown = town
        .desk
        .read(&"xining".into(), |centre| vehicle_assignment(centre, &"XN-01-1".into(), &names));
    check(
        &shown.unwrap(),
        expect![[r#"
            {
              "centre": "xining",
              "version": 19,
              "time_zone_minutes": 0,
              "state": "paused",
              "pause": "repair",
              "pause_returns_to": "available_at_station",
              "last_ended": {
                "task": "xining-2.t1",
                "how": "aborted",
                "at": NOON
              }
            }"#]],
    );
}
