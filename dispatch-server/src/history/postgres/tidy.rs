//! Once a day: partitions for the days ahead, and the end of those that are too old, a small step at a
//! time between batches.

use super::super::handle::HistoryError;
use super::days::{DAY_MILLIS, DAYS_AHEAD, KnownDays, day_of, partition};
use crate::journal::postgres::in_time;
use dispatch_core::model::Timestamp;
use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Connection};

/// Most rows deleted from the default partition in one step: some ten milliseconds.
const ROWS_PER_STEP: i64 = 5_000;

/// Longest wait for the lock that dropping a partition needs; batches wait behind it.
const LOCK_WAIT: &str = "SET LOCAL lock_timeout = '200ms'";

/// PostgreSQL's code for "could not have the lock in time".
const LOCK_NOT_AVAILABLE: &str = "55P03";

#[derive(Debug, Default)]
pub(super) struct Tidying {
    /// The day, in days since 1970, for which all is done.
    done_for: Option<i64>,
}

impl Tidying {
    pub(super) fn is_due(&self, now: Timestamp) -> bool {
        self.done_for != Some(day_of(now))
    }

    /// Takes one step: makes a day, drops a day, or deletes a little of the default partition.
    pub(super) async fn step(
        &mut self,
        connection: &mut PgConnection,
        days: &mut KnownDays,
        now: Timestamp,
        keep_days: u32,
    ) -> Result<(), HistoryError> {
        let today = day_of(now);
        if let Some(missing) = (today..=today + DAYS_AHEAD).find(|day| !days.knows(*day)) {
            return days.make(connection, missing).await;
        }
        // A server whose clock is fast forgets nothing early: the earlier of its clock and the database's
        // counts.
        let first_kept = today.min(in_time(database_day(connection)).await?) - i64::from(keep_days);
        if let Some(old) = in_time(oldest_day(connection)).await?
            && old < first_kept
        {
            days.forget(old);
            return drop_day(connection, old).await;
        }
        if in_time(delete_some(connection, first_kept)).await? < ROWS_PER_STEP.unsigned_abs() {
            self.done_for = Some(today);
        }
        Ok(())
    }
}

async fn database_day(connection: &mut PgConnection) -> Result<i64, sqlx::Error> {
    let sql = "SELECT floor(extract(epoch FROM clock_timestamp()) / 86400)::bigint";
    sqlx::query_scalar(sql).fetch_one(connection).await
}

async fn oldest_day(connection: &mut PgConnection) -> Result<Option<i64>, sqlx::Error> {
    sqlx::query_scalar(
        "SELECT min(substring(relname FROM '^fix_day_(-?[0-9]+)$')::bigint)
         FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
         WHERE inhparent = 'fix'::regclass",
    )
    .fetch_one(connection)
    .await
}

/// Drops a day's partition: its fixes are gone at once, without a single row deleted. Held up by a long
/// query it gives up and is tried again at the next step.
async fn drop_day(connection: &mut PgConnection, day: i64) -> Result<(), HistoryError> {
    let dropped = in_time(async {
        let mut transaction = connection.begin().await?;
        let sql = format!("{LOCK_WAIT}; DROP TABLE IF EXISTS {}", partition(day));
        sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut *transaction).await?;
        transaction.commit().await
    })
    .await;
    match dropped {
        Err(sqlx::Error::Database(error))
            if error.code().as_deref() == Some(LOCK_NOT_AVAILABLE) =>
        {
            Ok(())
        }
        other => Ok(other?),
    }
}

async fn delete_some(connection: &mut PgConnection, first_kept: i64) -> Result<u64, sqlx::Error> {
    sqlx::query(
        "DELETE FROM fix_other WHERE ctid = ANY (ARRAY
         (SELECT ctid FROM fix_other WHERE fix_time < $1 OR received_at < $1 LIMIT $2))",
    )
    .bind(first_kept.saturating_mul(DAY_MILLIS))
    .bind(ROWS_PER_STEP)
    .execute(connection)
    .await
    .map(|done| done.rows_affected())
}
