//! Whole sessions over real sockets: bytes in, messages at the centre, presses through the page.

use std::time::Duration;

use crate::support::socket::CentreSocket;
use crate::support::*;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;
use vehicle_agent::crew;
use vehicle_agent::link::{LinkPhase, ScreenState};
use vehicle_agent::map::MapShelf;
use vehicle_agent::nmea::ParserOptions;
use vehicle_agent::outbox::{MemoryOutbox, SqliteOutbox};
use vehicle_agent::shell::{Agent, AgentHandle, AgentSettings, FixTimes};
use wire_protocol::agent::CrewCommand;
use wire_protocol::vocabulary::{Milestone, VehicleState};

fn agent_settings(centre: &CentreSocket, key: &str) -> AgentSettings {
    AgentSettings {
        server: centre.url.parse().expect("works on this machine"),
        server_list: None,
        key: key.parse().expect("works on this machine"),
        link: settings(1),
        parser: ParserOptions::default(),
        fix_times: FixTimes::Recorded,
        camera: None,
    }
}

async fn until(handle: &AgentHandle, wanted: impl Fn(&ScreenState) -> bool) {
    handle.pictures().wait_for(|picture| wanted(picture)).await.expect("works on this machine");
}

fn rmc(second: u32) -> String {
    nmea(&format!("BDRMC,0102{second:02}.00,A,3828.2000,N,10616.2000,E,22.0,90.0,010126,,,A"))
}

#[tokio::test]
async fn positions_and_presses_reach_the_centre_through_a_cut_and_a_restart() {
    let mut centre = CentreSocket::listen("key-of-7").await;
    let folder = tempfile::tempdir().expect("works on this machine");
    let path = folder.path().join("outbox.db");

    let stop = CancellationToken::new();
    let outbox = SqliteOutbox::open(&path).await.expect("works on this machine");
    let (agent, bytes, handle) = Agent::prepare(agent_settings(&centre, "key-of-7"), outbox)
        .await
        .expect("works on this machine");
    let session = tokio::spawn(agent.run(stop.clone()));
    bytes.send(rmc(3).into_bytes()).await.expect("works on this machine");
    centre.until(|centre| centre.fixes.len() == 1).await;
    let fix = centre.centre.lock().expect("works on this machine").fixes[&1].clone();
    assert_eq!((fix.lon, fix.lat), (106.27, 38.47));
    assert_eq!(fix.fix_time, NEW_YEAR_MS + 3_723_000);

    let given = order("T-1", i64::MAX / 4);
    centre.duty.send_replace(Some(duty(5, VehicleState::TaskAssigned, Some(given))));
    until(&handle, |picture| picture.order.is_some()).await;
    let step = handle.picture().next.clone().expect("works on this machine").command();
    handle.press(step).await.expect("works on this machine");
    centre.until(|centre| centre.commands.len() == 2).await;

    centre.cut();
    until(&handle, |picture| picture.link != LinkPhase::Online).await;
    let step = handle.picture().next.clone().expect("works on this machine").command();
    let number = handle.press(step).await.expect("works on this machine");
    assert_eq!(number, 3);
    stop.cancel();
    session.await.expect("works on this machine");

    // The terminal starts again with the same file.
    let stop = CancellationToken::new();
    let outbox = SqliteOutbox::open(&path).await.expect("works on this machine");
    let (agent, _bytes, handle) = Agent::prepare(agent_settings(&centre, "key-of-7"), outbox)
        .await
        .expect("works on this machine");
    assert_eq!(handle.picture().state, Some(VehicleState::ToScene), "it still knows the order");
    let session = tokio::spawn(agent.run(stop.clone()));
    centre.until(|centre| centre.commands.len() == 3).await;
    let commands = centre.centre.lock().expect("works on this machine").commands.clone();
    assert!(matches!(&commands[0], CrewCommand::DeviceReceipt { task } if task == "T-1"));
    assert!(matches!(
        &commands[1],
        CrewCommand::Milestone { milestone: Milestone::OrderReceived, .. }
    ));
    assert!(matches!(&commands[2], CrewCommand::Milestone { milestone: Milestone::Departed, .. }));
    until(&handle, |picture| picture.waiting_commands == 0).await;
    stop.cancel();
    session.await.expect("works on this machine");
}

