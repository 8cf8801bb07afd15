//! The tables of people, sessions and vehicle keys, the same in SQLite and PostgreSQL. Only this folder speaks
//! SQL about them; it decides nothing.

mod administration;
mod keys;
mod people;
mod rows;
mod sessions;

pub use rows::KeyRow;
pub(super) use rows::SessionRow;

use crate::sqlite::SqliteFile;
use sqlx::PgPool;

/// The database that holds the tables, migrated.
#[derive(Clone, Debug)]
pub enum PeopleDatabase {
    /// The embedded store's main file.
    Sqlite(SqliteFile),
    /// The database that servers share.
    Postgres(PgPool),
}

/// The tables.
#[derive(Clone)]
pub(super) struct PeopleStore {
    database: PeopleDatabase,
}

impl PeopleStore {
    pub(super) fn new(database: PeopleDatabase) -> Self {
        Self { database }
    }

    /// Whether other servers read and write the same tables.
    pub(super) fn is_shared(&self) -> bool {
        match &self.database {
            PeopleDatabase::Sqlite(_) => false,
            PeopleDatabase::Postgres(_) => true,
        }
    }
}
