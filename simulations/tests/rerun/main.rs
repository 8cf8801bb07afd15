//! A journal decided again: the same events, the same states; and what a change would have done.

use dispatch_core::Rules;
use dispatch_core::model::{CentreId, Recorded, StationId, VehicleId, VehicleRecord};
use dispatch_desk::database::MAIN_FILE;
use dispatch_desk::journal::sqlite::SqliteJournal;
use dispatch_desk::journal::{Append, Head, Journal, JournalKey, take_snapshot};
use region::Region;
use simulations::incidents::PastIncident;
use simulations::incidents::moment::Zone;
use simulations::incidents::own;
use simulations::made_day::made_day;
use simulations::province::{Province, roads_without};
use simulations::rerun::operation::{Policy, Roads, Setting, play};
use simulations::rerun::{Findings, RerunSettings, compare, decide_again, open};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, Connection};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use tokio_util::sync::CancellationToken;

const MIDNIGHT: i64 = 1_772_380_800_000;
const DAY_MS: i64 = 86_400_000;

fn centre() -> CentreId {
    CentreId::from("xining")
}

fn province() -> Province {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/regions/tiny");
    Province::load(&folder).expect("the tiny region loads")
}

/// Made-up days, one after the other.
fn calls(province: &Province, days: i64) -> Vec<PastIncident> {
    let mut calls = Vec::new();
    for day in 0..days {
        let text = made_day(province, day as u64, 12.0, MIDNIGHT + day * DAY_MS);
        let read = own::read(text.as_bytes(), Zone::Fixed(0)).expect("our own file");
        calls.extend(read.incidents.into_iter().map(|mut call| {
            call.id = format!("{day}-{}", call.id);
            call
        }));
    }
    calls
}

fn fleet(region: &Region) -> Vec<(VehicleId, VehicleRecord)> {
    let vehicles = region.vehicles.iter().map(|vehicle| {
        let record = VehicleRecord {
            home_centre: centre(),
            station: StationId::from(vehicle.station.as_str()),
            plate: vehicle.plate.clone(),
            call_sign: vehicle.call_sign.clone(),
            kind: vehicle.kind,
            equipment: vehicle.equipment.clone(),
        };
        (VehicleId::from(vehicle.id.as_str()), record)
    });
    vehicles.collect()
}

fn played(province: &Province, calls: &[PastIncident]) -> Vec<Recorded> {
    let stations: BTreeMap<_, _> = province
        .region
        .stations
        .iter()
        .map(|station| (StationId::from(station.id.as_str()), station.position))
        .collect();
    let hospitals: BTreeMap<_, _> =
        province.region.hospitals.iter().map(|it| (it.id.clone(), it.position)).collect();
    let roads = Roads { map: roads_without(&province.region, &[]) };
    let setting = Setting {
        centre: centre(),
        vehicles: fleet(&province.region),
        stations: &stations,
        hospitals: &hospitals,
        roads: &roads,
        policy: Policy::Recommended,
        rules: Rules::default(),
    };
    let mut events = Vec::new();
    let played = play(&setting, calls, &mut |recorded| events.push(recorded.clone()));
    let arrived = played.became.iter().filter(|it| it.first_at_scene.is_some()).count();
    assert!(arrived * 2 > calls.len(), "{arrived} of {} calls had somebody come", calls.len());
    events
}

/// Writes events as a server does, with a snapshot in the middle.
async fn stored(folder: &Path, events: &[Recorded]) -> SqliteJournal {
    let journal = SqliteJournal::open(&folder.join(MAIN_FILE)).await.expect("a new journal");
    let (centre, mut head) = (centre(), Head::empty(&centre()));
    let key = JournalKey::random();
    let mut state = dispatch_core::CentreState::new(centre.clone());
    for part in events.chunks(500) {
        let after = head;
        let stored: Vec<_> = part.iter().map(|it| head.extend(&centre, it)).collect();
        let appends = [Append { centre: &centre, after, events: &stored }];
        journal.append(&appends).await.expect("appended");
        part.iter().for_each(|it| dispatch_core::apply(&mut state, it));
        let snapshot = take_snapshot(&state, &head, &key).expect("a snapshot");
        journal.save_snapshot(&centre, &snapshot).await.expect("saved");
    }
    journal
}

async fn again(folder: &Path) -> Findings {
    let journal = open(folder.to_str().expect("a plain path")).await.expect("to be read");
    let stop = CancellationToken::new();
    decide_again(&*journal, &centre(), &Rules::default(), None, &stop).await.expect("read")
}

/// Changes a journal past its guards, as somebody with the file in an editor does.
async fn damage(folder: &Path, statement: &'static str) {
    let options = SqliteConnectOptions::new().filename(folder.join(MAIN_FILE));
    let mut file = SqliteConnection::connect_with(&options).await.expect("opened");
    for guard in ["event_is_never_changed", "event_is_never_deleted"] {
        let drop = AssertSqlSafe(format!("DROP TRIGGER {guard}"));
        sqlx::raw_sql(drop).execute(&mut file).await.expect("a guard");
    }
    let changed = sqlx::query(statement).execute(&mut file).await.expect("damaged");
    assert_eq!(changed.rows_affected(), 1);
    file.close().await.expect("closed");
}

