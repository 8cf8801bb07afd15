//! The history's SQLite file as it is opened: its tables, and its connections.

use dispatch_desk::database::{OpenError, migrate, options};
use dispatch_desk::sqlite::SqliteFile;
use std::path::Path;

/// Connections that read: a track on a few consoles at once.
const READERS: u32 = 2;

const MIGRATIONS: &[(i64, &str, &str)] = &[
    (1, "positions", include_str!("../../../migrations/sqlite-history/0001_positions.sql")),
    (2, "retention", include_str!("../../../migrations/sqlite-history/0002_retention.sql")),
];

/// Opens the file, or makes it, with tables of this release.
pub(super) async fn open_file(file: &Path) -> Result<SqliteFile, OpenError> {
    let options = options(file);
    migrate(&options, MIGRATIONS).await?;
    Ok(SqliteFile::open(options, READERS).await?)
}
