//! What is sent wrongly is told so by a stable code, and costs nobody else anything.

use crate::http_support::{Answer, CITY, Server, take_call};
use expect_test::expect;
use serde_json::{Value, json};
use std::fmt::Write as _;
use wire_protocol::vocabulary::Role;

fn with(path: &str, value: Value) -> Value {
    let mut command = take_call();
    *command.pointer_mut(path).unwrap() = value;
    command
}

#[tokio::test]
async fn wrong_commands_are_refused_by_field() {
    let server = Server::start().await;
    let li = server.person("li", Role::Dispatcher, CITY).await;
    let mut extra = take_call();
    extra["facts"]["destination"] = json!("NO-SUCH");
    let mut aged = take_call();
    aged["details"]["patient_age_years"] = json!(1000);
    let commands = [
        ("north of the pole", with("/facts/scene/position", json!({ "lon": 101.0, "lat": 91.0 }))),
        ("position as text", with("/facts/scene/position", json!("here"))),
        ("control character", with("/facts/scene/address", json!("a\u{0}b"))),
        ("endless address", with("/facts/scene/address", json!("长".repeat(301)))),
        ("empty address", with("/facts/scene/address", json!(""))),
        ("unknown priority", with("/facts/priority", json!("yesterday"))),
        ("nobody hurt", with("/details/patient_count", json!(0))),
        ("before 1970", with("/details/began_at", json!(-1))),
        ("unknown hospital", extra),
        ("a thousand years old", aged),
        ("unknown order", json!({ "type": "abolish_winter" })),
        ("unknown incident", json!({ "type": "close_incident", "incident": "xining-999" })),
        ("odd id", json!({ "type": "close_incident", "incident": "a b\n" })),
        (
            "no vehicle",
            json!({ "type": "dispatch_vehicles", "incident": "xining-999", "vehicles": [] }),
        ),
        (
            "unknown centre",
            json!({ "type": "lend_vehicle", "vehicle": "XN-01-1", "to": "atlantis" }),
        ),
        ("unknown vehicle", json!({ "type": "go_off_duty", "vehicle": "XN-99-9" })),
    ];
    let mut table = String::new();
    for (what, command) in commands {
        let answer = li.execute(CITY, command).await;
        let field = answer.body["details"]["field"].as_str().unwrap_or("");
        let line = format!("{what}: {} {field}", answer.short());
        writeln!(table, "{}", line.trim_end()).unwrap();
    }
    expect![[r#"
        north of the pole: 422 bad_field scene
        position as text: 422 wrong_shape
        control character: 422 bad_field scene
        endless address: 422 bad_field scene
        empty address: 422 bad_field scene
        unknown priority: 422 wrong_shape
        nobody hurt: 422 bad_field patient_count
        before 1970: 422 bad_field began_at
        unknown hospital: 422 bad_field destination
        a thousand years old: 422 wrong_shape
        unknown order: 422 wrong_shape
        unknown incident: 409 unknown_incident
        odd id: 422 bad_field incident
        no vehicle: 409 unknown_incident
        unknown centre: 422 bad_field to
        unknown vehicle: 409 unknown_vehicle
    "#]]
    .assert_eq(&table);
    assert_eq!(li.execute(CITY, take_call()).await.status, 200, "a right one is still taken");
}

#[tokio::test]
async fn wrong_requests_are_refused_by_kind() {
    let server = Server::start().await;
    let li = server.person("li", Role::Dispatcher, CITY).await;
    let mut table = String::new();
    let mut tell = |what: &str, answer: Answer| {
        assert!(answer.body["message"].is_string(), "{what}: {}", answer.text);
        writeln!(table, "{what}: {}", answer.short()).unwrap();
    };
    let commands = || li.request("POST", "/api/v1/commands");
    let json = |body: String| commands().header("content-type", "application/json").body(body);
    let sent = [
        (
            "a form",
            commands().header("content-type", "application/x-www-form-urlencoded").body("a=b"),
        ),
        ("no type", commands().body("{}")),
        ("half a body", json("{\"command_id\": ".to_owned())),
        (
            "not utf-8",
            commands().header("content-type", "application/json").body(vec![b'"', 0xff, b'"']),
        ),
        ("deep", json("[".repeat(60_000))),
        ("too large", json(" ".repeat(1_000_000))),
        ("empty object", json("{}".to_owned())),
        ("a number", json("NaN".to_owned())),
        ("unknown address", li.request("GET", "/api/v1/nothing")),
        ("wrong method", li.request("PUT", "/api/v1/commands")),
        ("off the globe", li.request("GET", "/api/v1/owner-centre?lon=200&lat=10")),
        ("no number", li.request("GET", "/api/v1/owner-centre?lon=NaN&lat=10")),
        ("half a place", li.request("GET", "/api/v1/places?q=a&lon=100")),
        ("text for a number", li.request("GET", "/api/v1/incidents?limit=many")),
        ("backwards in time", li.request("GET", "/api/v1/vehicles/XN-01-1/positions?from=2&to=1")),
        ("unknown vehicle", li.request("GET", "/api/v1/vehicles/XN-99-9")),
        ("unknown incident", li.request("GET", "/api/v1/incidents/xining-1/timeline")),
        ("nothing to rank", li.request("GET", "/api/v1/recommendations")),
        ("no upgrade", li.request("GET", "/ws/console")),
        ("bytes that are no text", li.request("GET", "/api/v1/vehicles/%ff")),
    ];
    for (what, request) in sent {
        tell(what, Answer::of(request.send().await.unwrap()).await);
    }
    expect![[r#"
        a form: 415 not_json
        no type: 415 not_json
        half a body: 400 malformed_json
        not utf-8: 400 malformed_json
        deep: 422 wrong_shape
        too large: 413 body_too_large
        empty object: 422 wrong_shape
        a number: 400 malformed_json
        unknown address: 404 not_found
        wrong method: 405 method_not_allowed
        off the globe: 422 bad_field
        no number: 422 bad_field
        half a place: 422 bad_field
        text for a number: 400 bad_query
        backwards in time: 422 bad_field
        unknown vehicle: 404 unknown_vehicle
        unknown incident: 404 unknown_incident
        nothing to rank: 422 bad_field
        no upgrade: 426 upgrade_required
        bytes that are no text: 400 bad_query
    "#]]
    .assert_eq(&table);
    assert_eq!(li.get("/api/v1/session").await.status, 200);
}
