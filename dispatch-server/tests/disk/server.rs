//! The real server on a disk that fails for a while: it refuses what it cannot keep, is well by itself when the
//! disk is, and SIGKILL finds everything in place that was acknowledged.

use crate::faulty::{Fault, FaultyDisk};
use crate::kill_support::*;
use dispatch_core::model::CentreId;
use dispatch_desk::database::MAIN_FILE;
use dispatch_desk::journal::read_events;
use dispatch_desk::journal::sqlite::SqliteJournal;
use dispatch_server::people::{Credential, take_credentials};
use dispatch_server::stores::{Storage, open_people};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::Path;
use std::time::{Duration, Instant};

/// The short form; `make faults` makes it a minute by the environment.
const USUAL_SECONDS: u64 = 1;
/// Long enough for the slowest machine; what is not well by then does not become so by itself.
const PATIENCE: Duration = Duration::from_secs(60);
const CALL: &str = include_str!("../../../wire-protocol/golden/command_take_call.json");
/// A vehicle of the shipped region.
const KEY: &str = "/api/v1/vehicles/YC-10-1/key";

#[test]
fn a_server_outlives_every_fault_of_its_disk_and_loses_nothing() {
    let seconds = std::env::var("HELAN_DISK_FAULT_SECONDS").ok().and_then(|it| it.parse().ok());
    let lasts = Duration::from_secs(seconds.unwrap_or(USUAL_SECONDS));
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    add_duty_officer(data);
    add_person(data, "chief", "administrator");
    let (disk, environment) = FaultyDisk::new();
    let mut work = Work::default();
    for fault in Fault::ALL {
        let server = Server::start(data, &environment);
        let mut desk = Desk::sit_down(&server.address);
        work.round(&mut desk);
        let refused_before = work.refused;

        disk.fails(fault, data.to_str().unwrap());
        let began = Instant::now();
        while began.elapsed() < lasts {
            work.round(&mut desk);
        }
        assert!(fault.stores() || work.refused > refused_before, "{fault:?} was not noticed");
        disk.heals();

        let healed = Instant::now();
        while !work.is_all_well(&mut desk) {
            assert!(healed.elapsed() < PATIENCE, "not well again after a disk that was {fault:?}");
            // The next round asks the server, which tries its disk every two seconds.
            std::thread::yield_now();
        }
        println!("{fault:?}: well again after {:.1} s", healed.elapsed().as_secs_f64());
        server.kill();
        work.check(data);
    }
}

/// What was sent, acknowledged and refused.
#[derive(Default)]
struct Work {
    sent: u64,
    refused: u64,
    acknowledged: BTreeSet<String>,
    /// Whether the vehicle has a key, as last acknowledged; nothing when that is not known.
    has_key: Option<bool>,
}

impl Work {
    /// One of each thing that people do and the store must keep.
    fn round(&mut self, desk: &mut Desk) -> bool {
        self.sent += 1;
        let mut call: Value = serde_json::from_str(CALL).unwrap();
        let command_id = format!("command-{}", self.sent);
        call["command_id"] = json!(command_id);
        call["centre"] = json!("yinchuan");
        let request = desk.officer.ask("POST", "/api/v1/commands", &call);
        match request {
            200 => drop(self.acknowledged.insert(command_id)),
            _ => self.refused += 1,
        }
        let newcomer = json!({
            "name": format!("p{}", self.sent), "display_name": "李 调度", "password": PASSWORD,
            "role": "dispatcher", "centre": "yinchuan",
        });
        let all = [
            request,
            desk.chief.ask("POST", "/api/v1/people", &newcomer),
            self.change_key(desk, "POST"),
            self.change_key(desk, "DELETE"),
            Caller::sign_in(&desk.address, "duty").map_or(0, |_| 200),
        ];
        all.iter().all(|status| matches!(status, 200 | 201 | 204))
    }

    /// Makes or removes the key; one that is refused may have come through all the same.
    fn change_key(&mut self, desk: &Desk, method: &str) -> u16 {
        let status = desk.chief.ask(method, KEY, &Value::Null);
        let is_done = matches!(status, 200 | 201 | 204);
        self.has_key = is_done.then_some(method == "POST");
        status
    }

    fn is_all_well(&mut self, desk: &mut Desk) -> bool {
        self.round(desk) && desk.officer.ask("GET", "/readyz", &Value::Null) == 200
    }

    /// Everything acknowledged is in the journal, which is whole.
    #[tokio::main]
    async fn check(&self, data: &Path) {
        let verdict = verify(data);
        assert!(verdict.ends_with("The journal is whole.\n"), "{verdict}");
        let journal = SqliteJournal::open(&data.join(MAIN_FILE)).await.unwrap();
        let (mut found, mut after) = (BTreeSet::new(), 0);
        loop {
            let events =
                read_events(&journal, &CentreId::from("yinchuan"), after, 1_000).await.unwrap();
            let Some(last) = events.last() else { break };
            after = last.version;
            let commands = events.iter().filter_map(|event| event.provenance.command_id.as_ref());
            found.extend(commands.map(|request| request.as_str().to_owned()));
        }
        journal.close().await;
        let people = open_people(&Storage::Embedded(data.to_owned())).await.unwrap();
        let credentials = take_credentials(&people).await.unwrap();
        let has_key = credentials.iter().any(|it| matches!(it, Credential::Key(_)));
        assert!(self.has_key.is_none_or(|told| told == has_key), "the key is there: {has_key}");
        let lost: Vec<&String> = self.acknowledged.difference(&found).collect();
        assert!(lost.is_empty(), "acknowledged and lost: {lost:?}");
    }
}

/// The people at work at one server.
struct Desk {
    address: String,
    officer: Caller,
    chief: Caller,
}

impl Desk {
    fn sit_down(address: &str) -> Self {
        let signed_in = |name| Caller::sign_in(address, name).expect("a session");
        Self { address: address.to_owned(), officer: signed_in("duty"), chief: signed_in("chief") }
    }
}

/// Somebody signed in; gets a new connection when the old one was closed.
struct Caller {
    address: String,
    cookie: String,
}

impl Caller {
    fn sign_in(address: &str, name: &str) -> Option<Self> {
        let mut client = Client::connect(address, "").ok()?;
        let who = json!({ "name": name, "password": PASSWORD });
        let (status, cookie, _) = client.post("/api/v1/session", &who).ok()?;
        (status == 200).then(|| Self { address: address.to_owned(), cookie })
    }

    /// The status of the answer, 0 when none came.
    fn ask(&self, method: &str, path: &str, body: &Value) -> u16 {
        let asked = Client::connect(&self.address, &self.cookie)
            .and_then(|mut client| client.request(method, path, body));
        asked.map_or(0, |(status, _, _)| status)
    }
}
