//! What showing moving vehicles costs: the console feed beside writing one ready-made frame of the same
//! size to as many sockets, in one run.
//!
//! `cargo bench -p dispatch-server --bench fan_out -- [--consoles 500] [--vehicles 10000] [--seconds 10]`

#![expect(clippy::disallowed_methods, reason = "a benchmark measures real time")]

#[expect(dead_code, reason = "each bench uses its own part of it")]
mod links;
#[path = "../../dispatch-desk/benches/trial/mod.rs"]
mod trial;

use axum::Router;
use axum::body::Bytes;
use axum::extract::ws::Message;
use axum::extract::{State, WebSocketUpgrade};
use axum::response::Response;
use axum::routing::get;
use dispatch_core::fleet::Fix;
use dispatch_core::model::{Timestamp, Wgs84};
use dispatch_server::live::limits::READ_BUFFER_BYTES;
use dispatch_server::live::{Live, LiveSettings};
use futures_util::future::join_all;
use links::{Server, listen, number, serve_helan, settings, vehicle, word};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::broadcast;
use tokio::time::{MissedTickBehavior, interval, sleep};
use trial::load;
use wire_protocol::positions::{HEADER_BYTES, RECORD_BYTES};

/// Half a second, as in operation.
const TICK: Duration = Duration::from_millis(500);

#[tokio::main]
async fn main() {
    let (consoles, vehicles, seconds) = (
        number("--consoles", load(500, 2)),
        number("--vehicles", load(10_000, 20)),
        number("--seconds", load(10, 1)),
    );
    let passed_on = [("--consoles", consoles), ("--vehicles", vehicles)];
    match word("--serve").as_deref() {
        Some("helan") => {
            let settings = LiveSettings { position_tick: TICK, ..settings(vehicles, 1.0) };
            let (live, _data) = serve_helan(vehicles, settings).await;
            drive(&live, vehicles).await;
        }
        Some(_) => ready_made(vehicles).await,
        None => {
            println!("{consoles} consoles, {vehicles} vehicles that all move, {seconds} s each");
            let bare = Server::start("bare", &passed_on);
            let bare = measure(&bare, consoles, vehicles, seconds).await;
            let helan = Server::start("helan", &passed_on);
            let helan = measure(&helan, consoles, vehicles, seconds).await;
            report(&bare, &helan);
        }
    }
}

/// Moves every vehicle between two ticks.
async fn drive(live: &Live, vehicles: u64) {
    let ids: Vec<_> = (0..vehicles).map(vehicle).collect();
    let mut ticks = interval(TICK);
    for step in 0_u32.. {
        ticks.tick().await;
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |it| it.as_millis());
        for (n, id) in (0_u32..).zip(&ids) {
            let east = f64::from(n % 100) * 0.003 + f64::from(step % 10_000) * 0.000_05;
            let position = Wgs84 { lon: 101.5 + east, lat: 36.4 + f64::from(n / 100) * 0.003 };
            let fix_time = Timestamp(now as i64);
            let (speed_mps, heading_deg) = (Some(9.0), Some(90.0));
            live.observe(id, Fix { position, fix_time, speed_mps, heading_deg });
        }
    }
}

/// Writes one frame, made once, to every socket at every tick.
async fn ready_made(vehicles: u64) {
    let size = HEADER_BYTES + RECORD_BYTES * vehicles as usize;
    let frame = Bytes::from(vec![7_u8; size]);
    let (tell, _) = broadcast::channel(4);
    let router = Router::new().route("/console", get(console)).with_state((tell.clone(), frame));
    listen(router).await;
    let mut ticks = interval(TICK);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Skip);
    loop {
        ticks.tick().await;
        // Nobody listens until the first console is there.
        let _ = tell.send(());
    }
}

type Made = (broadcast::Sender<()>, Bytes);

