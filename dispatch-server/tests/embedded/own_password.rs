//! Passwords are one's own: forced at the first sign-in, changed with the present one; and every change to people,
//! keys, roads and travel times is an entry of one chain.

use crate::http_support::{CITY, Caller, PASSWORD, REGIONAL, Server};
use serde_json::{Value, json};
use wire_protocol::vocabulary::Role;

const OWN: &str = "三岔路口有棵歪脖子树";

fn new_person(name: &str) -> Value {
    json!({ "name": name, "display_name": "李娜", "password": PASSWORD, "role": "dispatcher", "centre": CITY })
}

async fn choose(caller: &Caller, current: &str, new: &str) -> crate::http_support::Answer {
    let asked = json!({ "current_password": current, "new_password": new });
    caller.post("/api/v1/session/password", asked).await
}

#[tokio::test]
async fn whoever_got_a_password_from_an_administrator_first_chooses_their_own() {
    let server = Server::start().await;
    let admin = server.person("admin", Role::Administrator, REGIONAL).await;
    let added = admin.post("/api/v1/people", new_person("li")).await;
    assert_eq!(added.status, 201, "{}", added.text);
    let mut li = server.nobody().signed_in("li", PASSWORD).await;
    assert_eq!(li.get("/api/v1/session").await.body["password_due"], true);
    for path in ["/api/v1/region", "/api/v1/vehicles", "/api/v1/incidents"] {
        assert_eq!(li.get(path).await.short(), "403 password_due", "{path}");
    }
    assert_eq!(
        li.execute(CITY, crate::http_support::take_call()).await.short(),
        "403 password_due"
    );
    assert_eq!(crate::http_support::links::feed(&server, &li).await.err(), Some(403));

    for (current, new, answer) in [
        ("not the present one", OWN, "403 wrong_password"),
        (PASSWORD, PASSWORD, "422 bad_field"),
        (PASSWORD, "1234567890", "422 bad_field"),
        (PASSWORD, "Password2026!", "422 bad_field"),
        (PASSWORD, "li2026.11.28", "422 bad_field"),
        (PASSWORD, "short", "422 bad_field"),
    ] {
        assert_eq!(choose(&li, current, new).await.short(), answer, "{new}");
    }
    let elsewhere = server.nobody().signed_in("li", PASSWORD).await;
    let chosen = choose(&li, PASSWORD, OWN).await;
    assert_eq!(chosen.status, 200, "{}", chosen.text);
    li.cookie = chosen.cookie;
    assert_eq!(li.get("/api/v1/vehicles").await.status, 200);
    assert_eq!(elsewhere.get("/api/v1/session").await.short(), "401 not_signed_in");
    assert_eq!(server.nobody().sign_in("li", PASSWORD).await.short(), "401 wrong_name_or_password");
    let again = server.nobody().signed_in("li", OWN).await;
    assert_eq!(again.get("/api/v1/session").await.body["password_due"], Value::Null);

    // Set by an administrator, it is due again.
    let id = added.body["id"].as_str().unwrap();
    let set = json!({ "password": "another long one" });
    assert_eq!(admin.send("PATCH", &format!("/api/v1/people/{id}"), set).await.status, 200);
    let li = server.nobody().signed_in("li", "another long one").await;
    assert_eq!(li.get("/api/v1/vehicles").await.short(), "403 password_due");
}

