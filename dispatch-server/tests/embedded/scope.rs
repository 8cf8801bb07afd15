//! A command touches only journals its sender may act for, besides the receiver's of a lending: every command,
//! of every role, at every centre, with vehicles at home, lent, borrowed and returned.

use crate::command_kinds::command_of_each_kind;
use crate::http_support::{CITY, Caller, REGIONAL, Server, region, take_call};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use wire_protocol::vocabulary::Role;

const EAST: &str = "haidong";
const WEST: &str = "haixi";
const CENTRES: [&str; 4] = [REGIONAL, CITY, EAST, WEST];

/// The tiny region with two more cities, each with a station and a vehicle, east and west of the first.
fn wider_region(folder: &Path) {
    for file in std::fs::read_dir(region()).unwrap() {
        let file = file.unwrap();
        std::fs::copy(file.path(), folder.join(file.file_name())).unwrap();
    }
    let append = |file: &str, lines: &str| {
        let path = folder.join(file);
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::write(path, text.trim_end().to_owned() + "\n" + lines).unwrap();
    };
    append(
        "centres.csv",
        "haidong,HD,city,630200,海东市急救中心,Haidong City Centre,101.95,36.60,invented\n\
         haixi,HX,city,632800,海西州急救中心,Haixi City Centre,101.52,36.60,invented\n",
    );
    let stations = std::fs::read_to_string(folder.join("stations.csv")).unwrap();
    let mut rows = stations.lines().filter(|line| !line.starts_with('#'));
    let head: Vec<&str> = rows.next().unwrap().split(',').collect();
    let like: Vec<&str> = rows.next().unwrap().split(',').collect();
    let mut lines = String::new();
    for (id, centre, lon) in [("HD-01", EAST, "101.95"), ("HX-01", WEST, "101.52")] {
        let cells = head.iter().zip(&like).map(|(column, cell)| match *column {
            "id" => id,
            "centre" => centre,
            "lon" => lon,
            "lat" => "36.60",
            _ => cell,
        });
        lines += &(cells.collect::<Vec<_>>().join(",") + "\n");
    }
    append("stations.csv", &lines);
    append(
        "vehicles.csv",
        "HD-01-1,haidong,HD-01,青B·12001,海东01,basic,,invented\n\
         HX-01-1,haixi,HX-01,青H·12001,海西01,basic,,invented\n",
    );
    let path = folder.join("areas.geojson");
    let mut areas: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
    let features = areas["features"].as_array_mut().unwrap();
    let prefecture = features.iter().find(|it| it["properties"]["kind"] == "prefecture").unwrap();
    let mut more = Vec::new();
    for (centre, code, west) in [(EAST, "630200", 101.93), (WEST, "632800", 101.50)] {
        let mut area = prefecture.clone();
        area["properties"]["centre"] = centre.into();
        area["properties"]["code"] = code.into();
        let (s, n, e) = (36.59, 36.61, west + 0.04);
        area["geometry"] = json!({ "type": "Polygon",
            "coordinates": [[[west, s], [e, s], [e, n], [west, n], [west, s]]] });
        more.push(area);
    }
    features.extend(more);
    std::fs::write(path, areas.to_string()).unwrap();
}

/// The version of every journal, read beside the server: a question after each command must be cheap.
struct Journals(rusqlite::Connection);

impl Journals {
    fn of(server: &Server) -> Self {
        let file = server.data.path().join(dispatch_desk::database::MAIN_FILE);
        let flags = rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY;
        Self(rusqlite::Connection::open_with_flags(file, flags).unwrap())
    }

