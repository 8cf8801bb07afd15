//! Keeping the tables up to date: a step takes some events of one centre, the rows they touch, and writes
//! rows and progress in one transaction, so every event counts exactly once, whoever does the step.

use super::store::{Wanted, empty_all, load, lock_progress, set_progress, write};
use dispatch_core::model::{CentreId, Recorded};
use dispatch_desk::database::{PostgresError, migrate_postgres};
use dispatch_desk::journal::{Head, Journal, JournalFailure, LoadError, holds, read_hashed};
use sqlx::PgPool;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// Events taken over in one step: some tenths of a second, so that servers take turns.
pub const EVENTS_PER_STEP: u32 = 2_000;

/// Connections: one that writes, the others for questions.
const CONNECTIONS: u32 = 4;

/// Longest wait for a free connection.
const CONNECTION_WAIT: Duration = Duration::from_secs(5);

/// How often the journal is looked at. A report that is a few seconds old hurts nobody.
const LOOK_EVERY: Duration = Duration::from_secs(3);

/// What can go wrong with the reports.
#[derive(Debug, thiserror::Error)]
pub enum ReportsError {
    /// The database failed.
    #[error("the report tables failed: {0}")]
    Database(#[from] sqlx::Error),
    /// The journal could not be read.
    #[error(transparent)]
    Journal(#[from] LoadError),
    /// How far the journal goes could not be read.
    #[error("failed to read the journal: {0}")]
    Heads(#[from] JournalFailure),
    /// The database could not be opened.
    #[error(transparent)]
    Open(#[from] PostgresError),
}

/// The report tables.
#[derive(Clone, Debug)]
pub struct Reports {
    pub(super) pool: PgPool,
    pub(super) exercises_count: bool,
}

impl Reports {
    /// Reaches the database and brings its tables up to date.
    ///
    /// # Errors
    /// When it cannot be reached or a migration fails.
    pub async fn open(options: PgConnectOptions) -> Result<Self, ReportsError> {
        migrate_postgres(&options).await?;
        let pool = PgPoolOptions::new()
            .max_connections(CONNECTIONS)
            .acquire_timeout(CONNECTION_WAIT)
            .connect_with(options)
            .await?;
        Ok(Self { pool, exercises_count: false })
    }

    /// The same where exercises count or do not: they do in an installation that has nothing else, as in the core's
    /// `Norms::exercises_count`.
    #[must_use]
    pub fn counting_exercises(self, exercises_count: bool) -> Self {
        Self { exercises_count, ..self }
    }

    /// Takes over everything the journal has; gives the number of events taken over.
    ///
    /// # Errors
    /// When database or journal fail; what was taken over until then stays.
    pub async fn catch_up(&self, journal: &dyn Journal) -> Result<u64, ReportsError> {
        let (mut taken, mut failed) = (0, None);
        for centre in journal.heads().await?.into_keys() {
            // What goes wrong with one centre holds no other up.
            match self.catch_up_centre(journal, &centre).await {
                Ok(events) => taken += events,
                Err(error) => {
                    tracing::warn!(%centre, %error, "the reports of a centre are behind");
                    failed.get_or_insert(error);
                }
            }
        }
        failed.map_or(Ok(taken), Err)
    }

    async fn catch_up_centre(
        &self,
        journal: &dyn Journal,
        centre: &CentreId,
    ) -> Result<u64, ReportsError> {
        let (mut taken, mut at_once) = (0, EVENTS_PER_STEP);
        loop {
            match self.step(journal, centre, at_once).await {
                Ok(0) => return Ok(taken),
                Ok(events) => {
                    taken += events;
                    at_once = EVENTS_PER_STEP;
                }
                // One event among them cannot be stored: halve until it stands alone, then go on behind it.
                Err(ReportsError::Database(error)) if is_of_the_data(&error) && at_once > 1 => {
                    at_once /= 2;
                }
                Err(ReportsError::Database(error)) if is_of_the_data(&error) => {
                    self.pass_over(journal, centre, &error).await?;
                    at_once = EVENTS_PER_STEP;
                }
                Err(error) => return Err(error),
            }
        }
    }

    /// Leaves the next event of a centre out of the reports, which name it and go on.
    async fn pass_over(
        &self,
        journal: &dyn Journal,
        centre: &CentreId,
        why: &sqlx::Error,
    ) -> Result<(), ReportsError> {
        let mut transaction = self.pool.begin().await?;
        let (after, _) = lock_progress(&mut transaction, centre).await?;
        let next = journal.read(centre, after, 1).await?;
        let Some(next) = next.first() else { return Ok(()) };
        let version = next.version;
        set_progress(&mut transaction, centre, &Head { version, hash: next.hash }).await?;
        transaction.commit().await?;
        metrics::counter!("helan_report_events_passed_over_total").increment(1);
        tracing::error!(%centre, version, %why, "an event cannot be stored in the reports and is left out");
        Ok(())
    }

    /// Empties the tables kept from the journal and takes everything over again; gives the number of
    /// events.
    ///
    /// # Errors
    /// As [`Self::catch_up`].
    pub async fn rebuild(&self, journal: &dyn Journal) -> Result<u64, ReportsError> {
        sqlx::raw_sql(
            "TRUNCATE report.progress, report.incident, report.task, report.vehicle, report.stay",
        )
        .execute(&self.pool)
        .await?;
        self.catch_up(journal).await
    }

    /// Keeps the tables up to date until `stop`.
    pub async fn keep(self, journal: Arc<dyn Journal>, stop: CancellationToken) {
        loop {
            // A step that is given up is rolled back: a database that froze never holds up a stop.
            let caught_up = tokio::select! {
                () = stop.cancelled() => return,
                caught_up = self.catch_up(&*journal) => caught_up,
            };
            if let Err(error) = caught_up {
                tracing::warn!(%error, "the report tables are behind; trying again");
            }
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep(LOOK_EVERY) => {}
            }
        }
    }

    async fn step(
        &self,
        journal: &dyn Journal,
        centre: &CentreId,
        at_once: u32,
    ) -> Result<u64, ReportsError> {
        let mut transaction = self.pool.begin().await?;
        let (after, hash) = lock_progress(&mut transaction, centre).await?;
        if let Some(hash) = hash
            && !holds(journal, centre, &Head { version: after, hash }).await?
        {
            tracing::warn!(%centre, "the journal was set back: the report tables are made again");
            empty_all(&mut transaction).await?;
            transaction.commit().await?;
            return Ok(1);
        }
        let read = read_hashed(journal, centre, after, at_once).await?;
        let Some((hash, _)) = read.last() else { return Ok(0) };
        let head = Head { version: after + read.len() as u64, hash: *hash };
        let events: Vec<Recorded> = read.into_iter().map(|(_, event)| event).collect();
        let mut rows = load(&mut transaction, &wanted(&events)).await?;
        events.iter().for_each(|event| rows.take_over(centre, event));
        write(&mut transaction, &rows).await?;
        set_progress(&mut transaction, centre, &head).await?;
        transaction.commit().await?;
        Ok(events.len() as u64)
    }
}

/// Whether the database refuses what it is given, as it would again: a data exception (class 22) or a broken
/// constraint (class 23), or a value that cannot be written or read at all.
fn is_of_the_data(error: &sqlx::Error) -> bool {
    if matches!(error, sqlx::Error::Encode(_) | sqlx::Error::Decode(_)) {
        return true;
    }
    let code = error.as_database_error().and_then(sqlx::error::DatabaseError::code);
    code.is_some_and(|code| code.starts_with("22") || code.starts_with("23"))
}

fn wanted(events: &[Recorded]) -> Wanted {
    let (mut incidents, mut tasks, mut vehicles) =
        (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for recorded in events {
        let named = recorded.event.subjects();
        incidents.extend(named.incident.map(|incident| incident.as_str()));
        incidents.extend(named.task.and_then(|task| task.incident()));
        tasks.extend(named.task.map(|task| task.as_str()));
        vehicles.extend(named.vehicle.map(|vehicle| vehicle.as_str()));
    }
    let all = |ids: BTreeSet<&str>| ids.into_iter().map(str::to_owned).collect();
    Wanted { incidents: all(incidents), tasks: all(tasks), vehicles: all(vehicles) }
}
