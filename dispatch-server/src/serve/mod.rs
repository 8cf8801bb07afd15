//! Puts the server together and takes it apart again: open the stores, assemble what works on them, listen, drain.
//! A library function, so that tests and simulations run the very same server on a free port.

mod assembly;
mod drain;
mod listen;
mod opened;
mod software;
mod unheard;

pub use unheard::{Unheard, assembled};

use crate::people::{People, PeopleError};
use crate::roads::RoadStoreError;
use crate::service_entry::EntryError;
use crate::settings::{BadSetting, ServeSettings, check, load_region, open_certificates};
use crate::stores::StoresError;
use crate::telemetry::MetricsError;
use dispatch_desk::clock::ClockRefused;
use dispatch_desk::desk::DeskError;
use std::net::SocketAddr;
use std::sync::Arc;
use thiserror::Error;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// Why the server could not start.
#[derive(Debug, Error)]
pub enum ServeError {
    /// A setting cannot be worked with.
    #[error(transparent)]
    Setting(#[from] BadSetting),
    /// A store could not be opened.
    #[error(transparent)]
    Stores(#[from] StoresError),
    /// The tables of people could not be read.
    #[error(transparent)]
    People(#[from] PeopleError),
    /// The tables of roads could not be read.
    #[error(transparent)]
    Roads(#[from] RoadStoreError),
    /// A journal could not be loaded.
    #[error(transparent)]
    Desk(#[from] DeskError),
    /// The region's vehicles could not be put into service.
    #[error("the region's vehicles could not be enrolled: {0}")]
    Enrol(EntryError),
    /// The clock is not believed.
    #[error(transparent)]
    Clock(#[from] ClockRefused),
    /// Metrics could not start.
    #[error(transparent)]
    Metrics(#[from] MetricsError),
}

/// Whether a stop went as it should.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stopped {
    /// Everything was finished within the grace.
    InTime,
    /// The grace was not enough: something was cut off. Acknowledged commands are safe all the same.
    CutOff,
    /// A bug ended the desk, and the server with it. Acknowledged commands are safe all the same.
    DeskDied,
    /// The embedded store stayed locked although its disk is well. Acknowledged commands are safe all the same.
    StoreLocked,
    /// The embedded store's file was removed or replaced under the running server. What was acknowledged before is in
    /// a copy beside it; nothing was acknowledged after.
    StoreReplaced,
}

/// A running server.
pub struct Running {
    /// Where console and API are.
    pub address: SocketAddr,
    /// Whether it is reached over TLS.
    pub is_encrypted: bool,
    /// Where `/metrics` is.
    pub metrics_address: Option<SocketAddr>,
    /// The code for the first administrator, while there are no people.
    pub setup_code: Option<String>,
    /// Who may come in; for tests and first installation.
    pub people: People,
    stopped: JoinHandle<Stopped>,
}

impl Running {
    /// Waits until the server has stopped, which `stop` makes it do.
    pub async fn stopped(self) -> Stopped {
        self.stopped.await.unwrap_or(Stopped::CutOff)
    }
}

/// Starts a server. It runs until `stop` is cancelled, and then takes at most the grace to end.
///
/// # Errors
/// When a setting is bad, checked before anything is opened and any port is bound, or a store fails.
pub async fn serve(
    mut settings: ServeSettings,
    stop: CancellationToken,
) -> Result<Running, ServeError> {
    check(&settings)?;
    let region = Arc::new(load_region(&settings.region)?);
    open_certificates(&mut settings)?;
    let stores = opened::open(&settings, &region).await?;
    let listeners = listen::Listeners::bind(&settings).await?;
    let (address, metrics_address) = (listeners.address, listeners.metrics_address());
    let assembly = assembly::assemble(stores, &settings, region, &stop).await?;
    let setup_code = assembly.app.people.setup_code();
    let people = assembly.app.people.clone();
    let is_encrypted = settings.encryption.is_some();
    let endpoints = listeners.serve(&assembly, &settings, &stop);
    let stopped = tokio::spawn(drain::drain(assembly, endpoints, settings, stop));
    Ok(Running { address, is_encrypted, metrics_address, setup_code, people, stopped })
}
