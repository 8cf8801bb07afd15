//! The hash chain: each event's hash covers the one before, so tampering shows.

use super::decode::encode;
use super::stored::{Hash, StoredEvent};
use dispatch_core::model::{CentreId, Recorded};
use sha2::{Digest, Sha256};

/// Enough of a hash to tell branches of a journal apart where nobody has reason to lie: what consoles are
/// given and bring back.
pub type Mark = [u8; 8];

/// The first bytes of a hash.
pub fn mark_of(hash: &Hash) -> Mark {
    let mut mark = Mark::default();
    mark.copy_from_slice(&hash[..8]);
    mark
}

/// How far a journal goes and the hash there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// The version of the last event; 0 before the first.
    pub version: u64,
    /// The hash of the last event; [`genesis`] before the first.
    pub hash: Hash,
}

impl Head {
    /// The head of a journal without events.
    pub fn empty(centre: &CentreId) -> Self {
        Self { version: 0, hash: genesis(centre) }
    }

    /// The stored form of the event that follows, and moves on to it.
    ///
    /// # Panics
    /// When the event does not follow: a bug in the caller.
    pub fn extend(&mut self, centre: &CentreId, recorded: &Recorded) -> StoredEvent {
        assert_eq!(recorded.version, self.version + 1, "events are stored in order");
        let mut stored = encode(recorded);
        stored.hash = link(&self.hash, centre, &stored);
        *self = Self { version: stored.version, hash: stored.hash };
        stored
    }
}

/// The hash before the first event of a centre's journal.
pub fn genesis(centre: &CentreId) -> Hash {
    let mut hasher = Sha256::new();
    hasher.update(b"helan journal 1\0");
    hasher.update(centre.as_str().as_bytes());
    hasher.finalize().into()
}

/// The hash an event must have after `previous`. Lengths are fixed or told, the body comes last, so
/// no two different events are hashed from the same bytes.
pub(super) fn link(previous: &Hash, centre: &CentreId, event: &StoredEvent) -> Hash {
    let mut hasher = Sha256::new();
    hasher.update(previous);
    hasher.update((centre.as_str().len() as u64).to_be_bytes());
    hasher.update(centre.as_str().as_bytes());
    hasher.update(event.version.to_be_bytes());
    hasher.update(event.schema.to_be_bytes());
    hasher.update(event.body.as_bytes());
    hasher.finalize().into()
}

/// SHA-256 of some text.
pub(super) fn hash_of(text: &str) -> Hash {
    Sha256::digest(text.as_bytes()).into()
}
