//! Gateways speak for the vehicles of the terminals that are bound to them and for no other; who is bound is
//! administration's, and written down there.

use crate::http_support::links::{ends, spoken_for, terminal};
use crate::http_support::{CITY, Caller, REGIONAL, Server};
use serde_json::{Value, json};
use wire_protocol::vocabulary::Role;

const NUMBER: &str = "13912344329";

fn binding(vehicle: &str, gateway: &str) -> Value {
    json!({ "vehicle": vehicle, "gateway": gateway, "datum": "gcj02", "keys": "auto", "plate": " 青A·12001 " })
}

async fn bind(admin: &Caller, number: &str, asked: Value) -> crate::http_support::Answer {
    admin.send("PUT", &format!("/api/v1/terminals/{number}"), asked).await
}

async fn gateway(admin: &Caller, name: &str) -> String {
    let made = admin.post(&format!("/api/v1/gateways/{name}/key"), json!({})).await;
    assert_eq!(made.status, 201, "{}", made.text);
    made.body["key"].as_str().unwrap().to_owned()
}

async fn told(server: &Server, key: &str, report: Value) -> crate::http_support::Answer {
    let gateway = Caller { key: Some(key.to_owned()), ..server.nobody() };
    gateway.post("/api/v1/gateway/terminals", report).await
}

fn report(revision: &str) -> Value {
    json!({ "software": "a gateway 1", "revision": revision, "unknown": [] })
}

#[tokio::test]
async fn a_gateway_speaks_for_the_vehicles_bound_to_it_and_for_no_other() {
    let server = Server::start().await;
    let admin = server.person("admin", Role::Administrator, REGIONAL).await;
    let (north, south) = (gateway(&admin, "north").await, gateway(&admin, "south").await);
    assert_eq!(spoken_for(&server, &north, "XN-01-1").await.unwrap_err(), 403, "nothing is bound");
    assert_eq!(bind(&admin, &format!("0{NUMBER}"), binding("XN-01-1", "north")).await.status, 200);

    let socket = spoken_for(&server, &north, "XN-01-1").await.unwrap();
    assert_eq!(spoken_for(&server, &north, "XN-01-2").await.unwrap_err(), 403, "not its vehicle");
    assert_eq!(spoken_for(&server, &south, "XN-01-1").await.unwrap_err(), 403, "not its gateway");
    assert_eq!(spoken_for(&server, &north, "%E9%93%B6%E5%B7%9D").await.unwrap_err(), 403);
    assert_eq!(spoken_for(&server, &north, "XN-01-1%00").await.unwrap_err(), 400);
    assert_eq!(spoken_for(&server, &"0".repeat(64), "XN-01-1").await.unwrap_err(), 401);
    assert_eq!(terminal(&server, &north).await.unwrap_err(), 401, "its key is no vehicle's");
    let own = server.key("XN-01-2").await;
    assert_eq!(spoken_for(&server, &own, "XN-01-2").await.unwrap_err(), 401, "and the other way");
    drop(terminal(&server, &own).await.unwrap());

    // What the link rests on is changed: it ends.
    assert_eq!(
        admin.post(&format!("/api/v1/terminals/{NUMBER}/code"), json!({})).await.status,
        200
    );
    ends(socket).await;
    let socket = spoken_for(&server, &north, "XN-01-1").await.unwrap();
    assert_eq!(bind(&admin, NUMBER, binding("XN-01-1", "south")).await.status, 200);
    ends(socket).await;
    assert_eq!(spoken_for(&server, &north, "XN-01-1").await.unwrap_err(), 403);
    let socket = spoken_for(&server, &south, "XN-01-1").await.unwrap();
    let south_again = gateway(&admin, "south").await;
    ends(socket).await;
    assert_eq!(spoken_for(&server, &south, "XN-01-1").await.unwrap_err(), 401, "the old key");
    let socket = spoken_for(&server, &south_again, "XN-01-1").await.unwrap();
    assert_eq!(admin.delete(&format!("/api/v1/terminals/{NUMBER}")).await.status, 204);
    ends(socket).await;
    assert_eq!(spoken_for(&server, &south_again, "XN-01-1").await.unwrap_err(), 403);
}

