//! Forgetting old positions, in rounds and in small steps between batches.

use super::error::HistoryError;
use super::rounds::{DAY_MILLIS, Round, day_of, round};
use super::row::LAST_TRUSTED;
use dispatch_core::model::Timestamp;
use dispatch_desk::clock::steady_now;
use sqlx::Row;
use sqlx::sqlite::SqliteConnection;
use std::time::{Duration, Instant};

/// Most rows deleted in one step: some ten milliseconds, so that no batch waits long for it.
const ROWS_PER_STEP: i64 = 5_000;

/// Between two looks for something to forget.
const LOOK_EVERY: Duration = Duration::from_secs(3_600);

/// A little of an outbox that is too old, and the same of what an earlier release stored.
const DELETE: &str = "DELETE FROM fix WHERE outbox = ?1 AND (fix_time, number) IN
    (SELECT fix_time, number FROM fix WHERE outbox = ?1 AND fix_time < ?2 LIMIT ?3)";
const DELETE_BEFORE: &str = "DELETE FROM fix_before WHERE outbox = ?1 AND number IN
    (SELECT number FROM fix_before WHERE outbox = ?1 AND fix_time < ?2 LIMIT ?3)";

/// The oldest position there is, and the newest that was believed: each outbox is asked, by its index.
const OLDEST_AND_NEWEST: &str = "SELECT min(oldest), max(newest) FROM (
    SELECT (SELECT min(fix_time) FROM fix WHERE fix.outbox = outbox.id) AS oldest,
           (SELECT fix_time FROM fix WHERE fix.outbox = outbox.id AND quality <= ?1
            ORDER BY fix_time DESC LIMIT 1) AS newest
    FROM outbox
    UNION ALL
    SELECT (SELECT min(fix_time) FROM fix_before WHERE fix_before.outbox = outbox.id),
           (SELECT fix_time FROM fix_before WHERE fix_before.outbox = outbox.id AND quality <= ?1
            ORDER BY fix_time DESC LIMIT 1)
    FROM outbox)";

/// Walks over all outboxes and deletes what the round says is too old.
#[derive(Debug)]
pub(super) struct Retention {
    keep_days: i64,
    /// The walk under way: the first day kept, and the last outbox dealt with.
    walk: Option<(i64, i64)>,
    /// When the last walk was done; counted steadily, whatever is done to the clock.
    done: Option<Instant>,
}

impl Retention {
    pub(super) fn new(keep_days: u32) -> Self {
        Self { keep_days: keep_days.into(), walk: None, done: None }
    }

    /// Whether there is a step to take.
    pub(super) fn is_due(&self) -> bool {
        self.walk.is_some() || self.done.is_none_or(|done| done.elapsed() >= LOOK_EVERY)
    }

    /// Begins a walk, or deletes a little. Days count from midnight UTC.
    pub(super) async fn step(
        &mut self,
        connection: &mut SqliteConnection,
        now: Timestamp,
    ) -> Result<(), HistoryError> {
        let Some((day, after)) = self.walk else {
            self.walk = Some((self.begin(connection, now).await?, 0));
            return Ok(());
        };
        let next: Option<i64> = sqlx::query_scalar("SELECT min(id) FROM outbox WHERE id > ?")
            .bind(after)
            .fetch_one(&mut *connection)
            .await?;
        let Some(outbox) = next else {
            (self.walk, self.done) = (None, Some(steady_now()));
            return Ok(());
        };
        let mut is_done = true;
        for delete in [DELETE, DELETE_BEFORE] {
            let deleted = sqlx::query(delete)
                .bind(outbox)
                .bind(day.saturating_mul(DAY_MILLIS))
                .bind(ROWS_PER_STEP)
                .execute(&mut *connection)
                .await?
                .rows_affected();
            is_done &= deleted < ROWS_PER_STEP.unsigned_abs();
        }
        if is_done {
            self.walk = Some((day, outbox));
        }
        Ok(())
    }

    /// The first day kept: by this server's clock or by the newest position that was believed, whichever is earlier.
    async fn begin(
        &self,
        connection: &mut SqliteConnection,
        now: Timestamp,
    ) -> Result<i64, HistoryError> {
        let (oldest, newest): (Option<i64>, Option<i64>) = sqlx::query_as(OLDEST_AND_NEWEST)
            .bind(LAST_TRUSTED)
            .fetch_one(&mut *connection)
            .await?;
        let last = sqlx::query("SELECT first_kept, advanced_at FROM retention")
            .fetch_optional(&mut *connection)
            .await?
            .map(|row| -> Result<Round, sqlx::Error> {
                let advanced_at = Timestamp(row.try_get("advanced_at")?);
                Ok(Round { first_kept: row.try_get("first_kept")?, advanced_at })
            })
            .transpose()?;
        let day = |millis: i64| day_of(Timestamp(millis));
        let today = newest.map_or(day_of(now), |newest| day(newest).min(day_of(now)));
        let next = round(last, now, today, self.keep_days, oldest.map(day));
        if last != Some(next) {
            sqlx::query(
                "INSERT INTO retention (id, first_kept, advanced_at) VALUES (1, ?1, ?2)
                 ON CONFLICT (id) DO UPDATE SET first_kept = ?1, advanced_at = ?2",
            )
            .bind(next.first_kept)
            .bind(next.advanced_at.0)
            .execute(connection)
            .await?;
        }
        Ok(next.first_kept)
    }
}
