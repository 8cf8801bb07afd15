//! Rows of the table of events as both databases give them: the columns of an event and of a head, made the journal's types.

use super::chain::Head;
use super::contract::{Heads, JournalFailure};
use super::stored::{Hash, StoredEvent};
use dispatch_core::model::{CentreId, Timestamp};

/// `version, recorded_at, made_at, kind, schema, body, hash`; `S` is how wide a database keeps the number of a schema.
pub(super) type EventColumns<S> = (i64, i64, i64, String, S, String, Vec<u8>);

/// `version, hash` of a centre's last event.
pub(super) type HeadColumns = (i64, Vec<u8>);

/// `centre, version, hash` of a centre's last event.
pub(super) type CentreHeadColumns = (String, i64, Vec<u8>);

/// # Errors
/// When the hash is none.
pub(super) fn event<S: Into<i64>>(
    (version, recorded_at, made_at, kind, schema, body, bytes): EventColumns<S>,
) -> Result<StoredEvent, JournalFailure> {
    Ok(StoredEvent {
        version: version.cast_unsigned(),
        recorded_at: Timestamp(recorded_at),
        made_at: Timestamp(made_at),
        kind,
        // A number that fits no schema is one that nobody can read.
        schema: u16::try_from(schema.into()).unwrap_or(u16::MAX),
        body,
        hash: hash(&bytes)?,
    })
}

/// # Errors
/// When a hash is none.
pub(super) fn heads(rows: Vec<CentreHeadColumns>) -> Result<Heads, JournalFailure> {
    let head = |(centre, version, bytes): CentreHeadColumns| {
        Ok((CentreId::from(centre.as_str()), head((version, bytes))?))
    };
    rows.into_iter().map(head).collect()
}

/// # Errors
/// When the hash is none.
pub(super) fn head((version, bytes): HeadColumns) -> Result<Head, JournalFailure> {
    Ok(Head { version: version.cast_unsigned(), hash: hash(&bytes)? })
}

/// # Errors
/// When the bytes are no hash.
pub(super) fn hash(bytes: &[u8]) -> Result<Hash, JournalFailure> {
    bytes.try_into().map_err(|_| JournalFailure("a stored hash is not 32 bytes long".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(schema: i64, hash: Vec<u8>) -> EventColumns<i64> {
        (7, 2, 1, "call_taken".to_owned(), schema, "{}".to_owned(), hash)
    }

    #[test]
    fn what_a_later_release_or_a_broken_disk_left_is_no_event_of_another_schema() {
        let stored = event(row(3, vec![9; 32])).unwrap();
        assert_eq!((stored.version, stored.schema, stored.hash), (7, 3, [9; 32]));
        for unknown in [-1, 65_536, i64::MAX] {
            assert_eq!(event(row(unknown, vec![9; 32])).unwrap().schema, u16::MAX, "{unknown}");
        }
        for bytes in [0, 31, 33] {
            assert!(event(row(1, vec![0; bytes])).is_err(), "{bytes} bytes");
            assert!(heads(vec![("east".to_owned(), 1, vec![0; bytes])]).is_err(), "{bytes} bytes");
        }
    }
}
