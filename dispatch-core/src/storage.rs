//! The numbers of what is written down. This module owns the versions; the store owns the bytes and
//! where they lie.
//!
//! A stored event is the serde form of [`crate::model::Event`] beside [`EVENT_SCHEMA`]. When an event
//! changes so that old bytes would no longer parse to the same meaning, the schema counts up, an
//! upcaster from the old serde form to the new is added here, and the golden files of the old
//! schema stay as they are: old journals always load.
//!
//! A snapshot is the serde form of [`crate::state::CentreState`] beside [`SNAPSHOT_FORMAT`]. It is only
//! a cache: it may be deleted at any time, and one of another format is deleted and made again from
//! the journal, never upcast.

/// The schema in which events are written now.
pub const EVENT_SCHEMA: u16 = 1;

/// The format in which snapshots are written now. Count it up with every change of the state's types
/// or of `apply`; `tests/rules/snapshot_form.rs` fails until it is.
pub const SNAPSHOT_FORMAT: u32 = 22;

/// Whether events of this schema can be read by this build; a newer one means that the journal was
/// written by a later release.
pub const fn can_read_events(schema: u16) -> bool {
    schema >= 1 && schema <= EVENT_SCHEMA
}
