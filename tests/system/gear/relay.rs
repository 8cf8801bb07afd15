//! The air between a vehicle and the server: carries bytes while there is signal.
//!
//! Without signal the terminal's modem drops its link, the server hears nothing more and is not told, and
//! what the terminal tries anew waits in the air.

use std::net::SocketAddr;
use tokio::io::{AsyncReadExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// A place with or without signal.
pub(crate) struct Relay {
    /// What the terminal takes for the server.
    pub(crate) address: SocketAddr,
    signal: watch::Sender<bool>,
}

impl Relay {
    /// A place with signal.
    pub(crate) async fn before(server: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (signal, signals) = watch::channel(true);
        tokio::spawn(async move {
            while let Ok((terminal, _)) = listener.accept().await {
                tokio::spawn(carry(terminal, server, signals.clone()));
            }
        });
        Self { address, signal }
    }

    /// The vehicle enters a tunnel.
    pub(crate) fn lose_signal(&self) {
        self.signal.send_replace(false);
    }

    /// And leaves it.
    pub(crate) fn regain_signal(&self) {
        self.signal.send_replace(true);
    }
}

async fn carry(mut terminal: TcpStream, server: SocketAddr, mut signal: watch::Receiver<bool>) {
    if signal.wait_for(|signal| *signal).await.is_err() {
        return;
    }
    let Ok(mut line) = TcpStream::connect(server).await else { return };
    tokio::select! {
        _ = copy_bidirectional(&mut terminal, &mut line) => return,
        _ = signal.wait_for(|signal| !*signal) => {}
    }
    drop(terminal);
    // The server talks into the air until it notices.
    let mut unheard = [0; 1024];
    while line.read(&mut unheard).await.is_ok_and(|bytes| bytes > 0) {}
}
