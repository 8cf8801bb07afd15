//! Two region folders over one journal, as in a rolling upgrade: the older one changes nothing, and no folder takes a
//! vehicle out of service.

use crate::http_support::links::feed;
use crate::http_support::{CITY, Caller, Server, region};
use dispatch_desk::database::MAIN_FILE;
use dispatch_desk::journal::read_events;
use dispatch_desk::journal::sqlite::SqliteJournal;
use futures_util::{SinkExt, StreamExt};
use std::path::{Path, PathBuf};
use std::process::Command;
use tokio_tungstenite::tungstenite::Message;
use wire_protocol::PROTOCOL_VERSION;
use wire_protocol::console::{ConsoleMessage, FeedMessage, PartState};
use wire_protocol::vocabulary::Role;

/// A copy of the tiny region, changed.
fn folder(under: &Path, name: &str, change: impl Fn(&str) -> String) -> PathBuf {
    let copy = under.join(name);
    std::fs::create_dir(&copy).unwrap();
    for entry in std::fs::read_dir(region()).unwrap().flatten() {
        std::fs::copy(entry.path(), copy.join(entry.file_name())).unwrap();
    }
    let vehicles = copy.join("vehicles.csv");
    let changed = change(&std::fs::read_to_string(&vehicles).unwrap());
    std::fs::write(vehicles, changed).unwrap();
    copy
}

fn without(vehicle: &'static str) -> impl Fn(&str) -> String {
    move |csv| {
        let kept = csv.lines().filter(|line| !line.starts_with(vehicle));
        kept.map(|line| format!("{line}\n")).collect()
    }
}

/// What a start with this folder records, and whether consoles are told that it is an old one.
async fn start(data: &Path, folder: &Path) -> (Vec<&'static str>, bool) {
    std::fs::create_dir_all(data).unwrap();
    let before = kinds(data).await.len();
    let server = Server::start_with(|settings| {
        settings.data = data.to_owned();
        settings.region = folder.to_owned();
    })
    .await;
    let name = format!("li{:08x}", rand::random::<u32>());
    let is_old = is_told(&server, &server.person(&name, Role::Dispatcher, CITY).await).await;
    server.end().await;
    (kinds(data).await.split_off(before), is_old)
}

/// Whether a console's first picture says that the folder is an old one.
async fn is_told(server: &Server, caller: &Caller) -> bool {
    let mut socket = feed(server, caller).await.unwrap();
    let subscription =
        ConsoleMessage::Subscribe { protocol: PROTOCOL_VERSION, epoch: None, seen: Vec::new() };
    socket.send(Message::text(serde_json::to_string(&subscription).unwrap())).await.unwrap();
    let first = socket.next().await.unwrap().unwrap();
    let message: FeedMessage = serde_json::from_str(first.to_text().unwrap()).unwrap();
    let FeedMessage::Snapshot(snapshot) = message else { panic!("{message:?}") };
    snapshot.service.region == Some(PartState::Degraded)
}

async fn kinds(data: &Path) -> Vec<&'static str> {
    let journal = SqliteJournal::open(&data.join(MAIN_FILE)).await.unwrap();
    let events = read_events(&journal, &CITY.into(), 0, 1_000).await.unwrap();
    journal.close().await;
    events.iter().map(|it| it.event.kind()).collect()
}

#[tokio::test]
async fn in_a_rolling_upgrade_with_two_folders_nothing_goes_back_and_forth() {
    let temporary = tempfile::tempdir().unwrap();
    let data = temporary.path().join("data");
    let old = folder(temporary.path(), "old", without("XN-01-2"));
    let new = folder(temporary.path(), "new", without("XN-01-1"));
    let (first, is_old) = start(&data, &old).await;
    assert!(first.contains(&"vehicle_enrolled") && !is_old, "{first:?}");
    // The newer folder brings its vehicle; the one whose row is gone stays in service.
    assert_eq!(start(&data, &new).await, (vec!["vehicle_enrolled"], false));
    // A server of the release before starts again in between.
    assert_eq!(start(&data, &old).await, (vec![], true));
    assert_eq!(start(&data, &new).await, (vec![], false));
}

#[tokio::test]
async fn going_back_on_purpose_takes_a_higher_version() {
    let temporary = tempfile::tempdir().unwrap();
    let data = temporary.path().join("data");
    let with_plate = |csv: &str| csv.replace("青A·12001", "青A·99999");
    let (old, new) = (region(), folder(temporary.path(), "new", with_plate));
    start(&data, &old).await;
    assert_eq!(start(&data, &new).await, (vec!["vehicle_amended"], false));
    assert_eq!(start(&data, &old).await, (vec![], true));
    let back = folder(temporary.path(), "back", str::to_owned);
    let head = std::fs::read_to_string(back.join("region.toml")).unwrap();
    std::fs::write(back.join("region.toml"), format!("version = 2\n{head}")).unwrap();
    assert_eq!(start(&data, &back).await, (vec!["vehicle_amended"], false));
    // From now on an unnumbered folder is not known to be newer.
    assert_eq!(start(&data, &new).await, (vec![], true));
}

#[tokio::test]
async fn a_person_retires_a_vehicle_and_an_older_folder_does_not_bring_it_back() {
    let temporary = tempfile::tempdir().unwrap();
    let data = temporary.path().join("data");
    let new = folder(temporary.path(), "new", without("XN-01-2"));
    start(&data, &region()).await;
    start(&data, &new).await;
    let retire = |vehicle: &str| {
        Command::new(env!("CARGO_BIN_EXE_dispatch-server"))
            .args(["retire-vehicles", "--vehicle", vehicle, "--by", "li.na", "--region"])
            .arg(&new)
            .arg("--data")
            .arg(&data)
            .output()
            .unwrap()
    };
    let done = retire("XN-01-2");
    let said = String::from_utf8_lossy(&done.stdout);
    assert!(done.status.success() && said == "1 out of service\n", "{done:?}");
    assert_eq!(kinds(&data).await.last(), Some(&"vehicle_retired"));
    assert_eq!(start(&data, &region()).await, (vec![], true));
    assert!(!retire("XN-01-2").status.success(), "there is none any more");
}