async fn console(State((tell, frame)): State<Made>, upgrade: WebSocketUpgrade) -> Response {
    upgrade.read_buffer_size(READ_BUFFER_BYTES).on_upgrade(move |mut socket| async move {
        let mut hear = tell.subscribe();
        loop {
            match hear.recv().await {
                Ok(()) | Err(broadcast::error::RecvError::Lagged(_)) => {}
                Err(broadcast::error::RecvError::Closed) => return,
            }
            if socket.send(Message::Binary(frame.clone())).await.is_err() {
                return;
            }
        }
    })
}

/// What one server used.
struct Used {
    tick_millis: f64,
    frames_per_tick_and_console: f64,
    bytes_per_vehicle: f64,
}

async fn measure(server: &Server, consoles: u64, vehicles: u64, seconds: u64) -> Used {
    let received = Arc::new(AtomicU64::new(0));
    join_all((0..consoles).map(|_| connect(server.port, received.clone()))).await;
    settle(&received, consoles, vehicles).await;
    let (cpu, bytes) = (server.cpu_micros().0, received.load(Ordering::Relaxed));
    sleep(Duration::from_secs(seconds)).await;
    let cpu = server.cpu_micros().0 - cpu;
    let bytes = (received.load(Ordering::Relaxed) - bytes) as f64;
    let ticks = seconds as f64 / TICK.as_secs_f64();
    let frame = (HEADER_BYTES + RECORD_BYTES * vehicles as usize) as f64;
    let per_console = bytes / ticks / consoles as f64;
    Used {
        tick_millis: cpu / 1000.0 / ticks,
        frames_per_tick_and_console: per_console / frame,
        bytes_per_vehicle: per_console / vehicles as f64,
    }
}

/// Waits until the snapshots are through and only frames come, at most a minute.
async fn settle(received: &AtomicU64, consoles: u64, vehicles: u64) {
    let frame = (HEADER_BYTES + RECORD_BYTES * vehicles as usize) as f64;
    let usual = frame * consoles as f64 * 2.0 / TICK.as_secs_f64();
    let (mut before, mut quiet) = (received.load(Ordering::Relaxed), 0);
    for _ in 0..30 {
        sleep(Duration::from_secs(2)).await;
        let now = received.load(Ordering::Relaxed);
        quiet = if (now - before) as f64 <= usual * 1.1 { quiet + 1 } else { 0 };
        before = now;
        if quiet == 3 {
            return;
        }
    }
}

/// A console that reads everything and looks at nothing.
async fn connect(port: u16, received: Arc<AtomicU64>) {
    let mut socket = TcpStream::connect(("127.0.0.1", port)).await.expect("the server listens");
    let request = "GET /console HTTP/1.1\r\nHost: bench\r\nConnection: Upgrade\r\n\
                   Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
                   Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";
    socket.write_all(request.as_bytes()).await.expect("the server reads");
    let subscribe = br#"{"type":"subscribe","protocol":1}"#;
    // A final text frame, masked with zeros.
    let mut frame = vec![0x81, 0x80 | subscribe.len() as u8, 0, 0, 0, 0];
    frame.extend_from_slice(subscribe);
    socket.write_all(&frame).await.expect("the server reads");
    tokio::spawn(async move {
        let mut buffer = vec![0_u8; 64 * 1024];
        while let Ok(read) = socket.read(&mut buffer).await {
            if read == 0 {
                break;
            }
            received.fetch_add(read as u64, Ordering::Relaxed);
        }
    });
}

fn report(bare: &Used, helan: &Used) {
    let line = |what: &str, bare: f64, helan: f64, unit: &str| {
        println!("{what:<40} {bare:>9.2} {helan:>9.2} {unit:<3} ratio {:>5.2}", helan / bare);
    };
    println!("{:<40} {:>9} {:>9}", "", "ready", "helan");
    line("CPU per tick", bare.tick_millis, helan.tick_millis, "ms");
    line(
        "frames received per tick and console",
        bare.frames_per_tick_and_console,
        helan.frames_per_tick_and_console,
        "",
    );
    line("bytes per vehicle and tick", bare.bytes_per_vehicle, helan.bytes_per_vehicle, "");
}
