//! Moving an installation to PostgreSQL, backup and restore, and whole servers over one database.

use crate::journal_support::{House, NOON, centre, open_incident};
use crate::postgres_support::Database;
use dispatch_core::fleet::FixQuality;
use dispatch_core::model::*;
use dispatch_desk::clock::Clock;
use dispatch_desk::database::{MAIN_FILE, options};
use dispatch_desk::journal::sqlite::SqliteJournal;
use dispatch_desk::journal::{Journal, StoredEvent, verify};
use dispatch_server::history::{HISTORY_FILE, History, StoredFix};
use dispatch_server::maintenance::{back_up, mark_restored, move_to_postgres, restore};
use dispatch_server::people::{People, PersonToAdd, SessionLifetime};
use dispatch_server::roads::{RoadRecord, put_road_records, road_records};
use dispatch_server::settings::{
    BackUp, IncarnationArgument, MarkRestored, MoveToPostgres, Restore, StoreArguments,
};
use dispatch_server::stores::{Storage, open_people};
use serde_json::json;
use sqlx::ConnectOptions;
use std::net::{IpAddr, Ipv4Addr};
use std::path::Path;
use tokio_util::sync::CancellationToken;
use wire_protocol::vocabulary::Role;

const PASSWORD: &str = "correct horse battery";

async fn people_in(storage: &Storage) -> People {
    let database = open_people(storage).await.unwrap();
    People::open(database, SessionLifetime::default(), Clock::by_hand(NOON)).await.unwrap()
}

/// A road closed and opened again, one still slow, a correction, and what a journey taught.
fn roads() -> Vec<RoadRecord> {
    let records = json!([
        { "condition": { "id": "c-1", "kind": "closed", "factor": null, "area": "[[106.1,38.1]]",
            "note": "塌方", "until_at": 5, "made_by": "li", "made_at": 1, "ended_by": "li", "ended_at": 4 } },
        { "condition": { "id": "c-2", "kind": "slow", "factor": 1.5, "area": "[[106.1,38.1]]",
            "note": "", "until_at": null, "made_by": "li", "made_at": 2, "ended_by": null, "ended_at": null } },
        { "profile": { "id": "p-1", "factor": 1.1, "made_by": "li", "made_at": 3 } },
        { "profile": { "id": "p-2", "factor": 1.2, "made_by": "li", "made_at": 4,
            "detail": "[[],[{\"part\":\"night\",\"factor\":1.1,\"journeys\":40}]]" } },
        { "journey": { "task": "east-1.t1", "departed_at": 7, "predicted_s": 300.5, "actual_s": 311.25,
            "hour": 8, "class": "primary", "area": "urban" } },
    ]);
    serde_json::from_value(records).unwrap()
}

/// An embedded installation with incidents, a person, a vehicle's key and two fixes; gives the key.
async fn installation(folder: &Path) -> String {
    let house = House::furnished(&folder.join(MAIN_FILE)).await;
    open_incident(&house.desk, "east").await;
    open_incident(&house.desk, "west").await;
    house.close().await;
    let database = open_people(&Storage::Embedded(folder.to_owned())).await.unwrap();
    put_road_records(&database, &roads()).await.unwrap();
    let people = people_in(&Storage::Embedded(folder.to_owned())).await;
    let (role, centre) = (Role::Dispatcher, centre("east"));
    let li = PersonToAdd {
        name: "li",
        display_name: "李",
        password: PASSWORD,
        role,
        centre,
        hospital: None,
    };
    people.add(li).await.unwrap();
    let file = folder.join(HISTORY_FILE);
    let (history, task) = History::open(&file, 1_000, Clock::by_hand(NOON)).await.unwrap();
    let answer = history.submit(vec![fix(1), fix(2)]).unwrap();
    let stop = CancellationToken::new();
    stop.cancel();
    task.run(stop).await;
    answer.await.unwrap().unwrap();
    people.make_keys(&["E-1".into()]).await.unwrap().remove(0).1
}

