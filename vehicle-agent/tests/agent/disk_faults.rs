//! The real program on a real disk whose system calls fail, injected with strace: every kind of failure on
//! every call that SQLite writes with. What the crew was told as stored is there after kill -9, and within
//! seconds of the disk being well again a press is stored.
//!
//! `HELAN_DISK_FAULT_SECONDS` makes each fault last that long, with presses all the while: `make faults` does so.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::support::socket::CentreSocket;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use vehicle_agent::link::MAX_STORED_COMMANDS;
use vehicle_agent::outbox::{Outbox, SqliteOutbox};
use wire_protocol::agent::CrewCommand;

/// Longer than any step takes on the slowest machine; a press is answered after five seconds at most.
const PATIENCE: Duration = Duration::from_secs(40);
/// Presses while a fault lasts: half of what an outbox keeps for a server that cannot be reached.
const MOST_PRESSES: u32 = MAX_STORED_COMMANDS as u32 / 2;
/// Nobody listens there.
const NO_SERVER: &str = "ws://127.0.0.1:9/ws/agent";

/// What strace makes the kernel answer.
const FAULTS: [(&str, &str); 8] = [
    ("full", "inject=pwrite64:error=ENOSPC"),
    ("failing", "inject=pwrite64:error=EIO"),
    ("failing to synchronise", "inject=fdatasync,fsync:error=EIO"),
    ("full at synchronising", "inject=fdatasync,fsync:error=ENOSPC"),
    ("writing nothing", "inject=pwrite64:retval=0"),
    ("read-only", "inject=pwrite64,openat,ftruncate:error=EROFS"),
    ("failing to read", "inject=pread64:error=EIO"),
    ("slow", "inject=fdatasync,fsync:delay_enter=4s"),
];

/// The agent's process, killed at the end whatever happens.
struct Agent {
    child: Child,
    page: SocketAddr,
}

impl Drop for Agent {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

impl Agent {
    fn start(server: &str, outbox: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_vehicle-agent"))
            .args(["run", "--server", server, "--source", "stdin", "--crew", "127.0.0.1:0"])
            .arg("--outbox")
            .arg(outbox)
            .env("HELAN_AGENT_KEY", "key-of-7")
            .env("NO_COLOR", "1")
            .stdin(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the agent starts");
        let says = BufReader::new(child.stderr.take().expect("it is piped")).lines();
        let (told, heard) = std::sync::mpsc::channel();
        // Reads on to the end, so that the agent never waits for its log to be read.
        std::thread::spawn(move || {
            for line in says.map_while(Result::ok) {
                if let Some((_, address)) = line.split_once("page is at http://") {
                    told.send(address.trim_end_matches('/').to_owned()).ok();
                }
            }
        });
        let page = heard.recv_timeout(PATIENCE).expect("the page is served");
        Self { child, page: page.parse().expect("an address") }
    }

    /// Presses SOS; says whether it was told as stored.
    async fn press(page: SocketAddr) -> bool {
        let body = r#"{"type":"sos"}"#;
        let request = format!(
            "POST /press HTTP/1.1\r\nhost: {page}\r\ncontent-type: application/json\r\n\
             content-length: {}\r\nconnection: close\r\n\r\n{body}",
            body.len()
        );
        let mut stream = TcpStream::connect(page).await.expect("the page is there");
        stream.write_all(request.as_bytes()).await.expect("is sent");
        let mut answer = String::new();
        let read = stream.read_to_string(&mut answer);
        tokio::time::timeout(PATIENCE, read).await.expect("is answered").expect("is read");
        answer.starts_with("HTTP/1.1 200")
    }

    /// Reads the pictures until one says this.
    async fn until_picture(page: SocketAddr, wanted: &str) {
        let mut stream = TcpStream::connect(page).await.expect("the page is there");
        let request = format!("GET /pictures HTTP/1.1\r\nhost: {page}\r\n\r\n");
        stream.write_all(request.as_bytes()).await.expect("is sent");
        let reading = async {
            let mut seen = String::new();
            let mut part = [0; 4096];
            while !seen.contains(wanted) {
                let length = stream.read(&mut part).await.expect("reads");
                assert!(length > 0, "the page ends");
                seen.push_str(&String::from_utf8_lossy(&part[..length]));
            }
        };
        let seen = tokio::time::timeout(PATIENCE, reading).await;
        seen.unwrap_or_else(|_| panic!("no picture says {wanted}"));
    }
}

/// Injects a fault into the calls that touch the outbox, for as long as it lives.
struct Fault(Child);

impl Fault {
    async fn begin(agent: u32, outbox: &Path, inject: &str) -> Self {
        let mut strace = Command::new("strace");
        strace.args(["-f", "-p", &agent.to_string(), "-e", inject, "-o", "/dev/null"]);
        for end in ["", "-wal", "-shm", "-journal", ".new", ".new-wal", ".new-shm"] {
            let mut path = outbox.as_os_str().to_owned();
            path.push(end);
            strace.arg("-P").arg(PathBuf::from(path));
        }
        let mut child =
            strace.stderr(Stdio::piped()).spawn().expect("strace is installed (scripts/test)");
        let mut says = BufReader::new(child.stderr.take().expect("it is piped")).lines();
        let attached = tokio::task::spawn_blocking(move || {
            let mut words = String::new();
            while let Some(Ok(line)) = says.next() {
                words.push_str(&line);
                if line.contains("attached") {
                    // Reads on to the end, so that strace never waits for its words to be read.
                    std::thread::spawn(move || says.for_each(drop));
                    return;
                }
            }
            panic!("strace cannot attach: {words}");
        });
        attached.await.expect("strace attaches");
        Self(child)
    }

