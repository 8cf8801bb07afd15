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
    use super::{MIGRATIONS, migrate, open_file, options};
    use sqlx::ConnectOptions;

    #[tokio::test]
    async fn positions_of_an_earlier_release_are_kept() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("history.db");
        migrate(&options(&file), &MIGRATIONS[..2]).await.unwrap();
        let mut earlier = options(&file).connect().await.unwrap();
        let rows = "INSERT INTO outbox VALUES (1, 'V-1', 'outbox-1');
            INSERT INTO fix VALUES (1, 2, 20, 21, 1061234567, 384567891, NULL, 9000, 8, 95, 0),
                (1, 1, 30, 31, 1061234568, 384567892, 16667, NULL, NULL, NULL, 3);";
        sqlx::raw_sql(rows).execute(&mut earlier).await.unwrap();
        drop(earlier);

        let opened = open_file(&file).await.unwrap();
        let mut reading = opened.reading().await.unwrap();
        let columns =
            "number, fix_time, received_at, lon_e7, lat_e7, speed_mmps, heading_cd, quality";
        let sql = format!("SELECT json_array({columns}) FROM fix ORDER BY fix_time");
        let found: Result<Vec<String>, _> =
            sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).fetch_all(reading.connection()).await;
        assert_eq!(
            found.unwrap(),
            [
                "[2,20,21,1061234567,384567891,null,9000,0]",
                "[1,30,31,1061234568,384567892,16667,null,3]"
            ]
        );
    }
}
