//! The tables of people, sessions and vehicle keys, the same in SQLite and PostgreSQL. Only this file speaks
//! SQL about them; it decides nothing.

use super::person::{Person, role_of_word, role_word};
use super::token::TokenHash;
use dispatch_core::model::{CentreId, HospitalId, PersonId, Timestamp, VehicleId};
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{PgPool, Row, SqlitePool};

/// A session as stored.
pub(super) struct SessionRow {
    pub(super) hash: TokenHash,
    pub(super) person: PersonId,
    pub(super) expires_at: Timestamp,
    pub(super) last_seen_at: Timestamp,
}

/// A vehicle's key as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyRow {
    /// The vehicle.
    pub vehicle: VehicleId,
    /// When it was made.
    pub made_at: Timestamp,
    /// When a terminal last used it.
    pub last_used_at: Option<Timestamp>,
}

/// The database that holds the tables, migrated.
#[derive(Clone, Debug)]
pub enum PeopleDatabase {
    /// The embedded store's main file.
    Sqlite(SqlitePool),
    /// The database that servers share.
    Postgres(PgPool),
}

/// The tables.
#[derive(Clone)]
pub(super) struct PeopleStore {
    database: PeopleDatabase,
}

/// The same words to whichever database there is: both understand `$1` and `ON CONFLICT`.
macro_rules! with {
    ($store:expr, $pool:ident => $work:block) => {
        match &$store.database {
            PeopleDatabase::Sqlite($pool) => $work,
            PeopleDatabase::Postgres($pool) => $work,
        }
    };
}

impl PeopleStore {
    pub(super) fn new(database: PeopleDatabase) -> Self {
        Self { database }
    }

    pub(super) async fn count_people(&self) -> sqlx::Result<i64> {
        with!(self, pool => {
        sqlx::query("SELECT count(*) FROM people").fetch_one(pool).await?.try_get(0)
        })
    }

    pub(super) async fn people(&self, most: u32) -> sqlx::Result<Vec<Person>> {
        with!(self, pool => {
        let rows = sqlx::query("SELECT * FROM people ORDER BY name LIMIT $1")
            .bind(i64::from(most))
            .fetch_all(pool)
            .await?;
        rows.iter().map(Decoded::person).collect()
        })
    }

    pub(super) async fn person(&self, id: &PersonId) -> sqlx::Result<Option<Person>> {
        with!(self, pool => {
        let row = sqlx::query("SELECT * FROM people WHERE id = $1")
            .bind(id.as_str())
            .fetch_optional(pool)
            .await?;
        row.as_ref().map(Decoded::person).transpose()
        })
    }

    pub(super) async fn person_and_hash(
        &self,
        name: &str,
    ) -> sqlx::Result<Option<(Person, String)>> {
        with!(self, pool => {
        let row = sqlx::query("SELECT * FROM people WHERE name = $1")
            .bind(name)
            .fetch_optional(pool)
            .await?;
        row.map(|row| Ok((row.person()?, row.try_get("password_hash")?))).transpose()
        })
    }

