//! The history's SQLite file: one connection that writes, a few that read.

use dispatch_desk::database::{OpenError, migrate, options};
use dispatch_desk::sqlite::SqliteFile;
use std::path::Path;

/// Connections that read: a track on a few consoles at once.
const READERS: u32 = 2;

const MIGRATIONS: &[(i64, &str, &str)] = &[
    (1, "positions", include_str!("../../../migrations/sqlite-history/0001_positions.sql")),
    (2, "retention", include_str!("../../../migrations/sqlite-history/0002_retention.sql")),
];

#[derive(Debug)]
pub(super) struct Store {
    pub(super) file: SqliteFile,
}

impl Store {
    pub(super) async fn open(file: &Path) -> Result<Self, OpenError> {
        let options = options(file);
        migrate(&options, MIGRATIONS).await?;
        Ok(Self { file: SqliteFile::open(options, READERS).await? })
    }
}
