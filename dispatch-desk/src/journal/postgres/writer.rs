//! The one connection that appends. After a failure it is opened anew, so that a broken connection, or
//! one to a server that is no longer the primary, never outlives the fault.

use crate::database::connect;
use crate::database::in_time;
use sqlx::postgres::{PgConnectOptions, PgConnection};
use tokio::sync::{Mutex, MutexGuard};

/// The lock that appends share and that a turn has alone.
pub(super) const TURN_LOCK: i64 = 0x4845_4c41_4e02;

/// Begins a turn. One who takes it and then freezes holds the others up for two seconds at most: the
/// database ends its transaction then.
const TAKE_TURN: &str = "BEGIN; SET LOCAL idle_in_transaction_session_timeout = '2s'";

#[derive(Debug)]
pub(super) struct Writer {
    options: PgConnectOptions,
    connection: Mutex<Option<Line>>,
}

/// The connection, and whether a turn is open on it.
#[derive(Debug)]
struct Line {
    connection: PgConnection,
    in_turn: bool,
}

/// The connection while it is used; put back only when all went well.
pub(super) struct Turn<'a> {
    slot: MutexGuard<'a, Option<Line>>,
    line: Line,
}

impl Turn<'_> {
    pub(super) fn connection(&mut self) -> &mut PgConnection {
        &mut self.line.connection
    }

    /// Makes durable what was written in a turn; outside of one it is durable already.
    pub(super) async fn commit(&mut self) -> Result<(), sqlx::Error> {
        self.end("COMMIT").await
    }

    /// Ends a turn, if there is one, with nothing written.
    pub(super) async fn roll_back(&mut self) -> Result<(), sqlx::Error> {
        self.end("ROLLBACK").await
    }

    async fn end(&mut self, how: &'static str) -> Result<(), sqlx::Error> {
        if std::mem::take(&mut self.line.in_turn) {
            in_time(sqlx::raw_sql(how).execute(&mut self.line.connection)).await?;
        }
        Ok(())
    }

    /// Puts the connection back for the next turn. A turn dropped without this closes it.
    pub(super) fn done(mut self) {
        *self.slot = Some(self.line);
    }
}

impl Writer {
    pub(super) async fn open(options: PgConnectOptions) -> Result<Self, sqlx::Error> {
        let connection = connect(&options).await?;
        let line = Line { connection, in_turn: false };
        Ok(Self { options, connection: Mutex::new(Some(line)) })
    }

    pub(super) async fn turn(&self) -> Result<Turn<'_>, sqlx::Error> {
        let mut slot = self.connection.lock().await;
        let line = match slot.take() {
            Some(line) => line,
            None => Line { connection: connect(&self.options).await?, in_turn: false },
        };
        Ok(Turn { slot, line })
    }

    /// Waits until nobody appends, and keeps it so until this writer's next append.
    pub(super) async fn take_turn(&self) -> Result<(), sqlx::Error> {
        let mut turn = self.turn().await?;
        turn.roll_back().await?;
        in_time(async {
            sqlx::raw_sql(TAKE_TURN).execute(turn.connection()).await?;
            let wait = sqlx::query("SELECT pg_advisory_xact_lock($1)").bind(TURN_LOCK);
            wait.execute(turn.connection()).await
        })
        .await?;
        turn.line.in_turn = true;
        turn.done();
        Ok(())
    }

    pub(super) async fn release_write_lock(&self) -> Result<(), sqlx::Error> {
        let mut turn = self.turn().await?;
        turn.roll_back().await?;
        turn.done();
        Ok(())
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
        if let Some(line) = self.connection.lock().await.take()
            && let Err(error) = in_time(sqlx::Connection::close(line.connection)).await
        {
            tracing::warn!(%error, "the connection to the database did not close cleanly");
        }
    }
}
