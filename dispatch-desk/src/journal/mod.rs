//! The journal: one append-only stream of events per centre, numbered 1, 2, 3 ... without gaps.
//!
//! Owns what is durable: the contract of a store ([`Journal`]), the stored form of an event, the hash
//! chain, snapshots and the check of a whole journal. It never decides and never holds the state
//! that dispatchers see; that is the desk's.

mod anchor;
mod chain;
mod columns;
mod contract;
mod data_folder;
mod decode;
mod fold;
mod held;
mod key;
mod lost;
pub mod memory;
mod notebook;
pub mod postgres;
mod region_versions;
mod snapshot;
pub mod sqlite;
mod stored;
mod verify;
mod walk;
mod witness;

pub use anchor::{Anchor, BadLine, add_anchors, read_anchors};
pub use chain::{Head, Mark, genesis, mark_of};
pub use contract::{
    Append, AppendError, Cut, Heads, Journal, JournalFailure, Pending, ROWS_PER_READ,
};
pub use data_folder::{verify_data, verify_data_against};
pub use decode::{DecodeError, decode};
pub use fold::{
    LoadError, Loaded, load, load_from_snapshot, read_checked, read_events, read_events_of_incident,
};
pub(crate) use fold::{Stretch, check_chain, load_as_far_as_whole, read_on};
pub use fold::{holds, load_upto, read_hashed};
pub use key::to_hex;
pub use key::{JournalKey, KEY_FILE};
pub use notebook::Notebook;
pub use region_versions::TakenRegion;
pub use region_versions::{RegionStanding, RegionVersion};
pub use snapshot::{KEPT_SNAPSHOTS, take_snapshot};
pub use stored::{Hash, StoredEvent, StoredSnapshot};
pub use verify::{Against, Report, verify, verify_against};
pub use walk::{Finding, Part};
pub use witness::{HEADS_FILE, Witness};
