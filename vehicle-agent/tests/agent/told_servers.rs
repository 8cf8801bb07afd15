//! A terminal whose server is gone comes to another one that it was told of, also after a restart.

use crate::support::settings;
use crate::support::socket::CentreSocket;
use std::path::Path;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use vehicle_agent::link::LinkPhase;
use vehicle_agent::nmea::ParserOptions;
use vehicle_agent::outbox::MemoryOutbox;
use vehicle_agent::shell::{Agent, AgentSettings, FixTimes, servers_of_outbox};

/// Runs a terminal until it is welcomed somewhere.
async fn comes_on(server: &str, outbox: &Path) {
    let settings = AgentSettings {
        server: server.parse().expect("an address"),
        server_list: Some(servers_of_outbox(outbox)),
        key: "key-of-7".parse().expect("a key"),
        link: settings(1),
        parser: ParserOptions::default(),
        fix_times: FixTimes::Recorded,
        camera: None,
    };
    let stop = CancellationToken::new();
    let prepared = Agent::prepare(settings, MemoryOutbox::new("m")).await;
    let (agent, _bytes, handle) = prepared.expect("works on this machine");
    let session = tokio::spawn(agent.run(stop.clone()));
    let mut pictures = handle.pictures();
    let online = pictures.wait_for(|picture| picture.link == LinkPhase::Online).await;
    drop(online.expect("it runs"));
    stop.cancel();
    session.await.expect("works on this machine");
}

#[tokio::test]
async fn it_comes_to_the_next_one_that_it_was_told_of() {
    let (first, mut second) =
        (CentreSocket::listen("key-of-7").await, CentreSocket::listen("key-of-7").await);
    let folder = tempfile::tempdir().expect("a folder");
    let outbox = folder.path().join("outbox.db");
    let told = vec![first.url.clone(), second.url.clone()];
    first.centre.lock().expect("works on this machine").servers = told;
    comes_on(&first.url, &outbox).await;
    assert!(!second.changed.has_changed().expect("it listens"), "nobody came to the second");

    // The first is gone for good, and one that was told of does not answer either.
    let gone = TcpListener::bind("127.0.0.1:0").await.expect("works on this machine");
    let address = format!("ws://{}/ws/agent", gone.local_addr().expect("works on this machine"));
    drop(gone);
    first.cut();
    let told = format!("[\"{address}\",\"{}\"]", second.url);
    std::fs::write(servers_of_outbox(&outbox), told).expect("works on this machine");
    comes_on(&address, &outbox).await;
    assert!(second.changed.has_changed().expect("it listens"), "it came to the second");
    second.changed.mark_unchanged();
}
