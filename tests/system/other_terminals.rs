//! Terminals of other makers, through the gateway: a task from the order to its end, and nothing lost or doubled when
//! gateway and server are killed. The terminal writes its frames by itself, with nothing of the gateway's code.

use crate::gear::{Gateway, Person, Picture, Program, Server, in_time, is_at, now_ms, tiny};
use serde_json::{Value, json};
use simulations::field_terminal::{Edition, FieldTerminal, Report};
use wire_protocol::vocabulary::{Milestone, Role, VehicleState};

const NUMBER: &str = "13912344329";
const STATION: (f64, f64) = (101.79, 36.61);
/// The standard keys from the first, in order.
const PRESSED: [Milestone; 6] = [
    Milestone::OrderReceived,
    Milestone::Departed,
    Milestone::AtScene,
    Milestone::LeftScene,
    Milestone::AtHospital,
    Milestone::Finished,
];

fn report(from: (f64, f64), unix_ms: i64, moment: u32) -> Report {
    Report {
        lat: from.1,
        lon: from.0 + f64::from(moment) * 1e-4,
        speed_mps: 9.0,
        heading_deg: 90.0,
        // Terminals tell whole seconds.
        unix_ms: unix_ms / 1_000 * 1_000 + i64::from(moment) * 1_000,
        sos: false,
    }
}

async fn live_a_task(edition: Edition, vehicle: &str) {
    let server = Server::open(tiny(), |_| {}).await;
    let dispatcher = server.person("wang", Role::Dispatcher, "xining").await;
    let mut console = dispatcher.console().await;
    let folder = tempfile::tempdir().unwrap();
    let key = server.key(vehicle).await;
    let address = server.address().to_string();
    let gateway = Gateway::start(folder.path(), &address, &[(NUMBER, vehicle, &key)]);

    let mut stranger =
        FieldTerminal::connect(&gateway.address, "13900000001", edition).await.unwrap();
    assert!(stranger.introduce("青A·12001").await.is_err(), "nobody has entered it");
    let mut terminal = FieldTerminal::connect(&gateway.address, NUMBER, edition).await.unwrap();
    let early = terminal.report(&report(STATION, now_ms(), 0)).await;
    assert!(early.is_err(), "it has not shown who it is");
    terminal.introduce("青A·12002").await.unwrap();
    let here = report(STATION, now_ms(), 0);
    terminal.report(&here).await.unwrap();
    console.until("the vehicle to be online", |picture| picture.is_online(vehicle)).await;
    let is_here = |picture: &Picture| picture.lon(vehicle).is_some_and(|lon| is_at(lon, here.lon));
    console.until("the marker to stand there", is_here).await;

    let incident = dispatcher.take_call("xining", STATION.0, STATION.1).await;
    let task = dispatcher.dispatch("xining", &incident, vehicle).await;
    let order = in_time("the order", terminal.text("出车命令")).await.unwrap();
    let is_received =
        |picture: &Picture| picture.task(&task).is_some_and(|task| task.device_receipt.is_some());
    assert!(!is_received(&console.picture), "sent is not received");
    terminal.confirm(&order).await.unwrap();
    console.until("the device's receipt", is_received).await;
    for (key, milestone) in (1..).zip(PRESSED) {
        terminal.press(key).await.unwrap();
        let is_shown = |picture: &Picture| picture.milestone(&task, milestone).is_some();
        console.until("the milestone", is_shown).await;
    }
    let is_free =
        |picture: &Picture| picture.vehicles[vehicle].state == VehicleState::AvailableOnRoad;
    console.until("the vehicle to be free", is_free).await;

    let sos = Report { sos: true, ..report(STATION, now_ms(), 5) };
    terminal.report(&sos).await.unwrap();
    terminal.report(&Report { sos: true, ..report(STATION, now_ms(), 6) }).await.unwrap();
    let calls = |picture: &Picture| picture.log.iter().filter(|it| it.kind == "sos_raised").count();
    console.until("the call for help", |picture| calls(picture) > 0).await;
    terminal.said(0x0002, &[]).await.unwrap();
    assert_eq!(calls(&console.picture), 1, "one press, however many reports carry it");
    gateway.kill();
    server.close().await;
}

#[tokio::test]
async fn a_terminal_of_2013_lives_a_task_like_any_other() {
    live_a_task(Edition::Of2013, "XN-01-2").await;
}

#[tokio::test]
async fn a_terminal_of_2019_lives_a_task_like_any_other() {
    live_a_task(Edition::Of2019, "XN-01-1").await;
}

