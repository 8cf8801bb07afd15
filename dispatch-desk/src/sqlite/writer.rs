//! The one connection of a file that writes. After a failure it is opened anew, so that a broken connection
//! never outlives the fault that broke it.

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions, Connection};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::sync::{Mutex, MutexGuard};

/// Longest wait for the connection. Whoever is before takes milliseconds on a good disk; on a bad one a
/// refusal that comes while the caller still listens is better than none.
const TURN_WAIT: Duration = Duration::from_secs(5);

#[derive(Debug)]
pub(super) struct Writer {
    options: SqliteConnectOptions,
    connection: Mutex<Option<Line>>,
    /// Turns that ended well so far.
    turns: AtomicU64,
}

/// The connection, and whether a transaction is open on it that keeps all other writers out.
#[derive(Debug)]
struct Line {
    connection: SqliteConnection,
    in_transaction: bool,
}

/// The connection while it is used; put back only when all went well. Dropped in any other way it is
/// closed, which also takes back what is not committed.
#[derive(Debug)]
pub struct Turn<'a> {
    slot: MutexGuard<'a, Option<Line>>,
    line: Line,
    turns: &'a AtomicU64,
}

impl Turn<'_> {
    /// The connection, to speak to.
    pub fn connection(&mut self) -> &mut SqliteConnection {
        &mut self.line.connection
    }

    /// Keeps all other writers out from here on; waits for the one that writes, as long as the options
    /// say. Nothing to do where that is so already.
    ///
    /// # Errors
    /// When another writer stays in, or the file fails.
    pub async fn begin(&mut self) -> Result<(), sqlx::Error> {
        if !self.line.in_transaction {
            sqlx::raw_sql("BEGIN IMMEDIATE").execute(&mut self.line.connection).await?;
            self.line.in_transaction = true;
        }
        Ok(())
    }

    /// Whether a transaction is open already: this turn goes on with one that another has left open.
    pub(super) fn is_begun(&self) -> bool {
        self.line.in_transaction
    }

    /// Makes durable what was written since `begin`; without one it is durable already.
    ///
    /// # Errors
    /// When the file fails; whether it is durable can only be found by reading.
    pub async fn commit(&mut self) -> Result<(), sqlx::Error> {
        self.finish("COMMIT").await
    }

    /// Takes back what was written since `begin`.
    ///
    /// # Errors
    /// When the file fails.
    pub async fn roll_back(&mut self) -> Result<(), sqlx::Error> {
        self.finish("ROLLBACK").await
    }

    async fn finish(&mut self, how: &'static str) -> Result<(), sqlx::Error> {
        if self.line.in_transaction {
            sqlx::raw_sql(how).execute(&mut self.line.connection).await?;
            self.line.in_transaction = false;
        }
        Ok(())
    }

    /// Puts the connection back for the next turn.
    pub fn done(mut self) {
        *self.slot = Some(self.line);
        self.turns.fetch_add(1, Ordering::Relaxed);
    }

    /// Ends the turn with the outcome of the work in it: commits and puts the connection back after success,
    /// takes everything back and closes it after an error.
    ///
    /// # Errors
    /// The work's own, or that it could not be committed.
    pub async fn end<T, E: From<sqlx::Error>>(mut self, work: Result<T, E>) -> Result<T, E> {
        let done = work?;
        self.commit().await?;
        self.done();
        Ok(done)
    }
}

impl Writer {
    pub(super) async fn open(options: SqliteConnectOptions) -> Result<Self, sqlx::Error> {
        let connection = options.connect().await?;
        let line = Line { connection, in_transaction: false };
        Ok(Self { options, connection: Mutex::new(Some(line)), turns: AtomicU64::new(0) })
    }

    pub(super) fn options(&self) -> &SqliteConnectOptions {
        &self.options
    }

    pub(super) async fn turn(&self) -> Result<Turn<'_>, sqlx::Error> {
        let free = tokio::time::timeout(TURN_WAIT, self.connection.lock()).await;
        let mut slot = free.map_err(|_| late("the database is still busy with earlier writing"))?;
        let line = match slot.take() {
            Some(line) => line,
            None => self.reopen().await?,
        };
        Ok(Turn { slot, line, turns: &self.turns })
    }

    /// Opens the connection anew and tries whether it may write: on a disk that cannot be written just now SQLite
    /// opens a file for reading only, says nothing, and the connection would stay so when the disk is well.
    async fn reopen(&self) -> Result<Line, sqlx::Error> {
        let mut connection = self.options.connect().await?;
        sqlx::raw_sql("BEGIN IMMEDIATE").execute(&mut connection).await?;
        sqlx::raw_sql("ROLLBACK").execute(&mut connection).await?;
        Ok(Line { connection, in_transaction: false })
    }

    /// Turns that ended well so far: grows as long as somebody gets something written.
    pub(super) fn turns(&self) -> u64 {
        self.turns.load(Ordering::Relaxed)
    }

    pub(super) async fn close(&self) {
        if let Some(line) = self.connection.lock().await.take()
            && let Err(error) = line.connection.close().await
        {
            tracing::warn!(%error, "a database file did not close cleanly");
        }
    }
}

fn late(what: &'static str) -> sqlx::Error {
    sqlx::Error::Io(std::io::Error::new(std::io::ErrorKind::TimedOut, what))
}
