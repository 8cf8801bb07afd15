//! The region folders that were taken into service.

use super::super::contract::JournalFailure;
use super::super::region_versions::{RegionVersion, TakenRegion};
use super::SqliteJournal;

impl SqliteJournal {
    /// The region folders taken into service, oldest first.
    pub async fn regions_taken(&self) -> Result<Vec<RegionVersion>, JournalFailure> {
        let mut reading = self.file.reading().await?;
        let rows = sqlx::query_as("SELECT digest, version FROM region_version ORDER BY ordinal")
            .fetch_all(reading.connection())
            .await;
        let rows: Vec<(String, Option<i64>)> = reading.end(rows)?;
        let version = |(digest, version): (String, Option<i64>)| RegionVersion {
            digest,
            version: version.map(i64::cast_unsigned),
        };
        Ok(rows.into_iter().map(version).collect())
    }

    /// Notes that a folder was taken.
    pub async fn note_region(&self, taken: &TakenRegion) -> Result<(), JournalFailure> {
        let mut turn = self.file.turn().await?;
        let noted = sqlx::query(
            "INSERT INTO region_version (digest, version, taken_at) VALUES (?, ?, ?)
             ON CONFLICT (digest) DO NOTHING",
        )
        .bind(&taken.region.digest)
        .bind(taken.region.version.map(u64::cast_signed))
        .bind(taken.taken_at.0)
        .execute(turn.connection())
        .await;
        turn.end(noted).await?;
        Ok(())
    }
}
