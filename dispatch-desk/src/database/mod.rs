//! How databases are reached: connections and their options, migrations, and bounded waits, for SQLite files and
//! PostgreSQL alike. Knows no table's meaning.

#[macro_use]
mod either;
mod in_time;
mod postgres;
mod sqlite;

pub use either::end;
pub use in_time::in_time;
pub use postgres::connect;
pub use postgres::{PostgresError, migrate_postgres, postgres_defaults, postgres_options};
pub use sqlite::migrate;
pub use sqlite::{MAIN_FILE, OpenError, migrate_main, options};

use crate::sqlite::SqliteFile;
use sqlx::PgPool;

/// The main database: people, keys and roads, migrated.
#[derive(Clone, Debug)]
pub enum MainDatabase {
    /// The embedded store's main file.
    Sqlite(SqliteFile),
    /// The database that servers share.
    Postgres(PgPool),
}
