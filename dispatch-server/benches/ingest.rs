//! What a position costs: the agent link beside a bare axum WebSocket that only counts, in one run.
//!
//! `cargo bench -p dispatch-server --bench ingest -- [--links 500] [--seconds 10] [--rate 20]`
//! Each server is a process of its own; its CPU and memory are read from /proc, so the load generator
//! costs neither of them anything.

#![expect(clippy::disallowed_methods, reason = "a benchmark measures real time")]

#[expect(dead_code, reason = "each bench uses its own part of it")]
mod links;
#[path = "../../dispatch-desk/benches/trial/mod.rs"]
mod trial;

use axum::Router;
use axum::extract::WebSocketUpgrade;
use axum::extract::ws::Message;
use axum::routing::get;
use dispatch_server::live::limits::READ_BUFFER_BYTES;
use futures_util::stream::{SplitSink, StreamExt};
use futures_util::{SinkExt, future::join_all};
use links::{Server, listen, number, serve_helan, settings, vehicle, word};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::net::TcpStream;
use tokio::time::{Instant, sleep, sleep_until};
use tokio_tungstenite::tungstenite::Message as ClientMessage;
use tokio_tungstenite::{WebSocketStream, client_async};
use trial::load;
use wire_protocol::PROTOCOL_VERSION;
use wire_protocol::agent::{AgentMessage, FixReport};

type Sender = SplitSink<WebSocketStream<TcpStream>, ClientMessage>;

#[tokio::main]
async fn main() {
    let (links, seconds, rate) =
        (number("--links", load(500, 3)), number("--seconds", load(10, 1)), number("--rate", 20));
    let passed_on = [("--links", links), ("--rate", rate)];
    match word("--serve").as_deref() {
        Some("helan") => {
            let _kept = serve_helan(links, settings(links, rate as f64)).await;
            std::future::pending::<()>().await;
        }
        Some(_) => {
            listen(Router::new().route("/agent/{vehicle}", get(sink))).await;
            std::future::pending::<()>().await;
        }
        None => {
            println!("{links} links, {rate} frames a second each, {seconds} s a phase");
            let bare = measure(&Server::start("bare", &passed_on), links, seconds, rate).await;
            let helan = measure(&Server::start("helan", &passed_on), links, seconds, rate).await;
            report(&bare, &helan);
        }
    }
}

/// Takes frames and counts them; the least that any WebSocket server does.
async fn sink(upgrade: WebSocketUpgrade) -> axum::response::Response {
    upgrade.read_buffer_size(READ_BUFFER_BYTES).on_upgrade(|mut socket| async move {
        let mut bytes = 0_usize;
        while let Some(Ok(frame)) = socket.recv().await {
            match frame {
                Message::Text(text) => bytes += text.len(),
                Message::Close(_) => break,
                Message::Binary(_) | Message::Ping(_) | Message::Pong(_) => {}
            }
        }
        std::hint::black_box(bytes);
    })
}

/// What one server used.
struct Used {
    idle_link_bytes: f64,
    single_frame_micros: f64,
    single_frame_sqlite_micros: f64,
    batch_frame_micros: f64,
    batch_frame_sqlite_micros: f64,
}

async fn measure(server: &Server, links: u64, seconds: u64, rate: u64) -> Used {
    let before = server.memory_bytes();
    let mut senders = join_all((0..links).map(|n| connect(server.port, n))).await;
    sleep(Duration::from_secs(1)).await;
    let idle_link_bytes = (server.memory_bytes() - before) / links as f64;
    let single = phase(server, &mut senders, 1, 1, seconds * rate, rate).await;
    let first = seconds * rate + 1;
    // Backlogs come at a tenth of the pace, sixteen fixes a frame.
    let batch =
        phase(server, &mut senders, first, 16, seconds * rate / 10, rate.div_ceil(10)).await;
    Used {
        idle_link_bytes,
        single_frame_micros: single.0,
        single_frame_sqlite_micros: single.1,
        batch_frame_micros: batch.0,
        batch_frame_sqlite_micros: batch.1,
    }
}