fn fix(number: u64) -> StoredFix {
    StoredFix {
        vehicle: "E-1".into(),
        outbox: "o".into(),
        number,
        fix_time: NOON.plus_seconds(number.cast_signed()),
        received_at: NOON,
        position: Wgs84 { lon: 106.2, lat: 38.5 },
        speed_mps: Some(3.5),
        heading_deg: None,
        satellites: Some(9),
        hdop: None,
        quality: FixQuality::Late,
    }
}

async fn rows(journal: &dyn Journal) -> Vec<StoredEvent> {
    let mut all = journal.read(&centre("east"), 0, 1_000).await.unwrap();
    all.extend(journal.read(&centre("west"), 0, 1_000).await.unwrap());
    all
}

/// What was recorded in the installation itself: a restore adds that it happened.
fn without_restores(mut rows: Vec<StoredEvent>) -> Vec<StoredEvent> {
    rows.retain(|row| row.kind != "journal_set_back");
    rows
}

/// What everybody would check after a move or a restore.
async fn assert_all_there(folder: &Path, to: &Storage, journal: &dyn Journal, key: &str) {
    let source = SqliteJournal::open(&folder.join(MAIN_FILE)).await.unwrap();
    let (there, here) = (rows(journal).await, rows(&source).await);
    assert_eq!(without_restores(there), here, "byte for byte");
    assert!(verify(journal).await.unwrap().is_clean());
    assert_eq!(road_records(&open_people(to).await.unwrap()).await.unwrap(), roads());
    let people = people_in(to).await;
    let here = IpAddr::V4(Ipv4Addr::LOCALHOST);
    people.sign_in("li", PASSWORD.to_owned(), here).await.unwrap();
    assert_eq!(people.vehicle_of_key(key).await.unwrap().unwrap().vehicle, "E-1".into());
}

#[tokio::test]
async fn an_installation_moves_whole_and_may_be_moved_again() {
    let folder = tempfile::tempdir().unwrap();
    let key = installation(folder.path()).await;
    let database = Database::fresh().await;
    let asked = MoveToPostgres {
        data: folder.path().to_owned(),
        database: database.options.clone().into(),
    };
    let said = move_to_postgres(&asked).await.unwrap();
    assert!(said.contains("2 positions; both journals are whole and equal"), "{said}");
    assert_eq!(move_to_postgres(&asked).await.unwrap(), said);

    let to = Storage::Shared(database.options.clone().into());
    assert_all_there(folder.path(), &to, &database.journal().await, &key).await;
    let clock = Clock::by_hand(NOON);
    let (history, _) =
        History::open_postgres(database.options.clone(), 1_000, clock).await.unwrap();
    let track = history.query(&"E-1".into(), NOON, Timestamp(i64::MAX), 10).await.unwrap();
    assert_eq!(track, [fix(1), fix(2)]);
}

#[tokio::test]
async fn a_damaged_journal_is_not_moved_and_another_one_is_not_mixed_in() {
    let folder = tempfile::tempdir().unwrap();
    installation(folder.path()).await;
    let database = Database::fresh().await;
    let asked = MoveToPostgres {
        data: folder.path().to_owned(),
        database: database.options.clone().into(),
    };
    let mut thief = options(&folder.path().join(MAIN_FILE)).connect().await.unwrap();
    sqlx::query("DROP TRIGGER event_is_never_changed").execute(&mut thief).await.unwrap();
    let sql = "UPDATE event SET body = replace(body, '胸痛', '腹痛') WHERE centre = 'west'";
    sqlx::query(sql).execute(&mut thief).await.unwrap();
    let refused = move_to_postgres(&asked).await.unwrap_err().to_string();
    assert!(refused.contains("west version 2: its hash does not fit"), "{refused}");
    assert!(database.journal().await.heads().await.unwrap().is_empty());

    // Whole again, but the target has another history by now.
    let sql = "UPDATE event SET body = replace(body, '腹痛', '胸痛') WHERE centre = 'west'";
    sqlx::query(sql).execute(&mut thief).await.unwrap();
    let other = tempfile::tempdir().unwrap();
    let house = House::open(&other.path().join(MAIN_FILE)).await;
    open_incident(&house.desk, "east").await;
    house.close().await;
    let first = MoveToPostgres { data: other.path().to_owned(), ..asked };
    move_to_postgres(&first).await.unwrap();
    let asked = MoveToPostgres { data: folder.path().to_owned(), ..first };
    let refused = move_to_postgres(&asked).await.unwrap_err().to_string();
    assert!(refused.starts_with("the target has events of east"), "{refused}");
}

