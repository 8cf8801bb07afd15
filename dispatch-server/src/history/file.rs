//! The history's SQLite file as it is opened: its tables, and its connections.

use dispatch_desk::database::{OpenError, migrate, options};
use dispatch_desk::sqlite::SqliteFile;
use std::path::Path;

/// Connections that read: a track on a few consoles at once.
const READERS: u32 = 2;

const MIGRATIONS: &[(i64, &str, &str)] = &[
    (1, "positions", include_str!("../../../migrations/sqlite-history/0001_positions.sql")),
    (2, "retention", include_str!("../../../migrations/sqlite-history/0002_retention.sql")),
    (
        3,
        "number and time",
        include_str!("../../../migrations/sqlite-history/0003_number_and_time.sql"),
    ),
];

/// Opens the file, or makes it, with tables of this release.
pub(super) async fn open_file(file: &Path) -> Result<SqliteFile, OpenError> {
    let options = options(file);
    migrate(&options, MIGRATIONS).await?;
    Ok(SqliteFile::open(options, READERS).await?)
}

#[cfg(test)]
mod tests {
    use super::super::store::Store;
    use super::{MIGRATIONS, migrate, options};
    use dispatch_core::model::Timestamp;
    use sqlx::ConnectOptions;

    #[tokio::test]
    async fn positions_of_an_earlier_release_stand_on_the_track() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("history.db");
        migrate(&options(&file), &MIGRATIONS[..2]).await.unwrap();
        let mut earlier = options(&file).connect().await.unwrap();
        let rows = "INSERT INTO outbox VALUES (1, 'V-1', 'outbox-1');
            INSERT INTO fix VALUES (1, 2, 20, 21, 1061234567, 384567891, NULL, 9000, 8, 95, 0),
                (1, 1, 30, 31, 1061234568, 384567892, 16667, NULL, NULL, NULL, 3);";
        sqlx::raw_sql(rows).execute(&mut earlier).await.unwrap();
        drop(earlier);

        let store = Store::open_or_begin(&file, Timestamp(40)).await.unwrap();
        let track = store.track(&"V-1".into(), Timestamp(0), Timestamp(40), 10).await.unwrap();
        let found: Vec<_> =
            track.iter().map(|it| (it.number, it.fix_time.0, it.heading_deg)).collect();
        assert_eq!(found, [(2, 20, Some(90.0)), (1, 30, None)]);
    }
}
