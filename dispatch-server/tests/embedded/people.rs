//! Who gets in: set-up, sign-in and out, revocation, throttling, vehicle keys.

use crate::http_support::links::{ends, feed, terminal};
use crate::http_support::{CITY, Caller, PASSWORD, REGIONAL, Server};
use serde_json::json;
use tokio_tungstenite::connect_async;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use wire_protocol::vocabulary::Role;

#[tokio::test]
async fn the_printed_code_makes_the_first_administrator_once() {
    let server = Server::start().await;
    let nobody = server.nobody();
    let code = server.running.setup_code.clone().unwrap();
    assert_eq!(nobody.get("/api/v1/setup").await.body, json!({ "open": true }));
    let first = |code: &str, name: &str| json!({ "setup_code": code, "name": name, "display_name": "管理员", "password": PASSWORD });
    let wrong = nobody.post("/api/v1/setup", first("AAAA-AAAA-AAAA-AAAA", "root")).await;
    assert_eq!(wrong.short(), "403 wrong_setup_code");
    let made = nobody.post("/api/v1/setup", first(&code, "Root")).await;
    assert_eq!(
        (made.status, &made.body["role"], &made.body["centre"], &made.body["name"]),
        (201, &json!("administrator"), &json!(REGIONAL), &json!("root"))
    );
    let again = nobody.post("/api/v1/setup", first(&code, "second")).await;
    assert_eq!(again.short(), "409 setup_over");
    assert_eq!(nobody.get("/api/v1/setup").await.body, json!({ "open": false }));
    let root = nobody.signed_in("ROOT", PASSWORD).await;
    assert_eq!(root.get("/api/v1/people").await.body.as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_session_ends_at_sign_out_and_its_feed_with_it() {
    let server = Server::start().await;
    let li = server.person("li", Role::Dispatcher, CITY).await;
    let me = li.get("/api/v1/session").await.body;
    assert_eq!((&me["sees"], &me["acts_for"]), (&json!([CITY]), &json!([CITY])));
    let socket = feed(&server, &li).await.unwrap();
    assert_eq!(li.delete("/api/v1/session").await.status, 204);
    ends(socket).await;
    assert_eq!(li.get("/api/v1/session").await.short(), "401 not_signed_in");
    assert_eq!(feed(&server, &li).await.unwrap_err(), 401);
}

#[tokio::test]
async fn the_cookie_is_kept_from_scripts_and_other_sites_and_stored_only_as_a_hash() {
    let server = Server::start_with(|settings| settings.endpoints.secure_cookie = true).await;
    server.person("li", Role::Dispatcher, CITY).await;
    let answer = server.nobody().sign_in("li", PASSWORD).await;
    for part in ["HttpOnly", "SameSite=Strict", "Secure", "Path=/"] {
        assert!(answer.cookie_line.contains(part), "{}", answer.cookie_line);
    }
    let token = answer.cookie.unwrap();
    for file in std::fs::read_dir(server.data.path()).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        for secret in [token.as_bytes(), PASSWORD.as_bytes()] {
            assert!(!bytes.windows(secret.len()).any(|window| window == secret));
        }
    }
}

#[tokio::test]
async fn barring_somebody_ends_what_they_have_open_at_once() {
    let server = Server::start().await;
    let admin = server.person("admin", Role::Administrator, REGIONAL).await;
    let li = server.person("li", Role::Dispatcher, CITY).await;
    let id = li.get("/api/v1/session").await.body["person"]["id"].as_str().unwrap().to_owned();
    let person = format!("/api/v1/people/{id}");

    let socket = feed(&server, &li).await.unwrap();
    assert_eq!(admin.delete(&format!("{person}/sessions")).await.status, 204);
    ends(socket).await;
    assert_eq!(li.get("/api/v1/region").await.short(), "401 not_signed_in");

    let li = li.signed_in("li", PASSWORD).await;
    let renamed = admin.send("PATCH", &person, json!({ "display_name": "李娜" })).await;
    assert_eq!(renamed.body["display_name"], "李娜");
    let me = li.get("/api/v1/session").await.body;
    assert_eq!(me["person"]["display_name"], "李娜", "a new name ends no session");
    let barred = admin.send("PATCH", &person, json!({ "active": false })).await;
    assert_eq!(barred.body["active"], false);
    assert_eq!(li.get("/api/v1/region").await.short(), "401 not_signed_in");
    let answer = server.nobody().sign_in("li", PASSWORD).await;
    assert_eq!(answer.short(), "401 wrong_name_or_password");
}

#[tokio::test]
async fn nobody_locks_themselves_out_or_rises_above_their_centre() {
    let server = Server::start().await;
    let chief = server.person("chief", Role::Administrator, REGIONAL).await;
    let city = server.person("city", Role::Administrator, CITY).await;
    let people = chief.get("/api/v1/people").await.body;
    let id = |name: &str| {
        let found = people.as_array().unwrap().iter().find(|person| person["name"] == name);
        format!("/api/v1/people/{}", found.unwrap()["id"].as_str().unwrap())
    };
    let bar = json!({ "active": false });
    assert_eq!(chief.send("PATCH", &id("chief"), bar.clone()).await.short(), "409 not_yourself");
    assert_eq!(city.send("PATCH", &id("chief"), bar).await.short(), "403 wrong_centre");
    assert_eq!(city.get("/api/v1/people").await.body.as_array().unwrap().len(), 1);
    let new = |role: &str, centre: &str| json!({ "name": "new", "display_name": "New", "password": PASSWORD, "role": role, "centre": centre });
    let post =
        |caller: Caller, body| async move { caller.post("/api/v1/people", body).await.short() };
    assert_eq!(post(city.clone(), new("dispatcher", REGIONAL)).await, "403 wrong_centre");
    assert_eq!(post(city.clone(), new("regional_duty_officer", CITY)).await, "422 bad_field");
    assert_eq!(post(city.clone(), new("hospital", CITY)).await, "422 bad_field");
    assert_eq!(post(city.clone(), new("dispatcher", CITY)).await, "201");
    assert_eq!(post(city, new("dispatcher", CITY)).await, "409 name_taken");
}

#[tokio::test]
async fn nobody_is_given_a_name_that_looks_like_another() {
    let server = Server::start().await;
    let chief = server.person("chief", Role::Administrator, REGIONAL).await;
    let add = |name: &'static str, shown: &'static str| {
        let new = json!({ "name": name, "display_name": shown, "password": PASSWORD,
            "role": "dispatcher", "centre": CITY });
        let chief = chief.clone();
        async move { chief.post("/api/v1/people", new).await }
    };
    assert_eq!(add("boss", "Boss").await.status, 201);
    // A Greek omicron among Latin letters, in the sign-in name and in the one that is shown.
    let mixed = add("b\u{3bf}ss", "Boss").await;
    assert_eq!(
        (mixed.short().as_str(), &mixed.body["details"]["field"]),
        ("422 bad_field", &json!("name"))
    );
    let shown = add("other", "B\u{3bf}ss").await;
    assert_eq!(shown.body["details"]["field"], "display_name");
    // All Cyrillic, and read as a name that is there; a digit one for the letter l.
    assert_eq!(add("cop", "Cop").await.status, 201);
    for twin in ["\u{441}\u{43e}\u{440}", "ch\u{131}ef"] {
        let answer = add(twin, "Twin").await;
        assert_eq!(answer.body["details"]["field"], "name", "{twin}: {}", answer.text);
    }
    assert_eq!(add("meil", "Mei").await.status, 201);
    assert_eq!(add("mei1", "Mei").await.body["details"]["field"], "name");
    assert_eq!(add("李娜", "李娜").await.status, 201, "and Chinese beside Latin ones are usual");
    assert_eq!(add("li李娜", "Li Na 李娜").await.status, 201);
}

#[tokio::test]
async fn commands_have_names_behind_them_also_of_those_who_left_but_not_of_strangers() {
    let server = Server::start().await;
    let chief = server.person("chief", Role::Administrator, REGIONAL).await;
    let li = server.person("li", Role::Dispatcher, CITY).await;
    server.person("far", Role::Dispatcher, "haidong").await;
    let gone = server.person("gone", Role::CallTaker, CITY).await;
    let id = gone.get("/api/v1/session").await.body["person"]["id"].as_str().unwrap().to_owned();
    let barred =
        chief.send("PATCH", &format!("/api/v1/people/{id}"), json!({ "active": false })).await;
    assert_eq!(barred.status, 200);
    let list = li.get("/api/v1/colleagues").await.body;
    let mut names: Vec<&str> =
        list.as_array().unwrap().iter().map(|one| one["display_name"].as_str().unwrap()).collect();
    names.sort_unstable();
    assert_eq!(names, ["chief", "gone", "li"]);
    let gone = list.as_array().unwrap().iter().find(|one| one["display_name"] == "gone").unwrap();
    assert_eq!(*gone, json!({ "id": id, "display_name": "gone" }), "an id and a name, no more");
}

#[tokio::test]
async fn guessing_is_slowed_down_and_unknown_names_look_like_known_ones() {
    let server = Server::start().await;
    server.person("li", Role::Dispatcher, CITY).await;
    let nobody = server.nobody();
    for name in ["li", "nobody-has-this-name"] {
        for _ in 0..5 {
            let answer = nobody.sign_in(name, "a wrong password").await;
            assert_eq!(answer.short(), "401 wrong_name_or_password");
        }
        let answer = nobody.sign_in(name, PASSWORD).await;
        assert_eq!(answer.short(), "429 too_many_attempts", "even with the right password");
        assert_eq!(answer.headers["retry-after"], "1");
    }
}

/// Kept one by one, as they come, ten thousand of them would be more memory than the server has.
#[tokio::test]
async fn names_that_nobody_can_have_are_counted_together_and_not_kept() {
    let server = Server::start().await;
    server.person("li", Role::Dispatcher, CITY).await;
    let nobody = server.nobody();
    let long = |n: usize| format!("{n}{}", "x".repeat(7_000));
    for n in 0..5 {
        let answer = nobody.sign_in(&long(n), "a wrong password").await;
        assert_eq!(answer.short(), "401 wrong_name_or_password", "as of a name that nobody has");
    }
    for other in [long(5), "x".repeat(41), "spa ce".to_owned()] {
        let answer = nobody.sign_in(&other, "a wrong password").await;
        assert_eq!(answer.short(), "429 too_many_attempts", "none of them has a count of its own");
    }
    let answer = nobody.sign_in("li", PASSWORD).await;
    assert_eq!(answer.status, 200, "and nobody's own name is kept out by them: {}", answer.text);
    let larger = nobody.sign_in(&"x".repeat(60_000), PASSWORD).await;
    assert_eq!(larger.status, 413, "nor is anything larger read");
}

#[tokio::test]
async fn a_key_opens_the_link_until_it_is_replaced() {
    let server = Server::start().await;
    let admin = server.person("admin", Role::Administrator, CITY).await;
    let made = admin.post("/api/v1/vehicles/XN-01-1/key", json!({})).await;
    let key = made.body["key"].as_str().unwrap().to_owned();
    let listed = admin.get("/api/v1/vehicle-keys").await;
    assert_eq!(listed.body[0]["vehicle"], "XN-01-1");
    assert!(!listed.text.contains(&key), "a key is shown once");

    let socket = terminal(&server, &key).await.unwrap();
    let next = admin.post("/api/v1/vehicles/XN-01-1/key", json!({})).await;
    ends(socket).await;
    assert_eq!(terminal(&server, &key).await.unwrap_err(), 401);
    let key = next.body["key"].as_str().unwrap().to_owned();
    let socket = terminal(&server, &key).await.unwrap();
    assert_eq!(admin.delete("/api/v1/vehicles/XN-01-1/key").await.status, 204);
    ends(socket).await;
    assert_eq!(terminal(&server, &key).await.unwrap_err(), 401);
}

#[tokio::test]
async fn pages_of_other_sites_change_nothing_and_open_no_feed() {
    let server = Server::start().await;
    let li = server.person("li", Role::Dispatcher, CITY).await;
    let request = li.request("DELETE", "/api/v1/session").header("origin", "https://evil.example");
    assert_eq!(
        crate::http_support::Answer::of(request.send().await.unwrap()).await.short(),
        "403 cross_site"
    );
    let url = format!("{}/ws/console", server.base.replace("http", "ws"));
    let mut request = url.into_client_request().unwrap();
    let cookie = format!("helan_session={}", li.cookie.clone().unwrap());
    request.headers_mut().insert("cookie", cookie.parse().unwrap());
    request.headers_mut().insert("origin", "https://evil.example".parse().unwrap());
    assert!(connect_async(request).await.is_err());
    assert_eq!(li.get("/api/v1/session").await.status, 200, "the session is untouched");
}

#[tokio::test]
async fn sessions_outlive_a_restart_and_end_when_their_time_is_over() {
    use dispatch_core::model::Timestamp;
    use dispatch_desk::clock::Clock;
    let clock = Clock::by_hand(Timestamp(1_700_000_000_000));
    let server = Server::start_with(|settings| settings.clock = clock.clone()).await;
    let li = server.person("li", Role::Dispatcher, CITY).await;
    let again = server.restarted_with(|settings| settings.clock = clock.clone()).await;
    let li = again.again(li);
    assert_eq!(li.get("/api/v1/session").await.status, 200);
    clock.advance_millis(2 * 3600 * 1000 - 1);
    assert_eq!(li.get("/api/v1/session").await.status, 200, "still within the idle time");
    clock.advance_millis(2 * 3600 * 1000);
    assert_eq!(li.get("/api/v1/session").await.short(), "401 not_signed_in");
}
