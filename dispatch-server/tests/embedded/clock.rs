//! A server whose clock is wrong for one run: it is refused, and where a person insisted on it, the next run with a right
//! clock goes on at the right time.

use crate::http_support::{CITY, Caller, PASSWORD, Server, region, take_call};
use dispatch_core::model::{Event, Recorded, Timestamp};
use dispatch_desk::clock::Clock;
use dispatch_desk::database::MAIN_FILE;
use dispatch_desk::journal::read_events;
use dispatch_desk::journal::sqlite::SqliteJournal;
use dispatch_server::serve::serve;
use dispatch_server::settings::ServeSettings;
use serde_json::json;
use std::path::Path;
use tokio_util::sync::CancellationToken;
use wire_protocol::vocabulary::Role;

const RIGHT: Timestamp = Timestamp(1_796_000_000_000);
const DAY: i64 = 86_400;

struct Run {
    server: Server,
    clock: Clock,
}

impl Run {
    async fn start(data: &Path, at: Timestamp, accept: bool) -> Self {
        let clock = Clock::by_hand(at);
        let server = Server::start_with(|settings| {
            settings.data = data.to_owned();
            settings.clock = clock.clone();
            settings.accept_clock = accept;
        })
        .await;
        Self { server, clock }
    }

    async fn dispatcher(&self) -> Caller {
        match self.server.nobody().sign_in("li", PASSWORD).await.status {
            200 => self.server.nobody().signed_in("li", PASSWORD).await,
            _ => self.server.person("li", Role::Dispatcher, CITY).await,
        }
    }

    async fn stop(self) {
        self.server.end().await;
    }
}

async fn refusal(data: &Path, at: Timestamp) -> String {
    let mut settings = ServeSettings::new(data.to_owned(), region());
    settings.clock = Clock::by_hand(at);
    match serve(settings, CancellationToken::new()).await {
        Ok(_) => panic!("a clock at {at:?} was believed"),
        Err(why) => why.to_string(),
    }
}

async fn events(data: &Path) -> Vec<Recorded> {
    let journal = SqliteJournal::open(&data.join(MAIN_FILE)).await.unwrap();
    let events = read_events(&journal, &CITY.into(), 0, 1_000).await.unwrap();
    journal.close().await;
    events
}

#[tokio::test]
async fn a_start_with_a_clock_days_from_the_journal_is_refused_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    Run::start(folder.path(), RIGHT, false).await.stop().await;
    let before = events(folder.path()).await;
    for off in [-1461 * DAY, -2 * DAY, 2 * DAY, 1461 * DAY] {
        let said = refusal(folder.path(), RIGHT.plus_seconds(off)).await;
        assert!(said.contains("2026-11-30 00:53:20 UTC"), "{said}");
        assert!(said.contains("--accept-clock"), "{said}");
        assert_eq!(said.lines().count(), 1, "{said}");
    }
    assert_eq!(events(folder.path()).await, before);
    Run::start(folder.path(), RIGHT.plus_seconds(DAY / 2), false).await.stop().await;
    Run::start(folder.path(), RIGHT.plus_seconds(30 * DAY), true).await.stop().await;
}

#[tokio::test]
async fn after_a_run_with_a_fast_clock_time_is_right_again_and_orders_expire() {
    let folder = tempfile::tempdir().unwrap();
    Run::start(folder.path(), RIGHT, false).await.stop().await;
    let fast = Run::start(folder.path(), RIGHT.plus_seconds(1461 * DAY), true).await;
    let li = fast.dispatcher().await;
    let opened = li.execute(CITY, take_call()).await;
    assert_eq!(opened.status, 200, "{}", opened.body);
    let incident = opened.body["incident"].clone();
    fast.stop().await;

    refusal(folder.path(), RIGHT.plus_seconds(60)).await;
    let right = Run::start(folder.path(), RIGHT.plus_seconds(60), true).await;
    let li = right.dispatcher().await;
    let view = li.get(&format!("/api/v1/incidents/{}", incident.as_str().unwrap())).await;
    assert_eq!(view.body["opened_at"], RIGHT.plus_seconds(60).0, "{}", view.body);
    right.clock.advance_millis(30_000);
    let send = json!({
        "type": "dispatch_vehicles", "incident": incident, "vehicles": ["XN-01-1"], "offer": null,
    });
    let sent = li.execute(CITY, send).await;
    assert_eq!(sent.status, 200, "{}", sent.body);
    right.stop().await;

    let events = events(folder.path()).await;
    let corrected = events.iter().position(|it| matches!(it.event, Event::ClockCorrected { .. }));
    let after = &events[corrected.unwrap()..];
    assert!(after.iter().all(|it| it.provenance.recorded_at <= RIGHT.plus_seconds(90)));
    let expires = after.iter().find_map(|it| {
        if let Event::TaskCreated { order_expires_at, .. } = &it.event {
            Some(*order_expires_at)
        } else {
            None
        }
    });
    assert_eq!(expires, Some(RIGHT.plus_seconds(90 + 120)));
    // And once it is right, nobody need insist any more.
    Run::start(folder.path(), RIGHT.plus_seconds(120), false).await.stop().await;
}

/// The machine of the operator is years off: what it recorded would keep every server from starting.
#[tokio::test]
async fn no_vehicle_is_retired_by_a_clock_that_is_far_from_the_journal() {
    let folder = tempfile::tempdir().unwrap();
    let years_ago = RIGHT.plus_seconds(-1461 * DAY);
    Run::start(folder.path(), years_ago, false).await.stop().await;
    let before = events(folder.path()).await;
    let retired = std::process::Command::new(env!("CARGO_BIN_EXE_dispatch-server"))
        .args(["retire-vehicles", "--vehicle", "XN-01-2", "--by", "li.na", "--region"])
        .arg(region())
        .arg("--data")
        .arg(folder.path())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&retired.stderr);
    assert!(!retired.status.success() && said.contains("--accept-clock"), "{said}");
    assert_eq!(events(folder.path()).await, before);
}
