//! Gateways and terminals as stored.

use super::PeopleStore;
use crate::people::change::{Change, record_change};
use crate::people::token::TokenHash;
use crate::release::is_outdated;
use dispatch_core::model::Timestamp;
use dispatch_desk::{reading, transaction, writing};
use sqlx::Row;
use wire_protocol::terminals::{BoundTerminal, GatewayView, TerminalToBind};

impl PeopleStore {
    /// Makes a gateway, or gives it another key.
    pub(in crate::people) async fn set_gateway(
        &self,
        name: &str,
        hash: &TokenHash,
        now: Timestamp,
        change: &Change,
    ) -> sqlx::Result<()> {
        let shared = self.is_shared();
        transaction!(&self.database, connection => {
            sqlx::query(
                "INSERT INTO gateways (name, key_hash, made_at) VALUES ($1, $2, $3)
                 ON CONFLICT (name) DO UPDATE SET key_hash = excluded.key_hash, made_at = excluded.made_at",
            )
            .bind(name)
            .bind(hash.as_bytes())
            .bind(now.0)
            .execute(&mut *connection)
            .await?;
            record_change!(connection, shared, change);
            Ok(())
        })
    }

    /// Removes a gateway; false when there was none.
    pub(in crate::people) async fn remove_gateway(
        &self,
        name: &str,
        change: &Change,
    ) -> sqlx::Result<bool> {
        self.remove("DELETE FROM gateways WHERE name = $1", name, change).await
    }

    pub(in crate::people) async fn gateway_hashes(&self) -> sqlx::Result<Vec<(String, TokenHash)>> {
        reading!(&self.database, connection => {
            let sql = "SELECT name, key_hash FROM gateways ORDER BY name";
            let rows = sqlx::query(sql).fetch_all(&mut *connection).await?;
            let key = |name: String, bytes: Vec<u8>| {
                let hash = TokenHash::from_stored(&bytes)
                    .ok_or_else(|| sqlx::Error::Decode("a key's hash has not 32 bytes".into()))?;
                Ok((name, hash))
            };
            rows.iter().map(|row| key(row.try_get(0)?, row.try_get(1)?)).collect()
        })
    }

    pub(in crate::people) async fn gateways(&self) -> sqlx::Result<Vec<GatewayView>> {
        reading!(&self.database, connection => {
            let sql = "SELECT name, made_at, seen_at, software, unknown FROM gateways ORDER BY name";
            let rows = sqlx::query(sql).fetch_all(&mut *connection).await?;
            let mut gateways = Vec::new();
            for row in &rows {
                let software: String = row.try_get(3)?;
                gateways.push(GatewayView {
                    name: row.try_get(0)?,
                    made_at: row.try_get(1)?,
                    seen_at: row.try_get(2)?,
                    is_outdated: is_outdated(&software),
                    software,
                    unknown: from_json(&row.try_get::<String, _>(4)?)?,
                });
            }
            Ok(gateways)
        })
    }

    /// Notes that a gateway was heard, and whom it does not know.
    pub(in crate::people) async fn gateway_heard(
        &self,
        name: &str,
        software: &str,
        unknown: &str,
        now: Timestamp,
    ) -> sqlx::Result<()> {
        writing!(&self.database, connection => {
            let sql = "UPDATE gateways SET seen_at = $1, software = $2, unknown = $3 WHERE name = $4";
            sqlx::query(sql)
                .bind(now.0)
                .bind(software)
                .bind(unknown)
                .bind(name)
                .execute(&mut *connection)
                .await?;
            Ok(())
        })
    }

    /// Binds a terminal, or changes how it is bound; false, with nothing written, when it is no longer as it was `before`:
    /// another server was first. A vehicle that another terminal is on is an error of uniqueness.
    pub(in crate::people) async fn change_terminal(
        &self,
        before: Option<&BoundTerminal>,
        after: &BoundTerminal,
        change: &Change,
    ) -> sqlx::Result<bool> {
        let shared = self.is_shared();
        let details = serde_json::to_string(&after.binding).map_err(decode)?;
        transaction!(&self.database, connection => {
            let written = sqlx::query(match before {
                None => "INSERT INTO terminals (number, vehicle, gateway, rotation, bound_at, details)
                     VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (number) DO NOTHING",
                Some(_) => "UPDATE terminals SET vehicle = $2, gateway = $3, rotation = $4, bound_at = $5, details = $6
                     WHERE number = $1 AND vehicle = $7 AND rotation = $8 AND bound_at = $9",
            })
            .bind(&after.number)
            .bind(&after.binding.vehicle)
            .bind(&after.binding.gateway)
            .bind(i64::from(after.rotation))
            .bind(after.bound_at)
            .bind(&details);
            let written = match before {
                None => written,
                Some(it) => {
                    written.bind(&it.binding.vehicle).bind(i64::from(it.rotation)).bind(it.bound_at)
                }
            };
            let done = written.execute(&mut *connection).await?.rows_affected() == 1;
            if done {
                record_change!(connection, shared, change);
            }
            Ok(done)
        })
    }

