//! Orders about calls and patients over HTTP: what cannot be done says why, and what a call raised is offered to be
//! lowered once it no longer counts.

use crate::every_command::{FIRST, linked, of_incident, told};
use crate::http_support::{CITY, REGIONAL, Server, take_call};
use expect_test::expect;
use serde_json::{Value, json};
use std::fmt::Write;
use wire_protocol::vocabulary::Role;

#[tokio::test]
async fn orders_about_calls_and_patients_that_cannot_be_carried_out_say_why() {
    let server = Server::start().await;
    let li = server.person("li", Role::Dispatcher, CITY).await;
    let taker = server.person("zhao", Role::CallTaker, CITY).await;
    let hospital = server.person("doctor", Role::Hospital, CITY).await;
    let officer = server.person("officer", Role::RegionalDutyOfficer, REGIONAL).await;
    assert_eq!(li.execute(CITY, take_call()).await.status, 200);
    assert_eq!(li.execute(CITY, linked(json!({}))).await.status, 200);
    assert_eq!(li.execute(CITY, take_call()).await.status, 200);
    let cancel =
        json!({ "type": "cancel_incident", "incident": "xining-2", "reason": "caller_cancelled" });
    assert_eq!(li.execute(CITY, cancel).await.status, 200);
    let nuisance = json!({ "outcome": "nuisance" });
    let outcome = |incident: &str, call: &str, outcome: &Value| json!({ "type": "change_outcome", "incident": incident, "call": call, "outcome": outcome });
    let separate = |incident: &str, call: &str| json!({ "type": "separate_call", "incident": incident, "call": call });
    let correct = |task: &str, changes: Value| json!({ "type": "correct_details", "task": task, "changes": changes });
    let account = |incident: &str, patients: Value| json!({ "type": "account_for_patients", "incident": incident, "patients": patients });
    let (changes, told) = (json!({ "distance_km": 3 }), json!({ "not_found": 1 }));
    let tried = [
        ("li", &li, CITY, outcome("xining-9", "xining-9.c2", &nuisance)),
        ("li", &li, CITY, outcome(FIRST, "xining-1.c9", &nuisance)),
        ("li", &li, CITY, outcome(FIRST, "xining-1.c1", &nuisance)),
        ("li", &li, CITY, outcome(FIRST, "xining-1.c2", &json!({ "outcome": "dispatched" }))),
        ("li", &li, CITY, outcome(FIRST, "xining-1.c2", &json!({ "outcome": "no such" }))),
        ("li", &li, REGIONAL, outcome(FIRST, "xining-1.c2", &nuisance)),
        ("officer", &officer, REGIONAL, outcome(FIRST, "xining-1.c2", &nuisance)),
        ("hospital", &hospital, CITY, outcome(FIRST, "xining-1.c2", &nuisance)),
        ("li", &li, CITY, outcome("xining-2", "xining-2.c1", &nuisance)),
        ("li", &li, CITY, separate("xining-9", "xining-9.c2")),
        ("li", &li, CITY, separate(FIRST, "xining-1.c9")),
        ("li", &li, CITY, separate(FIRST, "xining-1.c1")),
        ("li", &li, REGIONAL, separate(FIRST, "xining-1.c2")),
        ("officer", &officer, REGIONAL, separate(FIRST, "xining-1.c2")),
        ("hospital", &hospital, CITY, separate(FIRST, "xining-1.c2")),
        ("taker", &taker, CITY, separate(FIRST, "xining-1.c2")),
        ("li", &li, CITY, separate(FIRST, "xining-1.c2")),
        ("li", &li, CITY, outcome(FIRST, "xining-1.c2", &nuisance)),
        ("li", &li, CITY, correct("xining-1.t1", changes.clone())),
        ("li", &li, CITY, correct("no task", changes.clone())),
        ("li", &li, REGIONAL, correct("xining-1.t1", changes.clone())),
        ("taker", &taker, CITY, correct("xining-1.t1", changes)),
        ("li", &li, CITY, correct("xining-1.t1", json!({ "hospital": "H-XN-99" }))),
        ("li", &li, CITY, correct("xining-1.t1", json!({ "counted_at_scene": -1 }))),
        ("li", &li, CITY, account("xining-9", told.clone())),
        ("li", &li, CITY, account("xining-2", told.clone())),
        ("li", &li, REGIONAL, account(FIRST, told.clone())),
        ("taker", &taker, CITY, account(FIRST, told)),
        ("li", &li, CITY, account(FIRST, json!({}))),
        ("li", &li, CITY, account(FIRST, json!({ "not_found": 60000 }))),
        ("li", &li, CITY, account(FIRST, json!({ "not_found": "two" }))),
    ];
    let mut table = String::new();
    for (name, caller, centre, order) in tried {
        let answer = caller.execute(centre, order.clone()).await;
        let field = answer.body["details"]["field"].as_str().unwrap_or_default().to_owned();
        let told = format!("{} {field}", answer.short());
        writeln!(table, "{name} at {centre}: {order}\n    {}", told.trim_end()).unwrap();
    }
    expect![[r#"
        li at xining: {"call":"xining-9.c2","incident":"xining-9","outcome":{"outcome":"nuisance"},"type":"change_outcome"}
            409 unknown_incident
        li at xining: {"call":"xining-1.c9","incident":"xining-1","outcome":{"outcome":"nuisance"},"type":"change_outcome"}
            409 unknown_call
        li at xining: {"call":"xining-1.c1","incident":"xining-1","outcome":{"outcome":"nuisance"},"type":"change_outcome"}
            422 bad_field call
        li at xining: {"call":"xining-1.c2","incident":"xining-1","outcome":{"outcome":"dispatched"},"type":"change_outcome"}
            422 bad_field outcome
        li at xining: {"call":"xining-1.c2","incident":"xining-1","outcome":{"outcome":"no such"},"type":"change_outcome"}
            422 wrong_shape
        li at qinghai: {"call":"xining-1.c2","incident":"xining-1","outcome":{"outcome":"nuisance"},"type":"change_outcome"}
            403 wrong_centre
        officer at qinghai: {"call":"xining-1.c2","incident":"xining-1","outcome":{"outcome":"nuisance"},"type":"change_outcome"}
            409 unknown_incident
        hospital at xining: {"call":"xining-1.c2","incident":"xining-1","outcome":{"outcome":"nuisance"},"type":"change_outcome"}
            403 not_allowed
        li at xining: {"call":"xining-2.c1","incident":"xining-2","outcome":{"outcome":"nuisance"},"type":"change_outcome"}
            422 bad_field call
        li at xining: {"call":"xining-9.c2","incident":"xining-9","type":"separate_call"}
            409 unknown_incident
        li at xining: {"call":"xining-1.c9","incident":"xining-1","type":"separate_call"}
            409 unknown_call
        li at xining: {"call":"xining-1.c1","incident":"xining-1","type":"separate_call"}
            409 call_opened_incident
        li at qinghai: {"call":"xining-1.c2","incident":"xining-1","type":"separate_call"}
            403 wrong_centre
        officer at qinghai: {"call":"xining-1.c2","incident":"xining-1","type":"separate_call"}
            409 unknown_incident
        hospital at xining: {"call":"xining-1.c2","incident":"xining-1","type":"separate_call"}
            403 not_allowed
        taker at xining: {"call":"xining-1.c2","incident":"xining-1","type":"separate_call"}
            200
        li at xining: {"call":"xining-1.c2","incident":"xining-1","type":"separate_call"}
            409 call_already_separated
        li at xining: {"call":"xining-1.c2","incident":"xining-1","outcome":{"outcome":"nuisance"},"type":"change_outcome"}
            409 call_already_separated
        li at xining: {"changes":{"distance_km":3},"task":"xining-1.t1","type":"correct_details"}
            409 unknown_task
        li at xining: {"changes":{"distance_km":3},"task":"no task","type":"correct_details"}
            422 bad_field task
        li at qinghai: {"changes":{"distance_km":3},"task":"xining-1.t1","type":"correct_details"}
            403 wrong_centre
        taker at xining: {"changes":{"distance_km":3},"task":"xining-1.t1","type":"correct_details"}
            403 not_allowed
        li at xining: {"changes":{"hospital":"H-XN-99"},"task":"xining-1.t1","type":"correct_details"}
            422 bad_field hospital
        li at xining: {"changes":{"counted_at_scene":-1},"task":"xining-1.t1","type":"correct_details"}
            422 wrong_shape
        li at xining: {"incident":"xining-9","patients":{"not_found":1},"type":"account_for_patients"}
            409 unknown_incident
        li at xining: {"incident":"xining-2","patients":{"not_found":1},"type":"account_for_patients"}
            409 incident_over
        li at qinghai: {"incident":"xining-1","patients":{"not_found":1},"type":"account_for_patients"}
            403 wrong_centre
        taker at xining: {"incident":"xining-1","patients":{"not_found":1},"type":"account_for_patients"}
            403 not_allowed
        li at xining: {"incident":"xining-1","patients":{},"type":"account_for_patients"}
            422 bad_field patients
        li at xining: {"incident":"xining-1","patients":{"not_found":60000},"type":"account_for_patients"}
            422 bad_field not_found
        li at xining: {"incident":"xining-1","patients":{"not_found":"two"},"type":"account_for_patients"}
            422 wrong_shape
    "#]].assert_eq(&table);
}

/// A call that raised its incident no longer counts: the view offers to lower it, and nothing lowers it by itself.
#[tokio::test]
async fn what_a_withdrawn_call_raised_is_offered_to_be_lowered() {
    let server = Server::start().await;
    let li = server.person("li", Role::Dispatcher, CITY).await;
    assert_eq!(li.execute(CITY, take_call()).await.status, 200);
    let mut raising = linked(json!({ "priority": "critical" }));
    raising["vehicles_wanted"] = json!(3);
    assert_eq!(li.execute(CITY, raising.clone()).await.status, 200);
    assert_eq!(li.execute(CITY, raising).await.status, 200);
    let seen = async || li.get("/api/v1/incidents/xining-1").await.body;
    let was = |call: &str, outcome: &str| {
        of_incident("change_outcome", json!({ "call": call, "outcome": { "outcome": outcome } }))
    };
    let stands = (json!("critical"), json!(3));
    let raised =
        |found: &Value| (found["facts"]["priority"].clone(), found["vehicles_wanted"].clone());

    assert_eq!(li.execute(CITY, was("xining-1.c2", "nuisance")).await.status, 200);
    let found = seen().await;
    assert_eq!(raised(&found), stands);
    assert_eq!(found["calls"][1]["lower_to"], Value::Null, "the other call still says it");

    assert_eq!(
        li.execute(CITY, of_incident("separate_call", told("xining-1.c3"))).await.status,
        200
    );
    let found = seen().await;
    assert_eq!(raised(&found), stands, "never by itself");
    let offer = json!({ "priority": "severe", "vehicles_wanted": 1 });
    assert_eq!(found["calls"][1]["lower_to"], offer);

    let lower = json!({ "changes": { "priority": "severe", "vehicles_wanted": 1 } });
    assert_eq!(li.execute(CITY, of_incident("amend_incident", lower)).await.status, 200);
    let found = seen().await;
    assert_eq!(raised(&found), (json!("severe"), Value::Null));
    assert_eq!(found["calls"][1]["lower_to"], Value::Null);
}
