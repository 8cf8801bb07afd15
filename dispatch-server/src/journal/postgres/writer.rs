//! The one connection that appends. After a failure it is opened anew, so that a broken connection, or
//! one to a server that is no longer the primary, never outlives the fault.

use super::open::connect;
use super::wait::in_time;
use sqlx::postgres::{PgConnectOptions, PgConnection};
use tokio::sync::{Mutex, MutexGuard};

#[derive(Debug)]
pub(super) struct Writer {
    options: PgConnectOptions,
    connection: Mutex<Option<PgConnection>>,
}

/// The connection while it is used; put back only when all went well.
pub(super) struct Turn<'a> {
    slot: MutexGuard<'a, Option<PgConnection>>,
    connection: PgConnection,
}

impl Turn<'_> {
    pub(super) fn connection(&mut self) -> &mut PgConnection {
        &mut self.connection
    }

    /// Puts the connection back for the next turn. A turn dropped without this closes it.
    pub(super) fn done(mut self) {
        *self.slot = Some(self.connection);
    }
}

impl Writer {
    pub(super) async fn open(options: PgConnectOptions) -> Result<Self, sqlx::Error> {
        let connection = connect(&options).await?;
        Ok(Self { options, connection: Mutex::new(Some(connection)) })
    }

    pub(super) async fn turn(&self) -> Result<Turn<'_>, sqlx::Error> {
        let mut slot = self.connection.lock().await;
        let connection = match slot.take() {
            Some(connection) => connection,
            None => connect(&self.options).await?,
        };
        Ok(Turn { slot, connection })
    }

    pub(super) async fn probe(&self) -> Result<(), sqlx::Error> {
        let mut turn = self.turn().await?;
        in_time(
            sqlx::query(
                "INSERT INTO probe (id, count) VALUES (1, 1)
                 ON CONFLICT (id) DO UPDATE SET count = probe.count + 1",
            )
            .execute(turn.connection()),
        )
        .await?;
        turn.done();
        Ok(())
    }

    pub(super) async fn close(&self) {
        if let Some(connection) = self.connection.lock().await.take()
            && let Err(error) = in_time(sqlx::Connection::close(connection)).await
        {
            tracing::warn!(%error, "the connection to the database did not close cleanly");
        }
    }
}
