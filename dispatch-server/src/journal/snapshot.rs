//! Snapshots: a cache of the fold, so that a start takes seconds after years of events.
//!
//! A snapshot is used only when its format, its own hash and the journal's hash at its version all
//! agree; any other is passed over and the journal is folded from further back.

use super::chain::{Head, hash_of};
use super::contract::StoredSnapshot;
use dispatch_core::CentreState;
use dispatch_core::storage::SNAPSHOT_FORMAT;

/// How many snapshots of a centre are kept: the newest and the one before, should it be damaged.
pub const KEPT_SNAPSHOTS: u32 = 2;

/// The stored form of a state. `head` is that of the journal at the state's version.
///
/// # Errors
/// When the state cannot be written as JSON.
///
/// # Panics
/// When the head is of another version: a bug in the caller.
pub fn take_snapshot(
    state: &CentreState,
    head: &Head,
) -> Result<StoredSnapshot, serde_json::Error> {
    assert_eq!(state.version, head.version, "a snapshot carries the hash of its own version");
    let body = serde_json::to_string(state)?;
    Ok(StoredSnapshot {
        version: state.version,
        format: SNAPSHOT_FORMAT,
        hash: head.hash,
        body_hash: hash_of(&body),
        body,
    })
}

/// The state in a snapshot, or why it is not to be used; `None` as `head` when the journal has no
/// such version.
pub(super) fn open_snapshot(
    snapshot: &StoredSnapshot,
    head: Option<&Head>,
) -> Result<CentreState, String> {
    if snapshot.format != SNAPSHOT_FORMAT {
        return Err(format!("it has format {}, not {SNAPSHOT_FORMAT}", snapshot.format));
    }
    if head.is_none_or(|head| head.version != snapshot.version || head.hash != snapshot.hash) {
        return Err("it does not belong to this journal".to_owned());
    }
    if hash_of(&snapshot.body) != snapshot.body_hash {
        return Err("its bytes are damaged".to_owned());
    }
    let state: CentreState =
        serde_json::from_str(&snapshot.body).map_err(|error| error.to_string())?;
    if state.version != snapshot.version {
        return Err("it shows another version than it says".to_owned());
    }
    Ok(state)
}