#[tokio::test]
async fn a_wrong_key_is_told_to_the_crew() {
    let centre = CentreSocket::listen("key-of-7").await;
    let stop = CancellationToken::new();
    let (agent, _bytes, handle) =
        Agent::prepare(agent_settings(&centre, "wrong"), MemoryOutbox::new("m"))
            .await
            .expect("works on this machine");
    let session = tokio::spawn(agent.run(stop.clone()));
    until(&handle, |picture| picture.link_trouble.is_some()).await;
    let trouble = handle.picture().link_trouble.clone().expect("works on this machine");
    assert!(trouble.contains("401"), "{trouble}");
    stop.cancel();
    session.await.expect("works on this machine");
}

#[tokio::test]
async fn a_hundred_sessions_run_in_one_process() {
    let mut centres = Vec::new();
    let stop = CancellationToken::new();
    for vehicle in 0..100 {
        let centre = CentreSocket::listen("k").await;
        let outbox = MemoryOutbox::new(format!("vehicle-{vehicle}"));
        let (agent, bytes, _) = Agent::prepare(agent_settings(&centre, "k"), outbox)
            .await
            .expect("works on this machine");
        tokio::spawn(agent.run(stop.clone()));
        bytes.send(rmc(3).into_bytes()).await.expect("works on this machine");
        centres.push((centre, bytes));
    }
    for (centre, _) in &mut centres {
        centre.until(|centre| !centre.fixes.is_empty()).await;
    }
    stop.cancel();
}

async fn http(address: std::net::SocketAddr, head: &str, body: &str) -> String {
    let mut stream = TcpStream::connect(address).await.expect("works on this machine");
    let request =
        format!("{head}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}", body.len());
    stream.write_all(request.as_bytes()).await.expect("works on this machine");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("works on this machine");
    answer
}

#[tokio::test]
async fn the_page_takes_presses_from_its_own_screen_only() {
    let mut centre = CentreSocket::listen("k").await;
    let stop = CancellationToken::new();
    let (agent, _bytes, handle) =
        Agent::prepare(agent_settings(&centre, "k"), MemoryOutbox::new("m"))
            .await
            .expect("works on this machine");
    tokio::spawn(agent.run(stop.clone()));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("works on this machine");
    let address = listener.local_addr().expect("works on this machine");
    let page = tokio::spawn(crew::serve(listener, handle.clone(), MapShelf::empty(), stop.clone()));

    let html = http(address, &format!("GET / HTTP/1.1\r\nhost: {address}"), "").await;
    assert!(html.starts_with("HTTP/1.1 200") && html.contains("lang=\"zh-CN\""), "{html}");

    let lower = html.to_lowercase();
    for header in
        ["x-frame-options: deny", "frame-ancestors 'none'", "x-content-type-options: nosniff"]
    {
        assert!(lower.contains(header), "{header} in {html}");
    }
    assert!(!html.contains("style=\""), "no style that its own policy forbids");

    let press =
        format!("POST /press HTTP/1.1\r\ncontent-type: application/json\r\nhost: {address}");
    let taken = http(address, &press, r#"{"type":"sos"}"#).await;
    assert!(taken.starts_with("HTTP/1.1 200"), "{taken}");
    centre.until(|centre| centre.commands == [CrewCommand::Sos]).await;

    let refused = [
        http(address, &press.replace(&address.to_string(), "evil.example"), r#"{"type":"sos"}"#)
            .await,
        http(address, &format!("{press}\r\norigin: http://evil.example"), r#"{"type":"sos"}"#)
            .await,
        http(address, &press.replace("application/json", "text/plain"), r#"{"type":"sos"}"#).await,
        http(address, &press, r#"{"type":"device_receipt","task":"T"}"#).await,
        http(address, &press, &format!(r#"{{"type":"sos","x":"{}"}}"#, "x".repeat(10_000))).await,
    ]
    .map(|answer| answer[9..12].to_owned());
    assert_eq!(refused, ["403", "403", "415", "400", "413"]);
    let no_order = r#"{"type":"milestone","task":"T-9","milestone":"departed"}"#;
    let told = http(address, &press, no_order).await;
    assert!(told.contains("409") && told.contains("not_your_order"), "{told}");
    assert_eq!(centre.centre.lock().expect("works on this machine").commands.len(), 1);

    stop.cancel();
    tokio::time::timeout(Duration::from_secs(20), page)
        .await
        .expect("works on this machine")
        .expect("works on this machine")
        .expect("works on this machine");
}
