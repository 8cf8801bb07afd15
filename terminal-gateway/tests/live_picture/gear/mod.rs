//! A gateway in this process between a stand-in of the server and a terminal, each on its own socket.

mod server;
mod terminal;

pub(crate) use server::{Server, Source};
pub(crate) use terminal::{Sent, Terminal, clip_frames};

use clap::Parser;
use std::time::Duration;
use terminal_gateway::serve::{Cli, Command, Gateway};
use tokio::io::AsyncReadExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

pub(crate) const NUMBER: &str = "13912344329";
pub(crate) const KEY: &str = "the-key-of-this-vehicle";
/// A test that waits longer has failed.
const LONGEST: Duration = Duration::from_secs(60);

/// A gateway with one terminal, and the server that it links to.
pub(crate) struct Installation {
    pub(crate) server: Server,
    /// Where terminals connect, and where they send media.
    pub(crate) lines: String,
    pub(crate) media: String,
    stop: CancellationToken,
    running: JoinHandle<()>,
    _folder: tempfile::TempDir,
}

impl Installation {
    pub(crate) async fn begin(has_video: bool) -> Installation {
        let folder = tempfile::tempdir().expect("a folder");
        let server = Server::begin().await;
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let media = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let at = |it: &TcpListener| it.local_addr().expect("it is bound").to_string();
        let (lines, media_at) = (at(&listener), at(&media));
        let path = |name: &str| folder.path().join(name).display().to_string();
        let terminals = format!("[[terminal]]\nnumber = \"{NUMBER}\"\nvehicle = \"YC-01-1\"\n");
        std::fs::write(path("terminals"), terminals).expect("it is written");
        std::fs::write(path("keys"), format!("YC-01-1 {KEY}\n")).expect("it is written");
        let link = format!("ws://{}/ws/agent", server.address);
        let (terminals, keys, state) = (path("terminals"), path("keys"), path("state"));
        let mut words = vec!["terminal-gateway", "serve", "--server", &link, "--state", &state];
        words.extend(["--terminals", &terminals, "--keys", &keys]);
        if has_video {
            words.extend(["--video", "127.0.0.1:0", "--video-address", &media_at]);
        }
        let Command::Serve(args) = Cli::parse_from(words).command else { panic!("it serves") };
        let stop = CancellationToken::new();
        let gateway = Gateway::read(&args, stop.clone()).await.expect("settings");
        let media = has_video.then_some(media);
        let running = tokio::spawn(gateway.run(listener, None, None, media));
        Installation { server, lines, media: media_at, stop, running, _folder: folder }
    }

    /// A terminal that has shown who it is, and the link of its vehicle.
    pub(crate) async fn terminal(&mut self) -> Terminal {
        Terminal::known(&self.lines).await
    }

    pub(crate) async fn connect(&self) -> TcpStream {
        TcpStream::connect(&self.media).await.expect("it listens")
    }

    pub(crate) async fn end(self) {
        self.stop.cancel();
        soon(self.running).await.expect("it ends");
    }
}

/// Waits for what is to happen, and not for ever.
pub(crate) async fn soon<T>(what: impl Future<Output = T>) -> T {
    tokio::time::timeout(LONGEST, what).await.expect("it happens within a minute")
}

/// Waits until the other side closes a connection.
pub(crate) async fn closed(mut stream: TcpStream) {
    let mut bytes = [0; 64];
    let read = soon(stream.read(&mut bytes)).await;
    assert!(matches!(read, Ok(0) | Err(_)), "nothing is ever sent there: {read:?}");
}
