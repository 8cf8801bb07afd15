//! Rows as what they stand for.

use crate::people::person::{Person, role_of_word};
use crate::people::token::TokenHash;
use dispatch_core::model::{CentreId, HospitalId, PersonId, Timestamp, VehicleId};
use sqlx::Row;
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use std::sync::Arc;

/// A session as stored.
pub(in crate::people) struct SessionRow {
    pub(in crate::people) hash: TokenHash,
    pub(in crate::people) person: Arc<Person>,
    pub(in crate::people) expires_at: Timestamp,
    pub(in crate::people) last_seen_at: Timestamp,
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
    /// Program and version that its terminal said last; empty before it said any.
    pub software: String,
}

/// Rows as what they stand for.
pub(super) trait Decoded {
    fn person(&self) -> sqlx::Result<Person>;
    /// Of a query that gives the columns of its person too.
    fn session(&self) -> sqlx::Result<SessionRow>;
    fn token_hash(&self) -> sqlx::Result<TokenHash>;
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
                    password_due: self.try_get("password_due")?,
                })
            }

            fn session(&self) -> sqlx::Result<SessionRow> {
                Ok(SessionRow {
                    hash: self.token_hash()?,
                    person: Arc::new(self.person()?),
                    expires_at: Timestamp(self.try_get("expires_at")?),
                    last_seen_at: Timestamp(self.try_get("last_seen_at")?),
                })
            }

            fn token_hash(&self) -> sqlx::Result<TokenHash> {
                let bytes: Vec<u8> = self.try_get("token_hash")?;
                TokenHash::from_stored(&bytes)
                    .ok_or_else(|| sqlx::Error::Decode("a session's hash has not 32 bytes".into()))
            }

            fn key(&self) -> sqlx::Result<KeyRow> {
                Ok(KeyRow {
                    vehicle: VehicleId::new(self.try_get::<String, _>("vehicle")?),
                    made_at: Timestamp(self.try_get("made_at")?),
                    last_used_at: self.try_get::<Option<i64>, _>("last_used_at")?.map(Timestamp),
                    software: self.try_get("software")?,
                })
            }
        }
    };
}

decode!(SqliteRow);
decode!(PgRow);
