//! The whole server without a socket: journal in memory, clock by hand, its routes asked in the same process.

use crate::http_support::{CITY, PASSWORD, region, take_call};
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Request, header};
use dispatch_core::model::{CentreId, Timestamp};
use dispatch_desk::clock::Clock;
use dispatch_desk::journal::memory::{Fault, MemoryJournal, Operation};
use dispatch_desk::journal::{Append, Journal, verify};
use dispatch_server::people::PersonToAdd;
use dispatch_server::serve::{Stopped, Unheard, assembled};
use dispatch_server::settings::ServeSettings;
use hyper::service::Service;
use hyper_util::service::TowerToHyperService;
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use wire_protocol::vocabulary::Role;

const NOON: Timestamp = Timestamp(1_780_000_000_000);
const COMMANDS: &str = "/api/v1/commands";

/// A server over a journal and a folder, and who asks it.
struct There {
    server: Unheard,
    cookie: String,
}

impl There {
    async fn open(folder: &Path, journal: &MemoryJournal, clock: &Clock) -> Self {
        Self::open_for(region(), folder, journal, clock).await
    }

    async fn open_for(
        region: PathBuf,
        folder: &Path,
        journal: &MemoryJournal,
        clock: &Clock,
    ) -> Self {
        let mut settings = ServeSettings::new(folder.to_owned(), region);
        settings.disk_reserve_bytes = Some(0);
        settings.clock = clock.clone();
        settings.journal_in_memory = Some(journal.clone());
        Self { server: assembled(settings).await.unwrap(), cookie: String::new() }
    }

    async fn signed_in(mut self) -> Self {
        let who = json!({ "name": "li", "password": PASSWORD });
        let (status, cookie, body) = self.ask("POST", "/api/v1/session", &who).await;
        assert_eq!(status, 200, "{body}");
        self.cookie = cookie;
        self
    }

    async fn ask(&self, method: &str, path: &str, body: &Value) -> (u16, String, Value) {
        let body = if body.is_null() { Body::empty() } else { Body::from(body.to_string()) };
        let request = Request::builder().method(method).uri(path);
        let request = request.header(header::CONTENT_TYPE, "application/json");
        let mut request = request.header(header::COOKIE, &self.cookie).body(body).unwrap();
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 9))));
        let answer = TowerToHyperService::new(self.server.routes()).call(request).await.unwrap();
        let status = answer.status().as_u16();
        let cookie = answer.headers().get(header::SET_COOKIE);
        let cookie = cookie.and_then(|cookie| cookie.to_str().unwrap().split(';').next());
        let cookie = cookie.unwrap_or_default().to_owned();
        let bytes = axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap();
        (status, cookie, serde_json::from_slice(&bytes).unwrap_or(Value::Null))
    }

    async fn command(&self, command_id: &str, command: &Value) -> (u16, Value) {
        self.command_at(CITY, command_id, command).await
    }

    async fn command_at(&self, centre: &str, command_id: &str, command: &Value) -> (u16, Value) {
        let envelope = json!({
            "command_id": command_id, "centre": centre, "made_at": NOON.0, "command": command,
        });
        let (status, _, body) = self.ask("POST", COMMANDS, &envelope).await;
        (status, body)
    }

    async fn incident(&self, incident: &str) -> Value {
        let path = format!("/api/v1/incidents/{incident}");
        let (status, _, body) = self.ask("GET", &path, &Value::Null).await;
        assert_eq!(status, 200, "{body}");
        body
    }

    /// A call at a place, and a vehicle sent there that nobody answers for. Gives the incident.
    async fn unanswered(&self, centre: &str, place: [f64; 2], vehicle: &str) -> String {
        let mut call = take_call();
        call["facts"]["scene"]["position"] = json!({ "lon": place[0], "lat": place[1] });
        let (status, taken) = self.command_at(centre, &format!("{centre}-call"), &call).await;
        assert_eq!(status, 200, "{taken}");
        let order = json!({
            "type": "dispatch_vehicles", "incident": taken["incident"], "vehicles": [vehicle],
        });
        let (status, sent) = self.command_at(centre, &format!("{centre}-order"), &order).await;
        assert_eq!(status, 200, "{sent}");
        taken["incident"].as_str().unwrap().to_owned()
    }
}