#[tokio::test]
async fn every_change_is_an_entry_of_a_chain_without_secrets() {
    let server = Server::start().await;
    let admin = server.person("admin", Role::Administrator, REGIONAL).await;
    let supervisor = server.person("wang", Role::Supervisor, REGIONAL).await;
    let city = server.person("city", Role::Supervisor, CITY).await;
    let added = admin.post("/api/v1/people", new_person("li")).await;
    let id = added.body["id"].as_str().unwrap().to_owned();
    let moved = json!({ "role": "supervisor", "password": "another long one" });
    assert_eq!(admin.send("PATCH", &format!("/api/v1/people/{id}"), moved).await.status, 200);
    let key = admin.post("/api/v1/vehicles/XN-01-1/key", json!({})).await;
    assert_eq!(key.status, 201);
    assert_eq!(admin.delete("/api/v1/vehicles/XN-01-1/key").await.status, 204);
    let snow = json!({ "kind": "slow", "factor": 3.0, "note": "大雪",
        "area": [[101.5, 36.5], [101.9, 36.5], [101.9, 36.7]] });
    let laid = supervisor.post("/api/v1/road-conditions", snow).await;
    let condition = laid.body["id"].as_str().unwrap();
    let path = format!("/api/v1/road-conditions/{condition}");
    assert_eq!(supervisor.delete(&path).await.status, 204);
    let profile = json!({ "factor": 1.25, "roads": [], "parts": [] });
    assert_eq!(supervisor.post("/api/v1/travel-profile", profile).await.status, 200);

    let page = supervisor.get("/api/v1/administration").await;
    assert_eq!(page.status, 200, "{}", page.text);
    let entries = page.body["entries"].as_array().unwrap();
    let told: Vec<String> = entries
        .iter()
        .rev()
        .map(|it| format!("{} {}", it["what"].as_str().unwrap(), it["about"].as_str().unwrap()))
        .collect();
    let told: Vec<&str> = told.iter().map(|it| it.split(" p").next().unwrap()).collect();
    assert_eq!(told[3..5], ["person_added", "person_changed"]);
    assert_eq!(told[5..7], ["vehicle_keys_made XN-01-1", "vehicle_key_removed XN-01-1"]);
    assert!(
        told[7].starts_with("road_condition_laid") && told[8].starts_with("road_condition_ended")
    );
    assert_eq!(told[9], "travel_profile_switched region");
    let changed = &entries[entries.len() - 5];
    assert_eq!(changed["by_name"], "admin");
    assert!(changed["before"].as_str().unwrap().contains("\"dispatcher\""), "{changed}");
    assert!(changed["after"].as_str().unwrap().contains("\"supervisor\""), "{changed}");
    for secret in [PASSWORD, "another long one", key.body["key"].as_str().unwrap(), "argon2"] {
        assert!(!page.text.contains(secret), "{secret}");
    }

    // Within one's own centre only, and not for those who only dispatch.
    let of_city = city.get("/api/v1/administration").await;
    let of_city = of_city.body["entries"].as_array().unwrap();
    assert!(!of_city.is_empty() && of_city.iter().all(|it| it["centre"] == CITY));
    let dispatcher = server.person("zhao", Role::Dispatcher, CITY).await;
    assert_eq!(dispatcher.get("/api/v1/administration").await.short(), "403 not_allowed");

    // The chain holds, and shows what is changed behind its back.
    let whole = server.running.people.verify_administration().await.unwrap();
    assert_eq!(whole, dispatch_server::people::ChainState::Whole(11));
    let file = rusqlite::Connection::open(server.data.path().join("helan.sqlite")).unwrap();
    assert!(file.execute("UPDATE administration SET body = '{}' WHERE number = 4", []).is_err());
    assert!(file.execute("DELETE FROM administration WHERE number = 11", []).is_err());
    let replace =
        "INSERT OR REPLACE INTO administration SELECT number, '{}', hash FROM administration";
    assert!(file.execute(replace, []).is_err());
    file.execute_batch(
        "DROP TRIGGER administration_stays; UPDATE administration SET body = '{}' WHERE number = 4",
    )
    .unwrap();
    let damaged = server.running.people.verify_administration().await.unwrap();
    assert_eq!(damaged, dispatch_server::people::ChainState::Damaged(4));
}

#[tokio::test]
async fn the_server_searches_people_and_changes_within_what_one_may_see() {
    let server = Server::start().await;
    let admin = server.person("admin", Role::Administrator, REGIONAL).await;
    let city = server.person("city", Role::Supervisor, CITY).await;
    for name in ["li", "zhao"] {
        assert_eq!(admin.post("/api/v1/people", new_person(name)).await.status, 201);
    }
    let people = async |query: &str| {
        let answer = admin.get(&format!("/api/v1/people?{query}")).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        let names = answer.body.as_array().unwrap().iter();
        names.map(|it| it["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(people("").await, ["admin", "city", "li", "zhao"]);
    assert_eq!(people("limit=2").await, ["admin", "city"]);
    // As written on a full-width keyboard.
    assert_eq!(people("q=%EF%BC%BA%EF%BC%A8").await, ["zhao"]);
    assert_eq!(people("q=%E8%B0%83%E5%BA%A6&codes=dispatcher").await, ["li", "zhao"]);
    assert!(people("q=nobody").await.is_empty());

    // Rows of changes to look through for one that is long ago.
    for _ in 0..3 {
        let key = admin.post("/api/v1/vehicles/XN-01-1/key", json!({})).await;
        assert_eq!(key.status, 201);
    }
    let about = async |who: &Caller, query: &str| {
        let answer = who.get(&format!("/api/v1/administration?{query}")).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        let entries = answer.body["entries"].as_array().unwrap().len();
        (entries, answer.body["next_before"].as_i64())
    };
    // Found behind all the keys in one answer, although it holds one entry.
    assert_eq!(about(&admin, "q=zhao&limit=1").await.0, 1);
    assert_eq!(about(&admin, "q=zhao").await, (1, None));
    assert_eq!(about(&admin, "q=XN-01-1&what=vehicle_keys_made").await, (3, None));
    assert_eq!(about(&admin, "what=person_changed").await, (0, None));
    let (first, next) = about(&admin, "q=XN-01-1&limit=2").await;
    let rest = about(&admin, &format!("q=XN-01-1&limit=2&before={}", next.unwrap())).await;
    assert_eq!((first, rest), (2, (1, None)));
    // What lies outside one's own centre is not found either.
    assert_eq!(about(&city, "q=admin&what=person_added").await.0, 2);
    let long = "x".repeat(101);
    assert_eq!(admin.get(&format!("/api/v1/people?q={long}")).await.short(), "422 bad_field");
    assert_eq!(
        admin.get(&format!("/api/v1/administration?q={long}")).await.short(),
        "422 bad_field"
    );
}
