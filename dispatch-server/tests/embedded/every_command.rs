//! Orders of a console over HTTP: what each one changes is seen at once, told to every console, and still there after
//! the server was started again.

use crate::http_support::{CITY, Caller, Server, take_call};
use console_client::{ConsoleLink, FeedState, Frame};
use dispatch_core::model::Timestamp;
use dispatch_desk::clock::Clock;
use expect_test::expect;
use serde_json::{Value, json};
use std::fmt::Write;
use wire_protocol::console::ConsoleMessage;
use wire_protocol::vocabulary::Role;

pub(crate) const FIRST: &str = "xining-1";
const TASK: &str = "xining-1.t1";
const BEGAN: i64 = 1_700_000_000_000;

/// A command, and what is then to be seen: what of, and where in it.
type Step = (Value, &'static str, &'static str);

pub(crate) fn of_incident(kind: &str, more: Value) -> Value {
    command(kind, &json!({ "incident": FIRST }), more)
}

fn of_task(kind: &str, more: Value) -> Value {
    command(kind, &json!({ "task": TASK }), more)
}

pub(crate) fn of_vehicle(kind: &str, vehicle: &str, more: Value) -> Value {
    command(kind, &json!({ "vehicle": vehicle }), more)
}

fn command(kind: &str, about: &Value, more: Value) -> Value {
    let mut command = about.clone();
    let fields = command.as_object_mut().unwrap();
    fields.insert("type".to_owned(), kind.into());
    let Value::Object(more) = more else { unreachable!("the rest of a command is an object") };
    fields.extend(more);
    command
}

pub(crate) fn linked(more: Value) -> Value {
    let mut call = take_call();
    call["link_to"] = json!(FIRST);
    for (field, value) in more.as_object().unwrap() {
        call["facts"][field] = value.clone();
    }
    call
}

pub(crate) fn told(call: &str) -> Value {
    json!({ "call": call })
}

const INCIDENT: &str = "incidents/xining-1";
const SECOND_INCIDENT: &str = "incidents/xining-2";
const VEHICLE: &str = "vehicles/XN-01-1";
const SECOND_VEHICLE: &str = "vehicles/XN-01-2";

fn reach(milestone: &str, more: Value) -> Value {
    let mut reached = of_task("record_milestone", more);
    reached["milestone"] = json!(milestone);
    reached
}

/// A call, two more about it, and the first vehicle on its way.
fn taken_and_sent() -> Vec<Step> {
    vec![
        (take_call(), INCIDENT, "/stage"),
        (linked(json!({ "priority": "critical" })), INCIDENT, "/facts/priority"),
        (linked(json!({ "complaint": "摔伤" })), INCIDENT, "/calls/2/said/complaint"),
        (of_incident("want_vehicles", json!({ "vehicles": 2 })), INCIDENT, "/vehicles_wanted"),
        (
            of_incident("suspend_incident", json!({ "reason": "awaiting_caller" })),
            INCIDENT,
            "/stage",
        ),
        (of_incident("resume_incident", json!({})), INCIDENT, "/stage"),
        (
            of_incident("dispatch_vehicles", json!({ "vehicles": ["XN-01-1"] })),
            INCIDENT,
            "/tasks/0/vehicle",
        ),
        (of_task("resend_order", json!({})), INCIDENT, "/tasks/0/order_expires_at"),
        (reach("order_received", json!({})), INCIDENT, "/tasks/0/stage"),
        (
            of_incident("amend_incident", json!({ "changes": { "complaint": "胸痛加重" } })),
            INCIDENT,
            "/tasks/0/changes/0/part",
        ),
        (
            of_task("acknowledge_order_change", json!({ "through": null })),
            INCIDENT,
            "/tasks/0/changes",
        ),
    ]
}

/// What a crew told, put right and taken back.
fn told_and_put_right() -> Vec<Step> {
    vec![
        (
            reach("at_scene", json!({ "details": { "patients": { "counted_at_scene": 14 } } })),
            INCIDENT,
            "/patients/counted_at_scene",
        ),
        (
            of_task("correct_details", json!({ "changes": { "counted_at_scene": 2 } })),
            INCIDENT,
            "/patients/counted_at_scene",
        ),
        (
            of_task("correct_details", json!({ "changes": { "counted_at_scene": null } })),
            INCIDENT,
            "/patients/reported",
        ),
        (
            of_task(
                "correct_milestone",
                json!({ "milestone": "departed", "truly_at": BEGAN, "note": "忘按" }),
            ),
            INCIDENT,
            "/tasks/0/milestones/2/stamp/at",
        ),
        (reach("left_scene", json!({})), VEHICLE, "/state"),
        (of_task("undo_milestone", json!({ "milestone": "left_scene" })), VEHICLE, "/state"),
    ]
}