    fn versions(&self) -> BTreeMap<String, i64> {
        let sql = "SELECT centre, max(version) FROM event GROUP BY centre";
        let mut statement = self.0.prepare_cached(sql).unwrap();
        let rows = statement.query_map((), |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        rows.map(Result::unwrap).collect()
    }
}

async fn lend(by: &Caller, centre: &str, vehicle: &str, to: &str) -> String {
    let command = json!({ "type": "lend_vehicle", "vehicle": vehicle, "to": to });
    by.execute(centre, command).await.short()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_command_touches_only_journals_its_sender_may_act_for() {
    let folder = tempfile::tempdir().unwrap();
    wider_region(folder.path());
    let server = Server::start_with(|settings| settings.region = folder.path().to_owned()).await;
    let eyes = server.person("eyes", Role::Supervisor, REGIONAL).await;
    // One vehicle lent and given back, one lent and away, one borrowed and passed on, the others at home.
    assert_eq!(lend(&eyes, CITY, "XN-01-1", EAST).await, "200");
    assert_eq!(lend(&eyes, EAST, "XN-01-1", CITY).await, "200");
    assert_eq!(lend(&eyes, CITY, "XN-01-2", EAST).await, "200");
    assert_eq!(lend(&eyes, EAST, "HD-01-1", CITY).await, "200");
    assert_eq!(lend(&eyes, CITY, "HD-01-1", WEST).await, "200");
    let vehicles = ["XN-01-1", "XN-01-2", "XN-02-1", "HD-01-1", "HX-01-1"];
    let roles = [
        Role::CallTaker,
        Role::Dispatcher,
        Role::Supervisor,
        Role::RegionalDutyOfficer,
        Role::Hospital,
        Role::Administrator,
    ];
    let journals = Journals::of(&server);
    let mut before = journals.versions();
    let mut done = 0;
    for (n, role) in roles.into_iter().enumerate() {
        for home in CENTRES {
            let regional_only = role == Role::RegionalDutyOfficer;
            if (regional_only && home != REGIONAL) || (role == Role::Hospital && home != CITY) {
                continue;
            }
            let sender = server.person(&format!("p{n}-{home}"), role, home).await;
            let session = sender.get("/api/v1/session").await.body;
            let may: BTreeSet<&str> = session["acts_for"]
                .as_array()
                .unwrap()
                .iter()
                .map(|it| it.as_str().unwrap())
                .collect();
            for (m, vehicle) in vehicles.into_iter().enumerate() {
                // Every centre is named, and the incident's goes round, so that all combinations come up.
                for (k, named) in CENTRES.into_iter().enumerate() {
                    let of = CENTRES[(k + m + n) % CENTRES.len()];
                    let opened = eyes.execute(of, take_call()).await;
                    let incident = opened.body["incident"].as_str().unwrap();
                    before = journals.versions();
                    for command in command_of_each_kind(incident, vehicle, &CENTRES) {
                        let answer = sender.execute(named, command.clone()).await;
                        if answer.status != 200 {
                            continue;
                        }
                        done += 1;
                        let receiver = command["to"].as_str();
                        let after = journals.versions();
                        for centre in CENTRES {
                            let touched = after.get(centre) != before.get(centre);
                            let allowed = may.contains(centre) || receiver == Some(centre);
                            assert!(
                                !touched || allowed,
                                "{role:?} of {home} at {named}: {command}"
                            );
                        }
                        before = after;
                    }
                }
            }
        }
    }
    assert!(done > 200, "the commands were not really given: {done}");
    assert_eq!(journals.versions(), before, "a refused command left something behind");
}

#[tokio::test]
async fn whoever_borrowed_or_lent_a_vehicle_has_no_more_say_in_it() {
    let folder = tempfile::tempdir().unwrap();
    wider_region(folder.path());
    let server = Server::start_with(|settings| settings.region = folder.path().to_owned()).await;
    let city = server.person("city", Role::Dispatcher, CITY).await;
    let east = server.person("east", Role::Dispatcher, EAST).await;
    let west = server.person("west", Role::Dispatcher, WEST).await;
    assert_eq!(lend(&city, CITY, "XN-01-1", EAST).await, "200");
    assert_eq!(lend(&city, CITY, "XN-01-1", WEST).await, "403 wrong_centre");
    assert_eq!(lend(&east, EAST, "XN-01-1", CITY).await, "200");
    assert_eq!(lend(&east, EAST, "XN-01-1", EAST).await, "403 wrong_centre");
    assert_eq!(lend(&west, WEST, "XN-01-1", WEST).await, "403 wrong_centre");
    assert_eq!(lend(&city, CITY, "XN-99-9", WEST).await, "409 unknown_vehicle");

    // The same command again is answered as recorded, wherever the vehicle has gone since.
    let request = json!({ "command_id": "lend-once", "centre": CITY, "made_at": 1_700_000_000_000_i64,
        "command": { "type": "lend_vehicle", "vehicle": "XN-01-1", "to": EAST } });
    assert_eq!(
        city.post("/api/v1/commands", request.clone()).await.body["already_recorded"],
        false
    );
    assert_eq!(lend(&east, EAST, "XN-01-1", WEST).await, "200");
    let again = city.post("/api/v1/commands", request).await;
    assert_eq!(again.body["already_recorded"], true, "{}", again.text);
    let regional = server.person("regional", Role::Dispatcher, REGIONAL).await;
    let stands = regional.get("/api/v1/vehicles/XN-01-1").await;
    assert_eq!(stands.body["centre"], WEST, "{}", stands.text);
}

#[tokio::test]
async fn a_call_taker_ends_no_incident_to_which_vehicles_are_under_way() {
    let server = Server::start().await;
    let taker = server.person("taker", Role::CallTaker, CITY).await;
    let dispatcher = server.person("dispatcher", Role::Dispatcher, CITY).await;
    let open = async || {
        let opened = taker.execute(CITY, take_call()).await;
        opened.body["incident"].as_str().unwrap().to_owned()
    };
    let cancel = |incident: &str| json!({ "type": "cancel_incident", "incident": incident, "reason": "other", "note": "" });
    // As long as nobody is under way it is the call-taker's.
    assert_eq!(taker.execute(CITY, cancel(&open().await)).await.short(), "200");
    let incident = open().await;
    let send =
        json!({ "type": "dispatch_vehicles", "incident": incident, "vehicles": ["XN-01-1"] });
    let sent = dispatcher.execute(CITY, send).await;
    assert_eq!(sent.short(), "200", "{}", sent.text);
    for kind in ["cancel_incident", "refuse_incident", "suspend_incident"] {
        let command = json!({ "type": kind, "incident": incident, "reason": "other", "note": "" });
        assert_eq!(taker.execute(CITY, command).await.short(), "403 not_allowed", "{kind}");
    }
    let task = sent.body["tasks"][0].as_str().unwrap();
    for milestone in ["departed", "at_scene"] {
        let reach = json!({ "type": "record_milestone", "task": task, "milestone": milestone });
        assert_eq!(dispatcher.execute(CITY, reach).await.short(), "200");
    }
    assert_eq!(taker.execute(CITY, cancel(&incident)).await.short(), "403 not_allowed");
    let stands = dispatcher.get(&format!("/api/v1/incidents/{incident}")).await;
    assert_ne!(stands.body["stage"], "cancelled", "{}", stands.text);
}

/// A password takes its time to be hashed. Whoever is moved to the regional centre meanwhile is no longer the city's to give
/// a password.
#[tokio::test]
async fn a_person_is_changed_by_whoever_manages_them_as_they_are_then() {
    let server = Server::start().await;
    let region = server.person("region", Role::Administrator, REGIONAL).await;
    let city = server.person("city", Role::Administrator, CITY).await;
    server.person("li", Role::Dispatcher, CITY).await;
    let everybody = server.running.people.list().await.unwrap();
    let li = everybody.iter().find(|person| person.name == "li").unwrap();
    let path = format!("/api/v1/people/{}", li.id);
    let (given, moved) = tokio::join!(
        city.send("PATCH", &path, json!({ "password": "known to the city" })),
        region.send("PATCH", &path, json!({ "centre": REGIONAL })),
    );
    assert_eq!((moved.status, given.short().as_str()), (200, "403 wrong_centre"));
    assert_eq!(server.nobody().sign_in("li", "known to the city").await.status, 401);
}
