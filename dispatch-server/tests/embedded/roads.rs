//! Roads over real sockets: routes, isochrones, hospitals, what a supervisor draws; and the ranking held exactly to
//! ranking everybody on the shipped region's network.

use crate::http_support::{CITY, REGIONAL, Server, take_call};
use dispatch_core::model::*;
use dispatch_core::recommend::*;
use dispatch_core::state::{Duty, Vehicle};
use dispatch_server::roads::{Roads, network};
use region::Region;
use road_network::RoadClass;
use serde_json::json;
use std::path::Path;
use wire_protocol::route::{RoadFactor, TravelProfileRequest};
use wire_protocol::vocabulary::Role;

const NOON: Timestamp = Timestamp(1_767_240_000_000);

fn region(name: &str) -> (std::path::PathBuf, Region) {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(name);
    let region = Region::load(&dir).unwrap();
    (dir, region)
}

/// Vehicles scattered over the region by a fixed rule, all free.
fn scattered(count: u32) -> Vec<(Vehicle, Located)> {
    let (_, region) = region("regions/ningxia");
    (0..count)
        .map(|number| {
            let place = &region.places[(number as usize * 37) % region.places.len()].position;
            let off = f64::from(number % 17) * 0.003;
            let position = Wgs84 { lon: place.lon + off, lat: place.lat - off / 2.0 };
            let record = VehicleRecord {
                home_centre: "yinchuan".into(),
                station: "s".into(),
                plate: String::new(),
                call_sign: String::new(),
                kind: VehicleKind::IntensiveCare,
                equipment: Vec::new(),
            };
            let vehicle = Vehicle {
                id: format!("V-{number:04}").as_str().into(),
                record,
                duty: Duty::AvailableOnRoad { last_task: None },
                crew: Vec::new(),
                since: NOON,
                sos: None,
                latest_task: None,
                outboxes: Vec::new(),
                report: None,
                away: None,
                refused: None,
                suggested: None,
                moving: None,
                movements: Vec::new(),
                sos_answer: None,
                messages: Messages::default(),
                log: VehicleLog::default(),
                follow_on: None,
                terminal: Default::default(),
                last_version: 0,
            };
            let heading_deg = (number % 3 == 0).then_some((number % 360) as f32);
            (vehicle, Located { position, fix_time: NOON, heading_deg })
        })
        .collect()
}

#[test]
fn the_walk_over_roads_equals_ranking_everybody() {
    let (dir, region) = region("regions/ningxia");
    let network = network(None, &dir, &region).unwrap();
    let roads = Roads::new(network, StraightLineSettings::default());
    let travel = roads.travel(NOON).unwrap();
    assert_eq!(travel.method(), Method::Road);
    let fleet = scattered(160);
    let centre = CentreId::from("yinchuan");
    let situations = || {
        let all = fleet.iter().map(|(vehicle, located)| VehicleSituation {
            vehicle,
            centre: &centre,
            located: Some(*located),
            station: None,
            other_task: None,
            coverage_lost_seconds: None,
        });
        ListedFleet::new(all.collect())
    };
    let places = || region.places.iter().step_by(region.places.len() / 25);
    let mut searched = Vec::new();
    for (number, place) in places().chain(places()).enumerate() {
        // The same again once the hierarchy is made: it changes no answer.
        if number == places().count() {
            roads.prepare_now(NOON);
        }
        let request = Request {
            incident: None,
            place: place.position,
            priority: Priority::Severe,
            wanted: Wanted::default(),
            centre: centre.clone(),
            mutual_aid: false,
            divert: false,
            how_many: 5,
            test: false,
        };
        let settings = RankingSettings::default();
        let walked = recommend(&request, &situations(), &travel, &settings, NOON);
        let mut all = rank_all(&request, &situations(), &travel, &settings, NOON);
        all.candidates.truncate(5);
        assert_eq!(walked.candidates, all.candidates, "{}", place.name_zh);
        searched.push(all.candidates);
    }
    let looked_up = searched.split_off(places().count());
    assert_eq!(looked_up, searched);
}

#[tokio::test]
async fn a_closed_road_changes_the_next_ranking_and_outlives_a_restart() {
    let server = Server::start().await;
    let supervisor = server.person("wang", Role::Supervisor, REGIONAL).await;
    let dispatcher = server.person("li", Role::Dispatcher, CITY).await;
    let ask = "/api/v1/recommendations?lon=101.79&lat=36.62&priority=critical";
    let before = dispatcher.get(ask).await;
    assert_eq!(before.body["method"], "road", "{}", before.text);
    let travel = |answer: &crate::http_support::Answer| {
        answer.body["candidates"][0]["terms"]["travel"].as_u64().unwrap()
    };
    let snow = json!({
        "kind": "slow", "factor": 3.0, "note": "大雪",
        "area": [[101.0, 36.0], [103.0, 36.0], [103.0, 37.5], [101.0, 37.5]],
    });
    let refused = dispatcher.post("/api/v1/road-conditions", snow.clone()).await;
    assert_eq!(refused.short(), "403 not_allowed");
    let nonsense = json!({ "kind": "slow", "area": [[101.0, 36.0]] });
    let refused = supervisor.post("/api/v1/road-conditions", nonsense).await;
    assert_eq!(refused.short(), "422 bad_field");
    let laid = supervisor.post("/api/v1/road-conditions", snow).await;
    assert_eq!(laid.status, 201, "{}", laid.text);
    assert!(travel(&dispatcher.get(ask).await) > travel(&before));
    let id = laid.body["id"].as_str().unwrap();
    assert_eq!(dispatcher.get("/api/v1/road-conditions").await.body[0]["note"], "大雪");
    let lifted = supervisor.delete(&format!("/api/v1/road-conditions/{id}")).await;
    assert_eq!(lifted.status, 204);
    assert_eq!(travel(&dispatcher.get(ask).await), travel(&before));
    let again = supervisor.delete(&format!("/api/v1/road-conditions/{id}")).await;
    assert_eq!(again.short(), "404 not_found");
}

