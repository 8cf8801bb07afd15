//! A connection that reads, while it is used.

use sqlx::Sqlite;
use sqlx::pool::PoolConnection;
use sqlx::sqlite::SqliteConnection;

/// A connection that reads; goes back to the others only when all went well. One on which a statement
/// failed, or that is dropped in the middle of one, is closed: left half read it would keep an old picture
/// of the file alive, and with it a write-ahead log that grows without end.
#[derive(Debug)]
pub struct Reading(Option<PoolConnection<Sqlite>>);

impl Reading {
    pub(super) fn new(connection: PoolConnection<Sqlite>) -> Self {
        Self(Some(connection))
    }

    /// The connection, to ask it.
    ///
    /// # Panics
    /// Never: it is given away only by `end`.
    pub fn connection(&mut self) -> &mut SqliteConnection {
        self.0.as_mut().expect("only `end` takes it, and the guard with it")
    }

    /// Ends the reading with its outcome, which decides what becomes of the connection.
    ///
    /// # Errors
    /// The outcome's own.
    pub fn end<T, E>(mut self, outcome: Result<T, E>) -> Result<T, E> {
        if outcome.is_ok() {
            drop(self.0.take());
        }
        outcome
    }
}

impl Drop for Reading {
    fn drop(&mut self) {
        if let Some(connection) = self.0.take() {
            drop(connection.detach());
        }
    }
}