/// What became of patients and of calls.
fn patients_and_calls() -> Vec<Step> {
    vec![
        (
            of_incident("account_for_patients", json!({ "patients": { "not_found": 7 } })),
            INCIDENT,
            "/patients/account",
        ),
        (
            of_incident(
                "account_for_patients",
                json!({ "carried": 1, "patients": { "not_found": null, "counted_at_scene": 3 } }),
            ),
            INCIDENT,
            "/patients/account",
        ),
        (
            of_incident(
                "account_for_patients",
                json!({ "carried": null, "patients": { "counted_at_scene": null } }),
            ),
            INCIDENT,
            "/patients/account",
        ),
        (
            of_incident(
                "change_outcome",
                json!({ "call": "xining-1.c2", "outcome": { "outcome": "nuisance" } }),
            ),
            INCIDENT,
            "/calls/1/outcome/outcome",
        ),
        (of_incident("separate_call", told("xining-1.c3")), SECOND_INCIDENT, "/facts/complaint"),
    ]
}

/// To the hospital, closed, opened again, and other vehicles.
fn ended_and_opened_again() -> Vec<Step> {
    vec![
        (reach("at_hospital", json!({ "details": { "hospital": "H-XN-01" } })), VEHICLE, "/state"),
        (
            of_vehicle("give_follow_on", "XN-01-1", json!({ "incident": "xining-2" })),
            SECOND_INCIDENT,
            "/promised/0/vehicle",
        ),
        (of_vehicle("withdraw_follow_on", "XN-01-1", json!({})), VEHICLE, "/next"),
        (reach("finished", json!({})), INCIDENT, "/stage"),
        (of_vehicle("return_to_station", "XN-01-1", json!({})), VEHICLE, "/state"),
        (of_incident("close_incident", json!({})), INCIDENT, "/stage"),
        (of_incident("reopen_incident", json!({ "note": "病人又来电" })), INCIDENT, "/stage"),
        (
            of_incident("dispatch_vehicles", json!({ "vehicles": ["XN-01-2"] })),
            INCIDENT,
            "/tasks/1/vehicle",
        ),
        (
            json!({ "type": "divert_vehicle", "vehicle": "XN-01-2", "to_incident": "xining-2",
                "reason": "higher_priority", "confirmed": true }),
            SECOND_INCIDENT,
            "/tasks/0/vehicle",
        ),
        (
            json!({ "type": "abort_task", "task": "xining-2.t1", "reason": "vehicle_breakdown", "confirmed": true }),
            SECOND_VEHICLE,
            "/state",
        ),
    ]
}

/// A vehicle's day, and the end of both incidents.
fn of_vehicles_and_the_end() -> Vec<Step> {
    vec![
        (of_vehicle("resume_vehicle", "XN-01-2", json!({})), SECOND_VEHICLE, "/state"),
        (
            of_vehicle("pause_vehicle", "XN-01-2", json!({ "reason": "meal" })),
            SECOND_VEHICLE,
            "/pause",
        ),
        (of_vehicle("resume_vehicle", "XN-01-2", json!({})), SECOND_VEHICLE, "/state"),
        (of_vehicle("go_off_duty", "XN-01-2", json!({})), SECOND_VEHICLE, "/state"),
        (of_vehicle("go_on_duty", "XN-01-2", json!({})), SECOND_VEHICLE, "/state"),
        (
            of_vehicle(
                "assign_crew",
                "XN-01-2",
                json!({ "crew": [{ "person": "p1", "name": "马强", "role": "driver" }] }),
            ),
            SECOND_VEHICLE,
            "/crew/0/name",
        ),
        (
            of_vehicle("give_move", "XN-01-2", json!({ "station": "XN-02" })),
            SECOND_VEHICLE,
            "/move_to/station",
        ),
        (
            of_vehicle("acknowledge_move", "XN-01-2", json!({ "station": "XN-02" })),
            SECOND_VEHICLE,
            "/move_to/acknowledged",
        ),
        (of_vehicle("withdraw_move", "XN-01-2", json!({})), SECOND_VEHICLE, "/move_to"),
        (
            of_vehicle(
                "log_vehicle",
                "XN-01-2",
                json!({ "entry": { "type": "checked", "odometer_km": 45_120, "faults": ["oxygen"] } }),
            ),
            SECOND_VEHICLE,
            "/log/checked/entry/faults/0",
        ),
        (
            of_vehicle("send_message", "XN-01-2", json!({ "text": "家属在北门等" })),
            SECOND_VEHICLE,
            "/messages/0/text",
        ),
        (of_incident("add_note", json!({ "text": "家属在门口等" })), INCIDENT, "/notes/0/text"),
        (of_incident("cancel_incident", json!({ "reason": "other" })), INCIDENT, "/stage"),
        (
            json!({ "type": "refuse_incident", "incident": "xining-2", "reason": "not_medical" }),
            SECOND_INCIDENT,
            "/stage",
        ),
    ]
}

