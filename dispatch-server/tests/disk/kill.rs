//! A server killed at any moment loses and doubles nothing that it acknowledged.
//!
//! The real program takes commands over HTTP from several senders; the test kills it with SIGKILL while they
//! stream in, starts it again, and the senders send what was not acknowledged once more.

use crate::kill_support::*;
use dispatch_core::model::*;
use dispatch_desk::database::MAIN_FILE;
use dispatch_desk::journal::read_events;
use dispatch_desk::journal::sqlite::SqliteJournal;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc;

const ROUNDS: u32 = 8;
/// Commands on their way at any time, so that a kill hits some in every stage.
const SENDERS: usize = 16;
const CENTRES: [&str; 2] = ["yinchuan", "guyuan"];
const CALL: &str = include_str!("../../../wire-protocol/golden/command_take_call.json");

#[test]
fn acknowledged_commands_survive_sigkill_once_each() {
    let seed = rand::random();
    println!("seed {seed}");
    let mut rng = StdRng::seed_from_u64(seed);
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    add_duty_officer(data);
    let mut senders = Senders::default();
    for _ in 0..ROUNDS {
        senders.stream_until_killed(Server::start(data, &[]), rng.random_range(1..250));
    }
    senders.finish(Server::start(data, &[]));
    println!("{} commands acknowledged", senders.acknowledged.len());
    let verdict = verify(data);
    assert!(verdict.ends_with("The journal is whole.\n"), "{verdict}");
    check(data, senders);
}

/// What the senders know: commands without an answer, and the version of each command acknowledged.
#[derive(Default)]
struct Senders {
    sent: AtomicU64,
    unanswered: Vec<u64>,
    acknowledged: BTreeMap<u64, u64>,
}

impl Senders {
    /// All send at once, first what has no answer, until the server is killed after so many answers.
    fn stream_until_killed(&mut self, server: Server, answers: usize) {
        let (tell, told) = mpsc::channel();
        let cookie = sign_in(&server.address);
        let address = server.address.clone();
        let mut resend = std::mem::take(&mut self.unanswered);
        let (sent, acknowledged) = (&self.sent, &mut self.acknowledged);
        self.unanswered = std::thread::scope(|scope| {
            let senders: Vec<_> = (0..SENDERS)
                .map(|_| {
                    let (tell, first) = (tell.clone(), resend.pop());
                    let (address, cookie) = (&address, &cookie);
                    scope.spawn(move || stream(address, cookie, first, sent, &tell))
                })
                .collect();
            drop(tell);
            acknowledged.extend(told.iter().take(answers));
            server.kill();
            // What the server still managed to say before it died counts as acknowledged.
            acknowledged.extend(told.iter());
            senders.into_iter().map(|sender| sender.join().unwrap()).collect()
        });
        self.unanswered.extend(resend);
    }

    /// Sends what has no answer, until all has.
    fn finish(&mut self, server: Server) {
        let cookie = sign_in(&server.address);
        let mut client = Client::connect(&server.address, &cookie).unwrap();
        for request in std::mem::take(&mut self.unanswered) {
            self.acknowledged.insert(request, send(&mut client, request).unwrap());
        }
        server.kill();
        assert_eq!(self.acknowledged.len() as u64, self.sent.load(Ordering::SeqCst));
    }
}

/// Sends commands one after the other until the server is gone; gives the one that has no answer.
fn stream(
    address: &str,
    cookie: &str,
    first: Option<u64>,
    sent: &AtomicU64,
    tell: &mpsc::Sender<(u64, u64)>,
) -> u64 {
    let new = || sent.fetch_add(1, Ordering::SeqCst) + 1;
    let mut request = first.unwrap_or_else(new);
    let Ok(mut client) = Client::connect(address, cookie) else { return request };
    loop {
        let Ok(version) = send(&mut client, request) else { return request };
        tell.send((request, version)).unwrap();
        request = new();
    }
}

fn send(client: &mut Client, request: u64) -> std::io::Result<u64> {
    let mut call: Value = serde_json::from_str(CALL).unwrap();
    call["command_id"] = json!(request.to_string());
    call["centre"] = json!(CENTRES[usize::from(request.is_multiple_of(3))]);
    let (status, _, answer) = client.post("/api/v1/commands", &call)?;
    assert_eq!(status, 200, "{answer}");
    Ok(answer["version"].as_u64().expect("a version"))
}

fn sign_in(address: &str) -> String {
    let mut client = Client::connect(address, "").unwrap();
    let who = json!({ "name": "duty", "password": PASSWORD });
    let (status, cookie, answer) = client.post("/api/v1/session", &who).unwrap();
    assert_eq!(status, 200, "{answer}");
    cookie
}

/// Every acknowledged command is in the journal, once, and nothing is there that nobody sent.
#[tokio::main]
async fn check(data: &Path, senders: Senders) {
    let journal = SqliteJournal::open(&data.join(MAIN_FILE)).await.unwrap();
    let mut found: BTreeMap<u64, u64> = BTreeMap::new();
    for name in CENTRES {
        let (mut after, centre) = (0, CentreId::from(name));
        loop {
            let events = read_events(&journal, &centre, after, 1_000).await.unwrap();
            let Some(last) = events.last() else { break };
            after = last.version;
            for event in events.iter().filter(|event| event.event.kind() == "call_taken") {
                let request = event.provenance.command_id.as_ref().unwrap();
                let twice = found.insert(request.as_str().parse().unwrap(), event.version);
                assert_eq!(twice, None, "command {request} is there twice");
            }
        }
    }
    for (request, version) in senders.acknowledged {
        let there = found.remove(&request).unwrap_or_else(|| panic!("command {request} was lost"));
        assert!(there <= version, "command {request} was acknowledged before it was there");
    }
    assert!(found.is_empty(), "nobody sent {found:?}");
}
