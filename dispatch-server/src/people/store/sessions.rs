//! Sessions as stored, and when sessions and keys were last used.

use super::rows::{Decoded, SessionRow};
use super::{PeopleDatabase, PeopleStore};
use crate::people::token::TokenHash;
use dispatch_core::model::{PersonId, Timestamp, VehicleId};

impl PeopleStore {
    pub(in crate::people) async fn sessions(&self) -> sqlx::Result<Vec<SessionRow>> {
        with!(self, pool => {
        let rows = sqlx::query("SELECT token_hash, person, expires_at, last_seen_at FROM sessions")
            .fetch_all(pool)
            .await?;
        rows.iter().map(Decoded::session).collect()
        })
    }

    pub(in crate::people) async fn add_session(&self, row: &SessionRow) -> sqlx::Result<()> {
        with!(self, pool => {
        sqlx::query(
            "INSERT INTO sessions (token_hash, person, made_at, expires_at, last_seen_at)
             VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(row.hash.as_bytes())
        .bind(row.person.as_str())
        .bind(row.last_seen_at.0)
        .bind(row.expires_at.0)
        .bind(row.last_seen_at.0)
        .execute(pool)
        .await?;
        Ok(())
        })
    }

    pub(in crate::people) async fn end_sessions_of(&self, person: &PersonId) -> sqlx::Result<()> {
        with!(self, pool => {
        sqlx::query("DELETE FROM sessions WHERE person = $1")
            .bind(person.as_str())
            .execute(pool)
            .await?;
        Ok(())
        })
    }

    pub(in crate::people) async fn end_sessions(&self, hashes: &[TokenHash]) -> sqlx::Result<()> {
        with!(self, pool => {
        let mut transaction = pool.begin().await?;
        for hash in hashes {
            sqlx::query("DELETE FROM sessions WHERE token_hash = $1")
                .bind(hash.as_bytes())
                .execute(&mut *transaction)
                .await?;
        }
        transaction.commit().await
        })
    }

    /// Writes when sessions and keys were last used, many in one transaction.
    pub(in crate::people) async fn write_last_used(
        &self,
        sessions: &[(TokenHash, Timestamp)],
        keys: &[(VehicleId, Timestamp)],
    ) -> sqlx::Result<()> {
        with!(self, pool => {
        if sessions.is_empty() && keys.is_empty() {
            return Ok(());
        }
        let mut transaction = pool.begin().await?;
        for (hash, at) in sessions {
            sqlx::query("UPDATE sessions SET last_seen_at = $1 WHERE token_hash = $2")
                .bind(at.0)
                .bind(hash.as_bytes())
                .execute(&mut *transaction)
                .await?;
        }
        for (vehicle, at) in keys {
            sqlx::query("UPDATE vehicle_keys SET last_used_at = $1 WHERE vehicle = $2")
                .bind(at.0)
                .bind(vehicle.as_str())
                .execute(&mut *transaction)
                .await?;
        }
        transaction.commit().await
        })
    }
}
