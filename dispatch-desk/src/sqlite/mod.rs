//! SQLite files: the one way in which this program opens, reads and writes them.
//!
//! Each file has one connection that writes and a few that only read. A connection that saw an error, or
//! was left in the middle of its work, is closed and never used again: after a failed COMMIT nobody can say
//! whether a transaction is still open on it, and one that is holds the file's write lock for ever. The
//! structure tests hold everybody else to this door.

mod modes;
mod place;
mod reading;
mod watch;
mod writer;

pub use modes::{keep_private, keep_private_folder};
pub use place::Place;
pub use reading::Reading;
pub use watch::Stuck;
pub use writer::{Bound, Turn, Writer, WrittenFile};

use sqlx::SqlitePool;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// Longest wait for a free reader before the store counts as failing.
const READER_WAIT: Duration = Duration::from_secs(5);

/// A SQLite file in use. Cheap to clone; the clones share the writer.
#[derive(Clone, Debug)]
pub struct SqliteFile {
    writer: Arc<Writer>,
    readers: SqlitePool,
}

impl SqliteFile {
    /// Opens a file whose tables are up to date, with so many connections that read at the same time. What
    /// others of this machine could read is made private first.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub async fn open(options: SqliteConnectOptions, readers: u32) -> Result<Self, sqlx::Error> {
        keep_private(options.get_filename())?;
        let writer = Arc::new(Writer::open(options).await?);
        let readers = open_readers(writer.options(), readers).await?;
        Ok(Self { writer, readers })
    }

    /// Opens a file only to look into it: nothing of it, its mode included, is changed, and whatever would write fails.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub async fn open_to_read(
        options: SqliteConnectOptions,
        readers: u32,
    ) -> Result<Self, sqlx::Error> {
        let options = options.read_only(true).create_if_missing(false);
        let writer = Arc::new(Writer::open(options).await?);
        let readers = open_readers(writer.options(), readers).await?;
        Ok(Self { writer, readers })
    }

    /// The same file and writer with connections of one's own to read, so that long reading elsewhere
    /// keeps nobody here waiting.
    ///
    /// # Errors
    /// When the file cannot be opened.
    pub async fn with_own_readers(&self, readers: u32) -> Result<Self, sqlx::Error> {
        let readers = open_readers(self.writer.options(), readers).await?;
        Ok(Self { writer: self.writer.clone(), readers })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.writer.options().get_filename()
    }

    /// Whether the file still stands under its name. One that was removed or replaced while it is in use takes what is
    /// written and keeps nothing, so nothing is written to it any more.
    pub fn is_in_place(&self) -> bool {
        self.writer.is_in_place()
    }

    /// The connection that writes, as soon as it is free.
    ///
    /// # Errors
    /// When it stays taken, has to be opened anew and cannot, or the file was removed or replaced.
    pub async fn turn(&self) -> Result<Turn<'_>, sqlx::Error> {
        self.writer.turn().await
    }

    /// A connection that reads, as soon as one is free.
    ///
    /// # Errors
    /// When all stay taken, or one has to be opened and cannot.
    pub async fn reading(&self) -> Result<Reading, sqlx::Error> {
        Ok(Reading::new(self.readers.acquire().await?))
    }

    /// Closes it; what was committed is in it already.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

async fn open_readers(
    options: &SqliteConnectOptions,
    most: u32,
) -> Result<SqlitePool, sqlx::Error> {
    SqlitePoolOptions::new()
        .max_connections(most)
        .acquire_timeout(READER_WAIT)
        .connect_with(options.clone().read_only(true))
        .await
}
