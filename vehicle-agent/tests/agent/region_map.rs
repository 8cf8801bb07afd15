//! The region's map on the terminal: fetched once, kept through a power cut, and never in the way.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use crate::support::at;
use crate::support::settings;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use vehicle_agent::link::{Link, LinkPhase, ScreenState};
use vehicle_agent::map::{MapAnswer, MapError, MapKeeper, MapShelf, keep_up};
use vehicle_agent::outbox::OutboxContent;

const MAP: &str = r#"{"type":"FeatureCollection","features":[]}"#;

/// A server that gives one answer after the other, each on a line of its own.
struct Server {
    listener: TcpListener,
    url: String,
}

impl Server {
    async fn listen() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let url = format!("ws://{}/ws/agent", listener.local_addr().expect("it has one"));
        Self { listener, url }
    }

    fn keeper(&self, outbox: &Path) -> (MapKeeper, MapShelf) {
        let server = self.url.parse().expect("is an address");
        MapKeeper::beside(outbox, server, "key-of-7".parse().expect("is a key"))
    }

    /// One question of this keeper, answered with these bytes and the end of the line; gives the question too.
    async fn asked(
        &self,
        keeper: &MapKeeper,
        answer: &[u8],
    ) -> (String, Result<MapAnswer, MapError>) {
        let answering = async {
            let (mut line, _) = self.listener.accept().await.expect("it comes");
            let question = head(&mut line).await;
            line.write_all(answer).await.ok();
            question
        };
        tokio::join!(answering, keeper.ask())
    }
}

async fn head(line: &mut TcpStream) -> String {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(line.read_u8().await.expect("a whole head comes"));
    }
    String::from_utf8(head).expect("is text").to_lowercase()
}

fn with_map(headers: &str, map: &str) -> Vec<u8> {
    let length = map.len();
    format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/geo+json\r\n{headers}content-length: {length}\r\n\r\n{map}"
    )
    .into_bytes()
}

fn status(line: &str) -> Vec<u8> {
    format!("HTTP/1.1 {line}\r\ncontent-length: 0\r\n\r\n").into_bytes()
}

struct Disk {
    folder: tempfile::TempDir,
}

impl Disk {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("works on this machine") }
    }

    fn outbox(&self) -> PathBuf {
        self.folder.path().join("outbox.db")
    }

    fn map(&self) -> PathBuf {
        self.folder.path().join("outbox.db.map")
    }

    fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.folder.path()).expect("it is there");
        let name = |it: std::io::Result<std::fs::DirEntry>| it.expect("is read").file_name();
        let mut names: Vec<String> =
            entries.map(|it| name(it).into_string().expect("is text")).collect();
        names.sort();
        names
    }
}

fn text(shelf: &MapShelf) -> Option<String> {
    let map = shelf.newest()?;
    Some(String::from_utf8(map.body.to_vec()).expect("is text"))
}

#[tokio::test]
async fn a_map_is_fetched_once_kept_through_a_power_cut_and_asked_for_by_its_tag() {
    let (server, disk) = (Server::listen().await, Disk::new());
    let (mut keeper, shelf) = server.keeper(&disk.outbox());
    keeper.load().await;
    assert_eq!(text(&shelf), None);
    let (question, answer) = server.asked(&keeper, &with_map("etag: W/\"1\"\r\n", MAP)).await;
    assert!(question.starts_with("get /api/v1/vehicle/map http/1.1"), "{question}");
    assert!(question.contains("authorization: bearer key-of-7"), "{question}");
    assert!(!question.contains("if-none-match"), "{question}");
    keeper.take(answer.expect("it is a map")).await;
    let version = shelf.version();
    drop(keeper);

    let (mut keeper, shelf) = server.keeper(&disk.outbox());
    keeper.load().await;
    assert_eq!(text(&shelf).as_deref(), Some(MAP));
    assert_eq!(shelf.version(), version);
    let (question, answer) = server.asked(&keeper, &status("304 Not Modified")).await;
    assert!(question.contains("if-none-match: w/\"1\""), "{question}");
    assert_eq!(answer.expect("it is an answer"), MapAnswer::Unchanged);
    keeper.take(MapAnswer::Unchanged).await;
    assert_eq!(disk.names(), ["outbox.db.map"]);

    let (_, answer) = server.asked(&keeper, &with_map("etag: W/\"2\"\r\n", "{}")).await;
    keeper.take(answer.expect("it is a map")).await;
    assert_eq!(text(&shelf).as_deref(), Some("{}"));
    assert_ne!(shelf.version(), version);
}

#[tokio::test]
async fn a_damaged_file_is_put_away_and_the_map_fetched_anew() {
    let (server, disk) = (Server::listen().await, Disk::new());
    let (mut keeper, _) = server.keeper(&disk.outbox());
    let (_, answer) = server.asked(&keeper, &with_map("etag: W/\"1\"\r\n", MAP)).await;
    keeper.take(answer.expect("it is a map")).await;
    let whole = std::fs::read(disk.map()).expect("it was stored");

    let torn = whole[..whole.len() - 1].to_vec();
    let mut changed = whole.clone();
    *changed.last_mut().expect("it has bytes") ^= 1;
    let endless = vec![b' '; 5 * 1024 * 1024];
    for damaged in [torn, changed, Vec::new(), endless] {
        std::fs::write(disk.map(), &damaged).expect("works on this machine");
        let (mut keeper, shelf) = server.keeper(&disk.outbox());
        keeper.load().await;
        assert_eq!(text(&shelf), None);
        assert_eq!(disk.names(), ["outbox.db.map.damaged"]);
        let (question, answer) = server.asked(&keeper, &with_map("", MAP)).await;
        assert!(!question.contains("if-none-match"), "{question}");
        keeper.take(answer.expect("it is a map")).await;
        assert_eq!(text(&shelf).as_deref(), Some(MAP));
    }
}

