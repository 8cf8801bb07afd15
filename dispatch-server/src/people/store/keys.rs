//! The keys of vehicles as stored.

use super::PeopleStore;
use super::rows::{Decoded, KeyRow};
use crate::people::change::{Change, record_change};
use crate::people::token::TokenHash;
use dispatch_core::model::{Timestamp, VehicleId};
use dispatch_desk::{reading, transaction};
use sqlx::Row;

impl PeopleStore {
    /// Writes new keys in one transaction; a vehicle's earlier key is gone.
    pub(in crate::people) async fn set_keys(
        &self,
        keys: &[(VehicleId, TokenHash)],
        now: Timestamp,
        change: Option<&Change>,
    ) -> sqlx::Result<()> {
        let shared = self.is_shared();
        transaction!(&self.database, connection => {
        for (vehicle, hash) in keys {
            sqlx::query(
                "INSERT INTO vehicle_keys (vehicle, key_hash, made_at) VALUES ($1, $2, $3)
                 ON CONFLICT (vehicle) DO UPDATE
                 SET key_hash = excluded.key_hash, made_at = excluded.made_at, last_used_at = NULL",
            )
            .bind(vehicle.as_str())
            .bind(hash.as_bytes())
            .bind(now.0)
            .execute(&mut *connection)
            .await?;
        }
        if let Some(change) = change {
            record_change!(connection, shared, change);
        }
        Ok(())
        })
    }

    /// Removes a vehicle's key; false when it had none.
    pub(in crate::people) async fn remove_key(
        &self,
        vehicle: &VehicleId,
        change: &Change,
    ) -> sqlx::Result<bool> {
        self.remove("DELETE FROM vehicle_keys WHERE vehicle = $1", vehicle.as_str(), change).await
    }

    pub(in crate::people) async fn vehicle_of_key(
        &self,
        hash: &TokenHash,
    ) -> sqlx::Result<Option<VehicleId>> {
        reading!(&self.database, connection => {
        let row = sqlx::query("SELECT vehicle FROM vehicle_keys WHERE key_hash = $1")
            .bind(hash.as_bytes())
            .fetch_optional(&mut *connection)
            .await?;
        row.map(|row| row.try_get::<String, _>(0).map(VehicleId::new)).transpose()
        })
    }

    pub(in crate::people) async fn key_hashes(
        &self,
        most: u32,
    ) -> sqlx::Result<Vec<(VehicleId, TokenHash)>> {
        reading!(&self.database, connection => {
            let sql = "SELECT vehicle, key_hash FROM vehicle_keys ORDER BY vehicle LIMIT $1";
            let rows = sqlx::query(sql).bind(i64::from(most)).fetch_all(&mut *connection).await?;
            let key = |vehicle: String, bytes: Vec<u8>| {
                let hash = TokenHash::from_stored(&bytes)
                    .ok_or_else(|| sqlx::Error::Decode("a key's hash has not 32 bytes".into()))?;
                Ok((VehicleId::new(vehicle), hash))
            };
            rows.iter().map(|row| key(row.try_get(0)?, row.try_get(1)?)).collect()
        })
    }

    pub(in crate::people) async fn keys(&self, most: u32) -> sqlx::Result<Vec<KeyRow>> {
        reading!(&self.database, connection => {
        let rows = sqlx::query(
            "SELECT vehicle, made_at, last_used_at, software FROM vehicle_keys ORDER BY vehicle LIMIT $1",
        )
        .bind(i64::from(most))
        .fetch_all(&mut *connection)
        .await?;
        rows.iter().map(Decoded::key).collect()
        })
    }
}