    fn end(mut self) {
        let pid = self.0.id().to_string();
        Command::new("kill").args(["-TERM", &pid]).status().expect("strace is told to let go");
        self.0.wait().expect("strace lets go");
    }
}

/// Presses for as long as a fault is to last; gives how many were told as stored. A disk that stores at once gets
/// them one after the other, but not more than an outbox that nobody empties takes.
async fn press_on(page: SocketAddr, pressed: &mut u64) -> u64 {
    let seconds = std::env::var("HELAN_DISK_FAULT_SECONDS").ok().and_then(|it| it.parse().ok());
    let lasts = Duration::from_secs(seconds.unwrap_or(0));
    let (began, mut told) = (tokio::time::Instant::now(), 0);
    let mut turns = tokio::time::interval((lasts / MOST_PRESSES).max(Duration::from_millis(1)));
    while began.elapsed() < lasts {
        turns.tick().await;
        told += u64::from(Agent::press(page).await);
        *pressed += 1;
    }
    told
}

async fn survives(what: &str, inject: &str, server: &str) -> Vec<u64> {
    let folder = tempfile::tempdir().expect("a folder");
    let outbox = folder.path().join("outbox.db");
    let agent = Agent::start(server, &outbox);
    let (mut told, mut pressed_on) = (0, 0);
    for _ in 0..2 {
        assert!(Agent::press(agent.page).await, "{what}: a healthy disk stores");
        told += 1;
    }
    let fault = Fault::begin(agent.child.id(), &outbox, inject).await;
    let pressed = tokio::spawn(Agent::press(agent.page));
    if inject.contains("pread64") {
        // All that is needed is in SQLite's memory: the press may well be stored.
        told += u64::from(pressed.await.expect("is answered"));
        told += press_on(agent.page, &mut pressed_on).await;
        fault.end();
    } else {
        Agent::until_picture(agent.page, r#""storage_failing":true"#).await;
        let second = tokio::spawn(Agent::press(agent.page));
        told += u64::from(pressed.await.expect("is answered"));
        told += press_on(agent.page, &mut pressed_on).await;
        fault.end();
        told += u64::from(second.await.expect("is answered"));
    }
    assert!(Agent::press(agent.page).await, "{what}: stored within seconds of the disk being well");
    told += 1;
    Agent::until_picture(agent.page, r#""storage_failing":false"#).await;
    drop(agent);
    let content = SqliteOutbox::open(&outbox).await.expect("opens").load().await.expect("loads");
    assert!(content.commands.len() as u64 >= told, "{what}: {told} told, {content:?}");
    let pressed = 5 - u64::from(inject.contains("pread64")) + pressed_on;
    assert_eq!(content.last_command_number, pressed, "{what}");
    content.commands.iter().map(|command| command.number).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_told_as_stored_is_there_after_every_fault() {
    let mut runs = tokio::task::JoinSet::new();
    for (what, inject) in FAULTS {
        runs.spawn(survives(what, inject, NO_SERVER));
    }
    while let Some(run) = runs.join_next().await {
        let numbers = run.expect("the fault is survived");
        assert!(numbers.iter().copied().eq(1..=numbers.len() as u64), "{numbers:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_call_for_help_reaches_the_centre_while_the_disk_fails() {
    let mut centre = CentreSocket::listen("key-of-7").await;
    let folder = tempfile::tempdir().expect("a folder");
    let outbox = folder.path().join("outbox.db");
    let agent = Agent::start(&centre.url, &outbox);
    Agent::until_picture(agent.page, r#""link":"online""#).await;
    let fault =
        Fault::begin(agent.child.id(), &outbox, "inject=pwrite64,fdatasync:error=EIO").await;
    let pressed = tokio::spawn(Agent::press(agent.page));
    let arrived = centre.until(|centre| centre.commands == [CrewCommand::Sos]);
    tokio::time::timeout(PATIENCE, arrived).await.expect("the call for help arrives");
    assert!(pressed.await.expect("is answered"), "the centre has it, so it is safe");
    fault.end();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_program_starts_with_a_disk_that_takes_nothing_and_heals() {
    let folder = tempfile::tempdir().expect("a folder");
    let outbox = folder.path().join("not there yet/outbox.db");
    let agent = Agent::start(NO_SERVER, &outbox);
    Agent::until_picture(agent.page, r#""storage_failing":true"#).await;
    assert!(!Agent::press(agent.page).await, "it does not claim that it is stored");
    std::fs::create_dir(outbox.parent().expect("a folder")).expect("the disk appears");
    Agent::until_picture(agent.page, r#""unstored_commands":0"#).await;
    drop(agent);
    let content = SqliteOutbox::open(&outbox).await.expect("opens").load().await.expect("loads");
    assert_eq!(content.commands.len(), 1, "the press from before is on it");
}
