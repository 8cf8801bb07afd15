//! What every outbox promises, checked on each.

use std::path::Path;

use crate::support::{order, route};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection};
use vehicle_agent::nmea::{DatedBy, Fix};
use vehicle_agent::outbox::{
    Change, KnownTime, MemoryOutbox, Outbox, PressStamp, SharedOutbox, SharedOutboxes,
    SqliteOutbox, StoredCommand, UndatedFix,
};
use wire_protocol::agent::{CrewCommand, FixReport, VehicleAssignment};
use wire_protocol::route::ArrivalGoal;
use wire_protocol::vocabulary::VehicleState;

pub(crate) fn command(number: u64) -> Change {
    Change::AddCommand(StoredCommand {
        number,
        made_at_ms: 1_000 + number as i64,
        command: CrewCommand::Sos,
        pressed_as: None,
        stamp: None,
    })
}

pub(crate) fn fix(number: u64) -> Change {
    Change::AddFix(FixReport {
        number,
        fix_time: 1_767_225_600_123,
        lon: 106.123_456_7,
        lat: 38.765_432_1,
        speed_mps: Some(12.25),
        heading_deg: None,
        satellites: Some(11),
        hdop: Some(0.8),
    })
}

pub(crate) fn undated(place: u64) -> Change {
    let fix = Fix {
        fix_time_ms: 3_723_000,
        dated_by: DatedBy::Nobody,
        lat: 38.765_432_1,
        lon: 106.123_456_7,
        speed_mps: Some(12.3),
        heading_deg: None,
        satellites: Some(11),
        hdop: Some(0.8),
    };
    let stamp = PressStamp { boot: "boot".to_owned(), steady_ms: 7_000, server_ms: None };
    Change::AddUndated(UndatedFix { place, fix, made_at_ms: 5_000, stamp })
}

/// Applies, opens again, and shows what is there.
pub(crate) async fn check<O: Outbox, R>(open: impl Fn(Option<O>) -> R)
where
    R: Future<Output = O>,
{
    let mut outbox = open(None).await;
    let id = outbox.load().await.expect("loads").id;
    assert!(!id.is_empty() && id.len() <= 40);

    outbox.apply(&[command(1), command(2), fix(1), fix(2), fix(3), fix(4)]).await.expect("applies");
    let duty = VehicleAssignment {
        centre: "yinchuan".to_owned(),
        version: 7,
        time_zone_minutes: None,
        state: VehicleState::ToScene,
        pause: None,
        crew: Vec::new(),
        pause_returns_to: None,
        order: Some(order("T-1", 5)),
        contested: false,
        next: None,
        move_to: None,
        messages: Vec::new(),
        log: None,
        sos: None,
        movements: Vec::new(),
        last_ended: None,
    };
    outbox.apply(&[Change::RememberDuty(Box::new(duty.clone()))]).await.expect("applies");
    let older = route("T-0", ArrivalGoal::Scene, 1);
    let newer = route("T-1", ArrivalGoal::Scene, 2);
    for route in [&older, &newer] {
        let change = Change::RememberRoute(Box::new(route.clone()));
        outbox.apply(&[change]).await.expect("applies");
    }
    outbox.apply(&[undated(1), undated(2), undated(3)]).await.expect("applies");
    let before = outbox.load().await.expect("loads");
    let mut outbox = open(Some(outbox)).await;
    let after = outbox.load().await.expect("loads");
    assert_eq!(before, after, "opening again changes nothing");
    assert_eq!(after.id, id);
    assert_eq!(after.duty, Some(duty));
    assert_eq!(after.route, Some(newer), "the newest route comes back, and only it");
    assert_eq!(after.commands.iter().map(|command| command.number).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(Change::AddFix(after.fixes[0].clone()), fix(1), "a fix comes back bit for bit");

    assert_eq!(Change::AddUndated(after.undated[1].clone()), undated(2), "and one without a date");

    let forget = [
        Change::ForgetCommands { through: 2 },
        Change::ForgetFixes(vec![[1, 2], [4, 4]]),
        Change::ForgetUndated { through: 2 },
    ];
    outbox.apply(&forget).await.expect("applies");
    let mut outbox = open(Some(outbox)).await;
    let content = outbox.load().await.expect("loads");
    assert!(content.commands.is_empty());
    assert_eq!(content.fixes.iter().map(|fix| fix.number).collect::<Vec<_>>(), [3]);
    assert_eq!(content.undated.iter().map(|fix| fix.place).collect::<Vec<_>>(), [3]);
    assert_eq!(
        (content.last_command_number, content.last_fix_number),
        (2, 4),
        "numbers outlive what they counted"
    );
    outbox.apply(&forget).await.expect("forgetting twice is forgetting once");
}

#[tokio::test]
async fn the_outbox_in_memory_keeps_the_contract() {
    check(async |outbox: Option<MemoryOutbox>| outbox.unwrap_or_else(|| MemoryOutbox::new("m")))
        .await;
}

#[tokio::test]
async fn the_outbox_on_disk_keeps_the_contract() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("outbox.db");
    check(async |outbox: Option<SqliteOutbox>| {
        drop(outbox);
        SqliteOutbox::open(&path).await.expect("opens")
    })
    .await;
}

