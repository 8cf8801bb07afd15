//! Columns of the outbox's tables as values, and back.

use serde::de::DeserializeOwned;

use super::OutboxError;

/// The value of a column of JSON; `None` if the column is empty.
pub(super) fn from_json<T: DeserializeOwned>(
    json: Option<String>,
) -> Result<Option<T>, OutboxError> {
    Ok(json.map(|json| serde_json::from_str(&json)).transpose()?)
}

/// SQLite's integers are signed; numbers count from 1 and never reach the sign.
pub(super) fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

pub(super) fn unsigned(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}
