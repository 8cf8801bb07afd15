//! The ports: bound before anything is written, served once all is assembled.

use super::assembly::Assembly;
use crate::http::{App, HttpSettings, router};
use crate::settings::ServeSettings;
use crate::settings::{BadSetting, cannot_listen, cannot_listen_for_metrics};
use crate::telemetry::{metrics_router, watch_parts};
use bounded_http::{Bounds, Encryption, serve_encrypted};
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// Files a server opens besides its connections: stores, logs, region.
const FILES_BESIDES: usize = 256;

/// Connections for requests even under the lowest limit of open files.
const FEWEST_CONNECTIONS: usize = 64;

/// The bound ports.
pub(super) struct Listeners {
    pub(super) address: SocketAddr,
    endpoints: TcpListener,
    metrics: Option<TcpListener>,
}

impl Listeners {
    /// Binds them.
    ///
    /// # Errors
    /// When one is taken or not allowed, with what to do about it.
    pub(super) async fn bind(settings: &ServeSettings) -> Result<Self, BadSetting> {
        let endpoints = TcpListener::bind(settings.listen)
            .await
            .map_err(|why| cannot_listen(&why, settings))?;
        let address = endpoints.local_addr().map_err(|why| cannot_listen(&why, settings))?;
        let metrics = match settings.metrics_listen {
            Some(at) => Some(
                TcpListener::bind(at).await.map_err(|why| cannot_listen_for_metrics(&why, at))?,
            ),
            None => None,
        };
        Ok(Self { address, endpoints, metrics })
    }

    pub(super) fn metrics_address(&self) -> Option<SocketAddr> {
        self.metrics.as_ref().and_then(|listener| listener.local_addr().ok())
    }

    /// Serves console and API until `stop`, and `/metrics` until the stores stop. Gives the task of the former.
    pub(super) fn serve(
        self,
        assembly: &Assembly,
        settings: &ServeSettings,
        stop: &CancellationToken,
    ) -> JoinHandle<()> {
        let app = assembly.app.clone();
        let recorder = assembly.recorder.clone();
        let bounds = connection_bounds(&settings.endpoints);
        let routes = router(app.clone());
        let encryption = settings.endpoints.certificates.as_ref().map(|certificates| {
            tokio::spawn(certificates.clone().keep(stop.clone()));
            let tls = certificates.tls().clone();
            Arc::new(move || tls.config()) as Encryption
        });
        let serving = serve_encrypted(self.endpoints, routes, bounds, encryption, stop.clone());
        let endpoints = tokio::spawn(serving);
        if let Some(listener) = self.metrics {
            tokio::spawn(watch_parts(recorder.clone(), gauges(app), stop.clone()));
            let (routes, until) = (metrics_router(recorder), assembly.stores_stop.clone());
            tokio::spawn(bounded_http::serve(listener, routes, Bounds::small(), until));
        }
        endpoints
    }
}

/// How many connections there may be, as far as the process may open files.
fn connection_bounds(endpoints: &HttpSettings) -> Bounds {
    let bounds = Bounds { proxies: endpoints.trusted_proxies.clone(), ..Bounds::default() };
    let links = endpoints.agent_links_most + endpoints.console_links_most;
    let wanted = (links + bounds.connections + FILES_BESIDES) as u64;
    let files = bounded_http::raise_file_limit(wanted);
    if files >= wanted {
        return bounds;
    }
    tracing::warn!(
        files,
        wanted,
        "the limit of open files (LimitNOFILE, ulimit -n) is too low for all links; set it higher"
    );
    // What the links leave, and at least a quarter.
    let left = files.saturating_sub((links + FILES_BESIDES) as u64).max(files / 4);
    let connections = usize::try_from(left).unwrap_or(bounds.connections);
    let connections = connections.clamp(FEWEST_CONNECTIONS, bounds.connections);
    Bounds { per_peer: bounds.per_peer.min(connections / 2), connections, ..bounds }
}

fn gauges(app: App) -> impl Fn(&mut dyn FnMut(&'static str, f64)) + Send {
    move |set| {
        let taken = |most: usize, free: usize| most.saturating_sub(free) as f64;
        let most = &app.settings;
        set(
            "helan_agent_links",
            taken(most.agent_links_most, app.agent_places.available_permits()),
        );
        set(
            "helan_console_links",
            taken(most.console_links_most, app.console_places.available_permits()),
        );
        if let Some(certificates) = &most.certificates {
            set("helan_certificate_seconds_left", certificates.own_seconds_left() as f64);
        }
        set("helan_journal_working", f64::from(u8::from(app.journal_works())));
    }
}