#[tokio::test]
async fn a_damaged_journal_is_named_where_it_ceases_to_be_whole() {
    let province = province();
    let events = played(&province, &calls(&province, 1));
    for statement in [
        "DELETE FROM event WHERE version = 7",
        "UPDATE event SET body = json_set(body, '$.event.note', 'x') WHERE version = 7",
        "UPDATE event SET hash = zeroblob(32) WHERE version = 7",
        "UPDATE event SET body = substr(body, 1, 20) WHERE version = 7",
    ] {
        let folder = tempfile::tempdir().expect("a temporary folder");
        stored(folder.path(), &events).await.close().await;
        damage(folder.path(), statement).await;
        let journal = open(folder.path().to_str().expect("a plain path")).await.expect("opened");
        let stop = CancellationToken::new();
        let read = decide_again(&*journal, &centre(), &Rules::default(), None, &stop).await;
        let refused = read.expect_err(statement).to_string();
        assert!(refused.contains("damaged at version 7; run the verify command"), "{refused}");
    }
}

/// Three weeks; a year with `HELAN_RERUN_DAYS=365`.
#[tokio::test]
async fn a_journal_decided_again_is_the_same_at_every_version() {
    let days = std::env::var("HELAN_RERUN_DAYS").ok().and_then(|days| days.parse().ok());
    let province = province();
    let calls = calls(&province, days.unwrap_or(21));
    let events = played(&province, &calls);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let journal = stored(folder.path(), &events).await;
    // A server has it open meanwhile.
    let findings = again(folder.path()).await;
    assert_eq!(findings.different, []);
    assert_eq!(findings.taken, BTreeMap::new());
    assert_eq!(findings.decided, events.len() as u64);
    assert_eq!((findings.states_apart, findings.version), (0, events.len() as u64));
    assert_eq!(findings.hashes[0], findings.hashes[1]);
    println!("{} calls, {} events", calls.len(), events.len());
    journal.close().await;
    assert_eq!(again(folder.path()).await, findings, "nor does it matter whether a server runs");
}

#[tokio::test]
async fn an_event_that_no_rule_would_make_is_named() {
    let province = province();
    let mut events = played(&province, &calls(&province, 1));
    let at = events.iter().position(|it| it.event.kind() == "milestone_reached").expect("a press");
    // Somebody wrote into the journal that the vehicle was at the scene before it set out.
    let stamp = |it: &Recorded| it.provenance.recorded_at.0;
    events[at].provenance.made_at.0 -= 3_600_000 * 24 * 30;
    assert!(stamp(&events[at]) > 0);
    let folder = tempfile::tempdir().expect("a temporary folder");
    stored(folder.path(), &events).await.close().await;
    let findings = again(folder.path()).await;
    assert_eq!(findings.different.iter().map(|it| it.version).collect::<Vec<_>>(), [at as u64 + 1]);
    assert_eq!(findings.states_apart, 0, "what is recorded stays recorded");
}

#[tokio::test]
async fn reading_changes_nothing() {
    let province = province();
    let events = played(&province, &calls(&province, 1));
    let folder = tempfile::tempdir().expect("a temporary folder");
    stored(folder.path(), &events).await.close().await;
    let file = folder.path().join(MAIN_FILE);
    let before = std::fs::read(&file).expect("readable");
    again(folder.path()).await;
    assert!(before == std::fs::read(&file).expect("readable"), "the file is what it was");
    let absent = folder.path().join("absent");
    let refused = open(absent.to_str().expect("a plain path")).await.err().expect("there is none");
    assert!(refused.to_string().contains("expected a data folder"), "{refused}");
    assert!(!absent.exists(), "and none was made");
}

fn changed(change: impl FnOnce(&mut RerunSettings)) -> RerunSettings {
    let mut settings = RerunSettings {
        journal: String::new(),
        centre: None,
        at: None,
        region: PathBuf::new(),
        policy: None,
        add_vehicle: Vec::new(),
        remove_vehicle: Vec::new(),
        close_road: Vec::new(),
        out: PathBuf::new(),
    };
    change(&mut settings);
    settings
}

/// Mean seconds from the call to the first vehicle, without the change and with it.
fn means(settings: &RerunSettings) -> (f64, f64) {
    let province = province();
    let calls = calls(&province, 20);
    let both = compare(settings, &province, &centre(), fleet(&province.region), &calls);
    let comparison = simulations::replay::Comparison::new(&both, calls.len(), 1.0);
    let all = &comparison.groups[0];
    (all.then.expect("compared").mean, all.now.expect("compared").mean)
}

#[test]
fn a_change_shows_and_no_change_shows_nothing() {
    let (then, now) = means(&changed(|_| {}));
    assert_eq!(then.to_bits(), now.to_bits());
    let (then, more) = means(&changed(|it| it.add_vehicle = vec![("XN-02".into(), 2)]));
    assert!(more <= then, "two more vehicles: {then} -> {more}");
    let (then, fewer) = means(&changed(|it| it.remove_vehicle = vec!["XN-02-1".into()]));
    assert!(fewer > then + 60.0, "the only vehicle of a station left out: {then} -> {fewer}");
    let (then, closed) = means(&changed(|it| it.close_road = vec!["S104".into()]));
    assert!(closed > then, "the road between the towns closed: {then} -> {closed}");
}