#[tokio::test]
async fn a_backup_of_either_store_restores_into_either() {
    let folder = tempfile::tempdir().unwrap();
    let key = installation(folder.path()).await;
    let file = folder.path().join("backup.jsonl");
    let embedded = |data: &Path| StoreArguments { data: Some(data.to_owned()), database: None };
    let out = file.clone();
    back_up(&BackUp { store: embedded(folder.path()), out }).await.unwrap();

    let database = Database::fresh().await;
    let shared = || StoreArguments { data: None, database: Some(database.options.clone().into()) };
    let (from, count) = (file.clone(), IncarnationArgument::default());
    restore(&Restore { store: shared(), from: from.clone(), count }).await.unwrap();
    let to = Storage::Shared(database.options.clone().into());
    assert_all_there(folder.path(), &to, &database.journal().await, &key).await;
    let refused = restore(&Restore { store: shared(), from, count }).await.unwrap_err().to_string();
    assert!(refused.contains("take an empty one"), "{refused}");

    let second = folder.path().join("second.jsonl");
    back_up(&BackUp { store: shared(), out: second.clone() }).await.unwrap();
    let fresh = tempfile::tempdir().unwrap();
    restore(&Restore { store: embedded(fresh.path()), from: second.clone(), count }).await.unwrap();
    let journal = SqliteJournal::open(&fresh.path().join(MAIN_FILE)).await.unwrap();
    let to = Storage::Embedded(fresh.path().to_owned());
    assert_all_there(folder.path(), &to, &journal, &key).await;

    journal.close().await;

    // No machine remembers what came after the backup: the numbers of new incidents are others all the same.
    let numbered = async |folder: &Path| {
        let house = House::open(&folder.join(MAIN_FILE)).await;
        let incident = open_incident(&house.desk, "east").await.to_string();
        house.close().await;
        incident
    };
    assert!(numbered(fresh.path()).await.ends_with("r2"), "restored twice");
    let count = IncarnationArgument { incarnation: Some(7) };
    mark_restored(&MarkRestored { store: embedded(fresh.path()), count }).await.unwrap();
    assert!(numbered(fresh.path()).await.ends_with("r7"), "somebody knows of six");
    let count = IncarnationArgument::default();
    mark_restored(&MarkRestored { store: embedded(fresh.path()), count }).await.unwrap();
    assert!(numbered(fresh.path()).await.ends_with("r8"));

    // A torn file is refused by its last line.
    let text = std::fs::read_to_string(&second).unwrap();
    let torn = text.trim_end().rsplit_once('\n').unwrap().0;
    std::fs::write(&second, torn).unwrap();
    let empty = tempfile::tempdir().unwrap();
    let refused = restore(&Restore { store: embedded(empty.path()), from: second, count }).await;
    let refused = refused.unwrap_err().to_string();
    assert!(refused.ends_with("is missing: the file is torn"), "{refused}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_whole_servers_over_one_database_show_the_same() {
    use crate::http_support::{CITY, Server, take_call};
    let database = Database::fresh().await;
    let shared = || Some(database.options.clone().into());
    let here = Server::start_with(|settings| settings.database = shared()).await;
    let there = Server::start_with(|settings| settings.database = shared()).await;
    let li = here.person("li", Role::Dispatcher, CITY).await;
    let also_li = there.nobody().signed_in("li", crate::http_support::PASSWORD).await;
    let called = li.execute(CITY, take_call()).await;
    assert_eq!(called.status, 200, "{}", called.text);
    let path = format!("/api/v1/incidents?centre={CITY}");
    let first = li.get(&path).await.body;
    let mut second = also_li.get(&path).await.body;
    while second != first {
        tokio::task::yield_now().await;
        second = also_li.get(&path).await.body;
    }
    assert!(first.to_string().contains(&format!("{CITY}-1")), "{first}");
    for server in [here, there] {
        assert_eq!(server.end().await, dispatch_server::serve::Stopped::InTime);
    }
}