/// Another server wrote an event of a later release at this centre, which this one cannot read.
async fn write_unreadable(journal: &MemoryJournal, centre: &CentreId) {
    let head = journal.heads().await.unwrap()[centre];
    let mut event = journal.stored(centre, head.version - 1).remove(0);
    (event.version, event.schema, event.hash) = (head.version + 1, u16::MAX, [7; 32]);
    let appends = [Append { centre, after: head, events: &[event] }];
    journal.append(&appends).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_centre_that_stands_still_keeps_no_other_from_its_lapsed_orders() {
    let folder = tempfile::tempdir().unwrap();
    let (journal, clock) = (MemoryJournal::new(), Clock::by_hand(NOON));
    let ningxia = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../regions/ningxia");
    let there = There::open_for(ningxia.clone(), folder.path(), &journal, &clock).await;
    let (name, role, centre) = ("li", Role::RegionalDutyOfficer, "ningxia".into());
    let (display_name, password, hospital) = (name, PASSWORD, None);
    let li = PersonToAdd { name, display_name, password, role, centre, hospital };
    there.server.people().add(li).await.unwrap();
    let there = there.signed_in().await;
    there.unanswered("guyuan", [106.28, 36.01], "GY-01-1").await;
    let other = there.unanswered("yinchuan", [106.27, 38.47], "YC-01-1").await;

    let guyuan = CentreId::from("guyuan");
    write_unreadable(&journal, &guyuan).await;
    there.server.desk().catch_up(&guyuan);
    let mut troubles = there.server.desk().troubles();
    troubles.wait_for(|troubles| troubles.contains_key(&guyuan)).await.unwrap();
    let mut committed = there.server.desk().committed();
    clock.advance_millis(121_000);
    let lapsed = committed.recv().await.unwrap();
    assert_eq!(
        (lapsed.centre.as_str(), lapsed.events[0].event.kind()),
        ("yinchuan", "order_lapsed")
    );
    assert_eq!(there.incident(&other).await["tasks"][0]["lapsed_at"], NOON.0 + 120_000);
    there.server.crashed().await;

    // Started anew it is no worse.
    let journal = journal.reopen();
    let there = There::open_for(ningxia, folder.path(), &journal, &clock).await.signed_in().await;
    let (_, _, health) = there.ask("GET", "/readyz", &Value::Null).await;
    assert_eq!(health["details"]["centre"], "guyuan", "{health}");
    there.unanswered("wuzhong", [106.2, 37.99], "WZ-01-1").await;
    let note = json!({ "type": "add_note", "incident": other, "text": "三楼" });
    let (status, noted) = there.command_at("yinchuan", "note-2", &note).await;
    assert_eq!(status, 200, "{noted}");
    let (status, refused) = there.command_at("guyuan", "note-3", &note).await;
    assert_eq!((status, &refused["code"]), (503, &json!("not_recorded")), "{refused}");
    assert_eq!(there.server.stopped().await, Stopped::InTime);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_acknowledged_outlives_a_crash_and_deadlines_follow_the_hand() {
    let folder = tempfile::tempdir().unwrap();
    let (journal, clock) = (MemoryJournal::new(), Clock::by_hand(NOON));
    let there = There::open(folder.path(), &journal, &clock).await;
    let (name, role, centre) = ("li", Role::Dispatcher, CITY.into());
    let (display_name, password, hospital) = (name, PASSWORD, None);
    let li = PersonToAdd { name, display_name, password, role, centre, hospital };
    there.server.people().add(li).await.unwrap();
    let there = there.signed_in().await;

    let (status, taken) = there.command("call-1", &take_call()).await;
    assert_eq!(status, 200, "{taken}");
    let incident = taken["incident"].as_str().unwrap().to_owned();
    let order =
        json!({ "type": "dispatch_vehicles", "incident": incident, "vehicles": ["XN-01-1"] });
    let (status, sent) = there.command("order-1", &order).await;
    assert_eq!(status, 200, "{sent}");

    // Nobody received the order, and the hand moves past its two minutes.
    let mut committed = there.server.desk().committed();
    clock.advance_millis(119_000);
    assert!(there.incident(&incident).await["tasks"][0]["lapsed_at"].is_null());
    clock.advance_millis(2_000);
    while committed.recv().await.unwrap().events.iter().all(|it| it.event.kind() != "order_lapsed")
    {
    }
    // It is said to have run out when it did, not when that was seen.
    let before = there.incident(&incident).await;
    assert_eq!(before["tasks"][0]["lapsed_at"], NOON.0 + 120_000);

    // The machine stops in the middle of the next commit.
    journal.script(Operation::Append, Fault::Crash { written: 1 });
    let note = json!({ "type": "add_note", "incident": incident, "text": "三楼" });
    let (status, lost) = there.command("note-1", &note).await;
    assert_eq!((status, &lost["code"]), (503, &json!("not_recorded")), "{lost}");
    there.server.crashed().await;

    let journal = journal.reopen();
    let there = There::open(folder.path(), &journal, &clock).await.signed_in().await;
    assert_eq!(there.incident(&incident).await, before, "whatever was acknowledged is there");
    let (status, again) = there.command("order-1", &order).await;
    assert_eq!((status, &again["already_recorded"]), (200, &json!(true)), "{again}");
    let (status, noted) = there.command("note-1", &note).await;
    assert_eq!((status, &noted["already_recorded"]), (200, &json!(false)), "{noted}");
    assert!(verify(&journal).await.unwrap().is_clean());
    assert_eq!(there.server.stopped().await, Stopped::InTime);
}
