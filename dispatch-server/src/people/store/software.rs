//! Program and version of terminals, beside their keys.

use super::PeopleStore;
use dispatch_core::model::VehicleId;
use dispatch_desk::database::{MainDatabase, in_time};
use dispatch_desk::sqlite::SqliteFile;
use sqlx::sqlite::SqliteConnection;

const NOTED_SHARED: &str = "UPDATE vehicle_keys SET software = note.software
    FROM UNNEST($1::text[], $2::text[]) AS note (vehicle, software)
    WHERE vehicle_keys.vehicle = note.vehicle AND vehicle_keys.software <> note.software";

impl PeopleStore {
    /// Writes what is new of it, all or nothing.
    pub(in crate::people) async fn write_software(
        &self,
        heard: &[(VehicleId, String)],
    ) -> sqlx::Result<()> {
        if heard.is_empty() {
            return Ok(());
        }
        match &self.database {
            MainDatabase::Sqlite(file) => in_time(write_each(file, heard)).await,
            MainDatabase::Postgres(pool) => {
                let vehicles: Vec<&str> =
                    heard.iter().map(|(vehicle, _)| vehicle.as_str()).collect();
                let software: Vec<&str> = heard.iter().map(|(_, text)| text.as_str()).collect();
                let noted = sqlx::query(NOTED_SHARED).bind(vehicles).bind(software).execute(pool);
                in_time(noted).await.map(|_| ())
            }
        }
    }
}

async fn write_each(file: &SqliteFile, heard: &[(VehicleId, String)]) -> sqlx::Result<()> {
    let mut turn = file.turn().await?;
    turn.begin().await?;
    let written = write_on(turn.connection(), heard).await;
    turn.end(written).await
}

async fn write_on(
    connection: &mut SqliteConnection,
    heard: &[(VehicleId, String)],
) -> sqlx::Result<()> {
    for (vehicle, software) in heard {
        sqlx::query("UPDATE vehicle_keys SET software = $1 WHERE vehicle = $2 AND software <> $1")
            .bind(software)
            .bind(vehicle.as_str())
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}
