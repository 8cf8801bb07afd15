//! The tables of people, sessions, vehicle keys and terminals, the same in SQLite and PostgreSQL. Only this folder speaks
//! SQL about them; it decides nothing.

mod administration;
mod keys;
mod people;
mod rows;
mod sessions;
mod software;
mod terminals;

pub use rows::KeyRow;
pub(super) use rows::SessionRow;

use crate::people::change::{Change, record_change};
use dispatch_desk::database::MainDatabase;
use dispatch_desk::transaction;

/// The tables.
#[derive(Clone)]
pub(super) struct PeopleStore {
    database: MainDatabase,
}

impl PeopleStore {
    pub(super) fn new(database: MainDatabase) -> Self {
        Self { database }
    }

    /// Whether other servers read and write the same tables.
    pub(super) fn is_shared(&self) -> bool {
        match &self.database {
            MainDatabase::Sqlite(_) => false,
            MainDatabase::Postgres(_) => true,
        }
    }

    /// Removes the row that a statement names by one key; false when there was none. What was removed stands in the
    /// journal of administration.
    async fn remove(
        &self,
        statement: &'static str,
        key: &str,
        change: &Change,
    ) -> sqlx::Result<bool> {
        let shared = self.is_shared();
        transaction!(&self.database, connection => {
            let done = sqlx::query(statement).bind(key).execute(&mut *connection).await?;
            let removed = done.rows_affected() == 1;
            if removed {
                record_change!(connection, shared, change);
            }
            Ok(removed)
        })
    }
}
