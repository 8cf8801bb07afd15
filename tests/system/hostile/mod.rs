//! Hostile and broken traffic beside a good vehicle and a good console: nothing crashes, nothing is accepted
//! wrongly, everything is counted, and the good ones go on.
//!
//! `HELAN_HOSTILE` sets how many broken frames and requests are sent; a long run takes 1 000 000.

mod frames;
mod good;
mod half_open;
mod links;
mod requests;

use crate::gear::{Server, crew_numbers, events, ningxia};
use dispatch_core::model::Origin;
use dispatch_desk::journal::verify_data;
use dispatch_server::live::FrameAllowance;
use std::collections::BTreeMap;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use wire_protocol::vocabulary::Role;

/// Broken frames and requests in an ordinary run; a few seconds' worth.
const USUAL: u64 = 20_000;
/// Senders of each kind at once.
const SENDERS: u64 = 4;
/// Vehicles whose keys were stolen, one for each sender of frames.
const STOLEN: [&str; SENDERS as usize] = ["YC-02-1", "YC-02-2", "YC-03-1", "YC-03-2"];
/// The vehicle whose old messages are sent again and again.
const REPLAYED: &str = "YC-04-1";
/// Bytes by which this process, its hostile half included, may grow: far more than the bounded queues
/// of all links together hold, far less than a leak of every frame sent in a long run.
const GROWTH_MOST_BYTES: u64 = 400 * 1024 * 1024;

/// How often each broken thing was sent, by the counter that must show it.
pub(crate) type Sent = BTreeMap<String, u64>;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn broken_and_hostile_traffic_is_refused_and_counted_and_hurts_nobody_else() {
    let total = std::env::var("HELAN_HOSTILE").map_or(USUAL, |text| text.parse().unwrap());
    let seed: u64 = rand::random();
    println!("seed {seed}, {total} broken frames and requests");
    let server = Server::open(ningxia(), |settings| {
        // A flood is named after 200 frames too many, not after a minute and a half.
        settings.live.agent_frames =
            FrameAllowance { per_second: 500.0, burst: 100.0, held_before_closing: 200 };
    })
    .await;
    let dispatcher = server.person("wang", Role::Dispatcher, "yinchuan").await;
    let good = good::Good::begin(&server, &dispatcher).await;
    let before = memory_bytes();
    let (stop, half_open) = (CancellationToken::new(), half_open::Held::open(&server).await);
    let good = tokio::spawn(good.go_on(stop.clone()));

    let mut hostile: JoinSet<Sent> = JoinSet::new();
    let each = total / 2 / SENDERS;
    for sender in 0..SENDERS {
        let seed = seed ^ sender;
        hostile.spawn(requests::send(dispatcher.clone(), each, seed));
        let key = server.key(STOLEN[sender as usize]).await;
        hostile.spawn(frames::send(server.address(), key, each, seed));
    }
    let key = server.key(REPLAYED).await;
    hostile.spawn(links::replay_and_flood(server.address(), key));
    hostile.spawn(requests::replay(dispatcher.clone()));
    let mut sent = Sent::new();
    while let Some(more) = hostile.join_next().await {
        for (counter, times) in more.unwrap() {
            *sent.entry(counter).or_default() += times;
        }
    }
    stop.cancel();
    let (presses, vehicle) = good.await.unwrap();
    half_open.release().await;
    for (counter, times) in &sent {
        let counted = server.counter(counter).await;
        println!("{counter} {counted}");
        assert!(counted >= *times as f64, "{counter}: sent {times}, counted {counted}");
    }
    let grown = memory_bytes().saturating_sub(before);
    println!("grown by {} MiB", grown / 1024 / 1024);
    assert!(grown < GROWTH_MOST_BYTES, "grown by {grown} bytes");

    let data = server.close().await;
    assert!(verify_data(data.path()).await.unwrap().is_clean());
    let events = events(data.path(), "yinchuan").await;
    let all: Vec<u64> = (1..=presses).collect();
    assert_eq!(crew_numbers(&events, vehicle), all, "the good crew's presses, once, in order");
    assert_eq!(crew_numbers(&events, REPLAYED), [1, 2], "a replay records nothing");
    let by_people = events.iter().filter(|event| match &event.provenance.origin {
        Origin::Person { .. } => true,
        Origin::CrewTerminal { vehicle: by, .. } => {
            assert!([vehicle, REPLAYED].contains(&by.as_str()), "nothing of {by} was a command");
            false
        }
        Origin::Automatic { .. } => false,
    });
    let kinds: Vec<&str> = by_people.map(|event| event.event.kind()).collect();
    assert_eq!(kinds, ["incident_opened", "call_taken"], "the one replayed command, once");
}

/// Memory of this process that is in use.
fn memory_bytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() * 1024
}

/// Adds one to what was sent.
fn count(sent: &mut Sent, counter: &str) {
    *sent.entry(counter.to_owned()).or_default() += 1;
}
