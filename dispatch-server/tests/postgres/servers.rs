//! Whole servers over one PostgreSQL: what is changed at one of them holds at the other.

use crate::http_support::links::{console, ends, feed, terminal};
use crate::http_support::{CITY, Caller, PASSWORD, REGIONAL, Server};
use crate::postgres_support::cluster::Cluster;
use crate::postgres_support::{Database, execute, reach};
use dispatch_desk::clock::Clock;
use futures_util::StreamExt;
use futures_util::future::join_all;
use serde_json::{Value, json};
use sqlx::ConnectOptions;
use sqlx::postgres::PgConnectOptions;
use tokio_tungstenite::tungstenite::Message;
use wire_protocol::vocabulary::Role;

async fn server(options: &PgConnectOptions) -> Server {
    Server::start_with(|settings| settings.database = Some(options.clone().into())).await
}

async fn two_servers() -> (Database, Server, Server) {
    let database = Database::fresh().await;
    let (here, there) = (server(&database.options).await, server(&database.options).await);
    (database, here, there)
}

/// The same person with the same cookie before another server, as a load balancer sends them.
fn at(server: &Server, caller: &Caller) -> Caller {
    Caller { base: server.base.clone(), ..caller.clone() }
}

async fn person_path(caller: &Caller) -> String {
    let me = caller.get("/api/v1/session").await.body;
    format!("/api/v1/people/{}", me["person"]["id"].as_str().unwrap())
}