#[tokio::test]
async fn a_gateway_is_told_its_terminals_and_tells_whom_it_does_not_know() {
    let server = Server::start().await;
    let admin = server.person("admin", Role::Administrator, REGIONAL).await;
    let (north, south) = (gateway(&admin, "north").await, gateway(&admin, "south").await);
    assert_eq!(told(&server, "no key", report("")).await.short(), "401 unknown_key");
    assert_eq!(
        admin.post("/api/v1/gateway/terminals", report("")).await.short(),
        "401 unknown_key"
    );
    bind(&admin, NUMBER, binding("XN-01-1", "north")).await;
    let first = told(&server, &north, report("")).await;
    assert_eq!(first.body["terminals"][0]["number"], NUMBER);
    assert_eq!(first.body["terminals"][0]["binding"]["plate"], "青A·12001", "trimmed");
    assert_eq!(told(&server, &south, report("")).await.body["terminals"], json!([]));
    let revision = first.body["revision"].as_str().unwrap();
    assert_eq!(told(&server, &north, report(revision)).await.body["terminals"], Value::Null);
    admin.post(&format!("/api/v1/terminals/{NUMBER}/code"), json!({})).await;
    let changed = told(&server, &north, report(revision)).await;
    assert_eq!(changed.body["terminals"][0]["rotation"], 1);

    let long = "长".repeat(5_000);
    let unknown = json!([{ "number": "7", "from": "tcp 10.0.0.9:4000", "first_at": 1, "last_at": 2, "frames": 3,
        "registered_as": long }]);
    let heard = json!({ "software": "a gateway 1", "revision": revision, "unknown": unknown });
    assert_eq!(told(&server, &north, heard).await.status, 200);
    let listed = admin.get("/api/v1/terminals").await;
    let [one, other] = [&listed.body["gateways"][0], &listed.body["gateways"][1]];
    assert_eq!((one["name"].as_str(), other["name"].as_str()), (Some("north"), Some("south")));
    assert_eq!(one["unknown"][0]["number"], "7");
    let said = one["unknown"][0]["registered_as"].as_str().unwrap();
    assert_eq!(said.chars().count(), 160, "no more than a line of it");
    assert!(one["seen_at"].is_i64() && one["software"] == "a gateway 1");
    assert!(!listed.text.contains(&north), "a key is shown once");
}