/// One incident from its first call to its end, with every kind of command on the way.
fn steps() -> impl Iterator<Item = Step> {
    [
        taken_and_sent(),
        told_and_put_right(),
        patients_and_calls(),
        ended_and_opened_again(),
        of_vehicles_and_the_end(),
    ]
    .into_iter()
    .flatten()
}

const SEEN: [&str; 4] = [INCIDENT, SECOND_INCIDENT, VEHICLE, SECOND_VEHICLE];

async fn views(li: &Caller) -> Vec<Value> {
    let mut all = Vec::new();
    for path in SEEN {
        let answer = li.get(&format!("/api/v1/{path}")).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        all.push(answer.body);
    }
    all
}

#[tokio::test]
async fn every_command_is_seen_told_to_consoles_and_outlives_a_restart() {
    let clock = Clock::by_hand(Timestamp(BEGAN));
    let server = Server::start_with(|settings| settings.clock = clock.clone()).await;
    let li = server.person("li", Role::Dispatcher, CITY).await;
    let (mut console, mut feed) = subscribed(&server, &li).await;
    let (mut table, mut version) = (String::new(), 0);
    for (mut command, path, pointer) in steps() {
        if command.get("through").is_some_and(Value::is_null) {
            command["through"] = version.into();
        }
        let answer = li.execute(CITY, command.clone()).await;
        version = answer.body["version"].as_u64().unwrap_or(version);
        let seen = li.get(&format!("/api/v1/{path}")).await.body;
        let seen = seen.pointer(pointer).cloned().unwrap_or_default();
        let kind = command["type"].as_str().unwrap();
        writeln!(table, "{kind}: {}; {path}{pointer} {seen}", answer.short()).unwrap();
        clock.advance_millis(1000);
        // A console that says nothing for longer than a minute's steps is taken for gone.
        console.say(&ConsoleMessage::Ping { clock: 0 }).await.unwrap();
    }
    expect![[r#"
        take_call: 200; incidents/xining-1/stage "waiting"
        take_call: 200; incidents/xining-1/facts/priority "critical"
        take_call: 200; incidents/xining-1/calls/2/said/complaint "摔伤"
        want_vehicles: 200; incidents/xining-1/vehicles_wanted 2
        suspend_incident: 200; incidents/xining-1/stage "suspended"
        resume_incident: 200; incidents/xining-1/stage "waiting"
        dispatch_vehicles: 200; incidents/xining-1/tasks/0/vehicle "XN-01-1"
        resend_order: 200; incidents/xining-1/tasks/0/order_expires_at 1700000127000
        record_milestone: 200; incidents/xining-1/tasks/0/stage "running"
        amend_incident: 200; incidents/xining-1/tasks/0/changes/0/part "complaint"
        acknowledge_order_change: 200; incidents/xining-1/tasks/0/changes null
        record_milestone: 200; incidents/xining-1/patients/counted_at_scene 14
        correct_details: 200; incidents/xining-1/patients/counted_at_scene 2
        correct_details: 200; incidents/xining-1/patients/reported 1
        correct_milestone: 200; incidents/xining-1/tasks/0/milestones/2/stamp/at 1700000000000
        record_milestone: 200; vehicles/XN-01-1/state "patient_on_board"
        undo_milestone: 200; vehicles/XN-01-1/state "at_scene"
        account_for_patients: 200; incidents/xining-1/patients/account {"patients":{"not_found":7}}
        account_for_patients: 200; incidents/xining-1/patients/account {"carried":1,"patients":{"counted_at_scene":3}}
        account_for_patients: 200; incidents/xining-1/patients/account null
        change_outcome: 200; incidents/xining-1/calls/1/outcome/outcome "nuisance"
        separate_call: 200; incidents/xining-2/facts/complaint "摔伤"
        record_milestone: 200; vehicles/XN-01-1/state "at_hospital"
        give_follow_on: 200; incidents/xining-2/promised/0/vehicle "XN-01-1"
        withdraw_follow_on: 200; vehicles/XN-01-1/next null
        record_milestone: 200; incidents/xining-1/stage "to_decide"
        return_to_station: 200; vehicles/XN-01-1/state "available_at_station"
        close_incident: 200; incidents/xining-1/stage "closed"
        reopen_incident: 200; incidents/xining-1/stage "waiting"
        dispatch_vehicles: 200; incidents/xining-1/tasks/1/vehicle "XN-01-2"
        divert_vehicle: 200; incidents/xining-2/tasks/0/vehicle "XN-01-2"
        abort_task: 200; vehicles/XN-01-2/state "paused"
        resume_vehicle: 200; vehicles/XN-01-2/state "available_at_station"
        pause_vehicle: 200; vehicles/XN-01-2/pause "meal"
        resume_vehicle: 200; vehicles/XN-01-2/state "available_at_station"
        go_off_duty: 200; vehicles/XN-01-2/state "off_duty"
        go_on_duty: 200; vehicles/XN-01-2/state "available_at_station"
        assign_crew: 200; vehicles/XN-01-2/crew/0/name "马强"
        give_move: 200; vehicles/XN-01-2/move_to/station "XN-02"
        acknowledge_move: 200; vehicles/XN-01-2/move_to/acknowledged true
        withdraw_move: 200; vehicles/XN-01-2/move_to null
        log_vehicle: 200; vehicles/XN-01-2/log/checked/entry/faults/0 "oxygen"
        send_message: 200; vehicles/XN-01-2/messages/0/text "家属在北门等"
        add_note: 200; incidents/xining-1/notes/0/text "家属在门口等"
        cancel_incident: 200; incidents/xining-1/stage "cancelled"
        refuse_incident: 200; incidents/xining-2/stage "refused"
    "#]].assert_eq(&table);

    let before = views(&li).await;
    while feed.versions.get(CITY).copied().unwrap_or(0) < version {
        take(&mut console, &mut feed).await;
    }
    let shown = SEEN.map(|path| {
        let (_, id) = path.split_once('/').unwrap();
        let incident = feed.incidents.get(id).map(|it| serde_json::to_value(it).unwrap());
        incident.or(feed.vehicles.get(id).map(|it| serde_json::to_value(it).unwrap())).unwrap()
    });
    for (shown, asked) in shown.iter().zip(&before) {
        for (field, value) in asked.as_object().unwrap() {
            // What is due is reckoned when it is asked for.
            if field != "deadlines" && field != "tasks" {
                assert_eq!(&shown[field], value, "{} {field}", asked["id"]);
            }
        }
    }

    let again = server.restarted_with(|settings| settings.clock = clock).await;
    let li = again.again(li);
    assert_eq!(views(&li).await, before);
}

pub(crate) async fn subscribed(server: &Server, li: &Caller) -> (ConsoleLink, FeedState) {
    let address = server.base.trim_start_matches("http://");
    let cookie = format!("helan_session={}", li.cookie.clone().unwrap());
    let mut console = ConsoleLink::open(address, &cookie).await.unwrap();
    let mut feed = FeedState::default();
    console.say(&feed.subscribe()).await.unwrap();
    while !feed.caught_up {
        take(&mut console, &mut feed).await;
    }
    (console, feed)
}

pub(crate) async fn take(console: &mut ConsoleLink, feed: &mut FeedState) {
    if let Frame::Message(message) = console.next().await.unwrap().expect("the link stays open") {
        feed.take(*message).unwrap();
    }
}
