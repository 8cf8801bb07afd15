//! The region folders that were taken into service, by any server.

use super::super::contract::JournalFailure;
use super::super::region_versions::{RegionVersion, TakenRegion};
use super::{PostgresJournal, in_time};

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
        let noted = sqlx::query(
            "INSERT INTO region_version (digest, version, taken_at) VALUES ($1, $2, $3)
             ON CONFLICT (digest) DO NOTHING",
        )
        .bind(&taken.region.digest)
        .bind(taken.region.version.map(u64::cast_signed))
        .bind(taken.taken_at.0);
        in_time(noted.execute(&self.readers)).await?;
        Ok(())
    }
}
