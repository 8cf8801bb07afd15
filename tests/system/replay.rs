//! A record of past incidents, replayed against a running server by real agents.

use crate::gear::{Server, tiny};
use dispatch_server::settings::ServeSettings;
use simulations::access::ServerAccess;
use simulations::incidents::Outcome;
use simulations::replay::{Comparison, Dispatcher, ReplaySettings, run};
use std::path::Path;
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;
use wire_protocol::vocabulary::Role;

/// Seconds of the record in a real one.
const SPEED: f64 = 300.0;
const VEHICLES: [&str; 3] = ["XN-01-1", "XN-01-2", "XN-02-1"];

/// One patient carried by the vehicle that stands near; one whose vehicle came from the far station then; one called off;
/// one where nobody was found; one whose vehicle this region does not have.
const RECORD: &str = "incident,received,priority,lon,lat,complaint,outcome,vehicle,dispatched,en_route,at_scene,left_scene,at_hospital,free,hospital
near,2026-03-01 08:00:00,severe,101.782,36.618,胸痛,,XN-01-1,2026-03-01 08:01:00,2026-03-01 08:02:00,2026-03-01 08:04:00,2026-03-01 08:12:00,2026-03-01 08:15:00,2026-03-01 08:25:00,H-XN-01
far,2026-03-01 08:20:00,urgent,101.572,36.502,摔伤,treated_at_scene,XN-01-2,2026-03-01 08:21:00,2026-03-01 08:22:00,2026-03-01 08:52:00,,,2026-03-01 09:10:00,
off,2026-03-01 08:30:00,urgent,101.60,36.52,腹痛,cancelled,XN-01-1,2026-03-01 08:31:00,2026-03-01 08:32:00,,,,2026-03-01 08:33:00,
nobody,2026-03-01 09:30:00,urgent,101.788,36.612,晕倒,nobody_there,XN-09-9,2026-03-01 09:31:00,2026-03-01 09:32:00,2026-03-01 09:36:00,,,2026-03-01 09:40:00,
";

