//! Sessions as stored, and when sessions and keys were last used.

use super::PeopleStore;
use super::rows::{Decoded, SessionRow};
use crate::people::token::TokenHash;
use dispatch_core::model::{PersonId, Timestamp, VehicleId};
use dispatch_desk::database::MainDatabase;
use dispatch_desk::database::in_time;
use dispatch_desk::sqlite::SqliteFile;
use dispatch_desk::{reading, writing};
use sqlx::PgPool;
use sqlx::sqlite::SqliteConnection;

/// Begins a session for somebody who may still sign in with the password that was compared. What somebody
/// else is just changing about them is waited for in PostgreSQL; SQLite writes one thing at a time anyway.
macro_rules! add_session {
    ($wait:literal) => {
        concat!(
            "INSERT INTO sessions (token_hash, person, made_at, expires_at, last_seen_at)
             SELECT $1, id, $2, $3, $2 FROM people
             WHERE id = $4 AND active AND password_hash = $5 ",
            $wait
        )
    };
}

const END_OVER: &str = "DELETE FROM sessions WHERE expires_at <= $1 OR last_seen_at <= $1 - $2";

/// The earlier of the server's clock and the database's counts, so that a server whose clock is fast ends
/// nothing early. What others are just writing is passed over and looked at again in the next round.
const END_OVER_SHARED: &str = "WITH now AS MATERIALIZED
        (SELECT least($1, (extract(epoch FROM clock_timestamp()) * 1000)::bigint) AS millis)
    DELETE FROM sessions WHERE token_hash IN
        (SELECT token_hash FROM sessions, now WHERE expires_at <= millis OR last_seen_at <= millis - $2
         FOR UPDATE OF sessions SKIP LOCKED)";

/// As above: nobody waits for a note of when something was last used.
const SESSIONS_USED_SHARED: &str = "UPDATE sessions SET last_seen_at = used.at FROM
        (SELECT token_hash, note.at FROM sessions
         JOIN UNNEST($1::bytea[], $2::bigint[]) AS note (hash, at) ON token_hash = note.hash
         WHERE last_seen_at < note.at FOR UPDATE OF sessions SKIP LOCKED) AS used
    WHERE sessions.token_hash = used.token_hash";

const KEYS_USED_SHARED: &str = "UPDATE vehicle_keys SET last_used_at = used.at FROM
        (SELECT vehicle_keys.vehicle, note.at FROM vehicle_keys
         JOIN UNNEST($1::text[], $2::bigint[]) AS note (vehicle, at) USING (vehicle)
         WHERE coalesce(last_used_at < note.at, true) FOR UPDATE OF vehicle_keys SKIP LOCKED) AS used
    WHERE vehicle_keys.vehicle = used.vehicle";

impl PeopleStore {
    /// Every session of somebody who may sign in.
    pub(in crate::people) async fn sessions(&self) -> sqlx::Result<Vec<SessionRow>> {
        reading!(&self.database, connection => {
            let rows = sqlx::query(
                "SELECT token_hash, expires_at, last_seen_at, people.* FROM sessions
                 JOIN people ON people.id = sessions.person WHERE people.active",
            )
            .fetch_all(&mut *connection)
            .await?;
            rows.iter().map(Decoded::session).collect()
        })
    }

    /// One session of somebody who may sign in.
    pub(in crate::people) async fn session(
        &self,
        hash: &TokenHash,
    ) -> sqlx::Result<Option<SessionRow>> {
        reading!(&self.database, connection => {
            let row = sqlx::query(
                "SELECT token_hash, expires_at, last_seen_at, people.* FROM sessions
                 JOIN people ON people.id = sessions.person
                 WHERE token_hash = $1 AND people.active",
            )
            .bind(hash.as_bytes())
            .fetch_optional(&mut *connection)
            .await?;
            row.as_ref().map(Decoded::session).transpose()
        })
    }

    /// Begins a session; false when its person was barred or has another password since it was compared.
    pub(in crate::people) async fn add_session(
        &self,
        row: &SessionRow,
        password_hash: &str,
    ) -> sqlx::Result<bool> {
        let sql = if self.is_shared() { add_session!("FOR SHARE") } else { add_session!("") };
        writing!(&self.database, connection => {
            let done = sqlx::query(sql)
                .bind(row.hash.as_bytes())
                .bind(row.last_seen_at.0)
                .bind(row.expires_at.0)
                .bind(row.person.id.as_str())
                .bind(password_hash)
                .execute(&mut *connection)
                .await?;
            Ok(done.rows_affected() == 1)
        })
    }

