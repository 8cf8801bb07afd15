//! The partitions, one for each day (UTC): made ahead, and at need for days within the time we keep.

use super::super::error::HistoryError;
use super::super::rounds::{DAY_MILLIS, day_of};
use super::super::row::StoredFix;
use dispatch_desk::database::in_time;
use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Connection};
use std::collections::BTreeSet;

/// Days made ahead: a week in which nobody need look after the database.
pub(super) const DAYS_AHEAD: i64 = 7;

/// The lock under which partitions are made, so that two servers never make the same one.
const LOCK: i64 = 0x4845_4c41_4e01;

/// Longest wait for another server that makes partitions, and for the default partition's lock; fixes written
/// meanwhile wait behind it. One who freezes half-way holds the others up for two seconds at most: the
/// database ends its transaction then.
const BOUNDS: &str = "SET LOCAL lock_timeout = '500ms';
    SET LOCAL idle_in_transaction_session_timeout = '2s'";

/// The days that are known to have a partition, in days since 1970.
#[derive(Debug, Default)]
pub(super) struct KnownDays(BTreeSet<i64>);

impl KnownDays {
    /// Makes the partitions for these fixes, where their day is one we keep. A day that cannot be made
    /// now is no fault: its fixes go to the default partition and move when it is made.
    pub(super) async fn make_for(
        &mut self,
        connection: &mut PgConnection,
        rows: &[StoredFix],
        keep_days: u32,
    ) -> Result<(), HistoryError> {
        // What was received lately tells the day without asking a clock.
        let Some(today) = rows.iter().map(|row| day_of(row.received_at)).max() else {
            return Ok(());
        };
        let kept = today - i64::from(keep_days)..=today + DAYS_AHEAD;
        let days: BTreeSet<i64> = rows
            .iter()
            .map(|row| day_of(row.fix_time))
            .filter(|day| kept.contains(day) && !self.0.contains(day))
            .collect();
        for day in days {
            self.make(connection, day).await?;
        }
        Ok(())
    }

    /// Makes one day's partition unless it is there.
    pub(super) async fn make(
        &mut self,
        connection: &mut PgConnection,
        day: i64,
    ) -> Result<(), HistoryError> {
        match in_time(make(connection, day)).await {
            Ok(()) => {}
            // Somebody holds the table or just wrote a fix of that day elsewhere: another time.
            Err(error) if error.as_database_error().is_some() => {
                tracing::debug!(day, %error, "a day's partition could not be made yet");
                return Ok(());
            }
            Err(error) => return Err(error.into()),
        }
        self.0.insert(day);
        Ok(())
    }

    pub(super) fn knows(&self, day: i64) -> bool {
        self.0.contains(&day)
    }

    pub(super) fn forget(&mut self, day: i64) {
        self.0.remove(&day);
    }
}

/// A day's partition by name; the number is that of the day since 1970.
pub(super) fn partition(day: i64) -> String {
    format!("fix_day_{day}")
}

/// Makes the table beside the others, moves in what the default partition holds of that day, and
/// attaches it: writers of other days are not held up.
async fn make(connection: &mut PgConnection, day: i64) -> Result<(), sqlx::Error> {
    let mut transaction = connection.begin().await?;
    sqlx::raw_sql(BOUNDS).execute(&mut *transaction).await?;
    sqlx::query("SELECT pg_advisory_xact_lock($1)").bind(LOCK).execute(&mut *transaction).await?;
    let name = partition(day);
    let there: bool = sqlx::query_scalar("SELECT to_regclass($1) IS NOT NULL")
        .bind(&name)
        .fetch_one(&mut *transaction)
        .await?;
    if !there {
        let (from, to) = (day * DAY_MILLIS, (day + 1) * DAY_MILLIS);
        let sql = format!(
            "CREATE TABLE {name} (LIKE fix INCLUDING ALL,
                 CHECK (fix_time >= {from} AND fix_time < {to}));
             WITH moved AS (DELETE FROM fix_other WHERE fix_time >= {from} AND fix_time < {to}
                 RETURNING *) INSERT INTO {name} SELECT * FROM moved;
             ALTER TABLE fix ATTACH PARTITION {name} FOR VALUES FROM ({from}) TO ({to})"
        );
        sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut *transaction).await?;
    }
    transaction.commit().await
}
