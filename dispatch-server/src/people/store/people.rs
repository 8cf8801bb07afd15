//! People as stored.

use super::PeopleStore;
use super::rows::Decoded;
use crate::people::change::{Change, record_change};
use crate::people::person::{Person, role_word};
use dispatch_core::model::{HospitalId, PersonId, Timestamp};
use dispatch_desk::{reading, transaction};
use sqlx::Row;

impl PeopleStore {
    pub(in crate::people) async fn count_people(&self) -> sqlx::Result<i64> {
        reading!(&self.database, connection => {
        sqlx::query("SELECT count(*) FROM people").fetch_one(&mut *connection).await?.try_get(0)
        })
    }

    pub(in crate::people) async fn people(&self, most: u32) -> sqlx::Result<Vec<Person>> {
        reading!(&self.database, connection => {
        let rows = sqlx::query("SELECT * FROM people ORDER BY name LIMIT $1")
            .bind(i64::from(most))
            .fetch_all(&mut *connection)
            .await?;
        rows.iter().map(Decoded::person).collect()
        })
    }

    pub(in crate::people) async fn person(&self, id: &PersonId) -> sqlx::Result<Option<Person>> {
        reading!(&self.database, connection => {
        let row = sqlx::query("SELECT * FROM people WHERE id = $1")
            .bind(id.as_str())
            .fetch_optional(&mut *connection)
            .await?;
        row.as_ref().map(Decoded::person).transpose()
        })
    }

    pub(in crate::people) async fn person_and_hash(
        &self,
        name: &str,
    ) -> sqlx::Result<Option<(Person, String)>> {
        reading!(&self.database, connection => {
        let row = sqlx::query("SELECT * FROM people WHERE name = $1")
            .bind(name)
            .fetch_optional(&mut *connection)
            .await?;
        row.map(|row| Ok((row.person()?, row.try_get("password_hash")?))).transpose()
        })
    }

    /// Writes a new person; false when the name is taken.
    pub(in crate::people) async fn add_person(
        &self,
        person: &Person,
        password_hash: &str,
        now: Timestamp,
        change: &Change,
    ) -> sqlx::Result<bool> {
        let is_first = false;
        self.write_new(person, password_hash, now, change, is_first).await
    }

    /// Writes the very first person; false when there is somebody already. Servers that try it at the same
    /// time take turns, so one of them makes the first.
    pub(in crate::people) async fn add_first_person(
        &self,
        person: &Person,
        password_hash: &str,
        now: Timestamp,
        change: &Change,
    ) -> sqlx::Result<bool> {
        let is_first = true;
        self.write_new(person, password_hash, now, change, is_first).await
    }

    async fn write_new(
        &self,
        person: &Person,
        password_hash: &str,
        now: Timestamp,
        change: &Change,
        is_first: bool,
    ) -> sqlx::Result<bool> {
        let shared = self.is_shared();
        transaction!(&self.database, connection => {
            if is_first && shared {
                let turn = "LOCK TABLE people IN SHARE ROW EXCLUSIVE MODE";
                sqlx::query(turn).execute(&mut *connection).await?;
            }
            let done = sqlx::query(
                "INSERT INTO people
                     (id, name, display_name, role, centre, hospital, active, password_hash, made_at,
                      password_due)
                 SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10
                 WHERE NOT $11 OR NOT EXISTS (SELECT 1 FROM people)
                 ON CONFLICT (name) DO NOTHING",
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
            .bind(person.password_due)
            .bind(is_first)
            .execute(&mut *connection)
            .await?;
            let added = done.rows_affected() == 1;
            if added {
                record_change!(connection, shared, change);
            }
            Ok(added)
        })
    }

    /// Writes a person's changed facts, the password too when given; with `end_sessions` every session
    /// goes in the same transaction. False, with nothing written, when the person is no longer as they
    /// were `before`: another server was first.
    pub(in crate::people) async fn change_person(
        &self,
        before: &Person,
        person: &Person,
        password_hash: Option<&str>,
        end_sessions: bool,
        change: &Change,
    ) -> sqlx::Result<bool> {
        let shared = self.is_shared();
        transaction!(&self.database, connection => {
        let done = sqlx::query(
            "UPDATE people SET display_name = $1, role = $2, centre = $3, hospital = $4, active = $5,
                 password_hash = coalesce($6, password_hash), password_due = $13
             WHERE id = $7 AND display_name = $8 AND role = $9 AND centre = $10
                 AND hospital IS NOT DISTINCT FROM $11 AND active = $12",
        )
        .bind(&person.display_name)
        .bind(role_word(person.role))
        .bind(person.centre.as_str())
        .bind(person.hospital.as_ref().map(HospitalId::as_str))
        .bind(person.active)
        .bind(password_hash)
        .bind(person.id.as_str())
        .bind(&before.display_name)
        .bind(role_word(before.role))
        .bind(before.centre.as_str())
        .bind(before.hospital.as_ref().map(HospitalId::as_str))
        .bind(before.active)
        .bind(person.password_due)
        .execute(&mut *connection)
        .await?;
        if done.rows_affected() != 1 {
            return Ok(false);
        }
        if end_sessions {
            sqlx::query("DELETE FROM sessions WHERE person = $1")
                .bind(person.id.as_str())
                .execute(&mut *connection)
                .await?;
        }
        record_change!(connection, shared, change);
        Ok(true)
        })
    }
}
