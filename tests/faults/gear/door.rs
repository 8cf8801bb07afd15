//! A door between two parties, through which a test cuts, holds up or slows what passes. No rights are needed:
//! whoever should be disturbed is given the door's address instead of the other party's.

use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// Bytes carried at once; what a stalled door still swallows, as a network's own buffers do.
const CHUNK_BYTES: usize = 16 * 1024;

/// How it is in the door.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Air {
    /// Everything passes.
    Clear,
    /// What was open is broken off, and what comes is turned away.
    Cut,
    /// Nothing passes and nobody is told.
    Still,
    /// Everything passes, each chunk so much later.
    Slow(Duration),
}

/// A door that leads somewhere.
#[derive(Debug)]
pub(crate) struct Door {
    /// Where it is.
    pub(crate) address: SocketAddr,
    air: watch::Sender<Air>,
    leads_to: watch::Sender<SocketAddr>,
}

impl Door {
    /// A door with clear air, at a free port.
    pub(crate) async fn to(leads_to: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (air, airs) = watch::channel(Air::Clear);
        let (leads_to, towards) = watch::channel(leads_to);
        tokio::spawn(async move {
            while let Ok((guest, _)) = listener.accept().await {
                tokio::spawn(carry(guest, towards.clone(), airs.clone()));
            }
        });
        Self { address, air, leads_to }
    }

    /// Changes the air, for what is open and what comes.
    pub(crate) fn set(&self, air: Air) {
        self.air.send_replace(air);
    }

    /// From now on it leads somewhere else; what is open stays.
    pub(crate) fn lead_to(&self, address: SocketAddr) {
        self.leads_to.send_replace(address);
    }
}

async fn carry(
    guest: TcpStream,
    leads_to: watch::Receiver<SocketAddr>,
    mut air: watch::Receiver<Air>,
) {
    let mut through = air.clone();
    let carried = async {
        if !passes(&mut through).await {
            return;
        }
        let host = *leads_to.borrow();
        let Ok(host) = TcpStream::connect(host).await else { return };
        // Small frames must not wait for each other here: the parties decide when they flush.
        let _ = (guest.set_nodelay(true), host.set_nodelay(true));
        let (guest_says, guest_hears) = guest.into_split();
        let (host_says, host_hears) = host.into_split();
        tokio::select! {
            () = pump(guest_says, host_hears, through.clone()) => {}
            () = pump(host_says, guest_hears, through) => {}
        }
    };
    tokio::select! {
        () = carried => {}
        _ = air.wait_for(|air| *air == Air::Cut) => {}
    }
}

/// Waits until something may pass; false when it is cut off.
async fn passes(air: &mut watch::Receiver<Air>) -> bool {
    let now = air.wait_for(|air| *air != Air::Still).await.map_or(Air::Cut, |air| *air);
    match now {
        Air::Clear => true,
        Air::Slow(by) => {
            tokio::time::sleep(by).await;
            true
        }
        Air::Cut | Air::Still => false,
    }
}

async fn pump(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    mut air: watch::Receiver<Air>,
) {
    let mut chunk = vec![0; CHUNK_BYTES];
    while let Ok(bytes) = from.read(&mut chunk).await {
        if bytes == 0 || !passes(&mut air).await || to.write_all(&chunk[..bytes]).await.is_err() {
            return;
        }
    }
}
