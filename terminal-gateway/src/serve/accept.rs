//! Takes connections over TCP, as many at one time as there is room for, until the gateway stops.

use super::gateway::Gateway;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tracing::{debug, warn};

/// Pause after a connection could not be taken, as when files run out.
const PAUSE: Duration = Duration::from_millis(100);

/// Serves every connection in a task of its own. `what` names the kind of connection in the log.
pub(super) async fn accept<Task>(
    gateway: Arc<Gateway>,
    listener: TcpListener,
    most: usize,
    what: &'static str,
    serve: fn(Arc<Gateway>, TcpStream, SocketAddr) -> Task,
) where
    Task: Future<Output = ()> + Send + 'static,
{
    let room = Arc::new(Semaphore::new(most));
    loop {
        let accepted = tokio::select! {
            () = gateway.stop.cancelled() => return,
            accepted = listener.accept() => accepted,
        };
        let (stream, from) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                warn!(%error, what, "a connection could not be taken");
                tokio::time::sleep(PAUSE).await;
                continue;
            }
        };
        let Ok(place) = Arc::clone(&room).try_acquire_owned() else {
            debug!(%from, what, "there are as many connections as are taken");
            continue;
        };
        let served = serve(Arc::clone(&gateway), stream, from);
        gateway.tasks.spawn(async move {
            served.await;
            drop(place);
        });
    }
}