    /// Puts a binding of an archive in place of what there is of the terminal.
    pub(in crate::people) async fn restore_terminal(
        &self,
        terminal: &BoundTerminal,
    ) -> sqlx::Result<()> {
        let details = serde_json::to_string(&terminal.binding).map_err(decode)?;
        writing!(&self.database, connection => {
            sqlx::query(
                "INSERT INTO terminals (number, vehicle, gateway, rotation, bound_at, details)
                 VALUES ($1, $2, $3, $4, $5, $6)
                 ON CONFLICT (number) DO UPDATE SET vehicle = excluded.vehicle, gateway = excluded.gateway,
                 rotation = excluded.rotation, bound_at = excluded.bound_at, details = excluded.details",
            )
            .bind(&terminal.number)
            .bind(&terminal.binding.vehicle)
            .bind(&terminal.binding.gateway)
            .bind(i64::from(terminal.rotation))
            .bind(terminal.bound_at)
            .bind(&details)
            .execute(&mut *connection)
            .await?;
            Ok(())
        })
    }

    /// Unbinds a terminal; false when it is no longer bound as it was `before`.
    pub(in crate::people) async fn remove_terminal(
        &self,
        before: &BoundTerminal,
        change: &Change,
    ) -> sqlx::Result<bool> {
        let shared = self.is_shared();
        transaction!(&self.database, connection => {
            let sql = "DELETE FROM terminals WHERE number = $1 AND vehicle = $2 AND rotation = $3 AND bound_at = $4";
            let done = sqlx::query(sql)
                .bind(&before.number)
                .bind(&before.binding.vehicle)
                .bind(i64::from(before.rotation))
                .bind(before.bound_at)
                .execute(&mut *connection)
                .await?;
            let removed = done.rows_affected() == 1;
            if removed {
                record_change!(connection, shared, change);
            }
            Ok(removed)
        })
    }

    pub(in crate::people) async fn terminals(&self, most: u32) -> sqlx::Result<Vec<BoundTerminal>> {
        self.terminal_rows(most).await?.into_iter().map(bound).collect()
    }

    /// Those whose binding this release can read: what a later one has written of one terminal keeps no other vehicle
    /// from its link.
    pub(in crate::people) async fn readable_terminals(
        &self,
        most: u32,
    ) -> sqlx::Result<Vec<BoundTerminal>> {
        let readable = |row: TerminalColumns| {
            let number = row.0.clone();
            let told = |error: &sqlx::Error| tracing::warn!(number, %error, "a terminal's binding cannot be read");
            bound(row).inspect_err(told).ok()
        };
        Ok(self.terminal_rows(most).await?.into_iter().filter_map(readable).collect())
    }

    async fn terminal_rows(&self, most: u32) -> sqlx::Result<Vec<TerminalColumns>> {
        reading!(&self.database, connection => {
            let sql = "SELECT number, rotation, bound_at, details FROM terminals ORDER BY number LIMIT $1";
            sqlx::query_as(sql).bind(i64::from(most)).fetch_all(&mut *connection).await
        })
    }
}

/// `number, rotation, bound_at, details`.
type TerminalColumns = (String, i64, i64, String);

fn bound((number, rotation, bound_at, details): TerminalColumns) -> sqlx::Result<BoundTerminal> {
    let binding: TerminalToBind = from_json(&details)?;
    let rotation = u32::try_from(rotation).unwrap_or(u32::MAX);
    Ok(BoundTerminal { number, binding, rotation, bound_at })
}

fn from_json<T: serde::de::DeserializeOwned>(json: &str) -> sqlx::Result<T> {
    serde_json::from_str(json).map_err(decode)
}

fn decode(error: serde_json::Error) -> sqlx::Error {
    sqlx::Error::Decode(error.into())
}
