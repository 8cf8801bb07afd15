//! The outbox's file in SQLite, with a write-ahead log and full synchronisation, so that a batch outlives a power cut
//! once it is written.

use std::io;
use std::path::{Path, PathBuf};

use sqlx::Connection;
use sqlx::sqlite::SqliteConnection;

use super::kept::{KeptOutbox, OutboxFile};
use super::{Change, OutboxContent, OutboxError, file, rows, salvage};

/// Batches between two givings back of free pages to the disk.
const BATCHES_PER_VACUUM: u64 = 256;
/// Gives back some free pages at one time, so that no batch waits for it.
const VACUUM: &str = "PRAGMA incremental_vacuum(64)";

/// SQLite's primary result codes that say the file itself cannot be used, now or later.
const NOT_USABLE: [i32; 5] = [
    1,  // an error in the tables
    8,  // read-only
    11, // corrupt
    20, // a value of the wrong kind
    26, // not a database
];

/// The outbox of a real terminal.
pub type SqliteOutbox = KeptOutbox<SqliteOutboxFile>;

/// Where the file is, and what stood there as it was opened.
#[derive(Debug)]
pub struct SqliteOutboxFile {
    path: PathBuf,
    opened: Option<file::Identity>,
}

impl SqliteOutboxFile {
    fn at(path: &Path) -> Self {
        Self { path: path.to_path_buf(), opened: None }
    }

    /// SQLite writes on into a file that was removed or replaced, and reports success. The log that lies under its name
    /// is emptied: it would be played into the file that stands there now.
    async fn check_place(&self, connection: &mut SqliteConnection) -> Result<(), OutboxError> {
        if self.opened == file::identity(&self.path) {
            return Ok(());
        }
        sqlx::raw_sql("PRAGMA wal_checkpoint(TRUNCATE)").execute(connection).await?;
        let what = "the outbox was removed or replaced while it is in use";
        Err(OutboxError::File(io::Error::other(what)))
    }
}

impl SqliteOutbox {
    /// Opens the file, or makes it with a new random name.
    ///
    /// # Errors
    /// When the file cannot be made, opened or is no outbox.
    pub async fn open(path: &Path) -> Result<Self, OutboxError> {
        Self::over(SqliteOutboxFile::at(path)).await.map_err(|(_, error)| error)
    }

    /// Opens the file whatever its state, as [`Self::over_or_begin`].
    pub async fn open_or_begin(path: &Path) -> Self {
        Self::over_or_begin(SqliteOutboxFile::at(path)).await
    }
}

impl OutboxFile for SqliteOutboxFile {
    type Connection = SqliteConnection;

    async fn open(
        &mut self,
        new_id: &str,
    ) -> Result<(SqliteConnection, OutboxContent, u64), OutboxError> {
        file::finish_replacing(&self.path)?;
        let mut connection = file::open(&self.path).await?;
        self.opened = file::identity(&self.path);
        let insert = sqlx::query("INSERT OR IGNORE INTO outbox (one, id) VALUES (1, ?)");
        insert.bind(new_id).execute(&mut connection).await?;
        let (content, batch) = rows::read(&mut connection).await?;
        Ok((connection, content, batch))
    }

    async fn write(
        &mut self,
        connection: &mut SqliteConnection,
        changes: &[Change],
    ) -> Result<(), OutboxError> {
        let mut tx = connection.begin().await?;
        for change in changes {
            rows::apply(&mut tx, change).await?;
        }
        sqlx::query("UPDATE outbox SET batch = batch + 1").execute(&mut *tx).await?;
        tx.commit().await?;
        self.check_place(connection).await
    }

    async fn tidy(
        &mut self,
        connection: &mut SqliteConnection,
        batch: u64,
    ) -> Result<(), OutboxError> {
        if batch.is_multiple_of(BATCHES_PER_VACUUM) {
            sqlx::raw_sql(VACUUM).execute(connection).await?;
        }
        Ok(())
    }

    async fn replace(
        &mut self,
        content: &OutboxContent,
        batch: u64,
    ) -> Result<(SqliteConnection, String), OutboxError> {
        let (connection, aside) = file::replace(&self.path, content, batch).await?;
        self.opened = file::identity(&self.path);
        Ok((connection, aside.unwrap_or_default().display().to_string()))
    }

    async fn close(&mut self, connection: SqliteConnection) -> Result<(), OutboxError> {
        Ok(connection.close().await?)
    }

    async fn salvage(&mut self, new_id: String) -> OutboxContent {
        salvage::salvage(&self.path, new_id).await
    }

    fn is_not_usable(&self, error: &OutboxError) -> bool {
        if file::is_no_file(&self.path) || file::is_denied(&self.path) {
            return true;
        }
        match error {
            OutboxError::Open { source, .. } | OutboxError::Database(source) => {
                is_of_the_file(source)
            }
            OutboxError::Entry(_) | OutboxError::Version(_) => true,
            OutboxError::File(_) => false,
        }
    }
}

/// Whether SQLite says that the file itself cannot be used.
pub(super) fn is_of_the_file(error: &sqlx::Error) -> bool {
    if let sqlx::Error::Database(error) = error {
        let code = error.code().and_then(|code| code.parse::<i32>().ok());
        return code.is_some_and(|code| NOT_USABLE.contains(&(code & 0xff)));
    }
    matches!(
        error,
        sqlx::Error::RowNotFound
            | sqlx::Error::ColumnDecode { .. }
            | sqlx::Error::ColumnNotFound(_)
            | sqlx::Error::Decode(_)
    )
}
