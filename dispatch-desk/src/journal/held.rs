//! What a walk along a journal is held against: snapshots, and heads anchored outside the database.

use super::anchor::Anchor;
use super::key::JournalKey;
use super::snapshot::open_snapshot;
use super::stored::StoredSnapshot;
use super::walk::{Part, Walk};
use dispatch_core::storage::SNAPSHOT_FORMAT;

/// What one centre's journal is held against.
pub(super) struct Held<'a> {
    pub(super) key: Option<&'a JournalKey>,
    pub(super) snapshots: Vec<StoredSnapshot>,
    /// By version, in order.
    pub(super) anchors: Vec<(u64, &'a Anchor)>,
}

impl Walk {
    /// Looks at what is known of the version just read.
    pub(super) fn hold_against(&mut self, held: &Held<'_>) {
        let version = self.head.version;
        if held.anchors.binary_search_by_key(&version, |(version, _)| *version).is_ok() {
            self.anchored.insert(version, self.head.hash);
        }
        for snapshot in held.snapshots.iter().filter(|snapshot| snapshot.version == version) {
            self.compare_snapshot(snapshot, held.key);
        }
    }

    /// Looks at what lies beyond the end, and at the anchors, which set-backs recorded later may explain.
    pub(super) fn end(&mut self, held: &Held<'_>) {
        let end = self.head.version;
        for snapshot in held.snapshots.iter().filter(|it| it.version > end) {
            let what = "its snapshot is of events that the journal does not hold";
            self.find(Part::Snapshot, snapshot.version, what.into());
        }
        let mut lost = 0_u64;
        for (version, anchor) in &held.anchors {
            if *version == 0 || self.holds(*version, anchor) {
                continue;
            }
            let explained = self.set_backs.iter().any(|(at, it)| {
                *at >= anchor.at && it.to_version < *version && *version <= it.from_version
            });
            if explained {
                lost += 1;
            } else if *version > end {
                let at = anchor.at.0;
                let what = format!(
                    "it was anchored at {at}, but the journal ends at {end}: events were removed"
                );
                self.find(Part::Anchor, *version, what);
            } else {
                let at = anchor.at.0;
                self.find(
                    Part::Anchor,
                    *version,
                    format!("it is another event than the one anchored at {at}"),
                );
            }
        }
        if lost > 0 {
            let centre = &self.centre;
            self.notes.push(format!(
                "{centre}: {lost} anchored heads were lost by set-backs that the journal records."
            ));
        }
    }

    fn holds(&self, version: u64, anchor: &Anchor) -> bool {
        self.anchored.get(&version).is_some_and(|hash| *hash == anchor.head.hash)
    }

    fn compare_snapshot(&mut self, snapshot: &StoredSnapshot, key: Option<&JournalKey>) {
        let version = snapshot.version;
        if snapshot.format != SNAPSHOT_FORMAT {
            self.notes.push(format!(
                "{} version {version}: its snapshot is of another release and is not used.",
                self.centre
            ));
            return;
        }
        let opened = open_snapshot(snapshot, &self.centre, Some(&self.head), key);
        match opened {
            // A changed event, found already, explains another state.
            Ok(_) if !self.is_followed() => {}
            Ok(shown) if self.state.as_ref().is_some_and(|folded| shown != *folded) => {
                self.find(
                    Part::Snapshot,
                    version,
                    "its snapshot shows another state than its events".into(),
                );
            }
            Ok(_) => {}
            Err(why) => {
                self.find(Part::Snapshot, version, format!("its snapshot is not to be used: {why}"))
            }
        }
    }
}