    /// The sessions of a person beyond so many, quietest first of all to go; at most a thousand.
    pub(in crate::people) async fn surplus_of(
        &self,
        person: &PersonId,
        kept: usize,
    ) -> sqlx::Result<Vec<TokenHash>> {
        reading!(&self.database, connection => {
            let rows = sqlx::query(
                "SELECT token_hash FROM sessions WHERE person = $1
                 ORDER BY last_seen_at DESC LIMIT 1000 OFFSET $2",
            )
            .bind(person.as_str())
            .bind(kept as i64)
            .fetch_all(&mut *connection)
            .await?;
            rows.iter().map(Decoded::token_hash).collect()
        })
    }

    pub(in crate::people) async fn end_sessions_of(&self, person: &PersonId) -> sqlx::Result<()> {
        writing!(&self.database, connection => {
            sqlx::query("DELETE FROM sessions WHERE person = $1")
                .bind(person.as_str())
                .execute(&mut *connection)
                .await?;
            Ok(())
        })
    }

    /// Ends these; one after the other, so that no two servers wait for each other.
    pub(in crate::people) async fn end_sessions(&self, hashes: &[TokenHash]) -> sqlx::Result<()> {
        writing!(&self.database, connection => {
            for hash in hashes {
                sqlx::query("DELETE FROM sessions WHERE token_hash = $1")
                    .bind(hash.as_bytes())
                    .execute(&mut *connection)
                    .await?;
            }
            Ok(())
        })
    }

    /// Ends every session that is past its end or was not used for so long, on any server.
    pub(in crate::people) async fn end_over(
        &self,
        now: Timestamp,
        idle_seconds: i64,
    ) -> sqlx::Result<()> {
        let sql = if self.is_shared() { END_OVER_SHARED } else { END_OVER };
        writing!(&self.database, connection => {
            sqlx::query(sql)
                .bind(now.0)
                .bind(idle_seconds.saturating_mul(1000))
                .execute(&mut *connection)
                .await?;
            Ok(())
        })
    }

    /// Writes when sessions and keys were last used. A later use that another server wrote stays.
    pub(in crate::people) async fn write_last_used(
        &self,
        sessions: &[(TokenHash, Timestamp)],
        keys: &[(VehicleId, Timestamp)],
    ) -> sqlx::Result<()> {
        if sessions.is_empty() && keys.is_empty() {
            return Ok(());
        }
        match &self.database {
            MainDatabase::Sqlite(file) => in_time(write_each(file, sessions, keys)).await,
            MainDatabase::Postgres(pool) => in_time(write_all(pool, sessions, keys)).await,
        }
    }
}

async fn write_each(
    file: &SqliteFile,
    sessions: &[(TokenHash, Timestamp)],
    keys: &[(VehicleId, Timestamp)],
) -> sqlx::Result<()> {
    let mut turn = file.turn().await?;
    turn.begin().await?;
    let written = write_on(turn.connection(), sessions, keys).await;
    turn.end(written).await
}

async fn write_on(
    connection: &mut SqliteConnection,
    sessions: &[(TokenHash, Timestamp)],
    keys: &[(VehicleId, Timestamp)],
) -> sqlx::Result<()> {
    for (hash, at) in sessions {
        sqlx::query("UPDATE sessions SET last_seen_at = $1 WHERE token_hash = $2")
            .bind(at.0)
            .bind(hash.as_bytes())
            .execute(&mut *connection)
            .await?;
    }
    for (vehicle, at) in keys {
        sqlx::query("UPDATE vehicle_keys SET last_used_at = $1 WHERE vehicle = $2")
            .bind(at.0)
            .bind(vehicle.as_str())
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

async fn write_all(
    pool: &PgPool,
    sessions: &[(TokenHash, Timestamp)],
    keys: &[(VehicleId, Timestamp)],
) -> sqlx::Result<()> {
    let hashes: Vec<&[u8]> = sessions.iter().map(|(hash, _)| hash.as_bytes()).collect();
    let vehicles: Vec<&str> = keys.iter().map(|(vehicle, _)| vehicle.as_str()).collect();
    let times = |all: &mut dyn Iterator<Item = Timestamp>| all.map(|at| at.0).collect::<Vec<i64>>();
    sqlx::query(SESSIONS_USED_SHARED)
        .bind(hashes)
        .bind(times(&mut sessions.iter().map(|(_, at)| *at)))
        .execute(pool)
        .await?;
    sqlx::query(KEYS_USED_SHARED)
        .bind(vehicles)
        .bind(times(&mut keys.iter().map(|(_, at)| *at)))
        .execute(pool)
        .await?;
    Ok(())
}