async fn settings(server: &Server, folder: &Path, dispatcher: Dispatcher) -> ReplaySettings {
    server.person("simulation", Role::RegionalDutyOfficer, "qinghai").await;
    let mut keys = String::new();
    for vehicle in VEHICLES {
        keys.push_str(&format!("{vehicle} {}\n", server.key(vehicle).await));
    }
    let file = |name: &str, text: &str| {
        let path = folder.join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    ReplaySettings {
        incidents: file("record.csv", RECORD),
        format: None,
        zone: None,
        skip_bad: false,
        from: None,
        most: None,
        speed: SPEED,
        dispatcher,
        seed: 1,
        out: folder.join("result"),
        access: ServerAccess {
            server: format!("http://{}", server.address()),
            region: tiny(),
            keys: file("keys.txt", &keys),
            name: "simulation".into(),
            password_file: file("password.txt", crate::gear::PASSWORD),
            certificates: None,
        },
    }
}

async fn replayed(dispatcher: Dispatcher) -> (Comparison, TempDir) {
    let server = Server::open(tiny(), |settings| {
        settings.live.fix_norms.top_speed_mps *= SPEED;
    })
    .await;
    let folder = tempfile::tempdir().unwrap();
    let asked = settings(&server, folder.path(), dispatcher).await;
    let comparison = run(asked, CancellationToken::new()).await.unwrap();
    server.close().await;
    (comparison, folder)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_is_played_to_its_end_and_compared() {
    let (comparison, folder) = replayed(Dispatcher::Recommended).await;
    assert!(!comparison.is_partial(), "{comparison:#?}");
    let row = |id: &str| comparison.rows.iter().find(|row| row.past_id == id).unwrap();
    assert!(row("near").response_now.is_some() && row("near").response_then == Some(240.0));
    let far = row("far");
    assert_eq!(
        (far.first_then.as_deref(), far.first_now.as_deref()),
        (Some("XN-01-2"), Some("XN-02-1"))
    );
    assert!(far.later_seconds().unwrap() < -600.0, "the near one is sent now: {far:?}");
    assert_eq!(row("off").response_now, None, "nobody arrived at what was called off");
    assert!(row("nobody").first_now.is_some());
    assert_eq!(comparison.groups[0].compared, 3);
    let page = std::fs::read_to_string(folder.path().join("result/comparison.html")).unwrap();
    assert!(page.contains("<svg") && !page.contains("http://") && !page.contains("https://"));
    let table = std::fs::read(folder.path().join("result/comparison.csv")).unwrap();
    let mut table = csv::Reader::from_reader(table.strip_prefix(b"\xef\xbb\xbf").unwrap());
    assert_eq!(table.records().count(), 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_vehicles_of_the_record_go_where_they_can() {
    let (comparison, _folder) = replayed(Dispatcher::Recorded).await;
    assert!(!comparison.is_partial(), "{comparison:#?}");
    for row in comparison.rows.iter().filter(|row| row.past_id != "nobody") {
        assert_eq!(row.sent_then, row.sent_now, "{row:?}");
    }
    let nobody = comparison.rows.iter().find(|row| row.past_id == "nobody").unwrap();
    assert!(nobody.notes[0].contains("in the place of XN-09-9"), "{nobody:?}");
    assert_eq!(nobody.ended.then_some(Outcome::NobodyThere), Some(Outcome::NobodyThere));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replay_that_is_stopped_leaves_what_there_is() {
    let server = Server::open(tiny(), |_| {}).await;
    let folder = tempfile::tempdir().unwrap();
    let mut asked = settings(&server, folder.path(), Dispatcher::Recommended).await;
    asked.speed = 20.0;
    let stop = CancellationToken::new();
    let running = tokio::spawn(run(asked, stop.clone()));
    let mut console = server.person("wang", Role::Dispatcher, "xining").await.console().await;
    console.until("the first incident", |picture| !picture.incidents.is_empty()).await;
    stop.cancel();
    let comparison = running.await.unwrap().unwrap();
    assert!(comparison.is_partial() && comparison.rows.len() == 1, "{comparison:?}");
    assert!(folder.path().join("result/comparison.html").exists());
    server.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replay_goes_on_through_a_server_started_anew_and_sessions_that_end() {
    let short = |settings: &mut ServeSettings| {
        settings.live.fix_norms.top_speed_mps *= SPEED;
        settings.sessions.absolute_seconds = 3;
    };
    let server = Server::open(tiny(), short).await;
    let folder = tempfile::tempdir().unwrap();
    let asked = settings(&server, folder.path(), Dispatcher::Recommended).await;
    let running = tokio::spawn(run(asked, CancellationToken::new()));
    let mut console = server.person("wang", Role::Dispatcher, "xining").await.console().await;
    console.until("the first incident", |picture| !picture.incidents.is_empty()).await;
    let address = server.address();
    let data = server.close().await;
    let server = Server::open_again(data, tiny(), |settings| {
        short(settings);
        settings.listen = address;
    })
    .await;
    let comparison = running.await.unwrap().unwrap();
    assert!(!comparison.is_partial(), "{comparison:#?}");
    assert_eq!(comparison.groups[0].compared, 3, "{comparison:#?}");
    server.close().await;
}

#[tokio::test]
async fn what_lies_elsewhere_is_named_before_anything_is_sent() {
    let server = Server::open(tiny(), |_| {}).await;
    let folder = tempfile::tempdir().unwrap();
    let mut asked = settings(&server, folder.path(), Dispatcher::Recommended).await;
    std::fs::write(&asked.incidents, RECORD.replace("101.782,36.618", "36.618,101.782")).unwrap();
    let refused = run(asked.clone(), CancellationToken::new()).await.unwrap_err().to_string();
    assert!(refused.contains("line 2, column 5 (lat)"), "{refused}");
    std::fs::write(&asked.incidents, RECORD.replace("101.782,36.618", "11.782,36.618")).unwrap();
    let refused = run(asked.clone(), CancellationToken::new()).await.unwrap_err().to_string();
    assert!(refused.contains("line 2: incident \"near\" lies at 11.782 36.618"), "{refused}");
    asked.from = Some("23:00".into());
    asked.skip_bad = true;
    let refused = run(asked, CancellationToken::new()).await.unwrap_err().to_string();
    assert!(refused.contains("nothing is left to play"), "{refused}");
    server.close().await;
}