#[tokio::test]
async fn a_citys_supervisor_closes_no_road_beyond_its_land_and_corrects_no_times() {
    let server = Server::start().await;
    let city = server.person("city", Role::Supervisor, CITY).await;
    let regional = server.person("regional", Role::Supervisor, REGIONAL).await;
    let conditions = "/api/v1/road-conditions";
    let closed = |east: f64| {
        let area = [[101.6, 36.5], [east, 36.5], [east, 36.7], [101.6, 36.7]];
        json!({ "kind": "closed", "note": "桥", "area": area })
    };
    let own = city.post(conditions, closed(101.8)).await;
    assert_eq!(own.status, 201, "{}", own.text);
    assert_eq!(city.post(conditions, closed(102.5)).await.short(), "403 wrong_centre");
    let beyond = regional.post(conditions, closed(102.5)).await;
    assert_eq!(beyond.status, 201, "{}", beyond.text);
    let path = |laid: &crate::http_support::Answer| {
        format!("{conditions}/{}", laid.body["id"].as_str().unwrap())
    };
    assert_eq!(city.delete(&path(&beyond)).await.short(), "403 wrong_centre");
    assert_eq!(city.delete(&path(&own)).await.status, 204);
    let profile = json!({ "factor": 1.25, "roads": [], "parts": [] });
    let refused = city.post("/api/v1/travel-profile", profile.clone()).await;
    assert_eq!(refused.short(), "403 wrong_centre");
    assert_eq!(regional.post("/api/v1/travel-profile", profile).await.status, 200);
}

#[tokio::test]
async fn what_was_drawn_and_switched_on_is_there_after_a_restart() {
    let server = Server::start().await;
    let supervisor = server.person("wang", Role::Supervisor, REGIONAL).await;
    let closed = json!({ "kind": "closed", "note": "桥",
        "area": [[101.0, 36.0], [101.1, 36.0], [101.1, 36.1]] });
    assert_eq!(supervisor.post("/api/v1/road-conditions", closed).await.status, 201);
    let profile = json!({ "factor": 1.25,
        "roads": [{ "class": "primary", "area": "urban", "factor": 1.1, "journeys": 40 }],
        "parts": [{ "part": "night", "factor": 0.9, "journeys": 31 }] });
    assert_eq!(supervisor.post("/api/v1/travel-profile", profile).await.status, 200);
    let server = server.restarted_with(|_| {}).await;
    let wang = server.again(supervisor);
    assert_eq!(wang.get("/api/v1/road-conditions").await.body[0]["note"], "桥");
    let report = wang.get("/api/v1/reports/travel-times").await;
    let profile = &report.body["profile"];
    assert!(profile["factor"] == 1.25 && profile["by"].is_string(), "{}", report.text);
    assert_eq!(profile["roads"][0]["factor"], 1.1, "{}", report.text);
    assert_eq!(profile["parts"][0]["journeys"], 31, "{}", report.text);
    let plain = json!({ "factor": 1 });
    assert_eq!(wang.post("/api/v1/travel-profile", plain).await.status, 200);
    let report = wang.get("/api/v1/reports/travel-times").await;
    assert_eq!(report.body["profile"]["roads"], json!(null), "{}", report.text);
}

/// Every road so many times as slow.
fn slower(factor: f64) -> TravelProfileRequest {
    let road = |class: &str, area: &str| RoadFactor {
        class: class.to_owned(),
        area: area.to_owned(),
        factor,
        journeys: 30,
    };
    let roads = RoadClass::ALL
        .iter()
        .flat_map(|class| ["urban", "rural"].map(|area| road(class.word(), area)))
        .collect();
    TravelProfileRequest { factor: 1.0, roads, parts: Vec::new() }
}