#[tokio::test]
async fn a_full_disk_keeps_the_old_map_and_the_new_one_is_shown_and_stored_later() {
    let (server, disk) = (Server::listen().await, Disk::new());
    let (mut keeper, shelf) = server.keeper(&disk.outbox());
    let (_, answer) = server.asked(&keeper, &with_map("etag: \"1\"\r\n", MAP)).await;
    keeper.take(answer.expect("it is a map")).await;
    let before = std::fs::read(disk.map()).expect("it was stored");

    let fresh = disk.folder.path().join("outbox.db.map.new");
    std::os::unix::fs::symlink("/dev/full", &fresh).expect("works on this machine");
    let (_, answer) = server.asked(&keeper, &with_map("etag: \"2\"\r\n", "{}")).await;
    keeper.take(answer.expect("it is a map")).await;
    assert_eq!(text(&shelf).as_deref(), Some("{}"));
    assert_eq!(std::fs::read(disk.map()).expect("it is there"), before);
    assert_eq!(disk.names(), ["outbox.db.map"], "nothing half written is left");

    let (_, answer) = server.asked(&keeper, &status("304 Not Modified")).await;
    keeper.take(answer.expect("it is an answer")).await;
    let (mut keeper, shelf) = server.keeper(&disk.outbox());
    keeper.load().await;
    assert_eq!(text(&shelf).as_deref(), Some("{}"));
}

#[tokio::test]
async fn what_is_no_whole_map_changes_nothing() {
    let (server, disk) = (Server::listen().await, Disk::new());
    let (keeper, shelf) = server.keeper(&disk.outbox());
    let (_, earlier_release) = server.asked(&keeper, &status("404 Not Found")).await;
    assert_eq!(earlier_release.expect("it is an answer"), MapAnswer::Nothing);

    let page = "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 4\r\n\r\npage";
    let whole = with_map("", MAP);
    let too_long = with_map("", &" ".repeat(5 * 1024 * 1024));
    let other = with_map("content-encoding: br\r\n", MAP);
    let failures: [(&[u8], &str); 7] = [
        (page.as_bytes(), "what came is no map"),
        (&status("401 Unauthorized"), "refuses with status 401"),
        (&status("503 Service Unavailable"), "refuses with status 503"),
        (&status("304 Not Modified"), "refuses with status 304"),
        (&whole[..whole.len() - 5], "fetch the region's map"),
        (&too_long, "longer than 4194304 bytes"),
        (&other, "what came is no map"),
    ];
    for (bytes, words) in failures {
        let (_, answer) = server.asked(&keeper, bytes).await;
        let said = answer.expect_err("it is no map").to_string();
        assert!(said.contains(words), "{said}");
    }
    assert_eq!(text(&shelf), None);
    assert_eq!(disk.names(), [""; 0]);
}

/// A screen as it is at first.
fn screen(link: LinkPhase, waiting_commands: usize) -> Arc<ScreenState> {
    let begun = Link::new(settings(1), OutboxContent::empty("m".to_owned()), at(0)).picture(at(0));
    Arc::new(ScreenState { link, waiting_commands, ..begun })
}

#[tokio::test]
async fn nobody_is_asked_without_a_link_or_while_a_press_is_on_its_way() {
    let (server, disk) = (Server::listen().await, Disk::new());
    let (keeper, _shelf) = server.keeper(&disk.outbox());
    let (pictures, seen) = watch::channel(screen(LinkPhase::Offline, 0));
    let stop = CancellationToken::new();
    let lane = tokio::spawn(keep_up(keeper, seen, Duration::ZERO, stop.clone()));
    let asked_at = async {
        let (mut line, _) = server.listener.accept().await.expect("it comes");
        let picture = pictures.borrow().clone();
        assert!(head(&mut line).await.contains("/api/v1/vehicle/map"));
        (line, picture)
    };
    let goes_by = async {
        for (link, waiting) in [(LinkPhase::Connecting, 0), (LinkPhase::Online, 1)] {
            for _ in 0..1_000 {
                tokio::task::yield_now().await;
            }
            pictures.send_replace(screen(link, waiting));
        }
        pictures.send_replace(screen(LinkPhase::Online, 0));
    };
    let ((mut line, picture), ()) = tokio::join!(asked_at, goes_by);
    assert_eq!((picture.link, picture.waiting_commands), (LinkPhase::Online, 0));
    // The question is broken off for the press.
    pictures.send_replace(screen(LinkPhase::Online, 1));
    assert_eq!(line.read(&mut [0]).await.expect("the line ends"), 0);
    stop.cancel();
    lane.await.expect("it ends");
}
