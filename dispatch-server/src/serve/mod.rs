//! Puts the server together and takes it apart again: open the stores, assemble what works on them, listen, drain.
//! A library function, so that tests and simulations run the very same server on a free port.

mod assembly;
mod drain;
mod listen;
mod opened;

use crate::clock::{Clock, ClockRefused};
use crate::desk::DeskError;
use crate::history::KEEP_DAYS;
use crate::http::DoorSettings;
use crate::live::LiveSettings;
use crate::people::{People, PeopleError, SessionLifetime};
use crate::roads::RoadStoreError;
use crate::service_entry::EntryError;
use crate::settings::{BadSetting, check, load_region};
use crate::stores::{Database, Storage, StoresError};
use crate::telemetry::MetricsError;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use thiserror::Error;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// Six waits for a lock: whatever else holds it, a backup or somebody's shell, is done by then or never will be.
const STUCK_AFTER: Duration = Duration::from_secs(30);

/// What a server is made from.
#[derive(Clone, Debug)]
pub struct ServeSettings {
    /// Data folder.
    pub data: PathBuf,
    /// The database shared with other servers; without it everything is in the data folder.
    pub database: Option<Database>,
    /// The file of the journal key; see [`crate::settings::journal_key`].
    pub journal_key: Option<PathBuf>,
    /// The file to which heads of the journals are added; nothing to have none.
    pub anchor: Option<PathBuf>,
    /// Region folder.
    pub region: PathBuf,
    /// The road network's file; without it the region's own, or one composed from its table of roads.
    pub roads: Option<PathBuf>,
    /// Address of console and API; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Address of `/metrics`; nothing to have none.
    pub metrics_listen: Option<SocketAddr>,
    /// How the doors behave.
    pub doors: DoorSettings,
    /// How long sessions live.
    pub sessions: SessionLifetime,
    /// How the links behave.
    pub live: LiveSettings,
    /// Bytes of the embedded store's disk that are kept for acts; without it a twentieth of the disk.
    pub disk_reserve_bytes: Option<u64>,
    /// Days for which positions are kept.
    pub keep_positions_days: u32,
    /// How long nobody may be able to write to the embedded store, its disk being well, before the server
    /// ends to be started again.
    pub stuck_after: Duration,
    /// How long a stop may take.
    pub grace: Duration,
    /// What time it is.
    pub clock: Clock,
    /// Whether a person says that the clock is right although the journal or the database say otherwise.
    pub accept_clock: bool,
}

impl ServeSettings {
    /// The usual settings, on a free port of this machine and without metrics.
    pub fn new(data: PathBuf, region: PathBuf) -> Self {
        Self {
            data,
            database: None,
            journal_key: None,
            anchor: None,
            region,
            roads: None,
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            metrics_listen: None,
            doors: DoorSettings::default(),
            sessions: SessionLifetime::default(),
            live: LiveSettings::default(),
            disk_reserve_bytes: None,
            keep_positions_days: KEEP_DAYS,
            stuck_after: STUCK_AFTER,
            grace: Duration::from_secs(10),
            clock: Clock::system(),
            accept_clock: false,
        }
    }

    /// Where journal, people and positions are kept.
    pub fn storage(&self) -> Storage {
        match &self.database {
            Some(database) => Storage::Shared(database.clone()),
            None => Storage::Embedded(self.data.clone()),
        }
    }
}

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
    /// The grace was not enough: something was cut off. Acknowledged acts are safe all the same.
    CutOff,
    /// A bug ended the desk, and the server with it. Acknowledged acts are safe all the same.
    DeskDied,
    /// The embedded store stayed locked although its disk is well. Acknowledged acts are safe all the same.
    StoreLocked,
}

/// A running server.
pub struct Running {
    /// Where console and API are.
    pub address: SocketAddr,
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
    settings: ServeSettings,
    stop: CancellationToken,
) -> Result<Running, ServeError> {
    check(&settings)?;
    let region = Arc::new(load_region(&settings.region)?);
    let stores = opened::open(&settings, &region).await?;
    let listeners = listen::Listeners::bind(&settings).await?;
    let (address, metrics_address) = (listeners.address, listeners.metrics_address());
    let assembly = assembly::assemble(stores, &settings, region, &stop).await?;
    let setup_code = assembly.app.people.setup_code();
    let people = assembly.app.people.clone();
    let doors = listeners.serve(&assembly, &settings, &stop)?;
    let stopped = tokio::spawn(drain::drain(assembly, doors, settings, stop));
    Ok(Running { address, metrics_address, setup_code, people, stopped })
}
