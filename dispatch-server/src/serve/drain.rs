//! The end of a server: by its stop, by a bug in the desk, or by a store that stays locked or lost its file.

use super::Stopped;
use super::assembly::Assembly;
use crate::settings::ServeSettings;
use dispatch_desk::sqlite::Stuck;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// Waits for the end and takes the server apart: doors first, since what is under way may still command; then the
/// links; then the stores they write to.
pub(super) async fn drain(
    assembly: Assembly,
    endpoints: JoinHandle<()>,
    settings: ServeSettings,
    stop: CancellationToken,
) -> Stopped {
    let Assembly { app, journal, writers, beside, stores_stop, recorder: _ } = assembly;
    let died = tokio::select! {
        () = stop.cancelled() => None,
        () = app.desk.ended() => {
            tracing::error!("the desk died of a bug; stopping");
            Some(Stopped::DeskDied)
        }
        stuck = journal.until_stuck(settings.stuck_after) => Some(match stuck {
            Stuck::Locked => {
                tracing::error!("the store stays locked although its disk is well; stopping");
                Stopped::StoreLocked
            }
            Stuck::Replaced => {
                tracing::error!("the database's file was removed or replaced; nothing can be recorded in it; stopping");
                Stopped::StoreReplaced
            }
        }),
    };
    stop.cancel();
    tracing::info!("stopping: no new requests, links are told");
    let (links, live) = (app.links.clone(), app.live.clone());
    drop(app);
    let finished = async {
        let _ = endpoints.await;
        links.close();
        links.wait().await;
        live.ended().await;
        stores_stop.cancel();
        for writer in writers {
            // One that died of a bug was told of where it matters, as the desk is.
            let _ = writer.await;
        }
        beside.join_all().await;
        journal.close().await;
    };
    let in_time = tokio::time::timeout(settings.grace, finished).await.is_ok();
    if let Some(died) = died {
        died
    } else if in_time {
        tracing::info!("stopped");
        Stopped::InTime
    } else {
        let seconds = settings.grace.as_secs();
        tracing::error!(seconds, "the grace was not enough: links or writes were cut off");
        stores_stop.cancel();
        Stopped::CutOff
    }
}
