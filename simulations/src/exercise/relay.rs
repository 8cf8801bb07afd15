//! The line between a centre's vehicles and the server, which an exercise can cut.

use std::net::SocketAddr;
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// A line. While it is cut, nothing passes and nobody gets through.
pub(super) struct Relay {
    pub(super) address: SocketAddr,
    cut: watch::Sender<bool>,
}

impl Relay {
    /// Lays a line to `server` (host and port) on a free port of this machine.
    pub(super) async fn lay(server: String, stop: CancellationToken) -> std::io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        let (cut, is_cut) = watch::channel(false);
        tokio::spawn(pass(listener, server, is_cut, stop));
        Ok(Self { address, cut })
    }

    pub(super) fn cut(&self, is_cut: bool) {
        self.cut.send_replace(is_cut);
    }
}

async fn pass(
    listener: TcpListener,
    server: String,
    is_cut: watch::Receiver<bool>,
    stop: CancellationToken,
) {
    let links = TaskTracker::new();
    loop {
        let accepted = tokio::select! {
            () = stop.cancelled() => return,
            accepted = listener.accept() => accepted,
        };
        let Ok((mut near, _)) = accepted else { continue };
        if *is_cut.borrow() {
            continue;
        }
        let (server, mut is_cut, stop) = (server.clone(), is_cut.clone(), stop.clone());
        links.spawn(async move {
            let Ok(mut far) = TcpStream::connect(&server).await else { return };
            tokio::select! {
                _ = copy_bidirectional(&mut near, &mut far) => {}
                _ = is_cut.wait_for(|cut| *cut) => {}
                () = stop.cancelled() => {}
            }
        });
    }
}