/// Sends frames on every link at a fixed pace, open loop; gives CPU per frame, all and SQLite.
async fn phase(
    server: &Server,
    senders: &mut [Sender],
    first: u64,
    fixes: u64,
    frames: u64,
    rate: u64,
) -> (f64, f64) {
    let before = server.cpu_micros();
    let start = Instant::now();
    let spread = 0.9 / senders.len() as f64;
    for frame in 0..frames {
        for (place, sender) in (0_u32..).zip(senders.iter_mut()) {
            // The links of a tick are spread over nine tenths of it.
            let part = f64::from(place) * spread;
            if place % 16 == 0 {
                sleep_until(start + Duration::from_secs_f64((frame as f64 + part) / rate as f64))
                    .await;
            }
            let text = frame_text(first + frame * fixes, fixes, u64::from(place));
            sender.send(ClientMessage::text(text)).await.expect("the server ended the link");
        }
    }
    sleep(Duration::from_secs(1)).await;
    let after = server.cpu_micros();
    let sent = (frames * senders.len() as u64) as f64;
    ((after.0 - before.0) / sent, (after.1 - before.1) / sent)
}

fn frame_text(first: u64, fixes: u64, link: u64) -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |it| it.as_millis() as i64);
    let fixes = (0..fixes)
        .map(|n| FixReport {
            number: first + n,
            fix_time: now - ((fixes - 1 - n) as i64) * 1000,
            // Rounded to 1e-7 degrees, as terminals send them.
            lon: f64::from((1_017_000_000 + link % 100 * 10_000 + (first + n) * 200) as u32) / 1e7,
            lat: f64::from((366_000_000 + link / 100 * 10_000) as u32) / 1e7,
            speed_mps: Some(12.5),
            heading_deg: Some(87.0),
            satellites: Some(9),
            hdop: Some(0.9),
        })
        .collect();
    serde_json::to_string(&AgentMessage::Fixes { fixes }).expect("a frame is JSON")
}

async fn connect(port: u16, n: u64) -> Sender {
    let stream = TcpStream::connect(("127.0.0.1", port)).await.expect("the server listens");
    stream.set_nodelay(true).expect("a TCP socket");
    let url = format!("ws://127.0.0.1:{port}/agent/{}", vehicle(n));
    let (socket, _) = client_async(url, stream).await.expect("the server upgrades");
    let (mut sender, mut receiver) = socket.split();
    tokio::spawn(async move { while let Some(Ok(_)) = receiver.next().await {} });
    let hello = AgentMessage::Hello {
        protocol: PROTOCOL_VERSION,
        outbox: format!("box-{n}"),
        software: "bench".into(),
        clock: 0,
        terminal: None,
    };
    let text = serde_json::to_string(&hello).expect("a hello is JSON");
    sender.send(ClientMessage::text(text)).await.expect("the server takes frames");
    sender
}

fn report(bare: &Used, helan: &Used) {
    let line = |what: &str, bare: f64, helan: f64, unit: &str| {
        println!("{what:<44} {bare:>9.2} {helan:>9.2} {unit:<4} ratio {:>5.2}", helan / bare);
    };
    println!("{:<44} {:>9} {:>9}", "", "bare", "helan");
    let kib = 1024.0;
    line("memory per idle link", bare.idle_link_bytes / kib, helan.idle_link_bytes / kib, "KiB");
    line("CPU per frame of 1 fix", bare.single_frame_micros, helan.single_frame_micros, "us");
    let without = helan.single_frame_micros - helan.single_frame_sqlite_micros;
    line("  without the thread that writes history", bare.single_frame_micros, without, "us");
    line("CPU per frame of 16 fixes", bare.batch_frame_micros, helan.batch_frame_micros, "us");
    let without = helan.batch_frame_micros - helan.batch_frame_sqlite_micros;
    line("  without the thread that writes history", bare.batch_frame_micros, without, "us");
    println!("{:<44} {:>19.2} us", "CPU per fix of a batch", helan.batch_frame_micros / 16.0);
    println!("{:<44} {:>19.2} us", "  without the thread that writes history", without / 16.0);
}
