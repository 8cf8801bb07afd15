//! The journal of administration as stored.

use super::PeopleStore;
use crate::people::change::StoredEntry;
use dispatch_desk::{reading, writing};
use sqlx::Row;

impl PeopleStore {
    /// Entries before a number, the newest first.
    pub(in crate::people) async fn administration_before(
        &self,
        before: i64,
        most: u32,
    ) -> sqlx::Result<Vec<StoredEntry>> {
        let sql = "SELECT number, body, hash FROM administration WHERE number < $1
                   ORDER BY number DESC LIMIT $2";
        self.entries(sql, before, most).await
    }

    /// Entries after a number, the oldest first.
    pub(in crate::people) async fn administration_after(
        &self,
        after: i64,
        most: u32,
    ) -> sqlx::Result<Vec<StoredEntry>> {
        let sql = "SELECT number, body, hash FROM administration WHERE number > $1
                   ORDER BY number LIMIT $2";
        self.entries(sql, after, most).await
    }

    async fn entries(
        &self,
        sql: &'static str,
        number: i64,
        most: u32,
    ) -> sqlx::Result<Vec<StoredEntry>> {
        reading!(&self.database, connection => {
            let rows = sqlx::query(sql).bind(number).bind(i64::from(most)).fetch_all(&mut *connection).await?;
            rows.iter()
                .map(|row| {
                    Ok(StoredEntry {
                        number: row.try_get(0)?,
                        body: row.try_get(1)?,
                        hash: row.try_get(2)?,
                    })
                })
                .collect()
        })
    }

    /// Takes entries over from a backup, as they are; those already there stay.
    pub(in crate::people) async fn put_entry(&self, entry: &StoredEntry) -> sqlx::Result<()> {
        writing!(&self.database, connection => {
            sqlx::query(
                "INSERT INTO administration (number, body, hash) SELECT $1, $2, $3
                 WHERE NOT EXISTS (SELECT 1 FROM administration WHERE number >= $1)",
            )
            .bind(entry.number)
            .bind(&entry.body)
            .bind(&entry.hash)
            .execute(&mut *connection)
            .await?;
            Ok(())
        })
    }
}
