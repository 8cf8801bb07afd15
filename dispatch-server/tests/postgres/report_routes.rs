//! The reports as a supervisor asks for them over HTTP, on PostGIS; and what the embedded store answers.

use crate::http_support::{CITY, Caller, REGIONAL, Server, take_call};
use crate::postgres_support::{Database, execute};
use dispatch_desk::clock::Clock;
use serde_json::{Value, json};
use wire_protocol::vocabulary::Role;

const DAY_MILLIS: i64 = 86_400_000;

/// Every report with a question that fits the scene of `take_call`.
const REPORTS: [&str; 8] = [
    "passers?lon=101.78&lat=36.62&metres=500",
    "tracks?west=101.7&south=36.6&east=101.8&north=36.7",
    "incidents-by-area?kind=prefecture",
    "heat-map?west=101&south=36&east=102&north=37&cell_deg=0.5",
    "rates-by-station?",
    "rates-by-area?kind=prefecture",
    "nearest-aeds?lon=101.78&lat=36.62",
    "nearest-hospitals?lon=101.78&lat=36.62&limit=1",
];

/// A question about yesterday, today and tomorrow.
fn path(question: &str) -> String {
    let now = Clock::system().now().0;
    format!("/api/v1/reports/{question}&from={}&to={}", now - DAY_MILLIS, now + DAY_MILLIS)
}

async fn report(caller: &Caller, question: &str) -> Value {
    let answer = caller.get(&path(question)).await;
    assert_eq!(answer.status, 200, "{question}: {}", answer.text);
    answer.body
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_supervisor_reads_where_how_many_and_how_fast() {
    // On the tables of a next release: a whole server of this one works on with them.
    let database = Database::of_the_next_release().await;
    let shared = Some(database.options.clone().into());
    let server = Server::start_with(|settings| settings.database = shared).await;
    let chief = server.person("chief", Role::Supervisor, CITY).await;
    let called = chief.execute(CITY, take_call()).await;
    let incident = called.body["incident"].as_str().unwrap().to_owned();
    let sent =
        json!({ "type": "dispatch_vehicles", "incident": incident, "vehicles": ["XN-01-1"] });
    assert_eq!(chief.execute(CITY, sent).await.status, 200);
    // Taken over from the journal within seconds.
    while report(&chief, "rates-by-station?").await == json!([]) {}
    let late = Clock::system().now().0 - DAY_MILLIS / 2;
    let fixes = format!(
        "INSERT INTO outbox (vehicle, name) VALUES ('XN-01-1', 'o');
         INSERT INTO fix SELECT 1, n, {late} + n * 1000, {late} + n * 1000,
             ST_SetSRID(ST_MakePoint(101.78, 36.62 + n * 0.001), 4326), NULL, NULL, NULL, NULL, 0
         FROM generate_series(1, 9) AS n"
    );
    execute(&mut database.hand().await, &fixes).await;

    let mut told = Vec::new();
    for question in REPORTS {
        let mut answer = report(&chief, question).await;
        // Metres to the metre: the last digits are those of the library that measures.
        for row in answer.as_array_mut().unwrap() {
            for name in ["nearest_m", "distance_m"] {
                if let Some(metres) = row[name].as_f64() {
                    row[name] = json!(metres.round());
                }
            }
        }
        told.push(answer);
    }
    let position = |lon: f64, lat: f64| json!({ "lon": lon, "lat": lat });
    assert_eq!(
        told[0],
        json!([{ "vehicle": "XN-01-1", "first_at": late + 1000, "last_at": late + 4000, "nearest_m": 111.0 }])
    );
    assert_eq!(told[1].as_array().unwrap().len(), 9);
    assert_eq!(told[1][0]["position"], position(101.78, 36.621));
    assert_eq!((&told[2][0]["code"], &told[2][0]["incidents"]), (&json!("630100"), &json!(1)));
    assert_eq!(told[3], json!([{ "middle": position(101.75, 36.75), "incidents": 1 }]));
    assert_eq!(told[4], json!([{ "id": "XN-01", "tasks": 1, "departed": 0 }]));
    assert_eq!(told[5], json!([{ "id": "630100", "tasks": 1, "departed": 0 }]));
    let names = told[6].as_array().unwrap().iter().map(|aed| aed["name"].as_str().unwrap());
    assert_eq!(names.collect::<Vec<_>>(), ["西宁站候车厅", "湟中广场"]);
    assert_eq!(told[6][0]["basis"], "invented");
    assert_eq!(told[7].as_array().unwrap().len(), 1);
    assert_eq!(told[7][0]["id"], "H-XN-01");

    // People of the regional centre see every centre, those of another city nothing of it.
    let duty = server.person("duty", Role::RegionalDutyOfficer, REGIONAL).await;
    assert_eq!(report(&duty, REPORTS[4]).await, told[4]);
    for (question, why) in [
        ("passers?lon=101.78&lat=36.62&metres=0", "metres"),
        ("tracks?west=102&south=36&east=101&north=37", "west"),
        ("heat-map?west=101&south=36&east=102&north=37&cell_deg=0", "cell_deg"),
    ] {
        let refused = duty.get(&path(question)).await;
        assert_eq!((refused.status, &refused.body["details"]["field"]), (422, &json!(why)));
    }
    let long = "passers?lon=101.78&lat=36.62&metres=1&from=0&to=1700000000000";
    assert_eq!(duty.get(&format!("/api/v1/reports/{long}")).await.code(), "bad_field");
    // A moment outside every calendar is the asker's fault, not an outage of the database.
    assert!(crate::http_support::numbers::every_number_at_its_extremes(&duty).await > 500);
    assert_eq!(server.end().await, dispatch_server::serve::Stopped::InTime);
}

#[tokio::test]
async fn the_embedded_store_says_that_it_has_no_reports() {
    let server = Server::start().await;
    let chief = server.person("chief", Role::Supervisor, CITY).await;
    for question in REPORTS {
        let refused = chief.get(&path(question)).await;
        assert_eq!(refused.short(), "501 needs_postgres", "{question}");
    }
}
