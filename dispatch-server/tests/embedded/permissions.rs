//! Every endpoint and every command against every role, from inside and from another centre. The tables are
//! committed: a changed line is a changed right, and must be meant.

mod frames;

use crate::http_support::{Answer, CITY, Caller, REGIONAL, Server, take_call};
use dispatch_server::http::{endpoints, openapi_json};
use expect_test::expect_file;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use wire_protocol::vocabulary::Role;

async fn callers(server: &Server) -> Vec<(&'static str, Caller)> {
    let nobody = server.nobody();
    let vehicle = Caller { key: Some(server.key("XN-01-1").await), ..nobody.clone() };
    let zeros = Some("0".repeat(64));
    let stranger = Caller { key: zeros.clone(), cookie: zeros, ..nobody.clone() };
    let posts = [
        ("call_taker", Role::CallTaker, CITY),
        ("dispatcher", Role::Dispatcher, CITY),
        ("supervisor", Role::Supervisor, CITY),
        ("regional_duty_officer", Role::RegionalDutyOfficer, REGIONAL),
        ("hospital", Role::Hospital, CITY),
        ("administrator", Role::Administrator, CITY),
    ];
    let mut callers =
        vec![("nobody", nobody), ("wrong secrets", stranger), ("vehicle key", vehicle)];
    for (name, role, centre) in posts {
        callers.push((name, server.person(&name.replace('_', "-"), role, centre).await));
    }
    callers
}

/// A path with something of the city in its variable part.
fn filled(path: &str) -> String {
    let id = if path.contains("/vehicles/") { "XN-01-2" } else { "none" };
    let query = match path {
        "/api/v1/places" => "?q=a",
        "/api/v1/owner-centre" | "/api/v1/recommendations" => "?lon=101.78&lat=36.62",
        "/api/v1/duplicates" => "?centre=xining",
        "/api/v1/vehicles/{id}/positions" => "?from=0&to=1",
        "/api/v1/isochrones" => "?lon=101.78&lat=36.62&minutes=5",
        "/api/v1/reports/passers" => "?lon=101.78&lat=36.62&metres=100&from=0&to=1",
        "/api/v1/reports/tracks" => "?west=101&south=36&east=102&north=37&from=0&to=1",
        "/api/v1/reports/heat-map" => {
            "?west=101&south=36&east=102&north=37&from=0&to=1&cell_deg=0.1"
        }
        "/api/v1/reports/incidents-by-area" | "/api/v1/reports/rates-by-area" => {
            "?kind=county&from=0&to=1"
        }
        "/api/v1/reports/rates-by-station" => "?from=0&to=1",
        "/api/v1/reports/nearest-aeds" | "/api/v1/reports/nearest-hospitals" => {
            "?lon=101.78&lat=36.62"
        }
        "/api/v1/hospital-choices" => "?lon=101.78&lat=36.62",
        _ => "",
    };
    path.replace("{id}", id)
        .replace("{centre}", CITY)
        .replace("{number}", "13912344329")
        .replace("{name}", "north")
        + query
}

#[tokio::test]
async fn every_door_against_everybody() {
    let server = Server::start().await;
    let callers = callers(&server).await;
    let mut endpoints = endpoints();
    // Signing out comes last: it would end the session of the one who asks.
    endpoints.sort_by_key(|door| {
        (door.method == "DELETE" && door.path.ends_with("/session"), door.path.clone())
    });
    let mut table = String::new();
    for door in endpoints {
        writeln!(table, "{} {}", door.method, door.path).unwrap();
        for (name, caller) in &callers {
            let mut request = caller.request(door.method, &filled(&door.path));
            if matches!(door.method, "POST" | "PATCH") {
                request = request.json(&json!({}));
            }
            let answer = Answer::of(request.send().await.unwrap()).await;
            writeln!(table, "    {name}: {}", answer.short()).unwrap();
        }
    }
    expect_file!["permissions/endpoints.txt"].assert_eq(&table);
}

#[tokio::test]
async fn what_belongs_to_another_centre_is_not_shown() {
    let server = Server::start().await;
    let callers = callers(&server).await;
    let away = server.person("away", Role::Supervisor, REGIONAL).await;
    let opened = away.execute(REGIONAL, take_call()).await;
    let incident = opened.body["incident"].as_str().unwrap().to_owned();
    let paths = [
        format!("/api/v1/incidents/{incident}"),
        format!("/api/v1/incidents/{incident}/timeline"),
        format!("/api/v1/incidents?centre={REGIONAL}"),
        format!("/api/v1/recommendations?incident={incident}"),
        format!("/api/v1/duplicates?centre={REGIONAL}"),
        format!("/api/v1/journal/{REGIONAL}"),
    ];
    let mut table = String::new();
    for path in paths {
        writeln!(table, "GET {path}").unwrap();
        for (name, caller) in &callers {
            writeln!(table, "    {name}: {}", caller.get(&path).await.short()).unwrap();
        }
    }
    for (name, caller) in &callers {
        let list = caller.get("/api/v1/incidents").await;
        assert_eq!(list.text.contains(&incident), *name == "regional_duty_officer", "{name}");
    }
    expect_file!["permissions/other_centre.txt"].assert_eq(&table);
}

