//! The region folders that were taken into service, by any server.

use super::super::contract::JournalFailure;
use super::super::region_versions::{RegionVersion, TakenRegion};
use super::{PostgresJournal, in_time};

/// The rule that a second folder under an ordinal breaks.
const ORDINAL_TAKEN: &str = "region_version_pkey";

/// Has the next ordinal follow the largest there is.
const RAISE_ORDINALS: &str = "SELECT setval(pg_get_serial_sequence('region_version', 'ordinal'),
    (SELECT max(ordinal) FROM region_version))";

impl PostgresJournal {
    /// The region folders taken into service, oldest first.
    pub async fn regions_taken(&self) -> Result<Vec<RegionVersion>, JournalFailure> {
        let sql = "SELECT digest, version FROM region_version ORDER BY ordinal";
        let rows: Vec<(String, Option<i64>)> =
            in_time(sqlx::query_as(sql).fetch_all(&self.readers)).await?;
        let version = |(digest, version): (String, Option<i64>)| RegionVersion {
            digest,
            version: version.map(i64::cast_unsigned),
        };
        Ok(rows.into_iter().map(version).collect())
    }

    /// Notes that a folder was taken; another server may have noted it already.
    pub async fn note_region(&self, taken: &TakenRegion) -> Result<(), JournalFailure> {
        match in_time(self.add_region(taken)).await {
            // A copy by another way than ours may hold the rows and count from the beginning.
            Err(error) if breaks(&error, ORDINAL_TAKEN) => {
                in_time(sqlx::query(RAISE_ORDINALS).execute(&self.readers)).await?;
                in_time(self.add_region(taken)).await?;
            }
            added => added?,
        }
        Ok(())
    }

    async fn add_region(&self, taken: &TakenRegion) -> Result<(), sqlx::Error> {
        sqlx::query(
            "INSERT INTO region_version (digest, version, taken_at) VALUES ($1, $2, $3)
             ON CONFLICT (digest) DO NOTHING",
        )
        .bind(&taken.region.digest)
        .bind(taken.region.version.map(u64::cast_signed))
        .bind(taken.taken_at.0)
        .execute(&self.readers)
        .await
        .map(|_| ())
    }
}

fn breaks(error: &sqlx::Error, rule: &str) -> bool {
    error.as_database_error().is_some_and(|it| it.constraint() == Some(rule))
}
