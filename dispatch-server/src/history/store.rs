//! The history's SQLite file: one connection that writes, a few that read.

use super::handle::HistoryError;
use crate::journal::sqlite::{OpenError, migrate, options};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqlitePoolOptions};
use sqlx::{ConnectOptions, SqlitePool};
use std::path::Path;
use std::time::Duration;

/// Connections that read: a track on a few consoles at once.
const READERS: u32 = 2;

/// Longest wait for a free reader.
const READER_WAIT: Duration = Duration::from_secs(5);

const MIGRATIONS: &[(i64, &str, &str)] =
    &[(1, "positions", include_str!("../../../migrations/sqlite-history/0001_positions.sql"))];

#[derive(Debug)]
pub(super) struct Store {
    options: SqliteConnectOptions,
    pub(super) readers: SqlitePool,
}

impl Store {
    pub(super) async fn open(file: &Path) -> Result<Self, OpenError> {
        let options = options(file);
        migrate(&options, MIGRATIONS).await?;
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            .acquire_timeout(READER_WAIT)
            .connect_with(options.clone().read_only(true))
            .await?;
        Ok(Self { options, readers })
    }

    /// A connection that writes.
    pub(super) async fn writer(&self) -> Result<SqliteConnection, HistoryError> {
        Ok(self.options.connect().await?)
    }
}
