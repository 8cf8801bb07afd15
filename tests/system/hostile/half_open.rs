//! Links that begin and never go on: half a request, a socket without a hello.

use crate::gear::{Server, in_time};
use std::net::SocketAddr;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// How many of each kind.
const EACH: usize = 60;
/// The vehicle whose key opens links that stay silent.
const SILENT: &str = "YC-05-1";

pub(super) struct Held {
    lines: Vec<TcpStream>,
    upgraded: Vec<TcpStream>,
}

impl Held {
    pub(super) async fn open(server: &Server) -> Self {
        let key = server.key(SILENT).await;
        let address = server.address();
        let upgrade = format!(
            "GET /ws/agent HTTP/1.1\r\nHost: helan\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
             Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\
             Authorization: Bearer {key}\r\n\r\n"
        );
        let (mut lines, mut upgraded) = (Vec::new(), Vec::new());
        for _ in 0..EACH {
            lines.push(begun(address, "").await);
            lines.push(begun(address, "POST /api/v1/commands HTTP/1.1\r\nHost: hel").await);
            lines.push(begun(address, "\u{16}\u{3}\u{1} no HTTP at all \r\n\r\n").await);
            let mut link = begun(address, &upgrade).await;
            let mut answer = [0; 12];
            in_time("the upgrade", link.read_exact(&mut answer)).await.unwrap();
            assert_eq!(&answer, b"HTTP/1.1 101");
            upgraded.push(link);
        }
        Self { lines, upgraded }
    }

    /// Lets go, after the server has closed the links that never said hello: of one vehicle's a few are
    /// held until their time is up, the others gave way to them.
    pub(super) async fn release(self) {
        let mut told = 0;
        for mut link in self.upgraded {
            let mut rest = Vec::new();
            in_time("the silent link to be closed", link.read_to_end(&mut rest)).await.ok();
            told += usize::from(String::from_utf8_lossy(&rest).contains("no_hello"));
        }
        assert!(told > 0, "no link was told why it ended");
        drop(self.lines);
    }
}

async fn begun(address: SocketAddr, text: &str) -> TcpStream {
    let mut line = TcpStream::connect(address).await.unwrap();
    line.write_all(text.as_bytes()).await.unwrap();
    line
}
