//! What works on the stores, running: writers, what is shared with other servers, the live part, and the app behind
//! the doors. Everything of a server but its ports.

use super::ServeError;
use super::opened::Stores;
use super::software;
use crate::http::{App, Parts};
use crate::live::{Live, LiveSettings};
use crate::service_entry::take_region;
use crate::settings::ServeSettings;
use crate::stores::{AnyJournal, share};
use crate::telemetry::start_metrics;
use dispatch_desk::desk::{DeskError, keep_anchored};
use dispatch_desk::journal::{LoadError, RegionStanding};
use metrics_exporter_prometheus::PrometheusHandle;
use region::Region;
use std::sync::Arc;
use tokio::task::{JoinHandle, JoinSet};
use tokio_util::sync::CancellationToken;

/// A server without its ports.
pub(super) struct Assembly {
    pub(super) app: App,
    pub(super) journal: AnyJournal,
    /// What writes to the stores. Given up at a stop that takes too long, they go on until the process ends.
    pub(super) writers: Vec<JoinHandle<()>>,
    /// What is done beside: following other servers, keeping report tables.
    pub(super) beside: JoinSet<()>,
    /// Where metrics are gathered. Before anything that keeps the handle of a metric: one made earlier counts nothing.
    pub(super) recorder: PrometheusHandle,
    /// Ends the writers; only when all that writes through them has ended.
    pub(super) stores_stop: CancellationToken,
}

/// Starts the writers, takes the region into service and puts the parts together.
///
/// # Errors
/// When the region's vehicles could not be put into service, or the journal does not answer.
pub(super) async fn assemble(
    stores: Stores,
    settings: &ServeSettings,
    region: Arc<Region>,
    stop: &CancellationToken,
) -> Result<Assembly, ServeError> {
    let clock = settings.clock.clone();
    let Stores { journal, key, desk, people, roads, history, reports, space, .. } = stores;
    let stores_stop = CancellationToken::new();
    let (mut beside, database_run) =
        share(&journal, &desk, &people, &roads, reports.clone(), &stores_stop);
    let writers = vec![
        tokio::spawn(stores.desk_task.run(stores_stop.clone())),
        tokio::spawn(stores.history_task.run(stores_stop.clone())),
        tokio::spawn(people.clone().keep(stores_stop.clone())),
    ];
    if let Some(file) = settings.anchor.clone() {
        beside.spawn(keep_anchored(desk.clone(), file, key, clock.clone(), stores_stop.clone()));
    }
    let standing =
        take_region(&journal, &desk, &region, clock.now()).await.map_err(ServeError::Enrol)?;
    let recorder = start_metrics()?;
    if let Some(watch) = stores.space_watch {
        tokio::spawn(watch.run(stores_stop.clone()));
    }
    let journal_name =
        journal.shared_name().await.map_err(LoadError::from).map_err(DeskError::from)?;
    let region_is_old = standing == RegionStanding::NotNewer;
    let live = Live::start(
        desk.clone(),
        history.clone(),
        region.clone(),
        roads.clone(),
        LiveSettings { journal_name, database_run, region_is_old, space, ..settings.live.clone() },
        clock.clone(),
        stop.clone(),
    );
    live.restore_positions().await;
    beside.spawn(software::run(live.clone(), people.clone(), stores_stop.clone()));
    let endpoints = settings.endpoints.clone();
    let parts = Parts {
        people,
        desk,
        history,
        fleet: live.fleet().clone(),
        live,
        region,
        roads,
        reports,
        clock,
        settings: endpoints,
    };
    let app = App::new(parts, stop.clone());
    Ok(Assembly { app, journal, writers, beside, recorder, stores_stop })
}