#[tokio::test]
async fn a_terminal_is_bound_and_unbound_in_administration_while_the_gateway_runs() {
    let server = Server::open(tiny(), |_| {}).await;
    let admin = server.person("admin", Role::Administrator, "qinghai").await;
    let dispatcher = server.person("wang", Role::Dispatcher, "xining").await;
    let mut console = dispatcher.console().await;
    let folder = tempfile::tempdir().unwrap();
    let key: Value =
        admin.post("/api/v1/gateways/north/key", &json!({})).await.json().await.unwrap();
    let key = key["key"].as_str().unwrap();
    let address = server.address().to_string();
    let gateway = Gateway::start_with_own_key(folder.path(), &address, key);

    let mut terminal =
        FieldTerminal::connect(&gateway.address, NUMBER, Edition::Of2019).await.unwrap();
    assert!(terminal.introduce("青A·12002").await.is_err(), "nobody has bound it");
    let listed = async {
        loop {
            let terminals: Value = admin.get("/api/v1/terminals").await;
            if terminals["gateways"][0]["unknown"][0]["number"] == NUMBER {
                break;
            }
        }
    };
    in_time("the stranger to be listed", listed).await;
    let binding =
        json!({ "vehicle": "XN-01-2", "gateway": "north", "datum": "gcj02", "keys": "all" });
    let path = format!("http://{address}/api/v1/terminals/{NUMBER}");
    let ask = |method: reqwest::Method| {
        admin.client.request(method, &path).header("cookie", &admin.cookie)
    };
    assert!(ask(reqwest::Method::PUT).json(&binding).send().await.unwrap().status().is_success());
    let introduced = async { while terminal.introduce("青A·12002").await.is_err() {} };
    in_time("the terminal to be known", introduced).await;
    terminal.report(&report(STATION, now_ms(), 0)).await.unwrap();
    console.until("the vehicle to be online", |picture| picture.is_online("XN-01-2")).await;
    // What it sends is AMap's system, some 500 m off.
    let is_moved = |picture: &Picture| {
        picture.lon("XN-01-2").is_some_and(|lon| (lon - STATION.0).abs() > 1e-3)
    };
    console.until("the marker to stand elsewhere", is_moved).await;

    // The gateway starts anew while the server is away, and knows whom it knew.
    gateway.kill();
    let gateway = Gateway::start_with_own_key(folder.path(), "127.0.0.1:9", key);
    let mut again =
        FieldTerminal::connect(&gateway.address, NUMBER, Edition::Of2019).await.unwrap();
    again.introduce("青A·12002").await.unwrap();
    again.report(&report(STATION, now_ms(), 1)).await.unwrap();
    gateway.kill();

    let gateway = Gateway::start_with_own_key(folder.path(), &address, key);
    let mut again =
        FieldTerminal::connect(&gateway.address, NUMBER, Edition::Of2019).await.unwrap();
    again.introduce("青A·12002").await.unwrap();
    console.until("the vehicle to be online", |picture| picture.is_online("XN-01-2")).await;
    assert!(ask(reqwest::Method::DELETE).send().await.unwrap().status().is_success());
    console.until("the vehicle to be offline", |picture| !picture.is_online("XN-01-2")).await;
    let refused = async { while again.introduce("青A·12002").await.is_ok() {} };
    in_time("the terminal to be a stranger", refused).await;
    gateway.kill();
    server.close().await;
}

const VEHICLE: &str = "YC-01-1";
const YINCHUAN: (f64, f64) = (106.25, 38.47);
const MOMENTS: u32 = 40;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_gateway_and_server_are_killed_over_arrives_once() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    Program::add_duty_officer(data, "duty");
    let key = Program::key(data, VEHICLE);
    let state = tempfile::tempdir().unwrap();
    let server = Program::start(data, "127.0.0.1:0");
    let address = server.address.clone();
    let began = now_ms() - 60_000;
    let at = |moment| report(YINCHUAN, began, moment);
    let start = || Gateway::start(state.path(), &address, &[(NUMBER, VEHICLE, &key)]);
    let gateway = start();
    let mut terminal =
        FieldTerminal::connect(&gateway.address, NUMBER, Edition::Of2013).await.unwrap();
    let code = terminal.register("宁A00001").await.unwrap();
    terminal.authenticate(&code).await.unwrap();
    for moment in 0..10 {
        terminal.report(&at(moment)).await.unwrap();
    }
    // The server is dead, and the gateway keeps what it answers.
    server.kill();
    for moment in 10..20 {
        terminal.report(&at(moment)).await.unwrap();
    }
    // Said and not answered yet, when the gateway dies over it.
    for moment in 20..25 {
        terminal.say(0x0200, &at(moment).body()).await.unwrap();
    }
    gateway.kill();
    let gateway = start();
    let mut terminal =
        FieldTerminal::connect(&gateway.address, NUMBER, Edition::Of2013).await.unwrap();
    // The code outlives the gateway, and the terminal brings what was not answered, and some that was.
    terminal.authenticate(&code).await.unwrap();
    let unanswered: Vec<Report> = (15..25).map(at).collect();
    terminal.back_fill(&unanswered).await.unwrap();
    for moment in 25..30 {
        terminal.report(&at(moment)).await.unwrap();
    }
    gateway.kill();
    // Both at once: the gateway goes on from its disk before any terminal is back.
    let server = Program::start(data, &address);
    let gateway = start();
    let duty = Person::sign_in(&address, "duty").await;
    let mut terminal =
        FieldTerminal::connect(&gateway.address, NUMBER, Edition::Of2013).await.unwrap();
    terminal.authenticate(&code).await.unwrap();
    for moment in 30..MOMENTS {
        terminal.report(&at(moment)).await.unwrap();
    }
    let path = format!(
        "/api/v1/vehicles/{VEHICLE}/positions?from={}&to={}",
        at(0).unix_ms,
        at(MOMENTS).unix_ms
    );
    let mut times: Vec<i64> = Vec::new();
    let arriving = async {
        while times.len() < MOMENTS as usize {
            let fixes: Vec<Value> = duty.get(&path).await;
            times = fixes.iter().map(|fix| fix["fix_time"].as_i64().unwrap()).collect();
        }
    };
    in_time("every position", arriving).await;
    let measured: Vec<i64> = (0..MOMENTS).map(|moment| at(moment).unix_ms).collect();
    assert_eq!(times, measured, "each once");
    gateway.kill();
    server.kill();
}
