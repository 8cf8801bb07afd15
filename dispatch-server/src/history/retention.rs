//! Forgetting old positions, a whole day at a time and in small steps between batches.

use super::handle::HistoryError;
use dispatch_core::model::Timestamp;
use sqlx::sqlite::SqliteConnection;

/// Most rows deleted in one step: some ten milliseconds, so that no batch waits long for it.
const ROWS_PER_STEP: i64 = 5_000;

const DAY_MILLIS: i64 = 24 * 3_600 * 1_000;

/// Walks over all outboxes once a day and deletes what is too old.
#[derive(Debug)]
pub(super) struct Retention {
    keep_days: i64,
    /// The day, in days since 1970, up to which everything older has been deleted.
    done_for: Option<i64>,
    /// The last outbox dealt with in the walk under way.
    after: i64,
}

impl Retention {
    pub(super) fn new(keep_days: u32) -> Self {
        Self { keep_days: keep_days.into(), done_for: None, after: 0 }
    }

    /// Whether there is a step to take.
    pub(super) fn is_due(&self, now: Timestamp) -> bool {
        self.done_for != Some(self.first_day_kept(now))
    }

    /// Deletes a little. Days count from midnight UTC.
    pub(super) async fn step(
        &mut self,
        connection: &mut SqliteConnection,
        now: Timestamp,
    ) -> Result<(), HistoryError> {
        let day = self.first_day_kept(now);
        let next: Option<i64> = sqlx::query_scalar("SELECT min(id) FROM outbox WHERE id > ?")
            .bind(self.after)
            .fetch_one(&mut *connection)
            .await?;
        let Some(outbox) = next else {
            (self.done_for, self.after) = (Some(day), 0);
            return Ok(());
        };
        let deleted = sqlx::query(
            "DELETE FROM fix WHERE outbox = ?1 AND number IN
             (SELECT number FROM fix WHERE outbox = ?1 AND fix_time < ?2 LIMIT ?3)",
        )
        .bind(outbox)
        .bind(day.saturating_mul(DAY_MILLIS))
        .bind(ROWS_PER_STEP)
        .execute(connection)
        .await?
        .rows_affected();
        if deleted < ROWS_PER_STEP.unsigned_abs() {
            self.after = outbox;
        }
        Ok(())
    }

    fn first_day_kept(&self, now: Timestamp) -> i64 {
        now.0.div_euclid(DAY_MILLIS) - self.keep_days
    }
}
