//! Accepting connections and serving each within the bounds.

use crate::body::WatchedBody;
use crate::encryption::{Encrypted, Encryption, Handshakes, encrypted};
use crate::now::now;
use crate::registry::{Handle, Place, Registry};
use crate::stream::Watched;
use crate::{Bounds, Connection, Phase};
use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use axum::response::Response;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use std::convert::Infallible;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::server::TlsStream;
use tokio_util::either::Either;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// Most bytes of a header, as much as all cookies of a browser and a proxy's additions together.
const HEADER_BYTES: usize = 32 * 1024;
/// Pause after a failed accept, e.g. for want of a file: long enough that the loop does not spin, short enough
/// that nobody notices.
const ACCEPT_PAUSE: Duration = Duration::from_millis(20);
/// How long a stopping server waits for a body to come or an answer to be taken.
const STOP_PATIENCE: Duration = Duration::from_secs(2);

/// Serves until `stop`, then lets requests under way finish.
pub async fn serve(listener: TcpListener, routes: Router, bounds: Bounds, stop: CancellationToken) {
    serve_encrypted(listener, routes, bounds, None, stop).await;
}

/// As [`serve`], with every connection encrypted when there is what with.
pub async fn serve_encrypted(
    listener: TcpListener,
    routes: Router,
    bounds: Bounds,
    encryption: Option<Encryption>,
    stop: CancellationToken,
) {
    let registry = Arc::new(Registry::default());
    let handshakes = encryption.map(Handshakes::new);
    let serving = Arc::new(Serving { routes, bounds: Arc::new(bounds), handshakes });
    let connections = TaskTracker::new();
    loop {
        let accepted = tokio::select! {
            () = stop.cancelled() => break,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((socket, peer)) => {
                // Without a place the socket is closed at once: everybody else is being answered.
                if let Some(place) = registry.place(peer, &serving.bounds) {
                    connections.spawn(connection(socket, place, serving.clone(), stop.clone()));
                }
            }
            Err(why) => {
                tracing::debug!(%why, "a connection could not be accepted");
                registry.shed();
                tokio::time::sleep(ACCEPT_PAUSE).await;
            }
        }
    }
    connections.close();
    connections.wait().await;
}

/// What all connections of a listener have in common.
struct Serving {
    routes: Router,
    bounds: Arc<Bounds>,
    handshakes: Option<Handshakes>,
}

async fn connection(
    socket: TcpStream,
    place: Place,
    serving: Arc<Serving>,
    stop: CancellationToken,
) {
    let _ = socket.set_nodelay(true);
    let connection = place.connection.clone();
    let (stream, over_tls) = match &serving.handshakes {
        None => (Either::Left(socket), None),
        Some(handshakes) => {
            let shaken = tokio::select! {
                shaken = encrypted(socket, handshakes) => shaken,
                () = overdue(&connection, &serving.bounds) => return,
                () = connection.give_way.cancelled() => return,
                () = stop.cancelled() => return,
            };
            match shaken {
                Ok((stream, over_tls)) => (Either::Right(stream), Some(over_tls)),
                Err(why) => {
                    tracing::debug!(peer = %connection.peer, %why, "no TLS with a peer");
                    return;
                }
            }
        }
    };
    serve_requests(stream, over_tls, &place, &serving, stop).await;
}

async fn serve_requests(
    stream: Either<TcpStream, TlsStream<TcpStream>>,
    over_tls: Option<Encrypted>,
    place: &Place,
    Serving { routes, bounds, .. }: &Serving,
    stop: CancellationToken,
) {
    let connection = place.connection.clone();
    let io = TokioIo::new(Watched { stream, connection: connection.clone() });
    let handle = Handle::of(place, bounds.clone());
    let answer = {
        let (connection, routes) = (connection.clone(), routes.clone());
        service_fn(move |mut request: hyper::Request<Incoming>| {
            if let Some(over_tls) = &over_tls {
                request.extensions_mut().insert(over_tls.clone());
            }
            answer(request, connection.clone(), handle.clone(), routes.clone())
        })
    };
    let serving = http1::Builder::new()
        .timer(TokioTimer::new())
        // The phases know more precisely; this one is only the last resort.
        .header_read_timeout(bounds.idle + bounds.header)
        .max_buf_size(HEADER_BYTES)
        .serve_connection(io, answer)
        .with_upgrades();
    let mut serving = pin!(serving);
    let ended = async {
        tokio::select! {
            () = overdue(&connection, bounds) => {}
            () = connection.give_way.cancelled() => {}
        }
    };
    let mut ended = pin!(ended);
    tokio::select! {
        _ = serving.as_mut() => return,
        () = ended.as_mut() => return,
        () = stop.cancelled() => serving.as_mut().graceful_shutdown(),
    }
    tokio::select! {
        _ = serving.as_mut() => {}
        () = ended.as_mut() => {}
        () = unfinished(&connection) => {}
    }
}

/// Returns when a stopping server need not wait for a connection: it has not asked for anything, or does not
/// take its answer.
async fn unfinished(connection: &Connection) {
    while connection.phase().0 != Phase::Header {
        tokio::time::sleep(STOP_PATIENCE).await;
        match connection.phase().0 {
            Phase::Work => {}
            Phase::Idle | Phase::Header | Phase::Body | Phase::Link => return,
        }
    }
}

async fn answer(
    request: hyper::Request<Incoming>,
    connection: Arc<Connection>,
    handle: Handle,
    routes: Router,
) -> Result<Response, Infallible> {
    connection.enter(Phase::Body);
    let mut request: Request = request.map(|body| {
        if http_body::Body::is_end_stream(&body) {
            connection.body_ended();
        }
        Body::new(WatchedBody { body, connection: connection.clone() })
    });
    request.extensions_mut().insert(ConnectInfo(connection.peer));
    request.extensions_mut().insert(handle.clone());
    let response = TowerToHyperService::new(routes).call(request).await?;
    let is_link = response.status() == axum::http::StatusCode::SWITCHING_PROTOCOLS;
    connection.enter(if is_link { Phase::Link } else { Phase::Idle });
    handle.comes_from_peer(connection.peer.ip());
    Ok(response)
}

/// Returns when the connection has been in its phase, or held up its answer, for too long.
async fn overdue(connection: &Connection, bounds: &Bounds) {
    loop {
        // Looked at again at least this often, since a phase may begin meanwhile.
        let look_again =
            tokio::time::Instant::from_std(now()) + bounds.header.min(bounds.stall) / 4;
        match connection.deadline(bounds) {
            Some(deadline) if deadline <= now() => return,
            Some(deadline) => tokio::time::sleep_until(look_again.min(deadline.into())).await,
            None => tokio::time::sleep_until(look_again).await,
        }
    }
}
