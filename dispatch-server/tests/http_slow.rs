//! Two thousand slow connections of each kind, from one stranger or from one who is signed in, while commands,
//! sign-ins and health still answer.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod http_support;

use http_support::{CITY, Caller, Server, take_call};
use std::net::SocketAddr;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use wire_protocol::vocabulary::Role;

const SLOW: usize = 2_000;

/// What each of the slow ones sends before it falls silent.
fn kinds(cookie: &str, key: &str) -> Vec<(&'static str, String)> {
    let body = "host: x\r\ncontent-type: application/json\r\ncontent-length: 500\r\n";
    let upgrade = "host: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\
         sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    let cookie = format!("cookie: helan_session={cookie}\r\n");
    vec![
        ("nothing", String::new()),
        ("half a header", "GET /healthz HTTP/1.1\r\nhost: x\r\nx-slow: ".to_owned()),
        ("slow sign-in", format!("POST /api/v1/session HTTP/1.1\r\n{body}\r\n{{")),
        ("slow set-up", format!("POST /api/v1/setup HTTP/1.1\r\n{body}\r\n{{")),
        ("slow act", format!("POST /api/v1/acts HTTP/1.1\r\n{cookie}{body}\r\n{{")),
        (
            "upgrade and slow body",
            format!(
                "POST /api/v1/session HTTP/1.1\r\nupgrade: h2c\r\nconnection: upgrade\r\n{body}\r\n{{"
            ),
        ),
        ("idle after an answer", "GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n".to_owned()),
        ("reads nothing", "GET /api/openapi.json HTTP/1.1\r\nhost: x\r\n\r\n".repeat(20)),
        ("no handshake", format!("GET /ws/console HTTP/1.1\r\n{upgrade}\r\n")),
        ("a feed that says nothing", format!("GET /ws/console HTTP/1.1\r\n{cookie}{upgrade}\r\n")),
        (
            "a terminal that says nothing",
            format!("GET /ws/agent HTTP/1.1\r\nauthorization: Bearer {key}\r\n{upgrade}\r\n"),
        ),
    ]
}

async fn slow(address: SocketAddr, sent: &str) -> Option<TcpStream> {
    let mut socket = TcpStream::connect(address).await.ok()?;
    // Cut off already, when too many came at one time: as good as any other end.
    socket.write_all(sent.as_bytes()).await.ok()?;
    Some(socket)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn slow_strangers_stop_neither_commands_nor_sign_ins_nor_health() {
    let server = Server::start().await;
    let li = server.person("li", Role::Dispatcher, CITY).await;
    let kinds = kinds(li.cookie.as_deref().unwrap(), &server.key("XN-01-1").await);
    for (kind, sent) in kinds {
        let mut held = Vec::with_capacity(SLOW);
        for _ in 0..SLOW {
            held.extend(slow(server.running.address, &sent).await);
        }
        for round in 0..3 {
            let ask = |path: &'static str| {
                let asker = Caller { client: reqwest::Client::new(), ..li.clone() };
                async move { asker.get(path).await.status }
            };
            assert_eq!(ask("/healthz").await, 200, "{kind}, {round}");
            assert_eq!(ask("/readyz").await, 200, "{kind}, {round}");
            assert_eq!(ask("/api/v1/vehicles").await, 200, "{kind}, {round}");
            let fresh = Caller { client: reqwest::Client::new(), ..li.clone() };
            assert_eq!(fresh.act(CITY, take_call()).await.short(), "200", "{kind}, {round}");
        }
        let fresh = server.nobody().signed_in("li", http_support::PASSWORD).await;
        assert_eq!(fresh.get("/api/v1/session").await.status, 200, "{kind}");
        drop(held);
    }
}