/// Asks until the answer is as expected.
async fn until(
    caller: &Caller,
    path: &str,
    expected: impl Fn(&crate::http_support::Answer) -> bool,
) {
    loop {
        let answer = caller.get(path).await;
        if expected(&answer) {
            return;
        }
        tokio::task::yield_now().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn signed_in_here_known_there_and_signed_out_everywhere() {
    let (_database, here, there) = two_servers().await;
    let li = here.person("li", Role::Dispatcher, CITY).await;
    let li_there = at(&there, &li);
    assert_eq!(li_there.get("/api/v1/session").await.status, 200, "at once, not after a look");
    let socket = console(&there, &li_there).await;
    assert_eq!(li.delete("/api/v1/session").await.status, 204);
    let last = ends(socket).await;
    assert!(last.contains("signed_out"), "{last}");
    assert_eq!(li_there.get("/api/v1/session").await.short(), "401 not_signed_in");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn barred_or_renamed_here_so_there() {
    let (_database, here, there) = two_servers().await;
    let admin = here.person("admin", Role::Administrator, REGIONAL).await;
    let li = there.person("li", Role::Dispatcher, CITY).await;
    let path = person_path(&li).await;
    let socket = console(&there, &li).await;
    let renamed = admin.send("PATCH", &path, json!({ "display_name": "李娜" })).await;
    assert_eq!(renamed.status, 200, "{}", renamed.text);
    let named =
        |answer: &crate::http_support::Answer| answer.body["person"]["display_name"] == "李娜";
    until(&li, "/api/v1/session", named).await;

    let barred = admin.send("PATCH", &path, json!({ "active": false })).await;
    assert_eq!(barred.body["active"], false);
    assert!(ends(socket).await.contains("signed_out"), "a new name alone ended nothing");
    assert_eq!(li.get("/api/v1/session").await.short(), "401 not_signed_in");
    let again = there.nobody().sign_in("li", PASSWORD).await;
    assert_eq!(again.short(), "401 wrong_name_or_password");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_password_or_a_revocation_here_ends_the_links_there() {
    let (_database, here, there) = two_servers().await;
    let admin = here.person("admin", Role::Administrator, REGIONAL).await;
    let li = there.person("li", Role::Dispatcher, CITY).await;
    let path = person_path(&li).await;
    let socket = console(&there, &li).await;
    let changed = admin.send("PATCH", &path, json!({ "password": "another long one" })).await;
    assert_eq!(changed.status, 200, "{}", changed.text);
    ends(socket).await;
    let li = there.nobody().signed_in("li", "another long one").await;
    // Whoever got a password from somebody else chooses one of their own before anything else.
    assert_eq!(feed(&there, &li).await.unwrap_err(), 403);
    let own =
        json!({ "current_password": "another long one", "new_password": "one of my own, long" });
    assert_eq!(li.post("/api/v1/session/password", own).await.status, 200);
    let li = there.nobody().signed_in("li", "one of my own, long").await;
    let socket = console(&there, &li).await;
    assert_eq!(admin.delete(&format!("{path}/sessions")).await.status, 204);
    ends(socket).await;
    assert_eq!(feed(&there, &li).await.unwrap_err(), 401);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_replaced_or_removed_here_ends_the_link_there() {
    let (_database, here, there) = two_servers().await;
    let admin = here.person("admin", Role::Administrator, CITY).await;
    let key = here.key("XN-01-1").await;
    let socket = terminal(&there, &key).await.unwrap();
    let made = admin.post("/api/v1/vehicles/XN-01-1/key", json!({})).await;
    ends(socket).await;
    assert_eq!(terminal(&there, &key).await.unwrap_err(), 401);
    let socket = terminal(&there, made.body["key"].as_str().unwrap()).await.unwrap();
    assert_eq!(admin.delete("/api/v1/vehicles/XN-01-1/key").await.status, 204);
    ends(socket).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_all_servers_codes_one_makes_the_first_administrator() {
    let (_database, here, there) = two_servers().await;
    let third = server(&_database.options).await;
    let first = |server: &Server, name: &str| {
        let code = server.running.setup_code.clone().unwrap();
        let body = json!({ "setup_code": code, "name": name, "display_name": "管理员",
            "password": PASSWORD });
        let nobody = server.nobody();
        async move { nobody.post("/api/v1/setup", body).await.short() }
    };
    let answers = join_all([first(&here, "a-a"), first(&there, "b-b"), first(&third, "c-c")]).await;
    let mut sorted = answers.clone();
    sorted.sort();
    assert_eq!(sorted, ["201", "409 setup_over", "409 setup_over"], "{answers:?}");
    for server in [&here, &there, &third] {
        let nobody = server.nobody();
        assert_eq!(nobody.get("/api/v1/setup").await.body, json!({ "open": false }));
        assert_eq!(first(server, "d-d").await, "409 setup_over");
    }
    let late = server(&_database.options).await;
    assert!(late.running.setup_code.is_none());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_administrators_who_change_one_person_at_two_servers_lose_neither_change() {
    let (_database, here, there) = two_servers().await;
    let admin = here.person("admin", Role::Administrator, REGIONAL).await;
    let admin_there = at(&there, &admin);
    let li = there.person("li", Role::Dispatcher, CITY).await;
    let path = person_path(&li).await;
    for round in 0..12 {
        let (active, name) = (round % 2 == 1, format!("李 {round}"));
        let (renamed, barred) = tokio::join!(
            admin.send("PATCH", &path, json!({ "display_name": name })),
            admin_there.send("PATCH", &path, json!({ "active": active })),
        );
        assert_eq!((renamed.status, barred.status), (200, 200));
        let people = admin.get("/api/v1/people").await.body;
        let li = people.as_array().unwrap().iter().find(|it| it["name"] == "li").unwrap();
        assert_eq!((&li["display_name"], &li["active"]), (&json!(name), &json!(active)));
    }
}

const SNOW: &str = r#"{ "kind": "slow", "factor": 3.0, "note": "大雪",
    "area": [[101.0, 36.0], [103.0, 36.0], [103.0, 37.5], [101.0, 37.5]] }"#;
const RANKING: &str = "/api/v1/recommendations?lon=101.79&lat=36.62&priority=critical";

fn seconds(answer: &crate::http_support::Answer) -> u64 {
    let term = &answer.body["candidates"][0]["terms"]["travel"];
    term.as_u64().unwrap_or_else(|| panic!("no ranking: {}", answer.text))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_road_closed_or_slow_here_is_so_there_until_it_is_lifted_anywhere() {
    let (_database, here, there) = two_servers().await;
    let wang = here.person("wang", Role::Supervisor, REGIONAL).await;
    let wang_there = at(&there, &wang);
    let before = seconds(&wang_there.get(RANKING).await);
    let snow: Value = serde_json::from_str(SNOW).unwrap();
    let laid = wang.post("/api/v1/road-conditions", snow).await;
    assert_eq!(laid.status, 201, "{}", laid.text);
    let slow = seconds(&wang.get(RANKING).await);
    assert!(slow > before);
    until(&wang_there, RANKING, |answer| seconds(answer) == slow).await;
    assert_eq!(wang_there.get("/api/v1/road-conditions").await.body, json!([laid.body]));

    let bridge = json!({ "kind": "closed", "note": "桥",
        "area": [[101.6, 36.5], [101.7, 36.5], [101.7, 36.6], [101.6, 36.6]] });
    let closed = wang_there.post("/api/v1/road-conditions", bridge).await;
    // Lifted at the other server before it can have heard of it.
    let id = closed.body["id"].as_str().unwrap();
    assert_eq!(wang.delete(&format!("/api/v1/road-conditions/{id}")).await.status, 204);
    let again = wang_there.delete(&format!("/api/v1/road-conditions/{id}")).await;
    assert_eq!(again.short(), "404 not_found");
    let id = laid.body["id"].as_str().unwrap();
    assert_eq!(wang_there.delete(&format!("/api/v1/road-conditions/{id}")).await.status, 204);
    for wang in [&wang, &wang_there] {
        until(wang, RANKING, |answer| seconds(answer) == before).await;
        until(wang, "/api/v1/road-conditions", |answer| answer.body == json!([])).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_correction_switched_on_here_holds_there_and_the_last_one_wins() {
    let (_database, here, there) = two_servers().await;
    let wang = here.person("wang", Role::Supervisor, REGIONAL).await;
    let wang_there = at(&there, &wang);
    for factor in [1.25, 0.75, 1.5] {
        let night = json!({ "part": "night", "factor": factor, "journeys": 30 });
        let body = json!({ "factor": factor, "parts": [night] });
        assert_eq!(wang.post("/api/v1/travel-profile", body).await.status, 200);
        let holds = |it: &crate::http_support::Answer| {
            let profile = &it.body["profile"];
            profile["factor"] == factor && profile["parts"][0]["factor"] == factor
        };
        until(&wang_there, "/api/v1/reports/travel-times", holds).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_word_is_found_at_the_next_look() {
    let (database, here, there) = two_servers().await;
    let li = here.person("li", Role::Dispatcher, CITY).await;
    let key = here.key("XN-01-1").await;
    let (screen, link) = (console(&there, &at(&there, &li)).await, terminal(&there, &key).await);
    // Somebody whose words are lost: the tables change and their numbers rise, but nobody is told.
    execute(
        &mut database.hand().await,
        "BEGIN; SET LOCAL session_replication_role = replica;
         UPDATE people SET active = false; DELETE FROM sessions; DELETE FROM vehicle_keys;
         INSERT INTO travel_profiles VALUES ('p-silent', 1.25, 'nobody', 9000000000000);
         UPDATE bulletin SET revision = revision + 1; COMMIT",
    )
    .await;
    assert!(ends(screen).await.contains("signed_out"));
    ends(link.unwrap()).await;
    execute(&mut database.hand().await, "UPDATE people SET active = true").await;
    let wang = there.person("wang", Role::Supervisor, CITY).await;
    let holds = |it: &crate::http_support::Answer| it.body["profile"]["factor"] == 1.25;
    until(&wang, "/api/v1/reports/travel-times", holds).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_flood_of_made_up_tokens_is_refused_and_keeps_nobody_out() {
    let (_database, here, there) = two_servers().await;
    let li = here.person("li", Role::Dispatcher, CITY).await;
    let made_up = (0..500).map(|n| {
        let caller = Caller { cookie: Some(format!("{n:064x}")), ..there.nobody() };
        async move { caller.get("/api/v1/session").await.short() }
    });
    let li_there = at(&there, &li);
    let (refused, mine) = tokio::join!(join_all(made_up), async {
        until(&li_there, "/api/v1/session", |answer| answer.status == 200).await;
        // Known from here on, she never waits behind a look-up again.
        li_there.get("/api/v1/session").await.status
    });
    assert_eq!(mine, 200);
    let odd = |it: &&String| *it != "401 not_signed_in" && *it != "503 busy";
    assert_eq!(refused.iter().find(odd), None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_the_database_is_away_who_is_signed_in_stays_and_vehicles_come_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_owned();
    // Outside users must be able to reach the socket inside the test's own folder.
    std::fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let cluster = tokio::task::spawn_blocking(move || Cluster::own(&path, "")).await.unwrap();
    let options = reach(&cluster, "postgres");
    let (here, there) = (server(&options).await, server(&options).await);
    let li = here.person("li", Role::Dispatcher, CITY).await;
    let wang = here.person("wang", Role::Dispatcher, CITY).await;
    let key = here.key("XN-01-1").await;
    let (li_there, wang_there) = (at(&there, &li), at(&there, &wang));
    for caller in [&li_there, &wang_there] {
        assert_eq!(caller.get("/api/v1/session").await.status, 200);
    }
    drop(terminal(&there, &key).await.unwrap());
    let screen = console(&there, &li_there).await;

    cluster.stop_at_once();
    // Noticed although nobody gives commands, so that load balancers and consoles know.
    until(&li, "/readyz", |answer| answer.short() == "503 not_recorded").await;
    for li in [&li, &li_there] {
        assert_eq!(li.get("/api/v1/session").await.status, 200);
    }
    let stranger = Caller { cookie: Some("0".repeat(64)), ..there.nobody() };
    let unknown = stranger.get("/api/v1/session").await;
    assert_eq!(unknown.short(), "503 store_failed", "perhaps signed in: not sent to the door");
    let link = terminal(&there, &key).await.unwrap();
    assert_eq!(wang.delete("/api/v1/session").await.short(), "503 store_failed");
    assert_eq!(wang.get("/api/v1/session").await.short(), "401 not_signed_in");

    cluster.start();
    until(&stranger, "/api/v1/session", |answer| answer.status == 401).await;
    // What could not be told is told as soon as it can be, and nothing brings it back to life meanwhile.
    until(&wang_there, "/api/v1/session", |answer| answer.status == 401).await;
    assert_eq!(wang.get("/api/v1/session").await.short(), "401 not_signed_in");
    assert_eq!(li_there.get("/api/v1/session").await.status, 200);
    until(&li, "/readyz", |answer| answer.status == 200).await;
    // Words are heard again.
    let mut hand = options.connect().await.unwrap();
    execute(&mut hand, "DELETE FROM sessions; DELETE FROM vehicle_keys").await;
    assert!(ends(screen).await.contains("signed_out"));
    ends(link).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_whose_clock_differs_says_so_and_the_others_do_not() {
    let database = Database::fresh().await;
    let here = server(&database.options).await;
    let fast = Clock::by_hand(Clock::system().now().plus_seconds(60));
    let there = Server::start_with(|settings| {
        settings.database = Some(database.options.clone().into());
        settings.clock = fast;
    })
    .await;
    let li = here.person("li", Role::Dispatcher, CITY).await;
    for (server, clock) in [(&here, "working"), (&there, "degraded")] {
        let mut screen = console(server, &at(server, &li)).await;
        loop {
            let frame = screen.next().await.unwrap().unwrap();
            let Message::Text(text) = frame else { continue };
            let told: Value = serde_json::from_str(&text).unwrap();
            if told["type"] == "service" && told["clock"] != Value::Null {
                assert_eq!(told["clock"], clock);
                break;
            }
        }
    }
}
