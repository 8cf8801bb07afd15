//! The journal: one append-only stream of events per centre, numbered 1, 2, 3 ... without gaps.
//!
//! Owns what is durable: the contract of a store ([`Journal`]), the stored form of an event, the hash
//! chain, snapshots and the check of a whole journal. It never decides and never holds the state
//! that dispatchers see; that is the desk's.

mod chain;
mod contract;
mod decode;
mod fold;
pub mod postgres;
mod region_versions;
mod snapshot;
pub mod sqlite;
mod verify;

pub use chain::{Hash, Head, genesis};
pub use contract::{
    Append, AppendError, Journal, JournalFailure, Pending, ROWS_PER_READ, StoredEvent,
    StoredSnapshot,
};
pub use decode::{DecodeError, decode};
pub(crate) use fold::read_on;
pub use fold::{LoadError, Loaded, load, read_events};
pub(crate) use region_versions::TakenRegion;
pub use region_versions::{RegionVersion, Standing};
pub use snapshot::{KEPT_SNAPSHOTS, take_snapshot};
pub use verify::{Finding, Report, verify, verify_data};
