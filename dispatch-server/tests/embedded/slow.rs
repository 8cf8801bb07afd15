//! More slow connections of each kind than one address may have, from one stranger or from one who is signed in,
//! while commands, sign-ins and health still answer. It prints how long they took beside the same server a moment
//! before; for `docs/reliability.md` with `HELAN_SLOW_ROUNDS=100 cargo test -p dispatch-server --test embedded slow:: -- --nocapture`.

use crate::http_support::{CITY, Caller, Server, take_call};
use std::net::SocketAddr;
use std::time::{Duration, Instant};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use wire_protocol::vocabulary::Role;

/// More than one address may have, so that each kind comes to the point at which somebody has to give way.
const SLOW: usize = 2_300;

/// Questions of each sort beside each kind of slow connections and before it, unless `HELAN_SLOW_ROUNDS` wants more:
/// few show that everything answers, a hundred how fast.
const FEW_ROUNDS: usize = 4;

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
        ("slow command", format!("POST /api/v1/commands HTTP/1.1\r\n{cookie}{body}\r\n{{")),
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

/// How long commands and health took, sorted.
#[derive(Debug, Default)]
struct Took {
    commands: Vec<Duration>,
    health: Vec<Duration>,
}

impl Took {
    /// Asks again and again on fresh connections, everything answered as ever.
    async fn by(li: &Caller, beside: &str) -> Self {
        let mut took = Self::default();
        let rounds = std::env::var("HELAN_SLOW_ROUNDS").ok().and_then(|it| it.parse().ok());
        for round in 0..rounds.unwrap_or(FEW_ROUNDS) {
            for path in ["/healthz", "/readyz", "/api/v1/vehicles"] {
                let fresh = Caller { client: reqwest::Client::new(), ..li.clone() };
                let began = Instant::now();
                assert_eq!(fresh.get(path).await.status, 200, "{path} beside {beside}, {round}");
                if path.ends_with('z') {
                    took.health.push(began.elapsed());
                }
            }
            let fresh = Caller { client: reqwest::Client::new(), ..li.clone() };
            let began = Instant::now();
            let done = fresh.execute(CITY, take_call()).await.short();
            assert_eq!(done, "200", "beside {beside}, {round}");
            took.commands.push(began.elapsed());
        }
        took.commands.sort_unstable();
        took.health.sort_unstable();
        took
    }

    /// Medians in milliseconds, and each as a multiple of the one a moment before.
    fn row(&self, name: &str, quiet: &Self) -> String {
        let cell = |own: &[Duration], quiet: &[Duration]| {
            let median = |all: &[Duration]| all[all.len() / 2].as_secs_f64();
            let own = median(own);
            format!("{:.1} ms, {:.2} x", own * 1e3, own / median(quiet))
        };
        let (commands, health) =
            (cell(&self.commands, &quiet.commands), cell(&self.health, &quiet.health));
        format!("| {name} | {commands} | {health} |")
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn slow_strangers_stop_neither_commands_nor_sign_ins_nor_health() {
    assert!(SLOW > bounded_http::Bounds::default().per_peer);
    let server = Server::start().await;
    let li = server.person("li", Role::Dispatcher, CITY).await;
    let kinds = kinds(li.cookie.as_deref().unwrap(), &server.key("XN-01-1").await);
    println!("| slow connections | commands, median | health, median |\n|---|---|---|");
    for (kind, sent) in kinds {
        let quiet = Took::by(&li, "nobody").await;
        let mut held = Vec::with_capacity(SLOW);
        for _ in 0..SLOW {
            held.extend(slow(server.running.address, &sent).await);
        }
        println!("{}", Took::by(&li, kind).await.row(kind, &quiet));
        let fresh = server.nobody().signed_in("li", crate::http_support::PASSWORD).await;
        assert_eq!(fresh.get("/api/v1/session").await.status, 200, "{kind}");
        // Of each kind some had to go, or it was answered and is held to what answers are held to.
        let ended = held.iter().filter(|socket| has_ended(socket)).count();
        assert!(ended > 0, "{kind}: {} were held and nobody gave way", held.len());
        drop(held);
    }
}

/// Whether the server has ended a connection, or said anything on it.
fn has_ended(socket: &TcpStream) -> bool {
    let mut byte = [0];
    !matches!(socket.try_read(&mut byte), Err(error) if error.kind() == std::io::ErrorKind::WouldBlock)
}
