//! Snapshots: a cache of the fold, so that a start takes seconds after years of events.
//!
//! A snapshot is used only when its format, its own hash, the journal's hash at its version and its seal all
//! agree; any other is passed over and the journal is folded from further back.

use super::chain::{Head, hash_of};
use super::key::JournalKey;
use super::stored::StoredSnapshot;
use dispatch_core::CentreState;
use dispatch_core::model::CentreId;
use dispatch_core::storage::SNAPSHOT_FORMAT;

/// How many snapshots of a centre are kept: the newest and the one before, should it be damaged.
pub const KEPT_SNAPSHOTS: u32 = 2;

/// What every seal of a snapshot begins with, so that it stands for nothing else.
const PURPOSE: &[u8] = b"helan snapshot 1";

/// The stored form of a state, sealed. `head` is that of the journal at the state's version.
///
/// # Errors
/// When the state cannot be written as JSON.
///
/// # Panics
/// When the head is of another version: a bug in the caller.
pub fn take_snapshot(
    state: &CentreState,
    head: &Head,
    key: &JournalKey,
) -> Result<StoredSnapshot, serde_json::Error> {
    assert_eq!(state.version, head.version, "a snapshot carries the hash of its own version");
    let body = serde_json::to_string(state)?;
    let mut snapshot = StoredSnapshot {
        version: state.version,
        format: SNAPSHOT_FORMAT,
        hash: head.hash,
        body_hash: hash_of(&body),
        seal: None,
        body,
    };
    snapshot.seal = Some(sealed(&snapshot, &state.centre, |parts| key.seal(parts)));
    Ok(snapshot)
}

fn sealed<R>(snapshot: &StoredSnapshot, centre: &CentreId, with: impl FnOnce(&[&[u8]]) -> R) -> R {
    with(&[
        PURPOSE,
        centre.as_str().as_bytes(),
        &snapshot.version.to_be_bytes(),
        &snapshot.format.to_be_bytes(),
        &snapshot.hash,
        &snapshot.body_hash,
    ])
}

/// The state in a snapshot, or why it is not to be used; `None` as `head` when the journal has no
/// such version. Without a key nobody asks by whom it was made: only for a check, never to go on from it.
pub(super) fn open_snapshot(
    snapshot: &StoredSnapshot,
    centre: &CentreId,
    head: Option<&Head>,
    key: Option<&JournalKey>,
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
    if let Some(key) = key {
        let fits = |seal| sealed(snapshot, centre, |parts| key.fits(&seal, parts));
        match snapshot.seal {
            Some(seal) if fits(seal) => {}
            Some(_) => return Err("its seal is not of this journal key".to_owned()),
            None => return Err("it has no seal".to_owned()),
        }
    }
    let state: CentreState =
        serde_json::from_str(&snapshot.body).map_err(|error| error.to_string())?;
    if state.version != snapshot.version {
        return Err("it shows another version than it says".to_owned());
    }
    Ok(state)
}