#[tokio::test]
async fn binding_is_refused_where_it_is_wrong_and_written_down_where_it_is_done() {
    let server = Server::start().await;
    let admin = server.person("admin", Role::Administrator, REGIONAL).await;
    gateway(&admin, "north").await;
    for (number, asked, answer) in [
        ("12g", binding("XN-01-1", "north"), "422 bad_field"),
        ("123456789012345678901", binding("XN-01-1", "north"), "422 bad_field"),
        (NUMBER, binding("nobody", "north"), "404 unknown_vehicle"),
        (NUMBER, binding("XN-01-1", "west"), "404 unknown_gateway"),
        (NUMBER, binding("XN-01-1", "../north"), "422 bad_field"),
        (NUMBER, json!({ "vehicle": "XN-01-1" }), "422 wrong_shape"),
    ] {
        assert_eq!(bind(&admin, number, asked).await.short(), answer);
    }
    assert_eq!(
        admin.post("/api/v1/gateways/North%20Gate/key", json!({})).await.short(),
        "422 bad_field"
    );
    assert_eq!(admin.delete("/api/v1/gateways/west/key").await.short(), "404 unknown_gateway");
    assert_eq!(admin.delete("/api/v1/terminals/7").await.short(), "404 unknown_terminal");
    assert_eq!(
        admin.post("/api/v1/terminals/7/code", json!({})).await.short(),
        "404 unknown_terminal"
    );
    assert_eq!(admin.get("/api/v1/terminals").await.body["bound"], json!([]), "nothing of it");

    assert_eq!(bind(&admin, NUMBER, binding("XN-01-1", "north")).await.status, 200);
    let second = bind(&admin, "7", binding("XN-01-1", "north")).await;
    assert_eq!(second.short(), "409 vehicle_has_terminal");
    assert_eq!(second.body["details"]["number"], NUMBER, "it says which");
    // To another vehicle: its code is void.
    let moved = bind(&admin, NUMBER, binding("XN-01-2", "north")).await;
    assert_eq!((moved.status, &moved.body["rotation"]), (200, &json!(1)));
    assert_eq!(bind(&admin, "7", binding("XN-01-1", "north")).await.status, 200, "it is free now");

    let nurse = server.person("city", Role::Administrator, CITY).await;
    assert_eq!(nurse.get("/api/v1/terminals").await.body["bound"].as_array().unwrap().len(), 2);
    let outside = nurse.post("/api/v1/gateways/north/key", json!({})).await;
    assert_eq!(outside.short(), "403 wrong_centre", "a gateway speaks for every centre");
    assert_eq!(nurse.delete("/api/v1/gateways/north/key").await.short(), "403 wrong_centre");
    assert_eq!(nurse.delete("/api/v1/terminals/7").await.status, 204, "its own vehicle's");

    let log = admin.get("/api/v1/administration").await;
    let did: Vec<&str> = log.body["entries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["what"].as_str().unwrap())
        .filter(|what| what.contains("terminal") || what.contains("gateway"))
        .collect();
    let expected = [
        "terminal_unbound",
        "terminal_bound",
        "terminal_bound",
        "terminal_bound",
        "gateway_key_made",
    ];
    assert_eq!(did, expected);
}

#[tokio::test]
async fn terminals_and_gateways_go_into_a_backup_and_out_of_it() {
    use dispatch_server::people::{put_credentials, take_credentials};
    use dispatch_server::stores::{Storage, open_people};
    let server = Server::start().await;
    let admin = server.person("admin", Role::Administrator, REGIONAL).await;
    gateway(&admin, "north").await;
    bind(&admin, NUMBER, binding("XN-01-1", "north")).await;
    let from = open_people(&Storage::Embedded(server.data.path().to_owned())).await.unwrap();
    let taken = take_credentials(&from).await.unwrap();
    let elsewhere = Server::start().await;
    let into = open_people(&Storage::Embedded(elsewhere.data.path().to_owned())).await.unwrap();
    put_credentials(&into, &taken, dispatch_core::model::Timestamp(7)).await.unwrap();
    let found = take_credentials(&into).await.unwrap();
    let of = |all: &[dispatch_server::people::Credential]| -> Vec<String> {
        let all = all.iter().map(|it| serde_json::to_string(it).unwrap());
        all.filter(|it| it.starts_with("{\"gateway\"") || it.starts_with("{\"terminal\"")).collect()
    };
    assert_eq!((of(&found), of(&found).len()), (of(&taken), 2));
}

/// Somebody at the database itself.
async fn by_hand(server: &Server, sql: &'static str) {
    use sqlx::ConnectOptions;
    let file = server.data.path().join(dispatch_desk::database::MAIN_FILE);
    let mut hand = dispatch_desk::database::options(&file).connect().await.unwrap();
    sqlx::raw_sql(sql).execute(&mut hand).await.unwrap();
}

#[tokio::test]
async fn a_terminal_is_taken_from_no_vehicle_of_another_centre_however_its_number_is_written() {
    let server = Server::start().await;
    let admin = server.person("admin", Role::Administrator, REGIONAL).await;
    let city = server.person("city", Role::Administrator, CITY).await;
    gateway(&admin, "north").await;
    // Of vehicles that left the region, which are for whoever manages the whole of it.
    by_hand(
        &server,
        "INSERT INTO terminals (number, vehicle, gateway, rotation, bound_at, details) VALUES
         ('0', 'GONE-0', 'north', 0, 1, '{\"vehicle\":\"GONE-0\",\"gateway\":\"north\",\"datum\":\"wgs84\",\"keys\":\"auto\"}'),
         ('7', 'GONE-7', 'north', 0, 1, '{\"vehicle\":\"GONE-7\",\"gateway\":\"north\",\"datum\":\"wgs84\",\"keys\":\"auto\"}')",
    )
    .await;
    for number in ["0", "7"] {
        for written in [number.to_owned(), format!("00{number}"), format!("%20{number}%20")] {
            let taken = bind(&city, &written, binding("XN-01-1", "north")).await;
            assert_eq!(taken.short(), "403 wrong_centre", "{written:?}");
            let voided = city.post(&format!("/api/v1/terminals/{written}/code"), json!({})).await;
            assert_eq!(voided.short(), "403 wrong_centre", "{written:?}");
            let unbound = city.delete(&format!("/api/v1/terminals/{written}")).await;
            assert_eq!(unbound.short(), "403 wrong_centre", "{written:?}");
        }
        assert_eq!(admin.delete(&format!("/api/v1/terminals/00{number}")).await.status, 204);
    }
}

/// A server whose gateway "north" speaks for XN-01-1, and that gateway's key.
async fn with_a_bound_terminal() -> (Server, String) {
    let server = Server::start().await;
    let admin = server.person("admin", Role::Administrator, REGIONAL).await;
    let north = gateway(&admin, "north").await;
    bind(&admin, NUMBER, binding("XN-01-1", "north")).await;
    (server, north)
}

#[tokio::test]
async fn a_binding_of_a_later_release_keeps_no_other_vehicle_from_its_link() {
    let (server, north) = with_a_bound_terminal().await;
    by_hand(
        &server,
        "INSERT INTO terminals (number, vehicle, gateway, rotation, bound_at, details) VALUES
         ('7', 'XN-01-2', 'north', 0, 1, '{\"vehicle\":\"XN-01-2\",\"gateway\":\"north\",\"datum\":\"of 2031\",\"keys\":\"auto\"}')",
    )
    .await;
    let server = server.restarted_with(|_| {}).await;
    drop(spoken_for(&server, &north, "XN-01-1").await.unwrap());
    assert_eq!(spoken_for(&server, &north, "XN-01-2").await.unwrap_err(), 403);
    let terminals = told(&server, &north, report("")).await.body["terminals"].clone();
    assert_eq!(terminals.as_array().unwrap().len(), 1, "{terminals}");
}

#[tokio::test]
async fn a_gateway_is_told_its_terminals_while_the_store_takes_nothing() {
    let (server, north) = with_a_bound_terminal().await;
    by_hand(
        &server,
        "CREATE TRIGGER full BEFORE UPDATE ON gateways BEGIN SELECT RAISE(ABORT, 'the disk is full'); END",
    )
    .await;
    let answer = told(&server, &north, report("")).await;
    assert_eq!((answer.status, &answer.body["terminals"][0]["number"]), (200, &json!(NUMBER)));
}

#[tokio::test]
async fn a_link_ends_though_the_store_cannot_be_read_as_its_terminal_is_unbound() {
    let server = Server::start().await;
    let admin = server.person("admin", Role::Administrator, REGIONAL).await;
    let north = gateway(&admin, "north").await;
    bind(&admin, NUMBER, binding("XN-01-1", "north")).await;
    let socket = spoken_for(&server, &north, "XN-01-1").await.unwrap();
    by_hand(&server, "ALTER TABLE gateways RENAME COLUMN key_hash TO unreadable").await;
    let unbound = admin.delete(&format!("/api/v1/terminals/{NUMBER}")).await;
    assert_eq!(unbound.status, 503, "{}", unbound.text);
    by_hand(&server, "ALTER TABLE gateways RENAME COLUMN unreadable TO key_hash").await;
    // A round of housekeeping.
    let over = tokio_util::sync::CancellationToken::new();
    over.cancel();
    server.running.people.clone().keep(over).await;
    ends(socket).await;
    assert_eq!(spoken_for(&server, &north, "XN-01-1").await.unwrap_err(), 403);
}
