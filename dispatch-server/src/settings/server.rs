//! The settings a server is made from, with the values of operation.

use crate::history::KEEP_DAYS;
use crate::http::HttpSettings;
use crate::live::LiveSettings;
use crate::people::SessionLifetime;
use crate::stores::{Database, Storage};
use dispatch_desk::clock::Clock;
use dispatch_desk::journal::memory::MemoryJournal;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;
use transport_tls::ServerFiles;

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
    /// The files with which console and API are served over TLS; without them in the clear.
    pub encryption: Option<ServerFiles>,
    /// The authority that signed the certificate of the Redis; without it those that the machine trusts.
    pub redis_authority: Option<PathBuf>,
    /// How the doors behave.
    pub endpoints: HttpSettings,
    /// How long sessions live.
    pub sessions: SessionLifetime,
    /// How the links behave.
    pub live: LiveSettings,
    /// Bytes of the embedded store's disk that are kept for commands; without it a twentieth of the disk.
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
    /// For simulations and tests: the journal in memory, instead of the one in the data folder or database; everything
    /// else stays in the folder.
    pub journal_in_memory: Option<MemoryJournal>,
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
            encryption: None,
            redis_authority: None,
            endpoints: HttpSettings::default(),
            sessions: SessionLifetime::default(),
            live: LiveSettings::default(),
            disk_reserve_bytes: None,
            keep_positions_days: KEEP_DAYS,
            stuck_after: STUCK_AFTER,
            grace: Duration::from_secs(10),
            clock: Clock::system(),
            journal_in_memory: None,
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