#[tokio::test]
async fn a_learned_profile_changes_routes_and_rankings_and_never_what_is_learned_from() {
    let (dir, region) = region("regions/ningxia");
    let roads = Roads::new(network(None, &dir, &region).unwrap(), StraightLineSettings::default());
    let station = |number: usize| region.stations[number].position;
    let from = VehicleAt { position: station(region.stations.len() - 1), heading_deg: None };
    let to = station(0);
    let before = roads.travel(NOON).unwrap();
    let route = before.route(&from, to).unwrap();
    assert_eq!(route.seconds, route.plain_seconds);
    roads.correct(slower(1.5), "wang", NOON).await.unwrap();
    assert_eq!(
        before.route(&from, to).unwrap().seconds,
        route.seconds,
        "one question, one profile"
    );
    let after = roads.travel(NOON).unwrap();
    let slow = after.route(&from, to).unwrap();
    let ratio = slow.seconds / route.seconds;
    // Turns and the way to the door take as long as before.
    assert!((1.35..=1.5).contains(&ratio), "{ratio}");
    assert!((slow.plain_seconds / route.seconds - 1.0).abs() < 0.01, "{slow:?}");
    let ranked = after.journeys_to(to).journey_of(&from).unwrap();
    assert!((ranked.seconds - slow.seconds).abs() < 0.1);
    roads.correct(slower(1.0), "wang", NOON).await.unwrap();
    let back = roads.travel(NOON).unwrap().route(&from, to).unwrap();
    assert!((back.seconds - route.seconds).abs() < 0.1);
}

#[test]
fn a_vehicle_that_stands_at_the_scene_beside_a_road_is_there() {
    let (dir, region) = region("regions/ningxia");
    let roads = Roads::new(network(None, &dir, &region).unwrap(), StraightLineSettings::default());
    let travel = roads.travel(NOON).unwrap();
    let station = region.stations[0].position;
    // Step by step off into the fields.
    for step in 0..40 {
        let scene = Wgs84 { lat: station.lat + f64::from(step) * 0.000_3, ..station };
        let at = VehicleAt { position: scene, heading_deg: None };
        let seconds = travel.journeys_to(scene).journey_of(&at).unwrap().seconds;
        assert!(seconds < 1.0, "step {step}: {seconds} s");
        assert!(travel.route(&at, scene).unwrap().seconds < 1.0);
        let within = travel.journeys_to(scene).journey_within(&at, 5.0);
        assert!(matches!(within, Journey::Takes(it) if it.seconds < 1.0), "{within:?}");
    }
}

#[tokio::test]
async fn a_profile_that_makes_no_sense_is_refused_by_field() {
    let server = Server::start().await;
    let wang = server.person("wang", Role::Supervisor, REGIONAL).await;
    let road = |class: &str, factor: f64| json!({ "class": class, "area": "urban", "factor": factor, "journeys": 1 });
    let night = json!({ "part": "night", "factor": 1.1, "journeys": 1 });
    for (field, profile) in [
        ("factor", json!({ "factor": 2.1 })),
        ("roads", json!({ "factor": 1, "roads": [road("primary", 0.4)] })),
        ("roads", json!({ "factor": 1, "roads": [road("canal", 1.1)] })),
        ("roads", json!({ "factor": 1, "roads": [road("trunk", 1.1), road("trunk", 1.2)] })),
        ("parts", json!({ "factor": 1, "parts": [night, night] })),
    ] {
        let refused = wang.post("/api/v1/travel-profile", profile).await;
        assert_eq!(refused.short(), "422 bad_field", "{}", refused.text);
        assert_eq!(refused.body["details"]["field"], field, "{}", refused.text);
    }
    let report = wang.get("/api/v1/reports/travel-times").await;
    assert_eq!(report.body["profile"]["factor"], 1.0);
}

#[tokio::test]
async fn reach_hospitals_and_the_way_of_a_task() {
    let server = Server::start().await;
    let li = server.person("li", Role::Dispatcher, CITY).await;
    let reach = li.get("/api/v1/isochrones?lon=101.78&lat=36.62&minutes=5,10").await;
    assert_eq!(reach.body["features"][0]["properties"]["minutes"], 10, "{}", reach.text);
    assert!(!reach.body["features"][1]["geometry"]["coordinates"].as_array().unwrap().is_empty());
    let wrong = li.get("/api/v1/isochrones?lon=101.78&lat=36.62&minutes=0").await;
    assert_eq!(wrong.short(), "422 bad_field");
    let choices = li.get("/api/v1/hospital-choices?lon=101.78&lat=36.62").await;
    assert_eq!(choices.body[0]["rank"], 1, "{}", choices.text);
    assert!(choices.body[0]["seconds"].as_u64().unwrap() > 0);

    let opened = li.execute(CITY, take_call()).await;
    let incident = opened.body["incident"].as_str().unwrap();
    let send =
        json!({ "type": "dispatch_vehicles", "incident": incident, "vehicles": ["XN-01-1"] });
    let sent = li.execute(CITY, send).await;
    let task = sent.body["tasks"][0].as_str().unwrap();
    // An order that no terminal has received moves no vehicle; `live_links` shows the ways of others.
    let route = li.get(&format!("/api/v1/tasks/{task}/route")).await;
    assert_eq!(route.short(), "409 no_position", "{}", route.text);
    assert_eq!(li.get("/api/v1/tasks/none/route").await.short(), "404 not_found");
}
