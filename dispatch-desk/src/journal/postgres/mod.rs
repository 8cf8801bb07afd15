//! The journal in PostgreSQL: any number of servers over one database, the primary key decides who was
//! first.
//!
//! One connection appends; a pool reads. After each append the other servers are told, and hear it by
//! the bulletin.

mod append;
mod cut;
mod guards;
mod incidents;
mod notifier;
mod region;
mod rows;
mod snapshots;
mod writer;

pub use incidents::READ_INCIDENT;
pub(crate) use notifier::JOURNAL_CHANNEL;

use super::contract::{Append, AppendError, Cut, Heads, Journal, JournalFailure, Pending};
use super::stored::{StoredEvent, StoredSnapshot};
use crate::clock::{DatabaseTime, steady_now};
use crate::database::{PostgresError, in_time, migrate_postgres};
use dispatch_core::model::{CentreId, IncidentId, Timestamp};
use notifier::WakeupNotifier;
use sqlx::PgPool;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use std::time::Duration;
use writer::Writer;

/// Connections that read, listen and tell: timelines, audits and feeds that resume. A few servers stay
/// far below the hundred that PostgreSQL allows by default.
const READERS: u32 = 6;

/// Longest wait for a free reader before the store counts as failing.
const READER_WAIT: Duration = Duration::from_secs(5);

/// The journal in a PostgreSQL database.
#[derive(Debug)]
pub struct PostgresJournal {
    writer: Writer,
    readers: PgPool,
    notifier: WakeupNotifier,
    options: PgConnectOptions,
}

impl PostgresJournal {
    /// Reaches the database and brings its tables up to date.
    ///
    /// # Errors
    /// When it cannot be reached or a migration fails.
    pub async fn open(options: PgConnectOptions) -> Result<Self, PostgresError> {
        migrate_postgres(&options).await?;
        Self::connect(options).await
    }

    /// Reaches the database only to look into it: its tables stay as they are, and the database refuses to write.
    ///
    /// # Errors
    /// When it cannot be reached.
    pub async fn open_to_read(options: PgConnectOptions) -> Result<Self, PostgresError> {
        let options = options.options([("default_transaction_read_only", "on")]);
        Self::connect(options).await
    }

    async fn connect(options: PgConnectOptions) -> Result<Self, PostgresError> {
        let writer = Writer::open(options.clone()).await?;
        let readers = PgPoolOptions::new()
            .max_connections(READERS)
            .acquire_timeout(READER_WAIT)
            .connect_with(options.clone())
            .await?;
        let notifier = WakeupNotifier::start(readers.clone());
        Ok(Self { writer, readers, notifier, options })
    }

    /// The connections that read, for those who listen to other servers.
    pub fn readers(&self) -> PgPool {
        self.readers.clone()
    }

    /// What time it is by the database's clock.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn clock(&self) -> Result<DatabaseTime, JournalFailure> {
        let asked = steady_now();
        let sql = "SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint";
        let millis = in_time(sqlx::query_scalar(sql).fetch_one(&self.readers)).await?;
        Ok(DatabaseTime { time: Timestamp(millis), at: asked + asked.elapsed() / 2 })
    }

    /// A name that is the same for all who share this journal and no other: of the database cluster, of its line
    /// of history (another one after a restore to a point in time), and of the database.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn name(&self) -> Result<String, JournalFailure> {
        let name = sqlx::query_scalar(
            "SELECT system_identifier || '/' || timeline_id || '/' || current_database()
             FROM pg_control_system(), pg_control_checkpoint()",
        );
        Ok(in_time(name.fetch_one(&self.readers)).await?)
    }

    /// Makes the index by which timelines find the events of their incident, unless it is there. May take minutes on a
    /// journal of years, and holds up no writing meanwhile.
    ///
    /// # Errors
    /// When the database fails, or the role of these connections does not own the journal.
    pub async fn index_incidents(&self) -> Result<(), PostgresError> {
        Ok(incidents::make_index(&self.options).await?)
    }

    /// Puts events in the place of all that follow a head, and takes the centre's snapshots out; all or nothing.
    ///
    /// # Errors
    /// When the store fails or refuses, or the journal has gone on meanwhile.
    pub async fn cut(&self, asked: &Cut<'_>) -> Result<(), JournalFailure> {
        cut::cut(&self.writer, asked).await
    }

    /// Closes the connections; what was acknowledged is in the database already.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

impl Journal for PostgresJournal {
    fn append<'a>(&'a self, appends: &'a [Append<'a>]) -> Pending<'a, Result<(), AppendError>> {
        Box::pin(async move {
            append::append(&self.writer, appends).await?;
            for append in appends {
                self.notifier
                    .tell(append.centre, append.after.version + append.events.len() as u64);
            }
            Ok(())
        })
    }

    fn read<'a>(
        &'a self,
        centre: &'a CentreId,
        after: u64,
        limit: u32,
    ) -> Pending<'a, Result<Vec<StoredEvent>, JournalFailure>> {
        Box::pin(rows::read(&self.readers, centre, after, limit))
    }

    fn read_incident<'a>(
        &'a self,
        centre: &'a CentreId,
        incident: &'a IncidentId,
        after: u64,
        limit: u32,
    ) -> Pending<'a, Result<Vec<StoredEvent>, JournalFailure>> {
        Box::pin(incidents::read(&self.readers, centre, incident, after, limit))
    }

    fn heads(&self) -> Pending<'_, Result<Heads, JournalFailure>> {
        Box::pin(rows::heads(&self.readers))
    }

    fn save_snapshot<'a>(
        &'a self,
        centre: &'a CentreId,
        snapshot: &'a StoredSnapshot,
    ) -> Pending<'a, Result<(), JournalFailure>> {
        Box::pin(snapshots::save(&self.readers, centre, snapshot))
    }

    fn load_snapshots<'a>(
        &'a self,
        centre: &'a CentreId,
    ) -> Pending<'a, Result<Vec<StoredSnapshot>, JournalFailure>> {
        Box::pin(snapshots::load(&self.readers, centre))
    }

    fn discard_snapshot<'a>(
        &'a self,
        centre: &'a CentreId,
        version: u64,
    ) -> Pending<'a, Result<(), JournalFailure>> {
        Box::pin(snapshots::discard(&self.readers, centre, version))
    }

    fn probe(&self) -> Pending<'_, Result<(), JournalFailure>> {
        Box::pin(async move { Ok(self.writer.probe().await?) })
    }

    fn check_guards(&self) -> Pending<'_, Result<(), JournalFailure>> {
        Box::pin(guards::check(&self.readers))
    }

    fn take_turn(&self) -> Pending<'_, Result<(), JournalFailure>> {
        Box::pin(async move { Ok(self.writer.take_turn().await?) })
    }

    fn release_write_lock(&self) -> Pending<'_, ()> {
        Box::pin(async move {
            if let Err(error) = self.writer.release_write_lock().await {
                tracing::warn!(%error, "a turn could not be given back; it ends with its connection");
            }
        })
    }
}
