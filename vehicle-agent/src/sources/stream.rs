//! Bytes from anything that reads as a stream, opened again when it breaks.

use std::io;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tracing::{info, warn};

use super::PORTION_BYTES;

/// First wait before a broken source is opened again; doubled each time.
const FIRST_WAIT: Duration = Duration::from_secs(1);
/// Longest wait: a plug put back in should be noticed soon.
const LONGEST_WAIT: Duration = Duration::from_secs(15);
/// A receiver on the network that says nothing for so long has gone without a word.
const NETWORK_SILENCE: Duration = Duration::from_secs(30);
/// A network address that does not answer in so long is tried again.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// Hands on what `stream` gives until it ends; an error or `silence` without a byte ends it too.
pub(super) async fn copy(
    mut stream: impl AsyncRead + Unpin,
    silence: Option<Duration>,
    bytes: &mpsc::Sender<Vec<u8>>,
) -> io::Result<()> {
    let mut portion = vec![0; PORTION_BYTES];
    loop {
        let read = stream.read(&mut portion);
        let count = match silence {
            Some(limit) => tokio::time::timeout(limit, read).await??,
            None => read.await?,
        };
        if count == 0 || bytes.send(portion[..count].to_vec()).await.is_err() {
            return Ok(());
        }
    }
}

/// Opens and reads again and again until nobody takes the bytes any more.
pub(super) async fn keep_open<F>(
    name: &str,
    bytes: &mpsc::Sender<Vec<u8>>,
    mut attempt: impl FnMut() -> F,
) where
    F: Future<Output = io::Result<()>>,
{
    let mut wait = FIRST_WAIT;
    while !bytes.is_closed() {
        let started = crate::machine::timer_now();
        match attempt().await {
            Ok(()) => info!(source = name, "the receiver's line ended; opening it again"),
            Err(error) => warn!(source = name, %error, "the receiver's line cannot be read"),
        }
        if started.elapsed() > LONGEST_WAIT {
            wait = FIRST_WAIT;
        }
        tokio::time::sleep(wait).await;
        wait = (wait * 2).min(LONGEST_WAIT);
    }
}

pub(super) async fn connect(address: &str) -> io::Result<TcpStream> {
    tokio::time::timeout(CONNECT_TIMEOUT, TcpStream::connect(address)).await?
}

pub(super) async fn run_tcp(address: &str, bytes: &mpsc::Sender<Vec<u8>>) {
    keep_open(address, bytes, || async {
        copy(connect(address).await?, Some(NETWORK_SILENCE), bytes).await
    })
    .await;
}

pub(super) async fn run_stdin(bytes: &mpsc::Sender<Vec<u8>>) {
    if let Err(error) = copy(tokio::io::stdin(), None, bytes).await {
        warn!(%error, "the standard input cannot be read");
    }
}
