//! The gateway on its sockets, from the first to the last.

use super::error::ServeError;
use super::gateway::Gateway;
use super::settings::ServeArgs;
use super::{follow, inspector, tcp, udp, video};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, UdpSocket};
use tokio_util::sync::CancellationToken;
use tracing::{info, warn};

/// How long lines and outboxes may take to come to their end.
const END_WITHIN: Duration = Duration::from_secs(10);

/// The settings' sockets, opened, and the gateway run on them.
///
/// # Errors
/// Whatever keeps it from starting; after that trouble is told in the log and lived with.
pub async fn serve(args: &ServeArgs, stop: CancellationToken) -> Result<(), ServeError> {
    if !args.inspector.ip().is_loopback() && !args.no_inspector {
        return Err(ServeError::InspectorAddress(args.inspector));
    }
    let gateway = Gateway::read(args, stop).await?;
    let at = |name: String| move |error| ServeError::Address(name, error);
    let listener = TcpListener::bind(args.tcp).await.map_err(at(format!("--tcp {}", args.tcp)))?;
    let datagrams = match args.udp {
        Some(udp) => Some(UdpSocket::bind(udp).await.map_err(at(format!("--udp {udp}")))?),
        None => None,
    };
    let page = if args.no_inspector {
        None
    } else {
        let named = at(format!("--inspector {}", args.inspector));
        Some(TcpListener::bind(args.inspector).await.map_err(named)?)
    };
    let media = match args.video {
        Some(video) => {
            Some(TcpListener::bind(video).await.map_err(at(format!("--video {video}")))?)
        }
        None => None,
    };
    let listens = listener.local_addr().map_err(at(format!("--tcp {}", args.tcp)))?;
    info!(%listens, terminals = gateway.count(), "the gateway listens");
    // For programs that start it and wait.
    println!("terminal-gateway: ready on {listens}");
    gateway.run(listener, datagrams, page, media).await;
    Ok(())
}

impl Gateway {
    /// Runs on these sockets until it is stopped; then ends its lines and closes its outboxes.
    pub async fn run(
        self: Arc<Self>,
        listener: TcpListener,
        datagrams: Option<UdpSocket>,
        page: Option<TcpListener>,
        media: Option<TcpListener>,
    ) {
        self.tasks.spawn(tcp::listen(Arc::clone(&self), listener));
        if let Some(socket) = datagrams {
            self.tasks.spawn(udp::listen(Arc::clone(&self), socket));
        }
        if let Some(page) = page {
            self.tasks.spawn(inspector::serve(Arc::clone(&self), page));
        }
        if let Some(media) = media {
            self.tasks.spawn(video::listen(Arc::clone(&self), media));
        }
        self.tasks.spawn(follow::follow_directory(Arc::clone(&self)));
        self.tasks.spawn(Arc::clone(&self).go_on());
        self.stop.cancelled().await;
        self.tasks.close();
        if tokio::time::timeout(END_WITHIN, self.tasks.wait()).await.is_err() {
            warn!("{} tasks did not end in time", self.tasks.len());
        }
        self.outboxes.close().await;
    }
}
