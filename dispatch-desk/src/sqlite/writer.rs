//! The one connection of a file that writes. After a failure it is opened anew, so that a broken connection
//! never outlives the fault that broke it.

use super::place::Place;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection};
use std::path::Path;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use std::{fmt, io};
use tokio::sync::{Mutex, MutexGuard};

/// Longest wait for the connection. Whoever is before takes milliseconds on a good disk; on a bad one a
/// refusal that comes while the caller still listens is better than none.
const TURN_WAIT: Duration = Duration::from_secs(5);

/// What bounds a transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// Begins it, and keeps all other writers out from here on.
    Begin,
    /// Makes it durable.
    Commit,
    /// Takes it back.
    RollBack,
}

/// A file as the one who writes it reaches it: SQLite's, or the model of it that a simulation writes.
pub trait WrittenFile: fmt::Debug + Send + Sync {
    /// What writes. Dropped, it is closed, and what is not committed is taken back.
    type Connection: fmt::Debug + Send;

    /// Opens the file.
    fn open(&self) -> impl Future<Output = Result<Self::Connection, sqlx::Error>> + Send;

    /// What stands under its name, once it is open; `None` for one that no name leads to.
    ///
    /// # Errors
    /// When the disk cannot be asked.
    fn place(&self) -> io::Result<Option<Place>>;

    /// Begins or ends a transaction. After an error nobody knows whether one is open.
    fn bound(
        &self,
        connection: &mut Self::Connection,
        bound: Bound,
    ) -> impl Future<Output = Result<(), sqlx::Error>> + Send;

    /// Closes a connection in good order.
    fn close(
        &self,
        connection: Self::Connection,
    ) -> impl Future<Output = Result<(), sqlx::Error>> + Send;
}

impl WrittenFile for SqliteConnectOptions {
    type Connection = SqliteConnection;

    async fn open(&self) -> Result<SqliteConnection, sqlx::Error> {
        ConnectOptions::connect(self).await
    }

    fn place(&self) -> io::Result<Option<Place>> {
        Place::of(self.get_filename()).map(Some)
    }

    async fn bound(
        &self,
        connection: &mut SqliteConnection,
        bound: Bound,
    ) -> Result<(), sqlx::Error> {
        let statement = match bound {
            Bound::Begin => "BEGIN IMMEDIATE",
            Bound::Commit => "COMMIT",
            Bound::RollBack => "ROLLBACK",
        };
        sqlx::raw_sql(statement).execute(connection).await.map(|_| ())
    }

    async fn close(&self, connection: SqliteConnection) -> Result<(), sqlx::Error> {
        connection.close().await
    }
}

/// The writer of a file.
#[derive(Debug)]
pub struct Writer<F: WrittenFile = SqliteConnectOptions> {
    file: F,
    /// What stood under its name when it was opened first.
    place: OnceLock<Place>,
    connection: Mutex<Option<Line<F::Connection>>>,
    /// Turns that ended well so far.
    turns: AtomicU64,
}

/// The connection, and whether a transaction is open on it that keeps all other writers out.
#[derive(Debug)]
struct Line<C> {
    connection: C,
    in_transaction: bool,
}

/// The connection while it is used; put back only when all went well. Dropped in any other way it is
/// closed, which also takes back what is not committed.
#[derive(Debug)]
pub struct Turn<'a, F: WrittenFile = SqliteConnectOptions> {
    slot: MutexGuard<'a, Option<Line<F::Connection>>>,
    /// Absent only once it is put back.
    line: Option<Line<F::Connection>>,
    writer: &'a Writer<F>,
}