#[tokio::test]
async fn the_outbox_among_many_keeps_the_contract() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("outboxes.db");
    check(async |outbox: Option<SharedOutbox>| {
        drop(outbox);
        // Another program's, each time: the one before has ended.
        let all = SharedOutboxes::open(path.clone()).await.expect("opens");
        let outbox = all.outbox("YC-01-1").await;
        let mut other = all.outbox("YC-01-2").await;
        assert_eq!(other.load().await.expect("loads").commands, [], "nothing of another's");
        outbox
    })
    .await;
}

#[tokio::test]
async fn a_batch_that_fails_stores_nothing_of_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut outbox = SqliteOutbox::open(&folder.path().join("outbox.db")).await.expect("opens");
    outbox.apply(&[command(1)]).await.expect("applies");
    outbox.apply(&[fix(1), command(1)]).await.expect_err("a command number is given once");
    let content = outbox.load().await.expect("loads");
    assert_eq!((content.commands.len(), content.fixes.len(), content.last_fix_number), (1, 0, 0));
}

#[tokio::test]
async fn a_file_that_is_removed_or_replaced_while_in_use_takes_no_press_with_it() {
    for kind in ["removed", "an image of yesterday", "another outbox"] {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("outbox.db");
        let other = folder.path().join("other.db");
        let mut outbox = SqliteOutbox::open(&path).await.expect("opens");
        let id = outbox.load().await.expect("loads").id;
        outbox.close().await.expect("closes");
        if kind == "another outbox" {
            let mut another = SqliteOutbox::open(&other).await.expect("opens");
            another.close().await.expect("closes");
        } else {
            std::fs::copy(&path, &other).expect("is copied");
        }
        let mut outbox = SqliteOutbox::open(&path).await.expect("opens");
        outbox.apply(&[command(1)]).await.expect("applies");
        match kind {
            "removed" => std::fs::remove_file(&path).expect("is removed"),
            _ => std::fs::rename(&other, &path).expect("is replaced"),
        }
        outbox.apply(&[command(2)]).await.expect_err("nobody is told that this is stored");
        outbox.apply(&[command(2)]).await.expect("is stored in the file that is there now");
        outbox.apply(&[command(3)]).await.expect("goes on");
        drop(outbox);
        let found = SqliteOutbox::open(&path).await.expect("opens").load().await.expect("loads");
        let numbers: Vec<u64> = found.commands.iter().map(|it| it.number).collect();
        assert_eq!((found.id, numbers), (id, vec![1, 2, 3]), "{kind}");
    }
}

#[tokio::test]
async fn two_outboxes_have_different_names() {
    let folder = tempfile::tempdir().expect("a folder");
    let name = async |file: &str| {
        let mut outbox = SqliteOutbox::open(&folder.path().join(file)).await.expect("opens");
        outbox.load().await.expect("loads").id
    };
    assert_ne!(name("a.db").await, name("b.db").await);
}

#[tokio::test]
async fn a_file_that_is_no_outbox_is_refused_with_its_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("photo.jpg");
    std::fs::write(&path, [0x5A; 4096]).expect("writes");
    let error = SqliteOutbox::open(&path).await.expect_err("is no database");
    assert!(error.to_string().contains("photo.jpg"), "{error}");
    let error = SqliteOutbox::open(Path::new("/nowhere/outbox.db")).await.expect_err("no folder");
    assert!(error.to_string().contains("/nowhere/outbox.db"), "{error}");
}

/// A file that a terminal of the release before left behind.
#[tokio::test]
async fn a_file_of_the_second_version_is_taken_up_with_what_it_holds() {
    let folder = tempfile::tempdir().expect("works on this machine");
    let path = folder.path().join("outbox.db");
    {
        let options = SqliteConnectOptions::new().filename(&path).create_if_missing(true);
        let mut old = options.connect().await.expect("is made");
        for step in [
            include_str!("../../src/outbox/schema.sql"),
            include_str!("../../src/outbox/schema_2.sql"),
            "INSERT INTO outbox (one, id, last_act) VALUES (1, 'old', 7);
             INSERT INTO acts (number, made_at, act) VALUES (7, 5, '{\"type\":\"sos\"}');",
        ] {
            sqlx::raw_sql(step).execute(&mut old).await.expect("is done");
        }
        old.close().await.expect("is closed");
    }
    let mut outbox = SqliteOutbox::open(&path).await.expect("is taken up");
    let content = outbox.load().await.expect("is read");
    assert_eq!((content.id.as_str(), content.last_command_number), ("old", 7));
    let [press] = &content.commands[..] else { panic!("one press") };
    assert_eq!((press.made_at_ms, &press.command, &press.stamp), (5, &CrewCommand::Sos, &None));
    let stamp = PressStamp { boot: "b".to_owned(), steady_ms: 9, server_ms: Some(11) };
    let pressed = StoredCommand { number: 8, stamp: Some(stamp), ..press.clone() };
    let time = KnownTime { boot: "b".to_owned(), offset_ms: -3 };
    let changes = [Change::AddCommand(pressed.clone()), Change::RememberTime(time.clone())];
    outbox.apply(&changes).await.expect("is stored");
    let mut again = SqliteOutbox::open(&path).await.expect("is opened");
    let content = again.load().await.expect("is read");
    assert_eq!((content.commands.last(), content.time), (Some(&pressed), Some(time)));
}
