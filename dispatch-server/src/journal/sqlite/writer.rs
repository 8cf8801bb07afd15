//! The one connection that writes. After a failure it is opened anew, so that a broken connection
//! never outlives the fault that broke it.

use super::super::contract::JournalFailure;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions, Connection};
use tokio::sync::{Mutex, MutexGuard};

#[derive(Debug)]
pub(super) struct Writer {
    options: SqliteConnectOptions,
    connection: Mutex<Option<SqliteConnection>>,
}

/// The connection while it is used; put back only when all went well.
pub(super) struct Turn<'a> {
    slot: MutexGuard<'a, Option<SqliteConnection>>,
    connection: SqliteConnection,
}

impl Turn<'_> {
    pub(super) fn connection(&mut self) -> &mut SqliteConnection {
        &mut self.connection
    }

    /// Puts the connection back for the next turn. A turn dropped without this closes it, which also
    /// rolls an open transaction back.
    pub(super) fn done(mut self) {
        *self.slot = Some(self.connection);
    }
}

impl Writer {
    pub(super) async fn open(options: SqliteConnectOptions) -> Result<Self, sqlx::Error> {
        let connection = options.connect().await?;
        Ok(Self { options, connection: Mutex::new(Some(connection)) })
    }

    pub(super) async fn turn(&self) -> Result<Turn<'_>, sqlx::Error> {
        let mut slot = self.connection.lock().await;
        let connection = match slot.take() {
            Some(connection) => connection,
            None => self.options.connect().await?,
        };
        Ok(Turn { slot, connection })
    }

    pub(super) async fn probe(&self) -> Result<(), JournalFailure> {
        let mut turn = self.turn().await?;
        sqlx::query(
            "INSERT INTO probe (id, count) VALUES (1, 1)
             ON CONFLICT (id) DO UPDATE SET count = count + 1",
        )
        .execute(turn.connection())
        .await?;
        turn.done();
        Ok(())
    }

    pub(super) async fn close(&self) {
        if let Some(connection) = self.connection.lock().await.take()
            && let Err(error) = connection.close().await
        {
            tracing::warn!(%error, "the journal's file did not close cleanly");
        }
    }
}
