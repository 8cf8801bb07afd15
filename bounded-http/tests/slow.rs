//! Each way of being slow comes to its end, and what is not slow is served to its end.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use axum::Router;
use axum::body::Bytes;
use axum::routing::{get, post};
use bounded_http::{Bounds, serve};
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;

/// Far more than the buffers of both ends hold.
const BIG: usize = 32 * 1024 * 1024;

fn short() -> Bounds {
    let short = Duration::from_millis(300);
    Bounds { header: short, body: short, idle: short, stall: short, ..Bounds::default() }
}

async fn started(bounds: Bounds) -> (SocketAddr, CancellationToken, tokio::task::JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let routes = Router::new()
        .route("/", get(|| async { "hello" }))
        .route("/big", get(|| async { vec![b'x'; BIG] }))
        .route("/echo", post(|body: Bytes| async move { body }));
    let stop = CancellationToken::new();
    let running = tokio::spawn(serve(listener, routes, bounds, stop.clone()));
    (address, stop, running)
}

async fn send(address: SocketAddr, text: &str) -> TcpStream {
    let mut socket = TcpStream::connect(address).await.unwrap();
    socket.write_all(text.as_bytes()).await.unwrap();
    socket
}

/// What comes until the other side ends it; a hard end counts like a soft one.
async fn until_end(mut socket: TcpStream) -> Vec<u8> {
    let mut all = Vec::new();
    let _ = socket.read_to_end(&mut all).await;
    all
}

#[tokio::test]
async fn whoever_falls_silent_is_cut_off() {
    let (address, ..) = started(short()).await;
    let half_body = "POST /echo HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\nhalf";
    for silent in ["", "GET / HT", "GET / HTTP/1.1\r\nhost: x\r\nx: ", half_body] {
        let all = until_end(send(address, silent).await).await;
        assert!(all.is_empty(), "{silent:?}: {}", String::from_utf8_lossy(&all));
    }
    let answered = until_end(send(address, "GET / HTTP/1.1\r\nhost: x\r\n\r\n").await).await;
    assert!(answered.ends_with(b"hello"));
}

#[tokio::test]
async fn one_byte_at_a_time_is_no_way_to_keep_a_connection() {
    let (address, ..) = started(short()).await;
    let mut socket = send(address, "GET / HTTP/1.1\r\nx: ").await;
    // Ends by itself only because the server cuts it off.
    while socket.write_all(b"a").await.is_ok() {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn whoever_takes_no_answer_is_cut_off_and_a_slow_reader_gets_all() {
    let (address, ..) = started(Bounds { slowest_reader: 1024 * 1024, ..short() }).await;
    let ask = "GET /big HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
    let mut deaf = send(address, ask).await;
    // Reads only once the server has given up: less than all is there then.
    let (mut read_half, mut write_half) = deaf.split();
    while write_half.write_all(b"x").await.is_ok() {
        tokio::task::yield_now().await;
    }
    let mut all = Vec::new();
    let _ = read_half.read_to_end(&mut all).await;
    assert!(all.len() < BIG, "{}", all.len());
    assert!(until_end(send(address, ask).await).await.len() > BIG);
}

#[tokio::test]
async fn a_flood_gives_way_to_whoever_comes_next() {
    let (address, ..) = started(Bounds { per_peer: 8, ..Bounds::default() }).await;
    let mut flood = Vec::new();
    for _ in 0..100 {
        flood.push(send(address, "GET / HTTP/1.1\r\nx: ").await);
    }
    let ask = "GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
    assert!(until_end(send(address, ask).await).await.ends_with(b"hello"));
    assert!(until_end(flood.swap_remove(0)).await.is_empty());
}

#[tokio::test]
async fn a_stop_waits_for_nobody_who_is_only_slow() {
    let (address, stop, running) = started(Bounds::default()).await;
    let half_header = send(address, "GET / HTTP/1.1\r\nx: ").await;
    let half_body = send(address, "POST /echo HTTP/1.1\r\ncontent-length: 9\r\n\r\n").await;
    let mut idle = send(address, "GET / HTTP/1.1\r\nhost: x\r\n\r\n").await;
    let mut byte = [0];
    idle.read_exact(&mut byte).await.unwrap();
    stop.cancel();
    running.await.unwrap();
    drop((half_header, half_body, idle));
}