/// One command of each kind, about things that are not there: who may give it is refused by the rules,
/// who may not is refused before.
fn commands() -> Vec<Value> {
    let (incident, task, vehicle) = ("xining-999", "xining-999.t1", "XN-99-9");
    let told = json!({ "note": "", "incident": incident, "task": task, "vehicle": vehicle });
    let command = |kind: &str, more: Value| {
        let mut command = told.clone();
        command["type"] = kind.into();
        command.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        command
    };
    let departed = || json!({ "milestone": "departed", "truly_at": 1, "note": "x" });
    let reason = || json!({ "reason": "other" });
    vec![
        take_call(),
        command("amend_incident", json!({ "changes": { "complaint": "x" } })),
        command("suspend_incident", reason()),
        command("resume_incident", json!({})),
        command("refuse_incident", reason()),
        command("cancel_incident", reason()),
        command("close_incident", json!({})),
        command("reopen_incident", json!({})),
        command("want_vehicles", json!({ "vehicles": 2 })),
        command("account_for_patients", json!({})),
        command("resend_order", json!({})),
        command("add_note", json!({ "text": "x" })),
        command("dispatch_vehicles", json!({ "vehicles": [vehicle] })),
        command("divert_vehicle", json!({ "to_incident": incident, "reason": "other" })),
        command("record_milestone", departed()),
        command("correct_milestone", departed()),
        command("undo_milestone", departed()),
        command("abort_task", reason()),
        command("pause_vehicle", json!({ "reason": "meal" })),
        command("resume_vehicle", json!({})),
        command("go_off_duty", json!({})),
        command("go_on_duty", json!({})),
        command("return_to_station", json!({})),
        command("assign_crew", json!({ "crew": [] })),
        command("lend_vehicle", json!({ "to": REGIONAL })),
        command("settle_crew_report", json!({ "keep": true })),
        command("see_refused_presses", json!({})),
        command("give_follow_on", json!({})),
        command("withdraw_follow_on", json!({})),
        command("accept_move", json!({ "number": 1 })),
        command("ignore_move", json!({ "number": 1, "reason": "other" })),
        command("give_move", json!({ "station": "XN-01" })),
        command("acknowledge_move", json!({ "station": "XN-01" })),
        command("withdraw_move", json!({})),
        command("set_move_advice", json!({ "advice": "advise" })),
        command("acknowledge_order_change", json!({ "through": 1 })),
        command("separate_call", json!({ "call": "xining-1.c2" })),
        command(
            "change_outcome",
            json!({ "call": "xining-1.c2", "outcome": { "outcome": "nuisance" } }),
        ),
        command("correct_details", json!({ "changes": { "distance_km": null } })),
        command("clear_sos", json!({ "note": "x" })),
    ]
}

#[test]
fn the_table_of_commands_has_every_command() {
    let description: Value = serde_json::from_str(openapi_json()).unwrap();
    let variants = description["components"]["schemas"]["Command"]["oneOf"].as_array().unwrap();
    let kind =
        |variant: &Value| variant["properties"]["type"]["enum"][0].as_str().unwrap().to_owned();
    let described: BTreeSet<String> = variants.iter().map(kind).collect();
    let listed: BTreeSet<String> =
        commands().iter().map(|command| command["type"].as_str().unwrap().to_owned()).collect();
    assert_eq!(listed, described);
}

#[tokio::test]
async fn every_command_against_everybody_here_and_elsewhere() {
    let server = Server::start().await;
    let callers = callers(&server).await;
    let mut table = String::new();
    for command in commands() {
        writeln!(table, "{}", command["type"].as_str().unwrap()).unwrap();
        for (name, caller) in &callers {
            let here = caller.execute(CITY, command.clone()).await.short();
            let elsewhere = caller.execute(REGIONAL, command.clone()).await.short();
            writeln!(table, "    {name}: {here}; elsewhere {elsewhere}").unwrap();
        }
    }
    expect_file!["permissions/commands.txt"].assert_eq(&table);
}