    /// Writes a new person; false when the name is taken.
    pub(super) async fn add_person(
        &self,
        person: &Person,
        password_hash: &str,
        now: Timestamp,
    ) -> sqlx::Result<bool> {
        with!(self, pool => {
        let done = sqlx::query(
            "INSERT INTO people
                 (id, name, display_name, role, centre, hospital, active, password_hash, made_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (name) DO NOTHING",
        )
        .bind(person.id.as_str())
        .bind(&person.name)
        .bind(&person.display_name)
        .bind(role_word(person.role))
        .bind(person.centre.as_str())
        .bind(person.hospital.as_ref().map(HospitalId::as_str))
        .bind(person.active)
        .bind(password_hash)
        .bind(now.0)
        .execute(pool)
        .await?;
        Ok(done.rows_affected() == 1)
        })
    }

    /// Writes a person's changed facts, the password too when given; with `end_sessions` every session
    /// goes in the same transaction.
    pub(super) async fn change_person(
        &self,
        person: &Person,
        password_hash: Option<&str>,
        end_sessions: bool,
    ) -> sqlx::Result<()> {
        with!(self, pool => {
        let mut transaction = pool.begin().await?;
        sqlx::query(
            "UPDATE people SET display_name = $1, role = $2, centre = $3, hospital = $4, active = $5,
                 password_hash = coalesce($6, password_hash)
             WHERE id = $7",
        )
        .bind(&person.display_name)
        .bind(role_word(person.role))
        .bind(person.centre.as_str())
        .bind(person.hospital.as_ref().map(HospitalId::as_str))
        .bind(person.active)
        .bind(password_hash)
        .bind(person.id.as_str())
        .execute(&mut *transaction)
        .await?;
        if end_sessions {
            sqlx::query("DELETE FROM sessions WHERE person = $1")
                .bind(person.id.as_str())
                .execute(&mut *transaction)
                .await?;
        }
        transaction.commit().await
        })
    }

    pub(super) async fn sessions(&self) -> sqlx::Result<Vec<SessionRow>> {
        with!(self, pool => {
        let rows = sqlx::query("SELECT token_hash, person, expires_at, last_seen_at FROM sessions")
            .fetch_all(pool)
            .await?;
        rows.iter().map(Decoded::session).collect()
        })
    }

    pub(super) async fn add_session(&self, row: &SessionRow) -> sqlx::Result<()> {
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

    pub(super) async fn end_sessions_of(&self, person: &PersonId) -> sqlx::Result<()> {
        with!(self, pool => {
        sqlx::query("DELETE FROM sessions WHERE person = $1")
            .bind(person.as_str())
            .execute(pool)
            .await?;
        Ok(())
        })
    }

    pub(super) async fn end_sessions(&self, hashes: &[TokenHash]) -> sqlx::Result<()> {
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
    pub(super) async fn write_last_used(
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

    /// Writes new keys in one transaction; a vehicle's earlier key is gone.
    pub(super) async fn set_keys(
        &self,
        keys: &[(VehicleId, TokenHash)],
        now: Timestamp,
    ) -> sqlx::Result<()> {
        with!(self, pool => {
        let mut transaction = pool.begin().await?;
        for (vehicle, hash) in keys {
            sqlx::query(
                "INSERT INTO vehicle_keys (vehicle, key_hash, made_at) VALUES ($1, $2, $3)
                 ON CONFLICT (vehicle) DO UPDATE
                 SET key_hash = excluded.key_hash, made_at = excluded.made_at, last_used_at = NULL",
            )
            .bind(vehicle.as_str())
            .bind(hash.as_bytes())
            .bind(now.0)
            .execute(&mut *transaction)
            .await?;
        }
        transaction.commit().await
        })
    }

    /// Removes a vehicle's key; false when it had none.
    pub(super) async fn remove_key(&self, vehicle: &VehicleId) -> sqlx::Result<bool> {
        with!(self, pool => {
        let done = sqlx::query("DELETE FROM vehicle_keys WHERE vehicle = $1")
            .bind(vehicle.as_str())
            .execute(pool)
            .await?;
        Ok(done.rows_affected() == 1)
        })
    }

    pub(super) async fn vehicle_of_key(&self, hash: &TokenHash) -> sqlx::Result<Option<VehicleId>> {
        with!(self, pool => {
        let row = sqlx::query("SELECT vehicle FROM vehicle_keys WHERE key_hash = $1")
            .bind(hash.as_bytes())
            .fetch_optional(pool)
            .await?;
        row.map(|row| row.try_get::<String, _>(0).map(VehicleId::new)).transpose()
        })
    }

    pub(super) async fn key_hashes(&self, most: u32) -> sqlx::Result<Vec<(VehicleId, TokenHash)>> {
        with!(self, pool => {
            let sql = "SELECT vehicle, key_hash FROM vehicle_keys ORDER BY vehicle LIMIT $1";
            let rows = sqlx::query(sql).bind(i64::from(most)).fetch_all(pool).await?;
            let key = |vehicle: String, bytes: Vec<u8>| {
                let hash = TokenHash::from_stored(&bytes)
                    .ok_or_else(|| sqlx::Error::Decode("a key's hash has not 32 bytes".into()))?;
                Ok((VehicleId::new(vehicle), hash))
            };
            rows.iter().map(|row| key(row.try_get(0)?, row.try_get(1)?)).collect()
        })
    }

    pub(super) async fn keys(&self, most: u32) -> sqlx::Result<Vec<KeyRow>> {
        with!(self, pool => {
        let rows = sqlx::query(
            "SELECT vehicle, made_at, last_used_at FROM vehicle_keys ORDER BY vehicle LIMIT $1",
        )
        .bind(i64::from(most))
        .fetch_all(pool)
        .await?;
        rows.iter().map(Decoded::key).collect()
        })
    }
}

/// Rows as what they stand for.
trait Decoded {
    fn person(&self) -> sqlx::Result<Person>;
    fn session(&self) -> sqlx::Result<SessionRow>;
    fn key(&self) -> sqlx::Result<KeyRow>;
}

macro_rules! decode {
    ($row:ty) => {
        impl Decoded for $row {
            fn person(&self) -> sqlx::Result<Person> {
                let word: String = self.try_get("role")?;
                let role = role_of_word(&word)
                    .ok_or_else(|| sqlx::Error::Decode(format!("`{word}` is no role").into()))?;
                Ok(Person {
                    id: PersonId::new(self.try_get::<String, _>("id")?),
                    name: self.try_get("name")?,
                    display_name: self.try_get("display_name")?,
                    role,
                    centre: CentreId::new(self.try_get::<String, _>("centre")?),
                    hospital: self.try_get::<Option<String>, _>("hospital")?.map(HospitalId::new),
                    active: self.try_get("active")?,
                })
            }

            fn session(&self) -> sqlx::Result<SessionRow> {
                let bytes: Vec<u8> = self.try_get("token_hash")?;
                let hash = TokenHash::from_stored(&bytes).ok_or_else(|| {
                    sqlx::Error::Decode("a session's hash has not 32 bytes".into())
                })?;
                Ok(SessionRow {
                    hash,
                    person: PersonId::new(self.try_get::<String, _>("person")?),
                    expires_at: Timestamp(self.try_get("expires_at")?),
                    last_seen_at: Timestamp(self.try_get("last_seen_at")?),
                })
            }

            fn key(&self) -> sqlx::Result<KeyRow> {
                Ok(KeyRow {
                    vehicle: VehicleId::new(self.try_get::<String, _>("vehicle")?),
                    made_at: Timestamp(self.try_get("made_at")?),
                    last_used_at: self.try_get::<Option<i64>, _>("last_used_at")?.map(Timestamp),
                })
            }
        }
    };
}

decode!(SqliteRow);
decode!(PgRow);
