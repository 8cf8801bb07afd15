//! Coverage and advice on moves over HTTP: reckoned for each version, suggested only where a centre is advised,
//! answered by a dispatcher, kept over a restart.

use crate::every_command::{of_vehicle, subscribed, take};
use crate::http_support::{CITY, Caller, Server};
use console_client::{ConsoleLink, FeedState};
use dispatch_core::model::Timestamp;
use dispatch_desk::clock::Clock;
use serde_json::{Value, json};
use wire_protocol::views::VehicleView;
use wire_protocol::vocabulary::Role;

const BEGAN: i64 = 1_700_000_000_000;
/// Longer than two looks at coverage are apart.
const LOOK_MILLIS: i64 = 11_000;

fn set_advice(advice: &str) -> Value {
    json!({ "type": "set_move_advice", "advice": advice })
}

async fn coverage(caller: &Caller) -> Value {
    let answer = caller.get("/api/v1/coverage?centre=xining").await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.body
}

/// Looks at coverage until a vehicle's view is as wanted.
async fn until(
    clock: &Clock,
    (console, feed): (&mut ConsoleLink, &mut FeedState),
    is_so: impl Fn(&VehicleView) -> bool,
) -> VehicleView {
    clock.advance_millis(LOOK_MILLIS);
    loop {
        if let Some(found) = feed.vehicles.values().find(|vehicle| is_so(vehicle)) {
            return found.clone();
        }
        take(console, feed).await;
    }
}

#[tokio::test]
async fn coverage_follows_the_vehicles() {
    let clock = Clock::by_hand(Timestamp(BEGAN));
    let server = Server::start_with(|settings| settings.clock = clock.clone()).await;
    let li = server.person("li", Role::Dispatcher, CITY).await;
    let full = coverage(&li).await;
    // One township, beside the second station, whose vehicle is the only one within its target.
    assert_eq!(full["cells"].as_array().unwrap().len(), 1);
    assert_eq!(
        (&full["cells"][0]["name_zh"], &full["advice"]),
        (&json!("鲁沙尔镇"), &json!("off"))
    );
    assert_eq!((&full["free_vehicles"], &full["reached"]), (&json!(3), &json!(1.0)));
    assert_eq!(full["demand_known"], json!(false));
    assert!(li.execute(CITY, of_vehicle("go_off_duty", "XN-02-1", json!({}))).await.status == 200);
    let left = coverage(&li).await;
    assert_eq!((&left["free_vehicles"], &left["reached"]), (&json!(2), &json!(0.0)));
    let expected = |view: &Value| view["expected_seconds"].as_u64().unwrap();
    assert!(expected(&left) > expected(&full), "{left} after {full}");
    assert!(left["version"].as_u64() > full["version"].as_u64());
    assert_eq!(li.get("/api/v1/coverage?centre=mars").await.status, 404);
}

#[tokio::test]
async fn a_ranking_counts_what_the_next_patient_loses() {
    let clock = Clock::by_hand(Timestamp(BEGAN));
    let server = Server::start_with(|settings| settings.clock = clock.clone()).await;
    let li = server.person("li", Role::Dispatcher, CITY).await;
    let asked = "/api/v1/recommendations?lon=101.57&lat=36.5&priority=urgent";
    let lost = |body: &Value, vehicle: &str| {
        let all = body["candidates"].as_array().unwrap().iter();
        let found = all.clone().find(|it| it["vehicle"] == vehicle).expect("a candidate");
        found["terms"]["coverage_lost"].as_u64().unwrap()
    };
    let both = li.get(asked).await.body;
    assert!(lost(&both, "XN-02-1") > lost(&both, "XN-01-1"), "{both}");
    assert_ne!(lost(&both, "XN-01-1"), 120, "no flat sum");
    // Nobody else is left: the same vehicle is worth more.
    for vehicle in ["XN-02-1", "XN-01-2"] {
        assert_eq!(
            li.execute(CITY, of_vehicle("go_off_duty", vehicle, json!({}))).await.status,
            200
        );
    }
    let alone = li.get(asked).await.body;
    assert!(lost(&alone, "XN-01-1") > lost(&both, "XN-01-1"), "{alone}");
}

#[tokio::test]
async fn a_move_is_suggested_accepted_and_kept_over_a_restart() {
    let clock = Clock::by_hand(Timestamp(BEGAN));
    let server = Server::start_with(|settings| settings.clock = clock.clone()).await;
    let li = server.person("li", Role::Dispatcher, CITY).await;
    let wang = server.person("wang", Role::Supervisor, CITY).await;
    let (mut console, mut feed) = subscribed(&server, &li).await;
    assert_eq!(li.execute(CITY, of_vehicle("go_off_duty", "XN-02-1", json!({}))).await.status, 200);
    assert_eq!(li.execute(CITY, set_advice("advise")).await.status, 403, "for supervisors");
    assert_eq!(wang.execute(CITY, set_advice("advise")).await.status, 200);
    let link = (&mut console, &mut feed);
    let advised = until(&clock, link, |vehicle| vehicle.suggested_move.is_some()).await;
    let suggested = advised.suggested_move.expect("a suggestion");
    assert_eq!((suggested.number, suggested.station.as_str()), (1, "XN-02"));
    assert!(suggested.covered_after > suggested.covered_before + 0.5, "{suggested:?}");
    assert!(suggested.expected_seconds_after < suggested.expected_seconds_before, "{suggested:?}");
    let accept = json!({ "type": "accept_move", "vehicle": advised.id, "number": 1 });
    assert_eq!(li.execute(CITY, accept.clone()).await.status, 200);
    let again = li.execute(CITY, accept).await;
    assert_eq!((again.status, again.body["code"].as_str()), (409, Some("no_suggestion")));
    let link = (&mut console, &mut feed);
    let moved = until(&clock, link, |vehicle| vehicle.move_to.is_some()).await;
    assert_eq!(moved.id, advised.id);
    assert!(moved.suggested_move.is_none() && moved.task.is_none());
    let seen = li.get(&format!("/api/v1/vehicles/{}", moved.id)).await.body;
    let server = server.restarted_with(|settings| settings.clock = clock).await;
    let li = server.again(li);
    let kept = li.get(&format!("/api/v1/vehicles/{}", moved.id)).await.body;
    assert_eq!(kept["move_to"], seen["move_to"]);
    assert_eq!(coverage(&li).await["advice"], "advise");
}

