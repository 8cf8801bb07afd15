//! Requests that a generator makes from the description of the API, right and wrong ones, as everybody who may
//! sign in: none is told as a fault of the server, and every answer is as described. Needs schemathesis;
//! `scripts/generated-requests` installs it and runs this.

use crate::http_support::{CITY, Caller, REGIONAL, Server, take_call};
use crate::postgres_support::Database;
use dispatch_server::http::SESSION_COOKIE;
use serde_json::{Value, json};
use tokio::process::Command;
use wire_protocol::vocabulary::Role;

/// Cases for each operation and role beside those at the edges of its schema. Five roles at some fifty operations:
/// more finds little and takes minutes.
const CASES: &str = "12";
/// What an answer is held to.
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,\
    response_headers_conformance,response_schema_conformance";
/// Not asked: the links, which are no requests, and what would sign the asker out: the generator tries ids that it
/// was told, its own among them.
const LEFT_OUT: &str = "^(get_ws_.*|delete_session|delete_people_id_sessions)$";

/// The generator's program.
fn program() -> String {
    std::env::var("HELAN_SCHEMATHESIS").expect("run by scripts/generated-requests")
}

async fn asked_by(role: Role, centre: &str) {
    let database = Database::fresh().await;
    let shared = Some(database.options.clone().into());
    let server = Server::start_with(|settings| settings.database = shared).await;
    a_busy_day(&server).await;
    let caller = server.person("asker", role, centre).await;
    let cookie = format!("Cookie: {SESSION_COOKIE}={}", caller.cookie.as_deref().unwrap());
    let seed = std::env::var("HELAN_GENERATED_SEED").unwrap_or_else(|_| "1".to_owned());
    let description = format!("{}/api/openapi.json", server.base);
    let mut run = Command::new(program());
    run.args([
        "run",
        &description,
        "--header",
        &cookie,
        "--checks",
        CHECKS,
        "--max-examples",
        CASES,
    ]);
    run.args([
        "--phases",
        "examples,coverage,fuzzing",
        "--seed",
        &seed,
        "--no-color",
        "--continue-on-failure",
    ]);
    run.args([
        "--exclude-operation-id-regex",
        LEFT_OUT,
        "--warnings",
        "off",
        "--generation-database",
        "none",
    ]);
    let done = run.current_dir(server.data.path()).kill_on_drop(true).output().await.unwrap();
    let told = String::from_utf8_lossy(&done.stdout);
    assert!(
        done.status.success() && told.contains("generated"),
        "as {role:?}:\n{told}\n{}",
        String::from_utf8_lossy(&done.stderr)
    );
    let cases = told.lines().find(|line| line.contains("generated")).unwrap_or_default();
    println!("as {role:?}: {}", cases.trim());
    // Nobody's session ended on the way, or all were asked as strangers.
    assert_eq!(caller.get("/api/v1/session").await.status, 200);
}

/// Something of everything that lists show.
async fn a_busy_day(server: &Server) {
    let chief = server.person("chief", Role::Supervisor, CITY).await;
    let open = call(&chief).await;
    let command = json!({ "type": "dispatch_vehicles", "incident": open, "vehicles": ["XN-01-1"] });
    assert_eq!(chief.execute(CITY, command).await.status, 200);
    let refused = call(&chief).await;
    let reason = json!({ "type": "refuse_incident", "incident": refused, "reason": "not_medical", "note": "问询" });
    assert_eq!(chief.execute(CITY, reason).await.status, 200);
    let note = json!({ "type": "add_note", "incident": open, "text": "家属在路口等" });
    assert_eq!(chief.execute(CITY, note).await.status, 200);
    let duty = server.person("duty", Role::RegionalDutyOfficer, REGIONAL).await;
    let area = json!([[101.78, 36.62], [101.79, 36.62], [101.78, 36.63]]);
    let closed = json!({ "kind": "closed", "area": area, "note": "施工" });
    assert_eq!(duty.post("/api/v1/road-conditions", closed).await.status, 201);
    server.key("XN-01-1").await;
}

async fn call(caller: &Caller) -> Value {
    let answer = caller.execute(CITY, take_call()).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.body["incident"].clone()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn asked_by_an_administrator() {
    asked_by(Role::Administrator, REGIONAL).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn asked_by_the_regional_duty_officer() {
    asked_by(Role::RegionalDutyOfficer, REGIONAL).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn asked_by_a_dispatcher() {
    asked_by(Role::Dispatcher, CITY).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn asked_by_a_call_taker() {
    asked_by(Role::CallTaker, CITY).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn asked_by_a_hospital() {
    asked_by(Role::Hospital, CITY).await;
}
