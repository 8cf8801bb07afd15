//! The outbox on disk: SQLite with a write-ahead log and full synchronisation, so that a batch
//! outlives a power cut once it is applied.
//!
//! A connection on which anything failed is closed and never used again. The next one first reads what
//! is in the file and holds it against what was told as stored; a file that holds something else is set
//! aside and written anew from memory.

use std::path::{Path, PathBuf};

use sqlx::Connection;
use sqlx::sqlite::SqliteConnection;
use tracing::warn;

use super::{Change, Outbox, OutboxContent, OutboxError, StoredCommand, file, rows, salvage};

/// Length of an outbox's name; 16 random bytes as hexadecimal. The protocol allows 40 characters.
const ID_BYTES: usize = 16;
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
#[derive(Debug)]
pub struct SqliteOutbox {
    path: PathBuf,
    /// Absent after a failure, until the file was opened again and held what it should.
    connection: Option<SqliteConnection>,
    /// What was told as stored.
    content: OutboxContent,
    /// Batches stored so far.
    batch: u64,
    /// Whether the file at the path is ours; it is not when it could not be read at the start.
    is_ours: bool,
    salvaged: Vec<StoredCommand>,
}

impl SqliteOutbox {
    /// Opens the file, or makes it with a new random name.
    ///
    /// # Errors
    /// When the file cannot be made, opened or is no outbox.
    pub async fn open(path: &Path) -> Result<Self, OutboxError> {
        file::finish_replacing(path)?;
        let mut connection = file::open(path).await?;
        let insert = sqlx::query("INSERT OR IGNORE INTO outbox (one, id) VALUES (1, ?)");
        insert.bind(new_id()).execute(&mut connection).await?;
        let (content, batch) = rows::read(&mut connection).await?;
        let (path, connection) = (path.to_path_buf(), Some(connection));
        Ok(Self { path, connection, content, batch, is_ours: true, salvaged: Vec::new() })
    }

    /// Opens the file whatever its state. One that cannot be used is set aside and a new outbox takes up
    /// what could be read of it; with a disk that does not even allow that, the new outbox is in memory
    /// until it does.
    pub async fn open_or_begin(path: &Path) -> Self {
        let error = match Self::open(path).await {
            Ok(outbox) => return outbox,
            Err(error) => error,
        };
        warn!(%error, "the outbox cannot be used; beginning a new one");
        let mut content = salvage::salvage(path, new_id()).await;
        if is_not_usable(&error, path) {
            match file::replace(path, &content, 0).await {
                Ok((connection, aside)) => {
                    let aside = aside.unwrap_or_default();
                    warn!(aside = %aside.display(), acts = content.salvaged.len(), "the old outbox was set aside");
                    let (path, connection) = (path.to_path_buf(), Some(connection));
                    let (is_ours, salvaged) = (true, Vec::new());
                    return Self { path, connection, content, batch: 0, is_ours, salvaged };
                }
                Err(error) => warn!(%error, "no new outbox can be made; going on in memory"),
            }
        }
        content.is_unsaved = true;
        let path = path.to_path_buf();
        let (connection, is_ours, salvaged) = (None, false, Vec::new());
        Self { path, connection, content, batch: 0, is_ours, salvaged }
    }