#[tokio::test]
async fn what_is_suggested_ends_as_it_is_ignored_and_as_the_advice_ends() {
    let clock = Clock::by_hand(Timestamp(BEGAN));
    let server = Server::start_with(|settings| settings.clock = clock.clone()).await;
    let li = server.person("li", Role::Dispatcher, CITY).await;
    let wang = server.person("wang", Role::Supervisor, CITY).await;
    let (mut console, mut feed) = subscribed(&server, &li).await;
    assert_eq!(li.execute(CITY, of_vehicle("go_off_duty", "XN-02-1", json!({}))).await.status, 200);
    assert_eq!(wang.execute(CITY, set_advice("advise")).await.status, 200);
    let link = (&mut console, &mut feed);
    let advised = until(&clock, link, |vehicle| vehicle.suggested_move.is_some()).await;
    let ignore = json!({ "type": "ignore_move", "vehicle": advised.id, "number": 1,
        "reason": "crew_needs_rest", "note": "夜班" });
    assert_eq!(li.execute(CITY, ignore).await.status, 200);
    let is_over =
        |vehicle: &VehicleView| vehicle.id == advised.id && vehicle.suggested_move.is_none();
    let link = (&mut console, &mut feed);
    until(&clock, link, is_over).await;
    assert_eq!(wang.execute(CITY, set_advice("off")).await.status, 200);
    while feed.log.last().is_none_or(|line| line.kind != "move_advice_set") {
        take(&mut console, &mut feed).await;
    }
    let told: Vec<&str> = feed.log.iter().map(|line| line.kind.as_str()).collect();
    let of_moves: Vec<&str> = told.into_iter().filter(|kind| kind.starts_with("move_")).collect();
    let expected =
        ["move_advice_set", "move_suggested", "move_suggestion_ended", "move_advice_set"];
    assert_eq!(of_moves, expected, "silence after the answer");
}

/// Since when the ground of the second station is uncovered, as soon as the server has looked.
async fn uncovered_since(caller: &Caller) -> i64 {
    loop {
        let told = coverage(caller).await;
        let stations = told["stations"].as_array().unwrap().iter();
        let second = stations.clone().find(|it| it["station"] == "XN-02").unwrap();
        if let Some(since) = second["uncovered_since"].as_i64() {
            return since;
        }
    }
}

async fn vehicle(caller: &Caller, id: &str) -> Value {
    let answer = caller.get(&format!("/api/v1/vehicles/{id}")).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.body
}

#[tokio::test]
async fn a_station_is_uncovered_as_long_after_a_restart_as_before() {
    let clock = Clock::by_hand(Timestamp(BEGAN));
    let server = Server::start_with(|settings| settings.clock = clock.clone()).await;
    let li = server.person("li", Role::Dispatcher, CITY).await;
    assert_eq!(li.execute(CITY, of_vehicle("go_off_duty", "XN-02-1", json!({}))).await.status, 200);
    let left = vehicle(&li, "XN-02-1").await["state_since"].as_i64().unwrap();
    clock.advance_millis(LOOK_MILLIS);
    let before = uncovered_since(&li).await;
    assert!((left..=left + LOOK_MILLIS).contains(&before), "{before} after {left}");
    clock.advance_millis(10 * 60_000);
    let server = server.restarted_with(|settings| settings.clock = clock).await;
    let li = server.again(li);
    assert_eq!(uncovered_since(&li).await, left, "not since the restart");
}

#[tokio::test]
async fn a_move_that_no_crew_sees_is_due_and_then_taken_back() {
    let clock = Clock::by_hand(Timestamp(BEGAN));
    let server = Server::start_with(|settings| settings.clock = clock.clone()).await;
    let li = server.person("li", Role::Dispatcher, CITY).await;
    let give = of_vehicle("give_move", "XN-01-1", json!({ "station": "XN-02" }));
    assert_eq!(li.execute(CITY, give).await.status, 200);
    let moved = vehicle(&li, "XN-01-1").await;
    assert!(!moved["move_to"].is_null(), "{moved}");
    let due = |vehicle: &Value| {
        let all = vehicle["deadlines"].as_array().cloned().unwrap_or_default();
        let mine = all.into_iter().find(|it| it["kind"] == "move_acknowledgement");
        mine.and_then(|it| it["due_at"].as_i64())
    };
    assert_eq!(due(&moved), Some(BEGAN + 60_000), "as long as an order's acknowledgement has");
    clock.advance_millis(301_000);
    let back = loop {
        let back = vehicle(&li, "XN-01-1").await;
        if back["move_to"].is_null() {
            break back;
        }
    };
    assert_eq!((due(&back), &back["state"]), (None, &moved["state"]));
}