impl<F: WrittenFile> Turn<'_, F> {
    /// The connection, to speak to.
    pub fn connection(&mut self) -> &mut F::Connection {
        &mut self.line().connection
    }

    fn line(&mut self) -> &mut Line<F::Connection> {
        self.line.as_mut().expect("only `done` takes it, and the turn with it")
    }

    /// Keeps all other writers out from here on; waits for the one that writes, as long as the options
    /// say. Nothing to do where that is so already.
    ///
    /// # Errors
    /// When another writer stays in, or the file fails.
    pub async fn begin(&mut self) -> Result<(), sqlx::Error> {
        let (file, line) = (&self.writer.file, self.line());
        if !line.in_transaction {
            file.bound(&mut line.connection, Bound::Begin).await?;
            line.in_transaction = true;
        }
        Ok(())
    }

    /// Whether a transaction is open already: this turn goes on with one that another has left open.
    pub(crate) fn is_begun(&self) -> bool {
        self.line.as_ref().is_some_and(|line| line.in_transaction)
    }

    /// Makes durable what was written since `begin`; without one it is durable already.
    ///
    /// # Errors
    /// When the file fails, or was removed or replaced; whether it is durable can only be found by reading.
    pub async fn commit(&mut self) -> Result<(), sqlx::Error> {
        self.finish(Bound::Commit).await?;
        self.writer.check_place()
    }

    /// Takes back what was written since `begin`.
    ///
    /// # Errors
    /// When the file fails.
    pub async fn roll_back(&mut self) -> Result<(), sqlx::Error> {
        self.finish(Bound::RollBack).await
    }

    async fn finish(&mut self, how: Bound) -> Result<(), sqlx::Error> {
        let (file, line) = (&self.writer.file, self.line());
        if line.in_transaction {
            file.bound(&mut line.connection, how).await?;
            line.in_transaction = false;
        }
        Ok(())
    }

    /// Puts the connection back for the next turn.
    pub fn done(mut self) {
        *self.slot = self.line.take();
        self.writer.turns.fetch_add(1, Ordering::Relaxed);
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
    pub(super) fn options(&self) -> &SqliteConnectOptions {
        &self.file
    }

    /// Writes what the connection sees of a file that was removed or replaced to a new one, and empties the log that
    /// lies under the old name: it would be played into what stands there now. False when no connection is left
    /// that sees it.
    pub(super) async fn keep_at(&self, path: &Path) -> Result<bool, sqlx::Error> {
        let Some(mut line) = self.connection.lock().await.take() else { return Ok(false) };
        if std::mem::take(&mut line.in_transaction) {
            sqlx::raw_sql("ROLLBACK").execute(&mut line.connection).await?;
        }
        super::keep_private(path)?;
        let name = path.display().to_string().replace('\'', "''");
        let copy = format!("VACUUM INTO '{name}'");
        let kept = sqlx::raw_sql(AssertSqlSafe(copy)).execute(&mut line.connection).await;
        let emptied = "PRAGMA wal_checkpoint(TRUNCATE)";
        sqlx::raw_sql(emptied).execute(&mut line.connection).await?;
        kept.map(|_| true)
    }
}

impl<F: WrittenFile> Writer<F> {
    /// Opens a file.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub async fn open(file: F) -> Result<Self, sqlx::Error> {
        let writer = Self::unopened(file);
        let line = writer.opened().await?;
        *writer.connection.lock().await = Some(line);
        Ok(writer)
    }

    /// A file that the first turn opens.
    pub fn unopened(file: F) -> Self {
        let (place, connection) = (OnceLock::new(), Mutex::new(None));
        Self { file, place, connection, turns: AtomicU64::new(0) }
    }

    /// The connection, as soon as it is free.
    ///
    /// # Errors
    /// When it stays taken, has to be opened anew and cannot, or the file was removed or replaced.
    pub async fn turn(&self) -> Result<Turn<'_, F>, sqlx::Error> {
        let free = tokio::time::timeout(TURN_WAIT, self.connection.lock()).await;
        let mut slot = free.map_err(|_| late("the database is still busy with earlier writing"))?;
        self.check_place()?;
        let line = match slot.take() {
            Some(line) => line,
            None => self.reopen().await?,
        };
        Ok(Turn { slot, line: Some(line), writer: self })
    }

    /// Opens the connection anew and tries whether it may write: on a disk that cannot be written just now SQLite
    /// opens a file for reading only, says nothing, and the connection would stay so when the disk is well.
    async fn reopen(&self) -> Result<Line<F::Connection>, sqlx::Error> {
        let mut line = self.opened().await?;
        self.file.bound(&mut line.connection, Bound::Begin).await?;
        self.file.bound(&mut line.connection, Bound::RollBack).await?;
        Ok(line)
    }

    async fn opened(&self) -> Result<Line<F::Connection>, sqlx::Error> {
        let connection = self.file.open().await?;
        if let Some(place) = self.file.place()? {
            // A file that is opened anew keeps the place of the first time: another one there is not it.
            let _first = self.place.get_or_init(|| place);
        }
        Ok(Line { connection, in_transaction: false })
    }

    pub(super) fn is_in_place(&self) -> bool {
        self.place.get().is_none_or(Place::is_held)
    }

    fn check_place(&self) -> Result<(), sqlx::Error> {
        if self.is_in_place() {
            return Ok(());
        }
        let what = "the file was removed or replaced while it is in use";
        Err(sqlx::Error::Io(io::Error::other(what)))
    }

    /// Turns that ended well so far: grows as long as somebody gets something written.
    pub(super) fn turns(&self) -> u64 {
        self.turns.load(Ordering::Relaxed)
    }

    pub(super) async fn close(&self) {
        if let Some(line) = self.connection.lock().await.take()
            && let Err(error) = self.file.close(line.connection).await
        {
            tracing::warn!(%error, "a database file did not close cleanly");
        }
    }
}

fn late(what: &'static str) -> sqlx::Error {
    sqlx::Error::Io(std::io::Error::new(std::io::ErrorKind::TimedOut, what))
}
