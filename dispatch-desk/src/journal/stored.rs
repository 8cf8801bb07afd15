//! Events and snapshots as a store holds them: bytes, and what is needed to find and check them.

use dispatch_core::model::Timestamp;

/// A SHA-256 hash.
pub type Hash = [u8; 32];

/// An event as the store holds it: bytes and what is needed to find and check them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredEvent {
    /// Its number in the centre's journal, from 1.
    pub version: u64,
    /// When the server took it; a copy of what the body says, for queries.
    pub recorded_at: Timestamp,
    /// When it was made; a copy of what the body says, for queries.
    pub made_at: Timestamp,
    /// The event's kind; a copy of what the body says, for queries.
    pub kind: String,
    /// The schema in which the body is written.
    pub schema: u16,
    /// The event and its provenance as JSON, byte for byte as hashed.
    pub body: String,
    /// SHA-256 over the hash before, the centre, the version, the schema and the body.
    pub hash: Hash,
}

/// A snapshot as the store holds it. Never trusted over the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredSnapshot {
    /// The journal version whose state it shows.
    pub version: u64,
    /// The format of the body.
    pub format: u32,
    /// The journal's hash at that version.
    pub hash: Hash,
    /// SHA-256 of the body.
    pub body_hash: Hash,
    /// By whom it was made: a code that only holders of the journal key can make. Absent in snapshots of
    /// earlier releases.
    pub seal: Option<Hash>,
    /// The state as JSON.
    pub body: String,
}
