//! Every hour: partitions for the days ahead, and the end of those that are too old, a small step at a
//! time between batches.

use super::super::error::HistoryError;
use super::super::rounds::{DAY_MILLIS, Round, day_of, round};
use super::days::{DAYS_AHEAD, KnownDays, partition};
use dispatch_core::model::Timestamp;
use dispatch_desk::clock::steady_now;
use dispatch_desk::database::in_time;
use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Connection};
use std::time::{Duration, Instant};

/// Most rows deleted from the default partition in one step: some ten milliseconds.
const ROWS_PER_STEP: i64 = 5_000;

/// Between two looks for something to do.
const LOOK_EVERY: Duration = Duration::from_secs(3_600);

/// Longest wait for the lock that dropping a partition needs; batches wait behind it.
const LOCK_WAIT: &str = "SET LOCAL lock_timeout = '200ms'";

/// PostgreSQL's code for "could not have the lock in time".
const LOCK_NOT_AVAILABLE: &str = "55P03";

#[derive(Debug, Default)]
pub(super) struct Tidying {
    /// When all was done last; counted steadily, whatever is done to the clock.
    done: Option<Instant>,
}

impl Tidying {
    pub(super) fn is_due(&self) -> bool {
        self.done.is_none_or(|done| done.elapsed() >= LOOK_EVERY)
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
        let oldest = in_time(oldest_day(connection)).await?;
        let first_kept = in_time(first_kept(connection, now, keep_days, oldest)).await?;
        if let Some(old) = oldest.filter(|old| *old < first_kept) {
            days.forget(old);
            return drop_day(connection, old).await;
        }
        if in_time(delete_some(connection, first_kept)).await? < ROWS_PER_STEP.unsigned_abs() {
            self.done = Some(steady_now());
        }
        Ok(())
    }
}

/// The first day kept, by this server's clock or the database's, whichever is earlier.
async fn first_kept(
    connection: &mut PgConnection,
    now: Timestamp,
    keep_days: u32,
    oldest: Option<i64>,
) -> Result<i64, sqlx::Error> {
    let today = day_of(now).min(database_day(connection).await?);
    let last: Option<(i64, i64)> = sqlx::query_as("SELECT first_kept, advanced_at FROM retention")
        .fetch_optional(&mut *connection)
        .await?;
    let last = last.map(|(first_kept, at)| Round { first_kept, advanced_at: Timestamp(at) });
    let next = round(last, now, today, keep_days.into(), oldest);
    if last != Some(next) {
        sqlx::query(
            "INSERT INTO retention (id, first_kept, advanced_at) VALUES (1, $1, $2)
             ON CONFLICT (id) DO UPDATE SET first_kept = $1, advanced_at = $2",
        )
        .bind(next.first_kept)
        .bind(next.advanced_at.0)
        .execute(connection)
        .await?;
    }
    Ok(next.first_kept)
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
