//! Follows the server's bindings while the gateway runs.

use super::gateway::Gateway;
use std::sync::Arc;
use std::time::Duration;
use tracing::{info, warn};

/// A terminal that is bound in administration is known that soon.
const ASK_EVERY: Duration = Duration::from_secs(5);

/// Asks until the gateway stops.
pub(super) async fn follow_directory(gateway: Arc<Gateway>) {
    let Some(directory) = &gateway.directory else { return };
    let mut told = None;
    let mut every = tokio::time::interval(ASK_EVERY);
    loop {
        tokio::select! {
            () = gateway.stop.cancelled() => return,
            _ = every.tick() => {}
        }
        match directory.ask(gateway.strangers()).await {
            Ok(answer) => {
                if told.take().is_some() {
                    info!("the server answers for terminals again");
                }
                if answer.terminals.is_none() {
                    continue;
                }
                directory.keep(answer);
                if let Err(error) = gateway.lay(directory.remembered()) {
                    warn!(%error, "the server's terminals cannot be taken over");
                }
            }
            Err(trouble) => {
                let trouble = trouble.to_string();
                if told.as_ref() != Some(&trouble) {
                    warn!(trouble, "terminals stay bound as they were");
                    told = Some(trouble);
                }
            }
        }
    }
}
