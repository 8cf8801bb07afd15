//! The tables of people, sessions, vehicle keys and terminals, the same in SQLite and PostgreSQL. Only this folder speaks
//! SQL about them; it decides nothing.

mod administration;
mod keys;
mod people;
mod rows;
mod sessions;
mod terminals;

pub use rows::KeyRow;
pub(super) use rows::SessionRow;

use dispatch_desk::database::MainDatabase;

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
}