    /// Closes the file in good order. Not needed for safety, only for a tidy folder.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn close(self) -> Result<(), OutboxError> {
        if let Some(connection) = self.connection {
            connection.close().await?;
        }
        Ok(())
    }

    async fn try_apply(
        &mut self,
        mut connection: SqliteConnection,
        changes: &[Change],
    ) -> Result<(), OutboxError> {
        let mut tx = connection.begin().await?;
        for change in changes {
            rows::apply(&mut tx, change).await?;
        }
        sqlx::query("UPDATE outbox SET batch = batch + 1").execute(&mut *tx).await?;
        tx.commit().await?;
        self.count(changes);
        let is_due = self.batch.is_multiple_of(BATCHES_PER_VACUUM);
        if is_due && let Err(error) = sqlx::raw_sql(VACUUM).execute(&mut connection).await {
            // The batch is stored; only this connection is not to be trusted any more.
            warn!(%error, "the outbox gives no space back");
            return Ok(());
        }
        self.connection = Some(connection);
        Ok(())
    }

    fn count(&mut self, changes: &[Change]) {
        self.content.apply(changes);
        self.content.is_unsaved = false;
        self.batch += 1;
    }

    /// Opens the file anew and holds it against memory. Gives a connection, or `None` if these very
    /// changes turn out to be stored.
    async fn reopen(
        &mut self,
        changes: &[Change],
    ) -> Result<Option<SqliteConnection>, OutboxError> {
        let found = match self.look().await {
            Ok(found) => Some(found),
            Err(error) if is_not_usable(&error, &self.path) => {
                warn!(%error, "the outbox's file cannot be used; writing a new one");
                None
            }
            Err(error) => return Err(error),
        };
        if let Some((connection, content, batch)) = found {
            let mut then = self.content.clone();
            if (&content, batch) == (&then, self.batch) && self.is_ours {
                return Ok(Some(connection));
            }
            then.apply(changes);
            if (&content, batch) == (&then, self.batch + 1) && self.is_ours {
                self.count(changes);
                self.connection = Some(connection);
                return Ok(None);
            }
            connection.close().await.ok();
            self.take_over(content);
        }
        self.content.is_unsaved = false;
        let replaced = file::replace(&self.path, &self.content, self.batch).await;
        self.content.is_unsaved = replaced.is_err();
        let (connection, aside) = replaced?;
        self.is_ours = true;
        let aside = aside.unwrap_or_default();
        warn!(aside = %aside.display(), "the outbox was written anew from memory");
        Ok(Some(connection))
    }

    async fn look(&self) -> Result<(SqliteConnection, OutboxContent, u64), OutboxError> {
        let mut connection = file::open(&self.path).await?;
        let insert = sqlx::query("INSERT OR IGNORE INTO outbox (one, id) VALUES (1, ?)");
        insert.bind(&self.content.id).execute(&mut connection).await?;
        let (content, batch) = rows::read(&mut connection).await?;
        Ok((connection, content, batch))
    }

    /// Takes up acts of an outbox that could not be read before.
    fn take_over(&mut self, found: OutboxContent) {
        if found.id == self.content.id {
            return;
        }
        let OutboxContent { id, acts, salvaged, .. } = found;
        let first = |act: StoredCommand| {
            let (outbox, number) = (id.clone(), act.number);
            let own = wire_protocol::agent::PressedAs { outbox, number };
            StoredCommand { pressed_as: Some(act.pressed_as.unwrap_or(own)), ..act }
        };
        let acts: Vec<StoredCommand> = acts.into_iter().map(first).chain(salvaged).collect();
        self.content.salvaged.extend(acts.iter().cloned());
        self.content.order_salvaged();
        self.salvaged.extend(acts);
    }
}

/// A name nobody else has.
fn new_id() -> String {
    crate::machine::random::<[u8; ID_BYTES]>().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Whether the trouble lies in the file, so that another one may do better; a full or failing disk has to
/// be waited for.
fn is_not_usable(error: &OutboxError, path: &Path) -> bool {
    if file::is_no_file(path) || file::is_denied(path) {
        return true;
    }
    match error {
        OutboxError::Open { source, .. } | OutboxError::Database(source) => is_of_the_file(source),
        OutboxError::Entry(_) | OutboxError::Version(_) => true,
        OutboxError::File(_) => false,
    }
}

fn is_of_the_file(error: &sqlx::Error) -> bool {
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

impl Outbox for SqliteOutbox {
    async fn load(&mut self) -> Result<OutboxContent, OutboxError> {
        Ok(self.content.clone())
    }

    async fn apply(&mut self, changes: &[Change]) -> Result<(), OutboxError> {
        let connection = match self.connection.take() {
            Some(connection) => connection,
            None => match self.reopen(changes).await? {
                Some(connection) => connection,
                None => return Ok(()),
            },
        };
        self.try_apply(connection, changes).await
    }

    fn take_salvaged(&mut self) -> Vec<StoredCommand> {
        std::mem::take(&mut self.salvaged)
    }
}
