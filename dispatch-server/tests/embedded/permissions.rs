//! Every endpoint and every command against every role, from inside and from another centre. The tables are
//! committed: a changed line is a changed right, and must be meant.

mod frames;

use crate::command_kinds::command_of_each_kind;
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
async fn every_endpoint_against_everybody() {
    let server = Server::start().await;
    let callers = callers(&server).await;
    let mut endpoints = endpoints();
    // Signing out comes last: it would end the session of the one who asks.
    endpoints.sort_by_key(|endpoint| {
        (endpoint.method == "DELETE" && endpoint.path.ends_with("/session"), endpoint.path.clone())
    });
    let mut table = String::new();
    for endpoint in endpoints {
        writeln!(table, "{} {}", endpoint.method, endpoint.path).unwrap();
        for (name, caller) in &callers {
            let mut request = caller.request(endpoint.method, &filled(&endpoint.path));
            if matches!(endpoint.method, "POST" | "PATCH") {
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

/// Of each kind of command one about things that are not there: who may give it is refused by the rules, who may not
/// is refused before.
fn commands() -> Vec<Value> {
    command_of_each_kind("xining-999", "XN-99-9", &[REGIONAL])
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
