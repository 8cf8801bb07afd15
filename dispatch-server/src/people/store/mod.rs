//! The tables of people, sessions and vehicle keys, the same in SQLite and PostgreSQL. Only this folder speaks
//! SQL about them; it decides nothing.

/// The same words to whichever database there is: both understand `$1` and `ON CONFLICT`.
macro_rules! with {
    ($store:expr, $pool:ident => $work:block) => {
        match &$store.database {
            PeopleDatabase::Sqlite($pool) => $work,
            // A database that froze must not hold up those who wait at the door.
            PeopleDatabase::Postgres($pool) => super::bounded(async { $work }).await,
        }
    };
}

mod keys;
mod people;
mod rows;
mod sessions;

pub use rows::KeyRow;
pub(super) use rows::SessionRow;

use crate::journal::postgres::in_time;
use sqlx::{PgPool, SqlitePool};
use std::future::Future;

/// The database that holds the tables, migrated.
#[derive(Clone, Debug)]
pub enum PeopleDatabase {
    /// The embedded store's main file.
    Sqlite(SqlitePool),
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

async fn bounded<T>(work: impl Future<Output = sqlx::Result<T>>) -> sqlx::Result<T> {
    in_time(work).await
}
