//! The one connection that writes. After a failure it is opened anew, so that a broken connection
//! never outlives the fault that broke it.

use super::super::contract::JournalFailure;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions, Connection};
use tokio::sync::{Mutex, MutexGuard};

#[derive(Debug)]
pub(super) struct Writer {
    options: SqliteConnectOptions,
    connection: Mutex<Option<Line>>,
}

/// The connection, and whether a transaction is open on it that keeps all other writers out.
#[derive(Debug)]
struct Line {
    connection: SqliteConnection,
    in_transaction: bool,
}

/// The connection while it is used; put back only when all went well.
pub(super) struct Turn<'a> {
    slot: MutexGuard<'a, Option<Line>>,
    line: Line,
}

impl Turn<'_> {
    pub(super) fn connection(&mut self) -> &mut SqliteConnection {
        &mut self.line.connection
    }

    /// Keeps all other writers out from here on; waits for the one that writes, as long as the options
    /// say. Nothing to do where that is so already.
    pub(super) async fn begin(&mut self) -> Result<(), sqlx::Error> {
        if !self.line.in_transaction {
            sqlx::raw_sql("BEGIN IMMEDIATE").execute(&mut self.line.connection).await?;
            self.line.in_transaction = true;
        }
        Ok(())
    }

    /// Makes durable what was written since `begin`; without one it is durable already.
    pub(super) async fn commit(&mut self) -> Result<(), sqlx::Error> {
        self.end("COMMIT").await
    }

    /// Takes back what was written since `begin`.
    pub(super) async fn roll_back(&mut self) -> Result<(), sqlx::Error> {
        self.end("ROLLBACK").await
    }

    async fn end(&mut self, how: &'static str) -> Result<(), sqlx::Error> {
        if self.line.in_transaction {
            sqlx::raw_sql(how).execute(&mut self.line.connection).await?;
            self.line.in_transaction = false;
        }
        Ok(())
    }

    /// Puts the connection back for the next turn. A turn dropped without this closes it, which also
    /// rolls an open transaction back.
    pub(super) fn done(mut self) {
        *self.slot = Some(self.line);
    }
}

impl Writer {
    pub(super) async fn open(options: SqliteConnectOptions) -> Result<Self, sqlx::Error> {
        let connection = options.connect().await?;
        let line = Line { connection, in_transaction: false };
        Ok(Self { options, connection: Mutex::new(Some(line)) })
    }

    pub(super) async fn turn(&self) -> Result<Turn<'_>, sqlx::Error> {
        let mut slot = self.connection.lock().await;
        let line = match slot.take() {
            Some(line) => line,
            None => Line { connection: self.options.connect().await?, in_transaction: false },
        };
        Ok(Turn { slot, line })
    }

    /// Keeps all other writers out until this one's next append.
    pub(super) async fn take_turn(&self) -> Result<(), JournalFailure> {
        let mut turn = self.turn().await?;
        turn.begin().await?;
        turn.done();
        Ok(())
    }

    pub(super) async fn give_turn_back(&self) -> Result<(), JournalFailure> {
        let mut turn = self.turn().await?;
        turn.roll_back().await?;
        turn.done();
        Ok(())
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
        if let Some(line) = self.connection.lock().await.take()
            && let Err(error) = line.connection.close().await
        {
            tracing::warn!(%error, "the journal's file did not close cleanly");
        }
    }
}
